/** Whether conditions hold for facts of which some may not be known: for proposals on the screen. The server decides. */

import { isRecord } from "../../../engine/is-record.js";
import type { Condition } from "../../../engine/rules/rule-set.js";

export type Facts = Readonly<Record<string, unknown>>;

const isNumber = (value: unknown): value is number => typeof value === "number" && !Number.isNaN(value);
const ordered =
  (compare: (a: number, b: number) => boolean) =>
  (a: unknown, b: unknown): boolean =>
    isNumber(a) && isNumber(b) && compare(a, b);

const comparisons: Readonly<Record<string, (fact: unknown, value: unknown) => boolean>> = {
  equal: (a, b) => a === b,
  notEqual: (a, b) => a !== b,
  in: (a, b) => Array.isArray(b) && b.includes(a),
  notIn: (a, b) => Array.isArray(b) && !b.includes(a),
  contains: (a, b) => Array.isArray(a) && a.includes(b),
  doesNotContain: (a, b) => Array.isArray(a) && !a.includes(b),
  lessThan: ordered((a, b) => a < b),
  lessThanInclusive: ordered((a, b) => a <= b),
  greaterThan: ordered((a, b) => a > b),
  greaterThanInclusive: ordered((a, b) => a >= b),
};

/** True or false where the facts that are given settle it; null where a fact that is not given might. */
export function verdictOf(conditions: Condition | unknown, facts: Facts): boolean | null {
  if (!isRecord(conditions)) return null;
  if ("not" in conditions) {
    const inner = verdictOf(conditions.not, facts);
    return inner === null ? null : !inner;
  }
  for (const [kind, settles] of [
    ["all", false],
    ["any", true],
  ] as const) {
    const members = conditions[kind];
    if (!Array.isArray(members)) continue;
    const found = members.map((member) => verdictOf(member, facts));
    if (found.includes(settles)) return settles;
    return found.includes(null) ? null : !settles;
  }
  const { fact, operator, value } = conditions;
  if (typeof fact !== "string" || !(fact in facts)) return null;
  return comparisons[String(operator)]?.(facts[fact], value) ?? null;
}
