/** What a rule decides, in words: "to the entity that the applicant named", "importance: High". */

import type { Budget } from "../../../engine/calendar/budget.js";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import { isRecord } from "../../../engine/is-record.js";
import type { RuleSetName } from "../../../engine/rules/rule-set.js";
import { filled, msg, pattern } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage, listed, perLanguage, semicolon } from "../../../engine/text/text.js";
import { budgetWords } from "./budget-words.js";
import { factNamed, valueWords } from "./condition-words.js";
import { stepWords } from "./step-words.js";

export const routeWords = {
  entity: msg("policy-rules.outcomeWords.routeWordsEntity"),
  "service.entity": msg("policy-rules.outcomeWords.routeWordsServiceEntity"),
  "sector.mainFocalPoint": msg("policy-rules.outcomeWords.routeWordsSectorMainFocalPoint"),
};

const words = {
  confidential: msg("policy-rules.outcomeWords.confidential"),
  notConfidential: msg("policy-rules.outcomeWords.notConfidential"),
  review: pattern("policy-rules.outcomeWords.review"),
  noReview: pattern("policy-rules.outcomeWords.noReview"),
};

const same = (text: unknown): Bilingual => ({ en: String(text ?? "…"), ar: String(text ?? "…") });
const joined = (parts: readonly Bilingual[]): Bilingual =>
  parts.length === 0 ? msg("policy-rules.outcomeWords.nothing") : listed(parts, semicolon);

type Say = (params: Readonly<Record<string, unknown>>, vocabulary: PolicyVocabulary) => Bilingual;

const routing: Say = ({ to }, vocabulary) => {
  if (typeof to !== "string" || to === "") return msg("policy-rules.outcomeWords.nowhere");
  if (to in routeWords) return routeWords[to as keyof typeof routeWords];
  const code = to.replace(/^entity:/, "");
  return msg("policy-rules.outcomeWords.to", { entity: valueWords(factNamed(vocabulary, "entity"), code) });
};

const classification: Say = (params, vocabulary) => {
  const parts = (["pillar", "importance"] as const).flatMap((name): Bilingual[] => {
    if (!(name in params)) return [];
    const fact = factNamed(vocabulary, name);
    const value = valueWords(fact, params[name]);
    const label = fact?.label ?? same(name);
    return [perLanguage((language) => `${inLanguage(label, language)}: ${inLanguage(value, language)}`)];
  });
  if (!("confidential" in params)) return joined(parts);
  return joined([...parts, params.confidential === true ? words.confidential : words.notConfidential]);
};

const budget = (value: unknown): Bilingual => budgetWords(isRecord(value) ? (value as unknown as Budget) : null);

const table: Readonly<Record<RuleSetName, Say>> = {
  routing,
  classification,
  quality: ({ review, reason }) =>
    filled(review === true ? words.review : words.noReview, { reason: same(reason === "" ? undefined : reason) }),
  sla: ({ firstResponse, resolution }) =>
    joined([
      msg("policy-rules.outcomeWords.resolution", { time: budget(resolution) }),
      ...(firstResponse === null ? [] : [msg("policy-rules.outcomeWords.first", { time: budget(firstResponse) })]),
    ]),
  escalation: stepWords,
};

export function outcomeWords(set: RuleSetName, params: unknown, vocabulary: PolicyVocabulary): Bilingual {
  return isRecord(params) && set in table ? table[set](params, vocabulary) : same(JSON.stringify(params));
}
