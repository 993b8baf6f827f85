/**
 * Builds what browsers of the back office load: our screens as modules, the look, the typefaces; each under a name that holds its
 * hash, with its compressed forms beside it. A step of `npm run build`; at run time nothing of this is loaded.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Metafile, type Plugin, transform } from "esbuild";
import { createPut, packageFolder, putFonts } from "../assets/put-assets.js";
import { browserWords, keysIn } from "../messages/browser-words.js";
import { formatterOnly } from "../messages/formatter-only.js";
import { languageFolders, readCatalogues } from "../messages/read-catalogues.js";
import { installationFolder } from "../root.js";
import { type AssetManifest, type BuiltScript, manifestName } from "./asset-manifest.js";

const lookFolder = join(installationFolder, "views", "assets");
const officeFolder = join(installationFolder, "src", "app", "office");
const areasFolder = join(officeFolder, "areas");
/** What comes with the page is no area of its own. */
const atOnce = "home.ts";

export interface BuildOptions {
  /** Folder to write to; made when missing. */
  readonly outDir: string;
  /** Quick: weaker compression, for tests. */
  readonly quick?: boolean;
  /** Instead of our screens: a script without areas, for tests. */
  readonly entry?: string;
  /** In front of those that build our screens; tests leave some screens out. */
  readonly plugins?: readonly Plugin[];
}

/** Builds all of it and writes the manifest last. Throws when something of our screens cannot be resolved. */
export async function buildAssets({
  outDir,
  quick = false,
  entry,
  plugins = [],
}: BuildOptions): Promise<AssetManifest> {
  const { put, putAs, files } = createPut(outDir, quick);
  const areas = entry === undefined ? areaFiles() : {};
  const scripts = await buildScripts({ office: entry ?? join(officeFolder, "entry.tsx"), ...areas }, plugins);
  for (const { name, contents } of scripts.outputs) putAs(name, contents);
  const main = scripts.of("office");
  const catalogues = readCatalogues(...languageFolders());
  const known = new Set(Object.keys(catalogues.get("en") ?? {}));
  const keysOf = (names: readonly string[]) =>
    new Set(names.flatMap((name) => [...keysIn(scripts.textOf(name), known)]));
  const withPage = keysOf([main.script, ...main.imports]);
  const putWords = (label: string, keys: Iterable<string>): BuiltScript["words"] =>
    Object.fromEntries(
      [...catalogues.keys()].map((language) => [
        language,
        put(`${label}-${language}.json`, JSON.stringify(browserWords(language, keys, catalogues))),
      ]),
    );
  const built = Object.keys(areas).map(async (name) => {
    const { screens, script, imports } = scripts.of(name);
    const there = new Set([main.script, ...main.imports]);
    const look = looksOfArea(name);
    const styles = look.length === 0 ? [] : [put(`${name}.css`, await buildLook(look))];
    const own = imports.filter((file) => !there.has(file));
    const keys = [...keysOf([script, ...own])].filter((key) => !withPage.has(key));
    return [name, { screens, script, imports: own, styles, words: putWords(name, keys) }] as const;
  });
  const fonts = putFonts(put);
  const manifest: AssetManifest = {
    entry: { script: main.script, imports: main.imports, words: putWords("office", withPage) },
    areas: Object.fromEntries(await Promise.all(built)),
    styles: [put("fonts.css", fonts.css), put("admin.css", await buildLook(looksOfAll()))],
    icon: put("icon.svg", readFileSync(join(lookFolder, "icon.svg"))),
    preload: fonts.preload,
    files,
  };
  requireOnePlace(manifest);
  writeFileSync(join(outDir, manifestName), JSON.stringify(manifest, null, 1));
  return manifest;
}

/** Files of the areas by their names. */
function areaFiles(): Readonly<Record<string, string>> {
  const files = readdirSync(areasFolder).filter((file) => file !== atOnce);
  return Object.fromEntries(files.map((file) => [basename(file, ".ts"), join(areasFolder, file)]));
}

/** A name leads to one screen. */
function requireOnePlace({ areas }: AssetManifest): void {
  const names = Object.values(areas).flatMap(({ screens }) => screens);
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  if (twice.length > 0) throw new Error(`Two areas have a screen of this name: ${twice.join(", ")}`);
}

