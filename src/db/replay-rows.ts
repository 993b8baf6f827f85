/**
 * Past cases for a replay, some at a time by number: what was decided with which facts, as texts that cost little to read.
 * No transaction stays open, and whoever was interrupted goes on wherever they stopped.
 */
import pg from "pg";
import { replayTargets } from "../domain/replay/replay-tally.js";
import type { RecordedCase, RecordedDecision, RecordedPromise } from "../domain/replay/replayer.js";
import type { BriefEvent } from "../domain/replay/silences.js";
import { keptWords } from "../domain/replay/would-be-kept.js";
import type { FactDefinition, Facts } from "../domain/rules/fact-catalogue.js";
import type { RuleSetName } from "../domain/rules/rule-set.js";
import type { Budget } from "../domain/sla/budget.js";
import type { Clock, TargetName } from "../domain/sla/clock.js";
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
/** How clock `k` stood at $4: the place of its word in `keptWords`. */
const stood = `case when k.cancelled_at is not null and (k.due_at is null or k.cancelled_at <= k.due_at) then 0
  when k.due_at is null or k.due_at > $4::timestamptz then 1 when k.met_at <= k.due_at then 2 else 3 end`;

/** Of each target: how it stood, and its budget. The clocks of a page are gone through once: looked up one by one they take longer than all else. */
const promises = `(select k.case_id, k.cycle, ${replayTargets
  .flatMap((target, i) => [
    `max(case when k.target = '${target}' then ${stood} end) as stood${i}`,
    `max(case when k.target = '${target}' then k.budget::text end) as budget${i}`,
  ])
  .join(", ")}
  from clocks k where k.case_id > $5 and k.case_id <= $6 and k.target in (${replayTargets.map(literal).join(", ")})
  group by k.case_id, k.cycle) k`;

function statementOf({ set, facts, promisesAt }: ReplayReading): string {
  const promised = promisesAt !== null;
  const columns = [
    "c.id",
    "c.type",
    "c.entity",
    "c.pillar",
    "c.importance",
    ...(set === null ? [] : ["d.cycle", "d.version_id"]),
    ...(promised ? replayTargets.flatMap((_target, i) => [`k.stood${i}`, `k.budget${i}`]) : []),
    // One text: it comes in one piece, and the same ones come again and again.
    `array[${facts.map(({ name }) => `d.facts->>${literal(name)}`).join(", ")}]::text[]`,
  ];
  // Every table is narrowed to the same few numbers, so that none is looked through for a page.
  const range = (id: string): string => `${id} > $5 and ${id} <= $6`;
  const given = "$4::timestamptz is not null";
  if (set === null)
    return `select ${columns.slice(0, caseColumns).join(", ")} from cases c where ${counted} and ${given} and ${range("c.id")} order by c.id`;
  // Named: else the order would be that of their texts.
  return `select ${columns.map((column, i) => `${column} as x${i}`).join(", ")}
    from decisions d join cases c on c.id = d.case_id
    ${promised ? `left join ${promises} on k.case_id = d.case_id and k.cycle = d.cycle` : ""}
    where d.rule_set = ${literal(set)} and ${counted} and ${given} and ${range("d.case_id")} and ${range("c.id")}
    order by d.case_id, d.number`;
}

/** The last number of the next so many cases, whatever they are: found along the key. */
const nextBound = `select max(x.id)::text as bound from
  (select c.id from cases c where c.id > $1 and c.id <= $2 order by c.id limit ${replayBatch}) x`;

const asText = { getTypeParser: () => (text: string) => text };
/** Of an array of texts, as PostgreSQL writes it. */
const textArray = 1009;
const textsIn = pg.types.getTypeParser(textArray as never, "text") as (text: string) => (string | null)[];

/** What comes again and again, made once: the newest few thousand. */
function remembered<Value>(make: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= mostRemembered) known.clear();
    const made = make(text);
    known.set(text, made);
    return made;
  };
}
const mostRemembered = 10_000;

