/** Pages about one programme's configuration: which one, and which others there are to choose from. */

import type { ChosenSet } from "../../engine/setup/sets-of-forms.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { programmesWhere } from "../../platform/admin/may.js";
import type { Call } from "../../platform/admin/resource-definition.js";

export interface ChosenProgramme {
  readonly programme: string;
  /** Whose configuration the official may look at; the chosen one among them. */
  readonly programmes: readonly { readonly code: string; readonly name: Bilingual }[];
}

/** The programme of the query, else the official's first. Problem not-found for one that is not theirs. */
export async function chosenProgramme({ official, query, services }: Call): Promise<ChosenProgramme> {
  const codes = programmesWhere(official, "configuration.read");
  const programme = query.programme ?? codes[0];
  if (programme === undefined || !codes.includes(programme)) {
    throw new Problem("not-found", msg("setup.chosenProgrammePage.programmeNotFound"));
  }
  const setups = await Promise.all(codes.map((code) => services.setup.of(code)));
  return { programme, programmes: setups.map(({ programme: { code, name } }) => ({ code, name })) };
}

/** The programme of a POST's body. Problem not-found for one whose configuration is not theirs to read. */
export async function readableProgramme(call: Call): Promise<string> {
  return (await chosenProgramme({ ...call, query: { programme: textOf(call, "programme") } })).programme;
}

const wrong = (field: string, reason: Bilingual): Problem => new Problem("invalid-input", reason, [{ field, reason }]);

/** In letters, of a text that knows no other limit. */
const longestText = 2000;

/** A text of a POST's body; missing, empty or too long is a fault at its name. */
export function textOf({ input }: Call, name: string): string {
  const value = input[name];
  if (typeof value !== "string" || value.trim() === "")
    throw wrong(`/${name}`, msg("setup.chosenProgrammePage.fillThisIn"));
  if (value.length <= longestText) return value;
  throw wrong(
    `/${name}`,
    msg("setup.chosenProgrammePage.writeAtMostLettersHere", { longestText, valueCount: value.length }),
  );
}

/** A text that may be left out, or be empty: null then. */
export function maybeText(call: Call, name: string): string | null {
  const value = call.input[name];
  return value === undefined || value === null || value === "" ? null : textOf(call, name);
}

/** Why it is done, for whoever reads it later. */
export function reasonOf(call: Call): string {
  const value = call.input.reason;
  if (typeof value === "string" && value.trim() !== "") return textOf(call, "reason");
  throw wrong("/reason", msg("setup.chosenProgrammePage.sayWhyItStaysWith"));
}

/** A change-set by its number; null where none is named. */
export const changeSetOf = (call: Call): number | null =>
  call.input.changeSet === undefined || call.input.changeSet === null ? null : numberOf(call, "changeSet");

/** A change-set by its number, or the title of one that is to begin; null where none is named. Fault at `/title`. */
export function chosenSetOf(call: Call): ChosenSet | null {
  const { changeSet } = call.input;
  if (typeof changeSet !== "object" || changeSet === null || Array.isArray(changeSet)) return changeSetOf(call);
  const { title } = changeSet as Call["input"];
  // What a title may be, whoever begins the set says.
  return { title: typeof title === "string" ? title : textOf({ ...call, input: {} }, "title") };
}

/** A whole number of a POST's body. */
export function numberOf({ input }: Call, name: string): number {
  const value = input[name];
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  throw wrong(`/${name}`, msg("setup.chosenProgrammePage.aWholeNumberIsNeeded"));
}
