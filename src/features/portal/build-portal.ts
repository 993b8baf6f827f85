/**
 * Builds the look of the applicant's pages: of GOV.UK Frontend's sheet the rules that our pages use, turned round by rtlcss for
 * Arabic, then our own. A step of `npm run build`; at run time nothing of this is loaded.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";
import rtlcss from "rtlcss";
import { createPut, packageFolder, putFonts } from "../../platform/assets/put-assets.js";
import { installationFolder } from "../../platform/root.js";
import { type PortalManifest, portalManifestName } from "./open-portal-assets.js";

const looks = join(installationFolder, "views", "assets");
const family = '"IBM Plex",system-ui,"Noto Sans Arabic",sans-serif';
/** The sheet as postcss reads it; rtlcss brings it along. */
type Root = Parameters<NonNullable<rtlcss.HookOptions["pre"]>>[0];

/** Words of our pages that could be a class of GOV.UK Frontend. */
function usedClasses(): ReadonlySet<string> {
  const folder = join(installationFolder, "views", "portal");
  const pages = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".hbs"))
    .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), "utf8"));
  return new Set(pages.join("\n").match(/govuk-[\w-]+/g) ?? []);
}

/** Left is what our pages name; its typefaces and pictures belong to another government. */
function keepUsed(sheet: Root, used: ReadonlySet<string>): void {
  const isUsed = (selector: string): boolean => {
    const classes = selector.match(/\.govuk-[\w-]+/g) ?? [];
    return classes.every((name) => used.has(name.slice(1))) && !/\.js-enabled|\\!/.test(selector);
  };
  sheet.walkComments((comment) => {
    comment.remove();
  });
  sheet.walkAtRules(/^(font-face|charset)$/, (rule) => {
    rule.remove();
  });
  sheet.walkRules((rule) => {
    const { parent } = rule;
    if (parent?.type === "atrule" && "name" in parent && /keyframes$/.test(String(parent.name))) return;
    const kept = rule.selectors.filter(isUsed);
    if (kept.length === 0) rule.remove();
    else if (kept.length < rule.selectors.length) rule.selectors = kept;
  });
  sheet.walkDecls((declaration) => {
    if (declaration.value.includes("GDS Transport")) declaration.value = family;
    if (declaration.value.includes("/assets/images/")) declaration.remove();
  });
  sheet.walkAtRules((rule) => {
    if (rule.nodes !== undefined && rule.nodes.length === 0) rule.remove();
  });
}

/** GOV.UK Frontend's sheet as our pages need it, for each direction. */
function theirSheets(): { readonly ltr: string; readonly rtl: string } {
  const whole = readFileSync(join(packageFolder("govuk-frontend"), "dist", "govuk", "govuk-frontend.min.css"), "utf8");
  const used = usedClasses();
  let ltr = "";
  const pre = (sheet: Root): void => {
    keepUsed(sheet, used);
    ltr = sheet.toString();
  };
  const rtl = rtlcss.process(whole, undefined, undefined, { pre });
  return { ltr, rtl };
}

export async function buildPortal({
  outDir,
  quick = false,
}: {
  outDir: string;
  quick?: boolean;
}): Promise<PortalManifest> {
  const { put, files } = createPut(outDir, quick);
  const theirs = theirSheets();
  const fonts = putFonts(put);
  const own = `${fonts.css}\n${readFileSync(join(looks, "portal.css"), "utf8")}`;
  const { code: ours, warnings } = await transform(own, { loader: "css", minify: true, charset: "utf8" });
  const [warning] = warnings;
  if (warning) throw new Error(`The look cannot be read: ${warning.text} (${warning.location?.lineText ?? ""})`);
  const manifest: PortalManifest = {
    styles: { ar: put("portal-ar.css", theirs.rtl + ours), en: put("portal-en.css", theirs.ltr + ours) },
    icon: put("icon.svg", readFileSync(join(looks, "icon.svg"))),
    preload: fonts.preload,
    files,
  };
  writeFileSync(join(outDir, portalManifestName), JSON.stringify(manifest, null, 1));
  return manifest;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [outDir] = process.argv.slice(2);
  if (outDir === undefined) throw new Error("Usage: build-portal FOLDER");
  try {
    await buildPortal({ outDir });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
