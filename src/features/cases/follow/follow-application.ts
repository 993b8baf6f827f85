/** What the applicant sees of the own case: where it stands, until when an answer is due, and the conversation. */

import { attachmentsIn } from "../../../engine/files/attachment.js";
import type { Case } from "../../../engine/lifecycle/case.js";
import type { CaseEvent } from "../../../engine/lifecycle/case-event.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import type { FollowedApplication } from "../../../engine/lifecycle/follow-view.js";
import { caseFacts, type Facts } from "../../../engine/rules/fact-catalogue.js";
import type { PinnedVersions } from "../../../engine/setup/policy.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { availableActions } from "../../../engine/workflow/interpret-action.js";
import type { StateKind, WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import { decisionsOfOriginal, eventsOfCase } from "../case-event-queries.js";
import { answerDueAt, type CaseParts, caseNotFound, opensWith } from "../case-parts.js";
import { caseByReference } from "../case-queries.js";
import { conversationOf, sharedTurns } from "./conversation.js";

const references = (values: readonly unknown[]): string[] =>
  values.flatMap((value) => (typeof value === "string" ? [value] : []));

function splitsIn(events: readonly CaseEvent[]): Pick<FollowedApplication, "splitFrom" | "splitInto"> {
  const said = (type: CaseEvent["type"], field: string) =>
    references(events.filter((event) => event.type === type).map(({ data }) => data[field]));
  return { splitFrom: said("application.received", "splitFrom")[0] ?? null, splitInto: said("case.split", "into") };
}

export interface Opened {
  readonly theCase: Case;
  readonly stateKind: StateKind;
  readonly events: readonly CaseEvent[];
  /** What was decided of the case that it was linked to. */
  readonly decidedElsewhere: Awaited<ReturnType<typeof decisionsOfOriginal>>;
  readonly setup: Setup;
  readonly workflow: WorkflowDefinition;
  readonly pinned: PinnedVersions;
  readonly facts: Facts;
  readonly now: Date;
}

/** The case behind a reference and a code. Problem `not-found` for an unknown reference and for a wrong code alike. */
export async function openFollowed(
  parts: CaseParts,
  a: { reference: string; code: string; now: Date },
): Promise<Opened> {
  const reference = parseReference(a.reference);
  const loaded = reference === null ? null : await caseByReference(parts.db, reference);
  if (loaded === null || !opensWith(loaded, a.code)) throw caseNotFound();

  const { theCase } = loaded;
  const [events, decidedElsewhere, { setup, calendar }, pinned] = await Promise.all([
    eventsOfCase(parts.db, theCase.id),
    theCase.duplicateOf === null ? [] : decisionsOfOriginal(parts.db, theCase.id),
    parts.policies.fresh(theCase.programme),
    parts.policies.pin([theCase]),
  ]);
  const workflow = pinned.workflowOf(theCase.workflow.versionId);
  const facts = caseFacts(theCase, setup, calendar, a.now);
  const { stateKind } = loaded;
  return { theCase, stateKind, events, decidedElsewhere, setup, workflow, pinned, facts, now: a.now };
}

/** What the applicant sees of it. */
export function followedOf(opened: Opened): FollowedApplication {
  const { theCase, events, decidedElsewhere, setup, workflow, facts, now } = opened;
  const { language } = theCase.application;
  const offered = availableActions({ workflow, theCase, actor: { kind: "applicant" }, facts, now });
  const actions = offered.filter(({ allowed }) => allowed).map(({ action }) => action);
  const received = events.find(({ type }) => type === "application.received");
  return {
    reference: theCase.reference,
    programme: theCase.programme,
    type: theCase.application.type,
    state: theCase.state,
    stateName: workflow.states[theCase.state]?.name ?? { ar: theCase.state, en: theCase.state },
    subject: theCase.application.subject,
    entity: theCase.entity,
    entityName: setup.entities.get(theCase.entity ?? "")?.name ?? null,
    pillar: theCase.pillar,
    importance: theCase.importance,
    receivedAt: theCase.application.receivedAt,
    dueAt: answerDueAt(theCase),
    resolvedAt: theCase.resolvedAt,
    closedAt: theCase.closedAt,
    ...splitsIn(events),
    conversation: [...conversationOf(events, language, workflow), ...sharedTurns(decidedElsewhere, language, workflow)],
    attachments: received === undefined ? [] : attachmentsIn(received.data),
    attachable: actions.filter((action) => workflow.actions[action]?.attachments === true),
    actions,
  };
}

/** Problem `not-found` for an unknown reference and for a wrong code alike. */
export async function followApplication(
  parts: CaseParts,
  a: { reference: string; code: string; now: Date },
): Promise<FollowedApplication> {
  return followedOf(await openFollowed(parts, a));
}
