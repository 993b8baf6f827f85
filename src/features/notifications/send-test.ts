/** A letter to the person who tries it: a message to its own author, marked as a test, on record and limited. */

import type { Actor } from "../../engine/access/permissions.js";
import type { MessageTemplate } from "../../engine/letters/message-kinds.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Language } from "../../engine/text/text.js";
import { appendAudit } from "../../platform/audit/audit-store.js";
import type { Database } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import { insertMessages, lockTests, type NewMessageState, testsSince } from "../../platform/mail/message-store.js";
import { requirePublisher } from "../policy/versions/listed-version.js";

/** How many tests one person may send themselves in an hour. */
export const maxTests = 10;
const hour = 3_600_000;

export interface LetterTest {
  readonly actor: Actor;
  readonly programme: string;
  readonly kind: "message" | "digest";
  readonly name: string;
  /** The case that it tells of; null: made up, or of none. */
  readonly reference: string | null;
  readonly template: MessageTemplate;
  readonly data: Readonly<Record<string, unknown>>;
  readonly language: Language;
  readonly now: Date;
}

/** Problems: forbidden, not-found (nobody who signed in), too-many-requests. */
export async function sendTest(
  d: { db: Database; messages: NewMessageState },
  { actor, programme, kind, name, reference, template, data, language, now }: LetterTest,
): Promise<{ readonly leaves: boolean }> {
  requirePublisher(actor, programme);
  if (actor.kind !== "user") throw new Problem("not-found", msg("notifications.letterService.letterNotFound"));
  const { userId } = actor;
  await inTransaction(d.db, async (transaction) => {
    await lockTests(d.db, userId, transaction);
    const sent = await testsSince(d.db, userId, new Date(now.getTime() - hour), transaction);
    if (sent >= maxTests) {
      throw new Problem(
        "too-many-requests",
        msg("notifications.letterService.youSentYourselfTestsWithin", { maxTests }),
      );
    }
    const intent = {
      template,
      receiver: { kind: "user", userId },
      language,
      data: { ...data, test: true },
      key: `test/${programme}/${name}/${userId}/${now.toISOString()}`,
    } as const;
    await insertMessages(d.db, { programme, intents: [intent], now, state: d.messages }, transaction);
    const record = { programme, kind, name, language, reference };
    await appendAudit(transaction, d.db, { stream: "operation", type: "message.tested", actor, data: record, at: now });
  });
  return { leaves: d.messages === "pending" };
}
