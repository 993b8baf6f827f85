/** The part of the composition that sends letters and text messages, and hears what became of the texts. */

import { countryOf } from "../engine/setup/countries.js";
import { createReplyAnswers } from "../features/notifications/answer-reply.js";
import { createDelivery } from "../features/notifications/deliver-messages.js";
import { createSmsDelivery, type SmsDeliveryDependencies } from "../features/notifications/deliver-sms.js";
import { type LateAsked, lapseLate } from "../features/notifications/lapse-late.js";
import { createSmsCallbacks } from "../features/notifications/sms-callbacks.js";
import { whileUnsure } from "../features/notifications/while-unsure.js";
import type { ActiveSetup } from "../features/setup/active-setup.js";
import type { Policies } from "../features/setup/policies.js";
import type { SmsConfig } from "../platform/config.js";
import type { Standing } from "../platform/db/folder-place.js";
import type { NewMessageState } from "../platform/mail/message-store.js";
import { createSmtpTransport } from "../platform/mail/smtp.js";
import { createSmsGateway } from "../platform/sms/gateway.js";

type Sender = Pick<
  SmsDeliveryDependencies,
  "db" | "log" | "renderer" | "setupOf" | "wordingOf" | "enclose" | "failForGood" | "mayGetReceipt"
>;

/** `sms`, `smtpUrl`: null where nothing leaves that way. The answers of a gateway are null where none gives any. */
export function composeSending(
  d: Sender & {
    readonly active: ActiveSetup;
    readonly policies: Policies;
    readonly messages: NewMessageState;
    readonly publicUrl: string;
    readonly smtpUrl: string | null;
    readonly sms: SmsConfig | null;
    readonly ownMailbox: boolean;
    readonly othersSend: boolean;
    readonly standing: () => Standing;
  },
) {
  const { db, log, setupOf, messages, sms, othersSend, standing, failForGood, policies } = d;
  const lateParts = { db, setupOf, messages, programmes: () => d.active.programmes() };
  const sender = {
    ...{ db, log, renderer: d.renderer, setupOf, wordingOf: d.wordingOf, enclose: d.enclose, ownMailbox: d.ownMailbox },
    ...{ failForGood, mayGetReceipt: d.mayGetReceipt },
    lapseLate: (asked: LateAsked) => lapseLate(lateParts, asked),
    elapsed: () => performance.now(),
  };
  const letterParts = { ...sender, publicUrl: d.publicUrl };
  const transport = d.smtpUrl === null ? null : createSmtpTransport(d.smtpUrl);
  const deliver = whileUnsure(
    { db, way: "email", standing, nothing: { sent: 0, kept: 0, retried: 0, failed: 0 } },
    {
      send: createDelivery({ ...letterParts, transport, othersSend, textsLeave: sms !== null }),
      keep: createDelivery({ ...letterParts, transport: null, textsLeave: false }),
    },
  );
  const smsParts = { ...sender, calendarOf: policies.calendar };
  const gateway = sms === null ? null : createSmsGateway(sms.url, sms.template);
  const deliverSms = whileUnsure(
    { db, way: "sms", standing, nothing: { sent: 0, kept: 0, retried: 0, failed: 0, held: 0, putOff: 0, lapsed: 0 } },
    {
      send: createSmsDelivery({ ...smsParts, gateway, othersSend }),
      keep: createSmsDelivery({ ...smsParts, gateway: null }),
    },
  );
  const smsCallbacks =
    sms === null || sms.callbacks === null
      ? null
      : createSmsCallbacks({
          ...{ db, log, checks: sms.callbacks, template: sms.template, failForGood },
          countries: async () =>
            (await policies.freshOf((inUse) => inUse)).map(({ setup }) => countryOf(setup.programme.settings)),
          answerReply: createReplyAnswers({ db, setupOf, messages }),
        });
  return { deliver, deliverSms, smsCallbacks };
}
