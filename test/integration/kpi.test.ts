/** The key figures, counted twice: by the statement, and naively from whole lives of cases told up to the report. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Sequelize } from "sequelize";
import { compileCalendar, type WorkingCalendar } from "../../src/engine/calendar/working-calendar.js";
import { countedWindow } from "../../src/engine/lifecycle/counted-window.js";
import type { Policy } from "../../src/engine/setup/policy.js";
import { createKpi, type Kpi, type KpiReport } from "../../src/features/reports/kpi.js";
import { connect } from "../../src/platform/db/connect.js";
import { insertCase, insertProgramme } from "../support/case-rows.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { type Life, randomLife, seeded, type Told, tell } from "../support/random-histories.js";
import { recount } from "../support/recount-kpi.js";
import { sampleSetup } from "../support/sample-setup.js";
import { storeLife } from "../support/store-life.js";

const hours = [
  ["08:30", "12:00"],
  ["12:30", "15:30"],
] as const;
const calendar: WorkingCalendar = compileCalendar({
  code: "test",
  name: { en: "Test", ar: "اختبار" },
  timeZone: "Asia/Amman",
  covers: { from: "2024-01-01", to: "2027-12-31" },
  periods: [
    { from: "2024-01-01", to: "2027-12-31", hours: { sun: hours, mon: hours, tue: hours, wed: hours, thu: hours } },
  ],
  days: [{ date: "2026-01-18", to: "2026-01-20", name: { en: "Feast", ar: "عيد" }, hours: [] }],
});
const sample = sampleSetup();
const ladder = [
  { level: 1, role: "entity_manager" as const },
  { level: 2, role: "minister" as const },
];
const setup = { ...sample, programme: { ...sample.programme, settings: { ...sample.programme.settings, ladder } } };
const policies = { fresh: async () => ({ setup, calendar, runner: () => null }) as Policy };

let test: TestDatabase;
let superuser: Sequelize;
let kpi: Kpi;
let versions: { calendar: number; workflow: number };
let official: number;

beforeAll(async () => {
  test = await createTestDatabase();
  superuser = connect(test.ownerUrl, { max: 2, name: "superuser" });
  versions = await insertProgramme(superuser);
  const [users] = (await superuser.query(
    "insert into users (email, name, created_at) values ('o@example.jo', 'O', now()) returning id",
  )) as [{ id: number }[], unknown];
  official = users[0]?.id ?? 0;
  kpi = createKpi({ db: test.db, policies });
});
afterAll(async () => {
  await superuser.close();
  await test.close();
});

const store = (told: Told): Promise<void> => storeLife(superuser, told, { ...versions, official });

const figuresOf = (report: KpiReport) => {
  const { programme: _p, from: _f, to: _t, at: _a, by: _b, groups: _g, confidentialCases: _c, ...figures } = report;
  return figures;
};
/** Midnight in Amman, which is at UTC+3. */
const midnight = (date: string): Date => new Date(Date.parse(`${date}T00:00:00Z`) - 3 * 3_600_000);

const periods = [
  { from: "2026-01-04", to: "2026-01-11", at: "2026-03-01T00:00:00Z" },
  { from: "2026-01-04", to: "2026-01-11", at: "2026-01-11T06:00:00Z" },
  { from: "2026-01-11", to: "2026-01-25", at: "2026-01-21T09:17:31Z" },
  { from: "2026-01-01", to: "2026-03-01", at: "2026-02-03T11:00:00Z" },
  { from: "2026-01-20", to: "2026-02-20", at: "2026-01-10T11:00:00Z" },
];
const dimensions = {
  entity: (c: Told) => c.entity ?? "",
  pillar: (c: Told) => c.pillar,
  channel: (c: Told) => c.life.channel,
  type: (c: Told) => c.life.type,
};

describe.each([11, 12, 13])("a random population (seed %i)", (seed) => {
  let lives: Life[];

  beforeAll(async () => {
    await superuser.query("truncate enforcements, clocks, case_events, cases, applicants, applications cascade");
    const random = seeded(seed);
    const first = new Date("2026-01-01T05:00:00Z");
    lives = Array.from({ length: 100 }, (_, i) => randomLife(i + 1, random, first, 35));
    for (const life of lives) {
      const told = tell(life, new Date("2027-01-01T00:00:00Z"), calendar);
      if (told !== null) await store(told);
    }
  });

  it.each(periods)("is counted as it was: $from – $to as of $at", async ({ from, to, at }) => {
    const report = await kpi({ programme: "test", from, to, at: new Date(at) });
    expect(figuresOf(report)).toEqual(recount(calendar, lives, midnight(from), midnight(to), new Date(at), () => true));
  });

  it.each(Object.keys(dimensions) as (keyof typeof dimensions)[])("is counted by %s", async (by) => {
    for (const { from, to, at } of periods.slice(1, 4)) {
      const report = await kpi({ programme: "test", from, to, at: new Date(at), by });
      expect(figuresOf(report)).toEqual(
        recount(calendar, lives, midnight(from), midnight(to), new Date(at), () => true),
      );
      expect(report.groups?.length).toBeGreaterThan(1);
      for (const { code, ...figures } of report.groups ?? []) {
        expect({ code, ...figures }).toEqual({
          code,
          ...recount(calendar, lives, midnight(from), midnight(to), new Date(at), (c) => dimensions[by](c) === code),
        });
      }
    }
  });

  it("is counted for a choice of entities", async () => {
    const { from, to, at } = periods[2] as (typeof periods)[number];
    const report = await kpi({ programme: "test", from, to, at: new Date(at), entities: ["A", "C"] });
    expect(figuresOf(report)).toEqual(
      recount(calendar, lives, midnight(from), midnight(to), new Date(at), (c) => c.entity === "A" || c.entity === "C"),
    );
  });

  it("has something of everything to count", () => {
    const all = recount(
      calendar,
      lives,
      midnight("2026-01-01"),
      midnight("2026-06-01"),
      new Date("2026-02-20T00:00:00Z"),
      () => true,
    );
    const numbers = [
      all.resolved,
      all.closed,
      all.onTimeResolution.numerator,
      all.delayed,
      all.reopened.numerator,
      all.satisfaction.numerator,
      all.satisfactionByScale.time?.n ?? 0,
      all.rejected.numerator,
      all.escalated["2"].numerator,
      all.misrouted.numerator,
      all.pauseShare.numerator,
      all.firstResponse.numerator,
    ];
    expect(numbers.every((n) => n > 0)).toBe(true);
    for (const kind of ["link", "withdraw", "withdrawFor"]) {
      expect(lives.some((life) => life.acts.some((a) => a.kind === kind))).toBe(true);
    }
  });
});

