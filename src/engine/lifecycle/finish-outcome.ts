/** From a worked-out draft to what is stored: which messages its events owe to whom, what is news, and when the case is due next. */

import type { Clock } from "../calendar/clock.js";
import type { ApplicantWay } from "../letters/applicant-ways.js";
import { decideDelivery } from "../letters/choose-delivery.js";
import { withLetters } from "../letters/letters-of-event.js";
import { type LinkedDuplicate, owedMessages } from "../letters/messages-for.js";
import type { Setup } from "../setup/setup.js";
import type { WorkflowDefinition } from "../workflow/workflow-definition.js";
import type { CaseDraft } from "./case-draft.js";
import { caseNews } from "./case-news.js";
import type { CaseOutcome } from "./case-outcome.js";
import { nextMoment } from "./due-moments.js";
import type { CalendarOf } from "./sync-clocks.js";

/** `before`: the clocks as they were loaded (none for a new case). */
export function finishOutcome(a: {
  draft: CaseDraft;
  before: readonly Clock[];
  workflow: WorkflowDefinition;
  setup: Setup;
  calendarOf: CalendarOf;
  applicantWays: readonly ApplicantWay[];
  /** The answer that an earlier act wrote and this one lets take effect (a quality review's approval). */
  lastAnswer?: string | null;
  /** Whose applicants hear the answer too, when this act resolves the case. */
  duplicates?: readonly LinkedDuplicate[];
  /** The answer of the case that this act links to, when it has one already. */
  originalAnswer?: string | null;
  /** Instead of the next moment of its schedule: for a case whose schedule cannot be worked out. */
  nextDueAt?: Date;
}): CaseOutcome {
  const { draft, before, workflow, setup, calendarOf, applicantWays, lastAnswer = null, duplicates = [] } = a;
  const { originalAnswer = null } = a;
  const { now } = draft;
  // An invitation that nothing brings to the applicant is none, and leads to no reminder.
  const happened = draft.events.filter(({ type }) => type !== "applicant.invited" || applicantWays.length > 0);
  const uninvited = happened.length < draft.events.length;
  const theCase = uninvited ? { ...draft.theCase, remindToRateAt: null } : draft.theCase;
  const events = happened.map((event, i) => ({ ...event, caseId: theCase.id, seq: theCase.lastSeq + i + 1 }));
  const telling = { theCase, events, setup, workflow, now, applicantWays, lastAnswer, duplicates, originalAnswer };
  const { owed, spared } = owedMessages(telling);
  const as = { theCase, setup, now, calendar: () => calendarOf(setup.calendar.versionId) };
  const decided = decideDelivery(owed, as);
  return {
    after: theCase,
    stateKind: workflow.states[theCase.state]?.kind ?? "open",
    clocks: theCase.clocks.filter((clock) => !before.includes(clock)),
    events: withLetters(events, { decided, spared: decideDelivery(spared, as) }),
    decisions: draft.decisions,
    enforcements: draft.enforcements,
    intents: decided.flatMap(({ intent, way }) => (way === "none" ? [] : [intent])),
    news: caseNews({ theCase, events, setup, workflow }),
    nextDueAt: theCase.application.imported ? null : (a.nextDueAt ?? nextMoment({ theCase, workflow, calendarOf })),
  };
}
