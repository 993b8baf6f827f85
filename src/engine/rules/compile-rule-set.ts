/**
 * A rule set that decides. json-rules-engine makes every live decision, on the few rules that can match; the compiled form
 * of the same rules decides in bulk, and checks every live decision.
 *
 * Each live decision has a fresh Engine: the library keeps the state of a run in the engine, so that concurrent runs of a
 * shared one silently end each other (its issue 360). `stop()` is never used.
 */
import { Engine, Operator, type RuleProperties } from "json-rules-engine";
import { buildCandidateIndex } from "./candidate-index.js";
import {
  askOperator,
  ConditionFault,
  combineVerdicts,
  compileVerdict,
  factsOf,
  leafFault,
  negateVerdict,
  type Predicate,
  structuralFault,
  type Verdict,
} from "./compile-condition.js";
import type { Facts } from "./fact-catalogue.js";
import { libraryOperator, operatorNames } from "./operators.js";
import { type RankedRule, type Resolution, resolveConflict } from "./resolve-conflict.js";
import type { RuleDefinition, RuleSetDefinition, RuleSetName } from "./rule-set.js";

/** What went wrong in one rule; `ruleId` is null when it was the engine itself. */
export interface RuleFault {
  readonly ruleId: string | null;
  readonly message: string;
}

export interface Decision {
  readonly set: RuleSetName;
  /** The rules that made the outcome; none when it is the set's default. */
  readonly ruleIds: readonly string[];
  readonly outcome: unknown;
  readonly facts: Facts;
  readonly faults: readonly RuleFault[];
  /** The engine and the compiled form did not agree: the operation room must be told. */
  readonly disagreement: boolean;
}

export interface CompiledDecision {
  readonly ruleIds: readonly string[];
  readonly outcome: unknown;
}

/** One condition as the engine saw it. */
export interface ConditionTrace {
  readonly kind: "all" | "any" | "not" | "fact";
  readonly holds: boolean | null;
  readonly fact?: string;
  readonly operator?: string;
  readonly value?: unknown;
  readonly found?: unknown;
  readonly members: readonly ConditionTrace[];
}
export interface RuleTrace {
  readonly rule: RuleDefinition;
  /** Null when a fault kept it from being known. */
  readonly matched: boolean | null;
  readonly conditions: ConditionTrace | null;
}

export interface RuleSetRunner {
  readonly definition: RuleSetDefinition;
  /** The live decision. Never rejects: whatever fails, the set's safe default stands in and the fault is in the answer. */
  decide(facts: Facts): Promise<Decision>;
  /** The same decision by the compiled form alone, for bulk. Outcomes are shared: do not change them. */
  decideCompiled(facts: Facts): CompiledDecision;
  /** The engine's own results for the rules that could match, in order of rank: for "why" and for trying a rule out. */
  trace(facts: Facts): Promise<RuleTrace[]>;
}

/** Stands for a fact that was not given: the library would reject the whole run. */
const notGiven = Object.freeze({ notGiven: true });

/**
 * The library's operators, wrapped: instead of throwing, which would reject the whole run, one answers with the reason. The
 * library takes anything but `true` for "does not hold" and keeps it in the result of the leaf, where it is found again.
 */
const guardedOperators = operatorNames.map((name) => {
  const original = libraryOperator(name);
  const guarded = (found: unknown, value: unknown) =>
    askOperator(original, found === notGiven ? undefined : found, value);
  return new Operator(name, guarded as (found: unknown, value: unknown) => boolean);
});

/** Paths into facts would run JSONPath expressions, one of which can freeze the process. */
function refusePath(): never {
  throw new Error("paths into facts are not used here");
}

function freshEngine(rules: readonly RuleDefinition[]): Engine {
  const properties = rules.map(
    ({ id, priority, conditions, event }) => ({ name: id, priority, conditions, event }) as unknown as RuleProperties,
  );
  const engine = new Engine(properties, { pathResolver: refusePath });
  for (const operator of guardedOperators) engine.addOperator(operator);
  return engine;
}

