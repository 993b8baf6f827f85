/** What the schema validator found, in sentences: the wrong value, what is allowed, and what was probably meant. */

import type { ErrorObject } from "ajv";
import { ownTable } from "../inherited-names.js";
import { nearest } from "../nearest.js";
import type { Bilingual } from "../text.js";
import { bareRoot } from "./rule-set-schema.js";

export interface SchemaFault {
  /** JSON pointer. */
  readonly path: string;
  readonly reason: Bilingual;
}

/** A value as it is shown: JSON, cut where it grows long. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function listed(allowed: readonly unknown[]): string {
  const some = allowed.slice(0, 12).map(shown).join(", ");
  return allowed.length > 12 ? `${some} … (${allowed.length})` : some;
}

/** `must be one of …`, with the nearest allowed value when one is near. */
export function notAllowed(value: unknown, allowed: readonly unknown[]): Bilingual {
  if (value === "") return { en: "Nothing is chosen here yet.", ar: "لم يُختر شيء هنا بعد." };
  if (value === undefined)
    return { en: `It is missing. Allowed: ${listed(allowed)}.`, ar: `القيمة ناقصة. المسموح: ${listed(allowed)}.` };
  const meant =
    typeof value === "string"
      ? nearest(
          value,
          allowed.filter((a) => typeof a === "string"),
        )
      : null;
  const hint =
    meant === null ? { en: "", ar: "" } : { en: ` Did you mean ${shown(meant)}?`, ar: ` هل المقصود ${shown(meant)}؟` };
  return {
    en: `${shown(value)} is not allowed here. Allowed: ${listed(allowed)}.${hint.en}`,
    ar: `القيمة ${shown(value)} غير مسموحة هنا. المسموح: ${listed(allowed)}.${hint.ar}`,
  };
}

const emptyGroup: Bilingual = {
  en: "The group is empty and would match every case. Add at least one condition.",
  ar: "المجموعة فارغة، والمجموعة الفارغة تنطبق على كل معاملة. أضف شرطًا واحدًا على الأقل.",
};
const emptyList: Bilingual = {
  en: "Nothing is chosen yet. Enter at least one value.",
  ar: "لم يُختر شيء بعد. أدخل قيمة واحدة على الأقل.",
};
/** By the name of the list that is empty. */
const emptyLists: Readonly<Record<string, Bilingual>> = ownTable({
  all: emptyGroup,
  any: emptyGroup,
  examples: {
    en: "There is no example yet. Add at least one case, and whether this rule decides it.",
    ar: "لا يوجد مثال بعد. أضف حالة واحدة على الأقل، وبيّن هل تقررها هذه القاعدة.",
  },
});

const typeWords: Readonly<Record<string, Bilingual>> = {
  string: { en: "a text", ar: "نص" },
  number: { en: "a number", ar: "رقم" },
  integer: { en: "a whole number", ar: "رقم صحيح" },
  boolean: { en: "true or false", ar: "true أو false" },
  array: { en: "a list", ar: "قائمة" },
  object: { en: "an object", ar: "كائن" },
  null: { en: "null", ar: "null" },
};

function typeFault(value: unknown, expected: string | readonly string[]): Bilingual {
  const types = typeof expected === "string" ? [expected] : expected;
  const said = (language: "en" | "ar", or: string) => types.map((type) => typeWords[type]?.[language] ?? type).join(or);
  return {
    en: `${shown(value)} must be ${said("en", " or ")}.`,
    ar: `يجب أن تكون القيمة ${shown(value)} من نوع: ${said("ar", " أو ")}.`,
  };
}

const patternWords: Readonly<Record<string, Bilingual>> = {
  "\\S": { en: "must not be empty.", ar: "يجب ألا يكون فارغًا." },
  "^[a-z0-9]+(-[a-z0-9]+)*$": {
    en: "must be small Latin letters, digits and single hyphens, like sla-high-time.",
    ar: "يجب أن يتكون من أحرف لاتينية صغيرة وأرقام وشرطات مفردة، مثل sla-high-time.",
  },
};

type Params = Record<string, unknown>;

/** Names that an object may have, from the schema that refused one more. */
function namesOf(error: ErrorObject): string[] {
  return Object.keys((error.parentSchema as { properties?: object } | undefined)?.properties ?? {});
}

/** Whether the root of conditions is missing its group: the library refuses a bare condition there. */
const isBareRoot = (error: ErrorObject) => error.parentSchema?.$comment === bareRoot;

