/** Calls that agents worked on, and calls that they are typing. A draft is read and written by its agent alone. */
import type { Transaction } from "sequelize";
import sql, { type Sql } from "sql-template-tag";
import { secondsSince } from "../../../engine/contact-centre/call-time.js";
import type { ApplicantWay } from "../../../engine/letters/applicant-ways.js";
import { type Database, query } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";

/** By name of the input. */
export type TypedCall = Readonly<Record<string, string>>;

export interface CallDraft {
  readonly id: number;
  /** Made by the window in which it was begun; nobody can guess it. */
  readonly token: string;
  readonly programme: string;
  readonly typed: TypedCall;
  readonly version: number;
  readonly begunAt: Date;
  readonly updatedAt: Date;
  /** How long its agent has worked on it. */
  readonly seconds: number;
}

interface Whose {
  readonly agent: number;
  readonly token: string;
}

const columns = sql`id, token, programme, typed, version, begun_at as "begunAt", updated_at as "updatedAt", seconds`;

/** Drafts in which something was typed, the newest first. */
export function callDraftsOf(db: Database, agent: number): Promise<CallDraft[]> {
  return query<CallDraft>(
    db,
    sql`select ${columns} from call_drafts where agent = ${agent} and version > 0 order by updated_at desc, id desc`,
  );
}

export async function callDraftOf(db: Database, { agent, token }: Whose): Promise<CallDraft | null> {
  const statement = sql`select ${columns} from call_drafts where agent = ${agent} and token = ${token}`;
  return (await query<CallDraft>(db, statement))[0] ?? null;
}

/** The new version; null where another window wrote something newer, where it is gone, or where `most` are there already. */
export async function keepCallDraft(
  db: Database,
  a: Whose & { programme: string; typed: TypedCall; based: number; most: number; now: Date },
): Promise<number | null> {
  const typed = JSON.stringify(a.typed);
  const statement = sql`with own as (select version from call_drafts where token = ${a.token} and agent = ${a.agent}),
    room as (select count(*) < ${a.most}::integer as there from call_drafts where agent = ${a.agent} and version > 0),
    changed as (
      update call_drafts set typed = ${typed}::jsonb, version = version + 1, updated_at = ${a.now}
      where token = ${a.token} and agent = ${a.agent} and version = ${a.based}
        and (version > 0 or (select there from room)) returning version),
    added as (
      insert into call_drafts (agent, programme, token, typed, version, begun_at, updated_at, active_at, in_front)
      select ${a.agent}::integer, ${a.programme}, ${a.token}, ${typed}::jsonb, 1, ${a.now}::timestamptz, ${a.now}::timestamptz,
        ${a.now}::timestamptz, true
      where ${a.based}::integer = 0 and not exists (select 1 from own) and (select there from room)
      on conflict do nothing returning version)
    select coalesce((select version from changed), (select version from added)) as version`;
  return (await query<{ version: number | null }>(db, statement))[0]?.version ?? null;
}

/** Notes what a look-up found, in the call for which it was asked; a call in which nothing else was done is begun by it. */
export async function noteFound(
  db: Database,
  a: Whose & { programme: string; found: readonly number[]; now: Date },
): Promise<void> {
  const statement = sql`insert into call_drafts (agent, programme, token, typed, found, begun_at, updated_at, active_at, in_front)
    values (${a.agent}, ${a.programme}, ${a.token}, '{}', ${a.found}::bigint[], ${a.now}, ${a.now}, ${a.now}, true)
    on conflict (token) do update set found = excluded.found where call_drafts.agent = excluded.agent`;
  await query(db, statement);
}

/** Something else is in front of the agent from here on: another call, an application that is there, or a call-back. */
export async function setAside(
  db: Database,
  { agent, now }: { agent: number; now: Date },
  transaction: Transaction,
): Promise<void> {
  const inFront = await query<{ id: number; activeAt: Date }>(
    db,
    sql`select id, active_at as "activeAt" from call_drafts where agent = ${agent} and in_front for update`,
    transaction,
  );
  for (const { id, activeAt } of inFront) {
    const seconds = secondsSince({ activeAt, now });
    await query(
      db,
      sql`update call_drafts set seconds = seconds + ${seconds}, in_front = false where id = ${id}`,
      transaction,
    );
  }
}

/**
 * Something is done in a call, and is stored next: what passed since the agent last did something is of the call that was in front of
 * them, and from here on this one is.
 */
export async function countCallTime(db: Database, { agent, token, now }: Whose & { now: Date }): Promise<void> {
  await inTransaction(db, async (tx) => {
    await setAside(db, { agent, now }, tx);
    await query(
      db,
      sql`update call_drafts set active_at = ${now}, in_front = true where token = ${token} and agent = ${agent}`,
      tx,
    );
  });
}

/** A case that a look-up of this call found, by its place there; null: none is at that place. */
export async function referenceFound(
  db: Database,
  { agent, token, row }: Whose & { row: number },
): Promise<string | null> {
  const statement = sql`select c.reference from call_drafts d join cases c on c.id = d.found[${row + 1}::integer]
    where d.agent = ${agent} and d.token = ${token}`;
  return (await query<{ reference: string }>(db, statement))[0]?.reference ?? null;
}

/** Cases that the look-ups of this call found, in their order there. */
export async function foundIn(db: Database, { agent, token }: Whose): Promise<readonly number[]> {
  const statement = sql`select f.id from call_drafts, unnest(found) with ordinality f(id, place)
    where agent = ${agent} and token = ${token} order by f.place`;
  return (await query<{ id: number }>(db, statement)).map(({ id }) => Number(id));
}

