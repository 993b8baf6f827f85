/** What each message about one case shows. A table: template → view. */

import { formatNumber } from "../../engine/formatting/numbers.js";
import {
  applicantLetterOf,
  type DigestLetter,
  followsWay,
  type MessageTemplate,
  type SmsKind,
} from "../../engine/letters/message-kinds.js";
import { takenBackKind } from "../../engine/lifecycle/gather-messages.js";
import { inLanguage } from "../../engine/text/text.js";
import { aboutApplication, applicantMessageViews } from "./applicant-message-views.js";
import { caseFacts, changeOf, frame, type MessageData, type ViewBuilder } from "./message-frame.js";
import { textOf, type View, type ViewContext } from "./view-context.js";

type OtherTemplate =
  | SmsKind
  | "contact-code-sms"
  | DigestLetter
  | "figure-alert"
  | "account-invitation"
  | "account-reset";

function official(template: MessageTemplate, extra: ViewBuilder = () => ({})): ViewBuilder {
  return (data, context) => {
    const reference = textOf(data, "reference") ?? "";
    const due = context.moment(data.dueAt) ?? context.say("layout.noData");
    return {
      // Letters whose preview text is a sentence of their own put it there themselves.
      ...frame(template, context, { reference, due, said: "" }),
      reference,
      facts: caseFacts(data, context, "dueAt"),
      note: data.confidential === true ? context.say("layout.confidentialCase") : null,
      change: changeOf(data, context),
      link: context.links.case(reference),
      button: context.say(`${template}.button`),
      ...extra(data, context),
    };
  };
}

function deadlineFacts(data: MessageData, context: ViewContext): View {
  const target = textOf(data, "target");
  const level = textOf(data, "level");
  const role = context.setup.programme.settings.ladder.find((step) => String(step.level) === level)?.role;
  const levelName = role !== undefined && context.has(`roles.${role}`) ? context.say(`roles.${role}`) : null;
  const notes = [
    data.target === null ? context.say("official-warning.idle") : null,
    data.confidential === true ? context.say("layout.confidentialCase") : null,
  ].filter((line) => line !== null);
  return {
    note: notes.length === 0 ? null : notes.join(" "),
    facts: [
      ...context.facts([
        ["level", level === null || level === "0" ? null : levelName === null ? level : `${level} · ${levelName}`],
        [
          "target",
          target === null ? null : context.has(`targets.${target}`) ? context.say(`targets.${target}`) : target,
        ],
      ]),
      ...caseFacts(data, context, "dueAt"),
    ],
  };
}

/** Who turned to the reader, and what they wrote; of a confidential case neither is said. */
function fromColleague(template: MessageTemplate): ViewBuilder {
  return (data, context) => {
    const by = textOf(data, "by");
    return {
      said: by === null ? context.say(`${template}.body`) : context.say(`${template}.bodyBy`, { by }),
      quote: textOf(data, "note"),
    };
  };
}

/** The same from above: by whom, as what, and that it follows one by a position below. */
function reminderFromAbove(data: MessageData, context: ViewContext): View {
  const roleOf = (of: MessageData): string | null => {
    const role = textOf(of, "role");
    return role !== null && context.has(`roles.${role}`) ? context.say(`roles.${role}`) : null;
  };
  const [by, role] = [textOf(data, "by"), roleOf(data)];
  const view = fromColleague("official-reminder")(data, context);
  const said = by !== null && role !== null ? context.say("official-reminder.bodyAs", { by, role }) : view.said;
  const after = (data.after ?? {}) as MessageData;
  const [before, beforeRole, at] = [textOf(after, "by"), roleOf(after), context.moment(after.at)];
  const follows =
    before === null || beforeRole === null || at === null
      ? ""
      : ` ${context.say("official-reminder.after", { by: before, role: beforeRole, at })}`;
  return { ...view, said: `${String(said)}${follows}` };
}

/** What happened, in a sentence: with the rating or the name, where it may be said. */
function officialNews(data: MessageData, context: ViewContext): View {
  const kind = textOf(data, "kind") ?? "added";
  const key = `official-news.kinds.${context.has(`official-news.kinds.${kind}`) ? kind : "added"}`;
  const value = textOf(data, "rating", "by");
  const said = value !== null && context.has(`${key}With`) ? context.say(`${key}With`, { value }) : context.say(key);
  const facts = [...context.facts([["files", textOf(data, "files")]]), ...caseFacts(data, context, "dueAt")];
  return { said, preheader: said, facts };
}

