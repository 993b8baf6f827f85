/** The pages of an application, one after the other: each is asked, answered, gone back to, and kept. */
import type { Request, RequestHandler, Response, Router } from "express";
import type { Setup } from "../../engine/setup/setup.js";
import { apart, inLanguage, type Language } from "../../engine/text/text.js";
import { type ApplyDoor, keptOf, type OpenedDraft, ownerOf } from "./apply-door.js";
import { aboutApplicant, inputAt, inputOf, isAnonymous, unknown } from "./draft-input.js";
import { answeredByFile, dropNamed, fileInputs } from "./file-views.js";
import { answeredByChoice, chosenMatter, departsFrom, offeredAs, offeredInput, typedBy } from "./match-step.js";
import type { PortalServices } from "./portal-services.js";
import type { PortalTexts } from "./portal-texts.js";
import type { Question } from "./questions.js";
import type { FileFaults } from "./read-files.js";
import { awayTo, pressed, typedIn } from "./read-post.js";
import { nothingHere } from "./show-problem.js";
import { createStepPages, placeOf } from "./show-step.js";
import { liveEntities, presentEntity, type Step, type StepName } from "./step.js";
import { askedSteps, nowAskedOn, passedOver, stepsOf } from "./steps.js";

interface Answered {
  readonly setup: Setup;
  readonly step: StepName;
  readonly questions: readonly Question[];
  /** With what the page sent. */
  readonly typed: Typed;
  readonly language: Language;
  readonly now: Date;
  readonly texts: PortalTexts;
}

/** Steps of which one must choose: not to know is an answer too. */
const mustChoose: ReadonlySet<StepName> = new Set(["match", "type", "sector", "entity", "service", "identity"]);

const waysToReach = ["name", "phone", "email"] as const;

/** Faults of what stands on this page, by input: those of intake, in the words of a page. */
async function faultsOf(
  { publicPages }: Pick<PortalServices, "publicPages">,
  a: Answered,
): Promise<ReadonlyMap<string, string>> {
  const { setup, step, questions, typed, language, now, texts } = a;
  const say = (key: string): string => texts.say(language, key);
  const faults = new Map<string, string>();
  const [only] = questions;
  if (mustChoose.has(step) && only !== undefined) {
    const value = typed[only.name] ?? "";
    const known =
      step === "entity"
        ? value === unknown ||
          liveEntities({ setup, now }).some(({ code }) => code === presentEntity(value, { setup, now }))
        : (only.options as readonly { value: string }[]).some((option) => option.value === value);
    return known ? faults : faults.set(only.name, say("form.choose"));
  }
  const input = inputOf(setup, typed, language);
  if (step === "contact" && waysToReach.every((name) => (typed[name] ?? "").trim() === "")) {
    return faults.set("name", say("step.contact.needed"));
  }
  for (const fault of await publicPages.check({ programme: setup.programme.code, input, now })) {
    const at = inputAt(fault);
    // What is missing of a place as a whole is told where the place begins.
    const question = questions.find(({ name }) => name === at || name === `${at}.governorate`);
    if (question === undefined || faults.has(question.name)) continue;
    // A title that was left out is made of the description, and the description's own fault is shown.
    if (question.name === "subject" && (typed.subject ?? "").trim() === "") continue;
    const isPoint = question.name.endsWith(".point");
    const words = isPoint
      ? "form.pointFault"
      : question.isDate
        ? "form.dateFault"
        : question.isChoice || question.isSelect
          ? "form.choose"
          : null;
    const missing = fault.reason.en.endsWith("is required for this type");
    faults.set(question.name, words === null || missing ? inLanguage(fault.reason, language) : say(words));
  }
  return faults;
}

