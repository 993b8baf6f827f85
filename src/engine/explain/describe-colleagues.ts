/** What officials do among themselves, and what becomes of a case beside another one, in words. */

import type { CaseEventType } from "../lifecycle/case-event.js";
import { roleTitle } from "../lifecycle/reminders.js";
import { msg } from "../text/msg.js";
import { overtaken } from "./describe-moves.js";
import { otherCase, otherCases } from "./named-cases.js";
import { actionName, type Description, emptySeats, named, people, type Told, written } from "./told.js";

type Described = "case.noted" | "case.given" | "case.split" | "case.merged" | "case.reminded" | "application.received";

const roleName = (role: unknown, { words }: Told): string | null =>
  typeof role === "string" ? words.pick(roleTitle(role)) : null;

function noted(told: Told): string {
  const name = actionName(told) ?? told.words.say(msg("explain.describeColleagues.internalNote"));
  const { mentions } = told.data;
  const role = roleName(told.data.role, told);
  if (role !== null) return told.words.say(msg("explain.describeColleagues.notedAs", { name, role }));
  if (!Array.isArray(mentions) || mentions.length === 0) return `${name}.`;
  const names = people(mentions, told);
  return told.words.say(msg("explain.describeColleagues.for", { name, names }));
}

/** That the same was asked for by a position below, with a space before it; empty: it was not. */
function remindedBefore(told: Told): string {
  const { after } = told.data as { after?: { by?: unknown; role?: unknown; at?: unknown } };
  const at = written(after?.at);
  if (at === null) return "";
  const by = people([after?.by], told);
  const role = roleName(after?.role, told) ?? "";
  return told.words.say(
    msg("explain.describeColleagues.remindedAfter", { by, role, at: told.words.moment(new Date(at)) }),
  );
}

export const descriptionsOfColleagues: Readonly<Record<Extract<CaseEventType, Described>, Description>> = {
  "application.received": {
    kind: "application",
    say: (told) => {
      const { data, words } = told;
      const channel = named(words, "channel", data.channel);
      const from = written(data.splitFrom);
      const over = overtaken(data, words);
      const received = words.say(msg("explain.describeColleagues.receivedThrough", { channel }));
      return from === null
        ? [received, over].filter((part) => part !== "").join(" ")
        : words.say(msg("explain.describeColleagues.aSecondMatterSplitFrom", { from: otherCase(from, told), channel }));
    },
    text: "reason",
  },
  "case.noted": { kind: "note", say: noted, text: "note" },
  "case.given": {
    kind: "step",
    say: (told) => {
      const to = people([told.data.colleague], told);
      return told.words.say(msg("explain.describeColleagues.givenTo", { to }));
    },
    text: "reason",
  },
  "case.split": {
    kind: "step",
    say: (told) => {
      const { words } = told;
      const into = otherCase(written(told.data.into) ?? "", told);
      return words.say(msg("explain.describeColleagues.aSecondMatterGoesOn", { into }));
    },
    text: "reason",
  },
  "case.merged": {
    kind: "step",
    say: (told) => {
      const others = otherCases(told.data.others, told);
      return told.words.say(msg("explain.describeColleagues.answeredTogetherWithThisCase", { others }));
    },
  },
  "case.reminded": {
    kind: "escalation",
    say: (told) => {
      const names = people(told.data.receivers, told);
      const [empty, role, after] = [emptySeats(told), roleName(told.data.role, told), remindedBefore(told)];
      const words =
        role === null
          ? msg("explain.describeColleagues.reminded", { names, empty })
          : msg("explain.describeColleagues.remindedAs", { role, names, after, empty });
      return told.words.say(words);
    },
    short: ({ words }) => words.say(msg("explain.describeColleagues.reminderSent")),
    text: "note",
  },
};
