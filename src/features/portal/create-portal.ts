/** The applicant's door: `/` and everything below `/ar` and `/en`. No account, no script. */

import compression from "compression";
import { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from "express";
import { contactOf, lostCodeLimits } from "../../engine/applicant/applicant-code.js";
import { parseReference } from "../../engine/lifecycle/case-reference.js";
import { keyRing } from "../../engine/text/key-ring.js";
import { languages, storedLanguageOf } from "../../engine/text/languages.js";
import { Problem } from "../../engine/text/problems.js";
import { inLanguage, type Language } from "../../engine/text/text.js";
import { askedFrom } from "../../platform/http/body-places.js";
import { cookiesOf } from "../../platform/http/cookies.js";
import { actRoutes } from "./act-routes.js";
import { createApplyDoor } from "./apply-door.js";
import { applyRoutes } from "./apply-routes.js";
import { createFollowCookie } from "./follow-cookie.js";
import { createFollowDoor, type FollowDoor, saidAt } from "./follow-door.js";
import { followRoutes } from "./follow-routes.js";
import { confirmRoutes, tokenRoute } from "./link-routes.js";
import { openPortalAssets, type PortalAssets } from "./open-portal-assets.js";
import { type PortalDoor, showPage } from "./portal-door.js";
import type { PortalServices } from "./portal-services.js";
import { createPortalViews } from "./portal-views.js";
import { line, shownFaults } from "./questions.js";
import { createReadPost, pressed, typedIn } from "./read-post.js";
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
        .filter(({ retired, internal, purpose }) => !retired && !internal && purpose?.[storedLanguageOf(language)])
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

interface Shown {
  readonly reference?: string;
  readonly contact?: string;
  readonly faults?: ReadonlyMap<string, string>;
  readonly failed?: { readonly text: string; readonly status: number };
  /** It was asked for: what comes of it, whatever that is. */
  readonly sent?: boolean;
}

/** Who lost the code of an application has a link sent to where they are known to be reached. */
function lostCodeRoutes(follow: FollowDoor, router: Router): void {
  const { door, language, texts, say } = follow;
  const { services, readPost } = door;
  const here = `/${language}/lost-code`;
  /** From the first page, or from the page that asks for the code. */
  const isFromStart = ({ query }: Request): boolean => query.from === "start";
  const actionOf = (request: Request): string => (isFromStart(request) ? `${here}?from=start` : here);

  async function show(request: Request, response: Response, a: Shown): Promise<void> {
    const { reference = "", contact = "", faults = new Map<string, string>(), failed, sent = false } = a;
    const asking = { language, texts, typed: { reference, contact }, faults };
    const questions = [
      line(asking, {
        ...({ name: "reference", direction: "ltr", short: true, inputmode: "numeric" } as const),
        label: say("follow.reference"),
        hint: say("follow.referenceHint"),
      }),
      line(asking, {
        ...({ name: "contact", direction: "ltr" } as const),
        label: say("lost.contact"),
        hint: say("lost.contactHint"),
      }),
    ];
    const site = await door.site.of(language);
    showPage(door, request, response, {
      page: "lost-code",
      language,
      shown: {
        title: say(sent ? "lost.sentTitle" : "lost.title"),
        site,
        form: !sent,
        notice: sent ? say("lost.sent") : null,
        address: "/lost-code",
        back: sent ? actionOf(request) : isFromStart(request) ? `/${language}` : `/${language}/follow`,
        faults: failed === undefined ? shownFaults(questions, faults) : [{ input: null, text: failed.text }],
        ...(failed !== undefined && { status: failed.status }),
      },
      view: {
        questions,
        sent,
        action: actionOf(request),
        callable: site.help.length > 0,
        limits: say("lost.none3", { minutes: lostCodeLimits.minutesBetween, most: lostCodeLimits.mostADay }),
      },
    });
  }

  router.get("/lost-code", async (request, response) => {
    const { done, reference } = request.query;
    const known = typeof reference === "string" ? parseReference(reference.slice(0, 64)) : null;
    await show(request, response, { reference: known ?? "", sent: done === "asked" });
  });

  router.post("/lost-code", ...readPost, async (request, response) => {
    const typed = {
      reference: typedIn(request, "reference").slice(0, 100),
      contact: typedIn(request, "contact").slice(0, 300),
    };
    if (pressed(request) === "show") return show(request, response, typed);
    const reference = parseReference(typed.reference);
    const contact = contactOf(typed.contact);
    const faults = new Map<string, string>();
    if (reference === null) faults.set("reference", say("follow.referenceFault"));
    if (contact === null) faults.set("contact", say("lost.contactFault"));
    if (reference === null || contact === null) return show(request, response, { ...typed, faults });
    try {
      await services.lostCodes.ask({ reference, contact, address: askedFrom(request), now: services.now() });
    } catch (error) {
      if (!(error instanceof Problem && error.code === "too-many-requests")) throw error;
      if (error.retryAfter !== undefined) response.set("retry-after", String(error.retryAfter));
      const failed = { text: inLanguage(error.detail, language), status: error.status };
      return show(request, response, { ...typed, failed });
    }
    // One address for whatever was typed.
    response.redirect(303, saidAt(actionOf(request), "asked"));
  });
}
