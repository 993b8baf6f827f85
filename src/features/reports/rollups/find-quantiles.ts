/**
 * Medians and the like from sums, exactly: the class in which a rank lies, then what that class is made of, down to the value.
 * Of the whole programme in whole months sums alone lead there; elsewhere the value is looked up among the facts of its class.
 */
import type { Transaction } from "sequelize";
import { shiftDate } from "../../../engine/calendar/civil-days.js";
import { type DateRange, wholeMonths } from "../../../engine/calendar/whole-months.js";
import {
  type ClassCount,
  type Place,
  placeOf,
  quantileOf,
  quantilePlaces,
} from "../../../engine/measures/quantiles.js";
import type { Database } from "../../../platform/db/query.js";
import type { KpiRow } from "../kpi-queries.js";
import {
  type Finer,
  finerSums,
  isFine,
  type Lookup,
  lookUp,
  type PartSum,
  type SumsAsked,
  timeClasses,
} from "./rollup-queries.js";
import { minuteMeasure, minutesOf, readSecond, secondMeasure, secondsOf, type TimedKind } from "./time-classes.js";

type Kind = TimedKind | "open";
const quantiles = {
  medianResolution: { kind: "first", q: 0.5 },
  p90Resolution: { kind: "first", q: 0.9 },
  medianResponse: { kind: "reply", q: 0.5 },
  p90Response: { kind: "reply", q: 0.9 },
  medianAge: { kind: "open", q: 0.5 },
  p90Age: { kind: "open", q: 0.9 },
} as const satisfies Partial<Record<keyof KpiRow, { kind: Kind; q: number }>>;
type Quantile = keyof typeof quantiles;

/** Working seconds; null where there is no value, or nobody asked. */
export type Times = Pick<KpiRow, Quantile>;
export const noTimes: Times = {
  ...{ medianResolution: null, p90Resolution: null, medianResponse: null, p90Response: null },
  ...{ medianAge: null, p90Age: null },
};

/** Of a period, and a code of `across` and of the groups (empty where neither was asked for). */
export type TimesOf = (period: number, across: string, code: string) => Times;

/** Counts by class of one group. `period` -1: of now. */
interface Histogram {
  readonly period: number;
  readonly across: string;
  readonly code: string;
  readonly kind: Kind;
  readonly classes: readonly ClassCount[];
}

/** A rank in one class of a histogram. */
interface Spot extends Place {
  readonly of: Histogram;
}

/** In order of value; what is open by age: what came last is youngest. */
function inOrder(kind: Kind, classes: readonly ClassCount[]): readonly ClassCount[] {
  if (kind === "open") return [...classes].sort((a, b) => (a.cell < b.cell ? 1 : -1));
  return [...classes].sort((a, b) => Number(a.cell) - Number(b.cell));
}

function histogramsOf(rows: readonly PartSum[]): Histogram[] {
  const found = new Map<string, Omit<Histogram, "classes"> & { readonly cells: Map<string, number> }>();
  for (const { period, across, code, measure, cell, n } of rows) {
    const key = JSON.stringify([period, across, code, measure]);
    const one = found.get(key) ?? { period, across, code, kind: measure as Kind, cells: new Map() };
    found.set(key, one);
    one.cells.set(cell, (one.cells.get(cell) ?? 0) + n);
  }
  return [...found.values()].map(({ cells, ...rest }) => ({
    ...rest,
    classes: inOrder(
      rest.kind,
      [...cells].map(([cell, n]) => ({ cell, n })),
    ),
  }));
}

const nextMonth = (month: string): string => `${shiftDate(month, 31).slice(0, 7)}-01`;

interface Search {
  readonly db: Database;
  readonly asked: SumsAsked;
  readonly tx: Transaction;
}

const periodOf = ({ asked }: Search, { period }: Histogram): DateRange => asked.periods[period] as DateRange;

/** The same ranks in what their classes are made of. */
async function finer(
  { db, asked, tx }: Search,
  spots: readonly Spot[],
  madeOf: (spot: Spot) => Omit<Finer, "across" | "code">,
): Promise<Spot[]> {
  const classes = new Map<string, Finer>();
  const keys = spots.map((spot) => {
    const { across, code } = spot.of;
    const one = { ...madeOf(spot), across, code };
    const key = JSON.stringify(one);
    classes.set(key, one);
    return key;
  });
  const sums = await finerSums(db, asked, [...classes.values()], tx);
  const found = new Map([...classes.keys()].map((key, i) => [key, sums[i] as readonly ClassCount[]]));
  return spots.map(({ of, skip }, i) => ({
    of,
    ...placeOf(inOrder(of.kind, found.get(keys[i] as string) ?? []), skip),
  }));
}

