import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { grantRuntimeRole } from "../../src/app/migrations/grants.js";
import { pendingMigrations } from "../../src/app/migrations/migrate.js";
import { type Rights, rightsOfQueue, rightsOfTables } from "../../src/app/migrations/rights.js";
import { setupTableNames } from "../../src/engine/setup/tables/setup-registry.js";
import { connect } from "../../src/platform/db/connect.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

let database: TestDatabase;
let owner: pg.Client;
let role: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  role = new pg.Client({ connectionString: database.url });
  await Promise.all([owner.connect(), role.connect()]);
});
afterAll(async () => {
  await Promise.all([owner.end(), role.end()]);
  await database.close();
});

interface Column {
  readonly table: string;
  readonly column: string;
  readonly generated: boolean;
}
/** Columns of every table of a schema, partitions left out. */
async function columnsOf(schema: string): Promise<Column[]> {
  const { rows } = await owner.query(
    `select c.relname as table, a.attname as column, a.attgenerated <> '' as generated
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p', 'v', 'm') order by 1, a.attnum`,
    [schema],
  );
  return rows;
}

const schemas: [schema: string, rights: Readonly<Record<string, Rights>>][] = [
  ["public", rightsOfTables],
  ["pgboss", rightsOfQueue],
];
const mayInsert = ({ insert }: Rights, column: string) => insert === "all" || insert?.includes(column) === true;
const mayUpdate = ({ update }: Rights, column: string) => update?.includes(column) === true;
/** What a statement ends with: done, or the error. */
const tried = (statement: string): Promise<string> =>
  role.query(statement).then(
    () => "done",
    (error: Error) => (error.message.startsWith("permission denied") ? "denied" : error.message),
  );

