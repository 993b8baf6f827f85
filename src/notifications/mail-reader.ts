/** Messages to look at: what was sent, is owed, was kept or failed, and how each one reads. */
import {
  type ListedMessage,
  listMessages,
  type MessageReach,
  type MessageState,
  readMessage,
} from "../db/message-store.js";
import type { Database } from "../db/query.js";
import type { MessageTemplate } from "../domain/notifications/message-intent.js";
import { type Actor, can, caseReach } from "../domain/permissions.js";
import { Problem } from "../domain/problems.js";
import type { RenderedMessage, Renderer } from "./render.js";
import type { NamingSetup } from "./view-context.js";

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
  }): Promise<(ListedMessage & { readonly subject: string })[]>;
  /** One message as its receiver reads it; images stand inside the HTML. Problem not-found, also when it is not theirs. */
  show(a: {
    id: number;
    actor: Actor;
  }): Promise<{ readonly message: ListedMessage; readonly rendered: RenderedMessage }>;
}

function reachOf(actor: Actor): MessageReach | null {
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
}): MailReader {
  const render = async (message: ListedMessage) =>
    d.renderer.render(message, await d.setupOf(message.programme), { preview: true });
  /** A list stays readable when one message in it cannot be rendered. */
  const subjectOf = (message: ListedMessage, setup: NamingSetup): string => {
    try {
      return d.renderer.subject(message, setup);
    } catch (error) {
      return `${message.template}: ${(error as Error).message}`;
    }
  };
  return {
    async list({ limit = 20, actor, ...filter }) {
      const messages = await listMessages(d.db, { ...filter, reach: reachOf(actor), limit: Math.min(limit, 1000) });
      return Promise.all(
        messages.map(async (message) => {
          const setup = await d.setupOf(message.programme);
          return { ...message, subject: subjectOf(message, setup) };
        }),
      );
    },
    async show({ id, actor }) {
      const message = await readMessage(d.db, { id, reach: reachOf(actor) });
      if (message === null)
        throw new Problem("not-found", { en: `There is no message ${id}.`, ar: `لا توجد رسالة رقمها ${id}.` });
      return { message, rendered: await render(message) };
    },
  };
}
