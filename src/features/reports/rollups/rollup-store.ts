/** Writes the sums: what cases added before is taken away, what they add now is put in, in one statement. */
import type { Transaction } from "sequelize";
import sql, { join, raw, type Sql } from "sql-template-tag";
import { type Database, filled, query, queryUnprepared } from "../../../platform/db/query.js";
import { dayColumnNames } from "./day-columns.js";
import { type FactValues, f, factColumns, factsOfCases, properties, propertiesOfCase } from "./fact-statement.js";
import { dayKeys, dayNames, daysOf, partKeys, partsOf } from "./sum-statements.js";

/** One edition of a programme's sums. */
export interface Rollup {
  readonly id: number;
  readonly state: "building" | "current";
  readonly countedBy: string;
  /** A number of a transaction, as text. */
  readonly fromTx: string;
  /** That transaction has not begun: it was another database's, of which this one is a copy. What is new since cannot be told. */
  readonly ahead: boolean;
  readonly asOf: Date;
  readonly afterId: number;
}

const rollup = sql`${f.rollup}::integer`;
const theirs = sql`rollup = ${rollup} and case_id = any(${f.ids}::bigint[])`;
const changes = sql`select sum(n)::integer as n, ${properties}, kind, day, before, flags, code, part, value from (
    select 1 as n, ${propertiesOfCase}, f.kind, f.day, f.before, f.flags, f.code, f.part, f.value from fact f join counted c on c.id = f.case_id
    union all select -1, ${propertiesOfCase}, f.kind, f.day, f.before, f.flags, f.code, f.part, f.value
      from formerly f join rollup_cases c on c.case_id = f.case_id where c.rollup = ${rollup}) either
  group by ${properties}, kind, day, before, flags, code, part, value having sum(n) <> 0`;
const added = join(
  dayColumnNames.map((name) => raw(`${name} = nullif(coalesce(kept.${name}, 0) + coalesce(excluded.${name}, 0), 0)`)),
  ", ",
);
const facts = sql`select * from change`;

/** A single snapshot: what was there is read as it was before the statement, wherever it stands in it. */
const recount = sql`with ${factsOfCases},
formerly as (delete from rollup_facts where ${theirs} returning ${factColumns}),
change as materialized (${changes}),
placed as (insert into rollup_cases (rollup, case_id, ${properties}) select ${rollup}, id, ${properties} from counted
  on conflict (rollup, case_id) do update set (${properties}) = row(excluded.confidential, excluded.entity, excluded.service,
    excluded.type, excluded.pillar, excluded.importance, excluded.channel, excluded.governorate)),
gone as (delete from rollup_cases where ${theirs} and not exists (select 1 from counted where id = case_id)),
noted as (insert into rollup_facts (rollup, ${factColumns}) select ${rollup}, ${factColumns} from fact),
days as (insert into rollup_days as kept (rollup, ${dayKeys}, ${dayNames}) select ${rollup}, ${dayKeys}, ${dayNames} from (${daysOf(facts)}) d
  on conflict (rollup, ${dayKeys}) do update set ${added})
insert into rollup_parts as kept (rollup, ${partKeys}, n, total) select ${rollup}, ${partKeys}, n, total from (${partsOf(facts)}) p
  where n <> 0 or total <> 0
  on conflict (rollup, ${partKeys}) do update set n = kept.n + excluded.n, total = kept.total + excluded.total`;

const note = sql`with ${factsOfCases},
placed as (insert into rollup_cases (rollup, case_id, ${properties}) select ${rollup}, id, ${properties} from counted)
insert into rollup_facts (rollup, ${factColumns}) select ${rollup}, ${factColumns} from fact`;

/** Notes what these cases add, in an edition that has nothing of them and no sums yet. */
export async function noteCases(db: Database, values: FactValues, tx: Transaction): Promise<void> {
  if (values.ids.length > 0) await queryUnprepared(db, filled(note, values), tx);
}

/** All facts of an edition, each once. */
export const factsOf = (
  id: number,
): Sql => sql`select 1 as n, ${propertiesOfCase}, f.kind, f.day, f.before, f.flags, f.code, f.part, f.value
  from rollup_facts f join rollup_cases c on c.rollup = f.rollup and c.case_id = f.case_id where f.rollup = ${id}`;

