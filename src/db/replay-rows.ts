/**
 * Past cases for a replay, some at a time by number: what was decided with which facts, as texts that cost little to read.
 * No transaction stays open, and whoever was interrupted goes on wherever they stopped.
 */
import type pg from "pg";
import { type ReplayTarget, replayTargets } from "../domain/replay/replay-tally.js";
import type { RecordedCase, RecordedDecision, RecordedPromise } from "../domain/replay/replayer.js";
import type { BriefEvent } from "../domain/replay/silences.js";
import { keptWords } from "../domain/replay/would-be-kept.js";
import type { FactDefinition, Facts } from "../domain/rules/fact-catalogue.js";
import type { RuleSetName } from "../domain/rules/rule-set.js";
import type { Budget } from "../domain/sla/budget.js";
import type { Clock } from "../domain/sla/clock.js";
import { clockColumns, clockOf } from "./case-queries.js";
import { type Database, query } from "./query.js";

export interface ReplayPeriod {
  readonly programme: string;
  /** Received in this time, half-open. */
  readonly from: Date;
  readonly to: Date;
}

/**
 * Cases that a replay looks at: as the key figures, without repeated ones and what applicants withdrew; and without
 * confidential ones, so that nobody finds one by a number.
 */
const counted = `c.programme = $1 and c.received_at >= $2 and c.received_at < $3 and not c.confidential
  and c.duplicate_of is null and (c.withdrawn_at is null or c.withdrawn_by is not null)`;

/** How many there are, and between which numbers. */
export async function casesToReplay(
  db: Database,
  { programme, from, to }: ReplayPeriod,
): Promise<{ cases: number; first: number; last: number }> {
  const text = `select count(*)::integer as cases, coalesce(min(c.id), 0) as first, coalesce(max(c.id), 0) as last
    from cases c where ${counted}`;
  const rows = await query<{ cases: number; first: number; last: number }>(db, { name: "cases-to-replay", text }, [
    programme,
    from,
    to,
  ]);
  return rows[0] ?? { cases: 0, first: 0, last: 0 };
}

/** Names of the facts that the oldest decision of the period recorded; null where there is none. */
export async function recordedFacts(
  db: Database,
  set: RuleSetName,
  { programme, from, to }: ReplayPeriod,
): Promise<readonly string[] | null> {
  const text = `select array(select jsonb_object_keys(d.facts)) as names from cases c
    join decisions d on d.case_id = c.id and d.rule_set = $4
    where ${counted} order by c.received_at limit 1`;
  const values = [programme, from, to, set];
  return (await query<{ names: string[] }>(db, { name: "recorded-facts", text }, values))[0]?.names ?? null;
}

/** What a fact is made of again: a JSON field comes out of the database as text. */
const readers: Readonly<Record<FactDefinition["type"], (text: string) => unknown>> = {
  string: (text) => text,
  number: Number,
  boolean: (text) => text === "true",
  strings: (text) => (text === "[]" ? none : JSON.parse(text)),
};
const none: readonly string[] = Object.freeze([]);

/** Small enough that the answer fits into the socket while the batch before is decided, and dies young in memory. */
const replayBatch = 2000;

type Row = readonly (string | null)[];

export interface ReplayReading extends ReplayPeriod {
  /** Null: cases alone, without decisions. */
  readonly set: RuleSetName | null;
  readonly facts: readonly FactDefinition[];
  /** How the targets of a decision's cycle stood at this moment; null: they are not read. */
  readonly promisesAt: Date | null;
  /** The last case, by number. */
  readonly last: number;
}

