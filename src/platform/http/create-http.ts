/** The web server's frame: what every request passes, whichever door it knocks at. */

import { randomUUID } from "node:crypto";
import express, {
  type ErrorRequestHandler,
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from "express";
import helmet from "helmet";
import type { Logger } from "pino";
import { asLanguage, preferredLanguage } from "../../engine/text/languages.js";
import { msg } from "../../engine/text/msg.js";
import { Problem, type ProblemCode, problemKinds, waitOf } from "../../engine/text/problems.js";
import { type Bilingual, inLanguage, type Language } from "../../engine/text/text.js";
import { unavailableProblem } from "../db/connect.js";
import { errorSummary } from "../error-summary.js";
import type { Services } from "../services.js";
import { createHealth, refuseWrongClock } from "./health.js";
import { defaultLimits, limitRequests, type RequestLimits } from "./rate-limits.js";
import { limitSlowBodies } from "./slow-bodies.js";

/**
 * The language of an answer: what `Accept-Language` prefers of those that there are, else the `language` of the body, else English.
 * `*` (what many HTTP clients send unasked) says nothing.
 */
function requestLanguage(request: Request): Language {
  return preferredLanguage(request.headers["accept-language"]) ?? bodyLanguage(request.body) ?? "en";
}

function bodyLanguage(body: unknown): Language | null {
  const language = typeof body === "object" && body !== null ? (body as { language?: unknown }).language : null;
  return asLanguage(language);
}

const unexpected: Bilingual = msg("http.sendProblem.unexpected");

/** What Express and its body parser refuse, in our words. The key is their `type`. */
const parserProblems: Readonly<Record<string, { code: ProblemCode; detail: Bilingual }>> = {
  "entity.parse.failed": {
    code: "malformed-request",
    detail: msg("http.sendProblem.parserProblemsEntityParseFailedDetail"),
  },
  "entity.too.large": {
    code: "too-large",
    detail: msg("http.sendProblem.parserProblemsEntityTooLargeDetail"),
  },
  "encoding.unsupported": {
    code: "unsupported-media-type",
    detail: msg("http.sendProblem.parserProblemsEncodingUnsupportedDetail"),
  },
  // Ours, out of the parser's check of the bytes (channels/api/read-json.ts).
  "encoding.broken": {
    code: "malformed-request",
    detail: msg("http.sendProblem.parserProblemsEncodingBrokenDetail"),
  },
  "charset.unsupported": {
    code: "unsupported-media-type",
    detail: msg("http.sendProblem.parserProblemsCharsetUnsupportedDetail"),
  },
};

/** Any error as a problem: ours as it is, the database's absence as 503, Express's refusals as 4xx, the rest as 500. */
function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const unavailable = unavailableProblem(error);
  if (unavailable !== null) return unavailable;
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  const known = typeof type === "string" ? parserProblems[type] : undefined;
  if (known) return new Problem(known.code, known.detail);
  // Broken escapes in an address, an aborted or truncated body: the caller's, whatever the library calls it.
  if (typeof status === "number" && status >= 400 && status < 500) {
    return new Problem("malformed-request", msg("http.sendProblem.theAddressOrTheBody"));
  }
  return new Problem("internal", unexpected);
}

/** Writes a problem as the answer. `requestId` is what a caller quotes when asking for help. */
function sendProblem(problem: Problem, request: Request, response: Response, requestId: string): void {
  const language = requestLanguage(request);
  const kind = problemKinds[problem.code];
  const wait = waitOf(problem);
  if (wait !== null) response.set("Retry-After", String(wait));
  if (problem.code === "unauthenticated" && !response.hasHeader("WWW-Authenticate"))
    response.set("WWW-Authenticate", 'Bearer realm="Diwan"');
  response
    .status(kind.status)
    .set("Content-Type", "application/problem+json; charset=utf-8")
    .set("Content-Language", language)
    .set("Cache-Control", "no-store")
    .send(
      JSON.stringify({
        type: `urn:diwan:problem:${problem.code}`,
        title: inLanguage(kind.title, language),
        status: kind.status,
        detail: inLanguage(problem.detail, language),
        instance: `urn:diwan:request:${requestId}`,
        ...(problem.faults.length > 0 && {
          errors: problem.faults.map((fault) => ({ field: fault.field, reason: inLanguage(fault.reason, language) })),
        }),
      }),
    );
}

/** A request number that a caller may choose: it is harmless in a log. */
const saneId = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;

