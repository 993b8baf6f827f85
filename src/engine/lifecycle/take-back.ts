/**
 * A forward or an assignment that its author takes back, for some minutes and while no one else has acted. The event of the act
 * remembers what the case was; taking it back is an event too, and makes the case that again, as if it had not left.
 *
 * Such an act leaves clocks and ladder alone: it leads from a state to one of the same kind, and does nothing that the applicant hears of.
 * What fell due meanwhile stays done: it would have fallen due without the act as well.
 */

import { type Actor, can } from "../access/permissions.js";
import { isRecord } from "../is-record.js";
import type { Setup } from "../setup/setup.js";
import { defaultTakeBackMinutes } from "../setup/take-back-minutes.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import type { EffectName } from "../workflow/effects.js";
import { performersOf } from "../workflow/refusal.js";
import type { WorkflowDefinition } from "../workflow/workflow-definition.js";
import type { Case } from "./case.js";
import { type CaseDraft, emit } from "./case-draft.js";
import { type CaseEvent, type CaseEventType, eventOf } from "./case-event.js";
import { mayStillAct } from "./reassign.js";

/** Events of acts that may be taken back. */
export const forwardEvents = [
  "case.assigned",
  "case.transferred",
  "case.given",
] as const satisfies readonly CaseEventType[];
const isForward = (type: string): boolean => forwardEvents.some((one) => one === type);

/** What such an act may do besides: nothing that leaves the office or makes a promise. */
const mayGoAlong: ReadonlySet<EffectName> = new Set(["assign", "transfer", "give", "take", "note", "mention"]);

/** Minutes in which a forward can be taken back; 0: not at all. */
export const takeBackMinutes = ({ programme: { settings } }: Pick<Setup, "programme">): number =>
  settings.takeBackMinutes ?? defaultTakeBackMinutes;

/** The members of a case that such an act changes, as they are stored with it. */
interface Before {
  readonly state: string;
  readonly stateSince: string;
  readonly turnSince: string;
  readonly entity: string | null;
  readonly assignee: number | null;
  readonly assignedAt: string | null;
  readonly lastOfficialActionAt: string | null;
  readonly transferCount: number;
  /** Whose reminders still waited. */
  readonly reminded: readonly number[];
  /** The numbers of the first and the last event of the act. */
  readonly from?: number;
  readonly upTo: number;
}

const kindIn = (workflow: WorkflowDefinition, state: string): string | undefined => workflow.states[state]?.kind;

/** The draft of an act, its forward with what the case was before; unchanged where the act is none that can be taken back. */
export function rememberBefore(
  draft: CaseDraft,
  a: { readonly before: Case; readonly effects: readonly EffectName[]; readonly workflow: WorkflowDefinition },
): CaseDraft {
  const { before, effects, workflow } = a;
  const isByPerson = ({ actor }: Pick<CaseEvent, "actor">): boolean => actor.kind === "user";
  // What fell due before the act is not of it.
  const first = draft.events.findIndex(isByPerson);
  const at = draft.events.flatMap((event, i) => (isForward(event.type) && isByPerson(event) ? [i] : [])).at(-1) ?? -1;
  const sameKind = kindIn(workflow, before.state) === kindIn(workflow, draft.theCase.state);
  // An answer that waits for its review falls away by a forward, and does not come back.
  const keepsAnswer = before.answerWrittenAt === draft.theCase.answerWrittenAt;
  if (at === -1 || !sameKind || !keepsAnswer || !effects.every((effect) => mayGoAlong.has(effect))) return draft;
  const was: Before = {
    state: before.state,
    stateSince: before.stateSince.toISOString(),
    turnSince: before.turnSince.toISOString(),
    entity: before.entity,
    assignee: before.assignee,
    assignedAt: before.assignedAt?.toISOString() ?? null,
    lastOfficialActionAt: before.lastOfficialActionAt?.toISOString() ?? null,
    transferCount: before.transferCount,
    reminded: before.reminders.filter(({ open }) => open).map(({ by }) => by),
    from: before.lastSeq + 1 + first,
    upTo: before.lastSeq + draft.events.length,
  };
  const events = draft.events.map((event, i) => (i === at ? { ...event, data: { ...event.data, was } } : event));
  return { ...draft, events };
}

const dateOf = (moment: string | null): Date | null => (moment === null ? null : new Date(moment));

const beforeOf = ({ data }: Pick<CaseEvent, "data">): Before | null =>
  isRecord(data.was) && typeof data.was.state === "string" && typeof data.was.upTo === "number"
    ? (data.was as unknown as Before)
    : null;

/** The case as it was, with what the clock did to it meanwhile. */
function restored(theCase: Case, { at }: Pick<CaseEvent, "at">, was: Before): Case {
  return {
    ...theCase,
    state: was.state,
    stateSince: new Date(was.stateSince),
    turnSince: new Date(was.turnSince),
    entity: was.entity,
    assignee: was.assignee,
    assignedAt: dateOf(was.assignedAt),
    lastOfficialActionAt: dateOf(was.lastOfficialActionAt),
    transferCount: was.transferCount,
    reminders: theCase.reminders.map((one) => (was.reminded.includes(one.by) ? { ...one, open: true } : one)),
    // What was found late meanwhile is of the person who had it.
    clocks: theCase.clocks.map((clock) =>
      clock.breachedAt !== null && clock.breachedAt >= at && clock.heldBy !== was.assignee
        ? { ...clock, heldBy: was.assignee }
        : clock,
    ),
  };
}

