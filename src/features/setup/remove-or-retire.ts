/** In use means retired, not deleted: what a case ever named keeps its words. */

import type { Transaction } from "sequelize";
import {
  declarationOf,
  ownColumns,
  type RowTable,
  rowTables,
  snakeCase,
} from "../../engine/setup/tables/setup-registry.js";
import { type Database, query, type Statement } from "../../platform/db/query.js";

/** Columns of other rows of the set-up that refer to the table; `[]`: a list of codes. */
const referringTo = (wanted: RowTable): string[] =>
  rowTables.flatMap((table) =>
    ownColumns(table).flatMap(([name, column]) =>
      "to" in column && column.to === wanted
        ? [`${table}.${snakeCase(name)}${column.kind === "references" ? "[]" : ""}`]
        : [],
    ),
  );

/** Rules and workflows may name a code as well; one that is published, or drafted, would have a fault without it. */
const namedByDefinitions = `exists (select 1 from configuration_versions v
  where v.programme = $1 and v.status in ('published', 'draft')
    and v.definition::text ~ ('"(entity:)?' || $2::text || '"'))
  or exists (select 1 from policy_changes c where c.programme = $1 and c.open
    and c.definition::text ~ ('"(entity:)?' || $2::text || '"'))`;

/** Where that is told by the row itself. */
const usedByItself: Readonly<Partial<Record<RowTable, string>>> = {
  instructions:
    "exists (select 1 from instructions i where i.programme = $1 and i.code = $2 and i.issued_at is not null)",
};

function everUsed(table: RowTable): Statement {
  const uses = [...referringTo(table), ...declarationOf(table).heldBy].map((use) => {
    const [other, column] = use.split(".");
    const named = column?.endsWith("[]") ? `u.${column.slice(0, -2)} @> to_jsonb($2::text)` : `u.${column} = $2`;
    return `exists (select 1 from ${other} u where u.programme = $1 and ${named})`;
  });
  return {
    name: `ever-used-${table}`,
    text: `select ${[...uses, usedByItself[table] ?? [], namedByDefinitions].flat().join("\n or ")} as used`,
  };
}

/** Whether anything ever used the row: then it may be retired, never removed. A code has letters, digits, `-` and `_` only. */
export async function wasEverUsed(
  db: Database,
  { programme, table, code }: { programme: string; table: RowTable; code: string },
  transaction: Transaction,
): Promise<boolean> {
  const [answer] = await query<{ used: boolean }>(db, everUsed(table), [programme, code], transaction);
  return answer?.used !== false;
}

/** $1 programme: the audit tells what was removed, so that seeding does not bring it back. */
const removedStatement: Statement = {
  name: "removed-codes",
  text: `select data::json ->> 'table' || '/' || (data::json ->> 'code') as gone from audit_events
    where stream = 'configuration' and type = 'setup.removed' and data::json ->> 'programme' = $1`,
};

/** `table/code` of every row that was removed from a programme. */
export async function removedCodes(
  db: Database,
  programme: string,
  transaction: Transaction,
): Promise<ReadonlySet<string>> {
  const rows = await query<{ gone: string }>(db, removedStatement, [programme], transaction);
  return new Set(rows.map((row) => row.gone));
}
