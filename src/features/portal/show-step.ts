/** A page of an application as it is shown: its questions with what was typed of them, and the files that wait. */
import type { Request, Response } from "express";
import { inLanguage } from "../../engine/text/text.js";
import { type ApplyDoor, type OpenedDraft, ownerOf } from "./apply-door.js";
import { isAnonymous } from "./draft-input.js";
import { idsOfFields, stagedView } from "./file-views.js";
import { type Shown, type ShownFault, showPage } from "./portal-door.js";
import type { View } from "./portal-views.js";
import { type Question, shownFaults } from "./questions.js";
import type { FileFaults } from "./read-files.js";
import { silenceView } from "./silence-view.js";
import { siteOfProgramme } from "./site-name.js";
import type { Step, StepName } from "./step.js";
import { askedSteps, entitiesFound, passedOver } from "./steps.js";

type Typed = Readonly<Record<string, string>>;

/** What shows a page, and what it shows of all files together. */
export function createStepPages({ door, language, texts, say, at }: ApplyDoor) {
  const { services } = door;

  async function filesOf(a: OpenedDraft, faults: FileFaults): Promise<View> {
    const limits = await services.attachments.limits(a.draft.programme);
    const ofFields = idsOfFields(a.setup, a.draft.typed);
    const staged = (await services.attachments.staged(ownerOf(a))).filter(({ id }) => !ofFields.has(id));
    return stagedView({ limits, staged, faults }, { texts, language });
  }

  /** What the template shows beside an input for one file. */
  async function waitingOf(a: OpenedDraft, input: string, typed: Typed): Promise<View> {
    const limits = await services.attachments.limits(a.draft.programme);
    const staged = (await services.attachments.staged(ownerOf(a))).filter(({ id }) => id === typed[input]);
    const shown = stagedView({ limits, staged, faults: [] }, { texts, language });
    return { accept: shown.accept, waiting: (shown.staged as readonly View[])[0] ?? null };
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
    const ofFile = step.fileOf === undefined ? {} : await waitingOf(a, step.fileOf, typed);
    const questions = step.questions(asking).map((question): Question => ({ ...question, ...ofFile }));
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

  return { filesOf, showStep };
}

/**
 * Where a page is among those that are asked. One that is not comes behind what leads to it: entities can be searched before a
 * sector is named, and what a suggestion answered can be answered otherwise.
 */
export function placeOf(asked: readonly Step[], name: StepName): number {
  const placeIn = (sought: StepName): number => asked.findIndex((one) => one.name === sought);
  const place = placeIn(name);
  return place === -1 ? Math.max(placeIn("match"), placeIn("sector")) + 1 : place;
}
