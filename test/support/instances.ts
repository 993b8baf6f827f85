/** Real instances of Diwan as processes of their own, and an embedded server that a test may tear down and bring back. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { useEmbedded } from "../../src/platform/db/embedded.js";
import { locateBinaries, runBinary, serverIdentity } from "../../src/platform/db/postgres-binaries.js";
import { builtProgram } from "./built-program.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * A port that nobody listens on now, below those that systems give to connections on their way out: a client that tries
 * again and again while an instance is down would in the end be given the instance's own port, and keep it.
 */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const port = randomInt(20_000, 32_000);
    const server = createServer()
      .once("error", () => resolve(freePort()))
      .listen(port, "127.0.0.1", () => server.close(() => resolve(port)));
  });
}

/** Waits until `what` is true; false when `seconds` passed first. */
export async function eventually(
  what: () => Promise<boolean> | boolean,
  seconds: number,
  every = 100,
): Promise<boolean> {
  for (const end = Date.now() + seconds * 1000; ; await sleep(every)) {
    if (await what()) return true;
    if (Date.now() > end) return false;
  }
}

export interface Instance {
  readonly port: number;
  readonly address: string;
  /** Whether its process lives. */
  alive(): boolean;
  /** What `GET /readyz` answers; 0 while nobody answers. */
  readiness(): Promise<number>;
  /** Why it is not ready, in its own words; empty when it is, or nobody answers. */
  reason(): Promise<string>;
  /** `kill -9`: resolves once it is gone. */
  kill(): Promise<void>;
  /** SIGTERM: its exit code. */
  stop(): Promise<number | null>;
  /** Everything that it printed, but for the warning that sources which were not built have no back office. */
  output(): string;
}

const gone = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once("exit", (code) => resolve(code)));

/** Starts `main.ts` on `port`. It is ready when `readiness()` says 200. */
export function startInstance(port: number, environment: Readonly<Record<string, string>>): Instance {
  const env = { PATH: process.env.PATH, LOG_LEVEL: "warn", ...environment, PORT: String(port) };
  const child = spawn(process.execPath, [builtProgram("main")], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data) => {
      output += data;
    });
  }
  const address = `http://127.0.0.1:${port}`;
  return {
    port,
    address,
    alive: () => child.exitCode === null && child.signalCode === null,
    readiness: () =>
      fetch(`${address}/readyz`, { signal: AbortSignal.timeout(3000) }).then(
        (answer) => answer.status,
        () => 0,
      ),
    reason: () =>
      fetch(`${address}/readyz`, { signal: AbortSignal.timeout(3000) })
        .then((answer) => answer.json())
        .then(
          (body) => (body as { detail?: string }).detail ?? "",
          () => "",
        ),
    async kill() {
      child.kill("SIGKILL");
      await gone(child);
    },
    stop() {
      child.kill("SIGTERM");
      return gone(child);
    },
    output: () => output.replaceAll(/^.*"msg":"there is no back office".*\n/gm, ""),
  };
}

const childrenOf = (parent: number): number[] =>
  execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, ppid]) => ppid === parent)
    .map(([pid = 0]) => pid);

/** False when it has ended. */
function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

export interface OwnServer {
  readonly url: string;
  readonly ownerUrl: string;
  /** As when the power goes: no checkpoint, every connection cut. */
  cut(): Promise<void>;
  /** At the same port with the same settings. */
  comeBack(): Promise<void>;
  /** Every process of it stands still: connections are held, and nothing is answered. The way out of that. */
  freeze(): () => void;
  close(): Promise<void>;
}

/** An empty server for one test alone. Commits are written before they are acknowledged, as in production. */
export async function startOwnServer(): Promise<OwnServer> {
  const home = mkdtempSync(path.join(tmpdir(), "diwan-knocks-"));
  chmodSync(home, 0o755);
  // The machine stays up, so what was handed to the system is not lost; waiting for the disk would only cost time.
  const embedded = await useEmbedded(home, { say: () => undefined, settings: ["fsync=off"] });
  const data = path.join(home, "postgres", "data");
  const control = (...args: string[]) =>
    runBinary(locateBinaries(), serverIdentity(), "pg_ctl", ["-w", "-D", data, ...args]);
  const options = readFileSync(path.join(data, "postmaster.opts"), "utf8")
    .trim()
    .replace(/^\S+\s+/, "");
  return {
    url: embedded.url,
    ownerUrl: embedded.ownerUrl,
    cut: async () => void (await control("stop", "-m", "immediate")),
    comeBack: async () => void (await control("start", "-t", "60", "-l", path.join(data, "server.log"), "-o", options)),
    freeze() {
      const postmaster = Number(readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n")[0]);
      process.kill(postmaster, "SIGSTOP");
      // It starts no others any more.
      const others = childrenOf(postmaster);
      const all = [postmaster, ...others.filter((pid) => signal(pid, "SIGSTOP"))];
      return () => {
        for (const pid of all) signal(pid, "SIGCONT");
      };
    },
    async close() {
      await embedded.release();
      await control("stop", "-m", "immediate").catch(() => undefined);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
