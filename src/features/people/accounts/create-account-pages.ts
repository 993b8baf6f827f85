/** Pages before and around signing in: rendered here, without JavaScript, in both languages. */

import { type Request, type Response, Router } from "express";
import { asLanguage, otherLanguages } from "../../../engine/text/languages.js";
import { isMailAddress } from "../../../engine/text/mail-address.js";
import { Problem } from "../../../engine/text/problems.js";
import { inLanguage } from "../../../engine/text/text.js";
import { pageLanguage } from "../../../platform/admin/page-language.js";
import type { AssetAddresses } from "../../../platform/admin/serve-assets.js";
import { askedFrom } from "../../../platform/http/body-places.js";
import { type Cookies, readCookie, setCookie } from "../../../platform/http/cookies.js";
import type { Services } from "../../../platform/services.js";
import { type AccountDoor, readForm, typed } from "./account-door.js";
import { createAccountViews, type ShownFault } from "./account-views.js";
import type { LinkPurpose } from "./accounts.js";
import { setDevice } from "./known-devices.js";
import { type PageWord, pageWords, say } from "./page-words.js";
import { closeSession } from "./session-data.js";
import { ownAddress, signInRoutes } from "./sign-in-routes.js";
import { requireTypedTwice } from "./typed-twice.js";

const fault = (field: string, word: PageWord): Problem =>
  new Problem("invalid-input", pageWords[word], [{ field: `/${field}`, reason: pageWords[word] }]);

const tokenOf = (request: Request): string => String(request.params.token);

/** Forgotten passwords, and the links of letters. */
function linkRoutes({ services, cookies, router, show, form, languageOf }: AccountDoor): void {
  const { accounts } = services;
  const deviceOf = (request: Request) => readCookie(request, cookies.device);

  const showForgot = (request: Request, response: Response, problem: Problem | null = null): void => {
    const shown = { title: say("forgot.title", languageOf(request)), problem };
    const email = problem === null ? "" : typed(request, "email");
    show(request, response, "forgot", shown, { email, stopped: problem?.code === "too-many-requests" });
  };
  router.get("/forgot", (request, response) => showForgot(request, response));
  router.post(
    "/forgot",
    form(async (request, response) => {
      const email = typed(request, "email").trim();
      if (email === "") throw fault("email", "field.emailNeeded");
      if (!isMailAddress(email)) throw fault("email", "field.emailForm");
      const from = { address: askedFrom(request), device: deviceOf(request) };
      await accounts.sendReset({ email, ...from, now: services.now() });
      const language = languageOf(request);
      const shown = { title: say("forgot.sentTitle", language) };
      show(request, response, "notice", shown, { text: say("forgot.sent", language), ask: false });
    }, showForgot),
  );

  function showDead(request: Request, response: Response, problem: Problem): void {
    const language = languageOf(request);
    const shown = { title: say("link.deadTitle", language), status: problem.status };
    show(request, response, "notice", shown, { text: inLanguage(problem.detail, language), ask: true });
  }
  function showLink(request: Request, response: Response, link: LinkPurpose, problem: Problem | null = null): void {
    const shown = { title: say(`link.${link.purpose}`, languageOf(request)), problem };
    show(request, response, "link", shown, { name: link.name, email: link.email });
  }

  router.get("/link/:token", async (request, response) => {
    try {
      showLink(request, response, await accounts.openLink({ token: tokenOf(request), now: services.now() }));
    } catch (error) {
      if (!(error instanceof Problem && error.code === "not-found")) throw error;
      showDead(request, response, error);
    }
  });
  router.post(
    "/link/:token",
    form(
      async (request, response) => {
        const now = services.now();
        const password = typed(request, "password", 201);
        requireTypedTwice({ password, repeat: typed(request, "repeat", 201), field: "/password" });
        const asked = { token: tokenOf(request), password, device: deviceOf(request) };
        const { device } = await accounts.redeemLink({ ...asked, now });
        if (device !== null) setDevice(response, cookies, device);
        // Another person may be signed in here now.
        await closeSession(request);
        response.redirect(303, "/admin/login?notice=set");
      },
      async (request, response, problem) => {
        if (problem.code === "not-found") return showDead(request, response, problem);
        try {
          const link = await accounts.openLink({ token: tokenOf(request), now: services.now() });
          showLink(request, response, link, problem);
        } catch (error) {
          if (!(error instanceof Problem && error.code === "not-found")) throw error;
          showDead(request, response, error);
        }
      },
    ),
  );
}

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
