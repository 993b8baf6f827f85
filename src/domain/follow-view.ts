/** What the applicant's page shows of a case beside what every channel may show. */

import type { ClockSummary } from "./case-search.js";
import type { OfferedField } from "./case-view.js";
import type { Bilingual } from "./text.js";
import type { EffectName, StateKind } from "./workflow/workflow-definition.js";

export interface ApplicantAction {
  readonly action: string;
  readonly name: Bilingual;
  readonly effects: readonly EffectName[];
  readonly fields: readonly OfferedField[];
}

/** Until when an answer was promised, and how that comes about. */
export interface PromisedAnswer {
  readonly state: ClockSummary["state"];
  /** Null while it waits for the applicant. */
  readonly dueAt: Date | null;
  /** `10 working days`; null where another system set it. */
  readonly budget: Bilingual | null;
  /** What the length was decided by: type, importance, pillar, as far as they are known. */
  readonly by: readonly { readonly label: Bilingual; readonly value: Bilingual }[];
  /** The arithmetic of working time, line by line. */
  readonly lines: { readonly ar: readonly string[]; readonly en: readonly string[] };
}

export interface FollowDetail {
  readonly programmeName: Bilingual;
  readonly timeZone: string;
  readonly typeName: Bilingual;
  readonly stateKind: StateKind;
  readonly confidential: boolean;
  readonly anonymous: boolean;
  readonly description: string;
  /** Answers to the extra questions of the type. */
  readonly answers: readonly { readonly label: Bilingual; readonly value: Bilingual }[];
  readonly sector: Bilingual | null;
  readonly service: Bilingual | null;
  readonly assignedAt: Date | null;
  /** Null where no answer is promised. */
  readonly promised: PromisedAnswer | null;
  /** What the applicant may do now. */
  readonly offered: readonly ApplicantAction[];
  /** What actions of applicants are called, also those that are not offered now. */
  readonly actionNames: Readonly<Record<string, Bilingual>>;
  /** Until when it may be reopened; null where it may not. */
  readonly reopenUntil: Date | null;
}
