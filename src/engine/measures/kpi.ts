/**
 * The key figures, their formulas in one place (product.md). Period P is half-open, t is the moment of the report; a case
 * that was withdrawn or linked as a duplicate by t is left out of everything; of one that an official withdrew for the
 * applicant the targets that had fallen due by then stay, as they were kept or missed.
 *
 * A case that was rejected (with its reason) is closed and not resolved. Its resolution target falls away: it is kept by
 * no rejection, and one that had run out before stays missed. So nothing looks better for being rejected: resolved,
 * clearance and satisfaction do not count it, and `rejected` says beside them how many there were.
 */

import { codesOf } from "../registry.js";
import type { Bilingual } from "../text/text.js";

/** A share with what it is a share of, so that nobody reads a percentage of three. `rate` is null for 0/0: no data, neither 0 nor 100 %. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
  readonly rate: number | null;
}

export const ratio = (numerator: number, denominator: number): Ratio => ({
  numerator,
  denominator,
  rate: denominator === 0 ? null : numerator / denominator,
});

/** Working days late: whole days begun since the due moment. */
export const delayBands = ["0", "1-2", "3-5", "6-10", "11+"] as const;
export type DelayBand = (typeof delayBands)[number];

/** What the database counted for a programme or one of its groups. Seconds are working seconds. */
export interface KpiCounts {
  /** Received in P. */
  readonly received: number;
  /** Of those, transferred at least once. */
  readonly transferred: number;
  /** Cases answered with effect in P. */
  readonly resolved: number;
  /** Cases that reached a final state in P. */
  readonly closed: number;
  /** Cases rejected in P. */
  readonly rejected: number;
  /** Cases answered with effect for the first time in P, and of those reopened within the window. */
  readonly firstResolved: number;
  readonly reopened: number;
  readonly medianResolution: number | null;
  /** Resolution targets that fell due in P; met by t; met in time. Each cycle of a case is an obligation of its own. */
  readonly resolutionDue: number;
  readonly resolutionDueMet: number;
  readonly resolutionOnTime: number;
  readonly responseDue: number;
  readonly responseOnTime: number;
  readonly medianResponse: number | null;
  readonly p90Response: number | null;
  /** Open at t and past due, by working days late, in the order of `delayBands`. */
  readonly delayed: readonly number[];
  /** Ratings given in P, of those 4 or 5, and invitations sent in P. */
  readonly ratings: number;
  readonly goodRatings: number;
  /** By scale: how often it was given in P, and the sum of what was given. */
  readonly scales: Readonly<Record<string, { readonly n: number; readonly sum: number }>>;
  readonly invitations: number;
  /** Level → cases that first reached it or a higher one in P. */
  readonly escalated: Readonly<Record<string, number>>;
  /** Cases open at any time in P. */
  readonly openInPeriod: number;
  /** Open at t, and their working age. */
  readonly open: number;
  readonly medianAge: number | null;
  readonly p90Age: number | null;
  /** Over the resolution targets met in P: time from start to end, and the part of it paused. */
  readonly pausedSeconds: number;
  readonly workingSeconds: number;
}

/** Where a key figure is shown beside `diwan kpi`, which prints all. */
type Place = "committeeDigest" | "committeeHome" | "executiveHome" | "focalHome" | "roomHome";

interface KpiRow {
  /** As screens label it. Letters have words of their own (`views/text`). */
  readonly name: Bilingual;
  /** What is counted, in plain words. */
  readonly definition: Bilingual;
  readonly unit: "cases" | "share" | "workingSeconds" | "rating";
  /** Which direction is good; null: neither. */
  readonly better: "higher" | "lower" | null;
  /** Entities are compared by it only from so many cases on; null: it is no measure to compare by. */
  readonly leastN: number | null;
  readonly figure: (counts: KpiCounts) => unknown;
  readonly shown: readonly Place[];
}

