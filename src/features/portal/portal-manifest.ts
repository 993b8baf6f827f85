/** What the build leaves for browsers of the applicant's pages. */
import type { AssetFile } from "../../platform/assets/asset-file.js";

/** Below which address all of it stands. */
export const portalRoot = "/assets";
export const portalManifestName = "manifest.json";

export interface PortalManifest {
  /** The look from right to left (`ar`) and from left to right (`en`): names of files. */
  readonly styles: { readonly ar: string; readonly en: string };
  readonly icon: string;
  readonly preload: { readonly ar: readonly string[]; readonly en: readonly string[] };
  readonly files: Readonly<Record<string, AssetFile>>;
}
