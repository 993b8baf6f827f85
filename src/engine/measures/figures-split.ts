/** Figures broken down by what the cases are about or how they came: one of three properties at a time, as the reader chooses. */

import type { NamedCode } from "../lifecycle/held-sweep.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { type FiguresSplit, type Grouped, placeLines } from "./figures-view.js";
import { recordsOf, type SplitDimension } from "./kpi-dimensions.js";
import type { PageFigureCode } from "./page-figures.js";

/** What its column is called, and what stands for cases without one. */
export const splitWords: Readonly<Record<SplitDimension, { readonly one: Bilingual; readonly none: Bilingual }>> = {
  type: { one: msg("measures.split.type"), none: msg("measures.split.withoutType") },
  service: { one: msg("measures.split.service"), none: msg("measures.split.withoutService") },
  channel: { one: msg("measures.split.channel"), none: msg("measures.split.withoutChannel") },
};

/** The entity that provides a service; null: of other properties, and of a service that the settings do not have. */
function providerOf(by: SplitDimension, code: string, { services, entities }: Setup): NamedCode | null {
  const entity = by === "service" ? entities.get(services.get(code)?.entity ?? "") : undefined;
  return entity === undefined ? null : { code: entity.code, name: entity.name };
}

/** @param a.now and `a.before`: reports by that property */
export function figuresSplit(a: {
  readonly by: SplitDimension;
  readonly code: PageFigureCode;
  readonly now: Grouped;
  readonly before: Grouped | null;
  readonly setup: Setup;
}): FiguresSplit {
  const { by, now, before, setup } = a;
  const nameOf = (code: string) => {
    const record = recordsOf[by](setup).get(code);
    const name = code === "" ? splitWords[by].none : (record?.name ?? { en: code, ar: code });
    return { place: { code, name }, ended: record?.retired === true };
  };
  const lines = placeLines({ code: a.code, now, before, nameOf });
  return {
    by,
    lines: lines.map((line, i) => ({
      ...line,
      share: now.received === 0 ? null : (now.groups[i]?.received ?? 0) / now.received,
      provider: providerOf(by, line.place.code, setup),
    })),
  };
}
