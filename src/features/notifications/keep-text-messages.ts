/** Without a gateway text messages are kept to be read; who left an email address as well, and wants messages, is written the same by email. */
import sql from "sql-template-tag";
import { byWay, keyByOther } from "../../engine/letters/applicant-ways.js";
import { applicantLetterOf } from "../../engine/letters/message-kinds.js";
import type { Language } from "../../engine/text/text.js";
import { type Database, query } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import { insertMessages } from "../../platform/mail/message-store.js";
import type { MayGetReceipt } from "./may-get-receipt.js";

interface Kept {
  readonly programme: string;
  readonly key: string;
  readonly template: string;
  readonly language: Language;
  readonly data: Readonly<Record<string, unknown>>;
  readonly caseId: number;
  readonly aboutCase: number | null;
  readonly byEmail: boolean;
}

/** At once so many: each is one more message at most. */
const batch = 500;

const keep = (now: Date) => sql`with due as (
      select id from messages where state = 'pending' and way = 'sms' and next_attempt_at <= ${now}
      order by next_attempt_at, id limit ${batch} for update skip locked),
    kept as (
      update messages m set state = 'kept', next_attempt_at = null, claimed_until = null from due where m.id = due.id
      returning m.programme, m.key, m.template, m.language, m.data, m.receiver_case, m.case_id)
  select k.programme, k.key, k.template, k.language, k.data, k.receiver_case as "caseId", k.case_id as "aboutCase",
    coalesce(p.email is not null and p.contact_by is distinct from 'none', false) as "byEmail"
  from kept k left join applicants p on p.case_id = k.receiver_case`;

/** How many were kept. Each batch is one transaction with the letters in their place. */
export async function keepTextMessages(db: Database, now: Date, mayGetReceipt: MayGetReceipt): Promise<number> {
  for (let all = 0; ; ) {
    const kept = await inTransaction(db, async (tx) => {
      const rows = await query<Kept>(db, keep(now), tx);
      for (const { programme, key, template, language, data, caseId, aboutCase, byEmail } of rows) {
        const letter = applicantLetterOf(template);
        if (letter === null || !byEmail) continue;
        const isReceipt = letter === "applicant-received";
        if (isReceipt && !(await mayGetReceipt({ caseId: Number(caseId), programme, now }))) continue;
        const intent = {
          ...byWay("email", letter, keyByOther(key).key),
          receiver: { kind: "applicant" as const, caseId: Number(caseId) },
          language,
          data,
        };
        await insertMessages(db, { programme, intents: [intent], now, caseId: aboutCase }, tx);
      }
      return rows.length;
    });
    all += kept;
    if (kept < batch) return all;
  }
}
