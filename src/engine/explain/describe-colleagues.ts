/** What officials do among themselves, and what becomes of a case beside another one, in words. */
import type { CaseEventType } from "../lifecycle/case-event.js";
import { otherCase, otherCases } from "./named-cases.js";
import { actionName, type Description, emptySeats, named, people, type Told, written } from "./told.js";

type Described = "case.noted" | "case.given" | "case.split" | "case.merged" | "case.reminded" | "application.received";

function noted(told: Told): string {
  const name = actionName(told) ?? told.words.say("Internal note", "ملاحظة داخلية");
  const { mentions } = told.data;
  if (!Array.isArray(mentions) || mentions.length === 0) return `${name}.`;
  const names = people(mentions, told);
  return told.words.say(`${name}, for: ${names}.`, `${name}، موجّهة إلى: ${names}.`);
}

export const descriptionsOfColleagues: Readonly<Record<Extract<CaseEventType, Described>, Description>> = {
  "application.received": {
    kind: "application",
    say: (told) => {
      const { data, words } = told;
      const channel = named(words, "channel", data.channel);
      const from = written(data.splitFrom);
      return from === null
        ? words.say(`Received through: ${channel}.`, `ورد الطلب عبر: ${channel}.`)
        : words.say(
            `A second matter, split from ${otherCase(from, told)}. Received through: ${channel}.`,
            `موضوع ثانٍ فُصل عن ${otherCase(from, told)}. ورد الطلب عبر: ${channel}.`,
          );
    },
    text: "reason",
  },
  "case.noted": { kind: "note", say: noted, text: "note" },
  "case.given": {
    kind: "step",
    say: (told) => {
      const to = people([told.data.colleague], told);
      return told.words.say(`Given to ${to}.`, `أُسندت إلى ${to}.`);
    },
    text: "reason",
  },
  "case.split": {
    kind: "step",
    say: (told) => {
      const { words } = told;
      const into = otherCase(written(told.data.into) ?? "", told);
      return words.say(
        `A second matter goes on as ${into}; the applicant was told.`,
        `فُصل موضوع ثانٍ في ${into}، وأُبلغ مقدم الطلب.`,
      );
    },
    text: "reason",
  },
  "case.merged": {
    kind: "step",
    say: (told) => {
      const others = otherCases(told.data.others, told);
      return told.words.say(`Answered together with this case: ${others}.`, `يُجاب مع هذه المعاملة عن: ${others}.`);
    },
  },
  "case.reminded": {
    kind: "escalation",
    say: (told) => {
      const names = people(told.data.receivers, told);
      const empty = emptySeats(told);
      return told.words.say(`Reminded: ${names}.${empty}`, `تذكير إلى: ${names}.${empty}`);
    },
    text: "note",
  },
};
