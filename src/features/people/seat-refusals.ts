/** How changes of seats and of who sits on them are refused, in words. */
import { dateWords } from "../../engine/calendar/date-words.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";

export const noSeat = (code: string): Problem =>
  new Problem("not-found", msg("people.seatRefusals.thereIsNoSeatIn", { code }));

export function nobodyThere(code: string, field?: string): Problem {
  const reason = msg("people.seatRefusals.nobodyHoldsTheSeatThen", { code });
  return new Problem("not-found", reason, field === undefined ? [] : [{ field, reason }]);
}

export function seatTaken(code: string, from: Date): Problem {
  const day = dateWords(from.toISOString().slice(0, 10));
  return new Problem("conflict", msg("people.seatRefusals.somebodyHoldsTheSeatIn", { code, day }));
}

/** Nobody gives rights to themselves: it takes another administrator, as for everybody else. */
export function notOneself(field?: string): Problem {
  const reason = msg("people.seatRefusals.nobodySeatsThemselvesAskAnother");
  return new Problem("forbidden", reason, field === undefined ? [] : [{ field, reason }]);
}

export const notTheirOwn = (): Problem => new Problem("forbidden", msg("people.seatRefusals.nobodyMovesASeatOf"));
