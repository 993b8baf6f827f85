/** What the schema validator found, in sentences: the wrong value, what is allowed, and what was probably meant. */

import type { ErrorObject } from "ajv";
import { ownTable } from "../text/inherited-names.js";
import { msg } from "../text/msg.js";
import { nearest } from "../text/nearest.js";
import { type Bilingual, inLanguage, listed, perLanguage, quoted, together } from "../text/text.js";
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
  if (name === null) return { en: text, ar: text };
  return perLanguage((language) => `${inLanguage(quoted(name), language)} (${value})`);
}

/** `must be one of …`, with the nearest allowed value when one is near. */
export function notAllowed(value: unknown, allowed: readonly unknown[], nameOf: NameOf = () => null): Bilingual {
  if (value === "") return nothingChosen;
  const all = together(allowed.map((one) => calledBy(one, nameOf)));
  if (value === undefined) return msg("rules.schemaFaults.itIsMissingAllowed", { all });
  const near =
    typeof value === "string"
      ? nearest(
          value,
          allowed.filter((a) => typeof a === "string"),
        )
      : null;
  const meant = near === null ? null : calledBy(near, nameOf);
  const hint = meant === null ? { en: "", ar: "" } : msg("rules.schemaFaults.didYouMean", { meant });
  const it = calledBy(value, nameOf);
  return msg("rules.schemaFaults.isNotAllowedHereAllowed", { it, all, hint });
}

const nothingChosen: Bilingual = msg("rules.schemaFaults.nothingChosen");
const emptyGroup: Bilingual = msg("rules.schemaFaults.emptyGroup");
const emptyList: Bilingual = msg("rules.schemaFaults.emptyList");
/** By the name of the list that is empty. */
const emptyLists: Readonly<Record<string, Bilingual>> = ownTable({
  all: emptyGroup,
  any: emptyGroup,
  examples: msg("rules.schemaFaults.examples"),
});

const typeWords: Readonly<Record<string, Bilingual>> = {
  string: msg("rules.schemaFaults.typeWordsString"),
  number: msg("rules.schemaFaults.typeWordsNumber"),
  integer: msg("rules.schemaFaults.typeWordsInteger"),
  boolean: msg("rules.schemaFaults.typeWordsBoolean"),
  array: msg("rules.schemaFaults.typeWordsArray"),
  object: msg("rules.schemaFaults.typeWordsObject"),
  null: { en: "null", ar: "null" },
};

/** What is asked of somebody who has written nothing, by what it has to be. */
const missingWords: Readonly<Record<string, Bilingual>> = {
  string: msg("rules.schemaFaults.missingWordsString"),
  number: msg("rules.schemaFaults.missingWordsNumber"),
  integer: msg("rules.schemaFaults.missingWordsInteger"),
  boolean: msg("rules.schemaFaults.missingWordsBoolean"),
};

function typeFault(value: unknown, expected: string | readonly string[], nameOf: NameOf): Bilingual {
  const types = typeof expected === "string" ? [expected] : expected;
  const asked = value === "" || value === null ? missingWords[types.find((type) => type !== "null") ?? ""] : undefined;
  if (asked !== undefined) return asked;
  const said = listed(
    types.map((type) => typeWords[type] ?? type),
    msg("rules.schemaFaults.orBetween"),
  );
  return msg("rules.schemaFaults.mustBeOfType", { it: calledBy(value, nameOf), said });
}

/** What a text in two languages is, by the member that holds it. */
const textsInTwo: Readonly<Record<string, Bilingual>> = ownTable({
  title: msg("rules.schemaFaults.name"),
  name: msg("rules.schemaFaults.name"),
  otherwise: msg("rules.schemaFaults.otherwise"),
  legalBasis: msg("rules.schemaFaults.legalBasis"),
});
const languageWords: Readonly<Record<string, Bilingual>> = ownTable({
  ar: msg("rules.schemaFaults.ar2"),
  en: msg("rules.schemaFaults.en"),
});

