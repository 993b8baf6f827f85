/** What each digest can contain, in the order in which it ships, and the fields of its texts. */
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import type { DigestName } from "./letter-definition.js";
import { digestFieldNames, type LetterField } from "./letter-fields.js";

export interface DigestPart {
  readonly section: string;
  readonly label: Bilingual;
  /** The section that has figures to choose from. */
  readonly figures?: boolean;
}

interface Contents {
  readonly parts: readonly DigestPart[];
  readonly fields: readonly LetterField[];
}

const field = (name: keyof typeof digestFieldNames): LetterField => ({
  name,
  label: digestFieldNames[name],
  form: "text",
  always: true,
});

const contents: Readonly<Record<DigestName, Contents>> = {
  "digest-committee": {
    parts: [
      { section: "headline", label: msg("letters.digestParts.whatChangedInASentence") },
      { section: "figures", label: msg("letters.digestParts.figuresOfTheWeek"), figures: true },
      { section: "trend", label: msg("letters.digestParts.onTimeWeekByWeek") },
      { section: "entities", label: msg("letters.digestParts.entitiesThatNeedAWord") },
    ],
    fields: [field("period"), field("programme")],
  },
  "digest-focal-point": {
    parts: [
      { section: "summary", label: msg("letters.digestParts.theDayInASentence") },
      { section: "late", label: msg("letters.digestParts.lateCases") },
      { section: "dueToday", label: msg("letters.digestParts.casesDueToday") },
      { section: "reopened", label: msg("letters.digestParts.reopenedCases") },
    ],
    fields: [field("date"), field("programme"), field("entities"), field("late"), field("dueToday"), field("reopened")],
  },
};

export const digestKinds = Object.keys(contents) as readonly DigestName[];
export const isDigestName = (name: string): name is DigestName => Object.hasOwn(contents, name);
export const partsOfDigest = (name: DigestName): readonly DigestPart[] => contents[name].parts;
export const fieldsOfDigest = (name: DigestName): readonly LetterField[] => contents[name].fields;

/** The figures of the committee's digest; each stands beside what keeps it honest. */
export const digestFigures = {
  onTime: msg("letters.digestParts.digestFiguresOnTime"),
  delayed: msg("letters.digestParts.digestFiguresDelayed"),
  received: msg("letters.digestParts.digestFiguresReceived"),
  satisfaction: msg("letters.digestParts.digestFiguresSatisfaction"),
} as const satisfies Readonly<Record<string, Bilingual>>;
export type DigestFigure = keyof typeof digestFigures;
export const isDigestFigure = (name: string): name is DigestFigure => Object.hasOwn(digestFigures, name);
