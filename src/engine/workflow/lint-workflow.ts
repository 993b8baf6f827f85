/** What a well-formed workflow may still get wrong: states nobody reaches or leaves, timers that cannot run, ways back that forget the clocks. */

import { shown } from "../rules/schema-faults.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { type Bilingual, listed, quoted, together } from "../text/text.js";
import { defaultMaxLength, pointerPart } from "./action-fields.js";
import { someoneCarriesOn } from "./lint-dead-ends.js";
import { cycleEffects, effectFindings, type Finding, outcomesOf } from "./lint-effects.js";
import {
  type Lint,
  ordersAreAnswered,
  stateAt,
  statesAreReached,
  statesAreServed,
  statesEnd,
  waitingEnds,
} from "./lint-states.js";
import { newNoSuch } from "./no-such.js";
import { actionWords, effectWords, fieldTypeWords, kindWords, performerWords, stateWords } from "./part-words.js";
import { targetsOf } from "./reached-from.js";
import type { StateKind, WorkflowDefinition } from "./workflow-definition.js";

const at = (name: string) => `/actions/${pointerPart(name)}`;

/** Enough to correct before the next check; the words of each take their time to find. */
const maxFindings = 200;

const aState: Bilingual = msg("workflow.lintWorkflow.aState");
const anAction: Bilingual = msg("workflow.lintWorkflow.anAction");

/** What a workflow, its states and its actions are named by. */
export const codeForm = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
const namesAreCodes: Lint = (workflow, actions) => {
  const named: [string, string][] = [
    ["/workflow", workflow.workflow],
    ...Object.keys(workflow.states).map((state): [string, string] => [stateAt(state), state]),
    ...actions.map(([name]): [string, string] => [at(name), name]),
    ...actions.flatMap(([name, action]) =>
      Object.keys(action.fields).map((field): [string, string] => [`${at(name)}/fields/${pointerPart(field)}`, field]),
    ),
  ];
  return named
    .filter(([path, code]) => !(path.includes("/fields/") ? /^[a-z][A-Za-z0-9]*$/ : codeForm).test(code))
    .map(([path, code]) => ({
      path,
      reason: msg("workflow.lintWorkflow.cannotBeACodeSmall", { code: shown(code) }),
    }));
};

const statesExist: Lint = function* (workflow, actions, _setup, noSuch) {
  const states = Object.keys(workflow.states);
  const used: [string, string][] = [
    ["/initial", workflow.initial],
    ["/triage", workflow.triage],
    ...actions.flatMap(([name, action]) => [
      ...action.from.map((state, i): [string, string] => [`${at(name)}/from/${i}`, state]),
      ...outcomesOf(action).flatMap(({ to, path }): [string, string][] =>
        to === null ? [] : [[`${at(name)}${path}`, to]],
      ),
    ]),
    ...workflow.timers.map((timer, i): [string, string] => [`/timers/${i}/state`, timer.state]),
  ];
  const stateName = (code: unknown) => workflow.states[String(code)]?.name ?? null;
  for (const [path, state] of used) {
    if (!Object.hasOwn(workflow.states, state)) yield { path, reason: noSuch(aState, state, states, stateName) };
  }
};

const beginnings: Lint = (workflow, actions, setup) => {
  const found: Finding[] = (["initial", "triage"] as const)
    .filter((name) => workflow.states[workflow[name]]?.kind !== "open")
    .map((name) => {
      const [state, open] = [stateWords(workflow, workflow[name]), kindWords("open")];
      const reason = msg("workflow.lintWorkflow.aCaseBeginsInA", { open, state });
      return { path: `/${name}`, reason };
    });
  const placed = actions.some(
    ([, action]) => action.effects.includes("assign") && action.from.includes(workflow.triage),
  );
  // An order goes where it is addressed: no rule routes it.
  const types = [...setup.types.values()].filter((type) => type.workflow === workflow.workflow);
  if (placed || (types.length > 0 && types.every(({ internal }) => internal))) return found;
  const [triage, assign] = [stateWords(workflow, workflow.triage), effectWords("assign")];
  const reason = msg("workflow.lintWorkflow.noActionWithLeadsOut", { assign, triage });
  return [...found, { path: "/triage", reason }];
};

