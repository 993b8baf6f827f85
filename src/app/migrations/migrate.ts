/**
 * Brings a database to the state that this build expects: migrations, the queue's tables, privileges, what cases are found by,
 * marks of what earlier releases recorded untruly. Owner only.
 */
import type { Sequelize } from "sequelize";
import { SequelizeStorage, Umzug } from "umzug";
import { fillSearchBacklog } from "../../features/cases/list/search-backlog.js";
import { noteUntrueWarnings } from "../../features/policy/versions/note-untrue-warnings.js";
import type { ClientClass } from "../../platform/db/connect.js";
import { createQueues } from "../../platform/db/queue.js";
import { grantRuntimeRole } from "./grants.js";
import { migrations } from "./index.js";

function umzugOf(db: Sequelize) {
  return new Umzug({
    migrations: migrations.map(({ name, up }) => ({
      name,
      up: () => db.transaction(async (transaction) => void (await db.query(up, { transaction }))),
    })),
    context: db.getQueryInterface(),
    storage: new SequelizeStorage({ sequelize: db, tableName: "schema_migrations" }),
    logger: undefined,
  });
}

/** Runs what has not run yet and gives its names. Call it under the boot lock. */
export async function migrate(
  owner: Sequelize,
  a: { ownerUrl: string; runtimeRole: string; Client?: ClientClass | undefined },
): Promise<string[]> {
  const run = await umzugOf(owner).up();
  await createQueues(a.ownerUrl, a.Client);
  await grantRuntimeRole(owner, a.runtimeRole);
  await fillSearchBacklog(owner);
  await noteUntrueWarnings(owner);
  return run.map(({ name }) => name);
}

/** Names of migrations that this build has and the database has not; all of them on an empty database. */
export async function pendingMigrations(db: Sequelize): Promise<string[]> {
  const [[found]] = (await db.query("select to_regclass('public.schema_migrations') is not null as there")) as [
    { there: boolean }[],
    unknown,
  ];
  if (found?.there !== true) return migrations.map(({ name }) => name);
  const [rows] = (await db.query("select name from schema_migrations")) as [{ name: string }[], unknown];
  const done = new Set(rows.map(({ name }) => name));
  return migrations.map(({ name }) => name).filter((name) => !done.has(name));
}
