/** Reads of whole cases, as the domain sees them: row, application, clocks and enforcements in one statement. */

import type { Transaction } from "sequelize";
import sql, { empty, type Sql } from "sql-template-tag";
import type { CaseSubject } from "../../engine/access/permissions.js";
import type { Clock } from "../../engine/calendar/clock.js";
import {
  type ApplicantReach,
  type ApplicantWay,
  type Unreached,
  unreached,
  waysOf,
  whyUnreached,
} from "../../engine/letters/applicant-ways.js";
import type { Application, Case, EnforcementKey, Reminder } from "../../engine/lifecycle/case.js";
import { type Database, query } from "../../platform/db/query.js";
import { applicantReach } from "../../platform/sms/applicant-reach.js";

/** A case with what the services need beside it. */
export interface LoadedCase {
  readonly theCase: Case;
  readonly codeHash: Buffer | null;
  /** The reference that the code belongs to: its own, or that of the case it was split from. */
  readonly codeReference: string;
  /** How the applicant hears, in the order in which ways are tried; empty: not at all. */
  readonly applicantWays: readonly ApplicantWay[];
  /** Why not at all; null: there is a way. */
  readonly unreached: Unreached | null;
  readonly nextDecision: number;
  /** Who took it on; null where nobody did. */
  readonly assigneeName: string | null;
  /** The configuration's revision when it was loaded. */
  readonly revision: number;
  readonly stateKind: "open" | "waiting" | "resolved" | "final";
  /** Names the row as it was loaded: whatever changes of the case, its clocks, decisions and enforcements gives it another. */
  readonly version: string;
}

/** Whole milliseconds since 1970. As a float, which holds them for centuries: `extract` reckons in exact numbers, at length. */
const millis = (column: Sql): Sql => sql`(date_part('epoch', ${column}) * 1000)::bigint`;

/** A row `k` of clocks as JSON, for `clockOf`. */
export const clockColumns = sql`json_build_object('target', k.target, 'cycle', k.cycle, 'calendarVersionId', k.calendar_version_id,
    'budget', k.budget, 'startedAt', ${millis(sql`k.started_at`)}, 'consumedSeconds', k.consumed_seconds,
    'runningSince', ${millis(sql`k.running_since`)}, 'pausedAt', ${millis(sql`k.paused_at`)}, 'dueAt', ${millis(sql`k.due_at`)},
    'pausedSeconds', k.paused_seconds, 'metAt', ${millis(sql`k.met_at`)}, 'breachedAt', ${millis(sql`k.breached_at`)},
    'cancelledAt', ${millis(sql`k.cancelled_at`)}, 'heldBy', k.held_by)`;

/** Clocks of the promises of case `c`, of its current cycle, as JSON: for `clocksOf`, then `nearerPromise`. */
export const promisedClocks = sql`(select coalesce(json_agg(${clockColumns}), '[]') from clocks k
    where k.case_id = c.id and k.cycle = c.cycle and k.target in ('firstResponse', 'resolution'))`;

const columns = sql`c.*, c.xmin::text as row_version, v.name as workflow_name, (select revision from configuration_revision) as revision,
  a.language, a.subject, a.description, a.sector as asked_sector, a.entity as asked_entity, a.service, a.governorate,
  a.pillar as asked_pillar, a.importance as asked_importance, a.category, a.anonymous, a.fields,
  (select ${applicantReach} from applicants p where p.case_id = c.id) as reach,
  (select u.name from users u where u.id = c.assignee) as assignee_name,
  (select coalesce(max(number), 0)::integer + 1 from decisions d where d.case_id = c.id) as next_decision,
  (select coalesce(json_agg(${clockColumns} order by k.cycle, k.target), '[]') from clocks k where k.case_id = c.id) as clocks,
  (select coalesce(json_agg(json_build_object('cycle', f.cycle, 'ruleId', f.rule_id, 'level', f.level)), '[]')
    from enforcements f where f.case_id = c.id) as enforced`;

/** As one column of JSON: the driver reads it at a third of what the sixty take it one by one, of which each has to be described too. */
const whole = (where: Sql): Sql => sql`select row_to_json(r) as row from (select ${columns}
  from cases c join applications a on a.id = c.id join configuration_versions v on v.id = c.workflow_version_id
  where ${where}) r`;

const byIds = (ids: readonly number[]): Sql => whole(sql`c.id = any(${ids})`);

/*
 * A case is locked by one statement and read by the next. In one statement the row would be as it is after the wait for
 * the lock, but its clocks, enforcements and decisions as they were before it: what the other had just done to them would
 * be overwritten.
 */

/** As it comes out of JSON: moments and bytes are text. */
interface CaseRow {
  readonly [column: string]: unknown;
  readonly clocks: Record<string, unknown>[];
  readonly enforced: EnforcementKey[];
}

interface ReadRow {
  readonly row: CaseRow;
}

const momentIn = (text: unknown): Date => new Date(text as string);
const momentOrNull = (text: unknown): Date | null => (text === null ? null : momentIn(text));
/** From PostgreSQL's hexadecimal form, `\\x…`. */
const bytesOrNull = (text: unknown): Buffer | null =>
  text === null ? null : Buffer.from((text as string).slice(2), "hex");