const listsAreFilled: Lint = (workflow, actions) => {
  const empty = (path: string, reason: Bilingual): Finding => ({ path, reason });
  const none =
    Object.keys(workflow.states).length === 0 ? [empty("/states", msg("workflow.lintWorkflow.thereAreNoStates"))] : [];
  return [
    ...none,
    ...actions.flatMap(([name, action]) => [
      ...(action.from.length === 0
        ? [empty(`${at(name)}/from`, msg("workflow.lintWorkflow.nameAtLeastOneState"))]
        : []),
      ...(action.by.length === 0 ? [empty(`${at(name)}/by`, msg("workflow.lintWorkflow.nameAtLeastOneRole"))] : []),
      ...(Array.isArray(action.to) && action.to.length === 0
        ? [empty(`${at(name)}/to`, msg("workflow.lintWorkflow.thereAreNoBranches"))]
        : []),
    ]),
  ];
};

const branchesEnd: Lint = (_workflow, actions) =>
  actions.flatMap(([name, action]) => {
    if (action.to === null || typeof action.to === "string") return [];
    const { to } = action;
    return to.flatMap((branch, i): Finding[] => {
      const last = i === to.length - 1;
      if (last && branch.when !== undefined) {
        const reason = msg("workflow.lintWorkflow.theLastBranchMustHave");
        return [{ path: `${at(name)}/to/${i}/when`, reason }];
      }
      if (last || branch.when !== undefined) return [];
      const reason = msg("workflow.lintWorkflow.aBranchWithoutACondition");
      return [{ path: `${at(name)}/to/${i}`, reason }];
    });
  });

const fieldsFit: Lint = (_workflow, actions) =>
  actions.flatMap(([name, action]) =>
    Object.entries(action.fields).flatMap(([code, field]): Finding[] => {
      const path = `${at(name)}/fields/${pointerPart(code)}`;
      const choices = field.choices ?? [];
      if (
        field.type === "choice" &&
        new Set(choices.map((choice) => choice.code)).size !== Math.max(2, choices.length)
      ) {
        const reason = msg("workflow.lintWorkflow.aChoiceNeedsAtLeast");
        return [{ path: `${path}/choices`, reason }];
      }
      if (field.type !== "choice" && field.choices !== undefined) {
        const choice = fieldTypeWords("choice");
        const reason = msg("workflow.lintWorkflow.onlyAFieldOfThe", { choice });
        return [{ path: `${path}/choices`, reason }];
      }
      if (field.type !== "text" && field.maxLength !== undefined) {
        const text = fieldTypeWords("text");
        const reason = msg("workflow.lintWorkflow.onlyAFieldOfThe2", { text });
        return [{ path: `${path}/maxLength`, reason }];
      }
      if (field.type !== "text" && field.minLetters !== undefined) {
        const reason = msg("workflow.lintWorkflow.onlyATextHasLeast", { text: fieldTypeWords("text") });
        return [{ path: `${path}/minLetters`, reason }];
      }
      if ((field.minLetters ?? 0) > (field.maxLength ?? defaultMaxLength)) {
        return [{ path: `${path}/minLetters`, reason: msg("workflow.lintWorkflow.moreLeastThanMost") }];
      }
      return [];
    }),
  );

const hasEnded = (kind: StateKind | undefined) => kind === "resolved" || kind === "final";

/** The clocks of an answered case have ended: whoever leads it back has to begin a new cycle, or nothing would watch it. */
const waysBack: Lint = (workflow, actions) =>
  actions.flatMap(([name, action]) => {
    const kindOf = (state: string) => workflow.states[state]?.kind;
    const from = action.from.filter((state) => hasEnded(kindOf(state)));
    const what = together(from.map((state) => stateWords(workflow, state)));
    const [reopen, appeal] = [effectWords("reopen"), effectWords("appeal")];
    return outcomesOf(action).flatMap(({ to, effects, path }): Finding[] => {
      const anew = effects.some((effect) => cycleEffects.includes(effect));
      if (to === null) return [];
      if (from.length > 0 && !hasEnded(kindOf(to)) && !anew) {
        const reason = msg("workflow.lintWorkflow.fromBackToWorkWithout", { what, reopen, appeal });
        return [{ path: `${at(name)}${path}`, reason }];
      }
      return [];
    });
  });

