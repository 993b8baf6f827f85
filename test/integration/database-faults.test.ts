/**
 * One instance, and what may become of its database: away at the start, frozen, read-only, full, with another password, cut
 * under the boot lock. Every request is answered in time, the log is no flood, and all goes on by itself; nothing is lost and
 * no application is taken twice.
 */
import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { migratePremises } from "../../src/app/boot.js";
import { seed } from "../../src/features/config-files/seed.js";
import { issueChannelKey } from "../../src/features/people/channel-key-store.js";
import { connect } from "../../src/platform/db/connect.js";
import { builtProgram } from "../support/built-program.js";
import {
  eventually,
  freePort,
  type Instance,
  type OwnServer,
  startInstance,
  startOwnServer,
} from "../support/instances.js";
import { type Mailbox, openMailbox } from "../support/mailbox.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const secret = "k".repeat(40);
const begun = new Date("2026-01-01T00:00:00Z");
/** People wait for ten seconds at most; a machine that is six times slower may need a little more. */
const inTime = 20_000;

let server: OwnServer;
let mailbox: Mailbox;
let instance: Instance;
let key: string;

const environment = (more: Record<string, string> = {}) => ({
  DATABASE_URL: server.url,
  SMTP_URL: mailbox.url,
  PUBLIC_URL: "https://diwan.example.jo",
  SEAL_KEY: secret,
  SESSION_SECRET: secret,
  ...more,
});

