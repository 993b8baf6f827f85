/** What each message to an applicant shows. A table: template → view. */
import type { MessageTemplate } from "../../engine/letters/message-kinds.js";
import { helpLineOf } from "../../engine/setup/help-line.js";
import { inLanguage } from "../../engine/text/text.js";
import { caseFacts, frame, type MessageData, type ViewBuilder } from "./message-frame.js";
import { textOf, type View, type ViewContext } from "./view-context.js";

/** What other people than the receiver see of the digits. */
const hiddenCode = "••••••";

/** What the applicant sent, as English calls it: their complaint, inquiry … Where the type may not be said, a submission. */
function whatIsSent({ type }: MessageData, context: ViewContext): string {
  const key = `what.${String(type)}`;
  return context.say(context.has(key) ? key : "what.other");
}

/** What the button opens, or how the receiver shows that the address is theirs: where the message holds a link for it. */
function linkNote(context: ViewContext, withCode: string): View | null {
  const { link } = context.enclosed;
  if (link === null) return null;
  const key = (name: string) => context.say(`layout.${link.purpose}.${name}`);
  const to = link.purpose === "open" ? withCode : context.links.applicant(link.token);
  return { words: key("words"), link: to, label: key("label") };
}

/**
 * What an official took down for somebody: anybody can give another's address and then call for them, so that it goes to an address which
 * was shown to be theirs and to no other.
 */
const takenDown = (context: ViewContext, said: readonly (string | null)[]): string => {
  const there = said.filter((part) => part !== null);
  if (there.length === 0) return context.say("layout.withheld");
  return context.enclosed.proven ? there.join("\n\n") : context.say("layout.unproven");
};

/** What the applicant may call; null where the programme has no telephone. */
function helpIn({ say, language, setup }: ViewContext): View | null {
  const line = helpLineOf(setup.programme.settings);
  if (line === null) return null;
  const { phone, dial, hours } = line;
  return { words: say("layout.help"), phone, dial, hours: inLanguage(hours, language) ?? null };
}

function applicant(template: MessageTemplate, extra: ViewBuilder = () => ({})): ViewBuilder {
  return (data, bare) => {
    const reference = textOf(data, "reference") ?? "";
    const what = whatIsSent(data, bare);
    const context: ViewContext = { ...bare, say: (key, values) => bare.say(key, { what, ...values }) };
    const withCode = context.links.application(reference, context.language);
    const { link } = context.enclosed;
    return {
      ...frame(template, context, { reference, what }),
      reference,
      facts: [],
      link: link?.purpose === "open" ? context.links.applicant(link.token) : withCode,
      change: linkNote(context, withCode),
      help: helpIn(context),
      button: context.say(`${template}.button`),
      ...extra(data, context),
    };
  };
}

/** Until when it can be rated, where the workflow ends that by itself. */
const askedToRate = (template: MessageTemplate): ViewBuilder =>
  applicant(template, (data, context) => ({ facts: context.facts([["rateBy", context.moment(data.rateBy)]]) }));

