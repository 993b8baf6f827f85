/** The embedded server among processes that share it, are killed, and come back. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { ask, comeTo, pidFile, running, serverPid, stateOf } from "../support/folder-users.js";

let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "diwan-embedded-"));
  chmodSync(home, 0o755);
});
afterEach(() => {
  expect(running.size).toBe(0);
});
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
  for (const folder of [home]) {
    if (existsSync(join(folder, "postgres.json")) && existsSync(pidFile(folder)))
      process.kill(serverPid(folder), "SIGINT");
    rmSync(folder, { recursive: true, force: true });
  }
});

describe("the embedded server", () => {
  it("is made once by two that come at once, and stopped by the last one out", async () => {
    const [one, two] = await Promise.all([comeTo(home), comeTo(home)]);
    expect(one.url).toBe(two.url);
    expect([...one.said, ...two.said].filter((line) => line.startsWith("Creating"))).toHaveLength(1);
    expect(await ask(one.url, "select current_user as who")).toEqual([{ who: "diwan" }]);
    expect(await ask(one.ownerUrl, "select current_user as who")).toEqual([{ who: "diwan_owner" }]);
    const [settings] = await ask<Record<string, string>>(
      one.ownerUrl,
      `select current_setting('listen_addresses') as listens, current_setting('max_connections') as most,
         (select datcollate || ' ' || pg_encoding_to_char(encoding) from pg_database where datname = 'diwan') as text`,
    );
    expect(settings).toEqual({ listens: "127.0.0.1", most: "120", text: "C.UTF-8 UTF8" });
    await ask(one.ownerUrl, "create table kept (word text); insert into kept values ('kept')");

    expect(await one.leave()).toBe(0);
    expect(await ask(two.ownerUrl, "select word from kept")).toEqual([{ word: "kept" }]);
    expect(await two.leave()).toBe(0);
    await expect(ask(two.url, "select 1")).rejects.toThrow();
    expect(existsSync(pidFile(home))).toBe(false);
  }, 60_000);

  it("keeps its passwords to itself", () => {
    expect(statSync(join(home, "postgres.json")).mode & 0o777).toBe(0o600);
    expect(existsSync(join(stateOf(home).folder, "initial-password"))).toBe(false);
  });

  it("outlives a killed process; the next finds it running, and it still ends with the last", async () => {
    const killed = await comeTo(home);
    const pid = serverPid(home);
    await killed.kill();
    const next = await comeTo(home);
    expect([serverPid(home), next.said]).toEqual([pid, []]);
    expect(await ask(next.ownerUrl, "select word from kept")).toEqual([{ word: "kept" }]);
    expect(await next.leave()).toBe(0);
    expect(existsSync(pidFile(home))).toBe(false);
  }, 60_000);

  it("comes back where it was after it was itself killed, also for who used it meanwhile", async () => {
    const old = await comeTo(home);
    process.kill(serverPid(home), "SIGKILL");
    const next = await comeTo(home);
    expect(next.url).toBe(old.url);
    expect(await ask(old.ownerUrl, "select word from kept")).toEqual([{ word: "kept" }]);
    // The old one takes its share of the lock again, so the server stays when the new one leaves.
    const holders =
      "select count(*)::int as n from pg_locks where locktype = 'advisory' and mode = 'ShareLock' and granted";
    for (let i = 0; (await ask<{ n: number }>(old.ownerUrl, holders))[0]?.n !== 2; i++) {
      expect(i).toBeLessThan(50);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await next.leave()).toBe(0);
    expect(await ask(old.url, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(await old.leave()).toBe(0);
    expect(existsSync(pidFile(home))).toBe(false);
  }, 60_000);

  it("starts over what kills left half done: a lock file, a lock of the server, a half-made cluster", async () => {
    writeFileSync(join(home, "postgres.lock"), "4194304");
    mkdirSync(join(stateOf(home).folder, "data-half"));
    // The number of a process that is no PostgreSQL: this one.
    const { port, folder } = stateOf(home);
    writeFileSync(pidFile(home), [process.pid, join(folder, "data"), 1700000000, port, "", "127.0.0.1", ""].join("\n"));
    const user = await comeTo(home);
    expect(await ask(user.ownerUrl, "select word from kept")).toEqual([{ word: "kept" }]);
    expect(await user.leave()).toBe(0);
  }, 60_000);

  it("takes another port when its own was taken meanwhile", async () => {
    const { createServer } = await import("node:net");
    const { port } = stateOf(home);
    const squatter = createServer((socket) => socket.destroy()).listen(port, "127.0.0.1");
    try {
      const user = await comeTo(home);
      expect(stateOf(home).port).not.toBe(port);
      expect(await ask(user.ownerUrl, "select word from kept")).toEqual([{ word: "kept" }]);
      expect(await user.leave()).toBe(0);
    } finally {
      squatter.close();
    }
  }, 60_000);

  it("says what is wrong when its passwords are gone, and touches nothing", async () => {
    const file = join(home, "postgres.json");
    const text = readFileSync(file);
    rmSync(file);
    await expect(comeTo(home)).rejects.toThrow(/postgres\.json is missing or damaged.*Put it back/s);
    writeFileSync(file, text, { mode: 0o600 });
    const user = await comeTo(home);
    expect(await user.leave()).toBe(0);
  }, 60_000);
});

/** Only root runs the server as somebody else, who may not get everywhere. */
const asRoot = process.getuid?.() === 0 ? it : it.skip;
describe("a data folder that the database's user cannot reach", () => {
  asRoot(
    "is left for one that it can, and it says where",
    async () => {
      const closed = mkdtempSync(join(tmpdir(), "diwan-closed-"));
      let folder = "";
      try {
        const user = await comeTo(closed);
        ({ folder } = stateOf(closed));
        expect(folder.startsWith(closed)).toBe(false);
        expect(user.said[0]).toContain(folder);
        expect(await user.leave()).toBe(0);
        const again = await comeTo(closed);
        expect([stateOf(closed).folder, again.said.some((line) => line.startsWith("Creating"))]).toEqual([
          folder,
          false,
        ]);
        expect(await again.leave()).toBe(0);
      } finally {
        rmSync(closed, { recursive: true, force: true });
        if (folder !== "") rmSync(folder, { recursive: true, force: true });
      }
    },
    60_000,
  );
});
