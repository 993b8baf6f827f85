/** The library's own operator objects: the live engine and the compiled form both ask these, so they cannot drift apart. */
import { Engine, type Operator } from "json-rules-engine";

/** Operators that rules may use, with what each expects: of the fact and of the value beside it. */
export const operatorNames = [
  "equal",
  "notEqual",
  "in",
  "notIn",
  "contains",
  "doesNotContain",
  "lessThan",
  "lessThanInclusive",
  "greaterThan",
  "greaterThanInclusive",
] as const;
export type OperatorName = (typeof operatorNames)[number];

export interface LibraryOperator {
  readonly name: string;
  evaluate(factValue: unknown, value: unknown): boolean;
}

/** The engine keeps its operators in a map that its types do not show. */
interface EngineInternals {
  readonly operators: { readonly operators: ReadonlyMap<string, Operator & LibraryOperator> };
}

const known = (new Engine() as unknown as EngineInternals).operators.operators;

export function isOperatorName(name: string): name is OperatorName {
  return (operatorNames as readonly string[]).includes(name);
}

/** The library's object of that name. Throws when the library does not have it, which a change of its version could cause. */
export function libraryOperator(name: OperatorName): LibraryOperator {
  const operator = known.get(name);
  if (operator === undefined) throw new Error(`json-rules-engine has no operator "${name}"`);
  return operator;
}
