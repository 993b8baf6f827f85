/** What each kind of event means, in words of either language: a row a kind. */

import type { TargetName } from "../calendar/clock.js";
import { callBackEnds, callBackReasons } from "../contact-centre/call-backs.js";
import { type ApplicantLetter, applicantLetterOf } from "../letters/message-kinds.js";
import type { CaseEvent, CaseEventType } from "../lifecycle/case-event.js";
import { copiesApart } from "../lifecycle/copies-apart.js";
import type { RuleSetName } from "../rules/rule-set.js";
import { ownTable } from "../text/inherited-names.js";
import { msg } from "../text/msg.js";
import { apart, type Bilingual, listed } from "../text/text.js";
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
  return text === null ? words.say(msg("explain.eventDescriptions.open")) : words.moment(new Date(text));
}

const targets: ReadonlySet<unknown> = new Set<TargetName>(["acknowledgement", "firstResponse", "resolution"]);

function targetOf({ data, words }: Told): string {
  return targets.has(data.target)
    ? words.target(data.target as TargetName)
    : words.say(msg("explain.eventDescriptions.aTarget"));
}

const triedNext: Readonly<Record<string, Bilingual>> = {
  email: msg("explain.eventDescriptions.triedByEmail"),
  sms: msg("explain.eventDescriptions.triedBySms"),
};

const waysChosen: Readonly<Record<string, Bilingual>> = {
  email: msg("explain.eventDescriptions.waysEmail"),
  sms: msg("explain.eventDescriptions.waysSms"),
  both: msg("explain.eventDescriptions.waysBoth"),
  none: msg("explain.eventDescriptions.waysNone"),
  lettersStopped: msg("explain.eventDescriptions.lettersStopped"),
  lettersResumed: msg("explain.eventDescriptions.lettersResumed"),
};

/** What could not be delivered, where it is more than a notice. */
const notReached: Readonly<Partial<Record<ApplicantLetter, Bilingual>>> = {
  "applicant-received": msg("explain.eventDescriptions.notReachedReceipt"),
  "applicant-question": msg("explain.eventDescriptions.notReachedQuestion"),
  "applicant-answered": msg("explain.eventDescriptions.notReachedAnswer"),
  "applicant-rejected": msg("explain.eventDescriptions.notReachedAnswer"),
};

const personalFields: Readonly<Record<string, Bilingual>> = {
  name: msg("explain.eventDescriptions.personalFieldsName"),
  nationalNumber: msg("explain.eventDescriptions.personalFieldsNationalNumber"),
  phone: msg("explain.eventDescriptions.personalFieldsPhone"),
  email: msg("explain.eventDescriptions.personalFieldsEmail"),
  code: msg("explain.eventDescriptions.personalFieldsCode"),
  digits: msg("explain.eventDescriptions.personalFieldsDigits"),
};

function personalNames(fields: unknown, words: Words): string {
  const names = (Array.isArray(fields) ? fields : []).map((field) => {
    const name = personalFields[String(field)];
    return name === undefined ? String(field) : words.pick(name);
  });
  return names.join(words.say(msg("explain.eventDescriptions.text")));
}

function classified({ data, words }: Told): string {
  const [say, name] = [words.say, (fact: string, code: unknown) => named(words, fact, code)] as const;
  const now = say(
    msg("explain.eventDescriptions.now", {
      pillar: name("pillar", data.pillar),
      importance: name("importance", data.importance),
    }),
  );
  const was = data.was as { pillar?: unknown; importance?: unknown } | undefined;
  if (was === undefined) {
    const secret = data.confidential === true ? say(msg("explain.eventDescriptions.secret")) : "";
    const raised =
      data.importanceBy === "raised"
        ? say(msg("explain.eventDescriptions.raised", { stated: name("importance", data.stated) }))
        : "";
    return say(msg("explain.eventDescriptions.classified", { now, raised, secret }));
  }
  const level = name("importance", data.importance);
  if (data.by === "escalation")
    return say(msg("explain.eventDescriptions.theEscalationRaisedTheImportance", { level }));
  const before = `${name("pillar", was.pillar)}${say(msg("explain.eventDescriptions.before"))}${name("importance", was.importance)}`;
  return say(msg("explain.eventDescriptions.changedTheClassificationWas", { now, before }));
}

