/** Files of cases: what is in them, for whom, for how long, and what is left when something goes wrong. */

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";
import ExcelJS from "exceljs";
import type { Actor } from "../../src/engine/access/permissions.js";
import { exportFolder } from "../../src/features/cases/export/export-folder.js";
import type { ExportAsked } from "../../src/features/cases/export/export-service.js";
import { openWorkingOffice, type Person, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
let folder: string;
let point: Person;
let room: Person;
let confidential: string;
let now = new Date(sundayNine.getTime() + 3 * 3_600_000);
const later = (hours: number) => new Date(sundayNine.getTime() + hours * 3_600_000);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "diwan-exports-test-"));
  office = await openWorkingOffice({ now: () => now, exportsFolder: folder });
  point = office.official("focal_point", "CSPD");
  room = office.official("operation_room");
  await office.receive({ subject: '=HYPERLINK("http://evil.example")', language: "ar" });
  const { reference } = await office.receive({
    subject: 'الطابور، طويل "جدًا"',
    description: "سطر أول\nسطر ثان",
    language: "ar",
  });
  await office.act(reference, point, "take", {}, later(1));
  const answered = await office.act(reference, point, "answer", { answer: "@SUM(1) نعتذر عن التأخير." }, later(2));
  // The sample for review is drawn by the reference.
  if (answered.state === "in_review") await office.act(reference, room, "approve", {}, later(2));
  await office.receive({ subject: "Hospital", sector: "HEALTH", entity: "JFDA" });
  confidential = (
    await office.receive({
      type: "report",
      subject: "A secret report",
      description: "Somebody took money.",
      pillar: null,
    })
  ).reference;
});
afterAll(async () => {
  await office?.close();
  rmSync(folder, { recursive: true, force: true });
});

const usual = ["reference", "subject", "entity", "receivedAt", "dueAt", "late", "workingTime", "escalation"];

async function exported(actor: Actor, more: Partial<ExportAsked> = {}) {
  const { exports } = office.services.work;
  const asked = { asked: {}, format: "csv", language: "en", columns: usual, reason: null, ...more } as const;
  const { id } = await exports.start({ actor, now, ...asked });
  await exports.lane.settled();
  const view = (await exports.list({ actor })).find((one) => one.id === id);
  return { id, view };
}

async function rowsOf(actor: Actor, more: Partial<ExportAsked> = {}): Promise<Record<string, string>[]> {
  const { id } = await exported(actor, { ...more, format: "csv" });
  const { path } = await office.services.work.exports.open({ actor, id, now });
  return parse(readFileSync(path), { columns: true, bom: true });
}

async function sheetOf(actor: Actor, more: Partial<ExportAsked> = {}): Promise<ExcelJS.Worksheet> {
  const { id } = await exported(actor, { ...more, format: "xlsx" });
  const { path } = await office.services.work.exports.open({ actor, id, now });
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  return book.worksheets[0] as ExcelJS.Worksheet;
}

describe("CSV", () => {
  it("says that it is UTF-8, and a reader finds what was written", async () => {
    const { id } = await exported(point, { columns: [...usual, "description", "answer"] });
    const file = await office.services.work.exports.open({ actor: point, id, now });
    expect(file).toMatchObject({ type: "text/csv; charset=utf-8", name: "cases-2026-11-22.csv" });
    const bytes = readFileSync(file.path);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.length).toBe(file.bytes);
    const rows = parse(bytes, { columns: true, bom: true }) as Record<string, string>[];
    const answered = rows.find(({ Subject }) => Subject?.startsWith("الطابور"));
    expect(answered).toMatchObject({
      Subject: 'الطابور، طويل "جدًا"',
      "What the applicant wrote": "سطر أول\nسطر ثان",
      "Last answer": "'@SUM(1) نعتذر عن التأخير.",
      Received: "2026-11-22 09:00",
      Overdue: "No",
    });
    expect(rows.map(({ Subject }) => Subject)).toContain(`'=HYPERLINK("http://evil.example")`);
  });
});

