/** What happens to a database before the first request, and what its errors mean. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { migratePremises, missingMigrations, type Premises } from "../../src/app/boot.js";
import { migrations } from "../../src/app/migrations/index.js";
import { jobNames } from "../../src/engine/jobs/job-definitions.js";
import { withBootLock } from "../../src/platform/db/boot-lock.js";
import {
  connect,
  databaseFault,
  databaseFaults,
  isUnavailable,
  unavailableProblem,
} from "../../src/platform/db/connect.js";
import { openQueue } from "../../src/platform/db/queue.js";
import { inTransaction } from "../../src/platform/db/transaction.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

let empty: TestDatabase;
beforeAll(async () => {
  empty = await createTestDatabase("empty");
});
afterAll(() => empty.close());

const premisesOf = ({ url, ownerUrl }: { url: string; ownerUrl: string | null }): Premises => ({
  url,
  ownerUrl,
  reset: null,
  release: async () => undefined,
});

describe("a fresh database", () => {
  it("is migrated by one of three instances that start together; the others find it done", async () => {
    const names = migrations.map(({ name }) => name);
    expect(await missingMigrations(empty.url)).toEqual(names);
    const ran = await Promise.all([1, 2, 3].map(() => migratePremises(premisesOf(empty))));
    expect(ran.map((own) => own.length).sort((a, b) => a - b)).toEqual([0, 0, names.length]);
    expect(await missingMigrations(empty.url)).toEqual([]);
  });

  it("has a queue for each job, which the running role may use and not make", async () => {
    const queue = openQueue(empty.url, { connections: 2, onError: () => undefined });
    await queue.start();
    try {
      expect((await queue.getQueues()).map(({ name }) => name).sort()).toEqual([...jobNames].sort());
      expect(await queue.send("housekeeping", {})).toEqual(expect.any(String));
      await expect(queue.createQueue("tea")).rejects.toThrow(/permission denied|must be owner/);
    } finally {
      await queue.stop({ graceful: false, wait: true });
    }
  });

  it("is not migrated by who does not know the owner", async () => {
    await expect(migratePremises(premisesOf({ url: empty.url, ownerUrl: null }))).rejects.toThrow(
      "DATABASE_OWNER_URL is missing",
    );
  });

  it("of a version before the baseline is not opened; the message says how its configuration is kept", async () => {
    const former = await createTestDatabase("empty");
    const { ownerUrl } = former;
    const owner = connect(ownerUrl, { max: 1, name: "test-former" });
    try {
      await owner.query("create table schema_migrations (name text); create table cases (id bigint)");
      await owner.query("insert into schema_migrations values ('2026-11-25-cases'), ('2026-12-03-channel-kinds')");
      const refusal =
        /earlier version of Diwan \(2026-11-25-cases\).*export-config FOLDER.*import-config FOLDER.*--reset/s;
      await expect(migratePremises(premisesOf(former))).rejects.toThrow(refusal);
      await expect(missingMigrations(ownerUrl)).rejects.toThrow(refusal);
      const [tables] = await owner.query(
        "select table_name from information_schema.tables where table_schema = 'public'",
      );
      expect(tables).toHaveLength(2);
    } finally {
      await owner.close();
      await former.close();
    }
  });

  it("lets nobody in who is not the runtime role or the owner of what there is", async () => {
    await expect(empty.db.query("create table mine (id int)")).rejects.toThrow("permission denied");
    await expect(empty.db.query("alter role diwan superuser")).rejects.toThrow("permission denied");
  });
});

describe("the boot lock", () => {
  it("has one at work at a time, and is free again after a failure", async () => {
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} in`);
      await new Promise((resolve) => setTimeout(resolve, 60));
      seen.push(`${name} out`);
      if (name === "b") throw new Error("b failed");
    };
    const all = await Promise.allSettled(["a", "b", "c"].map((name) => withBootLock(empty.ownerUrl, work(name))));
    expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    for (let i = 0; i < seen.length; i += 2) expect(seen[i + 1]).toBe(seen[i]?.replace("in", "out"));
    expect(seen).toHaveLength(6);
  });
});

describe("the boot lock's connection", () => {
  it("may be lost while the work goes on: that ends nothing, and nobody is locked out", async () => {
    const lose = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'diwan-boot'";
    const owner = connect(empty.ownerUrl, { max: 1, name: "test-owner" });
    try {
      const done = await withBootLock(empty.ownerUrl, async () => {
        await owner.query(lose);
        // It is heard of a moment later.
        await new Promise((resolve) => setTimeout(resolve, 300));
        return "done";
      });
      expect(done).toBe("done");
      expect(await withBootLock(empty.ownerUrl, async () => "again")).toBe("again");
    } finally {
      await owner.close();
    }
  });
});

describe("a transaction", () => {
  it("tries again after a deadlock, all of it", async () => {
    const owner = connect(empty.ownerUrl, { max: 4, name: "test-owner" });
    try {
      await owner.query("create table pair (id int primary key, n int); insert into pair values (1, 0), (2, 0)");
      let runs = 0;
      const both = (first: number, second: number) =>
        inTransaction(owner, async (transaction) => {
          runs++;
          await owner.query("update pair set n = n + 1 where id = $1", { bind: [first], transaction });
          await new Promise((resolve) => setTimeout(resolve, 100));
          await owner.query("update pair set n = n + 1 where id = $1", { bind: [second], transaction });
        });
      await Promise.all([both(1, 2), both(2, 1)]);
      // One of them at least had to run again; each counts once.
      expect(runs).toBeGreaterThan(2);
      expect((await owner.query("select n from pair order by id"))[0]).toEqual([{ n: 2 }, { n: 2 }]);
    } finally {
      await owner.close();
    }
  });

  it("leaves nothing behind when its work fails, and does not try that again", async () => {
    const owner = connect(empty.ownerUrl, { max: 2, name: "test-owner" });
    let runs = 0;
    try {
      const work = inTransaction(owner, async (transaction) => {
        runs++;
        await owner.query("create table half (id int)", { transaction });
        throw new Error("on purpose");
      });
      await expect(work).rejects.toThrow("on purpose");
      expect(runs).toBe(1);
      expect((await owner.query("select to_regclass('half') as found"))[0]).toEqual([{ found: null }]);
    } finally {
      await owner.close();
    }
  });
});

describe("an error", () => {
  const errorOf = async (work: Promise<unknown>): Promise<unknown> => {
    try {
      await work;
    } catch (error) {
      return error;
    }
    throw new Error("There was none.");
  };

  it("means that the database is away when nobody listens, and when a connection is cut", async () => {
    const nowhere = connect("postgres://diwan:x@127.0.0.1:1/diwan", { max: 1, name: "test" });
    expect(isUnavailable(await errorOf(nowhere.query("select 1")))).toBe(true);
    await nowhere.close();
    const cut = connect(empty.url, { max: 1, name: "test-cut" });
    const cutting = errorOf(cut.query("select pg_sleep(10)"));
    const owner = new pg.Client({ connectionString: empty.ownerUrl });
    await owner.connect();
    const kill =
      "select pg_terminate_backend(pid) as done from pg_stat_activity where application_name = 'test-cut' and query like '%pg_sleep%'";
    for (let i = 0; i < 50 && (await owner.query(kill)).rowCount === 0; i++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isUnavailable(await cutting)).toBe(true);
    // The pool notices that the connection is gone, a moment later, and opens another by itself.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await cut.query("select 1 as one"))[0]).toEqual([{ one: 1 }]);
    await cut.close();
    await owner.end();
  });

  it("means something else when a question is wrong", async () => {
    for (const text of ["select nothing", "select 1 / 0", "delete from case_events"]) {
      expect(isUnavailable(await errorOf(empty.db.query(text)))).toBe(false);
    }
    for (const other of [undefined, null, "away", new Error("ECONNREFUSED is a word")])
      expect(isUnavailable(other)).toBe(false);
    const circular: { cause?: unknown } = {};
    circular.cause = circular;
    expect(isUnavailable(circular)).toBe(false);
  });

  it.each([
    ["53100", "full", 60],
    ["53200", "busy", 10],
    ["53300", "busy", 10],
    ["53400", "busy", 10],
    ["55P03", "busy", 10],
    ["25006", "read-only", 30],
    ["28P01", "refusing", 60],
    ["3D000", "refusing", 60],
    ["57P01", "away", 5],
    ["57P02", "away", 5],
    ["57P03", "away", 5],
    ["08006", "away", 5],
  ] as const)("%s of the server means that it is %s: 503, and when to try again", async (state, fault, seconds) => {
    const raised = await errorOf(empty.db.query(`do $$ begin raise sqlstate '${state}'; end $$`));
    expect([databaseFault(raised), isUnavailable(raised)]).toEqual([fault, true]);
    const problem = unavailableProblem(raised);
    expect([problem?.status, problem?.retryAfter]).toEqual([503, seconds]);
    for (const words of [problem?.detail.ar, databaseFaults[fault].short.ar]) expect(words).toMatch(/[\u0600-\u06ff]/);
  });

  it("of the way there means that it is away", () => {
    for (const code of ["ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT", "ECONNREFUSED"])
      expect(databaseFault(Object.assign(new Error(code), { code }))).toBe("away");
    expect(databaseFault(new Error("timeout expired"))).toBe("away");
    expect(databaseFault(Object.assign(new Error(), { name: "SequelizeConnectionAcquireTimeoutError" }))).toBe("busy");
  });

  it("gives whole numbers as numbers and moments in UTC", async () => {
    const [rows] = await empty.db.query(
      "select 9007199254740991::bigint as n, '2026-11-25 10:00+03'::timestamptz as at, to_char('2026-07-01 12:00+00'::timestamptz, 'HH24:MI') as noon",
    );
    expect(rows).toEqual([{ n: 9007199254740991, at: new Date("2026-11-25T07:00:00Z"), noon: "12:00" }]);
  });
});
