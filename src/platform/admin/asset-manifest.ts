/** What the build leaves beside the code for browsers, and under which addresses it is served. */
import type { AssetFile } from "../assets/asset-file.js";

/** Below which address all of it stands. */
export const assetRoot = "/admin/assets";

export interface AssetManifest {
  /** File names in the order in which a page must run them. */
  readonly scripts: {
    readonly global: string;
    readonly designSystem: string;
    readonly app: string;
    readonly components: string;
    /** Loaded by the page itself when a screen of the studio is opened. */
    readonly studio: string;
  };
  /** File names, in order: typefaces, then the look. */
  readonly styles: readonly string[];
  readonly studioStyle: string;
  readonly icon: string;
  /** Typefaces worth asking for before the style sheet is read, by language. */
  readonly preload: { readonly ar: readonly string[]; readonly en: readonly string[] };
  readonly files: Readonly<Record<string, AssetFile>>;
}

export const manifestName = "manifest.json";
