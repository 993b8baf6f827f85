/**
 * How the entities of a digest are doing now, whether or not anything changed: what is critical and overdue, who is behind all the others and
 * since when, who does well, how good the answers are, and what came in more often than before. Of many entities and services some always
 * differ by chance: each test (Fisher, `real-changes.ts`) allows for how many are looked at (Bonferroni).
 */

import type { Bilingual } from "../text/text.js";
import {
  type DigestPlace,
  type DigestThresholds,
  type DigestUnit,
  newsPeriods,
  type PlaceFigures,
  type PlaceSeries,
} from "./digest-changes.js";
import { addCounted, type Counted } from "./kpi-counts.js";
import { lastShift } from "./rate-shift.js";
import { chanceOf } from "./real-changes.js";

/** Overdue cases of the programme's highest importance level at a place. */
export interface CriticalAt extends DigestPlace {
  readonly count: number;
  /** The civil day on which the oldest of them fell due. */
  readonly oldestDue: string;
  /** Their references: which of them are answered since, the next letter knows by them. Letters of before have none. */
  readonly cases?: readonly string[];
}

export type StateFigure = "onTime" | "satisfaction";

/** A place whose rate lies apart from that of all others. */
export interface PlaceApart extends DigestPlace {
  readonly figure: StateFigure;
  readonly rate: Counted;
  /** All others together, over the same periods. */
  readonly others: Counted;
  /** First day of these periods. */
  readonly from: string;
  /** First day of the period since which it is so low; null: as long as the digest looks back. Left out: it was lower still. */
  readonly since?: string | null;
  /** Other figures of who does well: each only where it is better than that of the others. */
  readonly more?: readonly {
    readonly figure: "firstResponse" | "satisfaction";
    readonly rate: Counted;
    readonly others: Counted;
  }[];
}

/** By so little chance a difference is named, over all that are looked at together. */
const chance = 0.01;

const without = (all: Counted, own: Counted): Counted => ({
  numerator: Math.max(0, all.numerator - own.numerator),
  denominator: Math.max(0, all.denominator - own.denominator),
});
const rateOf = ({ numerator, denominator }: Counted): number => (denominator === 0 ? 0 : numerator / denominator);

/** Chance alone hardly makes such a difference, of so many that are looked at. */
const isReal = (own: Counted, others: Counted, among: number): boolean =>
  (chanceOf(own, others) ?? 1) * among <= chance;

const reads: Readonly<Record<StateFigure, (figures: PlaceFigures) => Counted>> = {
  onTime: ({ onTimeResolution }) => onTimeResolution,
  satisfaction: ({ satisfaction }) => satisfaction,
};
export const stateFigures = Object.keys(reads) as readonly StateFigure[];

interface Compared {
  readonly whole: PlaceSeries;
  readonly each: readonly PlaceSeries[];
  readonly from: readonly string[];
  readonly unit: DigestUnit;
  readonly thresholds: DigestThresholds;
}

/**
 * The first of the last periods over which a place is judged; null: it never has enough cases. Who is behind is so now: by the periods that are
 * news, and further back until there are enough. Who does well does so for long: by all periods.
 */
function judgedFrom(
  a: Compared,
  { periods }: PlaceSeries,
  { read, side }: { read: (figures: PlaceFigures) => Counted; side: -1 | 1 },
): number | null {
  const first = side > 0 ? 0 : Math.max(0, a.from.length - newsPeriods[a.unit]);
  for (let start = first; start >= 0; start--)
    if (addCounted(periods.slice(start).map(read)).denominator >= a.thresholds.leastCases) return start;
  return null;
}

function apart(a: Compared, figure: StateFigure, side: -1 | 1): (PlaceApart & { readonly cases: number })[] {
  const read = reads[figure];
  const judged = a.each.flatMap((series) => {
    const start = judgedFrom(a, series, { read, side });
    return start === null ? [] : [{ series, start }];
  });
  return judged.flatMap(({ series, start }) => {
    const judgedOf = ({ periods }: PlaceSeries): Counted => addCounted(periods.slice(start).map(read));
    const rate = judgedOf(series);
    const others = without(judgedOf(a.whole), rate);
    const difference = rateOf(rate) - rateOf(others);
    if (series.place === null || others.denominator < a.thresholds.leastCases) return [];
    if (side * difference * 100 < a.thresholds.leastChange) return [];
    if (!isReal(rate, others, judged.length)) return [];
    const shift = lastShift(series.periods.map(read));
    // Who does well on the whole and fell of late is nothing to copy.
    if (side > 0 && shift !== null && shift.difference < 0) return [];
    const isSince = shift === null || Math.sign(shift.difference) === side;
    const since = isSince ? { since: shift === null ? null : (a.from[shift.start] ?? null) } : {};
    const cases = Math.round(Math.abs(difference) * rate.denominator);
    return [{ ...series.place, figure, rate, others, from: a.from[start] ?? "", ...since, cases }];
  });
}

const maxApart = 3;
const most = (found: readonly (PlaceApart & { readonly cases: number })[]): PlaceApart[] =>
  [...found]
    .sort((x, y) => y.cases - x.cases || (x.code < y.code ? -1 : 1))
    .slice(0, maxApart)
    .map(({ cases: _, ...one }) => one);

/** Entities whose rate is below that of all others now, the most cases first; one that always was is among them. */
export const behindOf = (a: Compared): PlaceApart[] => most(stateFigures.flatMap((figure) => apart(a, figure, -1)));

