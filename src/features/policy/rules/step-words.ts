/** A step of the ladder in words: what it is, when it is taken, who hears. */

import type { Budget } from "../../../engine/calendar/budget.js";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import { isRecord } from "../../../engine/is-record.js";
import { filled, msg, pattern } from "../../../engine/text/msg.js";
import { type Bilingual, listed } from "../../../engine/text/text.js";
import { budgetWords } from "./budget-words.js";
import type { Json } from "./rule-model.js";

const superior = (level: number): string => `entity.superior(${level})`;

/** Level 0 warns. Whom a case goes up to hears of it; whom it no longer goes up to does not. */
export function stepOfLevel(params: Json, level: number): Json {
  const before = params.kind === "escalation" ? [superior(Number(params.level))] : [];
  const told: readonly unknown[] = Array.isArray(params.tell) ? params.tell : [];
  const others = told.filter((one) => ![...before, superior(level)].includes(String(one)));
  return {
    ...params,
    kind: level === 0 ? "warning" : "escalation",
    level,
    tell: level === 0 ? others : [superior(level), ...others],
  };
}

export const clockWords: Readonly<Record<string, Bilingual>> = {
  acknowledgement: msg("policy-rules.stepWords.clockWordsAcknowledgement"),
  firstResponse: msg("policy-rules.stepWords.clockWordsFirstResponse"),
  resolution: msg("policy-rules.stepWords.clockWordsResolution"),
};

const words = {
  due: msg("policy-rules.stepWords.due"),
  warning: msg("policy-rules.stepWords.warning"),
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
  if ("idle" in when) return msg("policy-rules.stepWords.idle", { time: budget(when.idle) });
  if ("after" in when) return msg("policy-rules.stepWords.after", { time: budget(when.after) });
  return when.percent === 100 ? words.due : msg("policy-rules.stepWords.percent", { n: String(when.percent) });
}

function momentOfClock(when: unknown): Bilingual {
  if (!isRecord(when) || "idle" in when) return momentWords(when);
  const clock = clockWords[String(when.clock)] ?? { en: String(when.clock), ar: String(when.clock) };
  return msg("policy-rules.stepWords.of", { clock, moment: momentWords(when) });
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
  return ["assignee", "entity.focalPoints", ...levels, "sector.mainFocalPoint", "operationRoom", "requester"];
}

export function kindWords(params: Readonly<Record<string, unknown>>): Bilingual {
  return params.kind === "warning" ? words.warning : msg("policy-rules.stepWords.level", { n: String(params.level) });
}

export function stepWords(params: Readonly<Record<string, unknown>>, vocabulary: PolicyVocabulary): Bilingual {
  const told = (Array.isArray(params.tell) ? params.tell : []).map((one) => receiverWords(String(one), vocabulary));
  const who = listed(told);
  const said = msg("policy-rules.stepWords.told", { step: kindWords(params), when: momentOfClock(params.when), who });
  const letter = vocabulary.stepLetters.find(({ code }) => code === params.template);
  const code = String(params.template);
  const by = params.template === undefined ? null : msg("policy-rules.stepWords.by", { name: letter?.name ?? code });
  const more = [
    by,
    params.mandatory === true ? msg("policy-rules.stepWords.mandatory") : null,
    params.raiseImportance === true ? msg("policy-rules.stepWords.raises") : null,
  ].filter((one) => one !== null);
  return listed([said, ...more], "");
}
