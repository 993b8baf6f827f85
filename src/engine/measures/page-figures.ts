/** The key figures of the figures page: in which order, whether of a period or of now, and which cases are behind each. */

import type { CountedHappening } from "../lifecycle/counted-cases.js";
import { codesOf } from "../registry.js";
import { type KpiCode, type KpiFigures, kpis } from "./kpi.js";
import type { Ratio } from "./kpi-counts.js";
import type { Hidden } from "./small-cells.js";

/** A figure as a number, with what it is a share of where it is one. */
export interface Measured {
  /** Cases, a share from 0 to 1, or working seconds; null: no data. */
  readonly value: number | null;
  /** Of a share. */
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** Of so many cases; 0 where it is hidden. */
  readonly n: number;
  /** Where two numbers of cases are in it, both, for either could be reckoned; `n` is the smaller. */
  readonly counts?: readonly number[];
  /** Why nothing of it is shown; left out where it is. */
  readonly hidden?: Hidden;
}

interface PageFigure {
  /** Among the large ones at the top. */
  readonly headline: boolean;
  /** `now`: as of the report, whatever the period. */
  readonly of: "period" | "now";
  readonly measured: (figures: KpiFigures) => Measured;
  /** The cases that it is counted of; null: of other things than cases, or of two kinds of them. */
  readonly cases: CountedHappening | "late" | "open" | null;
  /** Of these, those that somebody has to look at. */
  readonly amiss?: CountedHappening;
}

export const share = ({ rate, numerator, denominator }: Ratio, n = denominator): Measured => ({
  ...{ value: rate, numerator, denominator, n },
});
const number = (value: number | null, n = value ?? 0): Measured => ({ value, numerator: null, denominator: null, n });
const ofBoth = (ratio: Ratio, ...counts: readonly number[]): Measured => {
  const some = counts.filter((n) => n > 0);
  return { ...share(ratio, some.length === 0 ? 0 : Math.min(...some)), counts };
};
export const noCases: Measured = { value: null, numerator: null, denominator: null, n: 0 };
export const hiddenFigure = (hidden: Hidden): Measured => ({ ...noCases, hidden });

export const pageFigures = {
  onTimeResolution: {
    headline: true,
    of: "period",
    measured: (f) => share(f.onTimeResolution),
    cases: "fellDue",
    amiss: "becameLate",
  },
  delayed: { headline: true, of: "now", measured: (f) => number(f.delayed), cases: "late" },
  firstResponse: {
    headline: true,
    of: "period",
    measured: (f) => share(f.firstResponse),
    cases: "repliesDue",
    amiss: "repliesLate",
  },
  satisfaction: {
    headline: true,
    of: "period",
    measured: (f) => share(f.satisfaction),
    cases: "rated",
    amiss: "ratedLow",
  },
  // Beside what is rated on the web, and never added to it.
  satisfactionByTelephone: {
    headline: false,
    of: "period",
    measured: (f) => share(f.satisfactionByTelephone),
    cases: null,
  },
  received: { headline: true, of: "period", measured: (f) => number(f.received), cases: "received" },
  resolved: { headline: true, of: "period", measured: (f) => number(f.resolved), cases: "resolved" },
  backlog: { headline: true, of: "now", measured: (f) => number(f.backlog.open), cases: "open" },
  reopened: {
    headline: true,
    of: "period",
    measured: (f) => share(f.reopened),
    cases: "firstResolved",
    amiss: "reopened",
  },
  clearance: {
    headline: false,
    of: "period",
    measured: (f) => ofBoth(f.clearance, f.resolved, f.received),
    cases: null,
  },
  medianResolutionWorkingSeconds: {
    headline: false,
    of: "period",
    measured: (f) => number(f.medianResolutionWorkingSeconds, f.reopened.denominator),
    cases: "firstResolved",
  },
  p90ResolutionWorkingSeconds: {
    headline: false,
    of: "period",
    measured: (f) => number(f.p90ResolutionWorkingSeconds, f.reopened.denominator),
    cases: "firstResolved",
  },
  settledAtFirstAnswer: {
    headline: false,
    of: "period",
    measured: (f) => share(f.settledAtFirstAnswer),
    cases: "firstResolved",
  },
  appealed: {
    headline: false,
    of: "period",
    measured: (f) => share(f.appealed),
    cases: "firstResolved",
    amiss: "appealed",
  },
  misrouted: {
    headline: false,
    of: "period",
    measured: (f) => share(f.misrouted),
    cases: "received",
    amiss: "transferred",
  },
  onTimeAmongResolved: {
    headline: false,
    of: "period",
    measured: (f) => share(f.onTimeAmongResolved),
    cases: null,
  },
  rejected: { headline: false, of: "period", measured: (f) => share(f.rejected), cases: "received" },
  closed: { headline: false, of: "period", measured: (f) => number(f.closed), cases: "closed" },
  casesPerFocalPoint: {
    headline: false,
    of: "now",
    measured: (f) => number(f.casesPerFocalPoint.each, f.backlog.open),
    cases: "open",
  },
  // Of time, not of cases: nothing to count, and chance is no matter.
  pauseShare: {
    headline: false,
    of: "period",
    // Of time; the cases are those whose target was met.
    measured: (f) => number(f.pauseShare.rate, f.onTimeAmongResolved.denominator),
    cases: null,
  },
  lettersReached: {
    headline: false,
    of: "period",
    measured: (f) => ofBoth(f.lettersReached, f.received, f.reopened.denominator),
    cases: null,
  },
  // Of text messages, each of one case.
  smsSent: { headline: false, of: "period", measured: (f) => share(f.smsSent), cases: null },
  smsDelivered: { headline: false, of: "period", measured: (f) => share(f.smsDelivered), cases: null },
  smsFailed: { headline: false, of: "period", measured: (f) => share(f.smsFailed), cases: null },
  smsSegments: {
    headline: false,
    of: "period",
    measured: (f) => number(f.smsSegments, f.smsDelivered.denominator),
    cases: null,
  },
} as const satisfies Readonly<Partial<Record<KpiCode, PageFigure>>>;

