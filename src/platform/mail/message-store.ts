/**
 * The outbox. A message is claimed before it is sent and marked afterwards; a claim that nobody finishes runs out.
 *
 * A message may thus go out twice when its sender is killed between the two, but always under the Message-ID that its
 * first claim wrote, so that mail programs show it once.
 */
import type { Transaction } from "sequelize";
import type { MessageIntent } from "../../engine/letters/message-intent.js";
import { type MessageTemplate, urgentTemplates } from "../../engine/letters/message-kinds.js";
import type { Language } from "../../engine/text/text.js";
import { type Database, query, type Statement } from "../db/query.js";
import { pinnedWording } from "./pinned-wording.js";

/** pending: to be sent; kept: there is nowhere to send it, it can be read; held: only somebody's act sends it; sent and failed are final. */
export const messageStates = ["pending", "sent", "kept", "failed", "held"] as const;
export type MessageState = (typeof messageStates)[number];

/** What a new message starts as: `pending` where it can be sent, here or by others; else `kept`. */
export type NewMessageState = Extract<MessageState, "pending" | "kept">;

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
  /** Looked up now; null when the receiver has none. Never logged. */
  readonly address: string | null;
  /** Account of an official that was disabled. */
  readonly disabled: boolean;
  readonly receiverUser: number | null;
}

export interface ListedMessage extends StoredMessage {
  readonly state: MessageState;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly attempts: number;
  readonly nextAttemptAt: Date | null;
  readonly lastError: string | null;
  /** Name of the official, or null for the applicant of a case. */
  readonly receiverName: string | null;
  readonly reference: string | null;
  /** The version that it is written in, where it is the programme's own. */
  readonly wordingName: string | null;
  readonly wordingVersion: number | null;
  /** Why those words could not be used when it left. */
  readonly wordingFault: string | null;
}

const isDue = "state = 'pending' and next_attempt_at <= $1 and (claimed_until is null or claimed_until <= $1)";

/**
 * $1 now, $2 how many, $3 claimed until, $4 host, $5 urgent kinds, $6 how many of those. They go first, each for the first
 * time before any that failed; the other places are of the other kinds, the oldest first, so that neither keeps the other away.
 */
const claim: Statement = {
  name: "claim-messages",
  text: `with urgent as (
  select id from messages where ${isDue} and template = any($5::text[])
  order by attempts > 0, next_attempt_at, id limit $6 for update skip locked),
due as (
  select id from messages where ${isDue} and template <> all($5::text[])
  order by next_attempt_at, id limit $2 - (select count(*) from urgent) for update skip locked),
chosen as (select id from urgent union all select id from due),
claimed as (
  update messages m set claimed_until = $3, attempts = m.attempts + 1,
    message_id = coalesce(m.message_id, '<' || left(encode(sha256(convert_to(m.key, 'UTF8')), 'hex'), 40) || '@' || $4 || '>')
  from chosen where m.id = chosen.id
  returning m.id, m.key, m.programme, m.template, m.language, m.data, m.message_id, m.attempts, m.receiver_user, m.receiver_case, m.wording_id)
select c.id, c.key, c.programme, c.template, c.language, c.data, c.wording_id as "wordingId", c.message_id as "messageId", c.attempts,
  c.receiver_user as "receiverUser", coalesce(u.email, p.email) as address, u.disabled_at is not null as disabled
from claimed c left join users u on u.id = c.receiver_user left join applicants p on p.case_id = c.receiver_case
order by c.template = any($5::text[]) desc, c.id`,
};

/** Of ten places so many are for what is urgent. */
const urgentOfTen = 7;

/**
 * Up to `limit` messages that are due at `now`, claimed until `claimedUntil`; other instances leave them alone until then.
 * What is urgent comes before a backlog of everything else.
 * @param host domain of the Message-ID, only for messages that have none yet
 */
export function claimMessages(
  db: Database,
  a: { now: Date; limit: number; claimedUntil: Date; host: string },
): Promise<ClaimedMessage[]> {
  const urgent = Math.ceil((a.limit * urgentOfTen) / 10);
  return query<ClaimedMessage>(db, claim, [a.now, a.limit, a.claimedUntil, a.host, urgentTemplates, urgent]);
}

const mark: Statement = {
  name: "mark-message",
  text: `update messages set state = $2, sent_at = $3, next_attempt_at = $4, last_error = $5, claimed_until = null
where id = $1 and state = 'pending'`,
};

export async function markSent(db: Database, id: number, at: Date): Promise<void> {
  await query(db, mark, [id, "sent", at, null, null]);
}

const noteFault: Statement = {
  name: "note-wording-fault",
  text: "update messages set wording_fault = $2 where id = $1",
};

/** It left in the words that ship, because those of the programme could not be used. */
export async function noteWordingFault(db: Database, id: number, fault: string): Promise<void> {
  await query(db, noteFault, [id, fault]);
}

const tests: Statement = {
  name: "tests-of-letters",
  text: `select count(*)::integer as n from messages where receiver_user = $1 and created_at > $2 and (data->'test') is not null`,
};

const lockOne: Statement = { name: "lock-tests", text: "select 1 from users where id = $1 for no key update" };

/** One test of somebody's at a time, so that they are counted. */
export async function lockTests(db: Database, userId: number, transaction: Transaction): Promise<void> {
  await query(db, lockOne, [userId], transaction);
}

/** How many letters somebody has sent to themselves to try them, since a moment. */
export async function testsSince(db: Database, userId: number, since: Date, transaction: Transaction): Promise<number> {
  return (await query<{ n: number }>(db, tests, [userId, since], transaction))[0]?.n ?? 0;
}

