/**
 * Past cases for a replay, some at a time by number: what was decided with which facts. No transaction stays open, and whoever
 * was interrupted goes on wherever they stopped.
 */
import type pg from "pg";
import { columnsOf } from "../domain/replay/decision-columns.js";
import type { RecordedCase } from "../domain/replay/replayer.js";
import type { RuleSetName } from "../domain/rules/rule-set.js";
import { blockOf, columnNames, columnsIn, columnsText, rangeOf, recordIn, recordText } from "./decision-columns.js";
import { type Database, query } from "./query.js";
import type { AskTexts } from "./replay-details.js";
import {
  caseReader,
  isLookedAt,
  labelsText,
  literal,
  promisesText,
  type ReplayColumns,
  type TextRow,
} from "./replay-lines.js";
import { goodTexts } from "./replay-texts.js";

export interface ReplayPeriod {
  readonly programme: string;
  /** Received in this time, half-open. */
  readonly from: Date;
  readonly to: Date;
}

/** Received in the period; of the cases that a replay looks at. */
const counted = `c.programme = $1 and c.received_at >= $2 and c.received_at < $3 and ${isLookedAt}`;

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
  /** Facts that people typed as text, and that are not asked for. */
  readonly unasked: readonly string[];
}

/** Whole cases, in order of their number. */
export interface ReplayPage {
  readonly cases: readonly RecordedCase[];
  /** Every case up to this number is here or was in a page before. */
  readonly upTo: number;
  /** Asks for more of them. */
  readonly ask: AskTexts;
}

/** Texts that people typed may be long: those that nobody asks for are left where they are. */
const typedTexts = ({ unasked }: ReplayReading): string =>
  unasked.length === 0 ? "d.facts" : `d.facts - array[${unasked.map(literal).join(", ")}]::text[]`;

/**
 * One statement a page, so that all of it is of one moment. Parameters: programme and period, numbers of the block's cases,
 * the last case before and the last one of the run, the block, and the moment; then the rule set and names of columns.
 */
function statementOf(reading: ReplayReading): string {
  const range = { from: "$4", to: "$5" };
  const asked = { programme: "$1", since: "$2", until: "$3", ...range, block: "$8", asOf: "$9::timestamptz" };
  // Every table is narrowed to the same few numbers, so that none is looked through for a page.
  const looked = `${counted} and c.id > $6 and c.id <= $7`;
  const told = (name: string, otherwise: string) =>
    `case when exists (select from h) then (select h.${name} from h) else ${otherwise} end`;
  const labels = `with h as materialized (${goodTexts(asked)}),
    l as materialized (select ${told("labels", labelsText(range, looked))} as text)`;
  if (reading.set === null) return `${labels} select null, null, l.text, null from l`;
  const columns = columnsText({ ...range, block: "$8", set: "$10", names: "$11" });
  const where = `exists (select from cases c where c.id = d.case_id and ${looked})`;
  const record = recordText({ ...range, set: "$10" }, { where, facts: typedTexts(reading) });
  const promises = reading.promises ? told("promises", promisesText(range, asked.asOf)) : "null";
  return `${labels},
    k as materialized (select case when l.text is not null then ${columns} end as text from l)
    select k.text, case when l.text is not null and k.text is null then ${record} end, l.text,
      case when l.text is not null then ${promises} end
    from l, k`;
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
  const asked = reading.facts.map(({ name }) => name);
  const names = columnNames(asked);
  const pool = db.connectionManager;
  const clients: pg.Client[] = [];
  let next = blockOf(after + 1);

  async function page(ask: AskTexts, block: number): Promise<Prepared> {
    const range = rangeOf(block);
    const ofCases = [programme, from, to, range.from, range.to, after, last, block, asOf];
    const ofDecisions = set === null ? [] : [set, names];
    const [texts] = await ask(text, [...ofCases, ...ofDecisions]);
    const [laid = null, record = null, labels = null, promised = null] = texts ?? [];
    const said = { from: range.from, size: range.to - range.from, labels, promises: promised };
    // Where they were not laid down, decisions are told as they are on record.
    const columns = laid === null ? columnsOf(recordIn(record), asked) : columnsIn(laid);
    // What was laid down is of whole blocks.
    const whole = after < range.from && last >= range.to - 1;
    const cases = casesIn(said, columns).filter(({ id }) => whole || (id > after && id <= last));
    return prepare({ cases, upTo: Math.min(range.to - 1, last), ask });
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

/** Numbers of the versions of calendars or workflows by which these cases may have lived. */
export async function versionsLived(db: Database, programme: string, kind: "calendar" | "workflow"): Promise<number[]> {
  const text = "select id from configuration_versions where programme = $1 and kind = $2 and status <> 'draft'";
  return (await query<{ id: number }>(db, { name: "versions-lived", text }, [programme, kind])).map(({ id }) => id);
}
