/** What the applicant is told of the time: until when an answer is due, whom a delay was told to, or why none is due. */

import type { Clock } from "../../../engine/calendar/clock.js";
import { clockSummary } from "../../../engine/calendar/clock-summary.js";
import { explainClock } from "../../../engine/explain/explain-deadline.js";
import type { Words } from "../../../engine/explain/words.js";
import { endsByItself, nextEscalation } from "../../../engine/lifecycle/due-moments.js";
import type { FollowDetail, NoPromise, PromisedAnswer } from "../../../engine/lifecycle/follow-view.js";
import type { Bilingual, Language } from "../../../engine/text/text.js";
import type { Opened } from "./follow-application.js";

export type Both = Readonly<Record<Language, Words>>;

/** A fact that the time was decided by, and what it was then. */
export interface Reason {
  readonly fact: string;
  readonly value: unknown;
}

export const inBoth = (words: Both, say: (one: Words) => string): Bilingual => ({
  ar: say(words.ar),
  en: say(words.en),
});

const watched = ({ theCase, workflow, pinned: { calendarOf } }: Opened) => ({ theCase, workflow, calendarOf });

/**
 * The last escalation of this cycle that reached somebody. Where the seats above are empty the office itself hears of it, and
 * the operation room is told: then nobody above was.
 */
function raisedIn({ events, setup }: Opened, since: Date): PromisedAnswer["raised"] {
  const last = events.filter(({ type, at }) => type === "case.escalated" && at >= since).at(-1);
  if (last === undefined) return null;
  const { level, tell, receivers, emptySeats } = last.data as {
    level?: number;
    tell?: readonly string[];
    receivers?: readonly number[];
    emptySeats?: readonly { level: number }[];
  };
  const empty = new Set((emptySeats ?? []).map((seat) => seat.level));
  const above = setup.programme.settings.ladder.filter((step) => step.level >= (level ?? 0));
  const asked = (tell ?? []).some((reference) => reference.startsWith("entity.superior"));
  const reached = asked && (receivers ?? []).length > 0 && above.some((step) => !empty.has(step.level));
  return { at: last.at, to: reached ? "superior" : "operationRoom" };
}

const currentClock = ({ theCase }: Opened): Clock | null =>
  theCase.clocks.find(
    ({ target, cycle, cancelledAt }) => target === "resolution" && cycle === theCase.cycle && cancelledAt === null,
  ) ?? null;

function promiseOf(opened: Opened, clock: Clock, words: Both, reasons: readonly Reason[]): PromisedAnswer {
  const { events, pinned, now } = opened;
  const calendar = pinned.calendarOf(clock.calendarVersionId);
  const { budget } = clock;
  const lines = (language: Language) =>
    explainClock({ clock, calendar, events, now, words: words[language] }).map((line) => line.trim());
  return {
    state: clockSummary(clock, calendar, now).state,
    dueAt: clock.dueAt,
    budget: budget && inBoth(words, (one) => one.budget(budget)),
    by: reasons.flatMap(({ fact, value }) =>
      value === null
        ? []
        : [{ label: inBoth(words, (one) => one.fact(fact)), value: inBoth(words, (one) => one.value(fact, value)) }],
    ),
    lines: { ar: lines("ar"), en: lines("en") },
    raised: raisedIn(opened, clock.startedAt),
    raisesAt: nextEscalation(watched(opened)),
  };
}

/** Whether a question stood without a reply to the end. */
function isUnanswered({ events }: Opened): boolean {
  return (
    events.filter(({ type }) => type === "applicant.asked" || type === "applicant.replied").at(-1)?.type ===
    "applicant.asked"
  );
}

function whyNone(opened: Opened): NoPromise {
  const { theCase, stateKind } = opened;
  if (stateKind !== "final") return "none";
  if (theCase.duplicateOf !== null) return "linked";
  if (theCase.rejectedAt !== null) return "rejected";
  if (theCase.withdrawnAt !== null) return theCase.withdrawnBy === null ? "withdrawn" : "withdrawnForYou";
  return theCase.resolvedAt === null && isUnanswered(opened) ? "unanswered" : "ended";
}

/** `reasons`: what the length was decided by, as far as applicants know it. */
export function promiseTold(
  opened: Opened,
  words: Both,
  reasons: readonly Reason[],
): Pick<FollowDetail, "promised" | "noPromise" | "replyUntil"> {
  const clock = currentClock(opened);
  return {
    promised: clock === null ? null : promiseOf(opened, clock, words, reasons),
    noPromise: clock === null ? whyNone(opened) : null,
    replyUntil: opened.stateKind === "waiting" ? endsByItself(watched(opened)) : null,
  };
}
