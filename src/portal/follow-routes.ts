/** Following an application: by reference and code in, then what stands there and what one may do. */
import type { Request, Response, Router } from "express";
import { parseReference } from "../domain/case-reference.js";
import { Problem } from "../domain/problems.js";
import { apart, type Language } from "../domain/text.js";
import { sendFile } from "../transfer/send-file.js";
import { shownFaults } from "./apply-routes.js";
import { dropNamed } from "./drop-named.js";
import { stagedView } from "./file-views.js";
import { actionQuestions, caseView, type Followed, hintOf, openQuestion, turnView } from "./follow-views.js";
import { askedFrom, type PortalDoor, showPage } from "./portal-door.js";
import { line, westernDigits } from "./questions.js";
import type { FileFaults } from "./read-files.js";
import { namesIn, pressed, readFormWithFiles, typedIn } from "./read-post.js";
import { nothingHere } from "./show-problem.js";

interface Opened {
  readonly followed: Followed;
  readonly code: string;
  readonly now: Date;
}

/** Faults of an action are shown at its fields; these mean that the case moved on meanwhile. */
const movedOn = new Set(["action-refused", "forbidden", "conflict", "not-now"]);

export function followRoutes(door: PortalDoor, router: Router, language: Language): void {
  const { services, views, cookie, readPost } = door;
  const { texts } = views;
  const words = { texts, language };
  const say = (key: string, values?: Record<string, string>): string => texts.say(language, key, values);
  const at = (reference: string, page = ""): string =>
    `/${language}/follow/${reference}${page === "" ? "" : `/${page}`}`;

  function showForm(
    request: Request,
    response: Response,
    a: {
      reference: string;
      code?: string;
      faults?: ReadonlyMap<string, string>;
      /** Of both together: which of them is wrong is not said. */
      failed?: string;
      status?: number;
      notice?: string | null;
      /** What was written when the time was over: it goes on from here. */
      kept?: { readonly action: string; readonly typed: Readonly<Record<string, string>> } | null;
    },
  ): void {
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
        form: true,
        back: `/${language}`,
        faults: summary,
        notice: a.notice ?? null,
        ...(a.status !== undefined && { status: a.status }),
      },
      view: { questions, kept, action: `/${language}/follow` },
    });
  }

  router.get("/follow", (request, response) => {
    const notice = request.query.done === "left" ? say("follow.left") : null;
    showForm(request, response, { reference: "", notice });
  });

  /** What a form carries on of an act that was written before. */
  function keptIn(request: Request): { action: string; typed: Record<string, string> } | null {
    const action = typedIn(request, "act");
    if (!/^\w{1,60}$/.test(action)) return null;
    const names = namesIn(request).filter((name) => name.startsWith("kept."));
    return {
      action,
      typed: Object.fromEntries(names.map((name) => [name.slice(5), typedIn(request, name).slice(0, 40_000)])),
    };
  }

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
      return showForm(request, response, { ...typed, failed: error.detail[language], status: error.status, kept });
    }
    cookie.give(request, response, { reference, code, now });
    const action = kept === null ? undefined : followed.offered.find((one) => one.action === kept.action);
    if (action === undefined || kept === null) return response.redirect(303, at(reference));
    await showAct(request, response, { followed, code, now, action, typed: kept.typed });
  });

  /** The case of an address, when this browser may see it; otherwise asks for the code. */
  async function opened(request: Request, response: Response): Promise<Opened | null> {
    const reference = parseReference(String(request.params.reference).slice(0, 64));
    if (reference === null) throw nothingHere();
    const now = services.now();
    const code = cookie.code(request, response, reference, now);
    if (code !== null) {
      try {
        return { followed: await services.cases.followPage({ reference, code, now }), code, now };
      } catch (error) {
        if (!(error instanceof Problem && error.code === "not-found")) throw error;
      }
    }
    if (request.method !== "POST") {
      showForm(request, response, { reference });
      return null;
    }
    await readFormWithFiles(request, response, { stage: null, now });
    const typed = Object.fromEntries(
      namesIn(request)
        .filter((name) => /^[a-z]\w{0,39}$/.test(name) && !["go", "drop", "act"].includes(name))
        .map((name) => [name, typedIn(request, name).slice(0, 40_000)]),
    );
    const action = String(request.params.action ?? "");
    const kept = /^\w{1,60}$/.test(action) ? { action, typed } : null;
    showForm(request, response, {
      reference,
      notice: `${say("follow.ended")} ${say("follow.kept")}`,
      status: 401,
      kept,
    });
    return null;
  }

  router.get("/follow/:reference", async (request, response) => {
    const a = await opened(request, response);
    if (a === null) return;
    const { followed } = a;
    const { reference } = followed;
    const done = typeof request.query.done === "string" ? request.query.done : "";
    // The name is known from the workflow; a forged address says nothing of its own.
    const name = /^\w{1,60}$/.test(done)
      ? Object.hasOwn(followed.actionNames, done)
        ? (followed.actionNames[done]?.[language] ?? null)
        : null
      : null;
    showPage(door, request, response, {
      page: "case",
      language,
      shown: {
        title: `${followed.typeName[language]} ${reference}`,
        site: followed.programmeName[language],
        notice: name === null ? null : say("case.done", { action: name }),
      },
      view: { ...caseView(followed, words, (page) => at(reference, page)), leaveAction: at(reference, "leave") },
    });
  });

  for (const [path, thumbnail] of [
    ["", false],
    ["/thumbnail", true],
  ] as const) {
    router.get(`/follow/:reference/files/:id${path}`, async (request, response) => {
      const reference = parseReference(String(request.params.reference).slice(0, 64));
      const now = services.now();
      const code = reference === null ? null : cookie.code(request, response, reference, now);
      // Whoever may not see the case is told that there is nothing.
      if (reference === null || code === null) throw nothingHere();
      const id = String(request.params.id);
      await sendFile(
        request,
        response,
        await services.attachments.open({ id, thumbnail, reference, code, now }),
        thumbnail,
      );
    });
  }

  router.post("/follow/:reference/leave", ...readPost, (request, response) => {
    const reference = parseReference(String(request.params.reference).slice(0, 64));
    if (reference === null) throw nothingHere();
    cookie.takeAway(request, response, reference);
    response.redirect(303, `/${language}/follow?done=left`);
  });

  const ownerOf = ({ followed, code }: Opened) => ({ kind: "applicant", reference: followed.reference, code }) as const;
  const mayAttach = async ({ followed }: Opened, action: string): Promise<boolean> =>
    followed.attachable.includes(action) && (await services.attachments.limits(followed.programme)).most > 0;

  async function showAct(
    request: Request,
    response: Response,
    a: Opened & {
      action: Followed["offered"][number];
      typed?: Readonly<Record<string, string>>;
      faults?: ReadonlyMap<string, string>;
      failed?: string | null;
      fileFaults?: FileFaults;
    },
  ): Promise<void> {
    const { followed, action, typed = {}, faults = new Map<string, string>(), failed = null } = a;
    const { reference } = followed;
    const questions = actionQuestions({ language, texts, typed, faults }, action);
    const warns = action.effects.includes("withdraw");
    const asked = action.effects.includes("reply") ? openQuestion(followed) : null;
    const { fileFaults = [] } = a;
    const files = (await mayAttach(a, action.action))
      ? stagedView(
          {
            limits: await services.attachments.limits(followed.programme),
            staged: await services.attachments.staged(ownerOf(a)),
            faults: fileFaults,
          },
          words,
        )
      : null;
    const ofFiles = fileFaults.map(({ name, problem }, i) => ({
      input: `file-fault-${i}`,
      text: `${apart(name)}: ${problem.detail[language]}`,
    }));
    const shown = [...shownFaults(questions, faults), ...ofFiles];
    showPage(door, request, response, {
      page: "act",
      language,
      shown: {
        title: action.name[language],
        site: followed.programmeName[language],
        form: true,
        back: at(reference),
        faults: failed === null ? shown : [...shown, { input: null, text: failed }],
      },
      view: {
        reference,
        subject: followed.subject,
        heading: action.name[language],
        lead: [hintOf(action, words), warns ? say("act.warn") : null].filter((text) => text !== null).join(" "),
        quoted: asked === null ? null : turnView(asked, followed, words),
        questions,
        files,
        warns,
        button: warns ? action.name[language] : say("act.send"),
        action: at(reference, `do/${action.action}`),
        backHref: at(reference),
      },
    });
  }

  const offered = ({ followed }: Opened, request: Request) =>
    followed.offered.find(({ action }) => action === request.params.action);

  router.get("/follow/:reference/do/:action", async (request, response) => {
    const a = await opened(request, response);
    if (a === null) return;
    const action = offered(a, request);
    // Not possible any more, as when it was done in another tab: the case says what is.
    if (action === undefined) return response.redirect(303, at(a.followed.reference));
    await showAct(request, response, { ...a, action });
  });

  router.post("/follow/:reference/do/:action", door.ours, async (request, response) => {
    const a = await opened(request, response);
    if (a === null) return;
    const { followed, code, now } = a;
    const { reference } = followed;
    const action = offered(a, request);
    if (action === undefined) return response.redirect(303, at(reference));
    const files = await mayAttach(a, action.action);
    const owner = ownerOf(a);
    const { programme, anonymous: nameless } = followed;
    const stage = files ? { attachments: services.attachments, owner, programme, nameless } : null;
    const fileFaults = await readFormWithFiles(request, response, { stage, now });
    await dropNamed(services, request, owner);
    const typed = Object.fromEntries(action.fields.map(({ name }) => [name, typedIn(request, name).slice(0, 40_000)]));
    if (pressed(request) === "show" || fileFaults.length > 0) {
      return showAct(request, response, { ...a, action, typed, fileFaults });
    }
    const attachments = files ? (await services.attachments.staged(owner)).map(({ id }) => id) : [];
    try {
      await services.cases.performAsApplicant({
        reference,
        code,
        action: action.action,
        fields: typed,
        attachments,
        now,
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (movedOn.has(error.code))
        return showAct(request, response, { ...a, action, typed, failed: error.detail[language] });
      if (error.code !== "invalid-input") throw error;
      const faults = new Map(
        error.faults.map(({ field, reason }) => [field.split("/").at(-1) ?? "", reason[language]]),
      );
      return showAct(request, response, { ...a, action, typed, faults });
    }
    response.redirect(303, `${at(reference)}?done=${encodeURIComponent(action.action)}`);
  });
}

/** A code as it is written: digits of any script, and without what keyboards put between. */
function plainCode(typed: string): string {
  return westernDigits(typed)
    .replace(/[^0-9A-Za-z]/g, "")
    .toUpperCase();
}
