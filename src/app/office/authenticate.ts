/** Who is signed in, as of this very request. */

import type { RequestHandler } from "express";
import { isApi } from "../../features/people/accounts/create-sessions.js";
import { officialOf } from "../../features/people/accounts/session-data.js";
import { noteAsked } from "../../platform/admin/asked.js";
import type { Official } from "../../platform/admin/official.js";
import { pageLanguage } from "../../platform/admin/page-language.js";
import { notSignedIn } from "../../platform/admin/refusals.js";
import type { Cookies } from "../../platform/http/cookies.js";
import type { Services } from "../../platform/services.js";

/** All that AdminJS or a log would ever print of an official. */
function sparing(official: Official): Official {
  const toJSON = () => ({
    id: official.userId,
    name: official.name,
    language: official.language,
    roles: [...new Set(official.actor.seats.map(({ role }) => role))],
  });
  return Object.defineProperty({ ...official }, "toJSON", { value: toJSON, enumerable: false });
}

/**
 * Loads the official anew: a disabled account or a seat that was left counts from the next request on. Without one the API
 * answers 401; whoever opens a page is sent to sign in and comes back to it.
 */
export function authenticate(services: Services, cookies: Pick<Cookies, "language">): RequestHandler {
  return async (request, response, next) => {
    const now = services.now();
    const loaded = await officialOf(services, request, now);
    if (loaded === null) {
      const reads = request.method === "GET" || request.method === "HEAD";
      // A page that follows what changes asks by itself: to be sent to another page is no answer it can read.
      if (isApi(request) || request.path === "/live" || !reads) throw notSignedIn();
      const next = request.originalUrl.length <= 1000 ? request.originalUrl : "/admin";
      response.redirect(303, next === "/admin" ? "/admin/login" : `/admin/login?next=${encodeURIComponent(next)}`);
      return;
    }
    const official = sparing({ ...loaded, reads: pageLanguage(cookies, request, loaded) });
    noteAsked({ official, now, services });
    response.locals.official = official;
    next();
  };
}
