/** From the first page of an application to the reference that it gets. */

import type { Request, RequestHandler, Response, Router } from "express";
import { dayNumberOf } from "../../engine/calendar/civil-date.js";
import { formatDate } from "../../engine/formatting/moments.js";
import type { ApplicantWay } from "../../engine/letters/applicant-ways.js";
import type { Setup } from "../../engine/setup/setup.js";
import { Problem } from "../../engine/text/problems.js";
import { apart, inLanguage, type Language } from "../../engine/text/text.js";
import { askedFrom } from "../../platform/http/body-places.js";
import { readCookie, setCookie } from "../../platform/http/cookies.js";
import { type ApplyDoor, keptOf, type OpenedDraft, ownerOf } from "./apply-door.js";
import { waysSentence } from "./contact-view.js";
import { inputAt, inputOf, isAnonymous, unknown } from "./draft-input.js";
import { idsOfFields } from "./file-views.js";
import { promisedView } from "./follow-views.js";
import { type Shown, showPage } from "./portal-door.js";
import { type PortalTexts, textsAbout } from "./portal-texts.js";
import type { PortalPage, View } from "./portal-views.js";
import { dayOf, type Question } from "./questions.js";
import { pressed, typedIn } from "./read-post.js";
import { silenceView } from "./silence-view.js";
import { siteOfProgramme } from "./site-name.js";
import { presentEntity, type StepName } from "./step.js";
import { askedSteps, lookedOver } from "./steps.js";

interface Checked {
  readonly setup: Setup;
  readonly typed: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly language: Language;
  readonly texts: PortalTexts;
  readonly faults: ReadonlyMap<string, string>;
  /** Files that wait to be sent. */
  readonly files: readonly { readonly id: string; readonly name: string }[];
  at(page: string): string;
}

/** An answer as it was meant: the label of what was chosen, the date as one, else what was typed. Null: none was given. */
function answerTo(question: Question, a: Checked): string | null {
  const { typed, language } = a;
  if (question.isDate) {
    const date = dayOf(typed, question.name);
    return dayNumberOf(date) === null ? date || null : formatDate(date, language);
  }
  const value = typed[question.name] ?? "";
  if (question.isFile) {
    const chosen = a.files.find(({ id }) => id === value);
    return chosen === undefined ? null : apart(chosen.name);
  }
  if (value.trim() === "") return null;
  const options = question.options as readonly { value: string; label: string }[];
  if (value === unknown) return options.find((option) => option.value === unknown)?.label ?? null;
  if (question.name === "entity") {
    const nameOf = (code: string): string => inLanguage(a.setup.entities.get(code)?.name, language) ?? code;
    const present = presentEntity(value, a);
    if (present === value) return nameOf(value);
    return `${nameOf(present)}\n${a.texts.say(language, "step.entity.tookOver", { entity: nameOf(value) })}`;
  }
  return options.find((option) => option.value === value)?.label ?? value;
}

const ofPerson: ReadonlySet<StepName> = new Set(["identity", "contact"]);