export const applicantMessageViews = {
  "applicant-received": applicant("applicant-received", (data, context) => ({
    // Nobody has shown yet that the address is theirs: what somebody wrote is not passed on to it.
    facts: context.facts([
      ["type", context.name(data.type, context.setup.types)],
      ["entity", context.name(data.entity, context.setup.entities)],
      ["answerBy", context.moment(data.dueAt)],
    ]),
    note: context.moment(data.dueAt) === null ? context.say("applicant-received.noPromise") : null,
  })),
  "applicant-question": applicant("applicant-question", (data, context) => ({
    quote: textOf(data, "question") ?? context.say("layout.withheld"),
    facts: context.facts([["replyBy", context.moment(data.replyBy)]]),
    note: context.say("applicant-question.note"),
  })),
  "applicant-answered": applicant("applicant-answered", (data, context) => {
    const days = textOf(data, "reopenWindowDays") ?? context.setup.programme.settings.reopenWindowDays;
    return {
      quote: textOf(data, "answer") ?? context.say("layout.withheld"),
      note:
        data.together === true
          ? context.say("applicant-answered.together")
          : context.say("applicant-answered.note", { days }),
    };
  }),
  "applicant-rejected": applicant("applicant-rejected", (data, context) => {
    const days = textOf(data, "reopenWindowDays");
    const told = [context.name(data.reason), textOf(data, "explanation")].filter((part) => part !== null);
    const again = days === null ? null : context.say("applicant-rejected.note", { days });
    return {
      quote: told.length === 0 ? context.say("layout.withheld") : told.join("\n\n"),
      note: data.together === true ? context.say("applicant-rejected.together") : again,
    };
  }),
  "applicant-withdrawn": applicant("applicant-withdrawn", (data, context) => {
    const days = textOf(data, "reopenWindowDays");
    const role = textOf(data, "role") ?? "";
    return {
      quote: takenDown(context, [textOf(data, "reason")]),
      facts: context.facts([
        ["withdrawnBy", context.has(`roles.${role}`) ? context.say(`roles.${role}`) : null],
        ["withdrawnAt", context.moment(data.at)],
        ["recognisedBy", context.name(data.recognised)],
      ]),
      note:
        days === null ? context.say("applicant-withdrawn.again") : context.say("applicant-withdrawn.note", { days }),
    };
  }),
  "applicant-acted": applicant("applicant-acted", (data, context) => {
    const role = textOf(data, "role") ?? "";
    const rating = textOf(data, "rating");
    return {
      quote: takenDown(context, [
        rating === null ? null : context.say("applicant-acted.rating", { rating }),
        textOf(data, "said"),
      ]),
      facts: context.facts([
        ["act", context.name(data.act)],
        ["doneBy", context.has(`roles.${role}`) ? context.say(`roles.${role}`) : null],
        ["doneAt", context.moment(data.at)],
        ["recognisedBy", context.name(data.recognised)],
      ]),
      note: context.say("applicant-acted.note"),
    };
  }),
  "applicant-rate": askedToRate("applicant-rate"),
  "applicant-rate-reminder": askedToRate("applicant-rate-reminder"),
  "applicant-linked": applicant("applicant-linked", (data, context) => ({
    // The answer to a confidential case is not passed on.
    note: data.confidential === true ? null : context.say("applicant-linked.note"),
  })),
  "applicant-split": applicant("applicant-split", (data, context) => ({
    facts: [...context.facts([["splitFrom", textOf(data, "splitFrom")]]), ...caseFacts(data, context, "answerBy")],
  })),
  "applicant-lost-code": applicant("applicant-lost-code", (_data, context) => {
    const { link } = context.enclosed;
    const say = (name: string) => context.say(`applicant-lost-code.${link?.purpose ?? "none"}.${name}`);
    // Where the address has to be confirmed first, that is what the button is for.
    if (link?.purpose === "prove")
      return { link: context.links.applicant(link.token), change: null, button: say("button"), note: say("note") };
    return link === null ? { button: say("button"), note: say("note") } : {};
  }),
  "contact-code": applicant("contact-code", (data, context) => ({
    code: context.enclosed.code ?? hiddenCode,
    facts: context.facts([["validUntil", context.moment(data.expiresAt)]]),
    note: context.say("contact-code.note"),
    link: context.links.confirm(textOf(data, "reference") ?? "", context.language),
  })),
} as const satisfies Readonly<Partial<Record<MessageTemplate, ViewBuilder>>>;

/** Which application a text message is about, and whom to call. */
export const aboutApplication: ViewBuilder = (data, context) => ({
  values: {
    reference: textOf(data, "reference") ?? "",
    what: whatIsSent(data, context),
    helpLine: helpLineOf(context.setup.programme.settings)?.phone ?? "",
  },
  programme: inLanguage(context.setup.programme.name, context.language),
});

/** The six digits as a text message: one line, for a person who waits to type them. */
export function contactCodeSms(data: MessageData, context: ViewContext): View {
  const values = { reference: textOf(data, "reference") ?? "", code: context.enclosed.code ?? hiddenCode };
  return {
    values,
    programme: inLanguage(context.setup.programme.name, context.language),
    // A telephone needs no marks of direction around digits, and each costs room.
    text: context
      .say(data.toAgent === true ? "contact-code-sms.toAgent" : "contact-code-sms.text", values)
      .replace(/[\u2066-\u2069]/g, ""),
  };
}
