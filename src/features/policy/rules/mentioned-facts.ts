/** Names of the facts that the rules of a text ask about, whatever form it has. */
import { isRecord } from "./condition-query.js";

function within(condition: unknown, names: Set<string>, depth: number): void {
  if (!isRecord(condition) || depth > 20) return;
  if (typeof condition.fact === "string") names.add(condition.fact);
  for (const group of [condition.all, condition.any])
    if (Array.isArray(group)) for (const member of group) within(member, names, depth + 1);
  within(condition.not, names, depth + 1);
}

export function mentionedFacts(definition: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  const rules = isRecord(definition) && Array.isArray(definition.rules) ? definition.rules : [];
  for (const rule of rules) if (isRecord(rule)) within(rule.conditions, names, 0);
  return names;
}
