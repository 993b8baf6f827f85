/** Conditions and values in words, from the vocabulary of the page: "Sector is Health or Education". */

import type { PolicyVocabulary, VocabularyFact } from "../../../engine/explain/policy-vocabulary.js";
import { formatDate } from "../../../engine/formatting/moments.js";
import { isRecord } from "../../../engine/is-record.js";
import { goneField } from "../../../engine/rules/gone-field.js";
import { filled, msg, type Pattern, pattern } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage, listed, perLanguage } from "../../../engine/text/text.js";
import { isGroup, type QueryLeaf, type QueryPart, queryOf, unshown } from "./condition-query.js";
import { dateOfNumber } from "./date-fact.js";

const operatorWords: Readonly<Record<string, Bilingual>> = {
  equal: msg("policy-rules.conditionWords.operatorWordsEqual"),
  notEqual: msg("policy-rules.conditionWords.operatorWordsNotEqual"),
  in: msg("policy-rules.conditionWords.operatorWordsIn"),
  notIn: msg("policy-rules.conditionWords.operatorWordsNotIn"),
  lessThan: msg("policy-rules.conditionWords.operatorWordsLessThan"),
  lessThanInclusive: msg("policy-rules.conditionWords.operatorWordsLessThanInclusive"),
  greaterThan: msg("policy-rules.conditionWords.operatorWordsGreaterThan"),
  greaterThanInclusive: msg("policy-rules.conditionWords.operatorWordsGreaterThanInclusive"),
  contains: msg("policy-rules.conditionWords.operatorWordsContains"),
  doesNotContain: msg("policy-rules.conditionWords.operatorWordsDoesNotContain"),
  unknown: msg("policy-rules.conditionWords.operatorWordsUnknown"),
  known: msg("policy-rules.conditionWords.operatorWordsKnown"),
};

/** How dates are compared. */
const dateOperatorWords: Readonly<Record<string, Bilingual>> = {
  lessThan: msg("policy-rules.conditionWords.dateOperatorWordsLessThan"),
  lessThanInclusive: msg("policy-rules.conditionWords.dateOperatorWordsLessThanInclusive"),
  greaterThan: msg("policy-rules.conditionWords.dateOperatorWordsGreaterThan"),
  greaterThanInclusive: msg("policy-rules.conditionWords.dateOperatorWordsGreaterThanInclusive"),
};

/** A comparison as it is said of this fact; undefined: it has no words. */
export const operatorWordsOf = (fact: VocabularyFact | undefined, operator: string): Bilingual | undefined =>
  (fact?.isDate ? dateOperatorWords[operator] : undefined) ?? operatorWords[operator];

const words = {
  no: msg("policy-rules.conditionWords.no"),
  nothing: { en: "…", ar: "…" },
};

export const factNamed = (vocabulary: PolicyVocabulary, name: string): VocabularyFact | undefined =>
  vocabulary.facts.find((fact) => fact.name === name);

/** What a fact is called; one that is gone by what is left of it. */
export const factLabel = (vocabulary: PolicyVocabulary, name: string): Bilingual =>
  factNamed(vocabulary, name)?.label ?? goneField(name) ?? { en: name, ar: name };

/** One value of a fact as the set-up names it. */
export function valueWords(fact: VocabularyFact | undefined, value: unknown): Bilingual {
  if (value === null || value === undefined) return msg("policy-rules.conditionWords.unknown");
  if (typeof value === "boolean") return value ? msg("policy-rules.conditionWords.yes") : words.no;
  if (value === "") return words.nothing;
  const date = fact?.isDate ? dateOfNumber(value) : null;
  if (date !== null) return perLanguage((language) => formatDate(date, language));
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return fact?.values?.find(({ code }) => code === value)?.name ?? { en: text, ar: text };
}

type Compared = Bilingual | Pattern<{ value: Bilingual }>;
const fill = (words: Compared, value: Bilingual): Bilingual => ("key" in words ? filled(words, { value }) : words);

