/**
 * The ways of one kind of case through a workflow: which actions lead where, and who of those who reach the case there may do each. What a
 * condition asks besides type, importance, confidentiality and place is free: it may come to hold.
 */

import { type CasePlace, rolesThatReach } from "../access/reached-by.js";
import { ConditionFault } from "../rules/compile-condition.js";
import { findFacts, makeReady, newWork, type Ready, type Work } from "../rules/find-facts.js";
import type { Condition } from "../rules/rule-set.js";
import { type EffectName, effectOf } from "./effects.js";
import { isForApplicant } from "./for-applicant.js";
import { type Catalogue, knownAs } from "./kinds-of-case.js";
import type { WorkflowAction, WorkflowDefinition } from "./workflow-definition.js";

type Known = Readonly<Record<string, unknown>>;

/** Who does it: an official who reaches the case, the applicant (or the contact centre for them), a timer. */
type Doer = "office" | "applicant" | "timer";

export interface Way {
  readonly action: string;
  readonly to: string;
  readonly place: CasePlace;
  /** An end that is no answer: withdrawn, rejected, a duplicate. */
  readonly unanswered: boolean;
  readonly doers: readonly Doer[];
  /** The condition that can never hold here; null: none is in the way. */
  readonly blockedBy: number | null;
}

/** Whether conditions can hold (and others fail) where this much is known; answered once for what matters to them. */
export function createAsker(catalogue: Catalogue, work: Work = newWork()) {
  const ready = new Map<Condition, { readonly of: Ready; readonly id: number }>();
  const made = (condition: Condition) => {
    const found = ready.get(condition) ?? { of: makeReady(condition), id: ready.size };
    ready.set(condition, found);
    return found;
  };
  const answers = new Map<string, boolean>();
  const ask = (holding: readonly Ready[], failing: readonly Ready[], known: Known): boolean => {
    const held = holding.map(({ verdict }) => verdict(known));
    const failed = failing.map(({ verdict }) => verdict(known));
    if (held.includes(false) || failed.includes(true)) return false;
    if (![...held, ...failed].some((verdict) => verdict instanceof ConditionFault)) return true;
    return findFacts([...holding, makeReady(knownAs(known))], failing, catalogue, work) !== "none";
  };
  return (holding: readonly Condition[], failing: readonly Condition[], known: Known): boolean => {
    if (holding.length + failing.length === 0) return true;
    const [hold, fail] = [holding.map(made), failing.map(made)];
    const named = new Set([...hold, ...fail].flatMap(({ of }) => of.leaves.map(({ fact }) => fact)));
    const matters = Object.fromEntries(Object.entries(known).filter(([fact]) => named.has(fact)));
    const key = JSON.stringify([hold.map(({ id }) => id), fail.map(({ id }) => id), matters]);
    const before = answers.get(key);
    if (before !== undefined) return before;
    const found = ask(
      hold.map(({ of }) => of),
      fail.map(({ of }) => of),
      matters,
    );
    answers.set(key, found);
    return found;
  };
}

type Ask = ReturnType<typeof createAsker>;

const actorOf: Readonly<Record<Doer, string>> = { office: "user", applicant: "applicant", timer: "system" };
const placing: ReadonlySet<EffectName> = new Set(["assign", "transfer"]);

/** Where an action may lead by what is known; a branch is taken where none before it has to be. */
function outcomes(action: WorkflowAction, state: string, known: Known, ask: Ask) {
  const { to } = action;
  if (to === null || typeof to === "string") return [{ to: to ?? state, effects: action.effects }];
  return to.flatMap((branch, i) => {
    const earlier = to.slice(0, i).flatMap(({ when }) => when ?? []);
    const open = ask(branch.when === undefined ? [] : [branch.when], earlier, known);
    return open ? [{ to: branch.to, effects: [...action.effects, ...(branch.effects ?? [])] }] : [];
  });
}

export interface Asked {
  readonly workflow: WorkflowDefinition;
  readonly confidential: boolean;
  /** What is known of the kind of case, wherever it is. */
  readonly known: Known;
  readonly ask: Ask;
}

/** The actions of each state, for all kinds of cases. */
export function actionsByState({ actions }: WorkflowDefinition): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [name, { from }] of Object.entries(actions)) {
    for (const state of from) {
      const known = found.get(state);
      if (known === undefined) found.set(state, [name]);
      else known.push(name);
    }
  }
  return found;
}

/** Who may do it here by the matrix and the workflow, its conditions left aside. */
function named(action: WorkflowAction, name: string, state: string, place: CasePlace, a: Asked): Doer[] {
  const reach: ReadonlySet<string> = rolesThatReach(place, a.confidential);
  const caller = !a.confidential && action.by.includes("contact_centre_agent") && isForApplicant(action);
  const timed = a.workflow.timers.some((timer) => timer.state === state && timer.action === name);
  return [
    ...(action.by.some((performer) => reach.has(performer)) ? (["office"] as const) : []),
    ...(action.by.includes("applicant") || caller ? (["applicant"] as const) : []),
    ...(timed && action.by.includes("system") ? (["timer"] as const) : []),
  ];
}

/** The ways out of a state for a case that is in such a place: to another state, or to an entity. */
export function waysFrom(state: string, place: CasePlace, names: readonly string[], a: Asked): Way[] {
  const here: Known = { ...a.known, placed: place === "entity" };
  return names.flatMap((name) => {
    const action = a.workflow.actions[name];
    if (action === undefined) return [];
    const guards = action.guards.map(({ when }) => when);
    const may = named(action, name, state, place, a);
    const doers = may.filter((doer) => a.ask(guards, [], { ...here, actorKind: actorOf[doer] }));
    const isNever = !a.ask(guards, [], here) || (may.length > 0 && doers.length === 0);
    const never = isNever
      ? Math.max(
          0,
          guards.findIndex((guard) => !a.ask([guard], [], here)),
        )
      : null;
    return outcomes(action, state, here, a.ask).flatMap(({ to, effects }): Way[] => {
      const then = effects.some((effect) => placing.has(effect)) ? "entity" : place;
      if (to === state && then === place) return [];
      const unanswered = effects.some((effect) => effectOf[effect].endsUnanswered);
      return [{ action: name, to, place: then, unanswered, doers, blockedBy: never }];
    });
  });
}
