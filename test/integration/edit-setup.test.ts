import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import type { Setup } from "../../src/engine/setup/setup.js";
import { type RowTable, type SetupTableName, setupTableNames } from "../../src/engine/setup/tables/setup-registry.js";
import type { Problem } from "../../src/engine/text/problems.js";
import { createSetupEditor, type SetupEditor } from "../../src/features/setup/edit-setup.js";
import { definitionsInUse } from "../../src/features/setup/named-in-definitions.js";
import { rowFaults } from "../../src/features/setup/setup-faults.js";
import { type FlatRow, fileRow, rowsOf, tableOf } from "../../src/features/setup/tables/setup-tables.js";
import { openWorkingOffice, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
let editor: SetupEditor;
let by: Actor;
let huda: Actor;
const machine: Actor = { kind: "system", job: "import-config" };
const now = sundayNine;
const later = new Date("2026-11-22T07:05:00Z");

beforeAll(async () => {
  office = await openWorkingOffice();
  editor = createSetupEditor(office.db);
  by = office.official("operation_room");
  huda = { ...office.official("operation_room"), name: "Huda" };
});
afterAll(() => office.close());

const setupNow = (): Promise<Setup> => office.services.setup.of(programme);
const create = (table: RowTable, values: FlatRow, at = now) => editor.create({ programme, table, values, by, now: at });
const row = (table: SetupTableName, code: string): Promise<FlatRow> =>
  editor.row({ programme, table, code, actor: by }).then(({ retired: _, ...values }) => values);
const update = async (table: SetupTableName, code: string, values: FlatRow, before?: FlatRow, who = by, at = now) =>
  editor.update({ programme, table, code, values, before: before ?? (await row(table, code)), by: who, now: at });

async function refusalOf(work: Promise<unknown>): Promise<Problem> {
  const problem = await work.then(
    () => null,
    (error: Problem) => error,
  );
  if (problem === null) throw new Error("it was not refused");
  if (problem.name !== "Problem") throw problem;
  return problem;
}
/** Columns at fault, each with its English words. */
const faultsOf = async (work: Promise<unknown>): Promise<Record<string, string>> => {
  const problem = await refusalOf(work);
  expect(problem.code).toBe("invalid-input");
  for (const { reason } of problem.faults) expect(reason.ar).toMatch(/\p{Script=Arabic}/u);
  return Object.fromEntries(problem.faults.map(({ field, reason }) => [field, reason.en]));
};

const label = (code: string) => ({ code, nameAr: "اسم", nameEn: `Name of ${code}` });
const entity = (code: string, more: FlatRow = {}): FlatRow => ({
  ...label(code),
  kind: "department",
  sector: "HEALTH",
  parent: "MOH",
  ...more,
});
const field = (more: object = {}) => ({
  code: "brand",
  name: { ar: "العلامة", en: "Brand" },
  type: "text",
  required: false,
  ...more,
});
const type = (fields: unknown): FlatRow => ({ ...label("query"), workflow: "inquiry", fields });

describe("a new row", () => {
  /** Table, what is written, and the words at each column at fault. */
  const bad: [name: string, table: RowTable, values: FlatRow, faults: Record<string, string>][] = [
    [
      "nothing at all",
      "sectors",
      {},
      { "/code": "Enter a value", "/nameAr": "Enter a value", "/nameEn": "Enter a value" },
    ],
    ["a name in one language", "pillars", { code: "NEW", nameEn: "New" }, { "/nameAr": "Enter a value" }],
    ["blanks for a name", "pillars", { ...label("NEW"), nameAr: "  " }, { "/nameAr": "Enter a value" }],
    ["a code with a space", "pillars", label("A B"), { "/code": "Enter a code" }],
    ["a code that is taken", "pillars", label("QUALITY"), { "/code": "already used" }],
    ["a column that nobody knows", "pillars", { ...label("NEW"), colour: "red" }, { "/colour": "Unknown" }],
    ["a name of a number", "pillars", { ...label("NEW"), nameEn: 7 }, { "/nameEn": "must be text" }],
    ["a NUL in a name", "pillars", { ...label("NEW"), nameEn: "a\0b" }, { "/nameEn": "control characters" }],
    ["a name without end", "pillars", { ...label("NEW"), nameEn: "x".repeat(301) }, { "/nameEn": "300 characters" }],
    ["a text as order", "pillars", { ...label("NEW"), sortOrder: "first" }, { "/sortOrder": "must be a number" }],
    ["an order beyond all", "pillars", { ...label("NEW"), sortOrder: 2 ** 40 }, { "/sortOrder": "at most" }],
    [
      "a rank that is taken",
      "importance_levels",
      { ...label("urgent"), rank: 4 },
      { "/rank": "Rank 4 belongs to “Critical”. Choose a rank that no level has" },
    ],
    ["a rank of nought", "importance_levels", { ...label("urgent"), rank: 0 }, { "/rank": "at least 1" }],
    ["no rank", "importance_levels", label("urgent"), { "/rank": "a number" }],
    ["an unknown kind of channel", "channels", { ...label("pigeon"), kind: "bird" }, { "/kind": "one of: Website" }],
    [
      "no sector, no kind",
      "entities",
      { ...label("NEW"), parent: "MOH" },
      { "/sector": "Choose one", "/kind": "Choose one" },
    ],
    [
      "a kind of entity in words",
      "entities",
      entity("NEW", { kind: "وزارة" }),
      { "/kind": "one of: Head of government" },
    ],
    ["an unknown sector", "entities", entity("NEW", { sector: "HEALHT" }), { "/sector": "Did you mean HEALTH?" }],
    [
      "an unknown parent",
      "entities",
      entity("NEW", { parent: "NOWHERE" }),
      { "/parent": "No entity has the code NOWHERE" },
    ],
    ["itself as parent", "entities", entity("NEW", { parent: "NEW" }), { "/parent": "circle" }],
    [
      "a level that is not the parent's next",
      "entities",
      entity("NEW", { level: 7 }),
      { "/level": "so this must be level 2" },
    ],
    ["a day that there is not", "entities", entity("NEW", { validFrom: "2026-02-30" }), { "/validFrom": "YYYY-MM-DD" }],
    ["an end before the beginning", "entities", entity("NEW", { validTo: "1999-01-01" }), { "/validTo": "before" }],
    [
      "an unknown state of joining",
      "entities",
      entity("NEW", { joining: "soon" }),
      { "/joining": "one of: Live: receives cases" },
    ],
    ["an address that is none", "entities", entity("NEW", { email: "the ministry" }), { "/email": "email address" }],
    ["a service of nobody", "services", label("NEW"), { "/entity": "Choose one" }],
    [
      "an unknown workflow",
      "application_types",
      { ...type([]), workflow: "inqiry" },
      { "/workflow": "Did you mean inquiry?" },
    ],
    [
      "a field without a name",
      "application_types",
      type([{ ...field(), name: { en: "Brand", ar: "" } }]),
      { "/fields/0/name/ar": "Enter a value" },
    ],
    ["a field twice", "application_types", type([field(), field()]), { "/fields/1/code": "listed twice" }],
    [
      "a choice without choices",
      "application_types",
      type([field({ type: "choice" })]),
      { "/fields/0/choices": "needs choices" },
    ],
    [
      "choices of a number",
      "application_types",
      type([field({ type: "number", choices: [{ code: "a", name: { ar: "ا", en: "A" } }] })]),
      { "/fields/0/choices": "cannot have choices" },
    ],
    [
      "a least above the most",
      "application_types",
      type([field({ type: "number", min: 3, max: 2 })]),
      { "/fields/0/min": "greater than the maximum" },
    ],
    ["fields that are no list", "application_types", type("none"), { "/fields": "a list" }],
    [
      "a keyword of signs",
      "keyword_lists",
      { ...label("list"), words: ["fire", "!!"] },
      { "/words/1": "letters or digits" },
    ],
    ["a keyword twice", "keyword_lists", { ...label("list"), words: ["مدرسة", "مدرسه"] }, { "/words/1": "twice" }],
    ["an empty keyword", "keyword_lists", { ...label("list"), words: [" "] }, { "/words/0": "Enter a value" }],
  ];

  it.each(bad)("is refused at its column: %s", async (_name, table, values, expected) => {
    const faults = await faultsOf(create(table, values));
    expect(Object.keys(faults).sort()).toEqual(Object.keys(expected).sort());
    for (const [column, words] of Object.entries(expected)) expect(faults[column]).toContain(words);
  });

  it("tells faults of several columns at once, also where one of them has no form", async () => {
    const faults = await faultsOf(
      create("entities", entity("MOH ", { nameAr: "", sector: "X", validTo: "1990-01-01" })),
    );
    expect(Object.keys(faults).sort()).toEqual(["/code", "/nameAr", "/sector", "/validTo"]);
    const malformed = await faultsOf(create("entities", entity("a b", { nameAr: "", sector: "", parent: "NOWHERE" })));
    expect(malformed).toEqual({
      "/code": expect.stringContaining("Enter a code"),
      "/nameAr": expect.stringContaining("Enter a value."),
      "/sector": "Choose one.",
      "/parent": expect.stringContaining("No entity has the code NOWHERE"),
    });
    const more = await faultsOf(create("entities", entity("NEW", { nameAr: "", sector: "X", validTo: "1990-01-01" })));
    expect(Object.keys(more).sort()).toEqual(["/nameAr", "/sector", "/validTo"]);
  });

  it("writes nothing when it is refused", async () => {
    const before = (await setupNow()).revision;
    await faultsOf(create("pillars", { code: "NEW", nameEn: "New" }));
    expect((await setupNow()).revision).toBe(before);
  });

  it("is there with its level, its place at the end, and the defaults", async () => {
    const { id, code } = await create("entities", entity("NCDC", { nameEn: " Centre for Diseases ", parent: "JFDA" }));
    expect({ id: expect.any(Number), code: "NCDC" }).toEqual({ id, code });
    const made = (await setupNow()).entities.get("NCDC");
    expect(made).toMatchObject({
      name: { en: "Centre for Diseases", ar: "اسم" },
      level: ((await setupNow()).entities.get("JFDA")?.level ?? 0) + 1,
      joining: "live",
      validFrom: "2000-01-01",
      validTo: null,
      email: null,
      order: 107,
      retired: false,
    });
  });

  it("decides the very next application: a new entity receives it, a new pillar is taken", async () => {
    await create("entities", entity("BLOOD"));
    await create("pillars", label("COURTESY"));
    const { reference } = await office.receive({ sector: "HEALTH", entity: "BLOOD", pillar: "COURTESY" });
    expect(await office.caseRow(reference)).toMatchObject({ entity: "BLOOD", pillar: "COURTESY" });
  });

  it("is one of two when two people add the same code at once", async () => {
    const both = await Promise.allSettled([create("pillars", label("TWICE")), create("pillars", label("TWICE"))]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = both.find((one) => one.status === "rejected") as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ code: "invalid-input", faults: [{ field: "/code" }] });
  });
});

