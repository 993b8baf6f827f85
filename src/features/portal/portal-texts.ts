/** The words of the applicant's pages: one file a language in `views/portal/text`. A key that is missing is a fault, never a gap. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { apart, type Language } from "../../engine/text/text.js";

type Values = Readonly<Record<string, string | number>>;

export interface PortalTexts {
  /** The text of a key (`step.type.title`), with `{name}` filled in; values keep their own direction. */
  say(language: Language, key: string, values?: Values): string;
  has(language: Language, key: string): boolean;
  keys(language: Language): readonly string[];
}

function flatten(prefix: string, node: unknown, into: Map<string, string>): Map<string, string> {
  if (typeof node === "string") into.set(prefix, node);
  else
    for (const [key, child] of Object.entries(node as Record<string, unknown>))
      flatten(prefix === "" ? key : `${prefix}.${key}`, child, into);
  return into;
}

/** Reads both files once. `folder`: `views/portal/text`. */
export function loadPortalTexts(folder: string): PortalTexts {
  const read = (language: Language) =>
    flatten("", JSON.parse(readFileSync(join(folder, `${language}.json`), "utf8")), new Map());
  const texts = { ar: read("ar"), en: read("en") };
  return {
    has: (language, key) => texts[language].has(key),
    keys: (language) => [...texts[language].keys()],
    say(language, key, values = {}) {
      const text = texts[language].get(key);
      if (text === undefined) throw new Error(`views/portal/text/${language}.json has no text "${key}"`);
      return text.replace(/\{(\w+)\}/g, (_, name: string) => {
        const value = values[name];
        if (value === undefined) throw new Error(`"${key}" names {${name}}, which is not given`);
        // What was sent is our own word in the language of its sentence; all else keeps its own direction.
        return typeof value === "number" || name === "what" ? String(value) : apart(value);
      });
    },
  };
}

/** The same texts about something that was sent: `{what}` is what English calls its type, “your complaint”, “your inquiry”. */
export function textsAbout(texts: PortalTexts, type: string | undefined): PortalTexts {
  const what = (language: Language): string => {
    const key = `what.${type}`;
    return texts.say(language, texts.has(language, key) ? key : "what.other");
  };
  return { ...texts, say: (language, key, values) => texts.say(language, key, { what: what(language), ...values }) };
}