async function asOwner<Row extends pg.QueryResultRow>(...texts: string[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: server.ownerUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const text of texts) rows = (await client.query<Row>(text)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

interface Answered {
  readonly status: number;
  readonly retryAfter: number;
  readonly detail: string;
  readonly ms: number;
}

async function ask(path: string, init: RequestInit = {}): Promise<Answered> {
  const from = performance.now();
  const answer = await fetch(instance.address + path, { ...init, signal: AbortSignal.timeout(60_000) });
  const body = (await answer.json()) as { detail?: string };
  return {
    status: answer.status,
    retryAfter: Number(answer.headers.get("retry-after") ?? 0),
    detail: body.detail ?? "",
    ms: performance.now() - from,
  };
}

const send = (subject: string) =>
  ask("/api/v1/applications", {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", "idempotency-key": subject },
    body: JSON.stringify({
      programme: "jordan",
      type: "complaint",
      language: "en",
      subject,
      description: "While the database is not well.",
      applicant: { category: "citizen", name: "Rana", email: `${subject}@example.jo` },
    }),
  });

const ready = (seconds = 60) => eventually(async () => (await instance.readiness()) === 200, seconds);
const refused = (words: string) => ({
  status: 503,
  retryAfter: expect.any(Number),
  detail: expect.stringContaining(words),
});
/** What the log says since then. What stands beside it (Sequelize on a lost commit) is no stack. */
function linesSince(before: string): { msg: string; level: number; fault?: string }[] {
  const lines = instance.output().slice(before.length).split("\n");
  expect(lines.filter((line) => /^\s+at |unhandled|uncaught/i.test(line))).toEqual([]);
  return lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
}

beforeAll(async () => {
  [server, mailbox] = await Promise.all([startOwnServer(), openMailbox()]);
  await migratePremises({ ...server, reset: null, release: async () => undefined });
  const db = connect(server.url, { max: 2, name: "test" });
  await seed(db, { now: begun, programmes: ["jordan"] });
  const by = { kind: "system", job: "test" } as const;
  const random = { bytes: (n: number) => Buffer.alloc(n, 7) };
  ({ key } = await issueChannelKey(db, { programme: "jordan", channel: "web", label: "test", random, by, now: begun }));
  await db.close();
}, 120_000);

afterAll(async () => {
  await instance?.kill();
  await mailbox?.close();
  await server?.close();
}, 60_000);

describe("an instance that starts while its database is away", () => {
  it("lives, says why it is not ready, and is ready when the database comes; told to stop meanwhile, it stops", async () => {
    await server.cut();
    const [port, other] = [await freePort(), await freePort()];
    instance = startInstance(port, environment({ DATABASE_OWNER_URL: server.ownerUrl }));
    const stopped = startInstance(other, environment());
    const lives = (one: Instance) => eventually(async () => (await one.readiness()) === 503 || !one.alive(), 90);
    expect(await Promise.all([lives(instance), lives(stopped)])).toEqual([true, true]);
    expect([instance.alive(), stopped.alive()]).toEqual([true, true]);
    expect(
      await eventually(async () => (await instance.reason()) === "Not ready: the database is not available", 10),
    ).toBe(true);
    expect(await ask("/healthz")).toMatchObject({ status: 200 });
    const sent = await send("early");
    expect(sent).toMatchObject(refused("The database is not available"));
    expect(sent.retryAfter).toBeGreaterThan(0);
    expect(await stopped.stop()).toBe(0);
    expect(stopped.output()).not.toMatch(/^\s+at |Unhandled/m);
    await server.comeBack();
    expect(await ready()).toBe(true);
    expect(linesSince("").map(({ msg }) => msg)).toEqual([
      "the database is not available",
      "the database is well again",
    ]);
    expect((await send("early")).status).toBe(201);
  }, 240_000);

  it("is not started over and over with an address that the database refuses: it says so and ends", async () => {
    const wrong = new URL(server.url);
    wrong.password = "hunter2";
    const one = startInstance(await freePort(), environment({ DATABASE_URL: wrong.href }));
    expect(await eventually(() => !one.alive(), 90)).toBe(true);
    expect(await one.stop()).toBe(1);
    // The log and the last word leave by two pipes, in no order between them.
    expect(one.output().split("\n")).toContain(
      "Not started: the database refuses the user, password or name in its address (28P01). See DATABASE_URL and DATABASE_OWNER_URL.",
    );
    expect(one.output()).not.toContain("hunter2");
  }, 120_000);
});

describe("a database that is frozen", () => {
  it("keeps nobody waiting, takes nothing twice, and loses no letter", async () => {
    await asOwner("update jobs set cron = '*/5 * * * * *' where name in ('enforce-deadlines', 'deliver-messages')");
    const names = Array.from({ length: 30 }, (_, n) => `frozen-${n}`);
    const before = instance.output();
    const thaw = server.freeze();
    try {
      const first = await Promise.all([...names.map(send), ask("/readyz")]);
      for (const one of first) expect(one).toMatchObject(refused("database"));
      expect(Math.max(...first.map(({ ms }) => ms))).toBeLessThan(inTime);
      expect((await ask("/healthz")).status).toBe(200);
      expect(await instance.reason()).toBe("Not ready: the database is not available");
      // Known by now: nobody waits again.
      const next = await Promise.all(names.map(send));
      for (const one of next) expect(one).toMatchObject(refused("The database is not available"));
      expect(Math.max(...next.map(({ ms }) => ms))).toBeLessThan(inTime / 2);
      const command = await diwan(["jobs"]);
      expect(command).toEqual({
        status: 1,
        errors: "diwan: the database is not available; is it running, and is DATABASE_URL right?\n",
      });
    } finally {
      thaw();
    }
    expect(await ready()).toBe(true);
    for (const one of await Promise.all(names.map(send))) expect(one.status).toBe(201);
    const taken = "select count(*)::integer as n, count(distinct subject)::integer as different from applications";
    expect(await asOwner(`${taken} where subject like 'frozen-%'`)).toEqual([{ n: 30, different: 30 }]);
    // As many connections as ever: those of before are gone on the server too.
    const open =
      "select count(*)::integer as n from pg_stat_activity where application_name like 'diwan-%' and application_name <> 'diwan-user'";
    expect(await eventually(async () => ((await asOwner<{ n: number }>(open))[0]?.n ?? 99) <= 21, 30)).toBe(true);
    // What was claimed as the connection broke is free again after two minutes.
    const waiting = "select count(*)::integer as n from messages where state = 'pending'";
    expect(await eventually(async () => (await asOwner<{ n: number }>(waiting))[0]?.n === 0, 200, 500)).toBe(true);
    const told = new Set(mailbox.letters.flatMap(({ to }) => [to].flat()).map((to) => to?.text));
    for (const name of names) expect([...told]).toContain(`${name}@example.jo`);
    expect(linesSince(before).map(({ msg }) => msg)).toEqual([
      "the database is not available",
      "the database is well again",
    ]);
  }, 330_000);
});

describe("a database that does not accept changes", () => {
  it("is said to be so at once, can be read, and is written again as soon as it may", async () => {
    const before = instance.output();
    await asOwner("alter system set default_transaction_read_only = on", "select pg_reload_conf()");
    try {
      expect(
        await eventually(async () => (await instance.reason()).endsWith("does not accept changes (read-only)"), 20),
      ).toBe(true);
      expect(await send("read-only")).toMatchObject(refused("does not accept changes"));
      expect((await ask("/api/v1/programmes/jordan")).status).toBe(200);
      await sleep(6000);
    } finally {
      await asOwner(
        "set default_transaction_read_only = off",
        "alter system reset default_transaction_read_only",
        "select pg_reload_conf()",
      );
    }
    expect(await ready()).toBe(true);
    expect((await send("read-only")).status).toBe(201);
    expect(linesSince(before).map(({ fault }) => fault ?? "well")).toEqual(["read-only", "well"]);
  }, 90_000);
});

describe("a database without room", () => {
  it("is said to be so, can be read, and is written again when there is room", async () => {
    const before = instance.output();
    await asOwner(
      "create function no_room() returns trigger language plpgsql as $$ begin raise sqlstate '53100' using message = 'could not extend file'; end $$",
      "create trigger no_room before insert on applications execute function no_room()",
    );
    expect(await send("full")).toMatchObject(refused("no room left"));
    expect(await instance.reason()).toBe("Not ready: the database has no room left (its disk is full)");
    expect((await ask("/api/v1/programmes/jordan")).status).toBe(200);
    await asOwner("drop trigger no_room on applications");
    expect((await send("full")).status).toBe(201);
    expect(await ready()).toBe(true);
    expect(linesSince(before).map(({ fault }) => fault ?? "well")).toEqual(["full", "well"]);
  }, 90_000);
});

describe("a database with another password", () => {
  it("is told apart from one that is away, and is used again when the password is right", async () => {
    const before = instance.output();
    const cut = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'diwan'";
    await asOwner("alter role diwan password 'another'", cut);
    expect(await eventually(() => linesSince(before).length > 0, 20)).toBe(true);
    expect(await instance.reason()).toBe("Not ready: the database refuses the user, password or name in its address");
    const sent = await send("password");
    expect(sent).toMatchObject(refused("does not let the system in"));
    expect(sent.retryAfter).toBe(60);
    await asOwner(`alter role diwan password '${new URL(server.url).password}'`);
    expect(await ready()).toBe(true);
    expect((await send("password")).status).toBe(201);
    expect(linesSince(before).map(({ fault }) => fault ?? "well")).toEqual(["refusing", "well"]);
    expect(await instance.stop()).toBe(0);
  }, 90_000);
});

function diwan(argv: string[]) {
  const env = { PATH: process.env.PATH, ...environment() };
  return new Promise<{ status: number | null; errors: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [builtProgram("cli"), ...argv], { cwd: root, env });
    let errors = "";
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, errors }));
  });
}
