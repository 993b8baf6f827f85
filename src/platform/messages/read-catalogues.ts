/** Reads the catalogues of words: a folder a language, a file an area, keys in two levels (`file.name`). */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Texts by key (`area.file.name`). */
export type Catalogue = Readonly<Record<string, string>>;

/** By language. Throws where a file is no catalogue. */
export function readCatalogues(folder: string): ReadonlyMap<string, Catalogue> {
  const languages = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return new Map(languages.map(({ name }) => [name, readLanguage(join(folder, name))]));
}

function readLanguage(folder: string): Catalogue {
  const flat: Record<string, string> = {};
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith(".json")) continue;
    const area = file.slice(0, -".json".length);
    flatten(area, JSON.parse(readFileSync(join(folder, file), "utf8")), flat, join(folder, file));
  }
  return flat;
}

function flatten(prefix: string, node: unknown, into: Record<string, string>, file: string): void {
  if (typeof node === "string") into[prefix] = node;
  else if (typeof node === "object" && node !== null)
    for (const [key, child] of Object.entries(node)) flatten(`${prefix}.${key}`, child, into, file);
  else throw new Error(`${file}: ${prefix} is neither a text nor a group of texts`);
}
