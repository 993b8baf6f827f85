// What acts are measured against: Express and pg and nothing else, writing the rows that the real back office wrote for
// the same act into the same tables: BEGIN, the case's columns, one multi-row INSERT a
// table, an UPDATE for each row that was there already (clocks, what the case is found by), COMMIT, an answer of its size.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import express from "express";
import pg from "pg";

const { DATABASE_URL: url, DIWAN_BENCH_RECORDED: file } = process.env;
/** Of each recorded act: the case's columns, rows a table, all as text, and the answer. */
const { columns, keys, caseColumns, acts } = JSON.parse(readFileSync(file, "utf8"));
const pool = new pg.Pool({ connectionString: url, max: 16, application_name: "bare" });

const update = {
  name: "update-case",
  text: `update cases set ${caseColumns.map((column, i) => `${column} = $${i + 2}`).join(", ")} where id = $1`,
};
const insertOf = (table, count) => {
  const width = columns[table].length;
  const row = (r) => `(${columns[table].map((_, i) => `$${r * width + i + 1}`).join(", ")})`;
  const rows = Array.from({ length: count }, (_, r) => row(r)).join(", ");
  return { name: `${table}-${count}`, text: `insert into ${table} (${columns[table].join(", ")}) values ${rows}` };
};
const changeOf = (table) => {
  const named = new Set(["case_id", ...keys[table]]);
  const at = (column, i) => `${column} = $${i + 1}`;
  const all = columns[table].map((column, i) => ({ named: named.has(column), text: at(column, i) }));
  const set = all.filter((one) => !one.named).map(({ text }) => text);
  const where = all.filter((one) => one.named).map(({ text }) => text);
  return { name: `change-${table}`, text: `update ${table} set ${set.join(", ")} where ${where.join(" and ")}` };
};

// Where the case's number and what must be new each time stand.
const placesIn = (table, values) => values.map((_, i) => columns[table][i % columns[table].length]);
const prepared = acts.map(({ written, values, answer }) => ({
  answer,
  values,
  writes: written.flatMap(({ table, added, rows }) => {
    if (added)
      return [{ statement: insertOf(table, rows.length), values: rows.flat(), at: placesIn(table, rows.flat()) }];
    return rows.map((row) => ({ statement: changeOf(table), values: row, at: placesIn(table, row) }));
  }),
}));

let sent = 0;
const app = express();
app.use(express.json());
app.post("/acts/:act/:id", async (request, response) => {
  const { act, id } = request.params;
  const { values, writes, answer } = prepared[Number(act)];
  sent += 1;
  const key = `bare/${sent}`;
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query({ ...update, values: [id, ...values] });
    for (const { statement, values: recorded, at } of writes) {
      const row = recorded.map((value, i) =>
        at[i] === "case_id" || (at[i] === "receiver_case" && value !== null)
          ? id
          : at[i] === "key"
            ? `${key}/${i}`
            : value,
      );
      await client.query({ ...statement, values: row });
    }
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
  response.json(answer);
});
const server = createServer(app);
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.on("disconnect", () => process.exit(0));
