/**
 * From what happened to who is owed a message. One table, event by event; what is stored is codes and moments, and the
 * words are found in the receiver's language when it is rendered.
 *
 * A confidential case is told by its reference alone, also to those above: who may read it opens it in the system.
 */

import type { Budget } from "../calendar/budget.js";
import { isRecord } from "../is-record.js";
import type { Case } from "../lifecycle/case.js";
import type { CaseEventType, LetterEvent } from "../lifecycle/case-event.js";
import { copiesApart } from "../lifecycle/copies-apart.js";
import type { Setup } from "../setup/setup.js";
import { receiversOf } from "../setup/setup-references.js";
import type { WorkflowDefinition } from "../workflow/workflow-definition.js";
import type { ApplicantWay } from "./applicant-ways.js";
import type { MessageIntent } from "./message-intent.js";
import type { ApplicantLetter, MessageTemplate } from "./message-kinds.js";
import { firstAndNext, oncePerson, onDutyAlone } from "./on-duty-alone.js";
import { alsoForThem, reopenDays, withdrawn } from "./tell-for-them.js";
import { appealed, rated, reopened, replied } from "./tell-office.js";
import {
  aboutCase,
  alert,
  alertOfEmptySeats,
  type Data,
  dueOf,
  emptySeatsOf,
  holdersByNumber,
  type LinkedDuplicate,
  type Numbered,
  type Teller,
  type Telling,
  toApplicant,
  toldFirst,
  toOfficials,
  wording,
} from "./telling.js";

// Who hears of what officials do among themselves: a note that names them, a case given to them, a reminder; and of a split.

/** Who did it, by name; the system has none. */
const actorName = ({ actor }: Numbered): string | null => (actor.kind === "user" ? actor.name : null);

/** Each colleague whom a note names. Of a confidential case the letter holds neither the note nor its writer, only the reference. */
const mentioned: Teller = (event, { theCase, setup }) =>
  toOfficials(
    event,
    theCase,
    "official-mentioned",
    holdersByNumber(setup, event.data.mentions),
    aboutCase(
      theCase,
      { by: actorName(event), note: wording(event.data.note) },
      { dueAt: dueOf(theCase, "resolution") },
    ),
  );

/** The colleague who has the case now. */
const given: Teller = (event, { theCase, setup }) =>
  toOfficials(
    event,
    theCase,
    "official-given",
    holdersByNumber(setup, [event.data.colleague]),
    aboutCase(
      theCase,
      { by: actorName(event), note: wording(event.data.reason) },
      { dueAt: dueOf(theCase, "resolution") },
    ),
  );

/** The reminder by a position below that this one follows, with a name; null: it follows none. */
function reminderBefore({ seats }: Setup, after: unknown): Data | null {
  if (!isRecord(after)) return null;
  const name = seats.flatMap(({ holders }) => holders).find(({ userId }) => userId === after.by)?.name;
  return { by: name ?? null, role: wording(after.role), at: wording(after.at) };
}

/** The focal points of the entity; where there are none, the receivers in their place; and the operation room hears of the empty seat. */
const reminded: Teller = (event, telling) => {
  const { theCase, setup } = telling;
  const { note, role, after } = event.data;
  const open = { by: actorName(event), note: wording(note), role: wording(role), after: reminderBefore(setup, after) };
  const data = aboutCase(theCase, open, { dueAt: dueOf(theCase, "resolution") });
  return [
    ...toOfficials(event, theCase, "official-reminder", holdersByNumber(setup, event.data.receivers), data),
    ...alertOfEmptySeats(event, telling, emptySeatsOf(setup, event.data.emptySeats)),
  ];
};

/** The applicant, of a second matter that goes on under a reference of its own: both, and until when. */
const splitOff: Teller = (event, telling) =>
  toApplicant(
    event,
    telling,
    "applicant-split",
    {},
    { splitFrom: event.data.splitFrom, dueAt: dueOf(telling.theCase, "resolution") },
  );

export type { LinkedDuplicate } from "./telling.js";

/** The focal point on duty, and the next one if nobody takes it in time; who did it themselves gets no letter. */
const assigned: Teller = (event, telling) => {
  const { theCase, setup, now } = telling;
  // All cases of an entity may move at once: the desk and the day's digest have them.
  if (theCase.entity === null || event.data.changeSet !== undefined) return [];
  const { receivers, empty } = receiversOf("entity.focalPoints", theCase, setup, now);
  const self = event.actor.kind === "user" ? event.actor.userId : null;
  const others = receivers.filter((holder) => holder.userId !== self);
  const data = aboutCase(theCase, {}, { dueAt: dueOf(theCase, "resolution") });
  const titled = empty.map(({ level, seat }) => ({
    level,
    title: seat === null ? null : { ...seat.title },
  }));
  // Where nobody holds the position, the level above hears of it, whole.
  const { first, next, afterHours } =
    empty.length > 0 ? { first: others, next: null, afterHours: 0 } : firstAndNext(telling, others);
  const told = [...first, ...(next === null ? [] : [next])].map(({ userId }) => userId);
  return [
    ...toOfficials(event, theCase, "official-assigned", first, data),
    ...toOfficials(event, theCase, "official-assigned", next === null ? [] : [next], {
      ...data,
      untaken: { hours: afterHours, told },
    }).map((intent) => ({ ...intent, afterHours })),
    ...alertOfEmptySeats(event, telling, titled),
  ];
};

