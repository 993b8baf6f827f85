/**
 * What the gateway tells us: how a text message fared, and what somebody answered to one. Nothing of it is believed without its signature,
 * and nothing of it changes anything twice.
 */

import { parsePhoneNumberFromString } from "libphonenumber-js";
import type { Logger } from "pino";
import { replyMeaning } from "../../engine/letters/sms-replies.js";
import type { Database } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import type { GatewayTemplate } from "../../platform/sms/gateway-template.js";
import { valueAt } from "../../platform/sms/gateway-template.js";
import { optIn, optOut } from "../../platform/sms/opt-outs.js";
import { verifiedSignature } from "../../platform/sms/signed-callback.js";
import { isFirstCallback, markDelivered, reportedMessage } from "../../platform/sms/sms-store.js";
import type { FailForGood } from "./fail-for-good.js";

export interface Callback {
  readonly body: Buffer;
  readonly time: string | undefined;
  readonly signature: string | undefined;
  readonly now: Date;
}

/** `refused`: not signed by the gateway, or too old. A message that nobody knows is taken as quietly as any other. */
export type CallbackTaken = "taken" | "refused";

export interface SmsCallbacks {
  report(callback: Callback): Promise<CallbackTaken>;
  inbound(callback: Callback): Promise<CallbackTaken>;
}

const readJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
};

const nameIn = (json: unknown, at: string): string | null => {
  const value = valueAt(json, at);
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 200) : null;
};

/** Gateways write numbers with their country's code and often without a plus. */
const numberOf = (from: string) => {
  const home = parsePhoneNumberFromString(from, "JO");
  return home?.isValid() === true ? home : parsePhoneNumberFromString(`+${from.replace(/\D/g, "")}`);
};

export function createSmsCallbacks(d: {
  db: Database;
  log: Logger;
  secret: string;
  template: GatewayTemplate;
  failForGood: FailForGood;
}): SmsCallbacks {
  const { db, log, template } = d;

  return {
    async report(callback) {
      if (verifiedSignature(d.secret, callback) === null) return "refused";
      const json = readJson(callback.body);
      const { reports } = template;
      const [name, status] = [nameIn(json, reports.id), valueAt(json, reports.status)];
      const id = name === null ? null : await reportedMessage(db, name);
      if (id === null) log.info("a report names no message");
      else if (reports.delivered.some((one) => one === status)) await markDelivered(db, id, callback.now);
      else if (reports.failed.some((one) => one === status))
        await d.failForGood({ id, reason: "gateway: not delivered", refused: true, now: callback.now });
      return "taken";
    },
    async inbound(callback) {
      const signature = verifiedSignature(d.secret, callback);
      if (signature === null) return "refused";
      const json = readJson(callback.body);
      const [from, text] = [nameIn(json, template.inbound.from), nameIn(json, template.inbound.text)];
      const number = from === null ? undefined : numberOf(from);
      const meaning = text === null ? null : replyMeaning(text);
      if (meaning === null || number === undefined || !number.isValid()) return "taken";
      await inTransaction(db, async (tx) => {
        // An old START that is sent once more must not undo a STOP that came after it.
        if (!(await isFirstCallback(db, tx, signature, callback.now))) return;
        if (meaning === "stop") await optOut(db, { number: number.number, by: "reply", now: callback.now }, tx);
        else await optIn(db, number.number, tx);
      });
      return "taken";
    },
  };
}
