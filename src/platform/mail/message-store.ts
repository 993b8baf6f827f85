/**
 * The outbox. A message is claimed before it is sent and marked afterwards; a claim that nobody finishes runs out.
 *
 * A message may thus go out twice when its sender is killed between the two, but always under the Message-ID that its
 * first claim wrote, so that mail programs show it once.
 */
import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { ApplicantReach, ApplicantWay } from "../../engine/letters/applicant-ways.js";
import type { HeldBack, MessageIntent } from "../../engine/letters/message-intent.js";
import { type MessageTemplate, urgentTemplates } from "../../engine/letters/message-kinds.js";
import type { Language } from "../../engine/text/text.js";
import { type Database, query } from "../db/query.js";
import { addressBy, applicantReach, isNumberWrong } from "../sms/applicant-reach.js";
import { pinnedWording } from "./pinned-wording.js";

/**
 * pending: to be sent; kept: there is nowhere to send it, it can be read; held: only somebody's act sends it; gathering: waits to be
 * told with others; gathered: another letter told it; lapsed: it concerned nobody any more. Those two, sent and failed are final.
 */
export const messageStates = ["pending", "sent", "kept", "failed", "held", "gathering", "gathered", "lapsed"] as const;
export type MessageState = (typeof messageStates)[number];

/**
 * What a new message starts as: `pending` where it can be sent, here or by others; else `kept`. `sent` in the demo alone, whose way of sending is a
 * mailbox of its own: what is there was never claimed, and so has no Message-ID.
 */
export type NewMessageState = Extract<MessageState, "pending" | "kept" | "sent">;

/** Condition on a message `m` that is sent: it went into the demo's own mailbox only. */
export const inOwnMailbox = sql`(m.state = 'sent' and m.message_id is null)`;

export interface StoredMessage {
  readonly id: number;
  readonly key: string;
  readonly programme: string;
  readonly template: MessageTemplate;
  readonly language: Language;
  readonly data: Readonly<Record<string, unknown>>;
  /** The version whose words it is written in; null: as it ships. */
  readonly wordingId: number | null;
}

export interface ClaimedMessage extends StoredMessage {
  readonly messageId: string;
  /** Counting this one. */
  readonly attempts: number;
  /** Looked up now; null when the receiver has none. Of a text message the number, if they agree to it still. Never logged. */
  readonly address: string | null;
  /** Account of an official that was disabled. */
  readonly disabled: boolean;
  readonly receiverUser: number | null;
  /** The case whose applicant receives it. */
  readonly receiverCase: number | null;
  /** The segments of a text message that was counted against the limits already. */
  readonly segments: number | null;
  /** Somebody sends it whatever the limits say. */
  readonly limitsWaived: boolean;
  /** For a text message: a call found that the number is another's. */
  readonly wrongNumber: boolean;
  /** When a limit held it for the first time; null: none did. */
  readonly heldAt: Date | null;
}

export interface ListedMessage extends StoredMessage {
  readonly state: MessageState;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  /** Sent into the demo's own mailbox, and to no one. */
  readonly ownMailbox: boolean;
  readonly way: ApplicantWay;
  /** When a text message arrived, as the gateway reports it. */
  readonly deliveredAt: Date | null;
  readonly segments: number | null;
  readonly attempts: number;
  readonly nextAttemptAt: Date | null;
  readonly lastError: string | null;
  readonly lapsedAt: Date | null;
  /** Name of the official, or null for the applicant of a case. */
  readonly receiverName: string | null;
  /** How the applicant hears who receives it; null of a letter to an official. */
  readonly reach: ApplicantReach | null;
  readonly reference: string | null;
  /** The version that it is written in, where it is the programme's own. */
  readonly wordingName: string | null;
  readonly wordingVersion: number | null;
  /** Why those words could not be used when it left. */
  readonly wordingFault: string | null;
}

/** So many of ten places are for urgent messages. */
const urgentOfTen = 7;

/**
 * Up to `limit` messages that are due at `now`, claimed until `claimedUntil`; other instances leave them alone until then.
 * What is urgent comes before a backlog of everything else.
 * @param host domain of the Message-ID, only for messages that have none yet
 */
