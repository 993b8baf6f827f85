/** The rule that would fill a gap of the grid: beneath all others, promising what the default promises until somebody says more. */
import { msg } from "../text/msg.js";
import { type Bilingual, inLanguage, perLanguage } from "../text/text.js";
import type { GapRow } from "./analyse-rules.js";
import type { Condition, RuleDefinition, RuleSetDefinition } from "./rule-set.js";

const longestTitle = 120;

/** `gap-complaint-water-urgent`, with a number behind where a rule of the set has it. */
function newId(parts: readonly string[], definition: RuleSetDefinition): string {
  const plain = parts.map((part) =>
    part
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, ""),
  );
  const id = ["gap", ...plain.filter((part) => part !== "")].join("-").slice(0, 60).replace(/-+$/, "");
  const used = new Set(definition.rules.map((rule) => rule.id));
  for (let n = 2, candidate = id; ; n++) {
    if (!used.has(candidate)) return candidate;
    candidate = `${id}-${n}`;
  }
}

/**
 * @param grid the values of each fact of the grid; a gap of every value names none
 * @param named what the row is called
 */
export function proposeRow(
  row: GapRow,
  grid: Readonly<Record<string, readonly string[]>>,
  definition: RuleSetDefinition,
  named: Bilingual,
): RuleDefinition {
  const asked = Object.entries(row).filter(([, values]) => values !== null) as [string, readonly string[]][];
  const conditions = (asked.length > 0 ? asked : Object.entries(grid).slice(0, 1)).map(
    ([fact, values]): Condition =>
      values.length === 1
        ? { fact, operator: "equal", value: values[0] as string }
        : { fact, operator: "in", value: [...values] },
  );
  const one = Object.fromEntries(Object.entries(grid).map(([fact, all]) => [fact, (row[fact] ?? all)[0] as string]));
  const lowest = Math.min(...definition.rules.map(({ priority }) => priority), 2);
  return {
    id: newId(
      asked.flatMap(([, values]) => values.slice(0, 1)),
      definition,
    ),
    title: perLanguage((language) => inLanguage(named, language).slice(0, longestTitle)),
    priority: Math.max(1, lowest - 1),
    conditions: { all: conditions },
    event: { type: "sla", params: definition.default as RuleDefinition["event"]["params"] },
    examples: [{ name: msg("rules.proposeRow.suchACase"), facts: one, decides: true }],
  };
}
