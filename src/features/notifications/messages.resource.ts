/** Messages: what was told to whom, how it reads, and sending it again. */

import { can } from "../../engine/access/permissions.js";
import { languageChoices } from "../../engine/formatting/language-names.js";
import type { ApplicantWay } from "../../engine/letters/applicant-ways.js";
import type { SmsLook } from "../../engine/letters/letter-look.js";
import type { MessageTemplate } from "../../engine/letters/message-kinds.js";
import { messageNames } from "../../engine/letters/message-kinds.js";
import {
  adviceOn,
  failureWords,
  faultyParts,
  messageStateNames,
  notWritten,
  type UnsentReason,
  unsentReasonOf,
  unsentReasons,
  whyNotAgain,
} from "../../engine/letters/message-states.js";
import { parseReference } from "../../engine/lifecycle/case-reference.js";
import { codesOf } from "../../engine/registry.js";
import { msg } from "../../engine/text/msg.js";
import { type Bilingual, inLanguage, type Language } from "../../engine/text/text.js";
import {
  type Call,
  defineResource,
  type ListAsked,
  type Row,
  readSource,
} from "../../platform/admin/define-resource.js";
import { type Official, readIn } from "../../platform/admin/official.js";
import { type MessageState, messageStates } from "../../platform/mail/message-store.js";
import type { Services } from "../../platform/services.js";

type Listed = Awaited<ReturnType<Services["mail"]["page"]>>[number];

/** A line of the list; nothing of what the letter is made of leaves the server. */
function rowOf(message: Listed, official: Official): Row {
  const { id, programme, template, language, state, way, subject, receiverName, reference } = message;
  return {
    id,
    programme,
    template,
    language,
    state,
    way,
    subject: subject ?? inLanguage(notWritten, readIn(official)),
    receiver: receiverName,
    reference,
    createdAt: message.createdAt,
    sentAt: message.sentAt,
    attempts: message.attempts,
    nextAttemptAt: message.nextAttemptAt,
    lapsedAt: message.lapsedAt,
    unsent: unsentReasonOf(message.lastError),
    lastError: message.lastError,
    reason: failureWords(message.lastError),
  };
}

const unsentNames = codesOf(unsentReasons);

const oneOf = (value: ListAsked["filters"][string] | undefined): readonly string[] | undefined =>
  value?.kind === "oneOf" ? value.values : undefined;

const momentsOf = (value: ListAsked["filters"][string] | undefined) => (value?.kind === "moments" ? value : undefined);

function questionOf({ official, filters, search }: ListAsked) {
  const [programmes, states, templates] = [oneOf(filters.programme), oneOf(filters.state), oneOf(filters.template)];
  const receiver = filters.receiver?.kind === "text" ? filters.receiver.text : undefined;
  const unsent = oneOf(filters.unsent);
  const ways = oneOf(filters.way);
  const written = momentsOf(filters.createdAt);
  const lapsed = momentsOf(filters.lapsedAt);
  const reference = search === null ? null : parseReference(search);
  return {
    actor: official.actor,
    filter: {
      ...(programmes && { programmes }),
      ...(states && { states: states as MessageState[] }),
      ...(templates && { templates: templates as MessageTemplate[] }),
      ...(receiver !== undefined && { receiver }),
      ...(unsent && { unsent: unsent as UnsentReason[] }),
      ...(ways && { ways: ways as ApplicantWay[] }),
      ...(written && { written }),
      ...(lapsed && { lapsed }),
      // What is typed into the search is a case's reference, or else part of a receiver's name.
      ...(reference !== null && { reference }),
      ...(search !== null && reference === null && { receiver: search }),
    },
  };
}

const wayNames: Readonly<Record<ApplicantWay, Bilingual>> = {
  email: msg("notifications.messagePage.byEmail"),
  sms: msg("notifications.messagePage.bySms"),
};

/** The letter as it reads, and whether it can be sent again. */
export interface LetterView {
  readonly subject: string;
  readonly from: string;
  readonly html: string;
  readonly text: string;
  readonly sms: SmsLook | null;
  readonly language: Language;
  /** The version of the programme's own words that it is written in; null: as it ships. */
  readonly wording: {
    readonly name: string;
    readonly programme: string;
    readonly id: number;
    readonly version: number;
  } | null;
  /** Sent into the demo's own mailbox, and to no one. */
  readonly ownMailbox: boolean;
  readonly way: ApplicantWay;
  /** Of a text message, as the next. */
  readonly deliveredAt: Date | null;
  readonly segments: number | null;
  /** True: its receiver tried a draft by it. */
  readonly test: boolean;
  /** True: those words could not be used, and it left as it ships. */
  readonly wordingFailed: boolean;
  /** True: a line of it could not be put together, and a plain one stands there. */
  readonly lineFailed: boolean;
  /** How often it was sent again on purpose. */
  readonly copies: number;
  /** What can be done about one that was not sent; null: nothing that is known. */
  readonly advice: Bilingual | null;
  /** Why it cannot be sent again now; null when it can, or when this is not for the reader to do. */
  readonly refusal: Bilingual | null;
  readonly mayResend: boolean;
}

