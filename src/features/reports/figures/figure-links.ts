/** Where a figure leads: the list of exactly its cases, for those who may read them. */

import type { DateRange } from "../../../engine/calendar/whole-months.js";
import { writtenCounted } from "../../../engine/lifecycle/counted-cases.js";
import type { SplitDimension } from "../../../engine/measures/figures-split.js";
import type { FiguresView } from "../../../engine/measures/figures-view.js";
import { type PageFigureCode, pageFigure } from "../../../engine/measures/page-figures.js";
import { type CaseFilter, casesAddress } from "../../../platform/ui/home-pieces.js";

/** Of the scope, what the list is narrowed to. Confidential cases are in the list where they are in the figure. */
function scopeFilter({ scope }: FiguresView): CaseFilter {
  return {
    ...(scope.kind === "subtree" && { under: scope.code ?? undefined }),
    ...(scope.kind === "entity" && { entity: scope.code ?? undefined }),
    ...(scope.kind === "own" && { handledBy: "me", entity: scope.code ?? undefined }),
    ...(!scope.confidential && { confidential: "false" }),
  };
}

/** An entity's figures have those in them of the entities that it took over. */
function withIncluded({ entities }: FiguresView, filter: CaseFilter): CaseFilter {
  const including = entities.find(({ place }) => place.code === filter.entity)?.including ?? [];
  return including.length === 0
    ? filter
    : { ...filter, entity: [filter.entity, ...including.map(({ code }) => code)].join(",") };
}

/** @returns null where the reader may not read the cases */
export function casesOf(view: FiguresView, filter: CaseFilter): string | null {
  if (!view.scope.readsCases) return null;
  return casesAddress(view.programme, { ...scopeFilter(view), ...withIncluded(view, filter) });
}

/** @param which all that the figure counts, or those of them that somebody has to look at */
export function casesBehind(
  view: FiguresView,
  code: PageFigureCode,
  {
    which = "cases",
    period = view.elapsed,
    more = {},
  }: {
    readonly which?: "cases" | "amiss";
    readonly period?: DateRange;
    readonly more?: CaseFilter;
  } = {},
): string | null {
  const happening = pageFigure(code)[which];
  if (happening === null || happening === undefined) return null;
  if (happening === "late") return casesOf(view, { late: "late", ...more });
  if (happening === "open") return casesOf(view, { kind: "open,waiting", ...more });
  const { from, to } = period;
  return casesOf(view, { counted: writtenCounted({ happening, from, to, level: null }), ...more });
}

/** An entity of a table: those without one wait to be placed. */
export const atEntity = (code: string): CaseFilter =>
  code === "" ? { unplaced: "true" } : { entity: code, under: undefined };
export const inGovernorate = (code: string): CaseFilter => ({ governorate: code === "" ? "-" : code });
/** A type, service or channel of a table; cases without a service are asked for by a sign. */
export const withProperty =
  (by: SplitDimension) =>
  (code: string): CaseFilter => ({ [by]: code === "" ? "-" : code });
