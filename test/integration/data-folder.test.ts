/** Data folders that were copied, moved, reset, or lost a file of theirs: in processes, as an operator meets them. */
import { spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { builtProgram } from "../support/built-program.js";
import { ask, comeTo, pidFile, running, serverPid, stateOf } from "../support/folder-users.js";
import { eventually, freePort, startInstance } from "../support/instances.js";
import { openMailbox } from "../support/mailbox.js";

let place = "";
/** A folder that is whole, with one row of its own; never opened again, so that each test copies it. */
let pristine = "";
const at = (name: string): string => join(place, name);

/** As `cp -a` does; `true`: what a running server has written is in it too. */
function copy(from: string, name: string): string {
  cpSync(from, at(name), { recursive: true, verbatimSymlinks: true });
  return at(name);
}
/** The folder where it always was: a copy that someone called the real one. */
function own(name: string): string {
  const home = copy(pristine, name);
  const state = stored(home);
  rmSync(join(home, "place.txt"));
  const { place: _place, portOf: _portOf, ...rest } = state;
  writeFileSync(join(home, "postgres.json"), JSON.stringify(rest));
  return home;
}
const stored = (home: string): Record<string, unknown> => JSON.parse(readFileSync(join(home, "postgres.json"), "utf8"));
const rowsOf = (url: string) => ask<{ word: string }>(url, "select word from kept order by 1");

interface Ended {
  readonly status: number | null;
  readonly out: string;
}
function run(program: "cli" | "demo", argv: string[], environment: Record<string, string>): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, LANG: "C", LOG_LEVEL: "warn", ...environment };
    const child = spawn(process.execPath, [builtProgram(program), ...argv], { cwd: process.cwd(), env });
    let out = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (data) => {
        out += data;
        // The demo would go on to live through ninety days: it has begun anew by then.
        if (program === "demo" && out.includes("Bringing the database")) child.kill("SIGTERM");
      });
    }
    child.stdin.end();
    child.on("close", (status) => resolve({ status, out }));
  });
}
const diwan = (home: string, argv: string[], environment: Record<string, string> = {}) =>
  run("cli", argv, { DIWAN_HOME: home, ...environment });

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), "diwan-data-folder-"));
  chmodSync(place, 0o755);
  pristine = at("pristine");
  expect((await diwan(pristine, ["migrate"])).status).toBe(0);
  const user = await comeTo(pristine);
  await ask(user.ownerUrl, "create table kept (word text); insert into kept values ('first')");
  expect(await user.leave()).toBe(0);
}, 120_000);
afterEach(() => {
  expect(running.size).toBe(0);
});
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(place, { recursive: true, force: true });
});

describe("a copy", () => {
  it("has its own database on a port of its own, also while the original runs; each keeps what is done there", async () => {
    const original = own("running");
    const first = await comeTo(original);
    await ask(first.ownerUrl, "insert into kept values ('original'); checkpoint");
    // The lock of a process that lives, as of one that is just opening the original.
    writeFileSync(join(original, "postgres.lock"), `${process.pid} 1`);
    const copied = copy(original, "copied-while-running");
    rmSync(join(original, "postgres.lock"));
    expect(existsSync(pidFile(copied))).toBe(true);

    const started = Date.now();
    const second = await comeTo(copied);
    // The lock that came along holds nothing back: a holder that is silent is believed for a minute.
    expect(Date.now() - started).toBeLessThan(45_000);
    expect(second.said.join(" ")).toMatch(/was moved or copied.*sends no email/);
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    expect(serverPid(copied)).not.toBe(serverPid(original));
    expect(await rowsOf(second.ownerUrl)).toEqual([{ word: "first" }, { word: "original" }]);
    await ask(second.ownerUrl, "insert into kept values ('zwei')");
    expect(await rowsOf(first.ownerUrl)).toHaveLength(2);
    expect(await Promise.all([first.leave(), second.leave()])).toEqual([0, 0]);
    expect([existsSync(pidFile(original)), existsSync(pidFile(copied))]).toEqual([false, false]);
  }, 120_000);

  it("also one of an earlier version, whose state names the original by its whole path", async () => {
    const original = own("of-before");
    const { folder: _folder, port, ownerPassword, password } = stored(original);
    const before = { folder: join(original, "postgres"), port, ownerPassword, password };
    writeFileSync(join(original, "postgres.json"), JSON.stringify(before));
    rmSync(join(original, "postgres", "data", "diwan-folder.json"));
    const copied = copy(original, "copied-of-before");

    const second = await comeTo(copied);
    expect(stateOf(copied).folder).toBe(join(copied, "postgres"));
    expect(second.said.join(" ")).toContain(`it was in ${original}`);
    await ask(second.ownerUrl, "insert into kept values ('zwei')");
    // The original is upgraded in place, and nothing is asked of anybody.
    const first = await comeTo(original);
    expect(first.said.filter((line) => !line.startsWith("Starting"))).toEqual([]);
    expect(stored(original)).toMatchObject({ folder: "postgres", standing: "real" });
    expect(await rowsOf(first.ownerUrl)).toEqual([{ word: "first" }]);
    expect(await Promise.all([first.leave(), second.leave()])).toEqual([0, 0]);
  }, 120_000);

  it("sends nothing until someone says which of the two is the real one", async () => {
    const copied = copy(pristine, "silent");
    const mailbox = await openMailbox();
    const port = await freePort();
    const keys = { SESSION_SECRET: "s".repeat(40), SEAL_KEY: "k".repeat(40) };
    const instance = startInstance(port, { DIWAN_HOME: copied, SMTP_URL: mailbox.url, ...keys });
    try {
      expect(await eventually(async () => (await instance.readiness()) === 200, 60)).toBe(true);
      const ready = async () => (await fetch(`${instance.address}/readyz`)).json();
      expect(await ready()).toMatchObject({ status: "ready", warnings: [{ en: expect.stringContaining("--real") }] });
      expect(instance.output()).toContain("moved or copied");
      const look = async () => JSON.parse((await diwan(copied, ["data-folder", "--json"])).out);
      expect(await look()).toMatchObject({ standing: "unsure", noted: pristine, path: copied });

      // The original is there still: both would be the real one.
      const both = await diwan(copied, ["data-folder", "--real"]);
      expect([both.status, both.out]).toEqual([1, expect.stringContaining(`DIWAN_HOME=${pristine}`)]);
      expect((await diwan(copied, ["data-folder", "--copy"])).status).toBe(0);
      expect(await look()).toMatchObject({ standing: "copy", noted: copied });
      // The instance that runs knows at once.
      expect(await ready()).toEqual({ status: "ready" });
      expect(stored(copied).id).not.toBe(stored(pristine).id);
    } finally {
      await instance.stop();
      await mailbox.close();
    }
    const word = await diwan(copied, ["data-folder", "--lang", "ar"]);
    expect(word.out).toContain("هو نسخة: لا يرسل شيئًا.");
  }, 180_000);
});

