/** A case, its application, its applicant, clocks and decisions, and what it is found by, as rows: a member a column. */
import type { Row } from "../../engine/audit/row-marks.js";
import type { Clock } from "../../engine/calendar/clock.js";
import type { ContactBy } from "../../engine/letters/applicant-ways.js";
import type { Application, Case } from "../../engine/lifecycle/case.js";
import type { CaseNews } from "../../engine/lifecycle/case-news.js";
import type { CaseOutcome, DecisionRecord } from "../../engine/lifecycle/case-outcome.js";
import { nearerPromise } from "../../engine/lifecycle/nearer-promise.js";
import { nameVector } from "../../engine/search/name-words.js";
import {
  applicationTexts,
  eventTexts,
  movesPlace,
  placesOf,
  placeVector,
  textVector,
} from "../../engine/search/search-document.js";
import type { PersonalData } from "../../engine/text/mask-personal.js";

/** Who sent it, and how they want to hear of it. */
export interface StoredApplicant extends PersonalData {
  /** Since when they agree to text messages. */
  readonly smsConsentAt: Date | null;
  readonly contactBy: ContactBy | null;
}

export const hex = (bytes: Buffer | null): string | null => bytes?.toString("hex") ?? null;

/** When the current cycle's resolution is due; null while its clock is paused. */
function resolutionDueAt({ clocks, cycle }: Case): Date | null {
  return clocks.find((clock) => clock.cycle === cycle && clock.target === "resolution")?.dueAt ?? null;
}

export function applicationRow(theCase: Case, sourceId: string | null): Record<string, unknown> {
  const { receivedAt, ...application }: Application = theCase.application;
  return {
    id: theCase.id,
    ...application,
    received_at: receivedAt,
    source_id: sourceId,
  };
}

/** What an opened case has for its applicant to open it by. */
export interface Code {
  readonly codeHash: Buffer | null;
  /** The reference that the code's hash was made with, where it is another case's; left out: its own. */
  readonly codeReference?: string;
}

export function caseRow(
  { after: c, stateKind, nextDueAt }: CaseOutcome,
  { codeHash, codeReference }: Code,
): Record<string, unknown> {
  return {
    id: c.id,
    programme: c.programme,
    reference: c.reference,
    code_hash: hex(codeHash),
    code_reference: codeReference ?? null,
    split_from: c.splitFrom,
    // Nothing, where an applicant sent it: rows of before fit their marks.
    requested_by: c.requestedBy,
    type: c.application.type,
    channel: c.application.channel,
    workflow_version_id: c.workflow.versionId,
    state: c.state,
    state_kind: stateKind,
    state_since: c.stateSince,
    turn_since: c.turnSince,
    pillar: c.pillar,
    importance: c.importance,
    sector: c.sector,
    entity: c.entity,
    assignee: c.assignee,
    confidential: c.confidential,
    imported: c.application.imported,
    cycle: c.cycle,
    previous_seq: c.lastSeq,
    escalation_steps: c.escalationSteps,
    escalation_level: c.escalationLevel,
    next_due_at: nextDueAt,
    due_at: resolutionDueAt(c),
    promise_due_at: nearerPromise(c.clocks, c.cycle)?.dueAt ?? resolutionDueAt(c),
    received_at: c.application.receivedAt,
    assigned_at: c.assignedAt,
    last_official_action_at: c.lastOfficialActionAt,
    reminded_at: c.remindedAt,
    // Nothing, where there are none: rows of before fit their marks.
    reminders: c.reminders.length === 0 ? null : c.reminders.map((one) => ({ ...one, at: one.at.toISOString() })),
    first_response_at: c.firstResponseAt,
    first_resolved_at: c.firstResolvedAt,
    resolved_at: c.resolvedAt,
    resolution_working_seconds: c.resolutionWorkingSeconds,
    closed_at: c.closedAt,
    withdrawn_at: c.withdrawnAt,
    withdrawn_by: c.withdrawnBy,
    closing_reason: c.closingReason,
    rejected_at: c.rejectedAt,
    duplicate_of: c.duplicateOf,
    transfer_count: c.transferCount,
    reopen_count: c.reopenCount,
    first_reopened_at: c.firstReopenedAt,
    rating: c.rating,
    rating_scales: c.ratingScales,
    rated_at: c.ratedAt,
    rated_by: c.ratedBy,
    rating_invited_at: c.ratingInvitedAt,
    invite_to_rate_at: c.inviteToRateAt,
    remind_to_rate_at: c.remindToRateAt,
    answered_by: c.answeredBy,
    answer_written_at: c.answerWrittenAt,
  };
}

export function clockRow(clock: Clock, caseId: number): Row {
  return {
    case_id: caseId,
    cycle: clock.cycle,
    target: clock.target,
    calendar_version_id: clock.calendarVersionId,
    budget: clock.budget,
    started_at: clock.startedAt,
    consumed_seconds: Math.round(clock.consumedSeconds),
    running_since: clock.runningSince,
    paused_at: clock.pausedAt,
    due_at: clock.dueAt,
    paused_seconds: Math.round(clock.pausedSeconds),
    met_at: clock.metAt,
    breached_at: clock.breachedAt,
    cancelled_at: clock.cancelledAt,
    held_by: clock.heldBy,
  };
}

export const decisionRow = (decision: DecisionRecord, caseId: number, number: number): Row => ({
  case_id: caseId,
  number,
  cycle: decision.cycle,
  rule_set: decision.ruleSet,
  version_id: decision.versionId,
  at: decision.at,
  rule_ids: decision.ruleIds,
  outcome: decision.outcome,
  facts: decision.facts,
  faults: decision.faults,
});

/** News of one act, a row for each whose it is. */
export function newsRows({ after, news }: CaseOutcome): Record<string, unknown>[] {
  const { id, programme, entity, sector } = after;
  const rows = new Map<number | null, readonly CaseNews[]>();
  for (const one of news) rows.set(one.userId, [one, ...(rows.get(one.userId) ?? [])]);
  return [...rows].map(([userId, newestFirst]) => {
    const [newest] = newestFirst as [CaseNews];
    const { at, holder, knownTo } = newest;
    return {
      ...{ case_id: id, user_id: userId, holder, programme, entity, sector, last_seq: newest.seq, at },
      items: newestFirst.flatMap(({ seq, kinds }) => kinds.map((kind) => ({ seq, kind }))),
      // Who did it, and may share the place, knows.
      seen: knownTo === null ? {} : { [knownTo]: newest.seq },
    };
  });
}

/** What a new case is found by. */
export function textRow({ after, events }: CaseOutcome): Record<string, unknown> {
  const words = textVector([...applicationTexts(after.application), ...events.flatMap(eventTexts)]);
  return { case_id: after.id, lexemes: `${words} ${placeVector(placesOf(after))}` };
}

/** What was written and where the case went; nothing where neither happened, which most acts leave alone. */
export function addedTexts({ after, events }: CaseOutcome): Record<string, unknown>[] {
  const texts = events.flatMap(eventTexts);
  const moved = events.some(movesPlace);
  if (texts.length === 0 && !moved) return [];
  return [{ case_id: after.id, words: textVector(texts), places: moved ? placeVector(placesOf(after)) : null }];
}

/** Who sent it, and the words of the name by which they are found. */
export function applicantRow(caseId: number, a: StoredApplicant): Record<string, unknown> {
  const { name, nationalNumber, phone, email, smsConsentAt, contactBy } = a;
  return {
    ...{ case_id: caseId, name, national_number: nationalNumber, phone, email },
    sms_consent_at: smsConsentAt,
    contact_by: contactBy,
    name_words: nameVector(name),
  };
}
