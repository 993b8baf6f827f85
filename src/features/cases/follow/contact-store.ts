/** What shows that an address or a number is an applicant's: since when, and the codes that were sent to it. */
import type { Transaction } from "sequelize";
import sql, { empty, type Sql } from "sql-template-tag";
import type { SentCode } from "../../../engine/applicant/applicant-keys.js";
import type { ApplicantWay } from "../../../engine/letters/applicant-ways.js";
import type { ApplicantContact } from "../../../engine/lifecycle/views/applicant-contact.js";
import { maskPersonal } from "../../../engine/text/mask-personal.js";
import { type Database, query } from "../../../platform/db/query.js";
import { takes, takesDigits } from "../../../platform/sms/applicant-reach.js";

const columnOf = { email: sql`email_proven_at`, sms: sql`phone_proven_at` } as const;

interface ContactRow {
  readonly email: string | null;
  readonly phone: string | null;
  readonly emailProvenAt: Date | null;
  readonly phoneProvenAt: Date | null;
  /** The number may be sent text messages. */
  readonly takesSms: boolean;
}

/** The ways to reach an applicant that were left, and how many links open the case at `now`. */
export interface ContactStanding {
  readonly contacts: readonly ApplicantContact[];
  readonly openLinks: number;
}

/** @param a.offersTexts false: no digits can be sent to a number */
export async function contactStanding(
  db: Database,
  a: { caseId: number; now: Date; offersTexts: boolean },
): Promise<ContactStanding> {
  const statement = sql`select email, phone, email_proven_at as "emailProvenAt", phone_proven_at as "phoneProvenAt",
      ${takesDigits} as "takesSms",
      (select count(*)::integer from case_links l where l.case_id = p.case_id and l.purpose = 'open' and l.revoked_at is null
        and l.expires_at > ${a.now}) as "openLinks"
    from applicants p where case_id = ${a.caseId}`;
  const [row] = await query<ContactRow & { openLinks: number }>(db, statement);
  if (row === undefined) return { contacts: [], openLinks: 0 };
  const { email, phone } = maskPersonal({ name: null, nationalNumber: null, ...row });
  const contacts: readonly ApplicantContact[] = [
    ...(email === null ? [] : [{ way: "email", masked: email, provenAt: row.emailProvenAt, canProve: true } as const]),
    ...(phone === null
      ? []
      : [
          {
            way: "sms",
            masked: phone,
            provenAt: row.phoneProvenAt,
            canProve: row.takesSms && a.offersTexts,
          } as const,
        ]),
  ];
  return { contacts, openLinks: row.openLinks };
}

/** Where what an applicant asks for is sent; null: nothing was left, it takes nothing, or the number is another's. Never logged. */
export const contactAddress = (db: Database, caseId: number, way: ApplicantWay, transaction?: Transaction) =>
  addressOf(
    db,
    { caseId, left: way === "email" ? sql`p.email` : sql`case when ${takes.sms} then p.phone end` },
    transaction,
  );

/** Where the digits go that show whose it is: also to a number that was another's. */
export const digitsAddress = (db: Database, caseId: number, way: ApplicantWay, transaction?: Transaction) =>
  addressOf(
    db,
    { caseId, left: way === "email" ? sql`p.email` : sql`case when ${takesDigits} then p.phone end` },
    transaction,
  );

async function addressOf(
  db: Database,
  { caseId, left }: { caseId: number; left: Sql },
  transaction?: Transaction,
): Promise<string | null> {
  const statement = sql`select ${left} as address from applicants p where p.case_id = ${caseId}`;
  return (await query<{ address: string | null }>(db, statement, transaction))[0]?.address ?? null;
}

/** From now on it is theirs; false where it was before, or nothing was left. */
export async function setProven(
  db: Database,
  tx: Transaction,
  a: { caseId: number; way: ApplicantWay; now: Date },
): Promise<boolean> {
  const column = columnOf[a.way];
  const left = a.way === "email" ? sql`email` : sql`phone`;
  // What was another's is theirs from now on.
  const right = a.way === "email" ? empty : sql`, number_wrong_at = null`;
  const wasWrong = a.way === "email" ? empty : sql`or number_wrong_at is not null`;
  const statement = sql`update applicants set ${column} = ${a.now} ${right}
    where case_id = ${a.caseId} and (${column} is null ${wasWrong}) and ${left} is not null returning case_id`;
  return (await query(db, statement, tx)).length === 1;
}

