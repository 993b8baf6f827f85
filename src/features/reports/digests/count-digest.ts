/** Counts what a digest of figures needs, once for all its receivers: a question for all periods, a few more for what got worse. */

import { civilDate, shiftDate, startOfDay } from "../../../engine/calendar/civil-days.js";
import type { DueDigest } from "../../../engine/letters/digest-schedule.js";
import { newsPeriods } from "../../../engine/measures/digest-changes.js";
import { addBands, addFigures, type DelayBands, type DigestFigures } from "../../../engine/measures/digest-figures.js";
import { type GroupCounts, reasonDimensions } from "../../../engine/measures/digest-story.js";
import { digestSteps } from "../../../engine/measures/digest-view.js";
import { type FigurePeriod, periodBefore } from "../../../engine/measures/figure-period.js";
import type { KpiFigures } from "../../../engine/measures/kpi.js";
import { recordsOf } from "../../../engine/measures/kpi-dimensions.js";
import { highestLevel } from "../../../engine/setup/highest-level.js";
import type { Setup } from "../../../engine/setup/setup.js";
import type { Database } from "../../../platform/db/query.js";
import { heirsOf } from "../heirs.js";
import type { KpiReport, KpiSeries, KpiSeriesRequest, ReceivedAcross, ReceivedRow } from "../kpi.js";
import { figuresBegin } from "../programme-totals.js";
import {
  type OverdueRow,
  overdueByEntity,
  type ReviewRow,
  receivedByService,
  reviewsByEntity,
} from "./digest-queries.js";
import type { Digest } from "./digest-receivers.js";
import { lastRuns } from "./digest-store.js";

export interface CountingParts {
  readonly db: Database;
  /** The same that `diwan kpi` prints. */
  readonly series: KpiSeries;
  readonly receivedAcross: ReceivedAcross;
}

export interface CountedStep {
  readonly period: FigurePeriod;
  readonly whole: KpiReport;
  /** By entity; an empty code stands for cases without one. */
  readonly groups: ReadonlyMap<string, KpiFigures>;
  /** Overdue cases by entity when the letter of this period was written, or now; null: nobody counted. */
  readonly overdue: ReadonlyMap<string, number> | null;
}

/** What was counted of a programme for one digest. */
export interface CountedDigest {
  readonly setup: Setup;
  readonly now: Date;
  /** In order, the told one last; none in which the programme had not begun or began, but the told one. */
  readonly steps: readonly CountedStep[];
  readonly overdue: readonly OverdueRow[];
  /** The highest importance level; null: the programme has none. */
  readonly criticalLevel: string | null;
  /** What each entity received of each service, a period its step. */
  readonly services: readonly ReceivedRow[];
  /** Reviewed answers of the periods that are news. */
  readonly reviews: readonly ReviewRow[];
  /** The same of as many periods before those; none where there are not so many. */
  readonly reviewsBefore: readonly ReviewRow[];
  readonly confidentialCases: number | null;
}

/** Two letters written so much nearer to each other, or further, than their periods are, tell of other moments of them. */
const likeMs = 12 * 3_600_000;

/** Letters tell of counts and shares. */
const withoutTimes = { times: "none" } as const satisfies Partial<KpiSeriesRequest>;

const groupsOf = ({ groups = [] }: KpiReport): ReadonlyMap<string, KpiFigures> =>
  new Map(groups.map((group) => [group.code, group]));
const delayedOf = (groups: ReadonlyMap<string, KpiFigures>): ReadonlyMap<string, number> =>
  new Map([...groups].map(([code, { delayed }]) => [code, delayed]));

/** The told period and those before it, the oldest first. */
function stepsTo(period: FigurePeriod): FigurePeriod[] {
  const steps = [period];
  while (steps.length < digestSteps) steps.unshift(periodBefore(steps[0] as FigurePeriod));
  return steps;
}

/**
 * @param due the moment that it is about; @param now as of when it is counted; @param past that this is over: of an earlier moment all is counted
 * from what had happened by then
 */