describe("whatever is sent", () => {
  const junk: readonly unknown[] = [
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    2 ** 31,
    2 ** 53,
    "",
    " ",
    "a\0b",
    "\ud800",
    "0000-01-01",
    "9999-12-31",
    "2026-1-1",
    "x".repeat(100_000),
    "'; drop table entities; --",
    "MOH",
    "constructor",
    "__proto__",
    [],
    [null],
    [[]],
    ["x"],
    {},
    { length: 1 },
    { code: "a" },
    [{ code: "a" }],
    [{ code: "a", name: null, type: "choice", required: 1, choices: [1] }],
    [{ level: 1 }],
    [{ level: 1, role: "minister" }, null],
  ];

  it("is refused at a field, or can be stored", async () => {
    const setup = await setupNow();
    const definitions = await definitionsInUse(office.db, programme);
    const around = { setup, definitions, calendars: new Set([setup.calendar.definition.code]) };
    // One value a column is stored: the last that passed, which no other value of a form could have kept out.
    const accepted = new Map<string, { table: SetupTableName; name: string; value: unknown }>();
    for (const table of setupTableNames) {
      const { columns } = tableOf(table);
      const [stored] = [...rowsOf(setup, table).values()];
      for (const { name } of columns.length > 4 ? columns : []) {
        for (const value of junk) {
          const faults = rowFaults(table, fileRow(table, { [name]: value }, stored), around);
          for (const { field, reason } of faults) {
            expect([table, name, value, field]).toEqual([table, name, value, expect.stringMatching(/^\/\w/)]);
            expect(reason.ar).toMatch(/\p{Script=Arabic}/u);
          }
          if (faults.length === 0 && name !== "code") accepted.set(`${table}.${name}`, { table, name, value });
        }
      }
    }
    expect(accepted.size).toBeGreaterThan(20);
    for (const { table, name, value } of accepted.values()) {
      const [code = ""] = [...rowsOf(setup, table).keys()];
      const before = await row(table, code);
      await update(table, code, { [name]: value }, before);
      // The machine may take back also what people may not.
      await update(table, code, { [name]: before[name] }, undefined, machine);
    }
  }, 300_000);
});

