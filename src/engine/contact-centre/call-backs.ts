/**
 * Call-backs: somebody whom the office has to reach by telephone. When a call is due, what a try leads to, and when it is over.
 * Browsers run this too.
 */

import { civilDate, shiftDate, startOfDay } from "../calendar/civil-days.js";
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import { codesOf } from "../registry.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

/** Why somebody is called, in the order in which a list names them. */
export const callBackReasons = {
  answerNotDelivered: { name: msg("contact-centre.callBacks.reasonAnswerNotDelivered") },
  callerAsked: { name: msg("contact-centre.callBacks.reasonCallerAsked") },
  survey: { name: msg("contact-centre.callBacks.reasonSurvey") },
} as const satisfies Readonly<Record<string, { readonly name: Bilingual }>>;
export type CallBackReason = keyof typeof callBackReasons;

interface TryRow {
  readonly name: Bilingual;
  /** `ends`: there is nothing more to try. `unanswered`: nobody spoke. `postponed`: the person asked for another time. */
  readonly leads: "ends" | "unanswered" | "postponed";
}

/** What came of one call, in the order of the keys 1, 2, 3 … */
export const tryOutcomes = {
  reached: { name: msg("contact-centre.callBacks.outcomeReached"), leads: "ends" },
  noAnswer: { name: msg("contact-centre.callBacks.outcomeNoAnswer"), leads: "unanswered" },
  busy: { name: msg("contact-centre.callBacks.outcomeBusy"), leads: "unanswered" },
  later: { name: msg("contact-centre.callBacks.outcomeLater"), leads: "postponed" },
  wrongNumber: { name: msg("contact-centre.callBacks.outcomeWrongNumber"), leads: "ends" },
  refused: { name: msg("contact-centre.callBacks.outcomeRefused"), leads: "ends" },
} as const satisfies Readonly<Record<string, TryRow>>;
export type TryOutcome = keyof typeof tryOutcomes;
export const tryOutcomeNames = codesOf(tryOutcomes);
export const isTryOutcome = (value: unknown): value is TryOutcome =>
  typeof value === "string" && Object.hasOwn(tryOutcomes, value);

/** How a call-back ended: as its last try did, nobody reached after all tries, or no longer needed. */
export const callBackEnds = {
  reached: msg("contact-centre.callBacks.endReached"),
  wrongNumber: msg("contact-centre.callBacks.endWrongNumber"),
  refused: msg("contact-centre.callBacks.endRefused"),
  notReached: msg("contact-centre.callBacks.endNotReached"),
  cancelled: msg("contact-centre.callBacks.endCancelled"),
} as const satisfies Readonly<Record<string, Bilingual>>;
export type CallBackEnd = keyof typeof callBackEnds;

/** For which answers that reached nobody a call-back is made by itself. */
export const callBackWays = {
  none: msg("contact-centre.callBacks.wayNone"),
  failed: msg("contact-centre.callBacks.wayFailed"),
  unreached: msg("contact-centre.callBacks.wayUnreached"),
} as const satisfies Readonly<Record<string, Bilingual>>;
export type CallBackWay = keyof typeof callBackWays;

/** As a programme sets it. */
export interface CallBackPolicy {
  /** Working hours within which somebody is called. */
  readonly hours: number;
  /** The same for who wished for a time, from that time on. */
  readonly wishHours: number;
  /** So often at most without an answer, and so often put off by the person. */
  readonly tries: number;
  /** Working hours between two tries. */
  readonly spacingHours: number;
}

export const defaultCallBacks = {
  hours: 7,
  wishHours: 1,
  tries: 3,
  spacingHours: 3,
  perDay: 100,
  way: "failed" as CallBackWay,
};

/** What a programme's settings say, and where they say nothing as we ship it. */
export const callBackPolicy = (settings: {
  readonly callBackHours?: number | undefined;
  readonly callBackWishHours?: number | undefined;
  readonly callBackTries?: number | undefined;
  readonly callBackSpacingHours?: number | undefined;
}): CallBackPolicy => ({
  hours: settings.callBackHours ?? defaultCallBacks.hours,
  wishHours: settings.callBackWishHours ?? defaultCallBacks.wishHours,
  tries: settings.callBackTries ?? defaultCallBacks.tries,
  spacingHours: settings.callBackSpacingHours ?? defaultCallBacks.spacingHours,
});