/** All answers of a draft to look over, each with the way back to its question; what nobody answered is named with its own way, and no row. */
function checkView(checked: Checked): View {
  const { setup, now, language, texts, faults } = checked;
  // As it will be sent: with the title that it gets where none was given, and what a suggestion said.
  const typed = { ...checked.typed, subject: inputOf(setup, checked.typed, language).subject as string };
  const a = { ...checked, typed };
  const say = (key: string): string => texts.say(language, key);
  // Whatever was answered is named, as of a draft from before.
  const asking = { setup, now, search: "", offersTexts: true, language, texts, typed, faults, answered: true };
  const ofFields = idsOfFields(setup, typed);
  const others = a.files.filter(({ id }) => !ofFields.has(id));
  const filesRow = (step: StepName) => ({
    step,
    id: "row-attachments",
    label: say("step.files.label"),
    value: others.length === 0 ? null : others.map(({ name }) => apart(name)).join("\n"),
    isNumber: false,
    fault: faults.get("attachments") ?? null,
    href: `${a.at("files")}?change=1`,
  });
  const rows = lookedOver(a).flatMap((step) =>
    step.name === "files"
      ? [filesRow(step.name)]
      : step.questions(asking).map((question) => ({
          step: step.name,
          id: `row-${question.name.replace(/\W/g, "-")}`,
          // The question of a page is long; where it has a short name, that one is shown.
          label: step.title
            ? `${inLanguage(step.title, language)}: ${question.label}`
            : question.page && texts.has(language, `step.${step.name}.label`)
              ? say(`step.${step.name}.label`)
              : question.label,
          value: answerTo(question, a),
          // Its groups keep their order, whichever digits it has.
          isNumber: question.direction === "ltr" && !/\p{L}/u.test(checked.typed[question.name] ?? ""),
          fault: faults.get(question.name) ?? null,
          href: `${a.at(step.name)}?change=1`,
        })),
  );
  if (isAnonymous(setup, typed))
    for (const row of rows) if (row.step === "identity") row.value = say("check.anonymous");
  const [left, given] = [true, false].map((isLeft) =>
    rows.filter(({ value, fault }) => (value === null && fault === null) === isLeft),
  ) as [typeof rows, typeof rows];
  const shown = given.map((row) => ({ ...row, value: row.value ?? say("check.none") }));
  const sections = [
    { title: say("check.request"), rows: shown.filter(({ step }) => !ofPerson.has(step)) },
    { title: say("check.you"), rows: shown.filter(({ step }) => ofPerson.has(step)) },
  ];
  return { sections: sections.filter((section) => section.rows.length > 0), left };
}

/** What is said of the receipt by how it stands and goes; nothing where no messages leave. */
function receiptSaid(
  { state, way }: { readonly state: string; readonly way: ApplicantWay },
  say: (key: string) => string,
): string | null {
  if (state === "pending" || state === "sent") return say(way === "sms" ? "sent.receiptSms" : "sent.receipt");
  if (state !== "held") return null;
  return say(way === "sms" ? "sent.receiptHeldSms" : "sent.receiptHeld");
}

