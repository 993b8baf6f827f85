/** How much a rule set may hold, so that checking it and deciding by it stay quick whatever somebody writes. */

import { isRecord } from "../is-record.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { defaultPolicyLimits, type PolicyLimits } from "./policy-limits.js";

/** What no programme can set higher; one of a hundred rules uses a tenth of these. */
export const ruleSetLimits = {
  rules: defaultPolicyLimits.rulesMost,
  conditions: 5000,
  /** Values beside one operator. */
  listed: 1000,
  examples: 2000,
  /** Steps of a default that is a list. */
  defaults: 100,
} as const;

interface TooMuch {
  /** JSON pointer. */
  readonly path: string;
  readonly reason: Bilingual;
  /** The programme's setting that says so; left out: no programme allows more. */
  readonly setting?: keyof PolicyLimits;
}

type Json = Readonly<Record<string, unknown>>;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function more(path: string, most: number, what: Bilingual): TooMuch {
  return {
    path,
    reason: msg("rules.ruleSetLimits.moreThanTheRuleSet", { most, what }),
  };
}

/** Groups inside groups; a comparison alone is none. Nesting without end was looked at before. */
function depthOf(condition: unknown): number {
  if (!isRecord(condition)) return 0;
  const members = [...listOf(condition.all), ...listOf(condition.any), ...("not" in condition ? [condition.not] : [])];
  return members.length === 0 ? 0 : 1 + Math.max(...members.map(depthOf));
}

/**
 * Conditions and the longest list beside an operator; what stands in the place of a condition and is none counts as one, since the
 * form of each is looked at. Nesting was looked at before.
 */
function countConditions(condition: unknown, counted: { conditions: number; listed: number }): void {
  if (!isRecord(condition)) {
    counted.conditions += 1;
    return;
  }
  const members = [...listOf(condition.all), ...listOf(condition.any), ...("not" in condition ? [condition.not] : [])];
  if (members.length === 0) counted.conditions += 1;
  counted.listed = Math.max(counted.listed, listOf(condition.value).length);
  for (const member of members) countConditions(member, counted);
}

/** What is too much of a rule set as it was written; looked at before its form, which takes longer the more there is. */
export function tooMuch(definition: Json, limits: PolicyLimits = defaultPolicyLimits): TooMuch[] {
  const rules = listOf(definition.rules);
  const { rulesMost, ruleConditionsMost, nestingMost } = limits;
  if (rules.length > rulesMost)
    return [{ ...more("/rules", rulesMost, msg("rules.ruleSetLimits.rules")), setting: "rulesMost" }];
  const defaults = listOf(definition.default).length;
  if (defaults > ruleSetLimits.defaults)
    return [more("/default", ruleSetLimits.defaults, msg("rules.ruleSetLimits.stepsByDefault"))];
  const counted = { conditions: 0, listed: 0 };
  let examples = 0;
  for (const [i, rule] of rules.entries()) {
    if (!isRecord(rule)) continue;
    const before = counted.conditions;
    countConditions(rule.conditions, counted);
    examples += listOf(rule.examples).length;
    const at = `/rules/${i}`;
    if (counted.conditions > ruleSetLimits.conditions)
      return [more(`${at}/conditions`, ruleSetLimits.conditions, msg("rules.ruleSetLimits.conditionsInAll"))];
    if (counted.conditions - before > ruleConditionsMost)
      return [
        {
          ...more(`${at}/conditions`, ruleConditionsMost, msg("rules.ruleSetLimits.conditionsInOneRule")),
          setting: "ruleConditionsMost",
        },
      ];
    if (depthOf(rule.conditions) > nestingMost)
      return [
        {
          path: `${at}/conditions`,
          reason: msg("rules.ruleSetLimits.theConditionsAreNestedDeeper", { nestingMost }),
          setting: "nestingMost",
        },
      ];
    if (counted.listed > ruleSetLimits.listed)
      return [more(`${at}/conditions`, ruleSetLimits.listed, msg("rules.ruleSetLimits.valuesInOneList"))];
    if (examples > ruleSetLimits.examples)
      return [more(`${at}/examples`, ruleSetLimits.examples, msg("rules.ruleSetLimits.examplesInAll"))];
  }
  return [];
}
