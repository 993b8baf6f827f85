/** Sends a letter again that failed, was kept, or was sent and is wanted once more. */

import { type Actor, can } from "../../engine/access/permissions.js";
import type { ApplicantWay } from "../../engine/letters/applicant-ways.js";
import { whyNotAgain } from "../../engine/letters/message-states.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { appendAudit } from "../../platform/audit/audit-store.js";
import type { Database } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import { copiesOfMessage, copyMessage, requeueMessage } from "../../platform/mail/message-store.js";
import { reachOfMessages } from "./mail-reader.js";
import { readMessage } from "./readable-messages.js";

export interface Resending {
  readonly id: number;
  readonly actor: Actor;
  readonly now: Date;
  /**
   * Of a letter that was sent: how often it had been sent again when the asker looked. Two who look at the same page make
   * one letter, and so does one who presses twice.
   */
  readonly copies?: number | undefined;
}

export interface Resent {
  /** The message that is owed now: the same one, or the copy of one that was sent. */
  readonly id: number;
  /** False when it was asked for already and nothing was added. */
  readonly queued: boolean;
}

const forbidden = () => new Problem("forbidden", msg("notifications.resendMessage.lettersAreSentAgainBy"));
/**
 * A failed or kept letter is owed again under its own Message-ID, for nobody received it. One that was sent becomes a
 * letter of its own with its own Message-ID: under the old one mail programs would hide it.
 *
 * @param d.canSend by way: false without a mail server or a gateway, and in a simulation
 * Problems: not-found (also when it is not the actor's to read), forbidden, not-now.
 */
export function createResend(d: {
  db: Database;
  canSend: Readonly<Record<ApplicantWay, boolean>>;
}): (a: Resending) => Promise<Resent> {
  return async ({ id, actor, now, copies }) => {
    const message = await readMessage(d.db, { id, reach: reachOfMessages(actor) });
    if (message === null)
      throw new Problem("not-found", msg("notifications.resendMessage.thereIsNoMessage", { id: String(id) }));
    const { programme, template, state, way, sentAt } = message;
    const left = state === "sent" || (state === "failed" && way === "sms" && sentAt !== null);
    if (!can(actor, "mail.send", { programme })) throw forbidden();
    const refusal = whyNotAgain(message, d.canSend);
    if (refusal !== null) throw new Problem("not-now", refusal);
    return inTransaction(d.db, async (tx) => {
      const made = await copiesOfMessage(d.db, message.key);
      const time = Math.min(copies ?? made, made) + 1;
      const owed = await (left
        ? copyMessage(d.db, tx, { id, time, now })
        : requeueMessage(d.db, tx, id, now).then((done) => (done ? id : null)));
      if (owed === null) return { id, queued: false };
      const data = { programme, messageId: id, copyId: owed === id ? null : owed, template, was: state };
      await appendAudit(tx, d.db, { stream: "operation", type: "message.resent", actor, data, at: now });
      return { id: owed, queued: true };
    });
  };
}
