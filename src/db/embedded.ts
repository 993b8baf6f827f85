/**
 * A PostgreSQL server of one's own, shared by every Diwan process of a data folder: the first starts it, the last stops it.
 *
 * It lives in a session of its own and survives whatever kills a process. Who uses it holds a shared advisory lock on a
 * connection that dies with the process; on the way out, whoever gets the exclusive one is the last.
 */
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { withFileMutex } from "./file-mutex.js";
import { type Binaries, copyBinaries, type Identity, locateBinaries, reaches, runBinary, serverIdentity } from "./postgres-binaries.js";

export interface EmbeddedDatabase {
  readonly ownerUrl: string;
  readonly url: string;
  /** Empties it: drops the database and makes it anew. Error while somebody else is connected. */
  reset(): Promise<void>;
  /** Lets go of the server and stops it when nobody else uses it. */
  release(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Progress for people. */
  readonly say: (line: string) => void;
  /** More `name=value` settings of the server; tests switch off its care for power cuts. */
  readonly settings?: readonly string[];
}

/** What is known about the server of a data folder, in its `postgres.json`. */
interface ServerState {
  readonly folder: string;
  readonly port: number;
  readonly ownerPassword: string;
  readonly password: string;
}

const owner = "diwan_owner";
const runtime = "diwan";
const database = "diwan";
/** The lock that every user of the server shares. */
const usersLock = 34927;

const urlOf = (state: ServerState, login: string, password: string, name = database): string =>
  `postgres://${login}:${password}@127.0.0.1:${state.port}/${name}`;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Where the server lives: in the data folder, or where its user can go. */
function chooseFolder(home: string, identity: Identity, say: (line: string) => void): string {
  const wanted = path.join(home, "postgres");
  if (reaches(identity, home)) return wanted;
  const fallback = path.join(tmpdir(), `diwan-postgres-${randomBytes(6).toString("hex")}`);
  say(`The database's user “${identity?.name}” cannot reach ${home}; the database lives in ${fallback} instead.`);
  return fallback;
}

function readState(file: string): ServerState | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ServerState;
  } catch {
    return null;
  }
}

function writeState(file: string, state: ServerState): void {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, file);
}

/** A folder in the system's temporary files must be ours: somebody else might have laid one out for us. */
function ownFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const found = lstatSync(folder);
  if (!found.isDirectory() || (process.getuid !== undefined && found.uid !== process.getuid())) {
    throw new Error(`${folder} is not ours. Remove it, or set DIWAN_HOME to another folder.`);
  }
  chmodSync(folder, 0o755);
}

async function initialise(state: ServerState, binaries: Binaries, identity: Identity, say: (line: string) => void): Promise<void> {
  const data = path.join(state.folder, "data");
  if (existsSync(path.join(data, "PG_VERSION"))) return;
  say("Creating the database …");
  // What an interrupted first start left behind is no database.
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { mode: 0o700 });
  const passwordFile = path.join(state.folder, "initial-password");
  writeFileSync(passwordFile, `${state.ownerPassword}\n`, { mode: 0o600 });
  if (identity !== null) for (const file of [data, passwordFile]) chownSync(file, identity.uid, identity.gid);
  try {
    await runBinary(binaries, identity, "initdb", [
      `--pgdata=${data}`,
      `--username=${owner}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // Under ctype C the trigram search would find nothing in Arabic.
      "--locale=C.UTF-8",
      "--no-sync",
    ]);
  } catch (error) {
    rmSync(data, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function isUp(state: ServerState): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(state, owner, state.ownerPassword, "postgres"), connectionTimeoutMillis: 3000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

/** Starts it, also over what a kill left behind; the orphans of a killed server need a moment to die. */
async function start(state: ServerState, binaries: Binaries, identity: Identity, settings: readonly string[]): Promise<void> {
  const data = path.join(state.folder, "data");
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
      const flags = options.map((option) => `-c ${option}`).join(" ");
      await runBinary(binaries, identity, "pg_ctl", ["start", "-w", "-t", "60", "-D", data, "-l", log, "-o", flags]);
      return;
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(500 * attempt);
    }
  }
}

async function createRolesAndDatabase(state: ServerState): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(state, owner, state.ownerPassword, "postgres") });
  await client.connect();
  try {
    const roles = await client.query("select 1 from pg_roles where rolname = $1", [runtime]);
    const verb = roles.rowCount === 0 ? "create" : "alter";
    await client.query(`${verb} role ${runtime} login password '${state.password}'`);
    const found = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (found.rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
}

/** Holds the shared lock until told otherwise; takes it again after the server was restarted. */
async function holdShared(url: string): Promise<{ letGo: () => Promise<void> }> {
  let released = false;
  let client: pg.Client | null = null;
  const hold = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, application_name: "diwan-user", keepAlive: true });
    next.on("error", () => undefined);
    next.on("end", () => {
      if (!released) void again();
    });
    await next.connect();
    await next.query("select pg_advisory_lock_shared($1)", [usersLock]);
    client = next;
  };
  const again = async (): Promise<void> => {
    while (!released) {
      try {
        return await hold();
      } catch {
        await sleep(500, undefined, { ref: false });
      }
    }
  };
  await hold();
  return {
    async letGo() {
      released = true;
      await client?.end().catch(() => undefined);
    },
  };
}

/** Whether nobody uses the server any more. False when that cannot be asked: it is already gone. */
async function isUnused(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ free: boolean }>("select pg_try_advisory_lock($1) as free", [usersLock]);
    return rows[0]?.free === true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function recreate(lockUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: lockUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_stat_activity where datname = $1", [database]);
    if (rowCount !== 0) throw new Error("Another Diwan is using this data folder. Stop it before you start anew.");
    await client.query(`drop database if exists ${database}`);
    await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
}

/** Uses the server of a data folder, starting it when it does not run. */
export async function useEmbedded(home: string, { say, settings = [] }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const folder = path.resolve(home);
  mkdirSync(folder, { recursive: true });
  const stateFile = path.join(folder, "postgres.json");
  const mutex = path.join(folder, "postgres.lock");
  const identity = serverIdentity();
  const password = (): string => randomBytes(18).toString("hex");

  return withFileMutex(mutex, async () => {
    const known = readState(stateFile);
    let state: ServerState = known ?? {
      folder: chooseFolder(folder, identity, say),
      port: await freePort(),
      ownerPassword: password(),
      password: password(),
    };
    ownFolder(state.folder);
    let binaries = locateBinaries();
    if (!reaches(identity, path.join(binaries.native, "bin"))) binaries = copyBinaries(binaries, state.folder);
    if (known === null) writeState(stateFile, state);
    if (!(await isUp(state))) {
      await initialise(state, binaries, identity, say);
      // The old port may have been taken since.
      state = { ...state, port: await freePort() };
      writeState(stateFile, state);
      say("Starting the database …");
      await start(state, binaries, identity, settings);
      await createRolesAndDatabase(state);
    }
    const ownerUrl = urlOf(state, owner, state.ownerPassword);
    // In a database of its own, so that the other one can be made anew meanwhile.
    const lockUrl = urlOf(state, owner, state.ownerPassword, "postgres");
    const shared = await holdShared(lockUrl);
    const data = path.join(state.folder, "data");
    return {
      ownerUrl,
      url: urlOf(state, runtime, state.password),
      reset: () => recreate(lockUrl),
      release: () =>
        withFileMutex(mutex, async () => {
          await shared.letGo();
          if (await isUnused(lockUrl)) await runBinary(binaries, identity, "pg_ctl", ["stop", "-w", "-D", data, "-m", "fast"]);
        }),
    };
  });
}
