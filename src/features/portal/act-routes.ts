/** What an applicant may do with the own case: the form of an action, kept while it is not sent. */
import type { Request, Response, Router } from "express";
import { Problem } from "../../engine/text/problems.js";
import { apart, inLanguage } from "../../engine/text/text.js";
import type { EffectName } from "../../engine/workflow/effects.js";
import { askedFrom } from "../../platform/http/body-places.js";
import { dropNamed, stagedView } from "./file-views.js";
import { type FollowDoor, type OpenedCase, saidAt, unsentOf, writtenIn } from "./follow-door.js";
import { showCase } from "./follow-routes.js";
import { actionQuestions, answerIn, type Followed, hintOf, openQuestion, turnView } from "./follow-views.js";
import { showPage } from "./portal-door.js";
import { textsAbout } from "./portal-texts.js";
import { dateInputs, dayOf, type Question, shownFaults } from "./questions.js";
import type { FileFaults } from "./read-files.js";
import { awayTo, pressed, typedIn } from "./read-post.js";
import { siteOf } from "./site-name.js";

type Action = Followed["offered"][number];

/** Faults of an action are shown at its fields; these mean that the case moved on meanwhile. */
const movedOn = new Set(["action-refused", "forbidden", "conflict", "not-now"]);

export function actRoutes(follow: FollowDoor, router: Router): void {
  const { door, language, texts, say, at, opened } = follow;
  const { services } = door;
  const { actDrafts } = services.publicPages;

  const ownerOf = (request: Request, { followed, proof }: OpenedCase) =>
    ({ kind: "applicant", reference: followed.reference, ...proof, from: askedFrom(request) }) as const;
  const mayAttach = async ({ followed }: OpenedCase, action: string): Promise<boolean> =>
    followed.attachable.includes(action) && (await services.attachments.limits(followed.programme)).most > 0;

  async function showAct(
    request: Request,
    response: Response,
    a: OpenedCase & {
      action: Action;
      typed?: Readonly<Record<string, string>>;
      faults?: ReadonlyMap<string, string>;
      failed?: string | null;
      fileFaults?: FileFaults;
    },
  ): Promise<void> {
    const { followed, action, typed = {}, faults = new Map<string, string>(), failed = null } = a;
    const { reference } = followed;
    const words = { texts: textsAbout(texts, followed.type), language };
    const questions = actionQuestions({ ...words, typed, faults }, action);
    const warns = action.effects.includes("withdraw");
    const isAbout = (effect: EffectName): boolean => action.effects.includes(effect);
    const asked = isAbout("reply") ? openQuestion(followed) : isAbout("withdraw") ? null : answerIn(followed);
    // One question first; what may be added to a mark is optional.
    const required = new Set(action.fields.filter((field) => field.required).map(({ name }) => name));
    const isMore = ({ name }: Question): boolean => isAbout("rate") && !required.has(name);
    const more = questions.filter(isMore);
    const { fileFaults = [] } = a;
    const files = (await mayAttach(a, action.action))
      ? stagedView(
          {
            limits: await services.attachments.limits(followed.programme),
            staged: await services.attachments.staged(ownerOf(request, a)),
            faults: fileFaults,
          },
          words,
        )
      : null;
    const ofFiles = fileFaults.map(({ name, problem }, i) => ({
      input: `file-fault-${i}`,
      text: `${apart(name)}: ${inLanguage(problem.detail, language)}`,
    }));
    const shown = [...shownFaults(questions, faults), ...ofFiles];
    showPage(door, request, response, {
      page: "act",
      language,
      shown: {
        title: inLanguage(action.name, language),
        site: siteOf(followed.programmeName, followed.helpLine, language),
        form: true,
        keeps: true,
        back: "form",
        faults: failed === null ? shown : [...shown, { input: null, text: failed }],
      },
      view: {
        reference,
        sentType: followed.type,
        subject: followed.subject,
        heading: inLanguage(action.name, language),
        lead: [hintOf(action, words), warns ? say("act.warn") : null].filter((text) => text !== null).join(" "),
        quoted: asked === null ? null : turnView(asked, followed, words),
        questions: questions.filter((question) => !isMore(question)),
        more,
        moreOpen: more.some(({ name }) => (typed[name] ?? "") !== "" || faults.has(name)),
        files,
        warns,
        button: warns ? inLanguage(action.name, language) : say("act.send"),
        action: at(reference, `do/${action.action}`),
      },
    });
  }

  const offered = ({ followed }: OpenedCase, request: Request) =>
    followed.offered.find(({ action }) => action === request.params.action);

  const holderOf = ({ followed, proof, now }: OpenedCase, { action }: Action) => ({
    reference: followed.reference,
    ...proof,
    action,
    now,
  });

  router.get("/follow/:reference/do/:action", async (request, response) => {
    const a = await opened(request, response);
    if (a === null) return;
    const action = offered(a, request);
    // Not possible any more, as when it was done in another tab: the case says what is.
    if (action === undefined) return response.redirect(303, at(a.followed.reference));
    if (a.followed.needCode.includes(action.action))
      return follow.askCode(request, response, { ...a, act: { action: action.action, typed: {} } });
    const typed = (await actDrafts.open(holderOf(a, action))) ?? {};
    await showAct(request, response, { ...a, action, typed });
  });

  /** Of an action that is not possible any more: nothing is done, and what was written is shown so that it can be taken along. */
  async function showOver(request: Request, response: Response, a: OpenedCase): Promise<void> {
    const { followed, now } = a;
    await door.readFormWithFiles(request, response, { who: "applicant", stage: null, now });
    const written = writtenIn(request);
    const known = written !== null && Object.hasOwn(followed.actionNames, written.action);
    const unsent = known ? unsentOf(written, followed) : [];
    if (unsent.length === 0) return response.redirect(303, at(followed.reference));
    await showCase(follow, request, response, { ...a, notice: null, status: 409, unsent });
  }

  router.post("/follow/:reference/do/:action", door.ours, async (request, response) => {
    const a = await opened(request, response);
    if (a === null) return;
    const { followed, proof, now } = a;
    const { reference } = followed;
    const action = offered(a, request);
    if (action === undefined) return showOver(request, response, a);
    if (followed.needCode.includes(action.action)) {
      await door.readFormWithFiles(request, response, { who: "applicant", stage: null, now });
      const act = writtenIn(request) ?? { action: action.action, typed: {} };
      return follow.askCode(request, response, { ...a, act });
    }
    const holder = holderOf(a, action);
    const files = await mayAttach(a, action.action);
    const owner = ownerOf(request, a);
    const { programme, anonymous: nameless } = followed;
    const stage = files ? { attachments: services.attachments, owner, programme, nameless } : null;
    const fileFaults = await door.readFormWithFiles(request, response, { who: "applicant", stage, now });
    await dropNamed(services, request, owner);
    const inputs = action.fields.flatMap(({ name, type }) => (type === "date" ? dateInputs(name) : [name]));
    const typed = Object.fromEntries(inputs.map((name) => [name, typedIn(request, name)]));
    const fields = Object.fromEntries(
      action.fields.map(({ name, type }) => [name, type === "date" ? dayOf(typed, name) : typed[name]]),
    );
    const go = pressed(request);
    if (go === "forget") {
      await actDrafts.forget(holder);
      return response.redirect(303, at(reference));
    }
    // Before it is tried: what is refused is there again, also on another page or day.
    await actDrafts.keep({ ...holder, typed });
    if (fileFaults.length > 0) return showAct(request, response, { ...a, action, typed, fileFaults });
    if (go === "show") return response.redirect(303, at(reference, `do/${action.action}`));
    if (go !== "on") return response.redirect(303, awayTo(go, language) ?? at(reference));
    const attachments = files ? (await services.attachments.staged(owner)).map(({ id }) => id) : [];
    try {
      await services.cases.performAsApplicant({
        reference,
        ...proof,
        action: action.action,
        fields,
        attachments,
        now,
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (movedOn.has(error.code))
        return showAct(request, response, { ...a, action, typed, failed: inLanguage(error.detail, language) });
      if (error.code !== "invalid-input") throw error;
      const faults = new Map(
        error.faults.map(({ field, reason }) => [field.split("/").at(-1) ?? "", inLanguage(reason, language)]),
      );
      return showAct(request, response, { ...a, action, typed, faults });
    }
    await actDrafts.forget(holder);
    response.redirect(303, saidAt(at(reference), action.action));
  });
}
