/** Digests out of a real database; the figures come from a stand-in for `kpi` that answers by period. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { shiftDate } from "../../src/engine/calendar/civil-days.js";
import { compileCalendar } from "../../src/engine/calendar/working-calendar.js";
import { alertSentence } from "../../src/engine/measures/alert-condition.js";
import type { FiguresDigest } from "../../src/engine/measures/digest-view.js";
import type { FocalPointDigest } from "../../src/engine/measures/focal-digest.js";
import { kpiFigures } from "../../src/engine/measures/kpi.js";
import { noCounts, ratio } from "../../src/engine/measures/kpi-counts.js";
import type { Seat, Setup, SetupRow } from "../../src/engine/setup/setup.js";
import { createRenderer } from "../../src/features/notifications/render.js";
import type { AlertsAsked, ScopeAlert } from "../../src/features/reports/alerts/figure-alerts.service.js";
import { createDigests } from "../../src/features/reports/digests/create-digests.js";
import { createKpi, type Kpi, type KpiRequest } from "../../src/features/reports/kpi.js";
import { drawTrend } from "../../src/features/reports/trend-chart.js";
import type { NewMessageState } from "../../src/platform/mail/message-store.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { sampleFigures } from "../support/sample-messages.js";
import { sampleSetup } from "../support/sample-setup.js";
import { addCase, openSmallOffice } from "../support/small-office.js";

const wednesday = new Date("2026-11-25T06:00:00Z"); // 09:00 in Amman
const hours = [["08:30", "15:30"]] as const;
const calendar = compileCalendar({
  code: "jordan",
  name: { ar: "تقويم", en: "Calendar" },
  timeZone: "Asia/Amman",
  covers: { from: "2026-01-01", to: "2027-12-31" },
  periods: [
    { from: "2026-01-01", to: "2027-12-31", hours: { sun: hours, mon: hours, tue: hours, wed: hours, thu: hours } },
  ],
  days: [],
});

const since = new Date("2026-01-01T00:00:00Z");
const holder = (userId: number, language: "ar" | "en", change = {}) => ({
  userId,
  name: "n",
  email: "e@example.jo",
  language,
  from: since,
  to: null,
  disabled: false,
  ...change,
});
const seat = (id: number, role: Seat["role"], entity: string | null, holders: Seat["holders"]): Seat => ({
  id,
  role,
  entity,
  sector: null,
  title: { ar: "م", en: "t" },
  holders,
});
const digest = (code: string, change: Partial<SetupRow<"digests">>): [string, SetupRow<"digests">] => [
  code,
  {
    ...{ code, name: { ar: code, en: code }, order: 1, retired: false, audience: ["steering_committee"] },
    ...{ scope: "programme", letter: "digest-committee", period: "week", weekday: "wed", monthDay: 1, hour: 9 },
    ...{ leastChange: 5, leastCases: 30 },
    ...change,
  },
];
const setup: Setup = {
  ...sampleSetup(),
  scheduledDigests: new Map([
    digest("committee", {}),
    digest("focal-point", { audience: ["focal_point"], scope: "own", letter: "digest-focal-point", period: "day" }),
  ]),
  calendar: { versionId: 1, version: 1, definition: {} as never },
  seats: [
    seat(1, "steering_committee", null, [holder(1, "ar")]),
    seat(2, "steering_committee", null, [holder(2, "en")]),
    seat(3, "steering_committee", null, [
      holder(3, "ar", { disabled: true }),
      holder(2, "en", { from: since, to: wednesday }),
    ]),
    seat(4, "focal_point", "MOH", [holder(1, "ar")]),
    seat(5, "focal_point", "MWI", [holder(1, "ar")]),
    seat(6, "focal_point", "NEW", [holder(2, "en")]),
  ],
};

let database: TestDatabase;
let asked: KpiRequest[] = [];
let only: string | null = null;
/** What the settings were changed to. */
let changed: Partial<SetupRow<"digests">> = {};
beforeAll(async () => {
  database = await createTestDatabase();
  await openSmallOffice(database.db);
  const { db } = database;
  await addCase(db, { id: 1, reference: "R-LATE", dueAt: "2026-11-23T09:00:00Z" });
  await addCase(db, {
    id: 2,
    reference: "R-TODAY",
    dueAt: "2026-11-25T11:10:00Z",
    confidential: true,
    subject: "secret",
  });
  // The programme began long before.
  await database.asOwner("update cases set received_at = '2026-02-01' where id = 1");
  await addCase(db, { id: 3, reference: "R-TOMORROW", dueAt: "2026-11-26T06:00:00Z" });
  await addCase(db, { id: 4, reference: "R-AGAIN", dueAt: "2026-12-01T06:00:00Z", cycle: 2, entity: "MWI" });
  await addCase(db, { id: 5, reference: "R-HISTORY", dueAt: "2026-11-20T06:00:00Z", imported: true });
  await addCase(db, {
    id: 6,
    reference: "R-ANSWERED",
    dueAt: "2026-11-20T06:00:00Z",
    metAt: "2026-11-19T06:00:00Z",
    stateKind: "resolved",
  });
  await addCase(db, { id: 7, reference: "R-LATE-AGAIN", dueAt: "2026-11-25T05:59:59Z", cycle: 3, entity: "MWI" });
});
afterAll(() => database.close());
beforeEach(async () => {
  asked = [];
  only = null;
  changed = {};
  await database.asOwner("delete from messages");
  await database.asOwner("delete from digest_runs");
});

