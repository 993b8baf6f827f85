/** The groups of a desk as conditions on the alias `c` of `cases`, alike for the counts of a home, the list behind them and letters. */
import sql, { raw, type Sql } from "sql-template-tag";
import type { DeskFilter, DeskTime } from "../../../engine/lifecycle/desk-groups.js";

/** Someone above reminded those who have it, and nothing was done since: the condition of an index. */
export const isReminded = sql`(c.urgency = 0 and c.reminders @> ${raw(`'[{"open": true}]'`)})`;

const isWorked = sql`c.urgency in (0, 1)`;
/** An answer is written, and waits for its quality review. */
export const isInReview = sql`(c.urgency = 0 and c.answer_written_at is not null)`;
export const notInReview = sql`(c.urgency = 1 or c.answer_written_at is null)`;

/** An open case whose final answer is past its deadline and waits for no review (`engine/lifecycle/desk-groups.ts` says why). */
export const isOverdue = (now: Date | Sql): Sql => sql`(c.due_at < ${now} and ${notInReview})`;

/** The same by the index of what is due: no promise is nearer than the nearest one. */
export const overdueByIndex = (now: Date): Sql =>
  sql`${isWorked} and c.promise_due_at < ${now}::timestamptz and ${isOverdue(sql`${now}::timestamptz`)}`;

/** The first reply is late, and the final answer is not. */
export const isReplyLate = (now: Sql): Sql =>
  sql`(${isWorked} and ${notInReview} and c.promise_due_at < ${now} and (c.due_at is null or c.due_at >= ${now}))`;

/** In review, and past its deadline. */
export const isReviewLate = (now: Sql): Sql => sql`(${isInReview} and c.due_at < ${now})`;

export function deskCondition(group: DeskFilter, time: DeskTime): Sql {
  const now = sql`${time.now}::timestamptz`;
  const nextEnd = sql`${time.nextEnd}::timestamptz`;
  const dayEnd = sql`${time.dayEnd}::timestamptz`;
  const working = sql`${isWorked} and ${notInReview}`;
  // Neither late nor due by the end of the next working day.
  const notSoon = sql`(c.promise_due_at is null or c.promise_due_at >= ${nextEnd})`;
  const table: Readonly<Record<DeskFilter, Sql>> = {
    reminded: isReminded,
    overdue: overdueByIndex(time.now),
    replyLate: isReplyLate(now),
    today: sql`${working} and c.promise_due_at >= ${now} and c.promise_due_at < ${dayEnd}`,
    next: sql`${working} and c.promise_due_at >= ${dayEnd} and c.promise_due_at < ${nextEnd}`,
    later: sql`c.urgency = 0 and ${notSoon} and c.answer_written_at is null`,
    waiting: sql`c.urgency = 1 and ${notSoon}`,
    reviewing: isInReview,
    review: isInReview,
    reviewLate: isReviewLate(now),
  };
  return sql`(${table[group]})`;
}

/** The place of a case among those of its group: the more important first; a level that is none comes last. */
export const placeByImportance = ({ byImportance }: DeskTime): Sql =>
  sql`array_position(${byImportance}::text[], c.importance)`;
