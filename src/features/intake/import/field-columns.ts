/** The extra fields of a type from the cells of a row: told which column is which, checked as the set-up asks for them. */

import { civilDate } from "../../../engine/calendar/civil-days.js";
import { notAllowed } from "../../../engine/rules/schema-faults.js";
import type { ExtraField, Labelled, Setup } from "../../../engine/setup/setup.js";
import { ownTable } from "../../../engine/text/inherited-names.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { listed } from "../../../engine/text/text.js";
import { readExtraFields } from "../extra-fields.js";
import { Faults } from "../input-checks.js";
import { type ImportMapping, locationParts } from "./mapping.js";
import type { TimeReader } from "./read-time.js";
import { codeTable, placesOf, wordTable } from "./word-table.js";

/** A column of the file that belongs to a field, or to a part of one. */
interface FieldColumn {
  readonly code: string;
  /** The part of a location; null: the column is the whole field. */
  readonly part: (typeof locationParts)[number] | null;
  readonly title: string;
}

function fieldColumns({ fields = {} }: ImportMapping): FieldColumn[] {
  return Object.entries(fields).flatMap(([code, column]): FieldColumn[] =>
    typeof column === "string"
      ? [{ code, part: null, title: column }]
      : locationParts.flatMap((part) => (column[part] === undefined ? [] : [{ code, part, title: column[part] }])),
  );
}

/** Retired ones too: history happened while they were in use. */
const everUsed = <Record extends Labelled>(records: ReadonlyMap<string, Record>): ReadonlyMap<string, Record> =>
  new Map([...records].map(([code, record]) => [code, { ...record, retired: false }]));

const yesAndNo: Readonly<Record<string, boolean>> = ownTable({
  yes: true,
  true: true,
  "1": true,
  نعم: true,
  no: false,
  false: false,
  "0": false,
  لا: false,
});

const isDate = /^\d{4}-\d{2}-\d{2}$/;

const notOfType = (type: string, known: readonly string[]): Bilingual =>
  msg("intake.fieldColumns.notOfType", {
    type,
    known: known.length === 0 ? msg("intake.fieldColumns.none") : listed(known),
  });

export type ReadFields = (type: string, cells: readonly string[], faults: Faults) => Record<string, unknown>;

/** Answers by the code of their field. Faults stand at the title of the column. What history left out was not asked then. */
export function fieldsReader(a: {
  mapping: ImportMapping;
  setup: Setup;
  header: readonly string[];
  readTime: TimeReader;
  timeZone: string;
}): ReadFields {
  const { mapping, setup, header, readTime, timeZone } = a;
  const columns = fieldColumns(mapping).map((column) => ({
    ...column,
    place: placesOf(column.title, header)[0] ?? -1,
  }));
  const tables = new Map(
    Object.entries(mapping.fieldValues ?? {}).map(([code, table]) => [code, wordTable(Object.entries(table))]),
  );
  const governorates = codeTable(setup.governorates.keys());
  const entities = codeTable(setup.entities.keys());
  const choicesOf = new Map<ExtraField, ReturnType<typeof codeTable>>();
  const choices = (field: ExtraField) => {
    const known = choicesOf.get(field) ?? codeTable((field.choices ?? []).map(({ code }) => code));
    choicesOf.set(field, known);
    return known;
  };
  /** What a cell says, as the field's reader takes it; what it makes nothing of is handed on, and refused there. */
  const written = (cell: string, field: ExtraField, part: FieldColumn["part"]): unknown => {
    if (part === "governorate") return governorates.get(cell) ?? cell;
    switch (field.type) {
      case "boolean":
        return yesAndNo[cell.toLowerCase()] ?? cell;
      case "choice":
        return choices(field).get(cell) ?? cell;
      case "entity":
        return entities.get(cell) ?? cell;
      case "date": {
        if (isDate.test(cell)) return cell;
        const read = readTime(cell);
        return read === null ? cell : (read.day ?? civilDate(read.at, timeZone));
      }
      default:
        return cell;
    }
  };
  const around = {
    setup: { entities: everUsed(setup.entities), governorates: everUsed(setup.governorates) },
    receives: () => true,
    takenOverBy: () => null,
    files: [],
  };
  return (type, cells, faults) => {
    if (columns.length === 0) return {};
    const definitions = (setup.types.get(type)?.fields ?? []).map((field) => ({ ...field, required: false }));
    const byCode = new Map(definitions.map((field) => [field.code, field]));
    const sent: Record<string, unknown> = {};
    for (const { code, part, title, place } of columns) {
      const cell = (cells[place] ?? "").trim();
      if (cell === "") continue;
      const field = byCode.get(code);
      if (field === undefined) {
        faults.add(title, notOfType(type, [...byCode.keys()]));
        continue;
      }
      const isTranslated = part === null || part === "governorate";
      const said = (isTranslated ? tables.get(code)?.get(cell) : undefined) ?? written(cell, field, part);
      if (part === null) sent[code] = said;
      else sent[code] = { ...(sent[code] as object | undefined), [part]: said };
    }
    const own = new Faults();
    const answers = readExtraFields(sent, definitions, own, around);
    for (const { field, reason } of own.list) faults.add(titleAt(field, columns), reason);
    return answers;
  };
}

/** The title of the column of `/fields/CODE` or `/fields/CODE/PART`. */
function titleAt(field: string, columns: readonly FieldColumn[]): string {
  const [, , code, part] = field.split("/");
  const ofField = columns.filter((column) => column.code === code);
  return (ofField.find((column) => column.part === (part ?? null)) ?? ofField[0])?.title ?? field;
}

/** Each field that the mapping names must be one of a type, in the form that its kind has. */
export function fieldFaults({ fields = {}, fieldValues = {} }: ImportMapping, setup: Setup) {
  const known = new Map([...setup.types.values()].flatMap((type) => type.fields).map((field) => [field.code, field]));
  const named = Object.entries(fields).flatMap(([code, column]) => {
    const field = known.get(code);
    const at = `/fields/${code}`;
    if (field === undefined) return [{ field: at, reason: notAllowed(code, [...known.keys()]) }];
    if (field.type === "file") return [{ field: at, reason: noFiles }];
    if ((field.type === "location") === (typeof column === "string")) {
      return [{ field: at, reason: field.type === "location" ? needsParts : noParts }];
    }
    return [];
  });
  const translated = Object.keys(fieldValues)
    .filter((code) => !Object.hasOwn(fields, code))
    .map((code) => ({ field: `/fieldValues/${code}`, reason: notAllowed(code, Object.keys(fields)) }));
  return [...named, ...translated];
}

const noFiles: Bilingual = msg("intake.fieldColumns.noFiles");
const needsParts: Bilingual = msg("intake.fieldColumns.needsParts");
const noParts: Bilingual = msg("intake.fieldColumns.noParts");
