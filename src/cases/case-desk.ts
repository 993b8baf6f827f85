/** What officials read of cases: lists, pages, and who the applicant is. */
import type { ActiveSetup } from "../configuration/active-setup.js";
import type { FoundCase, FoundCases } from "../domain/case-search.js";
import type { CasePageView } from "../domain/case-view.js";
import type { Actor } from "../domain/permissions.js";
import { casePage } from "./case-page.js";
import type { CaseParts } from "./case-parts.js";
import { type ReadApplicant, readApplicant } from "./read-applicant.js";
import {
  type CaseAsked,
  type CaseChoices,
  type CaseSearch,
  caseChoices,
  countCases,
  findCases,
  searchCases,
} from "./search-cases.js";

export interface CaseDesk {
  /** One page of the actor's cases with their number. Problem invalid-input beyond the furthest page. */
  search(a: CaseSearch): Promise<FoundCases>;
  /** The page alone. */
  find(a: CaseSearch): Promise<readonly FoundCase[]>;
  /** Their number alone: exact up to 1,000, then about. */
  count(a: CaseAsked): Promise<{ total: number; estimated: boolean }>;
  /** What the actor's list can be filtered by, a programme of the reach. */
  choices(a: { actor: Actor }): Promise<readonly CaseChoices[]>;
  /** Problem not-found, also for a case that is not the actor's. */
  page(a: { reference: string; actor: Actor; now: Date }): Promise<CasePageView>;
  /** Problems: not-found, forbidden. Unmasked reading is an event of the case. */
  readApplicant(a: { reference: string; actor: Actor; unmask: boolean; now: Date }): Promise<ReadApplicant>;
}

export function createCaseDesk(parts: CaseParts, active: ActiveSetup): CaseDesk {
  const searching = { db: parts.db, policies: parts.policies, programmes: () => active.programmes() };
  return {
    search: (a) => searchCases(searching, a),
    find: (a) => findCases(searching, a),
    count: (a) => countCases(searching, a),
    choices: (a) => caseChoices(searching, a),
    page: (a) => casePage({ db: parts.db, policies: parts.policies, active }, a),
    readApplicant: (a) => readApplicant(parts, a),
  };
}