/** For good: it is shown to the operation room with its reason. */
export async function markFailed(db: Database, id: number, reason: string): Promise<void> {
  await query(db, mark, [id, "failed", null, null, reason]);
}

export async function retryAt(db: Database, id: number, next: Date, reason: string): Promise<void> {
  await query(db, mark, [id, "pending", null, next, reason]);
}

const keep: Statement = {
  name: "keep-messages",
  text: `update messages set state = 'kept', next_attempt_at = null, claimed_until = null
where state = 'pending' and next_attempt_at <= $1 returning id`,
};

/** Nowhere to send: all that is due is kept to be read. Returns how many. */
export async function keepMessages(db: Database, now: Date): Promise<number> {
  return (await query(db, keep, [now])).length;
}

const due: Statement = {
  name: "count-due-messages",
  text: "select count(*)::integer as n from messages where state = 'pending' and next_attempt_at <= $1",
};

/** How many letters are due at `now`. */
export async function countDue(db: Database, now: Date): Promise<number> {
  return (await query<{ n: number }>(db, due, [now]))[0]?.n ?? 0;
}

const insert: Statement = {
  name: "insert-messages",
  text: `insert into messages (key, programme, template, receiver_user, receiver_case, language, data, created_at, state, next_attempt_at, wording_id)
select r.key, r.programme, r.template, r.receiver_user, r.receiver_case, r.language, r.data, $3, $4, case when $4 = 'pending' then $3::timestamptz end,
  ${pinnedWording}
from (select $2::text as programme, one.* from jsonb_to_recordset($1::jsonb)
  as one(key text, template text, receiver_user integer, receiver_case bigint, language text, data jsonb)) r
on conflict (key) do nothing returning id`,
};

/** Messages that belong to no case (digests, seals), all or none; `kept` ones never leave. One that is there already stays as it is. Returns how many are new. */
export async function insertMessages(
  db: Database,
  a: { programme: string; intents: readonly MessageIntent[]; now: Date; state?: NewMessageState },
  transaction?: Transaction,
): Promise<number> {
  if (a.intents.length === 0) return 0;
  const rows = a.intents.map(({ key, template, language, data, receiver }) => ({
    key,
    template,
    language,
    data,
    receiver_user: receiver.kind === "user" ? receiver.userId : null,
    receiver_case: receiver.kind === "applicant" ? receiver.caseId : null,
  }));
  return (await query(db, insert, [JSON.stringify(rows), a.programme, a.now, a.state ?? "pending"], transaction))
    .length;
}

/** What a list of messages shows, with the case that one is about as `c`. */
export const listedMessages = `select m.id, m.key, m.programme, m.template, m.language, m.data, m.state, m.created_at as "createdAt",
  m.wording_id as "wordingId", m.wording_fault as "wordingFault", w.name as "wordingName", w.version as "wordingVersion",
  m.sent_at as "sentAt", m.attempts, m.next_attempt_at as "nextAttemptAt", m.last_error as "lastError",
  u.name as "receiverName", c.reference
from messages m left join users u on u.id = m.receiver_user left join cases c on c.id = coalesce(m.case_id, m.receiver_case)
  left join configuration_versions w on w.id = m.wording_id`;

const requeue: Statement = {
  name: "requeue-message",
  text: `update messages set state = 'pending', next_attempt_at = $2, attempts = 0, claimed_until = null, last_error = null
where id = $1 and state in ('failed','kept','held') returning id`,
};

/** Owed again, under the Message-ID that it has: nobody received it. False when it is no longer failed, kept or held back. */
export async function requeueMessage(db: Database, tx: Transaction, id: number, now: Date): Promise<boolean> {
  return (await query(db, requeue, [id, now], tx)).length > 0;
}

const sendAgain: Statement = {
  name: "send-message-again",
  text: `insert into messages (key, case_id, programme, template, receiver_user, receiver_case, language, data, created_at, state, next_attempt_at, wording_id)
select m.key || '/again/' || $2::integer, m.case_id, m.programme, m.template, m.receiver_user, m.receiver_case, m.language, m.data, $3, 'pending', $3, m.wording_id
from messages m where m.id = $1 and m.state = 'sent'
on conflict (key) do nothing returning id`,
};

/**
 * A letter of its own with the contents of one that was sent, the `time`-th: two who ask for the same time make one.
 * Null when it is there already.
 */
export async function copyMessage(
  db: Database,
  tx: Transaction,
  a: { id: number; time: number; now: Date },
): Promise<number | null> {
  return (await query<{ id: number }>(db, sendAgain, [a.id, a.time, a.now], tx))[0]?.id ?? null;
}

const copies: Statement = {
  name: "copies-of-message",
  text: `select count(*)::integer as n from messages m join generate_series(1, 1000) t on m.key = $1 || '/again/' || t`,
};

/** How often it was sent again on purpose. */
export async function copiesOfMessage(db: Database, key: string): Promise<number> {
  return (await query<{ n: number }>(db, copies, [key]))[0]?.n ?? 0;
}

const receipt: Statement = {
  name: "receipt-of-case",
  text: `select m.state from messages m join cases c on c.id = m.receiver_case
where c.reference = $1 and m.case_id = c.id and m.template = 'applicant-received' order by m.id limit 1`,
};

/** How the receipt of an application stands; null where none is owed. */
export async function receiptOf(db: Database, reference: string): Promise<MessageState | null> {
  return (await query<{ state: MessageState }>(db, receipt, [reference]))[0]?.state ?? null;
}
