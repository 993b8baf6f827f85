/** Following an application: by reference and code in, then what stands there. */

import type { Request, Response, Router } from "express";
import { parseReference } from "../../engine/lifecycle/case-reference.js";
import { ownTable } from "../../engine/text/inherited-names.js";
import { Problem } from "../../engine/text/problems.js";
import { inLanguage } from "../../engine/text/text.js";
import { askedFrom } from "../../platform/http/body-places.js";
import { sendFile } from "../files/send-file.js";
import { contactView } from "./contact-view.js";
import { type FollowDoor, keptIn, type OpenedCase, unsentOf } from "./follow-door.js";
import { caseView, type Followed } from "./follow-views.js";
import { showPage } from "./portal-door.js";
import { textsAbout } from "./portal-texts.js";
import { proofView } from "./proof-view.js";
import { westernDigits } from "./questions.js";
import { pressed, typedIn } from "./read-post.js";
import { nothingHere } from "./show-problem.js";

/** The page of a case. `unsent`: what was written for an action that is not possible any more. */
export async function showCase(
  { door, language, texts, at, say }: FollowDoor,
  request: Request,
  response: Response,
  a: OpenedCase & { notice: string | null; status?: number; unsent?: readonly string[] },
): Promise<void> {
  const { followed, proof, now, notice, status, unsent = [] } = a;
  const { reference } = followed;
  const actions = followed.offered.map(({ action }) => action);
  const begun = await door.services.publicPages.actDrafts.waiting({ reference, ...proof, actions, now });
  showPage(door, request, response, {
    page: "case",
    language,
    shown: {
      title: `${inLanguage(followed.typeName, language)} ${reference}`,
      site: inLanguage(followed.programmeName, language),
      notice,
      // As a page of its own, whatever post it answers.
      address: `/follow/${reference}`,
      ...(status !== undefined && { status }),
    },
    view: {
      ...caseView(
        followed,
        { texts: textsAbout(texts, followed.type), language },
        { at: (page) => at(reference, page), begun, now },
      ),
      sentType: followed.type,
      unsent: unsent.length === 0 ? null : { texts: unsent },
      contact: contactView(followed, { texts, language }, at(reference, "contact")),
      leaveAction: at(reference, "leave"),
      ...proofView(followed, { texts, language, at, say }),
    },
  });
}

export function followRoutes(follow: FollowDoor, router: Router): void {
  const { door, language, say, at, showForm, opened } = follow;
  const { services, cookie, readPost } = door;

  router.get("/follow", async (request, response) => {
    const { done, link } = request.query;
    const notice = done === "left" ? say("follow.left") : link === "unknown" ? say("follow.linkUnknown") : null;
    await showForm(request, response, { reference: "", notice });
  });

  router.post("/follow", ...readPost, async (request, response) => {
    const now = services.now();
    const kept = keptIn(request);
    const typed = {
      reference: typedIn(request, "reference").slice(0, 100),
      code: typedIn(request, "code").slice(0, 100),
    };
    if (pressed(request) === "show") return showForm(request, response, { ...typed, kept });
    const reference = parseReference(typed.reference);
    // Arabic digits and the dashes of a telephone's keyboard.
    const code = plainCode(typed.code);
    const faults = new Map<string, string>();
    if (reference === null) faults.set("reference", say("follow.referenceFault"));
    if (code === "") faults.set("code", say("follow.codeFault"));
    if (reference === null || code === "") return showForm(request, response, { ...typed, faults, kept });
    const address = askedFrom(request);
    let followed: Followed;
    try {
      const counted = await services.publicPages.tries.codeOfCase({ reference, address, now });
      followed = await services.cases.followPage({ reference, code, now });
      await counted.takeBack();
    } catch (error) {
      if (!(error instanceof Problem && (error.code === "not-found" || error.code === "too-many-requests")))
        throw error;
      if (error.retryAfter !== undefined) response.set("retry-after", String(error.retryAfter));
      return showForm(request, response, {
        ...typed,
        failed: inLanguage(error.detail, language),
        status: error.status,
        kept,
      });
    }
    cookie.give(request, response, { reference, code, now });
    if (kept === null || !followed.offered.some(({ action }) => action === kept.action)) {
      const unsent = unsentOf(kept, followed);
      if (unsent.length === 0) return response.redirect(303, at(reference));
      return showCase(follow, request, response, { followed, proof: { code }, now, notice: null, unsent });
    }
    await services.publicPages.actDrafts.keep({ reference, code, action: kept.action, typed: kept.typed, now });
    response.redirect(303, at(reference, `do/${kept.action}`));
  });

  router.get("/follow/:reference", async (request, response) => {
    const a = await opened(request, response);
    if (a === null) return;
    const done = typeof request.query.done === "string" ? request.query.done : "";
    // The name is known from the workflow; a forged address says nothing of its own.
    const { actionNames } = a.followed;
    const name = Object.hasOwn(actionNames, done) ? (inLanguage(actionNames[done], language) ?? null) : null;
    const said = saidAfter[done];
    await showCase(follow, request, response, {
      ...a,
      notice: name !== null ? say("case.done", { action: name }) : said === undefined ? null : say(said),
    });
  });

  for (const [path, thumbnail] of [
    ["", false],
    ["/thumbnail", true],
  ] as const) {
    router.get(`/follow/:reference/files/:id${path}`, async (request, response) => {
      const reference = parseReference(String(request.params.reference).slice(0, 64));
      const now = services.now();
      const proof = reference === null ? null : cookie.proof(request, response, reference, now);
      // Whoever may not see the case is told that there is nothing.
      if (reference === null || proof === null) throw nothingHere();
      const id = String(request.params.id);
      await sendFile(
        request,
        response,
        await services.attachments.open({ id, thumbnail, reference, ...proof, now }),
        thumbnail,
      );
    });
  }

  router.post("/follow/:reference/contact", ...readPost, async (request, response) => {
    const a = await opened(request, response);
    if (a === null) return;
    const { reference } = a.followed;
    // Who came by a link may have had the message passed on to them.
    if (!("code" in a.proof))
      return showForm(request, response, { reference, notice: say("follow.needCode"), status: 401 });
    const stopNumber = pressed(request) === "stop";
    const choice = stopNumber ? withoutSms(a.followed) : typedIn(request, "choice");
    await services.cases.changeContact({ reference, code: a.proof.code, choice, stopNumber, now: a.now });
    response.redirect(303, `${at(reference)}?done=${contactDone}#ways`);
  });

  router.post("/follow/:reference/leave", ...readPost, (request, response) => {
    const reference = parseReference(String(request.params.reference).slice(0, 64));
    if (reference === null) throw nothingHere();
    cookie.takeAway(response, reference);
    response.redirect(303, `/${language}/follow?done=left`);
  });
}

/** No name of an action: those have no dash. */
const contactDone = "contact-ways";

/** What is said after something that is no action of the workflow. */
const saidAfter = ownTable({ proven: "confirm.done", ended: "links.ended", [contactDone]: "ways.changed" });

/** What is left where text messages are stopped. */
const withoutSms = ({ contact }: Followed): string => (contact?.choices.includes("email") ? "email" : "none");

/** A code as it is written: digits of any script, and without what keyboards put between. */
function plainCode(typed: string): string {
  return westernDigits(typed)
    .replace(/[^0-9A-Za-z]/g, "")
    .toUpperCase();
}
