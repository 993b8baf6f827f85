/** An application becomes a case: classified, routed, given its targets and its ladder, all by the published rules. */

import type { Actor } from "../access/permissions.js";
import { civilDate } from "../calendar/civil-days.js";
import type { Attachment } from "../files/attachment.js";
import { applicationFacts, type Facts, isLive } from "../rules/fact-catalogue.js";
import { decidedClassification, nothingDecided, settleClassification } from "../rules/settle-classification.js";
import type { Policy } from "../setup/policy.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { problemOfConfiguration } from "../text/problems.js";
import type { StateKind, WorkflowDefinition } from "../workflow/workflow-definition.js";
import { beginCycle } from "./begin-cycle.js";
import type { Application, Case } from "./case.js";
import { type CaseDraft, change, draftOf, emit } from "./case-draft.js";
import { decideCase } from "./decide-case.js";
import { ofToday } from "./present-entity.js";
import { type TakenOver, takenOver } from "./successor.js";

/** The case before anything was decided about it. */
export function blankCase(a: {
  id: number;
  reference: string;
  application: Application;
  setup: Setup;
  state: string;
  workflow: Case["workflow"];
}): Case {
  const { application } = a;
  return {
    id: a.id,
    programme: application.programme,
    reference: a.reference,
    application,
    workflow: a.workflow,
    state: a.state,
    stateSince: application.receivedAt,
    turnSince: application.receivedAt,
    pillar: application.pillar,
    importance: application.importance,
    sector: application.sector,
    entity: null,
    assignee: null,
    confidential: a.setup.types.get(application.type)?.confidential ?? false,
    cycle: 1,
    lastSeq: 0,
    lastHash: "",
    clocks: [],
    escalationSteps: [],
    enforced: [],
    escalationLevel: 0,
    lastOfficialActionAt: null,
    remindedAt: null,
    reminders: [],
    assignedAt: null,
    firstResponseAt: null,
    firstResolvedAt: null,
    resolvedAt: null,
    resolutionWorkingSeconds: null,
    closedAt: null,
    withdrawnAt: null,
    withdrawnBy: null,
    closingReason: null,
    rejectedAt: null,
    duplicateOf: null,
    splitFrom: null,
    requestedBy: null,
    transferCount: 0,
    reopenCount: 0,
    firstReopenedAt: null,
    rating: null,
    ratingScales: null,
    ratedAt: null,
    ratedBy: null,
    ratingInvitedAt: null,
    inviteToRateAt: null,
    remindToRateAt: null,
    answeredBy: null,
    answerWrittenAt: null,
  };
}

function namedByRoute(
  to: string,
  application: Pick<Application, "entity" | "service">,
  { services }: Setup,
): string | null {
  if (to === "entity") return application.entity;
  if (to === "service.entity") return services.get(application.service ?? "")?.entity ?? null;
  return to.startsWith("entity:") ? to.slice("entity:".length) : null;
}

/** Entities that a route led past because they were taken over; null: it leads to one that is there itself, or to none. */
function passedOver(
  to: string,
  application: Pick<Application, "entity" | "service">,
  setup: Setup,
  now: Date,
): TakenOver | null {
  const code = namedByRoute(to, application, setup);
  const today = civilDate(now, setup.programme.timeZone);
  return code === null ? null : takenOver(code, setup, (entity) => isLive(entity, today));
}

/**
 * The entity that a routing outcome names, or who took it over; null for the triage queue. A reference that leads nowhere (no service was
 * given, the entity has not joined or is no longer in use) leads to triage: a person decides, nothing is lost.
 */
export function entityOfRoute(
  to: string,
  application: Pick<Application, "entity" | "service">,
  setup: Setup,
  now: Date,
): string | null {
  const code = namedByRoute(to, application, setup);
  const today = civilDate(now, setup.programme.timeZone);
  const entity = code === null ? undefined : setup.entities.get(ofToday(code, setup, today));
  return entity !== undefined && isLive(entity, today) ? entity.code : null;
}

