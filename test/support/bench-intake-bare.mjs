// What the application is measured against: Express and pg and nothing else, writing the same rows into the same tables.
// No checks, no rules, no keys: recorded rows get a new number and reference and are inserted, one multi-row INSERT a table.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import express from "express";
import pg from "pg";

const { DATABASE_URL: url, DIWAN_BENCH_RECORDED: file } = process.env;
/** Of each recorded intake: rows a table as text, where its number, reference and keys stand, and the answer. */
const { columns, intakes } = JSON.parse(readFileSync(file, "utf8"));
const pool = new pg.Pool({ connectionString: url, max: 16, application_name: "bare" });

/** The statement that inserts `count` rows into a table; prepared once a connection. */
const statements = new Map();
function insertOf(table, count) {
  const name = `${table}-${count}`;
  const known = statements.get(name);
  if (known !== undefined) return known;
  const width = columns[table].length;
  const row = (r) => `(${columns[table].map((_, i) => `$${r * width + i + 1}`).join(", ")})`;
  const text = `insert into ${table} (${columns[table].join(", ")}) values ${Array.from({ length: count }, (_, r) => row(r)).join(", ")}`;
  const statement = { name, text };
  statements.set(name, statement);
  return statement;
}

/** Each intake as a list of statements with values, and the places of what is new each time. */
const prepared = intakes.map(({ tables, caseId, reference, answer }) => ({
  answer,
  inserts: Object.entries(tables)
    .filter(([, rows]) => rows.length > 0)
    .map(([table, rows]) => {
      const values = rows.flat();
      const at = { id: [], reference: [], key: [] };
      values.forEach((_, i) => {
        const column = columns[table][i % columns[table].length];
        if (column === "case_id" || column === "receiver_case" || (column === "id" && table !== "messages")) {
          if (values[i] === String(caseId)) at.id.push(i);
        } else if (column === "reference" && values[i] === reference) at.reference.push(i);
        else if (column === "key") at.key.push(i);
      });
      return { statement: insertOf(table, rows.length), values, at };
    }),
}));

let sent = 0;
const app = express();
app.use(express.json());
app.post("/api/v1/applications", async (_request, response) => {
  const number = sent++;
  const id = String(1_000_000_000 + number);
  const reference = `9${id}-b`;
  const { inserts, answer } = prepared[number % prepared.length];
  const client = await pool.connect();
  try {
    await client.query("begin");
    for (const { statement, values, at } of inserts) {
      const row = values.slice();
      for (const i of at.id) row[i] = id;
      for (const i of at.reference) row[i] = reference;
      for (const i of at.key) row[i] = `${row[i]}/${id}`;
      await client.query({ ...statement, values: row });
    }
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
  response.status(201).json({ ...answer, reference: reference.slice(0, answer.reference.length) });
});
const server = createServer(app);
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.on("disconnect", () => process.exit(0));