export function claimMessages(
  db: Database,
  a: { way: ApplicantWay; now: Date; limit: number; claimedUntil: Date; host: string },
): Promise<ClaimedMessage[]> {
  const urgent = Math.ceil((a.limit * urgentOfTen) / 10);
  const isDue = sql`state = 'pending' and way = ${a.way} and next_attempt_at <= ${a.now}
    and (claimed_until is null or claimed_until <= ${a.now})`;
  // What a gateway is given has no host: it may be short.
  const host =
    a.way === "sms"
      ? sql`left(encode(sha256(convert_to(m.key, 'UTF8')), 'hex'), 32)`
      : sql`'<' || left(encode(sha256(convert_to(m.key, 'UTF8')), 'hex'), 40) || '@' || ${a.host} || '>'`;
  // Urgent ones go first, each for the first time before any that failed; the other places are of the other kinds, the oldest
  // first, so that neither keeps the other away.
  const statement = sql`with urgent as (
      select id from messages where ${isDue} and template = any(${urgentTemplates}::text[])
      order by attempts > 0, next_attempt_at, id limit ${urgent} for update skip locked),
    due as (
      select id from messages where ${isDue} and template <> all(${urgentTemplates}::text[])
      order by next_attempt_at, id limit ${a.limit}::bigint - (select count(*) from urgent) for update skip locked),
    chosen as (select id from urgent union all select id from due),
    claimed as (
      update messages m set claimed_until = ${a.claimedUntil}, attempts = m.attempts + 1, message_id = coalesce(m.message_id, ${host})
      from chosen where m.id = chosen.id
      returning m.id, m.key, m.programme, m.template, m.language, m.data, m.message_id, m.attempts, m.receiver_user, m.receiver_case, m.wording_id,
        m.segments, m.limits_waived, m.held_at)
    select c.id, c.key, c.programme, c.template, c.language, c.data, c.wording_id as "wordingId", c.message_id as "messageId", c.attempts,
      c.receiver_user as "receiverUser", c.receiver_case as "receiverCase", coalesce(u.email, ${addressBy(a.way, sql`c.template`)}) as address, c.segments, c.limits_waived as "limitsWaived", c.held_at as "heldAt", ${isNumberWrong} as "wrongNumber",
      u.disabled_at is not null as disabled
    from claimed c left join users u on u.id = c.receiver_user left join applicants p on p.case_id = c.receiver_case
    order by c.template = any(${urgentTemplates}::text[]) desc, c.id`;
  return query<ClaimedMessage>(db, statement);
}

/** What became of a message that was to be sent; it is claimed no more. */
async function mark(
  db: Database,
  id: number,
  to: { state: MessageState; sentAt?: Date; next?: Date; error?: string; heldAt?: Date; lapsedAt?: Date },
): Promise<void> {
  const statement = sql`update messages
    set state = ${to.state}, sent_at = ${to.sentAt ?? null}, next_attempt_at = ${to.next ?? null},
      last_error = ${to.error ?? null}, claimed_until = null, held_at = coalesce(held_at, ${to.heldAt ?? null}),
      lapsed_at = ${to.lapsedAt ?? null}
    where id = ${id} and state = 'pending'`;
  await query(db, statement);
}

export async function markSent(db: Database, id: number, at: Date): Promise<void> {
  await mark(db, id, { state: "sent", sentAt: at });
}

/** Not yet: its hour is later. Looking at it was no attempt. */
export async function putOff(db: Database, id: number, until: Date): Promise<void> {
  const statement = sql`update messages set next_attempt_at = ${until}, claimed_until = null, attempts = greatest(attempts - 1, 0)
    where id = ${id} and state = 'pending'`;
  await query(db, statement);
}

/** A limit keeps it here until someone sends it, or until it goes on another way (`release-held.ts` says when). */
export async function holdBack(
  db: Database,
  id: number,
  { reason, now }: { reason: HeldBack; now: Date },
): Promise<void> {
  await mark(db, id, { state: "held", error: reason, heldAt: now });
}

/** It concerns nobody any more: it never leaves. */
export async function letLapse(
  db: Database,
  id: number,
  { reason, now }: { reason: string; now: Date },
): Promise<void> {
  await mark(db, id, { state: "lapsed", error: reason, lapsedAt: now });
}