/** Of a text in one of two languages which one it is. */
function emptyText(path: string): Bilingual {
  const [holder = "", member = ""] = path.split("/").slice(-2);
  const language = languageWords[member];
  if (language === undefined) return msg("rules.schemaFaults.thisIsEmptyWriteSomething");
  const what = textsInTwo[holder] ?? msg("rules.schemaFaults.what");
  return msg("rules.schemaFaults.theInIsEmpty", { what, value: language });
}

const notBlank = "\\S";
const patternWords: Readonly<Record<string, Bilingual>> = {
  "^[a-z0-9]+(-[a-z0-9]+)*$": msg("rules.schemaFaults.patternWordsAZ09AZ09"),
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
  return msg("rules.schemaFaults.chooseSomethingElseHereOr", { gone });
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
  "false schema": (error) => msg("rules.schemaFaults.isNotAllowedHereThe", { data: shown(error.data) }),
  const: (error, _, names) => notAllowed(error.data, [error.schema], valueNames(error, names)),
  type: (error, _, names) =>
    typeFault(error.data, error.schema as string | readonly string[], valueNames(error, names)),
  required: (error, { missingProperty }, names) => {
    if (isBareRoot(error)) return msg("rules.schemaFaults.theConditionsMustBeginWith", { data: shown(error.data) });
    const it = calledBy(missingProperty, memberNames(error, names));
    return msg("rules.schemaFaults.isMissing", { it });
  },
  additionalProperties: (error, { additionalProperty }, names) => {
    const gone = lastOf(error) === "facts" ? unasked(additionalProperty) : null;
    if (gone !== null) return gone;
    const hint = notAllowed(additionalProperty, namesOf(error), memberNames(error, names));
    return msg("rules.schemaFaults.theName", { hint });
  },
  minItems: (error) => emptyLists[lastOf(error)] ?? emptyList,
  maxItems: (_, { limit }) => msg("rules.schemaFaults.thereAreMoreThanEntries", { limit: String(limit) }),
  uniqueItems: (error, { i, j }, names) => {
    const twice = calledBy((error.data as readonly unknown[])[Number(i ?? j)], valueNames(error, names));
    return msg("rules.schemaFaults.standsInTheListTwice", { twice });
  },
  minProperties: () => msg("rules.schemaFaults.theOutcomeIsEmptyA"),
  minLength: ({ instancePath }) => emptyText(instancePath),
  maxLength: ({ propertyName }, { limit }) =>
    propertyName === undefined
      ? msg("rules.schemaFaults.theTextIsLongerThan", { limit: String(limit) })
      : msg("rules.schemaFaults.theNameIsLongerThan", { propertyName: shown(propertyName), limit: String(limit) }),
  pattern: (error) => {
    if (error.schema === notBlank) return emptyText(error.instancePath);
    const words = patternWords[String(error.schema)] ?? msg("rules.schemaFaults.hasTheWrongForm");
    return perLanguage((language) => `${shown(error.data)} ${inLanguage(words, language)}`);
  },
};

const comparisons: Readonly<Record<string, Bilingual>> = {
  ">=": msg("rules.schemaFaults.comparisons"),
  "<=": msg("rules.schemaFaults.comparisons2"),
  ">": msg("rules.schemaFaults.comparisons3"),
  "<": msg("rules.schemaFaults.comparisons4"),
};

function sentenceOf(error: ErrorObject, names: FaultNames): Bilingual {
  const params = error.params as Params;
  const comparison = comparisons[String(params.comparison)];
  if (comparison !== undefined) {
    return msg("rules.schemaFaults.mustBe", { data: shown(error.data), comparison, limit: String(params.limit) });
  }
  return (
    sentences[error.keyword]?.(error, params, names) ??
    msg("rules.schemaFaults.text", { message: error.message ?? "is not valid" })
  );
}

/** Enough to correct before the next check; the words of each take their time to find. */
export const maxFaults = 200;

export const andMore: SchemaFault = {
  path: "",
  reason: msg("rules.schemaFaults.andMoreReason", { maxFaults }),
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
