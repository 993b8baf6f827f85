/** What the parts and values of a definition are called: findings say these, and the code beside them for those who write the text. */
import { codeName } from "../explain/words.js";
import type { Setup } from "../setup/setup.js";
import { ownTable } from "../text/inherited-names.js";
import type { Bilingual } from "../text/text.js";
import { factCatalogue } from "./fact-catalogue.js";

/** Names for people, by the place (a JSON pointer) of what a finding is about; null: there is none. */
export interface FaultNames {
  /** Of a value at that place, or one that might stand there. */
  value(path: string, value: unknown): Bilingual | null;
  /** Of a member of the object at that place. */
  member(path: string, name: string): Bilingual | null;
}

export const noNames: FaultNames = { value: () => null, member: () => null };

const members: Readonly<Record<string, Bilingual>> = ownTable({
  ar: { en: "text in Arabic", ar: "النص بالعربية" },
  en: { en: "text in English", ar: "النص بالإنجليزية" },
  id: { en: "code", ar: "الرمز" },
  title: { en: "name", ar: "الاسم" },
  name: { en: "name", ar: "الاسم" },
  programme: { en: "programme", ar: "البرنامج" },
  rules: { en: "rules", ar: "القواعد" },
  default: { en: "what holds where no rule does", ar: "القيمة الافتراضية" },
  priority: { en: "priority", ar: "الأولوية" },
  conditions: { en: "when it holds", ar: "متى تنطبق" },
  fact: { en: "what is compared", ar: "ما يُقارن" },
  operator: { en: "comparison", ar: "المقارنة" },
  value: { en: "value", ar: "القيمة" },
  event: { en: "what it decides", ar: "ما تقرره" },
  params: { en: "what it decides", ar: "ما تقرره" },
  examples: { en: "examples", ar: "الأمثلة" },
  facts: { en: "what is known of the example", ar: "المعلوم في المثال" },
  decides: { en: "whether the rule decides it", ar: "هل تقرر القاعدة فيه" },
  acknowledgement: { en: "Acknowledgement", ar: "إشعار الاستلام" },
  firstResponse: { en: "First response", ar: "أول رد" },
  resolution: { en: "Resolution", ar: "الحل" },
  amount: { en: "amount", ar: "المقدار" },
  unit: { en: "unit of time", ar: "وحدة الوقت" },
  level: { en: "level", ar: "المستوى" },
  kind: { en: "kind", ar: "النوع" },
  type: { en: "type", ar: "النوع" },
  tell: { en: "who hears of it", ar: "من يُبلَّغ" },
  clock: { en: "target", ar: "الهدف" },
  percent: { en: "share of the time", ar: "النسبة من المدة" },
  idle: { en: "time without an act", ar: "مدة دون إجراء" },
  review: { en: "quality review", ar: "مراجعة الجودة" },
  reason: { en: "reason", ar: "السبب" },
  pillar: { en: "pillar", ar: "المحور" },
  importance: { en: "importance level", ar: "مستوى الأهمية" },
  confidential: { en: "confidential", ar: "سرّي" },
  states: { en: "states", ar: "الحالات" },
  actions: { en: "actions", ar: "الإجراءات" },
  timers: { en: "timers", ar: "المؤقتات" },
  initial: { en: "state in which cases begin", ar: "حالة البداية" },
  triage: { en: "state in which cases wait to be placed", ar: "حالة الفرز" },
  from: { en: "states in which it is possible", ar: "الحالات التي يكون فيها ممكنًا" },
  by: { en: "who may", ar: "من يقوم به" },
  fields: { en: "fields", ar: "الحقول" },
  effects: { en: "what it does", ar: "أثره" },
  guards: { en: "conditions", ar: "الشروط" },
  otherwise: { en: "what is read where it is refused", ar: "ما يُقرأ عند الرفض" },
  required: { en: "whether it is required", ar: "هل هو مطلوب" },
  choices: { en: "choices", ar: "الخيارات" },
  after: { en: "time", ar: "المدة" },
  action: { en: "action", ar: "الإجراء" },
  state: { en: "state", ar: "الحالة" },
});

const units: Readonly<Record<string, Bilingual>> = ownTable({
  workingHours: { en: "working hours", ar: "ساعات الدوام" },
  workingDays: { en: "working days", ar: "أيام العمل" },
  calendarHours: { en: "hours, nights and days off included", ar: "ساعات بما فيها الليل والعطل" },
});
const stepKinds: Readonly<Record<string, Bilingual>> = ownTable({
  warning: { en: "warning", ar: "إشعار" },
  escalation: { en: "escalation", ar: "تصعيد" },
});

/** Values of a member of outcomes that are codes of the set-up, by the fact that has the same. */
const ofOutcome: ReadonlySet<string> = new Set(["pillar", "importance"]);

const partsOf = (path: string): string[] =>
  path
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

function memberAt(value: unknown, parts: readonly string[]): unknown {
  let found = value;
  for (const part of parts) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[part];
  }
  return found;
}

/** The fact whose value stands at a place: beside a comparison, in an example, or in what is decided. */
function factAt(definition: unknown, parts: readonly string[]): string | null {
  const last = parts.at(-1) ?? "";
  const place = /^\d+$/.test(last) ? parts.slice(0, -1) : parts;
  const name = place.at(-1) ?? "";
  if (place.at(-2) === "facts" || (place.at(-2) === "params" && ofOutcome.has(name))) return name;
  if (place[0] === "default" && ofOutcome.has(name)) return name;
  if (name !== "value") return null;
  const fact = memberAt(definition, [...place.slice(0, -1), "fact"]);
  return typeof fact === "string" ? fact : null;
}

/** @param more names of the definition's own, asked first; by the parts of the place */
export function faultNames(
  definition: unknown,
  setup: Setup,
  more: (parts: readonly string[], code: string) => Bilingual | null = () => null,
): FaultNames {
  const labels = new Map(factCatalogue(setup).map(({ name, label }) => [name, label]));
  return {
    value(path, value) {
      if (typeof value !== "string") return null;
      const parts = partsOf(path);
      const own = more(parts, value);
      if (own !== null) return own;
      const last = parts.at(-1);
      if (last === "fact") return labels.get(value) ?? null;
      if (last === "unit") return units[value] ?? null;
      if (last === "clock") return members[value] ?? null;
      if (last === "kind") return stepKinds[value] ?? null;
      const fact = factAt(definition, parts);
      return fact === null ? null : (codeName(setup, fact, value) ?? null);
    },
    member(path, name) {
      if (partsOf(path).at(-1) === "facts") return labels.get(name) ?? null;
      return members[name] ?? null;
    },
  };
}