const stepOf = (theCase: Case, data: Data) =>
  theCase.escalationSteps.find((one) => one.ruleId === data.ruleId && one.level === (data.level ?? 0));

/** The target that a step of the ladder watches; a silent office is measured against the resolution. */
function targetOf(theCase: Case, data: Data): { target: string | null; dueAt: string | null } {
  const step = stepOf(theCase, data);
  const target = wording(data.target) ?? (step !== undefined && "clock" in step.when ? step.when.clock : null);
  return { target, dueAt: dueOf(theCase, target ?? "resolution") };
}

/** Said in the letter too, whose receiver may have asked for none. */
const asMandatory = (intent: MessageIntent): MessageIntent => ({
  ...intent,
  mandatory: true,
  data: { ...intent.data, mandatory: true },
});

function deadline(template: MessageTemplate): Teller {
  return (event, telling) => {
    const { theCase, setup } = telling;
    const { ruleId, level } = event.data;
    const step = stepOf(theCase, event.data);
    const wording = step?.template;
    const about = { ruleId, level: level ?? 0, ...targetOf(theCase, event.data), at: event.data.dueAt };
    const told = (as: MessageTemplate, people: unknown, more: Data) =>
      toOfficials(event, theCase, as, holdersByNumber(setup, people), aboutCase(theCase, {}, { ...about, ...more }));
    const { to, copies } = copiesApart(event.data);
    const own = told(template, to, wording === undefined ? {} : { wording });
    return [
      ...(step?.mandatory === true ? own.map(asMandatory) : own),
      // A step's own letter is written to those whom it escalates to.
      ...told("official-escalated-copy", copies, {}),
      ...alertOfEmptySeats(event, telling, emptySeatsOf(setup, event.data.emptySeats)),
    ];
  };
}

const wallHours: Readonly<Partial<Record<Budget["unit"], number>>> = {
  calendarHours: 3_600_000,
};

/** Until when the applicant should reply or rate: when the first timer of the state in which they may runs out. */
function stateEnds({ theCase, workflow }: Telling): string | null {
  const ends = workflow.timers
    .filter((timer) => timer.state === theCase.state && wallHours[timer.after.unit] !== undefined)
    .map((timer) => theCase.stateSince.getTime() + timer.after.amount * (wallHours[timer.after.unit] ?? 0));
  return ends.length === 0 ? null : new Date(Math.min(...ends)).toISOString();
}

/** What another application was told, for whoever sent a duplicate of it. The duplicate has ended: it cannot be reopened. */
const shared = (reference: string, told: Data): Data => ({ reference, confidential: false, ...told, together: true });

/** Whose applications were linked to this one hear what it is told, each under the own reference. */
function tellDuplicates(
  event: Numbered,
  { theCase, duplicates }: Telling,
  letter: ApplicantLetter,
  told: Data,
): MessageIntent[] {
  if (theCase.confidential) return [];
  return duplicates.flatMap(({ caseId, reference, language, ways }) =>
    toldFirst(ways, {
      letter,
      caseId,
      language,
      data: shared(reference, told),
      key: `case/${theCase.id}/${event.seq}/${letter}/duplicate/${caseId}`,
    }),
  );
}

/** The other's reference is not told: it belongs to somebody else. */
const linked: Teller = (event, telling) => {
  const { theCase, originalAnswer } = telling;
  const told = toApplicant(event, telling, "applicant-linked", {});
  if (theCase.confidential || originalAnswer === null) return told;
  const [answered] = toApplicant(event, telling, "applicant-answered", {});
  const own =
    answered === undefined ? [] : [{ ...answered, data: shared(theCase.reference, { answer: originalAnswer }) }];
  return [...told, ...own, ...tellDuplicates(event, telling, "applicant-answered", { answer: originalAnswer })];
};

const resolved: Teller = (event, telling) => {
  const { theCase, setup, answer } = telling;
  const { reopenWindowDays } = setup.programme.settings;
  // What is passed on and closed without an answer (a compliment) has nothing to tell.
  if (theCase.answeredBy === null && answer === null) return [];
  return [
    ...toApplicant(event, telling, "applicant-answered", { answer }, { reopenWindowDays }),
    ...(answer === null ? [] : tellDuplicates(event, telling, "applicant-answered", { answer })),
  ];
};

