/** Processes that use the embedded server of a data folder. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import pg from "pg";
import { builtProgram } from "./built-program.js";

export interface User {
  readonly said: string[];
  readonly ownerUrl: string;
  readonly url: string;
  /** Lets go and ends. Its exit code. */
  leave(): Promise<number | null>;
  kill(): Promise<void>;
}

/** Those that have not ended. */
export const running = new Set<ChildProcess>();

/** Starts one; rejects with what it said when it could not open the folder. */
export function comeTo(home: string): Promise<User> {
  const child = spawn(process.execPath, [builtProgram("embedded-user"), home], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  running.add(child);
  const ended = new Promise<number | null>((resolve) => {
    child.on("exit", (code) => {
      running.delete(child);
      resolve(code);
    });
  });
  const said: string[] = [];
  let [output, errors] = ["", ""];
  return new Promise((resolve, reject) => {
    child.stderr.on("data", (data) => {
      errors += data;
    });
    child.stdout.on("data", (data) => {
      output += data;
      const lines = output.split("\n");
      output = lines.pop() ?? "";
      for (const line of lines) {
        const { said: word, ownerUrl, url } = JSON.parse(line) as { said?: string; ownerUrl: string; url: string };
        if (word !== undefined) said.push(word);
        else {
          resolve({
            said,
            ownerUrl,
            url,
            leave() {
              child.stdin.end();
              return ended;
            },
            async kill() {
              child.kill("SIGKILL");
              await ended;
            },
          });
        }
      }
    });
    void ended.then((code) => reject(new Error(`It ended with ${code}: ${errors}`)));
  });
}

/** Rows of one statement. */
export async function ask<Row>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}

interface State {
  readonly folder: string;
  readonly port: number;
}
/** What `postgres.json` says, with the whole path of the cluster. */
export function stateOf(home: string): State {
  const state = JSON.parse(readFileSync(join(home, "postgres.json"), "utf8")) as State;
  return { ...state, folder: resolve(home, state.folder) };
}
export const pidFile = (home: string): string => join(stateOf(home).folder, "data", "postmaster.pid");
export const serverPid = (home: string): number => Number(readFileSync(pidFile(home), "utf8").split("\n")[0]);
