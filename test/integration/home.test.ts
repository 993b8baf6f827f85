/** The homes of all roles over one small office, by numbers worked out by hand, and beside `diwan kpi`. */

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Actor, isWithin } from "../../src/engine/access/permissions.js";
import type { HomeDesk } from "../../src/engine/measures/home-view.js";
import type { Ratio } from "../../src/engine/measures/kpi-counts.js";
import { shownKpis } from "../../src/engine/measures/shown-kpis.js";
import { todayNumber } from "../../src/features/home/room-desk.service.js";
import type { ReceivedApplication } from "../../src/features/intake/receive-application.js";
import { keepFigures } from "../../src/features/reports/keep-figures.js";
import type { KpiReport, KpiRequest } from "../../src/features/reports/kpi.js";
import { openWorkingOffice, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

const hour = 3_600_000;
const day = 24 * hour;
const since = (ms: number): Date => new Date(sundayNine.getTime() + ms);
/** The Sunday two weeks later: what was received on the first day and not answered is late by then. */
const later = since(14 * day + 4 * hour);

let office: WorkingOffice;
let sent: Record<string, ReceivedApplication>;
beforeAll(async () => {
  office = await openWorkingOffice();
  const focal = office.official("focal_point", "CSPD");
  const receive = (at: Date, input = {}) => office.receive(input, at);
  sent = {
    late: await receive(sundayNine),
    lateHigh: await receive(since(hour), { importance: "high" }),
    secretLate: await receive(sundayNine, { type: "report", pillar: null, importance: null }),
    answered: await receive(since(hour)),
    asked: await receive(since(12 * day + 2 * hour)),
    taken: await receive(since(13 * day + 2 * hour)),
    silent: await receive(since(8 * day + hour)),
    fresh: await receive(since(14 * day + hour)),
    triage: await receive(since(14 * day + hour), { entity: null, service: null }),
  };
  const act = (name: string, action: string, fields: object, at: Date, actor: Actor = focal) =>
    office.act((sent[name] as ReceivedApplication).reference, actor, action, fields as Record<string, unknown>, at);
  await act("answered", "take", {}, since(3 * hour));
  await act("answered", "answer", { answer: "The hall is open again." }, since(14 * day + hour));
  await act("asked", "ask", { question: "Which day was it?" }, since(12 * day + 3 * hour));
  await act("taken", "take", {}, since(13 * day + 3 * hour));
  await office.services.handlers["enforce-deadlines"](later);
});
afterAll(() => office.close());

const desks = async (actor: Actor, now = later): Promise<readonly HomeDesk[]> =>
  (await office.services.home({ actor, now })).desks;
async function desk<Kind extends HomeDesk["kind"]>(
  actor: Actor,
  kind: Kind,
): Promise<Extract<HomeDesk, { kind: Kind }>> {
  const [found, ...more] = await desks(actor);
  expect(more).toEqual([]);
  expect(found?.kind).toBe(kind);
  return found as Extract<HomeDesk, { kind: Kind }>;
}
/** The rate may still be counted at the first look; it is there at a later one. */
async function countedDesk(actor: Actor) {
  for (let i = 0; i < 50; i++) {
    const home = await desk(actor, "focal");
    if (home.entityOnTime !== null) return home;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return desk(actor, "focal");
}
const stateOf = async (name: string) => (await office.caseRow((sent[name] as ReceivedApplication).reference)).state;
const kpi = (period: { from: string; to: string }, more = {}) =>
  office.services.reports.kpi({ programme, ...period, at: later, ...more });
const today = { from: "2026-12-06", to: "2026-12-07" };

describe("a focal point's home", () => {
  it("groups the work in order of need, a case in one group", async () => {
    expect(await stateOf("triage")).toBe("triage");
    const home = await desk(office.official("focal_point", "CSPD"), "focal");
    const counts = Object.fromEntries(home.groups.map(({ group, count }) => [group, count]));
    const answered = await stateOf("answered");
    // late, lateHigh, secretLate; the answered one, late as well, is the reviewers' while its answer is being reviewed.
    const reviewed = answered === "in_review" ? 1 : 0;
    expect(counts).toEqual({
      reminded: 0,
      overdue: 3,
      replyLate: 1,
      today: 0,
      next: 0,
      later: 2,
      waiting: 1,
      reviewing: reviewed,
    });
    // Nothing that is open is in no group.
    expect(home.open).toBe(Object.values(counts).reduce((sum, count) => sum + count, 0));
    expect([home.late, home.repliesLate, home.reviewsLate]).toEqual([3, 1, reviewed]);
    const overdue = home.groups.find(({ group }) => group === "overdue")?.cases ?? [];
    // Received later, but more important.
    expect(overdue.map(({ reference }) => reference)[0]).toBe(sent.lateHigh?.reference);
    expect(overdue.every(({ promise }) => (promise?.secondsLeft ?? 0) < 0)).toBe(true);
    expect(overdue).toHaveLength(3);
    expect(home.entities.map(({ code }) => code)).toEqual(["CSPD"]);
  });

  it("states the figures of diwan kpi for the entity, with the confidential cases that it handles", async () => {
    const home = await countedDesk(office.official("focal_point", "CSPD"));
    const period = { from: "2026-11-07", to: "2026-12-07" };
    const own = await kpi(period, { entities: ["CSPD"], confidential: true });
    expect(own.delayed).toBe((await kpi(period, { entities: ["CSPD"] })).delayed + 1);
    expect(home.entityOnTime).toEqual(own.onTimeResolution);
    expect(home.entityOnTime?.denominator).toBeGreaterThan(0);
    const { cases } = office.services;
    const delayed = await cases.count({
      actor: office.official("focal_point", "CSPD"),
      now: later,
      filters: { late: "late" },
    });
    expect(delayed.total).toBe(own.delayed);
    expect(home.late).toBe(own.delayed);
    const week = await kpi({ from: "2026-12-06", to: "2026-12-13" }, { by: "entity" });
    expect(home.answeredThisWeek).toBe(week.groups?.find(({ code }) => code === "CSPD")?.resolved);
  });

  it("counts what the list behind each number shows", async () => {
    const actor = office.official("focal_point", "CSPD");
    const home = await desk(actor, "focal");
    for (const { group, count } of home.groups) {
      const found = await office.services.cases.search({
        actor,
        now: later,
        filters: { desk: group },
        offset: 0,
        limit: 1,
      });
      expect([group, found.total]).toEqual([group, count]);
    }
  });

  it("is of the own entity alone", async () => {
    const other = office.setup.seats.find((seat) => seat.role === "focal_point" && seat.entity !== "CSPD");
    const home = await countedDesk(office.official("focal_point", other?.entity ?? null));
    const none = { numerator: 0, denominator: 0, rate: null };
    expect([home.open, home.late, home.onTime, home.entityOnTime]).toEqual([0, 0, none, none]);
  });
});

describe("the operation room's home", () => {
  it("states today's figures and the delayed of diwan kpi", async () => {
    const home = await desk(office.official("operation_room"), "room");
    const figures = await kpi(today);
    expect(home.received).toEqual({ today: figures.received, usual: null });
    expect(home.received.today).toBe(2);
    expect(home.resolved.today).toBe(figures.resolved);
    const { numerator, denominator } = figures.onTimeResolution;
    expect(home.becameLate.today).toBe(denominator - numerator);
    expect([home.delayed, home.open]).toEqual([figures.delayed, figures.backlog.open]);
    // late and lateHigh: secretLate is in no figure of the room.
    expect(home.delayed).toBe(2);
    const found = await office.services.cases.search({
      ...{ actor: office.official("operation_room"), now: later, offset: 0, limit: 1 },
      filters: { late: "late", confidential: false },
    });
    expect(found.total).toBe(home.delayed);
    expect(home.confidentialCases).toBeNull();
  });

  it("shows the queue, late entities without confidential cases, reviews and what escalated in the last day", async () => {
    const home = await desk(office.official("operation_room"), "room");
    expect(home.queue).toEqual([
      expect.objectContaining({ sector: expect.objectContaining({ code: "INTERIOR" }), waiting: 1, late: 0 }),
    ]);
    const reviewed = (await stateOf("answered")) === "in_review" ? 1 : 0;
    expect(home.reviews).toBe(reviewed);
    const [worst, ...more] = home.entities;
    expect([worst?.entity.code, worst?.late, more]).toEqual(["CSPD", 2, []]);
    expect(home.reviewsLate).toBe(reviewed);
    const [{ n }] = (await office.rows(
      `select count(distinct f.case_id)::int as n from enforcements f join cases c on c.id = f.case_id
       where f.kind = 'escalation' and f.at > $1 and not c.confidential`,
      new Date(later.getTime() - day),
    )) as [{ n: number }];
    expect(n).toBeGreaterThan(0);
    expect(home.escalations.total).toBe(n);
    expect(home.escalations.lines.map(({ reference }) => reference)).not.toContain(sent.secretLate?.reference);
  });

  it("counts messages that failed, and says what the set-up lacks", async () => {
    await office.rows(
      "update messages set state = 'failed' where template = 'official-assigned' and case_id = (select id from cases where reference = $1)",
      sent.late?.reference,
    );
    const home = await desk(office.official("operation_room"), "room");
    const [{ n }] = (await office.rows("select count(*)::int as n from messages where state = 'failed'")) as [
      { n: number },
    ];
    expect(n).toBeGreaterThan(0);
    expect(home.failedMessages).toBe(n);
    expect(home.warnings).toEqual(
      await office.services.setupWarnings({ actor: office.official("operation_room"), now: later }),
    );
  });
});

describe("figures that take long to count", () => {
  it("are kept for five minutes, a question one answer, and a failure is not kept", async () => {
    let counted = 0;
    let broken = true;
    const kept = keepFigures(async (request: KpiRequest) => {
      counted += 1;
      if (broken) throw new Error("away");
      return { at: request.at.toISOString() } as KpiReport;
    }, 5 * 60_000);
    const ask = (ms: number, entities = ["A"]) => kept({ programme, ...today, entities, at: since(ms) });
    await expect(ask(0)).rejects.toThrow("away");
    broken = false;
    const both = await Promise.all([ask(0), ask(1000)]);
    expect(both.map(({ at }) => at)).toEqual([since(0).toISOString(), since(0).toISOString()]);
    expect(counted).toBe(2);
    await ask(0, ["B"]);
    await ask(5 * 60_000);
    // A question about an earlier moment is not answered by a later one.
    expect((await ask(60_000)).at).toBe(since(60_000).toISOString());
    expect(counted).toBe(5);
  });
});

describe("a usual day", () => {
  const week = (received: number) => ({ received, resolved: 0, becameLate: 0 });
  it("is the middle of the weeks there were", () => {
    expect(todayNumber([9, 4, 5, 100, 6].map(week), "received")).toEqual({ today: 9, usual: 6 });
    expect(todayNumber([9, 4, 5, 6, 0, 0, 0].map(week), "received")).toEqual({ today: 9, usual: null });
    expect(todayNumber([9, 4, 0, 6, 8, 0, 0].map(week), "received")).toEqual({ today: 9, usual: 5 });
  });
});

describe("an executive's home", () => {
  it("leaves confidential cases out of every number: it is as large as the list behind it", async () => {
    const minister = office.official("minister", "MOI");
    const home = await desk(minister, "executive");
    const list = (filters: object) =>
      office.services.cases.search({ actor: minister, now: later, filters, offset: 0, limit: 50 });
    const late = await list({ late: "late" });
    expect(home.delayed).toBe(late.total);
    expect(home.cases.map(({ reference }) => reference)).not.toContain(sent.secretLate?.reference);
    // One entity is in trouble: its services say where.
    expect(home.troubles.map(({ entity }) => entity.code)).toEqual(home.troubles.map(() => "CSPD"));
    expect(home.troubles.reduce((sum, trouble) => sum + trouble.late, 0)).toBe(late.total);
    expect(home.troubles[0]?.service).not.toBeNull();
    expect(home.open).toBe((await list({ kinds: ["open", "waiting"] })).total);
    expect(home.escalated).toBe((await list({ kinds: ["open", "waiting"], escalated: true })).total);
    const level = office.setup.programme.settings.ladder.find(({ role }) => role === "minister")?.level ?? 0;
    expect(home.toMe).toEqual({ level, count: (await list({ kinds: ["open", "waiting"], level })).total });
    // The programme began on 22 November: its last whole month has cases.
    expect([home.from, home.to, home.period.unit]).toEqual(["2026-11-01", "2026-12-01", "month"]);
    const all = await kpi({ from: "2026-11-01", to: "2026-12-01" }, { by: "entity" });
    const { rate, numerator, denominator } = all.groups?.find(({ code }) => code === "CSPD")?.onTimeResolution ?? {};
    expect(home.figures.find(({ code }) => code === "onTimeResolution")?.measured).toEqual({
      ...{ value: rate, numerator, denominator, n: denominator },
    });
    expect(home.figures.find(({ code }) => code === "delayed")?.measured.value).toBe(home.delayed);
  });

  it("shows what climbed to them with the step of the ladder that took it there", async () => {
    const home = await desk(office.official("minister", "MOI"), "executive");
    expect(home.climbed.length).toBe(home.toMe?.count);
    expect(home.climbed.length).toBeGreaterThan(0);
    const titles = office.setup.ruleSets.get("escalation")?.definition.rules.map(({ title }) => title);
    for (const { reason } of home.climbed) expect(titles).toContainEqual(reason);
    expect(home.cases).toEqual([]);
  });

  it("has a line of each figure, in steps that are over, of what was overdue at their ends too", async () => {
    const minister = office.official("minister", "MOI");
    const seen = later.getTime() + 21 * day;
    const look = async () => {
      const setting = { narrowing: {}, rows: {}, period: "last-week" } as const;
      return (await office.services.home({ actor: minister, now: new Date(seen), setting })).desks[0];
    };
    const isCounted = (desk: HomeDesk | undefined): boolean =>
      desk?.kind === "executive" &&
      desk.figures.every(({ code, line }) => code !== "delayed" || line.every((value) => value !== null));
    let home = await look();
    // What was overdue may still be counted at the first look.
    for (let i = 0; i < 50 && !isCounted(home); i++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      home = await look();
    }
    if (home?.kind !== "executive") throw new Error("no executive's home");
    expect(home.period).toEqual({ unit: "week", from: "2026-12-20", to: "2026-12-27" });
    expect(home.steps.map(({ from }) => from)).toEqual([
      "2026-11-22",
      "2026-11-29",
      "2026-12-06",
      "2026-12-13",
      "2026-12-20",
    ]);
    for (const code of ["received", "delayed", "onTimeResolution"]) {
      const line = home.figures.find((figure) => figure.code === code)?.line;
      const counted = await Promise.all(
        home.steps.map(async ({ from, to }) => {
          const at = code === "delayed" ? new Date(`${to}T00:00:00+03:00`) : new Date(seen);
          const entities = [...office.setup.entities.keys()].filter((one) =>
            isWithin(one, "MOI", office.setup.entities),
          );
          const report = await office.services.reports.kpi({ programme, from, to, at, entities });
          return code === "received"
            ? report.received
            : code === "delayed"
              ? report.delayed
              : report.onTimeResolution.rate;
        }),
      );
      expect([code, line]).toEqual([code, counted]);
    }
  });

  it("of another branch is empty", async () => {
    const other = office.setup.seats.find(
      (seat) => seat.role === "minister" && !isWithin("MOI", seat.entity ?? "", office.setup.entities),
    );
    expect((await desk(office.official("minister", other?.entity ?? null), "executive")).open).toBe(0);
  });
});

describe("other homes", () => {
  it("main focal point: the queue of the own sector", async () => {
    const home = await desk(office.official("main_focal_point", "INTERIOR"), "triage");
    expect([home.waiting, home.late]).toEqual([1, 0]);
    expect(home.cases.map(({ reference }) => reference)).toEqual([sent.triage?.reference]);
    const other = office.setup.seats.find((seat) => seat.role === "main_focal_point" && seat.sector !== "INTERIOR");
    expect((await desk(office.official("main_focal_point", other?.sector ?? null), "triage")).waiting).toBe(0);
  });

  it("steering committee: the last whole month or week, as diwan kpi has it", async () => {
    expect((await desk(office.official("steering_committee"), "committee")).period.from).toBe("2026-11-01");
    const { desks: homes } = await office.services.home({
      actor: office.official("steering_committee"),
      now: later,
      setting: { narrowing: {}, rows: {}, period: "last-week" },
    });
    const [home] = homes;
    if (home?.kind !== "committee") throw new Error("no committee's home");
    const week = await kpi({ from: "2026-11-29", to: "2026-12-06" });
    expect([home.from, home.to]).toEqual(["2026-11-29", "2026-12-06"]);
    const share = ({ rate, numerator, denominator }: Ratio) => ({ value: rate, numerator, denominator });
    const number = (value: number) => ({ value, numerator: null, denominator: null });
    expect(Object.fromEntries(home.figures.map(({ code, measured }) => [code, measured]))).toMatchObject({
      received: number(week.received),
      resolved: number(week.resolved),
      delayed: number(week.delayed),
      onTimeResolution: share(week.onTimeResolution),
      satisfaction: share(week.satisfaction),
    });
    expect(home.ratedOfInvited).toEqual(week.satisfaction.responseRate);
    expect(home.figures.map(({ code }) => code)).toEqual(
      shownKpis(office.setup, "steering_committee").map(({ code }) => code),
    );
    // Where most is overdue, as the figures of that entity say: what is confidential is in neither.
    const cspd = await kpi({ from: home.from, to: home.to }, { entities: ["CSPD"] });
    expect(cspd.delayed).toBeGreaterThan(0);
    expect(home.troubles).toEqual([
      {
        entity: { code: "CSPD", name: office.setup.entities.get("CSPD")?.name },
        ...{ late: cspd.delayed, open: cspd.backlog.open, oldestDueAt: expect.any(String) },
      },
    ]);
  });

  it("auditor: the last seal and the newest changes", async () => {
    await office.services.audit.seal({ now: later });
    const home = await desk(office.official("auditor"), "auditor");
    expect(home.lastSeal).toEqual({ number: 1, sealedAt: later.toISOString() });
    expect(home.verification.state).toBe("never");
    expect(home.changes.length).toBeGreaterThan(0);
  });

  it("contact centre: an agent's own day, and what came in as far as it may be shown", async () => {
    const agent = office.official("contact_centre_agent");
    const home = await desk(agent, "agent");
    // They read no cases: a small number would point to somebody, and a line that says nothing is left out.
    expect((await kpi(today)).received).toBe(2);
    expect([home.receivedToday, home.channels, home.types, home.hides]).toEqual(["few", [], [], true]);
    expect([home.own?.today.calls, home.own?.drafts, home.lead]).toEqual([0, [], null]);
    await office.services.contactCentre.calls.keep({
      ...{ token: "a".repeat(20), programme, actor: agent, now: later, based: 0 },
      typed: { name: "نور", story: "The hall was closed." },
    });
    const drafts = (await desk(agent, "agent")).own?.drafts;
    expect(drafts).toEqual([
      { id: expect.any(Number), label: "نور: The hall was closed.", updatedAt: later.toISOString() },
    ]);
    // Another agent is shown nothing of it.
    expect((await desk(office.official("contact_centre_agent", null, 1), "agent")).own?.drafts).toEqual([]);
  });

  it("contact centre: who leads the agents sees today's calls beside a usual day, and who works now", async () => {
    const lead = office.official("contact_centre_lead");
    const agent = office.official("contact_centre_agent");
    const call = (at: Date) =>
      office.asOwner(
        "insert into calls (programme, agent, kind, begun_at, ended_at) values ($1, $2, $3, $4, $4::timestamptz + interval '1 minute')",
        ...[programme, agent.userId, "callBack", at.toISOString()],
      );
    // Five in each of five weeks before, at nine; one of today an hour ago, one half an hour ago.
    for (let week = 1; week <= 5; week++)
      for (let n = 0; n < 5; n++) await call(since((14 - 7 * week) * day + n * 60_000));
    for (const ms of [60, 30]) await call(new Date(later.getTime() - ms * 60_000));
    const home = await desk(lead, "agent");
    expect(home.own).toBeNull();
    expect(home.lead?.calls).toEqual({ today: 2, usual: 5 });
    expect(home.lead?.atWork).toEqual([
      // The agent whose draft was begun a moment ago.
      { name: agent.name, calls: 2, lastAt: later.toISOString(), inCall: true },
    ]);
    // Half past two hours later nobody does anything any more.
    const evening = await desks(lead, new Date(later.getTime() + 2 * hour));
    expect(evening).toMatchObject([{ lead: { atWork: [] } }]);
  });

  it("a desk a role for several seats; none without a seat", async () => {
    const both = {
      ...office.official("auditor"),
      seats: [...office.official("auditor").seats, ...office.official("focal_point", "CSPD").seats],
    };
    expect((await desks(both)).map(({ kind }) => kind)).toEqual(["focal", "auditor"]);
    expect(await desks({ ...both, seats: [] })).toEqual([]);
    expect(await desks({ kind: "system", job: "x" })).toEqual([]);
  });
});

describe("overdue", () => {
  const now = new Date(later.getTime() + 2 * hour);
  const focal = () => office.official("focal_point", "CSPD");
  const room = () => office.official("operation_room");
  const listed = async (actor: Actor, filters: object) =>
    (await office.services.cases.search({ actor, now, filters, offset: 0, limit: 1 })).total;
  /** Not confidential: as the room, the figures, each list, the command line and a letter to look at say it. */
  async function numbers() {
    const [home] = (await desks(room(), now)) as [Extract<HomeDesk, { kind: "room" }>];
    const figures = await office.services.reports.kpi({ programme, ...today, at: now });
    const { data } = await office.services.digests.told({ name: "focal-point", at: now, programme, entity: "CSPD" });
    const inLetter = (group: string) =>
      (data.groups as readonly { name: string; count: number }[]).find(({ name }) => name === group)?.count;
    const lines = await office.services.cases.list({ actor: room(), limit: 1000, now });
    const inLines = (late: string) => lines.filter((line) => line.late === late).length;
    const open = { confidential: false };
    const overdue = [
      ...[home.delayed, figures.delayed, inLetter("late"), inLines("overdue")],
      ...[await listed(room(), { late: "late", ...open }), await listed(focal(), { desk: "overdue", ...open })],
    ];
    const replies = [
      ...[home.repliesLate, inLetter("replyLate"), inLines("replyLate")],
      ...[await listed(room(), { desk: "replyLate", ...open }), await listed(focal(), { desk: "replyLate", ...open })],
    ];
    const inReview = [home.reviewsLate, inLines("reviewLate"), await listed(room(), { desk: "reviewLate" })];
    return [overdue, replies, inReview].map((all) => [...new Set(all)]);
  }

  it("is one number everywhere, of which what waits for a review is no part", async () => {
    const before = await numbers();
    expect(before.map((all) => all.length)).toEqual([1, 1, 1]);
    const { reference } = await office.receive({ importance: "critical" }, sundayNine);
    const act = (actor: Actor, action: string, fields: Record<string, unknown>) =>
      office.act(reference, actor, action, fields, now);
    const [[overdue], [replies], [inReview]] = before as [[number], [number], [number]];
    expect(await numbers()).toEqual([[overdue + 1], [replies], [inReview]]);
    await act(focal(), "take", {});
    await act(focal(), "answer", { answer: "The hall is open again." });
    expect((await office.caseRow(reference)).state).toBe("in_review");
    expect(await numbers()).toEqual([[overdue], [replies], [inReview + 1]]);
    await act(room(), "return", { reason: "It does not say when the hall opens." });
    expect(await numbers()).toEqual([[overdue + 1], [replies], [inReview]]);
    await act(focal(), "answer", { answer: "The hall opens at nine." });
    await act(room(), "approve", {});
    expect(await numbers()).toEqual([[overdue], [replies], [inReview]]);
  });
});
