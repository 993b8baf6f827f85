/**
 * Empties the outbox: claims what is due, renders, sends, marks.
 *
 * Safe to run in several instances, twice, late, or killed at any point: a message has one Message-ID for ever, a claim
 * keeps others away for two minutes, and what was sent but not marked goes out again under the same Message-ID only.
 */

import type { Logger } from "pino";
import type { MessageTemplate } from "../../engine/letters/message-kinds.js";
import type { Setup } from "../../engine/setup/setup.js";
import { isUnavailable } from "../../platform/db/connect.js";
import type { Database } from "../../platform/db/query.js";
import { errorSummary, errorWords } from "../../platform/error-summary.js";
import {
  type ClaimedMessage,
  claimMessages,
  countDue,
  keepDueLetters,
  markSent,
  putInOwnMailbox,
  retryAt,
} from "../../platform/mail/message-store.js";
import type { Handover, Letter, Transport } from "../../platform/mail/transport.js";
import type { Enclosing } from "./enclose.js";
import type { FailForGood } from "./fail-for-good.js";
import { keepMessages } from "./keep-messages.js";
import { lapseInvitations } from "./lapse-invitations.js";
import type { LateAsked } from "./lapse-late.js";
import type { MayGetReceipt } from "./may-get-receipt.js";
import type { Renderer } from "./render.js";
import { reportFaults } from "./report-fault.js";
import type { WordingOf } from "./wording-of.js";

export interface DeliveryDependencies {
  readonly db: Database;
  readonly log: Logger;
  readonly renderer: Renderer;
  readonly setupOf: (programme: string) => Promise<Setup>;
  readonly wordingOf: WordingOf;
  /** What a message to an applicant holds for them alone. */
  readonly enclose: Enclosing;
  /** Null without SMTP_URL: messages are kept and can be read, or left to those who send. */
  readonly transport: Transport | null;
  /** Whether others send what this process has no mail server for; left out: nobody does. */
  readonly othersSend?: boolean;
  /** Without a mail server letters are put into the demo's own mailbox. */
  readonly ownMailbox?: boolean;
  /** Whether text messages leave: applicants who hear by them as well get so what no letter can bring. */
  readonly textsLeave: boolean;
  readonly mayGetReceipt: MayGetReceipt;
  readonly failForGood: FailForGood;
  /** Lets lapse what is of no use any more, before anything leaves. */
  readonly lapseLate?: (a: LateAsked) => Promise<number>;
  readonly publicUrl: string;
  /** Milliseconds of a clock that only goes forward: a long run sees what became due since it began. */
  readonly elapsed: () => number;
  /** Address that letters come from; by default no-reply at the host of PUBLIC_URL. */
  readonly from?: string;
  /** Where a receiver turns a digest off with one click; without it only the mail address is offered. */
  readonly unsubscribeUrl?: (userId: number, template: MessageTemplate) => string;
}

export interface DeliveryReport {
  readonly sent: number;
  readonly kept: number;
  readonly retried: number;
  readonly failed: number;
  /** Left to those who have a mail server; only where this process has none. */
  readonly waiting?: number;
}

const minute = 60_000;
const claimFor = 2 * minute;
const batchSize = 10;
/** Waiting time after the n-th failed attempt; the last one goes on until the attempts are used up. */
const backoff = [1, 5, 15, 60, 240].map((minutes) => minutes * minute);
export const maxAttempts = 10;

/** When to try again after so many attempts; null when it was the last. */
export function nextAttempt(attempts: number, now: Date): Date | null {
  if (attempts >= maxAttempts) return null;
  return new Date(now.getTime() + (backoff[Math.min(attempts, backoff.length) - 1] ?? minute));
}

/**
 * Fails a message for good. One whose failing cannot be written keeps no other back: it is tried again hours later, and its fault ends the run when
 * all others have had their turn.
 */
export async function failOrLater(
  d: Pick<DeliveryDependencies, "db" | "failForGood">,
  failure: Parameters<FailForGood>[0],
  faults: unknown[],
): Promise<"failed" | "retried"> {
  const { id, reason, now } = failure;
  try {
    await d.failForGood(failure);
    return "failed";
  } catch (error) {
    if (isUnavailable(error)) throw error;
    faults.push(error);
    await retryAt(d.db, id, { next: new Date(now.getTime() + 240 * minute), reason, now });
    return "retried";
  }
}

/** Host of the Message-ID and of the sender's address: `diwan.gov.jo`; an address that is no name gets one. */
function mailHost(publicUrl: string): string {
  const { hostname } = new URL(publicUrl);
  return /^[a-z0-9.-]+$/i.test(hostname) ? hostname : "diwan.localhost";
}

/**
 * @returns `deliverMessages({now, limit})`: sends what is due at `now` and becomes due meanwhile, at most `limit` (500), some
 * at a time, so that what is urgent waits for no more than the letters that are just being handed over. Stops early when
 * the mail server cannot be reached, so that an outage costs few attempts.
 */
