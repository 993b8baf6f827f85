/**
 * The typeface inside a preview, so that it looks the same on a machine without Arabic fonts. Letters carry none: they
 * name the typeface and fall back to the receiver's own.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const weights = [400, 600] as const;
/** The letters of both languages; the package has more alphabets. */
const wanted = /ibm-plex-sans-arabic-(arabic|latin)-\d+-normal\.woff2$/;

let made: string | null = null;

function facesOf(root: string, weight: number): string[] {
  const css = readFileSync(join(root, `${weight}.css`), "utf8");
  return [...css.matchAll(/@font-face\s*\{[^}]*\}/g)].flatMap(([face]) => {
    const file = /url\(\.\/(files\/[\w.-]+\.woff2)\)/.exec(face)?.[1];
    if (file === undefined || !wanted.test(file)) return [];
    const font = readFileSync(join(root, file)).toString("base64");
    return [face.replace(/src:[^;]*;/, `src: url(data:font/woff2;base64,${font}) format("woff2");`)];
  });
}

/** A `<style>` with the two weights that the letters use, about 170 KB; read once. */
export function previewFonts(): string {
  const root = dirname(createRequire(import.meta.url).resolve("@fontsource/ibm-plex-sans-arabic/package.json"));
  made ??= `<style>${weights.flatMap((weight) => facesOf(root, weight)).join("")}</style>`;
  return made;
}
