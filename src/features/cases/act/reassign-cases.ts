/**
 * Work changes hands: whoever leaves a seat, or whose account is closed, works on nothing any more. What they had taken
 * goes to whoever sits on the seat now, or back to all of the entity, and each case says so.
 *
 * It is done a hundred cases a transaction, by the state things are in and not by a list made before: a kill in between,
 * somebody acting at the same moment, or a second run change nothing of the outcome.
 */
import type { Transaction } from "sequelize";
import type { Actor } from "../../../engine/access/permissions.js";
import { draftAfterDue } from "../../../engine/lifecycle/enforce-due.js";
import { finishOutcome } from "../../../engine/lifecycle/finish-outcome.js";
import {
  lastSeatOf,
  mayStillAct,
  type ReassignCause,
  reassign,
  seatReaches,
  successorOn,
} from "../../../engine/lifecycle/reassign.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import {
  noteHandOver,
  type TermToHandOver,
  takenCases,
  termsToHandOver,
  termToHandOver,
} from "../../people/hand-over-queries.js";
import type { CaseParts } from "../case-parts.js";
import { casesTaken, type LoadedCase } from "../case-queries.js";
import { type ChangedCase, updateCases } from "../case-store.js";

const batchSize = 100;
const termsAtOnce = 50;

/** What becomes of one case: null leaves it as it is. */
interface Decision {
  readonly to: number | null;
  readonly cause: ReassignCause;
  readonly seat: string | null;
  readonly reason: string | null;
}

interface Work {
  readonly userId: number;
  readonly programme: string;
  readonly actor: Actor;
  readonly now: Date;
  readonly decide: (loaded: LoadedCase, setup: Setup) => Decision | null;
  /** After each batch, in its transaction; `last`: nothing is left. */
  readonly note?: (transaction: Transaction, a: { cases: number; last: boolean }) => Promise<void>;
}

/** One batch; the number of the last case looked at, or null when none is left. */
function batch(parts: CaseParts, work: Work, after: number): Promise<{ moved: number; last: number | null }> {
  const { userId, programme, actor, now } = work;
  return parts.policies.loaded(() =>
    inTransaction(parts.db, async (transaction) => {
      const loaded = await casesTaken(parts.db, transaction, { userId, programme, after, limit: batchSize });
      const pinned = parts.policies.pinned(loaded.map(({ theCase }) => theCase));
      const changes: ChangedCase[] = [];
      for (const one of loaded) {
        const { theCase, applicantWays, nextDecision } = one;
        const { setup } = parts.policies.at(programme, one.revision);
        const decision = work.decide(one, setup);
        if (decision === null) continue;
        const workflow = pinned.workflowOf(theCase.workflow.versionId);
        const { calendarOf } = pinned;
        const due = draftAfterDue({ theCase, actor, now, workflow, setup, calendarOf });
        const draft = reassign(due, decision);
        const outcome = finishOutcome({
          draft,
          before: theCase.clocks,
          workflow,
          setup,
          calendarOf,
          applicantWays,
        });
        changes.push({ outcome, nextDecision });
      }
      await updateCases(parts.db, transaction, changes, parts.messages);
      const last = loaded.length < batchSize ? null : (loaded.at(-1)?.theCase.id ?? null);
      // Confidential cases change hands too, and are in no number that is shown of it.
      const moved = changes.filter(({ outcome }) => !outcome.after.confidential).length;
      await work.note?.(transaction, { cases: moved, last: last === null });
      return { moved, last };
    }),
  );
}

async function moveAll(parts: CaseParts, work: Work): Promise<number> {
  let moved = 0;
  for (let after = 0; ; ) {
    const done = await batch(parts, work, after);
    moved += done.moved;
    if (done.last === null) return moved;
    after = done.last;
  }
}

/** Everything in the seat's reach, also where the leaver still sits on another seat there: it was this seat's work. */
function reassignWork(parts: CaseParts, term: TermToHandOver, a: { actor: Actor; now: Date }): Promise<number> {
  const { userId: leaver, programme } = term;
  return moveAll(parts, {
    userId: leaver,
    programme,
    ...a,
    decide({ theCase }, setup) {
      const seat = setup.seats.find(({ id }) => id === term.seatId);
      // A term that was followed by another of the same person on the same seat ended on paper only.
      const stays = seat?.holders.some(
        ({ userId, from, to }) => userId === leaver && from <= a.now && (to === null || a.now < to),
      );
      if (seat === undefined || stays || !seatReaches(seat, theCase, setup)) return null;
      const to = successorOn(seat, { leaver, answeredBy: theCase.answeredBy, now: a.now });
      return { to, cause: "term", seat: term.seat, reason: term.reason };
    },
    note: (transaction, { cases, last }) =>
      noteHandOver(parts.db, transaction, { term: term.term, cases, finishedAt: last ? a.now : null }),
  });
}

/** Hands over the work of one term, if it is over at `now`; how many cases changed hands. */
export async function reassignTerm(
  parts: CaseParts,
  a: { term: number; actor: Actor; now: Date },
): Promise<{ cases: number }> {
  const term = await termToHandOver(parts.db, a.term, a.now);
  return { cases: term === null ? 0 : await reassignWork(parts, term, a) };
}

/**
 * Hands over the work of every term that is over at `now`, no matter who ended it or by its date; safe to run twice and late.
 * @param a.except programmes that are left alone
 */
export async function reassignEndedTerms(
  parts: CaseParts,
  a: { actor: Actor; now: Date; except?: readonly string[] },
): Promise<{ terms: number; handedOver: number }> {
  const total = { terms: 0, handedOver: 0 };
  for (;;) {
    const found = await termsToHandOver(parts.db, { now: a.now, limit: termsAtOnce, except: a.except ?? [] });
    for (const term of found) {
      total.handedOver += await reassignWork(parts, term, a);
      total.terms += 1;
    }
    if (found.length < termsAtOnce) return total;
  }
}

/**
 * Hands over what somebody took who has no seat any more to work on it: one whose account was disabled, or who took it at
 * the very moment in which the seat was left. One person's, or everybody's. How many cases changed hands.
 * @param a.except programmes that are left alone
 */
export async function reassignUnassignedCases(
  parts: CaseParts,
  a: { userId?: number; actor: Actor; now: Date; except?: readonly string[] },
): Promise<{ handedOver: number }> {
  const { actor, now, except = [] } = a;
  const unassignedCases = new Map<string, { userId: number; programme: string }>();
  for (const group of await takenCases(parts.db, a.userId ?? null)) {
    if (except.includes(group.programme)) continue;
    const { setup } = await parts.policies.fresh(group.programme);
    if (!mayStillAct(group.userId, group, setup, now)) unassignedCases.set(`${group.userId}/${group.programme}`, group);
  }
  let handedOver = 0;
  for (const { userId, programme } of unassignedCases.values()) {
    handedOver += await moveAll(parts, {
      userId,
      programme,
      actor,
      now,
      decide({ theCase }, setup) {
        if (mayStillAct(userId, theCase, setup, now)) return null;
        const seat = lastSeatOf(userId, theCase, setup, now);
        const disabled = setup.seats.some(({ holders }) => holders.some((h) => h.userId === userId && h.disabled));
        const to = successorOn(seat, { leaver: userId, answeredBy: theCase.answeredBy, now });
        return { to, cause: disabled ? "account" : "seat", seat: null, reason: null };
      },
    });
  }
  return { handedOver };
}
