/** The applicant's door: `/` and everything below `/ar` and `/en`. No account, no script. */

import compression from "compression";
import { type ErrorRequestHandler, type RequestHandler, Router } from "express";
import { parseReference } from "../../engine/lifecycle/case-reference.js";
import { keyRing } from "../../engine/text/key-ring.js";
import { languages, storedLanguageOf } from "../../engine/text/languages.js";
import { inLanguage, type Language } from "../../engine/text/text.js";
import { cookiesOf } from "../../platform/http/cookies.js";
import { actRoutes } from "./act-routes.js";
import { createApplyDoor } from "./apply-door.js";
import { applyRoutes } from "./apply-routes.js";
import { createFollowCookie } from "./follow-cookie.js";
import { createFollowDoor } from "./follow-door.js";
import { followRoutes } from "./follow-routes.js";
import { confirmRoutes, tokenRoute } from "./link-routes.js";
import { lostCodeRoutes } from "./lost-code-routes.js";
import { openPortalAssets, type PortalAssets } from "./open-portal-assets.js";
import { type PortalDoor, showPage } from "./portal-door.js";
import type { PortalServices } from "./portal-services.js";
import { createPortalViews } from "./portal-views.js";
import { createReadPost } from "./read-post.js";
import { answerErrors, languageOf, nothingHere } from "./show-problem.js";
import { createSiteName } from "./site-name.js";
import { stepRoutes } from "./step-routes.js";

export interface PortalParts {
  /** What SESSION_SECRET says: the keys of the follow cookie are derived of it. */
  readonly sessionSecret: string;
  /** Where people reach this from outside. */
  readonly publicUrl: string;
  /** Left out: what the build made. Tests give addresses without files. */
  readonly assets?: PortalAssets;
}

export interface PortalRouter {
  /** With whole paths. */
  readonly router: Router;
  /** Says no to people, whatever address they typed. */
  readonly errors: ErrorRequestHandler;
}

const features = ["camera", "geolocation", "microphone", "payment", "usb"];

const headers: RequestHandler = (_request, response, next) => {
  response.set({
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": features.map((feature) => `${feature}=()`).join(", "),
    // Addresses hold references: no other site is told.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  });
  next();
};

function startRoute(door: PortalDoor, router: Router, language: Language): void {
  const { services, views } = door;
  router.get("/", async (request, response) => {
    const setups = await services.publicPages.programmes();
    const programmes = setups.map(({ programme, types }) => ({
      code: programme.code,
      name: inLanguage(programme.name, language),
      types: [...types.values()]
        .filter(({ retired, purpose }) => !retired && purpose?.[storedLanguageOf(language)])
        .sort((a, b) => a.order - b.order)
        .map(({ name, purpose }) => ({
          name: inLanguage(name, language),
          purpose: purpose?.[storedLanguageOf(language)] ?? "",
        })),
    }));
    const site = await door.site.of(language);
    showPage(door, request, response, {
      page: "start",
      language,
      shown: { title: views.texts.say(language, "start.title"), site },
      view: { programmes, several: programmes.length > 1, callable: site.help.length > 0 },
    });
  });
}

export function createPortal(services: PortalServices, parts: PortalParts): PortalRouter {
  const views = createPortalViews();
  const cookies = cookiesOf(parts.publicUrl);
  const door: PortalDoor = {
    services,
    views,
    site: createSiteName(services, views.texts),
    cookies,
    cookie: createFollowCookie(keyRing(parts.sessionSecret), cookies),
    assets: parts.assets ?? openPortalAssets(),
    ...createReadPost(parts.publicUrl),
  };
  const router = Router({ caseSensitive: true });
  router.use(door.assets.router);
  router.get("/", (request, response) => {
    response.set({ "cache-control": "no-store", vary: "accept-language" }).redirect(302, `/${languageOf(request)}`);
  });
  // Letters of before led here.
  router.get("/track/:reference", (request, response) => {
    response.redirect(302, `/${languageOf(request)}/follow/${encodeURIComponent(String(request.params.reference))}`);
  });
  // Text messages lead here: every character of an address costs room.
  router.get("/f/:reference", (request, response) => {
    const reference = parseReference(String(request.params.reference));
    if (reference === null) throw nothingHere();
    response.set({ "cache-control": "no-store", vary: "accept-language" });
    response.redirect(302, `/${languageOf(request)}/follow/${reference}?from=text`);
  });
  tokenRoute(door, router);
  for (const language of languages()) {
    const pages = Router({ caseSensitive: true });
    pages.use(headers, compression());
    startRoute(door, pages, language);
    const apply = createApplyDoor(door, language);
    applyRoutes(apply, pages);
    stepRoutes(apply, pages);
    const follow = createFollowDoor(door, language);
    followRoutes(follow, pages);
    lostCodeRoutes(follow, pages);
    actRoutes(follow, pages);
    confirmRoutes(follow, pages);
    pages.use((_request, _response, next) => next(nothingHere()));
    router.use(`/${language}`, pages);
  }
  return { router, errors: answerErrors(door) };
}
