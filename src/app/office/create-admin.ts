/** The back office's door: everything below `/admin`. */

import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import compression from "compression";
import {
  type ErrorRequestHandler,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from "express";
import type { Sequelize } from "sequelize";
import type { Actor } from "../../engine/access/permissions.js";
import { orderTypes, seatsToAskFrom } from "../../engine/lifecycle/orders.js";
import type { Setup } from "../../engine/setup/setup.js";
import { keyRing } from "../../engine/text/key-ring.js";
import { describeLanguages } from "../../engine/text/languages.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { createFiles } from "../../features/cases/files/create-files.js";
import { createAccountPages } from "../../features/people/accounts/create-account-pages.js";
import { createSessions, isApi } from "../../features/people/accounts/create-sessions.js";
import { rememberDevice } from "../../features/people/accounts/known-devices.js";
import { type SessionSecrets, shownSession } from "../../features/people/accounts/shown-session.js";
import { definitionsOf } from "../../platform/admin/addresses.js";
import { answerInAllLanguages } from "../../platform/admin/all-languages.js";
import { createGate } from "../../platform/admin/gate.js";
import { commonHeaders } from "../../platform/admin/headers.js";
import { may } from "../../platform/admin/may.js";
import { bootOf } from "../../platform/admin/navigation.js";
import { type Official, signedInOf } from "../../platform/admin/official.js";
import { passedGate } from "../../platform/admin/opened.js";
import { pageLanguage } from "../../platform/admin/page-language.js";
import { answerErrors } from "../../platform/admin/problem-answers.js";
import { readBody } from "../../platform/admin/read-body.js";
import { nothingHere } from "../../platform/admin/refusals.js";
import { sameOrigin } from "../../platform/admin/same-origin.js";
import { type Assets, openAssets } from "../../platform/admin/serve-assets.js";
import { servePage } from "../../platform/admin/serve-page.js";
import { cookiesOf, readCookie } from "../../platform/http/cookies.js";
import type { Services } from "../../platform/services.js";
import { allPages } from "./all-pages.js";
import { allResources } from "./all-resources.js";
import { authenticate } from "./authenticate.js";
import { liveStream } from "./live-stream.js";

const askRoomAddress = "/admin/pages/orders?new=1&to=room";
const asksRoom = (actor: Actor, setups: ReadonlyMap<string, Setup>): boolean =>
  [...setups.values()].some(
    (setup) => orderTypes(setup, "room").length > 0 && seatsToAskFrom(actor, setup, null).length > 0,
  );

/** A name with other letters than ASCII comes after one without them (RFC 6266, RFC 8187). */
function disposition(name: string): string {
  const plain = name.replace(/[^\w.-]+/g, "").replace(/^-+/, "") || "cases";
  const rest = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${rest}`;
}

async function send(services: Services, request: Request, response: Response): Promise<void> {
  const official = signedInOf(response);
  if (!may(official, "case.read")) throw nothingHere();
  const id = String(request.params.id);
  const file = await services.work.exports.open({ actor: official.actor, id, now: services.now() });
  response.set({
    "content-type": file.type,
    "content-length": String(file.bytes),
    "content-disposition": disposition(file.name),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    // Whatever a browser makes of the file, it must not run as one of our pages.
    "content-security-policy": "default-src 'none'; sandbox",
  });
  // Whoever goes away while it is sent is no error of ours.
  await pipeline(createReadStream(file.path), response).catch(() => response.destroy());
}

function exportFiles(services: Services): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get("/exports/:id", async (request, response) => {
    if (request.method === "HEAD") throw nothingHere();
    await send(services, request, response);
  });
  router.all("/exports/:id", (_request, response) => {
    response.set("allow", "GET");
    throw new Problem("method-not-allowed", msg("office.exportFiles.useGET"));
  });
  return router;
}

export interface AdminParts {
  readonly db: Sequelize;
  /** What SESSION_SECRET says: its keys sign the cookie of sessions. */
  readonly sessionSecret: string;
  /** Where people reach this from outside. */
  readonly publicUrl: string;
  /** Left out: what the build made. Tests give addresses without files. */
  readonly assets?: Assets;
  /** Left out: all there are. Tests give others. */
  readonly resources?: typeof allResources;
  readonly pages?: typeof allPages;
}

export interface AdminDoor {
  /** With whole paths. */
  readonly router: Router;
  /** Resolves once AdminJS is loaded; requests that need it wait. Rejects when a definition does not fit the database. */
  readonly ready: Promise<void>;
  /** Says no for everything below `/admin`, also where the request was stopped before it came here. */
  readonly errors: ErrorRequestHandler;
  /** The session by which a request below `/admin` asks, or the known device that signs in, so that a whole ministry behind one address is not counted as one. */
  askerOf(request: Request): string | null;
}

/** Set-up of the programmes in which an official holds seats, by code. */
async function setupsOf(services: Services, official: Official): Promise<ReadonlyMap<string, Setup>> {
  const codes = [...new Set(official.actor.seats.map(({ programme }) => programme))];
  const setups = await Promise.all(codes.map((code) => services.setup.of(code)));
  return new Map(setups.map((setup) => [setup.programme.code, setup]));
}

/** Days in an address are days of the first programme; where there is none nothing is listed by day either. */
async function timeZoneOf(services: Services, official: Official): Promise<string> {
  const programme = official.actor.seats[0]?.programme;
  return programme === undefined ? "UTC" : (await services.setup.of(programme)).programme.timeZone;
}

/** For addresses of the API the answer to nobody in particular is 401, whatever else is wrong. */
const outsideApi =
  (handler: RequestHandler): RequestHandler =>
  (request, response, next) =>
    isApi(request) ? next() : handler(request, response, next);

const ofPosts =
  (handler: RequestHandler): RequestHandler =>
  (request, response, next) =>
    request.method === "POST" ? handler(request, response, next) : next();

/** Throws at once when a definition has faults; see `ready` for what needs AdminJS to be found out. */
export function createAdmin(services: Services, parts: AdminParts): AdminDoor {
  const { db, publicUrl } = parts;
  const [first, ...others] = keyRing(parts.sessionSecret);
  const secrets: SessionSecrets = [first.secret, ...others.map(({ secret }) => secret)];
  const assets = parts.assets ?? openAssets();
  const cookies = cookiesOf(publicUrl);
  const definitions = definitionsOf(parts.resources ?? allResources, parts.pages ?? allPages);
  const api = import("../../platform/admin/admin-js.js").then(({ openBehindTheGate }) =>
    openBehindTheGate({ db, definitions }),
  );
  // Whoever waits is told; without anybody waiting yet it must not end the process.
  api.catch(() => undefined);
  const page = servePage({
    definitions,
    addresses: assets.addresses,
    languageOf: (request, official) => pageLanguage(cookies, request, official),
    boot: async (official, language) => {
      const [setups, home] = await Promise.all([
        setupsOf(services, official),
        services.savedViews.homeOf({ userId: official.userId }),
      ]);
      return {
        ...bootOf(official, language, definitions, setups),
        ...(asksRoom(official.actor, setups) && { askRoom: askRoomAddress }),
        ...(home !== null && { home }),
        now: services.now().toISOString(),
        languages: describeLanguages(),
        languageCookie: { name: cookies.language.name, secure: cookies.language.options.secure === true },
      };
    },
  });

  const fromHere = sameOrigin(publicUrl);
  const answer = answerErrors(services.log, {
    look: assets.addresses,
    languageOf: (request) => pageLanguage(cookies, request, null),
  });
  const streams = Router({ caseSensitive: true, strict: true });
  streams.get("/live", liveStream(services));
  streams.use(exportFiles(services));
  // Most requests are the API's: they need not be held against the addresses of pages.
  const below = Router({ caseSensitive: true, strict: true });
  below.use(
    commonHeaders,
    answerInAllLanguages,
    compression(),
    createSessions({
      db,
      accounts: services.accounts,
      secrets,
      now: () => services.now(),
      cookie: cookies.session,
    }),
    outsideApi(fromHere),
    outsideApi(createAccountPages({ services, cookies, assets: assets.addresses })),
    authenticate(services, cookies),
    rememberDevice(services, cookies),
    fromHere,
    createFiles({ services, officialOf: signedInOf }),
    outsideApi(streams),
    createGate({
      definitions,
      officialOf: signedInOf,
      timeZoneOf: (official) => timeZoneOf(services, official),
    }),
    ...readBody.map(ofPosts),
    async (request: Request, response: Response, next: NextFunction) => {
      const answering = passedGate(response).address.api ? await api : page;
      return answering(request, response, next);
    },
  );
  below.use(answer);
  const router = Router({ caseSensitive: true, strict: true });
  router.use(assets.router);
  router.use("/admin", below);
  const isHere = (request: Request): boolean => /^\/admin(\/|$)/i.test(request.path);
  const isEntrance = (request: Request): boolean => /^\/admin\/(login|forgot|link)(\/|$)/i.test(request.path);
  return {
    router,
    ready: api.then(() => undefined),
    errors: (error, request, response, next) =>
      isHere(request) ? commonHeaders(request, response, () => answer(error, request, response, next)) : next(error),
    // Signing in is counted by the address, whatever session is shown: it is how sessions are made. A device at which somebody
    // signed in before is no stranger there.
    askerOf(request) {
      if (!isHere(request)) return null;
      if (isEntrance(request)) return services.accounts.deviceName(readCookie(request, cookies.device));
      return shownSession(request, { secrets, name: cookies.session.name })?.id ?? null;
    },
  };
}