describe("the running role", () => {
  it("finds no migration pending", async () => {
    expect(await pendingMigrations(database.db)).toEqual([]);
  });

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

  it("counts the revision up with an edit of any table of the set-up", async () => {
    const { rows } = await owner.query(
      "select tgrelid::regclass::text as of from pg_trigger where tgname = 'bump_revision'",
    );
    expect(rows.map(({ of }) => of)).toEqual(expect.arrayContaining([...setupTableNames]));
  });

  it("has a line for every table, and for each column that it names there is one", async () => {
    const all = await columnsOf("public");
    expect([...new Set(all.map(({ table }) => table))].sort()).toEqual(Object.keys(rightsOfTables).sort());
    for (const [schema, rights] of schemas) {
      const there = new Set((await columnsOf(schema)).map(({ table, column }) => `${table}.${column}`));
      const named = Object.entries(rights).flatMap(([table, { insert, update = [] }]) =>
        [...(insert === "all" || insert === undefined ? [] : insert), ...update].map((column) => `${table}.${column}`),
      );
      expect(named.filter((one) => !there.has(one))).toEqual([]);
    }
  });

  it.each(schemas)("has in %s exactly the rights of the table, column by column", async (schema, rights) => {
    const { rows } = await owner.query(
      `select c.relname as table, a.attname as column,
         has_column_privilege('diwan', c.oid, a.attnum, 'SELECT') as read,
         has_column_privilege('diwan', c.oid, a.attnum, 'INSERT') as insert,
         has_column_privilege('diwan', c.oid, a.attnum, 'UPDATE') as update,
         has_column_privilege('diwan', c.oid, a.attnum, 'REFERENCES') as refer,
         has_table_privilege('diwan', c.oid, 'DELETE') as delete,
         has_table_privilege('diwan', c.oid, 'TRUNCATE, TRIGGER') as more
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p', 'v', 'm') order by 1, a.attnum`,
      [schema],
    );
    expect(rows.length).toBeGreaterThan(20);
    expect(rows).toEqual(
      rows.map(({ table, column }) => {
        const line = rights[table] ?? { read: false };
        return {
          table,
          column,
          read: line.read !== false,
          insert: mayInsert(line, column),
          update: mayUpdate(line, column),
          refer: false,
          delete: line.delete === true,
          more: false,
        };
      }),
    );
  });

  it.each(schemas)("is let do in %s what the table says, and refused all else", async (schema, rights) => {
    const columns = await columnsOf(schema);
    const outcomes: [statement: string, outcome: string][] = [];
    const expected: typeof outcomes = [];
    const attempt = async (statement: string, allowed: boolean): Promise<void> => {
      outcomes.push([statement, await tried(statement)]);
      expected.push([statement, allowed ? "done" : "denied"]);
    };
    for (const { table, column, generated } of columns) {
      if (generated) continue;
      const [name, of] = [`${schema}."${table}"`, `"${column}"`];
      const line = rights[table] ?? { read: false };
      const reads = line.read !== false;
      await attempt(`select ${of} from ${name} limit 0`, reads);
      await attempt(`update ${name} set ${of} = default where false`, mayUpdate(line, column));
      await attempt(
        `insert into ${name} (${of}) overriding system value select null where false`,
        mayInsert(line, column),
      );
    }
    for (const table of new Set(columns.map((one) => one.table))) {
      const line = rights[table] ?? {};
      await attempt(`delete from ${schema}."${table}" where false`, line.delete === true);
      await attempt(`truncate ${schema}."${table}"`, false);
    }
    const wrong = outcomes.filter(([, outcome], i) => outcome !== expected[i]?.[1]);
    expect(wrong).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(60);
  });

  it("cannot make, alter or remove anything, become somebody else, or reach the server's files", async () => {
    for (const statement of [
      "create table public.mine (id integer)",
      "create table pgboss.mine (id integer)",
      "create schema mine",
      "create function public.mine() returns integer language sql as 'select 1'",
      "select pgboss.create_queue('mine', '{}')",
      "select setval('public.case_ids', 1)",
      "select currval('public.programmes_id_seq')",
      "select nextval('public.programmes_id_seq')",
      "copy (select 1) to program 'true'",
      "select pg_read_file('/etc/hostname')",
      "set role diwan_owner",
      "set session_replication_role = replica",
      "select lo_import('/etc/hostname')",
    ]) {
      expect([statement, await tried(statement)]).toEqual([statement, "denied"]);
    }
    for (const statement of [
      "alter table case_events disable trigger all",
      "alter table cases add column x integer",
      "drop table seals",
      "drop function keep_issued_instructions() cascade",
      "create trigger mine before insert on cases for each row execute function keep_bound_attachments()",
      "alter role diwan superuser",
      "create role other",
    ]) {
      expect([statement, await tried(statement)]).not.toEqual([statement, "done"]);
    }
    expect(await tried("select nextval('public.case_ids')")).toBe("done");
    const { rows } = await owner.query(
      "select rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls from pg_roles where rolname = 'diwan'",
    );
    expect(Object.values(rows[0])).toEqual([false, false, false, false, false]);
  });

  it("calls no function that runs with its owner's rights", async () => {
    const { rows } = await owner.query(
      `select proname from pg_proc where prosecdef and pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`,
    );
    expect(rows).toEqual([]);
  });

  it("loses what it was given before, and gets nothing of a table that nobody wrote a line for", async () => {
    await owner.query(
      "create table forgotten (id integer); grant all on forgotten, seals to diwan; grant update (mac) on seals to diwan",
    );
    const db = connect(database.ownerUrl, { max: 1, name: "test" });
    try {
      await grantRuntimeRole(db, "diwan");
    } finally {
      await db.close();
    }
    for (const statement of [
      "select 1 from forgotten",
      "update seals set mac = ''",
      "truncate seals",
      "delete from seals",
    ])
      expect([statement, await tried(statement)]).toEqual([statement, "denied"]);
    expect(await tried("select 1 from seals")).toBe("done");
  });
});
