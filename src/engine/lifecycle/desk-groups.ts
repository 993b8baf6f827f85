/**
 * What an office has to do, in order of need: first what someone above asks for, then by the nearer promise, first reply or final answer. On
 * a desk each open case is in exactly one group, the first whose condition holds. The last two wait for the applicant and for a quality review.
 */
import { civilDate, shiftDate, startOfDay } from "../calendar/civil-days.js";
import type { Policy } from "../setup/policy.js";
import type { Setup } from "../setup/setup.js";

export const deskGroups = ["reminded", "overdue", "today", "next", "later", "waiting", "reviewing"] as const;
export type DeskGroup = (typeof deskGroups)[number];
/** What a list can be narrowed to: a group, or all answers that wait for their quality review, also late ones. */
export const deskFilters = [...deskGroups, "review"] as const;
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
  /** States in which an answer waits for its quality review. */
  readonly reviewStates: readonly string[];
  /** Codes of the levels of importance, the highest first: what is due at the same moment is in this order. */
  readonly byImportance: readonly string[];
}

/** States out of which an action leads that sends an answer back. */
export function reviewStatesOf({ workflows }: Pick<Setup, "workflows">): string[] {
  const states = [...workflows.values()].flatMap(({ definition }) =>
    Object.values(definition.actions)
      .filter((action) => action.effects.includes("return"))
      .flatMap((action) => action.from),
  );
  return [...new Set(states)].sort();
}

const byImportance = ({ importanceLevels }: Pick<Setup, "importanceLevels">): string[] =>
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
    readonly setup: Pick<Setup, "workflows" | "programme" | "importanceLevels">;
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
    reviewStates: reviewStatesOf(setup),
    byImportance: byImportance(setup),
  };
}
