/** What the figures page shows, made of the reports that were counted for it. It goes to a browser as it is. */

import type { RoleCode } from "../access/roles.js";
import type { DayLength } from "../formatting/durations.js";
import type { NamedCode } from "../lifecycle/held-sweep.js";
import { type Compared, compareAmongPeers } from "./compare-rates.js";
import type { FigurePeriod, TrendUnit } from "./figure-period.js";
import type { FigureScope } from "./figure-scopes.js";
import { type KpiFigures, kpis } from "./kpi.js";
import { type DelayBand, delayBands } from "./kpi-counts.js";
import type { SplitDimension } from "./kpi-dimensions.js";
import {
  boundsOf,
  isProportion,
  isShare,
  type Measured,
  noCases,
  type PageFigureCode,
  pageFigure,
} from "./page-figures.js";
import { leastPoints, signals, type UsualRange, usualRange } from "./process-behaviour.js";
import { type Change, realChanges, type Told } from "./real-changes.js";
import type { ShownKpi } from "./shown-kpis.js";
import type { Guarded } from "./small-cells.js";

/** Figures of a whole and of its groups; an empty code stands for cases without one. */
export interface Grouped extends KpiFigures {
  readonly groups: readonly (KpiFigures & { readonly code: string; readonly including?: readonly string[] })[];
}

/** How it lies to its target is worked out of what is shown (`againstTarget`): it tells no number that is not. */
export interface ShownFigure extends ShownKpi {
  readonly now: Measured;
  /** The same of the period before and of last year's; null: there was none, or the figure is about now. */
  readonly before: Measured | null;
  readonly lastYear: Measured | null;
  /** Whether the difference to the period before is more than chance explains. */
  readonly told: Told;
  /** Null: too few periods, or the period is not of the trend's steps. */
  readonly usual: UsualRange | null;
}

export interface TrendStep {
  readonly period: FigurePeriod;
  readonly measured: Measured;
  readonly received: number;
  readonly resolved: number;
  readonly signal: boolean;
  /** It is not over: fewer cases than there will be. */
  readonly running: boolean;
}

export interface FiguresTrend {
  readonly unit: TrendUnit;
  readonly steps: readonly TrendStep[];
  /** Null: too few steps to tell. */
  readonly band: { readonly mean: number; readonly lower: number; readonly upper: number } | null;
}

export interface PlaceLine {
  readonly place: NamedCode;
  /** Out of use now. */
  readonly ended: boolean;
  /** Entities that ended and whose cases it took over: their figures are in its own. */
  readonly including: readonly NamedCode[];
  readonly now: Measured;
  readonly before: Measured | null;
  readonly told: Told;
  /** Received in the period, and of now. */
  readonly received: Guarded;
  readonly open: Guarded;
  readonly delayed: Guarded;
  /** Null: entities are not compared by this figure. */
  readonly compared: Compared | null;
}

export interface SplitLine extends PlaceLine {
  /** Its share of all cases received in the period, 0 to 1; null: none were received, or the number is hidden. */
  readonly share: number | null;
  /** The entity that provides a service. */
  readonly provider: NamedCode | null;
}

export interface FiguresSplit {
  readonly by: SplitDimension;
  readonly lines: readonly SplitLine[];
}

export interface HeatRow {
  readonly place: NamedCode;
  /** One a pillar, in their order. */
  readonly cells: readonly Measured[];
}

export interface AgeingView {
  readonly bands: readonly { readonly band: DelayBand; readonly count: Guarded }[];
  /** Open and not late. */
  readonly inTime: number;
  readonly medianSeconds: number | null;
  readonly p90Seconds: number | null;
}

export interface EscalationStep {
  readonly level: number;
  /** The role that it leads to. */
  readonly role: RoleCode;
  /** Counted among the cases that are open in the period. */
  readonly share: Measured;
}

export interface MapPlace {
  readonly place: NamedCode;
  /** As the set-up has it; null: it is not on the map. */
  readonly outline: string | null;
  readonly measured: Measured;
  readonly received: Guarded;
}