describe("an edit", () => {
  it("names in its history what the values refer to, also of lists", async () => {
    const template = (await setupNow()).replyTemplates.keys().next().value as string;
    const { types } = await row("reply_templates", template);
    await update("reply_templates", template, { types: ["complaint", "inquiry"] });
    const [event] = await editor.history({ programme, table: "reply_templates", code: template, actor: by });
    expect(event?.changes).toEqual([{ field: "types", from: types, to: ["complaint", "inquiry"] }]);
    expect(event?.names).toMatchObject({
      "types.complaint": { en: "Complaint", ar: "شكوى" },
      "types.inquiry": { en: "Inquiry" },
    });
  });

  it("is stored, and the history says who, when, from what to what", async () => {
    await update("pillars", "QUALITY", { nameEn: "Quality of the service" }, undefined, huda, later);
    expect((await setupNow()).pillars.get("QUALITY")?.name.en).toBe("Quality of the service");
    const [event] = await editor.history({ programme, table: "pillars", code: "QUALITY", actor: by });
    expect(event).toEqual({
      type: "setup.changed",
      at: later,
      who: "Huda",
      names: {},
      part: null,
      changes: [{ field: "nameEn", from: "Quality of service", to: "Quality of the service" }],
      changeSet: null,
    });
  });

  it("changes nothing when it says what is there already", async () => {
    const before = await row("pillars", "QUALITY");
    const { revision } = await setupNow();
    await update("pillars", "QUALITY", before);
    expect((await setupNow()).revision).toBe(revision);
  });

  it("never changes a code", async () => {
    expect(await faultsOf(update("pillars", "TIME", { code: "SPEED" }))).toEqual({
      "/code": expect.stringContaining("cannot be changed"),
    });
  });

  it("needs to know what stood there when the form was opened", async () => {
    expect(await faultsOf(update("pillars", "TIME", { nameEn: "Speed" }, { code: "TIME" }))).toEqual({
      "/nameEn": expect.stringContaining("Open the form again"),
    });
  });

  it("is refused when somebody else was faster, with what changed, by whom and when", async () => {
    const loaded = await row("entities", "CSPD");
    await update("entities", "CSPD", { nameEn: "Civil Status", phone: "06 500" }, loaded, huda, later);
    const problem = await refusalOf(update("entities", "CSPD", { ...loaded, nameEn: "Civil Affairs" }, loaded));
    expect(problem.code).toBe("conflict");
    expect(problem.faults.map(({ field }) => field)).toEqual(["/nameEn", "/phone"]);
    expect(problem.faults[0]?.reason.en).toBe(
      `It was “${loaded.nameEn}” and is now “Civil Status” (Huda, Sunday 22 November 2026, 10:05).`,
    );
    expect(problem.faults[1]?.reason.en).toContain("It was empty and is now “06 500”");
    expect((await setupNow()).entities.get("CSPD")?.name.en).toBe("Civil Status");
    // With the row as it is now it goes through, and what the other changed stays.
    await update("entities", "CSPD", { nameEn: "Civil Affairs" });
    expect(await row("entities", "CSPD")).toMatchObject({ nameEn: "Civil Affairs", phone: "06 500" });
  });

  it("tells what changed in words, also of lists", async () => {
    const loaded = await row("programmes", "jordan");
    const ladder = [{ level: 1, role: "minister" }];
    await update("programmes", "jordan", { secondFactor: ["contact_centre_agent"] }, loaded);
    const entity = await row("entities", "CSPD");
    await update("entities", "CSPD", { kind: "authority" }, entity);
    const asked = [
      update("programmes", "jordan", { ...loaded, ladder }, loaded),
      update("entities", "CSPD", { ...entity, phone: "1" }, entity),
    ];
    const [list, kind] = (await Promise.all(asked.map(refusalOf))).map(({ faults }) => faults[0]?.reason);
    expect(list?.en).toContain("It was an empty list and is now “Contact centre agent” (");
    expect(list?.ar).toContain("كانت القيمة قائمة فارغة وأصبحت «موظف مركز الاتصال» (");
    expect(kind).toMatchObject({
      en: expect.stringContaining("It was “Department” and is now “Authority” ("),
      ar: expect.stringContaining("كانت القيمة «دائرة» وأصبحت «سلطة» ("),
    });
    await update("programmes", "jordan", { secondFactor: [] });
    await update("entities", "CSPD", { kind: "department" });
  });

  it("lets only one of two through at the same moment", async () => {
    const before = await row("pillars", "BEHAVIOUR");
    const results = await Promise.allSettled(
      ["One", "Two", "Three"].map((nameEn) => update("pillars", "BEHAVIOUR", { nameEn }, before)),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason.code).toBe("conflict");
  });

  it("moves an entity with all below it, and never into a circle", async () => {
    await create("entities", entity("UNIT", { parent: "JFDA" }));
    await create("entities", entity("DESK", { parent: "UNIT" }));
    await update("entities", "UNIT", { parent: "PM" });
    const { entities } = await setupNow();
    expect([entities.get("UNIT")?.level, entities.get("DESK")?.level]).toEqual([1, 2]);
    expect(await faultsOf(update("entities", "UNIT", { parent: "DESK" }))).toEqual({
      "/parent": expect.stringContaining("UNIT > DESK > UNIT"),
    });
    expect(await faultsOf(update("entities", "PM", { parent: "MOH" }))).toHaveProperty("/parent");
  });

  it("does not let two moves at once make a circle", async () => {
    await create("entities", entity("LEFT"));
    await create("entities", entity("RIGHT"));
    const moves = await Promise.allSettled([
      update("entities", "LEFT", { parent: "RIGHT" }),
      update("entities", "RIGHT", { parent: "LEFT" }),
    ]);
    expect(moves.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("does not take away a field that a published rule asks for", async () => {
    const { fields } = await row("application_types", "report");
    const rest = (fields as { code: string }[]).filter(({ code }) => code !== "subjectOfReport");
    const faults = await faultsOf(update("application_types", "report", { fields: rest }));
    expect(faults["/fields"]).toContain("asks for the field “Type of violation”");
    expect(faults["/fields"]).toContain("Routing (version 1, published)");
    // A new one is asked of the next application.
    await update("application_types", "report", { fields: [...(fields as object[]), field({ required: true })] });
    const refusal = await refusalOf(office.receive({ type: "report", applicant: null, fields: {} }));
    expect(refusal.faults.map((fault) => fault.field)).toContain("/fields/brand");
  });
});

describe("the settings of the programme", () => {
  it.each<[string, FlatRow, Record<string, string>]>([
    ["a time zone", { timeZone: "Asia/Aman" }, { "/timeZone": "does not exist" }],
    ["a calendar that is not published", { calendar: "lunar" }, { "/calendar": "No calendar" }],
    ["a kind of triage", { triage: "lots" }, { "/triage": "By rules" }],
    ["a window", { reopenWindowDays: -1 }, { "/reopenWindowDays": "at least 0" }],
    ["a share above all", { reviewSamplePercent: 101 }, { "/reviewSamplePercent": "at most 100" }],
    ["half a day", { reopenWindowDays: 1.5 }, { "/reopenWindowDays": "whole number" }],
    ["a ladder with a gap", { ladder: [{ level: 2, role: "minister" }] }, { "/ladder/0/level": "this one is 1" }],
    [
      "a role of no entity",
      { ladder: [{ level: 1, role: "auditor" }] },
      { "/ladder/0/role": "positions of an entity" },
    ],
    ["a setting that nobody knows", { colour: "green" }, { "/colour": "Unknown" }],
  ])("are refused at their field: %s", async (_name, values, expected) => {
    const faults = await faultsOf(update("programmes", programme, values));
    for (const [column, words] of Object.entries(expected)) expect(faults[column]).toContain(words);
  });

  it("keep the ladder as high as the published rules of escalation reach", async () => {
    const { ladder } = await row("programmes", programme);
    const faults = await faultsOf(update("programmes", programme, { ladder: (ladder as object[]).slice(0, 1) }));
    expect(faults["/ladder"]).toMatch(/of Escalation \(version 1, published\) needs this/);
  });

  it("let anybody of the operation room ask for a second person, and nobody do away with that alone", async () => {
    await update("programmes", programme, { secondPerson: true });
    for (const secondPerson of [false, null]) {
      const faults = await faultsOf(update("programmes", programme, { secondPerson }));
      expect(faults["/secondPerson"]).toMatch(/One person cannot turn this off here/);
    }
    await update("programmes", programme, { secondPerson: true, exportMostRows: 31_000 });
    expect((await setupNow()).programme.settings).toMatchObject({ secondPerson: true, exportMostRows: 31_000 });
    await update("programmes", programme, { secondPerson: false }, undefined, machine);
    expect((await setupNow()).programme.settings.secondPerson).toBe(false);
  });

  it("hold at once", async () => {
    await update("programmes", programme, { reviewSamplePercent: 100, reopenWindowDays: 30 });
    expect((await setupNow()).programme.settings).toMatchObject({
      reviewSamplePercent: 100,
      reopenWindowDays: 30,
      triage: "rules",
    });
  });
});

describe("where a programme wants a second person", () => {
  const wanted = (second: boolean) =>
    office.asOwner(
      "update programmes set settings = settings || jsonb_build_object('secondPerson', $1::boolean)",
      second,
    );
  beforeAll(() => wanted(true));
  afterAll(() => wanted(false));

  it("takes what is only read by people at once, and nothing that changes a decision", async () => {
    await update("entities", "CSPD", { phone: "+96265000001", nameEn: "Civil Status" });
    expect((await setupNow()).entities.get("CSPD")?.name.en).toBe("Civil Status");
    const refused = [
      update("entities", "CSPD", { parent: "PM" }),
      update("services", "CSPD-PASSPORT", { entity: "MOI" }),
      create("pillars", label("ALONE")),
      editor.retire({ programme, table: "pillars", code: "QUALITY", by, now }),
      editor.remove({ programme, table: "pillars", code: "QUALITY", by, now }),
    ];
    for (const one of refused)
      expect(await refusalOf(one)).toMatchObject({ code: "not-now", faults: [{ field: "/changeSet" }] });
    // Saying that it stood there already does not help.
    const seen = { parent: "PM" };
    expect((await refusalOf(update("entities", "CSPD", seen, seen))).code).toBe("conflict");
    const now_ = await setupNow();
    expect([now_.entities.get("CSPD")?.parent, now_.pillars.has("ALONE")]).toEqual(["MOI", false]);
    // The machine goes on as before.
    await update("entities", "CSPD", { parent: "MOJ" }, undefined, machine);
    await update("entities", "CSPD", { parent: "MOI" }, undefined, machine);
  });
});

describe("retiring, restoring, removing", () => {
  const at = () => ({ programme, by, now });

  it("refuses an entity with open cases, entities and services, with the numbers and what to do", async () => {
    await office.receive();
    const problem = await refusalOf(editor.retire({ ...at(), table: "entities", code: "CSPD" }));
    expect(problem.code).toBe("not-now");
    expect(problem.detail.en).toContain("Open cases: 1, not counting confidential ones. Transfer");
    expect(problem.detail.en).toContain("Active services:");
    expect(problem.faults.every(({ reason }) => /\p{Script=Arabic}/u.test(reason.ar))).toBe(true);
    const ministry = await refusalOf(editor.retire({ ...at(), table: "entities", code: "MOI" }));
    expect(ministry.detail.en).toContain("Entities below it:");
    expect((await setupNow()).entities.get("CSPD")?.retired).toBe(false);
  });

  it("refuses what a published rule decides for, and a keyword list that one asks for", async () => {
    const routed = await refusalOf(editor.retire({ ...at(), table: "entities", code: "MIYAHUNA" }));
    expect(routed.detail.en).toContain("The rule “Water in Amman, Zarqa and Madaba: Miyahuna” of Routing");
    const list = await refusalOf(editor.retire({ ...at(), table: "keyword_lists", code: "corruption" }));
    expect(list.detail.en).toContain("asks for it. Publish it without this first.");
    const level = await refusalOf(editor.retire({ ...at(), table: "importance_levels", code: "critical" }));
    expect(level.detail.en).toContain("of Classification (version 1, published) decides for it");
  });

  it("refuses a sector with entities", async () => {
    const problem = await refusalOf(editor.retire({ ...at(), table: "sectors", code: "WATER" }));
    expect(problem.detail.en).toMatch(/Active entities: \d+\. Move them/);
  });

  it("retires what is used softly, says by what, and keeps it from being chosen", async () => {
    const { uses } = await editor.retire({ ...at(), table: "governorates", code: "AQB" });
    expect(uses.map(({ kind, blocks }) => ({ kind, blocks }))).toEqual([
      { kind: "rule", blocks: false },
      { kind: "rule", blocks: false },
    ]);
    expect(uses[0]?.words.en).toContain("asks for it");
    const refusal = await refusalOf(office.receive({ governorate: "AQB" }));
    expect(refusal.faults.map(({ field }) => field)).toEqual(["/governorate"]);
    await editor.restore({ ...at(), table: "governorates", code: "AQB" });
    expect((await office.receive({ governorate: "AQB" })).reference).toMatch(/\d/);
    const types = (await editor.history({ programme, table: "governorates", code: "AQB", actor: by })).map(
      (e) => e.type,
    );
    expect(types).toEqual(["setup.restored", "setup.retired"]);
  });

  it("does not put in use what stands on something retired", async () => {
    await create("entities", entity("OLD"));
    await create("services", { ...label("OLD-SERVICE"), entity: "OLD" });
    await editor.retire({ ...at(), table: "services", code: "OLD-SERVICE" });
    await editor.retire({ ...at(), table: "entities", code: "OLD" });
    expect(await faultsOf(editor.restore({ ...at(), table: "services", code: "OLD-SERVICE" }))).toEqual({
      "/entity": expect.stringContaining("OLD is retired"),
    });
    expect(await faultsOf(create("entities", entity("BELOW", { parent: "OLD" })))).toHaveProperty("/parent");
  });

  it("removes for good only what nothing ever used", async () => {
    await create("pillars", label("MISTAKE"));
    expect(await editor.uses({ programme, table: "pillars", code: "MISTAKE", actor: by })).toEqual({
      uses: [],
      removable: true,
    });
    await editor.remove({ ...at(), table: "pillars", code: "MISTAKE" });
    expect((await setupNow()).pillars.has("MISTAKE")).toBe(false);
    const [event] = await editor.history({ programme, table: "pillars", code: "MISTAKE", actor: by });
    expect(event?.type).toBe("setup.removed");
    for (const [table, code] of [
      ["pillars", "QUALITY"],
      ["entities", "MOH"],
      ["governorates", "AMM"],
    ] as const) {
      expect((await editor.uses({ programme, table, code, actor: by })).removable).toBe(false);
      expect((await refusalOf(editor.remove({ ...at(), table, code }))).code).toBe("not-now");
    }
  });

  it("keeps the last type of application in use", async () => {
    const others = [...(await setupNow()).types.values()].filter(
      ({ code, retired }) => code !== "complaint" && !retired,
    );
    for (const { code } of others) await editor.retire({ ...at(), table: "application_types", code });
    const problem = await refusalOf(editor.retire({ ...at(), table: "application_types", code: "complaint" }));
    expect(problem.detail.en).toContain("last active type");
    for (const { code } of others) await editor.restore({ ...at(), table: "application_types", code });
  });
});

describe("strangers", () => {
  it.each(["auditor", "steering_committee", "contact_centre_agent"] as const)(
    "an edit by %s is refused",
    async (role) => {
      const stranger = office.official(role);
      const at = { programme, table: "pillars", code: "QUALITY", by: stranger, now } as const;
      const revision = (await setupNow()).revision;
      for (const work of [
        editor.create({ ...at, values: label("MINE") }),
        editor.update({ ...at, values: { nameEn: "Mine" }, before: {} }),
        editor.retire(at),
        editor.restore(at),
        editor.remove(at),
      ]) {
        expect((await refusalOf(work)).code).toBe("forbidden");
      }
      expect((await setupNow()).revision).toBe(revision);
    },
  );

  it("of another programme and focal points read nothing of it", async () => {
    const room = office.official("operation_room");
    const elsewhere: Actor = { ...room, seats: room.seats.map((seat) => ({ ...seat, programme: "boston311" })) };
    for (const actor of [elsewhere, office.official("focal_point", "CSPD")]) {
      const at = { programme, table: "pillars", code: "QUALITY", actor } as const;
      for (const work of [editor.uses(at), editor.history(at), editor.row(at)]) {
        expect((await refusalOf(work)).code).toBe("forbidden");
      }
    }
  });

  it("an unknown row and an unknown programme are told as that", async () => {
    const at = { programme, table: "pillars", code: "NOWHERE", by, now } as const;
    expect((await refusalOf(editor.retire(at))).code).toBe("not-found");
    const system: Actor = { kind: "system", job: "test" };
    expect((await refusalOf(editor.retire({ ...at, programme: "atlantis", by: system }))).code).toBe("not-found");
  });
});
