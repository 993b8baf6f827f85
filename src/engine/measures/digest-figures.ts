/** The figures of one period that a digest shows, and these of one entity as those get them who read none of its cases. */

import type { KpiFigures } from "./kpi.js";
import { type Hidden, hiddenTogether, isFew } from "./small-cells.js";

/** The figures of one period that a digest shows: a part of what `diwan kpi` prints. */
export type DigestFigures = Pick<
  KpiFigures,
  "received" | "resolved" | "onTimeResolution" | "onTimeAmongResolved" | "delayed" | "satisfaction"
>;

/** Which numbers of a period are hidden: there they are 0. */
export type Withheld = Readonly<Partial<Record<keyof DigestFigures, Hidden>>>;

const countsOf: { readonly [Figure in keyof DigestFigures]: (figures: DigestFigures) => readonly number[] } = {
  received: ({ received }) => [received],
  resolved: ({ resolved }) => [resolved],
  onTimeResolution: ({ onTimeResolution }) => [onTimeResolution.denominator],
  onTimeAmongResolved: ({ onTimeAmongResolved }) => [onTimeAmongResolved.denominator],
  delayed: ({ delayed }) => [delayed],
  satisfaction: ({ satisfaction }) => [satisfaction.denominator, satisfaction.responseRate.denominator],
};
const nothing = { numerator: 0, denominator: 0, rate: null };
const emptied: DigestFigures = {
  ...{ received: 0, resolved: 0, delayed: 0, onTimeResolution: nothing, onTimeAmongResolved: nothing },
  satisfaction: { ...nothing, responseRate: nothing },
};

/** A period of one entity, without its numbers of few cases. */
export function guardedStep<Step extends { readonly figures: DigestFigures; readonly overdue: number | null }>(
  step: Step,
): Step & { readonly withheld: Withheld } {
  const names = Object.keys(countsOf) as (keyof DigestFigures)[];
  const withheld: Withheld = Object.fromEntries(
    names.flatMap((name) => {
      const mark = hiddenTogether(countsOf[name](step.figures).map((n) => (isFew(n) ? "few" : null)));
      return mark === null ? [] : [[name, mark]];
    }),
  );
  const shown = names.map((name) => [name, (name in withheld ? emptied : step.figures)[name]]);
  return {
    ...step,
    figures: Object.fromEntries(shown) as unknown as DigestFigures,
    overdue: step.overdue !== null && isFew(step.overdue) ? null : step.overdue,
    withheld,
  };
}