const byMinutes = (search: Search) => (spot: Spot) => ({
  ...periodOf(search, spot.of),
  ...{ measure: minuteMeasure(spot.of.kind as TimedKind), grain: "month" as const, parts: minutesOf(spot.cell) },
});
const bySeconds = (search: Search) => (spot: Spot) => ({
  ...periodOf(search, spot.of),
  ...{ measure: secondMeasure(spot.of.kind as TimedKind), grain: "month" as const, parts: secondsOf(spot.cell) },
});
const byDays = ({ cell }: Spot) => ({
  ...{ measure: "open", grain: "day" as const, parts: null },
  ...{ from: cell, to: nextMonth(cell) },
});

/** The values of ranks among the facts of their classes; of what is open the moment of receipt in milliseconds. */
async function lookedUp(search: Search, spots: readonly Spot[]): Promise<number[]> {
  const { db, asked, tx } = search;
  const lookups = spots.map(({ of, cell, skip, n }): Lookup => {
    const { kind, across, code } = of;
    const where = { kind, across, code, take: 1 };
    // Receipts of a day come in the order of time: against that of ages.
    if (kind === "open") return { ...where, part: 0, skip: n - 1 - skip, from: cell, to: shiftDate(cell, 1) };
    return { ...where, part: Number(cell), skip, ...periodOf(search, of) };
  });
  const unique = [...new Set(lookups.map((lookup) => JSON.stringify(lookup)))];
  const found = await lookUp(
    db,
    asked,
    unique.map((text) => JSON.parse(text) as Lookup),
    tx,
  );
  const values = new Map(unique.map((text, i) => [text, found[i]?.[0] as number]));
  return lookups.map((lookup) => values.get(JSON.stringify(lookup)) as number);
}

/** Values of ranks, each in its own way. */
async function valuesOf(search: Search, spots: readonly Spot[]): Promise<ReadonlyMap<Spot, number>> {
  const { asked } = search;
  const isSummed = ({ of }: Spot): boolean =>
    of.kind !== "open" &&
    isFine(asked) &&
    wholeMonths(periodOf(search, of).from, periodOf(search, of).to).days.length === 0;
  const summed = spots.filter(isSummed);
  const open = spots.filter(({ of }) => of.kind === "open");
  const others = spots.filter((spot) => spot.of.kind !== "open" && !isSummed(spot));
  const seconds = await finer(search, await finer(search, summed, byMinutes(search)), bySeconds(search));
  const values = new Map(summed.map((spot, i) => [spot, readSecond((seconds[i] as Spot).cell)]));
  const found = await lookedUp(search, [...others, ...(await finer(search, open, byDays))]);
  [...others, ...open].forEach((spot, i) => {
    values.set(spot, found[i] as number);
  });
  return values;
}

/**
 * All quantiles of a question, of each of its groups.
 * @param ageOf working seconds since a moment in milliseconds
 */
export async function findQuantiles(
  db: Database,
  asked: SumsAsked,
  ageOf: (ms: number) => number,
  tx: Transaction,
): Promise<TimesOf> {
  const search = { db, asked, tx };
  const histograms = histogramsOf(await timeClasses(db, asked, tx));
  const wanted = histograms.flatMap((of) =>
    Object.entries(quantiles)
      .filter(([, { kind }]) => kind === of.kind)
      .flatMap(([name, { q }]) => {
        const places = quantilePlaces(of.classes, q);
        if (places === null) return [];
        const spotOf = (place: Place): Spot => ({ of, ...place });
        const [low, high] = [spotOf(places.low), spotOf(places.high)];
        return [{ name, of, places, low, high }];
      }),
  );
  const values = await valuesOf(
    search,
    wanted.flatMap(({ low, high }) => [low, high]),
  );
  const times = new Map<string, Partial<Times>>();
  const keyOf = (period: number, across: string, code: string) => JSON.stringify([period, across, code]);
  for (const { name, of, places, low, high } of wanted) {
    const valueAt = (place: Place): number => {
      const value = values.get(place === places.low ? low : high) as number;
      return of.kind === "open" ? ageOf(value) : value;
    };
    const key = keyOf(of.period, of.across, of.code);
    times.set(key, { ...times.get(key), [name]: quantileOf(places, valueAt) });
  }
  return (period, across, code) => ({
    ...noTimes,
    ...times.get(keyOf(-1, across, code)),
    ...times.get(keyOf(period, across, code)),
  });
}
