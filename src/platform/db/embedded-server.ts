/** The PostgreSQL server of a data folder: made, asked whether it is up, started, filled with its roles, stopped. */
import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import { type Binaries, type Identity, runBinary } from "./postgres-binaries.js";

/** What is known about the server of a data folder, in its `postgres.json`. */
export interface ServerState {
  readonly folder: string;
  readonly port: number;
  readonly ownerPassword: string;
  readonly password: string;
}

export const owner = "diwan_owner";
export const runtime = "diwan";
export const database = "diwan";
/** PostgreSQL's own words for: still starting or already ending; full; not that password. */
const [cannotConnectNow, tooManyConnections, wrongPassword] = ["57P03", "53300", "28P01"];
export const urlOf = (state: ServerState, login: string, password: string, name = database): string =>
  `postgres://${login}:${password}@127.0.0.1:${state.port}/${name}`;

export const dataOf = (state: ServerState): string => path.join(state.folder, "data");

/** `wanted` when nobody listens there, else any port. */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", (error) => (wanted === 0 ? reject(error) : resolve(freePort())));
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

/** Makes the cluster beside its place and moves it there when it is whole: what a kill interrupts is no database. */
export async function initialise(
  state: ServerState,
  binaries: Binaries,
  identity: Identity,
  say: (words: Bilingual) => void,
): Promise<void> {
  if (existsSync(dataOf(state))) return;
  say(msg("db.embedded.creating"));
  for (const name of readdirSync(state.folder)) {
    if (name.startsWith("data-")) rmSync(path.join(state.folder, name), { recursive: true, force: true });
  }
  const fresh = path.join(state.folder, `data-${randomBytes(6).toString("hex")}`);
  mkdirSync(fresh, { mode: 0o700 });
  const passwordFile = path.join(state.folder, "initial-password");
  writeFileSync(passwordFile, `${state.ownerPassword}\n`, { mode: 0o600 });
  if (identity !== null) for (const file of [fresh, passwordFile]) chownSync(file, identity.uid, identity.gid);
  try {
    await runBinary(binaries, identity, "initdb", [
      `--pgdata=${fresh}`,
      `--username=${owner}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // Under ctype C PostgreSQL knows no Arabic letters.
      "--locale=C.UTF-8",
      "--no-sync",
    ]);
    renameSync(fresh, dataOf(state));
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
  }
}

/** Whether it answers. While it starts, recovers or ends this waits; another's server on its port is not it. */
export async function isUp(state: ServerState): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const client = new pg.Client({
      connectionString: urlOf(state, owner, state.ownerPassword, "postgres"),
      connectionTimeoutMillis: 3000,
    });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return true;
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === tooManyConnections) return true;
      if (code !== cannotConnectNow && (attempt === 3 || code === "ECONNREFUSED" || code === wrongPassword))
        return false;
      if (attempt === 300) return false;
      await sleep(200);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** A lock file that names a process which is no PostgreSQL: after a crash of the machine its number may be another's. */
function removeForeignLock(data: string): void {
  const file = path.join(data, "postmaster.pid");
  const pid = Number(readIfThere(file)?.split("\n")[0]);
  const command = readIfThere(`/proc/${pid}/cmdline`);
  // Where there is no /proc, PostgreSQL's own judgement stands.
  if (Number.isInteger(pid) && command !== null && !command.includes("postgres")) rmSync(file, { force: true });
}

/** Starts it, also over what a kill left behind; the orphans of a killed server need a moment to die. */
export async function start(
  state: ServerState,
  binaries: Binaries,
  identity: Identity,
  settings: readonly string[],
): Promise<void> {
  const data = dataOf(state);
  const options = [
    `port=${state.port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=120",
    ...settings,
  ];
  const log = path.join(data, "server.log");
  for (let attempt = 1; ; attempt++) {
    try {
      removeForeignLock(data);
      const flags = options.map((option) => `-c ${option}`).join(" ");
      await runBinary(binaries, identity, "pg_ctl", ["start", "-w", "-t", "60", "-D", data, "-l", log, "-o", flags]);
      return;
    } catch (error) {
      // A start that was killed half-way may have brought it up meanwhile.
      if (await isUp(state)) return;
      if (attempt === 6) throw error;
      await sleep(500 * attempt);
    }
  }
}

/** What is missing of them: a kill may have come between the server's start and this. */
export async function createRolesAndDatabase(state: ServerState): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(state, owner, state.ownerPassword, "postgres") });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const roles = await client.query("select 1 from pg_roles where rolname = $1", [runtime]);
    if (roles.rowCount === 0) await client.query(`create role ${runtime} login password '${state.password}'`);
    const found = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (found.rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
}
