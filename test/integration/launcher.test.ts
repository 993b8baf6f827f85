/** The demo as a person starts it: first, again, after everything was killed, anew, with a port that is taken; and the README at it. */
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { cloneInto, family, isAlive, postmasterOf, type Run, run } from "../support/clone.js";
import { eventually, freePort } from "../support/instances.js";
import { commandsUnder } from "../support/readme.js";

const small = ["--applications", "15"];
let place = "";
let clone = "";
let home = "";
let port = 0;
let address = "";
const started: Run[] = [];

beforeAll(async () => {
  place = mkdtempSync(path.join(tmpdir(), "diwan-clone-"));
  chmodSync(place, 0o755);
  clone = path.join(place, "diwan");
  home = path.join(clone, "var");
  cloneInto(clone);
  port = await freePort();
  address = `http://127.0.0.1:${port}`;
}, 180_000);
afterAll(() => {
  for (const one of started) killAll(one);
  const left = postmasterOf(home);
  if (left !== null) process.kill(left, "SIGQUIT");
  rmSync(place, { recursive: true, force: true });
});

function demo(...args: string[]): Run {
  const one = run(clone, ["npm", "run", "demo", "--", ...args], { PORT: String(port) });
  started.push(one);
  return one;
}
const ready = `Diwan is ready: http://127.0.0.1:`;
interface Login {
  readonly role: string;
  readonly entity?: string;
  readonly key?: string;
  readonly channel?: string;
}
const logins = (): Login[] => JSON.parse(readFileSync(path.join(home, "demo-logins.json"), "utf8"));
async function send(): Promise<string> {
  const answer = await fetch(`${address}/api/v1/applications`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${logins().find((login) => login.role === "api")?.key}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({
      programme: "jordan",
      type: "complaint",
      subject: "Is it kept?",
      description: "We shall see.",
    }),
  });
  expect(answer.status).toBe(201);
  const { reference, code } = (await answer.json()) as { reference: string; code: string };
  return `/api/v1/applications/${reference}?code=${code}`;
}
const statusOf = (link: string) => fetch(`${address}${link}`).then((answer) => answer.status);
/** `kill -9` of the launcher and all below it; nothing when it has ended, for its number may be another's by now. */
function killAll(one: Run): void {
  const { pid, exitCode, signalCode } = one.child;
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  for (const member of family(pid).reverse()) {
    if (isAlive(member)) process.kill(member, "SIGKILL");
  }
}
async function stopped(one: Run): Promise<void> {
  one.child.kill("SIGTERM");
  // npm ends as its script does, or tells of the signal; either is an end.
  expect([0, 143, "SIGTERM"]).toContain(await one.ended);
  expect(await eventually(() => postmasterOf(home) === null, 60)).toBe(true);
  await expect(fetch(address)).rejects.toThrow();
}

