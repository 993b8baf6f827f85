/** Whether an applicant can be reached, asked in SQL of a row `p` of applicants: what `engine/letters/applicant-ways.ts` decides with. */
import sql, { type Sql } from "sql-template-tag";
import type { ApplicantWay } from "../../engine/letters/applicant-ways.js";
import { askedTemplates, codeTemplates } from "../../engine/letters/message-kinds.js";

/** A call found that the number is another's, and nothing has shown since that it is theirs. */
const wrongOf = (row: Sql): Sql => sql`coalesce(${row}.number_wrong_at is not null
    and (${row}.phone_proven_at is null or ${row}.phone_proven_at < ${row}.number_wrong_at), false)`;
export const isNumberWrong = wrongOf(sql`p`);

/** The same of a case by its number, whatever the statement around it calls its rows. */
export const hasWrongNumber = (caseId: Sql): Sql =>
  sql`exists (select 1 from applicants number_of where number_of.case_id = ${caseId} and ${wrongOf(sql`number_of`)})`;

const optedOut = sql`exists (select 1 from sms_opt_outs o where o.number = p.phone)`;

/** The number may be sent the six digits that its applicant asks for: also one that was another's, since they show whose it is now. */
export const takesDigits = sql`(p.phone is not null and p.sms_consent_at is not null and not ${optedOut})`;

/** By each way, whatever they want to hear. */
export const takes = {
  email: sql`(p.email is not null and p.email_stopped_at is null)`,
  sms: sql`(${takesDigits} and not ${isNumberWrong})`,
} as const satisfies Readonly<Record<ApplicantWay, Sql>>;

/** They get messages by that way: they want some, and it takes them. */
export const hearsBy = (way: ApplicantWay): Sql => sql`(${takes[way]} and p.contact_by is distinct from ${"none"})`;

/** An agent may call their number about what the office owes them: there is one, it is theirs, and they want to hear. */
export const mayBeCalled = sql`(p.phone is not null and p.contact_by is distinct from ${"none"} and not ${isNumberWrong})`;

/**
 * Where a message of this template goes; null: nowhere. What an applicant asked for goes to them whatever else they ended, but to a number
 * that is another's the digits alone.
 */
export const addressBy = (way: ApplicantWay, template: Sql): Sql => {
  const isOf = (templates: readonly string[]) => sql`${template} = any(${[...templates]}::text[])`;
  if (way === "email") return sql`case when ${hearsBy(way)} or ${isOf(askedTemplates)} then p.email end`;
  return sql`case when ${hearsBy(way)} or (${isOf(askedTemplates)} and ${takes.sms}) or (${isOf(codeTemplates)} and ${takesDigits}) then p.phone end`;
};

/** As JSON, what `ApplicantReach` is: no address, only whether there is one. */
export const applicantReach = sql`json_build_object('email', ${takes.email}, 'emailStopped', p.email_stopped_at is not null,
    'contactBy', p.contact_by, 'phone', p.phone is not null, 'stopped', p.sms_consent_at is not null and ${optedOut},
    'wrongNumber', ${isNumberWrong}, 'sms', ${takes.sms})`;
