/**
 * What the gateway tells us: how text messages fared, and what people answered to them. Nothing of it is believed that does not show where
 * it comes from, and nothing of it changes anything twice.
 */

import { createHash } from "node:crypto";
import type { Logger } from "pino";
import sql from "sql-template-tag";
import { replyMeaning } from "../../engine/letters/sms-replies.js";
import { isUnavailable } from "../../platform/db/connect.js";
import { type Database, query } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import {
  type CallbackChecks,
  type CallbackContent,
  type CallbackRefusal,
  type CallbackRequest,
  isSigned,
  refusedAtOnce,
} from "../../platform/sms/callback-checks.js";
import { type GatewayTemplate, nameAt, readCallback, saysOneOf, valueAt } from "../../platform/sms/gateway-template.js";
import { momentSaid } from "../../platform/sms/moment-said.js";
import { optIn, optOut } from "../../platform/sms/opt-outs.js";
import { numbersNamed } from "../../platform/sms/phone-numbers.js";
import { isFirstCallback, markDelivered, reportedMessage } from "../../platform/sms/sms-store.js";
import type { AnswerReply } from "./answer-reply.js";
import type { FailForGood } from "./fail-for-good.js";

export interface Callback extends CallbackRequest, CallbackContent {
  readonly now: Date;
}

/**
 * `unreadable`: no values are where the template of the gateway says. A message that no one knows is taken as quietly as any other.
 */
export type CallbackTaken = "taken" | "unreadable" | CallbackRefusal;

export interface SmsCallbacks {
  readonly checks: CallbackChecks;
  readonly template: Pick<GatewayTemplate, "reports" | "inbound">;
  /** Why a callback is not even read; null: it may be. */
  refusedAtOnce(request: CallbackRequest): CallbackRefusal | null;
  report(callback: Callback): Promise<CallbackTaken>;
  inbound(callback: Callback): Promise<CallbackTaken>;
}

/** The one of several numbers that last got a text message of ours; else the first. */
async function likeliest(db: Database, numbers: readonly string[]): Promise<string | null> {
  const [first = null, ...others] = numbers;
  if (others.length === 0) return first;
  const statement = sql`select p.phone from applicants p join messages m on m.receiver_case = p.case_id and m.way = 'sms'
    where p.phone = any(${[...numbers]}::text[]) and m.sent_at is not null order by m.sent_at desc limit 1`;
  return (await query<{ phone: string }>(db, statement))[0]?.phone ?? first;
}

export function createSmsCallbacks(d: {
  db: Database;
  log: Logger;
  checks: CallbackChecks;
  template: GatewayTemplate;
  failForGood: FailForGood;
  /** Of the programmes, by which a number without a country's code is read. */
  countries: () => Promise<readonly string[]>;
  answerReply: AnswerReply;
}): SmsCallbacks {
  const { db, log, checks, template } = d;
  const { reports, inbound } = template;

  async function takeReport(report: unknown, name: string, now: Date): Promise<void> {
    const id = await reportedMessage(db, name);
    if (id === null) log.info("a report names no message");
    else if (saysOneOf(report, reports.status, reports.delivered)) await markDelivered(db, id, now);
    else if (saysOneOf(report, reports.status, reports.failed))
      await d.failForGood({ id, reason: "gateway: not delivered", refused: true, now });
  }

  async function takeReply(reply: unknown, from: string, { header, now }: Callback): Promise<void> {
    const text = nameAt(reply, inbound.text);
    const number = await likeliest(db, numbersNamed(from, await d.countries()));
    if (text === null || text.trim() === "" || number === null) return;
    const id = inbound.id === undefined ? null : nameAt(reply, inbound.id);
    const signedAt = checks.hmac?.time === undefined ? null : (header(checks.hmac.time) ?? null);
    const once = createHash("sha256")
      .update(JSON.stringify(id === null ? [signedAt, reply] : [id]))
      .digest();
    // Of a gateway that says neither, a second STOP looks as the first one that is sent once more: it holds either way.
    const isKnownByItself = id !== null || signedAt !== null;
    const said = inbound.at === undefined ? null : momentSaid(valueAt(reply, inbound.at));
    const at = said !== null && said < now ? said : now;
    const meaning = replyMeaning(text);
    const answer = meaning === null ? await d.answerReply({ number, now }) : null;
    if (meaning === null && answer === null) return;
    await inTransaction(db, async (tx) => {
      const first = await isFirstCallback(db, tx, once, now);
      if (meaning === "stop" && (first || !isKnownByItself)) await optOut(db, { number, by: "reply", now: at }, tx);
      // An old START that is sent once more must not undo a STOP that came after it.
      if (meaning === "start" && first) await optIn(db, { number, at }, tx);
      if (first) await answer?.(tx);
    });
  }

  function entriesOf(
    source: GatewayTemplate["reports"] | GatewayTemplate["inbound"],
    nameOf: string,
    callback: Callback,
  ): readonly { readonly entry: unknown; readonly name: string }[] | "unauthenticated" | "unreadable" {
    if (!isSigned(checks, callback, callback, callback.now)) return "unauthenticated";
    const entries = (readCallback(source, callback) ?? []).flatMap((entry) => {
      const name = nameAt(entry, nameOf);
      return name === null ? [] : [{ entry, name }];
    });
    return entries.length === 0 ? "unreadable" : entries;
  }

  /** Each by itself: one that fails is told again, and those before it change nothing twice. */
  async function takeAll(
    entries: ReturnType<typeof entriesOf>,
    take: (entry: unknown, name: string) => Promise<void>,
  ): Promise<CallbackTaken> {
    if (typeof entries === "string") return entries;
    const faults: unknown[] = [];
    for (const { entry, name } of entries)
      await take(entry, name).catch((error: unknown) => {
        if (isUnavailable(error)) throw error;
        faults.push(error);
      });
    // The gateway repeats the list: what was taken changes nothing twice.
    if (faults.length > 0) throw faults[0];
    return "taken";
  }

  return {
    checks,
    template,
    refusedAtOnce: (request) => refusedAtOnce(checks, request),
    report: (callback) =>
      takeAll(entriesOf(reports, reports.id, callback), (entry, name) => takeReport(entry, name, callback.now)),
    inbound: (callback) =>
      takeAll(entriesOf(inbound, inbound.from, callback), (entry, name) => takeReply(entry, name, callback)),
  };
}
