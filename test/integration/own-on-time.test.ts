/** On-time resolution of one person: of what was theirs when it fell due lately; compared with `diwan kpi` and the list. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { overdue } from "../../src/app/migrations/2026-12-30-overdue.js";
import type { Actor } from "../../src/engine/access/permissions.js";
import type { FocalDesk } from "../../src/engine/measures/home-view.js";
import { standingAt } from "../../src/features/reports/standing.js";
import {
  openWorkingOffice,
  type Person,
  programme,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

const hour = 3_600_000;
const day = 24 * hour;
const since = (ms: number): Date => new Date(sundayNine.getTime() + ms);
/** The Sunday five weeks later: a normal complaint of the first days was due within the last thirty days. */
const later = since(35 * day);

let office: WorkingOffice;
let rana: Person;
let omar: Person;
const references: Record<string, string> = {};
beforeAll(async () => {
  office = await openWorkingOffice();
  rana = office.official("focal_point", "CSPD");
  omar = office.official("entity_manager", "CSPD");
  const receive = async (name: string, at = sundayNine) => {
    const sent = await office.receive({ subject: name }, at);
    references[name] = sent.reference;
    return sent;
  };
  const act = (name: string, actor: Actor, action: string, fields: Record<string, unknown>, at: Date) =>
    office.act(references[name] as string, actor, action, fields, at);
  const answer = { answer: "The hall is open again." };

  const rated = await receive("kept, and reopened");
  await act("kept, and reopened", rana, "take", {}, since(hour));
  await act("kept, and reopened", rana, "answer", answer, since(2 * hour));
  const reason = { reason: "It is closed again." };
  await office.applicantActs(rated, "reopen", reason, since(3 * day));
  await receive("answered late");
  await act("answered late", rana, "take", {}, since(hour));
  await act("answered late", rana, "answer", answer, since(28 * day));
  await receive("in hand and late");
  await act("in hand and late", rana, "take", {}, since(hour));
  await receive("in hand, not due yet", since(30 * day));
  await act("in hand, not due yet", rana, "take", {}, since(30 * day + hour));
  await receive("waits for the applicant");
  await act("waits for the applicant", rana, "ask", { question: "Which day was it?" }, since(hour));
  await receive("the manager's");
  await act("the manager's", omar, "take", {}, since(hour));
  await receive("nobody's");
  // Late at Omar's, and Rana helps him out.
  await receive("taken over when it was late");
  await act("taken over when it was late", omar, "take", {}, since(hour));
  await act("taken over when it was late", rana, "take", {}, since(27 * day));
  await act("taken over when it was late", rana, "answer", answer, since(28 * day));
  await receive("given to her when it was late");
  await act("given to her when it was late", omar, "take", {}, since(hour));
  await act("given to her when it was late", omar, "give", { colleague: rana.userId }, since(27 * day));
  // In time, and Omar's from then on.
  await receive("given away when it was late");
  await act("given away when it was late", rana, "take", {}, since(hour));
  await act("given away when it was late", rana, "give", { colleague: omar.userId }, since(27 * day));
  const withdrawn = await receive("withdrawn");
  await act("withdrawn", rana, "take", {}, since(hour));
  await office.applicantActs(withdrawn, "withdraw", {}, since(30 * day));
  await receive("passed on");
  await act("passed on", rana, "take", {}, since(hour));
  await act("passed on", rana, "transfer", { entity: "MOF", reason: "Theirs" }, since(2 * hour));
}, 120_000);
afterAll(() => office.close());

const deskOf = async (actor: Actor, now = later): Promise<FocalDesk> =>
  (await office.services.home({ actor, now })).desks[0] as FocalDesk;
const listOf = async (actor: Actor, now = later) =>
  office.services.cases.search({ actor, now, filters: { happened: "myDueLastMonth" }, offset: 0, limit: 25 });
const subjects = async (actor: Actor, now = later) =>
  (await listOf(actor, now)).rows.map(({ subject }) => subject).sort();

it("a case that was rejected and opened again was open once at each moment, and not in between", async () => {
  const at = (days: number) => since((60 + days) * day);
  const { reference } = await office.receive({ subject: "rejected, and reopened" }, at(1));
  const [reason] = office.setup.closingReasons.keys();
  await office.act(reference, omar, "reject", { closingReason: reason, explanation: "It is not ours." }, at(2));
  await office.act(reference, office.official("operation_room"), "reopen", { reason: "It is." }, at(4));
  const moments = [at(0.5), at(1.5), at(3), at(5)];
  const asked = { programme, entities: null, confidential: false, moments };
  const [base, ...open] = (await standingAt(office.db, asked)).map((one) => one.open);
  expect(open.map((n) => n - (base ?? 0))).toEqual([1, 0, 1]);
  // As the figures count it.
  const { backlog } = await office.services.reports.kpi({ programme, from: "2027-01-20", to: "2027-01-27", at: at(5) });
  expect(backlog.open).toBe(open.at(-1));
});

