/**
 * Where a case would be left for good: it is open, the workflow means it to go on, and none of those who reach it there may do what leads
 * on. Looked at for each kind of case that can arise, in each place where it can be.
 */

import { type CasePlace, rolesThatReach } from "../access/reached-by.js";
import type { RoleCode } from "../access/roles.js";
import { factsOf } from "../rules/compile-condition.js";
import type { Condition } from "../rules/rule-set.js";
import type { Setup } from "../setup/setup.js";
import { catalogueOf, type KindOfCase, kindsOfCase } from "./kinds-of-case.js";
import { type Asked, actionsByState, createAsker, type Way, waysFrom } from "./way-graph.js";
import type { WorkflowDefinition } from "./workflow-definition.js";

/** A case that can arise, as far as a workflow tells it from others. */
export interface AskedKind extends KindOfCase {
  /** Null: whichever it is. */
  readonly importance: string | null;
}

export interface DeadEnd {
  readonly state: string;
  readonly place: CasePlace;
  readonly kind: AskedKind;
  /** What would lead on, and none of those who reach the case may do; empty: nothing leads on from here. */
  readonly actions: readonly string[];
  /** The condition of the first of these that can never hold; null: it is for others. */
  readonly guard: number | null;
  /** Who reaches the case there. */
  readonly reach: readonly RoleCode[];
}

export interface Standing {
  readonly state: string;
  readonly place: CasePlace;
}

interface Node extends Standing {
  readonly ways: readonly Way[];
}

const keyOf = ({ state, place }: Standing): string => `${place} ${state}`;
const ahead = ({ to, place }: Way): string => keyOf({ state: to, place });

/** All that the actions lead to, conditions and performers left aside. */
function layOut(starts: readonly Standing[], a: Asked, names: ReadonlyMap<string, readonly string[]>) {
  const nodes = new Map<string, Node>();
  const open = [...starts];
  for (const { state, place } of open) {
    const key = keyOf({ state, place });
    if (nodes.has(key)) continue;
    const ways = waysFrom(state, place, names.get(state) ?? [], a);
    nodes.set(key, { state, place, ways });
    for (const way of ways) if (!nodes.has(ahead(way))) open.push({ state: way.to, place: way.place });
  }
  return nodes;
}

type Nodes = ReadonlyMap<string, Node>;

/** An action somewhere, with all that it may lead to. */
interface Option {
  readonly key: string;
  readonly ways: readonly Way[];
  left: number;
}

/** The ways of a node by the action that they are of. */
function optionsOf(key: string, { ways }: Node): Option[] {
  const byAction = new Map<string, Way[]>();
  for (const way of ways) {
    const known = byAction.get(way.action);
    if (known === undefined) byAction.set(way.action, [way]);
    else known.push(way);
  }
  return [...byAction.values()].map((of) => ({ key, ways: of, left: of.length }));
}

/**
 * Those from which people come to a way that arrives, whatever their actions lead to: which branch is taken is not theirs to choose. An
 * answer that may go to a review where it would stay is no way to the applicant.
 */
function leadingTo(
  nodes: Nodes,
  { counts, arrives, ends }: Readonly<Record<"counts" | "arrives" | "ends", (way: Way) => boolean>>,
): Set<string> {
  const before = new Map<string, Option[]>();
  const found = new Set<string>();
  const settle = (option: Option): void => {
    option.left -= 1;
    if (option.left === 0) found.add(option.key);
  };
  const later = (key: string, option: Option): void => {
    const known = before.get(key);
    if (known === undefined) before.set(key, [option]);
    else known.push(option);
  };
  for (const option of [...nodes].flatMap(([key, node]) => optionsOf(key, node))) {
    if (!option.ways.every(counts)) continue;
    for (const way of option.ways) {
      if (arrives(way)) settle(option);
      // What ended may be opened again: that is another beginning.
      else if (!ends(way)) later(ahead(way), option);
    }
  }
  // A set is walked in the order in which it grows.
  for (const key of found) for (const option of before.get(key) ?? []) settle(option);
  return found;
}

/** Where such a case can come to be, by whichever people: not by an action whose condition never holds for it. */
function comesTo(nodes: Nodes, starts: readonly Standing[]): Set<string> {
  const found = new Set(starts.map(keyOf));
  for (const key of found) {
    for (const way of nodes.get(key)?.ways ?? []) if (way.blockedBy === null) found.add(ahead(way));
  }
  return found;
}

const isOpen = (way: Way): boolean => way.doers.length > 0;
const anyWay = (): boolean => true;
/** Without waiting for the applicant. */
const byOffice = (way: Way): boolean => way.doers.some((doer) => doer !== "applicant");

type Found = Standing & Pick<DeadEnd, "actions" | "guard">;

