/**
 * Past cases for a replay, a page at a time by number: what was decided with which facts, and, where it is needed, their clocks
 * and events. No transaction stays open between pages: a run that was interrupted goes on after the last page.
 */
import sql, { empty, join, raw } from "sql-template-tag";
import type { Clock, TargetName } from "../../../engine/calendar/clock.js";
import type { BriefEvent } from "../../../engine/replay/idle-spans.js";
import type { CaseLabels, DecisionsRead, RecordedCase, RecordedDecision } from "../../../engine/replay/replayer.js";
import type { Facts } from "../../../engine/rules/fact-catalogue.js";
import type { RuleSetName } from "../../../engine/rules/rule-set.js";
import { type Database, query, queryUnprepared } from "../../../platform/db/query.js";
import { applicantCases } from "../../people/case-scope.js";

export interface ReplayPeriod {
  readonly programme: string;
  /** Received in this time, half-open. */
  readonly from: Date;
  readonly to: Date;
}

/**
 * Cases `c` that were received in the period and that a replay looks at: as the key figures, without duplicates and what
 * applicants withdrew; and without confidential ones, so that nobody finds one by a number.
 */
const isCounted = ({ programme, from, to }: ReplayPeriod) =>
  sql`c.programme = ${programme} and c.received_at >= ${from} and c.received_at < ${to}
    and ${applicantCases} and not c.confidential and c.duplicate_of is null and (c.withdrawn_at is null or c.withdrawn_by is not null)`;

/** How many there are, and between which numbers. */
export async function casesToReplay(
  db: Database,
  period: ReplayPeriod,
): Promise<{ cases: number; first: number; last: number }> {
  const statement = sql`select count(*)::integer as cases, coalesce(min(c.id), 0) as first, coalesce(max(c.id), 0) as last
    from cases c where ${isCounted(period)}`;
  const rows = await query<{ cases: number; first: number; last: number }>(db, statement);
  return rows[0] ?? { cases: 0, first: 0, last: 0 };
}

/** Names of the facts that the oldest decision of the period recorded; null where there is none. */
export async function recordedFacts(
  db: Database,
  set: RuleSetName,
  period: ReplayPeriod,
): Promise<readonly string[] | null> {
  const statement = sql`select array(select jsonb_object_keys(d.facts)) as names from cases c
    join decisions d on d.case_id = c.id and d.rule_set = ${set}
    where ${isCounted(period)} order by c.received_at limit 1`;
  return (await query<{ names: string[] }>(db, statement))[0]?.names ?? null;
}

export interface ReplayReading extends ReplayPeriod {
  /** Id of the last case. */
  readonly lastId: number;
  /** Which decisions are read, and what of them. */
  readonly reads: readonly DecisionsRead[];
  /** Whether a case without such a decision is read as well. */
  readonly everyCase: boolean;
}

/** Names of the facts that are read, each once. */
const factsRead = ({ reads }: Pick<ReplayReading, "reads">): readonly string[] => [
  ...new Set(reads.flatMap(({ facts }) => facts)),
];

/** In order of their number. Every case up to `upTo` is in this page or was in one before. */
export interface ReplayPage {
  readonly cases: readonly RecordedCase[];
  readonly upTo: number;
}

const pageCases = 2_000;

/**
 * Facts are taken out one by one: as a whole they take twice as long to be sent and read. `||` unpacks a long one once for all of
 * them, which `offset 0` keeps apart. For `queryUnprepared`: a plan for any numbers sorts all cases of the period for each page.
 */
function pageStatement(reading: ReplayReading, after: number) {
  const { lastId } = reading;
  const sets = reading.reads.map(({ ruleSet }) => ruleSet);
  const taken = factsRead(reading).map((name, i) => sql`d.facts->${name}::text as ${raw(`fact${i}`)}`);
  return sql`select c.id, c.type, c.entity, c.pillar, c.importance, c.workflow_version_id as "workflowVersionId",
      d.rule_set as "ruleSet", d.cycle, d.version_id as "versionId" ${taken.length === 0 ? empty : sql`, ${join(taken)}`}
    from (
      select c.* from cases c where ${isCounted(reading)} and c.id > ${after} and c.id <= ${lastId} order by c.id limit ${pageCases}
    ) c
    left join lateral (
      select d.number, d.rule_set, d.cycle, d.version_id, d.facts || '{}'::jsonb as facts
      from decisions d where d.case_id = c.id and d.rule_set = any(${sets}::text[]) offset 0
    ) d on true
    order by c.id, d.number`;
}

/** A decision of a case, with facts by their place; a case without one has a row of its own. */
interface PageRow extends CaseLabels {
  readonly id: number;
  readonly workflowVersionId: number;
  readonly ruleSet: RuleSetName;
  readonly cycle: number | null;
  readonly versionId: number;
  readonly [fact: `fact${number}`]: unknown;
}