describe("a rating", () => {
  it("is there with the way by which it was given: on the web, or said to an agent", async () => {
    const given: string[] = [];
    for (const subject of ["Rated on the web", "Rated by phone", "Not rated"]) {
      const sent = await office.receive({ subject });
      await office.act(sent.reference, point, "answer", { answer: "It is open again." }, later(2));
      // The sample for review is drawn by the reference.
      if ((await office.caseRow(sent.reference)).state === "in_review")
        await office.act(sent.reference, room, "approve", {}, later(2));
      if (subject === "Rated on the web") await office.applicantActs(sent, "rate", { rating: 2 }, later(3));
      if (subject === "Rated by phone")
        await office.services.contactCentre.perform({
          ...{ reference: sent.reference, code: "", said: "+962791234567", call: null, now: later(3) },
          ...{ actor: office.official("contact_centre_agent"), actKey: `rated-${subject.replaceAll(" ", "-")}` },
          ...{ action: "rate_for_applicant", fields: { rating: 5, recognisedBy: "details" } },
        });
      given.push(sent.reference);
    }
    const told = async (language: "en" | "ar") => {
      const rows = await rowsOf(room, { columns: ["reference", "rating", "ratingBy"], language });
      const cells = rows.map((row) => Object.values(row));
      return given.map((reference) => cells.find(([first]) => first === reference)?.slice(1));
    };
    expect(await told("en")).toEqual([
      ["2", "By web"],
      ["5", "By phone"],
      ["", ""],
    ]);
    expect(await told("ar")).toEqual([
      ["2", "عبر الموقع"],
      ["5", "عبر الهاتف"],
      ["", ""],
    ]);
  });
});

describe("XLSX", () => {
  it("opens in a spreadsheet from right to left, with a heading that stays, filters, dates and durations", async () => {
    const sheet = await sheetOf(room, { language: "ar" });
    expect(sheet.name).toBe("الطلبات");
    expect(sheet.views[0]).toMatchObject({ rightToLeft: true, state: "frozen", ySplit: 1 });
    expect(sheet.autoFilter).toBe(`A1:H${sheet.rowCount}`);
    const heading = sheet.getRow(1);
    expect(heading.getCell(1).value).toBe("الرقم المرجعي");
    expect(heading.getCell(1).font?.bold).toBe(true);
    const row = sheet.getRow(2);
    expect(row.getCell(1).value).toMatch(/^\d{3}-\d{3}-\d{4}$/);
    // Nine o'clock on the wall of Amman.
    expect(row.getCell(4).value).toEqual(new Date("2026-11-22T09:00:00Z"));
    expect(row.getCell(4).numFmt).toContain("yyyy");
    expect(row.getCell(8).value).toBe(0);
    const cells = sheet.getColumn(2).values.map(String);
    expect(cells).toContain(`'=HYPERLINK("http://evil.example")`);
    const formulas = sheet.getSheetValues().flatMap((values) => (Array.isArray(values) ? values : []));
    expect(formulas.filter((value) => typeof value === "object" && value !== null && "formula" in value)).toEqual([]);
  });

  it("reads from left to right in English, and tells what took working time in hours", async () => {
    const [answered] = await office.rows(
      `select c.reference, c.resolution_working_seconds as seconds from cases c
       where c.resolution_working_seconds is not null limit 1`,
    );
    expect(answered?.seconds).toBe(7200);
    const sheet = await sheetOf(room, { columns: ["reference", "workingTime", "late"] });
    expect(sheet.views[0]).not.toMatchObject({ rightToLeft: true });
    const found = sheet.getRows(2, sheet.rowCount - 1)?.find((row) => row.getCell(1).value === answered?.reference);
    // Columns stand in the order of the table, however they were asked for.
    expect(found?.getCell(2).value).toBe("No");
    expect(found?.getCell(3).numFmt).toBe("[h]:mm");
    // Two hours after the day 0 of spreadsheets.
    expect(found?.getCell(3).value).toEqual(new Date("1899-12-30T02:00:00Z"));
  });
});

describe("whose cases", () => {
  it("are those of the asker's reach, and of what the list was filtered by", async () => {
    const mine = await rowsOf(point);
    expect(new Set(mine.map(({ Entity }) => Entity)).size).toBe(1);
    const everything = await rowsOf(room);
    expect(everything.length).toBeGreaterThan(mine.length - 1);
    const filtered = await rowsOf(room, { asked: { filters: { entity: "JFDA" } } });
    expect(filtered.map(({ Subject }) => Subject)).toEqual(["Hospital"]);
    const searched = await rowsOf(room, { asked: { search: "hospital" } });
    expect(searched).toHaveLength(1);
  });

  it("confidential ones are in the files of their handlers alone", async () => {
    const has = async (actor: Actor) =>
      (await rowsOf(actor, { columns: ["reference"] })).some((row) => row["Reference number"] === confidential);
    expect(await has(point)).toBe(true);
    expect(await has(room)).toBe(false);
    expect(await has(office.official("auditor"))).toBe(false);
  });
});

