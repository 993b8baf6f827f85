/** The lists and forms of the set-up's tables, as they are declared. */

import { choicesOf } from "../../../engine/setup/set-up-choices.js";
import type { SetupColumn } from "../../../engine/setup/tables/define-setup-table.js";
import {
  declarationOf,
  formColumns,
  listOf,
  type RowTable,
  type SetupTableName,
} from "../../../engine/setup/tables/setup-registry.js";
import { type Column, defineResource, type ResourceDefinition } from "../../../platform/admin/define-resource.js";
import type { ModelSource } from "../../../platform/admin/sources.js";
import { createModels, type Models } from "./create-models.js";
import { setupActs, setupColumns, setupCommon } from "./setup-columns.js";

/** The set-up table of a model (`"sectors"`), inside the programmes where `access.read` holds. */
export function modelSource(
  model: keyof Models,
  options: { readonly programme: string | null; readonly also?: readonly string[] } = { programme: "programme" },
): ModelSource {
  return {
    kind: "model",
    model: (db) => createModels(db)[model],
    programme: options.programme,
    also: options.also ?? [],
  };
}

const typeOf: Readonly<Record<Exclude<SetupColumn["kind"], "ladder" | "file">, Column["type"]>> = {
  text: "text",
  email: "text",
  date: "date",
  moment: "moment",
  timeZone: "text",
  outline: "longText",
  integer: "number",
  flag: "boolean",
  choice: "choice",
  choices: "words",
  reference: "reference",
  references: "words",
  published: "reference",
  bilingual: "bilingual",
  words: "words",
  fields: "fields",
};

/** A column as lists and forms have it. The ladder has a column a step there, and a file has none. */
function columnOf(name: string, column: SetupColumn): Column {
  const { kind, label, help, list, filter, sort, search, ltr, required, edit } = column;
  if (kind === "ladder" || kind === "file") throw new Error(`No form shows the column ${name} of kind ${kind}`);
  return {
    name,
    label,
    type: typeOf[kind],
    ...("to" in column && { reference: listOf(column.to as SetupTableName) }),
    ...(kind === "published" && { reference: `published-${column.what}s` }),
    ...("choices" in column && { choices: choicesOf(column.choices) }),
    ...("byName" in column && { byName: true }),
    ...(kind === "bilingual" && column.length !== "line" && { long: true }),
    ...(list && { list }),
    ...(filter && { filter }),
    ...(sort && { sort }),
    ...(search && { search }),
    ...(edit !== "never" && { edit: true }),
    ...(required && { required }),
    ...(((required && kind === "choice") || kind === "integer") &&
      column.fallback !== undefined && { usual: column.fallback }),
    ...(ltr && { ltr }),
    ...(help && { help }),
  };
}

/** The columns of a table; `instead` has those that are shown as others. */
export const columnsOfTable = (
  table: SetupTableName,
  instead: Readonly<Record<string, readonly Column[]>> = {},
): readonly Column[] =>
  formColumns(table).flatMap(([name, column]) => {
    const group = declarationOf(table).formGroups?.find(({ columns }) => columns.includes(name))?.title;
    return (instead[name] ?? [columnOf(name, column)]).map((one) => (group === undefined ? one : { ...one, group }));
  });

/** @param more what this table has besides, or has otherwise */
export function setupResource(table: RowTable, more: Partial<ResourceDefinition> = {}): ResourceDefinition {
  const { many, one, icon, order, nameHelp, codeHelp, orderHelp, sortedBy, inChangeSets } = declarationOf(table);
  const help = {
    ...(nameHelp && { name: nameHelp }),
    ...(codeHelp && { code: codeHelp }),
    ...(orderHelp && { sortOrder: orderHelp }),
  };
  const acts = setupActs(table);
  return defineResource({
    ...setupCommon,
    id: listOf(table),
    label: many,
    one,
    icon,
    order,
    columns: setupColumns(columnsOfTable(table), help),
    source: modelSource(table),
    collects: inChangeSets !== false,
    ...(sortedBy && { defaultSort: { column: sortedBy, direction: "asc" } }),
    ...acts,
    ...more,
    actions: { ...acts.actions, ...more.actions },
  });
}
