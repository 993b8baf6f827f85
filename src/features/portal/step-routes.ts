/** The pages of an application, one after the other: each is asked, answered, gone back to, and kept. */
import type { Request, RequestHandler, Response, Router } from "express";
import { apart, inLanguage } from "../../engine/text/text.js";
import { changesBy, faultsOf } from "./answer-step.js";
import { type ApplyDoor, keptOf, type OpenedDraft, ownerOf } from "./apply-door.js";
import { isAnonymous } from "./draft-input.js";
import { answeredByFile, dropNamed, fileInputs, idsOfFields, stagedView } from "./file-views.js";
import { answeredBy, chosenMatter, offeredAs, offeredInput } from "./match-step.js";
import { type Shown, type ShownFault, showPage } from "./portal-door.js";
import type { View } from "./portal-views.js";
import { type Question, shownFaults } from "./questions.js";
import type { FileFaults } from "./read-files.js";
import { awayTo, pressed, typedIn } from "./read-post.js";
import { nothingHere } from "./show-problem.js";
import { silenceView } from "./silence-view.js";
import { siteOfProgramme } from "./site-name.js";
import type { Step, StepName } from "./step.js";
import { askedSteps, entitiesFound, nowAskedOn, passedOver, stepsOf } from "./steps.js";

type Typed = Readonly<Record<string, string>>;