const moment = (value: unknown): Date | null => (typeof value === "number" ? new Date(value) : null);

/** A clock from a row as `clockColumns` writes it. */
export function clockOf(row: Record<string, unknown>): Clock {
  return {
    ...(row as unknown as Clock),
    startedAt: new Date(row.startedAt as number),
    runningSince: moment(row.runningSince),
    pausedAt: moment(row.pausedAt),
    dueAt: moment(row.dueAt),
    metAt: moment(row.metAt),
    breachedAt: moment(row.breachedAt),
    cancelledAt: moment(row.cancelledAt),
  };
}

function applicationOf(row: CaseRow): Application {
  return {
    programme: row.programme as string,
    type: row.type as string,
    channel: row.channel as string,
    language: row.language as Application["language"],
    subject: row.subject as string,
    description: row.description as string,
    sector: row.asked_sector as string | null,
    entity: row.asked_entity as string | null,
    service: row.service as string | null,
    governorate: row.governorate as string | null,
    pillar: row.asked_pillar as string | null,
    importance: row.asked_importance as string | null,
    category: row.category as string | null,
    anonymous: row.anonymous as boolean,
    fields: row.fields as Record<string, unknown>,
    receivedAt: momentIn(row.received_at),
    imported: row.imported as boolean,
  };
}

type StoredReminder = Omit<Reminder, "at"> & { readonly at: string };

/** As the column of a case has them. */
export const remindersOf = (stored: unknown): Reminder[] =>
  ((stored ?? []) as readonly StoredReminder[]).map((one) => ({ ...one, at: new Date(one.at) }));

function caseOf(row: CaseRow): Case {
  return {
    id: row.id as number,
    programme: row.programme as string,
    reference: row.reference as string,
    application: applicationOf(row),
    workflow: { name: row.workflow_name as string, versionId: row.workflow_version_id as number },
    state: row.state as string,
    stateSince: momentIn(row.state_since),
    turnSince: momentIn(row.turn_since ?? row.state_since),
    pillar: row.pillar as string | null,
    importance: row.importance as string | null,
    sector: row.sector as string | null,
    entity: row.entity as string | null,
    assignee: row.assignee as number | null,
    confidential: row.confidential as boolean,
    cycle: row.cycle as number,
    lastSeq: row.last_seq as number,
    lastHash: row.last_hash as string,
    clocks: row.clocks.map(clockOf),
    escalationSteps: row.escalation_steps as Case["escalationSteps"],
    enforced: row.enforced,
    escalationLevel: row.escalation_level as number,
    lastOfficialActionAt: momentOrNull(row.last_official_action_at),
    remindedAt: momentOrNull(row.reminded_at),
    reminders: remindersOf(row.reminders),
    assignedAt: momentOrNull(row.assigned_at),
    firstResponseAt: momentOrNull(row.first_response_at),
    firstResolvedAt: momentOrNull(row.first_resolved_at),
    resolvedAt: momentOrNull(row.resolved_at),
    resolutionWorkingSeconds: row.resolution_working_seconds as number | null,
    closedAt: momentOrNull(row.closed_at),
    withdrawnAt: momentOrNull(row.withdrawn_at),
    withdrawnBy: row.withdrawn_by as number | null,
    closingReason: row.closing_reason as string | null,
    rejectedAt: momentOrNull(row.rejected_at),
    duplicateOf: row.duplicate_of as number | null,
    splitFrom: row.split_from as number | null,
    requestedBy: (row.requested_by ?? null) as number | null,
    transferCount: row.transfer_count as number,
    reopenCount: row.reopen_count as number,
    firstReopenedAt: momentOrNull(row.first_reopened_at),
    rating: row.rating as number | null,
    ratingScales: row.rating_scales as Case["ratingScales"],
    ratedAt: momentOrNull(row.rated_at),
    ratedBy: row.rated_by as number | null,
    ratingInvitedAt: momentOrNull(row.rating_invited_at),
    inviteToRateAt: momentOrNull(row.invite_to_rate_at),
    remindToRateAt: momentOrNull(row.remind_to_rate_at),
    answeredBy: row.answered_by as number | null,
    answerWrittenAt: momentOrNull(row.answer_written_at),
  };
}

const loaded = ({ row }: ReadRow): LoadedCase => ({
  theCase: caseOf(row),
  codeHash: bytesOrNull(row.code_hash),
  codeReference: (row.code_reference ?? row.reference) as string,
  applicantWays: waysOf((row.reach as ApplicantReach | null) ?? unreached),
  unreached: whyUnreached((row.reach as ApplicantReach | null) ?? unreached),
  nextDecision: row.next_decision as number,
  assigneeName: row.assignee_name as string | null,
  revision: row.revision as number,
  stateKind: row.state_kind as LoadedCase["stateKind"],
  version: row.row_version as string,
});

/**
 * Locks cases until the end of the transaction, then reads them, in the order of the locks.
 * @param lock a query for their `id`s, with `for update`
 */
