/** Answers a question about figures from the sums, to the unit what `countKpi` counts case by case for the same moment. */

import type { WorkingCalendar } from "../../../engine/calendar/working-calendar.js";
import { groupedBy } from "../../../engine/grouped-by.js";
import { type DelayBand, delayBands } from "../../../engine/measures/kpi-counts.js";
import type { Database } from "../../../platform/db/query.js";
import { inSnapshot } from "../../../platform/db/transaction.js";
import type { KpiRow } from "../kpi-queries.js";
import { earliestReceipt } from "../programme-totals.js";
import { stretchTable } from "../stretch-table.js";
import { dayColumnCodes } from "./day-columns.js";
import { findQuantiles, noTimes, type Times } from "./find-quantiles.js";
import {
  type DaySums,
  daySums,
  type OpenSum,
  openSums,
  type PartSum,
  partSums,
  readableRollup,
  type SumsAsked,
} from "./rollup-queries.js";

/** For which groups medians and the like are looked up: they are null for the others. */
export type TimesAsked = "all" | "whole" | "none";

export interface FiguresAsked extends Omit<SumsAsked, "rollup"> {
  readonly programme: string;
  readonly countedBy: string;
  readonly levels: readonly number[];
  readonly calendar: WorkingCalendar;
  /** The first moment of each period. */
  readonly begins: readonly Date[];
  readonly times: TimesAsked;
  /** Sums as of an earlier or a later moment do not answer. */
  readonly since: Date;
  readonly until: Date;
}

/** The counts of a period: of the whole first, then of each group in order of its code. */
export interface PeriodFigures {
  readonly period: number;
  /** The code of `across`; empty where none was asked for. */
  readonly across: string;
  readonly rows: readonly KpiRow[];
}

/** All sums of one group in a period. */
interface Group {
  readonly period: number;
  readonly across: string;
  readonly code: string | null;
  readonly days: readonly DaySums[];
  readonly opened: number;
  readonly parts: readonly PartSum[];
}

/** What the figures of one group are, but for the quantiles. */
type Counts = Omit<KpiRow, "code" | keyof Times>;

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

type Sums = Pick<DaySums, (typeof dayColumnCodes)[number]>;
const addUp = (rows: readonly DaySums[]): Sums =>
  Object.fromEntries(dayColumnCodes.map((name) => [name, sum(rows.map((row) => row[name]))])) as Sums;

/** The last of the bands has no end. */
const lastBand = 11;
const bandOf = (days: number): DelayBand =>
  days < 1 ? "0" : days < 3 ? "1-2" : days < 6 ? "3-5" : days < lastBand ? "6-10" : "11+";

/** @param daysLate working days since a day, until now */
function countsOf(group: Group, levels: readonly number[], daysLate: (day: string) => number): Counts {
  const { opened, ended, ...days } = addUp(group.days);
  const partsOf = (measure: string) => group.parts.filter((part) => part.measure === measure);
  const n = (measure: string) => sum(partsOf(measure).map((part) => part.n));
  const byCell = (measure: string, cell: string) => partsOf(measure).filter((part) => part.cell === cell);
  const scales = [...new Set(partsOf("scale").map(({ cell }) => cell))];
  const late = new Map<DelayBand, number>();
  const add = (band: DelayBand, more: number) => late.set(band, (late.get(band) ?? 0) + more);
  for (const { cell, n } of partsOf("late")) {
    if (cell === "") add("11+", n);
    else {
      add(bandOf(daysLate(cell)), n);
      add("11+", -n);
    }
  }
  return {
    ...days,
    resolved: days.resolved - n("resolved"),
    closed: days.closed - n("closed"),
    rejected: days.rejected - n("rejected"),
    ratedCases: days.ratedCases - n("ratedCase"),
    delayed: delayBands.map((band) => late.get(band) ?? 0),
    scales: Object.fromEntries(
      scales.map((scale) => {
        const given = byCell("scale", scale);
        return [scale, { n: sum(given.map((part) => part.n)), sum: sum(given.map(({ total }) => total)) }];
      }),
    ),
    escalated: Object.fromEntries(
      levels.map((level) => [level, sum(byCell("level", String(level)).map((part) => part.n))]),
    ),
    openInPeriod: group.opened - n("opened"),
    open: n("open"),
  };
}

const isNothing = (value: unknown): boolean =>
  typeof value === "object" && value !== null ? Object.values(value).every(isNothing) : value === 0 || value === null;

/** Whether nothing happened in a group. */
export const isEmpty = ({ code: _, ...counts }: KpiRow): boolean => isNothing(counts);

interface AllSums {
  readonly days: readonly DaySums[];
  readonly opened: readonly OpenSum[];
  readonly parts: readonly PartSum[];
}

