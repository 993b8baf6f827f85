/**
 * What rules do together, found by trying: ties, rules that never match, rules that never win, gaps.
 *
 * A condition only compares a fact with values that it names, so all other values are alike to it: the values that are
 * named, one that is not, and for numbers one between any two of them, are enough to try everything.
 */
import { compileVerdict, factsOf, type Verdict } from "./compile-condition.js";
import type { FactDefinition, Facts } from "./fact-catalogue.js";
import type { Condition, RuleDefinition } from "./rule-set.js";

/** Above so many combinations nothing is said. */
const mostCells = 50_000;
const mostListedCodes = 6;

function leavesOf(condition: Condition): { fact: string; value: unknown }[] {
  if ("all" in condition) return condition.all.flatMap(leavesOf);
  if ("any" in condition) return condition.any.flatMap(leavesOf);
  if ("not" in condition) return leavesOf(condition.not);
  return [condition];
}

function numberDomain(named: readonly unknown[]): number[] {
  const points = [...new Set(named.filter((value): value is number => typeof value === "number"))].sort(
    (a, b) => a - b,
  );
  const between = points.slice(1).map((point, i) => (point + (points[i] ?? point)) / 2);
  return [...points, ...between, (points[0] ?? 0) - 1, (points.at(-1) ?? 0) + 1];
}

function subsetsOf(codes: readonly string[]): string[][] | null {
  if (codes.length > mostListedCodes) return null;
  return Array.from({ length: 1 << codes.length }, (_, bits) => codes.filter((_, i) => (bits >> i) & 1));
}

/** Values of a fact that can tell conditions apart which name `named`; null when there are too many. */
function domainOf(fact: FactDefinition, named: readonly unknown[]): unknown[] | null {
  const nothing = fact.nullable ? [null] : [];
  if (fact.type === "boolean") return [true, false, ...nothing];
  if (fact.type === "number") return [...numberDomain(named), ...nothing];
  const codes = [...new Set(named.filter((value): value is string => typeof value === "string"))];
  if (fact.type === "strings") return subsetsOf(codes);
  const other = fact.values === undefined ? "\u0000" : fact.values.find((value) => !codes.includes(value));
  return [...codes, ...(other === undefined ? [] : [other]), ...nothing];
}

/** Every combination that can tell these conditions apart; null when there are too many or a fact is unknown. */
function cellsOf(conditions: readonly Condition[], catalogue: ReadonlyMap<string, FactDefinition>): Facts[] | null {
  const named = new Map<string, unknown[]>();
  for (const { fact, value } of conditions.flatMap(leavesOf)) {
    named.set(fact, [...(named.get(fact) ?? []), ...(Array.isArray(value) ? value : [value])]);
  }
  let cells: Facts[] = [{}];
  for (const [name, values] of named) {
    const fact = catalogue.get(name);
    const domain = fact === undefined ? null : domainOf(fact, values);
    if (domain === null || cells.length * domain.length > mostCells) return null;
    cells = cells.flatMap((cell) => domain.map((value) => ({ ...cell, [name]: value })));
  }
  return cells;
}

const holds = (condition: Condition) => {
  const verdict = compileVerdict(condition);
  return (facts: Facts) => verdict(facts) === true;
};

/** Whether two outcomes cannot both be followed: in a merge only keys that both name count. */
function contradict(a: RuleDefinition, b: RuleDefinition, merge: boolean): boolean {
  const [x, y] = [a.event.params, b.event.params];
  if (!merge) return JSON.stringify(x) !== JSON.stringify(y);
  return Object.keys(x).some((key) => key in y && JSON.stringify(x[key]) !== JSON.stringify(y[key]));
}

/** Two rules of one priority that decide differently, with facts under which both match. */
export interface Tie {
  readonly rules: readonly [RuleDefinition, RuleDefinition];
  readonly witness: Facts;
}