export async function lockAndLoad(db: Database, transaction: Transaction, lock: Sql): Promise<LoadedCase[]> {
  const ids = (await query<{ id: number }>(db, lock, transaction)).map(({ id }) => id);
  if (ids.length === 0) return [];
  const rows = await query<ReadRow>(db, byIds(ids), transaction);
  const byId = new Map(rows.map((read) => [read.row.id, loaded(read)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The case of a reference, or null. With a transaction its row is locked until the end. */
export async function caseByReference(
  db: Database,
  reference: string,
  transaction?: Transaction,
): Promise<LoadedCase | null> {
  if (transaction !== undefined) {
    const lock = sql`select id from cases where reference = ${reference} for update`;
    return (await lockAndLoad(db, transaction, lock))[0] ?? null;
  }
  const [read] = await query<ReadRow>(db, whole(sql`c.reference = ${reference}`));
  return read === undefined ? null : loaded(read);
}

/** The cases of these references as they are, in no order; for looking at, not for changing. */
export async function casesToLookAt(db: Database, references: readonly string[]): Promise<LoadedCase[]> {
  return (await query<ReadRow>(db, whole(sql`c.reference = any(${references}::text[])`))).map(loaded);
}

/** The cases of these references, locked in the order of their numbers so that two who take the same ones wait in line. */
export async function casesByReference(
  db: Database,
  transaction: Transaction,
  references: readonly string[],
): Promise<ReadonlyMap<string, LoadedCase>> {
  const lock = sql`select id from cases where reference = any(${references}) order by id for update`;
  const cases = await lockAndLoad(db, transaction, lock);
  return new Map(cases.map((one) => [one.theCase.reference, one]));
}

/** The cases of these numbers, in their order, to look at. */
export async function casesById(db: Database, ids: readonly number[]): Promise<LoadedCase[]> {
  if (ids.length === 0) return [];
  const rows = await query<ReadRow>(db, byIds(ids));
  const found = new Map(rows.map((read) => [read.row.id, loaded(read)]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

/**
 * Up to `limit` cases whose next moment is not after `now`, locked; those that another sweep holds are left to it.
 * @param a.except programmes that are left alone
 */
export function casesDue(
  db: Database,
  transaction: Transaction,
  { now, limit, except }: { now: Date; limit: number; except: readonly string[] },
): Promise<LoadedCase[]> {
  const elsewhere = except.length === 0 ? empty : sql`and programme <> all(${except}::text[])`;
  const lock = sql`select id from cases where next_due_at <= ${now} ${elsewhere}
    order by next_due_at, id limit ${limit} for update skip locked`;
  return lockAndLoad(db, transaction, lock);
}

/** The next unfinished cases of a programme by number, locked; imported ones are left out. */
export function unfinishedCases(
  db: Database,
  transaction: Transaction,
  a: { programme: string; after: number; limit: number },
): Promise<LoadedCase[]> {
  const lock = sql`select id from cases where programme = ${a.programme} and id > ${a.after}
      and state_kind in ('open', 'waiting') and not imported
    order by id limit ${a.limit} for update`;
  return lockAndLoad(db, transaction, lock);
}

/** The next open cases of a programme that one person has taken, by number, locked. */
export function casesTaken(
  db: Database,
  transaction: Transaction,
  a: { userId: number; programme: string; after: number; limit: number },
): Promise<LoadedCase[]> {
  const lock = sql`select id from cases
    where assignee = ${a.userId} and programme = ${a.programme} and id > ${a.after} and urgency <= 1
    order by id limit ${a.limit} for update`;
  return lockAndLoad(db, transaction, lock);
}

/** What the permission table has to know of a case, and the configuration's revision at that moment. */
export interface PlacedCase extends CaseSubject {
  readonly id: number;
  readonly revision: number;
}

/** Where a case lies, or null when there is none. */
export async function placeOfCase(db: Database, reference: string): Promise<PlacedCase | null> {
  const statement = sql`select id, programme, entity, sector, confidential, requested_by as "requestedBy",
      (select revision from configuration_revision) as revision
    from cases where reference = ${reference}`;
  return (await query<PlacedCase>(db, statement))[0] ?? null;
}

const nextId = sql`select nextval('case_ids') as first`;

/** One case number, within a transaction: `createCaseIds` would take a second connection beside it. */
export async function newCaseId(db: Database, transaction: Transaction): Promise<number> {
  const [row] = await query<{ first: number }>(db, nextId, transaction);
  if (row === undefined) throw new Error("there is no case number");
  return row.first;
}

/** Hands out case numbers, 64 a round trip. */
export function createCaseIds(db: Database): () => Promise<number> {
  let next = 0;
  let last = -1;
  let fetching: Promise<void> | null = null;
  const fetchBlock = async (): Promise<void> => {
    const rows = await query<{ first: number }>(db, nextId);
    next = rows[0]?.first ?? 0;
    last = next + 63;
  };
  return async () => {
    while (next > last) {
      fetching ??= fetchBlock().finally(() => {
        fetching = null;
      });
      await fetching;
    }
    return next++;
  };
}
