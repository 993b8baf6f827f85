/** What the build leaves beside the code for browsers, and under which addresses it is served. */
import type { AssetFile } from "../assets/asset-file.js";

/** Below which address all of it stands. */
export const assetRoot = "/admin/assets";

/** A script with all that it imports, also by way of others. File names. */
export interface BuiltScript {
  readonly script: string;
  readonly imports: readonly string[];
  /** Files of the words that these say, by language. */
  readonly words: Readonly<Record<string, string>>;
}

export interface AssetManifest {
  /** What every page runs. */
  readonly entry: BuiltScript;
  /** Areas of screens, by name: what the entry imports as well is not named again. */
  readonly areas: Readonly<
    Record<string, BuiltScript & { readonly screens: readonly string[]; readonly styles: readonly string[] }>
  >;
  /** File names, in order: typefaces, then the look. */
  readonly styles: readonly string[];
  readonly icon: string;
  /** Typefaces worth asking for before the style sheet is read: of Arabic letters (`ar`) and of Latin ones (`en`). */
  readonly preload: { readonly ar: readonly string[]; readonly en: readonly string[] };
  readonly files: Readonly<Record<string, AssetFile>>;
}

export const manifestName = "manifest.json";
