/** The only way to a resource: with access rules, with columns, with nothing that looks like a secret. */

export type { Row } from "./sources.js";

import type { Column, ResourceDefinition } from "./resource-definition.js";

export type { ActionDefinition, Call, Column, PermissionAction, ResourceDefinition } from "./resource-definition.js";
export type { Asked, Counted, Filters, FilterValue, ListAsked, PageAsked } from "./sources.js";
export { readSource } from "./sources.js";

/** Names of columns that never leave the server, whatever they hold. */
const secretLooking = /hash|secret|passw|token|totp|salt|(^|[a-z_])key$|^key/i;
const idForm = /^[a-z][a-z0-9-]{1,39}$/;
const nameForm = /^[a-z][A-Za-z0-9]{0,39}$/;
/** Names of AdminJS's own actions, which nothing else may take. */
const reserved = new Set(["list", "show", "new", "edit", "delete", "bulkDelete", "search"]);

function* columnFaults(column: Column): Generator<string> {
  const { name, type } = column;
  if (!nameForm.test(name)) yield `column “${name}”: a name like nameAr`;
  if (secretLooking.test(name)) yield `column “${name}” looks like a secret; secrets never leave the server`;
  if (type === "choice" && (column.choices ?? []).length === 0) yield `column “${name}” is a choice without choices`;
  // Words may be codes of another resource, which are then chosen and shown by their names.
  if (type !== "words" && (type === "reference") !== (column.reference !== undefined))
    yield `column “${name}”: reference and type disagree`;
  if (!column.label?.ar || !column.label?.en) yield `column “${name}” needs a label in both languages`;
}

function* faults(d: ResourceDefinition): Generator<string> {
  if (!idForm.test(d.id)) yield "id: lower-case letters, digits and hyphens";
  if (!d.access?.read) yield "it has no access rule";
  if ((d.create || d.update) && !d.access?.write) yield "it can be written, but has no rule of who may";
  if (!Array.isArray(d.columns) || d.columns.length === 0) yield "it has no columns";
  for (const column of d.columns ?? []) yield* columnFaults(column);
  const names = (d.columns ?? []).map(({ name }) => name);
  if (new Set(names).size !== names.length) yield "two columns have the same name";
  if (!names.includes(d.defaultSort?.column)) yield `it is sorted by an unknown column “${d.defaultSort?.column}”`;
  if (d.source?.kind === "model" && typeof d.access?.read === "function" && d.source.programme !== null)
    yield "a table of a programme is scoped by a row of the permission table, not by a function";
  for (const [name, action] of Object.entries(d.actions ?? {})) {
    if (!nameForm.test(name) || reserved.has(name)) yield `action “${name}”: the name is taken or not like retireAll`;
    if (!action.access) yield `action “${name}” has no access rule`;
    if (!action.read && !action.run) yield `action “${name}” does nothing`;
    if (action.component !== undefined && action.kind === "bulk") yield `action “${name}”: bulk actions have no page`;
  }
}

/** Checks a definition and gives it back. Throws, naming all faults: a resource that is not closed must not start. */
export function defineResource(definition: ResourceDefinition): ResourceDefinition {
  const found = [...faults(definition)];
  if (found.length > 0) throw new Error(`Resource “${definition.id}”: ${found.join("; ")}`);
  return Object.freeze(definition);
}
