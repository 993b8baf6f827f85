/** A database of its own for each test file, copied from the migrated template in milliseconds. */
import { randomBytes } from "node:crypto";
import pg from "pg";
import type { Sequelize } from "sequelize";
import { connect } from "../../src/platform/db/connect.js";

/** Names as in cluster.ts, which is not imported here: a test needs no server of its own. */
const ownerLogin = "diwan_owner:owner";
const runtimeLogin = "diwan:runtime";

export interface TestDatabase {
  /** May do everything: migrates, and plays the intruder with a superuser's rights. */
  readonly ownerUrl: string;
  /** What the application runs as. */
  readonly url: string;
  /** A pool as the runtime role. */
  readonly db: Sequelize;
  /** Runs statements as the owner of the tables: what no service has a right to. */
  asOwner(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** Statements on a connection of their own. */
export async function runOn(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

const admin = (statement: string): Promise<void> =>
  runOn(`postgres://${ownerLogin}@${process.env.DIWAN_TEST_DATABASE}/postgres`, statement);

/** Templates that `cluster.ts` makes, and PostgreSQL's own. */
const templates = {
  /** Not migrated. */
  empty: "template0",
  /** Without rows. */
  migrated: "diwan_template",
  /** With the set-up, the jobs and the key of `office-template.ts`. */
  office: "diwan_office_template",
} as const;

export async function createTestDatabase(from: keyof typeof templates = "migrated"): Promise<TestDatabase> {
  const name = `test_${process.pid}_${randomBytes(4).toString("hex")}`;
  await admin(`create database ${name} template ${templates[from]} strategy file_copy`);
  const at = (login: string): string => `postgres://${login}@${process.env.DIWAN_TEST_DATABASE}/${name}`;
  const db = connect(at(runtimeLogin), { max: 10, name: "test" });
  return {
    ownerUrl: at(ownerLogin),
    url: at(runtimeLogin),
    db,
    asOwner: (sql) => runOn(at(ownerLogin), sql),
    async close() {
      await db.close();
      await admin(`drop database if exists ${name} with (force)`);
    },
  };
}
