/**
 * Messages about a case: those to officials, each with the letter that told it together with others, by one statement a page; and
 * what the applicant was written, by which way, and how it fared. Without any address.
 */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import {
  describeLetters,
  type EntryLetter,
  type FoundLetter,
  keysElsewhere,
} from "../../../engine/explain/describe-letters.js";
import type { ApplicantWay } from "../../../engine/letters/applicant-ways.js";
import { messageName } from "../../../engine/letters/message-kinds.js";
import {
  failureWords,
  keptWords,
  type messageStateNames,
  ownMailboxWords,
} from "../../../engine/letters/message-states.js";
import type { CaseEvent } from "../../../engine/lifecycle/case-event.js";
import type { ToldMessage } from "../../../engine/lifecycle/views/case-view.js";
import type { Setup } from "../../../engine/setup/setup.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { type Database, query } from "../../../platform/db/query.js";
import { inOwnMailbox } from "../../../platform/mail/message-store.js";

/** Older ones are in the list of messages. */
const mostTold = 20;

interface Row {
  readonly id: number;
  readonly template: string;
  readonly way: ApplicantWay;
  readonly state: keyof typeof messageStateNames;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly lastError: string | null;
  readonly ownMailbox: boolean;
}

function whyNot({ state, way, lastError, ownMailbox }: Row): Bilingual | null {
  if (ownMailbox) return ownMailboxWords;
  if (state === "kept") return keptWords[way];
  return state === "failed" || state === "held" || state === "lapsed" ? failureWords(lastError) : null;
}

/** The newest first. */
export async function toldMessages(db: Database, caseId: number): Promise<readonly ToldMessage[]> {
  const statement = sql`select id, template, way, state, created_at as "createdAt", sent_at as "sentAt", delivered_at as "deliveredAt",
      last_error as "lastError", ${inOwnMailbox} as "ownMailbox"
    from messages m where receiver_case = ${caseId} order by id desc limit ${mostTold}`;
  return (await query<Row>(db, statement)).map((row) => ({
    id: row.id,
    what: messageName(row.template),
    way: row.way,
    state: row.deliveredAt === null ? row.state : "delivered",
    at: row.deliveredAt ?? row.sentAt ?? row.createdAt,
    why: whyNot(row),
  }));
}

/** Whether the last letter to the applicant of this case could not be delivered; false while none was written. */
export async function lastLetterFailed(db: Database, caseId: number, transaction?: Transaction): Promise<boolean> {
  const statement = sql`select state = 'failed' as failed from messages
    where case_id = ${caseId} and receiver_case = ${caseId} order by id desc limit 1`;
  const [row] = await query<{ failed: boolean }>(db, statement, transaction);
  return row?.failed ?? false;
}

/** The newest so many; a case with more was escalated for months. */
const most = 1000;

/** Found by the case, and by the keys of letters that tell of several cases. Without any address. */
function lettersOfCase(db: Database, a: { caseId: number; keys: readonly string[] }): Promise<FoundLetter[]> {
  const statement = sql`select m.key, m.template, m.receiver_user as to, u.name, m.receiver_seat as seat, m.state, m.sent_at as "sentAt",
      m.next_attempt_at as "nextAttemptAt", m.last_error as "lastError", m.gather_at as "gatherAt",
      case when g.id is not null then jsonb_build_object('state', g.state, 'sentAt', g.sent_at, 'nextAttemptAt', g.next_attempt_at,
        'lastError', g.last_error) end as within
    from (select id from messages where case_id = ${a.caseId} and receiver_user is not null
      union select id from messages where key = any(${a.keys}::text[]) order by id desc limit ${most}) l
      join messages m on m.id = l.id join users u on u.id = m.receiver_user left join messages g on g.id = m.gathered_into
    order by m.id`;
  type Within = {
    state: FoundLetter["state"];
    sentAt: string | null;
    nextAttemptAt: string | null;
    lastError: string | null;
  };
  const moment = (text: string | null): Date | null => (text === null ? null : new Date(text));
  return query<Omit<FoundLetter, "within"> & { within: Within | null }>(db, statement).then((rows) =>
    rows.map((row) => ({
      ...row,
      within: row.within && {
        ...row.within,
        sentAt: moment(row.within.sentAt),
        nextAttemptAt: moment(row.within.nextAttemptAt),
      },
    })),
  );
}

/** What became of the letters to officials of these events of a case, by number of the event. */
export async function lettersOfEvents(
  db: Database,
  a: { readonly caseId: number; readonly events: readonly CaseEvent[]; readonly setup: Setup },
): Promise<ReadonlyMap<number, readonly EntryLetter[]>> {
  const found = await lettersOfCase(db, { caseId: a.caseId, keys: keysElsewhere(a.events) });
  return describeLetters(a.events, { found, setup: a.setup });
}
