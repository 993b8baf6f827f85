/**
 * Past cases for a replay, some at a time by number: what was decided with which facts. No transaction stays open, and whoever
 * was interrupted goes on wherever they stopped.
 */
import type pg from "pg";
import { columnsOf, type DecisionColumns } from "../domain/replay/decision-columns.js";
import type { RecordedCase } from "../domain/replay/replayer.js";
import type { RuleSetName } from "../domain/rules/rule-set.js";
import { blockOf, columnNames, columnsIn, columnsText, rangeOf, recordIn, recordText } from "./decision-columns.js";
import { type Database, query } from "./query.js";
import type { AskTexts } from "./replay-details.js";
import { caseReader, labelsText, promisesText, type ReplayColumns, type TextRow } from "./replay-lines.js";

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

/** One statement a page: programme and period, numbers of cases, then the moment, the block, the rule set and the columns of it. */
function statementOf({ set, promises }: ReplayReading): string {
  // Every table is narrowed to the same few numbers, so that none is looked through for a page.
  const range = { from: "$4", to: "$5" };
  const labels = labelsText(range, `${counted} and c.id > $6`);
  if (set === null) return `select null, ${labels}, null`;
  const columns = columnsText({ ...range, block: "$7", set: "$8", names: "$9" });
  return `select ${columns}, ${labels}, ${promises ? promisesText(range, "$10::timestamptz") : "null"}`;
}

const asText = { getTypeParser: () => (text: string) => text };

/** Without names: planned for their own values, and nothing is left behind on the connection. */
const askerOf =
  (client: pg.Client): AskTexts =>
  async (text, values) => {
    const asked = { text, values, rowMode: "array", types: asText };
    return ((await client.query(asked as never)) as unknown as { rows: TextRow[] }).rows;
  };

const ofRecord = recordText({ from: "$1", to: "$2", set: "$3" });

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
  const { programme, from, to, asOf, last, set, promises } = reading;
  const asked = reading.facts.map(({ name }) => name);
  const names = columnNames(asked);
  const pool = db.connectionManager;
  const clients: pg.Client[] = [];
  let next = blockOf(after + 1);

  /** Decisions by columns; where they were not laid down, they are made of the record. */
  async function columnsOfBlock(ask: AskTexts, block: number, laid: string | null): Promise<DecisionColumns> {
    if (laid !== null) return columnsIn(laid);
    const range = rangeOf(block);
    const recorded = (await ask(ofRecord, [range.from, range.to, set]))[0]?.[0] ?? null;
    return columnsOf(recordIn(recorded), asked);
  }
  async function page(ask: AskTexts, block: number): Promise<Prepared> {
    const range = rangeOf(block);
    const ofCases = [programme, from, to, range.from, Math.min(range.to, last + 1), after];
    const ofDecisions = set === null ? [] : [block, set, names, ...(promises ? [asOf] : [])];
    const [laid = null, labels = null, promised = null] = (await ask(text, [...ofCases, ...ofDecisions]))[0] ?? [];
    const columns = set === null || labels === null ? null : await columnsOfBlock(ask, block, laid);
    const texts = { from: range.from, size: range.to - range.from, labels, promises: promised };
    return prepare({ cases: casesIn(texts, columns), upTo: Math.min(range.to - 1, last), ask });
  }
  function begin(client: pg.Client) {
    if (next > blockOf(last)) return;
    const begun = page(askerOf(client), next);
    next += 1;
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
    for (let first = waiting.shift(); first !== undefined; first = waiting.shift()) {
      const prepared = await first.begun;
      begin(first.client);
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
