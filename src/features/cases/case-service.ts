/** What officials read of cases: lists, pages, and who the applicant is. */

import type { Actor } from "../../engine/access/permissions.js";
import type { CasePageView, ForeseenDeadline } from "../../engine/lifecycle/views/case-view.js";
import type { FoundCase, FoundCases } from "../../engine/search/case-search.js";
import type { Language } from "../../engine/text/text.js";
import type { ActiveSetup } from "../setup/active-setup.js";
import { actOfKey } from "./act/case-act-store.js";
import { type KeepDraft, keepDraft, readDrafts, type SavedDraft, type StoredDraft } from "./act/case-drafts.js";
import { foreseeDeadlines } from "./act/foresee-deadlines.js";
import { type LetterAsked, type LetterToSend, letterToSend } from "./act/preview-letter.js";
import {
  type FilledTemplate,
  filledTemplate,
  type OfferedTemplate,
  offeredTemplates,
  type TemplateAsked,
} from "./act/reply-templates.service.js";
import { wayBackNow } from "./act/take-back.js";
import type { CaseParts } from "./case-parts.js";
import { type ApplicantAsked, type ApplicantFound, findApplicant } from "./list/find-applicant.js";
import { type NearAsked, type NearCases, nearCases } from "./list/near-cases.js";
import { type NextAsked, type NextToDo, nextToDo } from "./list/next-to-do.js";
import {
  type CaseAsked,
  type CaseChoices,
  type CaseSearch,
  type ChoicesAsked,
  caseChoices,
  countCases,
  findCases,
  searchCases,
} from "./list/search-cases.js";
import { type CasePageParts, casePage } from "./page/case-page.service.js";
import { type EarlierEntries, earlierEntries, type TimelineAsked } from "./page/case-timeline.service.js";
import { type ReadApplicant, readApplicant } from "./page/read-applicant.js";
import { type RelatedCasesOf, relatedCasesReader } from "./page/related-cases.js";
import { caseInReach } from "./read-case.js";

export interface CaseService {
  /** One page of the actor's cases with their number. Problem invalid-input beyond the furthest page. */
  search(a: CaseSearch): Promise<FoundCases>;
  /** The page alone. */
  find(a: CaseSearch): Promise<readonly FoundCase[]>;
  /** Cases that say a word one letter away from what was typed, the likeliest first, at most ten: for a search that found hardly any. */
  near(a: NearAsked): Promise<NearCases>;
  /** Their number alone: exact up to 1,000, then about. */
  count(a: CaseAsked): Promise<{ total: number; estimated: boolean }>;
  /** Of cases of a list the first that waits for the actor; null: none does. */
  nextToDo(a: NextAsked): Promise<NextToDo | null>;
  /** What the actor's list can be filtered by, a programme of the reach. */
  choices(a: ChoicesAsked): Promise<readonly CaseChoices[]>;
  /** What else its applicant sent, and what is about the same. Problem not-found, also for a case that is not the actor's. */
  related: RelatedCasesOf;
  /** Cases by who sent them, on record. Problems: forbidden, invalid-input at `/applicant`. */
  findApplicant(a: ApplicantAsked): Promise<ApplicantFound>;
  /** Where a case lies that the actor may see; null: there is none, or it is not the actor's. */
  inReach(a: {
    reference: string;
    actor: Actor;
  }): Promise<{ readonly caseId: number; readonly programme: string } | null>;
  /** Problem not-found, also for a case that is not the actor's. */
  page(a: { reference: string; actor: Actor; now: Date }): Promise<CasePageView>;
  /** What happened before what the page shows. Problem not-found, also for a case that is not the actor's. */
  timeline(a: TimelineAsked): Promise<EarlierEntries>;
  /** Problems: not-found, forbidden. Unmasked reading is an event of the case. */
  readApplicant(a: { reference: string; actor: Actor; unmask: boolean; now: Date }): Promise<ReadApplicant>;
  /** What the actor alone is writing about a case. Problem not-found, also for a case that is not the actor's. */
  drafts(a: { reference: string; actor: Actor }): Promise<readonly StoredDraft[]>;
  /** Keeps what was typed, or throws it away. Problems: not-found, forbidden, invalid-input. */
  keepDraft(a: KeepDraft): Promise<SavedDraft>;
  /** What the applicant would be sent by an act; nothing is stored. Problems: as of the act itself. */
  letterToSend(a: LetterAsked): Promise<LetterToSend>;
  /** Which deadlines an act would move; nothing is stored. Problems: as of the act itself. */
  foreseeDeadlines(a: Parameters<typeof foreseeDeadlines>[1]): Promise<readonly ForeseenDeadline[] | null>;
  /** The act that the actor did under a key: whether a request whose answer was lost had arrived. */
  actDone(a: { actor: Actor; actKey: string; now: Date }): Promise<ActDone | null>;
  /** Reply templates for the case. Problem not-found, also for a case that is not the actor's. */
  replyTemplates(a: TemplateAsked): Promise<readonly OfferedTemplate[]>;
  /** One of them filled in, in the applicant's language unless another is named. Problems: not-found, invalid-input at `/template`. */
  fillTemplate(a: TemplateAsked & { template: string; language?: Language | undefined }): Promise<FilledTemplate>;
}

/** An act that was done under a key, with the way back where it was a forward that its author can take back. */
interface ActDone {
  readonly reference: string;
  readonly action: string;
  readonly at: Date;
  readonly takeBack?: { readonly seq: number; readonly until: Date };
}

/** @param callBacksOf what later features show on the page of a case */
export function createCaseService(
  parts: CaseParts & Pick<CasePageParts, "offersTexts">,
  active: ActiveSetup,
  callBacksOf: CasePageParts["callBacksOf"],
): CaseService {
  const searching = { db: parts.db, policies: parts.policies, programmes: () => active.programmes() };
  return {
    search: (a) => searchCases(searching, a),
    find: (a) => findCases(searching, a),
    near: (a) => nearCases(searching, a),
    nextToDo: (a) => nextToDo(parts, a),
    count: (a) => countCases(searching, a),
    choices: (a) => caseChoices(searching, a),
    related: relatedCasesReader(parts),
    findApplicant: (a) => findApplicant(searching, a),
    inReach: (a) => caseInReach(parts, a),
    page: (a) => casePage({ ...parts, active, callBacksOf }, a),
    timeline: (a) => earlierEntries(parts, a),
    readApplicant: (a) => readApplicant(parts, a),
    drafts: (a) => readDrafts(parts, a),
    keepDraft: (a) => keepDraft(parts, a),
    letterToSend: (a) => letterToSend(parts, a),
    foreseeDeadlines: (a) => foreseeDeadlines(parts, a),
    async actDone({ actor, actKey, now }) {
      const done = actor.kind === "user" ? await actOfKey(parts.db, { userId: actor.userId, key: actKey }) : null;
      if (done === null) return null;
      const { reference, action, at } = done;
      const takeBack = await wayBackNow(parts, { reference, actor, now });
      return { reference, action, at, ...(takeBack !== null && { takeBack }) };
    },
    replyTemplates: (a) => offeredTemplates(parts, a),
    fillTemplate: (a) => filledTemplate(parts, a),
  };
}
