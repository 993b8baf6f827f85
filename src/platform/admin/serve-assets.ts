/** Scripts, styles and typefaces of the back office: built beforehand, compressed beforehand, kept by browsers for good. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Router } from "express";
import { serveFiles } from "../assets/serve-files.js";
import { installationFolder } from "../root.js";
import { type AssetManifest, assetRoot, type BuiltScript, manifestName } from "./asset-manifest.js";
import type { ScreenArea } from "./boot-data.js";

/** Whole paths (`/admin/assets/…`); they change whenever the content does. */
export interface AssetAddresses extends Pick<AssetManifest, "entry" | "styles" | "icon" | "preload"> {
  readonly areas: Readonly<Record<string, ScreenArea>>;
}

export interface Assets {
  /** For pages to name. */
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

const scriptAddresses = ({ script, imports, words }: BuiltScript): BuiltScript => ({
  script: address(script),
  imports: imports.map(address),
  words: Object.fromEntries(Object.entries(words).map(([language, name]) => [language, address(name)])),
});

function addressesOf({ entry, areas, styles, icon, preload }: AssetManifest): AssetAddresses {
  const areaAddresses = Object.entries(areas).map(([name, { screens, styles, ...script }]): [string, ScreenArea] => [
    name,
    { screens, ...scriptAddresses(script), styles: styles.map(address) },
  ]);
  return {
    entry: scriptAddresses(entry),
    areas: Object.fromEntries(areaAddresses),
    styles: styles.map(address),
    icon: address(icon),
    preload: { ar: preload.ar.map(address), en: preload.en.map(address) },
  };
}
