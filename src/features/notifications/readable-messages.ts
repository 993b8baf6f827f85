/** Messages that an official may read. */
import type { CaseReach } from "../../engine/access/permissions.js";
import type { MessageTemplate } from "../../engine/letters/message-kinds.js";
import { type Database, query } from "../../platform/db/query.js";
import { type ListedMessage, listedMessages, type MessageState } from "../../platform/mail/message-store.js";
import { caseScope } from "../people/case-scope.js";

/** What somebody may read: messages about cases in reach, and those about no case of these programmes. */
export interface MessageReach {
  readonly cases: CaseReach;
  readonly programmes: readonly string[];
}

/**
 * The condition for who reads. Null is whoever works at the machine itself: all but what is about a confidential case.
 */
export function readableMessages(
  reach: MessageReach | null,
  position: number,
): { key: string; sql: string; values: unknown[] } {
  if (reach === null) return { key: "open", sql: "(c.id is null or not c.confidential)", values: [] };
  const scope = caseScope(reach.cases, position);
  const sql = `case when c.id is null then m.programme = any($${position + 1}::text[]) else ${scope.sql} end`;
  return { key: "in-reach", sql, values: [scope.value, reach.programmes] };
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
  const { key, sql, values } = readableMessages(a.reach, 5);
  const text = `${listedMessages}
where ($1::text is null or m.programme = $1) and ($2::text is null or m.state = $2) and ($3::text is null or m.template = $3)
  and ${sql}
order by m.id desc limit $4`;
  const filter = [a.programme ?? null, a.state ?? null, a.template ?? null, a.limit];
  return query<ListedMessage>(db, { name: `list-messages-${key}`, text }, [...filter, ...values]);
}

/** Null when there is none of that number, or it is not theirs to read. */
export async function readMessage(
  db: Database,
  a: { id: number; reach: MessageReach | null },
): Promise<ListedMessage | null> {
  const { key, sql, values } = readableMessages(a.reach, 2);
  const statement = { name: `read-message-${key}`, text: `${listedMessages} where m.id = $1 and ${sql}` };
  return (await query<ListedMessage>(db, statement, [a.id, ...values]))[0] ?? null;
}
