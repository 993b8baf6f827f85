/**
 * Builds what browsers of the back office load: our screens as one script, AdminJS's production bundles, the look, the
 * typefaces; each under a name that holds its hash, with its compressed forms beside it. A step of `npm run build`; at run
 * time nothing of this is loaded.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { type BuildOptions as BuildSettings, build, type Plugin, transform } from "esbuild";
import { createPut, packageFolder, putFonts } from "../assets/put-assets.js";
import { installationFolder } from "../root.js";
import { type AssetManifest, manifestName } from "./asset-manifest.js";

const lookFolder = join(installationFolder, "views", "assets");

/** What AdminJS's own bundles expose; our script must use the very same React. */
const globals: Readonly<Record<string, string>> = {
  react: "React",
  "react-dom": "ReactDOM",
  "react-router": "ReactRouter",
  "react-router-dom": "ReactRouterDOM",
  redux: "Redux",
  "react-redux": "ReactRedux",
  adminjs: "AdminJS",
  "@adminjs/design-system": "AdminJSDesignSystem",
};

/** Takes those from the window. Whatever else cannot be found fails the build. */
const takenFromGlobals = (taken: readonly string[]): Plugin => ({
  name: "from-globals",
  setup(context) {
    const names = taken.map((name) => name.replace(/[/@-]/g, "\\$&"));
    context.onResolve({ filter: new RegExp(`^(${names.join("|")})$`) }, ({ path }) => ({
      path,
      namespace: "from-globals",
    }));
    context.onLoad({ filter: /.*/, namespace: "from-globals" }, ({ path }) => ({
      contents: `module.exports = window.${globals[path]}`,
      loader: "js",
    }));
    // Sources name the file that TypeScript would write.
    context.onResolve({ filter: /^\.{1,2}\/.*\.js$/ }, async ({ path, resolveDir, kind, pluginData }) => {
      if (pluginData === "as-source") return undefined;
      for (const ending of [".tsx", ".ts"]) {
        const found = await context.resolve(path.replace(/\.js$/, ending), {
          resolveDir,
          kind,
          pluginData: "as-source",
        });
        if (found.errors.length === 0) return found;
      }
      return undefined;
    });
  },
});
const fromGlobals = takenFromGlobals(Object.keys(globals));
/** The query builder stands on a newer store than AdminJS and brings it along; it is its own, and nobody else's. */
const fromGlobalsOfStudio = takenFromGlobals(Object.keys(globals).filter((name) => !/^(react-)?redux$/.test(name)));

const sources = join(installationFolder, "src");
const kitFolder = join(sources, "platform", "ui");
const office = join(sources, "app", "office");

/**
 * The studio's screens use the pieces that the page already has: a second copy would have a language, toasts and news of
 * its own. They come by `kit.js` alone, so that nothing of the folder slips in beside it.
 */
const sharedKit: Plugin = {
  name: "shared-kit",
  setup(context) {
    context.onResolve({ filter: /\/ui\/(json\/)?[\w-]+\.js$/ }, ({ path, resolveDir, kind }) => {
      if (!join(resolveDir, path).startsWith(kitFolder + sep) || kind !== "import-statement") return undefined;
      if (path.endsWith("/ui/kit.js")) return { path, namespace: "shared-kit" };
      return { errors: [{ text: `Screens of the studio import ${path} by kit.js alone: let kit.ts export it.` }] };
    });
    context.onLoad({ filter: /.*/, namespace: "shared-kit" }, () => ({
      contents: "module.exports = window.DiwanKit",
      loader: "js",
    }));
  },
};

export interface BuildOptions {
  /** Folder to write to; made when missing. */
  readonly outDir: string;
  /** Quick: weaker compression, for tests. */
  readonly quick?: boolean;
  /** Entry of our screens; tests give others. */
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
  const { put, files } = createPut(outDir, quick);

  const adminjs = join(packageFolder("adminjs"), "lib", "frontend");
  const scripts = {
    global: put("global.js", await buildGlobals(join(adminjs, "global-entry.js"))),
    designSystem: put(
      "design-system.js",
      readFileSync(join(packageFolder("@adminjs/design-system"), "bundle.production.js")),
    ),
    app: put("app.js", readFileSync(join(adminjs, "assets", "scripts", "app-bundle.production.js"))),
    components: put("components.js", await buildComponents(entry, plugins)),
    studio: put("studio.js", await buildStudio()),
  };
  const fonts = putFonts(put);
  const manifest: AssetManifest = {
    scripts,
    styles: [put("fonts.css", fonts.css), put("admin.css", await buildLook(looksOfAll()))],
    studioStyle: put("studio.css", await buildLook(looksOfStudio())),
    icon: put("icon.svg", readFileSync(join(lookFolder, "icon.svg"))),
    preload: fonts.preload,
    files,
  };
  writeFileSync(join(outDir, manifestName), JSON.stringify(manifest, null, 1));
  return manifest;
}

const browsers = ["es2021", "chrome100", "firefox102", "safari15.4"];

async function bundle(options: BuildSettings): Promise<Uint8Array> {
  const { outputFiles, warnings } = await build({
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: browsers,
    minify: true,
    charset: "utf8",
    legalComments: "none",
    absWorkingDir: installationFolder,
    logLevel: "silent",
    ...options,
    define: { "process.env.NODE_ENV": '"production"', ...options.define },
  });
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join("\n"));
  const [output] = outputFiles ?? [];
  if (output === undefined) throw new Error("nothing was built");
  return output.contents;
}

/** Left out of AdminJS's globals: what browsers of today bring along, and inputs that none of the bundles asks for. */
const leftOut: Plugin = {
  name: "left-out",
  setup(context) {
    context.onResolve({ filter: /^(core-js\/stable|react-select(\/\w+)?)$/ }, ({ path }) => ({
      path,
      namespace: "left-out",
    }));
    context.onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "module.exports = {}", loader: "js" }));
  },
};

/** React, router, store: AdminJS's own entry for them, for the browsers that we serve. */
const buildGlobals = (entry: string): Promise<Uint8Array> =>
  bundle({
    entryPoints: [entry],
    mainFields: ["browser", "main"],
    define: { global: "window" },
    plugins: [leftOut],
  });

/** Our screens as one script that runs at once. */
const buildComponents = (entry = join(office, "entry.tsx"), plugins: readonly Plugin[] = []): Promise<Uint8Array> =>
  bundle({ entryPoints: [entry], jsx: "transform", plugins: [...plugins, fromGlobals] });

/** The screens of the studio as one script that runs when one of them is opened. */
const buildStudio = (): Promise<Uint8Array> =>
  bundle({
    entryPoints: [join(office, "studio.ts")],
    jsx: "transform",
    plugins: [sharedKit, fromGlobalsOfStudio],
  });

/** What all screens stand on, in this order; what `admin-*.css` beside it says of single screens comes after. */
const foundation = ["admin.css", "admin-form.css", "admin-kit.css", "admin-table.css", "admin-shell.css"];

const looksNamed = (pattern: RegExp): string[] => readdirSync(lookFolder).filter((name) => pattern.test(name));

/** What comes with every page. */
function looksOfAll(): string[] {
  const own = looksNamed(/^admin-[\w-]+\.css$/).filter((name) => !foundation.includes(name));
  return [...foundation, ...own.sort()].map((name) => join(lookFolder, name));
}

/** What comes with the studio alone: the diagram's own, then ours. */
function looksOfStudio(): string[] {
  const own = looksNamed(/^studio-[\w-]+\.css$/).sort();
  return [join(packageFolder("@xyflow/react"), "dist", "base.css"), ...own.map((name) => join(lookFolder, name))];
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
