/**
 * Empties the outbox of text messages, as `deliver-messages.ts` does that of letters: in a run of its own, so that a slow gateway keeps no
 * letter waiting. Quiet hours put a message off, limits hold it back; both are asked before anything leaves.
 */

import type { Logger } from "pino";
import { civilDate, shiftDate } from "../../engine/calendar/civil-days.js";
import type { WorkingCalendar } from "../../engine/calendar/working-calendar.js";
import type { SmsHeldBack } from "../../engine/letters/message-intent.js";
import { urgentTemplates } from "../../engine/letters/message-kinds.js";
import { beyondLimit, leavesAt } from "../../engine/letters/sms-limits.js";
import { countryOf } from "../../engine/setup/countries.js";
import type { Setup } from "../../engine/setup/setup.js";
import { isUnavailable } from "../../platform/db/connect.js";
import type { Database } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import { errorSummary, errorWords } from "../../platform/error-summary.js";
import {
  type ClaimedMessage,
  claimMessages,
  countDue,
  holdBack,
  letLapse,
  putInOwnMailbox,
  putOff,
  retryAt,
} from "../../platform/mail/message-store.js";
import type { SmsGateway, SmsHandover } from "../../platform/sms/gateway.js";
import { placeOfNumber } from "../../platform/sms/phone-numbers.js";
import { countMessage, markHandedOver, sweepSms } from "../../platform/sms/sms-store.js";
import { failOrLater, nextAttempt } from "./deliver-messages.js";
import type { Enclosing } from "./enclose.js";
import type { FailForGood } from "./fail-for-good.js";
import { keepMessages } from "./keep-messages.js";
import { lapseInvitations } from "./lapse-invitations.js";
import type { LateAsked } from "./lapse-late.js";
import type { MayGetReceipt } from "./may-get-receipt.js";
import type { RenderedMessage, Renderer } from "./render.js";
import { reportFaults } from "./report-fault.js";
import type { WordingOf } from "./wording-of.js";

export interface SmsDeliveryDependencies {
  readonly db: Database;
  readonly log: Logger;
  readonly renderer: Renderer;
  /** What a message holds for the applicant alone. */
  readonly enclose: Enclosing;
  readonly setupOf: (programme: string) => Promise<Setup>;
  readonly calendarOf: (versionId: number) => Promise<WorkingCalendar>;
  readonly wordingOf: WordingOf;
  /** Null without SMS_URL: messages are kept and can be read, or left to those who send. */
  readonly gateway: SmsGateway | null;
  readonly othersSend?: boolean;
  /** Without a gateway they are put into the demo's own mailbox. */
  readonly ownMailbox?: boolean;
  readonly failForGood: FailForGood;
  /** Lets lapse what is of no use any more, before anything leaves. */
  readonly lapseLate?: (a: LateAsked) => Promise<number>;
  readonly mayGetReceipt: MayGetReceipt;
  readonly elapsed: () => number;
}

export interface SmsDeliveryReport {
  readonly sent: number;
  readonly kept: number;
  readonly retried: number;
  readonly failed: number;
  readonly held: number;
  readonly putOff: number;
  /** What they say works no longer. */
  readonly lapsed: number;
  readonly waiting?: number;
}

type Outcome = Exclude<keyof SmsDeliveryReport, "waiting" | "kept">;

const claimFor = 120_000;
const batchSize = 10;
/** Counts of days before the one before today are of no limit in any zone. */
const daysCounted = 2;

interface Turn {
  readonly now: Date;
  /** Of messages that could not be failed. */
  readonly faults: unknown[];
}

/** The digits that it says work no longer. */
const isOver = ({ data }: ClaimedMessage, now: Date): boolean =>
  typeof data.expiresAt === "string" && Date.parse(data.expiresAt) <= now.getTime();

class BeyondLimit extends Error {
  constructor(readonly limit: SmsHeldBack) {
    super(limit);
  }
}

