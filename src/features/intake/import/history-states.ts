/** In which state of a workflow an imported case stands, and whether that state ended it with an answer. */
import type { StateKind, WorkflowAction, WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";

/** Words that a mapping may use for every workflow, unless the workflow has a state of that very name. */
export const stateWords = ["open", "closed"] as const;

/**
 * How a case came to rest: `answered` (its targets are met), `withdrawn` and `unanswered` (they fall away: the system gave
 * up waiting), `duplicate` (it would need the case that it is linked to). Null while it is open.
 */
type Ending = "answered" | "withdrawn" | "unanswered" | "duplicate";

export interface HistoryState {
  readonly state: string;
  readonly kind: StateKind;
  readonly ending: Ending | null;
}

/** The state a mapping's word means in a workflow, or null. `placed`: an entity has the case; otherwise `open` is the triage queue. */
export function historyState(workflow: WorkflowDefinition, word: string, placed: boolean): HistoryState | null {
  const named = Object.hasOwn(workflow.states, word) ? word : null;
  const state =
    named ??
    (word === "open"
      ? placed
        ? workflow.initial
        : workflow.triage
      : word === "closed"
        ? closedState(workflow)
        : null);
  const kind = state === null ? undefined : workflow.states[state]?.kind;
  if (state === null || kind === undefined) return null;
  return { state, kind, ending: kind === "resolved" || kind === "final" ? endingOf(workflow, state) : null };
}

/** Where a case of this workflow ends when all goes well: the first final state after an answer, else the first answered one. */
function closedState(workflow: WorkflowDefinition): string | null {
  const ended = Object.entries(workflow.states).filter(([state, { kind }]) => {
    return (kind === "final" || kind === "resolved") && endingOf(workflow, state) === "answered";
  });
  return (ended.find(([, { kind }]) => kind === "final") ?? ended[0])?.[0] ?? null;
}

function leadsTo({ to }: WorkflowAction, state: string): boolean {
  return typeof to === "string" || to === null ? to === state : to.some((branch) => branch.to === state);
}

function endingOf(workflow: WorkflowDefinition, state: string): Ending {
  if (workflow.states[state]?.kind === "resolved") return "answered";
  const ways = Object.values(workflow.actions).filter((action) => leadsTo(action, state));
  const has = (effect: "withdraw" | "link"): boolean => ways.some((way) => way.effects.includes(effect));
  const without = ["withdraw", "link", "reject"] as const;
  if (ways.some((way) => !without.some((effect) => way.effects.includes(effect)) && answers(workflow, way))) {
    return "answered";
  }
  return has("withdraw") ? "withdrawn" : has("link") ? "duplicate" : ways.length === 0 ? "answered" : "unanswered";
}

/** A person ended it, or it had been answered before. */
function answers(workflow: WorkflowDefinition, { by, from }: WorkflowAction): boolean {
  return by.some((who) => who !== "system") || from.some((state) => workflow.states[state]?.kind === "resolved");
}
