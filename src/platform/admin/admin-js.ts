/**
 * AdminJS itself, behind the gate. Loading it takes a second, so this module is imported while the server already listens.
 *
 * Of @adminjs/express only what answers the routes of the API is used: its own router would also read bodies (writing files
 * to disk), serve development bundles and start a bundler.
 */
import { randomBytes } from "node:crypto";
import { convertToExpressRoute, routeHandler } from "@adminjs/express";
import AdminJS, {
  type ActionRequest,
  type AdminJSOptions,
  Router as AdminRouter,
  type BaseResource,
  ForbiddenError,
  NotFoundError,
} from "adminjs";
import type { RequestHandler } from "express";
import type { Sequelize } from "sequelize";
import { Problem } from "../../engine/text/problems.js";
import type { Language } from "../../engine/text/text.js";
import type { Definitions, Target } from "./addresses.js";
import { askedOf } from "./asked.js";
import type { Boot } from "./boot-data.js";
import { buildResource, buildSource, checkReferences } from "./build-resource.js";
import type { PageDefinition } from "./define-page.js";
import { pageHeaders } from "./headers.js";
import { isAct } from "./is-act.js";
import { may, mayOpen, mayWrite, writableProgrammes } from "./may.js";
import { homePage } from "./navigation.js";
import type { Official } from "./official.js";
import { openedOf } from "./opened.js";
import { type PageTemplate, pageTemplate } from "./page-html.js";
import { notAllowed, nothingHere } from "./refusals.js";
import type { Call, ResourceDefinition } from "./resource-definition.js";
import type { ActionView, ResourceView } from "./resource-view.js";
import type { AssetAddresses } from "./serve-assets.js";
import type { AllBuilt } from "./show-records.js";

// What AdminJS tells the browser of a resource: ours in place of its own, which names every property five times over.

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

/** The parts of AdminJS's own ResourceJSON that its state, its router and our screens read. */
function resourceJson(resource: BaseResource, view: ResourceView): Record<string, unknown> {
  const { actions } = resource.decorate();
  const ours = new Set(view.actions.map(({ name }) => name));
  const there = Object.values(actions).filter(({ name }) => {
    if (name === "list" || name === "show") return true;
    if (name === "new") return view.create;
    return name === "edit" ? view.update : ours.has(name);
  });
  const json = there.map((action) => {
    const { name, actionType, component, custom } = action.toJSON();
    return { name, actionType, component, custom, resourceId: view.id };
  });
  return {
    id: view.id,
    name: view.id,
    href: `/admin/resources/${view.id}`,
    navigation: null,
    titleProperty: { name: "id" },
    resourceActions: json.filter(({ actionType }) => actionType === "resource"),
    actions: json,
    properties: {},
    listProperties: [],
    showProperties: [],
    editProperties: [],
    filterProperties: [],
    view,
  };
}

// A page's handler for AdminJS, which knows pages only by name and asks nobody.

const noSuchAct = (): Problem =>
  new Problem("invalid-input", { en: "This page does not offer that.", ar: "هذه الصفحة لا تتيح هذا الإجراء." }, [
    { field: "/do", reason: { en: "There is no such act on this page", ar: "لا يوجد إجراء بهذا الاسم في هذه الصفحة" } },
  ]);

/** GET reads, POST `{ do, … }` acts. The answer is whatever the page gives, as JSON. */
function buildPage(page: PageDefinition) {
  return {
    component: page.component,
    handler: async (request: ActionRequest, response: unknown, context: { currentAdmin?: unknown }) => {
      const asked = askedOf(context);
      const { query } = openedOf(response);
      if (!may(asked.official, page.access)) throw nothingHere();
      const call: Call = { ...asked, query, record: null, ids: [], input: {}, before: {}, programme: null };
      if (!isAct(request)) return answer(response, await page.read(call));
      const { do: name, ...input } = (request.payload ?? {}) as Record<string, unknown>;
      const acts = page.acts ?? {};
      const act = typeof name === "string" && Object.hasOwn(acts, name) ? acts[name] : undefined;
      if (act === undefined) throw noSuchAct();
      return answer(response, await act({ ...call, input }));
    },
  };
}

/** AdminJS sends objects only, and never ends a request whose handler gives nothing. */
function answer(response: unknown, view: unknown): unknown {
  if (typeof view === "object" && view !== null) return view;
  (response as { json(body: unknown): void }).json(view ?? null);
  return undefined;
}

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
  readonly api: RequestHandler;
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
    const decorated = resource.decorate();
    for (const name of without) delete decorated.actions[name];
    // Asked for every record that is read or acted on, and always the same: properties do not come and go.
    const properties = decorated.getFlattenProperties();
    decorated.getFlattenProperties = () => properties;
    // It would read what is sent by columns of the same name, and any name as a path through them: we read it ourselves.
    decorated.getPropertyByKey = () => null;
  }
  return { admin, built };
}

/** Templates of pages by what they show and in which language; few, since officials of a role see the same. */
const maxTemplates = 200;

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
      if (templates.size >= maxTemplates) templates.clear();
      templates.set(key, template);
    }
    const nonce = randomBytes(18).toString("base64");
    pageHeaders(response, nonce);
    response.set("content-language", language).type("html");
    response.send(template.fill({ nonce, boot: await parts.boot(official, language) }));
  };
}

/** AdminJS's own refusals, for example of a bulk act over records of which none is there. */
function inOurWords(error: unknown): unknown {
  if (error instanceof NotFoundError) return nothingHere();
  return error instanceof ForbiddenError ? notAllowed() : error;
}

/** AdminJS's routes by what the gate has found an address to be: it is not read a second time. */
const apiPaths: Readonly<Record<Exclude<Target["kind"], "home">, string>> = {
  resource: "/api/resources/{resourceId}/actions/{action}",
  record: "/api/resources/{resourceId}/records/{recordId}/{action}",
  bulk: "/api/resources/{resourceId}/bulk/{action}",
  page: "/api/pages/{pageName}",
};

function paramsOf(target: Exclude<Target, { kind: "home" }>): Record<string, string> {
  if (target.kind === "page") return { pageName: target.page.name };
  const { resource, action, record } = target;
  return { resourceId: resource.id, action, ...(record !== null && { recordId: record }) };
}

function createApi(admin: AdminJS): RequestHandler {
  const answering = Object.entries(apiPaths).map(([kind, path]) => {
    const route = AdminRouter.routes.find((one) => one.path === path) as Route;
    return [kind, { answer: routeHandler({ admin, route }), path: convertToExpressRoute(path) }] as const;
  });
  const byKind = new Map<string, (typeof answering)[number][1]>(answering);
  return (request, response, next) => {
    const { address, official } = openedOf(response);
    const { target } = address;
    const one = byKind.get(target.kind);
    if (one === undefined || target.kind === "home") return next(nothingHere());
    // For the log, which tells of addresses as their pattern only.
    request.route = { path: one.path };
    // What AdminJS looks for in a request, and no more: it copies all that it is given, twice.
    const asked = {
      method: request.method,
      params: paramsOf(target),
      query: target.kind === "bulk" ? request.query : {},
      fields: request.body ?? {},
      session: { adminUser: official },
    };
    return one.answer(asked as never, response, (error?: unknown) => next(error && inOurWords(error)));
  };
}

/** What AdminJS's page asks of a resource besides its JSON. */
const hidden = { options: {}, id: () => "" };

/** Throws when a definition names a table, a column or a reference that is not there. */
export function openBehindTheGate(parts: AdminJsParts): BehindTheGate {
  const { admin } = startAdminJs(parts);
  return { api: createApi(admin), shell: createShell(parts, admin) };
}