const renderer = createRenderer({ publicUrl: "https://diwan.example.jo", drawChart: drawTrend });

/** Answers by period: what it received says which week was asked for. */
const standIn: Kpi = async (request) => {
  asked.push(request);
  const { from, to, programme, at, by } = request;
  const none = kpiFigures(noCounts);
  const report = ({ firstResponse: _, ...figures }: ReturnType<typeof sampleFigures>) => ({ ...none, ...figures });
  const whole = {
    ...report(sampleFigures({ received: Number(from.replaceAll("-", "")) })),
    programme,
    from,
    to,
    at: at.toISOString(),
    confidentialCases: null,
  };
  if (by === undefined) return whole;
  return {
    ...whole,
    groups: [
      { code: "", ...report(sampleFigures()) },
      { code: "MOH", ...report(sampleFigures({ onTimeResolution: ratio(20, 50), delayed: 7 })) },
      { code: "MWI", ...report(sampleFigures({ onTimeResolution: ratio(190, 200) })) },
    ],
  };
};

/** What alerts said, of all of the programme to everybody but user 2; and what was asked. */
let alerts: ScopeAlert[] = [];
let askedAlerts: AlertsAsked[] = [];

const digests = (kpi: Kpi = standIn, messages: NewMessageState = "pending", programmes = ["jordan"]) =>
  createDigests({
    messages,
    db: database.db,
    programmes: async () => programmes,
    setupOf: async (programme) => {
      if (programme === "unreadable") throw new Error("no such programme");
      const scheduledDigests = [...setup.scheduledDigests]
        .filter(([code]) => only === null || code === only)
        .map(([code, one]): [string, SetupRow<"digests">] => [code, { ...one, ...changed }]);
      return { ...setup, scheduledDigests: new Map(scheduledDigests) };
    },
    calendarOf: async () => calendar,
    series: ({ periods, times: _, ...request }) => Promise.all(periods.map((period) => kpi({ ...request, ...period }))),
    receivedAcross: async () => null,
    alertsOf: async (of) => {
      askedAlerts.push(of);
      return of.scope.id === "all" && of.userId !== 2 ? alerts : [];
    },
    orders: { told: async () => ({ lines: [], more: 0 }) },
    render: renderer.render,
  });

async function stored<Data>(template: string) {
  const [rows] = await database.db.query(
    `select key, receiver_user as "user", language, state, data from messages where template = '${template}' order by receiver_user`,
  );
  return rows as { key: string; user: number; language: string; state: string; data: Data }[];
}

/** One digest alone, as the job that looks for all of them sends it. */
const queueOf = (code: string, now: Date, by = digests()) => {
  only = code;
  return by.sendDue({ now });
};

