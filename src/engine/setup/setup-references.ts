/** From a reference to people: who sits where at a moment, who is above whom, who is told. */

import { type Actor, can } from "../access/permissions.js";
import type { Case } from "../lifecycle/case.js";
import type { ReceiverReference } from "../rules/outcomes.js";
import type { Seat, SeatHolder, Setup } from "./setup.js";

type Seats = Pick<Setup, "seats">;
type Ladder = Pick<Setup, "seats" | "entities" | "programme">;

/** Half-open: from the first moment to before the last. A disabled account holds its seat in name only. */
export function holds(holder: SeatHolder, now: Date): boolean {
  return !holder.disabled && holder.from <= now && (holder.to === null || now < holder.to);
}

/** Who sits on the seat at `now`; of several the one longest there. Null: the seat is empty. */
export function incumbent(seat: Seat, now: Date): SeatHolder | null {
  const holders = seat.holders.filter((holder) => holds(holder, now));
  return holders.reduce<SeatHolder | null>(
    (first, holder) => (first === null || holder.from < first.from ? holder : first),
    null,
  );
}

/** Everyone who sits at `now` on a seat that the predicate chooses, each person once, by user number. */
export function seatHoldersAt(setup: Seats, predicate: (seat: Seat) => boolean, now: Date): SeatHolder[] {
  const people = new Map<number, SeatHolder>();
  for (const seat of setup.seats) {
    if (!predicate(seat)) continue;
    for (const holder of seat.holders)
      if (holds(holder, now) && !people.has(holder.userId)) people.set(holder.userId, holder);
  }
  return [...people.values()].sort((a, b) => a.userId - b.userId);
}

/** Positions that hear of an order: the one that asked, and its office. */
export const asksFrom =
  (requestedBy: number | null) =>
  ({ id, officeOf }: Seat): boolean =>
    requestedBy !== null && (id === requestedBy || officeOf === requestedBy);

export function operationRoomAt(setup: Seats, now: Date): SeatHolder[] {
  return seatHoldersAt(setup, (seat) => seat.role === "operation_room", now);
}

/** The entity and those above it, nearest first. A circle in the tree ends the walk. */
function entityAndAbove(setup: Pick<Setup, "entities">, entity: string): string[] {
  const path: string[] = [];
  for (
    let code: string | null = entity;
    code !== null && !path.includes(code);
    code = setup.entities.get(code)?.parent ?? null
  )
    path.push(code);
  return path;
}

/** Of several seats of one role at one entity the one somebody sits on, else the oldest. */
function preferredSeat(seats: readonly Seat[], now: Date | null): Seat | null {
  const ordered = [...seats].sort((a, b) => a.id - b.id);
  const occupied = now === null ? undefined : ordered.find((seat) => incumbent(seat, now) !== null);
  return occupied ?? ordered[0] ?? null;
}

/**
 * The seat that stands `level` above the focal point of an entity: the ladder says which role, the nearest entity from the
 * own upwards that has a seat of that role says which seat. Null where the ladder ends or nobody has such a seat.
 */
export function superiorSeat(setup: Ladder, entity: string, level: number, now: Date | null = null): Seat | null {
  const role = setup.programme.settings.ladder.find((step) => step.level === level)?.role;
  if (role === undefined) return null;
  for (const code of entityAndAbove(setup, entity)) {
    const seats = setup.seats.filter((seat) => seat.role === role && seat.entity === code);
    if (seats.length > 0) return preferredSeat(seats, now);
  }
  return null;
}

interface EmptySeat {
  /** 0: the focal points of the entity themselves. */
  readonly level: number;
  /** Null where the set-up has no such seat at all. */
  readonly seat: Seat | null;
}

/** Who is told, and the seats nobody sat on: the operation room has to hear of those. */
interface Receivers {
  readonly receivers: SeatHolder[];
  readonly empty: EmptySeat[];
}

/** The incumbent at `level` or, the seat being empty, at the next above that is not. */
export function climb(setup: Ladder, entity: string, level: number, now: Date): Receivers {
  const empty: EmptySeat[] = [];
  const highest = Math.max(0, ...setup.programme.settings.ladder.map((step) => step.level));
  for (let at = level; at <= highest; at += 1) {
    const seat = superiorSeat(setup, entity, at, now);
    const holder = seat === null ? null : incumbent(seat, now);
    if (holder !== null) return { receivers: [holder], empty };
    empty.push({ level: at, seat });
  }
  // Beyond the ladder: the rule names a level that this programme does not have.
  return {
    receivers: [],
    empty: empty.length > 0 ? empty : [{ level, seat: null }],
  };
}

