/** The fields that come along when an effect is chosen: what it needs, named as the shipped workflows name it. */

import type { Bilingual } from "../text/text.js";
import { type EffectName, effectTitles } from "./effects.js";
import type { FieldType } from "./workflow-definition.js";

interface Proposed {
  readonly code: string;
  readonly name: Bilingual;
  readonly type: FieldType;
  readonly required: boolean;
  readonly maxLength?: number;
}

const text = (code: string, en: string, ar: string, maxLength: number): Proposed => ({
  code,
  name: { ar, en },
  type: "text",
  required: true,
  maxLength,
});
const of = (code: string, type: FieldType, en: string, ar: string, required = true): Proposed => ({
  code,
  name: { ar, en },
  type,
  required,
});

const entity = of("entity", "entity", "Entity", "الجهة");

const proposals: Readonly<Record<EffectName, readonly Proposed[]>> = {
  take: [],
  respond: [],
  appeal: [],
  reopen: [],
  withdraw: [],
  remind: [],

  assign: [entity],
  transfer: [entity, text("reason", "Reason", "السبب", 2000)],
  reclassify: [
    of("pillar", "pillar", "Pillar", "المحور", false),
    of("importance", "importance", "Importance level", "مستوى الأهمية", false),
  ],
  ask: [text("question", "Question", "السؤال", 4000)],
  reply: [text("reply", "Reply", "الرد", 5000)],
  answer: [text("answer", "Answer", "الرد", 10_000)],
  return: [text("reason", "What the answer lacks", "ما ينقص الرد", 4000)],
  rate: [of("rating", "rating", "Rating (1–5)", "التقييم (1–5)")],
  reject: [of("closingReason", "closingReason", "Reason", "السبب")],
  link: [of("duplicateOf", "reference", "Reference of the first case", "رقم المعاملة الأولى")],
  note: [text("note", "Note", "الملاحظة", 5000)],
  mention: [of("mentions", "colleagues", "Colleagues to tell", "زملاء يُبلَّغون", false)],
  give: [of("colleague", "colleague", "Colleague", "الزميل")],
  split: [
    text("subject", "Subject of the second matter", "موضوع الطلب الثاني", 200),
    text("description", "What the applicant wrote about it", "ما يتعلق به مما كتبه مقدم الطلب", 5000),
    text("reason", "Reason", "السبب", 2000),
  ],
  merge: [of("others", "references", "References of the duplicates", "أرقام المعاملات المكررة")],
};

/** What the field of a code is called where an effect needs it, the first that does; null: none does. */
export function effectFieldName(code: string): Bilingual | null {
  const all = Object.values(proposals).flat();
  return all.find((proposed) => proposed.code === code)?.name ?? null;
}

/** In the order in which effects are carried out: what adds to another stands behind it. */
const order = Object.keys(effectTitles);

/** The effects with one more, in its place, or without it. */
export function withEffectSet(chosen: readonly string[], effect: string, on: boolean): readonly string[] {
  if (!on) return chosen.filter((one) => one !== effect);
  const at = chosen.findIndex((one) => order.indexOf(one) > order.indexOf(effect));
  return at === -1 ? [...chosen, effect] : [...chosen.slice(0, at), effect, ...chosen.slice(at)];
}

/** The fields with those that an effect needs; what is there already stays as it is. */
export function withFieldsOf(
  effect: string,
  fields: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const missing = (proposals[effect as EffectName] ?? []).filter(({ code }) => !Object.hasOwn(fields, code));
  return Object.fromEntries([
    ...Object.entries(fields),
    ...missing.map(({ code, ...field }): [string, unknown] => [code, field]),
  ]);
}
