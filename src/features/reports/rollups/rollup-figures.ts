/** Answers a question about figures from the sums, to the unit what `countKpi` counts case by case for the same moment. */

import { shiftDate } from "../../../engine/calendar/civil-days.js";
import type { DateRange } from "../../../engine/calendar/whole-months.js";
import type { WorkingCalendar } from "../../../engine/calendar/working-calendar.js";
import { type DelayBand, delayBands } from "../../../engine/measures/kpi-counts.js";
import { type ClassCount, type Place, quantileOf, quantilePlaces } from "../../../engine/measures/quantiles.js";
import type { Database } from "../../../platform/db/query.js";
import { inSnapshot } from "../../../platform/db/transaction.js";
import type { KpiRow } from "../kpi-queries.js";
import { earliestReceipt } from "../programme-totals.js";
import { stretchTable } from "../stretch-table.js";
import { dayColumnCodes } from "./day-columns.js";
import {
  type DaySums,
  daySums,
  type Lookup,
  lookUp,
  type OpenSum,
  openSums,
  type PartSum,
  partSums,
  readableRollup,
  type SumsAsked,
  timesAround,
} from "./rollup-queries.js";

/** Of whom medians and the like are looked up: they are null for the others. */
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
type Counts = Omit<
  KpiRow,
  "code" | "medianResolution" | "p90Resolution" | "medianResponse" | "p90Response" | "medianAge" | "p90Age"
>;
type Quantile = Exclude<keyof KpiRow, keyof Counts | "code">;

interface QuantileOf {
  readonly kind: "first" | "reply" | "open";
  readonly q: number;
}
const quantiles: Readonly<Record<Quantile, QuantileOf>> = {
  medianResolution: { kind: "first", q: 0.5 },
  p90Resolution: { kind: "first", q: 0.9 },
  medianResponse: { kind: "reply", q: 0.5 },
  p90Response: { kind: "reply", q: 0.9 },
  medianAge: { kind: "open", q: 0.5 },
  p90Age: { kind: "open", q: 0.9 },
};

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

type Sums = Pick<DaySums, (typeof dayColumnCodes)[number]>;
const addUp = (rows: readonly DaySums[]): Sums =>
  Object.fromEntries(dayColumnCodes.map((name) => [name, sum(rows.map((row) => row[name]))])) as Sums;

const bandOf = (days: number): DelayBand =>
  days < 1 ? "0" : days < 3 ? "1-2" : days < 6 ? "3-5" : days < 11 ? "6-10" : "11+";

/** @param daysLate working days since a day, until now */
function countsOf(group: Group, levels: readonly number[], daysLate: (day: string) => number): Counts {
  const { opened, ended, ...days } = addUp(group.days);
  const partsOf = (measure: string) => group.parts.filter((part) => part.measure === measure);
  const n = (measure: string) => sum(partsOf(measure).map((part) => part.n));
  const byCell = (measure: string, cell: string) => partsOf(measure).filter((part) => part.cell === cell);
  const scales = [...new Set(partsOf("scale").map(({ cell }) => cell))];
  const late = new Map<DelayBand, number>();
  for (const part of partsOf("late")) {
    const band = bandOf(daysLate(part.cell));
    late.set(band, (late.get(band) ?? 0) + part.n);
  }
  return {
    ...days,
    resolved: days.resolved - n("resolved"),
    closed: days.closed - n("closed"),
    rejected: days.rejected - n("rejected"),
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

/** The classes of a histogram, in order. */
function classesOf(group: Group, kind: QuantileOf["kind"]): ClassCount[] {
  const cells = new Map<string, number>();
  for (const { measure, cell, n } of group.parts) if (measure === kind) cells.set(cell, (cells.get(cell) ?? 0) + n);
  // By age: what came last is youngest.
  const order = kind === "open" ? (a: string, b: string) => (a < b ? 1 : -1) : (a: string, b: string) => +a - +b;
  return [...cells].map(([cell, n]) => ({ cell, n })).sort((a, b) => order(a.cell, b.cell));
}

const nextDay = (date: string): string => shiftDate(date, 1);

/** In the order in which they come. */
function groupedBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

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
      const openedOf = (some: readonly OpenSum[]) => sum(some.map((row) => row.opened - row.ended));
      const whole: Group = { ...place, code: null, days, opened: openedOf(opened), parts };
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
          const open = openedOf(openedBy.get(code) ?? []);
          return { ...place, code, days: daysBy.get(code) ?? [], opened: open, parts: partsBy.get(code) ?? [] };
        });
      return [whole, ...groups];
    }),
  );
}

