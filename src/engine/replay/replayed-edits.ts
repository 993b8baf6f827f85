/**
 * Edits of rows that past cases can tell something about: a replay asks with the facts that were recorded, so a new word of a keyword
 * list, another form or workflow of a type would seem to change nothing.
 */

import { affectsDecisions, type EditedRow } from "../setup/affects-decisions.js";
import type { SetupTableName } from "../setup/tables/setup-registry.js";

/** What a recorded fact leads to when it is asked again: where a case goes, what it is worth, which step is above which. */
const tables: ReadonlySet<SetupTableName> = new Set<SetupTableName>([
  "entities",
  "services",
  "sectors",
  "pillars",
  "importance_levels",
  "programmes",
]);

/** Whether a replay shows what an edit changes. */
export const isReplayedEdit = (edit: EditedRow): boolean =>
  tables.has(edit.table as SetupTableName) && affectsDecisions(edit);
