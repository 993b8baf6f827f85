/** The look of the applicant's pages: what the build made, and where pages find it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Router } from "express";
import { directionOf, type Language } from "../../engine/text/languages.js";
import type { AssetFile } from "../../platform/assets/asset-file.js";
import { serveFiles } from "../../platform/assets/serve-files.js";
import { installationFolder } from "../../platform/root.js";

/** Below which address all of it stands. */
const portalRoot = "/assets";
export const portalManifestName = "manifest.json";

export interface PortalManifest {
  /** The look from right to left (`ar`) and from left to right (`en`): names of files. */
  readonly styles: { readonly ar: string; readonly en: string };
  readonly icon: string;
  readonly preload: { readonly ar: readonly string[]; readonly en: readonly string[] };
  readonly files: Readonly<Record<string, AssetFile>>;
}

export interface PortalLook {
  readonly style: string;
  readonly icon: string;
  readonly preload: readonly string[];
}

export interface PortalAssets {
  lookOf(language: Language): PortalLook;
  /** Answers everything below `/assets/`. */
  readonly router: Router;
}

/** Where the build puts them. */
export const builtPortalFolder = join(installationFolder, "dist", "features", "portal", "public");

/** Opens what `npm run build` made; error that says so when there is none. */
export function openPortalAssets(folder: string = builtPortalFolder): PortalAssets {
  const file = join(folder, portalManifestName);
  if (!existsSync(file)) throw new Error("The applicant's pages are not built. Run “npm run build” first.");
  const { styles, icon, preload, files } = JSON.parse(readFileSync(file, "utf8")) as PortalManifest;
  const at = (name: string): string => `${portalRoot}/${name}`;
  const lookOf = (language: Language): PortalLook => ({
    style: at(directionOf(language) === "rtl" ? styles.ar : styles.en),
    icon: at(icon),
    preload: (directionOf(language) === "rtl" ? preload.ar : preload.en).map(at),
  });
  return { lookOf, router: serveFiles(portalRoot, folder, files) };
}
