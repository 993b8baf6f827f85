/**
 * Without a gateway text messages are kept to be read, and letters without a mail server. What was for an applicant goes by the other way
 * as well, where they hear by it.
 */
import sql from "sql-template-tag";
import type { ApplicantWay } from "../../engine/letters/applicant-ways.js";
import { messageInstead, type UnsentMessage } from "../../engine/letters/message-instead.js";
import { type Database, query } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import { insertMessages } from "../../platform/mail/message-store.js";
import { applicantReach } from "../../platform/sms/applicant-reach.js";
import type { MayGetReceipt } from "./may-get-receipt.js";

interface Due extends UnsentMessage {
  readonly id: number;
}

/** How many are handled in one turn; each makes at most one more message. */
const batch = 500;

const due = (
  way: ApplicantWay,
  now: Date,
) => sql`select m.id::integer, m.programme, m.key, m.template, m.language, m.data,
    m.receiver_case::integer as "caseId", m.case_id as "aboutCase",
    case when p.case_id is not null then ${applicantReach} end as reach
  from messages m left join applicants p on p.case_id = m.receiver_case
  where m.state = ${"pending"} and m.way = ${way} and m.next_attempt_at <= ${now}
  order by m.next_attempt_at, m.id limit ${batch}`;

const keep = (ids: readonly number[]) => sql`update messages
  set state = ${"kept"}, next_attempt_at = null, claimed_until = null
  where id in (select id from messages where id = any(${[...ids]}::bigint[]) and state = ${"pending"} for update skip locked)
  returning id::integer`;

/** Of messages by a way that this installation has no server for, how many were kept. Each batch is one transaction with those in their place. */
export async function keepMessages(
  db: Database,
  { way, now, mayGetReceipt }: { way: ApplicantWay; now: Date; mayGetReceipt: MayGetReceipt },
): Promise<number> {
  for (let all = 0; ; ) {
    const rows = await query<Due>(db, due(way, now));
    // Before the transaction: it holds its connection, and counts an address once, however often it is done again.
    const others = new Map<number, NonNullable<ReturnType<typeof messageInstead>>>();
    for (const row of rows) {
      const other = messageInstead(row);
      if (other === null) continue;
      const { caseId } = other.receiver;
      const isReceipt = other.template === "applicant-received";
      if (!isReceipt || (await mayGetReceipt({ caseId, programme: row.programme, now }))) others.set(row.id, other);
    }
    const kept = await inTransaction(db, async (tx) => {
      const asked = keep(rows.map(({ id }) => id));
      const ids = new Set((await query<{ id: number }>(db, asked, tx)).map(({ id }) => id));
      for (const { id, programme, aboutCase } of rows) {
        const other = others.get(id);
        if (other === undefined || !ids.has(id)) continue;
        await insertMessages(db, { programme, intents: [other], now, caseId: aboutCase }, tx);
      }
      return ids.size;
    });
    all += kept;
    if (rows.length < batch || kept === 0) return all;
  }
}
