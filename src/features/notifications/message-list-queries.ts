/** Pages of messages, inside what the asker may read, and how many there are. */

import sql, { join, type Sql } from "sql-template-tag";
import type { MessageTemplate } from "../../engine/letters/message-kinds.js";
import { codesOf } from "../../engine/registry.js";
import { type Database, query, queryUnprepared } from "../../platform/db/query.js";
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
const maxCounted = 10_000;

const contains = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** Only what is asked for stands in the statement, so that its index can be used. */
const conditions: {
  readonly [Name in keyof MessageFilter]-?: (asked: NonNullable<MessageFilter[Name]>) => Sql;
} = {
  programmes: (programmes) => sql`m.programme = any(${programmes}::text[])`,
  states: (states) => sql`m.state = any(${states}::text[])`,
  templates: (templates) => sql`m.template = any(${templates}::text[])`,
  receiver: (name) => sql`m.receiver_user = any(array(select id from users where name ilike ${contains(name)}))`,
  reference: (reference) => sql`m.case_id = (select id from cases where reference = ${reference})`,
};

interface Asked {
  readonly reach: MessageReach | null;
  readonly filter: MessageFilter;
}

/** What is asked for and may be read. */
function where({ reach, filter }: Asked): Sql {
  const asked = codesOf(conditions).flatMap((name) => {
    const [condition, value] = [conditions[name] as (asked: unknown) => Sql, filter[name]];
    return value === undefined ? [] : [condition(value)];
  });
  return join([...asked, readableMessages(reach)], " and ");
}

/** What nobody narrows is asked most. */
const asking = (filter: MessageFilter) =>
  Object.values(filter).some((value) => value !== undefined) ? queryUnprepared : query;

/** Newest first. */
export function pageOfMessages(db: Database, a: Asked & { offset: number; limit: number }): Promise<ListedMessage[]> {
  const statement = sql`${listedMessages}
    where ${where(a)}
    order by m.id desc offset ${a.offset} limit ${a.limit}`;
  return asking(a.filter)<ListedMessage>(db, statement);
}

/** `more`: there are more than `total`. */
export async function countMessages(db: Database, a: Asked): Promise<{ total: number; more: boolean }> {
  const statement = sql`select count(*)::integer as n from (select 1 from messages m
      left join cases c on c.id = coalesce(m.case_id, m.receiver_case) where ${where(a)} limit ${maxCounted + 1}) x`;
  const n = (await asking(a.filter)<{ n: number }>(db, statement))[0]?.n ?? 0;
  return { total: Math.min(n, maxCounted), more: n > maxCounted };
}