const invited: Teller = (event, telling) => {
  const letter = event.data.reminder === true ? "applicant-rate-reminder" : "applicant-rate";
  return toApplicant(event, telling, letter, {}, { rateBy: stateEnds(telling) });
};

/** The reason as it was told then; before it is told, as it stands in the set-up. */
const rejected: Teller = (event, telling) => {
  const { closingReason, explanation } = event.data;
  const reason = event.data.told ?? telling.setup.closingReasons.get(String(closingReason))?.text ?? null;
  const told = { reason, explanation: wording(explanation) };
  return [
    ...toApplicant(event, telling, "applicant-rejected", told, { reopenWindowDays: reopenDays(telling) }),
    ...tellDuplicates(event, telling, "applicant-rejected", told),
  ];
};

/** The room has to correct the rule; the fault's own words may quote the application, so a confidential case keeps them back. */
const faulted: Teller = (event, telling) => {
  const { set, version, ruleId, message } = event.data;
  return alert(event, telling, { message }, { kind: "rule-faulted", set, version, ruleId });
};

const letters: Readonly<Record<LetterEvent, Teller>> = {
  "application.received": (event, telling) =>
    typeof event.data.splitFrom === "string"
      ? splitOff(event, telling)
      : toApplicant(
          event,
          telling,
          "applicant-received",
          { subject: null },
          { dueAt: dueOf(telling.theCase, "resolution") },
        ),
  "applicant.asked": (event, telling) =>
    toApplicant(
      event,
      telling,
      "applicant-question",
      { question: wording(event.data.question) },
      { replyBy: stateEnds(telling) },
    ),
  "case.assigned": assigned,
  "case.transferred": assigned,
  "case.resolved": resolved,
  "applicant.invited": invited,
  "case.rejected": rejected,
  "case.withdrawn": withdrawn,
  "case.linked": linked,
  "case.noted": mentioned,
  "case.given": given,
  "case.reminded": reminded,
  "applicant.replied": alsoForThem(replied),
  "case.reopened": alsoForThem(reopened),
  "case.rated": alsoForThem(rated),
  "case.appealed": appealed,
  "deadline.warned": deadline("official-warning"),
  "case.escalated": deadline("official-escalated"),
  "rule.faulted": faulted,
};
const tellers: Readonly<Partial<Record<CaseEventType, Teller>>> = letters;

function answerOf(events: readonly Numbered[], lastAnswer: string | null | undefined): string | null {
  const written = events.filter((event) => event.type === "case.answered").map((event) => wording(event.data.answer));
  return written.at(-1) ?? lastAnswer ?? null;
}

/** What events of one case owe, and to whom the same is not written because someone else of those who share the work gets it. */
export interface OwedMessages {
  readonly owed: readonly MessageIntent[];
  readonly spared: readonly MessageIntent[];
}

interface Owing {
  theCase: Case;
  events: readonly Numbered[];
  setup: Setup;
  workflow: WorkflowDefinition;
  now: Date;
  applicantWays: readonly ApplicantWay[];
  lastAnswer?: string | null;
  duplicates?: readonly LinkedDuplicate[];
  originalAnswer?: string | null;
}

/**
 * The messages that these events of one case owe, `theCase` being the case after them. Imported cases owe none.
 *
 * `applicantWays`: how the applicant hears, in order; empty: not at all. `lastAnswer`: the answer written earlier, for an act that
 * only lets it take effect (the approval of a quality review). `duplicates`: see LinkedDuplicate, for an act that resolves.
 * `originalAnswer`: for a link to a case that is answered already.
 */
export function owedMessages(a: Owing): OwedMessages {
  const { theCase, events, setup, workflow, now, applicantWays } = a;
  if (theCase.application.imported) return { owed: [], spared: [] };
  const telling: Telling = {
    theCase,
    setup,
    workflow,
    now,
    applicantWays,
    happened: new Set(events.map(({ type }) => type)),
    answer: answerOf(events, a.lastAnswer),
    duplicates: a.duplicates ?? [],
    originalAnswer: a.originalAnswer ?? null,
  };
  const owed = new Map<string, MessageIntent>();
  const spared: MessageIntent[] = [];
  for (const event of events) {
    const all = oncePerson(tellers[event.type]?.(event, telling) ?? []);
    const kept = onDutyAlone(all, telling);
    for (const intent of kept) owed.set(intent.key, intent);
    if (kept.length < all.length) spared.push(...all.filter((intent) => !kept.includes(intent)));
  }
  return { owed: [...owed.values()], spared };
}

/** Those that are owed alone. */
export const messagesFor = (a: Owing): MessageIntent[] => [...owedMessages(a).owed];
