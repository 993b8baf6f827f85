/**
 * Brings a database to the state that this build expects: migrations, the queue's tables, privileges, what cases are found by.
 * Owner only.
 */
import type { Sequelize } from "sequelize";
import { fillSearchBacklog } from "../../features/cases/list/search-backlog.js";
import type { ClientClass } from "../../platform/db/connect.js";
import { createQueues } from "../../platform/db/queue.js";
import { grantRuntimeRole } from "./grants.js";
import { migrations } from "./index.js";

async function umzugOf(db: Sequelize) {
  // Most starts have nothing to migrate.
  const { SequelizeStorage, Umzug } = await import("umzug");
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

/** Names of migrations that ran in a database; none where it is empty. */
async function ranIn(db: Sequelize): Promise<readonly string[]> {
  const [[found]] = (await db.query("select to_regclass('public.schema_migrations') is not null as there")) as [
    { there: boolean }[],
    unknown,
  ];
  if (found?.there !== true) return [];
  const [rows] = (await db.query("select name from schema_migrations order by name")) as [{ name: string }[], unknown];
  return rows.map(({ name }) => name);
}

/** Error, with what to do, for a database of a version before the baseline. Names begin with their day. */
function requireBaseline(ran: readonly string[]): void {
  const baseline = migrations[0]?.name ?? "";
  const earlier = ran.find((name) => name < baseline.slice(0, "2026-12-04".length));
  if (earlier === undefined) return;
  throw new Error(
    [
      `The database was made by an earlier version of Diwan (${earlier}). This version does not open it; nothing in it was changed.`,
      "  To keep its configuration: run “npm run diwan -- export-config FOLDER” with the earlier version, start this one with an empty database",
      "  (DATABASE_URL, or another DIWAN_HOME), and run “npm run diwan -- import-config FOLDER”.",
      "  To begin the demo anew: “npm run demo -- --reset”.",
    ].join("\n"),
  );
}

/** Runs what has not run yet and gives its names. Call it under the boot lock. Error for a database of an earlier version. */
export async function migrate(
  owner: Sequelize,
  a: { ownerUrl: string; runtimeRole: string; Client?: ClientClass | undefined },
): Promise<string[]> {
  requireBaseline(await ranIn(owner));
  const run = await (await umzugOf(owner)).up();
  await createQueues(a.ownerUrl, a.Client);
  await grantRuntimeRole(owner, a.runtimeRole);
  await fillSearchBacklog(owner);
  return run.map(({ name }) => name);
}

/** Names of migrations that this build has and the database has not; all of them on an empty database. Error as `migrate`. */
export async function pendingMigrations(db: Sequelize): Promise<string[]> {
  const ran = await ranIn(db);
  requireBaseline(ran);
  const done = new Set(ran);
  return migrations.map(({ name }) => name).filter((name) => !done.has(name));
}
