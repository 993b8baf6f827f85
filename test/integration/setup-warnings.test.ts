import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import { createSetupWarnings, type SetupWarnings } from "../../src/features/policy/setup-warnings.js";
import { createSetupEditor, type SetupEditor } from "../../src/features/setup/edit-setup.js";
import { type SetupWarning, warningsOf } from "../../src/features/setup/find-warnings.js";
import { openWorkingOffice, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
let editor: SetupEditor;
let warnings: SetupWarnings;
let by: Actor;
let loads = 0;
const now = sundayNine;
const day = 86_400_000;

beforeAll(async () => {
  office = await openWorkingOffice();
  editor = createSetupEditor(office.db);
  by = office.official("operation_room");
  const { setup } = office.services;
  const setupOf = (code: string) => {
    loads += 1;
    return setup.of(code);
  };
  warnings = createSetupWarnings({ db: office.db, programmes: setup.programmes, setupOf });
});
afterAll(() => office.close());

const all = (at = now, actor = by): Promise<readonly SetupWarning[]> => warnings({ actor, now: at });
const of = async (kind: SetupWarning["kind"], at = now): Promise<SetupWarning[]> =>
  (await all(at)).filter((warning) => warning.kind === kind);
const label = (code: string) => ({ code, nameAr: "اسم", nameEn: `Name of ${code}` });
const create = (table: "entities" | "importance_levels" | "services", values: Record<string, unknown>) =>
  editor.create({ programme, table, values, by, now });

const seatsOf = (role: string, place: string) =>
  office.asOwner("update seats set retired_at = $3 where role = $1 and (entity = $2 or sector = $2)", role, place, now);
const leave = (role: string, place: string) =>
  office.asOwner(
    `update seat_holders h set held_to = $3 from seats s
     where s.id = h.seat_id and s.role = $1 and (s.entity = $2 or s.sector = $2)`,
    role,
    place,
    new Date(now.getTime() - day),
  );

describe("the warnings of a set-up", () => {
  it("are none where nothing is missing", async () => {
    expect(await all()).toEqual([]);
  });

  it("are for the operation room and the auditor, and nobody else", async () => {
    await leave("entity_manager", "CSPD");
    expect((await all()).map(({ kind }) => kind)).toEqual(["superiorEmpty", "emptySeats"]);
    expect(await all(now, office.official("auditor"))).toEqual(await all());
    for (const actor of [office.official("focal_point", "CSPD"), office.official("steering_committee")]) {
      expect(await all(now, actor)).toEqual([]);
    }
  });

  it("say that applicants have no phone number, or no hours, where the public pages are open", async () => {
    const settings = (change: string) =>
      office.asOwner(`update programmes set settings = ${change} where code = $1`, programme);
    const [before] = await office.rows("select settings from programmes where code = $1", programme);
    expect(await of("helpLine")).toEqual([]);
    await settings("settings - 'helpHours'");
    expect((await of("helpLine")).map(({ words }) => words.en)).toEqual([expect.stringContaining("hours")]);
    await settings("settings - 'helpPhone'");
    expect((await of("helpLine")).map(({ words }) => words.en)).toEqual([expect.stringContaining("no phone number")]);
    await settings("settings || '{\"publicPages\": false}'");
    expect(await of("helpLine")).toEqual([]);
    await office.asOwner(
      "update programmes set settings = $2 where code = $1",
      programme,
      JSON.stringify(before?.settings),
    );
  });

  it("tell every operation room at once when somebody switched off a job", async () => {
    await office.asOwner(
      "insert into jobs (name, cron, time_zone, enabled) values ('enforce-deadlines', '* * * * *', 'UTC', true) on conflict do nothing",
    );
    expect(await of("jobsOff")).toEqual([]);
    await office.asOwner("update jobs set enabled = false where name = 'enforce-deadlines'");
    const [warning] = await of("jobsOff");
    expect(warning).toMatchObject({ severity: "error", count: 1, link: "/admin/resources/jobs" });
    expect(warning?.words.en).toContain("Enforce deadlines");
    expect(warning?.words.ar).toContain("تطبيق المواعيد");
    await office.asOwner("update jobs set enabled = true where name = 'enforce-deadlines'");
    expect(await of("jobsOff")).toEqual([]);
  });

  it("name the gaps that a new importance level leaves in the grid, a type", async () => {
    await create("importance_levels", { ...label("urgent"), rank: 9 });
    const gaps = await of("slaGaps");
    expect(gaps.length).toBeGreaterThan(0);
    const complaint = gaps.find(({ link }) => link.endsWith("type=complaint"));
    expect(complaint?.words.en).toContain("Name of urgent");
    expect(complaint?.words.ar).toContain("القيمة الافتراضية");
    expect(complaint?.link).toBe("/admin/pages/sla-grid?programme=jordan&type=complaint");
  });

  it("tell of an entity without a focal point, and no more once it does not receive cases", async () => {
    await create("entities", { ...label("NEWBORN"), kind: "centre", sector: "HEALTH", parent: "MOH" });
    expect(await of("withoutFocalPoint")).toEqual([
      expect.objectContaining({
        severity: "error",
        count: 1,
        words: expect.objectContaining({ en: expect.stringContaining("Name of NEWBORN") }),
      }),
    ]);
    const before = await editor.row({ programme, table: "entities", code: "NEWBORN", actor: by });
    const { retired: _, ...values } = before;
    await editor.update({
      programme,
      table: "entities",
      code: "NEWBORN",
      values: { joining: "instructed" },
      before: values,
      by,
      now,
    });
    expect(await of("withoutFocalPoint")).toEqual([]);
  });

  it("tell of seats that somebody left, by role", async () => {
    await leave("main_focal_point", "WATER");
    const seats = (await of("emptySeats")).find(({ link }) => link.includes("main_focal_point"));
    expect(seats).toMatchObject({
      severity: "warning",
      count: 2,
      link: "/admin/resources/seats?filters.programme=jordan&filters.role=main_focal_point&filters.state=empty",
    });
    expect((await of("sectorWithoutFocalPoint"))[0]).toMatchObject({ severity: "warning", count: 1 });
  });

  it("tell where escalation ends nowhere", async () => {
    expect(await of("withoutSuperior")).toEqual([]);
    await seatsOf("prime_minister", "PM");
    await office.asOwner("update seats set retired_at = $1 where role = 'minister' and entity = 'MOI'", now);
    const [found] = await of("withoutSuperior");
    expect(found?.severity).toBe("error");
    expect(found?.count).toBeGreaterThan(0);
  });

  it("tell of services whose entity receives no cases", async () => {
    await create("services", { ...label("BIRTH"), entity: "NEWBORN" });
    expect((await of("serviceWithoutEntity"))[0]).toMatchObject({ count: 1, severity: "warning" });
  });

  it("tell when the calendar runs out of confirmed days, and worse when it is near", async () => {
    const setup = await office.services.setup.of(programme);
    const end = new Date(`${setup.calendar.definition.covers.to}T12:00:00Z`).getTime();
    expect((await of("calendarEnds", new Date(end - 3 * day)))[0]?.severity).toBe("error");
    expect(await of("calendarEnds")).toEqual([]);
  });

  it("tell where the case is closed before the invitation to rate leaves", () => {
    const { setup } = office;
    const at = (ratingInviteHours: number) => {
      const settings = { ...setup.programme.settings, ratingInviteHours };
      const found = warningsOf({ ...setup, programme: { ...setup.programme, settings } }, { now, drafts: 0 });
      return found.filter(({ kind }) => kind === "noInvitation").map(({ count }) => count);
    };
    // Compliments ask for no rating at all.
    expect([at(24), at(167), at(168)]).toEqual([[], [], [4]]);
  });

  it("are looked for once, until the configuration or the day moves on", async () => {
    const first = await all();
    loads = 0;
    const again = await all();
    expect(loads).toBe(1);
    for (const [i, warning] of again.entries()) expect(warning).toBe(first[i]);
    expect((await all(new Date(now.getTime() + day)))[0]).not.toBe(first[0]);
  });
});
