/** Which words a script for browsers needs, and in which form it gets them. Run by the build only. */
import { type MessageFormatElement, parse } from "@formatjs/icu-messageformat-parser";
import { describeLanguage } from "../../engine/text/languages.js";
import type { Catalogue } from "./read-catalogues.js";

/** Words that become data (names that an editor proposes): a browser needs them in all languages, whichever it shows. */
const inAllLanguages = /^proposals\./;

/** By language, by key: a text without arguments as it is, others read already, so that browsers need no reader of the notation. */
export type BrowserWords = Readonly<Record<string, Readonly<Record<string, string | MessageFormatElement[]>>>>;

/** Keys that stand as texts in a script. */
export function keysIn(script: string, all: ReadonlySet<string>): ReadonlySet<string> {
  const quoted = script.matchAll(/["'`]([a-z][a-z-]*(?:\.\w+)+)["'`]/g);
  return new Set([...quoted].map(([, key = ""]) => key).filter((key) => all.has(key)));
}

/** What the reader of one language is sent for these keys. */
export function browserWords(
  language: string,
  keys: Iterable<string>,
  catalogues: ReadonlyMap<string, Catalogue>,
): BrowserWords {
  const instead = describeLanguage(language).else;
  const words: Record<string, Record<string, string | MessageFormatElement[]>> = {};
  const add = (spoken: string, key: string, text: string | undefined): void => {
    if (text === undefined) return;
    words[spoken] ??= {};
    words[spoken][key] = /[{}']/.test(text) ? parse(text, { ignoreTag: true }) : text;
  };
  for (const key of keys) {
    const own = catalogues.get(language)?.[key];
    if (own === undefined) add(instead, key, catalogues.get(instead)?.[key]);
    else add(language, key, own);
    if (inAllLanguages.test(key))
      for (const [other, catalogue] of catalogues) if (other !== language) add(other, key, catalogue[key]);
  }
  return words;
}
