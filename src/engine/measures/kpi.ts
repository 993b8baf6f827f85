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
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { type DelayBand, delayBands, type KpiCounts, type Ratio, ratio } from "./kpi-counts.js";

/** Where the facts are recorded that a figure is counted from. */
type KpiSource = "cases" | "targets" | "ratings" | "escalations" | "letters";

interface KpiRow {
  /** As screens label it. Letters have words of their own (area `emails`). */
  readonly name: Bilingual;
  /** What is counted, in plain words. */
  readonly definition: Bilingual;
  /** The arithmetic in words: what is divided by what. */
  readonly formula: Bilingual;
  readonly unit: "cases" | "share" | "workingSeconds" | "rating" | "segments";
  /** What it is counted from. */
  readonly source: KpiSource;
  /** Which direction is good; null: neither. */
  readonly better: "higher" | "lower" | null;
  /** Entities are compared by it only from so many cases on; null: it is no measure to compare by. */
  readonly leastN: number | null;
  readonly figure: (counts: KpiCounts) => unknown;
}

const whole = (seconds: number | null): number | null => (seconds === null ? null : Math.round(seconds));

const hundredth = (mean: number): number => Math.round(mean * 100) / 100;

/** The key figures in the order in which they are printed. A figure is a row here; what it counts, a member of `KpiCounts`. */
export const kpis = {
  received: {
    name: msg("measures.kpi.kpisReceivedName"),
    definition: msg("measures.kpi.kpisReceivedDefinition"),
    formula: msg("measures.kpi.kpisReceivedFormula"),
    unit: "cases",
    source: "cases",
    better: null,
    leastN: null,
    figure: (n: KpiCounts): number => n.received,
  },
  resolved: {
    name: msg("measures.kpi.kpisResolvedName"),
    definition: msg("measures.kpi.kpisResolvedDefinition"),
    formula: msg("measures.kpi.kpisResolvedFormula"),
    unit: "cases",
    source: "cases",
    better: "higher",
    leastN: null,
    figure: (n: KpiCounts): number => n.resolved,
  },
  closed: {
    name: msg("measures.kpi.kpisClosedName"),
    definition: msg("measures.kpi.kpisClosedDefinition"),
    formula: msg("measures.kpi.kpisClosedFormula"),
    unit: "cases",
    source: "cases",
    better: null,
    leastN: null,
    figure: (n: KpiCounts): number => n.closed,
  },
  rejected: {
    name: msg("measures.kpi.kpisRejectedName"),
    definition: msg("measures.kpi.kpisRejectedDefinition"),
    formula: msg("measures.kpi.kpisRejectedFormula"),
    unit: "share",
    source: "cases",
    better: null,
    leastN: null,
    figure: (n: KpiCounts): Ratio => ratio(n.rejected, n.received),
  },
  onTimeResolution: {
    name: msg("measures.kpi.kpisOnTimeResolutionName"),
    definition: msg("measures.kpi.kpisOnTimeResolutionDefinition"),
    formula: msg("measures.kpi.kpisOnTimeResolutionFormula"),
    unit: "share",
    source: "targets",
    better: "higher",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.resolutionOnTime, n.resolutionDue),
  },
  onTimeAmongResolved: {
    name: msg("measures.kpi.kpisOnTimeAmongResolvedName"),
    definition: msg("measures.kpi.kpisOnTimeAmongResolvedDefinition"),
    formula: msg("measures.kpi.kpisOnTimeAmongResolvedFormula"),
    unit: "share",
    source: "targets",
    better: "higher",
    leastN: null,
    figure: (n: KpiCounts): Ratio => ratio(n.resolutionOnTime, n.resolutionDueMet),
  },
  firstResponse: {
    name: msg("measures.kpi.kpisFirstResponseName"),
    definition: msg("measures.kpi.kpisFirstResponseDefinition"),
    formula: msg("measures.kpi.kpisFirstResponseFormula"),
    unit: "share",
    source: "targets",
    better: "higher",
    leastN: 30,
    figure: (n: KpiCounts) => ({
      ...ratio(n.responseOnTime, n.responseDue),
      medianWorkingSeconds: whole(n.medianResponse),
      p90WorkingSeconds: whole(n.p90Response),
    }),
  },
  delayed: {
    name: msg("measures.kpi.kpisDelayedName"),
    definition: msg("measures.kpi.kpisDelayedDefinition"),
    formula: msg("measures.kpi.kpisDelayedFormula"),
    unit: "cases",
    source: "targets",
    better: "lower",
    leastN: null,
    figure: (n: KpiCounts): number => delayBands.reduce((sum, _, i) => sum + (n.delayed[i] ?? 0), 0),
  },
  delayedByWorkingDays: {
    name: msg("measures.kpi.kpisDelayedByWorkingDaysName"),
    definition: msg("measures.kpi.kpisDelayedByWorkingDaysDefinition"),
    formula: msg("measures.kpi.kpisDelayedByWorkingDaysFormula"),
    unit: "cases",
    source: "targets",
    better: "lower",
    leastN: null,
    figure: (n: KpiCounts) =>
      Object.fromEntries(delayBands.map((band, i) => [band, n.delayed[i] ?? 0])) as Readonly<Record<DelayBand, number>>,
  },
  medianResolutionWorkingSeconds: {
    name: msg("measures.kpi.kpisMedianResolutionWorkingSecondsName"),
    definition: msg("measures.kpi.kpisMedianResolutionWorkingSecondsDefinition"),
    formula: msg("measures.kpi.kpisMedianResolutionWorkingSecondsFormula"),
    unit: "workingSeconds",
    source: "cases",
    better: "lower",
    leastN: 30,
    figure: (n: KpiCounts): number | null => whole(n.medianResolution),
  },
  p90ResolutionWorkingSeconds: {
    name: msg("measures.kpi.kpisP90ResolutionWorkingSecondsName"),
    definition: msg("measures.kpi.kpisP90ResolutionWorkingSecondsDefinition"),
    formula: msg("measures.kpi.kpisP90ResolutionWorkingSecondsFormula"),
    unit: "workingSeconds",
    source: "cases",
    better: "lower",
    leastN: 30,
    figure: (n: KpiCounts): number | null => whole(n.p90Resolution),
  },
  reopened: {
    name: msg("measures.kpi.kpisReopenedName"),
    definition: msg("measures.kpi.kpisReopenedDefinition"),
    formula: msg("measures.kpi.kpisReopenedFormula"),
    unit: "share",
    source: "cases",
    better: "lower",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.reopened, n.firstResolved),
  },
  appealed: {
    name: msg("measures.kpi.kpisAppealedName"),
    definition: msg("measures.kpi.kpisAppealedDefinition"),
    formula: msg("measures.kpi.kpisAppealedFormula"),
    unit: "share",
    source: "cases",
    better: "lower",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.appealed, n.firstResolved),
  },
  settledAtFirstAnswer: {
    name: msg("measures.kpi.kpisSettledAtFirstAnswerName"),
    definition: msg("measures.kpi.kpisSettledAtFirstAnswerDefinition"),
    formula: msg("measures.kpi.kpisSettledAtFirstAnswerFormula"),
    unit: "share",
    source: "cases",
    better: "higher",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.settledAtFirst, n.firstResolved),
  },
  satisfaction: {
    name: msg("measures.kpi.kpisSatisfactionName"),
    definition: msg("measures.kpi.kpisSatisfactionDefinition"),
    formula: msg("measures.kpi.kpisSatisfactionFormula"),
    unit: "share",
    source: "ratings",
    better: "higher",
    leastN: 30,
    figure: (n: KpiCounts) => ({
      ...ratio(n.goodRatings, n.ratings),
      responseRate: ratio(n.ratedCases, n.invitations),
    }),
  },
  satisfactionByTelephone: {
    name: msg("measures.kpi.kpisSatisfactionByTelephoneName"),
    definition: msg("measures.kpi.kpisSatisfactionByTelephoneDefinition"),
    formula: msg("measures.kpi.kpisSatisfactionByTelephoneFormula"),
    unit: "share",
    source: "ratings",
    better: "higher",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.goodPhoneRatings, n.phoneRatings),
  },
  satisfactionByScale: {
    name: msg("measures.kpi.kpisSatisfactionByScaleName"),
    definition: msg("measures.kpi.kpisSatisfactionByScaleDefinition"),
    formula: msg("measures.kpi.kpisSatisfactionByScaleFormula"),
    unit: "rating",
    source: "ratings",
    better: "higher",
    leastN: 30,
    figure: (n: KpiCounts) =>
      Object.fromEntries(
        Object.entries(n.scales)
          .sort(([a], [b]) => a.localeCompare(b, "en"))
          .map(([scale, given]) => [scale, { n: given.n, mean: hundredth(given.sum / given.n) }]),
      ) as Readonly<Record<string, { readonly n: number; readonly mean: number }>>,
  },
  escalated: {
    name: msg("measures.kpi.kpisEscalatedName"),
    definition: msg("measures.kpi.kpisEscalatedDefinition"),
    formula: msg("measures.kpi.kpisEscalatedFormula"),
    unit: "share",
    source: "escalations",
    better: "lower",
    leastN: 30,
    figure: (n: KpiCounts) =>
      Object.fromEntries(
        Object.entries(n.escalated)
          .sort(([a], [b]) => Number(a) - Number(b))
          .map(([level, reached]) => [level, ratio(reached, n.openInPeriod)]),
      ) as Readonly<Record<string, Ratio>>,
  },
  backlog: {
    name: msg("measures.kpi.kpisBacklogName"),
    definition: msg("measures.kpi.kpisBacklogDefinition"),
    formula: msg("measures.kpi.kpisBacklogFormula"),
    unit: "cases",
    source: "cases",
    better: "lower",
    leastN: null,
    figure: (n: KpiCounts) => ({
      open: n.open,
      medianWorkingSeconds: whole(n.medianAge),
      p90WorkingSeconds: whole(n.p90Age),
    }),
  },
  casesPerFocalPoint: {
    name: msg("measures.kpi.kpisCasesPerFocalPointName"),
    definition: msg("measures.kpi.kpisCasesPerFocalPointDefinition"),
    formula: msg("measures.kpi.kpisCasesPerFocalPointFormula"),
    unit: "cases",
    source: "cases",
    better: "lower",
    leastN: null,
    figure: (n: KpiCounts) => ({
      open: n.open,
      focalPoints: n.focalPoints,
      each: n.focalPoints === 0 ? null : hundredth(n.open / n.focalPoints),
    }),
  },
  clearance: {
    name: msg("measures.kpi.kpisClearanceName"),
    definition: msg("measures.kpi.kpisClearanceDefinition"),
    formula: msg("measures.kpi.kpisClearanceFormula"),
    unit: "share",
    source: "cases",
    better: "higher",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.resolved, n.received),
  },
  misrouted: {
    name: msg("measures.kpi.kpisMisroutedName"),
    definition: msg("measures.kpi.kpisMisroutedDefinition"),
    formula: msg("measures.kpi.kpisMisroutedFormula"),
    unit: "share",
    source: "cases",
    better: "lower",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.transferred, n.received),
  },
  pauseShare: {
    name: msg("measures.kpi.kpisPauseShareName"),
    definition: msg("measures.kpi.kpisPauseShareDefinition"),
    formula: msg("measures.kpi.kpisPauseShareFormula"),
    unit: "share",
    source: "targets",
    better: "lower",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.pausedSeconds, n.workingSeconds),
  },
  lettersReached: {
    name: msg("measures.kpi.kpisLettersReachedName"),
    definition: msg("measures.kpi.kpisLettersReachedDefinition"),
    formula: msg("measures.kpi.kpisLettersReachedFormula"),
    unit: "share",
    source: "letters",
    better: "higher",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.receiptsReached + n.answersReached, n.received + n.firstResolved),
  },
  smsSent: {
    name: msg("measures.kpi.kpisSmsSentName"),
    definition: msg("measures.kpi.kpisSmsSentDefinition"),
    formula: msg("measures.kpi.kpisSmsSentFormula"),
    unit: "share",
    source: "letters",
    better: "higher",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.smsSent, n.smsWritten),
  },
  smsDelivered: {
    name: msg("measures.kpi.kpisSmsDeliveredName"),
    definition: msg("measures.kpi.kpisSmsDeliveredDefinition"),
    formula: msg("measures.kpi.kpisSmsDeliveredFormula"),
    unit: "share",
    source: "letters",
    better: "higher",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.smsDelivered, n.smsSent),
  },
  smsFailed: {
    name: msg("measures.kpi.kpisSmsFailedName"),
    definition: msg("measures.kpi.kpisSmsFailedDefinition"),
    formula: msg("measures.kpi.kpisSmsFailedFormula"),
    unit: "share",
    source: "letters",
    better: "lower",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.smsFailed, n.smsWritten),
  },
  smsSegments: {
    name: msg("measures.kpi.kpisSmsSegmentsName"),
    definition: msg("measures.kpi.kpisSmsSegmentsDefinition"),
    formula: msg("measures.kpi.kpisSmsSegmentsFormula"),
    unit: "segments",
    source: "letters",
    better: null,
    leastN: null,
    figure: (n: KpiCounts): number => n.smsSegments,
  },
} as const satisfies Readonly<Record<string, KpiRow>>;

export type KpiCode = keyof typeof kpis;
export type KpiFigures = { readonly [Code in KpiCode]: ReturnType<(typeof kpis)[Code]["figure"]> };

/** Counts become figures. */
export const kpiFigures = (counts: KpiCounts): KpiFigures =>
  Object.fromEntries(codesOf(kpis).map((code) => [code, kpis[code].figure(counts)])) as KpiFigures;
