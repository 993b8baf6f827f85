/**
 * Finds facts under which some conditions hold and others do not, by trying: within a budget, so that whatever
 * somebody writes cannot keep the process busy.
 *
 * A condition only compares a fact with values that it names, so all other values are alike to it: the values that are
 * named, one that is not, and for numbers one between any two of them, are enough to try everything. Combinations are made
 * one fact after the other, and left as soon as what is given already decides: a condition that lacks a fact is neither
 * true nor false.
 */
import { compileVerdict, type Predicate } from "./compile-condition.js";
import type { FactDefinition, Facts } from "./fact-catalogue.js";
import type { Condition } from "./rule-set.js";

/** What may still be tried. A step is one comparison; all searches of a rule set draw on one budget. */
export interface Work {
  left: number;
  /** Set once a question stayed open for want of steps. */
  unfinished: boolean;
}

/** Steps for one rule set, and for one question about it: a fifth of a second or so. */
const allSteps = 1_500_000;
const stepsOfOne = 300_000;
/** Lists of more than so many codes would need numbers that JavaScript's bits cannot count. */
const maxFreeCodes = 24;

export function newWork(steps = allSteps): Work {
  return { left: steps, unfinished: false };
}

interface Leaf {
  readonly fact: string;
  readonly operator: string;
  readonly value: unknown;
}

/** A condition made ready to be asked many times. */
export interface Ready {
  readonly verdict: Predicate;
  readonly leaves: readonly Leaf[];
  /** Comparisons of asking it once; a long list counts as several. */
  readonly cost: number;
  /** What stands right under its root's `all`, by fact: without it the condition cannot hold. */
  readonly demands: ReadonlyMap<string, readonly Leaf[]>;
  /** The only values of a fact with which it can hold, where it names them. */
  readonly among: ReadonlyMap<string, ReadonlySet<unknown>>;
}

function leavesOf(condition: Condition): Leaf[] {
  if ("all" in condition) return condition.all.flatMap(leavesOf);
  if ("any" in condition) return condition.any.flatMap(leavesOf);
  if ("not" in condition) return leavesOf(condition.not);
  return [condition];
}

function demandsOf(condition: Condition): Leaf[] {
  if ("all" in condition) return condition.all.flatMap(demandsOf);
  return "fact" in condition ? [condition] : [];
}

const valuesOf = ({ value }: Leaf): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const costOf = (leaf: Leaf): number => 1 + Math.floor(valuesOf(leaf).length / 16);

export function makeReady(condition: Condition): Ready {
  const leaves = leavesOf(condition);
  const demands = new Map<string, Leaf[]>();
  for (const leaf of demandsOf(condition)) {
    const known = demands.get(leaf.fact);
    if (known === undefined) demands.set(leaf.fact, [leaf]);
    else known.push(leaf);
  }
  const among = new Map<string, ReadonlySet<unknown>>();
  for (const [fact, ofFact] of demands) {
    const named = ofFact.find((leaf) => leaf.operator === "in") ?? ofFact.find((leaf) => leaf.operator === "equal");
    if (named !== undefined) among.set(fact, new Set(valuesOf(named)));
  }
  return {
    verdict: compileVerdict(condition),
    leaves,
    cost: leaves.reduce((sum, leaf) => sum + costOf(leaf), 0),
    demands,
    among,
  };
}

function haveCommon(a: ReadonlySet<unknown>, b: ReadonlySet<unknown>, work: Work): boolean {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  for (const value of few) {
    work.left -= 1;
    if (many.has(value)) return true;
  }
  return false;
}

/** Whether two conditions surely never hold together, because they ask for different values of a fact. Cheap. */
export function areApart(a: Ready, b: Ready, work: Work): boolean {
  work.left -= 1;
  for (const [fact, values] of a.among) {
    const others = b.among.get(fact);
    if (others !== undefined && !haveCommon(values, others, work)) return true;
  }
  return false;
}

/** A fact with the values that are tried, one at a time. */
interface Variable {
  readonly fact: string;
  readonly count: number;
  readonly at: (i: number) => unknown;
}

function numberDomain(named: Iterable<unknown>): number[] {
  const points = [...named].filter((value) => typeof value === "number").sort((a, b) => a - b);
  const between = points.slice(1).map((point, i) => (point + (points[i] ?? point)) / 2);
  return [...points, ...between, (points[0] ?? 0) - 1, (points.at(-1) ?? 0) + 1];
}

/** Stands for all texts that no condition names, where a fact is open. */
export const unnamedText = "\u0000";

/** Values of a fact that can tell apart the conditions that name `named`. */
function domainOf(fact: FactDefinition, named: ReadonlySet<unknown>): unknown[] {
  const nothing = fact.nullable ? [null] : [];
  if (fact.type === "boolean") return [true, false, ...nothing];
  if (fact.type === "number") return [...numberDomain(named), ...nothing];
  const codes = [...named].filter((value) => typeof value === "string");
  const other = fact.values === undefined ? unnamedText : fact.values.find((value) => !named.has(value));
  return [...codes, ...(other === undefined ? [] : [other]), ...nothing];
}

