/** Conditions and values in words, from the vocabulary of the page: "Sector is Health or Education". */
import type { PolicyVocabulary, VocabularyFact } from "../../../engine/explain/policy-vocabulary.js";
import { goneField } from "../../../engine/rules/gone-field.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { isGroup, isRecord, type QueryLeaf, type QueryPart, queryOf, unshown } from "./condition-query.js";
import { dateOfNumber } from "./date-fact.js";

const operatorWords: Readonly<Record<string, Bilingual>> = {
  equal: { en: "is", ar: "هو" },
  notEqual: { en: "is not", ar: "ليس" },
  in: { en: "is one of", ar: "واحد من" },
  notIn: { en: "is none of", ar: "ليس أيًا من" },
  lessThan: { en: "is less than", ar: "أقل من" },
  lessThanInclusive: { en: "is at most", ar: "لا يزيد على" },
  greaterThan: { en: "is more than", ar: "أكثر من" },
  greaterThanInclusive: { en: "is at least", ar: "لا يقل عن" },
  contains: { en: "contain", ar: "تتضمن" },
  doesNotContain: { en: "do not contain", ar: "لا تتضمن" },
  unknown: { en: "is not known", ar: "غير معروف" },
  known: { en: "is known", ar: "معروف" },
};

/** Of facts that are dates. */
const dateOperatorWords: Readonly<Record<string, Bilingual>> = {
  lessThan: { en: "is before", ar: "قبل" },
  lessThanInclusive: { en: "is not after", ar: "لا يتأخر عن" },
  greaterThan: { en: "is after", ar: "بعد" },
  greaterThanInclusive: { en: "is not before", ar: "لا يسبق" },
};

/** A comparison as it is said of this fact; undefined: it has no words. */
export const operatorWordsOf = (fact: VocabularyFact | undefined, operator: string): Bilingual | undefined =>
  (fact?.isDate ? dateOperatorWords[operator] : undefined) ?? operatorWords[operator];

const words = {
  unknown: { en: "not known", ar: "غير معروف" },
  yes: { en: "yes", ar: "نعم" },
  no: { en: "no", ar: "لا" },
  nothing: { en: "…", ar: "…" },
} as const satisfies Record<string, Bilingual>;

export const factNamed = (vocabulary: PolicyVocabulary, name: string): VocabularyFact | undefined =>
  vocabulary.facts.find((fact) => fact.name === name);

/** What a fact is called; one that is gone by what is left of it. */
export const factLabel = (vocabulary: PolicyVocabulary, name: string): Bilingual =>
  factNamed(vocabulary, name)?.label ?? goneField(name) ?? { en: name, ar: name };

const dateIn = (locale: string, date: string): string =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString(locale, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });

/** One value of a fact as the set-up names it. */
export function valueWords(fact: VocabularyFact | undefined, value: unknown): Bilingual {
  if (value === null || value === undefined) return words.unknown;
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (value === "") return words.nothing;
  const date = fact?.isDate ? dateOfNumber(value) : null;
  if (date !== null) return { en: dateIn("en-GB", date), ar: dateIn("ar-JO-u-nu-latn", date) };
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return fact?.values?.find(({ code }) => code === value)?.name ?? { en: text, ar: text };
}

const joined = (parts: readonly Bilingual[], en: string, ar: string): Bilingual => ({
  en: parts.map((part) => part.en).join(en),
  ar: parts.map((part) => part.ar).join(ar),
});

