/** Scripts, styles and typefaces of the back office: built beforehand, compressed beforehand, kept by browsers for good. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Router } from "express";
import { serveFiles } from "../assets/serve-files.js";
import { installationFolder } from "../root.js";
import { type AssetManifest, assetRoot, manifestName } from "./asset-manifest.js";

export interface AssetAddresses {
  readonly global: string;
  readonly designSystem: string;
  readonly app: string;
  readonly components: string;
  readonly studio: string;
  readonly studioStyle: string;
  readonly styles: readonly string[];
  readonly icon: string;
  readonly preload: { readonly ar: readonly string[]; readonly en: readonly string[] };
}

export interface Assets {
  /** Whole paths (`/admin/assets/…`) for pages to name; they change whenever the content does. */
  readonly addresses: AssetAddresses;
  /** Answers everything below `/admin/assets/`, without a session: nothing there is anybody's secret. */
  readonly router: Router;
}

/** Where the build puts them. */
export const builtAssetsFolder = join(installationFolder, "dist", "platform", "admin", "public");

/** Opens what `npm run build` made; error that says so when there is none. */
export function openAssets(folder: string = builtAssetsFolder): Assets {
  const manifestFile = join(folder, manifestName);
  if (!existsSync(manifestFile)) {
    throw new Error("The pages of the back office are not built. Run “npm run build” first.");
  }
  const manifest = JSON.parse(readFileSync(manifestFile, "utf8")) as AssetManifest;
  return { addresses: addressesOf(manifest), router: serveFiles(assetRoot, folder, manifest.files) };
}

const address = (name: string): string => `${assetRoot}/${name}`;

function addressesOf({ scripts, styles, studioStyle, icon, preload }: AssetManifest): AssetAddresses {
  return {
    global: address(scripts.global),
    designSystem: address(scripts.designSystem),
    app: address(scripts.app),
    components: address(scripts.components),
    studio: address(scripts.studio),
    studioStyle: address(studioStyle),
    styles: styles.map(address),
    icon: address(icon),
    preload: { ar: preload.ar.map(address), en: preload.en.map(address) },
  };
}
