/** Following an application: by reference and code in, then what stands there. */

import type { Request, Response, Router } from "express";
import { plainCode } from "../../engine/applicant/applicant-code.js";
import { formatMoment } from "../../engine/formatting/moments.js";
import { parseReference } from "../../engine/lifecycle/case-reference.js";
import type { ApplicantContact } from "../../engine/lifecycle/views/applicant-contact.js";
import type { ContactChanged } from "../../engine/lifecycle/views/follow-view.js";
import { ownTable } from "../../engine/text/inherited-names.js";
import { Problem } from "../../engine/text/problems.js";
import { inLanguage } from "../../engine/text/text.js";
import { askedFrom } from "../../platform/http/body-places.js";
import { sendFile } from "../files/send-file.js";
import { contactView, mayStop, stopView } from "./contact-view.js";
import { type FollowDoor, keptIn, type OpenedCase, saidAt, unsentOf } from "./follow-door.js";
import { caseView, type Followed } from "./follow-views.js";
import { showPage } from "./portal-door.js";
import { textsAbout } from "./portal-texts.js";
import type { View } from "./portal-views.js";
import { line } from "./questions.js";
import { pressed, typedIn } from "./read-post.js";
import { nothingHere } from "./show-problem.js";
import { siteOf } from "./site-name.js";

type Saying = Pick<FollowDoor, "texts" | "language" | "say" | "at">;

/** A confidential case is opened by its code alone: there nothing need be confirmed. */
function contactRow(
  { way, masked, provenAt, canProve }: ApplicantContact,
  followed: Followed,
  { say, at, language }: Saying,
): View {
  const { reference, confidential, timeZone } = followed;
  const confirm = provenAt === null && !confidential && canProve;
  return {
    label: say(`links.${way}`),
    masked,
    proven: provenAt === null ? null : say("links.proven", { at: formatMoment(provenAt, language, timeZone) }),
    confirm: confirm ? { href: `${at(reference, "confirm")}?way=${way}` } : null,
  };
}

/** Asks for the code on the page itself, where it was opened by a link. */
function codeForm({ reference }: Followed, { texts, language, say }: Saying): View {
  const asking = { language, texts, typed: {}, faults: new Map<string, string>() };
  const question = line(asking, {
    name: "code",
    label: say("follow.code"),
    hint: say("follow.codeHint"),
    direction: "ltr",
    short: true,
  });
  return { reference, question, action: `/${language}/follow` };
}

/** What the page of a case says of the addresses of its applicant and of links that open it, and how more of it is opened. */
function proofView(followed: Followed, saying: Saying): View {
  const { contacts, openLinks, withheld, reference } = followed;
  const { say, at } = saying;
  return {
    contacts: contacts.map((contact) => contactRow(contact, followed, saying)),
    links: openLinks === 0 ? null : { words: say("links.open", { n: openLinks }), action: at(reference, "links") },
    codeForm: withheld ? codeForm(followed, saying) : null,
  };
}

/** What is said once, beside what it is about. */
interface Notice {
  readonly text: string;
  readonly at: "top" | "contacts" | "ways";
}

/** The page of a case. `unsent`: what was written for an action that is not possible any more. */
export async function showCase(
  { door, language, texts, at, say }: FollowDoor,
  request: Request,
  response: Response,
  a: OpenedCase & { notice: Notice | null; status?: number; unsent?: readonly string[] },
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
      site: siteOf(followed.programmeName, followed.helpLine, language),
      notice: notice?.at === "top" ? notice.text : null,
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
      contact: contactView(followed, { texts: textsAbout(texts, followed.type), language }, (page) =>
        at(reference, page),
      ),
      contactsNotice: notice?.at === "contacts" ? notice.text : null,
      waysNotice: notice?.at === "ways" ? notice.text : null,
      leaveAction: at(reference, "leave"),
      ...proofView(followed, { texts, language, at, say }),
    },
  });
}

