/** The pages around signing in, from `views/account/`: compiled once, strict, escaped. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Handlebars from "handlebars";
import { directionOf } from "../../../engine/text/languages.js";
import { inLanguage, type Language } from "../../../engine/text/text.js";
import { installationFolder } from "../../../platform/root.js";
import { type PageWord, pageWords } from "./page-words.js";

export type PageName =
  | "login"
  | "second-factor"
  | "enrol-second-factor"
  | "recovery-codes"
  | "forgot"
  | "notice"
  | "link";

export type PageView = Readonly<Record<string, unknown>>;

/** A fault at a field, in the reader's language. */
export interface ShownFault {
  /** Name of the input. */
  readonly field: string;
  readonly reason: string;
}

const folder = join(installationFolder, "views", "account");

function sources(of: string): (readonly [name: string, source: string])[] {
  return readdirSync(of)
    .filter((file) => file.endsWith(".hbs"))
    .map((file) => [file.slice(0, -".hbs".length), readFileSync(join(of, file), "utf8")]);
}

/**
 * @returns `render(page, language, view)`: whole HTML.
 * Throws, at start, for a template that cannot be read; a word that is not there throws when it is asked for.
 */
export function createAccountViews(): (page: PageName, language: Language, view: PageView) => string {
  const handlebars = Handlebars.create();
  const options: CompileOptions = {
    strict: true,
    knownHelpers: { t: true, faultOf: true, beginsAt: true },
    knownHelpersOnly: true,
  };
  handlebars.registerHelper("t", (key: string, { data }: Handlebars.HelperOptions) => {
    const words = pageWords[key as PageWord];
    if (words === undefined) throw new Error(`no word ${key}`);
    return inLanguage(words, (data.root as { language: Language }).language);
  });
  handlebars.registerHelper("faultOf", (field: string, { data }: Handlebars.HelperOptions) => {
    const { faults } = data.root as { faults: readonly ShownFault[] };
    return faults.find((fault) => fault.field === field)?.reason ?? null;
  });
  // What has to be corrected comes first, else where the page begins.
  handlebars.registerHelper("beginsAt", (field: string, first: boolean, { data }: Handlebars.HelperOptions) => {
    const { faults } = data.root as { faults: readonly ShownFault[] };
    return faults.length > 0 ? faults[0]?.field === field : first;
  });
  for (const [name, source] of sources(join(folder, "partials"))) {
    handlebars.registerPartial(name, handlebars.compile(source, options));
  }
  const pages = new Map(sources(folder).map(([name, source]) => [name, handlebars.compile(source, options)]));
  return (page, language, view) => {
    const template = pages.get(page);
    if (template === undefined) throw new Error(`views/account has no ${page}`);
    return template({ ...view, language, dir: directionOf(language) });
  };
}

/** Drawn by us, not typed by anybody: it goes into the page as it is. */
export const drawing = (svg: string): Handlebars.SafeString => new Handlebars.SafeString(svg);
