/** Alerts about figures out of a real database: one letter an event, however late and often it is judged. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createAlertJudge } from "../../src/features/reports/alerts/judge-alerts.js";
import { standingAt } from "../../src/features/reports/standing.js";
import { manyOutcomes } from "../support/many-outcomes.js";
import { sampleMessages } from "../support/sample-messages.js";
import {
  openWorkingOffice,
  type Person,
  problemOf,
  programme,
  type Row,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let committee: Person;
let room: Person;
let minister: Person;
/** Two thirds of what was received in August were answered after their deadline. */
const badMonth = "2026-08";
const at = (day: string) => new Date(`${day}T03:00:00Z`);
const low = { kpi: "onTimeResolution", condition: "below", value: 50, unit: "month", periods: 1, least: 10 };

beforeAll(async () => {
  office = await openWorkingOffice();
  await manyOutcomes(office, { entities: ["JFDA", "MOH", "MWI"], late: "JFDA", badMonth, now: sundayNine });
  // Others are set up by the tests.
  await office.asOwner("delete from kpi_alerts");
  committee = office.official("steering_committee");
  room = office.official("operation_room");
  minister = office.official("minister", "MOH");
}, 180_000);
afterAll(() => office.close());

const judge = (now: Date, services = office.services) => services.handlers["figure-alerts"](now);
const letters = (): Promise<Row[]> =>
  office.rows(
    `select m.data, m.state, m.receiver_user as user, m.key, m.gather_at from messages m where template = 'figure-alert' order by id`,
  );
const events = (): Promise<Row[]> =>
  office.rows("select alert, scope, since::text, began::text, ended::text from kpi_alert_events order by id");
const afresh = async () => {
  await office.asOwner("delete from messages where template = 'figure-alert'");
  for (const table of ["kpi_alert_events", "kpi_alert_states", "own_kpi_alerts", "kpi_alerts"])
    await office.asOwner(`delete from ${table}`);
};
const setUp = (audiences: readonly string[]) =>
  office.asOwner(
    `insert into kpi_alerts (programme, code, name_ar, name_en, audiences, kpi, condition, value, unit, periods, least)
      values ($1, 'LOW', 'ا', 'Low', $2::jsonb, 'onTimeResolution', 'below', 50, 'month', 1, 10)`,
    programme,
    JSON.stringify(audiences),
  );
const own = (actor: Person, scope: string, now: Date, change: Row = {}) =>
  office.services.figureAlerts.save({ actor, now, id: null, given: { programme, scope, ...low, ...change } });
const codeOf = async (asked: Promise<unknown>) => (await problemOf(asked)).code;

describe("an alert of an audience", () => {
  it("comes once to each of them when the month is over, and not for what was before it was set up", async () => {
    await setUp(["steering_committee"]);
    // What is first seen is what holds from then on.
    expect(await judge(at("2026-08-10"))).toMatchObject({ begun: 0, letters: 0 });
    expect(await judge(at("2026-08-31"))).toMatchObject({ judged: 0 });
    const { length: members } = office.setup.seats.filter(({ role }) => role === "steering_committee");
    expect(await judge(at("2026-09-01"))).toEqual({ judged: 1, begun: 1, letters: members });
    expect(await judge(at("2026-09-01"))).toEqual({ judged: 0, begun: 0, letters: 0 });
    const [letter] = await letters();
    expect(letter?.data).toMatchObject({
      ...low,
      programme,
      scope: "all",
      own: false,
      confidential: false,
      period: "2026-08",
    });
    expect(((letter?.data ?? {}) as { figure: number }).figure).toBeLessThan(0.5);
    expect(await events()).toEqual([
      { alert: "audience/LOW", scope: "all", since: "2026-08-01", began: "2026-08-01", ended: null },
    ]);
  });

  it("ends with the first month in which it does not hold, without a letter", async () => {
    expect(await judge(at("2026-10-02"))).toEqual({ judged: 1, begun: 0, letters: 0 });
    expect((await events())[0]).toMatchObject({ ended: "2026-09-01" });
  });

  it("is in a digest of that time, and in no other scope's", async () => {
    const { alertsOf } = office.services.figureAlerts;
    const all = { id: "all", confidential: false };
    const asked = (scope: typeof all, from: string, to: string) => alertsOf({ programme, scope, from, to });
    expect(await asked(all, "2026-08-01", "2026-09-01")).toMatchObject([
      {
        began: "2026-08-01",
        ended: "2026-09-01",
        said: { value: 50 },
        sentence: { en: expect.stringContaining("below") },
      },
    ]);
    expect(await asked(all, "2026-10-01", "2026-11-01")).toEqual([]);
    expect(await asked({ id: "MOH", confidential: false }, "2026-08-01", "2026-09-01")).toEqual([]);
    expect(await asked({ id: "all", confidential: true }, "2026-08-01", "2026-09-01")).toEqual([]);
  });

  it("is each ministry's own", async () => {
    await afresh();
    await setUp(["minister"]);
    await judge(at("2026-08-10"));
    await judge(at("2026-09-01"));
    const found = await events();
    expect(found.map(({ scope }) => scope)).toContain("MOH");
    const told = await letters();
    expect(told.length).toBe(found.length);
    for (const { data } of told) expect((data as { denominator: number }).denominator).toBeGreaterThanOrEqual(10);
  });

  it("begins anew where its condition was changed", async () => {
    const before = (await letters()).length;
    await office.asOwner("update kpi_alerts set value = 49");
    await judge(at("2026-09-02"));
    expect((await letters()).length).toBe(before);
    const running = (await events()).filter(({ ended }) => ended === null);
    expect(running).toEqual([]);
  });
});

