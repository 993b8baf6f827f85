/** What the lines of a digest are worded with: numbers, dates and names, as the letter's reader is shown them. */

import { formatDate } from "../../engine/formatting/moments.js";
import { formatNumber, formatPercent } from "../../engine/formatting/numbers.js";
import type { DigestPlace } from "../../engine/measures/digest-changes.js";
import type { DigestForReader, DigestStory, FiguresDigest } from "../../engine/measures/digest-view.js";
import { type Guarded, guarded, type Hidden, isFew, isHidden } from "../../engine/measures/small-cells.js";
import { inLanguage } from "../../engine/text/text.js";
import type { ViewContext } from "./view-context.js";

type Counted = { readonly numerator: number; readonly denominator: number };

/** What the lines are made with. */
export interface Telling {
  readonly story: DigestStory;
  readonly reader: DigestForReader;
  readonly digest: FiguresDigest;
  readonly context: ViewContext;
}

export const say = ({ context }: Telling, key: string, values?: Record<string, string | number>) =>
  context.say(`digest-lines.${key}`, values);
/** Of all that the digest is of. */
export const count = ({ context }: Telling, n: number) => formatNumber(n, context.language);
/** Of a place. What its reader is not shown is not stored (`guard-digest.ts`); letters of before stored each number, and show none of few cases. */
export const countOf = (t: Telling, n: Guarded): string => {
  const shown = t.reader.scope.readsCases || isHidden(n) ? n : guarded(n);
  return isHidden(shown) ? say(t, `hidden.${shown}`) : count(t, shown);
};
export const rateOf = (t: Telling, value: Counted | Hidden): string => {
  if (isHidden(value)) return say(t, `hidden.${value}`);
  if (!t.reader.scope.readsCases && isFew(value.denominator)) return say(t, "hidden.few");
  return rate(t, value);
};
const rate = ({ context }: Telling, { numerator, denominator }: Counted) =>
  denominator === 0 ? context.say("layout.noData") : formatPercent(numerator / denominator, context.language);
export const date = ({ context }: Telling, day: string) => formatDate(day, context.language);
/** @param isWhole it is no part, whose number is hidden */
export const valueText = (t: Telling, value: Counted | number, isWhole: boolean) =>
  typeof value === "number"
    ? isWhole
      ? count(t, value)
      : countOf(t, value)
    : isWhole
      ? rate(t, value)
      : rateOf(t, value);

export const nameOf = (t: Telling, place: DigestPlace | null): string => {
  const named = place ?? t.reader.scope.place;
  return named === null ? say(t, "whole") : inLanguage(named.name, t.context.language);
};
