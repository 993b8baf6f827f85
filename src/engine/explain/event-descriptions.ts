/** What each kind of event means, in words of either language: a row a kind. */

import type { TargetName } from "../calendar/clock.js";
import type { CaseEvent, CaseEventType } from "../lifecycle/case-event.js";
import { copiesApart } from "../lifecycle/copies-apart.js";
import type { RuleSetName } from "../rules/rule-set.js";
import { apart, type Bilingual } from "../text/text.js";
import { namedScales } from "../workflow/rating-scales.js";
import { descriptionsOfColleagues } from "./describe-colleagues.js";
import { handedOver, migrated, moved, routed, transferred } from "./describe-moves.js";
import { setNames } from "./explain-decision.js";
import { type Description, emptySeats, named, people, type Told, written } from "./told.js";
import type { Words } from "./words.js";

/** A step of the ladder is described by itself. */
const byRules = (data: CaseEvent["data"]): boolean => data.by !== "person" && data.by !== "escalation";

function momentOf(value: unknown, words: Words): string {
  const text = written(value);
  return text === null ? words.say("open", "غير محدد") : words.moment(new Date(text));
}

const targets: ReadonlySet<unknown> = new Set<TargetName>(["acknowledgement", "firstResponse", "resolution"]);

function targetOf({ data, words }: Told): string {
  return targets.has(data.target) ? words.target(data.target as TargetName) : words.say("A target", "موعد");
}

const personalFields: Readonly<Record<string, Bilingual>> = {
  name: { en: "name", ar: "الاسم" },
  nationalNumber: { en: "national number", ar: "الرقم الوطني" },
  phone: { en: "telephone", ar: "الهاتف" },
  email: { en: "e-mail", ar: "البريد الإلكتروني" },
  code: { en: "code of the application", ar: "رمز الطلب" },
};

function personalNames(fields: unknown, words: Words): string {
  const names = (Array.isArray(fields) ? fields : []).map((field) => {
    const name = personalFields[String(field)];
    return name === undefined ? String(field) : words.pick(name);
  });
  return names.join(words.say(", ", "، "));
}

function classified({ data, words }: Told): string {
  const [say, name] = [words.say, (fact: string, code: unknown) => named(words, fact, code)] as const;
  const now = say(
    `pillar: ${name("pillar", data.pillar)}, importance: ${name("importance", data.importance)}`,
    `المحور: ${name("pillar", data.pillar)}، مستوى الأهمية: ${name("importance", data.importance)}`,
  );
  const was = data.was as { pillar?: unknown; importance?: unknown } | undefined;
  if (was === undefined) {
    const secret = data.confidential === true ? say(" It is confidential.", " وهي سرّية.") : "";
    const [en, ar] = [" The rules raised the importance, which came as: ", " رفعت القواعد مستوى الأهمية، وقد ورد: "];
    const raised = data.importanceBy === "raised" ? `${say(en, ar)}${name("importance", data.stated)}.` : "";
    return say(`Classified. ${now}.${raised}${secret}`, `التصنيف. ${now}.${raised}${secret}`);
  }
  const level = name("importance", data.importance);
  if (data.by === "escalation")
    return say(
      `The escalation raised the importance to ${level}; what was promised stays.`,
      `رفع التصعيد مستوى الأهمية إلى ${level}، وتبقى المواعيد كما هي.`,
    );
  const before = `${name("pillar", was.pillar)}${say(", ", "، ")}${name("importance", was.importance)}`;
  return say(`Changed the classification. ${now} (was: ${before}).`, `تغيير التصنيف. ${now} (كان: ${before}).`);
}

/** By an official: for whom, and how they were recognised, in the workflow's words. */
function withdrawn({ data, words, workflow }: Told): string {
  if (data.forApplicant !== true) return words.say("Withdrew the application.", "سحب الطلب.");
  const action = typeof data.action === "string" ? workflow.actions[data.action] : undefined;
  const choices = action?.fields.recognisedBy?.choices ?? [];
  const how = choices.find(({ code }) => code === data.recognisedBy)?.name;
  const recognised =
    how === undefined
      ? ""
      : words.say(
          ` How the applicant was recognised: ${words.quote(words.pick(how))}.`,
          ` كيف تُحقّق من هويته: ${words.quote(words.pick(how))}.`,
        );
  return words.say(
    `Withdrew the application for the applicant.${recognised}`,
    `سحب الطلب نيابة عن مقدمه.${recognised}`,
  );
}

