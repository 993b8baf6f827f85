/** What applicant and office said to each other, as the applicant may read it: internal things are not in it. */

import { attachmentsIn } from "../../../engine/files/attachment.js";
import { type CaseEvent, type ConversationEvent, eventOf } from "../../../engine/lifecycle/case-event.js";
import type { FollowedApplication } from "../../../engine/lifecycle/follow-view.js";
import type { Bilingual, Language } from "../../../engine/text/text.js";
import { namedAction, type WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";

type Turn = FollowedApplication["conversation"][number];
type Said = Pick<CaseEvent, "type" | "at" | "data">;

const written = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** The reason as it was told then, and what was added. */
function rejectionOf({ told, explanation }: CaseEvent["data"], language: Language): string | null {
  const reason = written((told as Readonly<Partial<Record<Language, unknown>>> | null)?.[language]);
  const parts = [reason, written(explanation)].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join("\n\n");
}

/** Who withdrew themselves know it; what an official withdrew for them is told, with the reason that was given. */
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
  "case.rejected": { kind: "rejection", text: rejectionOf },
  "case.withdrawn": { kind: "withdrawal", text: withdrawalOf },
};

/** An answer counts once it took effect: what quality review holds back or sent back is not shown. */
export function conversationOf(events: readonly Said[], language: Language, workflow: WorkflowDefinition): Turn[] {
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

/** Of the conversation of another application only what its office decided, with the files of it: that is said to whoever sent the same. */
export function sharedTurns(events: readonly Said[], language: Language, workflow: WorkflowDefinition): Turn[] {
  return conversationOf(events, language, workflow)
    .filter(({ kind }) => kind === "answer" || kind === "rejection")
    .map((turn) => ({ ...turn, shared: true }));
}
