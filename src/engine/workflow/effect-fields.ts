/** The fields that come along when an effect is chosen: what it needs, named as the shipped workflows name it. */

import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { agreedUntil, type EffectName, effectTitles } from "./effects.js";
import type { FieldType } from "./workflow-definition.js";

interface Proposed {
  readonly code: string;
  readonly name: Bilingual;
  readonly type: FieldType;
  readonly required: boolean;
  readonly maxLength?: number;
  readonly minLetters?: number;
}

const text = (code: string, name: Bilingual, maxLength: number): Proposed => ({
  code,
  name,
  type: "text",
  required: true,
  maxLength,
});
const of = (code: string, type: FieldType, name: Bilingual, required = true): Proposed => ({
  code,
  name,
  type,
  required,
});

const entity = of("entity", "entity", msg("proposals.effectFields.entity"));

const proposals: Readonly<Record<EffectName, readonly Proposed[]>> = {
  take: [],
  respond: [],
  appeal: [],
  reopen: [],
  withdraw: [],
  remind: [],

  assign: [entity],
  // The people who get the case read why.
  transfer: [entity, { ...text("reason", msg("proposals.effectFields.reason"), 2000), minLetters: 5 }],
  reclassify: [
    of("pillar", "pillar", msg("proposals.effectFields.pillar"), false),
    of("importance", "importance", msg("proposals.effectFields.importanceLevel"), false),
  ],
  ask: [text("question", msg("proposals.effectFields.question"), 4000)],
  reply: [text("reply", msg("proposals.effectFields.reply"), 5000)],
  answer: [text("answer", msg("proposals.effectFields.answer"), 10_000)],
  return: [text("reason", msg("proposals.effectFields.whatTheAnswerLacks"), 4000)],
  agree: [of(agreedUntil, "date", msg("proposals.effectFields.until"))],
  rate: [of("rating", "rating", msg("proposals.effectFields.rating"))],
  reject: [of("closingReason", "closingReason", msg("proposals.effectFields.reason"))],
  link: [of("duplicateOf", "reference", msg("proposals.effectFields.referenceOfTheFirstCase"))],
  note: [text("note", msg("proposals.effectFields.note"), 5000)],
  mention: [of("mentions", "colleagues", msg("proposals.effectFields.colleaguesToTell"), false)],
  give: [of("colleague", "colleague", msg("proposals.effectFields.colleague"))],
  split: [
    text("subject", msg("proposals.effectFields.subjectOfTheSecondMatter"), 200),
    text("description", msg("proposals.effectFields.whatTheApplicantWroteAbout"), 5000),
    text("reason", msg("proposals.effectFields.reason"), 2000),
  ],
  merge: [of("others", "references", msg("proposals.effectFields.referencesOfTheDuplicates"))],
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
