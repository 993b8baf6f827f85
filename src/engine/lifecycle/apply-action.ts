/** What an allowed action does to a case: a table of effects, then the clocks follow the state. */

import type { WorkingCalendar } from "../calendar/working-calendar.js";
import type { Attachment } from "../files/attachment.js";
import { bodyOf } from "../setup/entity-kinds.js";
import type { Setup } from "../setup/setup.js";
import { type EffectName, effectOf } from "../workflow/effects.js";
import { isForApplicant } from "../workflow/for-applicant.js";
import type { WorkflowAction, WorkflowDefinition } from "../workflow/workflow-definition.js";
import type { Case } from "./case.js";
import { type CaseDraft, change, emit } from "./case-draft.js";
import type { NewCaseEvent } from "./case-event.js";
import { notificationRecipients } from "./enforce-due.js";
import { executiveRole } from "./escalated-to.js";
import { settled, withReminder } from "./reminders.js";
import { type CalendarOf, meetTarget, syncClocks } from "./sync-clocks.js";

interface EffectContext {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly action: string;
  readonly calendarOf: CalendarOf;
  readonly setup: Setup;
  /** The reference that a split's second matter gets, made by the service. */
  readonly splitInto: string | null;
  /** Whether the action has other effects as well. */
  readonly beside: boolean;
  /** The case that `duplicateOf` names, found by the service. */
  readonly original: { readonly id: number; readonly reference: string } | null;
}

type Effect = (draft: CaseDraft, context: EffectContext) => CaseDraft;

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
const actorUser = (draft: CaseDraft): number | null => (draft.actor.kind === "user" ? draft.actor.userId : null);

/** A human answered or asked for the first time: meets the first-response target. An acknowledgement is no response. */
const respond: Effect = (draft, { calendarOf }) =>
  change(meetTarget(draft, "firstResponse", calendarOf), {
    firstResponseAt: draft.theCase.firstResponseAt ?? draft.now,
  });

const assign: Effect = (draft, { fields, action }) => {
  const entity = text(fields.entity);
  const assigned = change(draft, { entity, assignee: null, assignedAt: draft.now, answerWrittenAt: null });
  return emit(assigned, "case.assigned", { action, entity, by: "person", reason: text(fields.reason) });
};

/** Between units of one institution nothing was misdirected: that is not counted. */
const transfer: Effect = (draft, { fields, action, setup: { entities } }) => {
  const from = draft.theCase.entity;
  const entity = text(fields.entity);
  const inside = from !== null && entity !== null && bodyOf(from, entities) === bodyOf(entity, entities);
  const moved = change(draft, {
    entity,
    assignee: null,
    assignedAt: draft.now,
    answerWrittenAt: null,
    transferCount: draft.theCase.transferCount + (inside ? 0 : 1),
  });
  const data = { action, fromEntity: from, entity, reason: text(fields.reason) };
  return emit(moved, "case.transferred", inside ? { ...data, inside } : data);
};

const reclassify: Effect = (draft, { fields, action }) => {
  const pillar = text(fields.pillar) ?? draft.theCase.pillar;
  const importance = text(fields.importance) ?? draft.theCase.importance;
  const was = { pillar: draft.theCase.pillar, importance: draft.theCase.importance };
  return emit(change(draft, { pillar, importance }), "case.classified", {
    action,
    pillar,
    importance,
    was,
    by: "person",
    reason: text(fields.reason),
  });
};

/** The note of this act names colleagues, where some were chosen. */
const mention: Effect = (draft, { fields: { mentions } }) => {
  if (!Array.isArray(mentions) || mentions.length === 0) return draft;
  const events = draft.events.map((event) =>
    event.type === "case.noted" ? { ...event, data: { ...event.data, mentions } } : event,
  );
  return { ...draft, events };
};

/** An official who has the case already takes nothing by asking once more. */
const take: Effect = (draft, { action, beside }) => {
  const by = actorUser(draft);
  if (beside && draft.theCase.assignee === by) return draft;
  return emit(change(draft, { assignee: by }), "case.taken", { action, by });
};