describe("the committee's digest", () => {
  it("comes though a digest before it, or another programme, cannot be read", async () => {
    const failing: Kpi = async (request) => {
      if ((await stored("digest-committee")).length > 0) throw new Error("not counted");
      return standIn(request);
    };
    const by = digests(failing, "pending", ["unreadable", "jordan"]);
    await expect(by.sendDue({ now: wednesday })).rejects.toThrow("no such programme");
    expect(await stored("digest-committee")).toHaveLength(2);
  });

  it("is one message a member and week, whoever runs it, twice or at once", async () => {
    const runs = await Promise.all([queueOf("committee", wednesday), queueOf("committee", wednesday)]);
    expect(runs.map(({ queued }) => queued).sort()).toEqual([0, 2]);
    expect(await queueOf("committee", new Date("2026-11-28T20:00:00Z"))).toEqual({ queued: 0 });
    expect(
      (await stored("digest-committee")).map(({ key, user, language, state }) => [key, user, language, state]),
    ).toEqual([
      ["digest/committee/jordan/2026-11-15/user/1", 1, "ar", "pending"],
      ["digest/committee/jordan/2026-11-15/user/2", 2, "en", "pending"],
    ]);
    // The next Wednesday is of another week; an hour too early it is not due.
    expect(await queueOf("committee", new Date("2026-12-02T05:00:00Z"))).toEqual({ queued: 0 });
    expect(await queueOf("committee", new Date("2026-12-02T06:00:00Z"))).toEqual({ queued: 2 });
  });

  it("catches up with the last moment alone, and owes nothing of before anybody looked", async () => {
    expect(await queueOf("committee", new Date("2026-11-25T09:00:00Z"))).toEqual({ queued: 0 });
    // Three weeks without any instance: one letter, of the last week.
    expect(await queueOf("committee", new Date("2026-12-17T09:00:00Z"))).toEqual({ queued: 2 });
    expect((await stored("digest-committee")).map(({ key }) => key.split("/")[3])).toEqual([
      "2026-12-06",
      "2026-12-06",
    ]);
    expect(await queueOf("committee", new Date("2026-12-17T09:15:00Z"))).toEqual({ queued: 0 });
  });

  it("holds what kpi said of last week and of the weeks before", async () => {
    await queueOf("committee", wednesday);
    const [{ data } = { data: null }] = await stored<FiguresDigest>("digest-committee");
    expect(data).toMatchObject({ from: "2026-11-15", to: "2026-11-22", at: wednesday.toISOString() });
    expect(data?.now.received).toBe(20261115);
    expect(data?.before?.received).toBe(20261108);
    // The committee reads none of its cases; how many are overdue it is shown, however few.
    expect(data?.entities.map(({ code, delayed }) => [code, delayed])).toEqual([["MOH", 7]]);
    // The newest that the sums have, a question a period; what was overdue a week ago is counted from the cases, once.
    const weekly = asked.filter(({ by, newest }) => by === "entity" && newest === true);
    expect(weekly.map(({ from }) => from)).toEqual(
      Array.from({ length: 13 }, (_, i) => shiftDate("2026-08-23", 7 * i)),
    );
    expect(new Set(weekly.map(({ at }) => at))).toEqual(new Set([wednesday]));
    const then = asked.filter(({ newest }) => newest !== true);
    expect(then).toEqual([
      { programme: "jordan", from: "2026-11-14", to: "2026-11-15", at: new Date("2026-11-18T06:00:00Z"), by: "entity" },
    ]);
    // The next letter knows it of this one.
    asked = [];
    await queueOf("committee", new Date("2026-12-02T06:00:00Z"));
    expect(asked.filter(({ newest }) => newest !== true)).toEqual([]);
  });

  it("says which alerts about its figures came or go on, each receiver their own", async () => {
    const asked = {
      kpi: "onTimeResolution",
      condition: "below",
      value: 80,
      unit: "week",
      periods: 2,
      least: 30,
    } as const;
    const said = {
      ...asked,
      place: { ar: "", en: "" },
      daySeconds: 25_200,
      figure: 0.7,
      numerator: 70,
      denominator: 100,
    };
    alerts = [
      {
        ...{ alert: "on-time", sentence: alertSentence(asked), said: { ...said, before: null, usual: null } },
        ...{ since: "2026-11-08", began: "2026-11-15", beganTo: "2026-11-22", ended: null },
      },
    ];
    askedAlerts = [];
    await queueOf("committee", wednesday);
    const letters = await stored<FiguresDigest>("digest-committee");
    expect(letters.map(({ data }) => data.reader?.alerts?.length)).toEqual([1, 0]);
    const of = { programme: "jordan", scope: { id: "all", confidential: false }, from: "2026-11-15", to: "2026-11-22" };
    expect(askedAlerts).toEqual([
      { ...of, userId: 1 },
      { ...of, userId: 2 },
    ]);
    const { text } = await digests().preview({ name: "committee", at: wednesday, language: "en", programme: "jordan" });
    expect(text).toMatch(/Answered on time: below .?80%.?, for 2 weeks in a row. It has held since 8 November 2026\./);
    expect(text).toMatch(/figures\?programme=jordan&scope=all&period=2026-11-15..2026-11-21&figure=onTimeResolution/);
    alerts = [];
  });

  it("of a simulation is kept and never owed", async () => {
    await queueOf("committee", wednesday, digests(standIn, "kept"));
    const [rows] = await database.db.query("select state, next_attempt_at from messages");
    expect(rows).toEqual([
      { state: "kept", next_attempt_at: null },
      { state: "kept", next_attempt_at: null },
    ]);
  });

  it("prints the very figures that kpi counts in the database", async () => {
    const policy = { setup, calendar, runner: () => null };
    const kpi = createKpi({ db: database.db, policies: { fresh: async () => policy } });
    const figures = await kpi({ programme: "jordan", from: "2026-11-15", to: "2026-11-22", at: wednesday });
    // R-ANSWERED was met in time and R-HISTORY was not; both fell due on 20 November. Late now: R-LATE, R-LATE-AGAIN, R-HISTORY.
    expect(figures.onTimeResolution).toEqual(ratio(1, 2));
    expect(figures.delayed).toBe(3);
    await queueOf("committee", wednesday, digests(kpi));
    const [message] = await stored<FiguresDigest>("digest-committee");
    const { now } = message?.data ?? {};
    expect(figures).toMatchObject({ ...now });
    const { text } = await digests(kpi).preview({
      name: "committee",
      at: wednesday,
      language: "en",
      programme: "jordan",
    });
    expect(text).toContain("Answered on time: 50%");
    expect(text).toContain("1 of 2 whose deadline was in the period");
    expect(text).toContain("Overdue now: 3");
  });
});

