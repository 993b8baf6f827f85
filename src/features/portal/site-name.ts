/** What the pages call themselves: the programme whose they are, and the platform only where several share them. */
import { type Bilingual, inLanguage, type Language } from "../../engine/text/text.js";
import type { PortalServices } from "./portal-services.js";
import type { PortalTexts } from "./portal-texts.js";

export interface SiteName {
  /** As things stand. */
  of(language: Language): Promise<string>;
  /** As it was last seen; for pages that must come also when nothing can be asked. */
  known(language: Language): string;
  /** As it was last seen, and asked for only where it never was. Never throws. */
  seen(language: Language): Promise<string>;
}

export function createSiteName({ publicPages }: Pick<PortalServices, "publicPages">, texts: PortalTexts): SiteName {
  let only: Bilingual | null = null;
  let asked = false;
  const known = (language: Language): string => inLanguage(only, language) ?? texts.say(language, "site.name");
  async function of(language: Language): Promise<string> {
    const open = await publicPages.programmes();
    only = open.length === 1 ? (open[0]?.programme.name ?? null) : null;
    asked = true;
    return known(language);
  }
  return {
    of,
    known,
    seen: async (language) => (asked ? known(language) : of(language).catch(() => known(language))),
  };
}
