/** On-time resolution of one person: of what they answered or have in hand, what fell due lately; beside `diwan kpi` and the list. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import type { FocalDesk } from "../../src/engine/measures/home-view.js";
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

describe("my on-time rate", () => {
  it("counts what I answered or have in hand and what fell due, open ones included, each cycle by itself", async () => {
    // Kept once, late after the reopening; answered late; open and late.
    expect((await deskOf(rana)).onTime).toEqual({ numerator: 1, denominator: 4, rate: 0.25 });
    expect((await deskOf(omar)).onTime).toEqual({ numerator: 0, denominator: 1, rate: 0 });
  });

  it("leads to exactly these cases, whoever asks sees their own", async () => {
    expect(await subjects(rana)).toEqual(["answered late", "in hand and late", "kept, and reopened"]);
    expect(await subjects(omar)).toEqual(["the manager's"]);
    expect(await subjects(office.official("focal_point", "MOF"))).toEqual([]);
    // The operation room sees all of them, and none is its own.
    expect(await subjects(office.official("operation_room"))).toEqual([]);
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
