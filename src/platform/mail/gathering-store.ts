/** Letters that wait to be put together, in the outbox: found, told, let go. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { LetterAnew, WaitingLetter } from "../../engine/letters/gather-letters.js";
import { type Database, query } from "../db/query.js";
import type { NewMessageState } from "./message-store.js";

/** Somebody for whom letters wait whose moment has come. */
export interface GatheringReceiver {
  readonly programme: string;
  readonly userId: number;
}

/** @param a.after the last one of the page before; null: the first page */
export function receiversToGather(
  db: Database,
  a: { now: Date; after: GatheringReceiver | null; limit: number },
): Promise<GatheringReceiver[]> {
  const { programme, userId } = a.after ?? { programme: "", userId: 0 };
  const statement = sql`select distinct programme, receiver_user as "userId" from messages
    where state = 'gathering' and gather_at <= ${a.now} and (programme, receiver_user) > (${programme}, ${userId})
    order by 1, 2 limit ${a.limit}`;
  return query<GatheringReceiver>(db, statement);
}

/** What waits for them, the oldest first. */
export function lettersToGather(
  db: Database,
  a: GatheringReceiver & { now: Date; limit: number },
): Promise<(WaitingLetter & { readonly gatherAt: Date })[]> {
  const statement = sql`select id, key, template, data, receiver_user as "userId", language, receiver_seat as seat,
      case_id as "caseId", created_at as "createdAt", gather_at as "gatherAt"
    from messages where state = 'gathering' and gather_at <= ${a.now}
      and programme = ${a.programme} and receiver_user = ${a.userId} order by id limit ${a.limit}`;
  return query<WaitingLetter & { readonly gatherAt: Date }>(db, statement);
}

/** False: another instance is at one of them or has told it. They are locked to the end of the transaction. */
export async function lockGathering(db: Database, tx: Transaction, ids: readonly number[]): Promise<boolean> {
  const statement = sql`select id from messages where id = any(${[...ids]}::bigint[]) and state = 'gathering'
    order by id for update skip locked`;
  return (await query(db, statement, tx)).length === ids.length;
}

/** They leave by themselves. */
export async function sendAlone(
  db: Database,
  tx: Transaction,
  a: { ids: readonly number[]; now: Date; state: NewMessageState },
): Promise<void> {
  if (a.ids.length === 0) return;
  const next = a.state === "pending" ? a.now : null;
  const sent = a.state === "sent" ? a.now : null;
  const statement = sql`update messages set state = ${a.state}, next_attempt_at = ${next}, sent_at = ${sent} where id = any(${[...a.ids]}::bigint[])`;
  await query(db, statement, tx);
}

/** The letter of that key says them. */
export async function markGathered(
  db: Database,
  tx: Transaction,
  a: { ids: readonly number[]; into: string },
): Promise<void> {
  const statement = sql`update messages m set state = 'gathered', next_attempt_at = null, gathered_into = g.id
    from messages g where g.key = ${a.into} and m.id = any(${[...a.ids]}::bigint[])`;
  await query(db, statement, tx);
}

/** @param a.lapsed each with the reason as it is stored */
export async function markLapsed(
  db: Database,
  tx: Transaction,
  { lapsed, now }: { lapsed: readonly { readonly id: number; readonly reason: string }[]; now: Date },
): Promise<void> {
  if (lapsed.length === 0) return;
  const statement = sql`update messages m set state = 'lapsed', lapsed_at = ${now}, next_attempt_at = null, last_error = r.reason
    from jsonb_to_recordset(${JSON.stringify(lapsed)}::jsonb) as r(id bigint, reason text) where m.id = r.id`;
  await query(db, statement, tx);
}

/** They cannot be put together, alone or with others. */
export async function markUngathered(
  db: Database,
  tx: Transaction,
  a: { ids: readonly number[]; reason: string; now: Date },
): Promise<void> {
  if (a.ids.length === 0) return;
  const statement = sql`update messages set state = ${"failed"}, failed_at = ${a.now}, next_attempt_at = null,
    last_error = ${`cannot be rendered: ${a.reason}`} where id = any(${[...a.ids]}::bigint[])`;
  await query(db, statement, tx);
}

/** The same event to somebody else; nothing where they are written to about it already. */
export async function writeAnew(db: Database, tx: Transaction, anew: readonly LetterAnew[]): Promise<void> {
  if (anew.length === 0) return;
  const rows = anew.map(({ userId, at, ...more }) => ({ ...more, user_id: userId, at }));
  const statement = sql`insert into messages (key, case_id, programme, template, receiver_user, language, data, created_at, state,
      next_attempt_at, wording_id, gather_at, receiver_seat)
    select r.key, m.case_id, m.programme, m.template, r.user_id, r.language, r.data, m.created_at, 'gathering',
      m.created_at, m.wording_id, r.at, r.seat
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id bigint, key text, user_id integer, language text, seat integer, data jsonb, at timestamptz)
    join messages m on m.id = r.id
    where not exists (select 1 from messages o where o.case_id = m.case_id and o.receiver_user = r.user_id
      and starts_with(o.key, substring(m.key from '^case/\\d+/\\d+/')) and o.template = m.template)
    on conflict (key) do nothing`;
  await query(db, statement, tx);
}
