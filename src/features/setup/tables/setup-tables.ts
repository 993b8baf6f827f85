/** The tables of the set-up as they are edited: what each column is called in a form, in the files and in the database. */

import { defaultAttachments } from "../../../engine/files/attachment-types.js";
import { defaultLowRatingMost } from "../../../engine/letters/low-rating.js";
import { defaultReceiptsMost } from "../../../engine/letters/receipts-most.js";
import { usualSweepHold } from "../../../engine/lifecycle/held-sweep.js";
import { usualSimilarFromPercent } from "../../../engine/lifecycle/related-cases.js";
import { usualPolicyLimits } from "../../../engine/rules/policy-limits.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { usualWorkLimits } from "../../../engine/setup/work-limits.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { Models } from "./create-models.js";
import type { SetupFiles } from "./setup-files.js";

export interface SetupColumn {
  /** In a form, in the audit and in faults; also the attribute of the model. */
  readonly name: string;
  /** Where it stands in a row of the files. */
  readonly path: readonly string[];
  /** An empty text is no value. */
  readonly optional?: true;
  /** Chosen from others: an empty one was not chosen. */
  readonly chosen?: true;
}

export interface SetupTableDefinition {
  readonly part: Exclude<keyof SetupFiles, "people">;
  readonly model: keyof Models;
  /** One row of it, in words. */
  readonly one: Bilingual;
  readonly columns: readonly SetupColumn[];
  readonly rowsOf: (setup: Setup) => ReadonlyMap<string, FileRow>;
}

/** A row in the shape of the files. */
export type FileRow = { readonly code: string } & Readonly<Record<string, unknown>>;
/** A row as a form has it: a value a column. */
export type FlatRow = Readonly<Record<string, unknown>>;

const same = (name: string): SetupColumn => ({ name, path: [name] });
const optional = (name: string): SetupColumn => ({ ...same(name), optional: true });
const chosen = (name: string): SetupColumn => ({ ...same(name), chosen: true });
const bilingual = (name: string): readonly SetupColumn[] => [
  { name: `${name}Ar`, path: [name, "ar"] },
  { name: `${name}En`, path: [name, "en"] },
];
const setting = (name: string): SetupColumn => ({ name, path: ["settings", name] });

const label: readonly SetupColumn[] = [same("code"), ...bilingual("name"), { name: "sortOrder", path: ["order"] }];

const rows = (records: ReadonlyMap<string, object>) => records as ReadonlyMap<string, FileRow>;

/** By the name of the table in the database. */
export const setupTables = {
  programmes: {
    part: "programme",
    model: "Programme",
    one: { en: "programme", ar: "برنامج" },
    columns: [
      ...label,
      same("timeZone"),
      same("defaultLanguage"),
      chosen("calendar"),
      setting("triage"),
      setting("reopenWindowDays"),
      setting("reviewSamplePercent"),
      setting("ladder"),
      setting("raiseStatedImportance"),
      setting("secondFactor"),
      setting("attachmentsMost"),
      setting("attachmentMegabytes"),
      setting("attachmentKinds"),
      setting("takeUnscanned"),
      setting("receiptsMost"),
      setting("lowRatingMost"),
      setting("publicPages"),
      setting("bulkMostCases"),
      setting("exportMostRows"),
      setting("exportMostPersonal"),
      setting("replayMostCases"),
      setting("rulesMost"),
      setting("ruleConditionsMost"),
      setting("nestingMost"),
      setting("listWordsMost"),
      setting("similarFromPercent"),
      setting("sweepHoldPercent"),
      setting("sweepHoldLeast"),
      setting("secondPerson"),
    ],
    rowsOf: ({ programme, calendar }) => {
      const { most, megabytes, kinds } = defaultAttachments;
      const attachments = { attachmentsMost: most, attachmentMegabytes: megabytes, attachmentKinds: [...kinds] };
      const settings = {
        raiseStatedImportance: false,
        secondFactor: [],
        publicPages: false,
        takeUnscanned: false,
        receiptsMost: defaultReceiptsMost,
        lowRatingMost: defaultLowRatingMost,
        ...attachments,
        ...usualWorkLimits,
        ...usualPolicyLimits,
        similarFromPercent: usualSimilarFromPercent,
        ...usualSweepHold,
        secondPerson: false,
        ...programme.settings,
      };
      return rows(new Map([[programme.code, { ...programme, settings, calendar: calendar.definition.code }]]));
    },
  },
  sectors: {
    part: "sectors",
    model: "Sector",
    one: { en: "sector", ar: "قطاع" },
    columns: label,
    rowsOf: (setup) => rows(setup.sectors),
  },
  entities: {
    part: "entities",
    model: "Entity",
    one: { en: "entity", ar: "جهة" },
    columns: [
      ...label,
      chosen("kind"),
      chosen("sector"),
      optional("parent"),
      same("level"),
      same("validFrom"),
      optional("validTo"),
      same("joining"),
      optional("email"),
      optional("phone"),
    ],
    rowsOf: (setup) => rows(setup.entities),
  },
  services: {
    part: "services",
    model: "Service",
    one: { en: "service", ar: "خدمة" },
    columns: [...label, chosen("entity")],
    rowsOf: (setup) => rows(setup.services),
  },
  pillars: {
    part: "pillars",
    model: "Pillar",
    one: { en: "pillar", ar: "محور" },
    columns: label,
    rowsOf: (setup) => rows(setup.pillars),
  },
  importance_levels: {
    part: "importanceLevels",
    model: "ImportanceLevel",
    one: { en: "importance level", ar: "مستوى أهمية" },
    columns: [...label, same("rank")],
    rowsOf: (setup) => rows(setup.importanceLevels),
  },
  application_types: {
    part: "applicationTypes",
    model: "ApplicationType",
    one: { en: "application type", ar: "نوع طلب" },
    columns: [
      ...label,
      { name: "purposeAr", path: ["purpose", "ar"], optional: true },
      { name: "purposeEn", path: ["purpose", "en"], optional: true },
      chosen("workflow"),
      same("fields"),
      same("anonymousAllowed"),
      same("confidential"),
    ],
    rowsOf: (setup) => rows(setup.types),
  },
  channels: {
    part: "channels",
    model: "Channel",
    one: { en: "channel", ar: "قناة" },
    columns: [...label, same("kind")],
    rowsOf: (setup) => rows(setup.channels),
  },
  applicant_categories: {
    part: "applicantCategories",
    model: "ApplicantCategory",
    one: { en: "applicant category", ar: "فئة مقدمي الطلبات" },
    columns: label,
    rowsOf: (setup) => rows(setup.categories),
  },
  governorates: {
    part: "governorates",
    model: "Governorate",
    one: { en: "governorate", ar: "محافظة" },
    columns: label,
    rowsOf: (setup) => rows(setup.governorates),
  },
  keyword_lists: {
    part: "keywordLists",
    model: "KeywordList",
    one: { en: "keyword list", ar: "قائمة كلمات" },
    columns: [...label, same("words")],
    rowsOf: (setup) => rows(setup.keywordLists),
  },
  closing_reasons: {
    part: "closingReasons",
    model: "ClosingReason",
    one: { en: "closing reason", ar: "سبب إغلاق" },
    columns: [...label, ...bilingual("text")],
    rowsOf: (setup) => rows(setup.closingReasons),
  },
  reply_templates: {
    part: "replyTemplates",
    model: "ReplyTemplate",
    one: { en: "reply template", ar: "نموذج رد" },
    columns: [...label, same("types"), chosen("field"), ...bilingual("body")],
    rowsOf: (setup) => rows(setup.replyTemplates),
  },
  instructions: {
    part: "instructions",
    model: "Instruction",
    one: { en: "instruction", ar: "تعليمات" },
    columns: [
      ...label,
      same("number"),
      same("issuedOn"),
      same("inForceFrom"),
      ...bilingual("text"),
      same("toAll"),
      same("toSectors"),
      same("toSubtrees"),
      same("toEntities"),
      optional("replaces"),
      optional("issuedAt"),
      same("file"),
    ],
    rowsOf: (setup) => rows(setup.instructions),
  },
} as const satisfies Readonly<Record<string, SetupTableDefinition>>;

