/** Messages to look at: what was sent, is owed, was kept or failed, and how each one reads. */

import sql, { join, type Sql } from "sql-template-tag";
import { type Actor, can, caseReach } from "../../engine/access/permissions.js";
import type { ApplicantWay } from "../../engine/letters/applicant-ways.js";
import type { MessageTemplate } from "../../engine/letters/message-kinds.js";
import {
  notedReasons,
  notWritten,
  type UnsentReason,
  type UnsentRow,
  unsentReasons,
} from "../../engine/letters/message-states.js";
import { codesOf } from "../../engine/registry.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { type Database, query, queryUnprepared } from "../../platform/db/query.js";
import {
  copiesOfMessage,
  type ListedMessage,
  listedMessages,
  type MessageState,
} from "../../platform/mail/message-store.js";
import type { MessageLinks, PlannedLink } from "../cases/follow/message-links.js";
import { listMessages, type MessageReach, readableMessages, readMessage } from "./readable-messages.js";
import { maskedToken, type RenderedMessage, type Renderer } from "./render.js";
import { type Enclosed, type NamingSetup, nothingEnclosed } from "./view-context.js";
import type { WordingOf } from "./wording-of.js";

// Pages of messages, inside what the asker may read, and how many there are.

interface MessageFilter {
  readonly programmes?: readonly string[];
  readonly states?: readonly MessageState[];
  readonly templates?: readonly MessageTemplate[];
  readonly ways?: readonly ApplicantWay[];
  /** Why they did not leave. */
  readonly unsent?: readonly UnsentReason[];
  readonly written?: { readonly from: Date | null; readonly to: Date | null };
  /** When they lapsed. */
  readonly lapsed?: { readonly from: Date | null; readonly to: Date | null };
  /** Part of the name of an official. */
  readonly receiver?: string;
  /** Reference of the case that it is about. */
  readonly reference?: string;
}

/** Counting ends here: nobody pages through more, and a count of millions would take longer than the list. */
const maxCounted = 10_000;

const contains = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** The reason that `unsentReasonOf` finds for a message `m`. One that failed without a word has another cause. */
const unsentReason = (): Sql => {
  // PostgreSQL writes the edge of a word another way.
  const inSql = ({ source }: RegExp): string => source.replaceAll("\\b", "\\y");
  const cases = notedReasons.map(({ found, reason }) => sql`when m.last_error ~ ${inSql(found)} then ${reason}::text`);
  return sql`case ${join(cases, " ")} when m.last_error is not null or m.state = 'failed' then 'other' end`;
};

/** Whether a message `m` was not sent for one of these. What is noted by one text alone is looked for by that text, which an index has. */
function wasUnsentFor(reasons: readonly UnsentReason[]): Sql {
  const rows: readonly UnsentRow[] = reasons.map((reason) => unsentReasons[reason]);
  const stored = rows.flatMap((row) => row.stored ?? []);
  if (stored.length === rows.length) return sql`m.last_error = any(${stored}::text[])`;
  return sql`${unsentReason()} = any(${reasons}::text[])`;
}