/** Of what an official did for the applicant: how they were recognised, in the workflow's words; empty where it is not known. */
function recognisedIn({ data, words, workflow }: Told): string {
  const action = typeof data.action === "string" ? workflow.actions[data.action] : undefined;
  const choices = action?.fields.recognisedBy?.choices ?? [];
  const how = choices.find(({ code }) => code === data.recognisedBy)?.name;
  return how === undefined
    ? ""
    : words.say(msg("explain.eventDescriptions.recognised", { how: words.quote(words.pick(how)) }));
}

const isForThem = ({ data }: Told): boolean => data.forApplicant === true;

function withdrawn(told: Told): string {
  const { words } = told;
  return isForThem(told)
    ? words.say(msg("explain.eventDescriptions.withdrewTheApplicationForThe", { recognised: recognisedIn(told) }))
    : words.say(msg("explain.eventDescriptions.withdrewTheApplication"));
}

function replied(told: Told): string {
  const { words } = told;
  return isForThem(told)
    ? words.say(msg("explain.eventDescriptions.tookDownWhatTheApplicantSaid", { recognised: recognisedIn(told) }))
    : words.say(msg("explain.eventDescriptions.wrote"));
}

function reopened(told: Told): string {
  const { words } = told;
  return isForThem(told)
    ? words.say(msg("explain.eventDescriptions.reopenedForTheApplicant", { recognised: recognisedIn(told) }))
    : words.say(msg("explain.eventDescriptions.reopened"));
}

/** On scales too, each by the name that the workflow's field has. */
function rated(told: Told): string {
  const { data, words, workflow } = told;
  const given = data.scales as Readonly<Record<string, unknown>> | undefined;
  const named = given === undefined ? [] : namedScales(workflow, given);
  const scales = named.map(({ name, value }) => `${words.pick(name)} ${value}`);
  const also = scales.length === 0 ? "" : ` (${words.pick(listed(scales))})`;
  const rating = words.say(msg("explain.eventDescriptions.ratedTheAnswerOf", { rating: String(data.rating), also }));
  if (!isForThem(told)) return rating;
  const recognised = recognisedIn(told);
  return words.say(msg("explain.eventDescriptions.takenDownForTheApplicant", { rated: rating, recognised }));
}

