/** A clone of the project in a folder of its own, with packages and build ready, to start it as a person would. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const copied = ["src", "rules", "seeds", "views", "workflows", "package.json", "package-lock.json", "tsconfig.json"];

export interface CloneOptions {
  /** Packages (or scopes) that lie in the clone itself, not behind a link. */
  readonly own?: readonly string[];
  /** As after `npm ci --omit=dev`: without the packages that only build or test. */
  readonly production?: boolean;
}

/** Names of the packages at the top of node_modules that the lock file has for production. */
function packagesOfProduction(): string[] {
  const { packages } = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")) as {
    packages: Readonly<Record<string, { readonly dev?: boolean }>>;
  };
  return Object.entries(packages)
    .filter(([place, { dev }]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(place) && dev !== true)
    .map(([place]) => place.slice("node_modules/".length));
}

/** Links packages, so that the launcher finds them installed (and an accident would only remove links). */
function linkPackages(folder: string, { own = [], production = false }: CloneOptions): void {
  const from = path.join(root, "node_modules");
  const to = path.join(folder, "node_modules");
  mkdirSync(to);
  for (const name of production ? packagesOfProduction() : readdirSync(from)) {
    // Not there: it is for another platform.
    if (name.startsWith(".") || !existsSync(path.join(from, name))) continue;
    mkdirSync(path.dirname(path.join(to, name)), { recursive: true });
    if (own.includes(name))
      cpSync(path.join(from, name), path.join(to, name), { recursive: true, verbatimSymlinks: true });
    else symlinkSync(path.join(from, name), path.join(to, name));
  }
  if (production) return;
  const stamp = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .update([process.platform, process.arch, process.versions.modules].join())
    .digest("hex");
  writeFileSync(path.join(to, ".diwan-stamp"), stamp);
}

/**
 * Makes the clone and takes along what was built. That is built before if the sources have changed since, once for all clones
 * of a run.
 */
export function cloneInto(folder: string, options: CloneOptions = {}): void {
  execFileSync(process.execPath, [path.join(root, "src", "launch.mjs"), "build"], { stdio: "pipe" });
  mkdirSync(folder, { recursive: true });
  for (const name of [...copied, "dist"]) cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  linkPackages(folder, options);
}

export interface Run {
  readonly child: ChildProcess;
  output(): string;
  /** Waits for a text in what it prints; the output so far, which lacks it when it ended or `seconds` passed. */
  until(text: string, seconds: number): Promise<string>;
  /** Exit code, or the signal's name. */
  readonly ended: Promise<number | string | null>;
}

/** Starts a program in the clone, with nothing of our own environment but the way to programs. */
export function run(
  folder: string,
  command: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Run {
  const [program = "", ...args] = command;
  const env = { PATH: process.env.PATH, HOME: folder, ...environment };
  const child = spawn(program, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const heard = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data) => {
      output += data;
      for (const listener of heard) listener();
    });
  }
  const ended = new Promise<number | string | null>((resolve) =>
    child.once("exit", (code, signal) => resolve(code ?? signal)),
  );
  return {
    child,
    output: () => output,
    ended,
    until: (text, seconds) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          heard.delete(look);
          resolve(output);
        };
        const look = (): void => {
          if (output.includes(text)) done();
        };
        const timer = setTimeout(done, seconds * 1000);
        heard.add(look);
        void ended.then(done);
        look();
      }),
  };
}

/** A process and all that it started, innermost last. */
export function family(pid: number): number[] {
  let children: number[] = [];
  try {
    const listed = execFileSync("ps", ["-o", "pid=", "--ppid", String(pid)], { encoding: "utf8" });
    children = listed
      .split("\n")
      .map(Number)
      .filter((one) => one > 0);
  } catch {
    // Nobody below.
  }
  return [pid, ...children.flatMap(family)];
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Process number of the database server of a data folder; null when it is down. */
export function postmasterOf(home: string): number | null {
  const state = path.join(home, "postgres.json");
  if (!existsSync(state)) return null;
  const { folder } = JSON.parse(readFileSync(state, "utf8")) as { folder: string };
  const file = path.join(path.resolve(home, folder), "data", "postmaster.pid");
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  return isAlive(pid) ? pid : null;
}
