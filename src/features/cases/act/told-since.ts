/** What others did meanwhile, in a sentence of a refusal: who, when, what. */

import type { TimelineEntry } from "../../../engine/explain/describe-event.js";
import { formatMoment } from "../../../engine/formatting/moments.js";
import { msg } from "../../../engine/text/msg.js";
import { inLanguage, type Language } from "../../../engine/text/text.js";

/** Somebody who works in two windows is no other person. */
const inAnotherWindow = msg("cases-act.performAction.inAnotherWindow");

/** "Sami (today 9:10): Took the case." for each of them. */
export const toldSince = (
  entries: readonly Pick<TimelineEntry, "at" | "who" | "what" | "own">[],
  { language, timeZone }: { language: Language; timeZone: string },
): string =>
  entries
    .map(({ at, who, what, own }) => {
      const when = formatMoment(at, language, timeZone);
      return `${inLanguage(own ? inAnotherWindow : who, language)} (${when}): ${inLanguage(what, language)}`;
    })
    .join(" ");
