/** A step of the ladder in words: what it is, when it is taken, who hears. */

import type { Budget } from "../../../engine/calendar/budget.js";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { budgetWords } from "./budget-words.js";
import { isRecord } from "./condition-query.js";

export const clockWords: Readonly<Record<string, Bilingual>> = {
  acknowledgement: { en: "Acknowledgement", ar: "إشعار الاستلام" },
  firstResponse: { en: "First response", ar: "أول رد" },
  resolution: { en: "Resolution", ar: "الحل" },
};

const words = {
  percent: { en: "At {n}% of the time", ar: "عند {n}% من المدة" },
  due: { en: "When it is due", ar: "عند حلول الموعد" },
  after: { en: "Late by {time}", ar: "بعد الموعد بـ{time}" },
  idle: { en: "Nothing done for {time}", ar: "بعد {time} دون أي إجراء" },
  of: { en: "{clock}: {moment}", ar: "{clock}: {moment}" },
  warning: { en: "Warning", ar: "إشعار" },
  level: { en: "Escalation to level {n}", ar: "تصعيد إلى المستوى {n}" },
  told: { en: "{step}, {when}; told: {who}", ar: "{step}، {when}؛ يُبلَّغ: {who}" },
  by: { en: "; by the letter “{name}”", ar: "، برسالة «{name}»" },
  raises: { en: "; the importance goes up", ar: "، ويرتفع مستوى الأهمية" },
  levelAbove: { en: "Level {n} above the entity ({role})", ar: "المستوى {n} فوق الجهة ({role})" },
  unknownLevel: { en: "Level {n} above the entity", ar: "المستوى {n} فوق الجهة" },
} as const satisfies Record<string, Bilingual>;

const receivers: Readonly<Record<string, Bilingual>> = {
  "entity.focalPoints": { en: "The entity's focal points", ar: "ضباط ارتباط الجهة" },
  "sector.mainFocalPoint": { en: "The main focal point of the sector", ar: "ضابط الارتباط الرئيسي للقطاع" },
  operationRoom: { en: "The operation room", ar: "غرفة العمليات" },
  assignee: { en: "Who took the case on", ar: "المكلَّف بالمعاملة" },
};

type Values = Readonly<Record<string, Bilingual | string>>;
function filled(pattern: Bilingual, values: Values): Bilingual {
  const one = (language: "en" | "ar") =>
    pattern[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === "string" ? value : value[language];
    });
  return { en: one("en"), ar: one("ar") };
}

/** After a preposition an Arabic dual ends otherwise: two days are يومان, after two days is بعد يومين. */
const afterPreposition = ({ en, ar }: Bilingual): Bilingual => ({
  en,
  ar: ar.replace(/(ساعت|دقيقت|يوم)ان(?=\s|$)/g, "$1ين").replace("يوما عمل", "يومي عمل"),
});

const budget = (value: unknown): Bilingual =>
  afterPreposition(budgetWords(isRecord(value) ? (value as unknown as Budget) : null));

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
  const who = { en: told.map(({ en }) => en).join(", "), ar: told.map(({ ar }) => ar).join("، ") };
  const said = filled(words.told, { step: kindWords(params), when: momentOfClock(params.when), who });
  const letter = vocabulary.stepLetters.find(({ code }) => code === params.template);
  const code = String(params.template);
  const by = params.template === undefined ? null : filled(words.by, { name: letter?.name ?? code });
  const more = [by, params.raiseImportance === true ? words.raises : null].filter((one) => one !== null);
  return { en: said.en + more.map(({ en }) => en).join(""), ar: said.ar + more.map(({ ar }) => ar).join("") };
}
