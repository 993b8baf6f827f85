/** What a form is filled with, what it may not send, and what becomes of it when somebody else saved meanwhile. */
import { msg } from "../../../engine/text/msg.js";
import type { ColumnView, RecordView } from "../../../platform/admin/resource-view.js";
import { type ProblemBody, type Query, textFaults } from "../../../platform/ui/kit.js";
import { type FormValues, flatValues, sentValues, typedValues } from "./form-state.js";
import type { SetRow } from "./set-row.js";

export interface Typed {
  readonly programme: string;
  readonly values: FormValues;
  /** Values of the record when the form was filled: by them the server tells what changed meanwhile. */
  readonly before: FormValues;
  /** The row of a change-set and what is in force, as they were then. */
  readonly inSet: { readonly row: SetRow; readonly inForce: FormValues } | null;
}

/** What a link to the form brings along: “add below this entity”. Texts and codes only; the server checks them like what is typed. */
export const fromAddress = (columns: readonly ColumnView[], query: Query): FormValues =>
  Object.fromEntries(
    columns.flatMap(({ name, type }) =>
      ["text", "choice", "reference"].includes(type) && query[name] !== undefined ? [[name, query[name]]] : [],
    ),
  );

export const beforeOf = (columns: readonly ColumnView[], record: RecordView | null): FormValues =>
  Object.fromEntries(columns.map(({ name }) => [name, record?.values[name] ?? null]));

/** JSON that cannot be read is refused here: it could not even be sent. */
export function unreadable(columns: readonly ColumnView[], values: FormValues): ProblemBody | null {
  const faults = columns.flatMap(({ type, name }) => {
    if (type !== "json" || values[name] === "") return [];
    return textFaults(String(values[name])).map(({ place, reason }) => ({ field: `/${name}${place}`, reason }));
  });
  const [first] = faults;
  if (first === undefined) return null;
  return {
    code: "invalid-input",
    status: 422,
    title: msg("setup.formFilling.notReadable"),
    detail: first.reason,
    faults,
  };
}

/** What is typed as an edit of the set-up, as a change-set holds it. */
export type TypedEdit =
  | { readonly act: "create"; readonly table: string; readonly code: string; readonly values: FormValues }
  | {
      readonly act: "update";
      readonly table: string;
      readonly code: string;
      readonly values: FormValues;
      readonly before: FormValues;
    };

/** @param record null: it is a new one. JSON that cannot be read has been refused before */
export function typedEdit(
  resource: string,
  columns: readonly ColumnView[],
  { record, typed }: { readonly record: RecordView | null; readonly typed: Pick<Typed, "values" | "before"> },
): TypedEdit {
  const table = resource.replaceAll("-", "_");
  const values = flatValues(columns, sentValues(columns, typed.values));
  if (record === null) return { act: "create", table, code: String(values.code ?? ""), values };
  const before = flatValues(columns, typed.before);
  return { act: "update", table, code: String(record.values.code), values, before };
}

/** One form a record, or a row of a change-set, or what is added by a certain link. */
export function draftKey(resource: string, record: RecordView | null, row: SetRow | null, query: Query): string {
  // By what the address asks for: a code that changed meanwhile takes nothing away from what was typed.
  if (row !== null) return `change-set/${row.set}/${row.table}/${row.row ?? row.code}`;
  return `${resource}/${record?.id ?? `new${new URLSearchParams(query)}`}`;
}

/** What nobody here touched takes the value that stands there now; what was typed stays. */
export function merged(columns: readonly ColumnView[], typed: Typed, now: RecordView): FormValues {
  const fresh = typedValues(columns, now);
  const old = typedValues(columns, { ...now, values: typed.before });
  return Object.fromEntries(
    columns.map(({ name }) => {
      const touched = JSON.stringify(typed.values[name]) !== JSON.stringify(old[name]);
      return [name, touched ? typed.values[name] : fresh[name]];
    }),
  );
}