describe("an alert that goes on", () => {
  it("is in every digest while it is judged, and in none after it is out of use", async () => {
    await afresh();
    await setUp(["steering_committee"]);
    await judge(at("2026-08-10"));
    await judge(at("2026-09-01"));
    const inWeek = async (from: string, to: string) =>
      (await office.services.figureAlerts.alertsOf({ programme, scope: { id: "all", confidential: false }, from, to }))
        .length;
    expect(await inWeek("2026-09-20", "2026-09-27")).toBe(1);
    await office.asOwner("update kpi_alerts set retired_at = now()");
    expect(await judge(at("2026-10-02"))).toMatchObject({ judged: 0 });
    expect(await inWeek("2026-09-20", "2026-09-27")).toBe(1);
    expect(await inWeek("2026-10-04", "2026-10-11")).toBe(0);
    expect(await inWeek("2027-03-07", "2027-03-14")).toBe(0);
  });
});

describe("judged by two at once", () => {
  it("is written once", async () => {
    await afresh();
    await setUp(["steering_committee"]);
    await judge(at("2026-08-10"));
    const others = [office.instance(), office.instance(), office.services];
    const reports = await Promise.all(others.map((services) => judge(at("2026-09-01"), services)));
    expect(reports.map((report) => (report as { begun: number }).begun).sort()).toEqual([0, 0, 1]);
    expect(await events()).toHaveLength(1);
    expect(new Set((await letters()).map(({ user }) => user)).size).toBe((await letters()).length);
  });

  it("leaves nothing where it is stopped halfway, and everything to the next run", async () => {
    await afresh();
    await setUp(["steering_committee"]);
    await judge(at("2026-08-10"));
    const states = () => office.rows("select * from kpi_alert_states");
    const before = await states();
    const { kpi } = office.services.reports;
    const policies = { fresh: async () => ({ setup: await office.services.setup.of(programme) }) as never };
    const broken = createAlertJudge({
      ...{ db: office.db, policies, programmes: async () => [programme] },
      series: ({ periods, ...asked }) => Promise.all(periods.map((period) => kpi({ ...asked, ...period }))),
      // The outbox has no such state: the statement fails when all else is done.
      messages: "burnt" as never,
    });
    await expect(broken({ now: at("2026-09-01") })).rejects.toThrow();
    expect(await states()).toEqual(before);
    expect([await events(), await letters()]).toEqual([[], []]);
    expect(await judge(at("2026-09-03"))).toMatchObject({ begun: 1 });
  });
});

