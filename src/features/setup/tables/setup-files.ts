/** The shape of `seeds/<programme>/*.json`: what each file may say. Whether they fit together is checked beside it. */

import { z } from "zod";
import { roleCodes } from "../../../engine/access/roles.js";
import { attachmentTypes } from "../../../engine/files/attachment-types.js";
import { templateFaults } from "../../../engine/letters/reply-template.js";
import { maxInTemplate } from "../../../engine/letters/template-names.js";
import { maxInInstruction } from "../../../engine/setup/instructions.js";
import { maxInOutline, readOutline } from "../../../engine/setup/outline.js";
import type { ColumnValue, Programme } from "../../../engine/setup/setup.js";
import type { SetupColumn } from "../../../engine/setup/tables/define-setup-table.js";
import {
  declarationOf,
  ownColumns,
  type RowTable,
  rowTables,
  type SetupRegistry,
  type SetupTableName,
  setupRegistry,
  setupTableNames,
} from "../../../engine/setup/tables/setup-registry.js";
import { isInherited } from "../../../engine/text/inherited-names.js";
import { languages } from "../../../engine/text/languages.js";
import { isMailAddress } from "../../../engine/text/mail-address.js";
import { msg } from "../../../engine/text/msg.js";
import { nameNotAllowed } from "../../../engine/text/storable-value.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { unreadableText } from "../../../engine/text/unreadable-text.js";

/** One line that a person can read: not empty, nothing invisible in it, nothing that turns the order of what follows. */
const words = z
  .string()
  .max(300)
  .regex(/\S/)
  .superRefine((text, context) => {
    const reason = /\S/.test(text) ? unreadableText(text, { lines: false }) : null;
    if (reason !== null) context.addIssue({ code: "custom", params: { reason }, message: reason.en });
  });
const bilingual = z.strictObject({ ar: words, en: words });
/** What an applicant reads: several lines. */
const paragraphs = z
  .string()
  .max(maxInTemplate)
  .regex(/\S/)
  .superRefine((text, context) => {
    const reason = /\S/.test(text) ? unreadableText(text, { lines: true }) : null;
    if (reason !== null) context.addIssue({ code: "custom", params: { reason }, message: reason.en });
  });
/** As `paragraphs`, for a text of several pages. */
const longText = z
  .string()
  .max(maxInInstruction)
  .regex(/\S/)
  .superRefine((text, context) => {
    const reason = /\S/.test(text) ? unreadableText(text, { lines: true }) : null;
    if (reason !== null) context.addIssue({ code: "custom", params: { reason }, message: reason.en });
  });
/** The file itself does not travel: it is known again by its hash. */
const fileOfInstruction = z.strictObject({
  name: words,
  type: z.string().refine((type) => attachmentTypes[type]?.kind === "document"),
  bytes: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const templateText = paragraphs.superRefine((text, context) => {
  if (text.length > maxInTemplate) return;
  for (const reason of templateFaults(text))
    context.addIssue({ code: "custom", params: { reason }, message: reason.en });
});
const outline = z
  .string()
  .max(maxInOutline)
  .superRefine((text, context) => {
    const reason = msg("setup.setupFiles.writeAnOutline");
    if (readOutline(text) === null) context.addIssue({ code: "custom", params: { reason }, message: reason.en });
  });
const code = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,59}$/);
const day = z.iso.date().superRefine((date, context) => {
  const reason = msg("setup.setupFiles.writeAYearFromTo");
  if (!/^(19|20|21)\d\d-/.test(date)) context.addIssue({ code: "custom", params: { reason }, message: reason.en });
});
const label = {
  code,
  name: bilingual,
  order: z.int().min(0).max(100_000).optional(),
  retired: z.boolean().optional(),
};
const language = z.enum(languages());

/** Answers are looked up by it. */
const fieldCode = z
  .string()
  .regex(/^[a-z][A-Za-z0-9_]{0,39}$/)
  .superRefine((name, context) => {
    if (isInherited(name)) context.addIssue({ code: "custom", params: { reason: nameNotAllowed(name) } });
  });

const extraField = z.strictObject({
  code: fieldCode,
  name: bilingual,
  type: z.enum(["text", "number", "boolean", "date", "choice", "entity", "location", "file"]),
  required: z.boolean(),
  choices: z
    .array(z.strictObject({ code, name: bilingual }))
    .min(1)
    .max(300)
    .optional(),
  maxLength: z.int().min(1).max(10_000).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
});

