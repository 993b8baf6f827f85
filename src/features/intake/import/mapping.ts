/** How another system's table reads: which column is what, which of its words is which of our codes. Data, not code. */

import { Ajv, type ValidateFunction } from "ajv";
import { isTimeZone } from "../../../engine/calendar/time-zone.js";
import type { JsonSchema } from "../../../engine/rules/rule-set-schema.js";
import { notAllowed, schemaFaults } from "../../../engine/rules/schema-faults.js";
import { applicantTypes, type Labelled, type Setup } from "../../../engine/setup/setup.js";
import { languages } from "../../../engine/text/languages.js";
import { msg } from "../../../engine/text/msg.js";
import type { FieldFault } from "../../../engine/text/problems.js";
import type { Bilingual, Language } from "../../../engine/text/text.js";
import { historyState, stateWords } from "./history-states.js";
import { isTimeFormat } from "./read-time.js";
import { placesOf } from "./word-table.js";

/** Columns whose cells name something in the set-up. */
export const codedColumns = [
  "type",
  "channel",
  "sector",
  "entity",
  "service",
  "governorate",
  "category",
  "pillar",
  "importance",
] as const;
export type CodedColumn = (typeof codedColumns)[number];

const ownColumns = ["sourceId", "receivedAt", "dueAt", "closedAt", "state", "subject", "description"] as const;
const mappedColumns = [...ownColumns, ...codedColumns] as const;
export type MappedColumn = (typeof mappedColumns)[number];

/** Parts of a field that is a location. */
export const locationParts = ["governorate", "place", "latitude", "longitude"] as const;

const translated = [...codedColumns, "state"] as const;
const defaulted = [...codedColumns, "state", "subject"] as const;
/** Nothing becomes a case without these: each comes from a column or from a default. */
const needed = ["type", "channel", "subject"] as const;
/** What may stand between two cells. */
export const delimiters = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof delimiters)[number];
/** Columns that say when something was. */
const timedColumns = ["receivedAt", "dueAt", "closedAt"] as const;
export type TimedColumn = (typeof timedColumns)[number];

export interface ImportMapping {
  readonly programme: string;
  /** The language of subject and description; the programme's own when left out. */
  readonly language?: Language;
  /** So far may a case be closed before it was opened (two clocks that disagree); 0 when left out. */
  readonly clockSkewToleranceSeconds?: number;
  readonly delimiter?: Delimiter;
  /** `iso` (the default), or how a time is written: `DD/MM/YYYY HH:mm:ss`, `MM/DD/YYYY hh:mm A`, `DD/MM/YYYY` of a day alone. */
  readonly timeFormat?: string;
  /** Formats of columns that are written otherwise than the rest. */
  readonly timeFormats?: Readonly<Partial<Record<TimedColumn, string>>>;
  /** The time zone of times written without an offset; the programme's own when left out. */
  readonly timeZone?: string;
  /** What we call it → the header of the column. */
  readonly columns: Readonly<Partial<Record<MappedColumn, string>>> & {
    readonly sourceId: string;
    readonly receivedAt: string;
  };
  /** Code of an extra field → the header of its column; of a location a header a part. */
  readonly fields?: Readonly<
    Record<string, string | Readonly<Partial<Record<(typeof locationParts)[number], string>>>>
  >;
  /** Code of an extra field (of a location: its governorate) → what stands in the cell → our code, or yes or no. */
  readonly fieldValues?: Readonly<Record<string, Readonly<Record<string, string | boolean>>>>;
  /** What stands in the cell → our code; null for none. Without a table for a column its cells are codes themselves. */
  readonly values?: Readonly<Partial<Record<(typeof translated)[number], Readonly<Record<string, string | null>>>>>;
  /** What holds where there is no such column, or where its cell says nothing. */
  readonly defaults?: Readonly<Partial<Record<(typeof defaulted)[number], string>>>;
}

const text: JsonSchema = { type: "string", minLength: 1, pattern: "\\S" };
const record = (names: readonly string[], item: JsonSchema, required: readonly string[] = []): JsonSchema => ({
  type: "object",
  required,
  properties: Object.fromEntries(names.map((name) => [name, item])),
  additionalProperties: false,
});

const schema: JsonSchema = {
  type: "object",
  required: ["programme", "columns"],
  additionalProperties: false,
  properties: {
    programme: text,
    language: { enum: languages() },
    clockSkewToleranceSeconds: { type: "integer", minimum: 0, maximum: 86_400 },
    delimiter: { enum: delimiters },
    timeFormat: text,
    timeFormats: record(timedColumns, text),
    timeZone: text,
    columns: record(mappedColumns, text, ["sourceId", "receivedAt"]),
    fields: {
      type: "object",
      additionalProperties: {
        type: ["string", "object"],
        minLength: 1,
        properties: Object.fromEntries(locationParts.map((part) => [part, text])),
        additionalProperties: false,
        minProperties: 1,
      },
    },
    fieldValues: {
      type: "object",
      additionalProperties: { type: "object", additionalProperties: { type: ["string", "boolean"], minLength: 1 } },
    },
    values: record(translated, { type: "object", additionalProperties: { type: ["string", "null"], minLength: 1 } }),
    defaults: record(defaulted, text),
  },
};

let compiled: ValidateFunction<ImportMapping> | undefined;

function validator(): ValidateFunction<ImportMapping> {
  compiled ??= new Ajv({ allErrors: true, verbose: true, strict: false }).compile<ImportMapping>(schema as object);
  return compiled;
}

