/** Jobs as the operation room runs and edits them, over a real queue. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type PgBoss from "pg-boss";
import { pino } from "pino";
import type { Actor } from "../../src/engine/access/permissions.js";
import type { RoleCode } from "../../src/engine/access/roles.js";
import { jobDefinitions, jobNames } from "../../src/engine/jobs/job-definitions.js";
import type { Problem } from "../../src/engine/text/problems.js";
import { openQueue } from "../../src/platform/db/queue.js";
import { addMissingJobs } from "../../src/platform/jobs/job-store.js";
import type { JobDesk } from "../../src/platform/jobs/manage-jobs.js";
import { createJobDesk } from "../../src/platform/jobs/manage-jobs.js";
import type { JobHandlers } from "../../src/platform/jobs/run-job.js";
import { ringAll, startScheduler } from "../../src/platform/jobs/scheduler.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { problemOf } from "../support/working-office.js";

/** Wednesday 13:00 in Amman. */
const now = new Date("2026-11-25T10:00:00Z");
const log = pino({ level: "silent" });
const person = (role: RoleCode): Actor => ({
  kind: "user",
  userId: 1,
  name: "Huda",
  seats: [{ role, programme: "jordan", entity: null, sector: null }],
});
const room = person("operation_room");

let database: TestDatabase;
let queues: PgBoss[];
let desk: JobDesk;
beforeAll(async () => {
  database = await createTestDatabase();
  await addMissingJobs(database.db, jobDefinitions);
  queues = [1, 2, 3].map(() => openQueue(database.url, { connections: 2, onError: () => undefined }));
  for (const queue of queues) await queue.start();
  desk = createJobDesk({ db: database.db, queue: queues[0] ?? null });
});
afterAll(async () => {
  for (const queue of queues) await queue.stop({ graceful: false, wait: true });
  await database.close();
});
beforeEach(async () => {
  await database.db.query(
    "update jobs set cron = '0 8 * * *', time_zone = 'Asia/Amman', enabled = true, last_slot = '2026-11-25T05:00:00Z', last_started_at = null, last_finished_at = null",
  );
  await database.db.query("delete from pgboss.job");
});

const queued = async () => {
  const [rows] = await database.db.query("select name, data->>'slot' as slot from pgboss.job order by 1, 2");
  return rows as { name: string; slot: string }[];
};
const audited = async (type: string) => {
  const [rows] = await database.db.query("select actor, data from audit_events where type = $1 order by seq", {
    bind: [type],
  });
  return (rows as { actor: string; data: string }[]).map(({ data }) => JSON.parse(data));
};
const before = { cron: "0 8 * * *", timeZone: "Asia/Amman", enabled: true };
const one = async (name: string) => (await desk.list({ actor: room, now })).find((job) => job.name === name);
const edit = (values: Partial<typeof before>, more: Partial<Parameters<JobDesk["edit"]>[0]> = {}) =>
  desk.edit({ name: "housekeeping", actor: room, values, before, now, ...more });

const clock = { compare: async () => undefined, apart: () => null };

describe("the list", () => {
  it("says when each runs, in words and as a moment of its zone", async () => {
    expect(await one("housekeeping")).toMatchObject({
      words: { en: "every day at 08:00" },
      nextRun: new Date("2026-11-26T05:00:00Z"),
      state: "never",
      lastRun: null,
    });
    expect((await desk.list({ actor: room, now })).map(({ name }) => name).sort()).toEqual([...jobNames].sort());
  });

  it("says of a passed moment that it comes next, and of a job that is off that nothing does", async () => {
    await database.db.query("update jobs set last_slot = '2026-11-24T05:00:00Z' where name = 'seal-audit'");
    await database.db.query("update jobs set enabled = false where name = 'housekeeping'");
    await database.db.query("update jobs set cron = 'whenever' where name = 'deliver-messages'");
    expect((await one("seal-audit"))?.nextRun).toEqual(new Date("2026-11-25T05:00:00Z"));
    expect((await one("housekeeping"))?.nextRun).toBeNull();
    expect(await one("deliver-messages")).toMatchObject({ nextRun: null, words: null });
  });

  it("tells a run that goes on from one that was killed", async () => {
    await database.db.query("update jobs set last_started_at = '2026-11-25T09:59:00Z'");
    expect((await one("housekeeping"))?.state).toBe("running");
    await database.db.query("update jobs set last_started_at = '2026-11-25T09:30:00Z'");
    expect((await one("housekeeping"))?.state).toBe("lost");
  });

  it("is for the operation room and the auditor", async () => {
    await expect(desk.list({ actor: person("auditor"), now })).resolves.toHaveLength(jobNames.length);
    expect((await problemOf(desk.list({ actor: person("focal_point"), now }))).code).toBe("forbidden");
  });
});

