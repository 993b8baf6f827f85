/**
 * The typeface inside a preview file, so that it looks the same on a machine without Arabic fonts. Letters carry none:
 * they name the typeface and fall back to the receiver's own.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const weights = { 400: "400Regular", 600: "600SemiBold" } as const;

/** A `<style>` with the two weights that the letters use, about 500 KB. */
export function previewFonts(): string {
  const root = dirname(createRequire(import.meta.url).resolve("@expo-google-fonts/ibm-plex-sans-arabic/package.json"));
  const faces = Object.entries(weights).flatMap(([weight, folder]) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith(".ttf"))
      .map((file) => {
        const font = readFileSync(join(root, folder, file)).toString("base64");
        return `@font-face{font-family:"IBM Plex Sans Arabic";font-weight:${weight};src:url(data:font/ttf;base64,${font}) format("truetype")}`;
      }),
  );
  return `<style>${faces.join("")}</style>`;
}
