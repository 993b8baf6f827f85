/** The groups of a desk as conditions on the alias `c` of `cases`, alike for the counts of a home and the list behind them. */
import type { DeskFilter, DeskTime } from "../domain/desk-groups.js";

/** @param bind gives the place (`$3`) of a value in the statement */
export function deskCondition(group: DeskFilter, time: DeskTime, bind: (value: unknown) => string): string {
  const now = (): string => `${bind(time.now)}::timestamptz`;
  const weekEnd = (): string => `${bind(time.weekEnd)}::timestamptz`;
  const dayEnd = (): string => `${bind(time.dayEnd)}::timestamptz`;
  const working = "c.urgency in (0, 1)";
  // Neither late nor due this week, and the office's to go on with.
  const rest = (): string =>
    `c.urgency = 0 and (c.due_at is null or c.due_at >= ${weekEnd()}) and c.state <> all(${bind(time.reviewStates)}::text[])`;
  const again = "(c.cycle > 1 or c.answered_by is not null)";
  const table: Readonly<Record<DeskFilter, () => string>> = {
    overdue: () => `${working} and c.due_at < ${now()}`,
    today: () => `${working} and c.due_at >= ${now()} and c.due_at < ${dayEnd()}`,
    week: () => `${working} and c.due_at >= ${dayEnd()} and c.due_at < ${weekEnd()}`,
    again: () => `${rest()} and ${again}`,
    new: () => `${rest()} and not ${again} and c.assignee is null`,
    review: () => `c.urgency = 0 and c.state = any(${bind(time.reviewStates)}::text[])`,
    waiting: () => `c.urgency = 1 and c.due_at is null`,
  };
  return `(${table[group]()})`;
}
