/** Short help to each place of the back office: the area `help` of the catalogues, a list of sentences a place. */
import { formatMessage, keysOf } from "../../engine/text/msg.js";
import { type Bilingual, perLanguage } from "../../engine/text/text.js";

export type HelpTexts = ReadonlyMap<string, readonly Bilingual[]>;

/** By place, as English has them: `cases`, `cases.show`. */
export function loadHelp(): HelpTexts {
  const places = new Map<string, Bilingual[]>();
  for (const key of keysOf("en", "help.")) {
    const [, place = ""] = /^help\.(.*)\.\d+$/.exec(key) ?? [];
    const points = places.get(place) ?? [];
    places.set(place, points);
    points.push(perLanguage((language) => formatMessage(language, key)));
  }
  return places;
}
