/**
 * Writes of cases. One outcome is one statement: case, events, clocks, decisions, enforcements and messages together.
 *
 * Rows travel as JSON arrays into common table expressions; that takes one round trip where a model a row takes a dozen
 * (measured: 3.2 ms of CPU for an intake with models, 1 ms with one statement).
 */

import type { Transaction } from "sequelize";
import { isHeard } from "../../engine/applicant/applicant-heard.js";
import { canonicalText, chainHash, emptyHash } from "../../engine/audit/chain.js";
import { marksMember, type Row, type RowMarks } from "../../engine/audit/row-marks.js";
import { attachmentsIn } from "../../engine/files/attachment.js";
import type { CaseOutcome } from "../../engine/lifecycle/case-outcome.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { placedTooLate, uniqueViolation } from "../../platform/db/errors.js";
import { type Database, query } from "../../platform/db/query.js";
import type { NewMessageState } from "../../platform/mail/message-store.js";
import type { ActKey } from "./act/case-act-store.js";
import type { LoadedCase } from "./case-queries.js";
import { markedApplication, markedCase, markedClocks, markedDecisions } from "./case-row-marks.js";
import {
  addedTexts,
  applicantRow,
  applicationRow,
  type Code,
  caseRow,
  clockRow,
  decisionRow,
  hex,
  newsRows,
  type StoredApplicant,
  textRow,
} from "./case-rows.js";
import { caseInsert, caseUpdate } from "./case-statements.js";
import { settleUndelivered } from "./news/settle-news.js";

/** What is written beside the outcome when a case is opened. */
export interface NewCaseRows extends Code {
  readonly sourceId: string | null;
  readonly applicant: StoredApplicant | null;
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

/** Without what is null: a record that is read from JSON has null for what is left out, and most of a case's moments are still to come. */
function sparse(row: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name in row) if (row[name] !== null) kept[name] = row[name];
  return kept;
}

interface OutcomeRows {
  readonly cases: Record<string, unknown>[];
  readonly events: Record<string, unknown>[];
  readonly clocks: Row[];
  readonly decisions: Row[];
  readonly enforcements: Record<string, unknown>[];
  readonly messages: Record<string, unknown>[];
  readonly news: Record<string, unknown>[];
  readonly files: Record<string, unknown>[];
}

function addEvents(
  rows: OutcomeRows,
  outcome: CaseOutcome,
  { takenFrom }: Taking,
  marks: RowMarks,
): { seq: number; hash: string } {
  const { after, events } = outcome;
  const chain = `case/${after.id}`;
  let seq = after.lastSeq;
  let hash = after.lastHash || emptyHash;
  for (const event of events) {
    seq += 1;
    const actor = canonicalText(event.actor);
    const data = canonicalText(event === events.at(-1) ? { ...event.data, [marksMember]: marks } : event.data);
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

/** Adds to `rows` what an outcome writes. `application`: the row of it, where the case is opened. */
function addOutcome(
  rows: OutcomeRows,
  { outcome, takenFrom }: Taking & { readonly outcome: CaseOutcome },
  code: Code,
  firstDecision: number,
  messages: NewMessageState,
  application: Row | null = null,
): void {
  const { after } = outcome;
  const row = caseRow(outcome, code);
  const decisions = outcome.decisions.map((decision, i) => decisionRow(decision, after.id, firstDecision + i));
  const marks: RowMarks = {
    ...(application !== null && { application: markedApplication(application, row) }),
    case: markedCase(row),
    clocks: markedClocks(after.clocks.map((clock) => clockRow(clock, after.id))),
    ...(decisions.length > 0 && { decisions: { from: firstDecision, mark: markedDecisions(decisions) } }),
    decided: firstDecision + decisions.length - 1,
  };
  const { seq, hash } = addEvents(rows, outcome, { takenFrom }, marks);
  rows.cases.push(sparse({ ...row, last_seq: seq, last_hash: hash }));
  for (const clock of outcome.clocks) rows.clocks.push(clockRow(clock, after.id));
  rows.decisions.push(...decisions);
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
      way: intent.way ?? "email",
      language: intent.language,
      data: intent.data,
      created_at: outcome.events[0]?.at ?? after.stateSince,
      state: intent.heldBack !== undefined ? "held" : intent.gather !== undefined ? "gathering" : messages,
      last_error: intent.heldBack ?? null,
      gather_at: intent.gather?.at ?? null,
      receiver_seat: intent.gather?.seat ?? null,
    });
  }
  rows.news.push(...newsRows(outcome));
}

