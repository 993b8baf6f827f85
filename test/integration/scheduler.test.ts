import { Writable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type PgBoss from "pg-boss";
import { pino } from "pino";
import { type JobName, jobDefinitions, jobNames } from "../../src/engine/jobs/job-definitions.js";
import { connect } from "../../src/platform/db/connect.js";
import { openQueue } from "../../src/platform/db/queue.js";
import { addMissingJobs, storedJobs } from "../../src/platform/jobs/job-store.js";
import { type JobHandlers, runJob } from "../../src/platform/jobs/run-job.js";
import { ringAll, type SchedulerParts, startScheduler } from "../../src/platform/jobs/scheduler.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

/** Wednesday 13:00 in Amman. */
const wednesday = new Date("2026-11-25T10:00:00Z");
const hoursAfter = (hours: number): Date => new Date(wednesday.getTime() + hours * 3_600_000);
const log = pino({ level: "silent" });

let database: TestDatabase;
let queue: PgBoss;
beforeAll(async () => {
  database = await createTestDatabase();
  await addMissingJobs(database.db, jobDefinitions);
  await database.db.query("update jobs set time_zone = 'Asia/Amman'");
  queue = openQueue(database.url, { connections: 2, onError: () => undefined });
  await queue.start();
});
afterAll(async () => {
  await queue.stop({ graceful: false, wait: true });
  await database.close();
});
beforeEach(async () => {
  await database.db.query("update jobs set last_slot = null, enabled = true, last_error = null");
  for (const { name, defaultCron } of jobDefinitions) {
    await database.db.query("update jobs set cron = $2 where name = $1", { bind: [name, defaultCron] });
  }
  await database.db.query("delete from pgboss.job");
});

type Ran = readonly [name: JobName, at: string];

function handlersInto(ran: Ran[], more: Partial<JobHandlers> = {}): JobHandlers {
  const entries = jobNames.map((name) => [name, async (at: Date) => void ran.push([name, at.toISOString()])] as const);
  return { ...(Object.fromEntries(entries) as unknown as JobHandlers), ...more };
}

/** A machine whose clock agrees with the database's, though the tests say another time. */
const agreeing = { compare: async () => undefined, apart: () => null };

const parts = (now: Date, handlers = handlersInto([])): SchedulerParts => ({
  db: database.db,
  queue,
  handlers,
  log,
  now: () => now,
  clock: agreeing,
});

async function rung(): Promise<string[]> {
  const [rows] = await database.db.query("select name || ' ' || (data->>'slot') as ring from pgboss.job order by 1");
  return (rows as { ring: string }[]).map(({ ring }) => ring);
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; !condition(); i++) {
    if (i === 200) throw new Error("It did not come about within ten seconds.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const sweep = "enforce-deadlines 2026-11-25T10:00:00.000Z";
const counted = "count-words 2026-11-25T00:00:00.000Z";
const gathered = "gather-letters 2026-11-25T10:00:00.000Z";
const resumed = "resume-work 2026-11-25T10:00:00.000Z";
const alerted = "figure-alerts 2026-11-25T03:00:00.000Z";
const sentDigests = "send-digests 2026-11-25T10:00:00.000Z";
const summed = "sum-figures 2026-11-25T10:00:00.000Z";

describe("the bell", () => {
  it("rings each moment once, whatever the number of instances and of bells", async () => {
    await Promise.all([1, 2, 3, 4].map(() => ringAll(parts(wednesday), wednesday)));
    await ringAll(parts(wednesday), wednesday);
    // A new office owes nobody the seals of the time before it began.
    expect(await rung()).toEqual([
      counted,
      "deliver-messages 2026-11-25T10:00:00.000Z",
      "deliver-sms 2026-11-25T10:00:00.000Z",
      sweep,
      alerted,
      gathered,
      "housekeeping 2026-11-25T00:30:00.000Z",
      "make-call-backs 2026-11-25T10:00:00.000Z",
      resumed,
      sentDigests,
      summed,
    ]);
  });

  it("catches up once what came due while nobody was there", async () => {
    await ringAll(parts(wednesday), wednesday);
    await database.db.query("delete from pgboss.job");
    const later = hoursAfter(24 * 12);
    await Promise.all([1, 2, 3].map(() => ringAll(parts(later), later)));
    expect(await rung()).toEqual([
      "count-words 2026-12-07T00:00:00.000Z",
      "deliver-messages 2026-12-07T10:00:00.000Z",
      "deliver-sms 2026-12-07T10:00:00.000Z",
      "enforce-deadlines 2026-12-07T10:00:00.000Z",
      "figure-alerts 2026-12-07T03:00:00.000Z",
      "gather-letters 2026-12-07T10:00:00.000Z",
      "housekeeping 2026-12-07T00:30:00.000Z",
      "make-call-backs 2026-12-07T10:00:00.000Z",
      "resume-work 2026-12-07T10:00:00.000Z",
      "seal-audit 2026-12-06T21:10:00.000Z",
      "send-digests 2026-12-07T10:00:00.000Z",
      "sum-figures 2026-12-07T10:00:00.000Z",
    ]);
  });

  it("leaves alone what an earlier version knew as a job", async () => {
    await database.db.query("insert into jobs (name, cron, time_zone) values ('gone', '* * * * *', 'UTC')");
    await ringAll(parts(wednesday), wednesday);
    expect((await rung()).filter((ring) => ring.startsWith("gone"))).toEqual([]);
    expect((await storedJobs(database.db)).map(({ name }) => name).sort()).toEqual([...jobNames].sort());
  });

  it("never rings an earlier moment again when the clock of one instance is a little late", async () => {
    await ringAll(parts(wednesday), wednesday);
    await database.db.query("delete from pgboss.job");
    await ringAll(parts(wednesday), new Date(wednesday.getTime() - 119_000));
    expect(await rung()).toEqual([]);
  });

  it.each(["2099-01-01", "infinity"])(
    "is not silenced by a moment of the future (%s): says so, rings once",
    async (at) => {
      await database.db.query("update jobs set enabled = name in ('seal-audit', 'enforce-deadlines')");
      await database.db.query("update jobs set last_slot = $1", { bind: [at] });
      const lines: { level: number; job: string }[] = [];
      const heard = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
      const instance = { ...parts(wednesday), log: heard };
      await Promise.all([1, 2, 3].map(() => ringAll(instance, wednesday)));
      await ringAll(instance, wednesday);
      expect(await rung()).toEqual([sweep, "seal-audit 2026-11-24T21:10:00.000Z"]);
      expect(lines.map(({ level, job }) => `${level} ${job}`).sort()).toEqual([
        "50 enforce-deadlines",
        "50 seal-audit",
      ]);
      const minuteLater = new Date(wednesday.getTime() + 60_000);
      await ringAll(instance, minuteLater);
      expect((await rung()).filter((ring) => ring.startsWith("enforce"))).toHaveLength(2);
      expect(lines).toHaveLength(2);
    },
  );

  it("heeds what the operation room edited, without a restart", async () => {
    await database.db.query("update jobs set enabled = false where name <> 'enforce-deadlines'");
    await database.db.query("update jobs set cron = '0 9 * * *' where name = 'enforce-deadlines'");
    await ringAll(parts(wednesday), wednesday);
    expect(await rung()).toEqual(["enforce-deadlines 2026-11-25T06:00:00.000Z"]);
    await database.db.query("update jobs set cron = '30 12 * * *' where name = 'enforce-deadlines'");
    await ringAll(parts(wednesday), wednesday);
    expect(await rung()).toEqual([
      "enforce-deadlines 2026-11-25T06:00:00.000Z",
      "enforce-deadlines 2026-11-25T09:30:00.000Z",
    ]);
  });

  it("does not lose the others to an expression that is none", async () => {
    await database.db.query("update jobs set cron = 'whenever' where name in ('deliver-messages', 'seal-audit')");
    await ringAll(parts(wednesday), wednesday);
    expect(await rung()).toEqual([
      counted,
      "deliver-sms 2026-11-25T10:00:00.000Z",
      sweep,
      alerted,
      gathered,
      "housekeeping 2026-11-25T00:30:00.000Z",
      "make-call-backs 2026-11-25T10:00:00.000Z",
      resumed,
      sentDigests,
      summed,
    ]);
  });

  it("does not count a moment as rung when the queue did not take it", async () => {
    const broken = {
      ...parts(wednesday),
      queue: { send: () => Promise.reject(new Error("away")) } as unknown as PgBoss,
    };
    await ringAll(broken, wednesday);
    expect(
      (await storedJobs(database.db)).filter(({ name, lastSlot }) => name === "enforce-deadlines" && lastSlot),
    ).toEqual([]);
    await ringAll(parts(wednesday), wednesday);
    expect(await rung()).toContain(sweep);
  });
});

describe("the queue's worker", () => {
  it("runs a sweep as of now and a seal as of the moment that it was rung for", async () => {
    await ringAll(parts(hoursAfter(-24 * 14)), hoursAfter(-24 * 14));
    await database.db.query("delete from pgboss.job");
    await ringAll(parts(wednesday), wednesday);
    const ran: Ran[] = [];
    const late = hoursAfter(5);
    // Two instances: what one has taken, the other leaves alone.
    const others = openQueue(database.url, { connections: 2, onError: () => undefined });
    await others.start();
    await database.db.query("update jobs set enabled = false");
    const first = await startScheduler(parts(late, handlersInto(ran)));
    const second = await startScheduler({ ...parts(late, handlersInto(ran)), queue: others });
    try {
      await until(() => ran.length >= 8);
    } finally {
      await second.stop();
      await first.stop();
      queue = openQueue(database.url, { connections: 2, onError: () => undefined });
      await queue.start();
    }
    expect([...ran].sort()).toEqual([
      ["count-words", "2026-11-25T15:00:00.000Z"],
      ["deliver-messages", "2026-11-25T15:00:00.000Z"],
      ["deliver-sms", "2026-11-25T15:00:00.000Z"],
      ["enforce-deadlines", "2026-11-25T15:00:00.000Z"],
      ["figure-alerts", "2026-11-25T15:00:00.000Z"],
      ["gather-letters", "2026-11-25T15:00:00.000Z"],
      ["housekeeping", "2026-11-25T15:00:00.000Z"],
      ["make-call-backs", "2026-11-25T15:00:00.000Z"],
      ["resume-work", "2026-11-25T15:00:00.000Z"],
      ["seal-audit", "2026-11-24T21:10:00.000Z"],
      ["send-digests", "2026-11-25T15:00:00.000Z"],
      ["sum-figures", "2026-11-25T15:00:00.000Z"],
    ]);
  });
});

describe("an instance whose clock is wrong", () => {
  const apart = { machine: new Date("2029-11-24T10:00:00Z"), database: wednesday };
  const wrong = { compare: async () => undefined, apart: () => apart };

  it("rings nothing, takes no job out of the queue, and leaves it to an instance whose clock is right", async () => {
    const [ranWrong, ranRight]: [Ran[], Ran[]] = [[], []];
    await database.db.query("update jobs set enabled = false where name <> 'enforce-deadlines'");
    await ringAll(parts(wednesday), wednesday);
    expect(await rung()).toEqual([sweep]);
    await ringAll({ ...parts(apart.machine), clock: wrong }, apart.machine);
    const scheduler = await startScheduler({ ...parts(apart.machine, handlersInto(ranWrong)), clock: wrong });
    const others = openQueue(database.url, { connections: 2, onError: () => undefined });
    await others.start();
    try {
      await new Promise((resolve) => setTimeout(resolve, 2500));
      expect([await rung(), ranWrong]).toEqual([[sweep], []]);
      const second = await startScheduler({ ...parts(wednesday, handlersInto(ranRight)), queue: others });
      try {
        await until(() => ranRight.length > 0);
      } finally {
        await second.stop();
      }
      expect([ranWrong, ranRight]).toEqual([[], [["enforce-deadlines", wednesday.toISOString()]]]);
    } finally {
      await scheduler.stop();
      queue = openQueue(database.url, { connections: 2, onError: () => undefined });
      await queue.start();
    }
  });
});

describe("the scheduler", () => {
  it("says when its bell last rang to its end, and that it does not while the database is away", async () => {
    await database.db.query("update jobs set enabled = false");
    const gone = connect(database.url, { max: 1, name: "test" });
    let now = wednesday;
    const scheduler = await startScheduler({ ...parts(wednesday), db: gone, now: () => now });
    try {
      expect(scheduler.lastBell()).toBeNull();
      await until(() => scheduler.lastBell() !== null);
      expect(scheduler.lastBell()).toEqual(wednesday);
      await gone.close();
      now = hoursAfter(1);
      await new Promise((resolve) => setTimeout(resolve, 5500));
      expect(scheduler.lastBell()).toEqual(wednesday);
    } finally {
      await scheduler.stop();
      queue = openQueue(database.url, { connections: 2, onError: () => undefined });
      await queue.start();
    }
  });
});

describe("a job run by name", () => {
  it("keeps what came of it", async () => {
    const handlers = handlersInto([], { housekeeping: async () => ({ removed: 3 }) });
    expect(await runJob(database.db, handlers, "housekeeping", wednesday)).toEqual({ removed: 3 });
    const [rows] = await database.db.query(
      "select last_result, last_finished_at from jobs where name = 'housekeeping'",
    );
    expect(rows).toEqual([{ last_result: { removed: 3 }, last_finished_at: wednesday }]);
  });

  it("keeps why it failed, and fails", async () => {
    const handlers = handlersInto([], { housekeeping: () => Promise.reject(new Error("the cupboard is locked")) });
    await expect(runJob(database.db, handlers, "housekeeping", wednesday)).rejects.toThrow("the cupboard is locked");
    const job = (await storedJobs(database.db)).find(({ name }) => name === "housekeeping");
    expect(job?.lastError).toBe("the cupboard is locked");
  });

  it("keeps of what the database refused no value, neither stored nor logged", async () => {
    const refusals = [
      "select 'Rana Haddad'::integer",
      "insert into users (email, name, language, created_at) values ('rana.haddad@example.jo', 'Rana Haddad', null, now())",
    ];
    const lines: string[] = [];
    const sink = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    await database.db.query("update jobs set enabled = false");
    for (const sql of refusals) {
      const handlers = handlersInto([], { "deliver-messages": () => database.db.query(sql) });
      await queue.send("deliver-messages", { slot: wednesday.toISOString() });
      lines.length = 0;
      const scheduler = await startScheduler({ ...parts(wednesday, handlers), log: pino({ level: "debug" }, sink) });
      try {
        await until(() => lines.some((line) => line.includes("job failed")));
      } finally {
        await scheduler.stop();
        queue = openQueue(database.url, { connections: 2, onError: () => undefined });
        await queue.start();
      }
      const [stored] = await database.db.query("select name, last_error from jobs where last_error is not null");
      const [queued] = await database.db.query("select name, state, output from pgboss.job where output is not null");
      expect([stored.length, queued.length > 0]).toEqual([1, true]);
      expect(JSON.stringify([stored, queued])).toMatch(/SequelizeDatabaseError (22P02|23502)/);
      expect(JSON.stringify([stored, queued, lines])).not.toMatch(/rana|haddad/i);
    }
  });

  it("names the jobs that there are for one that there is not", async () => {
    await expect(runJob(database.db, handlersInto([]), "tea", wednesday)).rejects.toThrow(
      /job “tea” was not found.*enforce-deadlines/,
    );
  });
});
