/** One line a request: who called what and how it ended, without a word of what was sent. */
import { randomUUID } from "node:crypto";
import type { NextFunction, Request, RequestHandler, Response } from "express";
import type { Logger } from "pino";

const saneId = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;

/** The request's number: the caller's `x-request-id` when it is harmless, else a new one. */
export function requestId(response: Response): string {
  return String(response.locals.requestId ?? "");
}

/** Gives every request its number and writes one line when it is over. Addresses are logged as their pattern only. */
export function logRequests(log: Logger): RequestHandler {
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
