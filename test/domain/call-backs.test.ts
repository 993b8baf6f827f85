/** When somebody is called back, how often, and who is asked how satisfied they are. */
import { describe, expect, it } from "@jest/globals";
import { afterTry, callBackPolicy, callMoments, type TryOutcome } from "../../src/engine/contact-centre/call-backs.js";
import { callAnswer, callPromise, callWait, type PromisedCall } from "../../src/engine/contact-centre/call-promise.js";
import { readShifts, shiftEnd, shiftsOf } from "../../src/engine/contact-centre/shifts.js";
import { isSurveyed } from "../../src/engine/contact-centre/survey-sample.js";
import { ratingsByWay } from "../../src/engine/measures/contact-kpi.js";
import { sampleBucketOf } from "../../src/engine/rules/sample-bucket.js";
import { calendar, sunday } from "../support/office.js";

const policy = { hours: 7, wishHours: 1, tries: 3, spacingHours: 3 };
const iso = (at: Date) => at.toISOString();

describe("when a call is due", () => {
  it.each([
    // 13:00 on a Sunday in Amman; the day ends at 15:00.
    ["in working time", "2026-11-22T10:00:00Z", "2026-11-22T10:00:00.000Z", "2026-11-23T10:00:00.000Z"],
    ["at night", "2026-11-22T20:00:00Z", "2026-11-23T05:30:00.000Z", "2026-11-23T12:30:00.000Z"],
    ["on a day off", "2026-11-27T08:00:00Z", "2026-11-29T05:30:00.000Z", "2026-11-29T12:30:00.000Z"],
  ])("%s", (_name, from, ready, due) => {
    const moments = callMoments({ policy, calendar, from: new Date(from), wishedAt: null });
    expect([iso(moments.readyAt), iso(moments.dueAt)]).toEqual([ready, due]);
  });

  it("is soon after the time that somebody wished for, or after the next opening where nobody is called then", () => {
    const wish = (wishedAt: string) => {
      const from = new Date("2026-11-22T10:00:00Z");
      const moments = callMoments({ policy, calendar, from, wishedAt: new Date(wishedAt) });
      return [iso(moments.readyAt), iso(moments.dueAt)];
    };
    expect(wish("2026-11-23T07:00:00Z")).toEqual(["2026-11-23T07:00:00.000Z", "2026-11-23T08:00:00.000Z"]);
    expect(wish("2026-11-27T08:00:00Z")).toEqual(["2026-11-29T05:30:00.000Z", "2026-11-29T06:30:00.000Z"]);
  });

  it("is as the programme says, and as shipped where it says nothing", () => {
    expect(callBackPolicy({})).toEqual({ hours: 7, wishHours: 1, tries: 3, spacingHours: 3 });
    expect(
      callBackPolicy({ callBackHours: 2, callBackWishHours: 3, callBackTries: 1, callBackSpacingHours: 5 }),
    ).toEqual({ hours: 2, wishHours: 3, tries: 1, spacingHours: 5 });
  });
});

describe("what is said of a call that comes", () => {
  const at = (iso: string) => new Date(iso);
  // Sunday, 13:00 in Amman.
  const now = at("2026-11-22T10:00:00Z");
  const call = { readyAt: now, dueAt: at("2026-11-23T10:00:00Z"), wishedAt: null, lastOutcome: null };
  const later = at("2026-11-23T06:00:00Z");
  const zone = calendar.timeZone;

  it.each([
    ["as soon as may be", call, "We will call you by Monday 23 November 2026, 13:00."],
    [
      "late",
      { ...call, dueAt: at("2026-11-22T09:00:00Z") },
      "We should have called you by Sunday 22 November 2026, 12:00. We will still call you.",
    ],
    [
      "after a call that nobody answered",
      { ...call, lastOutcome: "busy" as const, readyAt: later },
      "We called you and could not reach you. We will call again by Monday 23 November 2026, 13:00.",
    ],
    [
      "after a call that the person put off, and wants sooner now",
      { ...call, lastOutcome: "later" as const },
      "We will call you by Monday 23 November 2026, 13:00.",
    ],
    [
      "at a wished time",
      { ...call, lastOutcome: "later" as const, readyAt: later, wishedAt: later },
      "We will call you from Monday 23 November 2026, 09:00, and by Monday 23 November 2026, 13:00 at the latest.",
    ],
  ])("%s", (_when, promised, words) => {
    expect(callPromise(promised, now, zone).en).toBe(words);
  });

  it("names a wish that cannot be, and the hours of the day on which the call comes instead", () => {
    const night = at("2026-11-22T18:00:00Z");
    const moved = { ...call, wishedAt: night, ...callMoments({ policy, calendar, from: now, wishedAt: night }) };
    expect(callAnswer(moved, now, calendar).map(({ en }) => en)).toEqual([
      "Sunday 22 November 2026, 21:00 is outside our working hours.",
      "On Monday 23 November 2026 we work from 08:30 to 15:30.",
      "We will call you from Monday 23 November 2026, 08:30, and by Monday 23 November 2026, 09:30 at the latest.",
    ]);
    expect(callAnswer({ ...call, readyAt: later, wishedAt: later }, now, calendar)).toHaveLength(1);
  });

  it.each<[string, Omit<PromisedCall, "dueAt">]>([
    ["wished", { readyAt: later, wishedAt: later, lastOutcome: "noAnswer" }],
    ["noAnswer", { readyAt: later, wishedAt: null, lastOutcome: "noAnswer" }],
    ["hours", { readyAt: later, wishedAt: null, lastOutcome: null }],
    // They spoke with us, and want it sooner now.
    ["hours", { readyAt: later, wishedAt: null, lastOutcome: "later" }],
    ["hours", { readyAt: at("2026-11-22T08:00:00Z"), wishedAt: at("2026-11-22T08:00:00Z"), lastOutcome: "later" }],
  ])("waits because of: %s", (wait, task) => {
    expect(callWait(task, now)).toBe(wait);
  });
});