const caseColumns = 5;
const decisionColumns = 2;
const nothingPromised: RecordedDecision["promised"] = Object.freeze({ firstResponse: null, resolution: null });

function factsReader(facts: ReplayReading["facts"]): (text: string) => Facts {
  const names = facts.map(({ name }) => name);
  const reads = facts.map(({ type }) => readers[type]);
  const empty = facts.map(({ type }) => (type === "strings" ? none : null));
  return (text) => {
    const found: Facts = {};
    textsIn(text).forEach((value, i) => {
      found[names[i] as string] = value === null ? empty[i] : (reads[i] as (text: string) => unknown)(value);
    });
    return found;
  };
}

function decisionReader({ facts, promisesAt }: ReplayReading): (row: Row) => RecordedDecision {
  const promises = promisesAt === null ? 0 : replayTargets.length;
  const firstPromise = caseColumns + decisionColumns;
  const factsOf = remembered(factsReader(facts));
  const promiseOf = remembered((text): RecordedPromise => {
    const budget = text.slice(1);
    return {
      kept: keptWords[Number(text[0])] ?? "none",
      budget: budget === "" ? null : (JSON.parse(budget) as Budget),
    };
  });
  const promise = (row: Row, i: number): RecordedPromise | null => {
    const state = row[firstPromise + 2 * i];
    return state === null || state === undefined ? null : promiseOf(state + (row[firstPromise + 2 * i + 1] ?? ""));
  };
  return (row) => ({
    cycle: Number(row[caseColumns]),
    versionId: Number(row[caseColumns + 1]),
    facts: factsOf(row[firstPromise + 2 * promises] ?? "{}"),
    promised: promises === 0 ? nothingPromised : { firstResponse: promise(row, 0), resolution: promise(row, 1) },
  });
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

const millis = (column: string): string => `(date_part('epoch', k.${column}) * 1000)::bigint`;
const clockText = `select k.case_id, k.target, k.cycle, k.calendar_version_id, k.budget, ${millis("started_at")}, k.consumed_seconds,
  ${millis("running_since")}, ${millis("paused_at")}, ${millis("due_at")}, k.paused_seconds, ${millis("met_at")},
  ${millis("breached_at")}, ${millis("cancelled_at")}
  from clocks k where k.case_id = any($1::bigint[]) order by k.case_id, k.cycle`;

const momentOf = (text: string | null | undefined): Date | null =>
  text === null || text === undefined ? null : new Date(Number(text));
const budgetOf = remembered((text) => JSON.parse(text) as Budget);

function clockIn(row: Row): Clock {
  const [
    ,
    target,
    cycle,
    calendar,
    budget = null,
    started,
    consumed,
    running,
    paused,
    due,
    waited,
    met,
    breached,
    over,
  ] = row;
  return {
    target: target as TargetName,
    cycle: Number(cycle),
    calendarVersionId: Number(calendar),
    budget: budget === null ? null : budgetOf(budget),
    startedAt: new Date(Number(started)),
    consumedSeconds: Number(consumed),
    runningSince: momentOf(running),
    pausedAt: momentOf(paused),
    dueAt: momentOf(due),
    pausedSeconds: Number(waited),
    metAt: momentOf(met),
    breachedAt: momentOf(breached),
    cancelledAt: momentOf(over),
  };
}

/** Clocks of cases, by case. Read as texts: of a million cases there are three million. */
export async function clocksOfCases(db: Database, ids: readonly number[]): Promise<Map<number, Clock[]>> {
  const statement = { name: "clocks-of-cases", text: clockText, rowMode: "array", types: asText };
  const rows = (await query(db, statement, [ids])) as unknown as Row[];
  return byCase(
    rows.map((row) => ({ id: Number(row[0]), row })),
    ({ row }) => clockIn(row),
  );
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
