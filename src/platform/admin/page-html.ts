/** The page in which screens run: all of its HTML. Nothing loads from outside, and scripts run by this page's nonce alone. */
import { directionOf } from "../../engine/text/languages.js";
import { msg } from "../../engine/text/msg.js";
import { type Bilingual, inLanguage, type Language } from "../../engine/text/text.js";
import type { Boot } from "./boot-data.js";
import { escapeHtml, scriptJson } from "./html.js";
import type { AssetAddresses } from "./serve-assets.js";

const name: Bilingual = msg("admin.pageHtml.diwan");
/** Shown where the words of the page do not arrive. */
const unreachable: Bilingual = msg("admin.pageHtml.unreachable");
const noScript: Bilingual = msg("admin.pageHtml.noScript");

interface PageParts {
  readonly language: Language;
  readonly nonce: string;
  readonly boot: Boot;
  /** JSON of `Office`, fit for a `<script>`: see `describeOffice`. */
  readonly office: string;
  readonly addresses: AssetAddresses;
  /** The screen that the address asks for: its files are asked for at once. */
  readonly screen: string | undefined;
}

/** Data come before the script, and both before the look has arrived: the browser runs a module once it has read all of the page. */
export function pageHtml({ language, nonce, boot, office, addresses, screen }: PageParts): string {
  const { entry, areas } = addresses;
  const area = Object.values(areas).find(({ screens }) => screen !== undefined && screens.includes(screen));
  const links = [
    ...(directionOf(language) === "rtl" ? addresses.preload.ar : addresses.preload.en).map(
      (href) => `<link rel="preload" as="font" type="font/woff2" crossorigin href="${escapeHtml(href)}">`,
    ),
    ...[...addresses.styles, ...(area?.styles ?? [])].map(
      (href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`,
    ),
    ...entry.imports.map((href) => `<link rel="modulepreload" nonce="${nonce}" href="${escapeHtml(href)}">`),
    // As the page's script will ask for them (`load-screen.ts`): a module that fails to come early could not be tried again.
    ...[entry.words[language], ...(area === undefined ? [] : [area.words[language], area.script, ...area.imports])].map(
      (href) => (href === undefined ? "" : `<link rel="preload" as="fetch" crossorigin href="${escapeHtml(href)}">`),
    ),
    `<link rel="icon" type="image/svg+xml" href="${escapeHtml(addresses.icon)}">`,
  ];
  return `<!DOCTYPE html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${inLanguage(name, language)}</title>
${links.join("\n")}
<script nonce="${nonce}">window.DIWAN = ${scriptJson(boot)};</script>
<script id="office" type="application/json">${office}</script>
<script type="module" nonce="${nonce}" src="${escapeHtml(entry.script)}"></script>
</head>
<body>
<div id="app"></div><noscript>${inLanguage(noScript, language)}</noscript>
<template id="unreachable"><main class="page"><p>${inLanguage(unreachable, language)}</p></main></template>
</body>
</html>
`;
}
