/** From the first page of an application to the reference that it gets. */
import type { Request, RequestHandler, Response, Router } from "express";
import type { ApplicationDraft } from "../domain/application-drafts.js";
import { Problem } from "../domain/problems.js";
import type { Setup } from "../domain/setup.js";
import { apart, type Language } from "../domain/text.js";
import { changesBy, faultsOf } from "./answer-step.js";
import { checkView } from "./check-view.js";
import { inputAt, inputOf, isAnonymous, isInput } from "./draft-input.js";
import { dropNamed } from "./drop-named.js";
import { stagedView } from "./file-views.js";
import {
  askedFrom,
  cookieOf,
  type PortalDoor,
  type Shown,
  type ShownFault,
  setCookie,
  showPage,
} from "./portal-door.js";
import type { PortalPage, View } from "./portal-views.js";
import { promisedView } from "./promised-view.js";
import type { Question } from "./questions.js";
import type { FileFaults } from "./read-files.js";
import { awayTo, namesIn, pressed, readFormWithFiles, typedIn } from "./read-post.js";
import { showExpired } from "./show-problem.js";
import { askedSteps, deciding, entitiesFound, type StepName, steps } from "./steps.js";

const draftCookie = "diwan_draft";

interface Opened {
  readonly draft: ApplicationDraft;
  readonly setup: Setup;
  readonly token: string;
  readonly now: Date;
}

/** Whatever a page typed, under names that pages have. */
function keptOf(request: Request): Record<string, string> {
  return Object.fromEntries(
    namesIn(request)
      .filter(isInput)
      .map((name) => [name, typedIn(request, name).slice(0, 40_000)]),
  );
}