export function applyRoutes(apply: ApplyDoor, router: Router): void {
  const { door, language, texts, say, at, opened } = apply;
  const { services, readPost } = door;
  const { drafts, tries } = services.publicPages;
  const show = (request: Request, response: Response, page: PortalPage, shown: Shown, view: View): void =>
    showPage(door, request, response, { page, language, shown, view });

  router.post("/apply", ...readPost, async (request, response) => {
    const now = services.now();
    const programme = typedIn(request, "programme");
    await services.publicPages.setupOf(programme);
    await tries.count("drafts from an address", { address: askedFrom(request), now });
    const token = readCookie(request, door.cookies.draft);
    const begun = await drafts.begin({ programme, token, typed: keptOf(request), now });
    setCookie(response, door.cookies.draft, begun.token);
    response.redirect(303, at(begun.id, "description"));
  });

  async function showCheck(
    request: Request,
    response: Response,
    a: OpenedDraft,
    problem: Problem | null = null,
  ): Promise<void> {
    const { draft, setup, now } = a;
    const faults = new Map(
      (problem?.faults ?? []).map((fault) => [inputAt(fault), inLanguage(fault.reason, language)]),
    );
    const files = await services.attachments.staged(ownerOf(a));
    const toPage = (page: string): string => at(draft.id, page);
    const view = checkView({ setup, typed: draft.typed, now, language, texts, faults, files, at: toPage });
    const shown: Shown = {
      title: say("check.title"),
      site: siteOfProgramme(setup.programme, language),
      form: true,
      back: at(draft.id, askedSteps({ setup, typed: draft.typed, now }).at(-1)?.name ?? "description"),
      faults: [...faults].map(([input, text]) => ({ input: `row-${input.replace(/\W/g, "-")}`, text })),
    };
    show(request, response, "check", shown, {
      ...view,
      sentType: draft.typed.type,
      codeOnly: isAnonymous(setup, draft.typed),
      silence: await silenceView(
        services,
        { setup, typed: draft.typed, now, language, texts },
        `${toPage("contact")}?change=1`,
      ),
      action: at(draft.id, "check"),
    });
  }

  /** The first page that was not answered yet, for whoever comes to the end by an address. */
  const unanswered = ({ draft, setup, now }: OpenedDraft): StepName | null =>
    askedSteps({ setup, typed: draft.typed, now }).find(({ name }) => !draft.done.includes(name))?.name ?? null;

  router.get("/apply/:id/check", async (request, response) => {
    const a = await opened(request, response);
    if (a === null) return;
    if (a.draft.sent !== null) return response.redirect(303, at(a.draft.id, "sent"));
    const open = unanswered(a);
    if (open !== null) return response.redirect(303, at(a.draft.id, open));
    await showCheck(request, response, a);
  });

  router.post("/apply/:id/check", ...readPost, async (request, response) => {
    const a = await opened(request, response);
    if (a === null) return;
    const { draft, setup, token, now } = a;
    const { id } = draft;
    if (pressed(request) === "show") return response.redirect(303, at(id, "check"));
    if (draft.sent !== null) return response.redirect(303, at(id, "sent"));
    const open = unanswered(a);
    if (open !== null) return response.redirect(303, at(id, open));
    await tries.count("applications from an address", { address: askedFrom(request), now });
    try {
      const attachments = (draft.typed.files ?? "").split(" ").filter((file) => file !== "");
      await drafts.send({ id, token, now, input: inputOf(setup, draft.typed, language), attachments });
    } catch (error) {
      if (!(error instanceof Problem && (error.code === "invalid-input" || error.code === "idempotency-conflict"))) {
        throw error;
      }
      // The same draft may have been sent at this very moment by another press of the button.
      const other = await drafts.open({ id, token, now });
      if (other !== null && other.sent !== null) return response.redirect(303, at(id, "sent"));
      return showCheck(request, response, a, error);
    }
    response.redirect(303, at(id, "sent"));
  });

  router.get("/apply/:id/sent", async (request, response) => {
    const a = await opened(request, response);
    if (a === null) return;
    const { draft, setup, now } = a;
    if (draft.sent === null) return response.redirect(303, at(draft.id, "check"));
    const followed = await services.cases.followPage({ ...draft.sent, now });
    const entity = inLanguage(followed.entityName, language);
    const receipt = await services.publicPages.receiptOf(draft.sent.reference);
    const words = { texts: textsAbout(texts, followed.type), language };
    const say = (key: string, values?: Record<string, string>): string => words.texts.say(language, key, values);
    const shown = { title: say("sent.title"), site: siteOfProgramme(setup.programme, language) };
    show(request, response, "sent", shown, {
      ...draft.sent,
      sentType: followed.type,
      codeOnly: followed.anonymous,
      promised: promisedView(followed, words, now),
      receipt: receipt === null ? null : receiptSaid(receipt, say),
      ways: waysSentence(followed, words),
      canChangeWays: followed.contact !== null,
      next: entity === undefined ? say("sent.nextTriage") : say("sent.next", { entity }),
      followAction: at(draft.id, "follow"),
      doneAction: at(draft.id, "done"),
    });
  });

  const whenSent =
    (
      go: (request: Request, response: Response, a: OpenedDraft, sent: { reference: string; code: string }) => unknown,
    ): RequestHandler =>
    async (request, response) => {
      const a = await opened(request, response);
      if (a === null) return;
      if (a.draft.sent === null) return response.redirect(303, at(a.draft.id, "check"));
      await go(request, response, a, a.draft.sent);
    };

  router.post(
    "/apply/:id/follow",
    ...readPost,
    whenSent((request, response, { now }, sent) => {
      door.cookie.give(request, response, { ...sent, now });
      response.redirect(303, `/${language}/follow/${sent.reference}`);
    }),
  );

  router.post(
    "/apply/:id/done",
    ...readPost,
    whenSent(async (_request, response, { draft, token, now }) => {
      await drafts.forget({ id: draft.id, token, now });
      response.redirect(303, `/${language}`);
    }),
  );
}