/** Adds all its facts up, where there are no sums yet: at once, which costs a fraction of doing it case by case. */
export async function sumUp(db: Database, id: number, tx: Transaction): Promise<void> {
  await query(
    db,
    sql`insert into rollup_days (rollup, ${dayKeys}, ${dayNames}) select ${id}::integer, ${dayKeys}, ${dayNames} from (${daysOf(factsOf(id))}) d`,
    tx,
  );
  await query(
    db,
    sql`insert into rollup_parts (rollup, ${partKeys}, n, total) select ${id}::integer, ${partKeys}, n, total from (${partsOf(factsOf(id))}) p`,
    tx,
  );
}

/** Counts these cases of a programme anew, as of a moment behind which they have no event. */
export async function recountCases(db: Database, values: FactValues, tx: Transaction): Promise<void> {
  if (values.ids.length === 0) return;
  // Planned for as many cases as there are: a plan for any number takes them for a few.
  await queryUnprepared(db, filled(recount, values), tx);
  const empty = sql`delete from rollup_parts where rollup = ${values.rollup} and n = 0 and total = 0`;
  await query(db, empty, tx);
}

/** False where another instance is at it: one of them counts. Held until the transaction ends. */
export async function lockRollups(db: Database, programme: string, tx: Transaction): Promise<boolean> {
  const statement = sql`select pg_try_advisory_xact_lock(hashtextextended('diwan rollups ' || ${programme}, 0)) as held`;
  return (await query<{ held: boolean }>(db, statement, tx))[0]?.held ?? false;
}

const columns = sql`id, state, counted_by as "countedBy", from_tx::text as "fromTx",
  from_tx > pg_snapshot_xmax(pg_current_snapshot()) as ahead, as_of as "asOf", after_id::float8 as "afterId"`;

export async function rollupsOf(
  db: Database,
  programme: string,
  tx: Transaction,
): Promise<{ readonly current: Rollup | undefined; readonly building: Rollup | undefined }> {
  const statement = sql`select ${columns} from rollups where programme = ${programme} and state <> 'old'`;
  const rows = await query<Rollup>(db, statement, tx);
  return {
    current: rows.find(({ state }) => state === "current"),
    building: rows.find(({ state }) => state === "building"),
  };
}

/** Every event of an earlier transaction than this is seen now, and none will be added. */
export async function seenBefore(db: Database, tx: Transaction): Promise<string> {
  const statement = sql`select pg_snapshot_xmin(pg_current_snapshot())::text as tx`;
  return (await query<{ tx: string }>(db, statement, tx))[0]?.tx ?? "0";
}

export async function beginRollup(
  db: Database,
  a: { programme: string; countedBy: string; now: Date },
  tx: Transaction,
): Promise<void> {
  await query(
    db,
    sql`insert into rollups (programme, state, counted_by, from_tx, as_of)
    values (${a.programme}, 'building', ${a.countedBy}, ${await seenBefore(db, tx)}::xid8, ${a.now})`,
    tx,
  );
}

export async function setRollup(
  db: Database,
  id: number,
  to: { state?: "current" | "old"; fromTx?: string; asOf?: Date; afterId?: number },
  tx: Transaction,
): Promise<void> {
  await query(
    db,
    sql`update rollups set state = coalesce(${to.state ?? null}, state), from_tx = coalesce(${to.fromTx ?? null}::xid8, from_tx),
      as_of = coalesce(${to.asOf ?? null}::timestamptz, as_of), after_id = coalesce(${to.afterId ?? null}::bigint, after_id)
    where id = ${id}`,
    tx,
  );
}

/** The next cases of a programme in order of their numbers. */
export async function casesAfter(
  db: Database,
  a: { programme: string; after: number; limit: number },
  tx: Transaction,
): Promise<readonly number[]> {
  const statement = sql`select id::float8 as id from cases where id > ${a.after} and programme = ${a.programme} order by id limit ${a.limit}`;
  return (await query<{ id: number }>(db, statement, tx)).map(({ id }) => id);
}

export interface Touched {
  readonly id: number;
  /** The last of these events. */
  readonly at: Date;
}

