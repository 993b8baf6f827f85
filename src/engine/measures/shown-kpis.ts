/**
 * Which key figures a role is shown, in what order, and how a figure lies to its target. The settings say so (`shown_kpis`);
 * a role that they say nothing of is shown all, in the order of the catalogue.
 */

import type { RoleCode } from "../access/roles.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { kpis } from "./kpi.js";
import { type PageFigureCode, pageFigure, pageFigureCodes } from "./page-figures.js";

export interface ShownKpi {
  readonly code: PageFigureCode;
  /** Among the large ones. */
  readonly headline: boolean;
  /** As people write it: per cent, working days or cases (`targetUnit`); null: none is set. */
  readonly target: number | null;
  /** In the same unit: what is worse is marked as off target; null: whatever misses the target is. */
  readonly threshold: number | null;
}

type ShownSetup = Pick<Setup, "shownKpis">;

const catalogueOrder: readonly ShownKpi[] = pageFigureCodes.map((code) => ({
  code,
  headline: pageFigure(code).headline,
  target: null,
  threshold: null,
}));

/** In the order in which they are shown, each once. */
export function shownKpis({ shownKpis: rows }: ShownSetup, role: RoleCode): readonly ShownKpi[] {
  const own = [...rows.values()]
    .filter(({ audiences, retired }) => !retired && audiences.includes(role))
    .sort((a, b) => a.order - b.order || (a.code < b.code ? -1 : 1))
    .map(({ kpi, headline, target, threshold }) => ({ code: kpi, headline, target, threshold }));
  return own.length > 0 ? own : catalogueOrder;
}

/** What somebody of several roles is shown: what the first is, then what each other adds. */
export function shownTo(setup: ShownSetup, roles: readonly RoleCode[]): readonly ShownKpi[] {
  const found = new Map<PageFigureCode, ShownKpi>();
  for (const role of roles)
    for (const shown of shownKpis(setup, role)) if (!found.has(shown.code)) found.set(shown.code, shown);
  return [...found.values()];
}

/** What a role's figure is measured against; null: it has no target, or the role is not shown it. */
export function targetOf(setup: ShownSetup, role: RoleCode, code: PageFigureCode): ShownKpi | null {
  const found = shownKpis(setup, role).find((shown) => shown.code === code);
  return found === undefined || found.target === null ? null : found;
}

export type TargetUnit = "percent" | "workingDays" | "cases";

/** In what its target is written. */
export function targetUnit(code: PageFigureCode): TargetUnit {
  const { unit } = kpis[code];
  return unit === "share" ? "percent" : unit === "workingSeconds" ? "workingDays" : "cases";
}

/** What is written, as the figure is measured: a share, working seconds, cases. @param daySeconds of an ordinary day */
export function inMeasure(code: PageFigureCode, written: number, daySeconds: number): number {
  const unit = targetUnit(code);
  return unit === "percent" ? written / 100 : unit === "workingDays" ? written * daySeconds : written;
}

export interface AgainstTarget {
  /** A share, working seconds or cases, as the figure is. */
  readonly target: number;
  /** How far it lies from there, in the same measure; 0: exactly there. Never negative. */
  readonly distance: number;
  readonly side: "above" | "below" | "at";
  /** `missed`: worse than the target. `off`: worse than the threshold too, which is marked. */
  readonly standing: "met" | "missed" | "off";
}

export const standingWords: Readonly<Record<AgainstTarget["standing"], Bilingual>> = {
  met: msg("measures.target.met"),
  missed: msg("measures.target.missed"),
  off: msg("measures.target.off"),
};

/** Figures are judged as they are written: a share to a tenth of a per cent, time to the minute. */
const steps: Readonly<Record<TargetUnit, number>> = { percent: 0.001, workingDays: 60, cases: 0.01 };

/**
 * How a figure lies to its target; null: it has none, or there is no data.
 *
 * @param value as it is measured: a share from 0 to 1, working seconds, cases
 * @param daySeconds working seconds of an ordinary day of the calendar
 */
export function againstTarget(
  { code, target, threshold }: ShownKpi,
  value: number | null,
  daySeconds: number,
): AgainstTarget | null {
  const { better } = kpis[code];
  if (target === null || value === null || better === null) return null;
  const step = steps[targetUnit(code)];
  const inSteps = (measured: number): number => Math.round(measured / step);
  const aim = inMeasure(code, target, daySeconds);
  const away = inSteps(value) - inSteps(aim);
  const isWorseThan = (written: number): boolean => {
    const difference = inSteps(value) - inSteps(inMeasure(code, written, daySeconds));
    return better === "higher" ? difference < 0 : difference > 0;
  };
  return {
    target: aim,
    distance: Math.abs(away) * step,
    side: away === 0 ? "at" : away > 0 ? "above" : "below",
    standing: !isWorseThan(target) ? "met" : isWorseThan(threshold ?? target) ? "off" : "missed",
  };
}
