/** Links by which applicants open their own case. The token that opens one is in no table: a hash of it is, by which it is found. */
import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { linkHash } from "../../../engine/applicant/applicant-keys.js";
import type { ApplicantWay } from "../../../engine/letters/applicant-ways.js";
import { type LinkPurpose, mayDo } from "../../../engine/letters/link-in-message.js";
import { heardKinds } from "../../../engine/setup/channel-kinds.js";
import type { Language } from "../../../engine/text/text.js";
import { type Database, query } from "../../../platform/db/query.js";
import { inOwnMailbox } from "../../../platform/mail/message-store.js";
import { isNumberWrong } from "../../../platform/sms/applicant-reach.js";

/** By whom or what a link ended before its time; `address`: it is another's now, or takes no messages. */
export type RevokedBy = "office" | "applicant" | "address";

/** A link as it is when somebody comes by it. */
export interface FoundLink {
  readonly id: number;
  readonly caseId: number;
  readonly reference: string;
  /** Language of the application. */
  readonly language: Language;
  readonly confidential: boolean;
  readonly purpose: LinkPurpose;
  readonly way: ApplicantWay;
  /** Template of the message that held it. */
  readonly template: string;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  /** Effects that acts by it had. */
  readonly used: readonly string[];
  /** Its address or number is as an agent heard it. */
  readonly onlyHeard: boolean;
}

/** Of a case `c`: its address and number are as an agent heard them, who typed the application for a caller. */
const onlyHeard = sql`exists (select 1 from applications a join channels h on h.programme = a.programme and h.code = a.channel
    where a.id = c.id and h.kind = any(${[...heardKinds]}::text[]))`;

/** The link of a token, whether or not it works any more; null: there is none, or there was one long ago. */
export async function linkByToken(db: Database, token: string, transaction?: Transaction): Promise<FoundLink | null> {
  const statement = sql`select l.id, l.case_id as "caseId", c.reference, a.language, c.confidential, l.purpose, l.way, m.template,
      l.expires_at as "expiresAt", l.revoked_at as "revokedAt", l.used, ${onlyHeard} as "onlyHeard"
    from case_links l join cases c on c.id = l.case_id join applications a on a.id = l.case_id
      join messages m on m.id = l.message_id
    where l.token_hash = ${linkHash(token)}`;
  return (await query<FoundLink>(db, statement, transaction))[0] ?? null;
}

/** Whether it does now what it is for. */
export const works = (link: FoundLink, now: Date): boolean =>
  link.revokedAt === null && link.expiresAt > now && mayDo(link.purpose, link);

/** What decides which link a message may hold. */
export interface LinkFacts {
  readonly caseId: number;
  readonly programme: string;
  readonly confidential: boolean;
  readonly proven: boolean;
  readonly onlyHeard: boolean;
  /** What the message held already; null: none. */
  readonly held: LinkPurpose | null;
  /** It has left. */
  readonly sent: boolean;
}

type ContactFacts = Pick<LinkFacts, "programme" | "confidential" | "proven" | "onlyHeard">;

/** Of messages to applicants, by number; other messages are left out. */
export async function linkFacts(
  db: Database,
  a: { messageIds: readonly number[]; way: ApplicantWay },
): Promise<ReadonlyMap<number, LinkFacts>> {
  const proven = a.way === "email" ? sql`p.email_proven_at` : sql`p.phone_proven_at`;
  const statement = sql`select m.id, m.receiver_case as "caseId", m.programme, c.confidential, ${proven} is not null as proven,
      ${onlyHeard} as "onlyHeard",
      (select l.purpose from case_links l where l.message_id = m.id order by l.id desc limit 1) as held,
      m.state = 'sent' and not ${inOwnMailbox} as sent
    from messages m join cases c on c.id = m.receiver_case left join applicants p on p.case_id = m.receiver_case
    where m.id = any(${[...a.messageIds]}::bigint[])`;
  const rows = await query<LinkFacts & { id: number }>(db, statement);
  return new Map(rows.map(({ id, ...facts }) => [id, facts]));
}