const email = z
  .string()
  .max(200)
  .superRefine((text, context) => {
    if (isMailAddress(text) && !/[A-Z]/.test(text)) return;
    const reason = msg("setup.setupFiles.writeAnEMailAddressIn");
    context.addIssue({ code: "custom", params: { reason }, message: reason.en });
  });

const person = z.strictObject({
  email,
  name: words,
  language: language.optional(),
});

const ladder = z.array(z.strictObject({ level: z.int().min(1), role: z.enum(roleCodes) }));

const textOf = { line: words, paragraphs, template: templateText, pages: longText };
const keysOf = (choices: object) => Object.keys(choices) as [string, ...string[]];

function valueSchema(column: SetupColumn): z.ZodType {
  switch (column.kind) {
    case "text":
      return words;
    case "email":
      return email;
    case "date":
      return day;
    case "moment":
      return z.iso.datetime();
    case "timeZone":
      return z.string();
    case "outline":
      return outline;
    case "integer":
      return z.int().min(column.min).max(column.max);
    case "flag":
      return z.boolean();
    case "choice":
      return z.enum(keysOf(column.choices));
    case "choices": {
      const keys = keysOf(column.choices);
      return z
        .array(z.enum(keys))
        .min(column.min ?? 0)
        .max(keys.length);
    }
    case "reference":
    case "published":
      return code;
    case "references":
      return z.array(code).max(column.max);
    case "bilingual": {
      const one = textOf[column.length];
      return column.nullable
        ? z.strictObject({ ar: one.nullable(), en: one.nullable() })
        : z.strictObject({ ar: one, en: one });
    }
    case "words":
      return z.array(words).max(column.max);
    case "fields":
      return z.array(extraField).max(column.max);
    case "ladder":
      return ladder;
    case "file":
      return fileOfInstruction;
  }
}

/** What has a fallback, or may be empty, may be left out. */
function columnSchema(column: SetupColumn): z.ZodType {
  const nullable = "nullable" in column && column.nullable === true;
  const value = nullable && column.kind !== "bilingual" ? valueSchema(column).nullable() : valueSchema(column);
  const saidAlways = "saidInFiles" in column && column.saidInFiles === true;
  const mayLack = ("fallback" in column && column.fallback !== undefined) || (nullable && !saidAlways);
  return mayLack ? value.optional() : value;
}

function rowSchema(table: SetupTableName): z.ZodObject {
  const schemasOf = (storedIn: "settings" | undefined) =>
    Object.fromEntries(
      ownColumns(table).flatMap(([name, column]) =>
        column.storedIn === storedIn ? [[name, columnSchema(column)] as const] : [],
      ),
    );
  const row = z.strictObject({ ...label, ...schemasOf(undefined) });
  if (table !== "programmes") return row;
  const programmeCode = z.string().regex(/^[a-z][a-z0-9_-]{1,39}$/);
  return z.strictObject({ ...row.shape, code: programmeCode, settings: z.strictObject(schemasOf("settings")) });
}

/** What one row of a table may say in its file. */
export const rowSchemas = Object.fromEntries(
  setupTableNames.map((table) => [table, rowSchema(table)]),
) as unknown as Readonly<Record<SetupTableName, z.ZodObject>>;

const people = z.strictObject({
  heldFrom: day,
  seats: z.array(
    z.strictObject({
      code: z.string().regex(/^[A-Z][A-Za-z0-9_-]{0,79}$/),
      role: z.enum(roleCodes),
      title: bilingual,
      entity: code.nullable(),
      sector: code.nullable(),
      holder: person.nullable(),
    }),
  ),
});

/** Names of columns that a file may leave out. */
type Optional<Columns> = {
  [Name in keyof Columns]: Columns[Name] extends { readonly saidInFiles: true }
    ? never
    : Columns[Name] extends { readonly nullable: true }
      ? Name
      : "fallback" extends keyof Columns[Name]
        ? Name
        : never;
}[keyof Columns];

type InFile = {
  readonly code: string;
  readonly name: Bilingual;
  readonly order?: number | undefined;
  readonly retired?: boolean | undefined;
};

