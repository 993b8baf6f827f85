/**
 * A PostgreSQL server of one's own, shared by every Diwan process of a data folder: the first starts it, the last stops it.
 *
 * It lives in a session of its own and survives whatever kills a process. Who uses it holds a shared advisory lock on a
 * connection that dies with the process; on the way out, whoever gets the exclusive one is the last.
 */
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, lstatSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import {
  createRolesAndDatabase,
  database,
  freePort,
  initialise,
  isUp,
  owner,
  runtime,
  serverWorksIn,
  start,
  urlOf,
} from "./embedded-server.js";
import { withFileMutex } from "./file-mutex.js";
import { comparePlaces, type Standing } from "./folder-place.js";
import {
  copyBinaries,
  type Identity,
  locateBinaries,
  reaches,
  runBinary,
  serverIdentity,
} from "./postgres-binaries.js";
import {
  dataOf,
  elsewhereName,
  FolderProblem,
  freshState,
  hasDouble,
  newFolderId,
  readState,
  readStateAsReal,
  type ServerState,
  standingOf,
  standingOfState,
  stateFileOf,
  writeNote,
  writeState,
} from "./server-state.js";

export interface EmbeddedDatabase {
  readonly ownerUrl: string;
  readonly url: string;
  /** Empties it: drops the database and makes it anew. Error while somebody else is connected. */
  reset(): Promise<void>;
  /** Whether what leaves may leave: asked each time, for someone may say meanwhile what a moved or copied folder is. */
  standing(): Standing;
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
    throw new FolderProblem(msg("db.folder.unreachable", { user: identity?.name ?? "", folder: home }));
  }
  const fallback = path.join(place, `${elsewhereName}${randomBytes(6).toString("hex")}`);
  say(msg("db.embedded.livesElsewhere", { user: identity?.name ?? "", home, folder: fallback }));
  return fallback;
}

