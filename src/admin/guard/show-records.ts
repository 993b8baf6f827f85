/** Rows as a browser may know them: allow-listed values, names of references in reach, what may be done with each. */
import type { ActionContext, BaseRecord } from "adminjs";
import type { Bilingual } from "../../domain/text.js";
import { askedOf } from "./asked.js";
import { mayIn, mayOpen, mayWrite } from "./may.js";
import type { ReadResource } from "./read-resource.js";
import type { Column, ResourceDefinition, Row } from "./resource-definition.js";
import type { RecordView } from "./resource-view.js";
import type { ScopedResource } from "./scoped-resource.js";

export type GuardedResource = ScopedResource | ReadResource;

/** A definition with the AdminJS resource that reads it. */
export interface Built {
  readonly definition: ResourceDefinition;
  readonly resource: GuardedResource;
}
export type AllBuilt = ReadonlyMap<string, Built>;

export const rowOf = (record: BaseRecord): Row => (record as BaseRecord & { row: Row }).row;

export function programmeOf({ source }: ResourceDefinition, row: Row): string | null {
  const value = source.kind === "model" ? source.programme !== null && row[source.programme] : row.programme;
  return typeof value === "string" ? value : null;
}

function shownValue({ name, type }: Column, row: Row): unknown {
  if (type === "bilingual") {
    // Of a table two columns, of a query perhaps one value already.
    return row[name] ?? { ar: row[`${name}Ar`] ?? "", en: row[`${name}En`] ?? "" };
  }
  const value = row[name] ?? null;
  // A moment that marks a state (“retired”), shown as yes or no.
  return type === "boolean" && typeof value !== "boolean" ? value !== null : value;
}

/** `programme code` → name, of what this official may see of the resource that a column refers to. */
async function namesOf(
  column: Column,
  owner: ResourceDefinition,
  rows: readonly Row[],
  all: AllBuilt,
  context: ActionContext,
): Promise<ReadonlyMap<string, Bilingual>> {
  const target = all.get(column.reference ?? "");
  const codes = [...new Set(rows.map((row) => row[column.name]).filter((code) => typeof code === "string"))];
  if (target === undefined || codes.length === 0) return new Map();
  if (!mayOpen(askedOf(context).official, target.definition)) return new Map();
  const found = await target.resource.rowsOfCodes(codes as string[], context);
  return new Map(
    found.map((row) => [
      `${programmeOf(target.definition, row) ?? programmeOf(owner, row) ?? ""} ${String(row.code)}`,
      target.definition.title(row),
    ]),
  );
}

/** Names of actions that the official may use on a record, and that make sense there. */
function actionsOn(definition: ResourceDefinition, row: Row, context: ActionContext): string[] {
  const programme = programmeOf(definition, row);
  const { official } = askedOf(context);
  const custom = Object.entries(definition.actions ?? {}).filter(
    ([, action]) =>
      action.kind !== "resource" && (action.when?.(row, official) ?? true) && mayIn(official, action.access, programme),
  );
  const edits = definition.update !== undefined && mayWrite(official, definition, programme);
  return [...(edits ? ["edit"] : []), ...custom.map(([name]) => name)];
}

/** Records for the browser, in order; names of all references are looked up in one question a column. */
export async function showRecords(
  definition: ResourceDefinition,
  rows: readonly Row[],
  all: AllBuilt,
  context: ActionContext,
): Promise<RecordView[]> {
  const references = definition.columns.filter(({ type }) => type === "reference");
  const names = new Map<string, ReadonlyMap<string, Bilingual>>();
  for (const column of references) names.set(column.name, await namesOf(column, definition, rows, all, context));
  return rows.map((row) => {
    const programme = programmeOf(definition, row);
    const named = references.flatMap(({ name }) => {
      const found = names.get(name);
      const label = found?.get(`${programme ?? ""} ${String(row[name])}`) ?? found?.get(` ${String(row[name])}`);
      return label === undefined ? [] : [[name, label] as const];
    });
    return {
      id: String(row.id),
      title: definition.title(row),
      programme,
      values: Object.fromEntries(definition.columns.map((column) => [column.name, shownValue(column, row)])),
      names: Object.fromEntries(named),
      actions: actionsOn(definition, row, context),
    };
  });
}