const timersRing: Lint = function* (workflow, actions, _setup, noSuch) {
  const byName = new Map(actions);
  const names = [...byName.keys()];
  const known = new Set<string>();
  for (const [i, timer] of workflow.timers.entries()) {
    const path = `/timers/${i}`;
    if (known.has(timer.id)) {
      const reason = msg("workflow.lintWorkflow.theIdIsUsedTwice", { id: shown(timer.id) });
      yield { path: `${path}/id`, reason };
    }
    known.add(timer.id);
    const action = byName.get(timer.action);
    if (action === undefined) {
      const actionName = (code: unknown) => byName.get(String(code))?.name ?? null;
      yield { path: `${path}/action`, reason: noSuch(anAction, timer.action, names, actionName) };
      continue;
    }
    const called = actionWords(workflow, timer.action);
    const wrong = (sentence: Bilingual): Finding => ({
      path: `${path}/action`,
      reason: listed([called, sentence], { en: " ", ar: " " }),
    });
    const state = stateWords(workflow, timer.state);
    if (!action.from.includes(timer.state)) yield wrong(msg("workflow.lintWorkflow.isNotPossibleIn", { state }));
    const system = performerWords("system");
    if (!action.by.includes("system")) yield wrong(msg("workflow.lintWorkflow.isNotForTheSystem", { system }));
    if (Object.values(action.fields).some((field) => field.required))
      yield wrong(msg("workflow.lintWorkflow.hasRequiredFieldsWhichA"));
    if (action.guards.length > 0) yield wrong(msg("workflow.lintWorkflow.hasConditionsWhichCouldRefuse"));
    if (action.to === null || targetsOf(action).includes(timer.state))
      yield wrong(msg("workflow.lintWorkflow.mayLeaveTheCaseWhere"));
  }
};

const isUsed: Lint = (workflow, _actions, setup) => {
  if ([...setup.types.values()].some((type) => type.workflow === workflow.workflow)) return [];
  const what = quoted(workflow.name);
  const reason = msg("workflow.lintWorkflow.noApplicationTypeFollows", { what });
  return [{ path: "/workflow", reason, severity: "warning" }];
};

const form: readonly Lint[] = [listsAreFilled, namesAreCodes, statesExist, branchesEnd, fieldsFit];
const meaning: readonly Lint[] = [
  beginnings,
  function* (workflow, actions) {
    for (const [name, action] of actions) yield* effectFindings(name, action, workflow);
  },
  waysBack,
  statesAreReached,
  statesEnd,
  waitingEnds,
  timersRing,
  (workflow, _actions, setup) => someoneCarriesOn(workflow, setup),
  isUsed,
  statesAreServed,
  ordersAreAnswered,
];

const andMore: Finding = {
  path: "",
  reason: msg("workflow.lintWorkflow.andMoreReason", { maxFindings }),
};

function foundBy(lints: readonly Lint[], workflow: WorkflowDefinition, setup: Setup): Finding[] {
  const actions = Object.entries(workflow.actions);
  const noSuch = newNoSuch();
  const found: Finding[] = [];
  for (const lint of lints) {
    for (const finding of lint(workflow, actions, setup, noSuch)) {
      if (found.length >= maxFindings) return [...found, andMore];
      found.push(finding);
    }
  }
  return found;
}

/** What keeps a workflow of sound form from being followed at all: names that mean nothing, lists that are empty. */
export const lintForm = (workflow: WorkflowDefinition, setup: Setup): Finding[] => foundBy(form, workflow, setup);

/** Findings about a workflow of sound form. What leads where is looked at once every name means something. */
export function lintWorkflow(workflow: WorkflowDefinition, setup: Setup): Finding[] {
  const first = lintForm(workflow, setup);
  return first.length > 0 ? first : foundBy(meaning, workflow, setup);
}