describe("somebody's own alert", () => {
  it("comes to nobody else, and late where nobody was there", async () => {
    await afresh();
    await own(committee, "all", at("2026-08-10"));
    expect(await judge(at("2026-09-20"))).toEqual({ judged: 1, begun: 1, letters: 1 });
    expect(await letters()).toMatchObject([{ user: committee.userId, data: { own: true } }]);
  });

  it("is no news when it was over before anybody looked; the list still has it", async () => {
    await afresh();
    await own(committee, "all", at("2026-08-10"));
    expect(await judge(at("2026-10-20"))).toEqual({ judged: 1, begun: 1, letters: 0 });
    const { own: listed } = await office.services.figureAlerts.list({ actor: committee, now: at("2026-10-20") });
    expect(listed).toMatchObject([{ asleep: false, events: [{ began: "2026-08-01", ended: "2026-09-01" }] }]);
  });

  it("is not of the time before it was set, and what was running then ends first", async () => {
    await afresh();
    await own(committee, "all", at("2026-09-10"));
    expect(await judge(at("2026-10-20"))).toEqual({ judged: 1, begun: 0, letters: 0 });
  });

  it("sleeps while its position is held by nobody, and is there again with it", async () => {
    await afresh();
    await own(minister, "MOH", at("2026-08-10"));
    await office.asOwner("update seat_holders set held_to = '2026-08-20' where user_id = $1", minister.userId);
    expect(await judge(at("2026-09-01"))).toEqual({ judged: 0, begun: 0, letters: 0 });
    const without: Person = {
      ...minister,
      seats: [{ ...minister.seats[0], role: "minister", programme, entity: "MWI", sector: null }],
    };
    const { own: listed } = await office.services.figureAlerts.list({ actor: without, now: at("2026-09-01") });
    expect(listed).toMatchObject([{ asleep: true, events: [], place: office.setup.entities.get("MOH")?.name }]);
    await office.asOwner("update seat_holders set held_to = null where user_id = $1", minister.userId);
    expect(await judge(at("2026-09-02"))).toMatchObject({ letters: 1 });
  });

  it("leaves as its position wants letters: in the morning, by itself, or never", async () => {
    for (const [way, expected] of [
      ["daily", { state: "gathering" }],
      ["hourly", { state: "gathering" }],
      ["none", null],
    ] as const) {
      await afresh();
      await office.asOwner("update seats set letters = $1 where role = 'steering_committee'", way);
      await own(committee, "all", at("2026-08-10"));
      await judge(at("2026-09-01"));
      expect(await letters()).toMatchObject(expected === null ? [] : [expected]);
      expect(await events()).toHaveLength(1);
      if (expected === null) continue;
      expect((await letters())[0]?.gather_at).toEqual(new Date("2026-09-01T05:30:00Z"));
      await office.services.handlers["gather-letters"](new Date("2026-09-01T05:30:00Z"));
      expect((await letters()).map(({ state }) => state)).not.toContain("gathering");
    }
    await office.asOwner("update seats set letters = null where role = 'steering_committee'");
  });

  it("is tried on the past year before it is kept", async () => {
    const asked = { actor: committee, now: sundayNine };
    const trial = await office.services.figureAlerts.try({ ...asked, given: { programme, scope: "all", ...low } });
    expect(trial.events).toMatchObject([{ began: "2026-08-01", ended: "2026-09-01" }]);
    expect([trial.from, trial.to, trial.periods]).toEqual(["2026-01-01", "2026-11-01", 10]);
    const weeks = await office.services.figureAlerts.try({
      ...asked,
      given: { programme, scope: "all", ...low, unit: "week", least: 30 },
    });
    // Fewer than thirty cases a week: nothing is said of any.
    expect([weeks.events, weeks.unknown]).toEqual([[], weeks.periods]);
    expect(weeks.periods).toBeGreaterThan(40);
    // That is said, with what has enough cases.
    expect([trial.judgeable, trial.instead]).toEqual([true, []]);
    expect(weeks.judgeable).toBe(false);
    expect(weeks.instead.map(({ condition: { unit, periods, least } }) => [unit, periods, least])).toEqual([
      ["week", 1, 10],
      ["month", 1, 30],
    ]);
  });
});

describe("an alert that holds already", () => {
  it("says since when, as it is saved and in the list, and writes of it no sooner than it begins again", async () => {
    await afresh();
    const now = at("2026-09-10");
    const { figureAlerts } = office.services;
    expect(await own(committee, "all", now)).toEqual({ holdsSince: "2026-08-01" });
    expect(await own(committee, "all", now, { value: 1 })).toEqual({ holdsSince: null });
    const since = async (then: Date) =>
      (await figureAlerts.list({ actor: committee, now: then })).own.map((one) => one.holdsSince);
    expect(await since(now)).toEqual(["2026-08-01", null]);
    expect(await judge(now)).toMatchObject({ begun: 0, letters: 0 });
    expect(await since(at("2026-10-02"))).toEqual([null, null]);
  });
});

describe("an alert of what is overdue or open now", () => {
  it("is judged by what was so at the end of each week, and its letter leads to figures that there are", async () => {
    await afresh();
    const { figureAlerts } = office.services;
    const overdue = { kpi: "delayed", condition: "above", value: 10, unit: "week", periods: 1 };
    const given = { programme, scope: "all", ...low, ...overdue };
    const trial = await figureAlerts.try({ actor: committee, now: sundayNine, given });
    expect(trial.events.length).toBeGreaterThan(0);
    for (const { said } of trial.events) expect(said.figure).toBeGreaterThan(10);
    const [first] = trial.events;
    const [end, began] = [`${first?.beganTo}T00:00:00+03:00`, first?.began ?? ""];
    await own(committee, "all", new Date(`${began}T09:00:00Z`), overdue);
    await judge(new Date(end));
    const [letter] = await letters();
    expect(letter?.data).toMatchObject({ kpi: "delayed", figure: first?.said.figure, numerator: null });
    const standing = await standingAt(office.db, {
      programme,
      entities: null,
      confidential: false,
      moments: [new Date(end)],
    });
    expect(standing).toEqual([{ open: expect.any(Number), overdue: first?.said.figure }]);
    // All that was open then is more than what was late.
    const open = await figureAlerts.try({ actor: committee, now: sundayNine, given: { ...given, kpi: "backlog" } });
    expect(open.events.length).toBeGreaterThan(0);
    // Others of now are known of no earlier moment.
    expect(
      await codeOf(
        figureAlerts.try({ actor: committee, now: sundayNine, given: { ...given, kpi: "casesPerFocalPoint" } }),
      ),
    ).toBe("invalid-input");
  });
});

