/**
 * What an office has to do, in order of need. Each open case stands in exactly one group: the first whose condition holds.
 * The last three wait for time, for the applicant, for a quality review.
 */
import { civilDate, shiftDate, startOfDay } from "../calendar/civil-days.js";
import { weekBefore } from "../measures/digest-view.js";
import type { Setup } from "../setup/setup.js";

export const deskGroups = ["overdue", "today", "week", "again", "new", "later", "waiting", "reviewing"] as const;
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

/** What tells the groups apart at a moment, in one programme. */
export interface DeskTime {
  readonly now: Date;
  /** When the civil day, and the week (Saturday's midnight), end. */
  readonly dayEnd: Date;
  readonly weekEnd: Date;
  /** States in which an answer waits for its quality review. */
  readonly reviewStates: readonly string[];
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

export function deskTimeOf(setup: Pick<Setup, "workflows" | "programme">, now: Date): DeskTime {
  const { timeZone } = setup.programme;
  const today = civilDate(now, timeZone);
  const start = (date: string): Date => startOfDay(date, timeZone);
  return {
    now,
    dayEnd: start(shiftDate(today, 1)),
    weekEnd: start(shiftDate(weekBefore(today).to, 7)),
    reviewStates: reviewStatesOf(setup),
  };
}
