/**
 * What a data folder knows of its database: `postgres.json`. The cluster carries the same identity (`diwan-folder.json` among its files), so
 * that neither is taken for another's. Paths in it are relative to the folder; only a cluster that had to live elsewhere has a whole one,
 * and that cluster names the folder that it belongs to.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { comparePlaces, type Place, placeOf, type Standing } from "./folder-place.js";

/** As it is written. What is optional is missing in files of versions before December 2026. */
interface StoredState {
  /** `postgres`, or a whole path. */
  readonly folder: string;
  readonly port: number;
  readonly ownerPassword: string;
  readonly password: string;
  readonly id?: string;
  /** Whether the cluster was there whole once: from then on a missing one is missed. */
  readonly made?: boolean;
  /** Where the folder was when someone last said what it is. */
  readonly place?: Place;
  readonly standing?: Exclude<Standing, "unsure">;
  /** The mark of the place where the port was chosen: a copy does not take the original's. */
  readonly portOf?: string;
}

/** What is known about the server of a data folder. */
export interface ServerState extends Required<StoredState> {
  readonly home: string;
  /** Where the folder is now. */
  readonly here: Place;
}

/** The data folder is not whole, or not what it was: what is wrong, where, and what to do. */
export class FolderProblem extends Problem {
  constructor(words: Bilingual) {
    super("not-now", words);
    this.name = "FolderProblem";
  }
}

export const dataOf = (state: { readonly folder: string }): string => path.join(state.folder, "data");
export const stateFileOf = (home: string): string => path.join(path.resolve(home), "postgres.json");
const ownCluster = (home: string): string => path.join(path.resolve(home), "postgres");
/** Clusters that live elsewhere are in folders of this name. */
export const elsewhereName = "diwan-postgres-";
const noteOf = (folder: string): string => path.join(folder, "data", "diwan-folder.json");

/** In the cluster. */
interface ClusterNote {
  readonly id: string;
  /** Where the cluster lives elsewhere: the folder that it belongs to. */
  readonly home: Place | null;
}

/** Null: there is none. `damaged` for one that is not what we wrote. */
function readJson<T>(file: string): T | null | "damaged" {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as T) : "damaged";
  } catch {
    return "damaged";
  }
}

