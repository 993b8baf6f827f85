/** What of a tried case becomes an example, and where it goes. */
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import { isRecord } from "../../../engine/is-record.js";

function within(condition: unknown, names: Set<string>, depth: number): void {
  if (!isRecord(condition) || depth > 20) return;
  if (typeof condition.fact === "string") names.add(condition.fact);
  for (const group of [condition.all, condition.any])
    if (Array.isArray(group)) for (const member of group) within(member, names, depth + 1);
  within(condition.not, names, depth + 1);
}

/** Names of the facts that the rules of a text ask about, whatever form it has. */
export function mentionedFacts(definition: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  const rules = isRecord(definition) && Array.isArray(definition.rules) ? definition.rules : [];
  for (const rule of rules) if (isRecord(rule)) within(rule.conditions, names, 0);
  return names;
}

/** Facts that the rules ask about and that are known; free texts of forms are left out: people write names there. */
export function exampleFacts(
  facts: Readonly<Record<string, unknown>>,
  definition: unknown,
  vocabulary: PolicyVocabulary,
): Record<string, unknown> {
  const mentioned = mentionedFacts(definition);
  const open = new Set(
    vocabulary.facts.filter(({ type, values }) => type === "string" && values === null).map(({ name }) => name),
  );
  return Object.fromEntries(
    vocabulary.facts.flatMap(({ name }) => {
      const value = facts[name];
      const known = value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
      return known && mentioned.has(name) && !open.has(name) ? [[name, value]] : [];
    }),
  );
}

/** The definition with the example in the rule of that id; null where there is no such rule. */
export function withExample(definition: unknown, id: string, example: object): object | null {
  if (!isRecord(definition) || !Array.isArray(definition.rules)) return null;
  const { rules } = definition;
  if (!rules.some((rule) => isRecord(rule) && rule.id === id)) return null;
  return {
    ...definition,
    rules: rules.map((rule) =>
      isRecord(rule) && rule.id === id
        ? { ...rule, examples: [...(Array.isArray(rule.examples) ? rule.examples : []), example] }
        : rule,
    ),
  };
}

/** Whether the rule has an example with just these facts that it decides. */
export function hasExample(definition: unknown, id: string, facts: object): boolean {
  const rules = isRecord(definition) && Array.isArray(definition.rules) ? definition.rules : [];
  const rule = rules.find((one) => isRecord(one) && one.id === id);
  const examples = isRecord(rule) && Array.isArray(rule.examples) ? rule.examples : [];
  const text = (value: object) => JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  return examples.some(
    (one) => isRecord(one) && one.decides === true && isRecord(one.facts) && text(one.facts) === text(facts),
  );
}
