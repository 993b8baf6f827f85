/** Everybody who reads figures, and every figure that each of them is given: for what one learns from the difference of two. */
import type { Actor, HeldSeat } from "../../src/engine/access/permissions.js";
import { isShownCount } from "../../src/engine/measures/figure-bases.js";
import { type FigureScope, figureScopes, rolesOfScope } from "../../src/engine/measures/figure-scopes.js";
import { figureTable, figureTables } from "../../src/engine/measures/figure-tables.js";
import type { FiguresView } from "../../src/engine/measures/figures-view.js";
import { shownTo } from "../../src/engine/measures/shown-kpis.js";
import type { Setup } from "../../src/engine/setup/setup.js";
import type { Figures } from "../../src/features/reports/figures/figures.service.js";

export interface Audience {
  readonly name: string;
  readonly actor: Extract<Actor, { kind: "user" }>;
}

export const audienceOf = (seat: HeldSeat, ...more: readonly HeldSeat[]): Audience => ({
  name: [seat, ...more].map(({ role, entity, sector }) => `${role} ${entity ?? sector ?? ""}`.trim()).join(" and "),
  actor: { kind: "user", userId: 1, name: "", seats: [seat, ...more] },
});

export interface Told {
  /** `minister MOH · MOH · 2026-11` */
  readonly by: string;
  readonly scope: FigureScope;
  /** What was asked, without who asked. */
  readonly question: string;
  readonly view: FiguresView;
  readonly files: readonly unknown[];
}

/** All pages, with what a file of each table holds. */
export async function toldTo(
  audiences: readonly Audience[],
  a: {
    figures: Figures;
    setup: Setup;
    now: Date;
    asked: readonly { period: string; figure?: string; unit?: string; split?: string }[];
  },
): Promise<Told[]> {
  const told: Told[] = [];
  for (const { name, actor } of audiences)
    for (const scope of figureScopes(actor, a.setup))
      for (const asked of a.asked) {
        // What a role is not shown is refused, and tells nothing.
        const shown = shownTo(a.setup, rolesOfScope(actor, scope)).map(({ code }) => String(code));
        if (asked.figure !== undefined && !shown.includes(asked.figure)) continue;
        const view = await a.figures({ actor, now: a.now, programme: scope.programme, scope: scope.id, ...asked });
        const question = [scope.code ?? "all", scope.kind, ...Object.values(asked)].join(" · ");
        const files = figureTables.map((part) => figureTable(part, view, "en"));
        told.push({ by: `${name} · ${question}`, scope, question, view, files });
      }
  return told;
}

/** Of an answer, all that is counted: not who asks, not the total in full tens, and not a team's load, which its own handlers see. */
export function countedOf({ view, files }: Told): unknown {
  const { scopes: _, scope: _scope, confidentialCases: _total, asOf: _asOf, team: _team, ...counted } = view;
  return JSON.parse(JSON.stringify({ counted, files }));
}

/** As `countedOf`, of the figures that another is shown too: which ones, in what order and against which target is the role's. */
export function sharedWith(one: Told, other: Told): unknown {
  const { counted, files } = countedOf(one) as { counted: Pick<FiguresView, "figures">; files: { title: string }[] };
  const theirs = new Set(other.view.figures.map(({ code }) => code));
  const figures = counted.figures
    .filter(({ code }) => theirs.has(code))
    .map(({ headline: _headline, target: _target, threshold: _threshold, ...figure }) => figure)
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  // The table of the figures has the same numbers.
  return { ...counted, figures, files: files.slice(1) };
}

/** Each number of cases that stands in a table by place: `counts` are those of entities that are shown however few they are. */
export function placeNumbers({ figure, entities, split, heat, map }: FiguresView): {
  readonly counts: readonly [string, number][];
  readonly others: readonly [string, number][];
} {
  const [counts, others]: [string, number][][] = [[], []];
  const put = (name: string, n: number | string | null | undefined, isCount = false) => {
    if (typeof n === "number") (isCount ? counts : others)?.push([name, n]);
  };
  for (const [lines, isEntity] of [[entities, true] as const, [split.lines, false] as const])
    for (const { place, now, before, received, open, delayed } of lines) {
      for (const [name, n] of Object.entries({ received, open, delayed })) put(`${place.code} ${name}`, n, isEntity);
      put(`${place.code} now`, now.n, isEntity && isShownCount(figure));
      put(`${place.code} before`, before?.n, isEntity && isShownCount(figure));
    }
  for (const { place, cells } of heat.rows)
    for (const [i, cell] of cells.entries()) put(`${place.code} ${heat.pillars[i]?.code}`, cell.n);
  for (const { place, measured, received } of map) {
    put(`${place.code} received`, received);
    put(`${place.code} measured`, measured.n);
  }
  return { counts: counts ?? [], others: others ?? [] };
}
