/** Messages to look at: what was sent, is owed, was kept or failed, and how each one reads. */

import { type Actor, can, caseReach } from "../../engine/access/permissions.js";
import type { MessageTemplate } from "../../engine/letters/message-kinds.js";
import { notWritten } from "../../engine/letters/message-states.js";
import { Problem } from "../../engine/text/problems.js";
import type { Database } from "../../platform/db/query.js";
import { copiesOfMessage, type ListedMessage, type MessageState } from "../../platform/mail/message-store.js";
import { countMessages, type MessageFilter, pageOfMessages } from "./message-list-queries.js";
import type { MessageReach } from "./readable-messages.js";
import { listMessages, readMessage } from "./readable-messages.js";
import type { RenderedMessage, Renderer } from "./render.js";
import type { NamingSetup } from "./view-context.js";
import type { WordingOf } from "./wording-of.js";

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
  };
}

export function createMailReader(d: {
  db: Database;
  renderer: Renderer;
  setupOf: (programme: string) => Promise<NamingSetup>;
  wordingOf: WordingOf;
}): MailReader {
  const render = async (message: ListedMessage) => {
    const [setup, wording] = await Promise.all([d.setupOf(message.programme), d.wordingOf(message)]);
    try {
      return d.renderer.render({ ...message, wording }, setup, { preview: true });
    } catch {
      throw new Problem("not-now", notWritten);
    }
  };
  /** A list stays readable when one message in it cannot be rendered. */
  const subjectOf = (message: ListedMessage, wording: object | null, setup: NamingSetup): string | null => {
    try {
      return d.renderer.subject({ ...message, wording }, setup);
    } catch {
      return null;
    }
  };
  const withSubject = async (message: ListedMessage) => {
    const [setup, wording] = await Promise.all([d.setupOf(message.programme), d.wordingOf(message)]);
    return { ...message, subject: subjectOf(message, wording, setup) };
  };
  const readable = async (id: number, actor: Actor): Promise<ListedMessage> => {
    const message = await readMessage(d.db, { id, reach: reachOfMessages(actor) });
    if (message !== null) return message;
    throw new Problem("not-found", { en: `There is no message ${id}.`, ar: `لا توجد رسالة رقمها ${id}.` });
  };
  return {
    async list({ limit = 20, actor, ...filter }) {
      const messages = await listMessages(d.db, {
        ...filter,
        reach: reachOfMessages(actor),
        limit: Math.min(limit, 1000),
      });
      return Promise.all(messages.map(withSubject));
    },
    async page({ actor, ...asked }) {
      const messages = await pageOfMessages(d.db, { ...asked, reach: reachOfMessages(actor) });
      return Promise.all(messages.map(withSubject));
    },
    count: ({ actor, filter }) => countMessages(d.db, { filter, reach: reachOfMessages(actor) }),
    async one({ id, actor }) {
      const message = await readMessage(d.db, { id, reach: reachOfMessages(actor) });
      return message === null ? null : withSubject(message);
    },
    copies: async ({ id, actor }) => copiesOfMessage(d.db, (await readable(id, actor)).key),
    async show({ id, actor }) {
      const message = await readable(id, actor);
      return { message, rendered: await render(message) };
    },
  };
}
