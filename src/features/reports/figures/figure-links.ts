/** Where a figure leads: the list of its cases, for those who may read them. */

import { casesOfFigure, casesWith, type FigureCases } from "../../../engine/measures/figure-cases.js";
import type { FiguresView } from "../../../engine/measures/figures-view.js";
import type { PageFigureCode } from "../../../engine/measures/page-figures.js";
import { casesAddress } from "../../../platform/ui/home-pieces.js";

/** @returns null where the reader may not read the cases */
export const casesOf = (view: FiguresView, filter: FigureCases): string | null =>
  view.scope.readsCases ? casesAddress(view.programme, casesWith(view, filter)) : null;

/** As `casesOfFigure`; null where the reader may not read them either. */
export function casesBehind(
  view: FiguresView,
  code: PageFigureCode,
  a?: Parameters<typeof casesOfFigure>[2],
): string | null {
  const filter = view.scope.readsCases ? casesOfFigure(view, code, a) : null;
  return filter === null ? null : casesAddress(view.programme, filter);
}
