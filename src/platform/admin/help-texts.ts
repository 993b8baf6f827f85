/** Short help to each place of the back office, from `views/help/`: one file a language, a key a place. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Bilingual, Language } from "../../engine/text/text.js";
import { installationFolder } from "../root.js";

const folder = join(installationFolder, "views", "help");

const shape = z.record(z.string(), z.array(z.string().min(1)).min(1));

export type HelpTexts = ReadonlyMap<string, readonly Bilingual[]>;

/** Reads both files. Throws, naming the key, where one language says more than the other. */
export function loadHelp(from: string = folder): HelpTexts {
  const read = (language: Language) => shape.parse(JSON.parse(readFileSync(join(from, `${language}.json`), "utf8")));
  const [ar, en] = [read("ar"), read("en")];
  const keys = [...new Set([...Object.keys(ar), ...Object.keys(en)])];
  return new Map(
    keys.map((key) => {
      const [arabic = [], english = []] = [ar[key], en[key]];
      if (arabic.length !== english.length) throw new Error(`views/help: “${key}” differs between ar.json and en.json`);
      return [key, english.map((text, i) => ({ en: text, ar: arabic[i] as string }))];
    }),
  );
}
