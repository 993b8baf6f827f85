/** Where the service levels of a row of the set-up are: it is a row, a column or a tab of the grid. */
import { codesOf } from "../../../engine/registry.js";
import type { SetupTableName } from "../../../engine/setup/tables/setup-registry.js";
import { withQuery } from "../../../platform/ui/kit.js";

/** What the grid calls a row of each table. */
const tableOf = {
  pillar: "pillars",
  importance: "importance_levels",
  type: "application_types",
} as const satisfies Readonly<Record<string, SetupTableName>>;
type Line = keyof typeof tableOf;

/**
 * @param table of the set-up: `importance_levels`
 * @param changeSet with which the row comes; left out: it is in force
 * @returns null where the grid has no line for rows of that table
 */
export function serviceLevelsAddress(
  table: string,
  { programme, code, changeSet }: { programme: string; code: string; changeSet?: number | undefined },
): string | null {
  const line = codesOf<Line>(tableOf).find((one) => tableOf[one] === table);
  if (line === undefined) return null;
  return withQuery("/admin/pages/policy", { programme, kind: "rules", name: "sla", changeSet, [line]: code });
}
