/** How much a rule set may hold, so that checking it and deciding by it stay quick whatever somebody writes. */
import type { Bilingual } from "../text.js";

/** A programme of a hundred rules uses a tenth of these. */
export const ruleSetLimits = {
  rules: 1000,
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
}

type Json = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function more(path: string, most: number, en: string, ar: string): TooMuch {
  return {
    path,
    reason: {
      en: `More than ${most} ${en}: the rule set is too large. Put together what is decided alike.`,
      ar: `عدد ${ar} أكثر من ${most}: مجموعة القواعد أكبر من المسموح. اجمع ما يتشابه قراره.`,
    },
  };
}

/** Conditions and the longest list beside an operator. Nesting was looked at before. */
function countConditions(condition: unknown, counted: { conditions: number; listed: number }): void {
  if (!isRecord(condition)) return;
  const members = [...listOf(condition.all), ...listOf(condition.any), ...("not" in condition ? [condition.not] : [])];
  if (members.length === 0) counted.conditions += 1;
  counted.listed = Math.max(counted.listed, listOf(condition.value).length);
  for (const member of members) countConditions(member, counted);
}

/** What is too much of a rule set as it was written; looked at before its form, which takes longer the more there is. */
export function tooMuch(definition: Json): TooMuch[] {
  const rules = listOf(definition.rules);
  if (rules.length > ruleSetLimits.rules) return [more("/rules", ruleSetLimits.rules, "rules", "القواعد")];
  const defaults = listOf(definition.default).length;
  if (defaults > ruleSetLimits.defaults)
    return [more("/default", ruleSetLimits.defaults, "steps by default", "الخطوات الافتراضية")];
  const counted = { conditions: 0, listed: 0 };
  let examples = 0;
  for (const [i, rule] of rules.entries()) {
    if (!isRecord(rule)) continue;
    countConditions(rule.conditions, counted);
    examples += listOf(rule.examples).length;
    const at = `/rules/${i}`;
    if (counted.conditions > ruleSetLimits.conditions)
      return [more(`${at}/conditions`, ruleSetLimits.conditions, "conditions in all", "الشروط كلها")];
    if (counted.listed > ruleSetLimits.listed)
      return [more(`${at}/conditions`, ruleSetLimits.listed, "values in one list", "القيم في قائمة واحدة")];
    if (examples > ruleSetLimits.examples)
      return [more(`${at}/examples`, ruleSetLimits.examples, "examples in all", "الأمثلة كلها")];
  }
  return [];
}
