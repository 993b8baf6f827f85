/**
 * What a page of a replay says of past cases, laid down a block at a time: most of them ended long ago, and telling again whose
 * they are and how their promises stood costs more than deciding them. Whatever happens to a case comes with an event, so that
 * a block is good while its cases have as many events as then, and until the next promise of it falls due. Events are counted
 * along their key; a case says how many it has, too, but its row is long, and a key with that would be written by every act.
 * They are no record: where a block is not there or not good, its cases and clocks are read.
 */

import { type Database, query, type Statement } from "../../../platform/db/query.js";
import { blockCases, rangeOf } from "./decision-columns.js";
import { isLookedAt, labelsText, promisesText, replayedTargets } from "./replay-lines.js";

/** Places of parameters in a statement. */
interface TextsAsked {
  readonly block: string;
  readonly programme: string;
  /** Numbers of its cases, half-open. */
  readonly from: string;
  readonly to: string;
  /** Received in this time, half-open. */
  readonly since: string;
  readonly until: string;
  /** The moment at which promises are looked at. */
  readonly asOf: string;
}

/** Of all cases of the block, whatever programme they belong to. */
const countOf = (table: "case_events" | "decisions", { from, to }: Pick<TextsAsked, "from" | "to">): string =>
  `(select count(*) from ${table} n where n.case_id >= ${from} and n.case_id < ${to})`;

/** A row with `labels` and `promises` where the block is good for what is asked, and how many `decisions` the block has. */
export const goodTexts = (a: TextsAsked): string =>
  `select t.labels, t.promises, t.decisions from replay_texts t where t.block = ${a.block} and t.programme = ${a.programme}
    and t.first_received_at >= ${a.since} and t.last_received_at < ${a.until}
    and t.as_of <= ${a.asOf} and (t.next_due_at is null or t.next_due_at > ${a.asOf}) and t.events = ${countOf("case_events", a)}`;

/** Cases of one programme in a block. */
export interface TextsToLayDown {
  readonly block: number;
  readonly programme: string;
}

const toLayDown: Statement = {
  name: "texts-to-lay-down",
  text: `select c.block::integer as block, c.programme from
    (select c.id / ${blockCases} as block, c.programme from cases c group by 1, 2) c
    join (select e.case_id / ${blockCases} as block, count(*) as events from case_events e group by 1) n on n.block = c.block
    left join replay_texts t on t.block = c.block and t.programme = c.programme
    where t.events is distinct from n.events or t.next_due_at <= $2 order by c.block, c.programme limit $1`,
};

/** What was not laid down yet, or is no good any more at this moment; the first so many. */
export function textsToLayDown(db: Database, a: { most: number; now: Date }): Promise<TextsToLayDown[]> {
  return query(db, toLayDown, [a.most, a.now]);
}

const range = { from: "$3", to: "$4" };
/** One statement, so that all of it is of one moment. Block, programme, numbers of its cases, and the moment. */
const lay: Statement = {
  name: "lay-texts",
  text: `insert into replay_texts
      (block, programme, events, decisions, as_of, next_due_at, first_received_at, last_received_at, labels, promises)
    select $1::bigint, $2::text, ${countOf("case_events", range)}, ${countOf("decisions", range)}, $5::timestamptz,
      (select min(k.due_at) from clocks k where k.case_id >= $3 and k.case_id < $4 and k.due_at > $5 and ${replayedTargets}),
      min(c.received_at), max(c.received_at),
      ${labelsText(range, `c.programme = $2 and ${isLookedAt}`)},
      ${promisesText(range, "$5::timestamptz")}
    from cases c where c.programme = $2 and c.id >= $3 and c.id < $4 having count(*) > 0
    on conflict (block, programme) do update set events = excluded.events, decisions = excluded.decisions, as_of = excluded.as_of,
      next_due_at = excluded.next_due_at, first_received_at = excluded.first_received_at,
      last_received_at = excluded.last_received_at, labels = excluded.labels, promises = excluded.promises`,
};

/** Lays them down as they stand at this moment. */
export async function layTextsDown(db: Database, { block, programme }: TextsToLayDown, now: Date): Promise<void> {
  const { from, to } = rangeOf(block);
  await query(db, lay, [block, programme, from, to, now]);
}
