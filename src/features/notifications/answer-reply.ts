/**
 * What becomes of a free answer to one of our text messages: no one reads it and nothing of it is stored. Who sent it hears where to write,
 * once a day a number and only where a message of ours got lately, so that two machines never write to each other.
 */

import { createHash } from "node:crypto";
import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { civilDate } from "../../engine/calendar/civil-days.js";
import type { Setup } from "../../engine/setup/setup.js";
import type { Language } from "../../engine/text/text.js";
import { type Database, query } from "../../platform/db/query.js";
import { insertMessages, type NewMessageState } from "../../platform/mail/message-store.js";
import { applicantReach } from "../../platform/sms/applicant-reach.js";
import { isFirstCallback } from "../../platform/sms/sms-store.js";

/** Null: they get no answer. Else what writes it, once a day. */
export type AnswerReply = (a: { number: string; now: Date }) => Promise<((tx: Transaction) => Promise<void>) | null>;

const dayMs = 86_400_000;
/** For so long after a message an answer is one to it. */
const latelyMs = 30 * dayMs;
/** Later it would be an answer to nothing. */
const stillWorthMs = dayMs;

interface LastText {
  readonly caseId: number;
  readonly programme: string;
  readonly language: Language;
  readonly reference: string | null;
  readonly type: string | null;
}

/** The last message to a number that still gets some. */
async function lastTextTo(db: Database, a: { number: string; since: Date }): Promise<LastText | null> {
  const statement = sql`select m.receiver_case::integer as "caseId", m.programme, m.language, m.data->>'reference' as reference,
      m.data->>'type' as type
    from applicants p join messages m on m.receiver_case = p.case_id and m.way = 'sms'
    where p.phone = ${a.number} and m.sent_at > ${a.since} and m.template <> 'sms-reply'
      and (${applicantReach}->>'sms')::boolean and p.contact_by is distinct from 'none'
    order by m.sent_at desc, m.id desc limit 1`;
  return (await query<LastText>(db, statement))[0] ?? null;
}

export function createReplyAnswers(d: {
  db: Database;
  setupOf: (programme: string) => Promise<Setup>;
  messages: NewMessageState;
}): AnswerReply {
  return async ({ number, now }) => {
    const last = await lastTextTo(d.db, { number, since: new Date(now.getTime() - latelyMs) });
    if (last === null) return null;
    const { settings, timeZone } = (await d.setupOf(last.programme)).programme;
    if (settings.smsReplies === false) return null;
    const day = civilDate(now, timeZone);
    const { caseId, programme, language, reference, type } = last;
    const expiresAt = new Date(now.getTime() + stillWorthMs).toISOString();
    return async (tx) => {
      const once = createHash("sha256").update(`answered ${day} ${number}`).digest();
      if (!(await isFirstCallback(d.db, tx, once, now))) return;
      const intent = {
        template: "sms-reply",
        receiver: { kind: "applicant", caseId },
        language,
        data: { reference, type, expiresAt },
        key: `case/${caseId}/reply/${day}`,
        way: "sms",
      } as const;
      await insertMessages(d.db, { programme, intents: [intent], now, state: d.messages }, tx);
    };
  };
}
