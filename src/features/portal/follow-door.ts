/** For a person who follows a case: the form that asks for reference and code, and the case that this browser may see. */
import type { Request, Response } from "express";
import type { ApplicantProof } from "../../engine/applicant/applicant-keys.js";
import { parseReference } from "../../engine/lifecycle/case-reference.js";
import { Problem } from "../../engine/text/problems.js";
import { asStored, type Language } from "../../engine/text/text.js";
import type { Followed } from "./follow-views.js";
import { type PortalDoor, showPage } from "./portal-door.js";
import type { PortalTexts } from "./portal-texts.js";
import { line, shownFaults } from "./questions.js";
import { namesIn, typedIn } from "./read-post.js";
import { nothingHere } from "./show-problem.js";

export interface OpenedCase {
  readonly followed: Followed;
  /** By what this browser opened it. */
  readonly proof: ApplicantProof;
  readonly now: Date;
}

/** What was written for an action when the time was over: it goes on from there. */
export interface StoredAct {
  readonly action: string;
  readonly typed: Readonly<Record<string, string>>;
}

interface AskedAgain {
  readonly reference: string;
  readonly code?: string;
  readonly faults?: ReadonlyMap<string, string>;
  /** Of both together: which of them is wrong is not said. */
  readonly failed?: string;
  readonly status?: number;
  readonly notice?: string | null;
  readonly kept?: StoredAct | null;
}

export interface FollowDoor {
  readonly door: PortalDoor;
  readonly language: Language;
  readonly texts: PortalTexts;
  say(key: string, values?: Readonly<Record<string, string | number>>): string;
  /** A page of a case. */
  at(reference: string, page?: string): string;
  lostCodeAt(reference: string): string;
  showForm(request: Request, response: Response, a: AskedAgain): Promise<void>;
  /** Asks for the code of a case that is open by a link, with what was written for an action; from there it goes on. */
  askCode(request: Request, response: Response, a: OpenedCase & { act: StoredAct }): Promise<void>;
  /** The case of an address, when this browser may see it; null once the code was asked for instead. */
  opened(request: Request, response: Response): Promise<OpenedCase | null>;
}

/** The address of a page that says once what was done: there the browser goes, and who hears the page hears it first. */
export const saidAt = (page: string, done: string): string => {
  const [path, query] = page.split("?", 2);
  return `${path}?${query === undefined ? "" : `${query}&`}done=${encodeURIComponent(done)}#said`;
};

const isAction = (name: string): boolean => /^\w{1,60}$/.test(name);

/** What a form carries on of an act that was written before. */
export function keptIn(request: Request): StoredAct | null {
  const action = typedIn(request, "act");
  if (!isAction(action)) return null;
  const names = namesIn(request).filter((name) => name.startsWith("kept."));
  return {
    action,
    typed: Object.fromEntries(names.map((name) => [name.slice(5), typedIn(request, name)])),
  };
}

const notFields = new Set(["go", "drop", "act"]);

/** What the form of an act itself sent, before anybody knows which fields it has. */
export function writtenIn(request: Request): StoredAct | null {
  const action = String(request.params.action ?? "");
  const names = namesIn(request).filter((name) => /^[a-z]\w{0,39}$/.test(name) && !notFields.has(name));
  const typed = names.map((name) => [name, typedIn(request, name)] as const);
  return isAction(action) ? { action, typed: Object.fromEntries(typed) } : null;
}

/**
 * The texts among it that the case does not have: a mark or a choice is nothing that anybody would want back, and what was
 * sent by the first of two presses was sent.
 */
export function unsentOf(kept: StoredAct | null, { written }: Followed): string[] {
  const sent = new Set(written);
  return Object.values(kept?.typed ?? {})
    .map(asStored)
    .filter((text) => /\p{L}/u.test(text) && !sent.has(text));
}

export function createFollowDoor(door: PortalDoor, language: Language): FollowDoor {
  const { services, views, cookie } = door;
  const { texts } = views;
  const say: FollowDoor["say"] = (key, values) => texts.say(language, key, values);

  async function showForm(request: Request, response: Response, a: AskedAgain): Promise<void> {
    const { faults = new Map<string, string>(), failed } = a;
    const typed = { reference: a.reference, code: a.code ?? "" };
    const asking = { language, texts, typed, faults };
    const key = { direction: "ltr", short: true } as const;
    const questions = [
      line(asking, {
        ...key,
        name: "reference",
        label: say("follow.reference"),
        hint: say("follow.referenceHint"),
        inputmode: "numeric",
      }),
      line(asking, { ...key, name: "code", label: say("follow.code"), hint: say("follow.codeHint") }),
    ];
    const kept =
      a.kept == null
        ? []
        : [
            { name: "act", value: a.kept.action },
            ...Object.entries(a.kept.typed).map(([name, value]) => ({ name: `kept.${name}`, value })),
          ];
    const summary = failed === undefined ? shownFaults(questions, faults) : [{ input: "reference", text: failed }];
    showPage(door, request, response, {
      page: "follow",
      language,
      shown: {
        title: say("follow.title"),
        site: await door.site.of(language),
        form: true,
        // Wherever it was asked for: there the form is answered in either language.
        address: "/follow",
        back: `/${language}`,
        faults: summary,
        notice: a.notice ?? null,
        ...(a.status !== undefined && { status: a.status }),
      },
      view: { questions, kept, action: `/${language}/follow`, lostCode: lostCodeAt(a.reference) },
    });
  }

  /** Where a link is asked for; of an application that is named already its number is there. */
  const lostCodeAt = (typed: string): string => {
    const reference = parseReference(typed);
    return `/${language}/lost-code${reference === null ? "" : `?reference=${reference}`}`;
  };

  return {
    door,
    language,
    texts,
    say,
    lostCodeAt,
    at: (reference, page = "") => `/${language}/follow/${reference}${page === "" ? "" : `/${page}`}`,
    showForm,
    askCode: (request, response, { followed, act }) =>
      showForm(request, response, { reference: followed.reference, notice: say("follow.needCode"), kept: act }),
    async opened(request, response) {
      const reference = parseReference(String(request.params.reference).slice(0, 64));
      if (reference === null) throw nothingHere();
      const now = services.now();
      const proof = cookie.proof(request, response, reference, now);
      if (proof !== null) {
        try {
          return { followed: await services.cases.followPage({ reference, ...proof, now }), proof, now };
        } catch (error) {
          if (!(error instanceof Problem && error.code === "not-found")) throw error;
        }
      }
      // A link that does not open it any more: it came by one now, or stayed with it.
      const over = request.query.link === "over" || (proof !== null && "link" in proof);
      if (request.method !== "POST") {
        // Who got a text message that was for somebody else comes here too.
        const astray = request.query.from === "text" ? say("follow.notYours") : null;
        await showForm(request, response, { reference, notice: over ? say("follow.linkOver") : astray });
        return null;
      }
      await door.readFormWithFiles(request, response, { who: "stranger", stage: null, now });
      const notice = `${say("follow.ended")} ${say("follow.kept")}`;
      await showForm(request, response, { reference, notice, status: 401, kept: writtenIn(request) });
      return null;
    },
  };
}
