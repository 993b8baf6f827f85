/** Pages of messages, inside what the asker may read, and how many there are. */

import type { MessageTemplate } from "../../engine/letters/message-kinds.js";
import { type Database, query, type Statement } from "../../platform/db/query.js";
import { type ListedMessage, listedMessages, type MessageState } from "../../platform/mail/message-store.js";
import type { MessageReach } from "./readable-messages.js";
import { readableMessages } from "./readable-messages.js";

export interface MessageFilter {
  readonly programmes?: readonly string[];
  readonly states?: readonly MessageState[];
  readonly templates?: readonly MessageTemplate[];
  /** Part of the name of an official. */
  readonly receiver?: string;
  /** Of the case that it is about. */
  readonly reference?: string;
}

/** Counting ends here: nobody pages through more, and a count of millions would take longer than the list. */
const mostCounted = 10_000;

const contains = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

const conditions: readonly {
  readonly name: keyof MessageFilter;
  readonly sql: (parameter: string) => string;
  readonly value: (filter: MessageFilter) => unknown;
}[] = [
  { name: "programmes", sql: (p) => `m.programme = any(${p}::text[])`, value: (f) => f.programmes },
  { name: "states", sql: (p) => `m.state = any(${p}::text[])`, value: (f) => f.states },
  { name: "templates", sql: (p) => `m.template = any(${p}::text[])`, value: (f) => f.templates },
  {
    name: "receiver",
    sql: (p) => `m.receiver_user = any(array(select id from users where name ilike ${p}))`,
    value: (f) => contains(f.receiver ?? ""),
  },
  {
    name: "reference",
    sql: (p) => `m.case_id = (select id from cases where reference = ${p})`,
    value: (f) => f.reference,
  },
];

/** Only what is asked for stands in the statement, so that its index can be used. */
function where(reach: MessageReach | null, filter: MessageFilter): { name: string; sql: string; values: unknown[] } {
  const asked = conditions.filter(({ name }) => filter[name] !== undefined);
  const scope = readableMessages(reach, asked.length + 1);
  return {
    name: [scope.key, ...asked.map(({ name }) => name)].join("-"),
    sql: [...asked.map(({ sql }, i) => sql(`$${i + 1}`)), scope.sql].join(" and "),
    values: [...asked.map(({ value }) => value(filter)), ...scope.values],
  };
}

/** Newest first. */
export function pageOfMessages(
  db: Database,
  a: { reach: MessageReach | null; filter: MessageFilter; offset: number; limit: number },
): Promise<ListedMessage[]> {
  const { name, sql, values } = where(a.reach, a.filter);
  const n = values.length;
  const statement: Statement = {
    name: `messages-page-${name}`,
    text: `${listedMessages}\nwhere ${sql}\norder by m.id desc offset $${n + 1} limit $${n + 2}`,
  };
  return query<ListedMessage>(db, statement, [...values, a.offset, a.limit]);
}

/** `more`: there are more than `total`. */
export async function countMessages(
  db: Database,
  a: { reach: MessageReach | null; filter: MessageFilter },
): Promise<{ total: number; more: boolean }> {
  const { name, sql, values } = where(a.reach, a.filter);
  const statement: Statement = {
    name: `messages-count-${name}`,
    text: `select count(*)::integer as n from (select 1 from messages m
left join cases c on c.id = coalesce(m.case_id, m.receiver_case) where ${sql} limit ${mostCounted + 1}) x`,
  };
  const [row] = await query<{ n: number }>(db, statement, values);
  const n = row?.n ?? 0;
  return { total: Math.min(n, mostCounted), more: n > mostCounted };
}
