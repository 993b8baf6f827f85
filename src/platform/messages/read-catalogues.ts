/**
 * Reads what languages there are and their catalogues of words: a folder a language with its `language.json`, and a file an area,
 * keys in two levels (`file.name`).
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { LanguageDescription } from "../../engine/text/languages.js";
import { installationFolder } from "../root.js";

/** Texts by key (`area.file.name`). */
export type Catalogue = Readonly<Record<string, string>>;

const descriptionFile = "language.json";
/** As the database takes it. */
const codeForm = /^[a-z]{2,3}(-[A-Z]{2})?$/;

/** Folders of languages: ours, and one more that DIWAN_MESSAGES names. */
export function languageFolders(environment: NodeJS.ProcessEnv = process.env): readonly string[] {
  const more = environment.DIWAN_MESSAGES;
  return [join(installationFolder, "views", "messages"), ...(more ? [more] : [])];
}

/** Calls `read` for each language in these folders. */
function eachLanguage<T>(folders: readonly string[], read: (folder: string) => T): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const folder of folders)
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory()) found.set(entry.name, read(join(folder, entry.name)));
  return found;
}

/** Catalogues by language. Throws where a file is no catalogue. */
export const readCatalogues = (...folders: readonly string[]): ReadonlyMap<string, Catalogue> =>
  eachLanguage(folders, readCatalogue);

/** What each language says of itself. Throws where one does not say it. */
export const readDescriptions = (...folders: readonly string[]): ReadonlyMap<string, LanguageDescription> =>
  eachLanguage(folders, readDescription);

function readDescription(folder: string): LanguageDescription {
  const file = join(folder, descriptionFile);
  if (!existsSync(file)) throw new Error(`${folder} has no ${descriptionFile}`);
  if (!codeForm.test(basename(folder))) throw new Error(`${folder}: a language is called as in en or pt-BR`);
  const said = JSON.parse(readFileSync(file, "utf8")) as Partial<LanguageDescription>;
  const fault =
    typeof said.name !== "string"
      ? "name"
      : said.direction !== "rtl" && said.direction !== "ltr"
        ? "direction"
        : typeof said.locale !== "string"
          ? "locale"
          : said.else !== "ar" && said.else !== "en"
            ? "else"
            : null;
  if (fault !== null) throw new Error(`${file}: ${fault} is missing or wrong`);
  return said as LanguageDescription;
}

function readCatalogue(folder: string): Catalogue {
  const flat: Record<string, string> = {};
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith(".json") || file === descriptionFile) continue;
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
