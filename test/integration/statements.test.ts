/** Statements with values in place: what the server is given, what it keeps on a connection, and that connections come back. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import sql, { empty, join } from "sql-template-tag";
import { connect } from "../../src/platform/db/connect.js";
import { type Database, filled, parameter, placeholders, query, queryUnprepared } from "../../src/platform/db/query.js";
import { inTransaction } from "../../src/platform/db/transaction.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

let database: TestDatabase;
/** Of one connection: what it keeps can be seen. */
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  db = connect(database.url, { max: 1, name: "statements" });
});
afterAll(async () => {
  await db.close();
  await database.close();
});

const prepared = async (like: string) => {
  const statement = sql`select name, statement, parameter_types::text[] as types from pg_prepared_statements where statement like ${like}`;
  return queryUnprepared<{ name: string; statement: string; types: string[] }>(db, statement);
};

describe("a statement", () => {
  it("is prepared once, whatever its values are", async () => {
    const twice = (n: number) => query<{ twice: number }>(db, sql`select ${n}::integer * 2 as twice`);
    expect(await twice(4)).toEqual([{ twice: 8 }]);
    expect(await twice(5)).toEqual([{ twice: 10 }]);
    const [first, ...others] = await prepared("%as twice");
    expect(first).toMatchObject({ statement: "select $1::integer * 2 as twice", types: ["integer"] });
    expect(others).toEqual([]);
  });

  it("is kept by no connection where it is not to be", async () => {
    expect(await queryUnprepared(db, sql`select ${"a"}::text as once`)).toEqual([{ once: "a" }]);
    expect(await prepared("%as once")).toEqual([]);
  });

  it("takes pieces, lists, dates and JSON", async () => {
    const at = new Date("2026-11-29T08:00:00.123Z");
    const conditions = [sql`n = any(${[2, 3]})`, sql`n < ${3}`];
    const statement = sql`select n, ${at}::timestamptz as at, ${JSON.stringify({ a: [1] })}::jsonb as data ${empty}
      from generate_series(1, 4) n where ${join(conditions, " and ")}`;
    expect(await query(db, statement)).toEqual([{ n: 2, at, data: { a: [1] } }]);
  });

  it("gives a parameter that stands in several places once", async () => {
    const unit = parameter("day");
    const statement = sql`select date_trunc(${unit}, d) as grouped, count(*)::integer as n
      from unnest(${["2026-11-01", "2026-11-01"]}::timestamptz[]) d group by date_trunc(${unit}, d)`;
    expect(await query(db, statement)).toMatchObject([{ n: 2 }]);
    const [kept] = await prepared("%as grouped%");
    expect(kept?.types).toEqual(["text", "timestamp with time zone[]"]);
  });

  it("is filled with other values each time", async () => {
    const v = placeholders<{ from: number; to: number }>();
    const between = sql`select ${v.to}::integer - ${v.from}::integer as apart, ${v.from}::integer as began`;
    expect(await query(db, filled(between, { from: 2, to: 5 }))).toEqual([{ apart: 3, began: 2 }]);
    expect(await query(db, filled(between, { to: 9, from: 1 }))).toEqual([{ apart: 8, began: 1 }]);
    expect(await prepared("%as apart%")).toHaveLength(1);
  });

  it("gives its connection back when it fails, and runs in the transaction that it is given", async () => {
    await expect(query(db, sql`select 1 / ${0}::integer`)).rejects.toMatchObject({ code: "22012" });
    const within = await inTransaction(db, async (tx) => {
      const [first] = await query<{ tx: string }>(db, sql`select pg_current_xact_id()::text as tx`, tx);
      const [second] = await query<{ tx: string }>(db, sql`select pg_current_xact_id()::text as tx`, tx);
      return [first?.tx, second?.tx];
    });
    expect(within[0]).toBe(within[1]);
  });
});
