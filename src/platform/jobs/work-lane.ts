/**
 * Long work of one kind, a piece after the other in this instance and each in one instance only. It goes on when whoever
 * asked for it leaves; after a kill another instance, or this one, takes it up once the claim has run out.
 */

import type { Logger } from "pino";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { isToldByWatch } from "../db/connect.js";
import type { Database } from "../db/query.js";
import { claimWork, letGo, type WorkTable } from "../db/work-claims.js";
import { errorSummary } from "../error-summary.js";

export interface LaneParts {
  readonly db: Database;
  readonly log: Logger;
  readonly now: () => Date;
  /** Number of this instance, unlike that of any other. */
  readonly instance: string;
  /** False while this instance must do nothing (its clock is wrong): the work is left to another one. Left out: it may. */
  readonly may?: (() => boolean) | undefined;
}

/** What a piece of work is given of its lane. */
export interface Turn {
  readonly id: string;
  readonly by: string;
  /** Until when a claim that is made now holds. */
  readonly until: () => Date;
  /** True when the process is about to end, or must do nothing for now: stop at the next good place. */
  readonly stopping: () => boolean;
}

export interface Lane {
  /** Looks for work now, unless it is at it already. */
  kick(): void;
  /** Waits until nothing is left to do here. */
  settled(): Promise<void>;
  /** Lets what is done at this moment end and hands the rest over. */
  stop(): Promise<void>;
}

const claimMs = 60_000;

/** @param work one piece; what it throws leaves the claim to run out, and the piece to be taken up again then */
export function createLane(parts: LaneParts, table: WorkTable, work: (turn: Turn) => Promise<void>): Lane {
  const { db, log, now, instance: by, may = () => true } = parts;
  let running: Promise<void> | null = null;
  let again = false;
  let stopping = false;
  const resting = (): boolean => stopping || !may();
  const until = (): Date => new Date(now().getTime() + claimMs);

  async function run(): Promise<void> {
    while (!resting()) {
      again = false;
      const id = await claimWork(db, table, { by, now: now(), until: until() });
      if (id === null) {
        if (again) continue;
        return;
      }
      await work({ id, by, until, stopping: resting });
      if (resting()) await letGo(db, table, id, by);
    }
  }
  return {
    kick() {
      again = true;
      if (running !== null || stopping) return;
      running = run()
        .catch((error: unknown) =>
          log[isToldByWatch(error) ? "debug" : "error"]({ table, error: errorSummary(error) }, "long work interrupted"),
        )
        .finally(() => {
          running = null;
        });
    },
    async settled() {
      while (running !== null) await running;
    },
    async stop() {
      stopping = true;
      await running;
    },
  };
}

export const runIdForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function noSuchRun(): Problem {
  return new Problem("not-found", msg("jobs.workLane.workNotFound"));
}
