/** Figures in words: values, what they are a share of, periods. */

import { formatCount, type GrammaticalCase } from "../../../engine/formatting/counted-nouns.js";
import { formatMonth, formatPeriod, formatShortDate } from "../../../engine/formatting/moments.js";
import type { NamedCode } from "../../../engine/lifecycle/held-sweep.js";
import { amissOf, casesOfFigure, casesWith, type FigureCases } from "../../../engine/measures/figure-cases.js";
import type { FigurePeriod } from "../../../engine/measures/figure-period.js";
import type { FiguresView } from "../../../engine/measures/figures-view.js";
import { kpis } from "../../../engine/measures/kpi.js";
import type { Measured, PageFigureCode } from "../../../engine/measures/page-figures.js";
import { type Guarded, hiddenWords, isHidden } from "../../../engine/measures/small-cells.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { apart } from "../../../engine/text/text.js";
import { casesAddress } from "../../../platform/ui/home-pieces.js";
import { useText } from "../../../platform/ui/kit.js";

/** @returns null where the reader may not read the cases */
export const casesOf = (view: FiguresView, filter: FigureCases): string | null =>
  view.scope.readsCases ? casesAddress(view.programme, casesWith(view, filter)) : null;

/** As `casesOfFigure`; null where the reader may not read them either. */
export function casesBehind(
  view: FiguresView,
  code: PageFigureCode,
  a?: Parameters<typeof casesOfFigure>[2],
): string | null {
  const filter = view.scope.readsCases ? casesOfFigure(view, code, a) : null;
  return filter === null ? null : casesAddress(view.programme, filter);
}

/** The cases behind a figure that need a look. */
const amissWords = {
  becameLate: pattern("reports.figuresPage.notOnTime"),
  repliesLate: pattern("reports.figuresPage.repliesNotOnTime"),
  ratedLow: pattern("reports.figuresPage.ratedLow"),
  reopened: pattern("reports.figuresPage.reopenedCases"),
  appealed: pattern("reports.figuresPage.appealedCases"),
  transferred: pattern("reports.figuresPage.transferredCases"),
} as const;

const words = {
  quarter: pattern("reports.figuresPage.quarterOf"),
  month: pattern("reports.figuresPage.monthOf"),
};

/** How the reader's language writes the figures of a view. */
export function useFigureText(view: Pick<FiguresView, "day">) {
  const { t, number, percent, duration, language } = useText();
  const value = (code: PageFigureCode, given: number | null): string => {
    if (given === null) return t(msg("reports.figuresPage.noData"));
    const { unit } = kpis[code];
    // Set apart: beside Arabic letters the sign would change its side.
    if (unit === "share") return apart(percent(given));
    return unit === "workingSeconds" ? duration(given, view.day) : number(given);
  };
  return {
    value,
    /** As a length of time, or as so many cases; not of a share. */
    amount: (code: PageFigureCode, given: number, grammaticalCase: GrammaticalCase): string =>
      kpis[code].unit === "workingSeconds"
        ? duration(given, view.day, grammaticalCase)
        : t(formatCount(given, "case", grammaticalCase)),
    measured: (code: PageFigureCode, { value: given, hidden }: Measured): string =>
      hidden === undefined ? value(code, given) : t(hiddenWords[hidden]),
    count: (given: Guarded): string => (isHidden(given) ? t(hiddenWords[given]) : number(given)),
    /** "Not on time: 16"; null where nothing is amiss. */
    amiss: (code: PageFigureCode, measured: Measured): string | null => {
      const found = amissOf(code, measured);
      const pattern = found && amissWords[found.amiss as keyof typeof amissWords];
      return found === null || !pattern ? null : t(pattern, { n: found.n });
    },
    /** "3,982 of 4,723"; empty for what is no share. */
    outOf: ({ numerator, denominator, value: given }: Measured): string =>
      numerator === null || denominator === null || given === null
        ? ""
        : t(pattern("reports.figuresPage.of"), { n: numerator, all: denominator }),
    range: ({ from, to }: { readonly from: string; readonly to: string }): string => formatPeriod(from, to, language),
    /** "November 2026", "fourth quarter", "15 – 21 November 2026". */
    period: ({ unit, from, to }: FigurePeriod): string => {
      if (unit === "year") return from.slice(0, 4);
      if (unit === "quarter")
        return t(words.quarter, { n: String((Number(from.slice(5, 7)) + 2) / 3), year: from.slice(0, 4) });
      return unit === "month"
        ? t(words.month, { month: formatMonth(from.slice(0, 7), language), year: from.slice(0, 4) })
        : formatPeriod(from, to, language);
    },
    /** Short enough for an axis. */
    step: ({ unit, from }: FigurePeriod): string =>
      unit === "month" ? formatMonth(from.slice(0, 7), language) : formatShortDate(from, language),
  };
}
export type FigureText = ReturnType<typeof useFigureText>;

/** What an order about a figure says of it. */
export const aboutFigure = (
  { programme, period }: FiguresView,
  figure: PageFigureCode,
  { from, to }: Pick<FigurePeriod, "from" | "to"> = period,
) => ({ programme: programme.code, figure, from, until: to });

/** The entity whose figures these are; null: they are of several. */
export function oneEntity({ within, scope, entities }: FiguresView): NamedCode | null {
  if (within !== null) return within;
  return scope.kind === "entity" ? (entities.find(({ place }) => place.code === scope.code)?.place ?? null) : null;
}
