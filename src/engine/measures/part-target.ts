/** What the compared figure is measured against where it is of a part: an entity, a step of the trend. */

import type { FiguresView } from "./figures-view.js";
import { inMeasure, type ShownKpi, targetUnit } from "./shown-kpis.js";

type Aimed = Pick<FiguresView, "figure" | "figures" | "period" | "trend" | "day">;

const aimOf = ({ figure, figures }: Pick<Aimed, "figure" | "figures">): ShownKpi | null =>
  figures.find(({ code, target }) => code === figure && target !== null) ?? null;

/** A number of cases is of the whole: no entity is measured against it. Null: there is no other target either. */
export function entityTarget(view: Pick<Aimed, "figure" | "figures">): ShownKpi | null {
  const aim = aimOf(view);
  return aim === null || targetUnit(aim.code) === "cases" ? null : aim;
}

/** As the figure is measured; a number of cases of a month is drawn among months alone. Null: none. */
export function trendTarget(view: Aimed): number | null {
  const aim = aimOf(view);
  if (aim === null || aim.target === null) return null;
  if (targetUnit(aim.code) === "cases" && view.period.unit !== view.trend.unit) return null;
  return inMeasure(aim.code, aim.target, view.day.daySeconds);
}
