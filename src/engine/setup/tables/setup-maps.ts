/** The rows of all tables by their codes, as a set-up holds them. */

import type { Labelled, SetupTables } from "../setup.js";
import { declarationOf, type RowTable, rowTables } from "./setup-registry.js";

/** @param rowsOf the rows of a table, in their order */
export const setupMaps = (rowsOf: (table: RowTable) => readonly Pick<Labelled, "code">[]): SetupTables =>
  Object.fromEntries(
    rowTables.map((table) => [declarationOf(table).setup, new Map(rowsOf(table).map((row) => [row.code, row]))]),
  ) as unknown as SetupTables;
