/** Real input that nobody here wrote: 7,760 requests of the City of Boston give the city's own figures; `boston-four-doors` asks for more of them. */
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";
import { QueryTypes } from "sequelize";
import { type ImportSummary, importHistory } from "../../src/features/intake/import/import-history.js";
import { createKpi } from "../../src/features/reports/kpi.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { historyParts, seedHistory } from "../support/history.js";

const file = join(process.cwd(), "..", "shared", "data", "boston311_2017.csv");
const mapping = join(process.cwd(), "seeds", "boston311", "mapping.json");
// A skip with its reason in the name: the city's data are not part of this repository.
const proof = existsSync(file) ? describe : describe.skip;

const cityRows = (): Record<string, string>[] => parse(readFileSync(file, "utf8"), { columns: true });
const now = new Date("2026-01-01T00:00:00Z");

proof("Boston's 311 requests of 2017 (skipped where ../shared/data/boston311_2017.csv is not there)", () => {
  let database: TestDatabase;
  let folder: string;
  let summary: ImportSummary;
  const progress: string[] = [];
  const sql = <Row extends object>(text: string): Promise<Row[]> =>
    database.db.query<Row>(text, { type: QueryTypes.SELECT });

  beforeAll(async () => {
    database = await createTestDatabase();
    await seedHistory(database.db, ["boston311"], now);
    folder = await mkdtemp(join(tmpdir(), "diwan-boston-"));
    summary = await importHistory(historyParts(database.db), {
      file,
      mapping,
      compareTargets: true,
      report: join(folder, "report.csv"),
      encoding: null,
      now,
      progress: (words) => progress.push(words.en),
    });
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("are read and imported, two with a warning", async () => {
    expect(summary).toMatchObject({ read: 7760, imported: 7760, already: 0, refused: 0, warnings: 2 });
    const [head, ...rows] = parse(await readFile(summary.report ?? "", "utf8"), { bom: true }) as string[][];
    expect(head).toEqual(["line", "outcome", "column", "reason", "row"]);
    expect(rows.map((row) => [row[1], row[2], row[3]])).toEqual([
      [
        "warning",
        "closed_dt",
        "The case was closed 3 seconds before it was received. It is counted as closed on arrival.",
      ],
      [
        "warning",
        "closed_dt",
        "The case was closed 2 seconds before it was received. It is counted as closed on arrival.",
      ],
    ]);
    expect(progress).toHaveLength(3);
  });

  it("have the city's targets by our own calendar and rules", () => {
    const animal = summary.targets.find(({ type }) => type === "Pick up Dead Animal");
    expect(animal?.total).toBe(3657);
    expect(animal?.reproduced).toBeGreaterThanOrEqual(3648);
    expect(summary.targets.reduce((sum, { total }) => sum + total, 0)).toBe(4723);
  });

  it("give the city's figures", async () => {
    const { policies, db } = historyParts(database.db);
    const report = await createKpi({ db, policies })({
      programme: "boston311",
      from: "2017-01-01",
      to: "2018-05-01",
      at: now,
    });
    expect(report.onTimeResolution).toMatchObject({ numerator: 3982, denominator: 4723 });
    expect(report.onTimeAmongResolved).toMatchObject({ numerator: 3982, denominator: 4267 });
    expect(report.received).toBe(7760);
    const closedBefore = (row: Record<string, string>) =>
      Date.parse(row.closed_dt ?? "") < Date.parse("2018-05-01T00:00:00-04:00");
    expect(report.closed).toBe(cityRows().filter(closedBefore).length);
  });

  it("are late where the city says so, on every row with a target", async () => {
    const stored = await sql<{ source: string; late: boolean }>(
      `select a.source_id as source, k.breached_at is not null as late from applications a join clocks k on k.case_id = a.id`,
    );
    const late = new Map(stored.map((row) => [row.source, row.late]));
    const withTarget = cityRows().filter((row) => row.sla_target_dt !== "");
    expect(withTarget).toHaveLength(4723);
    expect(late.size).toBe(4723);
    expect(withTarget.filter((row) => late.get(row.case_enquiry_id ?? "") !== (row.on_time === "OVERDUE"))).toEqual([]);
  });

  it("send nothing and are never due", async () => {
    const [counted] = await sql(
      `select (select count(*) from messages)::integer as messages, (select count(*) from applicants)::integer as people,
        (select count(*) from cases where next_due_at is not null or escalation_steps <> '[]' or not imported)::integer as due`,
    );
    expect(counted).toEqual({ messages: 0, people: 0, due: 0 });
  });
});