const browsers = ["es2021", "chrome100", "firefox102", "safari15.4"];

interface BuiltScripts {
  /** All files: what several of the scripts need is in files of its own. */
  readonly outputs: readonly { readonly name: string; readonly contents: Uint8Array }[];
  /** What is in an output, by its name. */
  textOf(name: string): string;
  /** The script of that name: its file, what it imports, what it exports. */
  of(name: string): Omit<BuiltScript, "words"> & { readonly screens: readonly string[] };
}

/** Our modules for browsers. Whatever cannot be found fails the build. */
async function buildScripts(
  entries: Readonly<Record<string, string>>,
  plugins: readonly Plugin[],
): Promise<BuiltScripts> {
  const { outputFiles, metafile, warnings } = await build({
    entryPoints: entries,
    bundle: true,
    splitting: true,
    metafile: true,
    write: false,
    outdir: officeFolder,
    entryNames: "[name].[hash]",
    chunkNames: "shared.[hash]",
    format: "esm",
    platform: "browser",
    target: browsers,
    jsx: "transform",
    minify: true,
    charset: "utf8",
    legalComments: "none",
    absWorkingDir: installationFolder,
    logLevel: "silent",
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [...plugins, formatterOnly],
  });
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join("\n"));
  const { outputs } = metafile;
  return {
    outputs: outputFiles.map(({ path, contents }) => ({ name: basename(path), contents })),
    textOf: (name) => outputFiles.find(({ path }) => basename(path) === name)?.text ?? "",
    of(name) {
      const found = Object.keys(outputs).find(
        (path) => outputs[path]?.entryPoint !== undefined && basename(path).startsWith(`${name}.`),
      );
      if (found === undefined) throw new Error(`nothing was built of ${name}`);
      const imports = [...importsOf(outputs, found)].map((path) => basename(path));
      return { script: basename(found), imports, screens: outputs[found]?.exports ?? [] };
    },
  };
}

/** Paths of the outputs that one imports before it runs, also by way of others. */
function importsOf(outputs: Metafile["outputs"], path: string, found = new Set<string>()): ReadonlySet<string> {
  for (const { path: imported, kind } of outputs[path]?.imports ?? []) {
    if (kind !== "import-statement" || found.has(imported)) continue;
    found.add(imported);
    importsOf(outputs, imported, found);
  }
  return found;
}

/** What all screens stand on, in this order; what `admin-*.css` beside it says of single screens comes after. */
const foundation = [
  "admin-reset.css",
  "admin.css",
  "admin-form.css",
  "admin-kit.css",
  "admin-table.css",
  "admin-shell.css",
];

const looksNamed = (pattern: RegExp): string[] => readdirSync(lookFolder).filter((name) => pattern.test(name));

/** What comes with every page. */
function looksOfAll(): string[] {
  const own = looksNamed(/^admin-[\w-]+\.css$/).filter((name) => !foundation.includes(name));
  return [...foundation, ...own.sort()].map((name) => join(lookFolder, name));
}

/** Sheets of packages that an area needs below its own. */
const sheetsOfPackages: Readonly<Record<string, () => string>> = {
  studio: () => join(packageFolder("@xyflow/react"), "dist", "base.css"),
};

/** What comes with one area alone: `studio-*.css`. */
function looksOfArea(area: string): string[] {
  const own = looksNamed(new RegExp(`^${area}-[\\w-]+\\.css$`)).sort();
  const below = sheetsOfPackages[area];
  return [...(below === undefined ? [] : [below()]), ...own.map((name) => join(lookFolder, name))];
}

/** These as one sheet. */
async function buildLook(sheets: readonly string[]): Promise<string> {
  const text = sheets.map((path) => readFileSync(path, "utf8")).join("\n");
  const { code, warnings } = await transform(text, { loader: "css", minify: true, charset: "utf8" });
  const [warning] = warnings;
  if (warning) throw new Error(`The look cannot be read: ${warning.text} (${warning.location?.lineText ?? ""})`);
  return code;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [outDir] = process.argv.slice(2);
  if (outDir === undefined) throw new Error("Usage: build-assets FOLDER");
  try {
    await buildAssets({ outDir });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
