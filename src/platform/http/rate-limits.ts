/**
 * Limits on how often somebody may ask, before anybody is authenticated.
 *
 * Who asks is remembered as an HMAC under a salt that lives in memory only and changes every day: nobody can tell an
 * address from it, and yesterday's counts cannot be joined with today's.
 */

import { createHmac, randomBytes } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import { ipKeyGenerator, MemoryStore, rateLimit } from "express-rate-limit";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";

export interface RequestLimits {
  /** Length of a window in seconds. */
  readonly windowSeconds: number;
  /** Requests of one address (one /56 of IPv6) a window. */
  readonly perAddress: number;
  /** Requests with one `Authorization` header a window. */
  readonly perKey: number;
  /** Refused requests (4xx) of one address a window: stops guessing of keys early. A channel's bad forms do not count. */
  readonly refusalsPerAddress: number;
}

/** A channel's backend sends everybody's applications from one address, so the plain limits are wide. */
export const defaultLimits: RequestLimits = {
  windowSeconds: 60,
  perAddress: 1500,
  perKey: 1500,
  refusalsPerAddress: 150,
};

export interface LimitParts {
  readonly now: () => Date;
  /** Somebody who is counted apart from the address; null: by the address. */
  readonly askerOf: (request: Request) => string | null;
}

/** So many times the limits of one address are for all those together who are counted apart from it. */
const crowdFactor = 10;

/** The limiters in the order in which they ask; refused with 429 `too-many-requests` and Retry-After. */
export function limitRequests(limits: RequestLimits, { now, askerOf: whoAsks }: LimitParts): RequestHandler[] {
  const hashed = dailyHash(now);
  const askerOf = onceARequest(whoAsks);
  const place = onceARequest((request) => hashed(`address ${ipKeyGenerator(request.ip ?? "")}`));
  const address = onceARequest((request) => {
    const asker = askerOf(request);
    return asker === null ? place(request) : hashed(`asker ${asker}`);
  });
  const common = {
    windowMs: limits.windowSeconds * 1000,
    legacyHeaders: false,
    // The library's warnings concern its own defaults; keys and proxies are settled here and in create-http.
    validate: false,
    handler: (request: Request, _response: unknown, next: (error: unknown) => void) => next(tooMany(request, limits)),
  } as const;
  // Counted when it comes, and no longer once it is over without a refusal.
  const refusals = (
    limit: number,
    keyOf: (request: Request) => string,
    refused: (response: Response) => boolean,
  ): RequestHandler => {
    const store = new MemoryStore();
    const keyGenerator = onceARequest(keyOf);
    const limiter = rateLimit({
      ...common,
      limit,
      keyGenerator,
      store,
      standardHeaders: false,
      skipSuccessfulRequests: true,
      requestWasSuccessful: (_request, response) => !refused(response as Response),
    });
    return (request, response, next) => {
      // A client that has all bytes of a file may leave before its end is read; the library waits for the end.
      response.once("close", () => {
        if (!response.writableFinished && response.headersSent && !refused(response)) {
          void store.decrement(keyGenerator(request));
        }
      });
      return limiter(request, response, next);
    };
  };
  // Whoever has many sessions has no more of the house than a crowd behind one address.
  const isApart = (request: Request): boolean => askerOf(request) !== null;
  return [
    where(
      isApart,
      rateLimit({ ...common, keyGenerator: place, limit: limits.perAddress * crowdFactor, standardHeaders: false }),
    ),
    where(isApart, refusals(limits.refusalsPerAddress * crowdFactor, place, isRefusal)),
    rateLimit({ ...common, limit: limits.perAddress, standardHeaders: "draft-8", keyGenerator: address }),
    where(
      (request) => Boolean(request.headers.authorization),
      rateLimit({
        ...common,
        limit: limits.perKey,
        standardHeaders: false,
        keyGenerator: (request) => hashed(`key ${request.headers.authorization}`),
      }),
    ),
    where(
      (request) => !isFollowed(request),
      refusals(
        limits.refusalsPerAddress,
        // Apart, so that nobody's walk through the other addresses shuts the door for applications.
        (request) => `${isIntake(request) ? "intake" : "other"} ${address(request)}`,
        isRefusal,
      ),
    ),
  ];
}

/** A limit of some requests. The library's own `skip` costs the others as much as being counted. */
const where =
  (concerns: (request: Request) => boolean, limit: RequestHandler): RequestHandler =>
  (request, response, next) =>
    concerns(request) ? limit(request, response, next) : next();

/** Several limits ask the same of a request. */
function onceARequest<Found>(find: (request: Request) => Found): (request: Request) => Found {
  const known = new WeakMap<Request, { readonly found: Found }>();
  return (request) => {
    const already = known.get(request);
    if (already !== undefined) return already.found;
    const found = find(request);
    known.set(request, { found });
    return found;
  };
}

const isIntake = (request: Request): boolean => /^\/api\/v1\/(?:applications|attachments)\/?$/i.test(request.path);

/** What is left out, typed wrongly or no longer there, as people meet it at pages for everybody. */
const mishaps: ReadonlySet<number> = new Set([401, 404, 422]);

/**
 * Whoever has a channel's key guesses nothing with a bad form: only what the key may not do counts then. At the applicants'
 * pages a whole town stands behind one address; what can be guessed there is counted by reference (`cases/act/applicant-tries.ts`).
 */
function isRefusal({ statusCode, locals, req }: Response): boolean {
  if (locals.channelKey !== undefined) return statusCode === 401 || statusCode === 403;
  // Some gateways send user and password only when they are asked for them: that is a question, no guess.
  if (locals.asksBasic === true && req.headers.authorization === undefined && statusCode === 401) return false;
  // As it was asked: of the path, routers that are done with it have taken their part away.
  if (!/^\/(api|admin|sms)([/?]|$)/i.test(req.originalUrl) && mishaps.has(statusCode)) return false;
  return statusCode >= 400 && statusCode < 500;
}

/** Asks for an application by reference and code: wrong ones are counted in the database, for all instances (`cases/act/applicant-tries.ts`). */
const isFollowed = ({ path }: Request): boolean =>
  /^\/api\/v1\/applications\/[^/]+(?:\/actions|\/follow|\/attachments(?:\/[^/]+)?)?\/?$/i.test(path);

function tooMany(request: Request, limits: RequestLimits): Problem {
  const reset = (request as { rateLimit?: { resetTime?: Date } }).rateLimit?.resetTime;
  // The library counts windows on the machine's clock, whatever business time it is.
  const left = reset ? (reset.getTime() - Date.now()) / 1000 : limits.windowSeconds;
  const seconds = Math.min(limits.windowSeconds, Math.max(1, Math.ceil(left)));
  return new Problem("too-many-requests", msg("http.rateLimits.waitSecondsAndTryAgain", { seconds }), [], seconds);
}

function dailyHash(now: () => Date): (text: string) => string {
  let day = "";
  let salt = Buffer.alloc(0);
  return (text) => {
    const today = now().toISOString().slice(0, 10);
    if (today !== day) {
      day = today;
      salt = randomBytes(32);
    }
    return createHmac("sha256", salt).update(text).digest("base64url");
  };
}
