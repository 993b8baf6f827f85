/** The import as a process: killed with the rows half in, and run again. */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { QueryTypes } from "sequelize";
import { builtProgram } from "../support/built-program.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { seedHistory } from "../support/history.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const boston = join(root, "seeds", "boston311", "mapping.json");
const now = new Date("2026-03-01T00:00:00Z");

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  await seedHistory(database.db, ["boston311"], now);
  folder = await mkdtemp(join(tmpdir(), "diwan-import-"));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const numberOf = async (text: string): Promise<number> =>
  (await database.db.query<{ n: number }>(`select count(*)::integer as n from ${text}`, { type: QueryTypes.SELECT }))[0]
    ?.n ?? -1;

/** A number as the command writes it. */
const n = (value: number): string => value.toLocaleString("en");

describe("diwan import", () => {
  const header =
    "case_enquiry_id,open_dt,sla_target_dt,closed_dt,on_time,case_status,case_title,subject,reason,type,queue,department,neighborhood,source";
  // Tuesday 3 January 2017, 10:00: one business day later is Wednesday 10:00. Every tenth target is a minute and a second off.
  const line = (i: number): string =>
    `K${i},2017-01-03T10:00:00-05:00,2017-01-04T10:0${i % 10 === 0 ? "1:01" : "0:59"}-05:00,,OVERDUE,Open,Dead animal ${i},Public Works Department,x,Pick up Dead Animal,q,PWDx, ,Twitter`;
  const total = 6000;

  function start(file: string) {
    const env = {
      PATH: process.env.PATH,
      DIWAN_HOME: folder,
      DATABASE_URL: database.url,
      DIWAN_NOW: now.toISOString(),
    };
    const argv = ["import", file, "--mapping", boston, "--compare-targets", "--report", `${file}.report`];
    const child = spawn(process.execPath, [builtProgram("cli"), ...argv], { cwd: root, env });
    let [out, errors] = ["", ""];
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    const ended = new Promise<{ status: number | null; out: string; errors: string }>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (status) => resolve({ status, out, errors }));
    });
    const progress = new Promise<void>((resolve) => {
      child.stderr.on("data", (chunk) => {
        errors += chunk;
        if (errors.includes("read 2,000")) resolve();
      });
    });
    return { child, ended, progress };
  }

  it("killed in the middle and run again has every row once, and says how many targets are reproduced", async () => {
    const file = join(folder, "k.csv");
    await writeFile(file, [header, ...Array.from({ length: total }, (_, i) => line(i))].join("\r\n"));
    const first = start(file);
    await Promise.race([first.progress, first.ended]);
    first.child.kill("SIGKILL");
    expect((await first.ended).status).toBeNull();
    const before = await numberOf("applications");
    expect(before).toBeGreaterThanOrEqual(2000);
    expect(before).toBeLessThan(total);
    expect(before % 500).toBe(0);

    const { status, out, errors } = await start(file).ended;
    expect(out.trim().split("\n")).toEqual([
      `read ${n(total)}, imported ${n(total - before)}, already there ${n(before)}, refused 0, warnings 0`,
      `targets reproduced: Pick up Dead Animal ${n((total * 9) / 10)} of ${n(total)}`,
    ]);
    expect(errors).toMatch(/^read 2,000 \(\d+%\), imported/);
    expect(status).toBe(0);
    expect(await numberOf("applications")).toBe(total);
    const chained = `cases c join case_events e on e.case_id = c.id and e.seq = c.last_seq and e.hash = c.last_hash`;
    expect(await numberOf(chained)).toBe(total);
  }, 300_000);
});