/** Where a case stands after routing. `suggested`: the entity that the rules name, which a programme may leave to a person. */
export interface SettledPlace {
  readonly entity: string | null;
  readonly sector: string | null;
  readonly suggested: string | null;
}

/**
 * What a routing outcome comes to by the programme's settings: the engine and Try a case both ask here.
 * @param a.sector of the case that a second matter was split off, where neither application nor entity names one
 */
export function settleRoute(
  to: string,
  a: {
    readonly application: Pick<Application, "entity" | "service" | "sector">;
    readonly sector: string | null;
    readonly setup: Setup;
    readonly now: Date;
  },
): SettledPlace {
  const { application, setup, now } = a;
  const suggested = entityOfRoute(to, application, setup, now);
  const entity = setup.programme.settings.triage === "manual" ? null : suggested;
  const sector = application.sector ?? setup.entities.get(entity ?? suggested ?? "")?.sector ?? a.sector;
  return { entity, sector, suggested };
}

/** What a case has from the one whose second matter it is. */
export interface SplitOrigin {
  readonly id: number;
  readonly reference: string;
  readonly reason: string | null;
  /** Where a person sent it; null: the rules decide. */
  readonly entity: string | null;
  readonly sector: string | null;
  /** Of a confidential case nothing becomes open. */
  readonly confidential: boolean;
  /** What the applicant was told, and how long they were waited for, counts for both matters. */
  readonly pausedSeconds: number;
  readonly respondedAt: Date | null;
}

/** What an order has instead of an applicant. */
export interface OrderOrigin {
  /** The position that asks, by number. */
  readonly by: number;
  /** Whom it asks; null: the operation room. */
  readonly entity: string | null;
  /** Until when, where a day was chosen; null: as the rules say. */
  readonly dueAt: Date | null;
}

interface Place {
  readonly draft: CaseDraft;
  readonly entity: string | null;
  readonly sector: string | null;
}

/** Where the routing rules send it; where they cannot, or a person is to do it, it waits in the queue of its sector. */
async function routed(
  draft: CaseDraft,
  { policy, facts, sector: known, now }: { policy: Policy; facts: Facts; sector: string | null; now: Date },
): Promise<Place> {
  const { setup } = policy;
  const { application } = draft.theCase;
  const routing = await decideCase(draft, policy, "routing", facts);
  const { entity, sector, suggested } = settleRoute(routing.outcome.to, { application, sector: known, setup, now });
  const passed = passedOver(routing.outcome.to, application, setup, now);
  const told = emit(change(routing.draft, { entity, sector }), "case.routed", {
    to: routing.outcome.to,
    entity,
    sector,
    ...(passed !== null && { takenOver: passed }),
    ...(entity === suggested ? {} : { suggested }),
  });
  return { draft: entity === null ? told : emit(told, "case.assigned", { entity, by: "rules" }), entity, sector };
}

/** A person said which entity it is for. */
function sent(draft: CaseDraft, entity: string, setup: Setup): Place {
  const sector = draft.theCase.application.sector ?? setup.entities.get(entity)?.sector ?? null;
  const told = emit(change(draft, { entity, sector }), "case.assigned", { entity, by: "person", reason: null });
  return { draft: told, entity, sector };
}

/** An order goes where it is addressed; rules promise when it is answered, unless a day was chosen. */
async function openOrder(
  received: CaseDraft,
  a: { order: OrderOrigin; policy: Policy; facts: Facts; definition: WorkflowDefinition },
): Promise<{ draft: CaseDraft; stateKind: StateKind }> {
  const { order, policy, facts, definition } = a;
  const { application } = received.theCase;
  const { entity } = order;
  const sector = policy.setup.entities.get(entity ?? "")?.sector ?? null;
  const { initial: state } = definition;
  const placed = change(received, { entity, sector, state, assignedAt: entity === null ? null : received.now });
  const told = entity === null ? placed : emit(placed, "case.assigned", { entity, by: "person", reason: null });
  const promised = await beginCycle(told, policy, { ...facts, entity, sector }, application.receivedAt, {
    chosenDueAt: order.dueAt,
  });
  return { draft: promised, stateKind: definition.states[state]?.kind ?? "open" };
}

