/**
 * Writes of cases. One outcome is one statement: case, events, clocks, decisions, enforcements and messages together.
 *
 * Rows travel as JSON arrays into common table expressions; that takes one round trip where a model a row takes a dozen
 * (measured: 3.2 ms of CPU for an intake with models, 1 ms with one statement).
 */
import type { Transaction } from "sequelize";
import { attachmentsIn } from "../domain/attachments/attachment.js";
import { canonicalText, chainHash, emptyHash } from "../domain/audit/chain.js";
import type { Application, Case } from "../domain/case.js";
import type { CaseOutcome } from "../domain/case-outcome.js";
import { Problem } from "../domain/problems.js";
import { caseInsert, caseUpdate } from "./case-statements.js";
import { placedTooLate } from "./errors.js";
import type { NewMessageState } from "./message-store.js";
import { type Database, query } from "./query.js";
import { addedTexts, applicantRow, textRow } from "./search-rows.js";

/** What is written beside the outcome when a case is opened. */
export interface NewCaseRows {
  readonly codeHash: Buffer | null;
  /** The reference that the code's hash was made with, where it is another case's; left out: its own. */
  readonly codeReference?: string;
  readonly sourceId: string | null;
  readonly applicant: {
    readonly name: string | null;
    readonly nationalNumber: string | null;
    readonly phone: string | null;
    readonly email: string | null;
  } | null;
  readonly idempotency: {
    /** Null: our own pages. */
    readonly channelKeyId: number | null;
    readonly keyHash: Buffer;
    readonly requestHash: Buffer;
    readonly answer: unknown;
    readonly lockedCode: Buffer;
  } | null;
}

/** By whom the files that an outcome's events name were staged; left out: it takes no files along. */
interface Taking {
  readonly takenFrom?: string | undefined;
}

export interface OpenedCase extends Taking {
  readonly outcome: CaseOutcome;
  readonly rows: NewCaseRows;
}

const hex = (bytes: Buffer | null): string | null => bytes?.toString("hex") ?? null;

/** By what lists are sorted: when the current cycle's resolution is due; null while its clock is paused. */
function resolutionDueAt({ clocks, cycle }: Case): Date | null {
  return clocks.find((clock) => clock.cycle === cycle && clock.target === "resolution")?.dueAt ?? null;
}

function applicationRow(theCase: Case, sourceId: string | null): Record<string, unknown> {
  const { receivedAt, ...application }: Application = theCase.application;
  return {
    id: theCase.id,
    ...application,
    received_at: receivedAt,
    source_id: sourceId,
  };
}

/** What an opened case has for its applicant to open it by. */
type Code = Pick<NewCaseRows, "codeHash" | "codeReference">;

function caseRow(
  { after: c, stateKind, nextDueAt }: CaseOutcome,
  { codeHash, codeReference }: Code,
  lastSeq: number,
  lastHash: string,
): Record<string, unknown> {
  return {
    id: c.id,
    programme: c.programme,
    reference: c.reference,
    code_hash: hex(codeHash),
    code_reference: codeReference ?? null,
    split_from: c.splitFrom,
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
    last_seq: lastSeq,
    last_hash: lastHash,
    escalation_steps: c.escalationSteps,
    escalation_level: c.escalationLevel,
    next_due_at: nextDueAt,
    due_at: resolutionDueAt(c),
    received_at: c.application.receivedAt,
    assigned_at: c.assignedAt,
    last_official_action_at: c.lastOfficialActionAt,
    reminded_at: c.remindedAt,
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
    rating_invited_at: c.ratingInvitedAt,
    answered_by: c.answeredBy,
  };
}

/** Without what is null: a record that is read from JSON has null for what is left out, and most of a case's moments are still to come. */
function sparse(row: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name in row) if (row[name] !== null) kept[name] = row[name];
  return kept;
}

export interface OutcomeRows {
  readonly cases: Record<string, unknown>[];
  readonly events: Record<string, unknown>[];
  readonly clocks: Record<string, unknown>[];
  readonly decisions: Record<string, unknown>[];
  readonly enforcements: Record<string, unknown>[];
  readonly messages: Record<string, unknown>[];
  readonly files: Record<string, unknown>[];
}

function addEvents(rows: OutcomeRows, outcome: CaseOutcome, { takenFrom }: Taking): { seq: number; hash: string } {
  const { after, events } = outcome;
  const chain = `case/${after.id}`;
  let seq = after.lastSeq;
  let hash = after.lastHash || emptyHash;
  for (const event of events) {
    seq += 1;
    const actor = canonicalText(event.actor);
    const data = canonicalText(event.data);
    const next = chainHash(hash, { chain, seq, at: event.at, type: event.type, actor, data });
    rows.events.push({
      case_id: after.id,
      seq,
      at: event.at,
      type: event.type,
      actor,
      data,
      previous_hash: hash,
      hash: next,
    });
    if (takenFrom !== undefined) {
      const binding = { owner: takenFrom, case_id: after.id, seq };
      rows.files.push(...attachmentsIn(event.data).map(({ id }) => ({ id, ...binding })));
    }
    hash = next;
  }
  return { seq, hash };
}

