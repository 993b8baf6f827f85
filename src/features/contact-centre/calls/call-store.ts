/** Calls that agents worked on, and what goes to their callers. */
import sql, { type Sql } from "sql-template-tag";
import type { ApplicantWay } from "../../../engine/letters/applicant-ways.js";
import { type Database, query } from "../../../platform/db/query.js";

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

/** Which way the receipt of a case goes, and where to; null: none goes. */
export const receiptSent = (db: Database, a: OfCase): Promise<MessageSent | null> =>
  messageSent(db, a, sql`m.template in (${"applicant-received"}, ${"sms-received"})`);

/** Which way a letter about the last step of a case goes, and where to; null: none goes. */
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

/**
 * A call about a case that was opened for a recognised caller; its number. The agent's call before it is over: they take one at a time.
 * @param a.opensUntil so long its case is open to the agent without a code; null: not at all
 */
export async function beginCall(
  db: Database,
  a: { reference: string; agent: number; recognisedBy: readonly string[]; opensUntil: Date | null; now: Date },
): Promise<number> {
  const statement = sql`with before as (
      update calls set ended_at = coalesce(ended_at, greatest(begun_at, ${a.now}::timestamptz)), outcome = coalesce(outcome, 'told'),
        opens_until = null
      where agent = ${a.agent} and kind = 'existing' and (ended_at is null or opens_until is not null))
    insert into calls (programme, agent, kind, begun_at, case_id, recognised_by, opens_until)
    select c.programme, ${a.agent}::integer, 'existing', ${a.now}::timestamptz, c.id, ${a.recognisedBy}::text[], ${a.opensUntil}::timestamptz
    from cases c where c.reference = ${a.reference} returning id`;
  const [row] = await query<{ id: number }>(db, statement);
  if (row === undefined) throw new Error("a case that was just shown is gone");
  return Number(row.id);
}

/**
 * The case that a call opens to its agent by digits that the caller read out, at `now`; null: none. Not for longer than the number is
 * shown to be the caller's.
 */
export async function openedByDigits(
  db: Database,
  a: { call: number; agent: number; now: Date },
): Promise<string | null> {
  const statement = sql`select c.reference from calls k join cases c on c.id = k.case_id join applicants p on p.case_id = c.id
    where k.id = ${a.call} and k.agent = ${a.agent} and k.opens_until > ${a.now} and p.phone_proven_at is not null`;
  return (await query<{ reference: string }>(db, statement))[0]?.reference ?? null;
}

/** What was done in it, and that it lasted until now at least; null: it is over, and opens nothing any more. */
export async function noteCall(
  db: Database,
  a: { id: number; agent: number; outcome: string | null; now: Date },
): Promise<void> {
  const statement = sql`update calls set ended_at = greatest(begun_at, ${a.now}::timestamptz),
      outcome = coalesce(${a.outcome}::text, outcome, 'told'),
      opens_until = case when ${a.outcome}::text is not null then opens_until end
    where id = ${a.id} and agent = ${a.agent} and kind = 'existing'`;
  await query(db, statement);
}