/** What somebody has in hand now. */
export interface TeamLine {
  /** Null: what nobody has taken on yet. */
  readonly person: { readonly id: number; readonly name: string } | null;
  readonly open: number;
  readonly overdue: number;
  readonly replyLate: number;
  /** Not late, and due before the day ends; and by the end of the next working day after it. */
  readonly today: number;
  readonly next: number;
}

export interface FiguresView {
  readonly programme: NamedCode;
  readonly programmes: readonly NamedCode[];
  readonly scopes: readonly { readonly id: string; readonly kind: FigureScope["kind"]; readonly place: NamedCode }[];
  readonly scope: Pick<FigureScope, "id" | "kind" | "code" | "confidential" | "readsCases" | "exports">;
  /** The entity that it is narrowed down to; null: all of the scope. */
  readonly within: NamedCode | null;
  /** What each of the entity's people has in hand; null: it is not the reader's to see, or the figures are of several entities. */
  readonly team: readonly TeamLine[] | null;
  readonly period: FigurePeriod;
  /** What of it has been, as dates, and how many days that are; `running`: it goes on. */
  readonly elapsed: { readonly from: string; readonly to: string; readonly days: number; readonly running: boolean };
  readonly before: { readonly from: string; readonly to: string } | null;
  readonly lastYear: { readonly from: string; readonly to: string } | null;
  /** Day of the first receipt; null: nothing was received yet. */
  readonly began: string | null;
  readonly today: string;
  /** All is as of then (ISO). */
  readonly asOf: string;
  /** The day at whose end it was known so; null: as it is known now. */
  readonly known: string | null;
  readonly day: DayLength;
  readonly figure: PageFigureCode;
  readonly figures: readonly ShownFigure[];
  /** How many of the invited rated. */
  readonly ratedOfInvited: Measured;
  readonly trend: FiguresTrend;
  readonly entities: readonly PlaceLine[];
  readonly split: FiguresSplit;
  readonly heat: { readonly pillars: readonly NamedCode[]; readonly rows: readonly HeatRow[] };
  readonly ageing: AgeingView;
  readonly escalated: readonly EscalationStep[];
  readonly map: readonly MapPlace[];
  /** Small numbers are not shown: the reader does not read the cases one by one. */
  readonly hidesSmall: boolean;
  /** At least so many came to the programme so far and are in no figure, in full tens; null: fewer than ten. */
  readonly confidentialCases: number | null;
}

/** Entities are compared, and changes told, from so many cases on; of a figure that says no number of its own. */
const usualLeast = 30;

const changeOf = (code: PageFigureCode, now: Measured, before: Measured | null): Change => ({
  now: isProportion(code) ? ratioOf(now) : null,
  before: before && ratioOf(before),
  least: kpis[code].leastN ?? usualLeast,
});
/** Its numbers as those of a share; null: it is none, or they are hidden. */
export const ratioOf = ({ numerator, denominator }: Measured): { numerator: number; denominator: number } | null =>
  numerator === null || denominator === null ? null : { numerator, denominator };

export interface TrendReport {
  readonly period: FigurePeriod;
  readonly running: boolean;
  readonly figures: KpiFigures;
}

/** @param sameStep the period is one of the trend's steps, the last */
function usualOf(code: PageFigureCode, steps: readonly TrendReport[], sameStep: boolean): UsualRange | null {
  const { of, measured } = pageFigure(code);
  const last = steps.at(-1);
  // A count of half a month is less than that of a month: only shares are judged before it is over.
  if (of === "now" || !sameStep || last === undefined || (last.running && !isShare(code))) return null;
  return usualRange(
    steps.map(({ figures }) => measured(figures).value),
    boundsOf(code),
  );
}

export function shownFigures(a: {
  /** Those that the reader is shown, in their order. */
  shown: readonly ShownKpi[];
  now: KpiFigures;
  before: KpiFigures | null;
  lastYear: KpiFigures | null;
  steps: readonly TrendReport[];
  sameStep: boolean;
}): ShownFigure[] {
  const figures = a.shown.map((shown) => {
    const { code } = shown;
    const { of, measured } = pageFigure(code);
    const then = (report: KpiFigures | null) => (of === "now" || report === null ? null : measured(report));
    return { ...shown, now: measured(a.now), before: then(a.before), lastYear: then(a.lastYear) };
  });
  const told = realChanges(figures.map(({ code, now, before }) => changeOf(code, now, before)));
  return figures.map((figure, i) => ({
    ...figure,
    told: told[i] ?? null,
    usual: usualOf(figure.code, a.steps, a.sameStep),
  }));
}