describe("a folder that was moved", () => {
  it("goes on as it is when it was renamed, also while it runs", async () => {
    const home = own("before-move");
    const one = await comeTo(home);
    const moved = at("after-move");
    renameSync(home, moved);
    const two = await comeTo(moved);
    expect(two.url).toBe(one.url);
    expect(two.said).toEqual([expect.stringContaining("was moved from")]);
    expect(existsSync(home)).toBe(false);
    // The other knows the folder by a name that is gone; the server stays until the last.
    await one.kill();
    expect(await two.leave()).toBe(0);
    expect(existsSync(pidFile(moved))).toBe(false);
    expect(stored(moved)).toMatchObject({ standing: "real", place: { path: moved } });
  }, 120_000);

  it("is the real one by one command where it was moved to another disk", async () => {
    const away = copy(own("away"), "arrived");
    expect((await comeTo(at("away")).then((user) => user.leave())) === 0).toBe(true);
    rmSync(away, { recursive: true });
    copy(at("away"), "arrived");
    rmSync(at("away"), { recursive: true });
    expect(JSON.parse((await diwan(away, ["data-folder", "--json"])).out)).toMatchObject({ standing: "unsure" });
    expect((await diwan(away, ["data-folder", "--real"])).status).toBe(0);
    const user = await comeTo(away);
    expect(user.said.filter((line) => !line.startsWith("Starting"))).toEqual([]);
    expect(await user.leave()).toBe(0);
  }, 120_000);
});

describe("a reset", () => {
  it("says what it erases, erases nothing unasked, and in a copy never the original's", async () => {
    const original = own("reset-original");
    const first = await comeTo(original);
    const copied = copy(original, "reset-copy");
    const demo = async (...argv: string[]) => run("demo", argv, { DIWAN_HOME: copied, PORT: String(await freePort()) });
    const refused = await demo("--reset");
    expect([refused.status, refused.out]).toEqual([1, expect.stringContaining("--yes")]);
    expect(refused.out).toMatch(new RegExp(`erases the data folder ${copied}.*no cases.*MB`));
    expect(existsSync(join(copied, "postgres", "data"))).toBe(true);

    const { id } = stored(copied);
    mkdirSync(join(copied, "files", "ab"), { recursive: true });
    const done = await demo("--reset", "--yes");
    expect(done.out).toContain("Bringing the database up to date");
    expect(stored(copied).id).not.toBe(id);
    expect(existsSync(join(copied, "files", "ab"))).toBe(false);
    expect(await rowsOf(first.ownerUrl)).toEqual([{ word: "first" }]);
    // Of an empty folder there is nothing to say: it is where it was made.
    expect(JSON.parse((await diwan(copied, ["data-folder", "--json"])).out)).toMatchObject({ standing: "real" });
    // And it does not touch what is in use.
    const used = await run("demo", ["--reset", "--yes"], { DIWAN_HOME: original, PORT: String(await freePort()) });
    expect([used.status, used.out]).toEqual([1, expect.stringContaining("Another Diwan is using this data folder")]);
    expect(await rowsOf(first.ownerUrl)).toEqual([{ word: "first" }]);
    expect(await first.leave()).toBe(0);
  }, 180_000);
});

