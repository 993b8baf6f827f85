/** What the routes around signing in are given. */

import type { Request, RequestHandler, Response, Router } from "express";
import type { Problem } from "../../../engine/text/problems.js";
import type { Language } from "../../../engine/text/text.js";
import type { Cookies } from "../../../platform/http/cookies.js";
import type { Services } from "../../../platform/services.js";
import type { PageName, PageView } from "./account-views.js";

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
