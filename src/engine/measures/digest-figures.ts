/** The figures of one period that a digest shows: of several entities together, and of one as those get them who read none of its cases. */

import { codesOf } from "../registry.js";
import type { KpiFigures } from "./kpi.js";
import { addCounted, type DelayBand, delayBands, type Ratio, ratio } from "./kpi-counts.js";
import { type Hidden, hiddenTogether, isFew } from "./small-cells.js";

/** The figures of one period that a digest shows: a part of what `diwan kpi` prints. */
export type DigestFigures = Pick<
  KpiFigures,
  "received" | "resolved" | "onTimeResolution" | "onTimeAmongResolved" | "delayed" | "satisfaction"
> & {
  /** Letters of before have none. */
  readonly firstResponse?: Ratio;
};

/** Which numbers of a period are hidden: there they are 0. */
export type Withheld = Readonly<Partial<Record<keyof DigestFigures, Hidden>>>;

/** How many cases a share is of. The counts next to them are shown however few they are (`isShownCount`). */
const sharesOf = {
  onTimeResolution: ({ onTimeResolution }) => [onTimeResolution.denominator],
  onTimeAmongResolved: ({ onTimeAmongResolved }) => [onTimeAmongResolved.denominator],
  satisfaction: ({ satisfaction }) => [satisfaction.denominator, satisfaction.responseRate.denominator],
  firstResponse: ({ firstResponse }) => (firstResponse === undefined ? [] : [firstResponse.denominator]),
} as const satisfies { readonly [Figure in keyof DigestFigures]?: (figures: DigestFigures) => readonly number[] };
const nothing = { numerator: 0, denominator: 0, rate: null };
const emptied = {
  ...{ onTimeResolution: nothing, onTimeAmongResolved: nothing, firstResponse: nothing },
  satisfaction: { ...nothing, responseRate: nothing },
} as const;

/** A period of one entity, without its shares of few cases. */
export function guardedStep<Step extends { readonly figures: DigestFigures }>(
  step: Step,
): Step & { readonly withheld: Withheld } {
  const withheld: Withheld = Object.fromEntries(
    codesOf(sharesOf).flatMap((name) => {
      const mark = hiddenTogether(sharesOf[name](step.figures).map((n) => (isFew(n) ? "few" : null)));
      return mark === null ? [] : [[name, mark]];
    }),
  );
  const hidden = codesOf(emptied).flatMap((name) => (name in withheld ? [[name, emptied[name]]] : []));
  return { ...step, figures: { ...step.figures, ...Object.fromEntries(hidden) }, withheld };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

const addRatios = (ratios: readonly Ratio[]): Ratio => {
  const { numerator, denominator } = addCounted(ratios);
  return ratio(numerator, denominator);
};

/** Figures of several entities as those of all of them: counts and shares add up. @param figures of places that have no case in common */
export const addFigures = (figures: readonly DigestFigures[]): DigestFigures => ({
  received: sum(figures.map(({ received }) => received)),
  resolved: sum(figures.map(({ resolved }) => resolved)),
  onTimeResolution: addRatios(figures.map(({ onTimeResolution }) => onTimeResolution)),
  onTimeAmongResolved: addRatios(figures.map(({ onTimeAmongResolved }) => onTimeAmongResolved)),
  delayed: sum(figures.map(({ delayed }) => delayed)),
  firstResponse: addRatios(figures.flatMap(({ firstResponse }) => firstResponse ?? [])),
  satisfaction: {
    ...addRatios(figures.map(({ satisfaction }) => satisfaction)),
    responseRate: addRatios(figures.map(({ satisfaction }) => satisfaction.responseRate)),
  },
});

export type DelayBands = Readonly<Record<DelayBand, number>>;

export const addBands = (bands: readonly DelayBands[]): DelayBands =>
  Object.fromEntries(delayBands.map((band) => [band, sum(bands.map((one) => one[band]))])) as DelayBands;
