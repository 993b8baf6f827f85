/** Figures of several entities as those of all of them: what a digest shows are counts and shares, which add up. */

import type { DigestFigures } from "./digest-figures.js";
import { type DelayBand, delayBands, type Ratio, ratio } from "./kpi-counts.js";

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

const addRatios = (ratios: readonly Ratio[]): Ratio =>
  ratio(sum(ratios.map(({ numerator }) => numerator)), sum(ratios.map(({ denominator }) => denominator)));

/** @param figures of places that have no case in common */
export const addFigures = (figures: readonly DigestFigures[]): DigestFigures => ({
  received: sum(figures.map(({ received }) => received)),
  resolved: sum(figures.map(({ resolved }) => resolved)),
  onTimeResolution: addRatios(figures.map(({ onTimeResolution }) => onTimeResolution)),
  onTimeAmongResolved: addRatios(figures.map(({ onTimeAmongResolved }) => onTimeAmongResolved)),
  delayed: sum(figures.map(({ delayed }) => delayed)),
  satisfaction: {
    ...addRatios(figures.map(({ satisfaction }) => satisfaction)),
    responseRate: addRatios(figures.map(({ satisfaction }) => satisfaction.responseRate)),
  },
});

export type DelayBands = Readonly<Record<DelayBand, number>>;

export const addBands = (bands: readonly DelayBands[]): DelayBands =>
  Object.fromEntries(delayBands.map((band) => [band, sum(bands.map((one) => one[band]))])) as DelayBands;
