/** The shape of `seeds/<programme>/*.json`: what each file may say. Whether they fit together is checked beside it. */

import { z } from "zod";
import { roleCodes } from "../../../engine/access/roles.js";
import { attachmentKinds, attachmentTypes } from "../../../engine/files/attachment-types.js";
import { mostInTemplate, templateFaults, templateFields } from "../../../engine/letters/reply-template.js";
import { usualPolicyLimits } from "../../../engine/rules/policy-limits.js";
import { channelKindCodes } from "../../../engine/setup/channel-kinds.js";
import { entityKindCodes } from "../../../engine/setup/entity-kinds.js";
import { mostInInstruction } from "../../../engine/setup/instructions.js";
import { isInherited } from "../../../engine/text/inherited-names.js";
import { isMailAddress } from "../../../engine/text/mail-address.js";
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
  .max(mostInTemplate)
  .regex(/\S/)
  .superRefine((text, context) => {
    const reason = /\S/.test(text) ? unreadableText(text, { lines: true }) : null;
    if (reason !== null) context.addIssue({ code: "custom", params: { reason }, message: reason.en });
  });
/** As `paragraphs`, for a text of several pages. */
const longText = z
  .string()
  .max(mostInInstruction)
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
  if (text.length > mostInTemplate) return;
  for (const reason of templateFaults(text))
    context.addIssue({ code: "custom", params: { reason }, message: reason.en });
});
const code = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,59}$/);
const day = z.iso.date().superRefine((date, context) => {
  const reason = { en: "Write a year from 1900 to 2199.", ar: "اكتب سنة من 1900 إلى 2199." };
  if (!/^(19|20|21)\d\d-/.test(date)) context.addIssue({ code: "custom", params: { reason }, message: reason.en });
});
const label = {
  code,
  name: bilingual,
  order: z.int().min(0).max(100_000).optional(),
  retired: z.boolean().optional(),
};
const language = z.enum(["ar", "en"]);

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
    const reason = { en: "Write an e-mail address in small letters.", ar: "اكتب عنوان بريد إلكتروني بأحرف صغيرة." };
    context.addIssue({ code: "custom", params: { reason }, message: reason.en });
  });

const person = z.strictObject({
  email,
  name: words,
  language: language.optional(),
});

/** One schema a file; the name of the file is the name of the part in kebab-case. */
export const setupFileSchemas = {
  programme: z.strictObject({
    ...label,
    code: z.string().regex(/^[a-z][a-z0-9_-]{1,39}$/),
    timeZone: z.string(),
    defaultLanguage: language,
    calendar: code,
    settings: z.strictObject({
      triage: z.enum(["rules", "manual"]),
      reopenWindowDays: z.int().min(0).max(365),
      reviewSamplePercent: z.int().min(0).max(100),
      ladder: z.array(z.strictObject({ level: z.int().min(1), role: z.enum(roleCodes) })),
      raiseStatedImportance: z.boolean().optional(),
      secondFactor: z.array(z.enum(roleCodes)).max(roleCodes.length).optional(),
      attachmentsMost: z.int().min(0).max(50).optional(),
      attachmentMegabytes: z.int().min(1).max(200).optional(),
      attachmentKinds: z.array(z.enum(attachmentKinds)).min(1).max(attachmentKinds.length).optional(),
      takeUnscanned: z.boolean().optional(),
      receiptsMost: z.int().min(0).max(1000).optional(),
      lowRatingMost: z.int().min(0).max(4).optional(),
      publicPages: z.boolean().optional(),
      bulkMostCases: z.int().min(1).max(2000).optional(),
      exportMostRows: z.int().min(1).max(1_000_000).optional(),
      exportMostPersonal: z.int().min(1).max(10_000).optional(),
      replayMostCases: z.int().min(1).max(10_000_000).optional(),
      rulesMost: z.int().min(1).max(usualPolicyLimits.rulesMost).optional(),
      ruleConditionsMost: z.int().min(1).max(usualPolicyLimits.ruleConditionsMost).optional(),
      nestingMost: z.int().min(1).max(usualPolicyLimits.nestingMost).optional(),
      listWordsMost: z.int().min(1).max(usualPolicyLimits.listWordsMost).optional(),
      similarFromPercent: z.int().min(1).max(100).optional(),
      sweepHoldPercent: z.int().min(1).max(100).optional(),
      sweepHoldLeast: z.int().min(1).max(1_000_000).optional(),
      secondPerson: z.boolean().optional(),
    }),
  }),
  sectors: z.array(z.strictObject(label)),
  entities: z.array(
    z.strictObject({
      ...label,
      kind: z.enum(entityKindCodes),
      sector: code,
      parent: code.nullable(),
      level: z.int().min(0).max(100),
      validFrom: day.optional(),
      validTo: day.nullable().optional(),
      joining: z.enum(["inScope", "instructed", "trained", "live"]).optional(),
      email: email.nullable().optional(),
      phone: words.nullable().optional(),
    }),
  ),
  services: z.array(z.strictObject({ ...label, entity: code })),
  pillars: z.array(z.strictObject(label)),
  importanceLevels: z.array(z.strictObject({ ...label, rank: z.int().min(1).max(1000) })),
  applicationTypes: z.array(
    z.strictObject({
      ...label,
      purpose: z.strictObject({ ar: words.nullable(), en: words.nullable() }).optional(),
      workflow: code,
      anonymousAllowed: z.boolean(),
      confidential: z.boolean(),
      fields: z.array(extraField).max(60),
    }),
  ),
  channels: z.array(
    z.strictObject({
      ...label,
      kind: z.enum(channelKindCodes),
    }),
  ),
  applicantCategories: z.array(z.strictObject(label)),
  governorates: z.array(z.strictObject(label)),
  keywordLists: z.array(z.strictObject({ ...label, words: z.array(words).max(3000) })),
  closingReasons: z.array(z.strictObject({ ...label, text: z.strictObject({ ar: paragraphs, en: paragraphs }) })),
  replyTemplates: z.array(
    z.strictObject({
      ...label,
      types: z.array(code).max(100),
      field: z.enum(templateFields),
      body: z.strictObject({ ar: templateText, en: templateText }),
    }),
  ),
  instructions: z.array(
    z.strictObject({
      ...label,
      number: words,
      issuedOn: day,
      inForceFrom: day,
      text: z.strictObject({ ar: longText, en: longText }),
      toAll: z.boolean(),
      toSectors: z.array(code).max(500),
      toSubtrees: z.array(code).max(500),
      toEntities: z.array(code).max(1000),
      replaces: code.nullable().optional(),
      issuedAt: z.iso.datetime().nullable().optional(),
      file: fileOfInstruction.nullable().optional(),
    }),
  ),
  people: z.strictObject({
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
  }),
} as const;

