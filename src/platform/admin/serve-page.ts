/** Behind the gate: every address of a page gets the page in which screens run. It is the same for all of them. */
import { randomBytes } from "node:crypto";
import type { Request, RequestHandler } from "express";
import { directionOf } from "../../engine/text/languages.js";
import { msg } from "../../engine/text/msg.js";
import { type Bilingual, inLanguage, type Language } from "../../engine/text/text.js";
import type { Definitions, Target } from "./addresses.js";
import type { AdminAction, AdminResource, Boot, Office } from "./boot-data.js";
import { pageHeaders } from "./headers.js";
import { escapeHtml, scriptJson } from "./html.js";
import { may, mayOpen, mayWrite, writableProgrammes } from "./may.js";
import { homePage } from "./navigation.js";
import type { Official } from "./official.js";
import { passedGate } from "./opened.js";
import type { ResourceDefinition } from "./resource-definition.js";
import type { ActionView, ResourceView } from "./resource-view.js";
import type { AssetAddresses } from "./serve-assets.js";

/** Screens of resources that have none of their own. */
const stockScreens = { list: "SetupList", show: "SetupShow", form: "SetupForm" } as const;

const screensOf = (resource: ResourceDefinition) => ({ ...stockScreens, ...resource.components });

function actionsFor(definition: ResourceDefinition, official: Official): ActionView[] {
  return Object.entries(definition.actions ?? {})
    .filter(([, action]) => may(official, action.access))
    .map(([name, { kind, label, component }]) => ({ name, kind, label, page: component !== undefined }));
}

/** Null where the resource is closed to this official. */
function resourceView(definition: ResourceDefinition, official: Official): ResourceView | null {
  if (!mayOpen(official, definition)) return null;
  const { id, label, one, group, icon, columns, defaultSort } = definition;
  const programmes = writableProgrammes(official, definition);
  const writes = programmes.length > 0 || mayWrite(official, definition, null);
  return {
    id,
    label,
    one,
    group,
    icon,
    columns,
    defaultSort,
    create: writes && definition.create !== undefined,
    update: writes && definition.update !== undefined,
    collects: definition.collects === true,
    programmes,
    actions: actionsFor(definition, official),
  };
}

function adminResource(definition: ResourceDefinition, view: ResourceView): AdminResource {
  const { list, show, form } = screensOf(definition);
  const actions: AdminAction[] = [
    { name: "list", component: list },
    { name: "show", component: show },
    ...(view.create ? [{ name: "new", component: form }] : []),
    ...(view.update ? [{ name: "edit", component: form }] : []),
    ...view.actions.flatMap(({ name }) => {
      const component = definition.actions?.[name]?.component;
      return component === undefined ? [] : [{ name, component }];
    }),
  ];
  return { id: view.id, view, actions };
}

/** Name of the screen at an address. */
function screenAt(target: Target, { pages }: Definitions): string | undefined {
  if (target.kind === "home") return pages.get(homePage)?.component;
  if (target.kind === "page") return target.page.component;
  const { list, show, form } = screensOf(target.resource);
  const builtIn: Readonly<Record<string, string>> = { list, show, new: form, edit: form };
  return target.custom === null ? builtIn[target.action] : target.custom.component;
}

/** Descriptions by what they name; few, since officials of a role see the same. */
const maxDescriptions = 200;

/** Gives the JSON of `Office` for an official, fit for the inside of a `<script>`. It names nobody. */
function describeOffice(
  definitions: Definitions,
  { entry, areas }: Pick<AssetAddresses, "entry" | "areas">,
): (official: Official) => string {
  const made = new Map<string, string>();
  return (official) => {
    const seen = [...definitions.resources.values()].flatMap((definition) => {
      const view = resourceView(definition, official);
      return view === null ? [] : [{ definition, view }];
    });
    const pages = [...definitions.pages.values()].filter((page) => may(official, page.access));
    const key = JSON.stringify([
      seen.map(({ view: v }) => [v.id, v.create, v.update, v.programmes, v.actions.map(({ name }) => name)]),
      pages.map(({ name }) => name),
    ]);
    const before = made.get(key);
    if (before !== undefined) return before;
    const office: Office = {
      resources: seen.map(({ definition, view }) => adminResource(definition, view)),
      pages: pages.map(({ name, component }) => ({ name, component })),
      home: definitions.pages.get(homePage)?.component ?? "",
      words: entry.words,
      areas,
    };
    const text = scriptJson(office);
    if (made.size >= maxDescriptions) made.clear();
    made.set(key, text);
    return text;
  };
}

/** The page in which screens run: all of its HTML. Nothing loads from outside, and scripts run by this page's nonce alone. */
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
function pageHtml({ language, nonce, boot, office, addresses, screen }: PageParts): string {
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

export interface PageServing {
  readonly definitions: Definitions;
  readonly addresses: AssetAddresses;
  /** What one page tells its browser. */
  boot(official: Official, language: Language): Promise<Boot>;
  languageOf(request: Request, official: Official): Language;
}

export function servePage({ definitions, addresses, boot, languageOf }: PageServing): RequestHandler {
  const officeOf = describeOffice(definitions, addresses);
  return async (request, response) => {
    const { official, address } = passedGate(response);
    const language = languageOf(request, official);
    const nonce = randomBytes(18).toString("base64");
    const page = pageHtml({
      language,
      nonce,
      boot: await boot(official, language),
      office: officeOf(official),
      addresses,
      screen: screenAt(address.target, definitions),
    });
    pageHeaders(response, nonce);
    response.set("content-language", language).type("html").send(page);
  };
}
