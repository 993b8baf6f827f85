/**
 * What could not be written as it was meant leaves all the same: in the words that ship, or with a plain line in the place of one. That is on the
 * message, in the log, and told to the operation room once.
 */

import { createHash } from "node:crypto";
import type { Logger } from "pino";
import type { MessageIntent } from "../../engine/letters/message-intent.js";
import { messageName } from "../../engine/letters/message-kinds.js";
import { storedFault } from "../../engine/letters/message-states.js";
import type { Setup } from "../../engine/setup/setup.js";
import { operationRoomAt } from "../../engine/setup/setup-references.js";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { Database } from "../../platform/db/query.js";
import { type ClaimedMessage, insertMessages, noteWordingFault } from "../../platform/mail/message-store.js";
import type { RenderedMessage } from "./render.js";

async function tell(
  db: Database,
  a: { setup: Setup; kind: "wording-failed" | "line-failed"; key: string; message: Bilingual; now: Date },
): Promise<void> {
  const { setup, kind, key, message, now } = a;
  const intents = operationRoomAt(setup, now).map(
    ({ userId, language }): MessageIntent => ({
      template: "operation-room-alert",
      receiver: { kind: "user", userId },
      language,
      data: { kind, message },
      key: `${key}/user/${userId}`,
    }),
  );
  await insertMessages(db, { programme: setup.programme.code, intents, now });
}

/** Nothing where the message is written as it was meant. */
export async function reportFaults(
  { db, log }: { readonly db: Database; readonly log: Logger },
  a: {
    readonly message: ClaimedMessage;
    readonly rendered: Pick<RenderedMessage, "wordingFault" | "lineFaults">;
    readonly setup: Setup;
    readonly now: Date;
  },
): Promise<void> {
  const { message, rendered, setup, now } = a;
  const { id, template, wordingId } = message;
  const { wordingFault, lineFaults } = rendered;
  if (wordingFault === null && lineFaults.length === 0) return;
  const fault = storedFault(wordingFault, lineFaults);
  log.error({ messageId: id, template, wordingId, fault }, "a message could not be written as it was meant");
  await noteWordingFault(db, id, fault);
  const name = messageName(template);
  if (wordingFault !== null && wordingId !== null) {
    // Until it is corrected the shipped one is sent.
    const words = msg("notifications.deliverMessages.theTextThatWasPublished", { name });
    await tell(db, { setup, kind: "wording-failed", key: `wording/${wordingId}`, message: words, now });
  }
  for (const fault of lineFaults) {
    const mark = createHash("sha256").update(fault).digest("hex").slice(0, 16);
    const words = msg("notifications.deliverMessages.partNotWritten", { name });
    await tell(db, { setup, kind: "line-failed", key: `line/${template}/${mark}`, message: words, now });
  }
}