/** The form alone: it needs no set-up, and says which programme's is needed. */
export function readMapping(definition: unknown): { mapping: ImportMapping } | { faults: readonly FieldFault[] } {
  const validate = validator();
  if (validate(definition)) {
    const faults = formFaults(definition);
    return faults.length === 0 ? { mapping: definition } : { faults };
  }
  return { faults: schemaFaults(validate.errors ?? []).map(({ path, reason }) => ({ field: path, reason })) };
}

function formatFaults({ timeFormat, timeFormats = {} }: ImportMapping): FieldFault[] {
  const named: [field: string, format: string | undefined][] = [
    ["/timeFormat", timeFormat],
    ...Object.entries(timeFormats).map(([column, format]): [string, string] => [`/timeFormats/${column}`, format]),
  ];
  return named.flatMap(([field, format]) => {
    if (format === undefined || isTimeFormat(format)) return [];
    const reason = msg("intake.mapping.isNotAWayTo", { format });
    return [{ field, reason }];
  });
}

function formFaults(mapping: ImportMapping): FieldFault[] {
  const { timeZone, columns, defaults = {} } = mapping;
  const faults = formatFaults(mapping);
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    const reason = msg("intake.mapping.thereIsNoTimeZone", { timeZone });
    faults.push({ field: "/timeZone", reason });
  }
  for (const name of needed) {
    if (columns[name] !== undefined || defaults[name] !== undefined) continue;
    const reason = msg("intake.mapping.everyCaseNeedsAName", { name });
    faults.push({ field: `/columns/${name}`, reason });
  }
  return faults;
}

/** The records that a coded column may name. Retired ones too: history happened while they were in use. No applicant sent an order. */
export function recordsOf(setup: Setup, column: CodedColumn): ReadonlyMap<string, Labelled> {
  const tables = {
    type: applicantTypes(setup),
    channel: setup.channels,
    sector: setup.sectors,
    entity: setup.entities,
    service: setup.services,
    governorate: setup.governorates,
    category: setup.categories,
    pillar: setup.pillars,
    importance: setup.importanceLevels,
  } satisfies Record<CodedColumn, ReadonlyMap<string, Labelled>>;
  return tables[column];
}

const pointer = (...names: string[]): string =>
  names.map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** Every code and state that the mapping names must exist in the programme, and its columns in the file's header. */
export function mappingFaults(mapping: ImportMapping, setup: Setup, header: readonly string[]): FieldFault[] {
  return [...codeFaults(mapping, setup), ...stateFaults(mapping, setup), ...columnFaults(mapping, header)];
}

function codeFaults({ values = {}, defaults = {} }: ImportMapping, setup: Setup): FieldFault[] {
  return codedColumns.flatMap((column) => {
    const records = recordsOf(setup, column);
    const named: [string, string | null | undefined][] = [
      ...Object.entries(values[column] ?? {}).map(([cell, code]): [string, string | null] => [
        pointer("values", column, cell),
        code,
      ]),
      [pointer("defaults", column), defaults[column]],
    ];
    return named.flatMap(([field, code]) => {
      if (code === null || code === undefined) return [];
      if (!records.has(code)) return [{ field, reason: notAllowed(code, [...records.keys()]) }];
      return column === "type" ? workflowFaults(field, code, setup) : [];
    });
  });
}

function workflowFaults(field: string, type: string, setup: Setup): FieldFault[] {
  if (setup.workflows.has(setup.types.get(type)?.workflow ?? "")) return [];
  const reason: Bilingual = msg("intake.mapping.theApplicationTypeHasNo", { type });
  return [{ field, reason }];
}

function stateFaults({ values = {}, defaults = {} }: ImportMapping, setup: Setup): FieldFault[] {
  const definitions = [...setup.workflows.values()].map((published) => published.definition);
  const named: [string, string | null | undefined][] = [
    ...Object.entries(values.state ?? {}).map(([cell, state]): [string, string | null] => [
      pointer("values", "state", cell),
      state,
    ]),
    ["/defaults/state", defaults.state],
  ];
  return named.flatMap(([field, state]) => {
    if (state === null || state === undefined || definitions.some((workflow) => historyState(workflow, state, true)))
      return [];
    const allowed = [...new Set([...stateWords, ...definitions.flatMap((workflow) => Object.keys(workflow.states))])];
    return [{ field, reason: notAllowed(state, allowed) }];
  });
}

/** Every title that the mapping names, with the place where it names it. */
export function namedTitles({ columns, fields = {} }: ImportMapping): readonly [field: string, title: string][] {
  return [
    ...Object.entries(columns).map(([name, title]): [string, string] => [pointer("columns", name), title]),
    ...Object.entries(fields).flatMap(([code, column]): [string, string][] =>
      typeof column === "string"
        ? [[pointer("fields", code), column]]
        : Object.entries(column).map(([part, title]): [string, string] => [pointer("fields", code, part), title]),
    ),
  ];
}

function columnFaults(mapping: ImportMapping, header: readonly string[]): FieldFault[] {
  return namedTitles(mapping).flatMap(([field, title]) => {
    const found = placesOf(title, header).length;
    if (found === 1) return [];
    if (found === 0) {
      const what = notAllowed(title, header);
      return [{ field, reason: msg("intake.mapping.theCSVHasNoSuch", { what }) }];
    }
    const reason = msg("intake.mapping.theCSVHasColumnsNamed", { found, title });
    return [{ field, reason }];
  });
}
