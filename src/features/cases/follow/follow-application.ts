/** What the applicant sees of the own case: where it stands, until when an answer is due, and the conversation. */

import type { ApplicantProof } from "../../../engine/applicant/applicant-keys.js";
import type { PromisedCall } from "../../../engine/contact-centre/call-promise.js";
import { attachmentsIn } from "../../../engine/files/attachment.js";
import type { Case } from "../../../engine/lifecycle/case.js";
import { type CaseEvent, type ConversationEvent, eventOf } from "../../../engine/lifecycle/case-event.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import type { FollowedApplication } from "../../../engine/lifecycle/views/follow-view.js";
import { toldState } from "../../../engine/lifecycle/views/told-state.js";
import { caseFacts, type Facts } from "../../../engine/rules/fact-catalogue.js";
import type { PinnedVersions } from "../../../engine/setup/policy.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { type StoredLanguage, storedLanguageOf } from "../../../engine/text/languages.js";
import type { Bilingual, Language } from "../../../engine/text/text.js";
import { availableActions } from "../../../engine/workflow/interpret-action.js";
import { namedAction, type StateKind, type WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import { decisionsOfOriginal, eventsOfCase } from "../case-event-queries.js";
import { answerDueAt, type CaseParts, caseNotFound } from "../case-parts.js";
import { caseByReference, type LoadedCase } from "../case-queries.js";
import { appealOf, whyNone } from "./how-it-stands.js";
import type { FoundLink } from "./link-store.js";
import { openedBy } from "./open-by-link.js";
import { promisedCallOf } from "./promised-call.js";

// What applicant and office said to each other, as the applicant may read it: internal things are not in it.

type Turn = FollowedApplication["conversation"][number];
type Said = Pick<CaseEvent, "type" | "at" | "data">;

const written = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** The reason as it was told then, and what was added. */
function rejectionOf({ told, explanation }: CaseEvent["data"], language: Language): string | null {
  const reason = written(
    (told as Readonly<Partial<Record<StoredLanguage, unknown>>> | null)?.[storedLanguageOf(language)],
  );
  const parts = [reason, written(explanation)].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join("\n\n");
}

/** Applicants who withdrew know it; what an official withdrew for them is shown with the reason that was given. */
const withdrawalOf = ({ forApplicant, reason }: CaseEvent["data"]): string | null =>
  forApplicant === true ? (written(reason) ?? "—") : null;

/** In the words of the workflow, whatever its action is called. */
function recognisedIn({ type, data }: Said, workflow: WorkflowDefinition): Bilingual | null {
  const action = written(data.action);
  if (type !== "case.withdrawn" || action === null) return null;
  const choices = namedAction(workflow, action)?.fields.recognisedBy?.choices ?? [];
  return choices.find(({ code }) => code === data.recognisedBy)?.name ?? null;
}

const turns: Readonly<
  Record<ConversationEvent, { kind: Turn["kind"]; text: (data: CaseEvent["data"], l: Language) => string | null }>
> = {
  "applicant.asked": { kind: "question", text: ({ question }) => written(question) },
  "applicant.replied": { kind: "reply", text: ({ reply }) => written(reply) },
  "case.answered": { kind: "answer", text: ({ answer }) => written(answer) },
  "case.rated": { kind: "rating", text: ({ comment }) => written(comment) },
  "case.rejected": { kind: "rejection", text: rejectionOf },
  "case.withdrawn": { kind: "withdrawal", text: withdrawalOf },
};

/** An answer counts once it took effect: what quality review holds back or sent back is not shown. */
function conversationOf(events: readonly Said[], language: Language, workflow: WorkflowDefinition): Turn[] {
  const shown: Turn[] = [];
  let held: Turn | null = null;
  for (const event of events) {
    const { type, at, data } = event;
    const turn = eventOf(type).seenBy === "applicant" ? turns[type as ConversationEvent] : undefined;
    const text = turn?.text(data, language) ?? null;
    if (turn !== undefined && text !== null) {
      const recognised = recognisedIn(event, workflow);
      const said = { at, kind: turn.kind, text, recognised, shared: false, attachments: attachmentsIn(data) };
      if (turn.kind === "answer") held = said;
      else shown.push(said);
    }
    if (type === "case.resolved" && held !== null) {
      shown.push(held);
      held = null;
    }
  }
  return shown;
}

/** From the conversation of another application only what its office decided, with its files: that holds for an applicant who sent the same. */
function sharedTurns(events: readonly Said[], language: Language, workflow: WorkflowDefinition): Turn[] {
  return conversationOf(events, language, workflow)
    .filter(({ kind }) => kind === "answer" || kind === "rejection")
    .map((turn) => ({ ...turn, shared: true }));
}

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
  /** Open, and theirs to know of. */
  readonly call: PromisedCall | null;
  /** The link by which it was opened; null: by the code. */
  readonly link: FoundLink | null;
  readonly now: Date;
}

/**
 * The case behind a reference and what shows that it is the asker's. Problem `not-found` for an unknown reference, a wrong code and a
 * link that does not open it alike.
 */
export async function openFollowed(
  parts: CaseParts,
  a: { reference: string; now: Date } & ApplicantProof,
): Promise<Opened> {
  const reference = parseReference(a.reference);
  const loaded = reference === null ? null : await caseByReference(parts.db, reference);
  if (loaded === null) throw caseNotFound();
  const link = await openedBy(parts.db, loaded, a);

  return readFollowed(parts, loaded, { link, now: a.now });
}

/** What is read of a case for people who may see what its applicant sees: by the code or a link, or recognised by an agent. */
export async function readFollowed(
  parts: CaseParts,
  loaded: LoadedCase,
  { now, link }: Pick<Opened, "now" | "link">,
): Promise<Opened> {
  const { theCase } = loaded;
  const [events, decidedElsewhere, { setup, calendar }, pinned, call] = await Promise.all([
    eventsOfCase(parts.db, theCase.id),
    theCase.duplicateOf === null ? [] : decisionsOfOriginal(parts.db, theCase.id),
    parts.policies.fresh(theCase.programme),
    parts.policies.pin([theCase]),
    promisedCallOf(parts.db, theCase),
  ]);
  const workflow = pinned.workflowOf(theCase.workflow.versionId);
  const facts = caseFacts(theCase, setup, calendar, now);
  const { stateKind } = loaded;
  return { theCase, stateKind, events, decidedElsewhere, setup, workflow, pinned, facts, call, link, now };
}

/** What the applicant sees of it. */
export function followedOf(opened: Opened): FollowedApplication {
  const { theCase, stateKind, events, decidedElsewhere, setup, workflow, facts, now } = opened;
  const { language } = theCase.application;
  const offered = availableActions({ workflow, theCase, actor: { kind: "applicant" }, facts, now });
  const actions = offered.filter(({ allowed }) => allowed).map(({ action }) => action);
  const received = events.find(({ type }) => type === "application.received");
  return {
    reference: theCase.reference,
    programme: theCase.programme,
    type: theCase.application.type,
    state: theCase.state,
    stateName: toldState({
      told: workflow.states[theCase.state]?.told ?? null,
      kind: stateKind,
      ending: whyNone(opened),
      appealed: appealOf(opened) !== null,
      placed: theCase.entity !== null,
    }),
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