function writeJson(file: string, value: object, mode: number): void {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(value, null, 2)}\n`, { mode });
  renameSync(fresh, file);
}

function readStored(home: string): StoredState | null | "damaged" {
  const found = readJson<StoredState>(stateFileOf(home));
  if (found === null || found === "damaged") return found;
  const { folder, port, ownerPassword, password } = found;
  const whole = [folder, ownerPassword, password].every((text) => typeof text === "string" && text !== "");
  return whole && Number.isInteger(port) ? found : "damaged";
}

/** Whether anything in the folder says that it has, or had, a database of its own. */
export const hasEmbedded = (home: string): boolean => existsSync(stateFileOf(home)) || existsSync(ownCluster(home));

const isFilled = (folder: string): boolean => existsSync(folder) && readdirSync(folder).length > 0;

function isInside(home: string, folder: string): boolean {
  if (folder === ownCluster(home)) return true;
  const real = (at: string): string => (existsSync(at) ? realpathSync(at) : path.resolve(at));
  return real(folder) === path.join(realpathSync(home), "postgres");
}

/** Whether a file of an earlier version is in a folder that is younger than the cluster: they were not made together. */
function isYounger(home: string, folder: string): boolean {
  const [own, other] = [home, folder].map((at) => statSync(at).birthtimeMs);
  return own !== undefined && other !== undefined && own > 0 && other > 0 && own > other + 60_000;
}

/**
 * Where the cluster is. Never what is not this folder's: an absolute path that points elsewhere is believed where a cluster had to live
 * elsewhere and names this folder.
 */
function locate(
  home: string,
  stored: StoredState,
  a: { here: Place; claim: boolean },
): { folder: string; place: Place | null } {
  const { here, claim } = a;
  const { folder, place = null } = stored;
  const own = ownCluster(home);
  if (!path.isAbsolute(folder)) return { folder: path.resolve(home, folder), place };
  if (isInside(home, folder)) return { folder: own, place };
  // As files of earlier versions are after a copy or a move.
  if (existsSync(path.join(own, "data"))) {
    return { folder: own, place: place ?? { path: path.dirname(folder), mark: "", host: "" } };
  }
  if (!path.basename(folder).startsWith(elsewhereName)) {
    throw new FolderProblem(msg("db.folder.notHere", { home, folder, file: stateFileOf(home) }));
  }
  const note = existsSync(folder) ? readJson<ClusterNote>(noteOf(folder)) : null;
  if (note === "damaged") throw new FolderProblem(msg("db.folder.otherCluster", { home, folder }));
  const owner = note?.home ?? place ?? null;
  // A copy by hard links or a snapshot has the inode of the original, which is still there.
  const twin = owner !== null && owner.path !== here.path ? readStored(owner.path) : null;
  const isDouble = twin !== null && twin !== "damaged" && twin.id === stored.id;
  const isOurs = claim
    ? note === null || note.id === stored.id
    : owner === null
      ? !existsSync(folder) || !isYounger(home, folder)
      : comparePlaces(here, owner) !== "other" && !isDouble && (note === null || note.id === stored.id);
  if (!isOurs) {
    const other = owner?.path ?? "?";
    throw new FolderProblem(msg("db.folder.elsewhere", { home, folder, other }));
  }
  return { folder, place };
}

/** Checks a cluster that is there: it must be the one that this folder was made with. */
function requireSameId({ folder, id, home }: ServerState): void {
  const note = readJson<ClusterNote>(noteOf(folder));
  if (note !== null && (note === "damaged" || note.id !== id)) {
    throw new FolderProblem(msg("db.folder.otherCluster", { home, folder }));
  }
}

function stateOf(home: string, stored: StoredState, claim: boolean): ServerState {
  const here = placeOf(home);
  const { folder, place } = locate(home, stored, { here, claim });
  const note = readJson<ClusterNote>(noteOf(folder));
  return {
    ...{ home, here, folder, port: stored.port, ownerPassword: stored.ownerPassword, password: stored.password },
    id: stored.id ?? (note !== "damaged" && note !== null ? note.id : newFolderId()),
    made: stored.made ?? true,
    place: place ?? here,
    standing: stored.standing ?? "real",
    portOf: stored.portOf ?? (place === null ? here.mark : ""),
  };
}

/** For a folder that is made, or becomes another's copy. */
export const newFolderId = (): string => randomBytes(12).toString("hex");

/**
 * The state of a folder that has one; null for a folder without a database, which may be given one. FolderProblem where something of it is
 * missing, damaged or another folder's: nothing is made or changed then.
 */
export const readState = (home: string): ServerState | null => read(home, false);

/** As `readState` of a folder of which someone says that it is the real one: a cluster that lives elsewhere and is its own becomes its again. */
export const readStateAsReal = (home: string): ServerState | null => read(home, true);

function read(home: string, claim: boolean): ServerState | null {
  const stored = readStored(home);
  const file = stateFileOf(home);
  if (stored === "damaged" || (stored === null && existsSync(path.join(ownCluster(home), "data")))) {
    throw new FolderProblem(msg("db.folder.stateLost", { file, folder: ownCluster(home) }));
  }
  if (stored === null) {
    if (isFilled(path.join(home, "files"))) throw new FolderProblem(msg("db.folder.filesAlone", { home }));
    return null;
  }
  const state = stateOf(home, stored, claim);
  if (existsSync(dataOf(state))) requireSameId(state);
  else if (state.made) throw new FolderProblem(msg("db.folder.clusterLost", { home, folder: state.folder }));
  return state;
}

/** The state of a folder that gets its database now. */
export function freshState(home: string, a: { folder: string; port: number }): ServerState {
  const here = placeOf(home);
  const secret = (): string => randomBytes(18).toString("hex");
  return {
    ...{ home, here, ...a, ownerPassword: secret(), password: secret(), id: newFolderId() },
    ...{ made: false, place: here, standing: "real", portOf: here.mark },
  };
}

/** Writes it down. */
export function writeState({ home, here: _here, ...state }: ServerState): void {
  const folder = isInside(home, state.folder) ? "postgres" : state.folder;
  writeJson(stateFileOf(home), { ...state, folder } satisfies StoredState, 0o600);
}

/** Writes the folder's identity into its cluster, which is there. */
export function writeNote({ home, folder, id, place }: ServerState): void {
  const note: ClusterNote = { id, home: isInside(home, folder) ? null : place };
  const now = readJson<ClusterNote>(noteOf(folder));
  if (JSON.stringify(now) !== JSON.stringify(note)) writeJson(noteOf(folder), note, 0o644);
}

/** Whether the folder that was noted is there still as the same, with this one beside it. */
export function hasDouble({ id, place, here }: ServerState): boolean {
  if (place.path === here.path) return false;
  const other = existsSync(place.path) ? readStored(place.path) : null;
  return other !== null && other !== "damaged" && other.id === id;
}

/** What the folder is, as far as it can know. */
export function standingOfState(state: ServerState): Standing {
  const found = comparePlaces(state.here, state.place);
  if (found === "other" || (found === "renamed" && hasDouble(state))) return "unsure";
  return state.standing;
}

/** As `standingOfState`, of a folder that is in use: read each time, for someone may say so meanwhile. */
export function standingOf(home: string): Standing {
  const folder = path.resolve(home);
  if (!existsSync(stateFileOf(folder))) return "unsure";
  try {
    const state = readState(folder);
    return state === null ? "unsure" : standingOfState(state);
  } catch {
    return "unsure";
  }
}