/** Pairs of rules with equal priority and contradicting outcomes that can match together. */
export function findTies(
  rules: readonly RuleDefinition[],
  catalogue: ReadonlyMap<string, FactDefinition>,
  merge: boolean,
): Tie[] {
  const ties: Tie[] = [];
  rules.forEach((a, i) => {
    for (const b of rules.slice(i + 1)) {
      if (a.priority !== b.priority || !contradict(a, b, merge)) continue;
      const both = { all: [a.conditions, b.conditions] };
      const witness = cellsOf([both], catalogue)?.find(holds(both));
      if (witness !== undefined) ties.push({ rules: [a, b], witness });
    }
  });
  return ties;
}

/** Facts under which `rule` matches and none of `others` does; null when there are none, or too many to try. */
export function findWitness(
  rule: RuleDefinition,
  others: readonly RuleDefinition[],
  catalogue: ReadonlyMap<string, FactDefinition>,
): Facts | null {
  const conditions = [rule.conditions, ...others.map((other) => other.conditions)];
  const [matches, ...taken] = conditions.map(holds);
  return cellsOf(conditions, catalogue)?.find((cell) => matches?.(cell) && !taken.some((is) => is(cell))) ?? null;
}

/** Rules that match nothing that can occur. */
export function findDead(
  rules: readonly RuleDefinition[],
  catalogue: ReadonlyMap<string, FactDefinition>,
): RuleDefinition[] {
  return rules.filter((rule) => cellsOf([rule.conditions], catalogue)?.some(holds(rule.conditions)) === false);
}

/** Rules that match but never decide, because rules of higher priority cover them; with those rules. */
export function findShadowed(
  rules: readonly RuleDefinition[],
  catalogue: ReadonlyMap<string, FactDefinition>,
): { rule: RuleDefinition; by: RuleDefinition[] }[] {
  return rules.flatMap((rule) => {
    const facts = factsOf(rule.conditions);
    const higher = rules.filter(
      (h) => h.priority > rule.priority && [...factsOf(h.conditions)].every((fact) => facts.has(fact)),
    );
    if (higher.length === 0) return [];
    const cells = cellsOf([rule.conditions, ...higher.map((h) => h.conditions)], catalogue)?.filter(
      holds(rule.conditions),
    );
    if (cells === undefined || cells.length === 0) return [];
    const by = new Set<RuleDefinition>();
    const covered = cells.every((cell) => {
      const winner = higher.find((h) => holds(h.conditions)(cell));
      if (winner !== undefined) by.add(winner);
      return winner !== undefined;
    });
    return covered ? [{ rule, by: [...by] }] : [];
  });
}

/** A row of cells that no rule surely decides: values by fact; every value of a fact is `null`. */
export type GapRow = Readonly<Record<string, readonly string[] | null>>;

/** Cells of the grid of these facts that only the default answers, merged into few rows. Rules that ask for more than the grid do not cover a cell. */
export function findGaps(
  rules: readonly RuleDefinition[],
  grid: Readonly<Record<string, readonly string[]>>,
): GapRow[] {
  const predicates = rules.map((rule) => compileVerdict(rule.conditions));
  let cells: Facts[] = [{}];
  for (const [fact, values] of Object.entries(grid))
    cells = cells.flatMap((cell) => values.map((value) => ({ ...cell, [fact]: value })));
  const gaps = cells.filter((cell) => !predicates.some((predicate) => isSure(predicate(cell))));
  return mergeRows(gaps, grid);
}

function isSure(verdict: Verdict): boolean {
  return verdict === true;
}

/** One dimension at a time, cells that differ in it only become one row. */
function mergeRows(gaps: readonly Facts[], grid: Readonly<Record<string, readonly string[]>>): GapRow[] {
  const facts = Object.keys(grid);
  let rows = gaps.map((gap) => Object.fromEntries(facts.map((fact) => [fact, [String(gap[fact])]])));
  for (const fact of facts) {
    const merged = new Map<string, Record<string, string[]>>();
    for (const row of rows) {
      const key = JSON.stringify({ ...row, [fact]: null });
      const same = merged.get(key);
      merged.set(key, same === undefined ? row : { ...same, [fact]: [...(same[fact] ?? []), ...(row[fact] ?? [])] });
    }
    rows = [...merged.values()];
  }
  return rows.map((row) =>
    Object.fromEntries(
      facts.map((fact) => [fact, row[fact]?.length === grid[fact]?.length ? null : (row[fact] ?? [])]),
    ),
  );
}
