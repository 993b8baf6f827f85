/**
 * Past cases for a replay, some at a time by number: what was decided with which facts. No transaction stays open, and whoever
 * was interrupted goes on wherever they stopped.
 */
import { columnsOf } from "../../../engine/replay/decision-columns.js";
import type { RecordedCase } from "../../../engine/replay/replayer.js";
import type { RuleSetName } from "../../../engine/rules/rule-set.js";
import { type Connection, giveBack, takeConnection } from "../../../platform/db/connections.js";
import { type Database, query, type Statement } from "../../../platform/db/query.js";
import {
  blockOf,
  columnNames,
  columnsIn,
  columnsText,
  columnsTextOf,
  rangeOf,
  recordIn,
  recordText,
} from "./decision-columns.js";
import { caseReader, type ReplayColumns } from "./replay-cases.js";
import type { AskTexts } from "./replay-details.js";
import { isLookedAt, labelsText, literal, promisesText, type TextRow } from "./replay-lines.js";
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

/** Of cases, the first parameters of a page's statements: programme and period, numbers of the block's cases, half-open. */
const range = { from: "$4", to: "$5" };
const ofPeriod = { programme: "$1", since: "$2", until: "$3", ...range };

/** What was laid down of a page, where all of it is good; a statement of its own, since planning takes longer than reading it. */
function laidStatement({ set }: ReplayReading): Statement {
  const good = goodTexts({ ...ofPeriod, block: "$6", asOf: "$7::timestamptz" });
  if (set === null) return { name: "replay-labels", text: `select null, h.labels, null from (${good}) h` };
  const columns = columnsTextOf({ block: "$6", set: "$9", names: "$10" }, "h.decisions");
  const told = `select case when h.labels is not null then ${columns} end as columns, h.labels,
    case when $8 then h.promises end as promises from (${good}) h offset 0`;
  const text = `select p.columns, p.labels, p.promises from (${told}) p where p.columns is not null or p.labels is null`;
  return { name: "replay-page", text };
}

/**
 * A page as it is on record. Further parameters: the last case before and the last one of the run; where decisions are read the
 * rule set, the block and names of columns; and where promises are, the moment. Decisions come by columns where they were laid
 * down.
 */
function recordStatement(reading: ReplayReading): Pick<Statement, "text"> {
  // Every table is narrowed to the same few numbers, so that none is looked through for a page.
  const looked = `${counted} and c.id > $6 and c.id <= $7`;
  const labels = `with l as materialized (select ${labelsText(range, looked)} as text)`;
  if (reading.set === null) return { text: `${labels} select null, null, l.text, null from l` };
  const columns = columnsText({ ...range, block: "$9", set: "$8", names: "$10" });
  const where = `exists (select from cases c where c.id = d.case_id and ${looked})`;
  const record = recordText({ ...range, set: "$8" }, { where, facts: typedTexts(reading) });
  const promises = reading.promises ? promisesText(range, "$11::timestamptz") : "null";
  const text = `${labels},
    k as materialized (select case when l.text is not null then ${columns} end as text from l)
    select k.text, case when l.text is not null and k.text is null then ${record} end, l.text,
      case when l.text is not null then ${promises} end
    from l, k`;
  return { text };
}

const asText = { getTypeParser: () => (text: string) => text };

const askerOf =
  (client: Connection): AskTexts =>
  async (statement, values) => {
    const asked = { ...statement, values, rowMode: "array", types: asText };
    return ((await client.query(asked as never)) as unknown as { rows: TextRow[] }).rows;
  };

/** Each of the two statements reads all of a page at one moment. */
function pageReader(reading: ReplayReading) {
  const [laid, onRecord] = [laidStatement(reading), recordStatement(reading)];
  const casesIn = caseReader(reading);
  const { programme, from, to, asOf, last, set, promises } = reading;
  const asked = reading.facts.map(({ name }) => name);
  const names = columnNames(asked);

  const noDecisions = columnsOf([], asked);

  return async (
    ask: AskTexts,
    { after, block }: { readonly after: number; readonly block: number },
  ): Promise<RecordedCase[]> => {
    const numbers = rangeOf(block);
    const page = { from: numbers.from, size: numbers.to - numbers.from };
    const ofCases = [programme, from, to, numbers.from, numbers.to];
    const ofLaid = set === null ? [] : [promises, set, names];
    const [good] = await ask(laid, [...ofCases, block, asOf, ...ofLaid]);
    if (good !== undefined) {
      const [columns = null, labels = null, promised = null] = good;
      const decisions = columns === null ? noDecisions : columnsIn(columns);
      const cases = casesIn({ ...page, labels, promises: promised }, decisions);
      // What was laid down is of whole blocks.
      const whole = after < numbers.from && last >= numbers.to - 1;
      return whole ? cases : cases.filter(({ id }) => id > after && id <= last);
    }
    const ofRecord = set === null ? [] : [set, block, names, ...(promises ? [asOf] : [])];
    const [row = []] = await ask(onRecord, [...ofCases, after, last, ...ofRecord]);
    const [columns = null, record = null, labels = null, promised = null] = row;
    const decisions = columns === null ? columnsOf(recordIn(record), asked) : columnsIn(columns);
    return casesIn({ ...page, labels, promises: promised }, decisions);
  };
}

/**
 * Pages after a case's number, each as `prepare` made it, in order. While one is in hand the next ones are read and prepared:
 * `prepare` must not care which comes first.
 */
export async function* replayPages<Prepared>(
  db: Database,
  { reading, after }: { reading: ReplayReading; after: number },
  prepare: (page: ReplayPage) => Promise<Prepared>,
): AsyncGenerator<Prepared> {
  const read = pageReader(reading);
  const { last } = reading;
  const clients: Connection[] = [];
  let next = blockOf(after + 1);

  async function page(ask: AskTexts, block: number): Promise<Prepared> {
    const cases = await read(ask, { after, block });
    return prepare({ cases, upTo: Math.min(rangeOf(block).to - 1, last), ask });
  }
  function begin(client: Connection) {
    if (next > blockOf(last)) return;
    const begun = page(askerOf(client), next);
    next += 1;
    // Whoever waits for its turn is told then.
    begun.catch(() => undefined);
    waiting.push({ client, begun });
  }

  const waiting: { client: Connection; begun: Promise<Prepared> }[] = [];
  try {
    for (let lane = 0; lane < lanes; lane++) {
      clients.push(await takeConnection(db));
    }
    for (let ahead = 0; ahead < pagesAhead; ahead++) for (const client of clients) begin(client);
    for (let first = waiting.shift(); first !== undefined; first = waiting.shift()) {
      const prepared = await first.begun;
      begin(first.client);
      yield prepared;
    }
  } finally {
    await Promise.allSettled(waiting.map(({ begun }) => begun));
    for (const client of clients) giveBack(db, client);
  }
}

/** Numbers of the versions of calendars or workflows by which these cases may have lived. */
export async function versionsLived(db: Database, programme: string, kind: "calendar" | "workflow"): Promise<number[]> {
  const text = "select id from configuration_versions where programme = $1 and kind = $2 and status <> 'draft'";
  return (await query<{ id: number }>(db, { name: "versions-lived", text }, [programme, kind])).map(({ id }) => id);
}