export interface ReplayReader {
  /** Whole cases after that number, in order; none at the end. What is asked for next is read meanwhile. */
  next(): Promise<readonly RecordedCase[]>;
  close(): Promise<void>;
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const stood = (k: string): string => `(case when ${k}.case_id is null then null
  when ${k}.cancelled_at is not null and (${k}.due_at is null or ${k}.cancelled_at <= ${k}.due_at) then 0
  when ${k}.due_at is null or ${k}.due_at > $4::timestamptz then 1 when ${k}.met_at <= ${k}.due_at then 2 else 3 end)`;
const aliases: Readonly<Record<ReplayTarget, string>> = { firstResponse: "kf", resolution: "kr" };

function statementOf({ set, facts, promisesAt }: ReplayReading): string {
  const promises = promisesAt === null ? [] : replayTargets.map((target) => aliases[target]);
  const columns = [
    "c.id",
    "c.type",
    "c.entity",
    "c.pillar",
    "c.importance",
    ...(set === null ? [] : ["d.cycle", "d.version_id"]),
    ...promises.flatMap((k) => [stood(k), `${k}.budget`]),
    ...facts.map(({ name }) => `d.facts->>${literal(name)}`),
  ];
  const clocks = replayTargets.map((target) => {
    const k = aliases[target];
    return `left join clocks ${k} on ${k}.case_id = d.case_id and ${k}.cycle = d.cycle and ${k}.target = '${target}'
      and ${k}.case_id > $5 and ${k}.case_id <= $6`;
  });
  // Every table is narrowed to the same few numbers, so that none is looked through for a page.
  const range = (id: string): string => `${id} > $5 and ${id} <= $6`;
  const given = "$4::timestamptz is not null";
  if (set === null)
    return `select ${columns.join(", ")} from cases c where ${counted} and ${given} and ${range("c.id")} order by c.id`;
  // Named: else the order would be that of their texts.
  return `select ${columns.map((column, i) => `${column} as x${i}`).join(", ")}
    from decisions d join cases c on c.id = d.case_id ${promisesAt === null ? "" : clocks.join(" ")}
    where d.rule_set = ${literal(set)} and ${counted} and ${given} and ${range("d.case_id")} and ${range("c.id")}
    order by d.case_id, d.number`;
}

/** The last number of the next so many cases, whatever they are: found along the key. */
const nextBound = `select max(x.id)::text as bound from
  (select c.id from cases c where c.id > $1 and c.id <= $2 order by c.id limit ${replayBatch}) x`;

const asText = { getTypeParser: () => (text: string) => text };
const budgets = new Map<string, Budget>();
const mostBudgets = 10_000;

/** The same few texts again and again. */
function budgetOf(text: string | null | undefined): Budget | null {
  if (text === null || text === undefined) return null;
  const known = budgets.get(text);
  if (known !== undefined) return known;
  if (budgets.size >= mostBudgets) budgets.clear();
  const budget = JSON.parse(text) as Budget;
  budgets.set(text, budget);
  return budget;
}

const caseColumns = 5;
const decisionColumns = 2;
const nothingPromised: RecordedDecision["promised"] = Object.freeze({ firstResponse: null, resolution: null });

function decisionReader({ facts, promisesAt }: ReplayReading): (row: Row) => RecordedDecision {
  const names = facts.map(({ name }) => name);
  const reads = facts.map(({ type }) => readers[type]);
  const empty = facts.map(({ type }) => (type === "strings" ? none : null));
  const firstPromise = caseColumns + decisionColumns;
  const firstFact = firstPromise + (promisesAt === null ? 0 : 2 * replayTargets.length);
  const promise = (row: Row, i: number): RecordedPromise | null => {
    const state = row[firstPromise + 2 * i];
    if (state === null || state === undefined) return null;
    return { kept: keptWords[Number(state)] ?? "none", budget: budgetOf(row[firstPromise + 2 * i + 1]) };
  };
  return (row) => {
    const read: Facts = {};
    for (let i = 0; i < names.length; i++) {
      const text = row[firstFact + i] as string | null;
      read[names[i] as string] = text === null ? empty[i] : (reads[i] as (text: string) => unknown)(text);
    }
    const promised =
      promisesAt === null ? nothingPromised : { firstResponse: promise(row, 0), resolution: promise(row, 1) };
    return { cycle: Number(row[caseColumns]), versionId: Number(row[caseColumns + 1]), facts: read, promised };
  };
}

/** @param after cases up to this number are passed over */
export async function openReplayReader(db: Database, reading: ReplayReading, after: number): Promise<ReplayReader> {
  const text = statementOf(reading);
  const decisionOf = reading.set === null ? null : decisionReader(reading);
  const pool = db.connectionManager;
  const client = (await pool.getConnection({ type: "read", useMaster: true } as never)) as pg.Client;
  const { programme, from, to, promisesAt, last } = reading;
  // Without names: planned for their own values, and nothing is left behind on the connection.
  const rowsOf = async (statement: string, values: unknown[]): Promise<Row[]> => {
    const asked = { text: statement, values, rowMode: "array", types: asText };
    return ((await client.query(asked as never)) as unknown as { rows: Row[] }).rows;
  };
  /** The next page, and up to which number it goes; null at the end. */
  async function page(start: string): Promise<{ rows: Row[]; bound: string } | null> {
    const bound = (await rowsOf(nextBound, [start, last]))[0]?.[0] ?? null;
    if (bound === null) return null;
    return { bound, rows: await rowsOf(text, [programme, from, to, promisesAt ?? from, start, bound]) };
  }
  const ahead = (start: string) => {
    const asked = page(start);
    asked.catch(() => undefined);
    return asked;
  };
  let asked = ahead(String(after));

  function grouped(rows: readonly Row[]): RecordedCase[] {
    const whole: (RecordedCase & { decisions: RecordedDecision[] })[] = [];
    for (const row of rows) {
      const id = Number(row[0]);
      let one = whole.at(-1);
      if (one?.id !== id) {
        const [, type, entity = null, pillar = null, importance = null] = row;
        one = { id, type: type ?? "", entity, pillar, importance, decisions: [] };
        whole.push(one);
      }
      if (decisionOf !== null) one.decisions.push(decisionOf(row));
    }
    return whole;
  }

  return {
    async next() {
      for (;;) {
        const found = await asked;
        if (found === null) return [];
        asked = ahead(found.bound);
        if (found.rows.length > 0) return grouped(found.rows);
      }
    },
    async close() {
      await asked.catch(() => undefined);
      pool.releaseConnection(client);
    },
  };
}

/** Clocks of cases, by case. */
export async function clocksOfCases(db: Database, ids: readonly number[]): Promise<Map<number, Clock[]>> {
  const text = `select k.case_id as id, ${clockColumns} as clock from clocks k where k.case_id = any($1::bigint[])
    order by k.case_id, k.cycle`;
  const rows = await query<{ id: number; clock: Record<string, unknown> }>(db, { name: "clocks-of-cases", text }, [
    ids,
  ]);
  return byCase(rows, ({ clock }) => clockOf(clock));
}

/** Events of cases in order, as a replay of escalations reads them. */
export async function briefEventsOfCases(db: Database, ids: readonly number[]): Promise<Map<number, BriefEvent[]>> {
  const text = `select e.case_id as id, e.type, e.at, e.actor::jsonb->>'kind' = 'user' as official,
      e.data::jsonb->>'action' as action
    from case_events e where e.case_id = any($1::bigint[]) order by e.case_id, e.seq`;
  const rows = await query<BriefEvent & { id: number }>(db, { name: "brief-events-of-cases", text }, [ids]);
  return byCase(rows, ({ type, at, official, action }) => ({ type, at, official, action }));
}

function byCase<Row extends { id: number }, Item>(
  rows: readonly Row[],
  itemOf: (row: Row) => Item,
): Map<number, Item[]> {
  const found = new Map<number, Item[]>();
  for (const row of rows) {
    const items = found.get(row.id);
    if (items === undefined) found.set(row.id, [itemOf(row)]);
    else items.push(itemOf(row));
  }
  return found;
}

/** Numbers of the calendar versions by which clocks of these cases may have been started. */
export async function calendarsInUse(db: Database, programme: string): Promise<number[]> {
  const text = "select id from configuration_versions where programme = $1 and kind = 'calendar' and status <> 'draft'";
  return (await query<{ id: number }>(db, { name: "calendars-in-use", text }, [programme])).map(({ id }) => id);
}
