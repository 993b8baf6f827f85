/** The web server's frame: what every request passes, whichever door it knocks at. */

import express, {
  type ErrorRequestHandler,
  type Express,
  type NextFunction,
  type Request,
  type Response,
  type Router,
} from "express";
import helmet from "helmet";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { errorSummary } from "../error-summary.js";
import type { Services } from "../services.js";
import { createHealth, refuseWrongClock } from "./health.js";
import { defaultLimits, limitRequests, type RequestLimits } from "./rate-limits.js";
import { logRequests, requestId } from "./request-log.js";
import { asProblem, sendProblem } from "./send-problem.js";
import { limitSlowBodies } from "./slow-bodies.js";

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
