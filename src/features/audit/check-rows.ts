/**
 * Holds the rows of cases against the marks in their events: the application as it was received, decisions, clocks, and the
 * case's own row. Beside the chain, which vouches for the marks.
 */
import type { Transaction } from "sequelize";
import type { FaultKind } from "../../engine/audit/audit-fault.js";
import { canonicalText } from "../../engine/audit/chain.js";
import type { Coverage } from "../../engine/audit/coverage.js";
import { marksIn, type Row, type RowMarks } from "../../engine/audit/row-marks.js";
import type { Database } from "../../platform/db/query.js";
import {
  markedApplication,
  markedCase,
  markedClocks,
  markedDecisions,
  type StandingRows,
  standingRows,
} from "../cases/case-row-marks.js";

/** What is counted of cases. */
export type RowCoverage = Pick<Coverage, "applications" | "cases" | "decisions">;

export interface RowFault {
  readonly seq: number;
  readonly what: FaultKind;
}

interface Recorded {
  application: { readonly seq: number; readonly mark: string } | null;
  readonly decisions: { readonly seq: number; readonly from: number; readonly to: number; readonly mark: string }[];
  /** Of the last event that has any. */
  last: { readonly seq: number; readonly marks: RowMarks } | null;
  lastSeq: number;
}

/** The ladder of a case is what was decided on it last; none where nothing was. */
function hasItsLadder({ escalation_steps }: Row, decisions: readonly Row[]): boolean {
  const decided = decisions.filter(({ rule_set }) => rule_set === "escalation").at(-1);
  return canonicalText(escalation_steps) === canonicalText(decided?.outcome ?? []);
}

/** What is wrong with the rows of one case, or null. Counts what it could hold against the record. */
function rowFault(recorded: Recorded, rows: StandingRows, covered: RowCoverage): RowFault | null {
  const { application, last } = recorded;
  covered.applications[application === null ? "uncovered" : "checked"] += 1;
  // A release without marks may have acted on it after one with marks: then its row and clocks have moved on since.
  const newest = last !== null && last.seq === recorded.lastSeq ? last : null;
  covered.cases[newest === null ? "uncovered" : "checked"] += 1;
  const marked = (number: unknown) =>
    recorded.decisions.some(({ from, to }) => from <= Number(number) && Number(number) <= to);
  const decided = rows.decisions.filter(({ number }) => marked(number)).length;
  covered.decisions.checked += decided;
  covered.decisions.uncovered += rows.decisions.length - decided;

  if (application !== null) {
    const stands = rows.application && rows.case && markedApplication(rows.application, rows.case);
    if (stands !== application.mark) return { seq: application.seq, what: "application altered" };
  }
  for (const { seq, from, to, mark } of recorded.decisions) {
    const of = rows.decisions.filter(({ number }) => from <= Number(number) && Number(number) <= to);
    if (markedDecisions(of) !== mark) return { seq, what: "decisions altered" };
  }
  if (newest === null) return null;
  const { seq, marks } = newest;
  if (rows.decisions.some(({ number }) => Number(number) > marks.decided)) return { seq, what: "decisions altered" };
  if (markedClocks(rows.clocks) !== marks.clocks) return { seq, what: "clocks altered" };
  if (rows.case === null || markedCase(rows.case) !== marks.case) return { seq, what: "case altered" };
  return application !== null && !hasItsLadder(rows.case, rows.decisions) ? { seq, what: "case altered" } : null;
}

export interface RowCheck {
  /** The next event of a case, in order. */
  add(event: { readonly caseId: string; readonly seq: number; readonly data: string }): void;
  /** The first fault of each of these cases that has one, by its number; `events` of `add` are those of these cases. */
  faults(db: Database, tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, RowFault>>;
}

/** For one batch of cases. What is held against the record, and what is not, is added to `covered`. */
export function createRowCheck(covered: RowCoverage): RowCheck {
  const known = new Map<string, Recorded>();
  return {
    add({ caseId, seq, data }) {
      const recorded = known.get(caseId) ?? { application: null, decisions: [], last: null, lastSeq: 0 };
      known.set(caseId, recorded);
      recorded.lastSeq = seq;
      const marks = marksIn(data);
      if (marks === null) return;
      recorded.last = { seq, marks };
      if (marks.application !== undefined) recorded.application = { seq, mark: marks.application };
      if (marks.decisions !== undefined) recorded.decisions.push({ seq, ...marks.decisions, to: marks.decided });
    },
    async faults(db, tx, ids) {
      const rows = await standingRows(db, tx, ids);
      const found = new Map<string, RowFault>();
      for (const id of ids) {
        const [recorded, standing] = [known.get(id), rows.get(id)];
        const fault = recorded && standing ? rowFault(recorded, standing, covered) : null;
        if (fault !== null) found.set(id, fault);
      }
      return found;
    },
  };
}
