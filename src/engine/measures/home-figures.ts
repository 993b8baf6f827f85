/** The key figures of a home: those that its reader's roles are shown, in their order, each against its target. */

import type { RoleCode } from "../access/roles.js";
import type { Setup } from "../setup/setup.js";
import type { KpiFigures } from "./kpi.js";
import { type Measured, type PageFigureCode, pageFigure } from "./page-figures.js";
import { type AgainstTarget, againstTarget, shownTo } from "./shown-kpis.js";

export interface HomeFigure {
  readonly code: PageFigureCode;
  /** Among the large ones. */
  readonly headline: boolean;
  readonly measured: Measured;
  /** Null: no target, or no data. */
  readonly against: AgainstTarget | null;
}

/** Of numbers that a desk has of its own accord, those whose KPI its reader is shown; with the target where it is the KPI itself. */
export type ShownOnDesk = Readonly<Partial<Record<PageFigureCode, AgainstTarget | null>>>;

interface Reader {
  readonly setup: Pick<Setup, "shownKpis">;
  readonly roles: readonly RoleCode[];
  /** Working seconds of an ordinary day. */
  readonly daySeconds: number;
}

/** @param live what the desk counted itself, with the lists behind it */
export function homeFigures(
  { setup, roles, daySeconds }: Reader,
  figures: KpiFigures,
  live: Readonly<Partial<Record<PageFigureCode, number>>> = {},
): HomeFigure[] {
  return shownTo(setup, roles).map((shown) => {
    const { code, headline } = shown;
    const counted = live[code];
    const measured =
      counted === undefined
        ? pageFigure(code).measured(figures)
        : { value: counted, numerator: null, denominator: null };
    return { code, headline, measured, against: againstTarget(shown, measured.value, daySeconds) };
  });
}

/** @param values of those that are the KPI itself: a share, working seconds, cases */
export function shownOnDesk(
  { setup, roles, daySeconds }: Reader,
  values: Readonly<Partial<Record<PageFigureCode, number | null>>>,
): ShownOnDesk {
  return Object.fromEntries(
    shownTo(setup, roles).map((shown) => [shown.code, againstTarget(shown, values[shown.code] ?? null, daySeconds)]),
  );
}
