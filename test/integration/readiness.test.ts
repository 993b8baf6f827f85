/** When an instance says that it can serve: with its database, its tables, its queue, and a bell that rings. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Sequelize } from "sequelize";
import request from "supertest";
import { pendingMigrations } from "../../src/app/migrations/migrate.js";
import type { ClocksApart } from "../../src/platform/clocks-apart.js";
import { connect } from "../../src/platform/db/connect.js";
import { createHttp } from "../../src/platform/http/create-http.js";
import { whyNotReady } from "../../src/platform/readiness.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { fakeServices } from "../support/fake-services.js";
import { freePort } from "../support/instances.js";

const now = new Date("2026-11-25T09:00:00Z");
const secondsAgo = (seconds: number) => new Date(now.getTime() - seconds * 1000);

let database: TestDatabase;
let owner: Sequelize;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = connect(database.ownerUrl, { max: 1, name: "owner" });
});
afterAll(async () => {
  await owner.close();
  await database.close();
});

const why = (bell: Date | null, db = database.db, apart: ClocksApart | null = null) =>
  whyNotReady({ db, pendingMigrations, apart: () => apart, schedulerTick: () => bell, now });

describe("an instance is ready", () => {
  it.each([0, 5, 60])("while the bell rang %p seconds ago", async (seconds) => {
    expect(await why(secondsAgo(seconds))).toBeNull();
  });
});

describe("an instance is not ready", () => {
  afterEach(() => owner.query("grant usage on schema pgboss to diwan"));

  it("before its scheduler is started, and when it rings no more", async () => {
    expect(await why(null)).toBe("the queue is not started");
    // Not even asked: in the middle of migrations the running role may not look.
    await owner.query("revoke select on schema_migrations from diwan");
    expect(await why(null)).toBe("the queue is not started");
    await owner.query("grant select on schema_migrations to diwan");
    expect(await why(secondsAgo(61))).toBe("the scheduler is not running");
  });

  it("when the running role cannot reach the queue's tables, or there are none", async () => {
    await owner.query("revoke usage on schema pgboss from diwan");
    expect(await why(now)).toBe("the queue is unavailable");
    await owner.query("grant usage on schema pgboss to diwan");
    await owner.query("alter table pgboss.version rename to gone");
    expect(await why(now)).toBe("the queue is unavailable");
    await owner.query("alter table pgboss.gone rename to version");
    expect(await why(now)).toBeNull();
  });

  it("while its clock and the database's are apart, in both languages", async () => {
    const apart = { machine: new Date("2029-11-24T09:00:00Z"), database: now };
    expect(await why(now, database.db, apart)).toEqual({
      en: expect.stringMatching(
        /this machine says 2029-11-24T09:00:00Z, that of the database 2026-11-25T09:00:00Z.*NTP/,
      ),
      ar: expect.stringMatching(/2029-11-24T09:00:00Z.*2026-11-25T09:00:00Z.*NTP/),
    });
  });

  it("when the database does not accept changes or has no room, in words; not when it only has much to do", async () => {
    const reasons = (["read-only", "full", "busy"] as const).map((fault) =>
      whyNotReady({ db: database.db, pendingMigrations, apart: () => null, schedulerTick: () => now, now, fault }),
    );
    expect(await Promise.all(reasons)).toEqual([
      "the database does not accept changes (read-only)",
      "the database has no room left (its disk is full)",
      null,
    ]);
  });

  it("when the database is away: that is the reason, whatever the queue and the bell do", async () => {
    const nowhere = connect(`postgres://diwan:x@127.0.0.1:${await freePort()}/none`, { max: 1, name: "test" });
    const { services, lines } = fakeServices(now);
    services.health.notReady = () => why(secondsAgo(3600), nowhere);
    const answer = await request(createHttp(services, { limits: false, doors: [] })).get("/readyz");
    expect([answer.status, answer.body.detail]).toEqual([503, "Not ready: the database is not available"]);
    expect(lines.filter((line) => line.msg === "readiness")).toEqual([]);
    await nowhere.close();
  });
});