/** What a comparison says behind the name of its fact. */
const comparedWords: Readonly<Record<string, Compared>> = {
  equal: pattern("policy-rules.conditionWords.comparedWordsEqual"),
  in: pattern("policy-rules.conditionWords.comparedWordsEqual"),
  notEqual: pattern("policy-rules.conditionWords.comparedWordsNotEqual"),
  notIn: pattern("policy-rules.conditionWords.comparedWordsNotIn"),
  lessThan: pattern("policy-rules.conditionWords.comparedWordsLessThan"),
  lessThanInclusive: pattern("policy-rules.conditionWords.comparedWordsLessThanInclusive"),
  greaterThan: pattern("policy-rules.conditionWords.comparedWordsGreaterThan"),
  greaterThanInclusive: pattern("policy-rules.conditionWords.comparedWordsGreaterThanInclusive"),
  contains: pattern("policy-rules.conditionWords.comparedWordsContains"),
  doesNotContain: pattern("policy-rules.conditionWords.comparedWordsDoesNotContain"),
  unknown: msg("policy-rules.conditionWords.comparedWordsUnknown"),
  known: msg("policy-rules.conditionWords.comparedWordsKnown"),
};
const inText: Readonly<Record<string, Compared>> = {
  contains: pattern("policy-rules.conditionWords.inTextContains"),
  doesNotContain: pattern("policy-rules.conditionWords.inTextDoesNotContain"),
};

function leafWords({ field, operator, value }: QueryLeaf, vocabulary: PolicyVocabulary): Bilingual {
  if (field === unshown) return { en: JSON.stringify(value), ar: JSON.stringify(value) };
  const fact = factNamed(vocabulary, field);
  const values = Array.isArray(value)
    ? listed(
        value.map((one) => valueWords(fact, one)),
        msg("policy-rules.conditionWords.values"),
      )
    : valueWords(fact, value);
  const said = Array.isArray(value) && value.length === 0 ? words.nothing : values;
  const text = field === "keywords" ? inText[operator] : undefined;
  if (text !== undefined) return fill(text, said);
  const label = factLabel(vocabulary, field);
  if (typeof value === "boolean" && operator === "equal")
    return perLanguage((language) => `${inLanguage(label, language)}: ${inLanguage(said, language)}`);
  const ofDate = fact?.isDate ? dateOperatorWords[operator] : undefined;
  if (ofDate !== undefined) return msg("policy-rules.conditionWords.ofDate", { label, operator: ofDate, value: said });
  const known = comparedWords[operator];
  const compared = known === undefined ? listed(["", operator, said], " ") : fill(known, said);
  return perLanguage((language) => inLanguage(label, language) + inLanguage(compared, language));
}

function partWords(part: QueryPart, vocabulary: PolicyVocabulary, top: boolean): Bilingual {
  if (!isGroup(part)) return leafWords(part, vocabulary);
  const members = part.rules.map((member) => partWords(member, vocabulary, false));
  const text =
    part.combinator === "any"
      ? listed(members, msg("policy-rules.conditionWords.or"))
      : top && part.not !== true
        ? listed(members, msg("policy-rules.conditionWords.text"))
        : listed(members, msg("policy-rules.conditionWords.and"));
  if (part.not === true) return msg("policy-rules.conditionWords.not", { text });
  return top || members.length < 2 ? text : perLanguage((language) => `(${inLanguage(text, language)})`);
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
      ? listed(
          value.map((one) => valueWords(fact, one)),
          msg("policy-rules.conditionWords.values2"),
        )
      : valueWords(fact, value);
    return perLanguage((language) => `${inLanguage(label, language)}: ${inLanguage(values, language)}`);
  });
  return said.length === 0 ? words.nothing : listed(said, msg("policy-rules.conditionWords.text2"));
}
