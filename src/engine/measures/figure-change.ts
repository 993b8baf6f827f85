/** What a figure became since the period before, where chance alone may be the reason and where it is not. */

import { kpis } from "./kpi.js";
import type { Measured, PageFigureCode } from "./page-figures.js";
import type { Told } from "./real-changes.js";

export interface FigureChange {
  /** `alike`: chance explains the difference. `moved`: it does not, and neither direction is good. `few`: of too few cases to say. */
  readonly is: "better" | "worse" | "moved" | "alike" | "few";
  /** Whether the number rose. */
  readonly up: boolean;
}

/**
 * @param a.told whether chance alone does not explain the difference
 * @returns null: nothing can be said of it
 */
export function figureChange(
  code: PageFigureCode,
  a: { readonly now: Measured; readonly before: Measured | null; readonly told: Told },
): FigureChange | null {
  const [now, before] = [a.now.value, a.before?.value ?? null];
  if (a.told === null || now === null || before === null) return null;
  const up = now > before;
  const { better } = kpis[code];
  if (a.told === "few") return { is: "few", up };
  if (!a.told) return { is: "alike", up };
  if (better === null) return { is: "moved", up };
  return { is: up === (better === "higher") ? "better" : "worse", up };
}