describe("editing", () => {
  it("holds from the next bell on, is recorded, and catches nothing up", async () => {
    const edited = await edit({ cron: "30 12 * * *" });
    expect(edited.nextRun).toEqual(new Date("2026-11-26T09:30:00Z"));
    const parts = {
      db: database.db,
      queue: queues[1] as PgBoss,
      handlers: {} as JobHandlers,
      now: () => now,
      log,
      clock,
    };
    await ringAll(parts, now);
    expect(await queued()).toEqual([]);
    await ringAll(parts, new Date("2026-11-26T09:30:00Z"));
    expect((await queued()).filter(({ name }) => name === "housekeeping")).toEqual([
      { name: "housekeeping", slot: "2026-11-26T09:30:00.000Z" },
    ]);
    expect((await audited("job.edited")).at(-1)).toEqual({
      job: "housekeeping",
      from: { cron: "0 8 * * *" },
      to: { cron: "30 12 * * *" },
    });
  });

  it("counts the moment in the zone that is asked for", async () => {
    expect((await edit({ timeZone: "Europe/Berlin" })).nextRun).toEqual(new Date("2026-11-26T07:00:00Z"));
  });

  it("names what is wrong at its field and changes nothing", async () => {
    const problem = (await problemOf(edit({ cron: "0 25 * * *", timeZone: "Nowhere" }))) as unknown as Problem;
    expect(problem.code).toBe("invalid-input");
    expect(problem.faults.map(({ field }) => field)).toEqual(["/cron", "/timeZone"]);
    expect((await one("housekeeping"))?.cron).toBe("0 8 * * *");
  });

  it("leaves nobody the choice to have the record unsealed for longer than a day", async () => {
    const seal = (values: Partial<typeof before>) =>
      edit(values, { name: "seal-audit" }).then(
        () => [],
        ({ faults }: Problem) => faults.map(({ field }) => field),
      );
    expect(await seal({ enabled: false })).toEqual(["/enabled"]);
    for (const cron of [
      "0 0 * * 1-5",
      "0 0 1 * *",
      "0 0 1-30 * *",
      "0 0 1 1 *",
      "* * 29 2 *",
      "* * * * 4",
      "* * 26 11 *",
    ]) {
      expect([cron, await seal({ cron })]).toEqual([cron, ["/cron"]]);
    }
    expect(
      await edit({ cron: "0 0 29 2 *" }, { name: "enforce-deadlines" }).catch(
        ({ faults }: Problem) => faults[0]?.field,
      ),
    ).toBe("/cron");
    const kept = await edit({ cron: "30 23 * * *" }, { name: "seal-audit" });
    expect(kept.cron).toBe("30 23 * * *");
  });

  it("refuses the second of two who opened the same form, with what it is now", async () => {
    await edit({ enabled: false });
    const problem = (await problemOf(edit({ cron: "0 9 * * *" }))) as unknown as Problem;
    expect([problem.code, problem.faults.map(({ field }) => field)]).toEqual(["conflict", ["/enabled"]]);
    const both = await Promise.allSettled([
      edit({ cron: "0 9 * * *" }, { before: { ...before, enabled: false } }),
      edit({ cron: "0 10 * * *" }, { before: { ...before, enabled: false } }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("without a change writes nothing", async () => {
    const count = (await audited("job.edited")).length;
    await edit({ cron: "0 8 * * * " });
    expect((await audited("job.edited")).length).toBe(count);
  });

  it("is the operation room's, of jobs that there are", async () => {
    expect((await problemOf(edit({}, { actor: person("auditor") }))).code).toBe("forbidden");
    expect((await problemOf(edit({}, { name: "tea" }))).code).toBe("not-found");
  });
});

describe("run now", () => {
  it("runs once in three instances, however often it is asked for, and is recorded", async () => {
    const ran: string[] = [];
    const handlers = Object.fromEntries(
      jobNames.map((name) => [name, async (at: Date) => ({ ran: ran.push(`${name} ${at.toISOString()}`) })]),
    ) as unknown as JobHandlers;
    await database.db.query("update jobs set enabled = false");
    const asked = await Promise.all(
      Array.from({ length: 5 }, () => desk.runNow({ name: "housekeeping", actor: room, now })),
    );
    expect(asked.filter((one) => one.queued)).toHaveLength(1);
    expect(await queued()).toEqual([{ name: "housekeeping", slot: now.toISOString() }]);
    expect(await audited("job.asked")).toEqual([{ job: "housekeeping" }]);
    const instances = await Promise.all(
      queues.map((queue) => startScheduler({ db: database.db, queue, handlers, now: () => now, log, clock })),
    );
    try {
      for (let i = 0; (await one("housekeeping"))?.state !== "done" && i < 200; i++)
        await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await Promise.all(instances.map((instance) => instance.stop()));
    }
    expect(ran).toEqual([`housekeeping ${now.toISOString()}`]);
    const job = await one("housekeeping");
    expect(job).toMatchObject({ state: "done", lastRun: now, result: { ran: 1 }, error: null });
    expect(job?.durationMs).toBeGreaterThanOrEqual(0);
  });

  it("is the operation room's, and says so where no queue is worked off", async () => {
    expect((await problemOf(desk.runNow({ name: "housekeeping", actor: person("auditor"), now }))).code).toBe(
      "forbidden",
    );
    expect((await problemOf(desk.runNow({ name: "tea", actor: room, now }))).code).toBe("not-found");
    const alone = createJobDesk({ db: database.db, queue: null });
    expect((await problemOf(alone.runNow({ name: "housekeeping", actor: room, now }))).code).toBe("not-now");
  });
});