const give: Effect = (draft, { fields, action }) => {
  const to = Number(fields.colleague);
  // `from` and `to` of an event are the states that its act led from and to.
  const data = { action, colleague: to, before: draft.theCase.assignee, reason: text(fields.reason) };
  return emit(change(draft, { assignee: to }), "case.given", data);
};

const remind: Effect = (draft, { fields, action, setup }) => {
  const { receivers, emptySeats } = notificationRecipients(["entity.focalPoints"], draft.theCase, setup, draft.now);
  const others = receivers.filter((userId) => userId !== actorUser(draft));
  const seq = draft.theCase.lastSeq + draft.events.length + 1;
  const { reminders, own, lower } = withReminder(draft.theCase, { actor: draft.actor, setup, now: draft.now, seq });
  const data = {
    ...{ action, note: text(fields.note), receivers: others, emptySeats },
    ...(own !== null && { role: own.role }),
    // A position below asked for the same before, and it still waits.
    ...(lower !== null && { after: { by: lower.by, role: lower.role, at: lower.at.toISOString() } }),
  };
  return emit(change(draft, { remindedAt: draft.now, reminders }), "case.reminded", data);
};

const notEnded = {
  resolvedAt: null,
  closedAt: null,
  closingReason: null,
  rejectedAt: null,
  withdrawnAt: null,
  withdrawnBy: null,
  answerWrittenAt: null,
} as const;

/** A new cycle begins; the service gives it new targets and a new ladder. */
function beginCycle(draft: CaseDraft): CaseDraft {
  return change(draft, { cycle: draft.theCase.cycle + 1, ...notEnded });
}

/** The figure is a share of first answers: what was withdrawn when it is reopened was no answer. */
const reopensAnswer = ({ firstResolvedAt, withdrawnAt }: Case): boolean =>
  firstResolvedAt !== null && withdrawnAt === null;

/** What an act says that an official did for the applicant: how they were recognised, and never their code. */
const forThem = (draft: CaseDraft, { recognisedBy }: EffectContext["fields"]) =>
  actorUser(draft) === null || text(recognisedBy) === null
    ? {}
    : { forApplicant: true, recognisedBy: text(recognisedBy) };

/** By the applicant, or by an official for them. */
const withdraw: Effect = (draft, { fields, action }) => {
  const by = actorUser(draft);
  const withdrawn = change(draft, { withdrawnAt: draft.now, withdrawnBy: by });
  const data = { action, reason: text(fields.reason) };
  const told = by === null ? data : { ...data, forApplicant: true, recognisedBy: text(fields.recognisedBy) };
  return emit(withdrawn, "case.withdrawn", told);
};

/** Besides the rating itself, numbers are what was given on scales. Said by telephone, it names who took it down. */
const rate: Effect = (draft, { fields, action }) => {
  const { rating, ...others } = fields;
  const given = Object.entries(others).filter(([, value]) => typeof value === "number") as [string, number][];
  const scales = given.length === 0 ? null : Object.fromEntries(given);
  const rated = change(draft, {
    rating: Number(rating),
    ratingScales: scales,
    ratedAt: draft.now,
    ratedBy: actorUser(draft),
  });
  const data = { action, rating: Number(rating), comment: text(fields.comment), ...forThem(draft, fields) };
  return emit(rated, "case.rated", scales === null ? data : { ...data, scales });
};

/** A person's first word to the applicant as well. The reason's text is kept as it was when it was told. */
const reject: Effect = (draft, context) => {
  const { fields, action, setup } = context;
  const closingReason = text(fields.closingReason);
  const told = setup.closingReasons.get(closingReason ?? "")?.text ?? null;
  const rejected = change(respond(draft, context), { closingReason, rejectedAt: draft.now });
  return emit(rejected, "case.rejected", { action, closingReason, told, explanation: text(fields.explanation) });
};