/** A sector without a main focal point is the operation room's to look after. */
function triageOf(setup: Setup, sector: string | null, now: Date): SeatHolder[] {
  const main =
    sector === null
      ? []
      : seatHoldersAt(setup, (seat) => seat.role === "main_focal_point" && seat.sector === sector, now);
  return main.length > 0 ? main : operationRoomAt(setup, now);
}

/** A case without an entity waits in triage, where no ladder begins: who should place it is told, and the operation room. */
function unplaced(theCase: Case, setup: Setup, now: Date): Receivers {
  const people = [...triageOf(setup, theCase.sector, now), ...operationRoomAt(setup, now)];
  return {
    receivers: [...new Map(people.map((holder) => [holder.userId, holder])).values()],
    empty: [],
  };
}

function focalPoints(theCase: Case, setup: Setup, now: Date): Receivers {
  const { entity } = theCase;
  if (entity === null) return unplaced(theCase, setup, now);
  const isTheirs = (seat: Seat) => seat.role === "focal_point" && seat.entity === entity;
  const receivers = seatHoldersAt(setup, isTheirs, now);
  if (receivers.length > 0) return { receivers, empty: [] };
  const above = climb(setup, entity, 1, now);
  return {
    receivers: above.receivers,
    empty: [{ level: 0, seat: setup.seats.find(isTheirs) ?? null }, ...above.empty],
  };
}

/** Whether this seat reaches the case; left out: to read it and to act on it. */
export function reachesCase(
  { id, role, entity, sector }: Seat,
  theCase: Case,
  { entities, programme }: Pick<Setup, "entities" | "programme">,
  to: readonly ("case.read" | "case.act")[] = ["case.read", "case.act"],
): boolean {
  const seats = [{ id, role, entity, sector, programme: programme.code }];
  const actor: Actor = { kind: "user", userId: 0, name: "", seats };
  return to.every((permission) => can(actor, permission, { case: theCase, entities }));
}

/** Who took the case, while a seat of theirs reaches it: one of the operation room may have taken an appeal. */
function assignee(theCase: Case, setup: Setup, now: Date): Receivers {
  if (theCase.assignee === null) return focalPoints(theCase, setup, now);
  const theirs = (seat: Seat) => seat.holders.some(({ userId }) => userId === theCase.assignee);
  const holders = seatHoldersAt(setup, (seat) => theirs(seat) && reachesCase(seat, theCase, setup), now);
  const found = holders.find((holder) => holder.userId === theCase.assignee);
  return found === undefined ? focalPoints(theCase, setup, now) : { receivers: [found], empty: [] };
}

const byReference: Readonly<Record<string, (theCase: Case, setup: Setup, now: Date) => Receivers>> = {
  "entity.focalPoints": focalPoints,
  "sector.mainFocalPoint": (theCase, setup, now) => ({
    receivers: triageOf(setup, theCase.sector, now),
    empty: [],
  }),
  operationRoom: (_case, setup, now) => ({
    receivers: operationRoomAt(setup, now),
    empty: [],
  }),
  assignee,
  requester: (theCase, setup, now) => {
    // An application was asked for from no position; the one of an order may be out of use.
    if (theCase.requestedBy === null) return { receivers: [], empty: [] };
    const receivers = seatHoldersAt(setup, asksFrom(theCase.requestedBy), now);
    const asked = setup.seats.find(({ id }) => id === theCase.requestedBy) ?? null;
    const empty = receivers.length > 0 ? [] : [{ level: 0, seat: asked }];
    return { receivers, empty };
  },
};

const superior = /^entity\.superior\((\d+)\)$/;

/**
 * The people whom a reference names for a case at `now`. Where a seat is empty the next level is told instead and the
 * seat is listed in `empty`, so that the operation room hears of it too. An unknown reference tells nobody and is listed
 * likewise: a fault of set-up must not stop the sweep.
 */
export function receiversOf(reference: ReceiverReference, theCase: Case, setup: Setup, now: Date): Receivers {
  const fixed = Object.hasOwn(byReference, reference) ? byReference[reference] : undefined;
  if (fixed !== undefined) return fixed(theCase, setup, now);
  const level = superior.exec(reference)?.[1];
  if (level === undefined) return { receivers: [], empty: [{ level: 0, seat: null }] };
  return theCase.entity === null ? unplaced(theCase, setup, now) : climb(setup, theCase.entity, Number(level), now);
}
