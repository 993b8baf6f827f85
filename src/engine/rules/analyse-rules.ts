/** What rules do together: ties, rules that never match, rules that never win, gaps. */
import { compileVerdict, factsOf, type Verdict } from "./compile-condition.js";
import type { FactDefinition, Facts } from "./fact-catalogue.js";
import { areApart, findFacts, makeReady, newWork, type Ready, type Work } from "./find-facts.js";
import type { ConflictMode, RuleDefinition } from "./rule-set.js";

type Catalogue = ReadonlyMap<string, FactDefinition>;

/** Two rules of one priority that decide differently, with facts under which both match. */
export interface Tie {
  readonly rules: readonly [RuleDefinition, RuleDefinition];
  readonly witness: Facts;
}

export interface Analysis {
  /** Pairs of rules with equal priority and contradicting outcomes that can match together. */
  readonly ties: readonly Tie[];
  /** Rules that match nothing that can occur. */
  readonly dead: readonly RuleDefinition[];
  /** Rules that match but never decide, because rules of higher priority cover them; with those rules. */
  readonly shadowed: readonly { readonly rule: RuleDefinition; readonly by: readonly RuleDefinition[] }[];
  /** False when the rules are too entangled to look at all of it: there may be more than was found. */
  readonly complete: boolean;
}

/** Enough to correct before looking for more. */
const maxTies = 100;

/** A rule made ready to be asked. */
interface Asked {
  readonly rule: RuleDefinition;
  readonly ready: Ready;
  readonly facts: ReadonlySet<string>;
  /** Parts of its outcome that another rule must not contradict, as texts. */
  readonly outcome: ReadonlyMap<string, string>;
}

/** In a merge only keys that both rules name count. */
function outcomeOf({ event: { params } }: RuleDefinition, merge: boolean): Map<string, string> {
  if (!merge) return new Map([["", JSON.stringify(params)]]);
  return new Map(Object.entries(params).map(([key, value]) => [key, JSON.stringify(value)]));
}

/** Whether two outcomes cannot both be followed. */
function contradict(a: Asked, b: Asked): boolean {
  return [...a.outcome].some(([key, text]) => (b.outcome.get(key) ?? text) !== text);
}

function findTies(rules: readonly Asked[], catalogue: Catalogue, work: Work): Tie[] {
  const byPriority = new Map<number, Asked[]>();
  const ties: Tie[] = [];
  for (const b of rules) {
    const earlier = byPriority.get(b.rule.priority) ?? [];
    byPriority.set(b.rule.priority, earlier);
    for (const a of earlier) {
      if (work.left <= 0 || ties.length >= maxTies) {
        work.unfinished = true;
        return ties;
      }
      work.left -= 1;
      if (!contradict(a, b) || areApart(a.ready, b.ready, work)) continue;
      const witness = findFacts([a.ready, b.ready], [], catalogue, work);
      if (typeof witness !== "string") ties.push({ rules: [a.rule, b.rule], witness });
    }
    earlier.push(b);
  }
  return ties;
}

/** Of these stronger rules those that together always come first; null when the rule decides something, or nobody knows. */
function findCover(
  { ready }: Asked,
  stronger: readonly Asked[],
  catalogue: Catalogue,
  work: Work,
): RuleDefinition[] | null {
  const all = stronger.map((other) => other.ready);
  if (findFacts([ready], all, catalogue, work) !== "none") return null;
  const by: Asked[] = [];
  for (;;) {
    const left = findFacts(
      [ready],
      by.map((other) => other.ready),
      catalogue,
      work,
    );
    if (typeof left === "string") return by.map((other) => other.rule);
    const next = stronger.find((other) => !by.includes(other) && other.ready.verdict(left) === true);
    if (next === undefined) return by.map((other) => other.rule);
    by.push(next);
  }
}

function findShadowed(rules: readonly Asked[], catalogue: Catalogue, work: Work): Analysis["shadowed"] {
  return rules.flatMap((one) => {
    const stronger = rules.filter((other) => {
      if (other.rule.priority <= one.rule.priority || work.left <= 0) return false;
      work.left -= 1;
      return [...other.facts].every((fact) => one.facts.has(fact)) && !areApart(one.ready, other.ready, work);
    });
    if (work.left <= 0) {
      work.unfinished = true;
      return [];
    }
    if (stronger.length === 0) return [];
    const by = findCover(one, stronger, catalogue, work);
    return by === null ? [] : [{ rule: one.rule, by }];
  });
}

/** What can be found out about these rules within one budget: ties first. */
export function analyseRules(
  rules: readonly RuleDefinition[],
  catalogue: Catalogue,
  mode: ConflictMode,
  work: Work = newWork(),
): Analysis {
  const asked = rules.map((rule): Asked => {
    const { conditions } = rule;
    return {
      rule,
      ready: makeReady(conditions),
      facts: factsOf(conditions),
      outcome: outcomeOf(rule, mode === "merge"),
    };
  });
  const ties = mode === "collect" ? [] : findTies(asked, catalogue, work);
  const dead = new Set(asked.filter(({ ready }) => findFacts([ready], [], catalogue, work) === "none"));
  const alive = asked.filter((one) => !dead.has(one));
  const shadowed = mode === "first" ? findShadowed(alive, catalogue, work) : [];
  return { ties, dead: [...dead].map(({ rule }) => rule), shadowed, complete: !work.unfinished };
}

/** Facts under which `rule` matches and none of `others` does; null when there are none, or too many to try. */
export function findWitness(
  rule: RuleDefinition,
  others: readonly RuleDefinition[],
  catalogue: Catalogue,
  work: Work = newWork(),
): Facts | null {
  const failing = others.map(({ conditions }) => makeReady(conditions));
  const found = findFacts([makeReady(rule.conditions)], failing, catalogue, work);
  return typeof found === "string" ? null : found;
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