export type PageFigureCode = keyof typeof pageFigures;
export const pageFigureCodes = codesOf<PageFigureCode>(pageFigures);
export const pageFigure = (code: PageFigureCode): PageFigure => pageFigures[code];

/** Those by which places are compared and a trend is drawn: what has a period, and is no number of now. What operators charge is none. */
export const comparedCodes = pageFigureCodes.filter(
  (code) => pageFigure(code).of === "period" && kpis[code].unit !== "segments",
);

/** Numbers of now that are known of past moments too: what was so at the end of a period. */
const standingCodes = ["delayed", "backlog"] as const satisfies readonly PageFigureCode[];
export type StandingCode = (typeof standingCodes)[number];
export const isStanding = (code: PageFigureCode): code is StandingCode =>
  (standingCodes as readonly PageFigureCode[]).includes(code);

/** What an alert can be about. */
export const alertCodes: readonly PageFigureCode[] = [...comparedCodes, ...standingCodes];

export const isShare = (code: PageFigureCode): boolean => kpis[code].unit === "share";

/** Lengths of time are looked up, and not summed up. */
export const isTime = (code: PageFigureCode): boolean => kpis[code].unit === "workingSeconds";

/** A part of a whole. What was answered beside what was received is none: it can be more than all. */
export const isProportion = (code: PageFigureCode): boolean => isShare(code) && code !== "clearance";

/** What a value cannot pass. */
export const boundsOf = (code: PageFigureCode): { readonly least: number; readonly most: number } => ({
  least: 0,
  most: isProportion(code) ? 1 : Number.POSITIVE_INFINITY,
});

/** One of one is 100 % and says nothing: a share or a length of time has a colour from so many cases on. */
const leastJudged = 10;

/** Whether a figure is of enough cases to be called good or bad, by a colour or a mark. A number of cases always is. */
export const isJudged = (code: PageFigureCode, { n }: Pick<Measured, "n">): boolean =>
  kpis[code].unit === "cases" || n >= leastJudged;

/** Its value for a colour; null: it has none. */
export const judgedValue = (code: PageFigureCode, measured: Measured): number | null =>
  isJudged(code, measured) ? measured.value : null;
