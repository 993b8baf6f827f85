/**
 * A PostgreSQL server of one's own, shared by every Diwan process of a data folder: the first starts it, the last stops it.
 *
 * It lives in a session of its own and survives whatever kills a process. Who uses it holds a shared advisory lock on a
 * connection that dies with the process; on the way out, whoever gets the exclusive one is the last.
 */
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import {
  createRolesAndDatabase,
  database,
  dataOf,
  freePort,
  initialise,
  isUp,
  owner,
  runtime,
  type ServerState,
  start,
  urlOf,
} from "./embedded-server.js";
import { withFileMutex } from "./file-mutex.js";
import {
  copyBinaries,
  type Identity,
  locateBinaries,
  reaches,
  runBinary,
  serverIdentity,
} from "./postgres-binaries.js";

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
  readonly say: (words: Bilingual) => void;
  /** More `name=value` settings of the server; tests switch off its care for power cuts. */
  readonly settings?: readonly string[];
}

/** The lock that every user of the server shares. */
const usersLock = 34927;

/** Where the server lives: in the data folder, or where its user can go. */
function chooseFolder(home: string, identity: Identity, say: (words: Bilingual) => void): string {
  const wanted = path.join(home, "postgres");
  if (reaches(identity, home)) return wanted;
  const place = [tmpdir(), "/tmp", "/var/tmp"].find((folder) => existsSync(folder) && reaches(identity, folder));
  if (place === undefined) {
    throw new Error(
      `The database's user “${identity?.name}” cannot reach ${home}. Set DIWAN_HOME to a folder that it can.`,
    );
  }
  const fallback = path.join(place, `diwan-postgres-${randomBytes(6).toString("hex")}`);
  say(msg("db.embedded.livesElsewhere", { user: identity?.name ?? "", home, folder: fallback }));
  return fallback;
}

const stateFileOf = (home: string): string => path.join(path.resolve(home), "postgres.json");

/** Whether the data folder has a server of its own, running or not. */
export const hasEmbedded = (home: string): boolean => existsSync(stateFileOf(home));

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

/** Holds the shared lock until told otherwise; takes it again after the server was restarted. */
async function holdShared(url: string): Promise<{ letGo: () => Promise<void> }> {
  let released = false;
  let client: pg.Client | null = null;
  const hold = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, application_name: "diwan-user", keepAlive: true });
    next.on("error", () => undefined);
    try {
      await next.connect();
      await next.query("select pg_advisory_lock_shared($1)", [usersLock]);
    } catch (error) {
      await next.end().catch(() => undefined);
      throw error;
    }
    client = next;
    // Only now: an attempt that fails ends too, and must not begin a second round beside the one that it belongs to.
    next.on("end", () => {
      if (!released) void again();
    });
    if (released) await next.end();
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
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query(
      "select 1 from pg_stat_activity where datname = $1 and backend_type = 'client backend'",
      [database],
    );
    if (rowCount !== 0) throw new Error("Another Diwan is using this data folder. Stop it before you start anew.");
    await client.query(`drop database if exists ${database}`);
    await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
}

function passwordsLost(stateFile: string, { folder }: ServerState): Error {
  return new Error(
    `${stateFile} is missing or damaged, and with it the passwords of the database in ${folder}. Put it back, or remove ${folder} to start anew.`,
  );
}

/** Uses the server of a data folder, starting it when it does not run. */
export async function useEmbedded(home: string, { say, settings = [] }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const folder = path.resolve(home);
  mkdirSync(folder, { recursive: true });
  const stateFile = stateFileOf(home);
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
    if (known === null) {
      if (existsSync(dataOf(state))) throw passwordsLost(stateFile, state);
      writeState(stateFile, state);
    }
    if (!(await isUp(state))) {
      await initialise(state, binaries, identity, say);
      // Who still believes in the old port finds the server there again, unless another took the port since.
      state = { ...state, port: await freePort(state.port) };
      writeState(stateFile, state);
      say(msg("db.embedded.starting"));
      await start(state, binaries, identity, settings);
    }
    await createRolesAndDatabase(state);
    const ownerUrl = urlOf(state, owner, state.ownerPassword);
    // In a database of its own, so that the other one can be made anew meanwhile.
    const lockUrl = urlOf(state, owner, state.ownerPassword, "postgres");
    const shared = await holdShared(lockUrl);
    return {
      ownerUrl,
      url: urlOf(state, runtime, state.password),
      reset: () => recreate(lockUrl),
      release: () =>
        withFileMutex(mutex, async () => {
          await shared.letGo();
          if (await isUnused(lockUrl))
            await runBinary(binaries, identity, "pg_ctl", ["stop", "-w", "-D", dataOf(state), "-m", "fast"]);
        }),
    };
  });
}