function stuckIn(nodes: Nodes, workflow: WorkflowDefinition, starts: readonly Standing[]): Found[] {
  const kindOf = (state: string) => workflow.states[state]?.kind;
  const ends = (way: Way) => kindOf(way.to) === "final";
  const timed = new Set(workflow.timers.map(({ action }) => action));
  const answers = (way: Way) =>
    kindOf(way.to) === "resolved" || (ends(way) && !way.unanswered && !timed.has(way.action));
  const goals = [answers, ends].map((arrives) => ({
    arrives,
    meant: leadingTo(nodes, { counts: anyWay, arrives, ends }),
    real: leadingTo(nodes, { counts: isOpen, arrives, ends }),
  }));
  const found: Found[] = [];
  const led: Found[] = [];
  for (const key of comesTo(nodes, starts)) {
    const node = nodes.get(key);
    if (node === undefined) continue;
    const kind = kindOf(node.state);
    if (kind === undefined || kind === "final") continue;
    const goal = goals.find(({ meant }, i) => meant.has(key) && (i === 1 || kind !== "resolved"));
    if (goal === undefined) continue;
    const at = { state: node.state, place: node.place };
    if (goal.real.has(key)) {
      if (kind !== "open" || node.ways.some(byOffice)) continue;
      const others = node.ways.filter((way) => !isOpen(way) && !way.unanswered);
      found.push({ ...at, ...named(others) });
      continue;
    }
    const leads = (way: Way) => goal.arrives(way) || goal.real.has(ahead(way));
    const next = optionsOf(key, node).flatMap(({ ways }) =>
      ways.every((way) => !isOpen(way) && leads(way)) ? ways : [],
    );
    if (next.length > 0) found.push({ ...at, ...named(next) });
    else led.push({ ...at, actions: [], guard: null });
  }
  return found.length > 0 ? found : led;
}

/** Who may do it is what is wrong, before a condition that sends such cases another way. */
function named(ways: readonly Way[]): Pick<DeadEnd, "actions" | "guard"> {
  const forOthers = ways.filter(({ blockedBy }) => blockedBy === null);
  if (forOthers.length > 0) return { actions: [...new Set(forOthers.map(({ action }) => action))], guard: null };
  return { actions: ways.slice(0, 1).map(({ action }) => action), guard: ways[0]?.blockedBy ?? null };
}

const conditionsOf = ({ actions }: WorkflowDefinition): Condition[] =>
  Object.values(actions).flatMap(({ guards, to }) => [
    ...guards.map(({ when }) => when),
    ...(Array.isArray(to) ? to.flatMap(({ when }) => when ?? []) : []),
  ]);

/** Names of the facts that any condition of it mentions. */
const factsAsked = (workflow: WorkflowDefinition): ReadonlySet<string> =>
  new Set(conditionsOf(workflow).flatMap((condition) => [...factsOf(condition)]));

/** Each kind by each importance in use, where the workflow asks for it. */
function askedKinds(workflow: WorkflowDefinition, setup: Setup): AskedKind[] {
  const facts = factsAsked(workflow);
  const levels = [...setup.importanceLevels.values()].filter(({ retired }) => !retired).map(({ code }) => code);
  const importance = facts.has("importance") && levels.length > 0 ? levels : [null];
  return kindsOfCase(workflow.workflow, setup).flatMap((kind) =>
    importance.map((level) => ({ ...kind, importance: level })),
  );
}

const startsOf = ({ initial, triage }: WorkflowDefinition): Standing[] => [
  { state: initial, place: "entity" },
  { state: triage, place: "sector" },
  { state: triage, place: "nowhere" },
];

/**
 * All dead ends of a workflow whose names all mean something, for these kinds of cases.
 * @param starts where cases are; left out: where they begin
 */
export function deadEnds(
  workflow: WorkflowDefinition,
  setup: Setup,
  kinds: readonly AskedKind[] = askedKinds(workflow, setup),
  starts: readonly Standing[] = startsOf(workflow),
): DeadEnd[] {
  const facts = factsAsked(workflow);
  const ask = createAsker(catalogueOf(setup));
  const names = actionsByState(workflow);
  const walked = new Map<string, readonly Found[]>();
  return kinds.flatMap((kind) => {
    const confidential = kind.secrecy !== null;
    const known = {
      programme: setup.programme.code,
      confidential,
      ...(kind.type !== null && { type: kind.type }),
      ...(kind.importance !== null && { importance: kind.importance }),
    };
    // Kinds that no condition tells apart go the same ways.
    const alike = JSON.stringify([confidential, Object.entries(known).filter(([fact]) => facts.has(fact))]);
    const found =
      walked.get(alike) ?? stuckIn(layOut(starts, { workflow, confidential, known, ask }, names), workflow, starts);
    walked.set(alike, found);
    return found.map((one) => ({ ...one, kind, reach: [...rolesThatReach(one.place, confidential)] }));
  });
}