export async function forgetCallDraft(db: Database, { agent, token }: Whose): Promise<void> {
  await query(db, sql`delete from call_drafts where agent = ${agent} and token = ${token}`);
}

/** Forgets what nobody has typed in since a moment; how many. */
export async function forgetOldCallDrafts(db: Database, before: Date): Promise<{ forgottenCallDrafts: number }> {
  const statement = sql`with gone as (delete from call_drafts where updated_at < ${before} returning 1)
    select count(*)::integer as n from gone`;
  return { forgottenCallDrafts: (await query<{ n: number }>(db, statement))[0]?.n ?? 0 };
}

export interface MessageSent {
  readonly by: ApplicantWay;
  /** The address, or the number in E.164. */
  readonly to: string;
}

/** `offersTexts`: false where no text message can leave; its email goes in the place of one, where there is an address. */
interface OfCase {
  readonly caseId: number;
  readonly offersTexts: boolean;
}

async function messageSent(db: Database, { caseId, offersTexts }: OfCase, which: Sql): Promise<MessageSent | null> {
  const leaves = sql`(m.way = ${"email"} or ${offersTexts}::boolean)`;
  const statement = sql`select by, "to" from (
      select m.id, case when ${leaves} then m.way else ${"email"} end as by,
        case when ${leaves} and m.way = ${"sms"} then p.phone
          when ${leaves} or p.contact_by is distinct from ${"none"} then p.email end as "to"
      from messages m join applicants p on p.case_id = m.receiver_case
      where m.case_id = ${caseId} and m.receiver_case = ${caseId} and ${which}) sent
    where "to" is not null order by id limit 1`;
  return (await query<MessageSent>(db, statement))[0] ?? null;
}

/** By which way the receipt of a case goes, and where; null: none goes. */
export const receiptSent = (db: Database, a: OfCase): Promise<MessageSent | null> =>
  messageSent(db, a, sql`m.template in (${"applicant-received"}, ${"sms-received"})`);

/** By which way the applicant of a case is written to about its last step, and where; null: by none. */
export const lastStepSent = (db: Database, a: OfCase): Promise<MessageSent | null> =>
  messageSent(db, a, sql`m.created_at >= (select max(at) from case_events where case_id = ${a.caseId})`);

/** Why a caller gets no receipt; `other`: none goes, although they left an address. */
export type NoReceipt = "noAddress" | "notAgreed" | "stopped" | "noTexts" | "other";

/** Why none goes, by what is stored of them; not by what was typed, which may have been changed since. */
export async function whyNoReceipt(db: Database, { caseId, offersTexts }: OfCase): Promise<NoReceipt> {
  const statement = sql`select p.phone, p.email, p.sms_consent_at is not null as agreed,
      exists (select 1 from sms_opt_outs o where o.number = p.phone) as stopped
    from applicants p where p.case_id = ${caseId}`;
  const [row] = await query<{ phone: string | null; email: string | null; agreed: boolean; stopped: boolean }>(
    db,
    statement,
  );
  if (row === undefined || (row.phone === null && row.email === null)) return "noAddress";
  if (row.email !== null) return "other";
  if (row.agreed && row.stopped) return "stopped";
  if (!offersTexts) return "noTexts";
  return row.agreed ? "other" : "notAgreed";
}

/** A new application that was typed; once a case, however often its call was saved. The number of the call. */
export async function addNewCall(
  db: Database,
  a: { programme: string; agent: number; begunAt: Date; endedAt: Date; seconds: number; caseId: number },
): Promise<number> {
  const statement = sql`insert into calls (programme, agent, kind, begun_at, ended_at, seconds, case_id, outcome)
    values (${a.programme}, ${a.agent}, 'new', ${a.begunAt}, ${a.endedAt}, ${a.seconds}, ${a.caseId}, 'received')
    on conflict (case_id) where kind = 'new' do update set outcome = calls.outcome returning id`;
  const [row] = await query<{ id: number }>(db, statement);
  if (row === undefined) throw new Error("a call was not written");
  return Number(row.id);
}

/** A call about a case that was opened for a recognised caller; its number. The agent's call before it is over: they take one at a time. */
export async function beginCall(
  db: Database,
  a: { reference: string; agent: number; recognisedBy: readonly string[]; now: Date },
): Promise<number> {
  const statement = sql`with before as (
      update calls set ended_at = greatest(begun_at, ${a.now}::timestamptz), outcome = coalesce(outcome, 'told')
      where agent = ${a.agent} and kind = 'existing' and ended_at is null)
    insert into calls (programme, agent, kind, begun_at, case_id, recognised_by)
    select c.programme, ${a.agent}::integer, 'existing', ${a.now}::timestamptz, c.id, ${a.recognisedBy}::text[]
    from cases c where c.reference = ${a.reference} returning id`;
  const [row] = await query<{ id: number }>(db, statement);
  if (row === undefined) throw new Error("a case that was just shown is gone");
  return Number(row.id);
}

/** What was done in it, and that it lasted until now at least. */
export async function noteCall(
  db: Database,
  a: { id: number; agent: number; outcome: string | null; now: Date },
): Promise<void> {
  const statement = sql`update calls set ended_at = greatest(begun_at, ${a.now}::timestamptz),
      outcome = coalesce(${a.outcome}::text, outcome, 'told')
    where id = ${a.id} and agent = ${a.agent} and kind = 'existing'`;
  await query(db, statement);
}
