/** Made-up history: what is bad is reported, the rest comes in, nothing twice, whatever happens meanwhile. */
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";
import { QueryTypes } from "sequelize";
import { keyRing } from "../../src/engine/text/key-ring.js";
import { Problem } from "../../src/engine/text/problems.js";
import { verifyAudit } from "../../src/features/audit/verify.js";
import { caseByReference } from "../../src/features/cases/case-queries.js";
import { importHistory } from "../../src/features/intake/import/import-history.js";
import type { HistoryParts } from "../../src/features/intake/import/store-history.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { historyParts, seedHistory } from "../support/history.js";

const now = new Date("2026-03-01T00:00:00Z");

const columns = "no,opened,due,closed,kind,title,text,ministry,state";
const mapping = {
  programme: "jordan",
  clockSkewToleranceSeconds: 30,
  timeFormat: "DD/MM/YYYY HH:mm:ss",
  columns: {
    sourceId: "no",
    receivedAt: "opened",
    dueAt: "due",
    closedAt: "closed",
    type: "kind",
    subject: "title",
    description: "text",
    entity: "ministry",
    state: "state",
  },
  values: { type: { شكوى: "complaint", استفسار: "inquiry", بلاغ: "report" }, entity: { أ: "ENTITY", "": null } },
  defaults: { channel: "import", importance: "normal", pillar: "TIME" },
};

let database: TestDatabase;
let folder: string;
let entity: string;
let parts: HistoryParts;
let files = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  await seedHistory(database.db, ["jordan", "boston311"], now);
  folder = await mkdtemp(join(tmpdir(), "diwan-import-"));
  parts = historyParts(database.db);
  entity = [...(await parts.policies.fresh("jordan")).setup.entities.keys()][7] ?? "";
  await writeFile(join(folder, "m.json"), JSON.stringify(mapping).replace("ENTITY", entity));
}, 60_000);
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const sql = <Row extends object>(text: string, bind: unknown[] = []): Promise<Row[]> =>
  database.db.query<Row>(text, { type: QueryTypes.SELECT, bind });
const countOf = async (like: string): Promise<number> =>
  (await sql<{ n: number }>("select count(*)::integer as n from applications where source_id like $1", [like]))[0]?.n ??
  -1;

async function saved(content: string | Buffer): Promise<string> {
  const file = join(folder, `${++files}.csv`);
  await writeFile(file, content);
  return file;
}

async function run(
  content: string | Buffer,
  options: { mapping?: string; parts?: HistoryParts; compare?: boolean; encoding?: string } = {},
) {
  const file = await saved(content);
  return importHistory(options.parts ?? parts, {
    file,
    mapping: options.mapping ?? join(folder, "m.json"),
    compareTargets: options.compare ?? false,
    report: `${file}.report`,
    encoding: options.encoding ?? null,
    now,
    progress: () => undefined,
  });
}

async function refusal(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Problem) return error;
  throw new Error(`not refused as a Problem: ${error}`);
}

const rowsOf = (prefix: string, n: number): string =>
  [
    columns,
    ...Array.from({ length: n }, (_, i) => `${prefix}${i},04/01/2026 09:00:00,,,استفسار,سؤال ${i},,أ,open`),
  ].join("\n");