describe("a stranger", () => {
  it("has, changes and removes none of another, and asks of no scope but their own", async () => {
    await afresh();
    const { figureAlerts } = office.services;
    const now = sundayNine;
    await own(committee, "all", now);
    const [alert] = (await figureAlerts.list({ actor: committee, now })).own;
    const id = alert?.id ?? 0;
    expect((await figureAlerts.list({ actor: minister, now })).own).toEqual([]);
    const given = { programme, scope: "MOH", ...low };
    expect(await codeOf(figureAlerts.save({ actor: minister, now, id, given }))).toBe("not-found");
    expect(await codeOf(figureAlerts.remove({ actor: minister, now, id }))).toBe("not-found");
    for (const scope of ["all", "at:MOH", "MWI", "sector:health", ""])
      for (const asked of [figureAlerts.try, figureAlerts.save])
        expect(await codeOf(asked({ actor: minister, now, id: null, given: { ...given, scope } }))).toBe("not-found");
    const elsewhere = { ...given, programme: "boston311" };
    expect(await codeOf(figureAlerts.try({ actor: minister, now, given: elsewhere }))).toBe("not-found");
    const audience = { programme, audiences: ["minister"], ...low };
    expect(await codeOf(figureAlerts.tryForAudience({ actor: minister, now, given: audience }))).toBe("not-found");
    expect((await figureAlerts.list({ actor: committee, now })).own).toHaveLength(1);
  });

  it("of a scope with confidential cases is written where nobody else reads it", async () => {
    const rows = (confidential: boolean) =>
      office.asOwner(
        `insert into messages (key, programme, template, receiver_user, language, data, created_at, state)
          values ($1, $2, 'figure-alert', $3, 'en', $4::jsonb, now(), 'kept')`,
        `test/${confidential}`,
        programme,
        minister.userId,
        JSON.stringify({ ...sampleMessages["figure-alert"], programme, confidential }),
      );
    await rows(true);
    await rows(false);
    const seen = await office.services.mail.list({ actor: room, template: "figure-alert" });
    expect(JSON.stringify(seen)).toContain("test/false");
    expect(JSON.stringify(seen)).not.toContain("test/true");
  });
});

describe("bad input", () => {
  it("is refused with where and what, and as many as there may be are enough", async () => {
    await afresh();
    const { figureAlerts } = office.services;
    const asked = { actor: committee, now: sundayNine, id: null };
    const faultsOf = async (change: Row) =>
      (await problemOf(figureAlerts.save({ ...asked, given: { programme, scope: "all", ...low, ...change } }))).faults;
    expect(await faultsOf({ kpi: "casesPerFocalPoint", value: 0, periods: 0 })).toMatchObject([
      { field: "/kpi", reason: { en: expect.stringContaining("Open cases per focal point") } },
      { field: "/value" },
      { field: "/periods" },
    ]);
    expect(await faultsOf({ value: "80; drop table cases", unit: ["week"] })).toMatchObject([
      { field: "/value" },
      { field: "/unit" },
    ]);
    for (let i = 0; i < 18; i++) await own(committee, "all", sundayNine);
    // At once as well.
    const others = [office.instance(), office.instance(), office.instance(), office.services];
    const given = { programme, scope: "all", ...low };
    await Promise.allSettled(others.map((services) => services.figureAlerts.save({ ...asked, given })));
    expect((await figureAlerts.list({ actor: committee, now: sundayNine })).own).toHaveLength(20);
    expect(await codeOf(own(committee, "all", sundayNine))).toBe("not-now");
    await own(minister, "MOH", sundayNine);
  });
});

describe("of an audience, tried by the operation room", () => {
  it("has a trial for each of its places, and counts no confidential case", async () => {
    const given = { programme, audiences: ["minister"], ...low };
    const asked = { actor: room, now: sundayNine };
    const { places, trial } = await office.services.figureAlerts.tryForAudience({ ...asked, given });
    expect(places.map(({ id }) => id)).toContain("MOH");
    expect(trial).not.toBeNull();
    const moh = await office.services.figureAlerts.tryForAudience({ ...asked, given: { ...given, scope: "MOH" } });
    expect(moh.trial).toMatchObject({ place: office.setup.entities.get("MOH")?.name, confidential: false });
    const nobody = await office.services.figureAlerts.tryForAudience({ ...asked, given: { ...given, audiences: [] } });
    expect(nobody).toEqual({ places: [], trial: null });
  });
});
