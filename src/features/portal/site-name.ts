/** What the pages call themselves and what may be called: of the programme whose they are; the platform's name only where several share them. */
import { type HelpLine, helpLineOf } from "../../engine/setup/help-line.js";
import type { Programme } from "../../engine/setup/setup.js";
import { type Bilingual, inLanguage, type Language } from "../../engine/text/text.js";
import type { PortalServices } from "./portal-services.js";
import type { PortalTexts } from "./portal-texts.js";

/** What the frame of a page says of the programmes that it is about. */
export interface Site {
  readonly name: string;
  readonly help: readonly ShownHelp[];
}

interface ShownHelp {
  /** Whose it is, where the page is of several; else null. */
  readonly of: string | null;
  readonly phone: string;
  readonly dial: string;
  readonly hours: string | null;
}

export interface SiteName {
  /** As things stand. */
  of(language: Language): Promise<Site>;
  /** As it was last seen; for pages that must come also when nothing can be asked. */
  known(language: Language): Site;
  /** As it was last seen, and asked for only where it never was. Never throws. */
  seen(language: Language): Promise<Site>;
}

interface Named {
  readonly name: Bilingual;
  readonly help: HelpLine | null;
}

const shown = ({ name, help }: Named, language: Language, several: boolean): ShownHelp[] =>
  help === null
    ? []
    : [
        {
          of: several ? inLanguage(name, language) : null,
          phone: help.phone,
          dial: help.dial,
          hours: help.hours && inLanguage(help.hours, language),
        },
      ];

/** The site's name on a page that is about one programme. */
export const siteOf = (name: Bilingual, help: HelpLine | null, language: Language): Site => ({
  name: inLanguage(name, language),
  help: shown({ name, help }, language, false),
});

export const siteOfProgramme = ({ name, settings }: Programme, language: Language): Site =>
  siteOf(name, helpLineOf(settings), language);

export function createSiteName({ publicPages }: Pick<PortalServices, "publicPages">, texts: PortalTexts): SiteName {
  let named: readonly Named[] = [];
  let asked = false;
  const known = (language: Language): Site => {
    const [only, ...others] = named;
    const several = others.length > 0;
    return {
      name: only === undefined || several ? texts.say(language, "site.name") : inLanguage(only.name, language),
      help: named.flatMap((one) => shown(one, language, several)),
    };
  };
  async function of(language: Language): Promise<Site> {
    const open = await publicPages.programmes();
    named = open.map(({ programme }) => ({ name: programme.name, help: helpLineOf(programme.settings) }));
    asked = true;
    return known(language);
  }
  return {
    of,
    known,
    seen: async (language) => (asked ? known(language) : of(language).catch(() => known(language))),
  };
}