/** A folder in the system's temporary files must be ours: somebody else might have laid one out for us. */
function ownFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const found = lstatSync(folder);
  if (!found.isDirectory() || (process.getuid !== undefined && found.uid !== process.getuid())) {
    throw new FolderProblem(msg("db.folder.notOurs", { folder }));
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

const inUse = (): Problem => new Problem("not-now", msg("db.folder.inUse"));

async function recreate(lockUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: lockUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query(
      "select 1 from pg_stat_activity where datname = $1 and backend_type = 'client backend'",
      [database],
    );
    if (rowCount !== 0) throw inUse();
    await client.query(`drop database if exists ${database}`);
    await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
}

/** A folder that was renamed is the same still; of one that was moved or copied it is said what it is thought to be. */
function recognised(state: ServerState, say: EmbeddedOptions["say"]): ServerState {
  const { here, place } = state;
  const renamed = comparePlaces(here, place) === "renamed";
  const standing = standingOfState(state);
  if (standing === "unsure") {
    say(msg("db.folder.unsure", { noted: place.path, here: here.path }));
    return state;
  }
  if (renamed) say(msg("db.folder.renamed", { noted: place.path, here: here.path }));
  return renamed ? { ...state, place: here } : state;
}

/** A port for a server that starts: its own again, unless this is another place, where the original may want it. */
async function portFor({ port, portOf, here }: ServerState): Promise<number> {
  if (portOf === here.mark) return freePort(port);
  for (;;) {
    const found = await freePort();
    if (found !== port) return found;
  }
}

const mutexOf = (folder: string): string => path.join(folder, "postgres.lock");

/**
 * Removes the database of a data folder: what lies in it, and what this folder alone has elsewhere; never what another folder's state names.
 * Problem `not-now` while it is in use.
 */
export async function eraseEmbedded(home: string): Promise<void> {
  const folder = path.resolve(home);
  await withFileMutex(mutexOf(folder), async () => {
    const clusters = new Set([path.join(folder, "postgres")]);
    try {
      const state = readState(folder);
      if (state !== null) clusters.add(state.folder);
    } catch (error) {
      if (!(error instanceof FolderProblem)) throw error;
    }
    for (const cluster of clusters) if (serverWorksIn(dataOf({ folder: cluster }))) throw inUse();
    for (const cluster of clusters) rmSync(cluster, { recursive: true, force: true });
    for (const file of [stateFileOf(folder), path.join(folder, "place.txt")]) rmSync(file, { force: true });
  });
}

/**
 * Notes what a folder is that was moved or copied. As the real one it sends from now on; a copy gets an identity of its own and never sends.
 * FolderProblem where the folder that was noted is still there as the same: first it has to be said what that one is.
 */
export async function confirmFolder(home: string, standing: Exclude<Standing, "unsure">): Promise<void> {
  const folder = path.resolve(home);
  await withFileMutex(mutexOf(folder), async () => {
    const state = standing === "real" ? readStateAsReal(folder) : readState(folder);
    if (state === null) throw new FolderProblem(msg("db.folder.noDatabase", { home: folder }));
    if (standing === "real" && hasDouble(state)) {
      throw new FolderProblem(msg("db.folder.double", { here: state.here.path, other: state.place.path }));
    }
    const id = standing === "copy" && state.standing === "real" ? newFolderId() : state.id;
    const said = { ...state, id, standing, place: state.here };
    writeNote(said);
    writeState(said);
  });
}

/** What is known of a folder without opening its database. FolderProblem where it is not whole, or has none. */
export function lookAtFolder(home: string): { path: string; noted: string; standing: Standing; database: string } {
  const state = readState(path.resolve(home));
  if (state === null) throw new FolderProblem(msg("db.folder.noDatabase", { home: path.resolve(home) }));
  const { here, place, folder } = state;
  return { path: here.path, noted: place.path, standing: standingOfState(state), database: folder };
}

/** Uses the server of a data folder, starting it when it does not run. FolderProblem where the folder is not whole. */
export async function useEmbedded(home: string, { say, settings = [] }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const folder = path.resolve(home);
  mkdirSync(folder, { recursive: true });
  const mutex = mutexOf(folder);
  const identity = serverIdentity();

  return withFileMutex(mutex, async () => {
    const known = readState(folder);
    let state =
      known === null
        ? freshState(folder, { folder: chooseFolder(folder, identity, say), port: await freePort() })
        : recognised(known, say);
    ownFolder(state.folder);
    if (!reaches(identity, state.folder)) {
      throw new FolderProblem(msg("db.folder.unreachable", { user: identity?.name ?? "", folder: state.folder }));
    }
    let binaries = locateBinaries();
    if (!reaches(identity, path.join(binaries.native, "bin"))) binaries = copyBinaries(binaries, state.folder);
    writeState(state);
    if (!(await isUp(state))) {
      await initialise(state, binaries, identity, say);
      // Who still believes in the old port finds the server there again, unless another took the port since.
      state = { ...state, made: true, port: await portFor(state), portOf: state.here.mark };
      writeNote(state);
      writeState(state);
      say(msg("db.embedded.starting"));
      await start(state, binaries, identity, settings);
    } else writeNote(state);
    await createRolesAndDatabase(state);
    const ownerUrl = urlOf(state, owner, state.ownerPassword);
    // In a database of its own, so that the other one can be made anew meanwhile.
    const lockUrl = urlOf(state, owner, state.ownerPassword, "postgres");
    const shared = await holdShared(lockUrl);
    return {
      ownerUrl,
      url: urlOf(state, runtime, state.password),
      reset: () => recreate(lockUrl),
      standing: () => standingOf(folder),
      release: () =>
        withFileMutex(mutex, async () => {
          await shared.letGo();
          if (await isUnused(lockUrl))
            await runBinary(binaries, identity, "pg_ctl", ["stop", "-w", "-D", dataOf(state), "-m", "fast"]);
        }),
    };
  });
}
