/** What a check of the record covers, in figures and in words: nobody is to believe more than is proven. */

import { msg } from "../text/msg.js";
import { type Bilingual, inLanguage, listed, perLanguage } from "../text/text.js";

/** Held against the record, and not: stored by a release that recorded less. */
export interface Covered {
  checked: number;
  uncovered: number;
}

/** What stands in other tables, by what was held against the record. */
export interface Coverage {
  /** As they were received, with what the applicant's code is known by. */
  readonly applications: Covered;
  /** The row of the case and its clocks. */
  readonly cases: Covered;
  readonly decisions: Covered;
  readonly versions: Covered;
  /** Uncovered: those whose place no event says; the rest of them is checked. */
  readonly seats: Covered;
  readonly accounts: Covered;
}

export const nothingCovered = (): Coverage => ({
  applications: { checked: 0, uncovered: 0 },
  cases: { checked: 0, uncovered: 0 },
  decisions: { checked: 0, uncovered: 0 },
  versions: { checked: 0, uncovered: 0 },
  seats: { checked: 0, uncovered: 0 },
  accounts: { checked: 0, uncovered: 0 },
});

const checkedThings: Readonly<Record<keyof Coverage, Bilingual>> = {
  applications: msg("audit.coverage.checkedThingsApplications"),
  cases: msg("audit.coverage.checkedThingsCases"),
  decisions: msg("audit.coverage.checkedThingsDecisions"),
  versions: msg("audit.coverage.checkedThingsVersions"),
  seats: msg("audit.coverage.checkedThingsSeats"),
  accounts: msg("audit.coverage.checkedThingsAccounts"),
};
const uncoveredThings = { ...checkedThings, seats: msg("audit.coverage.uncoveredThingsSeats") };

/** `name: 12, name: 3`, of those that are there; null: none is. `number` writes figures as the reader does. */
export function listCoverage(
  coverage: Coverage,
  which: keyof Covered,
  number: (n: number) => string = String,
): Bilingual | null {
  const things = which === "checked" ? checkedThings : uncoveredThings;
  const counted = (Object.keys(things) as (keyof Coverage)[]).filter((thing) => coverage[thing][which] > 0);
  if (counted.length === 0) return null;
  return listed(
    counted.map((thing) =>
      perLanguage((language) => `${inLanguage(things[thing], language)}: ${number(coverage[thing][which])}`),
    ),
  );
}

/** What is held against the record. */
export const proven: readonly Bilingual[] = [
  msg("audit.coverage.everyEventOfCasesAnd"),
  msg("audit.coverage.ofEachCaseTheApplication"),
  msg("audit.coverage.theTextOfEveryVersion"),
  msg("audit.coverage.seatsWhoSitsOnThem"),
];

/** What it does not prove; who has the rights of the owner of the database could alter these without being noticed. */
export const notProven: readonly Bilingual[] = [
  msg("audit.coverage.thatWhatWasRecordedWas"),
  msg("audit.coverage.thatTheOwnerOfThe"),
  msg("audit.coverage.thatTheOwnerDidNot"),
  msg("audit.coverage.thatTheNewestSealsWere"),
];