/** It took no message, or its links were ended: whose it is has to be shown anew. False where nobody had shown it. */
export async function setUnproven(
  db: Database,
  tx: Transaction,
  a: { caseId: number; way: ApplicantWay },
): Promise<boolean> {
  const column = columnOf[a.way];
  const statement = sql`update applicants set ${column} = null where case_id = ${a.caseId} and ${column} is not null
    returning case_id`;
  return (await query(db, statement, tx)).length === 1;
}

/** A call found that it is another's: whose it is has to be shown anew, and by nothing that was sent to it before. */
export async function setNumberWrong(
  db: Database,
  tx: Transaction,
  { caseId, now }: { caseId: number; now: Date },
): Promise<void> {
  const wrong = sql`update applicants set number_wrong_at = ${now}, phone_proven_at = null where case_id = ${caseId}`;
  await query(db, wrong, tx);
  const digits = sql`update contact_proofs set expires_at = ${now}
    where case_id = ${caseId} and way = ${"sms"} and proven_at is null and expires_at > ${now}`;
  await query(db, digits, tx);
}

export async function insertProof(
  db: Database,
  tx: Transaction,
  a: { caseId: number; way: ApplicantWay; nonce: Buffer; key: string; now: Date; expiresAt: Date },
): Promise<number> {
  const statement = sql`insert into contact_proofs (case_id, way, nonce, key, made_at, expires_at)
    values (${a.caseId}, ${a.way}, ${a.nonce}, ${a.key}, ${a.now}, ${a.expiresAt}) returning id`;
  const [row] = await query<{ id: number }>(db, statement, tx);
  if (row === undefined) throw new Error("a code was not written");
  return row.id;
}

export interface OpenProof extends SentCode {
  /** With the one that is being counted. */
  readonly tries: number;
}

/** Counts a try of the newest code that was sent and works at `now`; null: there is none. Counted before it is looked at. */
export async function countProofTry(
  db: Database,
  a: { caseId: number; way: ApplicantWay; now: Date },
): Promise<OpenProof | null> {
  const statement = sql`update contact_proofs set tries = tries + 1
    where id = (select id from contact_proofs where case_id = ${a.caseId} and way = ${a.way} order by made_at desc, id desc limit 1)
      and proven_at is null and expires_at > ${a.now}
    returning id, nonce, key, tries`;
  return (await query<OpenProof>(db, statement))[0] ?? null;
}

/** A code by its number, for the message that says it. */
export async function sentCode(db: Database, id: number): Promise<SentCode | null> {
  return (await query<SentCode>(db, sql`select id, nonce, key from contact_proofs where id = ${id}`))[0] ?? null;
}

export async function markProofUsed(db: Database, tx: Transaction, a: { id: number; now: Date }): Promise<boolean> {
  const statement = sql`update contact_proofs set proven_at = ${a.now} where id = ${a.id} and proven_at is null and expires_at > ${a.now} returning id`;
  return (await query(db, statement, tx)).length === 1;
}

/** What was shown of the first of two matters, that its letters were ended, and that its number is another's, holds for the second: it is the same applicant, and the same code opens both. */
export async function copyProven(db: Database, tx: Transaction, a: { from: number; to: number }): Promise<void> {
  const statement = sql`update applicants n set email_proven_at = p.email_proven_at, phone_proven_at = p.phone_proven_at,
      email_stopped_at = p.email_stopped_at, number_wrong_at = p.number_wrong_at
    from applicants p where p.case_id = ${a.from} and n.case_id = ${a.to}
      and p.email is not distinct from n.email and p.phone is not distinct from n.phone
      and (p.email_proven_at is not null or p.phone_proven_at is not null or p.email_stopped_at is not null
        or p.number_wrong_at is not null)`;
  await query(db, statement, tx);
}

/** Removes codes whose time ended before `before`. */
export async function forgetOldProofs(db: Database, before: Date): Promise<{ readonly contactProofs: number }> {
  const statement = sql`with gone as (delete from contact_proofs where expires_at < ${before} returning id)
    select count(*)::integer as n from gone`;
  return { contactProofs: (await query<{ n: number }>(db, statement))[0]?.n ?? 0 };
}
