/** Programs beside a benchmark, each a process of its own: those that answer, and the one that asks them. */
import { strictEqual } from "node:assert/strict";
import { type ChildProcess, fork } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BenchOffice } from "./bench-office.js";

/**
 * A program of `test/support` in plain Node, or `bench-app`, which is built; its first message is its port, where it has one.
 * @param folder the clone whose program it is, after it ran a benchmark itself
 */
export function startProgram(
  file: string,
  env: Record<string, string> = {},
  folder: string = process.cwd(),
): ChildProcess {
  const profiles = process.env.DIWAN_BENCH_PROFILES;
  const program = file.endsWith(".mjs")
    ? join("test", "support", file)
    : join("node_modules", ".diwan-test", `${file}.js`);
  return fork(join(folder, program), {
    cwd: folder,
    execArgv:
      profiles === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${file}.cpuprofile`],
    // What is logged goes where nobody reads it, but is written.
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...env },
  });
}

export function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const died = (code: number | null) => reject(new Error(`a program of the benchmark ended (${code})`));
    child.once("exit", died);
    child.once("message", (message) => {
      child.off("exit", died);
      resolve(message as Message);
    });
  });
}

/** What `bench-load.mjs` tells of a round. */
export interface Round {
  readonly seconds: number;
  readonly accepted: number;
  readonly refused: number;
  readonly p50: number;
  readonly p99: number;
}

/** Milliseconds of processor that these processes have used; 0 where the system does not tell (no /proc). */
export function processorOf(pids: readonly (number | undefined)[]): number {
  return pids.reduce<number>((sum, pid) => {
    const file = `/proc/${pid}/stat`;
    if (pid === undefined || !existsSync(file)) return sum;
    const fields = readFileSync(file, "utf8").split(") ")[1]?.split(" ") ?? [];
    return sum + (Number(fields[11]) + Number(fields[12])) * 10;
  }, 0);
}

/**
 * Of a program and of the database's processes that serve it.
 * @param a.login what the latter are called in pg_stat_activity
 */
export async function processorOfSide(
  { owner }: BenchOffice,
  a: { process: ChildProcess; login: string },
): Promise<{ node: number; postgres: number }> {
  const text = "select pid from pg_stat_activity where application_name = $1";
  const { rows } = await owner.query<{ pid: number }>(text, [a.login]);
  return { node: processorOf([a.process.pid]), postgres: processorOf(rows.map(({ pid }) => pid)) };
}

/** The cookie of somebody who has signed in to the back office. */
export async function signIn(port: number, { email, password }: { email: string; password: string }): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/admin/login`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
    body: new URLSearchParams({ email, password }).toString(),
  });
  strictEqual(answer.status, 303, await answer.text());
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
