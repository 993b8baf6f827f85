/** The groups of a desk as conditions on the alias `c` of `cases`, alike for the counts of a home and the list behind them. */
import type { DeskFilter, DeskTime } from "../../../engine/lifecycle/desk-groups.js";

/** @param bind gives the place (`$3`) of a value in the statement */
export function deskCondition(group: DeskFilter, time: DeskTime, bind: (value: unknown) => string): string {
  const now = (): string => `${bind(time.now)}::timestamptz`;
  const weekEnd = (): string => `${bind(time.weekEnd)}::timestamptz`;
  const dayEnd = (): string => `${bind(time.dayEnd)}::timestamptz`;
  const working = "c.urgency in (0, 1)";
  // Neither late nor due this week.
  const notSoon = (): string => `(c.due_at is null or c.due_at >= ${weekEnd()})`;
  const inReview = (): string => `c.state = any(${bind(time.reviewStates)}::text[])`;
  // The office's to go on with.
  const rest = (): string => `c.urgency = 0 and ${notSoon()} and not ${inReview()}`;
  const again = "(c.cycle > 1 or c.answered_by is not null)";
  const table: Readonly<Record<DeskFilter, () => string>> = {
    overdue: () => `${working} and c.due_at < ${now()}`,
    today: () => `${working} and c.due_at >= ${now()} and c.due_at < ${dayEnd()}`,
    week: () => `${working} and c.due_at >= ${dayEnd()} and c.due_at < ${weekEnd()}`,
    again: () => `${rest()} and ${again}`,
    new: () => `${rest()} and not ${again} and c.assignee is null`,
    later: () => `${rest()} and not ${again} and c.assignee is not null`,
    waiting: () => `c.urgency = 1 and ${notSoon()}`,
    reviewing: () => `c.urgency = 0 and ${notSoon()} and ${inReview()}`,
    review: () => `c.urgency = 0 and ${inReview()}`,
  };
  return `(${table[group]()})`;
}
