/** Secrets of a data folder, made once and kept readable for its owner only: what production is given as variables. */
import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { msg } from "../engine/text/msg.js";
import type { Config } from "./config.js";
import { FolderProblem, hasEmbedded } from "./db/server-state.js";

export interface Secrets {
  readonly sessionSecret: string;
  readonly sealKey: string;
}

const fileOf = (home: string): string => path.join(home, "secrets.json");

/** Null: there are none. FolderProblem for a file that is not what we wrote. */
function readSecrets(home: string): Secrets | null {
  let text: string;
  try {
    text = readFileSync(fileOf(home), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    const { sessionSecret, sealKey } = JSON.parse(text) as Partial<Secrets>;
    if (sessionSecret && sealKey) return { sessionSecret, sealKey };
  } catch {
    // Said below.
  }
  throw new FolderProblem(msg("db.folder.secretsDamaged", { file: path.resolve(fileOf(home)) }));
}

/** As someone says who has lost them for good: makes `secrets.json` where it is missing. Its path. FolderProblem where it is not. */
export function makeLostSecrets(home: string): string {
  const file = path.resolve(fileOf(home));
  if (readSecrets(home) !== null) throw new FolderProblem(msg("db.folder.secretsThere", { file }));
  makeSecrets(home);
  return file;
}

/** Makes `secrets.json`, unless there is one. */
export function makeSecrets(home: string): Secrets {
  const file = fileOf(home);
  mkdirSync(home, { recursive: true });
  const secrets = { sessionSecret: randomBytes(32).toString("hex"), sealKey: randomBytes(32).toString("hex") };
  // Written whole beside its place and then given its name: nobody reads half of it, whatever is killed meanwhile.
  const fresh = `${file}.${process.pid}`;
  try {
    writeFileSync(fresh, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    linkSync(fresh, file);
    return secrets;
  } catch (error) {
    // Another process was quicker.
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return readSecrets(home) ?? secrets;
    throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
}

/**
 * Reads `secrets.json` of the data folder. A folder that has no database yet is given one; where there is a database its keys are missed,
 * and others would not open what they closed: FolderProblem.
 */
export function secretsOf(home: string): Secrets {
  const found = readSecrets(home);
  if (found !== null) return found;
  if (hasEmbedded(home)) throw new FolderProblem(msg("db.folder.secretsLost", { file: path.resolve(fileOf(home)) }));
  return makeSecrets(home);
}

/** What the environment says, else what the data folder keeps. FolderProblem as `secretsOf`. */
export function keysOf({ home, sealKey, sessionSecret }: Pick<Config, "home" | "sealKey" | "sessionSecret">): Secrets {
  if (sealKey !== null && sessionSecret !== null) return { sealKey, sessionSecret };
  const own = secretsOf(home);
  return { sealKey: sealKey ?? own.sealKey, sessionSecret: sessionSecret ?? own.sessionSecret };
}
