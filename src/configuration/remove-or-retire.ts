/** In use means retired, not deleted: what a case ever named keeps its words. */
import { QueryTypes, type Transaction } from "sequelize";
import { appendAudit } from "../db/audit-store.js";
import { type Database, query, type Statement } from "../db/query.js";
import { inTransaction } from "../db/transaction.js";
import { can } from "../domain/permissions.js";
import { Problem } from "../domain/problems.js";
import type { Change } from "../services.js";

/** Where the code of a table's row may stand: table and column, both of the same programme. */
const usesOf = {
  sectors: ["entities.sector", "seats.sector", "applications.sector", "cases.sector"],
  entities: ["entities.parent", "services.entity", "seats.entity", "applications.entity", "cases.entity"],
  services: ["applications.service"],
  pillars: ["applications.pillar", "cases.pillar"],
  importance_levels: ["applications.importance", "cases.importance"],
  application_types: ["applications.type"],
  channels: ["applications.channel", "channel_keys.channel"],
  applicant_categories: ["applications.category"],
  governorates: ["applications.governorate"],
  keyword_lists: [],
} as const satisfies Readonly<Record<string, readonly `${string}.${string}`[]>>;

export type SetupTable = keyof typeof usesOf;

/** Rules and workflows may name a code as well; one that a published version names is in use. */
const namedByPublished = `exists (select 1 from configuration_versions v
  where v.programme = $1 and v.status = 'published' and strpos(v.definition::text, to_json($2::text)::text) > 0)`;

function inUse(table: SetupTable): Statement {
  const uses = usesOf[table].map((use) => {
    const [other, column] = use.split(".");
    return `exists (select 1 from ${other} u where u.programme = $1 and u.${column} = $2)`;
  });
  return { name: `in-use-${table}`, text: `select ${[...uses, namedByPublished].join("\n or ")} as used` };
}

/**
 * Takes a row of the set-up away: deletes it when nothing ever used it, else retires it (it may no longer be chosen).
 * Problems: forbidden, not-found.
 */
export async function removeOrRetire(
  db: Database,
  a: { programme: string; table: SetupTable; code: string } & Change,
): Promise<"removed" | "retired"> {
  const { programme, table, code, by, now } = a;
  if (!can(by, "setup.edit", { programme })) {
    throw new Problem("forbidden", {
      en: `Only the operation room of ${programme} may change its set-up.`,
      ar: `تعديل إعدادات ${programme} من صلاحية غرفة العمليات فقط.`,
    });
  }
  return inTransaction(db, async (transaction) => {
    const where = "where programme = $1 and code = $2";
    const bind = [programme, code];
    // The lock keeps anybody from beginning to use it (foreign keys lock the row they refer to).
    const found = await db.query(`select 1 from ${table} ${where} for update`, {
      bind,
      transaction,
      type: QueryTypes.SELECT,
    });
    if (found.length === 0) {
      throw new Problem("not-found", {
        en: `There is no ${code} in ${programme}.`,
        ar: `لا يوجد ${code} في ${programme}.`,
      });
    }
    const [answer] = await query<{ used: boolean }>(db, inUse(table), bind, transaction);
    const what = answer?.used === false ? "removed" : "retired";
    const change =
      what === "removed"
        ? `delete from ${table} ${where}`
        : `update ${table} set retired_at = coalesce(retired_at, $3) ${where}`;
    await db.query(change, { bind: what === "removed" ? bind : [...bind, now], transaction });
    const data = { programme, table, code };
    await appendAudit(transaction, db, { stream: "configuration", type: `setup.${what}`, actor: by, data, at: now });
    return what;
  });
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
