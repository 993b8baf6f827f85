/** AdminJS has no token against cross-site requests: whatever changes something must come from our own pages. */
import type { Request, RequestHandler } from "express";
import { notFromHere } from "./refusals.js";

const safe = new Set(["GET", "HEAD", "OPTIONS"]);

function originOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).origin : null;
}

/** Whether the browser says that one of our pages sent it. Browsers cannot be made to leave both headers out of a POST. */
function fromOurPages(request: Request, publicOrigin: string | null): boolean {
  const site = request.get("sec-fetch-site");
  if (site !== undefined) return site === "same-origin";
  const origin = request.get("origin");
  if (origin === undefined) return false;
  return origin === `${request.protocol}://${request.get("host")}` || origin === publicOrigin;
}

/**
 * Refuses, with 403, everything but reading that does not come from our pages; also reading of the API by other sites
 * (no browser attaches our cookie to it, but nothing is lost by saying so twice).
 */
export function sameOrigin(publicUrl: string | null): RequestHandler {
  const publicOrigin = publicUrl === null ? null : originOf(publicUrl);
  return (request, _response, next) => {
    if (!safe.has(request.method)) return next(fromOurPages(request, publicOrigin) ? undefined : notFromHere());
    const site = request.get("sec-fetch-site");
    const foreign = site !== undefined && site !== "same-origin" && site !== "none";
    if (foreign && /^\/admin\/api(\/|$)/i.test(request.originalUrl)) return next(notFromHere());
    next();
  };
}
