/** The applicant's pages, from `views/portal/`: compiled once, strict, escaped. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Handlebars from "handlebars";
import { directionOf } from "../../engine/text/languages.js";
import type { Language } from "../../engine/text/text.js";
import { installationFolder } from "../../platform/root.js";
import { type PortalTexts, portalTexts, textsAbout } from "./portal-texts.js";

export type PortalPage =
  | "start"
  | "step"
  | "check"
  | "sent"
  | "follow"
  | "lost-code"
  | "case"
  | "act"
  | "confirm"
  | "stop"
  | "problem";

/** Signs that stand beside words: drawn, since no typeface of ours has them. */
const signs: Readonly<Record<string, string>> = {
  done: "M5 12.5l4.5 4.5L19 7.5",
  open: "M12 6.5v5.5l3.5 2.5",
  question: "M9 9.5a3 3 0 1 1 4.6 2.5c-1 .7-1.6 1.2-1.6 2.3M12 17.6v.1",
  alert: "M12 6v7.5M12 17.4v.1",
  pause: "M9 7.5v9M15 7.5v9",
  end: "M8 8h8v8H8z",
};

const drawn = (name: string): Handlebars.SafeString =>
  new Handlebars.SafeString(
    `<svg class="sign" viewBox="0 0 24 24" width="26" height="26" aria-hidden="true" focusable="false"><circle cx="12" cy="12" r="12"/><path d="${signs[name] ?? ""}"/></svg>`,
  );

export type View = Readonly<Record<string, unknown>>;

export interface PortalViews {
  readonly texts: PortalTexts;
  /** Whole HTML. What a page names and the view does not have throws. Where texts say `{what}`, `view.sentType` is the type's code. */
  render(page: PortalPage, language: Language, view: View): string;
}

const folder = join(installationFolder, "views", "portal");

function sources(of: string): (readonly [name: string, source: string])[] {
  return readdirSync(of)
    .filter((file) => file.endsWith(".hbs"))
    .map((file) => [file.slice(0, -".hbs".length), readFileSync(join(of, file), "utf8")]);
}

/** Throws, at start, for a template that cannot be read. */
export function createPortalViews(): PortalViews {
  const handlebars = Handlebars.create();
  const texts = portalTexts;
  const options: CompileOptions = { strict: true, knownHelpers: { t: true, sign: true }, knownHelpersOnly: true };
  handlebars.registerHelper("t", (key: string, { data }: Handlebars.HelperOptions) => {
    const { language, sentType } = data.root as { language: Language; sentType?: string };
    return textsAbout(texts, sentType).say(language, key);
  });
  handlebars.registerHelper("sign", drawn);
  for (const [name, source] of sources(join(folder, "partials"))) {
    handlebars.registerPartial(name, handlebars.compile(source, options));
  }
  const pages = new Map(sources(folder).map(([name, source]) => [name, handlebars.compile(source, options)]));
  return {
    texts,
    render(page, language, view) {
      const template = pages.get(page);
      if (template === undefined) throw new Error(`views/portal has no ${page}`);
      return template({ ...view, language, dir: directionOf(language) });
    },
  };
}