/**
 * Opens a case for an application that was just received. `actor` is the channel it came through; what the rules decide is on
 * its account, also where an official typed the application for a caller (`typedBy`).
 */
export async function openCase(a: {
  id: number;
  reference: string;
  application: Application;
  policy: Policy;
  actor: Actor;
  typedBy?: Actor | undefined;
  now: Date;
  /** Files that came with the application. */
  attachments?: readonly Attachment[];
  /** It was sent for an entity that is no more: the application names who took over. */
  takenOver?: TakenOver | null;
  splitFrom?: SplitOrigin;
  /** It is an order: it goes where it is addressed, and is neither classified nor routed by rules. */
  order?: OrderOrigin;
}): Promise<{ draft: CaseDraft; stateKind: StateKind }> {
  const { application, policy, now, splitFrom: origin, order } = a;
  const { setup } = policy;
  const type = setup.types.get(application.type);
  const workflow = setup.workflows.get(type?.workflow ?? "");
  if (type === undefined || workflow === undefined) {
    throw problemOfConfiguration(msg("lifecycle.openCase.theApplicationTypeHasNo", { type: application.type }));
  }
  const definition = workflow.definition;
  const blank = blankCase({
    ...a,
    setup,
    state: definition.triage,
    workflow: { name: definition.workflow, versionId: workflow.versionId },
  });
  const facts = applicationFacts(application, setup, policy.calendar);

  const begun = draftOf(
    { ...blank, splitFrom: origin?.id ?? null, requestedBy: order?.by ?? null },
    a.typedBy ?? a.actor,
    now,
  );
  const taken = emit(begun, "application.received", {
    type: application.type,
    channel: application.channel,
    language: application.language,
    ...((a.attachments ?? []).length > 0 && { attachments: a.attachments }),
    ...(a.takenOver && { takenOver: a.takenOver }),
    ...(origin === undefined ? {} : { splitFrom: origin.reference, reason: origin.reason }),
  });
  const received = { ...taken, actor: a.actor };
  if (order !== undefined) return openOrder(received, { order, policy, facts, definition });
  const classification = await decideCase(received, policy, "classification", facts);
  const rules = setup.ruleSets.get("classification")?.definition;
  const settled = settleClassification(
    {
      pillar: application.pillar,
      importance: application.importance,
      confidential: type.confidential || origin?.confidential === true,
    },
    rules === undefined ? nothingDecided : decidedClassification(classification, rules),
    setup,
  );
  const { pillar, importance, confidential, pillarBy, importanceBy, raisedBy, overruled } = settled;
  const classified = emit(change(classification.draft, { pillar, importance, confidential }), "case.classified", {
    pillar,
    importance,
    confidential,
    pillarBy,
    importanceBy,
    ...(raisedBy === null ? {} : { stated: application.importance, raisedBy }),
    ...(overruled.length === 0 ? {} : { overruled }),
  });

  const decidedFacts = { ...facts, pillar, importance, confidential };
  const place =
    origin?.entity == null
      ? await routed(classified, { policy, facts: decidedFacts, sector: origin?.sector ?? null, now })
      : sent(classified, origin.entity, setup);
  const { entity, sector } = place;
  const state = entity === null ? definition.triage : definition.initial;
  const draft = change(place.draft, { state, assignedAt: entity === null ? null : now });

  const promised = await beginCycle(draft, policy, { ...decidedFacts, entity, sector }, application.receivedAt, {
    split: origin,
  });
  return { draft: promised, stateKind: definition.states[state]?.kind ?? "open" };
}
