/**
 * The machine's clock against the database's: compared at the start and with every bell, and reckoned on in between by the
 * monotonic clock of the process, so that a jump is noticed at once and nobody has to ask the database for it.
 */
import { performance } from "node:perf_hooks";
import type { Logger } from "pino";
import { type ClocksApart, clocksApart } from "./clocks-apart.js";
import { databaseTime, noteRightClock, noteWrongClock } from "./db/clock-queries.js";
import type { Database } from "./db/query.js";

export interface ClockWatch {
  /** Asks the database, and notes for other instances when the clocks are apart. Errors: that the database is away. */
  compare(): Promise<void>;
  /** What both clocks say now, or null while they agree, and before the first comparison. */
  apart(): ClocksApart | null;
  /** How far this machine's clock is ahead of the database's, in milliseconds; null before the first comparison. */
  ahead(): number | null;
}

export interface ClockWatchParts {
  readonly db: Database;
  readonly log: Logger;
  /** The machine's own clock, whatever DIWAN_NOW says. */
  readonly machine: () => Date;
  /** Number of this instance, unlike that of any other. */
  readonly instance: string;
  /** What people call the machine. */
  readonly host: string;
  /** Milliseconds from some beginning, which no change of the clock moves. */
  readonly monotonic?: () => number;
}

/** An answer that took longer says too little of the moment at which it was given. */
const longestAnswerMs = 10_000;

interface Compared {
  /** What the database's clock said, in milliseconds. */
  readonly database: number;
  /** When that was, by the monotonic clock: in the middle between question and answer. */
  readonly at: number;
  readonly giveMs: number;
}

/** One comparison, for anybody who stays a moment only. Errors: that the database is away. */
export async function compareClocks(db: Database, machine: () => Date): Promise<ClocksApart | null> {
  const asked = performance.now();
  const database = await databaseTime(db);
  const giveMs = (performance.now() - asked) / 2;
  return clocksApart({ machine: new Date(machine().getTime() - giveMs), database, giveMs });
}

export function createClockWatch(parts: ClockWatchParts): ClockWatch {
  const { db, log, machine, instance, host, monotonic = () => performance.now() } = parts;
  let last: Compared | null = null;
  let wrong = false;

  function both(): (ClocksApart & { giveMs: number }) | null {
    if (last === null) return null;
    return {
      machine: machine(),
      database: new Date(Math.round(last.database + monotonic() - last.at)),
      giveMs: last.giveMs,
    };
  }
  function apart(): ClocksApart | null {
    const said = both();
    return said === null ? null : clocksApart(said);
  }

  async function tell(found: ClocksApart | null): Promise<void> {
    const changed = wrong !== (found !== null);
    wrong = found !== null;
    if (found !== null) {
      if (changed) log.error({ host, ...found }, "the clocks of this machine and of the database are apart");
      await noteWrongClock(db, { instance, host, machine: found.machine });
    } else if (changed) {
      log.info({ host }, "the clocks of this machine and of the database agree again");
      await noteRightClock(db, instance);
    }
  }

  return {
    async compare() {
      const asked = monotonic();
      const database = (await databaseTime(db)).getTime();
      const spent = monotonic() - asked;
      if (last === null || spent < longestAnswerMs) last = { database, at: asked + spent / 2, giveMs: spent / 2 };
      await tell(apart());
    },
    apart,
    ahead() {
      const said = both();
      return said === null ? null : said.machine.getTime() - said.database.getTime();
    },
  };
}
