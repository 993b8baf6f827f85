/**
 * A page of past cases as the database tells it, in a few texts: decisions by columns, and for whatever is said of cases and of
 * clocks one line with all cases of which it holds. All texts of a page are of one moment.
 */
import { replayTargets } from "../../../engine/replay/replay-tally.js";

export type TextRow = readonly (string | null)[];

/** Between fields, between the texts of a line, and between lines; no text of ours holds them. */
export const [mark, textMark, lineMark] = ["\x1f", "\x1d", "\x1e"];
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Places of parameters: numbers of the cases of a page, half-open. */
interface Range {
  readonly from: string;
  readonly to: string;
}
/** Beyond it there are no marks; a page has far fewer cases than there are letters. */
export const firstLetter = 0x100;
/** Cases by how far they are from the first number of the page, a letter each: numbers take twice as long to write and to read. */
const casesOf = (id: string, from: string): string =>
  `string_agg(chr((${id} - ${from})::integer + ${firstLetter}), '') as cases`;

/**
 * Cases `c` that a replay looks at: as the key figures, without repeated ones and what applicants withdrew; and without
 * confidential ones, so that nobody finds one by a number.
 */
export const isLookedAt = `not c.confidential and c.duplicate_of is null
  and (c.withdrawn_at is null or c.withdrawn_by is not null)`;

/** Lines of what is said of cases, and then of which. Lines are told apart as whole texts, which takes less than by their parts. */
const linesText = (said: string, cases: string, from: string): string =>
  `(select string_agg(g.said || E'\\x1d' || g.cases, E'\\x1e') from (select ${said} as said, ${cases} ${from} group by 1) g)`;

/** Labels of cases `c`, and whose they are. Put together one by one: functions that join many texts take twice as long. */
export const labelsText = ({ from, to }: Range, where: string): string =>
  linesText(
    `c.type || E'\\x1f' || coalesce(c.entity, '') || E'\\x1f' || coalesce(c.pillar, '') || E'\\x1f' || coalesce(c.importance, '')`,
    casesOf("c.id", from),
    `from cases c where ${where} and c.id >= ${from} and c.id < ${to}`,
  );

/** How clock `k` stood at a moment: the place of its word in `keptWords`. */
const stood = (
  at: string,
): string => `(case when k.cancelled_at is not null and (k.due_at is null or k.cancelled_at <= k.due_at) then 0
    when k.due_at is null or k.due_at > ${at} then 1 when k.met_at <= k.due_at then 2 else 3 end)`;

/** Clocks `k` of which a replay says how they stood. */
export const replayedTargets = `k.target in (${replayTargets.map(literal).join(", ")})`;

/** Of clocks: target, cycle, how they stood, and their budget as amount and unit, which costs less than its JSON; then whose they are. */
export const promisesText = ({ from, to }: Range, at: string): string =>
  linesText(
    `k.target || E'\\x1d' || k.cycle || E'\\x1d' || ${stood(at)} || coalesce((k.budget->>'amount') || (k.budget->>'unit'), '')`,
    casesOf("k.case_id", from),
    `from clocks k where k.case_id >= ${from} and k.case_id < ${to} and ${replayedTargets}`,
  );
