/**
 * What an office has to do, in order of need: first what someone above asks for, then what is overdue, late first replies, then by the nearer
 * promise, first reply or final answer. On a desk each open case is in exactly one group, the first whose condition holds. The last two wait
 * for the applicant and for a quality review.
 *
 * **Overdue** is one thing everywhere: the final answer of an open case is past its deadline, and none is written that waits for its review. A
 * first reply that is late is called that. What waits for a review is the reviewers' turn, and no office gets it out of "overdue" by working;
 * its promise runs on, and whether it was kept is judged by when the answer takes effect. How SQL asks for each: `features/cases/list/desk-conditions.ts`.
 */
import { civilDate, shiftDate, startOfDay } from "../calendar/civil-days.js";
import type { Policy } from "../setup/policy.js";
import type { Setup } from "../setup/setup.js";

export const deskGroups = [
  "reminded",
  "overdue",
  "replyLate",
  "today",
  "next",
  "later",
  "waiting",
  "reviewing",
] as const;
export type DeskGroup = (typeof deskGroups)[number];
/** What a list can be narrowed to: a group, all answers that wait for their quality review, or those among them that are past their deadline. */
export const deskFilters = [...deskGroups, "review", "reviewLate"] as const;
export type DeskFilter = (typeof deskFilters)[number];

/** What a desk can be narrowed down to. */
export interface DeskNarrowing {
  /** Taken on by this person. */
  readonly assignee?: number | undefined;
  readonly importance?: string | undefined;
  readonly sector?: string | undefined;
  readonly pillar?: string | undefined;
  readonly type?: string | undefined;
}

/** What tells the groups apart at a moment, and puts them in order, in one programme. */
export interface DeskTime {
  readonly now: Date;
  /** When the civil day ends, and when the next working day after it does. */
  readonly dayEnd: Date;
  readonly nextEnd: Date;
  /** Codes of the levels of importance, the highest first: within a group the more important comes first. */
  readonly byImportance: readonly string[];
}

/** Codes of the levels of importance, the highest first. */
export const byImportance = ({ importanceLevels }: Pick<Setup, "importanceLevels">): string[] =>
  [...importanceLevels.values()].sort((a, b) => b.rank - a.rank).map(({ code }) => code);

/**
 * The next working day is the first day after today on which the programme's published calendar has working time, half days too;
 * its civil day is meant to the end.
 */
export function deskTimeOf(
  {
    setup,
    calendar,
  }: {
    readonly setup: Pick<Setup, "programme" | "importanceLevels">;
    readonly calendar: Pick<Policy["calendar"], "nextOpening">;
  },
  now: Date,
): DeskTime {
  const { timeZone } = setup.programme;
  const dayAfter = (at: Date): Date => startOfDay(shiftDate(civilDate(at, timeZone), 1), timeZone);
  const dayEnd = dayAfter(now);
  return {
    now,
    dayEnd,
    nextEnd: dayAfter(calendar.nextOpening(dayEnd)),
    byImportance: byImportance(setup),
  };
}