describe("a file of which some rows are bad", () => {
  const content = `\ufeff${columns}
A1,04/01/2026 09:00:00,06/01/2026 09:00:00,05/01/2026 10:00:00,شكوى,لا رد,"سطر أول
سطر ثان، وفيه ""اقتباس""",أ,closed
A2,04/01/2026 09:00:00,06/01/2026 09:00:00,07/01/2026 10:00:00,شكوى,=1+1,@SUM(A1),أ,resolved
A3,04/01/2026 09:00:00,,,بلاغ,تنبيه,,,open
A4,04/01/2026 09:00:00,,04/01/2026 08:59:40,استفسار,سؤال,,أ,closed
A5,04/01/2026 09:00:00,,04/01/2026 08:50:00,استفسار,سؤال,,أ,closed
A6,31/02/2026 09:00:00,,,استفسار,سؤال,,أ,open
A7,04/01/2026 09:00:00,,,هدية,سؤال,,أ,open
,04/01/2026 09:00:00,,,استفسار,سؤال,,أ,open
A8,04/01/2026 09:00:00,,,استفسار,سؤال,,أ,open,too,many
A9,04/01/2026 09:00:00,,,استفسار,"سؤال,,أ,open
A1,04/01/2026 09:00:00,,,استفسار,سؤال,,أ,open
A10,04/01/2026 09:00:00,05/01/2026 09:00:00,06/01/2026 09:00:00,استفسار,سؤال,,أ,withdrawn
A11,04/01/2026 09:00:00,05/02/2026 09:00:00,,استفسار,"كان ""مهمًا""",,أ,open
=A12,04/01/2026 09:00:00,,,هدية,سؤال,,أ,open
`;

  it("brings in the rest and reports each with line, column and reason", async () => {
    const summary = await run(content);
    expect(summary).toMatchObject({ read: 14, imported: 6, already: 0, refused: 8, warnings: 1 });
    const report = await readFile(summary.report ?? "", "utf8");
    const rows = (parse(report, { bom: true, from: 2 }) as string[][]).map(([line, outcome, column, reason]) => [
      line,
      outcome,
      column,
      reason,
    ]);
    const matching = (...row: [number, string, string, RegExp]) => [
      String(row[0]),
      row[1],
      row[2],
      expect.stringMatching(row[3]),
    ];
    expect(rows).toEqual([
      matching(6, "warning", "closed", /20 seconds before/),
      matching(7, "refused", "closed", /600 seconds before.*30 seconds/),
      matching(8, "refused", "opened", /not a real time/),
      matching(9, "refused", "kind", /"هدية" is not allowed.*شكوى/),
      matching(10, "refused", "no", /required/),
      matching(11, "refused", "", /11 cells, but the header has 9/),
      matching(12, "refused", "", /quotes/),
      matching(13, "refused", "no", /Line 2 has the same number/),
      matching(16, "refused", "kind", /not allowed/),
    ]);
    // The row itself stands beside it, and never as a formula.
    expect(report).toContain('A9,04/01/2026 09:00:00,,,استفسار,""سؤال,,أ,open');
    expect(report).toContain("'=A12");
  });

  it("keeps original times, the imported target and the text as it was", async () => {
    const stored = await sql<{ reference: string; source_id: string }>(
      "select reference, source_id from cases c join applications a on a.id = c.id where source_id ~ '^A[0-9]'",
    );
    const load = async (source: string) =>
      (await caseByReference(database.db, stored.find((row) => row.source_id === source)?.reference ?? ""))?.theCase;
    const received = new Date("2026-01-04T06:00:00Z");

    const closed = new Date("2026-01-05T07:00:00Z");
    const onTime = await load("A1");
    expect(onTime).toMatchObject({
      state: "closed",
      entity,
      pillar: "TIME",
      importance: "normal",
      assignedAt: received,
      stateSince: closed,
    });
    expect(onTime).toMatchObject({
      resolvedAt: closed,
      firstResolvedAt: closed,
      closedAt: closed,
      ratingInvitedAt: null,
      escalationSteps: [],
    });
    expect(onTime?.application).toMatchObject({
      receivedAt: received,
      imported: true,
      anonymous: true,
      description: 'سطر أول\nسطر ثان، وفيه "اقتباس"',
    });
    const due = new Date("2026-01-06T06:00:00Z");
    expect(onTime?.clocks).toMatchObject([
      { target: "resolution", budget: null, startedAt: received, dueAt: due, metAt: closed, breachedAt: null },
    ]);
    // Sunday 9:00 to Monday 10:00 on Jordan's calendar: more than an hour of work, less than two days.
    expect(onTime?.resolutionWorkingSeconds).toBeGreaterThan(3600);
    expect(onTime?.resolutionWorkingSeconds).toBeLessThan(2 * 8 * 3600);

    const late = await load("A2");
    expect(late).toMatchObject({ state: "resolved", closedAt: null, resolvedAt: new Date("2026-01-07T07:00:00Z") });
    expect(late?.application).toMatchObject({ subject: "=1+1", description: "@SUM(A1)" });
    expect(late?.clocks).toMatchObject([{ breachedAt: due }]);
    expect(await load("A3")).toMatchObject({ state: "triage", entity: null, assignedAt: null, clocks: [] });
    expect(await load("A4")).toMatchObject({ resolvedAt: received, resolutionWorkingSeconds: 0 });
    const withdrawn = await load("A10");
    expect(withdrawn).toMatchObject({ resolvedAt: null, withdrawnAt: new Date("2026-01-06T06:00:00Z") });
    expect(withdrawn?.clocks).toMatchObject([
      { metAt: null, breachedAt: null, cancelledAt: new Date("2026-01-06T06:00:00Z") },
    ]);
    const open = await load("A11");
    expect(open?.clocks).toMatchObject([
      { runningSince: received, metAt: null, breachedAt: new Date("2026-02-05T06:00:00Z") },
    ]);
  });

  it("run again brings nothing twice", async () => {
    expect(await run(content)).toMatchObject({ read: 14, imported: 0, already: 6, refused: 8, warnings: 1 });
    expect(await countOf("A%")).toBe(6);
  });

  it("sends nothing, is never due, and stands in the record that can be verified", async () => {
    const [counted] = await sql(
      "select (select count(*) from messages)::integer as messages, (select count(*) from cases where next_due_at is not null)::integer as due",
    );
    expect(counted).toEqual({ messages: 0, due: 0 });
    expect(
      (
        await verifyAudit(database.db, {
          keys: keyRing("a key for this test only, nothing is sealed"),
          now: new Date(),
          seals: [],
        })
      ).ok,
    ).toBe(true);
  });
});

