/** Shades by value: five equal steps from nought to a round end, so that a small difference looks small; always beside the figure itself. */

import { boundsOf, isShare, isTime, type PageFigureCode } from "../../../engine/measures/page-figures.js";

const shadeSteps = 5;

export interface Shades {
  /** 1 to 5; null: no data. */
  of(value: number | null): number | null;
  /** Bounds of the steps, least first; none where nothing is known. */
  readonly bounds: readonly { readonly shade: number; readonly from: number; readonly to: number }[];
}

/** Ends of a scale, of which each fifth is a round number too. */
const roundEnds = [1, 2.5, 5, 10] as const;

/** The least round number from this one on. Counted in tenths of a step, since 0.1 is no exact number. */
function roundEnd(most: number): number {
  const power = Math.floor(Math.log10(most));
  const scale = (factor: number): number => (power < 0 ? factor / 10 ** -power : factor * 10 ** power);
  return roundEnds.map(scale).find((end) => end >= most) ?? scale(10);
}

/** Lengths of time have no round numbers of seconds: theirs end with the longest. A share ends with all at the latest, and a step of a number is a case at least. */
function endOf(code: PageFigureCode, most: number): number {
  if (isTime(code)) return most;
  return isShare(code) ? Math.min(roundEnd(most), boundsOf(code).most) : Math.max(shadeSteps, roundEnd(most));
}

export function shadesOf(code: PageFigureCode, values: readonly (number | null)[]): Shades {
  const known = values.filter((value): value is number => value !== null);
  const most = Math.max(0, ...known);
  const end = most === 0 ? 0 : endOf(code, most);
  const width = end / shadeSteps;
  return {
    of: (value) =>
      value === null ? null : end === 0 ? 1 : Math.min(shadeSteps, Math.floor((value * shadeSteps) / end + 1e-9) + 1),
    bounds:
      end === 0
        ? []
        : Array.from({ length: shadeSteps }, (_, i) => ({ shade: i + 1, from: i * width, to: (i + 1) * width })),
  };
}