/** On scales too, each by the name that the workflow's field has. */
function rated({ data, words, workflow }: Told): string {
  const given = data.scales as Readonly<Record<string, unknown>> | undefined;
  const named = given === undefined ? [] : namedScales(workflow, given);
  const scales = named.map(({ name, value }) => `${words.pick(name)} ${value}`);
  const also = scales.length === 0 ? "" : words.say(` (${scales.join(", ")})`, ` (${scales.join("، ")})`);
  return words.say(`Rated the answer ${data.rating} of 5${also}.`, `تقييم الرد: ${data.rating} من 5${also}.`);
}

export const descriptions: Readonly<Record<CaseEventType, Description>> = {
  ...descriptionsOfColleagues,
  "application.imported": {
    kind: "application",
    say: ({ words }) => words.say("Taken over from another system.", "نُقلت من نظام آخر."),
  },
  "case.classified": { kind: (d) => (byRules(d) ? "rules" : "step"), say: classified, text: "reason", folded: byRules },
  "case.routed": { kind: "rules", say: routed, folded: true },
  "case.assigned": {
    kind: (d) => (byRules(d) ? "rules" : "step"),
    say: ({ data, words }) => {
      const entity = named(words, "entity", data.entity);
      return byRules(data)
        ? words.say(`${entity} is responsible.`, `الجهة المسؤولة: ${entity}.`)
        : words.say(`Forwarded to ${entity}.`, `إحالة إلى ${entity}.`);
    },
    text: "reason",
    folded: byRules,
  },
  "case.taken": { kind: "step", say: ({ words }) => words.say("Took the case on.", "تولّي المعاملة.") },
  "case.handed-over": { kind: "step", say: handedOver, text: "reason" },
  "case.moved": { kind: "step", say: moved, text: "reason" },
  "case.transferred": {
    kind: "step",
    say: transferred,
    text: "reason",
  },
  "applicant.asked": {
    kind: "question",
    say: ({ words }) => words.say("Asked the applicant.", "سؤال إلى مقدم الطلب."),
    text: "question",
  },
  "applicant.replied": { kind: "reply", say: ({ words }) => words.say("Wrote.", "كتب مقدم الطلب."), text: "reply" },
  "case.answered": { kind: "answer", say: ({ words }) => words.say("Answered.", "الرد."), text: "answer" },
  "case.returned": {
    kind: "step",
    say: ({ words }) => words.say("Sent the answer back to be completed.", "إعادة الرد لاستكماله."),
    text: "reason",
  },
  "case.resolved": {
    kind: "step",
    say: ({ data, words }) =>
      data.invitedToRate === true
        ? words.say(
            "The answer took effect; the applicant was told and invited to rate it.",
            "نفذ الرد؛ أُبلغ مقدم الطلب ودُعي إلى تقييمه.",
          )
        : words.say("The answer took effect.", "نفذ الرد."),
  },
  "case.rated": {
    kind: "reply",
    say: rated,
    text: "comment",
  },
  "case.appealed": {
    kind: "step",
    say: ({ words }) =>
      words.say("The rating opened an appeal: another person handles it.", "فتح التقييم اعتراضًا يعالجه شخص آخر."),
  },
  "case.reopened": { kind: "step", say: ({ words }) => words.say("Reopened.", "إعادة الفتح."), text: "reason" },
  "case.withdrawn": {
    kind: "step",
    say: withdrawn,
    text: "reason",
  },
  "case.rejected": {
    kind: "answer",
    say: ({ data, words }) => {
      const reason = named(words, "closingReason", data.closingReason);
      return words.say(`Rejected. Reason: ${reason}.`, `رُفض الطلب. السبب: ${reason}.`);
    },
    text: "explanation",
  },
  "case.linked": {
    kind: "step",
    say: ({ data, words, reached }) => {
      const reference = written(data.duplicateOf);
      if (reference !== null && !reached.has(reference)) {
        return words.say("Linked as a duplicate of another case.", "رُبطت معاملةً مكررة لمعاملة أخرى.");
      }
      return reference === null
        ? words.say("Linked as a duplicate.", "رُبطت معاملةً مكررة.")
        : words.say(`Linked as a duplicate of ${apart(reference)}.`, `رُبطت معاملةً مكررة للمعاملة ${apart(reference)}.`);
    },
  },
  "case.closed": { kind: "step", say: ({ words }) => words.say("Closed.", "أُغلقت المعاملة.") },
  "case.retimed": {
    kind: "clock",
    say: (told) => {
      const { data, words } = told;
      const due = (side: unknown): string => momentOf((side as { dueAt?: unknown } | undefined)?.dueAt, words);
      return words.say(
        `${targetOf(told)}: due ${due(data.to)} instead of ${due(data.from)}.`,
        `${targetOf(told)}: الموعد ${due(data.to)} بدلًا من ${due(data.from)}.`,
      );
    },
  },
  "case.workflow-migrated": { kind: "step", say: migrated, text: "reason" },
  "clock.started": {
    kind: "clock",
    say: (told) =>
      told.words.say(
        `${targetOf(told)}: due ${momentOf(told.data.dueAt, told.words)}.`,
        `${targetOf(told)}: الموعد ${momentOf(told.data.dueAt, told.words)}.`,
      ),
    folded: true,
  },
  "clock.paused": {
    kind: "clock",
    say: (told) =>
      told.words.say(
        `${targetOf(told)}: the clock stands while the applicant is asked.`,
        `${targetOf(told)}: تتوقف الساعة حتى يرد مقدم الطلب.`,
      ),
    folded: true,
  },
  "clock.resumed": {
    kind: "clock",
    say: (told) =>
      told.words.say(
        `${targetOf(told)}: the clock runs again; due ${momentOf(told.data.dueAt, told.words)}.`,
        `${targetOf(told)}: عادت الساعة؛ الموعد ${momentOf(told.data.dueAt, told.words)}.`,
      ),
    folded: true,
  },
  "clock.met": {
    kind: "clock",
    say: (told) =>
      told.data.onTime === false
        ? told.words.say(`${targetOf(told)}: done, but late.`, `${targetOf(told)}: تحقق متأخرًا.`)
        : told.words.say(`${targetOf(told)}: done in time.`, `${targetOf(told)}: تحقق ضمن الموعد.`),
    folded: true,
  },
  "clock.breached": {
    kind: "escalation",
    say: (told) =>
      told.words.say(
        `${targetOf(told)}: late since ${momentOf(told.data.dueAt, told.words)}.`,
        `${targetOf(told)}: متأخر منذ ${momentOf(told.data.dueAt, told.words)}.`,
      ),
  },
  "clock.cancelled": {
    kind: "clock",
    say: (told) => told.words.say(`${targetOf(told)}: no longer owed.`, `${targetOf(told)}: لم يعد مطلوبًا.`),
    folded: true,
  },
  "deadline.warned": {
    kind: "escalation",
    say: (told) => {
      const names = people(told.data.receivers, told);
      const empty = emptySeats(told);
      return told.words.say(`Warning sent to: ${names}.${empty}`, `أُرسل إشعار إلى: ${names}.${empty}`);
    },
  },
  "case.escalated": {
    kind: "escalation",
    say: (told) => {
      const { to, copies } = copiesApart(told.data);
      const [names, others] = [people(to, told), people(copies, told)];
      const copy = copies.length === 0 ? "" : told.words.say(` Copy to: ${others}.`, ` نسخة للعلم إلى: ${others}.`);
      const empty = emptySeats(told);
      return told.words.say(
        `Raised to level ${told.data.level}: ${names}.${copy}${empty}`,
        `صُعّدت إلى المستوى ${told.data.level}: ${names}.${copy}${empty}`,
      );
    },
  },
  "rule.faulted": {
    kind: "rules",
    say: ({ data, words }) => {
      const set = setNames[data.set as RuleSetName];
      const name = words.quote(set === undefined ? String(data.set) : words.pick(set));
      return words.say(
        `A rule of ${name} could not be worked out; the safe default held.`,
        `تعذّر تطبيق قاعدة من ${name}؛ عُمل بالقيمة الافتراضية الآمنة.`,
      );
    },
    folded: true,
  },
  "attachment.read": {
    kind: "reading",
    say: ({ data, words }) => {
      const name = apart(written(data.name) ?? "—");
      return words.say(`Opened the file ${name}.`, `اطّلع على الملف ${name}.`);
    },
  },
  "personal.read": {
    kind: "reading",
    say: ({ data, words }) => {
      const list = personalNames(data.fields, words);
      return words.say(`Looked at the applicant's data: ${list}.`, `اطّلاع على بيانات مقدم الطلب: ${list}.`);
    },
  },
  "caller.served": {
    kind: "reading",
    say: ({ data, words }) => {
      const by = personalNames(data.recognisedBy, words);
      return words.say(
        `Opened the application for a caller, recognised by: ${by}.`,
        `اطّلاع على الطلب لخدمة متصل عُرف بما يأتي: ${by}.`,
      );
    },
  },
};

/** For an event that this build does not know. */
export const unknownEvent: Description = {
  kind: "step",
  say: ({ event, words }) => words.say(`${event.type}.`, `${event.type}.`),
};