function operationRoomAlert(data: MessageData, context: ViewContext): View {
  const kind = textOf(data, "kind") ?? "other";
  const key = `operation-room-alert.kinds.${context.has(`operation-room-alert.kinds.${kind}`) ? kind : "other"}`;
  const reference = textOf(data, "reference");
  const detail = context.name(data.message);
  const quote = [context.say(key), detail].filter((line) => line !== null).join("\n");
  return {
    ...frame("operation-room-alert", context, {
      title: reference ?? inLanguage(context.setup.programme.name, context.language),
    }),
    quote,
    facts: context.facts([
      ["reference", reference],
      ["ruleSet", textOf(data, "set")],
      ["rule", textOf(data, "ruleId")],
      ["seat", context.name(data.seat)],
      ["level", textOf(data, "level")],
      ["entity", context.name(data.entity, context.setup.entities)],
    ]),
    change: followsWay("operation-room-alert", data) ? changeOf(data, context) : null,
    link: reference === null ? context.links.home() : context.links.case(reference),
    button: context.say("operation-room-alert.button"),
  };
}

const counted = (value: unknown, { language }: ViewContext): string | null =>
  typeof value === "number" ? formatNumber(value, language) : textOf({ value }, "value");

function auditSeal(data: MessageData, context: ViewContext): View {
  const number = textOf(data, "number") ?? "";
  return {
    ...frame("audit-seal", context, { number }),
    facts: context.facts([
      ["sealNumber", number],
      ["sealedAt", context.moment(data.sealedAt)],
      ["events", counted(data.events, context)],
      ["chains", counted(data.chains, context)],
      ["mac", textOf(data, "mac")],
      ["previousMac", textOf(data, "previousMac")],
    ]),
  };
}

/** What a letter says whose receivers were told of cases that do not concern them any more. */
function bulkTakenBack(count: number, context: ViewContext): View {
  const said = (name: string) => context.say(`official-bulk.takenBack.${name}`, { count });
  return {
    ...{ subject: said("subject"), preheader: said("preheader"), title: said("title"), body: said("body") },
    whyReceived: said("why"),
  };
}

/** Many cases in one letter: which act, by whom, and the references alone. */
function officialBulk(data: MessageData, context: ViewContext): View {
  const kind = textOf(data, "kind") ?? "other";
  const known = context.has(`official-bulk.kinds.${kind}`) ? kind : "other";
  const references = Array.isArray(data.references) ? data.references.map(String) : [];
  const count = textOf(data, "count") ?? String(references.length);
  const rest = Number(count) - references.length;
  const action = context.name(data.action) ?? "";
  const takenBack = kind === takenBackKind;
  return {
    ...frame("official-bulk", context, { count, action }),
    title: context.say("official-bulk.title"),
    body: takenBack ? "" : context.say(`official-bulk.kinds.${known}`, { count }),
    ...(takenBack && bulkTakenBack(Number(count), context)),
    facts: context.facts([
      ["act", action],
      ["by", textOf(data, "by")],
    ]),
    references,
    note: rest > 0 ? context.say("official-bulk.rest", { rest }) : null,
    change: changeOf(data, context),
    link: context.links.home(),
    button: context.say("official-bulk.button"),
  };
}

/** What happened to a case, in a sentence of the gathered letter. */
function happenedWords(data: MessageData, context: ViewContext): string {
  const { template, kind, untaken } = data;
  const key = (name: string) => `official-gathered.happened.${name}`;
  const said = (name: string, values?: Readonly<Record<string, string>>) => context.say(key(name), values);
  if (untaken === true) return said("untaken");
  if (template === "official-news" && context.has(key(`news-${String(kind)}`))) return said(`news-${String(kind)}`);
  if (template === "official-warning") {
    // A reminder of a silent office watches no target: no one acted.
    const target = textOf(data, "target");
    if (target === null) return said("idle");
    const named = context.has(`targets.${target}`) ? context.say(`targets.${target}`) : target;
    return said("official-warning", { target: named });
  }
  const by = textOf(data, "by");
  if (by !== null && context.has(key(`${String(template)}By`))) return said(`${String(template)}By`, { by });
  return said(context.has(key(String(template))) ? String(template) : "other");
}