describe("history of another system", () => {
  it("is counted from its columns: no event tells of it", async () => {
    await superuser.query("truncate enforcements, clocks, case_events, cases, applicants, applications cascade");
    const at = (text: string) => new Date(text);
    const rows = [
      { due: "2026-01-08T10:00:00Z", closed: "2026-01-08T10:00:00Z" },
      { due: "2026-01-08T10:00:00Z", closed: "2026-01-08T10:00:01Z" },
      { due: "2026-01-09T10:00:00Z", closed: null },
      { due: null, closed: "2026-01-08T11:00:00Z" },
    ];
    for (const [i, { due, closed }] of rows.entries()) {
      const end = closed === null ? null : at(closed);
      const columns = {
        imported: true,
        state: "s",
        state_kind: end === null ? "open" : "final",
        first_resolved_at: end,
        resolved_at: end,
        closed_at: end,
      };
      await insertCase(superuser, {
        id: i + 1,
        workflow: versions.workflow,
        receivedAt: at("2026-01-05T08:00:00Z"),
        columns,
      });
      if (due === null) continue;
      await superuser.query(
        "insert into clocks (case_id, cycle, target, calendar_version_id, started_at, running_since, due_at, met_at) values ($1, 1, 'resolution', $2, $3, $4, $5, $6)",
        {
          bind: [
            i + 1,
            versions.calendar,
            at("2026-01-05T08:00:00Z"),
            end === null ? at("2026-01-05T08:00:00Z") : null,
            at(due),
            end,
          ],
        },
      );
    }
    const ask = (moment: string) => kpi({ programme: "test", from: "2026-01-01", to: "2026-02-01", at: at(moment) });
    expect(await ask("2026-02-01T00:00:00Z")).toMatchObject({
      received: 4,
      resolved: 3,
      closed: 3,
      onTimeResolution: { numerator: 1, denominator: 3 },
      onTimeAmongResolved: { numerator: 1, denominator: 2 },
      delayed: 1,
      backlog: { open: 1 },
    });
    expect(await ask("2026-01-08T10:00:00Z")).toMatchObject({
      resolved: 1,
      onTimeResolution: { numerator: 1, denominator: 2 },
      delayed: 0,
      backlog: { open: 3 },
    });
    expect(await ask("2026-01-04T10:00:00Z")).toMatchObject({
      received: 0,
      onTimeResolution: { numerator: 0, denominator: 0, rate: null },
      medianResolutionWorkingSeconds: null,
      backlog: { open: 0 },
    });
  });

  it("is as many days late as have begun since, the day on whose opening it was due as well", async () => {
    // Thursday's opening, and the Wednesday's end that is the same moment of work; on Sunday before it opens one day has passed.
    const [sunday, bands] = [new Date("2026-01-11T05:00:00Z"), ["0", "1-2", "3-5"] as const];
    for (const [due, band] of [
      ["2026-01-08T05:30:00Z", "1-2"],
      ["2026-01-07T12:30:00Z", "1-2"],
      ["2026-01-08T05:30:00.001Z", "0"],
      ["2026-01-06T05:30:00Z", "3-5"],
    ] as const) {
      await superuser.query("update clocks set due_at = $1 where met_at is null", { bind: [new Date(due)] });
      const asked = { programme: "test", from: "2026-01-01", to: "2026-02-01", at: sunday };
      const counted = (await kpi(asked)).delayedByWorkingDays;
      const window = (of: (typeof bands)[number]) =>
        countedWindow({ happening: "late", band: of }, { setup, calendar } as unknown as Policy, sunday);
      const listed = bands.filter((one) => new Date(due) >= window(one).from && new Date(due) < window(one).to);
      expect({ due, counted: bands.filter((one) => counted[one] === 1), listed }).toEqual({
        ...{ due, counted: [band], listed: [band] },
      });
    }
  });
});

describe("what cannot be asked", () => {
  it.each([
    [{ from: "2026-13-01" }, "/from"],
    [{ to: "yesterday" }, "/to"],
    [{ to: "2026-01-01" }, "/to"],
    [{ by: "governor" }, "/by"],
    [{ at: new Date(Number.NaN) }, "/at"],
  ])("%j is refused with the place named", async (wrong, field) => {
    const request = {
      programme: "test",
      from: "2026-01-01",
      to: "2026-02-01",
      at: new Date("2026-02-01T00:00:00Z"),
      ...wrong,
    };
    await expect(kpi(request)).rejects.toMatchObject({ code: "invalid-input", faults: [{ field }] });
  });
});