/** It left in the words that ship, because those of the programme could not be used. */
export async function noteWordingFault(db: Database, id: number, fault: string): Promise<void> {
  await query(db, sql`update messages set wording_fault = ${fault} where id = ${id}`);
}

/** One test of somebody's at a time, so that they are counted. */
export async function lockTests(db: Database, userId: number, transaction: Transaction): Promise<void> {
  await query(db, sql`select 1 from users where id = ${userId} for no key update`, transaction);
}

/** How many letters somebody has sent to themselves to try them, since a moment. */
export async function testsSince(db: Database, userId: number, since: Date, transaction: Transaction): Promise<number> {
  const statement = sql`select count(*)::integer as n from messages
    where receiver_user = ${userId} and created_at > ${since} and (data->'test') is not null`;
  return (await query<{ n: number }>(db, statement, transaction))[0]?.n ?? 0;
}

/** A try of it failed at `now`; the next one is later. */
export async function retryAt(
  db: Database,
  id: number,
  { next, reason, now }: { next: Date; reason: string; now: Date },
): Promise<void> {
  const statement = sql`update messages set next_attempt_at = ${next}, last_error = ${reason}, claimed_until = null,
      failing_since = coalesce(failing_since, ${now})
    where id = ${id} and state = 'pending'`;
  await query(db, statement);
}

/** Nowhere to send letters: all that are due are kept to be read. Returns how many. */
export async function keepDueLetters(db: Database, now: Date): Promise<number> {
  const statement = sql`update messages set state = 'kept', next_attempt_at = null, claimed_until = null
    where state = 'pending' and way = 'email' and next_attempt_at <= ${now} returning id`;
  return (await query(db, statement)).length;
}

/** The demo's way of sending: all that are due are put into its own mailbox. Returns how many. */
export async function putInOwnMailbox(db: Database, way: ApplicantWay, now: Date): Promise<number> {
  const statement = sql`update messages set state = 'sent', sent_at = ${now}, next_attempt_at = null, claimed_until = null, message_id = null,
      delivered_at = case when way = 'sms' then ${now}::timestamptz end
    where state = 'pending' and way = ${way} and next_attempt_at <= ${now} returning id`;
  return (await query(db, statement)).length;
}

/** How many letters are due at `now`. */
export async function countDue(db: Database, way: ApplicantWay, now: Date): Promise<number> {
  const statement = sql`select count(*)::integer as n from messages
    where state = 'pending' and way = ${way} and next_attempt_at <= ${now}`;
  return (await query<{ n: number }>(db, statement))[0]?.n ?? 0;
}

/** Messages outside of an outcome of a case (digests, seals; `caseId`: the next way of one that failed), all or none; `kept` ones never leave. One that is there already stays as it is. Returns how many are new. */
export async function insertMessages(
  db: Database,
  a: {
    programme: string;
    intents: readonly MessageIntent[];
    now: Date;
    state?: NewMessageState;
    caseId?: number | null;
  },
  transaction?: Transaction,
): Promise<number> {
  if (a.intents.length === 0) return 0;
  const rows = a.intents.map(({ key, template, language, data, receiver, gather, way }) => ({
    key,
    way: way ?? "email",
    template,
    language,
    data,
    receiver_user: receiver.kind === "user" ? receiver.userId : null,
    receiver_case: receiver.kind === "applicant" ? receiver.caseId : null,
    gather_at: gather?.at ?? null,
    receiver_seat: gather?.seat ?? null,
  }));
  const state = a.state ?? "pending";
  const statement = sql`insert into messages (key, case_id, programme, template, receiver_user, receiver_case, language, data, created_at,
      state, next_attempt_at, wording_id, gather_at, receiver_seat, way, sent_at, delivered_at)
    select r.key, ${a.caseId ?? null}::bigint, r.programme, r.template, r.receiver_user, r.receiver_case, r.language, r.data, ${a.now},
      case when r.gather_at is null then ${state} else 'gathering' end,
      case when ${state} = 'pending' then ${a.now}::timestamptz end,
      ${pinnedWording}, r.gather_at, r.receiver_seat, r.way,
      case when r.gather_at is null and ${state} = 'sent' then ${a.now}::timestamptz end,
      case when r.gather_at is null and ${state} = 'sent' and r.way = 'sms' then ${a.now}::timestamptz end
    from (select ${a.programme}::text as programme, one.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as one(key text, template text, receiver_user integer, receiver_case bigint, language text, data jsonb,
        gather_at timestamptz, receiver_seat integer, way text)) r
    on conflict (key) do nothing returning id`;
  return (await query(db, statement, transaction)).length;
}

