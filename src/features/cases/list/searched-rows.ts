/** What a line of a list of cases is read from, wherever the cases come from. */

import sql from "sql-template-tag";
import type { CaseReach } from "../../../engine/access/permissions.js";
import type { Clock } from "../../../engine/calendar/clock.js";
import type { Application, Reminder } from "../../../engine/lifecycle/case.js";
import type { Language } from "../../../engine/text/text.js";
import type { StateKind } from "../../../engine/workflow/workflow-definition.js";
import { type Database, query } from "../../../platform/db/query.js";
import { casesWithin } from "../../people/case-scope.js";
import { clockOf, promisedClocks, remindersOf } from "../case-queries.js";

export interface SearchedRow {
  readonly id: number;
  readonly reference: string;
  readonly programme: string;
  readonly type: string;
  readonly channel: string;
  readonly state: string;
  readonly stateKind: StateKind;
  readonly workflowVersionId: number;
  readonly subject: string;
  readonly description: string;
  readonly language: Language;
  readonly sector: string | null;
  readonly entity: string | null;
  readonly pillar: string | null;
  readonly importance: string | null;
  readonly confidential: boolean;
  readonly escalationLevel: number;
  readonly reminders: readonly Reminder[];
  readonly cycle: number;
  readonly assignee: number | null;
  readonly assigneeName: string | null;
  readonly receivedAt: Date;
  /** Clocks of the current cycle: first reply and final answer, as far as they were promised. */
  readonly clocks: readonly Clock[];
}

export type StoredRow = Omit<SearchedRow, "clocks" | "reminders"> & {
  readonly clocks: readonly Record<string, unknown>[];
  readonly reminders: unknown;
};

/** Of `c`, a case, and what `searchedTables` join to it. */
export const searchedColumns = sql`c.id, c.reference, c.programme, c.type, c.channel, c.state, c.state_kind as "stateKind",
    c.workflow_version_id as "workflowVersionId", a.subject, a.description, a.language, c.sector, c.entity, c.pillar, c.importance,
    c.confidential, c.escalation_level as "escalationLevel", c.reminders, c.cycle, c.assignee, u.name as "assigneeName",
    c.received_at as "receivedAt", ${promisedClocks} as clocks`;
export const searchedTables = sql`join applications a on a.id = c.id
    left join users u on u.id = c.assignee`;

export const searchedRow = (row: StoredRow): SearchedRow => ({
  ...row,
  clocks: row.clocks.map(clockOf),
  reminders: remindersOf(row.reminders),
});

/** What an application says beside subject and description. */
export interface AskedParts {
  readonly fields: Application["fields"];
  readonly service: string | null;
  readonly governorate: string | null;
}

/** By number of the case. */
export async function askedPartsOf(db: Database, ids: readonly number[]): Promise<ReadonlyMap<number, AskedParts>> {
  if (ids.length === 0) return new Map();
  const statement = sql`select id, fields, service, governorate from applications where id = any(${ids}::bigint[])`;
  const rows = await query<AskedParts & { id: number }>(db, statement);
  return new Map(rows.map(({ id, ...parts }) => [id, parts]));
}

/** Cases by their numbers, in that order; those out of reach are left out. */
export async function rowsOfCases(
  db: Database,
  a: { ids: readonly number[]; reach: CaseReach },
): Promise<SearchedRow[]> {
  if (a.ids.length === 0) return [];
  const statement = sql`select ${searchedColumns} from unnest(${a.ids}::bigint[]) with ordinality as x(id, n)
    join cases c on c.id = x.id ${searchedTables} where ${casesWithin(a.reach)} order by x.n`;
  return (await query<StoredRow>(db, statement)).map(searchedRow);
}
