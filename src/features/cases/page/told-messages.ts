/** What the applicant of a case was written, by which way, and how it fared: without any address. */
import sql from "sql-template-tag";
import type { ApplicantWay } from "../../../engine/letters/applicant-ways.js";
import { messageName } from "../../../engine/letters/message-kinds.js";
import {
  failureWords,
  keptWords,
  type messageStateNames,
  ownMailboxWords,
} from "../../../engine/letters/message-states.js";
import type { ToldMessage } from "../../../engine/lifecycle/views/case-view.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { type Database, query } from "../../../platform/db/query.js";
import { inOwnMailbox } from "../../../platform/mail/message-store.js";

/** Older ones are in the list of messages. */
const most = 20;

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
    from messages m where receiver_case = ${caseId} order by id desc limit ${most}`;
  return (await query<Row>(db, statement)).map((row) => ({
    id: row.id,
    what: messageName(row.template),
    way: row.way,
    state: row.deliveredAt === null ? row.state : "delivered",
    at: row.deliveredAt ?? row.sentAt ?? row.createdAt,
    why: whyNot(row),
  }));
}
