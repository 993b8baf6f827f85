/** In use means retired, not deleted: what a case ever named keeps its words. */

import type { Transaction } from "sequelize";
import sql, { join, raw, type Sql } from "sql-template-tag";
import {
  declarationOf,
  ownColumns,
  type RowTable,
  rowTables,
  snakeCase,
} from "../../engine/setup/tables/setup-registry.js";
import { type Database, parameter, query } from "../../platform/db/query.js";

/** Columns of other rows of the set-up that refer to the table; `[]`: a list of codes. */
const referringTo = (wanted: RowTable): string[] =>
  rowTables.flatMap((table) =>
    ownColumns(table).flatMap(([name, column]) =>
      "to" in column && column.to === wanted
        ? [`${table}.${snakeCase(name)}${column.kind === "references" ? "[]" : ""}`]
        : [],
    ),
  );

/** A row of the set-up, by parameters. */
interface Named {
  readonly programme: object;
  readonly code: object;
}

/** Rules and workflows may name a code as well; one that is published, or drafted, would have a fault without it. */
const namedByDefinitions = ({ programme, code }: Named): Sql => sql`exists (select 1 from configuration_versions v
  where v.programme = ${programme} and v.status in ('published', 'draft')
    and v.definition::text ~ ('"(entity:)?' || ${code}::text || '"'))
  or exists (select 1 from policy_changes c where c.programme = ${programme} and c.open
    and c.definition::text ~ ('"(entity:)?' || ${code}::text || '"'))`;

/** Where that is told by the row itself. */
const usedByItself: Readonly<Partial<Record<RowTable, (row: Named) => Sql>>> = {
  instructions: ({ programme, code }) =>
    sql`exists (select 1 from instructions i where i.programme = ${programme} and i.code = ${code} and i.issued_at is not null)`,
};

function everUsed(table: RowTable, row: Named): Sql {
  const uses = [...referringTo(table), ...declarationOf(table).heldBy].map((use) => {
    const [other = "", column = ""] = use.split(".");
    const named = column.endsWith("[]")
      ? sql`u.${raw(column.slice(0, -2))} @> to_jsonb(${row.code}::text)`
      : sql`u.${raw(column)} = ${row.code}`;
    return sql`exists (select 1 from ${raw(other)} u where u.programme = ${row.programme} and ${named})`;
  });
  return join([...uses, usedByItself[table]?.(row) ?? [], namedByDefinitions(row)].flat(), "\n or ");
}

/** Whether anything ever used the row: then it may be retired, never removed. A code has letters, digits, `-` and `_` only. */
export async function wasEverUsed(
  db: Database,
  { programme, table, code }: { programme: string; table: RowTable; code: string },
  transaction: Transaction,
): Promise<boolean> {
  const row = { programme: parameter(programme), code: parameter(code) };
  const [answer] = await query<{ used: boolean }>(db, sql`select ${everUsed(table, row)} as used`, transaction);
  return answer?.used !== false;
}

/** `table/code` of every row that was removed from a programme. */
export async function removedCodes(
  db: Database,
  programme: string,
  transaction: Transaction,
): Promise<ReadonlySet<string>> {
  const statement = sql`select data::json ->> 'table' || '/' || (data::json ->> 'code') as gone from audit_events
    where stream = 'configuration' and type = 'setup.removed' and data::json ->> 'programme' = ${programme}`;
  const rows = await query<{ gone: string }>(db, statement, transaction);
  return new Set(rows.map((row) => row.gone));
}
