/** Rows as a browser may know them: allow-listed values, names of references in reach, what may be done with each. */

import type { ActionContext, BaseRecord } from "adminjs";
import type { Bilingual } from "../../engine/text/text.js";
import { askedOf } from "./asked.js";
import { mayIn, mayOpen, mayWrite } from "./may.js";
import type { ReadResource } from "./read-resource.js";
import type { Column, ResourceDefinition } from "./resource-definition.js";
import type { RecordView } from "./resource-view.js";
import type { ScopedResource } from "./scoped-resource.js";
import type { Row } from "./sources.js";

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

/** One code, or those of a list. */
const codesIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((code) => typeof code === "string");

/** `programme code` → name, of what this official may see of the resource that a column refers to. */
async function namesOf(
  column: Column,
  owner: ResourceDefinition,
  rows: readonly Row[],
  all: AllBuilt,
  context: ActionContext,
): Promise<ReadonlyMap<string, Bilingual>> {
  const target = all.get(column.reference ?? "");
  const codes = [...new Set(rows.flatMap((row) => codesIn(row[column.name])))];
  if (target === undefined || codes.length === 0) return new Map();
  if (!mayOpen(askedOf(context).official, target.definition)) return new Map();
  const found = await target.resource.rowsOfCodes(codes, context);
  return new Map(
    found.map((row) => [
      `${programmeOf(target.definition, row) ?? programmeOf(owner, row) ?? ""} ${String(row.code)}`,
      target.definition.title(row),
    ]),
  );
}

/** Names of actions that the official may use on a record of a programme, where they make sense: `when` says on which. */
function actionsIn(definition: ResourceDefinition, programme: string | null, context: ActionContext) {
  const { official } = askedOf(context);
  const edits = definition.update !== undefined && mayWrite(official, definition, programme);
  const custom = Object.entries(definition.actions ?? {}).filter(
    ([, action]) => action.kind !== "resource" && mayIn(official, action.access, programme),
  );
  return (row: Row): string[] => [
    ...(edits ? ["edit"] : []),
    ...custom.filter(([, { when }]) => when?.(row, official) ?? true).map(([name]) => name),
  ];
}

/** Records for the browser, in order; names of all references are looked up in one question a column. */
export async function showRecords(
  definition: ResourceDefinition,
  rows: readonly Row[],
  all: AllBuilt,
  context: ActionContext,
): Promise<RecordView[]> {
  const references = definition.columns.filter(({ reference }) => reference !== undefined);
  const shown = definition.columns.filter(({ unshown }) => unshown !== true);
  const names = new Map<string, ReadonlyMap<string, Bilingual>>();
  for (const column of references) names.set(column.name, await namesOf(column, definition, rows, all, context));
  // Who may do what is a question of the programme, and a page of rows is of one or two.
  const byProgramme = new Map<string | null, (row: Row) => string[]>();
  return rows.map((row) => {
    const programme = programmeOf(definition, row);
    const actionsOn = byProgramme.get(programme) ?? actionsIn(definition, programme, context);
    byProgramme.set(programme, actionsOn);
    const named = references.flatMap(({ name, type }) =>
      codesIn(row[name]).flatMap((code) => {
        const found = names.get(name);
        const label = found?.get(`${programme ?? ""} ${code}`) ?? found?.get(` ${code}`);
        return label === undefined ? [] : [[type === "words" ? `${name}.${code}` : name, label] as const];
      }),
    );
    return {
      id: String(row.id),
      title: definition.title(row),
      programme,
      values: Object.fromEntries(shown.map((column) => [column.name, shownValue(column, row)])),
      names: Object.fromEntries(named),
      actions: actionsOn(row),
    };
  });
}
