/** What a rule decides, in words: "to the entity that the applicant named", "importance: High". */

import type { Budget } from "../../../engine/calendar/budget.js";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import type { RuleSetName } from "../../../engine/rules/rule-set.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { budgetWords } from "./budget-words.js";
import { isRecord } from "./condition-query.js";
import { factNamed, valueWords } from "./condition-words.js";
import { stepWords } from "./step-words.js";

export const routeWords = {
  entity: { en: "To the entity that the applicant named", ar: "إلى الجهة التي اختارها مقدم الطلب" },
  "service.entity": { en: "To the entity that delivers the service", ar: "إلى الجهة التي تقدم الخدمة" },
  "sector.mainFocalPoint": {
    en: "To the main focal point of the sector, for triage",
    ar: "إلى ضابط الارتباط الرئيسي للقطاع للفرز",
  },
} as const satisfies Record<string, Bilingual>;

const words = {
  to: { en: "To {entity}", ar: "إلى {entity}" },
  nowhere: { en: "Nowhere yet", ar: "لم تُحدد الوجهة بعد" },
  nothing: { en: "Nothing yet", ar: "لا شيء بعد" },
  confidential: { en: "confidential", ar: "سرّي" },
  notConfidential: { en: "not confidential", ar: "غير سرّي" },
  review: { en: "The answer is reviewed ({reason})", ar: "تُراجع الإجابة ({reason})" },
  noReview: { en: "No review ({reason})", ar: "دون مراجعة ({reason})" },
  resolution: { en: "Resolution: {time}", ar: "الحل: {time}" },
  first: { en: "first response: {time}", ar: "أول رد: {time}" },
} as const satisfies Record<string, Bilingual>;

const filled = (pattern: Bilingual, name: string, value: Bilingual): Bilingual => ({
  en: pattern.en.replace(`{${name}}`, () => value.en),
  ar: pattern.ar.replace(`{${name}}`, () => value.ar),
});
const same = (text: unknown): Bilingual => ({ en: String(text ?? "…"), ar: String(text ?? "…") });
const joined = (parts: readonly Bilingual[]): Bilingual =>
  parts.length === 0
    ? words.nothing
    : { en: parts.map(({ en }) => en).join("; "), ar: parts.map(({ ar }) => ar).join("؛ ") };

type Say = (params: Readonly<Record<string, unknown>>, vocabulary: PolicyVocabulary) => Bilingual;

const routing: Say = ({ to }, vocabulary) => {
  if (typeof to !== "string" || to === "") return words.nowhere;
  if (to in routeWords) return routeWords[to as keyof typeof routeWords];
  const code = to.replace(/^entity:/, "");
  return filled(words.to, "entity", valueWords(factNamed(vocabulary, "entity"), code));
};

const classification: Say = (params, vocabulary) => {
  const parts = (["pillar", "importance"] as const).flatMap((name): Bilingual[] => {
    if (!(name in params)) return [];
    const fact = factNamed(vocabulary, name);
    const value = valueWords(fact, params[name]);
    const label = fact?.label ?? same(name);
    return [{ en: `${label.en}: ${value.en}`, ar: `${label.ar}: ${value.ar}` }];
  });
  if (!("confidential" in params)) return joined(parts);
  return joined([...parts, params.confidential === true ? words.confidential : words.notConfidential]);
};

const budget = (value: unknown): Bilingual => budgetWords(isRecord(value) ? (value as unknown as Budget) : null);

const table: Readonly<Record<RuleSetName, Say>> = {
  routing,
  classification,
  quality: ({ review, reason }) =>
    filled(review === true ? words.review : words.noReview, "reason", same(reason === "" ? undefined : reason)),
  sla: ({ firstResponse, resolution }) =>
    joined([
      filled(words.resolution, "time", budget(resolution)),
      ...(firstResponse === null ? [] : [filled(words.first, "time", budget(firstResponse))]),
    ]),
  escalation: stepWords,
};

export function outcomeWords(set: RuleSetName, params: unknown, vocabulary: PolicyVocabulary): Bilingual {
  return isRecord(params) && set in table ? table[set](params, vocabulary) : same(JSON.stringify(params));
}
