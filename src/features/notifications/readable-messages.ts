/** Messages that an official may read. */
import sql, { type Sql } from "sql-template-tag";
import type { CaseReach } from "../../engine/access/permissions.js";
import type { MessageTemplate } from "../../engine/letters/message-kinds.js";
import { type Database, query } from "../../platform/db/query.js";
import { type ListedMessage, listedMessages, type MessageState } from "../../platform/mail/message-store.js";
import { casesWithin } from "../people/case-scope.js";

/** What somebody may read: messages about cases in reach, and those about no case of these programmes. */
export interface MessageReach {
  readonly cases: CaseReach;
  readonly programmes: readonly string[];
  /** Whose own digests these are besides; null: nobody's. */
  readonly reader: number | null;
}

/** A gathered letter names its cases, and so does a digest that tells what waited: one that tells of a confidential case is for its receiver alone. So are figures that count confidential cases. */
const tellsOfNone = sql`(m.template <> 'figure-alert' or m.data->'confidential' = 'false') and (m.template not in ('official-gathered', 'digest-focal-point') or not exists (select 1 from messages part
  join cases told on told.id = part.case_id where part.gathered_into = m.id and told.confidential))`;

/**
 * The condition for who reads. Null is whoever works at the machine itself: all but what is about a confidential case.
 */
export function readableMessages(reach: MessageReach | null): Sql {
  if (reach === null) return sql`(c.id is null or not c.confidential) and ${tellsOfNone}`;
  const inReach = sql`case when c.id is null then m.programme = any(${reach.programmes}::text[]) else ${casesWithin(reach.cases)} end and ${tellsOfNone}`;
  // The receiver of a digest reads it again, whatever it says.
  return reach.reader === null
    ? inReach
    : sql`(${inReach} or (m.receiver_user = ${reach.reader} and m.key like 'digest/%'))`;
}

/** Newest first. */
export function listMessages(
  db: Database,
  a: {
    reach: MessageReach | null;
    programme?: string | null;
    state?: MessageState | null;
    template?: MessageTemplate | null;
    limit: number;
  },
): Promise<ListedMessage[]> {
  const asked = (value: string | null | undefined): Sql => sql`${value ?? null}::text`;
  const [programme, state, template] = [asked(a.programme), asked(a.state), asked(a.template)];
  const statement = sql`${listedMessages}
    where (${programme} is null or m.programme = ${programme}) and (${state} is null or m.state = ${state})
      and (${template} is null or m.template = ${template}) and ${readableMessages(a.reach)}
    order by m.id desc limit ${a.limit}`;
  return query<ListedMessage>(db, statement);
}

/** Null when there is none of that number, or it is not theirs to read. */
export async function readMessage(
  db: Database,
  a: { id: number; reach: MessageReach | null },
): Promise<ListedMessage | null> {
  const statement = sql`${listedMessages} where m.id = ${a.id} and ${readableMessages(a.reach)}`;
  return (await query<ListedMessage>(db, statement))[0] ?? null;
}