/** What a comparison says behind the name of its fact. */
const comparedWords: Readonly<Record<string, Bilingual>> = {
  equal: { en: " is {value}", ar: ": {value}" },
  in: { en: " is {value}", ar: ": {value}" },
  notEqual: { en: " is not {value}", ar: ": ما عدا {value}" },
  notIn: { en: " is not {value}", ar: ": ما عدا {value}" },
  lessThan: { en: " is less than {value}", ar: ": أقل من {value}" },
  lessThanInclusive: { en: " is at most {value}", ar: ": لا يزيد على {value}" },
  greaterThan: { en: " is more than {value}", ar: ": أكثر من {value}" },
  greaterThanInclusive: { en: " is at least {value}", ar: ": لا يقل عن {value}" },
  contains: { en: ": {value}", ar: ": {value}" },
  doesNotContain: { en: ": not {value}", ar: ": دون {value}" },
  unknown: { en: " is not known", ar: ": غير معروف" },
  known: { en: " is known", ar: ": معروف" },
};
const inText: Readonly<Record<string, Bilingual>> = {
  contains: { en: "the text has a word of “{value}”", ar: "في النص كلمة من «{value}»" },
  doesNotContain: { en: "the text has no word of “{value}”", ar: "ليس في النص كلمة من «{value}»" },
};

const fill = (pattern: Bilingual, value: Bilingual): Bilingual => ({
  en: pattern.en.replace("{value}", () => value.en),
  ar: pattern.ar.replace("{value}", () => value.ar),
});

function leafWords({ field, operator, value }: QueryLeaf, vocabulary: PolicyVocabulary): Bilingual {
  if (field === unshown) return { en: JSON.stringify(value), ar: JSON.stringify(value) };
  const fact = factNamed(vocabulary, field);
  const values = Array.isArray(value)
    ? joined(
        value.map((one) => valueWords(fact, one)),
        " or ",
        " أو ",
      )
    : valueWords(fact, value);
  const said = Array.isArray(value) && value.length === 0 ? words.nothing : values;
  const text = field === "keywords" ? inText[operator] : undefined;
  if (text !== undefined) return fill(text, said);
  const label = factLabel(vocabulary, field);
  if (typeof value === "boolean" && operator === "equal")
    return { en: `${label.en}: ${said.en}`, ar: `${label.ar}: ${said.ar}` };
  const ofDate = fact?.isDate ? dateOperatorWords[operator] : undefined;
  if (ofDate !== undefined)
    return { en: `${label.en} ${ofDate.en} ${said.en}`, ar: `${label.ar}: ${ofDate.ar} ${said.ar}` };
  const compared = fill(comparedWords[operator] ?? { en: ` ${operator} {value}`, ar: ` ${operator} {value}` }, said);
  return { en: label.en + compared.en, ar: label.ar + compared.ar };
}

function partWords(part: QueryPart, vocabulary: PolicyVocabulary, top: boolean): Bilingual {
  if (!isGroup(part)) return leafWords(part, vocabulary);
  const members = part.rules.map((member) => partWords(member, vocabulary, false));
  const text =
    part.combinator === "any"
      ? joined(members, " or ", " أو ")
      : top && part.not !== true
        ? joined(members, "; ", "؛ ")
        : joined(members, " and ", " و");
  if (part.not === true) return { en: `not (${text.en})`, ar: `ليس (${text.ar})` };
  return top || members.length < 2 ? text : { en: `(${text.en})`, ar: `(${text.ar})` };
}

/** What conditions ask for; JSON where they have a form that has no words. */
export function conditionWords(conditions: unknown, vocabulary: PolicyVocabulary): Bilingual {
  const query = queryOf(conditions);
  if (query !== null) return partWords(query, vocabulary, true);
  const text = JSON.stringify(conditions) ?? "";
  const cut = text.length > 200 ? `${text.slice(0, 199)}…` : text;
  return { en: cut, ar: cut };
}

/** Facts of an example in words: "Application type: Complaint, Importance level: High". */
export function factsWords(facts: unknown, vocabulary: PolicyVocabulary): Bilingual {
  if (!isRecord(facts)) return words.nothing;
  const said = Object.entries(facts).map(([name, value]): Bilingual => {
    const fact = factNamed(vocabulary, name);
    const label = factLabel(vocabulary, name);
    const values = Array.isArray(value)
      ? joined(
          value.map((one) => valueWords(fact, one)),
          ", ",
          "، ",
        )
      : valueWords(fact, value);
    return { en: `${label.en}: ${values.en}`, ar: `${label.ar}: ${values.ar}` };
  });
  return said.length === 0 ? words.nothing : joined(said, ", ", "، ");
}
