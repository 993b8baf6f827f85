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
  /** As screens label it. Letters have words of their own (area `emails`). */
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
    name: msg("measures.kpi.kpisReceivedName"),
    definition: msg("measures.kpi.kpisReceivedDefinition"),
    unit: "cases",
    better: null,
    leastN: null,
    figure: (n: KpiCounts): number => n.received,
    shown: ["committeeDigest", "committeeHome", "executiveHome"],
  },
  resolved: {
    name: msg("measures.kpi.kpisResolvedName"),
    definition: msg("measures.kpi.kpisResolvedDefinition"),
    unit: "cases",
    better: "higher",
    leastN: null,
    figure: (n: KpiCounts): number => n.resolved,
    shown: ["committeeDigest", "committeeHome", "executiveHome", "focalHome"],
  },
  closed: {
    name: msg("measures.kpi.kpisClosedName"),
    definition: msg("measures.kpi.kpisClosedDefinition"),
    unit: "cases",
    better: null,
    leastN: null,
    figure: (n: KpiCounts): number => n.closed,
    shown: ["committeeHome"],
  },
  rejected: {
    name: msg("measures.kpi.kpisRejectedName"),
    definition: msg("measures.kpi.kpisRejectedDefinition"),
    unit: "share",
    better: null,
    leastN: null,
    figure: (n: KpiCounts): Ratio => ratio(n.rejected, n.received),
    shown: [],
  },
  onTimeResolution: {
    name: msg("measures.kpi.kpisOnTimeResolutionName"),
    definition: msg("measures.kpi.kpisOnTimeResolutionDefinition"),
    unit: "share",
    better: "higher",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.resolutionOnTime, n.resolutionDue),
    shown: ["committeeDigest", "committeeHome", "executiveHome", "focalHome"],
  },
  onTimeAmongResolved: {
    name: msg("measures.kpi.kpisOnTimeAmongResolvedName"),
    definition: msg("measures.kpi.kpisOnTimeAmongResolvedDefinition"),
    unit: "share",
    better: "higher",
    leastN: null,
    figure: (n: KpiCounts): Ratio => ratio(n.resolutionOnTime, n.resolutionDueMet),
    shown: ["committeeDigest", "committeeHome"],
  },
  firstResponse: {
    name: msg("measures.kpi.kpisFirstResponseName"),
    definition: msg("measures.kpi.kpisFirstResponseDefinition"),
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
    name: msg("measures.kpi.kpisDelayedName"),
    definition: msg("measures.kpi.kpisDelayedDefinition"),
    unit: "cases",
    better: "lower",
    leastN: null,
    figure: (n: KpiCounts): number => delayBands.reduce((sum, _, i) => sum + (n.delayed[i] ?? 0), 0),
    shown: ["committeeDigest", "committeeHome", "executiveHome", "roomHome"],
  },
  delayedByWorkingDays: {
    name: msg("measures.kpi.kpisDelayedByWorkingDaysName"),
    definition: msg("measures.kpi.kpisDelayedByWorkingDaysDefinition"),
    unit: "cases",
    better: "lower",
    leastN: null,
    figure: (n: KpiCounts) =>
      Object.fromEntries(delayBands.map((band, i) => [band, n.delayed[i] ?? 0])) as Readonly<Record<DelayBand, number>>,
    shown: [],
  },
  medianResolutionWorkingSeconds: {
    name: msg("measures.kpi.kpisMedianResolutionWorkingSecondsName"),
    definition: msg("measures.kpi.kpisMedianResolutionWorkingSecondsDefinition"),
    unit: "workingSeconds",
    better: "lower",
    leastN: 30,
    figure: (n: KpiCounts): number | null => whole(n.medianResolution),
    shown: [],
  },
  reopened: {
    name: msg("measures.kpi.kpisReopenedName"),
    definition: msg("measures.kpi.kpisReopenedDefinition"),
    unit: "share",
    better: "lower",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.reopened, n.firstResolved),
    shown: ["committeeHome"],
  },
  satisfaction: {
    name: msg("measures.kpi.kpisSatisfactionName"),
    definition: msg("measures.kpi.kpisSatisfactionDefinition"),
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
    name: msg("measures.kpi.kpisSatisfactionByScaleName"),
    definition: msg("measures.kpi.kpisSatisfactionByScaleDefinition"),
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
    name: msg("measures.kpi.kpisEscalatedName"),
    definition: msg("measures.kpi.kpisEscalatedDefinition"),
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
    name: msg("measures.kpi.kpisBacklogName"),
    definition: msg("measures.kpi.kpisBacklogDefinition"),
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
    name: msg("measures.kpi.kpisClearanceName"),
    definition: msg("measures.kpi.kpisClearanceDefinition"),
    unit: "share",
    better: "higher",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.resolved, n.received),
    shown: [],
  },
  misrouted: {
    name: msg("measures.kpi.kpisMisroutedName"),
    definition: msg("measures.kpi.kpisMisroutedDefinition"),
    unit: "share",
    better: "lower",
    leastN: 30,
    figure: (n: KpiCounts): Ratio => ratio(n.transferred, n.received),
    shown: [],
  },
  pauseShare: {
    name: msg("measures.kpi.kpisPauseShareName"),
    definition: msg("measures.kpi.kpisPauseShareDefinition"),
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