/** What the choice of what was suggested says of type, entity and service; what was said otherwise since undoes the choice. */
function matched(setup: Setup, before: Typed, answered: Typed): Typed {
  const matter = chosenMatter(answered);
  if (before.match !== answered.match) {
    if (matter !== null) return typedBy(matter, setup);
    // What was chosen before is none of the applicant's answers.
    const was = chosenMatter(before);
    return was === null ? {} : Object.fromEntries(Object.keys(typedBy(was, setup)).map((name) => [name, ""]));
  }
  return matter !== null && departsFrom(matter, answered) ? { match: unknown } : {};
}

/** What an answer makes of others: what no longer fits is taken back and asked again. */
function changesBy(
  { setup, now }: Pick<OpenedDraft, "setup" | "now">,
  before: Typed,
  answered: Typed,
): { readonly typed: Typed; readonly undone: readonly StepName[] } {
  const typed: Record<string, string> = matched(setup, before, answered);
  const after = { ...answered, ...typed };
  const undone = new Set<StepName>();
  const changed = (name: string): boolean => (before[name] ?? "") !== (after[name] ?? "");
  if (changed("type")) {
    for (const { code } of setup.types.get(after.type ?? "")?.fields ?? []) undone.add(`field-${code}`);
    for (const step of ["details", "identity", "contact"] as const) undone.add(step);
  }
  for (const step of ["type", "sector", "entity", "service"] as const) if (typed[step] === "") undone.add(step);
  const present = (code: string | undefined): string => presentEntity(code ?? "", { setup, now });
  const sectorOf = (code: string | undefined): string | undefined => setup.entities.get(present(code))?.sector;
  const entity = after.entity ?? "";
  if (changed("entity") && sectorOf(entity) !== undefined) typed.sector = sectorOf(entity) ?? "";
  else if (changed("sector") && entity !== "" && sectorOf(entity) !== after.sector) {
    typed.entity = "";
    undone.add("entity");
  }
  if (entity === unknown && (after.sector ?? "") === "") typed.sector = unknown;
  const kept = typed.entity ?? entity;
  const service = setup.services.get(after.service ?? "");
  if (changed("entity") || typed.entity !== undefined) {
    undone.add("service");
    if (service?.entity !== present(kept)) typed.service = "";
  }
  if (isAnonymous(setup, after)) for (const name of aboutApplicant) typed[name] = "";
  const matter = before.match === after.match ? null : chosenMatter(after);
  for (const step of matter === null ? [] : answeredByChoice) undone.delete(step);
  return { typed, undone: [...undone] };
}

type Typed = Readonly<Record<string, string>>;

export function stepRoutes(apply: ApplyDoor, router: Router): void {
  const { door, language, texts, at, opened } = apply;
  const { filesOf, showStep } = createStepPages(apply);
  const { services } = door;
  const { drafts } = services.publicPages;

  const stagedIds = async (a: OpenedDraft): Promise<string[]> =>
    (await services.attachments.staged(ownerOf(a))).map(({ id }) => id);
  const textOf = ({ name, problem }: FileFaults[number]): string =>
    `${apart(name)}: ${inLanguage(problem.detail, language)}`;
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

  /** Files bear the names that they were sent under: whoever now gives no name sends them anew. Whether there were any. */
  async function dropNamedFiles(a: OpenedDraft, typed: Readonly<Record<string, string>>): Promise<boolean> {
    if (isAnonymous(a.setup, a.draft.typed) || !isAnonymous(a.setup, typed)) return false;
    const ids = await stagedIds(a);
    for (const id of ids) await services.attachments.drop({ owner: ownerOf(a), id });
    return ids.length > 0;
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
    const changes = changesBy(a, draft.typed, typed);
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

/** Pages that an answer answers: finding the entity by its name answers the sector, choosing a suggestion what it says. */
function doneBy(a: Parameters<typeof askedSteps>[0], name: StepName, skipped: boolean): readonly StepName[] {
  if (name === "entity") return ["sector", name];
  const matter = name === "match" ? chosenMatter(a.typed) : null;
  if (matter !== null) return [name, ...answeredByChoice];
  return skipped ? [name, ...passedOver(askedSteps(a), name)] : [name];
}
