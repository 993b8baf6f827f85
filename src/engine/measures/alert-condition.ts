/** What somebody wants to be told of a key figure, as people say it: "below 80 % for 2 weeks in a row". */

import { formatCount } from "../formatting/counted-nouns.js";
import { formatPercent } from "../formatting/numbers.js";
import { msg } from "../text/msg.js";
import type { FieldFault } from "../text/problems.js";
import { apart, type Bilingual, perLanguage } from "../text/text.js";
import type { TrendUnit } from "./figure-period.js";
import { kpis } from "./kpi.js";
import { alertCodes, isProportion, isShare, type PageFigureCode } from "./page-figures.js";

/** What a figure has to do. `rises` and `falls` are against the period before; `unusual`: it leaves its usual range. */
export const alertKinds = {
  below: msg("measures.alerts.kindBelow"),
  above: msg("measures.alerts.kindAbove"),
  falls: msg("measures.alerts.kindFalls"),
  rises: msg("measures.alerts.kindRises"),
  unusual: msg("measures.alerts.kindUnusual"),
} as const;
export type AlertKind = keyof typeof alertKinds;
export const alertKindCodes = Object.keys(alertKinds) as readonly AlertKind[];

/** Of which periods: whole weeks or whole months. */
export const alertUnits = {
  week: msg("measures.alerts.unitWeek"),
  month: msg("measures.alerts.unitMonth"),
} as const satisfies Readonly<Record<TrendUnit, Bilingual>>;

/** Figures of a period, and what is open or overdue at its end, by their names. */
export const alertKpis = Object.fromEntries(alertCodes.map((code) => [code, kpis[code].name])) as Readonly<
  Record<string, Bilingual>
>;

export interface AlertCondition {
  readonly kpi: PageFigureCode;
  readonly condition: AlertKind;
  /** Percent of a share, cases, working days; of `rises` and `falls` percent, of a share percentage points. Null for `unusual`. */
  readonly value: number | null;
  readonly unit: TrendUnit;
  /** So many whole periods in a row. */
  readonly periods: number;
  /** A period with fewer cases is not judged. */
  readonly least: number;
}

export const alertLimits = {
  value: { min: 1, max: 1_000_000 },
  periods: { min: 1, max: 12 },
  /** Fewer than ten cases say nothing about an office, and may say something about a person. */
  least: { min: 10, max: 100_000 },
} as const;
export const usualLeast = 30;

/** Whether it is about a change from the period before. */
export const isChange = ({ condition }: Pick<AlertCondition, "condition">): boolean =>
  condition === "rises" || condition === "falls";

/** A doubling is 100 %; ten times as much is 900 %. */
const mostRise = 1000;

/** The largest value that can come about. */
function mostValue({ kpi, condition }: Pick<AlertCondition, "kpi" | "condition">): number {
  if (condition === "falls" || (condition === "rises" && isProportion(kpi))) return 100;
  if (condition === "rises") return mostRise;
  if (isProportion(kpi)) return condition === "above" ? 99 : 100;
  return isShare(kpi) ? mostRise : alertLimits.value.max;
}

/** About as long: two weeks in a row are half a month, eight are two. */
const weeksOfMonth = 4;

/** The same of more cases: of fewer that have to be there, of months. The nearest to what was asked for first. */
export function easierConditions(asked: AlertCondition): AlertCondition[] {
  const least = alertLimits.least.min;
  const fewer = (one: AlertCondition): AlertCondition[] => (one.least > least ? [{ ...one, least }] : []);
  if (asked.unit === "month") return fewer(asked);
  const periods = Math.max(1, Math.round(asked.periods / weeksOfMonth));
  const months: AlertCondition = { ...asked, unit: "month", periods };
  return [...fewer(asked), months, ...fewer(months)];
}

const isBetween = (value: unknown, { min, max }: { min: number; max: number }): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;

/**
 * What is wrong with a condition, by column; none: it is an `AlertCondition`.
 * @param given as it was sent; of any type
 */
export function alertFaults(given: Readonly<Record<string, unknown>>): FieldFault[] {
  const faults: FieldFault[] = [];
  const { kpi, condition, value, unit, periods, least } = given;
  const known = alertCodes.find((code) => code === kpi);
  if (known === undefined) {
    const reason = Object.hasOwn(kpis, String(kpi))
      ? msg("measures.alerts.noPeriod", { name: kpis[kpi as keyof typeof kpis].name })
      : msg("measures.alerts.unknownFigure");
    faults.push({ field: "/kpi", reason });
  }
  const kind = alertKindCodes.find((code) => code === condition);
  if (kind === undefined) faults.push({ field: "/condition", reason: msg("measures.alerts.unknownCondition") });
  if (kind === "unusual") {
    if (value !== null && value !== undefined)
      faults.push({ field: "/value", reason: msg("measures.alerts.noValueWanted") });
  } else {
    const max =
      known === undefined || kind === undefined ? alertLimits.value.max : mostValue({ kpi: known, condition: kind });
    if (!isBetween(value, { min: 1, max }))
      faults.push({ field: "/value", reason: msg("measures.alerts.valueBetween", { least: 1, most: max }) });
  }
  if (unit !== "week" && unit !== "month") faults.push({ field: "/unit", reason: msg("measures.alerts.unknownUnit") });
  for (const [field, at] of [
    ["periods", periods],
    ["least", least],
  ] as const) {
    const { min, max } = alertLimits[field];
    if (!isBetween(at, { min, max }))
      faults.push({ field: `/${field}`, reason: msg("measures.alerts.valueBetween", { least: min, most: max }) });
  }
  return faults;
}

/** The value of a condition with its unit: "80%", "5 percentage points", "50 cases", "3 working days". */
function alertValue(asked: Pick<AlertCondition, "kpi" | "condition" | "value">): Bilingual {
  const value = asked.value ?? 0;
  if (isChange(asked) && isShare(asked.kpi)) return msg("measures.alerts.points", { n: value });
  const { unit } = kpis[asked.kpi];
  if (isChange(asked) || unit === "share")
    return perLanguage((language) => apart(formatPercent(value / 100, language)));
  return formatCount(value, unit === "workingSeconds" ? "workingDay" : "case", "oblique");
}

const said = (asked: AlertCondition): Bilingual => {
  const value = alertValue(asked);
  switch (asked.condition) {
    case "below":
      return msg("measures.alerts.saidBelow", { value });
    case "above":
      return msg("measures.alerts.saidAbove", { value });
    case "falls":
      return asked.unit === "week"
        ? msg("measures.alerts.saidFallsWeek", { value })
        : msg("measures.alerts.saidFallsMonth", { value });
    case "rises":
      return asked.unit === "week"
        ? msg("measures.alerts.saidRisesWeek", { value })
        : msg("measures.alerts.saidRisesMonth", { value });
    case "unusual":
      return msg("measures.alerts.saidUnusual");
  }
};

/** "Answered on time: below 80%, for 2 weeks in a row" */
export function alertSentence(asked: AlertCondition): Bilingual {
  const { kpi, periods, unit } = asked;
  // A change from one period to the next says its period itself.
  if (periods === 1 && isChange(asked))
    return msg("measures.alerts.sentence", { name: kpis[kpi].name, said: said(asked) });
  const words = { name: kpis[kpi].name, said: said(asked), n: periods };
  return unit === "week" ? msg("measures.alerts.sentenceWeeks", words) : msg("measures.alerts.sentenceMonths", words);
}
