/**
 * The clock of a machine against that of its database: every instance writes moments into one record, and the database is
 * the one thing that all of them share.
 */
import { msg } from "../engine/text/msg.js";
import { Problem } from "../engine/text/problems.js";
import type { Bilingual } from "../engine/text/text.js";

/** More than this apart, and an instance does nothing that has consequences. */
export const maxApartMs = 60_000;

/** What two clocks say at one moment, when it is not the same. */
export interface ClocksApart {
  readonly machine: Date;
  readonly database: Date;
}

/**
 * Null while the clocks agree.
 * @param giveMs how far the comparison itself may be wrong: half the time that the database's answer took
 */
export function clocksApart(a: ClocksApart & { readonly giveMs: number }): ClocksApart | null {
  const { machine, database, giveMs } = a;
  return Math.abs(machine.getTime() - database.getTime()) - giveMs > maxApartMs ? { machine, database } : null;
}

const second = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

/** Which clock says what, and what to do. */
export function clockWords({ machine, database }: ClocksApart): Bilingual {
  return msg("platform.clocksApart.theClockOfThisMachine", {
    machine: second(machine),
    database: second(database),
  });
}

/** For people who do not stand at that machine: whose clock it is. */
export function machineClockWords({ host, machine, database }: ClocksApart & { host: string }): Bilingual {
  return msg("platform.clocksApart.theClockOfTheMachine", {
    host,
    machine: second(machine),
    database: second(database),
  });
}

/** Seconds after which a clock may be right again: it is compared every five. */
const againSeconds = 15;

/** The refusal of whatever would be stored with a wrong time. */
export function clockProblem(found: ClocksApart): Problem {
  const what = clockWords(found);
  return new Problem("unavailable", msg("platform.clocksApart.nothingIsStoredHereAt", { what }), [], againSeconds);
}