describe("what a try leads to", () => {
  const leads = (outcome: TryOutcome, before = { unanswered: 0, postponed: 0 }, laterAt: Date | null = null) =>
    afterTry({ policy, calendar, before, outcome, laterAt, now: sunday });

  it.each<[TryOutcome]>([["reached"], ["wrongNumber"], ["refused"]])("%s ends it", (outcome) => {
    expect(leads(outcome)).toEqual({ state: "done", outcome });
  });

  it.each<[TryOutcome]>([["noAnswer"], ["busy"]])("%s is tried again later, in working time", (outcome) => {
    const next = leads(outcome);
    // Two hours of Sunday are left, and the third is Monday's first.
    expect(next).toMatchObject({ state: "open", readyAt: new Date("2026-11-23T06:00:00Z") });
  });

  it("gives up after so many calls that nobody answered", () => {
    expect(leads("noAnswer", { unanswered: 1, postponed: 0 }).state).toBe("open");
    expect(leads("busy", { unanswered: 2, postponed: 0 })).toEqual({ state: "done", outcome: "notReached" });
  });

  it("calls when the person asked, also after calls without an answer, and not for ever", () => {
    const asked = new Date("2026-11-24T09:00:00Z");
    expect(leads("later", { unanswered: 2, postponed: 0 }, asked)).toMatchObject({ state: "open", readyAt: asked });
    // What lies behind is no wish.
    expect(leads("later", { unanswered: 0, postponed: 0 }, new Date("2026-11-01T09:00:00Z"))).toMatchObject({
      readyAt: new Date("2026-11-23T06:00:00Z"),
    });
    expect(leads("later", { unanswered: 0, postponed: 2 }, asked)).toEqual({ state: "done", outcome: "notReached" });
  });
});

describe("the sample of survey calls", () => {
  const ids = Array.from({ length: 5000 }, (_, i) => 1000 + i);
  it("is as large as it is said to be, and the same whenever it is drawn", () => {
    const drawn = ids.filter((id) => isSurveyed(id, 20));
    expect(drawn.length / ids.length).toBeCloseTo(0.2, 1);
    expect(ids.filter((id) => isSurveyed(id, 20))).toEqual(drawn);
    expect(ids.filter((id) => isSurveyed(id, 0))).toEqual([]);
    expect(ids.filter((id) => isSurveyed(id, 100))).toEqual(ids);
    // A larger share keeps those that the smaller one drew.
    expect(drawn.every((id) => isSurveyed(id, 30))).toBe(true);
  });

  it("is another draw than that of quality review", () => {
    const both = ids.filter((id) => isSurveyed(id, 20) && sampleBucketOf(String(id)) < 20).length;
    expect(both / ids.length).toBeCloseTo(0.04, 1);
  });
});

describe("shifts", () => {
  it.each([
    ["08:00 16:00", ["08:00", "16:00"]],
    ["07:30, 15:30, 23:30", ["07:30", "15:30", "23:30"]],
    ["16:00 08:00", null],
    ["08:00 08:00", null],
    ["8:00", null],
    ["24:00", null],
    ["", null],
    ["morning", null],
    ["01:00 02:00 03:00 04:00 05:00 06:00 07:00", null],
  ])("%s is read", (text, expected) => {
    expect(readShifts(text)).toEqual(expected);
  });

  it("go round midnight", () => {
    const shifts = shiftsOf({ shifts: "08:00 15:00" });
    expect([shiftEnd("08:00", shifts), shiftEnd("15:00", shifts)]).toEqual(["15:00", "08:00"]);
  });
});

describe("ratings by way", () => {
  it("keep back what fewer than ten people said", () => {
    expect(ratingsByWay("survey", { good: 9, ratings: 9, asked: 12 })).toEqual({
      ...{ way: "survey", ratings: "few", good: null },
      responseRate: { numerator: 0, denominator: 0, rate: null },
    });
    expect(ratingsByWay("web", { good: 15, ratings: 20, asked: 40 })).toMatchObject({ good: 0.75, ratings: 20 });
    expect(ratingsByWay("web", { good: 15, ratings: 20, asked: 40, rated: 18 }).responseRate.numerator).toBe(18);
    expect(ratingsByWay("web", { good: 0, ratings: 0, asked: 0 })).toMatchObject({ good: null, ratings: 0 });
  });
});
