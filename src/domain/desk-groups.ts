/**
 * What an office has to do, in order of need. A case stands in one group: the first whose condition holds. Cases that are
 * in none go their way (taken on, due later) or wait for a quality review.
 */
import { civilDate, shiftDate, startOfDay } from "./calendar/civil-days.js";
import { weekBefore } from "./reports/digest-view.js";
import type { Setup } from "./setup.js";

export const deskGroups = ["overdue", "today", "week", "again", "new", "waiting"] as const;
export type DeskGroup = (typeof deskGroups)[number];
/** What a list can be narrowed to: a group, or the answers that wait for their quality review. */
export const deskFilters = [...deskGroups, "review"] as const;
export type DeskFilter = (typeof deskFilters)[number];

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
