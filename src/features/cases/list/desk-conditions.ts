/** The groups of a desk as conditions on the alias `c` of `cases`, alike for the counts of a home and the list behind them. */
import sql, { type Sql } from "sql-template-tag";
import type { DeskFilter, DeskTime } from "../../../engine/lifecycle/desk-groups.js";

export function deskCondition(group: DeskFilter, time: DeskTime): Sql {
  const now = sql`${time.now}::timestamptz`;
  const weekEnd = sql`${time.weekEnd}::timestamptz`;
  const dayEnd = sql`${time.dayEnd}::timestamptz`;
  const working = sql`c.urgency in (0, 1)`;
  // Neither late nor due this week.
  const notSoon = sql`(c.due_at is null or c.due_at >= ${weekEnd})`;
  const inReview = sql`c.state = any(${time.reviewStates}::text[])`;
  // The office's to go on with.
  const rest = sql`c.urgency = 0 and ${notSoon} and not ${inReview}`;
  const again = sql`(c.cycle > 1 or c.answered_by is not null)`;
  const table: Readonly<Record<DeskFilter, Sql>> = {
    overdue: sql`${working} and c.due_at < ${now}`,
    today: sql`${working} and c.due_at >= ${now} and c.due_at < ${dayEnd}`,
    week: sql`${working} and c.due_at >= ${dayEnd} and c.due_at < ${weekEnd}`,
    again: sql`${rest} and ${again}`,
    new: sql`${rest} and not ${again} and c.assignee is null`,
    later: sql`${rest} and not ${again} and c.assignee is not null`,
    waiting: sql`c.urgency = 1 and ${notSoon}`,
    reviewing: sql`c.urgency = 0 and ${notSoon} and ${inReview}`,
    review: sql`c.urgency = 0 and ${inReview}`,
  };
  return sql`(${table[group]})`;
}
