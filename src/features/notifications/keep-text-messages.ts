/** Without a gateway text messages are kept to be read; who left an email address as well, and wants messages, is written the same by email. */
import sql from "sql-template-tag";
import { byWay, keyByOther } from "../../engine/letters/applicant-ways.js";
import { type ApplicantLetter, applicantLetterOf } from "../../engine/letters/message-kinds.js";
import type { Language } from "../../engine/text/text.js";
import { type Database, query } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import { insertMessages } from "../../platform/mail/message-store.js";
import type { MayGetReceipt } from "./may-get-receipt.js";

interface Due {
  readonly id: number;
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

const due = (now: Date) => sql`select m.id::integer, m.programme, m.key, m.template, m.language, m.data,
    m.receiver_case as "caseId", m.case_id as "aboutCase",
    coalesce(p.email is not null and p.contact_by is distinct from ${"none"}, false) as "byEmail"
  from messages m left join applicants p on p.case_id = m.receiver_case
  where m.state = ${"pending"} and m.way = ${"sms"} and m.next_attempt_at <= ${now}
  order by m.next_attempt_at, m.id limit ${batch}`;

const keep = (ids: readonly number[]) => sql`update messages
  set state = ${"kept"}, next_attempt_at = null, claimed_until = null
  where id in (select id from messages where id = any(${[...ids]}::bigint[]) and state = ${"pending"} for update skip locked)
  returning id::integer`;

/** How many were kept. Each batch is one transaction with the letters in their place. */
export async function keepTextMessages(db: Database, now: Date, mayGetReceipt: MayGetReceipt): Promise<number> {
  for (let all = 0; ; ) {
    const rows = await query<Due>(db, due(now));
    // Before the transaction: it holds its connection, and counts an address once, however often it is done again.
    const letters = new Map<number, ApplicantLetter>();
    for (const { id, template, caseId, programme, byEmail } of rows) {
      const letter = byEmail ? applicantLetterOf(template) : null;
      if (letter === null) continue;
      const isReceipt = letter === "applicant-received";
      if (!isReceipt || (await mayGetReceipt({ caseId: Number(caseId), programme, now }))) letters.set(id, letter);
    }
    const kept = await inTransaction(db, async (tx) => {
      const asked = keep(rows.map(({ id }) => id));
      const ids = new Set((await query<{ id: number }>(db, asked, tx)).map(({ id }) => id));
      for (const { id, programme, key, language, data, caseId, aboutCase } of rows) {
        const letter = letters.get(id);
        if (letter === undefined || !ids.has(id)) continue;
        const intent = {
          ...byWay("email", letter, keyByOther(key).key),
          receiver: { kind: "applicant" as const, caseId: Number(caseId) },
          language,
          data,
        };
        await insertMessages(db, { programme, intents: [intent], now, caseId: aboutCase }, tx);
      }
      return ids.size;
    });
    all += kept;
    if (rows.length < batch || kept === 0) return all;
  }
}
