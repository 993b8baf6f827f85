/** Answers a question about figures from the sums, to the unit what `countKpi` counts case by case for the same moment. */

import { shiftDate } from "../../../engine/calendar/civil-days.js";
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
  openSums,
  type PartSum,
  partSums,
  readableRollup,
  type SumsAsked,
  timesAround,
} from "./rollup-queries.js";

export interface FiguresAsked extends Omit<SumsAsked, "rollup"> {
  readonly programme: string;
  readonly countedBy: string;
  readonly levels: readonly number[];
  readonly calendar: WorkingCalendar;
  /** The period's first moment. */
  readonly begins: Date;
  /** Sums as of an earlier or a later moment do not answer. */
  readonly since: Date;
  readonly until: Date;
}

/** All sums of one group. */
interface Group {
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

function addUp(rows: readonly DaySums[]): Omit<DaySums, "code"> {
  return Object.fromEntries(dayColumnCodes.map((name) => [name, sum(rows.map((row) => row[name]))])) as Omit<
    DaySums,
    "code"
  >;
}

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

function byCode<Row extends { readonly code: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.code);
    if (group === undefined) groups.set(row.code, [row]);
    else group.push(row);
  }
  return groups;
}

function groupsOf(
  asked: FiguresAsked,
  days: readonly DaySums[],
  opened: readonly { code: string; opened: number; ended: number }[],
  parts: readonly PartSum[],
): Group[] {
  const openedOf = (rows: typeof opened) => sum(rows.map((row) => row.opened - row.ended));
  const whole: Group = { code: null, days, opened: openedOf(opened), parts };
  if (asked.by === null) return [whole];
  const [daysBy, openedBy, partsBy] = [byCode(days), byCode(opened), byCode(parts)];
  const codes = [...new Set([...daysBy.keys(), ...openedBy.keys(), ...partsBy.keys()])];
  const groups = codes
    .sort((a, b) => (a < b ? -1 : 1))
    .map((code): Group => {
      const opened = openedOf(openedBy.get(code) ?? []);
      return { code, days: daysBy.get(code) ?? [], opened, parts: partsBy.get(code) ?? [] };
    });
  return [whole, ...groups];
}

/** The counts of the whole first, then of each group in order of its code; null where the sums are behind or counted otherwise. */
export async function rollupFigures(
  db: Database,
  asked: FiguresAsked,
): Promise<{ readonly asOf: Date; readonly rows: readonly KpiRow[] } | null> {
  return inSnapshot(db, async (tx) => {
    const rollup = await readableRollup(db, asked, tx);
    if (rollup === null) return null;
    const { id, asOf } = rollup;
    const of: SumsAsked = { ...asked, rollup: id };
    const days = await daySums(db, of, tx);
    const opened = asked.begins > asOf ? [] : await openSums(db, of, tx);
    const parts = [...(await partSums(db, of, tx)), ...(await timesAround(db, of, tx))];
    const { dates } = stretchTable(asked.calendar, await earliestReceipt(db, asked.programme, tx), asOf);
    const workingDates = [...new Set(dates)];
    // A year has some hundred days on which something fell due, of each group.
    const since = new Map<string, number>();
    const daysLate = (day: string): number => {
      const known = since.get(day) ?? workingDates.filter((date) => date > day).length;
      since.set(day, known);
      return known;
    };
    const groups = groupsOf(asked, days, opened, parts);

    const lookups: Lookup[] = [];
    const places = groups.map((group) =>
      Object.entries(quantiles).map(([name, { kind, q }]) => {
        const classes = classesOf(group, kind);
        const found = quantilePlaces(classes, q);
        const at = lookups.length;
        const lookUpAt = ({ cell, skip }: Place, take: number) => {
          const where = { kind, code: group.code, skip, take };
          // Receipts of a day come in the order of time: against that of ages.
          const n = classes.find((one) => one.cell === cell)?.n ?? 0;
          if (kind === "open")
            lookups.push({ ...where, skip: n - skip - take, part: 0, from: cell, to: nextDay(cell) });
          else lookups.push({ ...where, part: Number(cell), from: asked.from, to: asked.to });
        };
        if (found !== null && found.low.cell === found.high.cell)
          lookUpAt(found.low, 1 + found.high.skip - found.low.skip);
        else if (found !== null) for (const place of [found.low, found.high]) lookUpAt(place, 1);
        return { name, kind, found, at };
      }),
    );
    const values = await lookUp(db, of, lookups, tx);
    const rows = groups.map((group, i): KpiRow => {
      const quantilesOf = (places[i] ?? []).map(({ name, kind, found, at }) => {
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
      return {
        code: group.code,
        ...countsOf(group, asked.levels, daysLate),
        ...(Object.fromEntries(quantilesOf) as Pick<KpiRow, Quantile>),
      };
    });
    return { asOf, rows };
  });
}
