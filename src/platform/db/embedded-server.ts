/** The PostgreSQL server of a data folder: made, asked whether it is up, started, filled with its roles, stopped. */
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import { isAlive } from "./file-mutex.js";
import { type Binaries, type Identity, runBinary } from "./postgres-binaries.js";
import { dataOf, type ServerState } from "./server-state.js";

export const owner = "diwan_owner";
export const runtime = "diwan";
export const database = "diwan";
/** PostgreSQL's own words for: still starting or already ending; full; not that password. */
const [cannotConnectNow, tooManyConnections, wrongPassword] = ["57P03", "53300", "28P01"];
export const urlOf = (state: ServerState, login: string, password: string, name = database): string =>
  `postgres://${login}:${password}@127.0.0.1:${state.port}/${name}`;

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

const pidFile = (data: string): string => path.join(data, "postmaster.pid");

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

/**
 * Whether the server that answers works in this folder: it reads a word that was put there a moment ago. A copy has the original's port and
 * passwords, so that neither proves anything.
 */
async function worksHere(client: pg.Client, data: string): Promise<boolean> {
  const word = randomBytes(12).toString("hex");
  const name = "diwan-here";
  writeFileSync(path.join(data, name), word, { mode: 0o644 });
  try {
    const { rows } = await client.query<{ word: string }>("select pg_read_file($1) as word", [name]);
    return rows[0]?.word === word;
  } catch {
    return false;
  } finally {
    rmSync(path.join(data, name), { force: true });
  }
}

/** Whether it answers. While it starts, recovers or ends this waits; another's server on its port is not it. */
export async function isUp(state: ServerState): Promise<boolean> {
  const data = dataOf(state);
  if (!existsSync(data)) return false;
  for (let attempt = 1; ; attempt++) {
    const client = new pg.Client({
      connectionString: urlOf(state, owner, state.ownerPassword, "postgres"),
      connectionTimeoutMillis: 3000,
    });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return await worksHere(client, data);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === tooManyConnections) return serverWorksIn(data);
      if (code !== cannotConnectNow && (attempt === 3 || code === "ECONNREFUSED" || code === wrongPassword))
        return false;
      if (attempt === 300) return false;
      await sleep(200);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** Null where it cannot be seen. */
function isSameFolder(one: string, two: string): boolean | null {
  try {
    const [a, b] = [one, two].map((folder) => statSync(folder, { bigint: true }));
    return a?.ino === b?.ino && a?.dev === b?.dev;
  } catch {
    return null;
  }
}

/**
 * Whether the lock file among its files is of a server that works there. One that was copied along names the original's, one from before a crash of the
 * machine a number that may be another's now. Where neither is certain, PostgreSQL's own judgement stands: true.
 */
function mayWorkIn(data: string): boolean {
  const [first, noted = ""] = readIfThere(pidFile(data))?.split("\n") ?? [];
  const pid = Number(first);
  if (first === undefined || !Number.isInteger(pid)) return false;
  const command = readIfThere(`/proc/${pid}/cmdline`);
  if (command !== null && !command.includes("postgres")) return false;
  const works = command === null ? null : isSameFolder(`/proc/${pid}/cwd`, data);
  return works ?? isSameFolder(noted, data) ?? true;
}

/** Whether a server lives that works there. */
export function serverWorksIn(data: string): boolean {
  return mayWorkIn(data) && isAlive(Number(readIfThere(pidFile(data))?.split("\n")[0]));
}

/** What was copied by someone else, or as root, is given back to the server's user, or PostgreSQL refuses it. */
function giveTo(identity: Identity, data: string): void {
  chmodSync(data, 0o700);
  if (identity === null || statSync(data).uid === identity.uid) return;
  for (const name of readdirSync(data, { recursive: true, encoding: "utf8" })) {
    lchownSync(path.join(data, name), identity.uid, identity.gid);
  }
  lchownSync(data, identity.uid, identity.gid);
}

/** Starts it, also over what a kill left behind; the orphans of a killed server need a moment to die. */
export async function start(
  state: ServerState,
  binaries: Binaries,
  identity: Identity,
  settings: readonly string[],
): Promise<void> {
  const data = dataOf(state);
  giveTo(identity, data);
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
      if (!mayWorkIn(data)) rmSync(pidFile(data), { force: true });
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