const whole = (seconds: number | null): number | null => (seconds === null ? null : Math.round(seconds));

const hundredth = (mean: number): number => Math.round(mean * 100) / 100;

/** The key figures in the order in which they are printed. A figure is a row here; what it counts, a member of `KpiCounts`. */
export const kpis = {
  received: {
    name: { en: "Received", ar: "الواردة" },
    definition: { en: "Cases received in the period.", ar: "المعاملات التي وردت في الفترة." },
    unit: "cases",
    better: null,
    leastN: null,
    figure: (n: KpiCounts): number => n.received,
    shown: ["committeeDigest", "committeeHome", "executiveHome"],
  },
  resolved: {
    name: { en: "Answered", ar: "المجابة" },
    definition: {
      en: "Cases whose answer took effect in the period. A rejected case is not one of them.",
      ar: "المعاملات التي نفذ الرد عليها في الفترة. لا تدخل فيها المرفوضة.",
    },
    unit: "cases",
    better: "higher",
    leastN: null,
    figure: (n: KpiCounts): number => n.resolved,
    shown: ["committeeDigest", "committeeHome", "executiveHome", "focalHome"],
  },
  closed: {
    name: { en: "Closed", ar: "المغلقة" },
    definition: {
      en: "Cases that reached a final state in the period, rejected ones included.",
      ar: "المعاملات التي بلغت حالة نهائية في الفترة، ومنها المرفوضة.",
    },
    unit: "cases",
    better: null,
    leastN: null,
    figure: (n: KpiCounts): number => n.closed,
    shown: ["committeeHome"],
  },
  rejected: {
    name: { en: "Rejected", ar: "المرفوضة" },
    definition: {
      en: "Cases rejected with a reason in the period, against cases received in it.",
      ar: "المعاملات المرفوضة لسبب في الفترة مقابل ما ورد فيها.",
    },
    unit: "share",
    better: null,
    leastN: null,
    figure: (n: KpiCounts): Ratio => ratio(n.rejected, n.received),
    shown: [],
  },
  onTimeResolution: {
    name: { en: "Answered on time", ar: "أُجيب ضمن الموعد" },
    definition: {
      en: "Of all resolution targets that fell due in the period, those met in time. Open cases count, and so do cases that were rejected, or withdrawn for the applicant, when they were late already.",
      ar: "من كل مواعيد الحل التي حلّت في الفترة، ما تحقق منها في وقته. تدخل فيها المفتوحة، وما رُفض أو سُحب نيابة عن مقدمه وقد تأخر.",
    },
    unit: "share",
    better: "higher",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.resolutionOnTime, n.resolutionDue),
    shown: ["committeeDigest", "committeeHome", "executiveHome", "focalHome"],
  },
  onTimeAmongResolved: {
    name: { en: "On time among the answered", ar: "ضمن الموعد من المجاب عنها" },
    definition: {
      en: "The same, of those targets only that were met at all. It flatters, and is never shown alone.",
      ar: "كذلك، لكن من المواعيد التي تحققت فقط. تبدو أفضل من الواقع، فلا تُعرض وحدها أبدًا.",
    },
    unit: "share",
    better: "higher",
    leastN: null,
    figure: (n: KpiCounts): Ratio => ratio(n.resolutionOnTime, n.resolutionDueMet),
    shown: ["committeeDigest", "committeeHome"],
  },
  firstResponse: {
    name: { en: "First response on time", ar: "الرد الأول ضمن الموعد" },
    definition: {
      en: "Of all first-response targets that fell due in the period, those met in time; with the working time that half and nine tenths of the first responses took at most.",
      ar: "من كل مواعيد الرد الأول التي حلّت في الفترة، ما تحقق منها في وقته؛ ومعها أقصى زمن عمل استغرقه نصف الردود الأولى وتسعة أعشارها.",
    },
    unit: "share",
    better: "higher",
    leastN: 30,
    figure: (n: KpiCounts) => ({
      ...ratio(n.responseOnTime, n.responseDue),
      medianWorkingSeconds: whole(n.medianResponse),
      p90WorkingSeconds: whole(n.p90Response),
    }),
    shown: ["committeeHome"],
  },
  delayed: {
    name: { en: "Delayed now", ar: "متأخرة الآن" },
    definition: {
      en: "Cases that are open and past due at the moment of the report.",
      ar: "المعاملات المفتوحة التي تجاوزت موعدها وقت إعداد التقرير.",
    },
    unit: "cases",
    better: "lower",
    leastN: null,
    figure: (n: KpiCounts): number => delayBands.reduce((sum, _, i) => sum + (n.delayed[i] ?? 0), 0),
    shown: ["committeeDigest", "committeeHome", "executiveHome", "roomHome"],
  },
  delayedByWorkingDays: {
    name: { en: "Delayed, by working days", ar: "المتأخرة حسب أيام العمل" },
    definition: {
      en: "The delayed cases by the whole working days since they fell due.",
      ar: "المعاملات المتأخرة حسب أيام العمل الكاملة منذ حلول موعدها.",
    },
    unit: "cases",
    better: "lower",
    leastN: null,
    figure: (n: KpiCounts) =>
      Object.fromEntries(delayBands.map((band, i) => [band, n.delayed[i] ?? 0])) as Readonly<Record<DelayBand, number>>,
    shown: [],
  },
  medianResolutionWorkingSeconds: {
    name: { en: "Median time to the answer", ar: "وسيط زمن الرد" },
    definition: {
      en: "Half of the cases answered for the first time in the period took at most so much working time.",
      ar: "نصف المعاملات التي أُجيب عنها أول مرة في الفترة لم تستغرق أكثر من هذا من زمن العمل.",
    },
    unit: "workingSeconds",
    better: "lower",
    leastN: 30,
    figure: (n: KpiCounts): number | null => whole(n.medianResolution),
    shown: [],
  },
  reopened: {
    name: { en: "Reopened", ar: "أعيد فتحها" },
    definition: {
      en: "Of the cases answered for the first time in the period, those reopened within the time that the programme allows.",
      ar: "من المعاملات التي أُجيب عنها أول مرة في الفترة، ما أعيد فتحه خلال المدة التي يتيحها البرنامج.",
    },
    unit: "share",
    better: "lower",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.reopened, n.firstResolved),
    shown: ["committeeHome"],
  },
  satisfaction: {
    name: { en: "Satisfied", ar: "الرضا" },
    definition: {
      en: "Of the ratings given in the period, those of 4 or 5; with the share of the invited who rated.",
      ar: "من التقييمات التي أُعطيت في الفترة، ما كان 4 أو 5؛ ومعها نسبة من قيّم ممن دُعوا إلى التقييم.",
    },
    unit: "share",
    better: "higher",
    leastN: 30,
    figure: (n: KpiCounts) => ({
      ...ratio(n.goodRatings, n.ratings),
      responseRate: ratio(n.ratings, n.invitations),
    }),
    shown: ["committeeDigest", "committeeHome", "executiveHome"],
  },
  satisfactionByScale: {
    name: { en: "Mean rating by question", ar: "متوسط التقييم لكل سؤال" },
    definition: {
      en: "For each further question of the rating, the mean of the answers from 1 to 5 that were given in the period, and how many there were.",
      ar: "لكل سؤال إضافي في التقييم، متوسط الإجابات من 1 إلى 5 التي أُعطيت في الفترة، وعددها.",
    },
    unit: "rating",
    better: "higher",
    leastN: 30,
    figure: (n: KpiCounts) =>
      Object.fromEntries(
        Object.entries(n.scales)
          .sort(([a], [b]) => a.localeCompare(b, "en"))
          .map(([scale, given]) => [scale, { n: given.n, mean: hundredth(given.sum / given.n) }]),
      ) as Readonly<Record<string, { readonly n: number; readonly mean: number }>>,
    shown: [],
  },
  escalated: {
    name: { en: "Escalated", ar: "المصعّدة" },
    definition: {
      en: "By level: cases that first reached it or a higher one in the period, of those open at any time in it.",
      ar: "لكل مستوى: المعاملات التي بلغته أو بلغت أعلى منه أول مرة في الفترة، نسبةً إلى ما كان مفتوحًا في أي وقت منها.",
    },
    unit: "share",
    better: "lower",
    leastN: 30,
    figure: (n: KpiCounts) =>
      Object.fromEntries(
        Object.entries(n.escalated)
          .sort(([a], [b]) => Number(a) - Number(b))
          .map(([level, reached]) => [level, ratio(reached, n.openInPeriod)]),
      ) as Readonly<Record<string, Ratio>>,
    shown: [],
  },
  backlog: {
    name: { en: "Open now", ar: "المفتوحة الآن" },
    definition: {
      en: "Cases open at the moment of the report; with the working time that half and nine tenths of them have been open for at most.",
      ar: "المعاملات المفتوحة وقت إعداد التقرير؛ ومعها أقصى زمن عمل مضى على نصفها وتسعة أعشارها.",
    },
    unit: "cases",
    better: "lower",
    leastN: null,
    figure: (n: KpiCounts) => ({
      open: n.open,
      medianWorkingSeconds: whole(n.medianAge),
      p90WorkingSeconds: whole(n.p90Age),
    }),
    shown: [],
  },
  clearance: {
    name: { en: "Answered of the received", ar: "المجابة إلى الواردة" },
    definition: {
      en: "Cases answered in the period against cases received in it; below 100 % the backlog grows.",
      ar: "ما أُجيب عنه في الفترة مقابل ما ورد فيها؛ دون 100 % يتراكم العمل.",
    },
    unit: "share",
    better: "higher",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.resolved, n.received),
    shown: [],
  },
  misrouted: {
    name: { en: "Transferred", ar: "المحوّلة" },
    definition: {
      en: "Of the cases received in the period, those transferred to another entity at least once.",
      ar: "من المعاملات التي وردت في الفترة، ما حُوّل إلى جهة أخرى مرة على الأقل.",
    },
    unit: "share",
    better: "lower",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.transferred, n.received),
    shown: [],
  },
  pauseShare: {
    name: { en: "Time paused", ar: "زمن التوقف" },
    definition: {
      en: "Over the resolution targets met in the period: the time that the clock was paused, of all their working time.",
      ar: "لمواعيد الحل التي تحققت في الفترة: زمن توقف الساعة من مجموع زمن عملها.",
    },
    unit: "share",
    better: "lower",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.pausedSeconds, n.workingSeconds),
    shown: [],
  },
} as const satisfies Readonly<Record<string, KpiRow>>;

export type KpiCode = keyof typeof kpis;
export type KpiFigures = { readonly [Code in KpiCode]: ReturnType<(typeof kpis)[Code]["figure"]> };

/** The figures that are shown at a place. */
export type FiguresAt<At extends Place> = {
  readonly [Code in KpiCode as At extends (typeof kpis)[Code]["shown"][number] ? Code : never]: KpiFigures[Code];
};

/** Counts become figures. */
export const kpiFigures = (counts: KpiCounts): KpiFigures =>
  Object.fromEntries(codesOf(kpis).map((code) => [code, kpis[code].figure(counts)])) as KpiFigures;

/** Of all figures those that are shown at a place. */
export function figuresAt<At extends Place>(at: At, figures: KpiFigures): FiguresAt<At> {
  const shown = codesOf(kpis).filter((code) => (kpis[code].shown as readonly Place[]).includes(at));
  return Object.fromEntries(shown.map((code) => [code, figures[code]])) as FiguresAt<At>;
}
