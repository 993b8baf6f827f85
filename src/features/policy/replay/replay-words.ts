/** What a replay found, in words: what was decided, what followed, from what to what. */

import type { Budget } from "../../../engine/calendar/budget.js";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { budgetWords } from "../rules/budget-words.js";
import { isRecord } from "../rules/condition-query.js";
import { factNamed, valueWords } from "../rules/condition-words.js";
import { clockWords, receiverWords } from "../rules/step-words.js";

interface Change {
  readonly facet: string;
  readonly from: unknown;
  readonly to: unknown;
}

const words = {
  triage: { en: "Waits to be placed", ar: "بانتظار التوجيه" },
  review: { en: "Quality review", ar: "مراجعة الجودة" },
  reviewed: { en: "reviewed", ar: "تُراجع" },
  notReviewed: { en: "not reviewed", ar: "لا تُراجع" },
  warning: { en: "Warning", ar: "إشعار" },
  level: { en: "Escalation to level {n}", ar: "تصعيد إلى المستوى {n}" },
  whoHears: { en: "Who hears: {step}", ar: "من يُبلَّغ: {step}" },
  onTime: { en: "{clock}: on time?", ar: "{clock}: في الموعد؟" },
  due: { en: "{clock}: deadline", ar: "{clock}: الموعد" },
  others: { en: "Other changes", ar: "تغييرات أخرى" },
  nobody: { en: "nobody", ar: "لا أحد" },
} as const satisfies Record<string, Bilingual>;

const states: Readonly<Record<string, Bilingual>> = {
  none: { en: "not counted", ar: "لا تُحتسب" },
  open: { en: "not due yet", ar: "لم يحن موعدها" },
  kept: { en: "on time", ar: "في الموعد" },
  missed: { en: "late", ar: "متأخرة" },
  told: { en: "goes out", ar: "يُرسل" },
  silent: { en: "does not go out", ar: "لا يُرسل" },
  earlier: { en: "earlier", ar: "أبكر" },
  later: { en: "later", ar: "أكثر تأخرًا" },
  ended: { en: "as it was", ar: "كما كان" },
};
/** Of deadlines: what is open still runs. */
const deadlines: Readonly<Record<string, Bilingual>> = {
  open: { en: "still running", ar: "ما زالت جارية" },
  ended: { en: "ended", ar: "منتهية" },
  earlier: { en: "would be due earlier", ar: "يصبح موعدها أبكر" },
  later: { en: "would be due later", ar: "يصبح موعدها متأخرًا" },
};

const same = (text: unknown): Bilingual => ({ en: String(text ?? "—"), ar: String(text ?? "—") });
const filled = (pattern: Bilingual, name: string, value: Bilingual): Bilingual => ({
  en: pattern.en.replace(`{${name}}`, () => value.en),
  ar: pattern.ar.replace(`{${name}}`, () => value.ar),
});
const clockOf = (target: string): Bilingual => clockWords[target] ?? same(target);
const stepOf = (level: string): Bilingual => (level === "0" ? words.warning : filled(words.level, "n", same(level)));

export function facetWords(facet: string, vocabulary: PolicyVocabulary): Bilingual {
  const [kind = "", about = ""] = facet.split(".");
  if (kind === "kept") return filled(words.onTime, "clock", clockOf(about));
  if (kind === "due") return filled(words.due, "clock", clockOf(about));
  if (kind === "level") return stepOf(about);
  if (kind === "told") return filled(words.whoHears, "step", stepOf(about));
  if (kind === "review") return words.review;
  if (kind === "others") return words.others;
  return clockWords[kind] ?? factNamed(vocabulary, kind)?.label ?? same(facet);
}

function sideWords({ facet }: Change, value: unknown, vocabulary: PolicyVocabulary): Bilingual {
  const [kind = ""] = facet.split(".");
  if (kind === "due") return deadlines[String(value)] ?? same(value);
  if (kind === "kept" || kind === "level") return states[String(value)] ?? same(value);
  if (kind === "review") return value === true ? words.reviewed : words.notReviewed;
  if (kind === "others") return same(null);
  if (kind === "told") {
    const told = (Array.isArray(value) ? value : []).map((one) => receiverWords(String(one), vocabulary));
    if (told.length === 0) return words.nobody;
    return { en: told.map(({ en }) => en).join(", "), ar: told.map(({ ar }) => ar).join("، ") };
  }
  if (kind in clockWords) return budgetWords(isRecord(value) ? (value as unknown as Budget) : null);
  if (kind === "entity" && value === null) return words.triage;
  return valueWords(factNamed(vocabulary, kind), value);
}

export const changeWords = (change: Change, vocabulary: PolicyVocabulary): { from: Bilingual; to: Bilingual } => ({
  from: sideWords(change, change.from, vocabulary),
  to: sideWords(change, change.to, vocabulary),
});

/** A code of a dimension; the empty one: none. */
export const groupWords = (dimension: string, code: string, vocabulary: PolicyVocabulary): Bilingual =>
  dimension === "entity" && code === ""
    ? words.triage
    : valueWords(factNamed(vocabulary, dimension), code === "" ? null : code);
