/**
 * Limits on how often somebody may ask, before anybody is authenticated.
 *
 * Who asks is remembered as an HMAC under a salt that lives in memory only and changes every day: nobody can tell an
 * address from it, and yesterday's counts cannot be joined with today's.
 */
import { createHmac, randomBytes } from "node:crypto";
import type { Request, RequestHandler } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import { Problem } from "../domain/problems.js";

export interface RequestLimits {
  /** Length of a window in seconds. */
  readonly windowSeconds: number;
  /** Requests of one address (one /56 of IPv6) a window. */
  readonly perAddress: number;
  /** Requests with one `Authorization` header a window. */
  readonly perKey: number;
  /** Refused requests (4xx) of one address a window: stops guessing of keys and codes early. */
  readonly refusalsPerAddress: number;
}

/** A channel's backend sends everybody's applications from one address, so the plain limits are wide. */
export const defaultLimits: RequestLimits = {
  windowSeconds: 60,
  perAddress: 1500,
  perKey: 1500,
  refusalsPerAddress: 150,
};

/** The limiters in the order in which they ask; refused with 429 `too-many-requests` and Retry-After. */
export function limitRequests(limits: RequestLimits, now: () => Date): RequestHandler[] {
  const hashed = dailyHash(now);
  const address = (request: Request) => hashed(`address ${ipKeyGenerator(request.ip ?? "")}`);
  const common = {
    windowMs: limits.windowSeconds * 1000,
    legacyHeaders: false,
    // The library's warnings concern its own defaults; keys and proxies are settled here and in create-http.
    validate: false,
    handler: (request: Request, _response: unknown, next: (error: unknown) => void) => next(tooMany(request, limits)),
  } as const;
  return [
    rateLimit({ ...common, limit: limits.perAddress, standardHeaders: "draft-8", keyGenerator: address }),
    rateLimit({
      ...common,
      limit: limits.perKey,
      standardHeaders: false,
      skip: (request) => !request.headers.authorization,
      keyGenerator: (request) => hashed(`key ${request.headers.authorization}`),
    }),
    rateLimit({
      ...common,
      limit: limits.refusalsPerAddress,
      standardHeaders: false,
      keyGenerator: address,
      skipSuccessfulRequests: true,
      requestWasSuccessful: (_request, response) => response.statusCode < 400 || response.statusCode >= 500,
    }),
  ];
}

function tooMany(request: Request, limits: RequestLimits): Problem {
  const reset = (request as { rateLimit?: { resetTime?: Date } }).rateLimit?.resetTime;
  // The library counts windows on the machine's clock, whatever business time it is.
  const left = reset ? (reset.getTime() - Date.now()) / 1000 : limits.windowSeconds;
  const seconds = Math.min(limits.windowSeconds, Math.max(1, Math.ceil(left)));
  return new Problem(
    "too-many-requests",
    { en: `Wait ${seconds} seconds and try again.`, ar: `انتظر ${seconds} ثانية ثم حاول ثانية.` },
    [],
    seconds,
  );
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
