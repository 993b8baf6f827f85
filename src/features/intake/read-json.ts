/** JSON bodies at the API's door. */

import type { IncomingMessage } from "node:http";
import express, { type NextFunction, type Request, type RequestHandler, type Response } from "express";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { keepText, requireNamesOnce } from "../../platform/http/names-once.js";

/** Nothing that an application holds lies deeper; endless nesting would only exhaust what walks it later. */
const deepest = 8;

const parse = express.json({ limit: "64kb", strict: false, inflate: false, type: isJson, verify: readableText });

/**
 * The parser would put a replacement character for every byte that it cannot read, and the application would be
 * acknowledged with its text lost (Windows-1256, which old Arabic forms send).
 */
function readableText(request: IncomingMessage, _response: unknown, body: Buffer, charset: string): void {
  try {
    keepText(request, new TextDecoder(charset || "utf-8", { fatal: true }).decode(body));
  } catch {
    // The parser writes a status on whatever is thrown here, which a Problem does not let happen.
    throw Object.assign(new Error("broken text"), { type: "encoding.broken" });
  }
}

function isJson(request: { headers: { "content-type"?: string | undefined } }): boolean {
  return /^application\/(?:json|[\w.+-]+\+json)\s*(?:;|$)/i.test(request.headers["content-type"] ?? "");
}

/** Reads the body. Problems: unsupported-media-type unless JSON is declared, malformed-request (also a name written twice), too-large. */
export const readJson: readonly RequestHandler[] = [
  (request: Request, _response: Response, next: NextFunction) => {
    if (isJson(request)) return next();
    next(new Problem("unsupported-media-type", msg("intake.readJson.sendAJSONBodyWith")));
  },
  parse,
  (request: Request, _response: Response, next: NextFunction) => {
    if (request.body === undefined) {
      return next(new Problem("malformed-request", msg("intake.readJson.theBodyIsEmpty")));
    }
    if (isDeeperThan(request.body, deepest)) {
      return next(new Problem("malformed-request", msg("intake.readJson.theBodyIsNestedMore", { deepest })));
    }
    next();
  },
  requireNamesOnce,
];

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  for (const inner of Object.values(value)) {
    if (isDeeperThan(inner, levels - 1)) return true;
  }
  return false;
}