/** A forward with which its author may begin again. */
export interface WayBack {
  readonly seq: number;
  readonly until: Date;
  readonly event: CaseEvent;
  /** The events of its act. */
  readonly from: number;
  readonly upTo: number;
  readonly after: Case;
}

interface Asked {
  readonly theCase: Case;
  /** The forward and what came after it, at least. */
  readonly events: readonly CaseEvent[];
  readonly actor: Actor;
  readonly setup: Setup;
  readonly workflow: WorkflowDefinition;
  readonly now: Date;
}

const isBy = (actor: Actor, event: Pick<CaseEvent, "actor">): boolean =>
  actor.kind === "user" && event.actor.kind === "user" && event.actor.userId === actor.userId;

/** The forward of this number, where this person made it. */
export const forwardOf = (events: readonly CaseEvent[], seq: number, actor: Actor): CaseEvent | undefined =>
  events.find((event) => event.seq === seq && isForward(event.type) && isBy(actor, event));

/** The newest forward of the case, where this person made it; null: there is none, or it is another's. */
function ownForward(events: readonly CaseEvent[], actor: Actor): CaseEvent | null {
  const newest = [...events].reverse().find(({ type }) => isForward(type)) ?? null;
  return newest !== null && isBy(actor, newest) ? newest : null;
}

/** Whether this forward was taken back: its author did it, no one else can. */
export const isTakenBack = (forward: Pick<CaseEvent, "seq">, events: readonly CaseEvent[]): boolean =>
  events.some(({ type, data }) => type === "case.taken-back" && data.of === forward.seq);

/** Why a forward cannot be taken back. */
export interface NoWayBack {
  readonly refused: Bilingual;
  /** What people did since, where that is why. */
  readonly since?: readonly CaseEvent[];
}

/** Whether a forward of this person can be taken back now, and if not why. */
export function wayBack(forward: CaseEvent, a: Asked): WayBack | NoWayBack {
  const { theCase, events, actor, setup, workflow, now } = a;
  const was = beforeOf(forward);
  const minutes = takeBackMinutes(setup);
  if (was === null || minutes === 0) return { refused: msg("lifecycle.takeBack.never") };
  const later = events.filter(({ seq }) => seq > was.upTo);
  if (isTakenBack(forward, later)) return { refused: msg("lifecycle.takeBack.already") };
  // A note of one's own is about the forward, and stays where it is taken back.
  const isOwnNote = (event: CaseEvent): boolean => event.type === "case.noted" && isBy(actor, event);
  const since = later.filter(
    (event) => event.actor.kind !== "system" && eventOf(event.type).silence !== "none" && !isOwnNote(event),
  );
  const moved = theCase.stateSince > forward.at || later.some(({ type }) => type === "case.taken-back");
  if (since.length > 0 || moved) return { refused: msg("lifecycle.takeBack.acted"), since };
  const until = new Date(forward.at.getTime() + minutes * 60_000);
  if (now > until) return { refused: msg("lifecycle.takeBack.late", { minutes }) };
  const before = restored(theCase, forward, was);
  if (before.entity !== null && setup.entities.get(before.entity)?.retired !== false)
    return { refused: msg("lifecycle.takeBack.entity") };
  // Who had it may have left since: then their entity has it.
  const isThere = before.assignee === null || mayStillAct(before.assignee, before, setup, now);
  const after: Case = isThere ? before : { ...before, assignee: null, assignedAt: null };
  const by: readonly string[] = workflow.actions[String(forward.data.action)]?.by ?? [];
  const performers: ReadonlySet<string> = performersOf(actor, after, setup.entities);
  const may =
    can(actor, "case.act", { case: after, entities: setup.entities }) && by.some((one) => performers.has(one));
  if (!may) return { refused: msg("lifecycle.takeBack.position") };
  // Forwards of before do not say with which event their act began.
  return { seq: forward.seq, until, event: forward, from: was.from ?? forward.seq, upTo: was.upTo, after };
}

/** How this person can take their own forward back, if it is the newest of the case; null: they cannot. */
export function ownWayBack(a: Asked): { readonly seq: number; readonly until: Date } | null {
  const forward = ownForward(a.events, a.actor);
  const found = forward === null ? null : wayBack(forward, a);
  return found === null || "refused" in found ? null : { seq: found.seq, until: found.until };
}

/** The forward taken back, on a draft of the case as it is again. @param theCase as it was until now */
export function takenBack(draft: CaseDraft, theCase: Case, { event, after }: WayBack): CaseDraft {
  const counted = theCase.transferCount !== after.transferCount;
  return emit(draft, "case.taken-back", {
    ...{ of: event.seq, entity: after.entity, fromEntity: theCase.entity },
    ...{ assignee: after.assignee, before: theCase.assignee, from: theCase.state, to: after.state },
    ...(counted && { counted }),
  });
}
