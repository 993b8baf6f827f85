/** What a check of the record covers, in figures and in words: nobody is to believe more than is proven. */
import type { Bilingual } from "../text/text.js";

/** Held against the record, and not: stored by a release that recorded less. */
export interface Covered {
  checked: number;
  uncovered: number;
}

/** What stands in other tables, by what was held against the record. */
export interface Coverage {
  /** As they were received, with what the applicant's code is known by. */
  readonly applications: Covered;
  /** The row of the case and its clocks. */
  readonly cases: Covered;
  readonly decisions: Covered;
  readonly versions: Covered;
  /** Uncovered: those whose place no event says; the rest of them is checked. */
  readonly seats: Covered;
  readonly accounts: Covered;
}

export const nothingCovered = (): Coverage => ({
  applications: { checked: 0, uncovered: 0 },
  cases: { checked: 0, uncovered: 0 },
  decisions: { checked: 0, uncovered: 0 },
  versions: { checked: 0, uncovered: 0 },
  seats: { checked: 0, uncovered: 0 },
  accounts: { checked: 0, uncovered: 0 },
});

const checkedThings: Readonly<Record<keyof Coverage, Bilingual>> = {
  applications: { en: "applications as received", ar: "الطلبات كما استُلمت" },
  cases: { en: "cases with their clocks", ar: "المعاملات مع احتساب مددها" },
  decisions: { en: "decisions by rules", ar: "قرارات القواعد" },
  versions: { en: "versions of policy", ar: "نسخ السياسات" },
  seats: { en: "seats with their holders", ar: "المناصب مع شاغليها" },
  accounts: { en: "accounts", ar: "الحسابات" },
};
const uncoveredThings = { ...checkedThings, seats: { en: "places of seats", ar: "أماكن المناصب" } };

/** `name: 12, name: 3`, of those that are there; null: none is. `number` writes figures as the reader does. */
export function listCoverage(
  coverage: Coverage,
  which: keyof Covered,
  number: (n: number) => string = String,
): Bilingual | null {
  const things = which === "checked" ? checkedThings : uncoveredThings;
  const counted = (Object.keys(things) as (keyof Coverage)[]).filter((thing) => coverage[thing][which] > 0);
  if (counted.length === 0) return null;
  const said = (language: "ar" | "en") =>
    counted.map((thing) => `${things[thing][language]}: ${number(coverage[thing][which])}`);
  return { en: said("en").join(", "), ar: said("ar").join("، ") };
}

/** What is held against the record. */
export const proven: readonly Bilingual[] = [
  {
    en: "Every event of cases and of changes: by its chain, and by the seals once it is sealed.",
    ar: "كل حدث من أحداث المعاملات والتغييرات: بسلسلته، وبالأختام بعد ختمه.",
  },
  {
    en: "Of each case: the application as it was received, what rules decided, its clocks, its state, place and rating, and the files that its events name.",
    ar: "من كل معاملة: الطلب كما استُلم، وما قررته القواعد، واحتساب مددها، وحالتها وجهتها وتقييمها، والملفات التي تذكرها أحداثها.",
  },
  {
    en: "The text of every version of rules, workflows, calendars and letters, and which of them is in force.",
    ar: "نص كل نسخة من القواعد ومسارات العمل والتقاويم والرسائل، وأيها ساري.",
  },
  {
    en: "Seats, who sits on them from when to when, and which accounts are enabled under which address.",
    ar: "المناصب ومن يشغلها ومن متى وإلى متى، والحسابات المفعّلة وعناوينها.",
  },
];

/** What it does not prove; who has the rights of the owner of the database could alter these without being noticed. */
export const notProven: readonly Bilingual[] = [
  {
    en: "That what was recorded was true: only that it has not changed since.",
    ar: "أن ما سُجّل كان صحيحًا: بل أنه لم يتغيّر منذ تسجيله فقط.",
  },
  {
    en: "That the owner of the database did not alter names and contact details of applicants; messages and what became of them; passwords, second factors and names of accounts; titles of seats; keys of channels; entities, types, channels, instructions and settings; drafts; the list of steps of escalation taken (their events are checked), and when a case is looked at next.",
    ar: "أن مالك قاعدة البيانات لم يعدّل أسماء مقدمي الطلبات وبيانات الاتصال بهم؛ والرسائل وما آل إليه أمرها؛ وكلمات مرور الحسابات وعواملها الثانية وأسماء أصحابها؛ ومسميات المناصب؛ ومفاتيح القنوات؛ والجهات والأنواع والقنوات والتعليمات والإعدادات؛ والمسودات؛ وقائمة خطوات التصعيد المتخذة (أما أحداثها فتُفحص)، وموعد النظر التالي في المعاملة.",
  },
  {
    en: "That the owner did not alter what is younger than the last seal: the chain alone holds it, and can be made anew.",
    ar: "أن المالك لم يعدّل ما هو أحدث من آخر ختم: لا تحفظه إلا السلسلة، ويمكن إعادة كتابتها.",
  },
  {
    en: "That the newest seals were not removed together with what they cover, or all made anew with a stolen key: compare with the seals that were mailed.",
    ar: "أن أحدث الأختام لم تُحذف مع ما تشمله، أو لم تُعد كلها بمفتاح مسروق: قارن بالأختام المرسلة بالبريد.",
  },
];