/** Only what is asked for stands in the statement, so that its index can be used. */
const conditions: {
  readonly [Name in keyof MessageFilter]-?: (asked: NonNullable<MessageFilter[Name]>) => Sql;
} = {
  programmes: (programmes) => sql`m.programme = any(${programmes}::text[])`,
  states: (states) => sql`m.state = any(${states}::text[])`,
  templates: (templates) => sql`m.template = any(${templates}::text[])`,
  unsent: (reasons) => wasUnsentFor(reasons),
  ways: (ways) => sql`m.way = any(${ways}::text[])`,
  written: ({ from, to }) => sql`m.created_at >= coalesce(${from}::timestamptz, m.created_at)
    and m.created_at <= coalesce(${to}::timestamptz, m.created_at)`,
  lapsed: ({ from, to }) => sql`m.lapsed_at is not null and m.lapsed_at >= coalesce(${from}::timestamptz, m.lapsed_at)
    and m.lapsed_at <= coalesce(${to}::timestamptz, m.lapsed_at)`,
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
function pageOfMessages(db: Database, a: Asked & { offset: number; limit: number }): Promise<ListedMessage[]> {
  const statement = sql`${listedMessages}
    where ${where(a)}
    order by m.id desc offset ${a.offset} limit ${a.limit}`;
  return asking(a.filter)<ListedMessage>(db, statement);
}

/** `more`: there are more than `total`. */
async function countMessages(db: Database, a: Asked): Promise<{ total: number; more: boolean }> {
  const statement = sql`select count(*)::integer as n from (select 1 from messages m
      left join cases c on c.id = coalesce(m.case_id, m.receiver_case) where ${where(a)} limit ${maxCounted + 1}) x`;
  const n = (await asking(a.filter)<{ n: number }>(db, statement))[0]?.n ?? 0;
  return { total: Math.min(n, maxCounted), more: n > maxCounted };
}

/** `subject` is null when the letter cannot be put together. */
export type SubjectedMessage = ListedMessage & { readonly subject: string | null };

/**
 * Of messages about a confidential case its handlers alone hear, so long as they ask by name: `actor`. The system, which
 * is whoever works at the machine itself, reads all others.
 */
export interface MailReader {
  /** Newest first, 20 unless told; receivers by name, never by address. */
  list(a: {
    actor: Actor;
    programme?: string | null;
    state?: MessageState | null;
    template?: MessageTemplate | null;
    limit?: number;
  }): Promise<SubjectedMessage[]>;
  /** A page, newest first, of what the actor may read; `more`: there are more than `total`. */
  page(a: { actor: Actor; filter: MessageFilter; offset: number; limit: number }): Promise<readonly SubjectedMessage[]>;
  count(a: { actor: Actor; filter: MessageFilter }): Promise<{ readonly total: number; readonly more: boolean }>;
  /** How often a message was sent again on purpose. Problem not-found as `show`. */
  copies(a: { id: number; actor: Actor }): Promise<number>;
  /** As in a list; null: there is none, or it is not theirs. */
  one(a: { id: number; actor: Actor }): Promise<SubjectedMessage | null>;
  /**
   * One message as its receiver reads it; images stand inside the HTML. Problems: not-found, also when it is not theirs;
   * not-now when it cannot be put together.
   */
  show(a: {
    id: number;
    actor: Actor;
    /** True: a digest that was sent to the actor is theirs as well. */
    own?: boolean;
  }): Promise<{ readonly message: ListedMessage; readonly rendered: RenderedMessage }>;
}

/** What the actor may read of messages; null: whoever works at the machine itself. */
export function reachOfMessages(actor: Actor): MessageReach | null {
  if (actor.kind === "system") return null;
  const seats = actor.kind === "user" ? actor.seats : [];
  const programmes = [...new Set(seats.map((seat) => seat.programme))];
  return {
    cases: caseReach(actor),
    programmes: programmes.filter((programme) => can(actor, "mail.read", { programme })),
    reader: null,
  };
}

/** Who reads along sees that there is a link, and never the one that works. */
export const maskedLink = ({ purpose, proven }: PlannedLink): Enclosed => ({
  link: purpose === null ? null : { purpose, token: maskedToken },
  code: null,
  proven,
});

export function createMailReader(d: {
  db: Database;
  renderer: Renderer;
  setupOf: (programme: string) => Promise<NamingSetup>;
  wordingOf: WordingOf;
  links: Pick<MessageLinks, "planned">;
}): MailReader {
  /** What each of them holds for its receiver, as people who read along see it. */
  const enclosedOf = async (messages: readonly ListedMessage[]): Promise<ReadonlyMap<number, Enclosed>> => {
    const ways = [...new Set(messages.map(({ way }) => way))];
    const planned = await Promise.all(
      ways.map((way) => d.links.planned({ ids: messages.filter((one) => one.way === way).map(({ id }) => id), way })),
    );
    return new Map(planned.flatMap((links) => [...links].map(([id, link]) => [id, maskedLink(link)] as const)));
  };
  const render = async (message: ListedMessage) => {
    const [setup, wording, enclosed] = await Promise.all([
      d.setupOf(message.programme),
      d.wordingOf(message),
      enclosedOf([message]),
    ]);
    try {
      return d.renderer.render({ ...message, wording, ...enclosedIn(enclosed, message) }, setup, { preview: true });
    } catch {
      throw new Problem("not-now", notWritten);
    }
  };
  const enclosedIn = (all: ReadonlyMap<number, Enclosed>, { id }: ListedMessage) => ({
    enclosed: all.get(id) ?? nothingEnclosed,
  });
  /** As their receivers read them. A list stays readable when one message in it cannot be rendered. */
  const withSubjects = async (messages: readonly ListedMessage[]): Promise<SubjectedMessage[]> => {
    const enclosed = await enclosedOf(messages);
    return Promise.all(
      messages.map(async (message) => {
        const [setup, wording] = await Promise.all([d.setupOf(message.programme), d.wordingOf(message)]);
        try {
          const whole = { ...message, wording, ...enclosedIn(enclosed, message) };
          return { ...message, subject: d.renderer.subject(whole, setup) };
        } catch {
          return { ...message, subject: null };
        }
      }),
    );
  };
  const readable = async (id: number, actor: Actor, own = false): Promise<ListedMessage> => {
    const reach = reachOfMessages(actor);
    const reader = own && actor.kind === "user" ? actor.userId : null;
    const message = await readMessage(d.db, { id, reach: reach && { ...reach, reader } });
    if (message !== null) return message;
    throw new Problem("not-found", msg("notifications.mailReader.thereIsNoMessage", { id: String(id) }));
  };
  return {
    async list({ limit = 20, actor, ...filter }) {
      const messages = await listMessages(d.db, {
        ...filter,
        reach: reachOfMessages(actor),
        limit: Math.min(limit, 1000),
      });
      return withSubjects(messages);
    },
    async page({ actor, ...asked }) {
      const messages = await pageOfMessages(d.db, { ...asked, reach: reachOfMessages(actor) });
      return withSubjects(messages);
    },
    count: ({ actor, filter }) => countMessages(d.db, { filter, reach: reachOfMessages(actor) }),
    async one({ id, actor }) {
      const message = await readMessage(d.db, { id, reach: reachOfMessages(actor) });
      return message === null ? null : ((await withSubjects([message]))[0] ?? null);
    },
    copies: async ({ id, actor }) => copiesOfMessage(d.db, (await readable(id, actor)).key),
    async show({ id, actor, own }) {
      const message = await readable(id, actor, own);
      return { message, rendered: await render(message) };
    },
  };
}