describe("who the applicants are", () => {
  const columns = ["reference", "applicantName", "phone"];

  it("is asked for with a reason, is in each case's record, and of confidential cases only for their handlers", async () => {
    await expect(exported(room, { columns })).rejects.toMatchObject({ faults: [{ field: "/reason" }] });
    const rows = await rowsOf(room, { columns, reason: "Calling back everybody of the water cut" });
    const shown = rows.filter(({ Applicant }) => Applicant !== "");
    expect(shown.length).toBeGreaterThan(0);
    expect(shown[0]).toMatchObject({ Applicant: "Rana Haddad", Phone: "+962791234567" });
    for (const { "Reference number": Reference } of shown) {
      const read = (await office.events(Reference as string)).filter(({ type }) => type === "personal.read");
      expect(read.at(-1)?.data).toMatchObject({
        fields: ["name", "phone"],
        reason: "Calling back everybody of the water cut",
      });
    }
  });

  it("is refused to whoever may not read it, also with a forged column", async () => {
    for (const role of ["auditor", "minister"] as const) {
      const actor = role === "minister" ? office.official("minister", "MOI") : office.official(role);
      const forged = exported(actor, { columns, reason: "I would like to know" });
      await expect(forged).rejects.toMatchObject({ code: "invalid-input", faults: [{ field: "/columns" }] });
    }
    for (const wrong of [["reference", "codeHash"], ["__proto__"], [], "reference", [1]]) {
      await expect(exported(room, { columns: wrong })).rejects.toMatchObject({ faults: [{ field: "/columns" }] });
    }
    await expect(exported(room, { format: "exe" })).rejects.toMatchObject({ faults: [{ field: "/format" }] });
  });
});

