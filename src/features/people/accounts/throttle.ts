/** How often somebody may try. Counted in the database before the try is looked at, so that parallel tries do not pass. */

import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { clearTries, countTries, takeBackTry } from "../../../platform/jobs/failure-store.js";
import type { AccountKeys } from "./account-keys.js";

interface Limit {
  readonly tries: number;
  readonly windowSeconds: number;
}

const quarter = 15 * 60;
const hour = 60 * 60;

/**
 * An account's limit stops guessing of one password; an address's stops one password tried on many accounts. Beside each
 * stands who can use it up: nobody uses up what an owner is counted in on a known device (`known-devices.ts`).
 */
export const limits = {
  // Strangers, for those who come from a device that the account does not know: there a link by mail leads past it.
  "sign-in account": { tries: 10, windowSeconds: quarter },
  // Anybody who holds that device, for it alone. Longer than an account's: a stolen one has fewer guesses a day than a stranger.
  "sign-in device": { tries: 10, windowSeconds: hour },
  // Anybody who shares the address, for unknown devices there. A ministry's officials share one, and only what failed counts.
  "sign-in address": { tries: 60, windowSeconds: quarter },
  // Only holders of known devices at the address, for such devices there: six of them together.
  "sign-in known address": { tries: 60, windowSeconds: quarter },
  // Anybody who knows the password, for unknown devices of the account; a known device or a session, for itself alone.
  "second factor": { tries: 10, windowSeconds: quarter },
  // Anybody who is in a session, for that session alone.
  "current password": { tries: 10, windowSeconds: quarter },
  // Anybody who holds that device, for it alone. What strangers ask for is bounded by the links that are open: see links.ts.
  "reset device": { tries: 3, windowSeconds: hour },
  // Anybody who shares the address, for unknown devices there.
  "reset address": { tries: 20, windowSeconds: hour },
} as const satisfies Record<string, Limit>;
export type Throttled = keyof typeof limits;

export interface Try {
  readonly kind: Throttled;
  /** E-mail, address, account, device or session. */
  readonly whose: string;
}

export interface Throttle {
  /**
   * Counts a try and says how many there are now, in the order of `tries`. Problem too-many-requests with `retryAfter`.
   * `userId`: whose account, for the record; left out where there is no such account.
   */
  count(tries: readonly Try[], a: { now: Date; userId?: number | undefined }): Promise<readonly number[]>;
  /** Counts a try and says whether it is within the limit: for what is answered alike either way. */
  within(one: Try, a: { now: Date }): Promise<boolean>;
  /** The tries were none. */
  clear(tries: readonly Try[]): Promise<void>;
  /** This one was none; what others tried under the same name stays counted. */
  takeBack(one: Try): Promise<void>;
}

interface ThrottleParts {
  readonly db: Database;
  readonly keys: () => AccountKeys;
  /** Waits so many milliseconds. */
  readonly pause: (ms: number) => Promise<unknown>;
}

/** A line in the record takes less than this; nobody is to tell from the time whether one was written. */
export const tellingMs = 60;

/** These are recorded only for accounts that exist: else a stranger could fill the record with names. */
const ofAccounts: ReadonlySet<Throttled> = new Set(["sign-in account"]);

export function createThrottle({ db, keys, pause }: ThrottleParts): Throttle {
  const namesOf = ({ kind, whose }: Try) => keys().counterKeys(kind, whose);
  const counterOf = (one: Try) => ({ keys: namesOf(one), windowSeconds: limits[one.kind].windowSeconds });
  return {
    async count(tries, { now, userId }) {
      const counted = await countTries(db, { counters: tries.map(counterOf), now });
      const over = counted.flatMap(({ tries: n, until }, i) => {
        const kind = tries[i]?.kind as Throttled;
        return n > limits[kind].tries ? [{ kind, until, first: n === limits[kind].tries + 1 }] : [];
      });
      if (over.length === 0) return counted.map(({ tries: n }) => n);
      // Once a window: a burst is worth a line in the record, each of its tries is not.
      const first = over.filter((one) => one.first);
      const tell = async () => {
        for (const { kind } of first) {
          if (ofAccounts.has(kind) && userId === undefined) continue;
          // An address tries many accounts: what it is stopped at is not told of the last one.
          const whose = kind.endsWith("address") ? {} : { userId };
          await inTransaction(db, (tx) =>
            appendAudit(tx, db, {
              stream: "users",
              type: "account.throttled",
              actor: { kind: "system", job: "sign-in" },
              data: { what: kind, ...whose },
              at: now,
            }),
          );
        }
      };
      if (first.length > 0) await Promise.all([tell(), pause(tellingMs)]);
      throw tooMany(Math.max(...over.map(({ until }) => until.getTime())) - now.getTime());
    },
    async within(one, { now }) {
      const [counted] = await countTries(db, { counters: [counterOf(one)], now });
      return counted !== undefined && counted.tries <= limits[one.kind].tries;
    },
    clear: (tries) => clearTries(db, tries.flatMap(namesOf)),
    takeBack: (one) => takeBackTry(db, namesOf(one)),
  };
}

function tooMany(leftMs: number): Problem {
  const seconds = Math.max(1, Math.ceil(leftMs / 1000));
  const minutes = Math.ceil(seconds / 60);
  return new Problem("too-many-requests", msg("people.throttle.tooMany", { minutes }), [], seconds);
}