/** Rows by period and `across`; what tells of now is of each period. */
function inPlaces<Row extends { readonly period: number; readonly across: string }>(rows: readonly Row[]) {
  const places = groupedBy(rows, ({ period, across }) => `${period} ${across}`);
  return (period: number, across: string): Row[] => [
    ...(places.get(`${period} ${across}`) ?? []),
    ...(places.get(`-1 ${across}`) ?? []),
  ];
}

/** The groups of each period, and of each code of `across` there: the whole first. */
function groupsOf(asked: FiguresAsked, sums: AllSums): Group[] {
  const rows = [...sums.days, ...sums.opened, ...sums.parts];
  const [daysIn, openedIn, partsIn] = [inPlaces(sums.days), inPlaces(sums.opened), inPlaces(sums.parts)];
  const columns = asked.across === null ? [""] : [...new Set(rows.map(({ across }) => across))].sort();
  return asked.periods.flatMap((_, period) =>
    columns.flatMap((across) => {
      const place = { period, across };
      const [days, opened, parts] = [daysIn(period, across), openedIn(period, across), partsIn(period, across)];
      const stillOpen = (some: readonly OpenSum[]) => sum(some.map((row) => row.opened - row.ended));
      const whole: Group = { ...place, code: null, days, opened: stillOpen(opened), parts };
      if (asked.by === null) return [whole];
      const codeOf = ({ code }: { readonly code: string }) => code;
      const [daysBy, openedBy, partsBy] = [
        groupedBy(days, codeOf),
        groupedBy(opened, codeOf),
        groupedBy(parts, codeOf),
      ];
      const codes = [...new Set([...daysBy.keys(), ...openedBy.keys(), ...partsBy.keys()])];
      const groups = codes
        .sort((a, b) => (a < b ? -1 : 1))
        .map((code): Group => {
          const open = stillOpen(openedBy.get(code) ?? []);
          return { ...place, code, days: daysBy.get(code) ?? [], opened: open, parts: partsBy.get(code) ?? [] };
        });
      return [whole, ...groups];
    }),
  );
}

/** Working days that had begun, and how many of them since another day. */
function workingDays(dates: readonly string[]) {
  const days = [...new Set(dates)];
  // A year has some hundred days on which something fell due, of each group.
  const known = new Map<string, number>();
  return {
    /** From this day on something is late for fewer days than the last band has. */
    lateSince: days.at(-lastBand) ?? "0001-01-01",
    daysLate(day: string): number {
      const late = known.get(day) ?? days.filter((date) => date > day).length;
      known.set(day, late);
      return late;
    },
  };
}

/** What was received in each period, of each group and code of `across`; null as of `rollupFigures`. */
export async function rollupReceived(
  db: Database,
  asked: Omit<FiguresAsked, "levels" | "calendar" | "begins" | "times">,
): Promise<readonly Pick<DaySums, "period" | "across" | "code" | "received">[] | null> {
  return inSnapshot(db, async (tx) => {
    const rollup = await readableRollup(db, asked, tx);
    return rollup === null ? null : daySums(db, { ...asked, rollup: rollup.id }, tx);
  });
}

/** In order of period and `across`; null where the sums are behind or counted otherwise. */
export async function rollupFigures(
  db: Database,
  asked: FiguresAsked,
): Promise<{ readonly asOf: Date; readonly answers: readonly PeriodFigures[] } | null> {
  return inSnapshot(db, async (tx) => {
    const rollup = await readableRollup(db, asked, tx);
    if (rollup === null) return null;
    const { id, asOf } = rollup;
    const sums: SumsAsked = { ...asked, rollup: id };
    const { dates } = stretchTable(asked.calendar, await earliestReceipt(db, asked.programme, tx), asOf);
    const { lateSince, daysLate } = workingDays(dates);
    const days = await daySums(db, sums, tx);
    const begun = asked.begins.map((begins) => begins <= asOf);
    const opened = begun.includes(true) ? await openSums(db, sums, begun, tx) : [];
    const parts = await partSums(db, sums, lateSince, tx);
    const ageOf = (ms: number): number => asked.calendar.between(new Date(ms), asOf);
    const times = (question: SumsAsked, isAsked: boolean) =>
      isAsked ? findQuantiles(db, question, ageOf, tx) : () => noTimes;
    const ofWhole = await times({ ...sums, by: null }, asked.times !== "none");
    const ofGroups = await times(sums, asked.times === "all" && asked.by !== null);
    const rows = groupsOf(asked, { days, opened, parts }).map((group) => {
      const { period, across, code } = group;
      const row: KpiRow = {
        code,
        ...countsOf(group, asked.levels, daysLate),
        ...(code === null ? ofWhole(period, across, "") : ofGroups(period, across, code)),
      };
      return { period, across, row };
    });
    const answers = [...groupedBy(rows, ({ period, across }) => JSON.stringify([period, across])).values()].map(
      (some): PeriodFigures => {
        const { period, across } = some[0] as (typeof rows)[number];
        return { period, across, rows: some.map(({ row }) => row) };
      },
    );
    return { asOf, answers };
  });
}
