/** Links of letters and text messages: the token is exchanged for a locked cookie at once, and is gone from the address. */

import type { Request, Response, Router } from "express";
import { type ApplicantWay, applicantWays } from "../../engine/letters/applicant-ways.js";
import { parseReference } from "../../engine/lifecycle/case-reference.js";
import { asLanguage } from "../../engine/text/languages.js";
import { westernDigits } from "../../engine/text/normalise-text.js";
import { Problem } from "../../engine/text/problems.js";
import { apart, inLanguage } from "../../engine/text/text.js";
import type { EffectName } from "../../engine/workflow/effects.js";
import { askedFrom } from "../../platform/http/body-places.js";
import { type FollowDoor, saidAt } from "./follow-door.js";
import type { Followed } from "./follow-views.js";
import { type PortalDoor, showPage } from "./portal-door.js";
import { line, shownFaults } from "./questions.js";
import { pressed, typedIn } from "./read-post.js";
import { languageOf, nothingHere } from "./show-problem.js";

/** The form that somebody came for, while their link may send it; else the page of the case. */
async function pageFor(
  { services }: PortalDoor,
  a: { reference: string; link: string; leadsTo: EffectName | null; now: Date },
): Promise<string> {
  const { leadsTo, ...asked } = a;
  if (leadsTo === null) return "";
  const { offered, needCode } = await services.cases.followPage(asked);
  const action = offered.find(({ action, effects }) => effects.includes(leadsTo) && !needCode.includes(action));
  return action === undefined ? "" : `/do/${action.action}`;
}

/** `/t/TOKEN`. Whatever follows links by itself may follow it: nothing changes in the database. */
export function tokenRoute(door: PortalDoor, router: Router): void {
  const { services, cookie } = door;
  router.get("/t/:token", async (request, response) => {
    response.set({ "cache-control": "no-store", "referrer-policy": "no-referrer", "x-robots-tag": "noindex" });
    const now = services.now();
    const token = String(request.params.token).slice(0, 64);
    const link = await services.applicantLinks.look({ token, address: askedFrom(request), now });
    if (link === null) return response.redirect(303, `/${languageOf(request)}/follow?link=unknown`);
    const { reference } = link;
    const at = `/${asLanguage(link.language) ?? languageOf(request)}/follow/${reference}`;
    if (link.kind === "over") return response.redirect(303, `${at}?link=over`);
    if (link.kind === "prove") {
      cookie.give(request, response, { reference, prove: token, now });
      return response.redirect(303, `${at}/confirm`);
    }
    const page = await pageFor(door, { reference, link: token, leadsTo: link.leadsTo, now });
    cookie.give(request, response, { reference, link: token, now });
    response.redirect(303, `${at}${page}`);
  });
}

/** Where somebody goes on who confirms on their way there; nothing else that an address says. */
const onwardPages = ["stop"] as const;
type Onward = (typeof onwardPages)[number] | null;
const onwardOf = (asked: unknown): Onward => onwardPages.find((page) => page === asked) ?? null;

interface Confirming {
  readonly reference: string;
  /** By the link of a letter: a button does; else six digits are typed. */
  readonly byLink: boolean;
  readonly way?: ApplicantWay;
  /** Digits were sent: they are asked for. */
  readonly sent?: boolean;
  readonly typed?: string;
  readonly fault?: string;
  readonly failed?: string;
  readonly notice?: string | null;
  readonly done?: boolean;
  readonly onward?: Onward;
  /** It was done before. */
  readonly already?: boolean;
  /** So that the one who asks knows where it goes. */
  readonly masked?: string | null;
  readonly status?: number;
}

const wayOf = (asked: unknown): ApplicantWay => applicantWays.find((way) => way === asked) ?? "email";

/** What is confirmed is named where it is known. */
function confirmHeading(
  a: { done: boolean; already: boolean; way: ApplicantWay; to: string | null },
  say: FollowDoor["say"],
): string {
  const { done, already, way, to } = a;
  const stage = already ? "already" : done ? "doneTitle" : "title";
  return to === null ? say(`confirm.${stage}`) : say(`confirm.of.${way}.${stage}`, { to });
}

