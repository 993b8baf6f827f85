/** Bodies of the back office's API: JSON and nothing else, so that nothing is ever written to disk for a caller. */

import { isUtf8 } from "node:buffer";
import express, { type NextFunction, type Request, type RequestHandler, type Response } from "express";
import { isInherited } from "../../engine/text/inherited-names.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { nameNotAllowed, unstorableIn } from "../../engine/text/storable-value.js";
import { keepText, requireNamesOnce } from "../http/names-once.js";
import { badBody, badInput } from "./refusals.js";

const isJson = (request: { headers: { "content-type"?: string | undefined } }): boolean =>
  /^application\/json\s*(?:;|$)/i.test(request.headers["content-type"] ?? "");

const parse = express.json({
  limit: "1mb",
  strict: false,
  inflate: false,
  type: isJson,
  verify(request, _response, body, charset) {
    // JSON is UTF-8 (RFC 8259, 8.1); the parser would read other kinds of Unicode as well.
    if (charset !== undefined && charset !== "utf-8") {
      throw Object.assign(new Error("another charset"), { type: "charset.unsupported" });
    }
    // The parser would replace every byte that it cannot read; what an official wrote must not be lost silently.
    if (!isUtf8(body)) throw Object.assign(new Error("broken text"), { type: "entity.parse.failed" });
    keepText(request, body.toString("utf8"));
  },
});

/** What a body says is called so. AdminJS looks names up as paths through columns, which no name of ours is. */
const nameForm = /^[A-Za-z][\w-]{0,63}$/;
const maxNames = 20;

/** Problem malformed-request with every name that nothing here can have. */
function checkNames(names: readonly string[]): void {
  const strange = names.filter((name) => isInherited(name) || !nameForm.test(name));
  const [first] = strange;
  if (first === undefined) return;
  const faults = strange.slice(0, maxNames).map((name) => ({
    field: `/${name.slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1")}`,
    reason: nameNotAllowed(name),
  }));
  throw badBody(nameNotAllowed(first), faults);
}

/** Throws what is wrong with a body that JSON itself allows. */
function checkBody(body: unknown): asserts body is Readonly<Record<string, unknown>> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw badBody(msg("admin.readBody.theBodyMustBeA"));
  }
  checkNames(Object.keys(body));
  const { whole, faults } = unstorableIn(body);
  if (whole !== null) throw badBody(whole.reason, [whole]);
  if (faults.length > 0) throw badInput(faults);
}

/** Reads the body of a POST into `request.body`. Problems: 400, 413, 415, 422. */
export const readBody: readonly RequestHandler[] = [
  (request: Request, _response: Response, next: NextFunction) => {
    if (isJson(request)) return next();
    next(new Problem("unsupported-media-type", msg("admin.readBody.sendAJSONBodyWith")));
  },
  parse,
  (request: Request, _response: Response, next: NextFunction) => {
    checkBody(request.body);
    next();
  },
  requireNamesOnce,
];
