/** Forms of these pages: small, urlencoded, one text a name. */

import express, { type Request, type RequestHandler } from "express";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";

const parse = express.urlencoded({ extended: false, limit: "8kb", parameterLimit: 12, inflate: false });

/** Reads the body of a POST. Everything but a plain form is refused before a byte of it is kept. */
export const readForm: RequestHandler = (request, response, next) => {
  if (!request.is("application/x-www-form-urlencoded")) {
    return next(new Problem("unsupported-media-type", msg("people.readForm.sendTheFormOfThis")));
  }
  parse(request, response, next);
};

/** What was typed into a field; empty when it was left out or came twice. */
export function typed(request: Request, name: string, most = 254): string {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const value = Object.hasOwn(body, name) ? body[name] : "";
  return typeof value === "string" ? value.slice(0, most) : "";
}