describe("a file as a whole", () => {
  it("fills the type's extra fields, and reports what is wrong with one by line and column", async () => {
    const fields = join(folder, "fields.json");
    await writeFile(
      fields,
      JSON.stringify({ ...mapping, fields: { waitingDays: "waited", visitDate: "visited" } }).replace("ENTITY", entity),
    );
    const content = `${columns},waited,visited
F1,04/01/2026 09:00:00,,,شكوى,لا رد,,أ,open,١٢,2026-01-02
F2,04/01/2026 09:00:00,,,شكوى,لا رد,,أ,open,soon,2026-01-02
F3,04/01/2026 09:00:00,,,استفسار,سؤال,,أ,open,3,
`;
    const summary = await run(content, { mapping: fields });
    expect(summary).toMatchObject({ read: 3, imported: 1, refused: 2 });
    expect(await sql("select fields from applications where source_id = 'F1'")).toEqual([
      { fields: { waitingDays: 12, visitDate: "2026-01-02" } },
    ]);
    const report = await readFile(summary.report ?? "", "utf8");
    expect(report).toMatch(/^3,.*waited/m);
    expect(report).toMatch(/^4,.*waited.*inquiry do not have this field/m);
    await writeFile(fields, JSON.stringify({ ...mapping, fields: { nothing: "waited" } }).replace("ENTITY", entity));
    expect((await refusal(run(content, { mapping: fields }))).faults[0]?.field).toBe("/fields/nothing");
  });

  it("of a header alone has nothing to import", async () => {
    expect(await run(`${columns}\n`)).toMatchObject({ read: 0, imported: 0, report: null });
  });

  it("with one NUL loses that row, in a report that only its owner reads", async () => {
    const content = rowsOf("Z", 3).replace("سؤال 1", "سؤال\u0000 1");
    const file = await saved(content);
    const report = `${file}.report`;
    await writeFile(report, "an earlier report", { mode: 0o644 });
    const summary = await importHistory(parts, {
      file,
      mapping: join(folder, "m.json"),
      compareTargets: false,
      report,
      encoding: null,
      now,
      progress: () => undefined,
    });
    expect(summary).toMatchObject({ read: 3, imported: 2, refused: 1, report });
    expect(await readFile(report, "utf8")).toMatch(/3,refused,,"This line has a NUL.*سؤال␀ 1/);
    expect((await stat(report)).mode & 0o777).toBe(0o600);
    expect((await stat((await run(content)).report ?? "")).mode & 0o777).toBe(0o600);
  });

  it.each<[string, string | Buffer, RegExp]>([
    ["is empty", "", /is empty/],
    ["has blank lines only", "\n\n", /header line .* no lines/],
    ["is UTF-16", Buffer.from(`\ufeff${columns}\n`, "utf16le"), /not UTF-8/],
    ["is UTF-16 without a mark", Buffer.from(`${columns}\n`, "utf16le"), /not UTF-8/],
    ["is a spreadsheet", Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), /not UTF-8/],
    ["has a broken header", 'no,"opened\n1,2\n', /header line .* quotes/],
    ["has other columns", "a,b,c\n1,2,3\n", /has errors/],
  ])("that %s is refused in words", async (_, content, reason) => {
    expect((await refusal(run(content))).detail.en).toMatch(reason);
  });

  it.each([
    [";", "semicolons"],
    ["\t", "tabs"],
    ["|", "vertical bars"],
  ])("separated by %j has one fault, which says so, and those that remain", async (delimiter, name) => {
    const line = columns.replaceAll(",", delimiter);
    const quoted = line
      .split(delimiter)
      .map((title) => `"${title}"`)
      .join(delimiter);
    for (const content of [line, quoted]) {
      const { faults } = await refusal(run(`${content}\n`));
      expect(faults.map(({ field }) => field)).toEqual(["/delimiter"]);
      expect(faults[0]?.reason.en).toBe(
        `The cells of the file are separated by ${name}, but the mapping says commas. Write "delimiter": ${JSON.stringify(delimiter)} in the mapping.`,
      );
    }
    const { faults } = await refusal(run(line.replace("ministry", "office")));
    expect(faults.map(({ field }) => field)).toEqual(["/delimiter", "/columns/entity"]);
  });

  it("in another encoding is read by the name that is given, and refused when it is not that", async () => {
    const rows = rowsOf("E", 2);
    const windows = (prefix: string) =>
      Buffer.concat([
        Buffer.from(`${columns}\r\n${prefix}0,04/01/2026 09:00:00,,,`),
        // شكوى and لا رد as Windows writes them.
        ...[[0xd4, 0xdf, 0xe6, 0xec], [0x2c], [0xe1, 0xc7, 0x20, 0xd1, 0xcf], [0x2c, 0x2c], [0xc3]].map((b) =>
          Buffer.from(b),
        ),
        Buffer.from(",open\r\n"),
      ]);
    expect(await run(windows("W"), { encoding: "windows-1256" })).toMatchObject({ read: 1, imported: 1, refused: 0 });
    expect(await sql("select subject from applications where source_id = 'W0'")).toEqual([{ subject: "لا رد" }]);
    expect(await run(windows("X"))).toMatchObject({ read: 1, imported: 0, refused: 1 });
    const wide = Buffer.from(`\ufeff${rows}`, "utf16le");
    // “utf-16” is said of either order: the mark at the beginning tells which.
    expect(await run(Buffer.from(wide).swap16(), { encoding: "utf-16" })).toMatchObject({ imported: 2, refused: 0 });
    expect(await run(wide, { encoding: "utf-16le" })).toMatchObject({ imported: 0, already: 2, refused: 0 });
    const refused = async (content: Buffer | string, encoding: string) => {
      const { faults } = await refusal(run(content, { encoding }));
      return faults.map(({ field, reason }) => `${field}: ${reason.en}`);
    };
    expect(await refused(rows, "windows-1265")).toEqual([
      expect.stringMatching(/^--encoding: The encoding "windows-1265" was not found/),
    ]);
    expect(await refused(wide, "windows-1256")).toEqual([expect.stringMatching(/^--encoding: .*windows-1256/)]);
    expect(await refused(`\ufeff${rows}`, "windows-1256")).toEqual([expect.stringMatching(/^--encoding: /)]);
    expect(await refused(rows, "utf-16")).toEqual([expect.stringMatching(/^--encoding: .*utf-16le/)]);
  });

  it("of days alone has its targets compared by the day", async () => {
    const days = join(folder, "days.json");
    await writeFile(days, JSON.stringify({ ...mapping, timeFormat: "DD/MM/YYYY" }).replace("ENTITY", entity));
    // A normal complaint about delivery time has three working days, and a fourth is not the same day.
    const content = `${columns}
D1,04/01/2026,07/01/2026,07/01/2026,شكوى,لا رد,,أ,closed
D2,04/01/2026,08/01/2026,,شكوى,لا رد,,أ,open
`;
    const summary = await run(content, { mapping: days, compare: true });
    expect(summary).toMatchObject({ imported: 2, refused: 0, targets: [{ reproduced: 1, total: 2 }] });
    const stored = await sql<{ late: boolean }>(
      "select k.breached_at is not null as late from applications a join clocks k on k.case_id = a.id where a.source_id = 'D1'",
    );
    // Closed on the day that it was due is on time.
    expect(stored).toEqual([{ late: false }]);
  });

  it("that is not there is refused, and so are a mapping that is none and a report over what is read", async () => {
    const there = await saved(rowsOf("N", 1));
    const request = {
      file: there,
      mapping: join(folder, "m.json"),
      compareTargets: false,
      report: null,
      encoding: null,
      now,
      progress: () => undefined,
    };
    const broken = join(folder, "broken.json");
    await writeFile(broken, "{ programme: jordan");
    const other = join(folder, "other.json");
    await writeFile(other, JSON.stringify({ ...mapping, programme: "atlantis" }));
    const reasons = await Promise.all(
      [
        { ...request, file: join(folder, "none.csv") },
        { ...request, file: folder },
        { ...request, mapping: join(folder, "none.json") },
        { ...request, mapping: broken },
        { ...request, mapping: other },
        { ...request, report: there },
        { ...request, mapping: broken, report: join(folder, "no", "such", "folder.csv") },
      ].map(async (wrong) => {
        const { detail, faults } = await refusal(importHistory(parts, wrong));
        return [detail.en, ...faults.map(({ field }) => field)].join(" ");
      }),
    );
    expect(reasons).toEqual([
      expect.stringMatching(/none\.csv cannot be read/),
      expect.stringMatching(/cannot be read/),
      expect.stringMatching(/none\.json cannot be read/),
      expect.stringMatching(/is not JSON/),
      expect.stringMatching(/has errors.* \/programme$/),
      expect.stringMatching(/overwrite/),
      expect.stringMatching(/is not JSON/),
    ]);
    expect(await countOf("N%")).toBe(0);
  });
});

