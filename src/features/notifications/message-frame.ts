/** What the views of messages share: the frame of a letter, and what may be said of a case. */
import type { MessageTemplate } from "../../engine/letters/message-kinds.js";
import { inLanguage } from "../../engine/text/text.js";
import { type Fact, textOf, type View, type ViewContext } from "./view-context.js";

export type MessageData = Readonly<Record<string, unknown>>;
export type ViewBuilder = (data: MessageData, context: ViewContext) => View;
/** Fields that the layout needs from every template. */
export function frame(
  template: MessageTemplate,
  context: ViewContext,
  values: Readonly<Record<string, string | number>>,
): View {
  const optional = (key: string) =>
    context.has(`${template}.${key}`) ? context.say(`${template}.${key}`, values) : null;
  return {
    values,
    subject: context.say(`${template}.subject`, values),
    preheader: optional("preheader") ?? "",
    programme: inLanguage(context.setup.programme.name, context.language),
    whyReceived: optional("why"),
    change: null,
    help: null,
    note: null,
  };
}

/** Where the way in which letters come is chosen; of a letter that a rule wants anyway, that it comes whatever is chosen. */
export function changeOf(data: MessageData, context: ViewContext): View {
  return {
    words: context.say(data.mandatory === true ? "layout.mandatory" : "layout.changeLetters"),
    link: context.links.letters(),
    label: context.say("layout.lettersOfPosition"),
  };
}

/** The words for the case itself; a confidential case comes without subject and then shows its reference only. */
export function caseFacts(
  data: MessageData,
  context: ViewContext,
  due: "dueAt" | "answerBy" | "replyBy",
): readonly Fact[] {
  const { setup } = context;
  const facts = context.facts([
    ["subject", textOf(data, "subject")],
    ["type", context.name(data.type, setup.types)],
    ["entity", context.name(data.entity, setup.entities)],
    ["sector", data.entity ? null : context.name(data.sector, setup.sectors)],
    ["pillar", context.name(data.pillar, setup.pillars)],
    ["importance", context.name(data.importance, setup.importanceLevels)],
    [due, context.moment(data.dueAt)],
  ]);
  // Applicants have not heard of pillars: the public pages ask them what it is about.
  return due === "dueAt"
    ? facts
    : facts.map((fact) => (fact.name === "pillar" ? { ...fact, label: context.say("labels.about") } : fact));
}
