/** Pages before and around signing in: rendered here, without JavaScript, in both languages. */

import { type Request, Router } from "express";
import { asLanguage, otherLanguages } from "../../../engine/text/languages.js";
import { Problem } from "../../../engine/text/problems.js";
import { inLanguage } from "../../../engine/text/text.js";
import { pageLanguage } from "../../../platform/admin/page-language.js";
import type { AssetAddresses } from "../../../platform/admin/serve-assets.js";
import { type Cookies, setCookie } from "../../../platform/http/cookies.js";
import type { Services } from "../../../platform/services.js";
import { type AccountDoor, readForm, typed } from "./account-door.js";
import { createAccountViews, type ShownFault } from "./account-views.js";
import { linkRoutes } from "./link-routes.js";
import { say } from "./page-words.js";
import { ownAddress, signInRoutes } from "./sign-in-routes.js";

export interface AccountPageParts {
  readonly services: Services;
  readonly cookies: Cookies;
  readonly assets: Pick<AssetAddresses, "styles" | "icon">;
}

const languageYears = 365 * 86_400_000;
/** Nothing but our own style, typeface and picture; no script at all. */
const policy =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Codes that these pages show beside what was typed; others are for the door's own handler. */
const shownHere = new Set<string>([
  "unauthenticated",
  "invalid-input",
  "too-many-requests",
  "not-found",
  "conflict",
  "not-now",
  "forbidden",
]);

/** Below `/admin`; needs createSessions in front of it, and the guard against other sites. */
export function createAccountPages({ services, cookies, assets }: AccountPageParts): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const render = createAccountViews();
  const languageOf = (request: Request) => pageLanguage(cookies, request, null);

  const door: AccountDoor = {
    services,
    cookies,
    router,
    languageOf,
    show(request, response, page, { title, status, notice = null, problem = null }, view) {
      const language = languageOf(request);
      const faults: ShownFault[] = (problem?.faults ?? []).map(({ field, reason }) => ({
        field: field.replace(/^\//, ""),
        reason: inLanguage(reason, language),
      }));
      const failed =
        problem === null
          ? null
          : faults.length > 0
            ? say("error.fields", language)
            : inLanguage(problem.detail, language);
      if (problem?.retryAfter !== undefined) response.set("retry-after", String(problem.retryAfter));
      response
        .status(status ?? problem?.status ?? 200)
        .set({ "cache-control": "no-store", "content-security-policy": policy })
        .type("html")
        .send(
          render(page, language, {
            ...view,
            title,
            notice,
            failed,
            faults,
            look: assets,
            others: otherLanguages(language),
            here: ownAddress(request.originalUrl) ?? "/admin/login",
          }),
        );
    },
    form(work, failed) {
      return [
        readForm,
        async (request, response) => {
          try {
            await work(request, response);
          } catch (error) {
            if (!(error instanceof Problem && shownHere.has(error.code))) throw error;
            await failed(request, response, error);
          }
        },
      ];
    },
  };

  signInRoutes(door);
  linkRoutes(door);
  router.post("/language", readForm, (request, response) => {
    const language = asLanguage(typed(request, "language")) ?? "ar";
    setCookie(response, cookies.language, language, languageYears);
    response.redirect(303, ownAddress(typed(request, "back", 1000)) ?? "/admin/login");
  });
  return router;
}
