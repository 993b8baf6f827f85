/** What a form may set: columns that allow it, each in its type. Everything else is a fault at its field. */
import { isRecord } from "../../engine/is-record.js";
import { msg } from "../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { badInput } from "./refusals.js";
import type { Call, Column, ResourceDefinition } from "./resource-definition.js";

type Values = Readonly<Record<string, unknown>>;

const longestLine = 500;
const longestText = 20_000;

const reasons = {
  number: msg("admin.formValues.reasonsNumber"),
  choice: msg("admin.formValues.reasonsChoice"),
  list: msg("admin.formValues.reasonsList"),
};

const textUpTo =
  (most: number) =>
  (value: unknown): Bilingual | null => {
    if (typeof value !== "string") return msg("admin.formValues.reasonsText");
    return value.length > most ? msg("admin.formValues.reasonsLong") : null;
  };

function isCivilDate(value: unknown): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

const isMoment = (value: unknown): boolean =>
  typeof value === "string" &&
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
  isCivilDate(value.slice(0, 10)) &&
  !Number.isNaN(Date.parse(value));

/** Why a value does not fit its column; null when it does. Null itself and an empty text mean “nothing”. */
const checks: Readonly<Record<Column["type"], (value: unknown, column: Column) => Bilingual | null>> = {
  text: textUpTo(longestLine),
  longText: textUpTo(longestText),
  bilingual: textUpTo(longestText),
  reference: textUpTo(64),
  number: (value) => (typeof value === "number" && Number.isFinite(value) ? null : reasons.number),
  boolean: (value) => (typeof value === "boolean" ? null : msg("admin.formValues.reasonsBoolean")),
  date: (value) => (isCivilDate(value) ? null : msg("admin.formValues.reasonsDate")),
  moment: (value) => (isMoment(value) ? null : msg("admin.formValues.reasonsMoment")),
  choice: (value, { choices }) => (choices?.some((choice) => choice.value === value) ? null : reasons.choice),
  json: () => null,
  words: (value) =>
    Array.isArray(value) && value.every((word) => textUpTo(longestLine)(word) === null) ? null : reasons.list,
  fields: (value) => (Array.isArray(value) ? null : reasons.list),
};

/** Bilingual columns are taken apart into `nameAr` and `nameEn`, as services and faults name them. */
function* leaves(column: Column, value: unknown): Generator<[string, unknown]> {
  if (column.type !== "bilingual") yield [column.name, value];
  else if (isRecord(value)) {
    yield [`${column.name}Ar`, value.ar];
    yield [`${column.name}En`, value.en];
  } else yield [column.name, value];
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === "string" && value.trim() === "");

export interface ReadForm {
  /** Values as services take them: text trimmed, nothing as null. Those of a wrong type are left out. */
  readonly values: Values;
  /** Values that no column takes, wrong types, and required ones that are missing, each at its field. */
  readonly faults: readonly FieldFault[];
}

/**
 * A form as it was sent; `complete`: what is required must be there. Problem invalid-input: it is none.
 */
export function readFormValues(
  { columns }: ResourceDefinition,
  values: unknown,
  allowed: (column: Column) => boolean,
  { complete }: { complete: boolean },
): ReadForm {
  if (!isRecord(values)) throw badInput([{ field: "/values", reason: msg("admin.formValues.reasonsForm") }]);
  const writable = new Map(columns.filter(allowed).map((column) => [column.name, column]));
  const faults: FieldFault[] = [];
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const column = writable.get(name);
    if (column === undefined) {
      faults.push({ field: `/${name.slice(0, 60)}`, reason: msg("admin.formValues.reasonsNotHere") });
      continue;
    }
    for (const [leaf, part] of leaves(column, value)) {
      const reason = isNothing(part) ? null : checks[column.type](part, column);
      if (reason !== null) faults.push({ field: `/${leaf}`, reason });
      else read[leaf] = isNothing(part) ? null : typeof part === "string" ? part.trim() : part;
    }
  }
  for (const column of writable.values()) {
    if (!column.required || (!complete && values[column.name] === undefined)) continue;
    for (const [leaf] of leaves(column, column.type === "bilingual" ? {} : null)) {
      const missing = read[leaf] === undefined || read[leaf] === null;
      if (missing && !faults.some(({ field }) => field === `/${leaf}`)) {
        faults.push({ field: `/${leaf}`, reason: msg("admin.formValues.reasonsRequired") });
      }
    }
  }
  return { values: read, faults };
}

const maxFaults = 50;
const leafOf = ({ field }: FieldFault): string => field.split("/")[1] ?? "";

/** Refuses a form with all that is wrong with it at once: what this door found, and what the service finds in the rest. */
export async function requireValid({ faults }: ReadForm, definition: ResourceDefinition, call: Call): Promise<void> {
  if (faults.length === 0) return;
  const more = (await definition.faults?.(call).catch(faultsOf)) ?? [];
  const known = new Set(faults.map(leafOf));
  throw badInput([...faults, ...more.filter((fault) => !known.has(leafOf(fault)))].slice(0, maxFaults));
}

/** Whatever else the service refuses is said once the form can be sent. */
function faultsOf(error: unknown): readonly FieldFault[] {
  if (!(error instanceof Problem)) throw error;
  return error.code === "invalid-input" ? error.faults : [];
}

/** What the form was filled with, in the shape of `readFormValues`; what is unknown in it is left out. */
export function readBefore({ columns }: ResourceDefinition, before: unknown): Values {
  if (!isRecord(before)) return {};
  const parts = columns.flatMap((column) =>
    Object.hasOwn(before, column.name) ? [...leaves(column, before[column.name])] : [],
  );
  return Object.fromEntries(parts.map(([name, value]) => [name, isNothing(value) ? null : value]));
}
