/** Whoever had taken a case can no longer work on it: it goes to the successor, or back to all of the entity. */
import { type Actor, type CaseSubject, can, type EntityTree, type HeldSeat } from "../access/permissions.js";
import type { Seat, Setup } from "../setup/setup.js";
import { incumbent } from "../setup/setup-references.js";
import { type CaseDraft, change, emit } from "./case-draft.js";

/** `term`: the seat was left. `account`: the account was closed. `seat`: nothing that they hold reaches the case any more. */
export type ReassignCause = "term" | "account" | "seat";

/** The draft with another assignee; null: nobody's, so that any of the entity may take it. */
export function reassign(
  draft: CaseDraft,
  a: { to: number | null; cause: ReassignCause; seat: string | null; reason: string | null },
): CaseDraft {
  const from = draft.theCase.assignee;
  const { to, cause, seat, reason } = a;
  return emit(change(draft, { assignee: to }), "case.handed-over", { from, to, by: "hand-over", cause, seat, reason });
}

function reaches(seat: HeldSeat, theCase: CaseSubject, entities: EntityTree): boolean {
  const holder: Actor = { kind: "user", userId: 0, name: "", seats: [seat] };
  return can(holder, "case.act", { case: theCase, entities });
}

const heldAs = ({ id, role, entity, sector }: Seat, programme: string): HeldSeat => ({
  id,
  role,
  programme,
  entity,
  sector,
});

/** Whether work on the case can be done from this seat. */
export function seatReaches(seat: Seat, theCase: CaseSubject, { entities, programme }: Setup): boolean {
  return reaches(heldAs(seat, programme.code), theCase, entities);
}

/** Whether this person, on the seats held at `now`, may act on the case. A disabled account may not. */
export function mayStillAct(userId: number, theCase: CaseSubject, setup: Setup, now: Date): boolean {
  return setup.seats.some(
    (seat) =>
      seat.holders.some(
        (one) => one.userId === userId && !one.disabled && one.from <= now && (one.to === null || now < one.to),
      ) && seatReaches(seat, theCase, setup),
  );
}

/** The seat within reach of the case that this person left last; null: none that is still in use. */
export function lastSeatOf(userId: number, theCase: CaseSubject, setup: Setup, now: Date): Seat | null {
  let last: { seat: Seat; to: Date } | null = null;
  for (const seat of setup.seats) {
    for (const { userId: holder, to } of seat.holders) {
      if (holder !== userId || to === null || to > now || (last !== null && to <= last.to)) continue;
      if (seatReaches(seat, theCase, setup)) last = { seat, to };
    }
  }
  return last?.seat ?? null;
}

/**
 * Who goes on with the work of a seat: whoever sits on it at `now`. Null: nobody does, or the case waits for somebody
 * other than this very person, who gave the answer that is objected to.
 */
export function successorOn(
  seat: Seat | null,
  a: { leaver: number; answeredBy: number | null; now: Date },
): number | null {
  const next = seat === null ? null : incumbent(seat, a.now);
  return next === null || next.userId === a.leaver || next.userId === a.answeredBy ? null : next.userId;
}