describe("npm run demo", () => {
  let link = "";
  it("starts anew by itself when it was killed while the population grew up", async () => {
    const interrupted = demo("--applications", "2000");
    expect(await interrupted.until("demo applications", 400)).toContain("demo applications");
    await eventually(() => interrupted.output().includes("acts of people"), 60);
    killAll(interrupted);
    const again = demo(...small);
    const printed = await again.until(ready, 400);
    expect(printed).toContain("incomplete");
    expect(printed).toContain(`${ready}${port}/`);
    link = await send();
    const focal = logins().filter((login) => login.role === "focal_point");
    expect(new Set(focal.map((login) => login.entity)).size).toBeGreaterThanOrEqual(2);
    expect(statSync(path.join(home, "demo-logins.json")).mode & 0o077).toBe(0);
    await stopped(again);
  }, 900_000);

  it("starts a second time at once and keeps the data; names PORT when another demo has it", async () => {
    const second = demo();
    expect(await second.until(ready, 400)).toContain(ready);
    expect(second.output()).not.toMatch(/Living|Installing|Building|Creating/);
    expect(await statusOf(link)).toBe(200);

    const third = demo();
    expect(await third.ended).toBe(1);
    expect(third.output()).toContain(`Port ${port}`);
    expect(third.output()).toContain("PORT=");
    // The first one still has its database.
    expect(await statusOf(link)).toBe(200);

    // Its database is killed under it: it stays up, and the next start mends everything.
    const postmaster = postmasterOf(home);
    if (postmaster === null) throw new Error("the database is not running");
    process.kill(postmaster, "SIGKILL");
    expect(await eventually(async () => (await fetch(`${address}/readyz`)).status === 503, 60)).toBe(true);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    second.child.kill("SIGTERM");
    await second.ended;

    const fourth = demo();
    expect(await fourth.until(ready, 400)).toContain(ready);
    expect(await statusOf(link)).toBe(200);
    killAll(fourth);
    expect(postmasterOf(home)).not.toBeNull();

    // The orphaned server is found and used.
    const fifth = demo();
    expect(await fifth.until(ready, 400)).toContain(ready);
    expect(await statusOf(link)).toBe(200);
    await stopped(fifth);
  }, 900_000);

  it("forgets everything with --reset", async () => {
    const before = readFileSync(path.join(home, "demo-logins.json"), "utf8");
    const anew = demo("--reset", "--yes", ...small);
    expect(await anew.until(ready, 400)).toContain(ready);
    expect(await statusOf(link)).toBe(404);
    expect(readFileSync(path.join(home, "demo-logins.json"), "utf8")).not.toBe(before);
    expect(await statusOf(await send())).toBe(200);
    await stopped(anew);
  }, 600_000);

  it("leaves no database behind when the port is taken by a stranger", async () => {
    const stranger = createServer().listen(port, "127.0.0.1");
    await new Promise((resolve) => stranger.once("listening", resolve));
    const refused = demo();
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toContain(`Port ${port}`);
    expect(await eventually(() => postmasterOf(home) === null, 60)).toBe(true);
    await new Promise((resolve) => stranger.close(resolve));
  }, 180_000);

  it("is found by each command of the README, also with a data folder and a port of its own", async () => {
    const elsewhere = path.join(place, "data of its own");
    const variables = { DIWAN_HOME: elsewhere, PORT: String(port) };
    // Moved there with its population: what is asked here needs no new one.
    renameSync(home, elsewhere);
    const one = run(clone, ["npm", "run", "demo"], variables);
    started.push(one);
    const printed = await one.until("Stop with", 300);
    expect(printed).toContain(`export DIWAN_HOME='${elsewhere}' PORT=${port}`);
    const folders = ["rules", "seeds", "workflows", "views"];
    const tracked = () =>
      [readdirSync(clone), ...folders.map((folder) => readdirSync(path.join(clone, folder), { recursive: true }))].map(
        (names) => names.map(String).sort(),
      );
    const before = tracked();
    const other = () => (existsSync(home) ? readdirSync(home).sort() : []);
    const left = other();
    const script = commandsUnder("Five minutes in a second terminal").join("\n");
    const reader = run(clone, ["bash", "-euo", "pipefail", "-c", script], variables);
    const status = await reader.ended;
    const told = reader.output();
    expect([status, status === 0 ? "" : told]).toEqual([0, ""]);
    for (const words of [
      '"reference"',
      "jordan rules sla: version 2 is published.",
      "read 12, imported 11, already there 0, refused 1, warnings 1",
      "targets reproduced: Pick up Dead Animal 6 of 6",
      "targets reproduced: Pest Infestation - Residential 1 of 1",
      "rania@example.com",
    ])
      expect(told).toContain(words);
    const file = (name: string) => readFileSync(path.join(elsewhere, name), "utf8");
    expect(file("receipt-again.txt")).toBe(file("receipt.txt"));
    expect(file("digest.html")).toContain("Digest of the week");
    expect(file("refused.csv")).toMatch(/^13,refused,type,/m);
    // Nothing is written into the repository, and the other data folder is left alone.
    expect(tracked()).toEqual(before);
    expect(other()).toEqual(left);

    // Without the variables a command finds another folder: where it is empty, no second database is made.
    const nowhere = path.join(place, "nowhere");
    const lost = run(clone, ["npm", "run", "-s", "diwan", "--", "jobs"], { DIWAN_HOME: nowhere });
    expect([await lost.ended, lost.output()]).toEqual([
      1,
      expect.stringContaining(`A database was not found in ${nowhere}`),
    ]);
    expect(lost.output()).not.toMatch(/away|Creating/);
    expect(existsSync(nowhere)).toBe(false);

    one.child.kill("SIGTERM");
    expect([0, 143, "SIGTERM"]).toContain(await one.ended);
    expect(await eventually(() => postmasterOf(elsewhere) === null, 60)).toBe(true);
  }, 600_000);
});
