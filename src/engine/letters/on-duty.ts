/** Which focal point hears first of a case that nobody has taken yet: the one on duty, else all in turn. */

import { dayNumberOf } from "../calendar/civil-date.js";
import { civilDate } from "../calendar/civil-days.js";
import type { Case } from "../lifecycle/case.js";
import type { Seat, SeatHolder, Setup } from "../setup/setup.js";
import { holds, seatHoldersAt } from "../setup/setup-references.js";
import { wayOf } from "./choose-delivery.js";

/** 4 January 1970, by its number of days. */
const firstSunday = 3;

/** Whether the rota names this position for a day (`YYYY-MM-DD`); first and last day are both of it. */
const isOnDuty = ({ duties = [] }: Pick<Seat, "duties">, date: string): boolean =>
  duties.some(({ from, to }) => from <= date && date <= to);

/** Where a turn of so many begins: at another one each week, from Sunday. Within a week the same, so that what happens out of hours is one letter. */
export function turnOfWeek(people: number, { programme }: Pick<Setup, "programme">, now: Date): number {
  const day = dayNumberOf(civilDate(now, programme.timeZone)) ?? 0;
  return people === 0 ? 0 : Math.floor((day - firstSunday) / 7) % people;
}

/** The same people, from the one whose week it is. */
function turnFrom(people: readonly SeatHolder[], setup: Pick<Setup, "programme">, now: Date): readonly SeatHolder[] {
  const first = turnOfWeek(people.length, setup, now);
  return [...people.slice(first), ...people.slice(0, first)];
}

/**
 * The focal points of the case's entity in the order in which they hear of it. First those whom the rota names for today, where it
 * names any who holds the position; the others follow in turn of weeks. A rota with a gap, or that names a position that nobody holds, thus
 * falls back to the turn.
 */
export function inTurn(
  theCase: Pick<Case, "entity">,
  focalPoints: readonly SeatHolder[],
  setup: Pick<Setup, "seats" | "programme">,
  now: Date,
): readonly SeatHolder[] {
  if (focalPoints.length < 2) return focalPoints;
  const turn = turnFrom(focalPoints, setup, now);
  const own = setup.seats.filter(({ role, entity }) => role === "focal_point" && entity === theCase.entity);
  // Most entities have no rota.
  if (!own.some(({ duties = [] }) => duties.length > 0)) return turn;
  const today = civilDate(now, setup.programme.timeZone);
  const onDuty = new Set(
    own
      .filter((seat) => isOnDuty(seat, today))
      .flatMap(({ holders }) => holders.filter((holder) => holds(holder, now)).map(({ userId }) => userId)),
  );
  return [...turn.filter(({ userId }) => onDuty.has(userId)), ...turn.filter(({ userId }) => !onDuty.has(userId))];
}

/** Whose week it is at an entity on a day that the rota leaves open: the first in turn who gets letters. Null: nobody does. */
export function whoseTurn(entity: string, setup: Setup, now: Date): SeatHolder | null {
  const own = setup.seats.filter((seat) => seat.role === "focal_point" && seat.entity === entity);
  const turn = turnFrom(
    seatHoldersAt({ seats: own }, () => true, now),
    setup,
    now,
  );
  const hears = ({ userId }: SeatHolder) =>
    own.some(
      (seat) => wayOf(seat, setup) !== "none" && seat.holders.some((one) => one.userId === userId && holds(one, now)),
    );
  return turn.find(hears) ?? null;
}
