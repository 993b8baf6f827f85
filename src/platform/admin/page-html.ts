/**
 * The page that AdminJS renders, made safe and ours: its state can end no script, nothing loads from outside, scripts carry
 * a nonce and hashed addresses. What AdminJS prints is known to the letter; if it ever prints something else, this throws.
 */
import type { Bilingual, Language } from "../../engine/text/text.js";
import type { Boot } from "./boot-data.js";
import { escapeHtml, scriptJson } from "./html.js";
import type { AssetAddresses } from "./serve-assets.js";

const noncePlace = "{{nonce}}";
const bootPlace = "{{boot}}";
const name: Bilingual = { en: "Diwan", ar: "ديوان" };
const noScript: Bilingual = {
  en: "These pages need JavaScript. Allow it for this address and open the page again.",
  ar: "تحتاج هذه الصفحات إلى JavaScript. اسمح به لهذا العنوان ثم افتح الصفحة من جديد.",
};

/** Replaces what must be there exactly once. */
function exactly(html: string, part: RegExp | string, by: (found: string) => string): string {
  const found = typeof part === "string" ? html.split(part).length - 1 : [...html.matchAll(part)].length;
  if (found !== 1) throw new Error(`AdminJS renders another page than expected: ${part} is there ${found} times`);
  return html.replace(part, (...groups) => by(String(groups.length > 3 ? groups[1] : groups[0])));
}

/** JSON that AdminJS printed into its script, read and printed again so that nothing in it can end the script. */
const again = (variable: string) => (json: string) => `window.${variable} = ${scriptJson(JSON.parse(json))};\n`;

export interface PageTemplate {
  /** The page of one request. */
  fill(a: { nonce: string; boot: Boot }): string;
}

/** Of AdminJS's page; the same for everybody who may see the same resources and pages in the same language. */
export function pageTemplate(rendered: string, language: Language, addresses: AssetAddresses): PageTemplate {
  const scripts = {
    "global.bundle.js": addresses.global,
    "design-system.bundle.js": addresses.designSystem,
    "app.bundle.js": addresses.app,
    "components.bundle.js": addresses.components,
  };
  const links = [
    ...addresses.preload[language].map(
      (href) => `<link rel="preload" as="font" type="font/woff2" crossorigin href="${escapeHtml(href)}">`,
    ),
    ...addresses.styles.map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`),
    // Not loaded here: whoever opens a screen of the studio finds it by these.
    `<meta name="diwan-studio" content="${escapeHtml(addresses.studio)}">`,
    `<meta name="diwan-studio-style" content="${escapeHtml(addresses.studioStyle)}">`,
    `<link rel="icon" type="image/svg+xml" href="${escapeHtml(addresses.icon)}">`,
  ];
  let html = rendered.trim();
  html = exactly(html, /window\.REDUX_STATE = (.*);\n/g, again("REDUX_STATE"));
  html = exactly(html, /window\.THEME = (.*);\n/g, again("THEME"));
  html = exactly(html, /<link rel="stylesheet" href="https:\/\/fonts\.googleapis\.com[^>]*>\n?/g, () => "");
  html = exactly(
    html,
    /<html lang=[^>]*>/g,
    () => `<html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}">`,
  );
  html = exactly(html, /<title>[^<]*<\/title>/g, () => `<title>${name[language]}</title>`);
  html = exactly(html, '<div id="app" />', () => `<div id="app"></div><noscript>${noScript[language]}</noscript>`);
  for (const [file, address] of Object.entries(scripts)) {
    html = exactly(html, `src="/admin/frontend/assets/${file}"`, () => `src="${escapeHtml(address)}"`);
  }
  // First of all, so that the reader's language is known before anything is drawn.
  html = exactly(
    html,
    /<head>/g,
    () => `<head>\n<meta charset="utf-8">\n<script>window.DIWAN = ${bootPlace};</script>`,
  );
  html = exactly(html, "</head>", () => `${links.join("\n")}\n</head>`);
  html = html.replace(/<script(?=[\s>])/g, `<script nonce="${noncePlace}"`);
  if (/https?:\/\//.test(html.replace(/window\.(REDUX_STATE|THEME) = .*\n/g, "").replace(/\/\*.*\*\//gs, ""))) {
    throw new Error("AdminJS renders another page than expected: something would load from outside");
  }
  const parts = html.split(bootPlace);
  if (parts.length !== 2) throw new Error("AdminJS renders another page than expected: no place for what we tell");
  const [before = "", after = ""] = parts;
  return {
    fill: ({ nonce, boot }) =>
      before.replaceAll(noncePlace, nonce) + scriptJson(boot) + after.replaceAll(noncePlace, nonce),
  };
}