export function applyRoutes(door: PortalDoor, router: Router, language: Language): void {
  const { services, views, readPost } = door;
  const { drafts, tries } = services.publicPages;
  const { texts } = views;
  const say = (key: string, values?: Record<string, string | number>): string => texts.say(language, key, values);
  const show = (request: Request, response: Response, page: PortalPage, shown: Shown, view: View): void =>
    showPage(door, request, response, { page, language, shown, view });
  const at = (id: string, page: string): string => `/${language}/apply/${id}/${page}`;

  /** The draft that an address names, when this browser began it; otherwise says that it is gone, and gives back what was sent. */
  async function opened(request: Request, response: Response): Promise<Opened | null> {
    const now = services.now();
    const token = cookieOf(request, draftCookie) ?? "";
    const draft = await drafts.open({ id: String(request.params.id), token, now });
    if (draft !== null) return { draft, setup: await services.publicPages.setupOf(draft.programme), token, now };
    const [first] = await services.publicPages.programmes();
    showExpired(door, request, response, {
      language,
      kept: first === undefined ? null : { programme: first.programme.code, typed: keptOf(request) },
    });
    return null;
  }

  router.post("/apply", ...readPost, async (request, response) => {
    const now = services.now();
    const programme = typedIn(request, "programme");
    await services.publicPages.setupOf(programme);
    await tries.count("drafts from an address", { address: askedFrom(request), now });
    const begun = await drafts.begin({ programme, token: cookieOf(request, draftCookie), typed: keptOf(request), now });
    setCookie(request, response, draftCookie, begun.token);
    response.redirect(303, at(begun.id, "type"));
  });

  const ownerOf = ({ draft }: Opened) =>
    ({ kind: "draft", programme: draft.programme, draft: draft.filesToken }) as const;
  const stagedIds = async (a: Opened): Promise<string[]> =>
    (await services.attachments.staged(ownerOf(a))).map(({ id }) => id);
  const textOf = ({ name, problem }: FileFaults[number]): string => `${apart(name)}: ${problem.detail[language]}`;
  async function filesOf(a: Opened, faults: FileFaults): Promise<View> {
    const limits = await services.attachments.limits(a.draft.programme);
    return stagedView({ limits, staged: await services.attachments.staged(ownerOf(a)), faults }, { texts, language });
  }
  /** Takes in what the form carries, and takes back what its button names. */
  async function receiveFiles(request: Request, response: Response, a: Opened): Promise<FileFaults> {
    const owner = ownerOf(a);
    const nameless = isAnonymous(a.setup, a.draft.typed);
    const stage = { attachments: services.attachments, owner, programme: a.draft.programme, nameless };
    const faults = await readFormWithFiles(request, response, { stage, now: a.now });
    await dropNamed(services, request, owner);
    return faults;
  }

  /** Files bear the names that they were sent under: whoever now gives no name sends them anew. Whether there were any. */
  async function dropNamedFiles(a: Opened, typed: Readonly<Record<string, string>>): Promise<boolean> {
    if (isAnonymous(a.setup, a.draft.typed) || !isAnonymous(a.setup, typed)) return false;
    const ids = await stagedIds(a);
    for (const id of ids) await services.attachments.drop({ owner: ownerOf(a), id });
    return ids.length > 0;
  }

  function showStep(
    request: Request,
    response: Response,
    a: Opened & {
      name: StepName;
      typed: Readonly<Record<string, string>>;
      faults: ReadonlyMap<string, string>;
      files?: View | null;
      fileFaults?: readonly ShownFault[];
    },
  ): void {
    const { draft, setup, now, name, typed, faults } = a;
    const step = steps.find((one) => one.name === name) as (typeof steps)[number];
    const search = typeof request.query.q === "string" ? request.query.q.slice(0, 100) : "";
    const asking = { setup, now, search, language, texts, typed, faults };
    const questions = step.questions(asking);
    const asked = askedSteps({ setup, typed, now });
    // Entities can be searched before a sector is named.
    const place = asked.findIndex((one) => one.name === name);
    const change = request.query.change === "1";
    const n = place === -1 ? asked.findIndex((one) => one.name === "sector") + 1 : place;
    const before = asked[n - 1]?.name;
    const key = `step.${name}`;
    const title = say(`${key}.title`);
    const found = search.trim() === "" ? null : entitiesFound(asking).length;
    const result =
      found === null ? null : say(`step.entity.${found === 0 ? "none" : "found"}`, { q: search, n: found });
    const query = [change ? "change=1" : "", search === "" ? "" : `q=${encodeURIComponent(search)}`].filter(Boolean);
    const shown: Shown = {
      title,
      site: setup.programme.name[language],
      form: true,
      keeps: true,
      back: change ? at(draft.id, "check") : before === undefined ? `/${language}` : "form",
      faults: [...shownFaults(questions, faults), ...(a.fileFaults ?? [])],
    };
    show(request, response, "step", shown, {
      heading: step.heading ? title : null,
      lead: texts.has(language, `${key}.lead`) ? say(`${key}.lead`) : null,
      warning: name === "files" && isAnonymous(setup, typed) ? say("step.files.leadNameless") : null,
      progress: say(deciding.has(name) ? "step.number" : "step.progress", { n: n + 1, all: asked.length + 1 }),
      questions,
      files: a.files ?? null,
      action: `${at(draft.id, name)}${query.length > 0 ? `?${query.join("&")}` : ""}`,
      search:
        name === "sector" || name === "entity"
          ? { action: at(draft.id, "entity"), label: say(`${key}.search`), value: search, result }
          : null,
    });
  }

  for (const { name } of steps) {
    router.get(`/apply/:id/${name}`, async (request, response) => {
      const a = await opened(request, response);
      if (a === null) return;
      if (a.draft.sent !== null) return response.redirect(303, at(a.draft.id, "sent"));
      const files = name === "files" ? await filesOf(a, []) : null;
      showStep(request, response, { ...a, name, typed: a.draft.typed, faults: new Map(), files });
    });

    // Files are read once it is known for whom.
    router.post(`/apply/:id/${name}`, ...(name === "files" ? [door.ours] : readPost), async (request, response) => {
      const a = await opened(request, response);
      if (a === null) return;
      const { draft, setup, token, now } = a;
      if (draft.sent !== null) return response.redirect(303, at(draft.id, "sent"));
      const fileFaults = name === "files" ? await receiveFiles(request, response, a) : [];
      const step = steps.find((one) => one.name === name) as (typeof steps)[number];
      const blank = { setup, now, search: String(request.query.q ?? ""), language, texts, faults: new Map() };
      const inputs = step.questions({ ...blank, typed: draft.typed }).flatMap((question) => question.inputs);
      const sent = Object.fromEntries(inputs.map((input) => [input, typedIn(request, input).slice(0, 40_000)]));
      const typed = { ...draft.typed, ...sent };
      const go = pressed(request);
      const questions = step.questions({ ...blank, typed });
      const faults =
        go === "on"
          ? await faultsOf(services, { setup, step: name, questions, typed, language, now, texts })
          : new Map();
      const changes = changesBy(setup, draft.typed, typed);
      const done = go === "on" && faults.size === 0 && fileFaults.length === 0;
      const again = await dropNamedFiles(a, { ...typed, ...changes.typed });
      const undone = [...changes.undone, ...(again ? (["files"] as const) : [])];
      const filesNow: Record<string, string> =
        name === "files" || again ? { files: (await stagedIds(a)).join(" ") } : {};
      const saved = await drafts.save({
        id: draft.id,
        token,
        now,
        typed: { ...sent, ...changes.typed, ...filesNow },
        // Whoever found the entity by its name answered the sector with it.
        done: done ? (name === "entity" ? ["sector", name] : [name]) : [],
        undone: done ? undone : [...undone, ...(go === "on" ? [name] : [])],
      });
      if (saved === null) return void (await opened(request, response));
      if (go === "show" && fileFaults.length === 0) return response.redirect(303, request.originalUrl);
      const asked = askedSteps({ setup, typed: saved.typed, now });
      const n = asked.findIndex((one) => one.name === name);
      const away = awayTo(go, language);
      if (away !== null) return response.redirect(303, away);
      if (go === "back") return response.redirect(303, at(draft.id, asked[n - 1]?.name ?? "type"));
      if (!done) {
        const files = name === "files" ? await filesOf(a, fileFaults) : null;
        const told = fileFaults.map((one, i) => ({ input: `file-fault-${i}`, text: textOf(one) }));
        return showStep(request, response, {
          ...a,
          draft: saved,
          name,
          typed: saved.typed,
          faults,
          files,
          fileFaults: told,
        });
      }
      const open = asked.find((one) => !saved.done.includes(one.name));
      const next = request.query.change === "1" ? open : asked[n + 1];
      const query = request.query.change === "1" && next !== undefined ? "?change=1" : "";
      response.redirect(303, at(draft.id, `${next?.name ?? "check"}${query}`));
    });
  }

  async function showCheck(
    request: Request,
    response: Response,
    a: Opened,
    problem: Problem | null = null,
  ): Promise<void> {
    const { draft, setup, now } = a;
    const faults = new Map((problem?.faults ?? []).map((fault) => [inputAt(fault), fault.reason[language]]));
    const files = (await services.attachments.staged(ownerOf(a))).map(({ name }) => name);
    const toPage = (page: string): string => at(draft.id, page);
    const view = checkView({ setup, typed: draft.typed, now, language, texts, faults, files, at: toPage });
    const shown: Shown = {
      title: say("check.title"),
      site: setup.programme.name[language],
      form: true,
      back: at(draft.id, askedSteps({ setup, typed: draft.typed, now }).at(-1)?.name ?? "type"),
      faults: [...faults].map(([input, text]) => ({ input: `row-${input.replace(/\W/g, "-")}`, text })),
    };
    show(request, response, "check", shown, {
      ...view,
      codeOnly: isAnonymous(setup, draft.typed),
      action: at(draft.id, "check"),
    });
  }

  /** The first page that was not answered yet, for whoever comes to the end by an address. */
  const unanswered = ({ draft, setup, now }: Opened): StepName | null =>
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
    const entity = followed.entityName?.[language];
    const shown = { title: say("sent.title"), site: setup.programme.name[language] };
    show(request, response, "sent", shown, {
      ...draft.sent,
      codeOnly: followed.anonymous,
      promised: promisedView(followed, { texts, language }, now),
      next: entity === undefined ? say("sent.nextTriage") : say("sent.next", { entity }),
      followAction: at(draft.id, "follow"),
      doneAction: at(draft.id, "done"),
    });
  });

  const whenSent =
    (
      go: (request: Request, response: Response, a: Opened, sent: { reference: string; code: string }) => unknown,
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

/** In the order of the page, with links to the first input of the question. */
export function shownFaults(questions: readonly Question[], faults: ReadonlyMap<string, string>): ShownFault[] {
  return questions.flatMap(({ name, first, label, page }) => {
    const text = faults.get(name);
    return text === undefined
      ? []
      : [{ input: first, text: page || text.includes(label) ? text : `${label}: ${text}` }];
  });
}