describe("my on-time rate", () => {
  it("counts what I answered or have in hand and what fell due, open ones included, each cycle by itself", async () => {
    // Kept once, late after the reopening; answered late; open and late, one of them with Omar now.
    expect((await deskOf(rana)).onTime).toEqual({ numerator: 1, denominator: 5, rate: 0.2 });
    expect((await deskOf(omar)).onTime).toEqual({ numerator: 0, denominator: 3, rate: 0 });
  });

  it("leads to exactly these cases, whoever asks sees their own", async () => {
    expect(await subjects(rana)).toEqual([
      "answered late",
      "given away when it was late",
      "in hand and late",
      "kept, and reopened",
    ]);
    expect(await subjects(omar)).toEqual([
      "given to her when it was late",
      "taken over when it was late",
      "the manager's",
    ]);
    expect(await subjects(office.official("focal_point", "MOF"))).toEqual([]);
    // The operation room sees all of them, and none is its own.
    expect(await subjects(office.official("operation_room"))).toEqual([]);
  });

  it("is the same by diwan kpi of a person, whose lists are these cases too", async () => {
    const period = { from: "2026-11-28", to: "2026-12-28" };
    for (const who of [rana, omar]) {
      const asked = { programme, ...period, at: later, entities: ["CSPD"], person: who.userId, confidential: true };
      const { onTimeResolution } = await office.services.reports.kpi(asked);
      expect(onTimeResolution).toEqual((await deskOf(who)).onTime);
      const counted = { happening: "fellDue", ...period, level: null } as const;
      const filters = { handledBy: who.userId, counted };
      const found = await office.services.cases.search({ actor: who, now: later, filters, offset: 0, limit: 25 });
      expect(found.rows.map(({ subject }) => subject).sort()).toEqual(await subjects(who));
    }
  });

  it("is the same of what an earlier release stored, whose clocks did not say whose they were", async () => {
    const before = [(await deskOf(rana)).onTime, (await deskOf(omar)).onTime];
    const held =
      "select case_id, cycle, target, held_by from clocks where target <> 'acknowledgement' order by 1, 2, 3";
    const written = "select id, answer_written_at from cases order by 1";
    const stored = [await office.rows(held), await office.rows(written)];
    await office.asOwner("drop index cases_important");
    await office.asOwner("alter table clocks drop column held_by");
    await office.asOwner("alter table cases drop column answer_written_at");
    const statements = overdue.up.replaceAll(/^--.*$/gm, "").split(";");
    for (const statement of statements) if (statement.trim() !== "") await office.asOwner(statement);
    expect([await office.rows(held), await office.rows(written)]).toEqual(stored);
    expect([(await deskOf(rana)).onTime, (await deskOf(omar)).onTime]).toEqual(before);
  });

  it("adds up, with what nobody took, to what diwan kpi says of the entity", async () => {
    const period = { from: "2026-11-28", to: "2026-12-28" };
    const { onTimeResolution } = await office.services.reports.kpi({
      programme,
      ...period,
      at: later,
      entities: ["CSPD"],
    });
    const [mine, theirs] = [(await deskOf(rana)).onTime, (await deskOf(omar)).onTime];
    const untaken = { numerator: 0, denominator: 1 };
    const sum = (part: "numerator" | "denominator") => mine[part] + theirs[part] + untaken[part];
    expect(onTimeResolution).toMatchObject({ numerator: sum("numerator"), denominator: sum("denominator") });
  });

  it("is no data where nothing fell due, and forgets what was due before these days", async () => {
    const none = { numerator: 0, denominator: 0, rate: null };
    expect((await deskOf(rana, since(5 * day))).onTime).toEqual(none);
    expect((await deskOf(omar, since(90 * day))).onTime).toEqual(none);
    expect(await subjects(omar, since(90 * day))).toEqual([]);
  });

  it("is of nobody else's seat: whoever lost the entity counts its cases no more", async () => {
    const elsewhere: Person = { ...rana, seats: office.official("focal_point", "MOF").seats };
    expect((await deskOf(elsewhere)).onTime.denominator).toBe(0);
    expect(await subjects(elsewhere)).toEqual([]);
  });
});
