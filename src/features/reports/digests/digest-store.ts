/** Which digests went out when, and what somebody's last one said. */

import sql from "sql-template-tag";
import { type Database, query } from "../../../platform/db/query.js";
import type { MessageState } from "../../../platform/mail/message-store.js";

/** One moment of a digest that was dealt with. */
export interface DigestRun {
  readonly dueAt: Date;
  readonly ranAt: Date;
  /** Letters that were new. */
  readonly queued: number;
  /** Overdue cases then, by entity; an empty code stands for those without one. Null: of a digest that counts none. */
  readonly overdue: Readonly<Record<string, number>> | null;
}

const columns = sql`due_at as "dueAt", ran_at as "ranAt", queued, overdue`;

/** The last runs of a digest, the newest first. */
export function lastRuns(
  db: Database,
  a: { programme: string; digest: string; before: Date; limit: number },
): Promise<DigestRun[]> {
  return query<DigestRun>(
    db,
    sql`select ${columns} from digest_runs where programme = ${a.programme} and digest = ${a.digest} and due_at < ${a.before}
      order by due_at desc limit ${a.limit}`,
  );
}

/** The newest run of each digest of a programme. */
export async function newestRuns(db: Database, programme: string): Promise<ReadonlyMap<string, DigestRun>> {
  const rows = await query<DigestRun & { digest: string }>(
    db,
    sql`select distinct on (digest) digest, ${columns} from digest_runs where programme = ${programme} order by digest, due_at desc`,
  );
  return new Map(rows.map(({ digest, ...run }) => [digest, run]));
}

/** That a moment was dealt with; a second time it is known already. */
export async function addRun(db: Database, a: DigestRun & { programme: string; digest: string }): Promise<void> {
  await query(
    db,
    sql`insert into digest_runs (programme, digest, due_at, ran_at, queued, overdue)
      values (${a.programme}, ${a.digest}, ${a.dueAt}, ${a.ranAt}, ${a.queued}, ${a.overdue === null ? null : JSON.stringify(a.overdue)}::jsonb)
      on conflict do nothing returning digest`,
  );
}

/** A letter's data as it was stored. */
export interface StoredDigest {
  readonly receiver: number;
  readonly data: Readonly<Record<string, unknown>>;
}

// As in the index messages_digests.
const ofDigest = (programme: string, digest: string) =>
  sql`m.programme = ${programme} and split_part(m.key, '/', 2) = ${digest} and m.key like 'digest/%'`;

/**
 * Each receiver's last letter of a digest that was written before a moment.
 * @param except the key of the period that is written now
 */
export function lastLetters(
  db: Database,
  a: { programme: string; digest: string; before: Date; except: string },
): Promise<StoredDigest[]> {
  return query<StoredDigest>(
    db,
    sql`select distinct on (m.receiver_user) m.receiver_user as receiver, m.data from messages m
      where ${ofDigest(a.programme, a.digest)} and m.created_at < ${a.before} and m.receiver_user is not null
        and not starts_with(m.key, ${a.except})
      order by m.receiver_user, m.id desc`,
  );
}

/** A digest that somebody got, for a list. */
export interface DigestSent {
  readonly id: number;
  readonly digest: string;
  readonly receiver: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly state: MessageState;
  /** The days that it tells of, civil, `to` exclusive; null: of a list of that day's work. */
  readonly of: { readonly from: string; readonly to: string } | null;
}

/** Letters of digests, the newest first. @param of a digest of the programme, a receiver, or both; not neither */
export function digestsSent(
  db: Database,
  a: { programme: string; digest: string | null; receiver: number | null; limit: number },
): Promise<DigestSent[]> {
  const ofReceiver = a.receiver === null ? sql`true` : sql`m.receiver_user = ${a.receiver}`;
  const which =
    a.digest === null ? sql`m.programme = ${a.programme} and m.key like 'digest/%'` : ofDigest(a.programme, a.digest);
  return query<DigestSent>(
    db,
    sql`select m.id, split_part(m.key, '/', 2) as digest, u.name as receiver, m.created_at as "createdAt", m.sent_at as "sentAt", m.state,
        case when m.data ? 'from' then jsonb_build_object('from', m.data->>'from', 'to', m.data->>'to') end as "of"
      from messages m left join users u on u.id = m.receiver_user
      where ${which} and ${ofReceiver} order by m.id desc limit ${a.limit}`,
  );
}
