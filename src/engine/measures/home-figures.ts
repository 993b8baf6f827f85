/** The key figures of a home: those that its reader's roles are shown, in their order. */

import type { RoleCode } from "../access/roles.js";
import type { Setup } from "../setup/setup.js";
import type { KpiFigures } from "./kpi.js";
import { type Measured, type PageFigureCode, pageFigure } from "./page-figures.js";
import { type ShownKpi, shownTo } from "./shown-kpis.js";

export interface HomeFigure extends ShownKpi {
  readonly measured: Measured;
  /** The same in each step of the home's line; null: no data. */
  readonly line: readonly (number | null)[];
}

/** What a step of the line counts: figures of the step, and what was so at its end. */
export interface HomeStep {
  readonly figures: KpiFigures;
  /** Null: not counted yet. */
  readonly open: number | null;
  readonly overdue: number | null;
}

/** A figure of a step. What is of now is what was so at its end; of the other figures of now that is not known. */
function ofStep(code: PageFigureCode, { figures, open, overdue }: HomeStep): number | null {
  if (code === "delayed") return overdue;
  if (code === "backlog") return open;
  const { of, measured } = pageFigure(code);
  return of === "now" ? null : measured(figures).value;
}

/** Numbers that a desk has of its own accord are there where the reader is shown their KPI. */
export type ShownOnDesk = Readonly<Partial<Record<PageFigureCode, ShownKpi>>>;

type ShownSetup = Pick<Setup, "shownKpis">;

/** @param live what the desk counted itself, with the lists behind it */
export const homeFigures = (
  setup: ShownSetup,
  roles: readonly RoleCode[],
  {
    figures,
    steps,
    live = {},
  }: {
    figures: KpiFigures;
    steps: readonly HomeStep[];
    live?: Readonly<Partial<Record<PageFigureCode, number>>>;
  },
): HomeFigure[] =>
  shownTo(setup, roles).map((shown) => {
    const { code } = shown;
    const counted = live[code];
    const measured = pageFigure(code).measured(figures);
    return {
      ...shown,
      measured: counted === undefined ? measured : { ...measured, value: counted },
      line: steps.map((step) => ofStep(code, step)),
    };
  });

export const shownOnDesk = (setup: ShownSetup, roles: readonly RoleCode[]): ShownOnDesk =>
  Object.fromEntries(shownTo(setup, roles).map((shown) => [shown.code, shown]));