export type SetupTableName = keyof typeof setupTables;
/** The tables whose rows belong to a programme. */
export type RowTable = Exclude<SetupTableName, "programmes">;

export const tableOf = (name: SetupTableName): SetupTableDefinition => setupTables[name];

/** Columns whose new row need not say them, and what they are then. */
const defaults: Readonly<Partial<Record<SetupTableName, FlatRow>>> = {
  entities: { parent: null, validFrom: "2000-01-01", validTo: null, joining: "live", email: null, phone: null },
  application_types: { purposeAr: null, purposeEn: null, fields: [], anonymousAllowed: false, confidential: false },
  keyword_lists: { words: [] },
  reply_templates: { types: [] },
  instructions: {
    toAll: false,
    toSectors: [],
    toSubtrees: [],
    toEntities: [],
    replaces: null,
    issuedAt: null,
    file: null,
  },
};

export const defaultsOf = (name: SetupTableName): FlatRow => defaults[name] ?? {};

export function valueAt(row: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], row);
}

/** A row of the files as a form has it; what the row does not say is left out. */
export function flatRow(name: SetupTableName, row: FileRow): FlatRow {
  const values = tableOf(name).columns.map((column) => [column.name, valueAt(row, column.path)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** A form's row as the files have it, over what `base` has beside it. */
export function fileRow(name: SetupTableName, flat: FlatRow, base: Readonly<Record<string, unknown>> = {}): FileRow {
  const row = structuredClone(base) as Record<string, unknown>;
  for (const { name: column, path } of tableOf(name).columns) {
    if (flat[column] === undefined) continue;
    const inner = path.slice(0, -1).reduce((object, key) => {
      object[key] = { ...(object[key] as object | undefined) };
      return object[key] as Record<string, unknown>;
    }, row);
    inner[path.at(-1) as string] = flat[column];
  }
  return row as FileRow;
}

/** The pointer of a fault inside a row of the files, as a form names it: `/name/ar` is `/nameAr`. */
export function formPointer(name: SetupTableName, pointer: string): string {
  for (const { name: column, path } of tableOf(name).columns) {
    const at = `/${path.join("/")}`;
    if (pointer === at || pointer.startsWith(`${at}/`)) return `/${column}${pointer.slice(at.length)}`;
  }
  return pointer;
}

/** What the database's row is given: settings stand together in one column there. */
export function attributesOf(name: SetupTableName, flat: FlatRow, row: FileRow): Record<string, unknown> {
  if (name !== "programmes") return { ...flat };
  const own = tableOf(name).columns.filter(({ path }) => path[0] !== "settings");
  return { ...Object.fromEntries(own.map(({ name: column }) => [column, flat[column]])), settings: row.settings };
}

/** Columns whose codes, one or a list, are rows of the set-up. */
export const referred: Readonly<Record<string, string>> = {
  entity: "entities",
  parent: "entities",
  sector: "sectors",
  types: "application_types",
  toSectors: "sectors",
  toSubtrees: "entities",
  toEntities: "entities",
};
