/** Which cases are behind a figure, as filters of the list of cases: exactly those that it counts. */

import type { DateRange } from "../calendar/whole-months.js";
import { type CountedHappening, writtenCounted } from "../lifecycle/counted-cases.js";
import type { FiguresView } from "./figures-view.js";
import type { SplitDimension } from "./kpi-dimensions.js";
import { type Measured, type PageFigureCode, pageFigure } from "./page-figures.js";

/** As an address has them; what is undefined is not asked for. */
export type FigureCases = Readonly<Record<string, string | undefined>>;

type Counted = Pick<FiguresView, "scope" | "entities">;

/** All that is counted of a sector; nothing is where none of its entities has a case. */
const countedEntities = ({ entities }: Counted): string =>
  entities.flatMap(({ place, including }) => [place, ...including].map(({ code }) => code)).join(",") || "-";

/** Of the scope, what the list is narrowed to. Confidential cases are in the list where they are in the figure. */
function ofScope(view: Counted): FigureCases {
  const { scope } = view;
  return {
    ...(scope.kind === "subtree" && { under: scope.code ?? undefined }),
    ...(scope.kind === "entity" && { entity: scope.code ?? undefined }),
    ...(scope.kind === "sector" && { entity: countedEntities(view) }),
    ...(scope.kind === "own" && { handledBy: "me", entity: scope.code ?? undefined }),
    ...(!scope.confidential && { confidential: "false" }),
  };
}

/** An entity's figures have those in them of the entities that it took over. */
function withIncluded({ entities }: Counted, filter: FigureCases): FigureCases {
  const including = entities.find(({ place }) => place.code === filter.entity)?.including ?? [];
  return including.length === 0
    ? filter
    : { ...filter, entity: [filter.entity, ...including.map(({ code }) => code)].join(",") };
}

/** Of what is shown, the cases with these properties. */
export const casesWith = (view: Counted, filter: FigureCases): FigureCases => ({
  ...ofScope(view),
  ...withIncluded(view, filter),
});

/**
 * @param a.which all that the figure counts, or those of them that somebody has to look at
 * @returns null where it is of no cases, or of two kinds of them
 */
export function casesOfFigure(
  view: Counted & Pick<FiguresView, "elapsed">,
  code: PageFigureCode,
  a: {
    readonly which?: "cases" | "amiss" | undefined;
    readonly period?: DateRange | undefined;
    readonly more?: FigureCases | undefined;
  } = {},
): FigureCases | null {
  const { which = "cases", period = view.elapsed, more } = a;
  const happening = pageFigure(code)[which];
  if (happening === null || happening === undefined) return null;
  if (happening === "late") return casesWith(view, { late: "late", ...more });
  if (happening === "open") return casesWith(view, { kind: "open,waiting", ...more });
  const { from, to } = period;
  return casesWith(view, { counted: writtenCounted({ happening, from, to, level: null }), ...more });
}

/** What a share counts is what is amiss, or what is left of its whole. */
const countsTheAmiss: ReadonlySet<string> = new Set(["reopened", "appealed", "transferred"]);

/** What there is to look at behind a figure, and how much of it there is; null: nothing. */
export function amissOf(
  code: PageFigureCode,
  { numerator, denominator }: Pick<Measured, "numerator" | "denominator">,
): { readonly amiss: CountedHappening; readonly n: number } | null {
  const { amiss } = pageFigure(code);
  if (amiss === undefined || numerator === null || denominator === null) return null;
  const n = countsTheAmiss.has(amiss) ? numerator : denominator - numerator;
  return n === 0 ? null : { amiss, n };
}

/** An entity of a table: those without one wait to be placed. */
export const atEntity = (code: string): FigureCases =>
  code === "" ? { unplaced: "true" } : { entity: code, under: undefined };
export const inGovernorate = (code: string): FigureCases => ({ governorate: code === "" ? "-" : code });
/** A type, service or channel of a table; cases without a service are asked for by a sign. */
export const withProperty =
  (by: SplitDimension) =>
  (code: string): FigureCases => ({ [by]: code === "" ? "-" : code });