const effects: Record<EffectName, Effect> = {
  assign,
  transfer,
  reclassify,
  respond,
  take,
  ask: (draft, context) =>
    emit(respond(draft, context), "applicant.asked", {
      action: context.action,
      question: text(context.fields.question),
    }),
  reply: (draft, { fields, action }) =>
    emit(draft, "applicant.replied", { action, reply: text(fields.reply), ...forThem(draft, fields) }),
  answer: (draft, context) => {
    const written = { answeredBy: actorUser(draft), answerWrittenAt: draft.now };
    const answered = change(respond(draft, context), written);
    return emit(answered, "case.answered", { action: context.action, answer: text(context.fields.answer) });
  },
  return: (draft, { fields, action }) =>
    emit(change(draft, { answerWrittenAt: null }), "case.returned", { action, reason: text(fields.reason) }),
  rate,
  appeal: (draft, { fields, action }) =>
    emit(beginCycle(draft), "case.appealed", {
      action,
      cycle: draft.theCase.cycle + 1,
      reason: text(fields.reason) ?? text(fields.comment),
    }),
  reopen: (draft, { fields, action }) => {
    const reopened = change(beginCycle(draft), {
      reopenCount: draft.theCase.reopenCount + 1,
      firstReopenedAt: draft.theCase.firstReopenedAt ?? (reopensAnswer(draft.theCase) ? draft.now : null),
    });
    const data = { action, cycle: reopened.theCase.cycle, reason: text(fields.reason), ...forThem(draft, fields) };
    return emit(reopened, "case.reopened", data);
  },
  // The day is kept with the act as it was filled in.
  agree: (draft, { fields, action }) => emit(beginCycle(draft), "case.moved", { action, reason: text(fields.reason) }),
  withdraw,
  reject,
  link: (draft, { action, original }) =>
    emit(change(draft, { duplicateOf: original?.id ?? null }), "case.linked", {
      action,
      duplicateOf: original?.reference ?? null,
    }),
  // What an executive writes is signed with their office.
  note: (draft, { fields, action, setup }) => {
    const role = executiveRole(draft.theCase, draft.actor, setup);
    return emit(draft, "case.noted", { action, note: text(fields.note), ...(role !== null && { role }) });
  },
  mention,
  give,
  remind,
  split: (draft, { fields, action, splitInto }) =>
    emit(draft, "case.split", { action, into: splitInto, reason: text(fields.reason) }),
  merge: (draft, { fields, action }) => emit(draft, "case.merged", { action, others: fields.others }),
};

function kindOf(workflow: WorkflowDefinition, state: string): "open" | "waiting" | "resolved" | "final" {
  const found = workflow.states[state];
  if (found === undefined) throw new Error(`workflow ${workflow.workflow} has no state ${state}`);
  return found.kind;
}

/** What makes the case that a split opens: it is kept there. */
const ofSplitCase: readonly string[] = ["subject", "description", "entity"];

/**
 * Fields that a programme asks for and no effect reads: they are kept with the act, so that nothing that was typed is lost.
 * `told`: data of the events of this act.
 */
function otherFields(
  { fields, types, effects }: Pick<AppliedWith, "fields" | "effects"> & { types: WorkflowAction["fields"] },
  told: readonly NewCaseEvent["data"][],
): Record<string, unknown> {
  const read = (code: string) =>
    !Object.hasOwn(types, code) ||
    types[code]?.type === "applicantCode" ||
    (effects.includes("split") && ofSplitCase.includes(code)) ||
    told.some((data) => Object.hasOwn(data, code) || Object.hasOwn(data.scales ?? {}, code));
  const given = Object.entries(fields).filter(([code, value]) => !read(code) && value !== undefined && value !== null);
  return Object.fromEntries(given.filter(([, value]) => value !== ""));
}

/** By what somebody came who acts without the code; as the event of the act says it. */
export type ActedBy = "link";

/** The first event of an action says which states it led from and to; the files, and by what somebody came, are with what was done. An action without effects is a plain move. */
function tellMove(
  draft: CaseDraft,
  already: number,
  move: {
    action: string;
    from: string;
    to: string;
    asked: Parameters<typeof otherFields>[0];
    attachments: readonly Attachment[];
    by: ActedBy | undefined;
  },
): CaseDraft {
  const { action, from, to, asked, attachments, by } = move;
  const first = draft.events[already];
  const reason = text(asked.fields.reason);
  const plain = { action, ...(reason !== null && { reason }) };
  const data = first === undefined ? [plain] : draft.events.slice(already).map((event) => event.data);
  const others = otherFields(asked, data);
  const carried = {
    ...(attachments.length > 0 && { attachments }),
    ...(by !== undefined && { by }),
    ...(Object.keys(others).length > 0 && { otherFields: others }),
  };
  if (first === undefined) return emit(draft, "case.moved", { ...plain, from, to, ...carried });
  // A clock that the act met comes before the act itself, and carries nothing; nor does taking the case beside something else.
  const own = draft.events.map(({ type }, i) => i >= already && !type.startsWith("clock."));
  const main = draft.events.findIndex(({ type }, i) => own[i] === true && type !== "case.taken");
  const carrier = main === -1 ? own.indexOf(true) : main;
  const events = draft.events.map((event, i) => ({
    ...event,
    data: { ...event.data, ...(i === already && { from, to }), ...(i === carrier && carried) },
  }));
  return { ...draft, events };
}