/** Limits of the steps that are over; what goes on is drawn, and judged where it is a share. */
export function trendOf(code: PageFigureCode, unit: TrendUnit, reports: readonly TrendReport[]): FiguresTrend {
  const { measured } = pageFigure(code);
  const values = reports.map(({ figures, running }) => (running && !isShare(code) ? null : measured(figures).value));
  const known = values.filter((value) => value !== null).length >= leastPoints;
  const { mean, lower, upper, points } = signals(values);
  const { least, most } = boundsOf(code);
  return {
    unit,
    steps: reports.map(({ period, running, figures }, i) => ({
      period,
      running,
      measured: measured(figures),
      received: figures.received,
      resolved: figures.resolved,
      signal: known && (points[i]?.signal ?? false),
    })),
    band:
      known && mean !== null && lower !== null && upper !== null
        ? { mean, lower: Math.max(least, lower), upper: Math.min(most, upper) }
        : null,
  };
}

export function placeLines(a: {
  code: PageFigureCode;
  now: Grouped;
  before: Grouped | null;
  nameOf: (code: string) => { readonly place: NamedCode; readonly ended: boolean };
}): PlaceLine[] {
  const { measured } = pageFigure(a.code);
  const { leastN, better } = kpis[a.code];
  const before = new Map(a.before?.groups.map((group) => [group.code, group]));
  const groups = a.now.groups.map((group) => {
    const former = before.get(group.code);
    return { group, now: measured(group), former: former === undefined ? null : measured(former) };
  });
  const told = realChanges(groups.map(({ now, former }) => changeOf(a.code, now, former)));
  const compared =
    leastN === null || better === null || !isProportion(a.code)
      ? null
      : compareAmongPeers(
          groups.map(({ now }) => ({ numerator: now.numerator ?? 0, denominator: now.denominator ?? 0 })),
          { leastN, direction: better },
        );
  return groups.map(({ group, now, former }, i) => ({
    ...a.nameOf(group.code),
    including: (group.including ?? []).map((code) => a.nameOf(code).place),
    now,
    before: former,
    told: told[i] ?? null,
    received: group.received,
    open: group.backlog.open,
    delayed: group.delayed,
    compared: compared?.[i] ?? null,
  }));
}

/** Entities with the most cases first; what is under each pillar, one report a pillar. */
export function heatRows(a: {
  code: PageFigureCode;
  byPillar: readonly Pick<Grouped, "groups">[];
  nameOf: (code: string) => { readonly place: NamedCode };
}): HeatRow[] {
  const { measured } = pageFigure(a.code);
  const codes = [...new Set(a.byPillar.flatMap(({ groups }) => groups.map(({ code }) => code)))];
  const rows = codes.map((code) => {
    const found = a.byPillar.map(({ groups }) => groups.find((group) => group.code === code));
    return {
      place: a.nameOf(code).place,
      cells: found.map((group) => (group === undefined ? noCases : measured(group))),
      weight: found.reduce((sum, group) => sum + (group?.received ?? 0) + (group?.backlog.open ?? 0), 0),
    };
  });
  return rows
    .sort((one, other) => other.weight - one.weight || (one.place.code < other.place.code ? -1 : 1))
    .map(({ weight: _, ...row }) => row);
}

export function ageingOf(figures: KpiFigures): AgeingView {
  const { open, medianWorkingSeconds, p90WorkingSeconds } = figures.backlog;
  return {
    bands: delayBands.map((band) => ({ band, count: figures.delayedByWorkingDays[band] ?? 0 })),
    inTime: Math.max(0, open - figures.delayed),
    medianSeconds: medianWorkingSeconds,
    p90Seconds: p90WorkingSeconds,
  };
}