export function followRoutes(follow: FollowDoor, router: Router): void {
  const { door, language, texts, say, at, showForm, opened } = follow;
  const { services, cookie, readPost } = door;

  async function askCode(request: Request, response: Response, { followed: { reference } }: OpenedCase): Promise<null> {
    await showForm(request, response, { reference, notice: say("follow.needCode"), status: 401 });
    return null;
  }

  /** The case for who has its code; null once that was asked for. Who came by a link may have had the message passed on to them. */
  async function byCode(request: Request, response: Response) {
    const a = await opened(request, response);
    if (a === null) return null;
    if ("code" in a.proof) return { followed: a.followed, code: a.proof.code, now: a.now };
    return askCode(request, response, a);
  }

  /** Also for who came by the link of a text message, to end those to the number that got it. */
  async function byCodeOrNumber(request: Request, response: Response) {
    const a = await opened(request, response);
    if (a === null || "code" in a.proof || (a.followed.contact !== null && a.followed.contact.letters === null))
      return a;
    return askCode(request, response, a);
  }

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
    const code = plainCode(typed.code);
    const faults = new Map<string, string>();
    if (reference === null) faults.set("reference", say("follow.referenceFault"));
    if (code === "") faults.set("code", say("follow.codeFault"));
    if (reference === null || code === "") return showForm(request, response, { ...typed, faults, kept });
    const address = askedFrom(request);
    let followed: Followed;
    try {
      followed = await services.publicPages.tries.opening({ reference, address, now }, () =>
        services.cases.followPage({ reference, code, now }),
      );
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
    const notice: Notice | null =
      name !== null
        ? { text: say("case.done", { action: name }), at: "top" }
        : said === undefined
          ? null
          : { text: say(said.key), at: said.at };
    await showCase(follow, request, response, { ...a, notice });
  });

  for (const [path, thumbnail] of [
    ["", false],
    ["/thumbnail", true],
  ] as const) {
    router.get(`/follow/:reference/files/:id${path}`, async (request, response) => {
      const reference = parseReference(String(request.params.reference).slice(0, 64));
      const now = services.now();
      const proof = reference === null ? null : cookie.proof(request, response, reference, now);
      // A person who may not see the case reads that there is nothing.
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
    const a = await byCode(request, response);
    if (a === null) return;
    const { followed, code, now } = a;
    const { reference } = followed;
    let came: ContactChanged;
    try {
      came = await services.cases.changeContact({ reference, code, choice: typedIn(request, "choice"), now });
    } catch (error) {
      if (!(error instanceof Problem && error.code === "invalid-input")) throw error;
      const notice = { text: inLanguage(error.detail, language), at: "ways" } as const;
      return showCase(follow, request, response, { followed, proof: { code }, now, notice, status: 422 });
    }
    response.redirect(303, saidAt(at(reference), `contact-${came}`));
  });

  router.get("/follow/:reference/stop", async (request, response) => {
    const a = await byCodeOrNumber(request, response);
    if (a === null) return;
    const { followed } = a;
    const { reference } = followed;
    const view = mayStop(followed)
      ? stopView(followed, { texts: textsAbout(texts, followed.type), language }, (page) => at(reference, page))
      : null;
    if (view === null) return response.redirect(303, `${at(reference)}#ways`);
    showPage(door, request, response, {
      page: "stop",
      language,
      shown: {
        title: String(view.heading),
        site: siteOf(followed.programmeName, followed.helpLine, language),
        back: `${at(reference)}#ways`,
      },
      view,
    });
  });

  router.post("/follow/:reference/stop", ...readPost, async (request, response) => {
    const a = await byCodeOrNumber(request, response);
    if (a === null) return;
    const { followed, proof, now } = a;
    const { reference } = followed;
    // Nothing is sent there any more, as after a second press.
    if (!mayStop(followed)) return response.redirect(303, `${at(reference)}#ways`);
    const came = await services.cases.changeContact({ reference, ...proof, stopNumber: true, now });
    response.redirect(303, saidAt(at(reference), `contact-${came}`));
  });

  router.post("/follow/:reference/letters", ...readPost, async (request, response) => {
    const a = await opened(request, response);
    if (a === null) return;
    const { followed, proof, now } = a;
    const { reference } = followed;
    // By the link of a text message: it went to the number, and says nothing of the address.
    if (!("code" in proof) && !followed.contact?.letters) return askCode(request, response, a);
    const go = typedIn(request, "go");
    // What names no button is no wish: it neither ends letters nor begins them.
    if (go !== "stop" && go !== "on") {
      const notice = { text: say("ways.letters.noButton"), at: "ways" } as const;
      return showCase(follow, request, response, { ...a, notice, status: 422 });
    }
    const came = await services.cases.changeLetters({ reference, ...proof, go: go === "on", now });
    response.redirect(303, saidAt(at(reference), `contact-${came}`));
  });

  router.post("/follow/:reference/leave", ...readPost, (request, response) => {
    const reference = parseReference(String(request.params.reference).slice(0, 64));
    if (reference === null) throw nothingHere();
    cookie.takeAway(response, reference);
    response.redirect(303, `/${language}/follow?done=left`);
  });
}

/** What is said after something that is no action of the workflow, and where. No names of actions: those have no dash. */
const saidAfter = ownTable<{ readonly key: string; readonly at: Notice["at"] }>({
  proven: { key: "confirm.done", at: "contacts" },
  ended: { key: "links.ended", at: "contacts" },
  "contact-same": { key: "ways.same", at: "ways" },
  "contact-saved": { key: "ways.changed", at: "ways" },
  "contact-stopped": { key: "ways.stoppedNow", at: "ways" },
  "contact-resumed": { key: "ways.resumedNow", at: "ways" },
  "contact-letters-stopped": { key: "ways.letters.stoppedNow", at: "ways" },
  "contact-letters-resumed": { key: "ways.letters.resumedNow", at: "ways" },
} satisfies Record<`contact-${ContactChanged}` | "proven" | "ended", { key: string; at: Notice["at"] }>);