async function letter({ record, official, services }: Call): Promise<LetterView> {
  const asked = { id: Number(record?.id), actor: official.actor };
  const { message, rendered } = await services.mail.show(asked);
  const { wordingId, wordingName, wordingVersion, programme } = message;
  const wording =
    wordingId === null || wordingName === null || wordingVersion === null
      ? null
      : { name: wordingName, programme, id: wordingId, version: wordingVersion };
  const faulty = faultyParts(message.wordingFault);
  return {
    wording,
    ownMailbox: message.ownMailbox,
    way: message.way,
    deliveredAt: message.deliveredAt,
    segments: message.segments ?? rendered.sms?.segments ?? null,
    test: message.data.test === true,
    wordingFailed: faulty.wording || rendered.wordingFault !== null,
    lineFailed: faulty.line || rendered.lineFaults.length > 0,
    subject: rendered.subject,
    from: rendered.from,
    html: rendered.html,
    text: rendered.text,
    sms: rendered.sms,
    language: message.language,
    copies: await services.mail.copies(asked),
    advice: message.state === "failed" || message.state === "held" ? adviceOn(unsentReasonOf(message.lastError)) : null,
    refusal: whyNotAgain(message, services.operation.canSend),
    mayResend: can(official.actor, "mail.send", { programme: message.programme }),
  };
}

export const messages = defineResource({
  id: "messages",
  label: msg("notifications.messagesResource.messages"),
  one: msg("notifications.messagesResource.one"),
  group: "operation",
  icon: "mail",
  order: 10,
  access: { read: "mail.read" },
  columns: [
    { name: "subject", label: msg("notifications.messagesResource.subject"), type: "text", list: true },
    {
      name: "receiver",
      label: msg("notifications.messagesResource.receiver"),
      type: "text",
      list: true,
      filter: true,
      search: true,
    },
    {
      name: "reference",
      label: msg("notifications.messagesResource.case"),
      type: "text",
      list: true,
      search: true,
      ltr: true,
    },
    {
      name: "state",
      label: msg("notifications.messagesResource.state"),
      type: "choice",
      choices: messageStates.map((value) => ({ value, label: messageStateNames[value] })),
      list: true,
      filter: true,
    },
    {
      name: "template",
      label: msg("notifications.messagesResource.letter"),
      type: "choice",
      choices: Object.entries(messageNames).map(([value, label]) => ({ value, label })),
      list: true,
      filter: true,
    },
    {
      name: "programme",
      label: msg("notifications.messagesResource.programme"),
      type: "reference",
      reference: "programmes",
      filter: true,
    },
    {
      name: "way",
      label: msg("notifications.messagePage.way"),
      type: "choice",
      choices: codesOf(wayNames).map((value) => ({ value, label: wayNames[value] })),
      list: true,
      filter: true,
    },
    {
      name: "createdAt",
      label: msg("notifications.messagesResource.written"),
      type: "moment",
      list: true,
      filter: true,
      sort: true,
    },
    { name: "sentAt", label: msg("notifications.messagesResource.sent"), type: "moment" },
    { name: "attempts", label: msg("notifications.messagesResource.attempts"), type: "number" },
    { name: "nextAttemptAt", label: msg("notifications.messagesResource.nextAttempt"), type: "moment" },
    {
      name: "unsent",
      label: msg("notifications.messagesResource.whyNotSent"),
      type: "choice",
      choices: unsentNames.map((value) => ({ value, label: unsentReasons[value].name })),
      filter: true,
    },
    { name: "lapsedAt", label: msg("notifications.messagesResource.lapsedAt"), type: "moment", filter: true },
    { name: "lastError", label: msg("notifications.messagesResource.whatWasSaid"), type: "text", ltr: true },
    { name: "reason", label: msg("notifications.messagesResource.whyItFailed"), type: "json" },
    {
      name: "language",
      label: msg("notifications.messagesResource.language"),
      type: "choice",
      choices: languageChoices(),
    },
  ],
  title: ({ subject }) => ({ en: String(subject), ar: String(subject) }),
  source: readSource({
    idForm: /^[1-9]\d{0,14}$/,
    async find(page) {
      const { offset, limit } = page;
      return (await page.services.mail.page({ ...questionOf(page), offset, limit })).map((message) =>
        rowOf(message, page.official),
      );
    },
    async count(list) {
      const { total, more } = await list.services.mail.count(questionOf(list));
      return { total, estimated: more };
    },
    async one({ id, official, services }) {
      const found = await services.mail.one({ id: Number(id), actor: official.actor });
      return found === null ? null : rowOf(found, official);
    },
  }),
  defaultSort: { column: "createdAt", direction: "desc" },
  components: { list: "MessageList", show: "MessagePage" },
  actions: {
    letter: {
      kind: "record",
      label: msg("notifications.messagesResource.actionsLetterLabel"),
      access: "mail.read",
      read: letter,
    },
    resend: {
      kind: "record",
      label: msg("notifications.messagesResource.actionsResendLabel"),
      access: "mail.send",
      run: ({ record, official, input, services, now }) =>
        services.operation.resend({
          id: Number(record?.id),
          actor: official.actor,
          now,
          ...(Number.isSafeInteger(input.copies) && Number(input.copies) >= 0 && { copies: Number(input.copies) }),
        }),
    },
  },
});
