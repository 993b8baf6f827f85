/** AdminJS has no token against cross-site requests: whatever changes something must come from our own pages. */
import type { Request, RequestHandler } from "express";
import { fromOurPages, originOf } from "../../engine/lifecycle/our-pages.js";
import { notFromHere } from "./refusals.js";

const safe = new Set(["GET", "HEAD", "OPTIONS"]);

const fromHere = (request: Request, publicOrigin: string | null): boolean =>
  fromOurPages({
    site: request.get("sec-fetch-site"),
    origin: request.get("origin"),
    asked: `${request.protocol}://${request.get("host")}`,
    publicOrigin,
  });

/**
 * Refuses, with 403, everything but reading that does not come from our pages; also reading of the API by other sites
 * (no browser attaches our cookie to it, but nothing is lost by saying so twice).
 */
export function sameOrigin(publicUrl: string | null): RequestHandler {
  const publicOrigin = publicUrl === null ? null : originOf(publicUrl);
  return (request, _response, next) => {
    if (!safe.has(request.method)) return next(fromHere(request, publicOrigin) ? undefined : notFromHere());
    const site = request.get("sec-fetch-site");
    const foreign = site !== undefined && site !== "same-origin" && site !== "none";
    if (foreign && /^\/admin\/api(\/|$)/i.test(request.originalUrl)) return next(notFromHere());
    next();
  };
}