describe("while an import runs", () => {
  it("somebody publishes: the batch is read again by the new set-up", async () => {
    let asked = 0;
    const moving: HistoryParts = {
      ...parts,
      policies: {
        ...parts.policies,
        async fresh(programme) {
          const policy = await parts.policies.fresh(programme);
          if (++asked === 1)
            await database.db.query("update sectors set sort_order = sort_order where programme = 'boston311'");
          return policy;
        },
      },
    };
    expect(await run(rowsOf("P", 700), { parts: moving })).toMatchObject({ read: 700, imported: 700, already: 0 });
    expect(asked).toBe(2);
  });

  it("somebody imports the same file: every row once", async () => {
    const content = rowsOf("Q", 1200);
    const both = await Promise.all([run(content), run(content, { parts: historyParts(database.db) })]);
    expect(both.map(({ imported, already }) => imported + already)).toEqual([1200, 1200]);
    expect(both.reduce((sum, { imported }) => sum + imported, 0)).toBe(1200);
    expect(await countOf("Q%")).toBe(1200);
  });

  it("a reference number that is taken is drawn again", async () => {
    let draws = 0;
    const unlucky: HistoryParts = {
      ...parts,
      random: {
        bytes: (n) => {
          draws += 1;
          // Every other draw is the same number, in the first round and in the next.
          return draws % 2 === 1 ? Buffer.alloc(n, 7) : parts.random.bytes(n);
        },
      },
    };
    expect(await run(rowsOf("R", 20), { parts: unlucky })).toMatchObject({ imported: 20 });
    expect(await run(rowsOf("S", 20), { parts: unlucky })).toMatchObject({ imported: 20 });
  });
});