/** What a list of messages shows, with the case that one is about as `c`. */
export const listedMessages = sql`select m.id, m.key, m.programme, m.template, m.language, m.data, m.state, m.created_at as "createdAt",
  m.wording_id as "wordingId", m.wording_fault as "wordingFault", w.name as "wordingName", w.version as "wordingVersion",
  m.sent_at as "sentAt", ${inOwnMailbox} as "ownMailbox", m.attempts, m.way, m.delivered_at as "deliveredAt", m.segments,
  case when m.state = 'gathering' then m.gather_at else m.next_attempt_at end as "nextAttemptAt", m.last_error as "lastError",
  m.lapsed_at as "lapsedAt", u.name as "receiverName", c.reference, case when p.case_id is not null then ${applicantReach} end as reach
from messages m left join users u on u.id = m.receiver_user
  left join applicants p on p.case_id = m.receiver_case
  left join cases c on c.id = coalesce(m.case_id, m.receiver_case)
  left join configuration_versions w on w.id = m.wording_id`;

/**
 * To be sent again, under the Message-ID that it has: nobody received it. That it failed stays until it leaves: figures count it so until then, case
 * by case and in their sums, which learn of it when it is sent.
 * False when it is no longer failed, kept or held back. */
export async function requeueMessage(db: Database, tx: Transaction, id: number, now: Date): Promise<boolean> {
  const statement = sql`update messages
    set state = 'pending', next_attempt_at = ${now}, attempts = 0, claimed_until = null, last_error = null, failing_since = null,
      limits_waived = limits_waived or (way = 'sms' and (state = 'held' or held_at is not null))
    where id = ${id} and state in ('failed','kept','held') returning id`;
  return (await query(db, statement, tx)).length > 0;
}

/**
 * A letter of its own with the contents of one that was sent, the `time`-th: two who ask for the same time make one. So is a text message
 * that the gateway took and could not deliver: under the old name it would take it for the same once more.
 * Null when it is there already.
 */
export async function copyMessage(
  db: Database,
  tx: Transaction,
  a: { id: number; time: number; now: Date },
): Promise<number | null> {
  const statement = sql`insert into messages (key, case_id, programme, template, receiver_user, receiver_case, language, data, created_at,
      state, next_attempt_at, wording_id, way)
    select m.key || '/again/' || ${a.time}::integer, m.case_id, m.programme, m.template, m.receiver_user, m.receiver_case, m.language,
      m.data, ${a.now}, 'pending', ${a.now}, m.wording_id, m.way
    from messages m where m.id = ${a.id} and (m.state = 'sent' or (m.state = 'failed' and m.way = 'sms' and m.sent_at is not null))
    on conflict (key) do nothing returning id`;
  return (await query<{ id: number }>(db, statement, tx))[0]?.id ?? null;
}

/** How often it was sent again on purpose. */
export async function copiesOfMessage(db: Database, key: string): Promise<number> {
  const statement = sql`select count(*)::integer as n from messages m
    join generate_series(1, 1000) t on m.key = ${key} || '/again/' || t`;
  return (await query<{ n: number }>(db, statement))[0]?.n ?? 0;
}

/** How the receipt of an application stands, and by which way it goes; null where none is owed. Of two ways, the one that was tried last. */
export async function receiptOf(
  db: Database,
  reference: string,
): Promise<{ readonly state: MessageState; readonly way: ApplicantWay } | null> {
  const statement = sql`select m.state, m.way from messages m join cases c on c.id = m.receiver_case
    where c.reference = ${reference} and m.case_id = c.id and m.template in ('applicant-received', 'sms-received')
    order by m.id desc limit 1`;
  return (await query<{ state: MessageState; way: ApplicantWay }>(db, statement))[0] ?? null;
}
