/**
 * Past cases for a replay, some at a time by number: what was decided with which facts. No transaction stays open, and whoever
 * was interrupted goes on wherever they stopped.
 */
import type pg from "pg";
import type { RecordedCase } from "../domain/replay/replayer.js";
import type { RuleSetName } from "../domain/rules/rule-set.js";
import { type Database, query } from "./query.js";
import type { AskTexts } from "./replay-details.js";
import { caseReader, pageText, promisesOfPage, type ReplayColumns, type TextRow } from "./replay-lines.js";

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

/** Large enough that planning its question costs little, small enough to die young in memory. */
const pageCases = 5000;
/** Connections that are read from at the same time. */
const lanes = 2;
/** Pages that a connection is asked for at once: the next one is read while the one before is looked into. */
const pagesAhead = 2;

export interface ReplayReading extends ReplayPeriod, ReplayColumns {
  /** How targets stood at this moment. */
  readonly asOf: Date;
  /** The last case, by number. */
  readonly last: number;
}

/** Whole cases, in order of their number. */
export interface ReplayPage {
  readonly cases: readonly RecordedCase[];
  /** Every case up to this number is here or was in a page before. */
  readonly upTo: number;
  /** Asks for more of them. */
  readonly ask: AskTexts;
}

function statementOf(reading: ReplayReading): string {
  // Every table is narrowed to the same few numbers, so that none is looked through for a page.
  const range = (id: string): string => `${id} > $5 and ${id} <= $6`;
  const given = "$4::timestamptz is not null";
  if (reading.set === null)
    return pageText(reading, `from cases c where ${counted} and ${given} and ${range("c.id")} order by c.id`);
  const rows = `from decisions d join cases c on c.id = d.case_id
    ${reading.promises ? `left join ${promisesOfPage} on k.case_id = d.case_id and k.cycle = d.cycle` : ""}
    where d.rule_set = $7 and ${counted} and ${given} and ${range("d.case_id")} and ${range("c.id")}
    order by d.case_id, d.number`;
  return pageText(reading, rows);
}

/** The last number of each page after a case's number, whatever cases they are: found along the key. */
async function pageBounds(db: Database, { after, last }: { after: number; last: number }): Promise<string[]> {
  const text = `select c.id::text as bound from
    (select x.id, row_number() over (order by x.id) as n from cases x where x.id > $1 and x.id <= $2) c
    where c.n % ${pageCases} = 0 order by c.id`;
  const bounds = await query<{ bound: string }>(db, { name: "replay-pages", text }, [after, last]);
  return [...bounds.map(({ bound }) => bound), String(last)];
}

const asText = { getTypeParser: () => (text: string) => text };

/** Without names: planned for their own values, and nothing is left behind on the connection. */
const askerOf =
  (client: pg.Client): AskTexts =>
  async (text, values) => {
    const asked = { text, values, rowMode: "array", types: asText };
    return ((await client.query(asked as never)) as unknown as { rows: TextRow[] }).rows;
  };

/**
 * Pages after a case's number, each as `prepare` made it, in order. While one is in hand the next ones are read and prepared:
 * `prepare` must not care which comes first.
 */
export async function* replayPages<Prepared>(
  db: Database,
  { reading, after }: { reading: ReplayReading; after: number },
  prepare: (page: ReplayPage) => Promise<Prepared>,
): AsyncGenerator<Prepared> {
  const text = statementOf(reading);
  const casesIn = caseReader(reading);
  const { programme, from, to, asOf, last, set } = reading;
  const pool = db.connectionManager;
  const clients: pg.Client[] = [];
  const bounds = await pageBounds(db, { after, last });
  let above = String(after);

  async function page(ask: AskTexts, start: string, end: string) {
    const asked = [programme, from, to, asOf, start, end, ...(set === null ? [] : [set])];
    const lines = (await ask(text, asked))[0]?.[0] ?? null;
    return prepare({ cases: casesIn(lines), upTo: Number(end), ask });
  }
  function begin(client: pg.Client) {
    const upTo = bounds.shift();
    if (upTo === undefined) return;
    const begun = page(askerOf(client), above, upTo);
    above = upTo;
    // Whoever waits for its turn is told then.
    begun.catch(() => undefined);
    waiting.push({ client, begun });
  }

  const waiting: { client: pg.Client; begun: Promise<Prepared> }[] = [];
  try {
    for (let lane = 0; lane < lanes; lane++) {
      const client = (await pool.getConnection({ type: "read", useMaster: true } as never)) as pg.Client;
      clients.push(client);
    }
    for (let ahead = 0; ahead < pagesAhead; ahead++) for (const client of clients) begin(client);
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const prepared = await next.begun;
      begin(next.client);
      yield prepared;
    }
  } finally {
    await Promise.allSettled(waiting.map(({ begun }) => begun));
    for (const client of clients) pool.releaseConnection(client);
  }
}

/** Numbers of the calendar versions by which clocks of these cases may have been started. */
export async function calendarsInUse(db: Database, programme: string): Promise<number[]> {
  const text = "select id from configuration_versions where programme = $1 and kind = 'calendar' and status <> 'draft'";
  return (await query<{ id: number }>(db, { name: "calendars-in-use", text }, [programme])).map(({ id }) => id);
}