export const descriptions: Readonly<Record<CaseEventType, Description>> = {
  ...descriptionsOfColleagues,
  "application.imported": {
    kind: "application",
    say: ({ words }) => words.say(msg("explain.eventDescriptions.takenOverFromAnotherSystem")),
  },
  "case.classified": { kind: (d) => (byRules(d) ? "rules" : "step"), say: classified, text: "reason", folded: byRules },
  "case.routed": { kind: "rules", say: routed, folded: true },
  "case.assigned": {
    kind: (d) => (byRules(d) ? "rules" : "step"),
    say: ({ data, words }) => {
      const entity = named(words, "entity", data.entity);
      return byRules(data)
        ? words.say(msg("explain.eventDescriptions.isResponsible", { entity }))
        : words.say(msg("explain.eventDescriptions.forwardedTo", { entity }));
    },
    text: "reason",
    folded: byRules,
  },
  "case.taken": { kind: "step", say: ({ words }) => words.say(msg("explain.eventDescriptions.tookTheCaseOn")) },
  "case.taken-back": {
    kind: "step",
    say: ({ data, words }) =>
      data.entity === data.fromEntity
        ? words.say(msg("explain.eventDescriptions.tookBackAssignment"))
        : typeof data.entity === "string"
          ? words.say(msg("explain.eventDescriptions.tookBackForward", { entity: named(words, "entity", data.entity) }))
          : words.say(msg("explain.eventDescriptions.tookBackToTriage")),
  },
  "case.handed-over": { kind: "step", say: handedOver, text: "reason" },
  "case.moved": { kind: "step", say: moved, text: "reason" },
  "case.transferred": {
    kind: "step",
    say: transferred,
    text: "reason",
  },
  "applicant.asked": {
    kind: "question",
    say: ({ words }) => words.say(msg("explain.eventDescriptions.askedTheApplicant")),
    text: "question",
  },
  "applicant.replied": {
    kind: "reply",
    say: replied,
    text: "reply",
  },
  "case.answered": {
    kind: "answer",
    say: ({ words }) => words.say(msg("explain.eventDescriptions.answered")),
    text: "answer",
  },
  "case.returned": {
    kind: "step",
    say: ({ words }) => words.say(msg("explain.eventDescriptions.sentTheAnswerBackTo")),
    text: "reason",
  },
  "case.resolved": {
    kind: "step",
    // Who was written to, and whether it got there, is with the messages.
    say: ({ words }) => words.say(msg("explain.eventDescriptions.theAnswerTookEffect")),
  },
  "case.rated": {
    kind: "reply",
    say: rated,
    text: "comment",
  },
  "case.appealed": {
    kind: "step",
    say: ({ words }) => words.say(msg("explain.eventDescriptions.theRatingOpenedAnAppeal")),
  },
  "case.reopened": {
    kind: "step",
    say: reopened,
    text: "reason",
  },
  "case.withdrawn": {
    kind: "step",
    say: withdrawn,
    text: "reason",
  },
  "case.rejected": {
    kind: "answer",
    say: ({ data, words }) => {
      const reason = named(words, "closingReason", data.closingReason);
      return words.say(msg("explain.eventDescriptions.rejectedReason", { reason }));
    },
    text: "explanation",
  },
  "case.linked": {
    kind: "step",
    say: ({ data, words, reached }) => {
      const reference = written(data.duplicateOf);
      if (reference !== null && !reached.has(reference)) {
        return words.say(msg("explain.eventDescriptions.linkedAsADuplicateOf"));
      }
      return reference === null
        ? words.say(msg("explain.eventDescriptions.linkedAsADuplicate"))
        : words.say(msg("explain.eventDescriptions.linkedAsADuplicateOf2", { reference: apart(reference) }));
    },
  },
  "case.closed": { kind: "step", say: ({ words }) => words.say(msg("explain.eventDescriptions.closed")) },
  "case.retimed": {
    kind: "clock",
    say: (told) => {
      const { data, words } = told;
      const due = (side: unknown): string => momentOf((side as { dueAt?: unknown } | undefined)?.dueAt, words);
      const said = words.say(
        msg("explain.eventDescriptions.dueInsteadOf", { told: targetOf(told), to: due(data.to), from: due(data.from) }),
      );
      const by = written((data.askedBy as { name?: unknown } | undefined)?.name);
      return by === null ? said : words.say(msg("explain.eventDescriptions.askedFor", { said, by: apart(by) }));
    },
  },
  "case.workflow-migrated": { kind: "step", say: migrated, text: "reason" },
  "clock.started": {
    kind: "clock",
    say: (told) =>
      told.words.say(
        msg("explain.eventDescriptions.due", { told: targetOf(told), dueAt: momentOf(told.data.dueAt, told.words) }),
      ),
    folded: true,
  },
  "clock.paused": {
    kind: "clock",
    say: (told) => told.words.say(msg("explain.eventDescriptions.theClockStandsWhileThe", { told: targetOf(told) })),
    short: (told) => told.words.say(msg("explain.eventDescriptions.theClockIsPaused", { told: targetOf(told) })),
    folded: true,
  },
  "clock.resumed": {
    kind: "clock",
    say: (told) =>
      told.words.say(
        msg("explain.eventDescriptions.theClockRunsAgainDue", {
          told: targetOf(told),
          dueAt: momentOf(told.data.dueAt, told.words),
        }),
      ),
    short: (told) => told.words.say(msg("explain.eventDescriptions.theClockRuns", { told: targetOf(told) })),
    folded: true,
  },
  "clock.met": {
    kind: "clock",
    say: (told) =>
      told.data.onTime === false
        ? told.words.say(msg("explain.eventDescriptions.doneButLate", { told: targetOf(told) }))
        : told.words.say(msg("explain.eventDescriptions.doneInTime", { told: targetOf(told) })),
    folded: true,
  },
  "clock.breached": {
    kind: "escalation",
    say: (told) =>
      told.words.say(
        msg("explain.eventDescriptions.lateSince", {
          told: targetOf(told),
          dueAt: momentOf(told.data.dueAt, told.words),
        }),
      ),
    short: (told) => told.words.say(msg("explain.eventDescriptions.overdue", { told: targetOf(told) })),
  },
  "clock.cancelled": {
    kind: "clock",
    say: (told) => told.words.say(msg("explain.eventDescriptions.noLongerOwed", { told: targetOf(told) })),
    folded: true,
  },
  "deadline.warned": {
    kind: "escalation",
    say: (told) => {
      const names = people(told.data.receivers, told);
      const empty = emptySeats(told);
      return told.words.say(msg("explain.eventDescriptions.warningSentTo", { names, empty }));
    },
    short: ({ words }) => words.say(msg("explain.eventDescriptions.warningSent")),
  },
  "case.escalated": {
    kind: "escalation",
    say: (told) => {
      const { to, copies } = copiesApart(told.data);
      const [names, others] = [people(to, told), people(copies, told)];
      const copy = copies.length === 0 ? "" : told.words.say(msg("explain.eventDescriptions.copy", { others }));
      const empty = emptySeats(told);
      return told.words.say(
        msg("explain.eventDescriptions.raisedToLevel", { level: String(told.data.level), names, copy, empty }),
      );
    },
    short: ({ data, words }) =>
      words.say(msg("explain.eventDescriptions.escalatedToLevel", { level: String(data.level) })),
  },
  "rule.faulted": {
    kind: "rules",
    say: ({ data, words }) => {
      const set = setNames[data.set as RuleSetName];
      const name = words.quote(set === undefined ? String(data.set) : words.pick(set));
      return words.say(msg("explain.eventDescriptions.aRuleOfCouldNot", { name }));
    },
    folded: true,
  },
  "attachment.read": {
    kind: "reading",
    say: ({ data, words }) => {
      const name = apart(written(data.name) ?? "—");
      return words.say(msg("explain.eventDescriptions.openedTheFile", { name }));
    },
  },
  "personal.read": {
    kind: "reading",
    say: ({ data, words }) => {
      const list = personalNames(data.fields, words);
      return words.say(msg("explain.eventDescriptions.lookedAtTheApplicantsData", { list }));
    },
  },
  "applicant.not-reached": {
    kind: "step",
    say: ({ data, words }) => {
      const letter = applicantLetterOf(String(data.letter));
      const what = words.say((letter && notReached[letter]) ?? msg("explain.eventDescriptions.notReached"));
      const next = triedNext[String(data.next)];
      return next === undefined ? what : `${what} ${words.say(next)}`;
    },
  },
  "applicant.invited": {
    kind: "step",
    say: ({ data, words }) =>
      words.say(
        data.reminder === true
          ? msg("explain.eventDescriptions.remindedToRate")
          : msg("explain.eventDescriptions.invitedToRate"),
      ),
  },
  "applicant.ways-changed": {
    kind: "step",
    say: ({ data, words }) =>
      words.say(
        data.stoppedNumber === true
          ? msg("explain.eventDescriptions.waysStopped")
          : (waysChosen[String(data.choice)] ?? msg("explain.eventDescriptions.waysChanged")),
      ),
  },
  "caller.served": {
    kind: "reading",
    say: ({ data, words }) => {
      if (data.callBack === true) return words.say(msg("explain.eventDescriptions.readOutInCallBack"));
      const by = personalNames(data.recognisedBy, words);
      return words.say(msg("explain.eventDescriptions.openedTheApplicationForA", { by }));
    },
  },
  "call-back.asked": {
    kind: "step",
    say: ({ data, words }) =>
      words.say(
        data.by === "caller"
          ? msg("explain.eventDescriptions.callBackAskedByCaller")
          : msg("explain.eventDescriptions.callBackAsked"),
      ),
  },
  "call-back.done": {
    kind: "step",
    say: ({ data, words }) => {
      const reason = ownTable(callBackReasons)[String(data.reason)]?.name;
      const end = ownTable(callBackEnds)[String(data.outcome)];
      const told = {
        reason: reason === undefined ? "" : words.pick(reason),
        outcome: end === undefined ? "" : words.pick(end),
        tries: Number(data.tries),
      };
      return words.say(msg("explain.eventDescriptions.callBackDone", told));
    },
  },
  "contact.code-sent": {
    kind: "step",
    say: ({ words }) => words.say(msg("explain.eventDescriptions.codeSent")),
    folded: true,
  },
  "contact.proven": {
    kind: "step",
    say: ({ data, words }) =>
      data.way === "sms"
        ? words.say(msg("explain.eventDescriptions.phoneProven"))
        : words.say(msg("explain.eventDescriptions.emailProven")),
    folded: true,
  },
  "link.asked": {
    kind: "step",
    say: ({ data, words }) =>
      words.say(
        data.purpose === "open"
          ? msg("explain.eventDescriptions.linkAskedOpen", { way: data.way === "sms" ? "sms" : "other" })
          : msg("explain.eventDescriptions.linkAskedProve", { way: data.way === "sms" ? "sms" : "other" }),
      ),
    folded: true,
  },
  "links.revoked": {
    kind: "step",
    say: ({ data, words }) =>
      words.say(
        Number(data.count) === 0
          ? msg("explain.eventDescriptions.unprovenAlone")
          : msg("explain.eventDescriptions.linksRevoked", { n: Number(data.count) }),
      ),
    folded: true,
  },
};

/** For an event that this build does not know. */
export const unknownEvent: Description = {
  kind: "step",
  say: ({ event }) => `${event.type}.`,
};