describe("a folder that lost a file", () => {
  let home = "";
  beforeAll(() => {
    home = own("lost");
  });
  const refusal = (argv: string[], environment = {}) => diwan(home, argv, environment);

  it("secrets.json: no command makes other keys unless that is asked for", async () => {
    const file = join(home, "secrets.json");
    rmSync(file);
    const { status, out } = await refusal(["verify-audit"]);
    expect([status, out]).toEqual([1, expect.stringMatching(/secrets\.json is missing.*Put it back.*--new-keys/s)]);
    expect(existsSync(file)).toBe(false);
    expect((await refusal(["verify-audit", "--lang", "ar"])).out).toMatch(/مفقود.*--new-keys/s);
    writeFileSync(file, "{");
    expect((await refusal(["jobs"])).out).toContain("secrets.json is damaged");
    rmSync(file);
    const made = await refusal(["data-folder", "--new-keys"]);
    expect([made.status, made.out]).toEqual([0, expect.stringContaining("New keys are in")]);
    expect((await refusal(["data-folder", "--new-keys"])).status).toBe(1);
    expect((await refusal(["jobs"])).status).toBe(0);
  }, 120_000);

  it.each([
    ["postgres.json", "missing or damaged", () => rmSync(join(home, "postgres.json"))],
    ["postgres.json, damaged", "missing or damaged", () => writeFileSync(join(home, "postgres.json"), '{"folder":')],
    [
      "postgres.json of another folder",
      "is not the one that",
      () => writeFileSync(join(home, "postgres.json"), JSON.stringify({ ...stored(home), id: "0".repeat(24) })),
    ],
    ["the database", "is missing: it was in", () => renameSync(join(home, "postgres"), join(home, "postgres-away"))],
    [
      "a state that points into another folder",
      "belongs to another data folder",
      () => {
        renameSync(join(home, "postgres"), join(home, "postgres-away"));
        const { folder: _folder, id: _id, ...before } = stored(home);
        writeFileSync(join(home, "postgres.json"), JSON.stringify({ ...before, folder: join(pristine, "postgres") }));
      },
    ],
    [
      "database and state, with files of cases left",
      "their database is missing",
      () => {
        renameSync(join(home, "postgres"), join(home, "postgres-away"));
        rmSync(join(home, "postgres.json"));
        mkdirSync(join(home, "files", "ab"), { recursive: true });
      },
    ],
  ])("%s: says what is wrong, and makes and touches nothing", async (_name, words, lose) => {
    const state = readFileSync(join(home, "postgres.json"));
    lose();
    await expect(comeTo(home)).rejects.toThrow(words);
    expect(existsSync(join(home, "postgres", "data")) && existsSync(join(home, "postgres-away"))).toBe(false);
    if (existsSync(join(home, "postgres-away"))) renameSync(join(home, "postgres-away"), join(home, "postgres"));
    rmSync(join(home, "files"), { recursive: true, force: true });
    writeFileSync(join(home, "postgres.json"), state);
  });

  it("and is whole again with it", async () => {
    const user = await comeTo(home);
    expect(await rowsOf(user.ownerUrl)).toEqual([{ word: "first" }]);
    expect(await user.leave()).toBe(0);
  }, 60_000);
});

/** Only root runs the server as someone else, who may not get everywhere. */
(process.getuid?.() === 0 ? it : it.skip)(
  "a cluster that had to live elsewhere is the first folder's alone",
  async () => {
    const closed = mkdtempSync(join(tmpdir(), "diwan-closed-"));
    const user = await comeTo(closed);
    const { folder } = stateOf(closed);
    try {
      await ask(user.ownerUrl, "create table kept (word text); insert into kept values ('closed')");
      const copied = join(closed, "copy");
      mkdirSync(copied);
      for (const name of ["postgres.json", "place.txt"]) cpSync(join(closed, name), join(copied, name));
      await expect(comeTo(copied)).rejects.toThrow(`belongs to the data folder in ${closed}`);
      expect(await rowsOf(user.ownerUrl)).toEqual([{ word: "closed" }]);
      expect(await user.leave()).toBe(0);
      // Moved: its own again by one command, and no longer the other's.
      rmSync(join(closed, "postgres.json"));
      expect((await diwan(copied, ["data-folder", "--real"])).status).toBe(0);
      const again = await comeTo(copied);
      expect(await rowsOf(again.ownerUrl)).toEqual([{ word: "closed" }]);
      expect(await again.leave()).toBe(0);
    } finally {
      rmSync(closed, { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    }
  },
  120_000,
);
