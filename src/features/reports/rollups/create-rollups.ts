/** The sums that figures are read from, as jobs and commands use them. */
import { advanceRollups, rebuildRollups } from "./advance-rollups.js";
import { checkRollups, type RollupCheck } from "./check-rollups.js";
import type { RollupParts } from "./fact-values.js";

export interface Rollups {
  /** Brings them up to now, as far as the time of one run allows. Returns how many times a case was counted. */
  advance(a: { now: Date }): Promise<{ cases: number }>;
  /** Counts all cases anew, then puts the new sums in the place of the old. */
  rebuild(a: { now: Date }): Promise<{ cases: number }>;
  /** A line a programme. Changes nothing. */
  check(): Promise<readonly RollupCheck[]>;
}

/** The job runs each minute. */
const maxRunMs = 45_000;

export function createRollups(parts: RollupParts): Rollups {
  return {
    advance: ({ now }) => advanceRollups(parts, { now, maxMs: maxRunMs }),
    async rebuild({ now }) {
      for (const programme of await parts.programmes()) await rebuildRollups(parts, { programme, now });
      return advanceRollups(parts, { now, maxMs: Number.POSITIVE_INFINITY, toTheEnd: true });
    },
    async check() {
      const checks: RollupCheck[] = [];
      for (const programme of await parts.programmes()) checks.push(await checkRollups(parts, programme));
      return checks;
    },
  };
}
