/** How often somebody at the public pages may try or send. Counted in the database before anything is looked at, for all instances. */

import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Database } from "../../../platform/db/query.js";
import { countTries, takeBackTry } from "../../../platform/jobs/failure-store.js";

const quarter = 15 * 60;
const day = 24 * 3600;

/** A mobile operator puts thousands behind one address: only what nobody does by hand is refused. */
const limits = {
  "code of a case from an address": { tries: 10, windowSeconds: quarter },
  // Wide, so that a stranger cannot lock the applicant out: a code has 60 bits.
  "code of a case": { tries: 200, windowSeconds: quarter },
  // An agent mistypes now and then, and talks to one caller after the other.
  "a case for callers": { tries: 10, windowSeconds: quarter },
  "cases for callers": { tries: 40, windowSeconds: quarter },
  // Who calls: a busy agent takes twenty calls an hour, and looks twice for some.
  "look-ups of callers in an hour": { tries: 60, windowSeconds: 3600 },
  "look-ups of callers in a day": { tries: 300, windowSeconds: day },
  // Asked while a story is typed: of cases that were found before, and only of them.
  "comparisons for callers": { tries: 600, windowSeconds: 3600 },
  "codes from an address": { tries: 100, windowSeconds: quarter },
  "drafts from an address": { tries: 200, windowSeconds: quarter },
  "suggestions from an address": { tries: 200, windowSeconds: quarter },
  "applications from an address": { tries: 60, windowSeconds: quarter },
  // Only links that there are not: one that was mistyped, or guessed.
  "links from an address": { tries: 60, windowSeconds: quarter },
  "proofs of a case": { tries: 5, windowSeconds: day },
  // Wide: its owner may have several applications.
  "proofs to an address": { tries: 10, windowSeconds: day },
} as const;
type Counted = keyof typeof limits;

export interface Tries {
  /** Counts an official's try to open a case for a caller; `takeBack` when the caller was recognised. Problem too-many-requests. */
  caller(a: { reference: string; userId: number; now: Date }): Promise<{ takeBack(): Promise<void> }>;
  /** Counts an official's look for who calls: never taken back, whatever was found. Problem too-many-requests. */
  lookUp(a: { userId: number; now: Date }): Promise<void>;
  /** Counts a comparison of what an official types for a caller. Problem too-many-requests. */
  comparison(a: { userId: number; now: Date }): Promise<void>;
  /** Counts a try to open a case; `takeBack` when the code was right. Problem too-many-requests. */
  codeOfCase(a: { reference: string; address: string; now: Date }): Promise<{ takeBack(): Promise<void> }>;
  /** Counts six digits that are sent to an address or a number to show whose it is. Problem too-many-requests. */
  codeTo(a: { reference: string; way: string; address: string; now: Date }): Promise<void>;
  /** Problem too-many-requests. */
  count(kind: Extract<Counted, `${string}s from an address`>, a: { address: string; now: Date }): Promise<void>;
  /** Counts a receipt to an e-mail address that somebody typed; false once it is one too many for a day. */
  receiptTo(a: { email: string; most: number; now: Date }): Promise<boolean>;
}

/** @param parts.counterKeys the names of a counter, as `AccountKeys` has them */
export function createTries(parts: {
  db: Database;
  counterKeys: (kind: string, whose: string) => readonly Buffer[];
}): Tries {
  const { db, counterKeys } = parts;
  async function counted(tries: readonly (readonly [Counted, string])[], now: Date): Promise<readonly Buffer[]> {
    const counters = tries.map(([kind, whose]) => ({
      keys: counterKeys(kind, whose),
      windowSeconds: limits[kind].windowSeconds,
    }));
    const results = await countTries(db, { counters, now });
    const over = results.filter(({ tries: n }, i) => n > limits[(tries[i] as [Counted, string])[0]].tries);
    if (over.length > 0) throw tooMany(Math.max(...over.map(({ until }) => until.getTime())) - now.getTime());
    return counters.flatMap(({ keys }) => keys);
  }
  const taken = (keys: readonly Buffer[]) => ({
    async takeBack() {
      await takeBackTry(db, keys);
    },
  });
  return {
    async caller({ reference, userId, now }) {
      const whose = String(userId);
      return taken(
        await counted(
          [
            ["a case for callers", `${reference} ${whose}`],
            ["cases for callers", whose],
          ],
          now,
        ),
      );
    },
    async lookUp({ userId, now }) {
      const whose = String(userId);
      await counted(
        [
          ["look-ups of callers in an hour", whose],
          ["look-ups of callers in a day", whose],
        ],
        now,
      );
    },
    async comparison({ userId, now }) {
      await counted([["comparisons for callers", String(userId)]], now);
    },
    async codeOfCase({ reference, address, now }) {
      return taken(
        await counted(
          [
            ["code of a case from an address", `${reference} ${address}`],
            ["code of a case", reference],
            ["codes from an address", address],
          ],
          now,
        ),
      );
    },
    async codeTo({ reference, way, address, now }) {
      await counted(
        [
          ["proofs of a case", `${reference} ${way}`],
          ["proofs to an address", address.trim().toLowerCase()],
        ],
        now,
      );
    },
    async receiptTo({ email, most, now }) {
      const keys = counterKeys("receipts to an address", email.trim().toLowerCase());
      const [counted] = await countTries(db, { counters: [{ keys, windowSeconds: day }], now });
      return (counted?.tries ?? 0) <= most;
    },
    async count(kind, { address, now }) {
      await counted([[kind, address]], now);
    },
  };
}

function tooMany(leftMs: number): Problem {
  const seconds = Math.max(1, Math.ceil(leftMs / 1000));
  const minutes = Math.ceil(seconds / 60);
  return new Problem("too-many-requests", msg("cases-act.applicantTries.tooMany", { minutes }), [], seconds);
}