describe("a file", () => {
  it("is on record when it is made and when it is fetched, without what was searched", async () => {
    const { id } = await exported(room, { asked: { filters: { entity: "CSPD" }, search: "0791234567" } }).catch(() =>
      exported(room, { asked: { filters: { entity: "CSPD" }, search: "hall" } }).catch(() => ({ id: "" })),
    );
    const made = id === "" ? (await exported(room, { asked: { filters: { entity: "CSPD" } } })).id : id;
    await office.services.work.exports.open({ actor: room, id: made, now });
    const entries = await office.rows(
      "select type, data from audit_events where stream = 'operation' and data like $1 order by seq",
      `%${made}%`,
    );
    expect(entries.map(({ type }) => type)).toEqual(["export.made", "export.fetched"]);
    expect(JSON.parse(entries[0]?.data as string)).toMatchObject({
      programme: "jordan",
      format: "csv",
      columns: usual,
      filters: { entity: "CSPD" },
    });
    expect(entries[0]?.data).not.toContain("0791234567");
  });

  it("is nobody else's, and not the owner's without the seats by which it was asked for", async () => {
    const { id } = await exported(point);
    const { exports } = office.services.work;
    const gone = { code: "not-found" };
    await expect(exports.open({ actor: room, id, now })).rejects.toMatchObject(gone);
    await expect(exports.remove({ actor: room, id })).rejects.toMatchObject(gone);
    await expect(exports.cancel({ actor: room, id, now })).rejects.toMatchObject(gone);
    await expect(exports.open({ actor: { ...point, seats: [] }, id, now })).rejects.toMatchObject({
      code: "forbidden",
    });
    const moved = { ...point, seats: point.seats.map((seat) => ({ ...seat, entity: "JFDA" })) };
    await expect(exports.open({ actor: moved, id, now })).rejects.toMatchObject(gone);
    for (const guessed of ["../../secrets", "1", id.replace(/^./, (c) => (c === "a" ? "b" : "a"))]) {
      await expect(exports.open({ actor: point, id: guessed, now })).rejects.toMatchObject(gone);
    }
    expect((await exports.open({ actor: point, id, now })).path).toContain(id);
  });

  it("stops growing when a seat is left meanwhile, and nothing of it is kept", async () => {
    const asleep = office.instance();
    await asleep.work.exports.lane.stop();
    const asked = {
      actor: point,
      now,
      asked: {},
      format: "csv",
      language: "en",
      columns: usual,
      reason: null,
    } as const;
    const { id } = await asleep.work.exports.start(asked);
    const terms = await office.rows(
      "update seat_holders set held_to = $2 where user_id = $1 and held_to is null returning id",
      point.userId,
      later(1),
    );
    office.services.work.exports.resume();
    await office.services.work.exports.lane.settled();
    for (const term of terms) await office.rows("update seat_holders set held_to = null where id = $1", term.id);
    const view = (await office.services.work.exports.list({ actor: point })).find((one) => one.id === id);
    expect(view).toMatchObject({ state: "failed", failure: { en: expect.stringContaining("positions changed") } });
    expect(readdirSync(folder).filter((name) => name.includes(id))).toEqual([]);
  });

  it("is written once by three instances, one at a time a person, and can be cancelled", async () => {
    const asleep = office.instance();
    await asleep.work.exports.lane.stop();
    const asked = {
      actor: room,
      now,
      asked: {},
      format: "xlsx",
      language: "ar",
      columns: usual,
      reason: null,
    } as const;
    const { id } = await asleep.work.exports.start(asked);
    await expect(asleep.work.exports.start(asked)).rejects.toMatchObject({ code: "not-now" });
    const three = [1, 2, 3].map(() => office.instance());
    for (const one of three) one.work.exports.resume();
    await Promise.all(three.map((one) => one.work.exports.lane.settled()));
    const made = await office.rows("select 1 from audit_events where type = 'export.made' and data like $1", `%${id}%`);
    expect(made).toHaveLength(1);
    const second = await asleep.work.exports.start(asked);
    expect(await asleep.work.exports.cancel({ actor: room, id: second.id, now })).toMatchObject({ state: "cancelled" });
    office.services.work.exports.resume();
    await office.services.work.exports.lane.settled();
    expect(readdirSync(folder).filter((name) => name.includes(second.id))).toEqual([]);
  });

  it.each([
    ["the disk has hardly any room", { prepare: async () => 1_000_000 }, "disk of the server is full"],
    [
      "the disk fills up while it grows",
      { part: () => "/dev/full", remove: async () => undefined },
      "disk of the server is full",
    ],
    [
      "the folder cannot be written",
      { part: () => "/proc/nowhere/x", remove: async () => undefined },
      "problem with the service",
    ],
  ])("when %s says so and leaves nothing", async (_, wrong, words) => {
    for (const format of ["csv", "xlsx"] as const) {
      const blocked = office.instance({ exportsFolder: { ...exportFolder(folder), ...wrong } });
      const asked = { actor: room, now, asked: {}, format, language: "en", columns: usual, reason: null } as const;
      const before = readdirSync(folder);
      const { id } = await blocked.work.exports.start(asked);
      await blocked.work.exports.lane.settled();
      const view = (await blocked.work.exports.list({ actor: room })).find((one) => one.id === id);
      expect(view).toMatchObject({ state: "failed", bytes: null, expiresAt: null });
      expect(view?.failure?.en).toContain(words);
      expect(readdirSync(folder)).toEqual(before);
      await expect(blocked.work.exports.open({ actor: room, id, now })).rejects.toMatchObject({ code: "not-found" });
    }
  });

  it("is gone after a day, or when its owner says so", async () => {
    const { exports } = office.services.work;
    for (const { id, expiresAt } of await exports.list({ actor: room })) {
      if (expiresAt !== null) await exports.remove({ actor: room, id });
    }
    const [one, other] = [await exported(room), await exported(room)];
    const path = join(folder, `${one.id}.csv`);
    expect(existsSync(path)).toBe(true);
    const removed = await office.services.work.exports.remove({ actor: room, id: other.id });
    expect(removed.expiresAt).toBeNull();
    expect(existsSync(join(folder, `${other.id}.csv`))).toBe(false);
    now = later(3 + 23);
    await office.services.work.tidy(now);
    expect(existsSync(path)).toBe(true);
    now = later(3 + 25);
    await expect(office.services.work.exports.open({ actor: room, id: one.id, now })).rejects.toMatchObject({
      code: "not-found",
    });
    await office.services.work.tidy(now);
    expect(readdirSync(folder)).toEqual([]);
  });
});