/** A condition of the engine's result: leaves carry what was found, and a fault where a boolean would be. */
interface ResultNode {
  readonly all?: readonly ResultNode[];
  readonly any?: readonly ResultNode[];
  readonly not?: ResultNode;
  readonly fact?: string;
  readonly operator?: string;
  readonly value?: unknown;
  readonly factResult?: unknown;
  readonly result?: unknown;
}

function verdictOf(node: ResultNode): Verdict {
  if (node.all !== undefined) return combineVerdicts("all", node.all.map(verdictOf));
  if (node.any !== undefined) return combineVerdicts("any", node.any.map(verdictOf));
  if (node.not !== undefined) return negateVerdict(verdictOf(node.not));
  return typeof node.result === "string" ? leafFault(node.fact ?? "", node.result) : node.result === true;
}

function traceOf(node: ResultNode): ConditionTrace {
  const verdict = verdictOf(node);
  const holds = verdict instanceof ConditionFault ? null : verdict;
  if (node.all !== undefined) return { kind: "all", holds, members: node.all.map(traceOf) };
  if (node.any !== undefined) return { kind: "any", holds, members: node.any.map(traceOf) };
  if (node.not !== undefined) return { kind: "not", holds, members: [traceOf(node.not)] };
  const { fact, operator, value, factResult } = node;
  return {
    kind: "fact",
    holds,
    fact,
    operator,
    value,
    found: factResult === notGiven ? undefined : factResult,
    members: [],
  } as ConditionTrace;
}

interface EngineResultNode {
  readonly name: string;
  readonly result: unknown;
  readonly conditions: ResultNode;
}

/** Highest priority first; equals in the order in which they are written. */
function ranked(definition: RuleSetDefinition): RuleDefinition[] {
  return definition.rules
    .map((rule, order) => ({ rule, order }))
    .sort((a, b) => b.rule.priority - a.rule.priority || a.order - b.order)
    .map(({ rule }) => rule);
}

function freeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

function agree(live: Verdict, compiled: Verdict): boolean {
  return live === compiled || (live instanceof ConditionFault && compiled instanceof ConditionFault);
}

