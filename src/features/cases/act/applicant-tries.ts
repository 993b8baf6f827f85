/** How often someone may try to open a case, send or ask. Counted in the database, for all instances: pages, API and contact centre by one table. */

import type { Transaction } from "sequelize";
import { lostCodeLimits } from "../../../engine/applicant/applicant-code.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Database } from "../../../platform/db/query.js";
import { countTries, fullTries } from "../../../platform/jobs/failure-store.js";

const quarter = 15 * 60;
const day = 24 * 3600;

/** A mobile operator puts thousands behind one address: only what nobody does by hand is refused. */
const limits = {
  "code of a case from an address": { tries: 10, windowSeconds: quarter },
  // Wide, so that a stranger cannot lock the applicant out: a code has 60 bits. A browser that showed the code once is not counted, nor is a link.
  "code of a case": { tries: 200, windowSeconds: quarter },
  // An agent mistypes now and then, and talks to one caller after the other.
  "a case for callers": { tries: 10, windowSeconds: quarter },
  "cases for callers": { tries: 40, windowSeconds: quarter },
  // Who calls: a busy agent takes twenty calls an hour, and looks twice for some.
  "look-ups of callers in an hour": { tries: 60, windowSeconds: 3600 },
  "look-ups of callers in a day": { tries: 300, windowSeconds: day },
  // Asked while a story is typed: of cases that were found before, and only of them.
  "comparisons for callers": { tries: 600, windowSeconds: 3600 },
  // A channel's own server asks for all its people from one address.
  "codes from an address": { tries: 500, windowSeconds: quarter },
  // Whatever is asked for: what is sent has limits of its own.
  "lost codes from an address": { tries: 20, windowSeconds: quarter },
  // Counted where a link is sent, so that anyone who types an address that is not theirs uses up nothing of its owner's.
  "link after a lost code": { tries: 1, windowSeconds: lostCodeLimits.minutesBetween * 60 },
  "links after lost codes of a case": { tries: lostCodeLimits.mostADay, windowSeconds: day },
  "links after lost codes to an address": { tries: 10, windowSeconds: day },
  "drafts from an address": { tries: 200, windowSeconds: quarter },
  "suggestions from an address": { tries: 200, windowSeconds: quarter },
  "applications from an address": { tries: 60, windowSeconds: quarter },
  // Only links that there are not: one that was mistyped, or guessed.
  "links from an address": { tries: 60, windowSeconds: quarter },
  "proofs of a case": { tries: 5, windowSeconds: day },
  // Wide: its owner may have several applications.
  "proofs to an address": { tries: 10, windowSeconds: day },
  // An agent has a caller on the line for each: so many in an hour are no calls any more.
  "proofs by an agent": { tries: 30, windowSeconds: 3600 },
} as const;
type Counted = keyof typeof limits;

export interface Tries {
  /** An official's try to open a case for a caller: as `opening`. */
  caller<Done>(a: { reference: string; userId: number; now: Date }, open: () => Promise<Done>): Promise<Done>;
  /** Counts an official's look for who calls: never taken back, whatever was found. Problem too-many-requests. */
  lookUp(a: { userId: number; now: Date }): Promise<void>;
  /** Counts a comparison of what an official types for a caller. Problem too-many-requests. */
  comparison(a: { userId: number; now: Date }): Promise<void>;
  /**
   * Opens a case by its code, unless too many codes were wrong; counts what does not open it (`not-found`). The one rule of pages and API.
   * Problem too-many-requests, with when to try again.
   */
  opening<Done>(a: { reference: string; address: string; now: Date }, open: () => Promise<Done>): Promise<Done>;
  /** Counts a link that goes to who lost the code; false where one has just gone, or too many have. */
  linkAfterLostCode(
    a: { reference: string; purpose: string; address: string; now: Date },
    transaction: Transaction,
  ): Promise<boolean>;
  /** Counts six digits that are sent to an address or a number to show whose it is; of an agent also how many they send. Problem too-many-requests. */
  codeTo(a: { reference: string; way: string; address: string; userId: number | null; now: Date }): Promise<void>;
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
  const countersOf = (tries: readonly (readonly [Counted, string])[]) =>
    tries.map(([kind, whose]) => ({ keys: counterKeys(kind, whose), ...limits[kind] }));
  async function counted(
    tries: readonly (readonly [Counted, string])[],
    now: Date,
    more: Told = "tooMany",
  ): Promise<void> {
    const counters = countersOf(tries);
    const results = await countTries(db, { counters, now });
    const over = results.filter(({ tries: n }, i) => n > (counters[i]?.tries ?? 0));
    if (over.length > 0) throw tooMany(Math.max(...over.map(({ until }) => until.getTime())) - now.getTime(), more);
  }
  /** What is right costs a look and no write, however many ask from one address; of many at once as many are let through as a pool has connections. */
  async function unlessWrong<Done>(
    tries: readonly (readonly [Counted, string])[],
    now: Date,
    open: () => Promise<Done>,
    more: Told = "tooMany",
  ): Promise<Done> {
    const until = await fullTries(db, { counters: countersOf(tries), now });
    if (until !== null) throw tooMany(until.getTime() - now.getTime(), more);
    return open().catch(async (error: unknown) => {
      if (error instanceof Problem && error.code === "not-found") await counted(tries, now, more);
      throw error;
    });
  }
  return {
    caller({ reference, userId, now }, open) {
      const whose = String(userId);
      return unlessWrong(
        [
          ["a case for callers", `${reference} ${whose}`],
          ["cases for callers", whose],
        ],
        now,
        open,
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
    opening({ reference, address, now }, open) {
      const named = parseReference(reference.slice(0, 64)) ?? "unknown";
      return unlessWrong(
        [
          ["code of a case from an address", `${named} ${address}`],
          ["code of a case", named],
          ["codes from an address", address],
        ],
        now,
        open,
        "tooManyCodes",
      );
    },
    async linkAfterLostCode({ reference, purpose, address, now }, transaction) {
      const counts = async (tries: readonly (readonly [Counted, string])[]): Promise<boolean> => {
        const counters = countersOf(tries);
        const results = await countTries(db, { counters, now }, transaction);
        return results.every(({ tries: n }, i) => n <= (counters[i]?.tries ?? 0));
      };
      // What is not sent because one has just gone uses nothing of the day up.
      if (!(await counts([["link after a lost code", `${reference} ${purpose}`]]))) return false;
      return counts([
        ["links after lost codes of a case", reference],
        ["links after lost codes to an address", address.trim().toLowerCase()],
      ]);
    },
    async codeTo({ reference, way, address, userId, now }) {
      await counted(
        [
          ...(userId === null ? [] : [["proofs by an agent", String(userId)] as const]),
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

/** `tooManyCodes`: applicants read it, who may have lost the code. */
type Told = "tooMany" | "tooManyCodes";

function tooMany(leftMs: number, told: Told): Problem {
  const seconds = Math.max(1, Math.ceil(leftMs / 1000));
  const minutes = Math.ceil(seconds / 60);
  const words =
    told === "tooMany"
      ? msg("cases-act.applicantTries.tooMany", { minutes })
      : msg("cases-act.applicantTries.tooManyCodes", { minutes });
  return new Problem("too-many-requests", words, [], seconds);
}
