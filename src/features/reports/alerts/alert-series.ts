/** A figure of one scope over whole weeks or months, for alerts: one question to the sums, or of what was so at their ends. */

import { startOfDay } from "../../../engine/calendar/civil-days.js";
import type { AlertCondition } from "../../../engine/measures/alert-condition.js";
import { type AlertPoint, alertPoint, standingPoint } from "../../../engine/measures/alert-events.js";
import { isShownCount } from "../../../engine/measures/figure-bases.js";
import {
  type FigurePeriod,
  periodAfter,
  periodBefore,
  periodWith,
  type TrendUnit,
} from "../../../engine/measures/figure-period.js";
import type { FigureScope } from "../../../engine/measures/figure-scopes.js";
import { hiddenFigure, isStanding, isTime } from "../../../engine/measures/page-figures.js";
import { isFew } from "../../../engine/measures/small-cells.js";
import type { Setup } from "../../../engine/setup/setup.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { KpiReport, KpiSeries } from "../kpi.js";
import type { Standing, StandingAsked } from "../standing.js";

/** What a scope is called: its entity, its sector, or the programme. */
export function placeName({ kind, code }: Pick<FigureScope, "kind" | "code">, setup: Setup): Bilingual {
  if (code === null) return setup.programme.name;
  const records = kind === "sector" ? setup.sectors : setup.entities;
  return records.get(code)?.name ?? { en: code, ar: code };
}

/** The whole periods from the one with the first day on until the one that goes on; that is no part of them. */
export function wholePeriods(unit: TrendUnit, first: string, end: string): FigurePeriod[] {
  const periods: FigurePeriod[] = [];
  for (let one = periodWith(unit, first); one.to <= end; one = periodAfter(one)) periods.push(one);
  return periods;
}

/** First day of the period so many before the one that begins on `from`. */
export function periodsBack(unit: TrendUnit, from: string, n: number): string {
  let period = periodWith(unit, from);
  for (let i = 0; i < n; i++) period = periodBefore(period);
  return period.from;
}

/** Where the figures of an alert are counted. */
export interface AlertSources {
  readonly series: KpiSeries;
  /** What was open and overdue at the end of each period. */
  readonly standing: (asked: StandingAsked & { readonly at: Date }) => Promise<readonly Standing[]>;
}

/** @param periods whole and past; those that began before the programme did are left out */
export async function alertSeries(
  { series, standing }: AlertSources,
  a: {
    scope: FigureScope;
    code: AlertCondition["kpi"];
    periods: readonly FigurePeriod[];
    began: string | null;
    timeZone: string;
    now: Date;
  },
): Promise<AlertPoint[]> {
  const { scope, code, began, timeZone, now } = a;
  const { programme, entities, person, confidential } = scope;
  const periods = a.periods.filter(({ from }) => began !== null && from >= began);
  // A reader of no cases learns no share of few of them: such a period is not judged.
  const shown = (point: AlertPoint): AlertPoint =>
    scope.readsCases || isShownCount(code) || !isFew(point.cases) ? point : { ...point, measured: hiddenFigure("few") };
  if (isStanding(code)) {
    const moments = periods.map(({ to }) => startOfDay(to, timeZone));
    const found = await standing({ programme, entities, person, confidential, moments, at: now });
    return periods.map((period, i) => {
      const { open, overdue } = found[i] as Standing;
      return shown(standingPoint(period, code === "delayed" ? overdue : open));
    });
  }
  const reports = await series({
    ...{ programme, periods: periods.map(({ from, to }) => ({ from, to })), at: now, newest: true },
    times: isTime(code) ? "whole" : "none",
    ...(entities !== null && { entities }),
    ...(person !== null && { person }),
    ...(confidential && { confidential }),
  });
  return periods.map((period, i) => shown(alertPoint(code, period, reports[i] as KpiReport)));
}
