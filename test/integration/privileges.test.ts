import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { connect } from "../../src/db/connect.js";
import { pendingMigrations } from "../../src/db/migrate.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

describe("the running role", () => {
  it("finds no migration pending", async () => {
    expect(await pendingMigrations(database.db)).toEqual([]);
  });

  it.each(["case_events", "audit_events", "seals", "seal_entries", "decisions", "enforcements", "applications"])(
    "cannot alter or remove rows of %s",
    async (table) => {
      for (const statement of [`update ${table} set at = now()`, `delete from ${table}`, `truncate ${table}`]) {
        await expect(database.db.query(statement)).rejects.toThrow(/permission denied|column "at"/);
      }
      await expect(database.db.query(`delete from ${table}`)).rejects.toThrow("permission denied");
      await expect(database.db.query(`alter table ${table} add column x int`)).rejects.toThrow("must be owner");
    },
  );

  it.each([
    ["case_events", "case_id", "1"],
    ["audit_events", "stream", "'users'"],
  ])("adds to %s, and cannot choose of which transaction it is", async (table, key, value) => {
    const columns = `${key}, seq, at, type, actor, data, previous_hash, hash`;
    const values = `${value}, 1, now(), 't', '{}', '{}', '', ''`;
    await expect(
      database.db.query(`insert into ${table} (${columns}, tx) values (${values}, '3'::xid8)`),
    ).rejects.toThrow("permission denied");
    await expect(database.db.query(`insert into ${table} values (${values}, default)`)).rejects.toThrow(
      "permission denied",
    );
    await expect(database.db.query(`insert into ${table} (${columns}) values (${values})`)).resolves.toBeDefined();
  });

  it("cannot let a transaction stand for ever: the seal would wait for it", async () => {
    const [rows] = await database.db.query("show idle_in_transaction_session_timeout");
    expect(rows).toEqual({ idle_in_transaction_session_timeout: "5min" });
    const hasty = connect(database.url, { max: 1, name: "test", hasty: true });
    try {
      const [settings] = await hasty.query(
        "select current_setting('idle_in_transaction_session_timeout') as idle, current_setting('synchronous_commit') as commits",
      );
      expect(settings).toEqual([{ idle: "5min", commits: "off" }]);
    } finally {
      await hasty.close();
    }
  });

  it("cannot rewrite what was published", async () => {
    await expect(database.db.query("update configuration_versions set definition = '{}'")).rejects.toThrow(
      "permission denied",
    );
    await expect(database.db.query("delete from configuration_versions")).rejects.toThrow("permission denied");
    await expect(database.db.query("update configuration_versions set status = 'retired'")).resolves.toBeDefined();
  });
});
