/** Who lost the code of an application has a link sent to where they are known to be reached. */

import type { Request, Response, Router } from "express";
import { contactOf, lostCodeLimits } from "../../engine/applicant/lost-code.js";
import { parseReference } from "../../engine/lifecycle/case-reference.js";
import { Problem } from "../../engine/text/problems.js";
import { inLanguage } from "../../engine/text/text.js";
import { askedFrom } from "../../platform/http/body-places.js";
import { type FollowDoor, saidAt } from "./follow-door.js";
import { showPage } from "./portal-door.js";
import { line, shownFaults } from "./questions.js";
import { pressed, typedIn } from "./read-post.js";

interface Shown {
  readonly reference?: string;
  readonly contact?: string;
  readonly faults?: ReadonlyMap<string, string>;
  readonly failed?: { readonly text: string; readonly status: number };
  /** It was asked for: what comes of it, whatever that is. */
  readonly sent?: boolean;
}

export function lostCodeRoutes(follow: FollowDoor, router: Router): void {
  const { door, language, texts, say } = follow;
  const { services, readPost } = door;
  const here = `/${language}/lost-code`;

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
        back: sent ? here : `/${language}/follow`,
        faults: failed === undefined ? shownFaults(questions, faults) : [{ input: null, text: failed.text }],
        ...(failed !== undefined && { status: failed.status }),
      },
      view: {
        questions,
        sent,
        action: here,
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
    response.redirect(303, saidAt(here, "asked"));
  });
}
