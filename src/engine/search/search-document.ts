/** What is kept of a case to find it by: the words of its texts, and the codes of the places that have names. */
import { attachmentIdForm } from "../files/attachment.js";
import type { Application, Case } from "../lifecycle/case.js";
import { eventOf, type NewCaseEvent } from "../lifecycle/case-event.js";
import { lexemesOf } from "./search-words.js";

/** What of a case is found by its name. */
export const namedPlaces = ["entity", "sector", "service", "governorate"] as const;
export type NamedPlace = (typeof namedPlaces)[number];
export type PlaceCodes = Readonly<Record<NamedPlace, string | null>>;

/** PostgreSQL counts words no further. */
const furthest = 16_383;
/** Words of one text; nobody finds an application by its ten-thousandth. With their places they stay below `maxBytes`. */
const maxLexemes = 4000;
const maxPlaces = 200;
/** PostgreSQL takes no longer vector than a megabyte. */
const maxBytes = 400_000;

/** As it stands in a tsvector or a tsquery, whatever is in it. */
export const quotedLexeme = (lexeme: string): string => `'${lexeme.replace(/[\\']/g, (sign) => sign + sign)}'`;

/** A place as a word that no text can have. */
export const placeLexeme = (kind: NamedPlace, code: string): string => `${kind}/${code}`;

/** Texts as PostgreSQL writes a tsvector. The weight A tells words from places. */
export function textVector(texts: readonly string[]): string {
  const kept: string[] = [];
  let bytes = 0;
  for (const [lexeme, positions] of lexemesOf(texts)) {
    const places = [...new Set(positions.map((at) => Math.min(at, furthest)))].slice(0, maxPlaces);
    bytes += Buffer.byteLength(lexeme) + 4 + 2 * places.length;
    if (kept.length === maxLexemes || bytes > maxBytes) break;
    kept.push(`${quotedLexeme(lexeme)}:${places.map((at) => `${at}A`).join(",")}`);
  }
  return kept.join(" ");
}

/** Where a case is, and what it is about: service and governorate stay as the applicant named them. */
export const placesOf = ({
  entity,
  sector,
  application,
}: Pick<Case, "entity" | "sector" | "application">): PlaceCodes => ({
  entity,
  sector,
  service: application.service,
  governorate: application.governorate,
});

export function placeVector(codes: PlaceCodes): string {
  return namedPlaces
    .flatMap((kind) => {
      const code = codes[kind];
      return code === null ? [] : [quotedLexeme(placeLexeme(kind, code))];
    })
    .join(" ");
}

/** Answers to the questions of the application's type, as they are found. */
export const answerTexts = (fields: Application["fields"]): string[] =>
  Object.values(fields)
    .map((value) => (typeof value === "object" && value !== null && "place" in value ? value.place : value))
    .filter((value) => typeof value === "string" || typeof value === "number")
    .map(String)
    // The id of a file is no word of anybody's.
    .filter((text) => !attachmentIdForm.test(text));

/** What an application says, the answers to its type's own questions too. */
export function applicationTexts({
  subject,
  description,
  fields,
}: Pick<Application, "subject" | "description" | "fields">) {
  return [subject, description, ...answerTexts(fields)];
}

/** What stands in the data of events beside what was written: codes and references. */
const codes: ReadonlySet<string> = new Set([
  "action",
  "by",
  "closingReason",
  "from",
  "to",
  "entity",
  "sector",
  "pillar",
  "importance",
  "duplicateOf",
  "into",
  "language",
  "recognisedBy",
  "role",
]);

/** What somebody wrote with an event, in the order in which it is kept. */
export function eventTexts({ type, data }: Pick<NewCaseEvent, "type" | "data">): string[] {
  if (eventOf(type).found === null) return [];
  return Object.entries(data).flatMap(([name, text]) =>
    typeof text === "string" && text !== "" && !codes.has(name) ? [text] : [],
  );
}

/** Whether an event may move its case to another place. */
export const movesPlace = ({ type }: Pick<NewCaseEvent, "type">): boolean => eventOf(type).movesPlace;
