/** One process at a time, by a file that only one can create. A holder that died is noticed by its process number. */

import { randomBytes } from "node:crypto";
import {
  closeSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A holder gives a sign of life so often; after so long a silence another process has inherited its number. */
const signOfLifeMs = 5000;
const staleAfterMs = 60_000;

/** Whether there is such a process, ours or another's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A file that was copied together with its folder names the original's holder, and the number of another file. */
function isStale(file: string): boolean {
  try {
    const [holder, own] = readFileSync(file, "utf8").split(" ");
    const pid = Number(holder);
    const { mtimeMs, ino } = statSync(file, { bigint: true });
    const age = Date.now() - Number(mtimeMs);
    if (age > staleAfterMs || (own !== undefined && own !== String(ino))) return true;
    return Number.isInteger(pid) && pid > 0 ? !isAlive(pid) : age > 2000;
  } catch {
    return false;
  }
}

/**
 * Takes a dead holder's file away. By renaming it, which only one can do; who finds that somebody was quicker, and that it
 * has moved the new holder's file, puts it back.
 */
function clearStale(file: string): void {
  const taken = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    renameSync(file, taken);
    if (!isStale(taken)) linkSync(taken, file);
  } catch (error) {
    if (!["ENOENT", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    rmSync(taken, { force: true });
  }
}

function create(file: string): void {
  const handle = openSync(file, "wx", 0o600);
  writeSync(handle, `${process.pid} ${fstatSync(handle, { bigint: true }).ino}`);
  closeSync(handle);
}

/** Runs `work` while holding `file`. */
export async function withFileMutex<T>(file: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(path.dirname(file), { recursive: true });
  for (;;) {
    try {
      create(file);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      if (isStale(file)) clearStale(file);
      else await sleep(50);
    }
  }
  const signOfLife = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date());
    } catch {
      // Somebody removed it by hand: the work goes on, and the next one begins.
    }
  }, signOfLifeMs);
  signOfLife.unref();
  try {
    return await work();
  } finally {
    clearInterval(signOfLife);
    rmSync(file, { force: true });
  }
}