export function createDelivery(d: DeliveryDependencies): (a: { now: Date; limit?: number }) => Promise<DeliveryReport> {
  const host = mailHost(d.publicUrl);
  const from = d.from ?? `no-reply@${host}`;

  async function letterFor(message: ClaimedMessage, to: string, now: Date): Promise<Letter> {
    const setup = await d.setupOf(message.programme);
    const [wording, enclosed] = await Promise.all([d.wordingOf(message), d.enclose.in(message, { way: "email", now })]);
    const rendered = d.renderer.render({ ...message, wording, enclosed }, setup);
    await reportFaults(d, { message, rendered, setup, now });
    return {
      from: { name: rendered.from, address: from },
      to,
      messageId: message.messageId,
      subject: rendered.subject,
      html: rendered.html,
      text: rendered.text,
      images: rendered.images,
      headers: headersFor(message, from, d.unsubscribeUrl),
    };
  }

  async function handOver(message: ClaimedMessage, transport: Transport, now: Date): Promise<Handover> {
    const refuse = (reason: string): Handover => ({ kind: "failed", permanent: true, away: false, reason });
    if (message.disabled) return refuse("the receiver's account is disabled");
    if (message.address === null) return refuse("the receiver has no address");
    let letter: Letter;
    try {
      letter = await letterFor(message, message.address, now);
    } catch (error) {
      // Not the receiver's fault and perhaps corrected by the next release: it is tried again.
      d.log.error(
        { error: errorSummary(error), messageId: message.id, template: message.template },
        "a message cannot be rendered",
      );
      return {
        kind: "failed",
        permanent: false,
        away: false,
        reason: `cannot be rendered: ${errorWords(error)}`,
      };
    }
    return transport.send(letter);
  }

  async function settle(
    message: ClaimedMessage,
    handover: Handover,
    faults: unknown[],
    now: Date,
  ): Promise<"sent" | "failed" | "retried"> {
    if (handover.kind === "sent") {
      await markSent(d.db, message.id, now);
      return "sent";
    }
    const next = handover.permanent ? null : nextAttempt(message.attempts, now);
    if (next === null) {
      d.log.error(
        { messageId: message.id, template: message.template, reason: handover.reason },
        "a message failed for good",
      );
      const refused = handover.permanent && message.address !== null;
      return failOrLater(d, { id: message.id, reason: handover.reason, refused, now }, faults);
    }
    await retryAt(d.db, message.id, { next, reason: handover.reason, now });
    return "retried";
  }

  return async ({ now: begun, limit = 500 }) => {
    const started = d.elapsed();
    const moment = () => new Date(begun.getTime() + Math.max(0, d.elapsed() - started));
    const report = { sent: 0, kept: 0, retried: 0, failed: 0 };
    const { transport } = d;
    if (transport === null && d.othersSend) return { ...report, waiting: await countDue(d.db, "email", begun) };
    await lapseInvitations(d.db, begun);
    if (transport === null && d.ownMailbox) return { ...report, sent: await putInOwnMailbox(d.db, "email", begun) };
    if (transport === null) {
      const { db, mayGetReceipt, textsLeave } = d;
      const keeping = textsLeave
        ? keepMessages(db, { way: "email", now: begun, mayGetReceipt })
        : keepDueLetters(db, begun);
      return { ...report, kept: await keeping };
    }
    const faults: unknown[] = [];
    await d.lapseLate?.({ way: "email", now: begun }).catch((error: unknown) => {
      if (isUnavailable(error)) throw error;
      faults.push(error);
    });
    for (let left = limit; left > 0; ) {
      const now = moment();
      const claimedUntil = new Date(now.getTime() + claimFor);
      const batch = await claimMessages(d.db, {
        way: "email",
        now,
        limit: Math.min(batchSize, left),
        claimedUntil,
        host,
      });
      if (batch.length === 0) break;
      left -= batch.length;
      const handovers = await Promise.all(
        batch.map(async (message) => {
          const handover = await handOver(message, transport, now);
          report[await settle(message, handover, faults, now)]++;
          return handover;
        }),
      );
      if (handovers.every((handover) => handover.kind === "failed" && handover.away)) {
        d.log.warn("the mail server cannot be reached; messages wait");
        break;
      }
    }
    if (faults.length > 0) throw faults[0];
    return report;
  };
}

/** RFC 3834 (automatic letters) and RFC 2369, 8058 (leaving a list) for the digests. */
function headersFor(
  { template, receiverUser }: ClaimedMessage,
  from: string,
  unsubscribeUrl: DeliveryDependencies["unsubscribeUrl"],
): Record<string, string> {
  const headers = { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" };
  if (!template.startsWith("digest-")) return headers;
  const byMail = `<mailto:${from}?subject=unsubscribe%20${template}>`;
  if (receiverUser === null || !unsubscribeUrl) return { ...headers, "List-Unsubscribe": byMail };
  return {
    ...headers,
    "List-Unsubscribe": `<${unsubscribeUrl(receiverUser, template)}>, ${byMail}`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}