interface Wanted {
  readonly name: string;
  readonly kind: QuantileOf["kind"];
  readonly found: ReturnType<typeof quantilePlaces>;
  /** Which look-up has the value of the low place; the next one that of the high, where it is another class. */
  readonly at: number;
}

/** What has to be looked up for the quantiles of all groups. */
function lookupsOf(asked: FiguresAsked, groups: readonly Group[]): { lookups: Lookup[]; wanted: Wanted[][] } {
  const lookups: Lookup[] = [];
  const wanted = groups.map((group) =>
    (group.code === null || asked.times === "all" ? Object.entries(quantiles) : []).map(
      ([name, { kind, q }]): Wanted => {
        const classes = classesOf(group, kind);
        const found = quantilePlaces(classes, q);
        const at = lookups.length;
        const { from, to } = asked.periods[group.period] as DateRange;
        const lookUpAt = ({ cell, skip }: Place, take: number) => {
          const where = { kind, across: group.across, code: group.code, skip, take };
          // Receipts of a day come in the order of time: against that of ages.
          const n = classes.find((one) => one.cell === cell)?.n ?? 0;
          if (kind === "open")
            lookups.push({ ...where, skip: n - skip - take, part: 0, from: cell, to: nextDay(cell) });
          else lookups.push({ ...where, part: Number(cell), from, to });
        };
        if (found !== null && found.low.cell === found.high.cell)
          lookUpAt(found.low, 1 + found.high.skip - found.low.skip);
        else if (found !== null) for (const place of [found.low, found.high]) lookUpAt(place, 1);
        return { name, kind, found, at };
      },
    ),
  );
  return { lookups, wanted };
}

const noTimes = Object.fromEntries(Object.keys(quantiles).map((name) => [name, null])) as Pick<KpiRow, Quantile>;

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
    const days = await daySums(db, sums, tx);
    const begun = asked.begins.map((begins) => begins <= asOf);
    const opened = begun.includes(true) ? await openSums(db, sums, begun, tx) : [];
    const around = asked.times !== "none" ? await timesAround(db, sums, tx) : [];
    const parts = [...(await partSums(db, sums, tx)), ...around];
    const { dates } = stretchTable(asked.calendar, await earliestReceipt(db, asked.programme, tx), asOf);
    const workingDates = [...new Set(dates)];
    // A year has some hundred days on which something fell due, of each group.
    const since = new Map<string, number>();
    const daysLate = (day: string): number => {
      const known = since.get(day) ?? workingDates.filter((date) => date > day).length;
      since.set(day, known);
      return known;
    };
    const groups = groupsOf(asked, { days, opened, parts });
    const { lookups, wanted } = asked.times !== "none" ? lookupsOf(asked, groups) : { lookups: [], wanted: [] };
    const values = await lookUp(db, sums, lookups, tx);
    const timesOf = (some: readonly Wanted[]) =>
      some.map(({ name, kind, found, at }) => {
        const valueAt = (place: Place): number => {
          const low = values[at] as readonly number[];
          const high = found?.low.cell === found?.high.cell ? low : (values[at + 1] as readonly number[]);
          const first = (place === found?.low) === (kind !== "open");
          const there = place === found?.low ? low : high;
          const value = (first ? there[0] : there.at(-1)) as number;
          return kind === "open" ? asked.calendar.between(new Date(value), asOf) : value;
        };
        return [name, quantileOf(found, valueAt)];
      });
    const rows = groups.map((group, i) => ({
      ...{ period: group.period, across: group.across },
      row: {
        code: group.code,
        ...countsOf(group, asked.levels, daysLate),
        ...noTimes,
        ...(Object.fromEntries(timesOf(wanted[i] ?? [])) as Partial<Pick<KpiRow, Quantile>>),
      } satisfies KpiRow,
    }));
    const answers = [...groupedBy(rows, ({ period, across }) => JSON.stringify([period, across])).values()].map(
      (some): PeriodFigures => {
        const { period, across } = some[0] as (typeof rows)[number];
        return { period, across, rows: some.map(({ row }) => row) };
      },
    );
    return { asOf, answers };
  });
}
