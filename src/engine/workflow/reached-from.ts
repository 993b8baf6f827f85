/** Where the actions of a workflow lead: every state and every action is looked at once. */
import { outcomesOf } from "./lint-effects.js";
import type { WorkflowAction } from "./workflow-definition.js";

export const targetsOf = (action: WorkflowAction): string[] =>
  outcomesOf(action).flatMap(({ to }) => (to === null ? [] : [to]));
export const sourcesOf = (action: WorkflowAction): readonly string[] => action.from;

/** The states that can be reached from those given, by actions that lead from some states to others. */
export function reachedFrom(
  start: readonly string[],
  actions: readonly (readonly [string, WorkflowAction])[],
  from: (action: WorkflowAction) => readonly string[],
  to: (action: WorkflowAction) => readonly string[],
): Set<string> {
  const leaving = new Map<string, Set<WorkflowAction>>();
  for (const [, action] of actions) {
    for (const state of from(action)) leaving.set(state, (leaving.get(state) ?? new Set()).add(action));
  }
  const taken = new Set<WorkflowAction>();
  const reached = new Set(start);
  // A set is walked in the order in which it grows: what is added on the way comes up as well.
  for (const state of reached) {
    for (const action of leaving.get(state) ?? []) {
      if (taken.has(action)) continue;
      taken.add(action);
      for (const next of to(action)) reached.add(next);
    }
  }
  return reached;
}
