/** Values of a form while somebody types: what inputs need, and back to what the server takes. */
import type { Bilingual } from "../../../engine/text/text.js";
import type { ColumnView, RecordView } from "../../../platform/admin/resource-view.js";

export type FormValues = Readonly<Record<string, unknown>>;

const empties: Readonly<Record<ColumnView["type"], unknown>> = {
  text: "",
  longText: "",
  number: null,
  boolean: false,
  date: "",
  moment: null,
  choice: "",
  reference: "",
  bilingual: { ar: "", en: "" },
  json: "",
  words: [],
  fields: [],
};

/** Texts of JSON are typed as texts. */
function typed({ type }: ColumnView, value: unknown): unknown {
  if (value === null || value === undefined) return type === "json" ? "" : empties[type];
  return type === "json" ? JSON.stringify(value, null, 2) : value;
}

/** What a form is filled with: the record, or what a new one usually has. */
export function typedValues(columns: readonly ColumnView[], record: RecordView | null): FormValues {
  const valueIn = ({ name, usual }: ColumnView): unknown => (record === null ? usual : record.values[name]);
  return Object.fromEntries(columns.map((column) => [column.name, typed(column, valueIn(column))]));
}

/** One value as it is sent; JSON that cannot be read has been refused before. */
export function sentValue({ type }: ColumnView, value: unknown): unknown {
  if (type === "json") return value === "" ? null : JSON.parse(String(value));
  if (type === "words") return (value as string[]).map((word) => word.trim()).filter((word) => word !== "");
  return value === "" ? null : value;
}

export const sentValues = (columns: readonly ColumnView[], values: FormValues): FormValues =>
  Object.fromEntries(columns.map((column) => [column.name, sentValue(column, values[column.name])]));

export const isSameValue = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** What may be typed into: all of a new record, else what may be changed later too. */
export const editable = (columns: readonly ColumnView[], isNew: boolean): ColumnView[] =>
  columns.filter(({ edit }) => edit === true || (isNew && edit === "new"));

/** Columns next to each other under the heading that they have in common; null: without one. */
export function inGroups(columns: readonly ColumnView[]): { title: Bilingual | null; columns: ColumnView[] }[] {
  const groups: { title: Bilingual | null; columns: ColumnView[] }[] = [];
  for (const column of columns) {
    const title = column.group ?? null;
    const last = groups.at(-1);
    if (last !== undefined && last.title?.en === title?.en) last.columns.push(column);
    else groups.push({ title, columns: [column] });
  }
  return groups;
}

/** A value a column of the table: a name in two languages is two of them. */
export function flatValues(columns: readonly ColumnView[], values: FormValues): FormValues {
  return Object.fromEntries(
    columns.flatMap(({ name, type }): [string, unknown][] => {
      const value = values[name];
      if (type !== "bilingual") return [[name, value ?? null]];
      const { ar = "", en = "" } = (value ?? {}) as { ar?: string; en?: string };
      return [
        [`${name}Ar`, ar],
        [`${name}En`, en],
      ];
    }),
  );
}
