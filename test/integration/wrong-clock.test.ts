/** An instance whose clock is far from the database's does nothing that has consequences, says so, and recovers by itself. */
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { pino } from "pino";
import { type Serving, serve } from "../../src/app/serve.js";
import { type ClockWatch, createClockWatch } from "../../src/platform/clock-watch.js";
import { readConfig } from "../../src/platform/config.js";
import { wrongClocks } from "../../src/platform/db/clock-queries.js";
import { type DatabaseWatch, watchDatabase } from "../../src/platform/db/watch-database.js";
import { eventually, freePort } from "../support/instances.js";
import { complaint, openWorkingOffice, sealKey, sundayNine, type WorkingOffice } from "../support/working-office.js";

const minute = 60_000;
const day = 24 * 60 * minute;
const silent = pino({ level: "silent" });

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office.close());
afterEach(() => office.asOwner("delete from wrong_clocks"));

describe("a clock compared with the database's", () => {
  /** A machine whose clock and whose monotonic clock a test moves. */
  function machine(aheadMs: number) {
    const state = { aheadMs, monotonicMs: 0 };
    const lines: { level: number; msg: string }[] = [];
    const watch: ClockWatch = createClockWatch({
      db: office.db,
      log: pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) }),
      machine: () => new Date(Date.now() + state.aheadMs),
      monotonic: () => performance.now() + state.monotonicMs,
      instance: `test-${aheadMs}`,
      host: "web-1",
    });
    return { state, lines, watch };
  }

  it.each([
    [-50_000, false],
    [50_000, false],
    [75_000, true],
    [-75_000, true],
    [3 * 365 * day, true],
  ])("%p milliseconds ahead is wrong: %p", async (aheadMs, wrong) => {
    const { watch } = machine(aheadMs);
    expect(watch.apart()).toBeNull();
    await watch.compare();
    const found = watch.apart();
    expect(found !== null).toBe(wrong);
    expect(Math.abs((watch.ahead() ?? 0) - aheadMs)).toBeLessThan(10_000);
    expect((await wrongClocks(office.db)).map(({ host }) => host)).toEqual(wrong ? ["web-1"] : []);
    if (found === null) return;
    expect(Math.abs(found.machine.getTime() - found.database.getTime() - aheadMs)).toBeLessThan(10_000);
  });

  it("is seen to jump between two comparisons, says so once in the log, and is right again by itself", async () => {
    const { state, lines, watch } = machine(0);
    await watch.compare();
    state.aheadMs = 2 * day;
    // Nobody was asked again: a job that begins now does not begin.
    expect(watch.apart()).not.toBeNull();
    for (let i = 0; i < 3; i++) await watch.compare();
    state.aheadMs = 0;
    expect(watch.apart()).toBeNull();
    await watch.compare();
    await watch.compare();
    expect(lines.map(({ level, msg }) => `${level} ${msg}`)).toEqual([
      "50 the clocks of this machine and of the database are apart",
      "30 the clocks of this machine and of the database agree again",
    ]);
    expect(await wrongClocks(office.db)).toEqual([]);
  });

  it.each([
    [62_000, false],
    [72_000, true],
  ])("is allowed half of the eight seconds that an answer took: %p ahead is wrong: %p", async (aheadMs, wrong) => {
    const { state, watch } = machine(aheadMs);
    const comparing = watch.compare();
    // The answer comes no sooner than now.
    state.monotonicMs = 8000;
    await comparing;
    expect(watch.apart() !== null).toBe(wrong);
  });
});

describe("long work of an instance with a wrong clock", () => {
  it("is not begun there, and done by an instance whose clock is right", async () => {
    const { reference } = await office.receive();
    const actor = office.official("focal_point", "CSPD");
    const apart = { machine: new Date("2029-11-22T06:00:00Z"), database: sundayNine };
    const wrong = office.instance({ clock: { compare: async () => undefined, apart: () => apart, ahead: () => 0 } });
    const id = randomUUID();
    const act = { actor, references: [reference], action: "take", fields: {}, now: sundayNine };
    await wrong.work.bulk.start({ ...act, id });
    await wrong.work.resume();
    await wrong.work.bulk.lane.settled();
    const state = async () => (await office.services.work.bulk.one({ actor, id, now: sundayNine })).state;
    expect(await state()).toBe("waiting");
    await office.services.work.resume();
    await office.services.work.bulk.lane.settled();
    expect(await state()).toBe("done");
    // Its moments are over by the real time that follows.
    await office.asOwner("update cases set next_due_at = null");
  });
});

