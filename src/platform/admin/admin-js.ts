/**
 * AdminJS itself, behind the gate: the engine of resources, actions and pages on the server. Browsers get nothing of it. Loading it
 * takes a second, so this module is imported while the server already listens.
 *
 * Of @adminjs/express only what answers the routes of the API is used: its own router would also read bodies (writing files
 * to disk), serve development bundles and start a bundler.
 */

import { convertToExpressRoute, routeHandler } from "@adminjs/express";
import AdminJS, {
  type ActionRequest,
  type AdminJSOptions,
  Router as AdminRouter,
  ForbiddenError,
  NotFoundError,
} from "adminjs";
import type { RequestHandler } from "express";
import type { Sequelize } from "sequelize";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Definitions, Target } from "./addresses.js";
import { askedOf, isAct } from "./asked.js";
import { buildResource, buildSource, checkReferences } from "./build-resource.js";
import type { PageDefinition } from "./define-page.js";
import { may } from "./may.js";
import { passedGate } from "./opened.js";
import { notAllowed, nothingHere } from "./refusals.js";
import type { Call } from "./resource-definition.js";
import type { AllBuilt } from "./show-records.js";

// A page's handler for AdminJS, which knows pages only by name and asks nobody.

const noSuchAct = (): Problem =>
  new Problem("invalid-input", msg("admin.adminJs.thisPageDoesNotOffer"), [
    { field: "/do", reason: msg("admin.adminJs.actNotFound") },
  ]);

/** GET reads, POST `{ do, … }` acts. The answer is whatever the page gives, as JSON. */
function buildPage(page: PageDefinition) {
  return {
    handler: async (request: ActionRequest, response: unknown, context: { currentAdmin?: unknown }) => {
      const asked = askedOf(context);
      const { query } = passedGate(response);
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
}

type Route = (typeof AdminRouter)["routes"][number];

/** Actions of AdminJS that nobody has here: gone, not just closed. */
const without = ["delete", "bulkDelete", "search"];

function startAdminJs({ db, definitions }: AdminJsParts): AdminJS {
  const built: AllBuilt = new Map(
    [...definitions.resources].map(([id, definition]) => [id, buildSource(db, definition)]),
  );
  checkReferences(built);
  const options: AdminJSOptions = {
    rootPath: "/admin",
    loginPath: "/admin/login",
    logoutPath: "/admin/logout",
    resources: [...built.values()].map((one) => buildResource(one, built)),
    pages: Object.fromEntries([...definitions.pages].map(([name, page]) => [name, buildPage(page)])) as never,
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
  return admin;
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
    const { address, official } = passedGate(response);
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

/** Answers whatever the gate lets through to `/admin/api`. Throws when a definition names a table, a column or a reference that is not there. */
export const openBehindTheGate = (parts: AdminJsParts): RequestHandler => createApi(startAdminJs(parts));
