/** What all builds of files for browsers share: names with hashes, compressed forms, the typefaces. Run by `npm run build` only. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { AssetFile } from "./asset-file.js";

const require = createRequire(import.meta.url);

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
/** Typefaces are compressed already. */
const compressible = new Set([".js", ".css", ".json", ".svg"]);

/** Writes files into a folder, with their compressed forms beside them. Both ways give the name of the file. */
interface Put {
  /** Under a name that holds its hash. */
  readonly put: (label: string, content: string | Uint8Array) => string;
  /** Under a name that holds its hash already: that of scripts by which others import them. */
  readonly putAs: (name: string, content: Uint8Array) => string;
  /** All that was put. */
  readonly files: Record<string, AssetFile>;
}

export function createPut(outDir: string, quick: boolean): Put {
  mkdirSync(outDir, { recursive: true });
  const files: Record<string, AssetFile> = {};
  const putAs = (name: string, content: Uint8Array): string => {
    const path = join(outDir, name);
    writeFileSync(path, content);
    const type = types[extname(name)] ?? "application/octet-stream";
    files[name] = { type, ...compress(path, content, quick) };
    return name;
  };
  const put = (label: string, content: string | Uint8Array): string => {
    const bytes = Buffer.from(content);
    const ending = extname(label);
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
    return putAs(`${label.slice(0, -ending.length)}.${hash}${ending}`, bytes);
  };
  return { put, putAs, files };
}

function compress(path: string, bytes: Uint8Array, quick: boolean): Omit<AssetFile, "type"> {
  const plain = { encodings: [], bytes: bytes.length, sent: bytes.length };
  if (!compressible.has(extname(path))) return plain;
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quick ? 3 : 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  writeFileSync(`${path}.br`, brotli);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: quick ? 1 : 9 }));
  return { encodings: ["br", "gzip"], bytes: bytes.length, sent: brotli.length };
}

/** The folder of an installed package, whatever its `exports` allow. */
export function packageFolder(name: string): string {
  for (const folder of require.resolve.paths(name) ?? []) {
    const found = join(folder, name);
    try {
      readFileSync(join(found, "package.json"));
      return found;
    } catch {
      // Look further up.
    }
  }
  throw new Error(`${name} is not installed`);
}

const weights = [400, 500, 600, 700] as const;
const arabicLetters =
  "U+0600-06FF,U+0750-077F,U+0870-088E,U+0890-0891,U+0897-08E1,U+08E3-08FF,U+200C-200E,U+2010-2011,U+204F,U+2E41,U+FB50-FDFF,U+FE70-FE74,U+FE76-FEFC";
const latinLetters =
  "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-200B,U+200F,U+2012-206F,U+20AC,U+2122,U+2212,U+2215,U+FEFF,U+FFFD";

/** One family, "IBM Plex": Arabic letters from the Arabic cut, Latin ones and all digits from the Latin cut. */
export function putFonts(put: (label: string, content: Uint8Array) => string): {
  css: string;
  preload: { readonly ar: readonly string[]; readonly en: readonly string[] };
} {
  const cuts = [
    { folder: "ibm-plex-sans-arabic", subset: "arabic", letters: arabicLetters },
    { folder: "ibm-plex-sans", subset: "latin", letters: latinLetters },
  ] as const;
  const preload = { ar: [] as string[], en: [] as string[] };
  const faces = cuts.flatMap(({ folder, subset, letters }) =>
    weights.map((weight) => {
      const label = `${folder}-${subset}-${weight}-normal.woff2`;
      const source = join(packageFolder(`@fontsource/${folder}`), "files", label);
      const name = put(`plex-${subset}-${weight}.woff2`, readFileSync(source));
      if (weight === 400 || weight === 600) {
        if (subset === "arabic") preload.ar.push(name);
        else preload.en.push(name);
      }
      return `@font-face{font-family:"IBM Plex";font-style:normal;font-weight:${weight};font-display:swap;src:url(${name}) format("woff2");unicode-range:${letters}}`;
    }),
  );
  return { css: faces.join("\n"), preload };
}
