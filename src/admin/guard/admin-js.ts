/**
 * AdminJS itself, behind the gate. Loading it takes a second, so this module is imported while the server already listens.
 *
 * Of @adminjs/express only the routes of the API are used: its own router would also read bodies (writing files to disk),
 * serve development bundles and start a bundler.
 */
import { randomBytes } from "node:crypto";
import { buildRoutes } from "@adminjs/express";
import AdminJS, { type AdminJSOptions, Router as AdminRouter, ForbiddenError, NotFoundError } from "adminjs";
import { type ErrorRequestHandler, type RequestHandler, Router } from "express";
import type { Sequelize } from "sequelize";
import type { Language } from "../../domain/text.js";
import type { AssetAddresses } from "../assets/serve-assets.js";
import type { Boot } from "../boot-data.js";
import type { Official } from "../official.js";
import type { Definitions } from "./addresses.js";
import { buildPage } from "./build-page.js";
import { buildResource, buildSource, checkReferences } from "./build-resource.js";
import { pageHeaders } from "./headers.js";
import { may } from "./may.js";
import { homePage } from "./navigation.js";
import { openedOf } from "./opened.js";
import { type PageTemplate, pageTemplate } from "./page-html.js";
import { notAllowed, nothingHere } from "./refusals.js";
import { resourceJson, resourceView } from "./resource-json.js";
import type { AllBuilt } from "./show-records.js";

export interface AdminJsParts {
  readonly db: Sequelize;
  readonly definitions: Definitions;
  readonly addresses: AssetAddresses;
  /** What one page tells its browser. */
  boot(official: Official, language: Language): Promise<Boot>;
  languageOf(request: Parameters<RequestHandler>[0], official: Official): Language;
}

export interface BehindTheGate {
  /** Whatever the gate lets through to `/admin/api`. */
  readonly api: Router;
  /** The page in which components run. */
  readonly shell: RequestHandler;
}

type Route = (typeof AdminRouter)["routes"][number];

/** Actions of AdminJS that nobody has here: gone, not just closed. */
const without = ["delete", "bulkDelete", "search"];

function startAdminJs({ db, definitions }: AdminJsParts): { admin: AdminJS; built: AllBuilt } {
  const built: AllBuilt = new Map(
    [...definitions.resources].map(([id, definition]) => [id, buildSource(db, definition)]),
  );
  checkReferences(built);
  const home = definitions.pages.get(homePage);
  const options: AdminJSOptions = {
    rootPath: "/admin",
    loginPath: "/admin/login",
    logoutPath: "/admin/logout",
    resources: [...built.values()].map((one) => buildResource(one, built)),
    pages: Object.fromEntries([...definitions.pages].map(([name, page]) => [name, buildPage(page)])) as never,
    dashboard: { component: home?.component ?? "Home" } as never,
    branding: { companyName: "Diwan", logo: false, withMadeWithLove: false },
    locale: ((reader: { language?: Language } | undefined) => ({
      language: reader?.language ?? "ar",
      availableLanguages: ["ar", "en"],
      localeDetection: false,
    })) as never,
  };
  const admin = new AdminJS(options);
  for (const resource of admin.resources) {
    const { actions } = resource.decorate();
    for (const name of without) delete actions[name];
  }
  return { admin, built };
}

/** Templates of pages by what they show and in which language; few, since officials of a role see the same. */
const mostTemplates = 200;

function createShell(parts: AdminJsParts, admin: AdminJS): RequestHandler {
  const { definitions, addresses } = parts;
  const { Controller } = AdminRouter.routes.find(({ path }) => path === "") as Route;
  const templates = new Map<string, PageTemplate>();

  async function render(language: Language, seen: ReturnType<typeof seenBy>): Promise<PageTemplate> {
    const byId = new Map(admin.resources.map((resource) => [resource.id(), resource]));
    const resources = seen.views.flatMap((view) => {
      const resource = byId.get(view.id);
      return resource === undefined
        ? []
        : [{ decorate: () => ({ ...hidden, toJSON: () => resourceJson(resource, view) }) }];
    });
    const pages = Object.fromEntries(
      Object.entries(admin.options.pages ?? {}).filter(([name]) => seen.pages.includes(name)),
    );
    const view = Object.create(admin, {
      resources: { value: resources },
      options: { value: { ...admin.options, pages } },
    }) as AdminJS;
    // The state names nobody: who is signed in stands in what the page is told, and may change from request to request.
    const controller = new Controller({ admin: view }, { language } as never) as { index(): Promise<string> };
    return pageTemplate(await controller.index(), language, addresses);
  }

  function seenBy(official: Official) {
    const views = [...definitions.resources.values()].flatMap((definition) => resourceView(definition, official) ?? []);
    const pages = [...definitions.pages.values()].filter((page) => may(official, page.access)).map(({ name }) => name);
    const key = views.map((v) => [v.id, v.create, v.update, v.programmes, v.actions.map(({ name }) => name)]);
    return { views, pages, key: JSON.stringify([key, pages]) };
  }

  return async (request, response) => {
    const { official } = openedOf(response);
    const language = parts.languageOf(request, official);
    const seen = seenBy(official);
    const key = `${language} ${seen.key}`;
    let template = templates.get(key);
    if (template === undefined) {
      template = await render(language, seen);
      if (templates.size >= mostTemplates) templates.clear();
      templates.set(key, template);
    }
    const nonce = randomBytes(18).toString("base64");
    pageHeaders(response, nonce);
    response.set("content-language", language).type("html");
    response.send(template.fill({ nonce, boot: await parts.boot(official, language) }));
  };
}

/** AdminJS's own refusals, for example of a bulk act over records of which none is there. */
const inOurWords: ErrorRequestHandler = (error, _request, _response, next) => {
  if (error instanceof NotFoundError) return next(nothingHere());
  next(error instanceof ForbiddenError ? notAllowed() : error);
};

/** What AdminJS's page asks of a resource besides its JSON. */
const hidden = { options: {}, id: () => "" };

/** Throws when a definition names a table, a column or a reference that is not there. */
export function openBehindTheGate(parts: AdminJsParts): BehindTheGate {
  const { admin } = startAdminJs(parts);
  const api = Router({ caseSensitive: true, strict: true });
  const isOurs = ({ path }: Route) => /^\/api\/(resources|pages)\//.test(path) && !/search|\{query\}/.test(path);
  buildRoutes({ admin, routes: AdminRouter.routes.filter(isOurs), router: api });
  api.use(inOurWords);
  return { api, shell: createShell(parts, admin) };
}
