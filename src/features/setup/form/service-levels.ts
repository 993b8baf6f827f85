/** Where the service levels of a row of the set-up are: it is a row, a column or a tab of the grid. */
import { withQuery } from "../../../platform/ui/kit.js";

/** What the grid calls a row of each table. */
const lineOf: Readonly<Record<string, "pillar" | "importance" | "type">> = {
  pillars: "pillar",
  importance_levels: "importance",
  application_types: "type",
};

/**
 * @param table of the set-up: `importance_levels`
 * @param changeSet with which the row comes; left out: it is in force
 * @returns null where the grid has no line for rows of that table
 */
export function serviceLevelsAddress(
  table: string,
  { programme, code, changeSet }: { programme: string; code: string; changeSet?: number | undefined },
): string | null {
  const line = lineOf[table];
  if (line === undefined) return null;
  return withQuery("/admin/pages/policy", { programme, kind: "rules", name: "sla", changeSet, [line]: code });
}