describe("an instance with a wrong clock", () => {
  const config = (port: number) =>
    readConfig(
      {
        PORT: String(port),
        DATABASE_URL: office.database.url,
        DIWAN_HOME: office.files,
        PUBLIC_URL: "https://diwan.example.jo",
      },
      { production: false },
    );
  const watches: DatabaseWatch[] = [];
  afterAll(() => {
    for (const watch of watches) watch.stop();
  });
  const start = async (machine: () => Date, port: number): Promise<Serving> => {
    const watch = watchDatabase(office.database.url, { tell: () => undefined });
    watches.push(watch);
    return serve({
      config: config(port),
      url: office.database.url,
      watch,
      log: silent,
      now: machine,
      machine,
      sealKey,
      sessionSecret: "k".repeat(64),
    });
  };
  const ready = (port: number) => fetch(`http://127.0.0.1:${port}/readyz`).then(({ status }) => status);
  const apply = (port: number, secret: string) =>
    fetch(`http://127.0.0.1:${port}/api/v1/applications`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${secret}` },
      body: JSON.stringify(complaint),
    });

  it("enforces nothing, writes nothing, refuses acts, and leaves the jobs to another; then it works as every other", async () => {
    const [wrongPort, rightPort] = [await freePort(), await freePort()];
    const key = await office.services.keys.issue({
      programme: "jordan",
      channel: "web",
      label: "clock",
      by: office.official("operation_room"),
      now: new Date(),
    });
    for (let i = 0; i < 3; i++) await office.receive({}, new Date());
    let ahead = 3 * 365 * day;
    const wrong = await start(() => new Date(Date.now() + ahead), wrongPort);
    const count = async (table: string) => (await office.rows(`select count(*)::integer as n from ${table}`))[0]?.n;
    const letters = await count("messages");
    try {
      const answer = await fetch(`http://127.0.0.1:${wrongPort}/readyz`);
      const { detail } = (await answer.json()) as { detail: string };
      expect([answer.status, detail]).toEqual([503, expect.stringMatching(/clock of this machine says 20\d\d-.*NTP/)]);
      const refused = await apply(wrongPort, key.key);
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "15"]);
      expect(((await refused.json()) as { detail: string }).detail).toMatch(/Nothing can be stored here.*NTP/);
      // Reading goes on.
      expect((await fetch(`http://127.0.0.1:${wrongPort}/api/v1/programmes`)).status).toBe(200);
      // Longer than its bell: it rang nothing and took nothing, though there is nobody else.
      expect(await eventually(async () => (await wrongClocks(office.db)).length === 1, 20)).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 6000));
      expect(
        await office.rows("select name from jobs where last_slot is not null or last_started_at is not null"),
      ).toEqual([]);
      expect([await count("enforcements"), await count("messages"), await count("seals")]).toEqual([0, letters, 0]);

      const right = await start(() => new Date(), rightPort);
      try {
        expect([await ready(rightPort), await ready(wrongPort)]).toEqual([200, 503]);
        const swept =
          "select 1 from jobs where name in ('enforce-deadlines', 'deliver-messages') and last_finished_at is not null";
        expect(await eventually(async () => (await office.rows(swept)).length === 2, 60)).toBe(true);
        expect(await count("enforcements")).toBe(0);
        // It is the healthy one that tells the room, each of its members once.
        const told = "select data->'message'->>'en' as words from messages where data->>'kind' = 'clock-wrong'";
        expect(await eventually(async () => (await office.rows(told)).length === 6, 30)).toBe(true);
        const [first] = await office.rows(told);
        expect(first?.words).toMatch(/^The clock of the machine .+ says 20\d\d-/);
        expect((await apply(rightPort, key.key)).status).toBe(201);
        ahead = 0;
        expect(await eventually(async () => (await ready(wrongPort)) === 200, 30)).toBe(true);
        expect((await apply(wrongPort, key.key)).status).toBe(201);
        expect(await eventually(async () => (await wrongClocks(office.db)).length === 0, 30)).toBe(true);
        expect(await office.rows(told)).toHaveLength(6);
      } finally {
        await right.stop();
      }
    } finally {
      await wrong.stop();
    }
  }, 180_000);
});