type FileColumns<Columns> = {
  readonly [Name in Exclude<keyof Columns, Optional<Columns>>]: Columns[Name] extends SetupColumn
    ? ColumnValue<Columns[Name]>
    : never;
} & {
  readonly [Name in Optional<Columns>]?:
    | (Columns[Name] extends SetupColumn ? ColumnValue<Columns[Name]> : never)
    | undefined;
};

/** What the files of a programme say, part by part. */
export type SetupFiles = {
  readonly [Table in RowTable as SetupRegistry[Table]["part"]]: readonly (InFile &
    FileColumns<SetupRegistry[Table]["columns"]>)[];
} & {
  readonly programme: Omit<Programme, "order" | "retired"> & InFile & { readonly calendar: string };
  readonly people: z.output<typeof people>;
};

export type SetupPart = keyof SetupFiles;

/** One schema a file; the name of the file is the name of the part in kebab-case. */
export const setupFileSchemas = {
  programme: rowSchemas.programmes,
  ...Object.fromEntries(rowTables.map((table) => [setupRegistry[table].part, z.array(rowSchemas[table])])),
  people,
} as unknown as { readonly [Part in SetupPart]: z.ZodType<SetupFiles[Part]> };

export const setupParts = Object.keys(setupFileSchemas) as SetupPart[];

/** What may be left out of a programme's folder: a programme without people or services is one that is being built. */
export const optionalParts: Partial<SetupFiles> = {
  ...Object.fromEntries(
    rowTables.flatMap((table) => (declarationOf(table).optionalFile ? [[setupRegistry[table].part, []]] : [])),
  ),
  people: { heldFrom: "2000-01-01", seats: [] },
};

/** `importanceLevels` is kept in `importance-levels.json`. */
export const fileOfPart = (part: SetupPart): string =>
  `${part.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.json`;

const typeNames: Readonly<Record<string, Bilingual>> = {
  string: msg("setup.setupFiles.typeNamesString"),
  number: msg("setup.setupFiles.typeNamesNumber"),
  int: msg("setup.setupFiles.typeNamesInt"),
  boolean: msg("setup.setupFiles.typeNamesBoolean"),
  array: msg("setup.setupFiles.typeNamesArray"),
  object: msg("setup.setupFiles.typeNamesObject"),
  record: msg("setup.setupFiles.typeNamesRecord"),
};

/** What is wrong with a value, in words that say what is allowed. */
export function reasonOfIssue(issue: z.core.$ZodIssue): Bilingual {
  switch (issue.code) {
    case "invalid_type": {
      const wanted = typeNames[issue.expected] ?? { en: issue.expected, ar: issue.expected };
      return issue.input === undefined && issue.message.includes("undefined")
        ? msg("setup.setupFiles.thisIsMissingItMust", { wanted })
        : msg("setup.setupFiles.thisMustBe", { wanted });
    }
    case "unrecognized_keys": {
      const keys = issue.keys.join(", ");
      return msg("setup.setupFiles.nobodyKnowsTheProperty", { keys });
    }
    case "invalid_value": {
      const allowed = issue.values.map(String).join(", ");
      return msg("setup.setupFiles.thisMustBeOneOf", { allowed });
    }
    case "too_small":
      if (issue.origin === "array")
        return msg("setup.setupFiles.thisListMustHaveAt", { minimum: Number(issue.minimum) });
      return msg("setup.setupFiles.thisMustBeAtLeast", { minimum: String(issue.minimum) });
    case "too_big":
      if (issue.origin === "string") {
        return msg("setup.setupFiles.thisMustHaveAtMost", { maximum: Number(issue.maximum) });
      }
      if (issue.origin === "array")
        return msg("setup.setupFiles.thisListMustHaveAt2", { maximum: Number(issue.maximum) });
      return msg("setup.setupFiles.thisMustBeAtMost", { maximum: String(issue.maximum) });
    case "invalid_format":
      return reasonOfFormat(issue.format, "pattern" in issue ? String(issue.pattern) : "");
    case "custom":
      return (issue.params?.reason as Bilingual | undefined) ?? { en: issue.message, ar: issue.message };
    default:
      return { en: issue.message, ar: issue.message };
  }
}

function reasonOfFormat(format: string, pattern: string): Bilingual {
  if (format === "date") return msg("setup.setupFiles.writeADateThatExists");
  if (pattern === "/\\S/") return msg("setup.setupFiles.thisMustNotBeEmpty");
  return msg("setup.setupFiles.writeACodeItBegins");
}

/** RFC 6901. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
