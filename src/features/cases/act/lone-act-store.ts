/** Stores an act on a case that nobody holds: one statement of its own, which writes all of it or nothing. */
import type { Case } from "../../../engine/lifecycle/case.js";
import type { CaseOutcome } from "../../../engine/lifecycle/case-outcome.js";
import { placedTooLate, uniqueViolation } from "../../../platform/db/errors.js";
import { type Database, query, type Statement } from "../../../platform/db/query.js";
import type { NewMessageState } from "../../../platform/mail/message-store.js";
import { type LonePart, loneParts, loneUpdate } from "../case-statements.js";
import { addOutcome, emptyRows } from "../case-store.js";
import { addedTexts } from "../list/search-rows.js";

/** Under which an act is done once. */
export interface ActKey {
  readonly userId: number;
  readonly key: string;
  readonly action: string;
  readonly at: Date;
}

export interface StoredLoneAct {
  readonly before: Case;
  readonly outcome: CaseOutcome;
  readonly nextDecision: number;
  /** Of the row, as it was loaded. */
  readonly version: string;
  readonly revision: number;
  readonly key: ActKey | null;
  readonly messages: NewMessageState;
}

// Most acts bring none of most kinds of rows; a statement for each set of kinds spares the server the others.
const statements = new Map<string, Statement>();
function statementOf(parts: readonly LonePart[]): Statement {
  const name = parts.join(" ");
  const known = statements.get(name) ?? loneUpdate(parts);
  statements.set(name, known);
  return known;
}

/**
 * False, and then nothing was written: the case or the configuration moved on since it was read, or the act's key was used
 * before.
 */
export async function storeLoneAct(db: Database, a: StoredLoneAct): Promise<boolean> {
  const rows = emptyRows();
  addOutcome(rows, a, { codeHash: null }, a.nextDecision, a.messages);
  const [text] = addedTexts(a.outcome);
  const brought = loneParts.filter((part) => rows[part].length > 0);
  const parts: LonePart[] = [...brought];
  const values: unknown[] = brought.map((part) => JSON.stringify(rows[part]));
  const { escalation_steps: steps, ...row } = rows.cases[0] ?? {};
  if (a.outcome.after.escalationSteps !== a.before.escalationSteps) {
    parts.push("steps");
    row.escalation_steps = steps;
  }
  if (text !== undefined) {
    parts.push("texts");
    values.push(JSON.stringify(text));
  }
  if (a.key !== null) {
    parts.push("key");
    values.push(a.key.userId, a.key.key, a.key.action, a.key.at);
  }
  const first = [JSON.stringify(row), JSON.stringify(rows.events), a.version, a.revision];
  try {
    const [done] = await query<{ written: number }>(db, statementOf(parts), [...first, ...values]);
    return done?.written === 1;
  } catch (error) {
    // A key that was used; or an event or a decision of that number, written by whoever was faster; or an entity that is no more.
    if (uniqueViolation(error) !== null || placedTooLate(error)) return false;
    throw error;
  }
}