describe("a digest", () => {
  it("of a programme's first periods claims nothing unusual and has nothing before, as the figures page", async () => {
    await database.asOwner("update cases set received_at = received_at + interval '9 days' where id > 1");
    await database.asOwner("update cases set received_at = '2026-11-10' where id = 1");
    await queueOf("committee", wednesday);
    const [first] = await stored<FiguresDigest>("digest-committee");
    expect(first?.data).toMatchObject({ before: null, headline: { kind: "tooEarly", signals: [] } });
    expect(first?.data.chart.points).toHaveLength(1);
    const { text } = await digests().preview({ name: "committee", at: wednesday, language: "en", programme: "jordan" });
    expect(text).not.toMatch(/Week before|usual range of/);
    await database.asOwner("update cases set received_at = received_at - interval '9 days' where id > 1");
    await database.asOwner("update cases set received_at = '2026-02-01' where id = 1");
  });

  it("whose weekday is changed neither repeats nor skips a week, and is shown of the newest whole one", async () => {
    const weeksOf = async () => (await stored("digest-committee")).map(({ key }) => key.split("/")[3]);
    await queueOf("committee", wednesday);
    changed = { weekday: "sun" };
    const sunday = new Date("2026-11-29T07:00:00Z");
    expect(await queueOf("committee", sunday)).toEqual({ queued: 2 });
    // From Sunday to Thursday: the last Thursday was before it, and the next one has nothing new to tell yet.
    changed = { weekday: "thu" };
    const told = await digests().told({ name: "committee", at: sunday, programme: "jordan" });
    expect(told.data).toMatchObject({ from: "2026-11-22", to: "2026-11-29", at: sunday.toISOString() });
    expect(await queueOf("committee", sunday)).toEqual({ queued: 0 });
    expect(await queueOf("committee", new Date("2026-12-03T07:00:00Z"))).toEqual({ queued: 0 });
    expect(await queueOf("committee", new Date("2026-12-10T07:00:00Z"))).toEqual({ queued: 2 });
    expect([...new Set(await weeksOf())].sort()).toEqual(["2026-11-15", "2026-11-22", "2026-11-29"]);
  });
});

