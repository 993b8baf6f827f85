// What the list of cases is measured against: Express, pg and what compresses answers, and nothing else. It asks what the back
// office's list asks of its tables, the page and the count, and answers with the same records. Whoever asks may see everything.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import compression from "compression";
import express from "express";
import pg from "pg";

const { DATABASE_URL: url, DIWAN_BENCH_RECORDED: file } = process.env;
/** The statements that the list came from, with their values; the answer, and which of its records is which case. */
const { statements, answer, records } = JSON.parse(readFileSync(file, "utf8"));
const pool = new pg.Pool({ connectionString: url, max: 16, application_name: "bare" });
const [page, ...counts] = statements;

/** The count, and where it stopped at its cap the planner's figure as well. */
async function counted() {
  const answers = [];
  for (const statement of counts) answers.push((await pool.query(statement)).rows[0]);
  return answers.length === 1 ? answers[0].total : answer.meta.total;
}

const app = express();
// The same answer travels the same way: its reader accepts it compressed, from either side.
app.use(compression());
app.get("/cases", async (_request, response) => {
  const [{ rows }, total] = await Promise.all([pool.query(page), counted()]);
  response.json({
    ...answer,
    meta: { ...answer.meta, total },
    // What the database told of the case stands in its record, and beside it what a list shows.
    records: rows.map((row) => {
      const { values, ...record } = records[row.reference];
      return { ...record, values: { ...values, found: { ...values.found, subject: row.subject } } };
    }),
  });
});
const server = createServer(app);
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.on("disconnect", () => process.exit(0));