const sentences: Readonly<Record<string, (error: ErrorObject, params: Params) => Bilingual>> = {
  enum: (error) => notAllowed(error.data, error.schema as readonly unknown[]),
  "false schema": (error) => ({
    en: `${shown(error.data)} is not allowed here: the set-up has no such records yet.`,
    ar: `القيمة ${shown(error.data)} غير مسموحة هنا: لا توجد سجلات من هذا النوع في الإعدادات بعد.`,
  }),
  const: (error) => notAllowed(error.data, [error.schema]),
  type: (error) => typeFault(error.data, error.schema as string | readonly string[]),
  required: (error, { missingProperty }) =>
    isBareRoot(error)
      ? {
          en: `The conditions must begin with "all", "any" or "not"; ${shown(error.data)} does not.`,
          ar: `يجب أن تبدأ الشروط بـ "all" أو "any" أو "not"، و${shown(error.data)} ليست كذلك.`,
        }
      : { en: `"${missingProperty}" is missing.`, ar: `الحقل "${missingProperty}" ناقص.` },
  additionalProperties: (error, { additionalProperty }) => {
    const hint = notAllowed(additionalProperty, namesOf(error));
    return { en: `The name ${hint.en}`, ar: `الاسم غير معروف. ${hint.ar}` };
  },
  minItems: ({ instancePath }) => emptyLists[instancePath.split("/").at(-1) ?? ""] ?? emptyList,
  maxItems: (_, { limit }) => ({ en: `There are more than ${limit} entries.`, ar: `العناصر أكثر من ${limit}.` }),
  uniqueItems: (error, { i, j }) => {
    const twice = shown((error.data as readonly unknown[])[Number(i ?? j)]);
    return { en: `${twice} stands in the list twice.`, ar: `القيمة ${twice} مكررة في القائمة.` };
  },
  minProperties: () => ({
    en: "The outcome is empty: a rule must decide something.",
    ar: "النتيجة فارغة: يجب أن تقرر القاعدة شيئًا.",
  }),
  minLength: () => ({ en: "The text is empty.", ar: "النص فارغ." }),
  maxLength: ({ propertyName }, { limit }) =>
    propertyName === undefined
      ? { en: `The text is longer than ${limit} letters.`, ar: `النص أطول من ${limit} حرفًا.` }
      : {
          en: `The name ${shown(propertyName)} is longer than ${limit} letters.`,
          ar: `الاسم ${shown(propertyName)} أطول من ${limit} حرفًا.`,
        },
  pattern: (error) => {
    const words = patternWords[String(error.schema)] ?? { en: "has the wrong form.", ar: "صيغته غير صحيحة." };
    return { en: `${shown(error.data)} ${words.en}`, ar: `${shown(error.data)} ${words.ar}` };
  },
};

const comparisons: Readonly<Record<string, Bilingual>> = {
  ">=": { en: "at least", ar: "أكبر من أو يساوي" },
  "<=": { en: "at most", ar: "أصغر من أو يساوي" },
  ">": { en: "more than", ar: "أكبر من" },
  "<": { en: "less than", ar: "أصغر من" },
};

function sentenceOf(error: ErrorObject): Bilingual {
  const params = error.params as Params;
  const comparison = comparisons[String(params.comparison)];
  if (comparison !== undefined) {
    return {
      en: `${shown(error.data)} must be ${comparison.en} ${params.limit}.`,
      ar: `يجب أن تكون القيمة ${shown(error.data)} ${comparison.ar} ${params.limit}.`,
    };
  }
  return (
    sentences[error.keyword]?.(error, params) ?? { en: `${error.message ?? "is not valid"}.`, ar: "القيمة غير صالحة." }
  );
}

/** Enough to mend before the next check; each is told in words that take their time to find. */
export const mostFaults = 200;

export const andMore: SchemaFault = {
  path: "",
  reason: {
    en: `There are more faults than these ${mostFaults}; mend these first.`,
    ar: `توجد أخطاء أكثر من هذه البالغ عددها ${mostFaults}؛ صحّح هذه أولًا.`,
  },
};

/**
 * What another error of the same place says as well: `if` that its branch said something, `propertyNames` that a name did,
 * the type of a value that is none of those allowed.
 */
const isRepeated = ({ keyword, parentSchema }: ErrorObject) =>
  keyword === "if" || keyword === "propertyNames" || (keyword === "type" && parentSchema?.enum !== undefined);

/** Faults in the order of their place, one a place and kind. Needs errors made with `verbose`. */
export function schemaFaults(errors: readonly ErrorObject[]): SchemaFault[] {
  const faults = new Map<string, SchemaFault>();
  for (const error of errors) {
    if (isRepeated(error)) continue;
    const { missingProperty, additionalProperty } = error.params as Params;
    const name = isBareRoot(error) ? undefined : (missingProperty ?? additionalProperty);
    const path =
      name === undefined
        ? error.instancePath
        : `${error.instancePath}/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const key = `${path} ${error.keyword} ${error.propertyName ?? ""}`;
    if (faults.has(key)) continue;
    if (faults.size >= mostFaults) return [...faults.values(), andMore];
    faults.set(key, { path, reason: sentenceOf(error) });
  }
  return [...faults.values()];
}
