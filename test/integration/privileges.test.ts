import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
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

  it("cannot rewrite what was published", async () => {
    await expect(database.db.query("update configuration_versions set definition = '{}'")).rejects.toThrow(
      "permission denied",
    );
    await expect(database.db.query("delete from configuration_versions")).rejects.toThrow("permission denied");
    await expect(database.db.query("update configuration_versions set status = 'retired'")).resolves.toBeDefined();
  });
});