/** What decides about links in messages to the applicant of a case; null: nobody knows who they are. */
export async function contactFacts(
  db: Database,
  a: { caseId: number; way: ApplicantWay },
  transaction?: Transaction,
): Promise<ContactFacts | null> {
  const proven = a.way === "email" ? sql`p.email_proven_at` : sql`p.phone_proven_at`;
  const statement = sql`select c.programme, c.confidential, ${proven} is not null as proven, ${onlyHeard} as "onlyHeard"
    from cases c join applicants p on p.case_id = c.id where c.id = ${a.caseId}`;
  return (await query<ContactFacts>(db, statement, transaction))[0] ?? null;
}

/** Which of these tokens a message was given already, and whether it works on; null: none of them. */
export async function tokenGiven(
  db: Database,
  a: { messageId: number; tokens: readonly string[] },
): Promise<{ readonly token: string; readonly revoked: boolean } | null> {
  const hashes = a.tokens.map(linkHash);
  const statement = sql`select token_hash as hash, revoked_at is not null as revoked from case_links
    where message_id = ${a.messageId} and token_hash = any(${hashes}::bytea[]) order by id desc limit 1`;
  const [row] = await query<{ hash: Buffer; revoked: boolean }>(db, statement);
  const token = row && a.tokens[hashes.findIndex((hash) => hash.equals(row.hash))];
  return row === undefined || token === undefined ? null : { token, revoked: row.revoked };
}

/**
 * A new link, or a later end of the one that the message was given when it was tried before. False where the address stopped being the
 * applicant's since that was read: ending the links of a case writes the same row, so that one waits for the other, and no link
 * that works is left behind.
 */
export async function putLink(
  db: Database,
  a: {
    token: string;
    caseId: number;
    messageId: number;
    purpose: LinkPurpose;
    way: ApplicantWay;
    now: Date;
    expiresAt: Date;
  },
): Promise<boolean> {
  const proven = a.way === "email" ? sql`p.email_proven_at` : sql`p.phone_proven_at`;
  const isWrong = a.way === "email" ? sql`false` : isNumberWrong;
  const statement = sql`insert into case_links as l (case_id, message_id, purpose, way, token_hash, made_at, expires_at)
    select case_id, ${a.messageId}, ${a.purpose}, ${a.way}, ${linkHash(a.token)}::bytea, ${a.now}::timestamptz, ${a.expiresAt}::timestamptz
    from (select p.case_id from applicants p where p.case_id = ${a.caseId} and (${a.purpose !== "open"}::boolean or ${proven} is not null)
        and not ${isWrong} for share) still
    on conflict (token_hash) do update set expires_at = greatest(l.expires_at, excluded.expires_at)
    returning l.id`;
  return (await query(db, statement)).length === 1;
}

/** Notes what an act by it did; false where it did any of that before. The row is held to the end of the transaction. */
export async function useLink(
  db: Database,
  tx: Transaction,
  a: { id: number; effects: readonly string[] },
): Promise<boolean> {
  const effects = [...a.effects];
  const statement = sql`update case_links set used = used || ${effects}::text[]
    where id = ${a.id} and not used && ${effects}::text[] returning id`;
  return (await query(db, statement, tx)).length === 1;
}

/** Ends the links of a case, of one way or all; how many that opened it. */
export async function revokeLinks(
  db: Database,
  a: { caseId: number; by: RevokedBy; way?: ApplicantWay; now: Date },
  transaction?: Transaction,
): Promise<number> {
  const way = a.way ?? null;
  const statement = sql`with gone as (
      update case_links set revoked_at = ${a.now}, revoked_by = ${a.by}
      where case_id = ${a.caseId} and revoked_at is null and expires_at > ${a.now} and (${way}::text is null or way = ${way})
      returning purpose)
    select count(*) filter (where purpose = 'open')::integer as n from gone`;
  return (await query<{ n: number }>(db, statement, transaction))[0]?.n ?? 0;
}

/** Removes links that ended before `before`: until then people who come by one read that its time is over. */
export async function forgetOldLinks(db: Database, before: Date): Promise<{ readonly caseLinks: number }> {
  const statement = sql`with gone as (delete from case_links where expires_at < ${before} returning id)
    select count(*)::integer as n from gone`;
  return { caseLinks: (await query<{ n: number }>(db, statement))[0]?.n ?? 0 };
}