async function readPage(db: Database, reading: ReplayReading, after: number): Promise<ReplayPage | null> {
  const facts = factsRead(reading);
  const rows = await queryUnprepared<PageRow>(db, pageStatement(reading, after));
  const found = rows.at(-1);
  if (found === undefined) return null;
  const cases: (RecordedCase & { readonly decisions: RecordedDecision[] })[] = [];
  for (const row of rows) {
    const { id, type, entity, pillar, importance, workflowVersionId, ruleSet, cycle, versionId } = row;
    const before = cases.at(-1);
    const theCase =
      before?.id === id ? before : { id, type, entity, pillar, importance, workflowVersionId, decisions: [] };
    if (cycle !== null) {
      const recorded: Facts = {};
      for (const [i, name] of facts.entries()) recorded[name] = row[`fact${i}`];
      theCase.decisions.push({ ruleSet, cycle, versionId, facts: recorded });
    }
    if (theCase !== before && (cycle !== null || reading.everyCase)) cases.push(theCase);
  }
  return { cases, upTo: found.id };
}

/** Pages after a case's number; where decisions are read, without cases that have none. While one is in hand the next one is read. */
export async function* replayPages(db: Database, reading: ReplayReading, after: number): AsyncGenerator<ReplayPage> {
  let next = readPage(db, reading, after);
  try {
    for (let page = await next; page !== null; page = await next) {
      next = readPage(db, reading, page.upTo);
      // A failure is thrown when its turn comes.
      next.catch(() => undefined);
      yield page;
    }
  } finally {
    await next.catch(() => undefined);
  }
}

interface OfCase {
  readonly caseId: number;
}

function byCase<Item extends OfCase>(items: readonly Item[]): Map<number, Item[]> {
  const found = new Map<number, Item[]>();
  for (const item of items) {
    const ofCase = found.get(item.caseId);
    if (ofCase === undefined) found.set(item.caseId, [item]);
    else ofCase.push(item);
  }
  return found;
}

/** Moments travel as milliseconds: making dates of their texts took half of the time that clocks take. */
const millis = (column: string) => sql`(date_part('epoch', ${raw(column)}) * 1000)::bigint`;
const momentOf = (at: number | null): Date | null => (at === null ? null : new Date(at));
type OnWire<Item> = {
  [Key in keyof Item]: Item[Key] extends Date ? number : Item[Key] extends Date | null ? number | null : Item[Key];
};

/** Clocks of cases, by case. */
export async function clocksOfCases(
  db: Database,
  ids: readonly number[],
  targets: readonly TargetName[],
): Promise<ReadonlyMap<number, readonly Clock[]>> {
  const statement = sql`select k.case_id as "caseId", k.target, k.cycle, k.calendar_version_id as "calendarVersionId", k.budget,
      k.consumed_seconds as "consumedSeconds", k.paused_seconds as "pausedSeconds",
      ${millis("k.started_at")} as "startedAt", ${millis("k.running_since")} as "runningSince", ${millis("k.paused_at")} as "pausedAt",
      ${millis("k.due_at")} as "dueAt", ${millis("k.met_at")} as "metAt", ${millis("k.breached_at")} as "breachedAt",
      ${millis("k.cancelled_at")} as "cancelledAt", k.held_by as "heldBy"
    from clocks k where k.case_id = any(${ids}::bigint[]) and k.target = any(${targets}::text[]) order by k.case_id, k.cycle`;
  const rows = await query<OnWire<Clock> & OfCase>(db, statement);
  return byCase(
    rows.map((row) => ({
      ...row,
      startedAt: new Date(row.startedAt),
      runningSince: momentOf(row.runningSince),
      pausedAt: momentOf(row.pausedAt),
      dueAt: momentOf(row.dueAt),
      metAt: momentOf(row.metAt),
      breachedAt: momentOf(row.breachedAt),
      cancelledAt: momentOf(row.cancelledAt),
    })),
  );
}

/** Events of cases in order, as a replay of escalations reads them. */
export async function eventsOfCases(
  db: Database,
  ids: readonly number[],
): Promise<ReadonlyMap<number, readonly BriefEvent[]>> {
  const statement = sql`select e.case_id as "caseId", e.type, e.at, e.actor::jsonb->>'kind' = 'user' as official,
      e.data::jsonb->>'action' as action, e.seq, (e.data::jsonb->'was'->>'from')::integer as from, (e.data::jsonb->'was'->>'upTo')::integer as "upTo",
      case when e.type = 'case.taken-back' then (e.data::jsonb->>'of')::integer end as of
    from case_events e where e.case_id = any(${ids}::bigint[]) order by e.case_id, e.seq`;
  return byCase(await query<BriefEvent & OfCase>(db, statement));
}

/** Numbers of the versions of calendars or workflows by which these cases may have lived. */
export async function versionsLived(db: Database, programme: string, kind: "calendar" | "workflow"): Promise<number[]> {
  const statement = sql`select id from configuration_versions
    where programme = ${programme} and kind = ${kind} and status <> 'draft'`;
  return (await query<{ id: number }>(db, statement)).map(({ id }) => id);
}
