/** A step of the ladder in words: what it is, when it is taken, who hears. */

import type { Budget } from "../../../engine/calendar/budget.js";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import { filled, msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { listed } from "../../../engine/text/text.js";
import { budgetWords } from "./budget-words.js";
import { isRecord } from "./condition-query.js";

export const clockWords: Readonly<Record<string, Bilingual>> = {
  acknowledgement: msg("policy-rules.stepWords.clockWordsAcknowledgement"),
  firstResponse: msg("policy-rules.stepWords.clockWordsFirstResponse"),
  resolution: msg("policy-rules.stepWords.clockWordsResolution"),
};

const words = {
  percent: pattern("policy-rules.stepWords.percent"),
  due: msg("policy-rules.stepWords.due"),
  after: pattern("policy-rules.stepWords.after"),
  idle: pattern("policy-rules.stepWords.idle"),
  of: pattern("policy-rules.stepWords.of"),
  warning: msg("policy-rules.stepWords.warning"),
  level: pattern("policy-rules.stepWords.level"),
  told: pattern("policy-rules.stepWords.told"),
  by: pattern("policy-rules.stepWords.by"),
  raises: msg("policy-rules.stepWords.raises"),
  mandatory: msg("policy-rules.stepWords.mandatory"),
  levelAbove: pattern("policy-rules.stepWords.levelAbove"),
  unknownLevel: pattern("policy-rules.stepWords.unknownLevel"),
};

const receivers: Readonly<Record<string, Bilingual>> = {
  "entity.focalPoints": msg("policy-rules.stepWords.receiversEntityFocalPoints"),
  "sector.mainFocalPoint": msg("policy-rules.stepWords.receiversSectorMainFocalPoint"),
  operationRoom: msg("policy-rules.stepWords.receiversOperationRoom"),
  assignee: msg("policy-rules.stepWords.receiversAssignee"),
};

const budget = (value: unknown): Bilingual => budgetWords(isRecord(value) ? (value as unknown as Budget) : null);

/** When a step is taken, where it is plain of which target. */
export function momentWords(when: unknown): Bilingual {
  if (!isRecord(when)) return { en: "—", ar: "—" };
  if ("idle" in when) return filled(words.idle, { time: budget(when.idle) });
  if ("after" in when) return filled(words.after, { time: budget(when.after) });
  return when.percent === 100 ? words.due : filled(words.percent, { n: String(when.percent) });
}

function momentOfClock(when: unknown): Bilingual {
  if (!isRecord(when) || "idle" in when) return momentWords(when);
  const clock = clockWords[String(when.clock)] ?? { en: String(when.clock), ar: String(when.clock) };
  return filled(words.of, { clock, moment: momentWords(when) });
}

export function receiverWords(reference: string, vocabulary: PolicyVocabulary): Bilingual {
  const level = /^entity\.superior\((\d+)\)$/.exec(reference)?.[1];
  if (level === undefined) return receivers[reference] ?? { en: reference, ar: reference };
  const role = vocabulary.ladder.find((step) => String(step.level) === level)?.name;
  return role === undefined ? filled(words.unknownLevel, { n: level }) : filled(words.levelAbove, { n: level, role });
}

/** Who can be told, from the nearest. */
export function receiversOf(vocabulary: PolicyVocabulary): readonly string[] {
  const levels = vocabulary.ladder.map(({ level }) => `entity.superior(${level})`);
  return ["assignee", "entity.focalPoints", ...levels, "sector.mainFocalPoint", "operationRoom"];
}

export function kindWords(params: Readonly<Record<string, unknown>>): Bilingual {
  return params.kind === "warning" ? words.warning : filled(words.level, { n: String(params.level) });
}

export function stepWords(params: Readonly<Record<string, unknown>>, vocabulary: PolicyVocabulary): Bilingual {
  const told = (Array.isArray(params.tell) ? params.tell : []).map((one) => receiverWords(String(one), vocabulary));
  const who = listed(told);
  const said = filled(words.told, { step: kindWords(params), when: momentOfClock(params.when), who });
  const letter = vocabulary.stepLetters.find(({ code }) => code === params.template);
  const code = String(params.template);
  const by = params.template === undefined ? null : filled(words.by, { name: letter?.name ?? code });
  const more = [
    by,
    params.mandatory === true ? words.mandatory : null,
    params.raiseImportance === true ? words.raises : null,
  ].filter((one) => one !== null);
  return listed([said, ...more], "");
}
