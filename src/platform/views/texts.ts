/** The words of messages: one file a language in `views/text`. A key that is missing is a fault, never an empty place. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../../engine/text/text.js";

export type Values = Readonly<Record<string, string | number>>;

export interface Texts {
  /** The text of a key (`official-warning.title`) with `{name}` filled in by `fill`. Throws on an unknown key or name. */
  say(key: string, values?: Values, fill?: (value: string) => string): string;
  /** As it is written, with its `{names}`. Throws on an unknown key. */
  pattern(key: string): string;
  has(key: string): boolean;
  keys(): readonly string[];
}

/** Reads `views/text/<language>.json` once. */
export function loadTexts(views: string, language: Language): Texts {
  const flat = new Map<string, string>();
  flatten("", JSON.parse(readFileSync(join(views, "text", `${language}.json`), "utf8")), flat);
  const pattern = (key: string): string => {
    const text = flat.get(key);
    if (text === undefined) throw new Error(`views/text/${language}.json has no text "${key}"`);
    return text;
  };
  return {
    pattern,
    has: (key) => flat.has(key),
    keys: () => [...flat.keys()],
    say(key, values = {}, fill = (value) => value) {
      return pattern(key).replace(/\{(\w+)\}/g, (_, name: string) => {
        const value = values[name];
        if (value === undefined)
          throw new Error(`views/text/${language}.json: "${key}" names {${name}}, which is not given`);
        return fill(String(value));
      });
    },
  };
}

function flatten(prefix: string, node: unknown, into: Map<string, string>): void {
  if (typeof node === "string") into.set(prefix, node);
  else
    for (const [key, child] of Object.entries(node as Record<string, unknown>))
      flatten(prefix === "" ? key : `${prefix}.${key}`, child, into);
}