const emptyRows = (): OutcomeRows => ({
  cases: [],
  events: [],
  clocks: [],
  decisions: [],
  enforcements: [],
  messages: [],
  news: [],
  files: [],
});

const json = (value: unknown): string => JSON.stringify(value);
const unlessEmpty = (rows: readonly unknown[]): string | undefined => (rows.length === 0 ? undefined : json(rows));

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
    const application = applicationRow(after, beside.sourceId);
    addOutcome(rows, one, beside, 1, a.messages, application);
    applications.push(application);
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
  const statement = caseInsert({
    revision: a.revision,
    cases: json(rows.cases),
    events: json(rows.events),
    clocks: json(rows.clocks),
    decisions: json(rows.decisions),
    enforcements: json(rows.enforcements),
    messages: json(rows.messages),
    applications: json(applications),
    applicants: json(applicants),
    keys: json(keys),
    texts: json(texts),
    news: json(rows.news),
    files: json(rows.files),
  });
  try {
    const result = await query<{ written: number }>(db, statement, a.transaction);
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

/** The rows of changed cases, and those that the statement needs only where there are some, as JSON. */
function changesOf(changed: readonly ChangedCase[], messages: NewMessageState) {
  const rows = emptyRows();
  for (const one of changed) addOutcome(rows, one, { codeHash: null }, one.nextDecision, messages);
  const brought = {
    clocks: unlessEmpty(rows.clocks),
    decisions: unlessEmpty(rows.decisions),
    enforcements: unlessEmpty(rows.enforcements),
    messages: unlessEmpty(rows.messages),
    case_news: unlessEmpty(rows.news),
  };
  return { rows, texts: changed.flatMap(({ outcome }) => addedTexts(outcome)), brought };
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
  const { rows, texts, brought } = changesOf(changed, messages);
  const values = {
    cases: json(rows.cases),
    events: json(rows.events),
    ...brought,
    texts: unlessEmpty(texts),
    files: unlessEmpty(rows.files),
  };
  const statement = caseUpdate("locked", { steps: true, values });
  const [done] = await query<{ written: number; bound: boolean }>(db, statement, transaction);
  if (done?.written !== changed.length || !done.bound) {
    throw new Problem("conflict", msg("cases.caseStore.somebodyChangedThisCaseIn"));
  }
  const heard = changed.filter(({ outcome }) => outcome.events.some(isHeard));
  await settleUndelivered(
    db,
    transaction,
    heard.map(({ outcome }) => outcome.after.id),
  );
}

/**
 * Stores what an act did to a case that nobody holds, with the key of the act, in one statement of its own. False, and then
 * nothing was written: the case or the configuration moved on since `loaded` was read, or the key was used before.
 */
export async function optimisticUpdate(
  db: Database,
  a: { loaded: LoadedCase; changed: ChangedCase; key: ActKey | null; messages: NewMessageState },
): Promise<boolean> {
  const { loaded, changed, key } = a;
  const { rows, texts, brought } = changesOf([changed], a.messages);
  const steps = changed.outcome.after.escalationSteps !== loaded.theCase.escalationSteps;
  const { escalation_steps, ...row } = rows.cases[0] ?? {};
  const values = {
    cases: json(steps ? { ...row, escalation_steps } : row),
    events: json(rows.events),
    version: loaded.version,
    revision: loaded.revision,
    ...brought,
    texts: texts[0] && json(texts[0]),
    key: key === null ? undefined : json({ user_id: key.userId, key: key.key, action: key.action, at: key.at }),
  };
  const statement = caseUpdate("optimistic", { steps, values });
  try {
    const [done] = await query<{ written: number }>(db, statement);
    return done?.written === 1;
  } catch (error) {
    // A key that was used; or an event or a decision of that number, written by somebody faster; or an entity that is no more.
    if (uniqueViolation(error) !== null || placedTooLate(error)) return false;
    throw error;
  }
}
