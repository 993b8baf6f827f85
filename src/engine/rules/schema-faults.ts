/** What the schema validator found, in sentences: the wrong value, what is allowed, and what was probably meant. */

import type { ErrorObject } from "ajv";
import { ownTable } from "../text/inherited-names.js";
import { nearest } from "../text/nearest.js";
import { type Bilingual, together } from "../text/text.js";
import { type FaultNames, noNames } from "./fault-names.js";
import { goneField } from "./gone-field.js";
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

/** What a value is called, where it has a name for people. */
export type NameOf = (value: unknown) => Bilingual | null;

/** By its name, with the code beside it for those who write the text; without one as it is shown. */
export function calledBy(value: unknown, nameOf: NameOf): Bilingual {
  const name = nameOf(value);
  const text = shown(value);
  return name === null ? { en: text, ar: text } : { en: `“${name.en}” (${value})`, ar: `«${name.ar}» (${value})` };
}

/** `must be one of …`, with the nearest allowed value when one is near. */
export function notAllowed(value: unknown, allowed: readonly unknown[], nameOf: NameOf = () => null): Bilingual {
  if (value === "") return nothingChosen;
  const all = together(allowed.map((one) => calledBy(one, nameOf)));
  if (value === undefined) return { en: `It is missing. Allowed: ${all.en}.`, ar: `القيمة ناقصة. المسموح: ${all.ar}.` };
  const near =
    typeof value === "string"
      ? nearest(
          value,
          allowed.filter((a) => typeof a === "string"),
        )
      : null;
  const meant = near === null ? null : calledBy(near, nameOf);
  const hint =
    meant === null ? { en: "", ar: "" } : { en: ` Did you mean ${meant.en}?`, ar: ` هل المقصود ${meant.ar}؟` };
  const it = calledBy(value, nameOf);
  return {
    en: `${it.en} is not allowed here. Allowed: ${all.en}.${hint.en}`,
    ar: `القيمة ${it.ar} غير مسموحة هنا. المسموح: ${all.ar}.${hint.ar}`,
  };
}

const nothingChosen: Bilingual = { en: "Nothing is chosen here yet.", ar: "لم يُختر شيء هنا بعد." };
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

/** What is asked of somebody who has written nothing, by what it has to be. */
const missingWords: Readonly<Record<string, Bilingual>> = {
  string: { en: "Nothing is written here yet.", ar: "لم يُكتب شيء هنا بعد." },
  number: { en: "Enter a number.", ar: "أدخل رقمًا." },
  integer: { en: "Enter a whole number.", ar: "أدخل عددًا صحيحًا." },
  boolean: { en: "Choose yes or no.", ar: "اختر نعم أو لا." },
};

function typeFault(value: unknown, expected: string | readonly string[], nameOf: NameOf): Bilingual {
  const types = typeof expected === "string" ? [expected] : expected;
  const asked = value === "" || value === null ? missingWords[types.find((type) => type !== "null") ?? ""] : undefined;
  if (asked !== undefined) return asked;
  const said = (language: "en" | "ar", or: string) => types.map((type) => typeWords[type]?.[language] ?? type).join(or);
  const it = calledBy(value, nameOf);
  return {
    en: `${it.en} must be ${said("en", " or ")}.`,
    ar: `يجب أن تكون القيمة ${it.ar} من نوع: ${said("ar", " أو ")}.`,
  };
}

/** What a text in two languages is, by the member that holds it. */
const textsInTwo: Readonly<Record<string, Bilingual>> = ownTable({
  title: { en: "name", ar: "الاسم" },
  name: { en: "name", ar: "الاسم" },
  otherwise: { en: "sentence that is read where it is refused", ar: "النص الذي يُقرأ عند الرفض" },
  legalBasis: { en: "legal basis", ar: "السند القانوني" },
});
const languageWords: Readonly<Record<string, Bilingual>> = ownTable({
  ar: { en: "Arabic", ar: "بالعربية" },
  en: { en: "English", ar: "بالإنجليزية" },
});

/** Of a text in one of two languages which one it is. */
function emptyText(path: string): Bilingual {
  const [holder = "", member = ""] = path.split("/").slice(-2);
  const language = languageWords[member];
  if (language === undefined)
    return { en: "This is empty: write something here.", ar: "هذا الحقل فارغ: اكتب فيه شيئًا." };
  const what = textsInTwo[holder] ?? { en: "text", ar: "النص" };
  return { en: `The ${what.en} in ${language.en} is empty.`, ar: `${what.ar} ${language.ar} فارغ.` };
}