/** Entities that answer on time more than all others, with what else they do better. @param firstResponse of a place, null of all, over all periods */
export function aheadOf(a: Compared & { readonly firstResponse: (code: string | null) => Counted }): PlaceApart[] {
  const satisfied = apart(a, "satisfaction", 1);
  const dissatisfied = new Set(apart(a, "satisfaction", -1).map(({ code }) => code));
  const good = most(apart(a, "onTime", 1).filter(({ code }) => !dissatisfied.has(code)));
  return good.map((one) => {
    const rate = a.firstResponse(one.code);
    const others = without(a.firstResponse(null), rate);
    const isQuicker =
      rate.denominator >= a.thresholds.leastCases && rateOf(rate) > rateOf(others) && isReal(rate, others, 1);
    const pleased = satisfied.find(({ code }) => code === one.code);
    return {
      ...one,
      more: [
        ...(isQuicker ? [{ figure: "firstResponse" as const, rate, others }] : []),
        ...(pleased === undefined
          ? []
          : [{ figure: "satisfaction" as const, rate: pleased.rate, others: pleased.others }]),
      ],
    };
  });
}

export type WaveDimension = "service" | "entity";

/** What came in at one entity, of one service or of all, period by period, the told one last. */
export interface ReceivedSeries extends DigestPlace {
  readonly dimension: WaveDimension;
  /** The entity that provides the service, or is meant itself. */
  readonly place: DigestPlace | null;
  readonly received: readonly number[];
}

/** More of one kind than before, and than everything else together grew. */
export interface Wave extends DigestPlace {
  readonly dimension: WaveDimension;
  readonly place: DigestPlace | null;
  readonly count: number;
  /** What a period had before, on average. */
  readonly usual: number;
  /** What these applications have in common, as people wrote it; none where too few say the same. */
  readonly words: readonly string[];
}

const leastWave = 10;
/** Half as much again as before; less is not worth a word. */
const leastGrowth = 1.5;
/** After so few periods it is not known what is usual, and nothing is told of waves. */
const leastBefore = 3;
const maxWaves = 2;
const sumOf = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);

/**
 * Services, and entities, of which more came in the told period than chance explains: given how many came in all periods, and how much
 * everything else grew. A service that explains its entity's growth is named in its place.
 * @param whole what came in altogether
 * @returns null: there are too few periods to tell
 */
export function wavesOf(series: readonly ReceivedSeries[], whole: readonly number[]): Omit<Wave, "words">[] | null {
  const periods = whole.length;
  if (periods <= leastBefore) return null;
  const watched = series.filter(({ received }) => (received.at(-1) ?? 0) >= leastWave);
  const total = sumOf(whole);
  const found = watched
    .flatMap((one) => {
      const count = one.received.at(-1) ?? 0;
      const all = sumOf(one.received);
      const usual = (all - count) / (periods - 1);
      const others = { numerator: (whole.at(-1) ?? 0) - count, denominator: total - all };
      if (others.numerator < 0 || others.denominator < others.numerator) return [];
      if (count < leastGrowth * usual || count / all <= rateOf(others)) return [];
      if (!isReal({ numerator: count, denominator: all }, others, series.length)) return [];
      const { received: _, ...named } = one;
      return [{ ...named, count, usual }];
    })
    .sort((x, y) => y.count - y.usual - (x.count - x.usual));
  const isExplained = ({ dimension, code, count, usual }: Omit<Wave, "words">): boolean =>
    dimension === "entity" &&
    found.some(
      (one) => one.dimension === "service" && one.place?.code === code && one.count - one.usual >= (count - usual) / 2,
    );
  return found.filter((one) => !isExplained(one)).slice(0, maxWaves);
}

/** How good the answers are, over the periods that are news: each figure of the same time. */
export interface AnswerQuality {
  /** First day of these periods. */
  readonly from: string;
  /** Answers that a review sent back, of those reviewed. */
  readonly returned: Counted;
  /** Answered cases that were opened again, of those answered for the first time. */
  readonly reopened: Counted;
  /** What applicants said on the scales of the rating, on average, from 1 to 5. */
  readonly scales: readonly {
    readonly code: string;
    readonly name: Bilingual;
    readonly mean: number;
    readonly ratings: number;
  }[];
  /** The same in as many periods before these. Left out: there are none, or the letter is of before. */
  readonly before?: {
    readonly returned: Counted;
    readonly reopened: Counted;
    readonly scales: readonly { readonly code: string; readonly mean: number }[];
  };
  /** Whose answers are sent back, or opened again, more often than those of all others. */
  readonly worst:
    | (DigestPlace & { readonly figure: "returned" | "reopened"; readonly rate: Counted; readonly others: Counted })
    | null;
}

/** The place whose answers come back most, beyond chance. */
export function worstAnswersOf(
  each: readonly { readonly place: DigestPlace; readonly returned: Counted; readonly reopened: Counted }[],
  { leastCases, leastChange }: DigestThresholds,
): AnswerQuality["worst"] {
  const found = (["returned", "reopened"] as const).flatMap((figure) => {
    const all = addCounted(each.map((one) => one[figure]));
    return each.flatMap((one) => {
      const rate = one[figure];
      const others = without(all, rate);
      if (rate.denominator < leastCases || others.denominator < leastCases) return [];
      const difference = rateOf(rate) - rateOf(others);
      if (difference * 100 < leastChange || !isReal(rate, others, each.length)) return [];
      return [{ ...one.place, figure, rate, others, cases: difference * rate.denominator }];
    });
  });
  const [worst] = found.sort((x, y) => y.cases - x.cases);
  if (worst === undefined) return null;
  const { cases: _, ...named } = worst;
  return named;
}
