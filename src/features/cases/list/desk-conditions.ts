/** The groups of a desk as conditions on the alias `c` of `cases`, alike for the counts of a home and the list behind them. */
import sql, { raw, type Sql } from "sql-template-tag";
import type { DeskFilter, DeskTime } from "../../../engine/lifecycle/desk-groups.js";

/** Someone above reminded those who have it, and nothing was done since: the condition of an index. */
export const isReminded = sql`(c.urgency = 0 and c.reminders @> ${raw(`'[{"open": true}]'`)})`;

export function deskCondition(group: DeskFilter, time: DeskTime): Sql {
  const now = sql`${time.now}::timestamptz`;
  const nextEnd = sql`${time.nextEnd}::timestamptz`;
  const dayEnd = sql`${time.dayEnd}::timestamptz`;
  const working = sql`c.urgency in (0, 1)`;
  // Neither late nor due by the end of the next working day.
  const notSoon = sql`(c.promise_due_at is null or c.promise_due_at >= ${nextEnd})`;
  const inReview = sql`c.state = any(${time.reviewStates}::text[])`;
  const table: Readonly<Record<DeskFilter, Sql>> = {
    reminded: isReminded,
    overdue: sql`${working} and c.promise_due_at < ${now}`,
    today: sql`${working} and c.promise_due_at >= ${now} and c.promise_due_at < ${dayEnd}`,
    next: sql`${working} and c.promise_due_at >= ${dayEnd} and c.promise_due_at < ${nextEnd}`,
    later: sql`c.urgency = 0 and ${notSoon} and not ${inReview}`,
    waiting: sql`c.urgency = 1 and ${notSoon}`,
    reviewing: sql`c.urgency = 0 and ${notSoon} and ${inReview}`,
    review: sql`c.urgency = 0 and ${inReview}`,
  };
  return sql`(${table[group]})`;
}

/** The place of a case among those that are due at the same moment; a level that is none comes last. */
export const placeByImportance = ({ byImportance }: DeskTime): Sql =>
  sql`array_position(${byImportance}::text[], c.importance)`;