/** Several cases, a line each: what happened and until when it is due. A confidential one is there by its reference alone. */
export function gatheredLines(data: MessageData, context: ViewContext): View & { readonly count: number } {
  const lines = Array.isArray(data.lines) ? (data.lines as readonly MessageData[]) : [];
  const count = Number(data.count ?? lines.length);
  const rest = count - lines.length;
  const happenedOf = (line: MessageData): readonly MessageData[] =>
    Array.isArray(line.happened) ? (line.happened as readonly MessageData[]) : [];
  return {
    count,
    lines: lines.map((line) => {
      const reference = textOf(line, "reference") ?? "";
      const plain = { reference, subject: null, confidential: null, due: null, link: context.links.case(reference) };
      return context.line<View>(
        () => {
          const due = context.moment(line.dueAt);
          return {
            ...plain,
            subject: line.confidential === true ? null : textOf(line, "subject"),
            confidential: line.confidential === true ? context.say("official-gathered.confidential") : null,
            happened: happenedOf(line).map((one) => happenedWords(one, context)),
            due: due === null ? null : context.say("official-gathered.due", { due }),
          };
        },
        () => ({ ...plain, happened: [context.say("layout.plainLine")] }),
      );
    }),
    rest: rest > 0 ? context.say("official-gathered.rest", { rest }) : null,
  };
}

function officialGathered(data: MessageData, context: ViewContext): View {
  const gathered = gatheredLines(data, context);
  const way = textOf(data, "way") ?? "hourly";
  return {
    ...frame("official-gathered", context, { count: gathered.count }),
    ...gathered,
    whyReceived: context.say(`official-gathered.whyOf.${way === "daily" ? "daily" : "hourly"}`),
    change: changeOf(data, context),
    link: context.links.home(),
    button: context.say("official-gathered.button"),
  };
}

/** An instruction that an entity has to acknowledge: just issued, or waiting still. */
function officialInstruction(data: MessageData, context: ViewContext): View {
  const number = textOf(data, "number") ?? "";
  const kind = textOf(data, "kind") === "reminder" ? "reminder" : "issued";
  return {
    ...frame("official-instruction", context, { number }),
    body: context.say(`official-instruction.kinds.${kind}`),
    quote: context.name(data.title),
    facts: context.facts([
      ["instructionNumber", number],
      ["inForceFrom", context.date(data.inForceFrom)],
    ]),
    link: context.links.instruction(textOf(data, "programme") ?? "", textOf(data, "code") ?? ""),
    button: context.say("official-instruction.button"),
  };
}

export const caseMessageViews: Readonly<Record<Exclude<MessageTemplate, OtherTemplate>, ViewBuilder>> = {
  ...applicantMessageViews,
  "official-assigned": official("official-assigned", (data, context) =>
    data.untaken === undefined
      ? {}
      : {
          note: [
            context.say("official-assigned.untaken"),
            data.confidential === true ? context.say("layout.confidentialCase") : null,
          ]
            .filter((line) => line !== null)
            .join(" "),
        },
  ),
  "official-mentioned": official("official-mentioned", fromColleague("official-mentioned")),
  "official-given": official("official-given", fromColleague("official-given")),
  "official-reminder": official("official-reminder", reminderFromAbove),
  "official-news": official("official-news", officialNews),
  "official-warning": official("official-warning", deadlineFacts),
  "official-escalated": official("official-escalated", deadlineFacts),
  "official-escalated-copy": official("official-escalated-copy", deadlineFacts),
  "official-bulk": officialBulk,
  "official-gathered": officialGathered,
  "official-instruction": officialInstruction,
  "operation-room-alert": operationRoomAlert,
  "audit-seal": auditSeal,
};

/**
 * Where a text message leads: by `link` always. One of the others is there as well, so that no words ask for a code that is not needed: the link
 * that opens the application, to a proven number; in a receipt, and where a link was asked for, the one that confirms the number; else the page that asks for the code.
 */
function smsLinks(template: SmsKind, data: MessageData, context: ViewContext): View {
  const { link } = context.enclosed;
  const short = context.links.short(textOf(data, "reference") ?? "");
  if (link?.purpose === "open") {
    const openLink = context.links.applicant(link.token);
    return { link: openLink, openLink };
  }
  if (link?.purpose === "prove" && (template === "sms-received" || template === "sms-lost-code"))
    return { link: short, proveLink: context.links.applicant(link.token) };
  return { link: short, codeLink: short };
}

/** Of a text message: what the letter of the same kind shows, as far as its fields go, and the short address. */
export function smsView(template: SmsKind, data: MessageData, context: ViewContext): View {
  const letter = applicantLetterOf(template);
  const view = letter === null ? aboutApplication(data, context) : caseMessageViews[letter](data, context);
  const values = view.values as Readonly<Record<string, string | number>>;
  return { ...view, values: { ...values, ...smsLinks(template, data, context) } };
}
