/** Where a line of a digest leads: to the cases, for those who may read them; else to the figures, where the reader has these. */

import { writtenCounted } from "../../engine/lifecycle/counted-cases.js";
import type { Asked } from "../../engine/measures/digest-asked.js";
import type { ChangedFigure, DigestPlace } from "../../engine/measures/digest-changes.js";
import type { DigestScope } from "../../engine/measures/digest-view.js";
import type { SplitDimension } from "../../engine/measures/kpi-dimensions.js";
import { type DigestLine, say, type Telling } from "./digest-wording.js";
import type { FiguresPanel } from "./links.js";

/** What a line is about: a figure that changed, or what came in. */
type LineFigure = ChangedFigure | "received";

/** For each figure: which cases are looked up, and under which figure of the figures page. */
const behind: Readonly<Record<LineFigure, { happening: "becameLate" | "ratedLow" | null; figure: string }>> = {
  onTime: { happening: "becameLate", figure: "onTimeResolution" },
  satisfaction: { happening: "ratedLow", figure: "satisfaction" },
  overdue: { happening: null, figure: "onTimeResolution" },
  received: { happening: null, figure: "received" },
};

/** Letters of before named their scope alone. */
const withinOfBefore = ({ figures }: DigestScope): NonNullable<DigestScope["within"]> =>
  figures === null || figures === "all" ? {} : { under: figures };

/** Where a line leads: to the cases, for those who may read them; else to the figures, where the reader has these; else nowhere. */
export function leadsTo(
  t: Telling,
  figure: LineFigure,
  place: DigestPlace | null,
  more: {
    readonly since?: string | null;
    readonly filter?: Readonly<Record<string, string>>;
    /** What the cases are narrowed to as well. */
    readonly within?: Readonly<Record<string, string>>;
    readonly split?: SplitDimension;
    panel?: FiguresPanel;
  } = {},
): Pick<DigestLine, "link" | "label"> {
  const { links, setup } = t.context;
  const programme = setup.programme.code;
  const { scope } = t.reader;
  const from = more.since ?? t.digest.from;
  const { happening } = behind[figure];
  if (scope.readsCases) {
    const entity = place?.code ?? t.story.single;
    const where = entity !== undefined ? { entity } : (scope.within ?? withinOfBefore(scope));
    const counted: Readonly<Record<string, string>> =
      happening === null
        ? { late: "late" }
        : { counted: writtenCounted({ happening, from, to: t.digest.to, level: null }) };
    const filter = { ...where, ...(more.filter ?? counted), ...more.within, confidential: "false" };
    return { link: links.cases(programme, filter), label: say(t, "cases") };
  }
  const { panel, split } = more;
  return figuresOf(t, figure, { place, since: more.since ?? null, ...(panel && { panel }), ...(split && { split }) });
}

/**
 * To the figures that a line is of, where the reader has these: what got better has no cases that somebody has to look at. Of a place to
 * its own, for those who read its cases, else to the table in which it is.
 */
export function figuresOf(
  t: Telling,
  figure: LineFigure,
  a: {
    readonly place: DigestPlace | null;
    readonly since: string | null;
    readonly panel?: FiguresPanel;
    readonly split?: SplitDimension;
  },
): Pick<DigestLine, "link" | "label"> {
  const { links, setup } = t.context;
  const { figures: scope, readsCases, alone } = t.reader.scope;
  if (scope === null) return { link: null, label: null };
  const isNarrowed = a.place !== null && readsCases && !alone;
  const ofWhole = figure === "overdue" ? "figures-ageing" : "figures-trend";
  const link = links.figures(setup.programme.code, {
    scope,
    period: { from: a.since ?? t.digest.from, to: t.digest.to },
    figure: behind[figure].figure,
    ...(isNarrowed && { entity: a.place.code }),
    ...(a.split && { split: a.split }),
    panel:
      a.panel ??
      (a.split ? "figures-split" : null) ??
      (a.place === null || isNarrowed || alone ? ofWhole : "figures-entities"),
  });
  return { link, label: say(t, "figures") };
}

/** Leads to just these cases: a holder of a position there reads them, whatever else the letter is about. */
export function escalatedLink(
  t: Telling,
  { level, under }: Asked & { readonly kind: "decide" },
): Pick<DigestLine, "link" | "label"> {
  const { links, setup } = t.context;
  if (level === undefined || under === undefined) return { link: links.home(), label: say(t, "home") };
  const filter = { under, level: String(level), kind: "open,waiting", confidential: "false" };
  return { link: links.cases(setup.programme.code, filter), label: say(t, "cases") };
}
