/** How a figure left its usual range, as headline and lines of a digest say it: a part of a sentence. */

import { formatNumber, formatPercent } from "../../engine/formatting/numbers.js";
import type { HeadlineSignal } from "../../engine/measures/usual-signals.js";
import type { ViewContext } from "./view-context.js";

export function signalWords(signal: HeadlineSignal, context: ViewContext): string {
  const { figure, direction, value, range, before } = signal;
  const rate = figure === "onTime" || figure === "satisfaction";
  const show = (n: number) =>
    rate ? formatPercent(n, context.language) : formatNumber(Math.round(n), context.language);
  const say = (kind: string, values: Record<string, string>) =>
    context.say(`digest-figures.headline.${figure}.${kind}${direction}`, { value: show(value), ...values });
  if (before !== undefined) return say("young.", { before: show(before) });
  if (range === null) return say("run.", {});
  // Letters of before have a range that goes beyond all cases.
  const upper = rate ? Math.min(1, range.upper) : range.upper;
  return say("", { lower: show(range.lower), upper: show(upper) });
}