/** Showing that an address is one's own, and ending links. */
export function confirmRoutes(follow: FollowDoor, router: Router): void {
  const { door, language, texts, say, at, lostCodeAt, showForm, opened } = follow;
  const { services, cookie, readPost } = door;

  const referenceOf = (request: Request): string => {
    const reference = parseReference(String(request.params.reference).slice(0, 64));
    if (reference === null) throw nothingHere();
    return reference;
  };

  async function show(request: Request, response: Response, a: Confirming): Promise<void> {
    const {
      reference,
      byLink,
      way = "email",
      sent = true,
      typed = "",
      fault,
      failed,
      notice = null,
      done = false,
      already = false,
      masked = null,
      onward = null,
    } = a;
    const to = masked === null ? null : apart(masked);
    const heading = confirmHeading({ done, already, way, to }, say);
    const faults = new Map(fault === undefined ? [] : [["digits", fault]]);
    const question = line(
      { language, texts, typed: { digits: typed }, faults },
      {
        name: "digits",
        label: say("confirm.digits"),
        hint: say("confirm.digitsHint"),
        direction: "ltr",
        short: true,
        inputmode: "numeric",
      },
    );
    showPage(door, request, response, {
      page: "confirm",
      language,
      shown: {
        title: heading,
        site: await door.site.of(language),
        form: !done,
        address: `/follow/${reference}/confirm`,
        ...(byLink ? {} : { back: at(reference) }),
        faults: failed === undefined ? shownFaults([question], faults) : [{ input: null, text: failed }],
        notice,
        ...(a.status !== undefined && { status: a.status }),
      },
      view: {
        ...{
          reference,
          heading,
          byLink,
          done,
          masked,
          question,
          action: at(reference, "confirm"),
          follow: at(reference),
          lostCode: lostCodeAt(reference),
        },
        ...{ sent, way, onward, have: `${confirmAt(reference, way, onward)}&done=have` },
      },
    });
  }

  const confirmAt = (reference: string, way: ApplicantWay, onward: Onward): string =>
    `${at(reference, "confirm")}?way=${way}${onward === null ? "" : `&next=${onward}`}`;

  async function lookedAt(request: Request, token: string) {
    const link = await services.applicantLinks.look({ token, address: askedFrom(request), now: services.now() });
    return link?.kind === "prove" ? link : null;
  }

  const unproven = ({ contacts }: Followed, asked: ApplicantWay) =>
    contacts.find(({ way, provenAt, canProve }) => way === asked && canProve && provenAt === null);

  /** Where digits go, to be said with every fault too. */
  async function goesTo(a: { reference: string; way: ApplicantWay; by: { code: string }; now: Date }) {
    const { reference, way, by, now } = a;
    const { contacts } = await services.cases.followPage({ reference, ...by, now });
    return contacts.find((one) => one.way === way)?.masked ?? null;
  }

  router.get("/follow/:reference/confirm", async (request, response) => {
    const reference = referenceOf(request);
    const kept = cookie.kept(request, response, reference, services.now());
    if (kept?.prove !== undefined) {
      const looked = await lookedAt(request, kept.prove);
      if (looked === null)
        return showForm(request, response, { reference, notice: say("follow.linkOver"), status: 410 });
      const { way, masked, done } = looked;
      return show(request, response, { reference, byLink: true, way, masked, done, already: done });
    }
    if (kept?.code === undefined) return showForm(request, response, { reference, notice: say("confirm.again") });
    const a = await opened(request, response);
    if (a === null) return;
    const way = wayOf(request.query.way);
    const contact = unproven(a.followed, way);
    const onward = onwardOf(request.query.next);
    if (contact === undefined || a.followed.confidential)
      return response.redirect(303, onward === null ? at(reference) : at(reference, onward));
    const { done } = request.query;
    const notice = done === "sent" ? say("confirm.sent") : null;
    const sent = done === "sent" || done === "have";
    await show(request, response, { reference, byLink: false, way, masked: contact.masked, notice, sent, onward });
  });

  /** By the button of the page to which a letter led. */
  async function byLink(request: Request, response: Response, a: { reference: string; link: string; now: Date }) {
    const { reference } = a;
    const looked = await lookedAt(request, a.link);
    cookie.proven(request, response, a);
    try {
      await services.applicantLinks.proveByLink(a);
    } catch (error) {
      if (!(error instanceof Problem && error.code === "not-found")) throw error;
      return showForm(request, response, { reference, notice: say("follow.linkOver"), status: 410 });
    }
    const { way = "email", masked = null, done: already = false } = looked ?? {};
    await show(request, response, { reference, byLink: true, way, masked, done: true, already });
  }

  router.post("/follow/:reference/confirm", ...readPost, async (request, response) => {
    const now = services.now();
    const reference = referenceOf(request);
    const kept = cookie.kept(request, response, reference, now);
    if (kept?.prove !== undefined && typedIn(request, "by") === "link")
      return byLink(request, response, { reference, link: kept.prove, now });
    const code = kept?.code;
    if (code === undefined) return showForm(request, response, { reference, notice: say("follow.ended"), status: 401 });
    const way = wayOf(typedIn(request, "way"));
    const onward = onwardOf(typedIn(request, "next"));
    const asked = { reference, way, by: { code }, now };
    const digits = westernDigits(typedIn(request, "digits").slice(0, 40)).replace(/\D/g, "");
    try {
      if (typedIn(request, "send") !== "") {
        await services.applicantLinks.sendCode(asked);
        return response.redirect(303, saidAt(confirmAt(reference, way, onward), "sent"));
      }
      if (pressed(request) !== "show" && (await services.applicantLinks.proveByCode({ ...asked, digits })))
        return response.redirect(303, onward === null ? saidAt(at(reference), "proven") : at(reference, onward));
    } catch (error) {
      const told = error instanceof Problem && (error.code === "not-now" || error.code === "too-many-requests");
      if (!told) throw error;
      if (error.retryAfter !== undefined) response.set("retry-after", String(error.retryAfter));
      const failed = inLanguage(error.detail, language);
      return show(request, response, {
        reference,
        byLink: false,
        way,
        onward,
        masked: await goesTo(asked),
        failed,
        status: error.status,
        sent: error.code !== "not-now",
      });
    }
    const fault = pressed(request) === "show" ? {} : { fault: say("confirm.fault") };
    const masked = await goesTo(asked);
    await show(request, response, { reference, byLink: false, way, onward, masked, typed: digits, ...fault });
  });

  router.post("/follow/:reference/links", ...readPost, async (request, response) => {
    const now = services.now();
    const reference = referenceOf(request);
    const code = cookie.kept(request, response, reference, now)?.code;
    if (code === undefined) return showForm(request, response, { reference, notice: say("follow.ended"), status: 401 });
    await services.applicantLinks.revoke({ reference, by: { code }, now });
    response.redirect(303, saidAt(at(reference), "ended"));
  });
}