describe("the focal point's digest", () => {
  it("lists overdue, first replies overdue, due today and reopened of all own entities, without overlap, and nothing else", async () => {
    expect(await queueOf("focal-point", wednesday)).toEqual({ queued: 1 });
    expect(await queueOf("focal-point", new Date("2026-11-25T12:00:00Z"))).toEqual({ queued: 0 });
    const [message] = await stored<FocalPointDigest>("digest-focal-point");
    expect(message?.key).toBe("digest/focal-point/jordan/2026-11-25/user/1");
    expect(message?.data.entities.map(({ en }) => en)).toEqual(["Ministry of Health", "Ministry of Water"]);
    expect(
      message?.data.groups.map(({ name, count, cases }) => [name, count, cases.map(({ reference }) => reference)]),
    ).toEqual([
      ["late", 3, ["R-HISTORY", "R-LATE", "R-LATE-AGAIN"]],
      ["replyLate", 0, []],
      ["dueToday", 1, ["R-TODAY"]],
      ["reopened", 1, ["R-AGAIN"]],
    ]);
  });

  it("counts working time and keeps a confidential subject back", async () => {
    await queueOf("focal-point", wednesday);
    const [message] = await stored<FocalPointDigest>("digest-focal-point");
    const cases = new Map(message?.data.groups.flatMap(({ cases }) => cases).map((one) => [one.reference, one]));
    // Monday 12:00 – 15:30, all of Tuesday, Wednesday 08:30 – 09:00: 3.5 + 7 + 0.5 hours.
    expect(cases.get("R-LATE")?.secondsLeft).toBe(-11 * 3600);
    expect(cases.get("R-TODAY")).toMatchObject({ secondsLeft: (5 * 60 + 10) * 60, subject: null });
    expect(cases.get("R-LATE-AGAIN")).toMatchObject({ reopened: true, importance: { en: "High" } });
    expect(cases.get("R-LATE")).toMatchObject({ daySeconds: 7 * 3600, wall: false });
    expect(JSON.stringify(message?.data)).not.toContain("secret");
    const sent = { template: "digest-focal-point", language: "en", data: { ...message?.data } } as const;
    expect(renderer.render(sent, setup, { preview: true }).text).toContain(
      "R-TODAY · Confidential: open the case to read it · 5 working hours 10 minutes left",
    );
  });

  it("rests on a day off", async () => {
    expect(await queueOf("focal-point", new Date("2026-11-27T06:00:00Z"))).toEqual({ queued: 0 });
  });
});

describe("a preview", () => {
  it("shows a digest in either language and stores nothing", async () => {
    const committee = await digests().preview({
      name: "committee",
      at: wednesday,
      language: "ar",
      programme: "jordan",
    });
    expect(committee.html).toContain("موجز الأسبوع");
    expect(committee.html).toContain("data:image/png;base64,");
    const focal = await digests().preview({
      name: "focal-point",
      at: wednesday,
      language: "en",
      programme: "jordan",
    });
    expect(focal.text).toContain("Overdue (2)");
    // Nobody who looks at it handles the case: it is neither listed nor counted.
    expect(focal.text).toContain("Due today (0)");
    expect(focal.text).not.toContain("R-TODAY");
    const [rows] = await database.db.query("select 1 from messages");
    expect(rows).toEqual([]);
  });

  it("refuses an unknown name, and says which there are", async () => {
    const ask = (name: string, entity?: string) =>
      digests().preview({ name, at: wednesday, language: "en", programme: "jordan", entity: entity ?? null });
    await expect(ask("weekly")).rejects.toThrow("committee, focal-point");
    await expect(ask("focal-point", "NOWHERE")).rejects.toMatchObject({ code: "not-found" });
    await expect(ask("focal-point", "OLD")).rejects.toMatchObject({ code: "not-found" });
  });
});