const notBlank = "\\S";
const patternWords: Readonly<Record<string, Bilingual>> = {
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

/** A question of applications that rules ask for and that no type asks any more. */
function unasked(fact: unknown): Bilingual | null {
  const gone = typeof fact === "string" ? goneField(fact) : null;
  if (gone === null) return null;
  return {
    en: `${gone.en}: choose something else here, or take it out.`,
    ar: `${gone.ar}: اختر غيره هنا أو احذفه.`,
  };
}

type Sentence = (error: ErrorObject, params: Params, names: FaultNames) => Bilingual;

const valueNames =
  ({ instancePath }: ErrorObject, names: FaultNames): NameOf =>
  (value) =>
    names.value(instancePath, value);
const memberNames =
  ({ instancePath }: ErrorObject, names: FaultNames): NameOf =>
  (name) =>
    names.member(instancePath, String(name));
const lastOf = ({ instancePath }: ErrorObject): string => instancePath.split("/").at(-1) ?? "";

const sentences: Readonly<Record<string, Sentence>> = {
  enum: (error, _, names) =>
    (lastOf(error) === "fact" ? unasked(error.data) : null) ??
    notAllowed(error.data, error.schema as readonly unknown[], valueNames(error, names)),
  "false schema": (error) => ({
    en: `${shown(error.data)} is not allowed here: the set-up has no such records yet.`,
    ar: `القيمة ${shown(error.data)} غير مسموحة هنا: لا توجد سجلات من هذا النوع في الإعدادات بعد.`,
  }),
  const: (error, _, names) => notAllowed(error.data, [error.schema], valueNames(error, names)),
  type: (error, _, names) =>
    typeFault(error.data, error.schema as string | readonly string[], valueNames(error, names)),
  required: (error, { missingProperty }, names) => {
    if (isBareRoot(error))
      return {
        en: `The conditions must begin with "all", "any" or "not"; ${shown(error.data)} does not.`,
        ar: `يجب أن تبدأ الشروط بـ "all" أو "any" أو "not"، و${shown(error.data)} ليست كذلك.`,
      };
    const it = calledBy(missingProperty, memberNames(error, names));
    return { en: `${it.en} is missing.`, ar: `${it.ar}: ناقص.` };
  },
  additionalProperties: (error, { additionalProperty }, names) => {
    const gone = lastOf(error) === "facts" ? unasked(additionalProperty) : null;
    if (gone !== null) return gone;
    const hint = notAllowed(additionalProperty, namesOf(error), memberNames(error, names));
    return { en: `The name ${hint.en}`, ar: `الاسم غير معروف. ${hint.ar}` };
  },
  minItems: (error) => emptyLists[lastOf(error)] ?? emptyList,
  maxItems: (_, { limit }) => ({ en: `There are more than ${limit} entries.`, ar: `العناصر أكثر من ${limit}.` }),
  uniqueItems: (error, { i, j }, names) => {
    const twice = calledBy((error.data as readonly unknown[])[Number(i ?? j)], valueNames(error, names));
    return { en: `${twice.en} stands in the list twice.`, ar: `القيمة ${twice.ar} مكررة في القائمة.` };
  },
  minProperties: () => ({
    en: "The outcome is empty: a rule must decide something.",
    ar: "النتيجة فارغة: يجب أن تقرر القاعدة شيئًا.",
  }),
  minLength: ({ instancePath }) => emptyText(instancePath),
  maxLength: ({ propertyName }, { limit }) =>
    propertyName === undefined
      ? { en: `The text is longer than ${limit} letters.`, ar: `النص أطول من ${limit} حرفًا.` }
      : {
          en: `The name ${shown(propertyName)} is longer than ${limit} letters.`,
          ar: `الاسم ${shown(propertyName)} أطول من ${limit} حرفًا.`,
        },
  pattern: (error) => {
    if (error.schema === notBlank) return emptyText(error.instancePath);
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

function sentenceOf(error: ErrorObject, names: FaultNames): Bilingual {
  const params = error.params as Params;
  const comparison = comparisons[String(params.comparison)];
  if (comparison !== undefined) {
    return {
      en: `${shown(error.data)} must be ${comparison.en} ${params.limit}.`,
      ar: `يجب أن تكون القيمة ${shown(error.data)} ${comparison.ar} ${params.limit}.`,
    };
  }
  return (
    sentences[error.keyword]?.(error, params, names) ?? {
      en: `${error.message ?? "is not valid"}.`,
      ar: "القيمة غير صالحة.",
    }
  );
}

/** Enough to mend before the next check; each is told in words that take their time to find. */
export const maxFaults = 200;

export const andMore: SchemaFault = {
  path: "",
  reason: {
    en: `There are more faults than these ${maxFaults}; mend these first.`,
    ar: `توجد أخطاء أكثر من هذه البالغ عددها ${maxFaults}؛ صحّح هذه أولًا.`,
  },
};

/**
 * What another error of the same place says as well: `if` that its branch said something, `propertyNames` that a name did,
 * the type of a value that is none of those allowed, a text without a letter that it has no word.
 */
const isRepeated = ({ keyword, parentSchema, data }: ErrorObject) =>
  keyword === "if" ||
  keyword === "propertyNames" ||
  (keyword === "type" && parentSchema?.enum !== undefined) ||
  (keyword === "pattern" && data === "" && parentSchema?.minLength !== undefined);

/** Faults in the order of their place, one a place and kind, in the words of `names`. Needs errors made with `verbose`. */
export function schemaFaults(errors: readonly ErrorObject[], names: FaultNames = noNames): SchemaFault[] {
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
    if (faults.size >= maxFaults) return [...faults.values(), andMore];
    faults.set(key, { path, reason: sentenceOf(error, names) });
  }
  return [...faults.values()];
}