/** Adds to `rows` what an outcome writes. */
export function addOutcome(
  rows: OutcomeRows,
  { outcome, takenFrom }: Taking & { readonly outcome: CaseOutcome },
  code: Code,
  firstDecision: number,
  messages: NewMessageState,
): void {
  const { after } = outcome;
  const { seq, hash } = addEvents(rows, outcome, { takenFrom });
  rows.cases.push(sparse(caseRow(outcome, code, seq, hash)));
  for (const clock of outcome.clocks) {
    rows.clocks.push({
      case_id: after.id,
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
    });
  }
  outcome.decisions.forEach((decision, i) => {
    rows.decisions.push({
      case_id: after.id,
      number: firstDecision + i,
      cycle: decision.cycle,
      rule_set: decision.ruleSet,
      version_id: decision.versionId,
      at: decision.at,
      rule_ids: decision.ruleIds,
      outcome: decision.outcome,
      facts: decision.facts,
      faults: decision.faults,
    });
  });
  for (const e of outcome.enforcements) {
    rows.enforcements.push({
      case_id: after.id,
      cycle: e.cycle,
      rule_id: e.ruleId,
      level: e.level,
      kind: e.kind,
      due_at: e.dueAt,
      at: e.at,
    });
  }
  for (const intent of outcome.intents) {
    rows.messages.push({
      key: intent.key,
      case_id: after.id,
      programme: after.programme,
      template: intent.template,
      receiver_user: intent.receiver.kind === "user" ? intent.receiver.userId : null,
      receiver_case: intent.receiver.kind === "applicant" ? intent.receiver.caseId : null,
      language: intent.language,
      data: intent.data,
      created_at: outcome.events[0]?.at ?? after.stateSince,
      state: intent.heldBack === undefined ? messages : "held",
      last_error: intent.heldBack ?? null,
    });
  }
}

export const emptyRows = (): OutcomeRows => ({
  cases: [],
  events: [],
  clocks: [],
  decisions: [],
  enforcements: [],
  messages: [],
  files: [],
});

const asBinds = (rows: OutcomeRows): string[] =>
  [rows.cases, rows.events, rows.clocks, rows.decisions, rows.enforcements, rows.messages].map((r) =>
    JSON.stringify(r),
  );

/**
 * Stores new cases in one statement of its own, provided that the configuration is still at `revision` and that nobody
 * took the files meanwhile or retired the entity while it was stored: false otherwise, and then nothing was written and the caller decides again. Errors of unique keys (reference, source
 * number, Idempotency-Key) come through as the database's.
 */
export async function insertCases(
  db: Database,
  opened: readonly OpenedCase[],
  a: { revision: number; messages: NewMessageState; transaction?: Transaction },
): Promise<boolean> {
  const rows = emptyRows();
  const applications: Record<string, unknown>[] = [];
  const applicants: Record<string, unknown>[] = [];
  const keys: Record<string, unknown>[] = [];
  const texts: Record<string, unknown>[] = [];
  for (const one of opened) {
    const { outcome, rows: beside } = one;
    const { after } = outcome;
    addOutcome(rows, one, beside, 1, a.messages);
    applications.push(applicationRow(after, beside.sourceId));
    texts.push(textRow(outcome));
    if (beside.applicant) applicants.push(applicantRow(after.id, beside.applicant));
    if (beside.idempotency) {
      const { channelKeyId, keyHash, requestHash, answer, lockedCode } = beside.idempotency;
      keys.push({
        channel_key_id: channelKeyId,
        key_hash: hex(keyHash),
        request_hash: hex(requestHash),
        case_id: after.id,
        answer,
        locked_code: hex(lockedCode),
        created_at: after.application.receivedAt,
      });
    }
  }
  const values = [
    a.revision,
    ...asBinds(rows),
    JSON.stringify(applications),
    JSON.stringify(applicants),
    JSON.stringify(keys),
    JSON.stringify(texts),
    JSON.stringify(rows.files),
  ];
  try {
    const result = await query<{ written: number }>(db, caseInsert, values, a.transaction);
    return (result[0]?.written ?? 0) === opened.length;
  } catch (error) {
    // A transaction that failed has to begin anew as a whole.
    if (a.transaction === undefined && placedTooLate(error)) return false;
    throw error;
  }
}

/** A case as it was loaded, with the number that its next decision gets. */
export interface ChangedCase extends Taking {
  readonly outcome: CaseOutcome;
  readonly nextDecision: number;
}

/**
 * Stores what acts did to cases that the transaction has locked. Problem `conflict` when one of them has moved on since
 * it was loaded: everything is then undone.
 */
export async function updateCases(
  db: Database,
  transaction: Transaction,
  changed: readonly ChangedCase[],
  messages: NewMessageState,
): Promise<void> {
  if (changed.length === 0) return;
  const rows = emptyRows();
  for (const one of changed) addOutcome(rows, one, { codeHash: null }, one.nextDecision, messages);
  const texts = changed.flatMap(({ outcome }) => addedTexts(outcome));
  const values = [...asBinds(rows), JSON.stringify(texts), JSON.stringify(rows.files)];
  const result = await query<{ written: number; bound: boolean }>(db, caseUpdate, values, transaction);
  if ((result[0]?.written ?? 0) !== changed.length || !result[0]?.bound) {
    throw new Problem("conflict", {
      en: "Somebody changed this case in the meantime. Load it again and repeat what you did.",
      ar: "غيّر شخص آخر هذه المعاملة في هذه الأثناء. حمّلها ثانية وأعد ما فعلت.",
    });
  }
}
