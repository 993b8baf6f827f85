/** What may be wrong with the states of a workflow: nobody reaches or leaves them, nobody can act in them, time stops in them for good. */

import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { quoted, together } from "../text/text.js";
import { pointerPart } from "./action-fields.js";
import type { EffectName } from "./effects.js";
import type { Finding } from "./lint-effects.js";
import type { NoSuch } from "./no-such.js";
import { effectWords, performerWords, stateWords } from "./part-words.js";
import { orderAnswerers } from "./performers.js";
import { reachedFrom, sourcesOf, targetsOf } from "./reached-from.js";
import type { WorkflowAction, WorkflowDefinition } from "./workflow-definition.js";

type Actions = readonly (readonly [string, WorkflowAction])[];
/** Findings come one at a time, so that nobody looks for more of them than there are. */
export type Lint = (workflow: WorkflowDefinition, actions: Actions, setup: Setup, noSuch: NoSuch) => Iterable<Finding>;

export const stateAt = (state: string) => `/states/${pointerPart(state)}`;

export const statesAreReached: Lint = (workflow, actions) => {
  const reached = reachedFrom([workflow.initial, workflow.triage], actions, sourcesOf, targetsOf);
  return Object.keys(workflow.states)
    .filter((state) => !reached.has(state))
    .map((state) => {
      const what = stateWords(workflow, state);
      return { path: stateAt(state), reason: msg("workflow.lintStates.noActionLeadsTo", { what }) };
    });
};

export const statesEnd: Lint = (workflow, actions) => {
  const states = Object.keys(workflow.states);
  const final = states.filter((state) => workflow.states[state]?.kind === "final");
  const ending = reachedFrom(final, actions, targetsOf, sourcesOf);
  return states
    .filter((state) => !ending.has(state))
    .map((state) => {
      const what = stateWords(workflow, state);
      const reason = msg("workflow.lintStates.aDeadEndFromNo", { what });
      return { path: stateAt(state), reason };
    });
};

/** States from which one of these actions leads to another. */
function leftBy(actions: Actions, counts: (action: WorkflowAction) => boolean): Set<string> {
  const left = new Set<string>();
  for (const [, action] of actions) {
    if (!counts(action)) continue;
    const targets = new Set(targetsOf(action));
    for (const state of action.from) if (targets.size > (targets.has(state) ? 1 : 0)) left.add(state);
  }
  return left;
}

/** Time stands still while an office waits: so the applicant must be able to end it, or a timer. */
export const waitingEnds: Lint = (workflow, actions) => {
  const timed = new Set(workflow.timers.map((timer) => timer.state));
  const replied = leftBy(actions, ({ by, effects }) => by.includes("applicant") && effects.includes("reply"));
  return Object.entries(workflow.states)
    .filter(([state, { kind }]) => kind === "waiting" && !timed.has(state) && !replied.has(state))
    .map(([state]) => {
      const what = stateWords(workflow, state);
      const reason = msg("workflow.lintStates.whileTheCaseIsIn", { what });
      return { path: stateAt(state), reason };
    });
};

/** What any case that is not finished is usually open to, in the order in which a finding names it. */
const expectedEffects = ["note", "transfer", "reject", "withdraw"] as const;
/** Without these two nobody can write anything down, or the applicant cannot end it: the state was forgotten. */
const neverMissing: ReadonlySet<EffectName> = new Set(["note", "withdraw"]);

/** Actions name the states in which they are possible, so that a new state has none of them until somebody adds it to each. */
export const statesAreServed: Lint = (workflow, actions) =>
  Object.entries(workflow.states)
    .filter(([, { kind }]) => kind === "open" || kind === "waiting")
    .flatMap(([state]): Finding[] => {
      const missing = expectedEffects.flatMap((effect) => {
        const such = actions.filter(([, { effects }]) => effects.includes(effect));
        const there = such.some(([, { from }]) => from.includes(state));
        const [first] = such;
        return there || first === undefined ? [] : [{ effect, name: quoted(first[1].name) }];
      });
      if (!missing.some(({ effect }) => neverMissing.has(effect))) return [];
      const what = together(missing.map(({ name }) => name));
      const reason = msg("workflow.lintStates.whileACaseIsIn", { state: stateWords(workflow, state), what });
      return [{ path: stateAt(state), reason, severity: "warning" }];
    });

/** What officials ask of each other is offered only where those whom it goes to may answer it. */
export const ordersAreAnswered: Lint = (workflow, actions, setup) => {
  const types = [...setup.types.values()].filter(
    ({ internal, retired, workflow: followed }) => internal && !retired && followed === workflow.workflow,
  );
  const answers = actions.some(
    ([, { by, effects }]) =>
      effects.includes("answer") && Object.values(orderAnswerers).some((role) => by.includes(role)),
  );
  if (types.length === 0 || answers) return [];
  const reason = msg("workflow.lintStates.noOneAnswers", {
    types: together(types.map(({ name }) => quoted(name))),
    answer: effectWords("answer"),
    focalPoint: performerWords(orderAnswerers.entities),
    room: performerWords(orderAnswerers.room),
  });
  return [{ path: "/actions", reason }];
};
