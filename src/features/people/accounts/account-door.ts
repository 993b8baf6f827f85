/** What the routes around signing in are given. */

import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Language } from "../../../engine/text/text.js";
import type { Cookies } from "../../../platform/http/cookies.js";
import type { Services } from "../../../platform/services.js";
import type { PageName, PageView } from "./account-views.js";

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

/** How a page is shown, and with what it failed. */
export interface Shown {
  readonly title: string;
  /** 200 unless told, or the failure's. */
  readonly status?: number;
  /** Said in passing: signed out, password set. */
  readonly notice?: string | null;
  readonly problem?: Problem | null;
}

export interface AccountDoor {
  readonly services: Services;
  readonly cookies: Cookies;
  readonly router: Router;
  languageOf(request: Request): Language;
  show(request: Request, response: Response, page: PageName, shown: Shown, view: PageView): void;
  /** A route whose Problem is shown on its own page, with what was typed. */
  form(
    work: (request: Request, response: Response) => Promise<void>,
    failed: (request: Request, response: Response, problem: Problem) => Promise<void> | void,
  ): RequestHandler[];
}