/** Nobody is called before `readyAt`, and by `dueAt` they should have been. */
export interface CallMoments {
  readonly readyAt: Date;
  readonly dueAt: Date;
}

/** From the wish on, else from `from`: the next opening, and as many working hours behind it as a programme gives. */
export function callMoments(a: {
  policy: CallBackPolicy;
  calendar: WorkingCalendar;
  from: Date;
  wishedAt: Date | null;
}): CallMoments {
  const { policy, calendar, from, wishedAt } = a;
  const readyAt = calendar.nextOpening(wishedAt ?? from);
  const amount = wishedAt === null ? policy.hours : policy.wishHours;
  const { due } = calendar.add(readyAt, { unit: "workingHours", amount });
  return { readyAt, dueAt: due };
}

/** How many were made by day; no day before `from` has room for one more. */
export interface MadeByDay {
  readonly byDay: Map<string, number>;
  from: Date | null;
}

/**
 * The same for one that is made by itself: on the first day that has room for one more. `made` is counted on, so that what comes at once is
 * spread over days.
 */
export function spreadMoments(a: {
  policy: CallBackPolicy;
  calendar: WorkingCalendar;
  from: Date;
  perDay: number;
  made: MadeByDay;
}): CallMoments {
  const { policy, calendar, perDay, made } = a;
  const { timeZone } = calendar;
  for (let from = made.from !== null && made.from > a.from ? made.from : a.from; ; ) {
    const moments = callMoments({ policy, calendar, from, wishedAt: null });
    const day = civilDate(moments.readyAt, timeZone);
    const before = made.byDay.get(day) ?? 0;
    if (before < perDay) {
      made.byDay.set(day, before + 1);
      return moments;
    }
    from = startOfDay(shiftDate(day, 1), timeZone);
    made.from = from;
  }
}

const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

/** A call that is to come already, asked for as soon as may be: what was promised of it holds. */
export const notLater = (promised: CallMoments, asked: CallMoments): CallMoments => ({
  readyAt: earlier(promised.readyAt, asked.readyAt),
  dueAt: earlier(promised.dueAt, asked.dueAt),
});

/** Tries that were made before, by what they led to. */
export interface TriesBefore {
  readonly unanswered: number;
  readonly postponed: number;
}

export type AfterTry =
  | { readonly state: "done"; readonly outcome: CallBackEnd }
  | ({
      readonly state: "open";
      /** When the person asked to be called; null: the time between two tries. */
      readonly wishedAt: Date | null;
    } & CallMoments);

/** Whether one more try of that kind ends it: nobody answered so often, or the person put it off so often. */
export const givesUp = ({ tries }: CallBackPolicy, made: number): boolean => made + 1 >= tries;

/**
 * What a try leads to. `laterAt` is when the person asked to be called, for `later`; before now it counts as now. Who asks for
 * another time again and again is given up as who never answers.
 */
export function afterTry(a: {
  policy: CallBackPolicy;
  calendar: WorkingCalendar;
  before: TriesBefore;
  outcome: TryOutcome;
  laterAt: Date | null;
  now: Date;
}): AfterTry {
  const { policy, calendar, before, outcome, laterAt, now } = a;
  if (outcome === "reached" || outcome === "wrongNumber" || outcome === "refused") return { state: "done", outcome };
  const made = outcome === "later" ? before.postponed : before.unanswered;
  if (givesUp(policy, made)) return { state: "done", outcome: "notReached" };
  const spaced = calendar.add(now, { unit: "workingHours", amount: policy.spacingHours }).due;
  const wishedAt = outcome !== "later" || laterAt === null || laterAt <= now ? null : laterAt;
  return { state: "open", wishedAt, ...callMoments({ policy, calendar, from: spaced, wishedAt }) };
}

/** The farthest day for which a call can be asked. */
export const callBackDaysMost = 30;
/** Characters of a note beside a call. */
export const callNoteMost = 1000;
/** How long a claim holds without a word of the agent. */
export const claimMs = 30 * 60_000;
