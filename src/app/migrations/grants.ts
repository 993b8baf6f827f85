/**
 * Gives the running role its rights anew after every migration, by the table of `rights.ts`. Append-only is a privilege, not a
 * habit.
 */
import type { Sequelize } from "sequelize";
import { type Rights, rightsOfQueue, rightsOfTables, sequences } from "./rights.js";

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const columns = (names: readonly string[]): string => `(${names.map(quoted).join(", ")})`;

function grantsOf({ read, insert, update, delete: removes }: Rights): string[] {
  return [
    ...(read === false ? [] : ["select"]),
    ...(insert === undefined ? [] : [insert === "all" ? "insert" : `insert ${columns(insert)}`]),
    ...(update === undefined ? [] : [`update ${columns(update)}`]),
    ...(removes ? ["delete"] : []),
  ];
}

function statements(schema: string, tables: Readonly<Record<string, Rights>>, role: string): string {
  return Object.entries(tables)
    .map(([table, rights]) => [grantsOf(rights), `${schema}.${quoted(table)}`] as const)
    .filter(([granted]) => granted.length > 0)
    .map(([granted, table]) => `grant ${granted.join(", ")} on ${table} to ${role};`)
    .join("\n    ");
}

/** Owner only. `runtimeRole` must exist. What it was given before, and is not in the tables, it loses. */
export async function grantRuntimeRole(owner: Sequelize, runtimeRole: string): Promise<void> {
  const role = quoted(runtimeRole);
  // Revoking a right on a table takes those on its columns along.
  await owner.query(`
    revoke create on schema public from public;
    revoke all on schema public, pgboss from ${role};
    grant usage on schema public, pgboss to ${role};
    revoke all on all tables in schema public, pgboss from ${role};
    revoke all on all sequences in schema public, pgboss from ${role};
    revoke all on all functions in schema public, pgboss from ${role};
    revoke execute on all functions in schema pgboss from public;
    grant usage on sequence ${sequences.map(quoted).join(", ")} to ${role};
    ${statements("public", rightsOfTables, role)}
    ${statements("pgboss", rightsOfQueue, role)}
  `);
}
