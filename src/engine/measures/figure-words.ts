/** A figure and its period in words. */

import { type DayLength, formatDuration } from "../formatting/durations.js";
import { formatMonth, formatPeriod } from "../formatting/moments.js";
import { formatNumber, formatPercent } from "../formatting/numbers.js";
import { msg } from "../text/msg.js";
import { inLanguage, type Language } from "../text/text.js";
import type { TrendUnit } from "./figure-period.js";
import { kpis } from "./kpi.js";
import type { PageFigureCode } from "./page-figures.js";

/** "71.3%", "412", "3 working days". @param value in the unit of the figure: a share from 0 to 1, cases, working seconds */
export function figureWords(code: PageFigureCode, value: number, day: DayLength, language: Language): string {
  const { unit } = kpis[code];
  if (unit === "share") return formatPercent(value, language);
  return unit === "workingSeconds" ? formatDuration(value, day, { language }) : formatNumber(value, language);
}

/** "November 2026", "15 – 21 November 2026". @param period a whole week or month */
export function wholePeriodWords(
  unit: TrendUnit,
  { from, to }: { readonly from: string; readonly to: string },
  language: Language,
): string {
  if (unit === "week") return formatPeriod(from, to, language);
  const [month, year] = [formatMonth(from.slice(0, 7), language), from.slice(0, 4)];
  return inLanguage(msg("measures.alerts.monthOf", { month, year }), language);
}