export async function countDigest(
  { db, series, receivedAcross }: CountingParts,
  a: { setup: Setup; digest: Pick<Digest, "code" | "period">; due: DueDigest; now: Date; past?: boolean },
): Promise<CountedDigest> {
  const { setup, due, now, past = false } = a;
  const { code: programme, timeZone } = setup.programme;
  const first = await figuresBegin(db, programme);
  const began = first === null ? null : civilDate(first, timeZone);
  // As on the figures page: a period in which the programme began is of fewer days than the others, and those before are of none.
  const periods = stepsTo(due.of).filter(({ from }) => from === due.of.from || (began !== null && from >= began));
  const runs = await lastRuns(db, { programme, digest: a.digest.code, before: due.at, limit: digestSteps });
  // The letter of a period is written in the next one.
  const runOf = ({ to }: FigurePeriod, next: FigurePeriod | undefined) =>
    runs.find(({ dueAt, overdue }) => {
      const day = civilDate(dueAt, timeZone);
      return overdue !== null && day >= to && (next === undefined || day < next.to);
    });
  const asked = { programme, by: "entity", ...withoutTimes };
  const reports = await series({ ...asked, periods, at: now, newest: true });
  const steps = periods.map((period, i): CountedStep => {
    const whole = reports[i] as KpiReport;
    const groups = groupsOf(whole);
    const run = runOf(period, periods[i + 1]);
    const overdue = i === periods.length - 1 ? delayedOf(groups) : run && new Map(Object.entries(run.overdue ?? {}));
    return { period, whole, groups, overdue: overdue ?? null };
  });
  const before = steps.at(-2);
  const apart = Date.parse(due.of.to) - Date.parse(before?.period.to ?? due.of.to);
  const written = before === undefined ? undefined : runOf(before.period, due.of)?.dueAt;
  // Like with like: in a first letter, a preview in the middle of a week, or a late one, what was overdue at the same moment of the period
  // before is counted from the cases, this once.
  if (before !== undefined && (written === undefined || Math.abs(now.getTime() - written.getTime() - apart) > likeMs)) {
    // That is of one moment, whatever the period: the shortest one has the fewest cases.
    const { to } = before.period;
    const then = new Date(now.getTime() - apart);
    const [report] = await series({ ...asked, periods: [{ from: shiftDate(to, -1), to }], at: then });
    steps[steps.length - 2] = { ...before, overdue: delayedOf(groupsOf(report as KpiReport)) };
  }
  const startOf = (day: string): Date => startOfDay(day, timeZone);
  const criticalLevel = highestLevel(setup)?.code ?? null;
  const newsFrom = steps.at(-newsPeriods[a.digest.period])?.period.from ?? steps[0]?.period.from ?? due.of.from;
  const beforeFrom = steps.at(-2 * newsPeriods[a.digest.period])?.period.from ?? null;
  const heirs = await heirsOf(db, setup, now);
  const begins = periods.map(({ from }) => startOf(from));
  return {
    setup,
    now,
    steps,
    // Which cases were overdue then is not known; how many were, the figures say.
    overdue: past ? [] : await overdueByEntity(db, { programme, entities: null, level: criticalLevel, now }),
    criticalLevel,
    services:
      (past ? null : await receivedAcross({ programme, periods, at: now, across: "service" })) ??
      (await receivedByService(db, { programme, begins, end: startOf(due.of.to), now, past, heirs })),
    reviews: await reviewsByEntity(db, { programme, from: startOf(newsFrom), to: startOf(due.of.to), now, heirs }),
    reviewsBefore:
      beforeFrom === null
        ? []
        : await reviewsByEntity(db, { programme, from: startOf(beforeFrom), to: startOf(newsFrom), now, heirs }),
    confidentialCases: steps.at(-1)?.whole.confidentialCases ?? null,
  };
}

/** One period of some entities. */
export interface ScopedStep {
  readonly figures: DigestFigures;
  readonly bands: DelayBands;
  readonly overdue: number | null;
  readonly open: number;
}

/** A period's figures of some entities, or of the whole programme. @param entities null for all */
export function scopedStep(step: CountedStep, entities: readonly string[] | null): ScopedStep {
  const figures = entities === null ? [step.whole] : entities.flatMap((code) => step.groups.get(code) ?? []);
  const counts =
    entities === null ? [...(step.overdue?.values() ?? [])] : entities.map((code) => step.overdue?.get(code) ?? 0);
  return {
    figures: addFigures(figures),
    bands: addBands(figures.map(({ delayedByWorkingDays }) => delayedByWorkingDays)),
    overdue: step.overdue === null ? null : counts.reduce((sum, n) => sum + n, 0),
    open: figures.reduce((sum, { backlog }) => sum + backlog.open, 0),
  };
}

/** By what a group is counted as gone wrong. */
export type Wrong = "onTime" | "satisfaction" | "overdue";

const wrongOf: Readonly<Record<Wrong, (figures: KpiFigures) => { wrong: number; all: number }>> = {
  onTime: ({ onTimeResolution: { numerator, denominator } }) => ({ wrong: denominator - numerator, all: denominator }),
  satisfaction: ({ satisfaction: { numerator, denominator } }) => ({
    wrong: denominator - numerator,
    all: denominator,
  }),
  overdue: ({ delayed, backlog }) => ({ wrong: delayed, all: backlog.open }),
};

/**
 * What of a change each entity, service, type and pillar has; of a place that is one entity no entity.
 * @param before null: what there is now is compared with nothing
 */
export async function countGroups(
  { series }: CountingParts,
  a: {
    counted: CountedDigest;
    entities: readonly string[] | null;
    wrong: Wrong;
    before: { from: string; to: string } | null;
    after: { from: string; to: string };
  },
): Promise<GroupCounts[]> {
  const { setup, now } = a.counted;
  const { code: programme } = setup.programme;
  const asked = { programme, at: now, newest: true, entities: a.entities ?? undefined, ...withoutTimes };
  const periods = a.before === null ? [a.after] : [a.after, a.before];
  const none = { wrong: 0, all: 0 };
  const found: GroupCounts[] = [];
  for (const dimension of reasonDimensions) {
    if (dimension === "entity" && a.entities?.length === 1) continue;
    const [after, before = new Map<string, KpiFigures>()] = (await series({ ...asked, periods, by: dimension })).map(
      groupsOf,
    );
    if (after === undefined) continue;
    const read = (groups: ReadonlyMap<string, KpiFigures>, code: string) => {
      const figures = groups.get(code);
      return figures === undefined ? none : wrongOf[a.wrong](figures);
    };
    for (const code of new Set([...after.keys(), ...before.keys()])) {
      const name = recordsOf[dimension](setup).get(code)?.name ?? null;
      found.push({ dimension, code, name, before: read(before, code), after: read(after, code) });
    }
  }
  return found;
}
