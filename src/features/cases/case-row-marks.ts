/**
 * Marks of the rows of cases: as they are written, and as they are read back for checking. A column that is added to one of
 * these tables later must be empty in the rows of before, or their marks no longer fit.
 */
import type { Sequelize, Transaction } from "sequelize";
import sql, { raw, type Sql } from "sql-template-tag";
import { createMarker, differingFacts, type Row } from "../../engine/audit/row-marks.js";
import { query } from "../../platform/db/query.js";
import { storedColumns } from "./stored-columns.js";

/**
 * What of a case's row changes without an event, or is told by the events themselves. Its code is marked with the application;
 * its ladder is the outcome of the last decision on it; when its next promise is due says the mark of its clocks.
 */
const unmarked = new Set([
  "code_hash",
  "code_reference",
  "last_seq",
  "last_hash",
  "next_due_at",
  "promise_due_at",
  "invite_to_rate_at",
  "remind_to_rate_at",
  "escalation_steps",
  "answer_written_at",
]);
/** Of clocks: the events of the case say who had it. */
const unmarkedOfClocks = new Set(["held_by"]);
const codeColumns = ["code_hash", "code_reference"];

const namesOf = (table: string): string[] => Object.keys(storedColumns[table] ?? {});
const caseColumns = namesOf("cases").filter((name) => !unmarked.has(name));
const applicationColumns = namesOf("applications");
const clockColumns = namesOf("clocks").filter((name) => !unmarkedOfClocks.has(name));
const decisionColumns = namesOf("decisions");

const markApplications = createMarker([...applicationColumns, ...codeColumns]);
const markCases = createMarker(caseColumns);
const markClocks = createMarker(clockColumns);
const markDecisions = createMarker(decisionColumns);

/** What the applicant sent, and what the code of the case is known by. */
export const markedApplication = (application: Row, { code_hash, code_reference }: Row): string =>
  markApplications([{ ...application, code_hash, code_reference }]);

export const markedCase = (row: Row): string => markCases([row]);

const clockOrder = (a: Row, b: Row): number =>
  Number(a.cycle) - Number(b.cycle) || (String(a.target) < String(b.target) ? -1 : 1);

export const markedClocks = (rows: readonly Row[]): string => markClocks([...rows].sort(clockOrder));

/** In order of their numbers. */
export const markedDecisions = (rows: readonly Row[]): string =>
  markDecisions(
    rows.map((row, i) => ({ ...row, facts: differingFacts(row.facts as Row, rows[i - 1]?.facts as Row | undefined) })),
  );

/** The rows of one case as they stand; null: there is none. */
export interface StandingRows {
  readonly case: Row | null;
  readonly application: Row | null;
  readonly clocks: readonly Row[];
  /** In order of their numbers. */
  readonly decisions: readonly Row[];
}

const shown = (table: string, names: readonly string[]): string =>
  names.map((name) => (storedColumns[table]?.[name] === "hex" ? `encode(${name}, 'hex') as ${name}` : name)).join(", ");

const standing =
  (table: string, key: string, names: readonly string[], order = key) =>
  (ids: readonly string[]): Sql =>
    sql`select r.${raw(key)}::text as "caseId", to_jsonb(r) as row
      from (select ${raw(shown(table, names))} from ${raw(table)} where ${raw(key)} = any(${ids}::bigint[])) r
        order by ${raw(order)}`;
/** By numbers of cases. */
const statements = {
  cases: standing("cases", "id", [...caseColumns, ...codeColumns, "escalation_steps"]),
  applications: standing("applications", "id", applicationColumns),
  clocks: standing("clocks", "case_id", clockColumns, "r.case_id, r.cycle, r.target"),
  decisions: standing("decisions", "case_id", decisionColumns, "r.case_id, r.number"),
};

/** As JSON of PostgreSQL writes moments of UTC, to the millisecond; what is finer, or endless, is none that Diwan wrote. */
const moment = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?\+00:00$/;

function asWritten(table: string, row: Row): Row {
  const written: Record<string, unknown> = {};
  for (const name in row) {
    const value = row[name];
    const [, second, part = ""] =
      storedColumns[table]?.[name] === "timestamptz" ? (moment.exec(String(value)) ?? []) : [];
    written[name] = second === undefined ? value : `${second}.${part.padEnd(3, "0")}Z`;
  }
  return written;
}

/** Rows of these cases, as their marks were made of them, by number of the case. */
export async function standingRows(
  db: Sequelize,
  tx: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StandingRows>> {
  const read = async (table: keyof typeof statements): Promise<Map<string, Row[]>> => {
    const found = new Map<string, Row[]>();
    const rows = await query<{ caseId: string; row: Row }>(db, statements[table](ids), tx);
    for (const { caseId, row } of rows) {
      const one = found.get(caseId);
      if (one === undefined) found.set(caseId, [asWritten(table, row)]);
      else one.push(asWritten(table, row));
    }
    return found;
  };
  const cases = await read("cases");
  const applications = await read("applications");
  const clocks = await read("clocks");
  const decisions = await read("decisions");
  return new Map(
    ids.map((id) => [
      id,
      {
        case: cases.get(id)?.[0] ?? null,
        application: applications.get(id)?.[0] ?? null,
        clocks: clocks.get(id) ?? [],
        decisions: decisions.get(id) ?? [],
      },
    ]),
  );
}
