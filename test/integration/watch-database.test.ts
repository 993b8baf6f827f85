/** The watch of a database: what it takes for a silence and what not, whom it cuts, and that everything goes on afterwards. */
import { connect as connectSocket, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Sequelize } from "sequelize";
import { connect, databaseFault } from "../../src/platform/db/connect.js";
import { openQueue } from "../../src/platform/db/queue.js";
import { type DatabaseWatch, watchDatabase } from "../../src/platform/db/watch-database.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { eventually } from "../support/instances.js";

/** Between Diwan and its database: passes everything on, or takes everything and says nothing. */
interface Wire {
  readonly url: string;
  swallow: boolean;
  /** Connections that were ever taken. */
  taken: number;
  open(): number;
  close(): Promise<void>;
}

async function openWire(url: string): Promise<Wire> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const wire = { swallow: false, taken: 0 };
  const held: (() => void)[] = [];
  const server: Server = createServer((near) => {
    wire.taken += 1;
    const far = connectSocket(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("error", () => undefined);
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on("data", (data) => {
        if (wire.swallow) held.push(() => void (to.destroyed || to.write(data)));
        else to.write(data);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const through = new URL(url);
  through.port = String((server.address() as { port: number }).port);
  return {
    url: through.href,
    get swallow() {
      return wire.swallow;
    },
    set swallow(on: boolean) {
      wire.swallow = on;
      // What was on its way arrives late, as from a server that goes on.
      if (!on) for (const pass of held.splice(0)) pass();
    },
    get taken() {
      return wire.taken;
    },
    open: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const timing = { everyMs: 50, patienceMs: 1000, holdMs: 400, tellEachMs: 60_000 };
const faultOf = (work: Promise<unknown>) => work.then(() => "none", databaseFault);

let database: TestDatabase;
let wire: Wire;
let watch: DatabaseWatch;
let db: Sequelize;
let told: (string | null)[];
beforeAll(async () => {
  database = await createTestDatabase();
  wire = await openWire(database.url);
  told = [];
  watch = watchDatabase(wire.url, { ...timing, tell: ({ fault }) => void told.push(fault) });
  db = connect(wire.url, { max: 3, name: "test-watched", Client: watch.Client, within: 20_000 });
});
afterAll(async () => {
  await db.close();
  watch.stop();
  await wire.close();
  await database.close();
});
const asOwner = async (text: string) => {
  const owner = connect(database.ownerUrl, { max: 1, name: "test-owner" });
  await owner.query(text).finally(() => owner.close());
};

describe("a database that answers", () => {
  it("is left alone, however long one statement takes", async () => {
    expect(await db.query("select pg_sleep(2.5)")).toBeTruthy();
    expect([watch.fault(), told]).toEqual([null, []]);
  });
});

describe("a database that has fallen silent", () => {
  it("keeps nobody: who waits is told, who comes is told at once, and nobody knocks but the watch", async () => {
    const queue = openQueue(wire.url, { connections: 1, onError: () => undefined, Client: watch.Client });
    await queue.start();
    await db.query("create temporary table t (n int)");
    const waiting = [
      ...[1, 2, 3, 4, 5].map(() => faultOf(db.query("select pg_sleep(60)"))),
      faultOf(db.transaction((transaction) => db.query("select pg_sleep(60)", { transaction }))),
    ];
    await sleep(100);
    wire.swallow = true;
    waiting.push(faultOf(queue.getQueues()));
    try {
      const ends = await Promise.all(waiting);
      expect(new Set(ends)).toEqual(new Set(["away"]));
      expect(watch.fault()).toBe("away");
      const before = wire.taken;
      const asked = performance.now();
      expect(await Promise.all([1, 2, 3, 4].map(() => faultOf(db.query("select 1"))))).toEqual([
        "away",
        "away",
        "away",
        "away",
      ]);
      // No time to wait for anything: less than the watch's own patience.
      expect(performance.now() - asked).toBeLessThan(timing.patienceMs);
      expect(wire.taken - before).toBeLessThanOrEqual(2);
      expect(await faultOf(queue.getQueues())).toBe("away");
    } finally {
      wire.swallow = false;
    }
    expect(await eventually(() => watch.fault() === null, 20)).toBe(true);
    expect(await faultOf(db.query("select 1"))).toBe("none");
    expect(await faultOf(queue.getQueues())).toBe("none");
    expect(told).toEqual(["away", null]);
    await queue.stop({ graceful: false, wait: true });
    // Nothing of before is left open: the watch's own, the pool's, and their other ends.
    expect(await eventually(() => wire.open() <= 2 * 3, 10)).toBe(true);
  }, 60_000);
});

describe("a database that takes no changes", () => {
  it("is noticed without anybody writing, and sessions of that time are given up when it takes them again", async () => {
    told = [];
    await asOwner(
      `alter role diwan in database ${new URL(database.url).pathname.slice(1)} set default_transaction_read_only = on`,
    );
    // Those that are open know nothing of it: as after a failover, new ones do.
    const fresh = connect(wire.url, { max: 1, name: "test-fresh", Client: watch.Client });
    expect(await faultOf(fresh.query("update jobs set enabled = enabled"))).toBe("read-only");
    expect(await eventually(() => watch.fault() === "read-only", 10)).toBe(true);
    expect((await fresh.query("select 1 as one"))[0]).toEqual([{ one: 1 }]);
    await sleep(timing.holdMs * 2);
    expect(watch.fault()).toBe("read-only");
    await asOwner(
      `alter role diwan in database ${new URL(database.url).pathname.slice(1)} reset default_transaction_read_only`,
    );
    expect(await eventually(() => watch.fault() === null, 10)).toBe(true);
    expect(await faultOf(fresh.query("update jobs set enabled = enabled"))).toBe("none");
    expect(told).toEqual(["read-only", null]);
    await fresh.close();
  }, 30_000);
});

describe("a database without room", () => {
  it("is noticed by what statements meet, and well again when they meet it no more", async () => {
    told = [];
    const full = "do $$ begin raise sqlstate '53100' using message = 'could not extend file'; end $$";
    expect(await faultOf(db.query(full))).toBe("full");
    expect(watch.fault()).toBe("full");
    expect(await eventually(() => watch.fault() === null, 10)).toBe(true);
    expect(await eventually(() => told.length === 2, 10)).toBe(true);
    expect(told).toEqual(["full", null]);
  }, 30_000);
});

describe("anybody who waits for a database", () => {
  it("is let go by a signal, hears of a refusal, and goes on when it is there", async () => {
    const nowhere = watchDatabase("postgres://diwan:x@127.0.0.1:1/none", { ...timing, tell: () => undefined });
    const signal = AbortSignal.timeout(500);
    await nowhere.usable(signal);
    expect([signal.aborted, nowhere.fault()]).toEqual([true, "away"]);
    nowhere.stop();
    const wrong = new URL(database.url);
    wrong.password = "wrong";
    const refused = watchDatabase(wrong.href, { ...timing, tell: () => undefined });
    await expect(refused.usable(new AbortController().signal)).rejects.toMatchObject({ code: "28P01" });
    refused.stop();
    const there = watchDatabase(database.url, { ...timing, tell: () => undefined });
    await there.usable(new AbortController().signal);
    expect(there.fault()).toBeNull();
    there.stop();
  }, 30_000);
});

describe("a lock that is not let go", () => {
  it("is waited for by no request for longer than people wait", async () => {
    const hurried = connect(database.url, { max: 1, name: "test-hurried", within: 500 });
    const holder = connect(database.ownerUrl, { max: 1, name: "test-holder" });
    const held = await holder.transaction();
    await holder.query("lock table jobs in access exclusive mode", { transaction: held });
    try {
      expect(await faultOf(hurried.query("select count(*) from jobs"))).toBe("busy");
    } finally {
      await held.rollback();
      await holder.close();
    }
    expect(await faultOf(hurried.query("select count(*) from jobs"))).toBe("none");
    // Nor for a connection, while all are in use.
    const using = hurried.query("select pg_sleep(2)");
    expect(await faultOf(hurried.query("select 1"))).toBe("busy");
    await using;
    await hurried.close();
  }, 30_000);
});
