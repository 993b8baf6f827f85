/** Brings a database to the state that this build expects: migrations, the queue's tables, privileges. Owner only. */
import PgBoss from "pg-boss";
import type { Sequelize } from "sequelize";
import { SequelizeStorage, Umzug } from "umzug";
import { grantRuntimeRole } from "./grants.js";
import { migrations } from "./migrations/index.js";
import { queueNames, queueSchema } from "./queue-names.js";

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

async function createQueues(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, schema: queueSchema, max: 2, supervise: false, schedule: false });
  boss.on("error", () => undefined);
  await boss.start();
  try {
    const existing = new Set((await boss.getQueues()).map((queue) => queue.name));
    for (const name of queueNames) if (!existing.has(name)) await boss.createQueue(name);
  } finally {
    await boss.stop({ graceful: false, wait: true });
  }
}

/** Runs what has not run yet and gives its names. Call it under the boot lock. */
export async function migrate(owner: Sequelize, a: { ownerUrl: string; runtimeRole: string }): Promise<string[]> {
  const run = await umzugOf(owner).up();
  await createQueues(a.ownerUrl);
  await grantRuntimeRole(owner, a.runtimeRole);
  return run.map(({ name }) => name);
}

/** Names of migrations that this build has and the database has not; all of them on an empty database. */
export async function pendingMigrations(db: Sequelize): Promise<string[]> {
  const [[found]] = (await db.query("select to_regclass('public.schema_migrations') is not null as there")) as [{ there: boolean }[], unknown];
  if (found?.there !== true) return migrations.map(({ name }) => name);
  const [rows] = (await db.query("select name from schema_migrations")) as [{ name: string }[], unknown];
  const done = new Set(rows.map(({ name }) => name));
  return migrations.map(({ name }) => name).filter((name) => !done.has(name));
}