/** A list of codes is every set of those that are named; what is demanded is in it, or out of it, from the beginning. */
function listVariable(fact: string, named: ReadonlySet<unknown>, demands: readonly Leaf[]): Variable | "unknown" {
  const of = (operator: string) => demands.filter((leaf) => leaf.operator === operator).map((leaf) => leaf.value);
  const within = new Set(of("contains"));
  const without = new Set(of("doesNotContain"));
  if ([...within].some((code) => without.has(code))) return { fact, count: 0, at: () => [] };
  const free = [...named].filter((code) => !within.has(code) && !without.has(code));
  if (free.length > maxFreeCodes) return "unknown";
  return { fact, count: 2 ** free.length, at: (bits) => [...within, ...free.filter((_, i) => (bits >> i) & 1)] };
}

function variableOf(
  fact: FactDefinition,
  named: ReadonlySet<unknown>,
  holding: readonly Ready[],
  work: Work,
): Variable | "unknown" {
  const demands = holding.flatMap((ready) => ready.demands.get(fact.name) ?? []);
  if (fact.type === "strings") return listVariable(fact.name, named, demands);
  const [narrow] = holding.flatMap((ready) => ready.among.get(fact.name) ?? []).sort((a, b) => a.size - b.size);
  const domain = narrow === undefined ? domainOf(fact, named) : [...narrow];
  const asked = demands.map((leaf) => ({ ask: compileVerdict(leaf), cost: costOf(leaf) }));
  work.left -= domain.length * asked.reduce((sum, { cost }) => sum + cost, 1);
  if (work.left < 0) return "unknown";
  const possible = domain.filter((value) => asked.every(({ ask }) => ask({ [fact.name]: value }) === true));
  return { fact: fact.name, count: possible.length, at: (i) => possible[i] };
}

function namedValues(conditions: readonly Ready[], work: Work): Map<string, Set<unknown>> {
  const named = new Map<string, Set<unknown>>();
  for (const leaf of conditions.flatMap((ready) => ready.leaves)) {
    const known = named.get(leaf.fact) ?? new Set();
    named.set(leaf.fact, known);
    const values = valuesOf(leaf);
    work.left -= values.length;
    for (const value of values) known.add(value);
  }
  return named;
}

/** What has no facts, surely, and what could not be found out within the budget. */
export type Found = Facts | "none" | "unknown";

/** Facts under which all of `holding` hold and none of `failing` does. */
export function findFacts(
  holding: readonly Ready[],
  failing: readonly Ready[],
  catalogue: ReadonlyMap<string, FactDefinition>,
  all: Work,
): Found {
  const work: Work = { left: Math.min(stepsOfOne, all.left), unfinished: false };
  const granted = work.left;
  const found = search(holding, failing, catalogue, work);
  all.left -= granted - work.left;
  if (found === "unknown") all.unfinished = true;
  return found;
}

function search(
  holding: readonly Ready[],
  failing: readonly Ready[],
  catalogue: ReadonlyMap<string, FactDefinition>,
  work: Work,
): Found {
  const conditions = [...holding, ...failing];
  const variables: Variable[] = [];
  for (const [name, values] of namedValues(conditions, work)) {
    const fact = catalogue.get(name);
    const variable = fact === undefined ? "unknown" : variableOf(fact, values, holding, work);
    if (variable === "unknown") return "unknown";
    if (variable.count === 0) return "none";
    variables.push(variable);
  }
  // Few values first: what they decide is decided for all that follows.
  variables.sort((a, b) => a.count - b.count);
  const facts: Facts = {};

  /** Those that what is given leaves open; null when one of them is not as it is wanted. */
  const stillOpen = (asked: readonly Ready[], wanted: boolean): Ready[] | null => {
    const open: Ready[] = [];
    for (const ready of asked) {
      work.left -= ready.cost;
      const verdict = ready.verdict(facts);
      if (verdict === !wanted) return null;
      if (verdict !== wanted) open.push(ready);
    }
    return open;
  };

  const from = (depth: number, hold: readonly Ready[], fail: readonly Ready[]): Found => {
    work.left -= 1;
    if (work.left < 0) return "unknown";
    const holdLater = stillOpen(hold, true);
    const failLater = holdLater === null ? null : stillOpen(fail, false);
    if (holdLater === null || failLater === null) return "none";
    if (holdLater.length + failLater.length === 0) {
      // What does not matter any more: whatever comes first.
      for (const { fact, at } of variables.slice(depth)) facts[fact] = at(0);
      return { ...facts };
    }
    const variable = variables[depth];
    if (variable === undefined) return "none";
    for (let i = 0; i < variable.count; i++) {
      facts[variable.fact] = variable.at(i);
      const found = from(depth + 1, holdLater, failLater);
      if (found !== "none") return found;
    }
    delete facts[variable.fact];
    return "none";
  };
  return from(0, holding, failing);
}