export type SetupPart = keyof typeof setupFileSchemas;
export type SetupFiles = { readonly [Part in SetupPart]: z.output<(typeof setupFileSchemas)[Part]> };

export const setupParts = Object.keys(setupFileSchemas) as SetupPart[];

/** What may be left out of a programme's folder: a programme without people or services is one that is being built. */
export const optionalParts: Partial<SetupFiles> = {
  services: [],
  keywordLists: [],
  closingReasons: [],
  replyTemplates: [],
  instructions: [],
  people: { heldFrom: "2000-01-01", seats: [] },
};

/** `importanceLevels` is kept in `importance-levels.json`. */
export const fileOfPart = (part: SetupPart): string =>
  `${part.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.json`;

const typeNames: Readonly<Record<string, Bilingual>> = {
  string: { en: "text", ar: "نصًا" },
  number: { en: "a number", ar: "رقمًا" },
  int: { en: "a whole number", ar: "عددًا صحيحًا" },
  boolean: { en: "true or false", ar: "true أو false" },
  array: { en: "a list", ar: "قائمة" },
  object: { en: "an object", ar: "كائنًا" },
  record: { en: "an object", ar: "كائنًا" },
};

/** What is wrong with a value, in words that say what is allowed. */
export function reasonOfIssue(issue: z.core.$ZodIssue): Bilingual {
  switch (issue.code) {
    case "invalid_type": {
      const wanted = typeNames[issue.expected] ?? { en: issue.expected, ar: issue.expected };
      return issue.input === undefined && issue.message.includes("undefined")
        ? { en: `This is missing: it must be ${wanted.en}.`, ar: `هذا ناقص: يجب أن يكون ${wanted.ar}.` }
        : { en: `This must be ${wanted.en}.`, ar: `يجب أن يكون هذا ${wanted.ar}.` };
    }
    case "unrecognized_keys": {
      const keys = issue.keys.join(", ");
      return { en: `Nobody knows the property ${keys}.`, ar: `الخاصية ${keys} غير معروفة.` };
    }
    case "invalid_value": {
      const allowed = issue.values.map(String).join(", ");
      return { en: `This must be one of: ${allowed}.`, ar: `يجب أن يكون هذا أحد: ${allowed}.` };
    }
    case "too_small":
      if (issue.origin === "array")
        return {
          en: `This list must have at least ${issue.minimum} in it.`,
          ar: `يجب ألا يقل عدد عناصر هذه القائمة عن ${issue.minimum}.`,
        };
      return { en: `This must be at least ${issue.minimum}.`, ar: `يجب ألا يقل هذا عن ${issue.minimum}.` };
    case "too_big":
      if (issue.origin === "string") {
        return {
          en: `This must have at most ${issue.maximum} characters.`,
          ar: `يجب ألا يزيد هذا على ${issue.maximum} حرفًا.`,
        };
      }
      if (issue.origin === "array")
        return {
          en: `This list must have at most ${issue.maximum} in it.`,
          ar: `يجب ألا يزيد عدد عناصر هذه القائمة على ${issue.maximum}.`,
        };
      return { en: `This must be at most ${issue.maximum}.`, ar: `يجب ألا يزيد هذا على ${issue.maximum}.` };
    case "invalid_format":
      return reasonOfFormat(issue.format, "pattern" in issue ? String(issue.pattern) : "");
    case "custom":
      return (issue.params?.reason as Bilingual | undefined) ?? { en: issue.message, ar: issue.message };
    default:
      return { en: issue.message, ar: issue.message };
  }
}

function reasonOfFormat(format: string, pattern: string): Bilingual {
  if (format === "date")
    return { en: "Write a date that exists as YYYY-MM-DD.", ar: "اكتب تاريخًا صحيحًا بصيغة YYYY-MM-DD." };
  if (pattern === "/\\S/") return { en: "This must not be empty.", ar: "لا يجوز أن يكون هذا فارغًا." };
  return {
    en: "Write a code: it begins with a letter, then letters, digits, - and _ only.",
    ar: "اكتب رمزًا: يبدأ بحرف لاتيني ثم أحرف وأرقام و- و_ فقط.",
  };
}

/** RFC 6901. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