/** The request's number: the caller's `x-request-id` when it is harmless, else a new one. */
function requestId(response: Response): string {
  return String(response.locals.requestId ?? "");
}

/**
 * Gives every request its number and writes one line when it is over: who called what and how it ended, without a word of
 * what was sent. Addresses are logged as their pattern only.
 */
function logRequests(log: Logger): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const sent = request.headers["x-request-id"];
    const id = typeof sent === "string" && saneId.test(sent) ? sent : randomUUID();
    response.locals.requestId = id;
    response.set("X-Request-Id", id);
    const started = process.hrtime.bigint();
    response.once("close", () => {
      log.info(
        {
          id,
          method: request.method,
          route: routeOf(request),
          status: response.statusCode,
          ms: Number((process.hrtime.bigint() - started) / 10_000n) / 100,
          ...(!response.writableFinished && { aborted: true }),
        },
        "request",
      );
    });
    next();
  };
}

/** `/api/v1/applications/:reference`: never the reference itself, nor the query. */
function routeOf(request: Request): string {
  const path: unknown = request.route?.path;
  return typeof path === "string" ? request.baseUrl + path : "unmatched";
}

/** What the web server itself needs; each door behind it has services of its own. */
export type HttpServices = Pick<Services, "log" | "now" | "health">;

/** A way in. A router alone is one whose callers are told no as everybody is. */
export interface Door {
  /** With whole paths. */
  readonly router: Router;
  /** Says no in this door's own manner, also where a request did not get as far as the door; passes on what is not its own. */
  readonly errors?: ErrorRequestHandler;
  /**
   * Who asks, where that can be told without a look into the database and not be made up; null for everybody else. Whoever
   * shares an address with many others, as in a ministry, is then counted apart from them.
   */
  readonly askerOf?: (request: Request) => string | null;
}

export interface HttpOptions {
  /** What Express calls `trust proxy`: number of proxies in front, or their addresses. */
  readonly trustProxy?: boolean | number | string | readonly string[];
  /** Where people reach this from outside: `https://diwan.example.jo`. */
  readonly publicUrl?: string | null;
  /** False switches limits off (benchmarks). */
  readonly limits?: Partial<RequestLimits> | false;
  /** Why nobody is let in yet; null once everybody is. */
  readonly notYet?: () => Problem | null;
  /** The doors, in order. */
  readonly doors?: readonly (Router | Door)[];
}

/** Each limit waits for the end of an answer, and so do the log, files and streams: more than Node takes for a leak. */
const mostListeners = 30;

/** The Express application; it listens nowhere yet. Health comes before limits, so that a probe is never refused. */
export function createHttp(services: HttpServices, options: HttpOptions = {}): Express {
  const app = express();
  const overHttps = options.publicUrl?.startsWith("https:") ?? false;
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("trust proxy", options.trustProxy ?? false);
  // Plain `?a=b`: nothing here takes nested objects from an address.
  app.set("query parser", "simple");

  app.use((_request, response, next) => {
    response.setMaxListeners(mostListeners);
    next();
  });
  app.use(logRequests(services.log));
  app.use(
    helmet({
      strictTransportSecurity: overHttps,
      contentSecurityPolicy: { directives: { upgradeInsecureRequests: overHttps ? [] : null } },
    }),
  );
  app.use(limitSlowBodies);
  app.use(createHealth(services));
  const doors = (options.doors ?? []).map((door): Door => (typeof door === "function" ? { router: door } : door));
  if (options.limits !== false) {
    const askerOf = (request: Request): string | null => {
      let asker: string | null = null;
      for (const door of doors) asker ??= door.askerOf?.(request) ?? null;
      return asker;
    };
    app.use(...limitRequests({ ...defaultLimits, ...options.limits }, { now: services.now, askerOf }));
  }
  const { notYet } = options;
  if (notYet !== undefined) app.use((_request, _response, next) => next(notYet() ?? undefined));
  app.use(refuseWrongClock(services));
  for (const { router } of doors) app.use(router);

  app.use(() => {
    throw new Problem("not-found", msg("http.createHttp.thereIsNothingAtThis"));
  });
  for (const { errors } of doors) if (errors) app.use(errors);
  app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    const problem = asProblem(error);
    const id = requestId(response);
    if (problem.code === "internal") services.log.error({ id, error: errorSummary(error) }, "unexpected");
    // Half an answer is out already: all that is left is to break off.
    if (response.headersSent) return next(error);
    sendProblem(problem, request, response, id);
  });
  return app;
}