/** Whether someone holds a position of the entity that has the case; where none has it, any. */
const holdsIn = (actor: CaseDraft["actor"], entity: string | null): boolean =>
  actor.kind === "user" && (entity === null || actor.seats.some((seat) => seat.entity === entity));

/** An action that the workflow allowed, and what it is applied with. */
export interface AppliedWith {
  readonly draft: CaseDraft;
  readonly workflow: WorkflowDefinition;
  readonly action: string;
  readonly to: string;
  readonly effects: readonly EffectName[];
  readonly fields: Readonly<Record<string, unknown>>;
  readonly setup: Setup;
  /** Files that the action carries. */
  readonly attachments?: readonly Attachment[];
  /** Left out: as the actor usually comes. */
  readonly by?: ActedBy | undefined;
  readonly original: EffectContext["original"];
  readonly splitInto: EffectContext["splitInto"];
  readonly calendarOf: CalendarOf;
  readonly calendar: WorkingCalendar;
}

/**
 * Applies an action that the workflow allowed. Order: its effects as listed, then the state, then the clocks.
 * An official's action counts as a sign of life of the office (`lastOfficialActionAt`) unless the workflow says otherwise; a
 * reminder, the applicant's (also by an official whom they asked) or the system's does not. What is none begins nobody's turn anew either, while the office is at work.
 */
export function applyAction(a: AppliedWith): CaseDraft {
  const { workflow, action, to, fields, setup, original, splitInto, calendarOf, calendar } = a;
  const before: Case = a.draft.theCase;
  const beside = a.effects.length > 1;
  const context: EffectContext = { fields, action, calendarOf, setup, beside, original, splitInto };
  const done = a.effects.reduce((draft, name) => effects[name](draft, context), a.draft);
  const moves = to !== before.state;
  const onlySilent = a.effects.length > 0 && a.effects.every((name) => effectOf[name].bySomebodyElse);
  const quiet = workflow.actions[action]?.signOfLife === false || onlySilent;
  const official = done.actor.kind === "user" && !quiet && !isForApplicant(workflow.actions[action]);
  // Taking the case is only a first look; anyone who is above those who have it does not act for them.
  const acts = official && !a.effects.every((name) => name === "take") && holdsIn(done.actor, before.entity);
  const leaves = kindOf(workflow, to) !== "open" || done.theCase.entity !== before.entity;
  const beginsTurn = moves && !(quiet && kindOf(workflow, before.state) === "open");
  const moved = change(done, {
    state: to,
    stateSince: moves ? done.now : before.stateSince,
    turnSince: beginsTurn ? done.now : before.turnSince,
    lastOfficialActionAt: official ? done.now : before.lastOfficialActionAt,
    reminders: leaves
      ? settled(done.theCase.reminders, null)
      : acts
        ? settled(done.theCase.reminders, actorUser(done))
        : done.theCase.reminders,
  });
  const told = tellMove(moved, a.draft.events.length, {
    action,
    from: before.state,
    to,
    asked: { fields, effects: a.effects, types: workflow.actions[action]?.fields ?? {} },
    attachments: a.attachments ?? [],
    by: a.by,
  });
  if (!moves) return told;
  return syncClocks({
    draft: told,
    workflow,
    from: kindOf(workflow, before.state),
    to: kindOf(workflow, to),
    cancels: a.effects.some((effect) => effectOf[effect].endsUnanswered),
    setup,
    calendarOf,
    calendar,
  });
}
