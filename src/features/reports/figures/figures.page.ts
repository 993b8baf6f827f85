/** The figures of somebody's scopes, one page for every level; what it is set to is in its address. */

import { figureReach } from "../../../engine/access/permissions.js";
import { figureSettings } from "../../../engine/measures/figure-settings.js";
import type { FiguresView } from "../../../engine/measures/figures-view.js";
import { asLanguage } from "../../../engine/text/languages.js";
import { msg } from "../../../engine/text/msg.js";
import { definePage } from "../../../platform/admin/define-page.js";
import type { Call } from "../../../platform/admin/define-resource.js";
import { readIn } from "../../../platform/admin/official.js";
import type { FiguresAsked } from "./figures.service.js";
import type { FiguresFile } from "./figures-file.js";

const askedOf = ({ official, now }: Call, given: Readonly<Record<string, unknown>>): FiguresAsked => ({
  actor: official.actor,
  now,
  ...Object.fromEntries(
    figureSettings.flatMap((name) => {
      const value = given[name];
      return typeof value === "string" && value !== "" ? [[name, value.slice(0, 200)]] : [];
    }),
  ),
});

export interface FiguresPageView extends FiguresView {
  /** Entities that the reader may ask for an explanation, by code. */
  readonly addressable: readonly string[];
}

export const figuresPage = definePage({
  name: "figures",
  label: msg("reports.figures.title"),
  group: "home",
  icon: "chart",
  order: 5,
  component: "FiguresPage",
  access: ({ actor }) => figureReach(actor, "kpi.read").length > 0,
  query: figureSettings,
  async read(call): Promise<FiguresPageView> {
    const view = await call.services.figures.read(askedOf(call, call.query));
    const of = { actor: call.official.actor, programme: view.programme.code };
    return { ...view, addressable: await call.services.orders.addressable(of) };
  },
  acts: {
    /** `input`: what the address says, `part` (a table of the page), `format`, `language`. */
    export: (call): Promise<FiguresFile> =>
      call.services.figures.file({
        ...askedOf(call, call.input),
        part: String(call.input.part ?? ""),
        format: String(call.input.format ?? ""),
        language: asLanguage(call.input.language) ?? readIn(call.official),
      }),
  },
});