export function stepRoutes(apply: ApplyDoor, router: Router): void {
  const { door, language, texts, say, at, opened } = apply;
  const { services } = door;
  const { drafts } = services.publicPages;

  const stagedIds = async (a: OpenedDraft): Promise<string[]> =>
    (await services.attachments.staged(ownerOf(a))).map(({ id }) => id);
  const textOf = ({ name, problem }: FileFaults[number]): string =>
    `${apart(name)}: ${inLanguage(problem.detail, language)}`;
  async function filesOf(a: OpenedDraft, faults: FileFaults): Promise<View> {
    const limits = await services.attachments.limits(a.draft.programme);
    const ofFields = idsOfFields(a.setup, a.draft.typed);
    const staged = (await services.attachments.staged(ownerOf(a))).filter(({ id }) => !ofFields.has(id));
    return stagedView({ limits, staged, faults }, { texts, language });
  }
  /** Takes in what the form carries, and takes back what its button names. */
  async function receiveFiles(request: Request, response: Response, a: OpenedDraft): Promise<FileFaults> {
    const owner = ownerOf(a);
    const nameless = isAnonymous(a.setup, a.draft.typed);
    const stage = { attachments: services.attachments, owner, programme: a.draft.programme, nameless };
    const faults = await door.readFormWithFiles(request, response, { who: "stranger", stage, now: a.now });
    await dropNamed(services, request, owner);
    return faults;
  }

  /** The file that a page asks for: the one that came takes the place of the one that waited. What is typed of it then. */
  async function answerByFile(
    a: OpenedDraft,
    input: string,
    receive: () => Promise<FileFaults>,
  ): Promise<{ faults: FileFaults; sent: Typed }> {
    const owner = ownerOf(a);
    const before = await services.attachments.staged(owner);
    const faults = await receive();
    const after = await services.attachments.staged(owner);
    const { answer, drop } = answeredByFile({ before, after, answer: a.draft.typed[input] ?? "" });
    for (const id of drop) await services.attachments.drop({ owner, id });
    return { faults, sent: { [input]: answer } };
  }

  /** What the template shows beside an input for one file. */
  async function waitingOf(a: OpenedDraft, input: string, typed: Typed): Promise<View> {
    const limits = await services.attachments.limits(a.draft.programme);
    const staged = (await services.attachments.staged(ownerOf(a))).filter(({ id }) => id === typed[input]);
    const shown = stagedView({ limits, staged, faults: [] }, { texts, language });
    return { accept: shown.accept, waiting: (shown.staged as readonly View[])[0] ?? null };
  }

  /** Files bear the names that they were sent under: whoever now gives no name sends them anew. Whether there were any. */
  async function dropNamedFiles(a: OpenedDraft, typed: Readonly<Record<string, string>>): Promise<boolean> {
    if (isAnonymous(a.setup, a.draft.typed) || !isAnonymous(a.setup, typed)) return false;
    const ids = await stagedIds(a);
    for (const id of ids) await services.attachments.drop({ owner: ownerOf(a), id });
    return ids.length > 0;
  }

  async function showStep(
    request: Request,
    response: Response,
    a: OpenedDraft & {
      step: Step;
      typed: Readonly<Record<string, string>>;
      faults: ReadonlyMap<string, string>;
      files?: View | null;
      fileFaults?: readonly ShownFault[];
    },
  ): Promise<void> {
    const { draft, setup, now, step, typed, faults } = a;
    const { name } = step;
    const search = typeof request.query.q === "string" ? request.query.q.slice(0, 100) : "";
    const { offersTexts } = services.publicPages;
    const asking = { setup, now, search, offersTexts, language, texts, typed, faults };
    const beside = step.fileOf === undefined ? {} : await waitingOf(a, step.fileOf, typed);
    const questions = step.questions(asking).map((question): Question => ({ ...question, ...beside }));
    const asked = askedSteps({ setup, typed, now });
    const change = request.query.change === "1";
    const n = placeOf(asked, name);
    const before = asked[n - 1]?.name;
    const key = `step.${name}`;
    // A question of the type is its own heading.
    const own = inLanguage(step.title, language) ?? questions[0]?.label ?? "";
    const title = texts.has(language, `${key}.title`) ? say(`${key}.title`) : own;
    const found = search.trim() === "" ? null : entitiesFound(asking).length;
    const result =
      found === null ? null : say(`step.entity.${found === 0 ? "none" : "found"}`, { q: search, n: found });
    const query = [change ? "change=1" : "", search === "" ? "" : `q=${encodeURIComponent(search)}`].filter(Boolean);
    const shown: Shown = {
      title,
      site: siteOfProgramme(setup.programme, language),
      form: true,
      keeps: true,
      back: change ? at(draft.id, "check") : before === undefined ? `/${language}` : "form",
      faults: [...shownFaults(questions, faults), ...(a.fileFaults ?? [])],
    };
    const view: View = {
      heading: step.heading ? title : null,
      lead: texts.has(language, `${key}.lead`) ? say(`${key}.lead`) : null,
      warning: name === "files" && isAnonymous(setup, typed) ? say("step.files.leadNameless") : null,
      silence: name === "contact" && draft.done.includes(name) ? await silenceView(services, asking, null) : null,
      progress: say("step.number", { n: n + 1 }),
      questions,
      files: a.files ?? null,
      multipart: a.files != null || step.fileOf !== undefined,
      action: `${at(draft.id, name)}${query.length > 0 ? `?${query.join("&")}` : ""}`,
      search:
        name === "sector" || name === "entity"
          ? { action: at(draft.id, "entity"), label: say(`${key}.search`), value: search, result }
          : null,
      canSkip: passedOver(asked, name).length > 1,
    };
    showPage(door, request, response, { page: "step", language, shown, view });
  }

  /** The page that an address names; of another type's questions there is none. */
  function stepIn(request: Request, { draft, setup }: OpenedDraft): Step {
    const step = stepsOf({ setup, typed: draft.typed }).find(({ name }) => name === request.params.page);
    if (step === undefined) throw nothingHere();
    return step;
  }

  /** Where the questions of a page are asked now that was one of its own before: drafts and addresses of then lead there. */
  const movedTo = (request: Request, { draft, setup }: OpenedDraft): StepName | null =>
    nowAskedOn(String(request.params.page), { setup, typed: draft.typed });

  /** What the story is likely about, as the draft keeps it; only where the applicant has not said it yet. */
  async function suggestedBy({ draft, from, now }: OpenedDraft, typed: Typed): Promise<Typed> {
    const isChosen = (typed.match ?? "") !== "" && (typed[offeredInput] ?? "") !== "";
    if (isChosen || (typed.entity ?? "") !== "") return {};
    const { subject = "", description = "" } = typed;
    const asked = { programme: draft.programme, subject, description, language, address: from, now };
    return { [offeredInput]: offeredAs(await services.publicPages.suggest(asked)) };
  }

  router.get("/apply/:id/:page", async (request, response) => {
    const a = await opened(request, response);
    if (a === null) return;
    if (a.draft.sent !== null) return response.redirect(303, at(a.draft.id, "sent"));
    const moved = movedTo(request, a);
    if (moved !== null) return response.redirect(303, at(a.draft.id, moved));
    const step = stepIn(request, a);
    const files = step.name === "files" ? await filesOf(a, []) : null;
    await showStep(request, response, { ...a, step, typed: a.draft.typed, faults: new Map(), files });
  });

  /** Files are read once it is known for whom. */
  const read: RequestHandler[] = door.readPost.map((handler) => (request, response, next) => {
    const mayHaveFiles = /^(files$|field-)/.test(String(request.params.page));
    return mayHaveFiles && !door.ahead.includes(handler) ? next() : handler(request, response, next);
  });

  router.post("/apply/:id/:page", ...read, async (request, response) => {
    const a = await opened(request, response);
    if (a === null) return;
    const { draft, setup, token, now } = a;
    if (draft.sent !== null) return response.redirect(303, at(draft.id, "sent"));
    const to = movedTo(request, a);
    if (to !== null) {
      // Sent from a page that was open before: what was typed there is kept.
      if (String(request.params.page).startsWith("field-")) {
        await door.readFormWithFiles(request, response, { who: "stranger", stage: null, now });
      }
      await drafts.save({ id: draft.id, token, now, typed: keptOf(request) });
      return response.redirect(303, at(draft.id, to));
    }
    const step = stepIn(request, a);
    const { name } = step;
    const receive = () => receiveFiles(request, response, a);
    const { fileOf } = step;
    const byFile = fileOf === undefined ? null : await answerByFile(a, fileOf, receive);
    const fileFaults = byFile?.faults ?? (name === "files" ? await receive() : []);
    // A page of another question takes no files.
    if (byFile === null && name.startsWith("field-")) {
      await door.readFormWithFiles(request, response, { who: "stranger", stage: null, now });
    }
    const { offersTexts } = services.publicPages;
    const search = String(request.query.q ?? "");
    const blank = { setup, now, search, offersTexts, language, texts, faults: new Map() };
    const inputs = step.questions({ ...blank, typed: draft.typed }).flatMap((question) => question.inputs);
    const sent: Typed = byFile?.sent ?? Object.fromEntries(inputs.map((input) => [input, typedIn(request, input)]));
    const typed = { ...draft.typed, ...sent };
    const go = pressed(request);
    const onward = go === "on" || go === "skip";
    const questions = step.questions({ ...blank, typed });
    const faults = onward
      ? await faultsOf(services, { setup, step: name, questions, typed, language, now, texts })
      : new Map();
    const done = onward && faults.size === 0 && fileFaults.length === 0;
    const suggested = done && name === "description" ? await suggestedBy(a, typed) : {};
    const changes = changesBy(setup, draft.typed, typed);
    const again = await dropNamedFiles(a, { ...typed, ...changes.typed });
    const asksFiles = again ? fileInputs(setup, typed) : [];
    const undone = [
      ...changes.undone,
      ...(again
        ? (["files", ...asksFiles.map((input) => `field-${input.slice("field.".length)}` as const)] as const)
        : []),
    ];
    const moved = name === "files" || byFile !== null || again;
    const filesNow: Record<string, string> = moved ? { files: (await stagedIds(a)).join(" ") } : {};
    for (const input of asksFiles) filesNow[input] = "";
    const saved = await drafts.save({
      id: draft.id,
      token,
      now,
      typed: { ...sent, ...suggested, ...changes.typed, ...filesNow },
      done: done ? doneBy({ setup, typed: { ...typed, ...changes.typed }, now }, name, go === "skip") : [],
      undone: done ? undone : [...undone, ...(onward ? [name] : [])],
    });
    if (saved === null) return void (await opened(request, response));
    if (go === "show" && fileFaults.length === 0) return response.redirect(303, request.originalUrl);
    const asked = askedSteps({ setup, typed: saved.typed, now });
    const n = placeOf(asked, name);
    const away = awayTo(go, language);
    if (away !== null) return response.redirect(303, away);
    if (go === "back") {
      return response.redirect(303, n === 0 ? `/${language}` : at(draft.id, asked[n - 1]?.name ?? "description"));
    }
    if (!done) {
      const files = name === "files" ? await filesOf(a, fileFaults) : null;
      const ofOne =
        fileOf !== undefined && fileFaults[0] !== undefined ? new Map([[fileOf, textOf(fileFaults[0])]]) : null;
      const told = fileFaults.map((one, i) => ({ input: `file-fault-${i}`, text: textOf(one) }));
      const stands = { ...a, draft: saved, typed: saved.typed };
      // What is wrong with the one file that a page asks for stands at its input.
      const stood = { faults: ofOne ?? faults, fileFaults: fileOf === undefined ? told : [] };
      return showStep(request, response, { ...stands, step, files, ...stood });
    }
    const change = request.query.change === "1";
    const passed = go === "skip" ? Math.max(1, passedOver(asked, name).length) : 1;
    // A page that is not asked, as that of the type where it was chosen with the rest, leads to what is open.
    const open = change || asked[n]?.name !== name;
    const next = open ? asked.find((one) => !saved.done.includes(one.name)) : asked[n + passed];
    response.redirect(303, at(draft.id, `${next?.name ?? "check"}${change && next !== undefined ? "?change=1" : ""}`));
  });
}

/**
 * Where a page is among those that are asked. One that is not comes behind what leads to it: entities can be searched before a
 * sector is named, and what a suggestion answered can be answered otherwise.
 */
function placeOf(asked: readonly Step[], name: StepName): number {
  const placeIn = (sought: StepName): number => asked.findIndex((one) => one.name === sought);
  const place = placeIn(name);
  return place === -1 ? Math.max(placeIn("match"), placeIn("sector")) + 1 : place;
}

/** Pages that an answer answers: finding the entity by its name answers the sector, choosing a suggestion what it says. */
function doneBy(a: Parameters<typeof askedSteps>[0], name: StepName, skipped: boolean): readonly StepName[] {
  if (name === "entity") return ["sector", name];
  const matter = name === "match" ? chosenMatter(a.typed) : null;
  if (matter !== null) return [name, ...answeredBy(matter)];
  return skipped ? [name, ...passedOver(askedSteps(a), name)] : [name];
}
