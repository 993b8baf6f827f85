/**
 * When a letter to an official leaves: at once, gathered with others, or never. By the way that the holder chose for the position, else by the
 * programme's; what a rule marked as mandatory comes anyway, at once.
 */

import { civilDate, shiftDate, startOfDay } from "../calendar/civil-days.js";
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import type { Case } from "../lifecycle/case.js";
import type { Seat, SeatHolder, Setup } from "../setup/setup.js";
import { holds, reachesCase } from "../setup/setup-references.js";
import { type LetterWay, programmesWay, soonerWay } from "./letter-ways.js";
import type { MessageIntent } from "./message-intent.js";
import { followsWay, waitsForMorning } from "./message-kinds.js";

const hourMs = 3_600_000;

/** The next full hour, where somebody works then; else when work next begins. */
function nextHour(at: Date, calendar: WorkingCalendar): Date {
  return calendar.nextOpening(new Date((Math.floor(at.getTime() / hourMs) + 1) * hourMs));
}

/** When work next begins on a day: today's beginning while it lies ahead, else that of the next working day. */
function nextMorning(at: Date, calendar: WorkingCalendar): Date {
  const { timeZone } = calendar;
  const today = civilDate(at, timeZone);
  const opening = calendar.nextOpening(startOfDay(today, timeZone));
  return opening > at ? opening : calendar.nextOpening(startOfDay(shiftDate(today, 1), timeZone));
}

/** When today's work begins, while that lies ahead: until then what a position hears once a day is put together. */
export function morningAhead(now: Date, calendar: WorkingCalendar): Date | null {
  const today = civilDate(now, calendar.timeZone);
  const morning = nextMorning(now, calendar);
  return civilDate(morning, calendar.timeZone) === today ? morning : null;
}

type Letter = Pick<MessageIntent, "template" | "data">;

/** What can wait for the morning does, a reminder only where its deadline is later. */
function nextRound({ template, data }: Letter, at: Date, calendar: WorkingCalendar): Date {
  const waits = waitsForMorning(template);
  if (waits === undefined) return nextHour(at, calendar);
  const morning = nextMorning(at, calendar);
  const due = typeof data.dueAt === "string" ? new Date(data.dueAt) : null;
  return waits === "unlessDue" && due !== null && due <= morning ? nextHour(at, calendar) : morning;
}

const momentOf: Readonly<
  Record<Exclude<LetterWay, "none">, (letter: Letter, at: Date, calendar: WorkingCalendar) => Date>
> = {
  atOnce: (_, at) => at,
  hourly: nextRound,
  daily: (_, at, calendar) => nextMorning(at, calendar),
};

/** The way in which a position is written to. */
export const wayOf = ({ letters }: Pick<Seat, "letters">, { programme }: Pick<Setup, "programme">): LetterWay =>
  letters ?? programmesWay(programme.settings);

/** For which position somebody is written to about a case, and in which way: of several that reach it, the one that hears soonest. */
export function positionFor(
  userId: number,
  theCase: Case,
  setup: Setup,
  now: Date,
): { readonly seat: number | null; readonly way: LetterWay } {
  const held = setup.seats.filter(({ holders }) => holders.some((one) => one.userId === userId && holds(one, now)));
  const reaching = held.filter((seat) => reachesCase(seat, theCase, setup, ["case.read"]));
  const [first, ...others] = reaching.length > 0 ? reaching : held;
  if (first === undefined) return { seat: null, way: programmesWay(setup.programme.settings) };
  const seat = others.reduce((a, b) => {
    const [one, other] = [wayOf(a, setup), wayOf(b, setup)];
    return soonerWay(one, other) === one ? a : b;
  }, first);
  return { seat: seat.id, way: wayOf(seat, setup) };
}

/** Those of them who get letters about the case at all. */
export const whoGetLetters = (people: readonly SeatHolder[], theCase: Case, setup: Setup, now: Date): SeatHolder[] =>
  people.filter(({ userId }) => positionFor(userId, theCase, setup, now).way !== "none");

/**
 * A letter that is about no case, as the choice of these positions has it: of several, the one that hears soonest. Null: they get none.
 * @param seats at least one
 */
export function deliverTo(
  intent: MessageIntent,
  seats: readonly Seat[],
  a: { setup: Setup; now: Date; calendar: WorkingCalendar },
): MessageIntent | null {
  const ways = seats.map((seat) => ({ seat, way: wayOf(seat, a.setup) }));
  const soonest = ways.reduce((one, other) => (soonerWay(one.way, other.way) === one.way ? one : other));
  const { seat, way } = soonest;
  if (way === "none") return null;
  return way === "atOnce"
    ? intent
    : { ...intent, gather: { at: momentOf[way](intent, a.now, a.calendar), seat: seat.id } };
}

/** A message as it was decided: in which way it leaves, and for which position its receiver is written to. */
export interface Delivery {
  readonly intent: MessageIntent;
  /** `none`: the position gets no letters, so it is not written. */
  readonly way: LetterWay;
  /** Null: they hold none, or it is the applicant's. */
  readonly seat: number | null;
}

/**
 * How each of these leaves, with the moment at which it is gathered. A letter that waits for someone to take the case (`afterHours`)
 * begins to wait at `now`.
 */
export function decideDelivery(
  intents: readonly MessageIntent[],
  a: { theCase: Case; setup: Setup; now: Date; calendar: () => WorkingCalendar },
): Delivery[] {
  const { theCase, setup, now, calendar } = a;
  return intents.map((intent): Delivery => {
    const { receiver, afterHours = 0, mandatory, template, data } = intent;
    if (receiver.kind !== "user") return { intent, way: "atOnce", seat: null };
    const { seat, way } = positionFor(receiver.userId, theCase, setup, now);
    if (mandatory === true || !followsWay(template, data)) return { intent, way: "atOnce", seat };
    if (way === "none" || (way === "atOnce" && afterHours === 0)) return { intent, way, seat };
    const from = afterHours === 0 ? now : calendar().add(now, { amount: afterHours, unit: "workingHours" }).due;
    return { intent: { ...intent, gather: { at: momentOf[way](intent, from, calendar()), seat } }, way, seat };
  });
}

/** The same letters, each as it leaves; without those that a position has switched off. */
export const chooseDelivery = (...a: Parameters<typeof decideDelivery>): MessageIntent[] =>
  decideDelivery(...a).flatMap(({ intent, way }) => (way === "none" ? [] : [intent]));