/** Cases with events that the sums do not have yet. What claims a transaction that has not begun came with a restored copy, and is none. */
export function touchedCases(
  db: Database,
  a: { programme: string; fromTx: string },
  tx: Transaction,
): Promise<Touched[]> {
  const statement = sql`select e.case_id::float8 as id, max(e.at) as at from case_events e
    join cases c on c.id = e.case_id and c.programme = ${a.programme}
    where e.tx >= ${a.fromTx}::xid8 and e.tx < pg_snapshot_xmax(pg_current_snapshot()) group by e.case_id`;
  return query<Touched>(db, statement, tx);
}

/** Those of these cases that have an event after a moment. */
export function laterEvents(
  db: Database,
  a: { ids: readonly number[]; at: Date },
  tx: Transaction,
): Promise<Touched[]> {
  const statement = sql`select case_id::float8 as id, max(at) as at from case_events where case_id = any(${a.ids}::bigint[])
    group by case_id having max(at) > ${a.at}`;
  return query<Touched>(db, statement, tx);
}

/** A letter bears the moment before it was handed over, and is written as sent behind it. */
const handOverMs = 3_600_000;

/** Cases that change by the clock alone, or by the post: a target fell due, an event's moment came, a letter was sent. */
export async function casesDue(
  db: Database,
  a: { programme: string; rollup: number; from: Date; lettersFrom: Date; to: Date },
  tx: Transaction,
): Promise<readonly number[]> {
  const handedOver = new Date(a.lettersFrom.getTime() - handOverMs);
  const statement = sql`select distinct d.id::float8 as id from (
      select case_id as id from clocks where target in ('resolution','firstResponse') and due_at >= ${a.from} and due_at <= ${a.to}
      union all select case_id from rollup_later where rollup = ${a.rollup} and at <= ${a.to}
      union all select w.case_id from messages m
        join rollup_facts w on w.rollup = ${a.rollup} and w.case_id = m.case_id and w.kind = 'waiting' and w.value = m.id
        where m.receiver_case is not null and m.sent_at >= ${handedOver} and m.sent_at <= ${a.to}
      union all select case_id from messages where way = 'sms' and receiver_case is not null and sent_at >= ${handedOver} and sent_at <= ${a.to}
      union all select case_id from messages where delivered_at >= ${handedOver} and delivered_at <= ${a.to}
      union all select case_id from messages where way = 'sms' and failed_at >= ${handedOver} and failed_at <= ${a.to}) d
    join cases c on c.id = d.id and c.programme = ${a.programme}`;
  return (await query<{ id: number }>(db, statement, tx)).map(({ id }) => id);
}

export async function putOff(
  db: Database,
  a: { rollup: number; later: readonly Touched[]; counted: readonly number[] },
  tx: Transaction,
): Promise<void> {
  const done = sql`delete from rollup_later where rollup = ${a.rollup} and case_id = any(${a.counted}::bigint[])`;
  if (a.counted.length > 0) await query(db, done, tx);
  const ids = a.later.map(({ id }) => id);
  const ats = a.later.map(({ at }) => at);
  const statement = sql`insert into rollup_later select ${a.rollup}, l.id, l.at
    from unnest(${ids}::bigint[], ${ats}::timestamptz[]) l(id, at) on conflict (rollup, case_id) do update set at = excluded.at`;
  if (ids.length > 0) await query(db, statement, tx);
}

const tables = ["rollup_facts", "rollup_days", "rollup_parts", "rollup_later", "rollup_cases"] as const;

/** Removes some rows of an edition that was replaced. True while there may be more. */
export async function removeSome(db: Database, limit: number): Promise<boolean> {
  const [old] = await query<{ id: number }>(db, sql`select id from rollups where state = 'old' order by id limit 1`);
  if (old === undefined) return false;
  for (const table of tables) {
    const name = raw(table);
    const rows = sql`delete from ${name} where ctid = any(array(select ctid from ${name} where rollup = ${old.id} limit ${limit})) returning 1`;
    if ((await query(db, rows)).length > 0) return true;
  }
  await query(db, sql`delete from rollups where id = ${old.id} and state = 'old'`);
  return true;
}