/** @returns `deliverSms({now, limit})`: sends what is due at `now` and becomes due meanwhile, at most `limit` (500) */
export function createSmsDelivery(
  d: SmsDeliveryDependencies,
): (a: { now: Date; limit?: number }) => Promise<SmsDeliveryReport> {
  const failed = (reason: string, permanent: boolean): SmsHandover => ({
    kind: "failed",
    permanent,
    away: false,
    reason,
  });

  /** Counts it in its day; the limit that it would be beyond, or null. */
  async function limitOf(
    message: ClaimedMessage,
    number: string,
    a: { setup: Setup; segments: number; now: Date },
  ): Promise<SmsHeldBack | null> {
    const { id, programme, segments: counted, limitsWaived, template } = message;
    if (counted !== null) return null;
    const { settings, timeZone } = a.setup.programme;
    const place = placeOfNumber(number) ?? "+";
    const day = civilDate(a.now, timeZone);
    try {
      return await inTransaction(d.db, async (tx) => {
        // An answer to what they wrote takes no place of what they are owed.
        const to = template === "sms-reply" ? null : number;
        const counts = await countMessage(d.db, tx, { id, programme, day, number: to, place, segments: a.segments });
        const limit = limitsWaived ? null : beyondLimit(counts, settings, place !== countryOf(settings));
        if (limit !== null) throw new BeyondLimit(limit);
        return null;
      });
    } catch (error) {
      if (error instanceof BeyondLimit) return error.limit;
      throw error;
    }
  }

  async function rendered(message: ClaimedMessage, setup: Setup, now: Date): Promise<RenderedMessage["sms"]> {
    const [wording, enclosed] = await Promise.all([d.wordingOf(message), d.enclose.in(message, { way: "sms", now })]);
    const made = d.renderer.render({ ...message, wording, enclosed }, setup);
    await reportFaults(d, { message, rendered: made, setup, now });
    return made.sms;
  }

  async function handle(
    message: ClaimedMessage,
    gateway: SmsGateway,
    turn: Turn,
  ): Promise<{ outcome: Outcome; away: boolean }> {
    const { now } = turn;
    const done = (outcome: Outcome, away = false) => ({ outcome, away });
    const { id, address: number, template } = message;
    if (number === null) {
      const why = message.wrongNumber ? "the number is another's" : "the number wants no text messages";
      return done(await settle(message, failed(why, true), turn));
    }
    if (isOver(message, now)) {
      await letLapse(d.db, id, { reason: "lapsed: its time is over", now });
      return done("lapsed");
    }
    let setup: Setup;
    let sms: RenderedMessage["sms"];
    try {
      setup = await d.setupOf(message.programme);
      const calendar = await d.calendarOf(setup.calendar.versionId);
      // Who waits for it asked a moment ago, at whatever hour.
      const at = urgentTemplates.includes(template) ? now : leavesAt(now, setup.programme.settings, calendar);
      if (at > now) {
        await putOff(d.db, id, at);
        return done("putOff");
      }
      sms = await rendered(message, setup, now);
      if (sms === null) throw new Error(`${template} is no text message`);
    } catch (error) {
      d.log.error({ error: errorSummary(error), messageId: id, template }, "a text message cannot be rendered");
      return done(await settle(message, failed(`cannot be rendered: ${errorWords(error)}`, false), turn));
    }
    const limit = await limitOf(message, number, { setup, segments: sms.segments, now });
    if (limit !== null && template === "sms-reply") {
      await letLapse(d.db, id, { reason: "lapsed: a limit was reached", now });
      return done("lapsed");
    }
    if (limit !== null) {
      // It waited for its limit before, and no other way was left.
      if (message.heldAt !== null) {
        return done(await failOrLater(d, { id, reason: limit, refused: false, now }, turn.faults));
      }
      await holdBack(d.db, id, { reason: limit, now });
      return done("held");
    }
    const handover = await gateway.send({ to: number, text: sms.text, id: message.messageId });
    return done(await settle(message, handover, turn), handover.kind === "failed" && handover.away);
  }

  async function settle(
    message: ClaimedMessage,
    handover: SmsHandover,
    { now, faults }: Turn,
  ): Promise<"sent" | "failed" | "retried"> {
    const { id, template, attempts } = message;
    if (handover.kind === "sent") {
      await markHandedOver(d.db, id, { at: now, gatewayId: handover.gatewayId });
      return "sent";
    }
    const next = handover.permanent ? null : nextAttempt(attempts, now);
    if (next === null) {
      d.log.error({ messageId: id, template, reason: handover.reason }, "a text message failed for good");
      const refused = handover.permanent && message.address !== null;
      return failOrLater(d, { id, reason: handover.reason, refused, now }, faults);
    }
    await retryAt(d.db, id, { next, reason: handover.reason, now });
    return "retried";
  }

  return async ({ now: begun, limit = 500 }) => {
    const started = d.elapsed();
    const moment = () => new Date(begun.getTime() + Math.max(0, d.elapsed() - started));
    const report = { sent: 0, kept: 0, retried: 0, failed: 0, held: 0, putOff: 0, lapsed: 0 };
    const { gateway } = d;
    if (gateway === null && d.othersSend) return { ...report, waiting: await countDue(d.db, "sms", begun) };
    await lapseInvitations(d.db, begun);
    if (gateway === null && d.ownMailbox) return { ...report, sent: await putInOwnMailbox(d.db, "sms", begun) };
    if (gateway === null) {
      const { mayGetReceipt } = d;
      return { ...report, kept: await keepMessages(d.db, { way: "sms", now: begun, mayGetReceipt }) };
    }
    const faults: unknown[] = [];
    await d.lapseLate?.({ way: "sms", now: begun }).catch((error: unknown) => {
      if (isUnavailable(error)) throw error;
      faults.push(error);
    });
    await sweepSms(d.db, {
      before: shiftDate(begun.toISOString().slice(0, 10), -daysCounted),
      now: begun,
    });
    for (let left = limit; left > 0; ) {
      const now = moment();
      const claimedUntil = new Date(now.getTime() + claimFor);
      const batch = await claimMessages(d.db, {
        ...{ way: "sms" as const, now, limit: Math.min(batchSize, left), claimedUntil, host: "" },
      });
      if (batch.length === 0) break;
      left -= batch.length;
      const handled = await Promise.all(batch.map((message) => handle(message, gateway, { now, faults })));
      for (const { outcome } of handled) report[outcome]++;
      if (handled.every(({ away }) => away)) {
        d.log.warn("the gateway of text messages cannot be reached; they wait");
        break;
      }
    }
    if (faults.length > 0) throw faults[0];
    return report;
  };
}
