/**
 * Conditions as closures: the same JSON that the live engine reads, a few hundred times faster.
 *
 * A leaf that cannot be evaluated (its fact was not given, its operator throws) is neither true nor false but a fault.
 * Groups treat it as Kleene's third value: `all` is false as soon as one member is false, whatever the others are, and at
 * fault only when the faulty member would have made the difference. So the order of evaluation never matters, and a fault
 * in a rule that could not have matched anyway harms nobody.
 */
import type { Facts } from "./fact-catalogue.js";
import { isOperatorName, type LibraryOperator, libraryOperator } from "./operators.js";
import { maximumDepth } from "./policy-limits.js";
import type { Condition } from "./rule-set.js";
import { shown } from "./schema-faults.js";

/** Why a condition could not be evaluated. */
export class ConditionFault {
  constructor(readonly message: string) {}
}

export type Verdict = boolean | ConditionFault;
export type Predicate = (facts: Facts) => Verdict;

/** The fault of a leaf, with the fact it is about. */
export function leafFault(fact: string, reason: string): ConditionFault {
  return new ConditionFault(`the fact "${fact}" ${reason}`);
}

/** Asks the library's operator. What was not given (or is a function, which the library would call) is a fault, never a value. */
export function askOperator(operator: LibraryOperator, found: unknown, value: unknown): boolean | string {
  if (found === undefined || typeof found === "function") return "was not given";
  try {
    return operator.evaluate(found, value);
  } catch (error) {
    return `could not be compared: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** `all` and `any` over verdicts: the deciding value wins, then a fault, then the other value. Empty groups hold, as in the library. */
export function combineVerdicts(kind: "all" | "any", verdicts: readonly Verdict[]): Verdict {
  if (verdicts.length === 0) return true;
  const deciding = kind === "any";
  if (verdicts.includes(deciding)) return deciding;
  return verdicts.find((verdict) => verdict instanceof ConditionFault) ?? !deciding;
}

export function negateVerdict(verdict: Verdict): Verdict {
  return verdict instanceof ConditionFault ? verdict : !verdict;
}

/** What keeps a condition from being evaluated at all (the schema refuses these before they are published); null when sound. */
export function structuralFault(condition: unknown, depth = 0): string | null {
  if (depth > maximumDepth) return `conditions are nested deeper than ${maximumDepth} levels`;
  if (typeof condition !== "object" || condition === null) return "a condition must be an object";
  const node = condition as Record<string, unknown>;
  for (const kind of ["all", "any"] as const) {
    if (!(kind in node)) continue;
    const members = node[kind];
    if (!Array.isArray(members)) return `"${kind}" must be a list`;
    return members.map((member) => structuralFault(member, depth + 1)).find((fault) => fault !== null) ?? null;
  }
  if ("not" in node) return structuralFault(node.not, depth + 1);
  if ("condition" in node) return "named conditions are not used here";
  if ("path" in node) return "paths into facts are not used here";
  if (typeof node.fact !== "string" || node.fact === "" || node.fact in Object.prototype)
    return `${shown(node.fact)} is no fact`;
  if (typeof node.operator !== "string" || !isOperatorName(node.operator))
    return `${shown(node.operator)} is no operator`;
  if (!("value" in node)) return `the condition on "${node.fact}" has no value`;
  const { value } = node;
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return "facts are compared with values, not with other facts";
  return null;
}

function compileGroup(kind: "all" | "any", members: readonly Condition[]): Predicate {
  const predicates = members.map(compileNode);
  const [first, second] = predicates;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  const deciding = kind === "any";
  return (facts) => {
    let fault: ConditionFault | null = null;
    for (const predicate of predicates) {
      const verdict = predicate(facts);
      if (verdict === deciding) return deciding;
      if (verdict instanceof ConditionFault) fault ??= verdict;
    }
    return fault ?? !deciding;
  };
}

function compileNode(condition: Condition): Predicate {
  if ("all" in condition) return compileGroup("all", condition.all);
  if ("any" in condition) return compileGroup("any", condition.any);
  if ("not" in condition) {
    const inner = compileNode(condition.not);
    return (facts) => negateVerdict(inner(facts));
  }
  const { fact, operator: name, value } = condition;
  if (!isOperatorName(name)) throw new Error(`"${name}" is no operator`);
  const operator = libraryOperator(name);
  return (facts) => {
    const answer = askOperator(operator, facts[fact], value);
    return typeof answer === "string" ? leafFault(fact, answer) : answer;
  };
}

/** The condition as a function of the facts that answers true, false or a fault. A malformed condition is always at fault. */
export function compileVerdict(condition: Condition): Predicate {
  const fault = structuralFault(condition);
  if (fault === null) return compileNode(condition);
  const always = new ConditionFault(fault);
  return () => always;
}

/** The condition as a yes or no, for guards: what cannot be evaluated does not hold. */
export function compileCondition(condition: Condition): (facts: Facts) => boolean {
  const verdict = compileVerdict(condition);
  return (facts) => verdict(facts) === true;
}

/** Names of the facts that a condition mentions. */
export function factsOf(condition: Condition): Set<string> {
  if ("all" in condition) return new Set(condition.all.flatMap((member) => [...factsOf(member)]));
  if ("any" in condition) return new Set(condition.any.flatMap((member) => [...factsOf(member)]));
  if ("not" in condition) return factsOf(condition.not);
  return new Set([condition.fact]);
}