/** Prepares a rule set for deciding. Never throws: a rule that cannot be read is at fault whenever it might have matched. Keep the runner: making one costs more than a decision. */
export function compileRuleSet(definition: RuleSetDefinition): RuleSetRunner {
  const rules = ranked(definition);
  const rankedRules: RankedRule[] = rules.map((rule) => ({ id: rule.id, outcome: freeze(rule.event?.params ?? {}) }));
  const safeDefault = freeze(definition.default);
  const resolve = (matched: readonly number[], uncertain: readonly number[]): Resolution =>
    resolveConflict({ mode: definition.mode, rules: rankedRules, safeDefault, matched, uncertain });

  const unsound = rules.map(faultOfRule);
  const predicates = rules.map((rule, rank) => {
    const reason = unsound[rank];
    if (reason === null || reason === undefined) return compileVerdict(rule.conditions);
    const fault = new ConditionFault(reason);
    return () => fault;
  });
  const factNames = rules.map((rule, rank) => (unsound[rank] === null ? [...factsOf(rule.conditions)] : []));
  const index = buildCandidateIndex(
    rules.map((rule) => rule.conditions),
    unsound.map((reason) => reason !== null),
  );
  const ranks = new Uint16Array(rules.length);
  const idOf = (rank: number): string => (rules[rank] as RuleDefinition).id;
  const firstOnly = definition.mode === "first";

  function decideCompiled(facts: Facts): CompiledDecision {
    const count = index.candidates(facts, ranks);
    const matched: number[] = [];
    const uncertain: number[] = [];
    for (let i = 0; i < count; i++) {
      const rank = ranks[i] as number;
      const verdict = (predicates[rank] as Predicate)(facts);
      if (verdict === false) continue;
      (verdict === true ? matched : uncertain).push(rank);
      if (firstOnly) break;
    }
    return resolve(matched, uncertain);
  }

  async function runEngine(candidates: readonly number[], facts: Facts): Promise<Map<string, EngineResultNode>> {
    const sound = candidates.filter((rank) => unsound[rank] === null);
    if (sound.length === 0) return new Map();
    const given: Facts = {};
    for (const name of sound.flatMap((rank) => factNames[rank] ?? [])) {
      const value = facts[name];
      given[name] = value === undefined || typeof value === "function" ? notGiven : value;
    }
    const engine = freshEngine(sound.map((rank) => rules[rank] as RuleDefinition));
    const { results, failureResults } = await engine.run(given);
    return new Map(
      [...results, ...failureResults].map((result) => [result.name, result as unknown as EngineResultNode]),
    );
  }

  function candidatesOf(facts: Facts): number[] {
    return [...ranks.subarray(0, index.candidates(facts, ranks))];
  }

  /** Whether the compiled form, asked about every rule, says what the engine said about the candidates and "no" to the others. */
  function confirmed(facts: Facts, candidates: readonly number[], live: readonly Verdict[]): boolean {
    let next = 0;
    for (let rank = 0; rank < predicates.length; rank++) {
      const isCandidate = candidates[next] === rank;
      const compiled = (predicates[rank] as Predicate)(facts);
      if (!agree(isCandidate ? (live[next] as Verdict) : false, compiled)) return false;
      if (isCandidate) next++;
    }
    return true;
  }

  async function decide(facts: Facts): Promise<Decision> {
    const candidates = candidatesOf(facts);
    try {
      const results = await runEngine(candidates, facts);
      const live = candidates.map((rank): Verdict => {
        const result = results.get(idOf(rank));
        if (result !== undefined) return verdictOf(result.conditions);
        return new ConditionFault(unsound[rank] ?? "the engine gave no result");
      });
      return decision(facts, candidates, live, !confirmed(facts, candidates, live));
    } catch (error) {
      const failed = new ConditionFault("the engine failed");
      const undecided = decision(
        facts,
        candidates,
        candidates.map(() => failed),
        false,
      );
      const message = error instanceof Error ? error.message : String(error);
      return { ...undecided, faults: [{ ruleId: null, message }] };
    }
  }

  function decision(
    facts: Facts,
    candidates: readonly number[],
    live: readonly Verdict[],
    disagreement: boolean,
  ): Decision {
    const matched: number[] = [];
    const uncertain: number[] = [];
    const faults: RuleFault[] = [];
    candidates.forEach((rank, i) => {
      const verdict = live[i];
      if (verdict === true) matched.push(rank);
      if (!(verdict instanceof ConditionFault)) return;
      uncertain.push(rank);
      faults.push({ ruleId: idOf(rank), message: verdict.message });
    });
    const { ruleIds, outcome } = resolve(matched, uncertain);
    return { set: definition.set, ruleIds, outcome, facts, faults, disagreement };
  }

  async function trace(facts: Facts): Promise<RuleTrace[]> {
    const candidates = candidatesOf(facts);
    const results = await runEngine(candidates, facts);
    return candidates.map((rank) => {
      const rule = rules[rank] as RuleDefinition;
      const conditions = results.get(rule.id)?.conditions;
      if (conditions === undefined) return { rule, matched: null, conditions: null };
      const verdict = verdictOf(conditions);
      return { rule, matched: verdict instanceof ConditionFault ? null : verdict, conditions: traceOf(conditions) };
    });
  }

  return { definition, decide, decideCompiled, trace };
}

/** Why the library would not take a rule, which would stop the whole run; null when it does. */
function faultOfRule({ conditions, event }: RuleDefinition): string | null {
  const fault = structuralFault(conditions);
  if (fault !== null) return fault;
  if ("fact" in conditions) return "the conditions must begin with all, any or not";
  return typeof event?.type === "string" ? null : "the rule decides nothing";
}
