/** When digests are due: the last moment, the next one, days off, short months, a change of the clocks. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  askedUntil,
  type DigestTiming,
  lastDue,
  nextDue,
  periodKey,
} from "../../src/engine/letters/digest-schedule.js";

const weekly: DigestTiming = { period: "week", weekday: "sun", monthDay: 1, hour: 8 };
const daily: DigestTiming = { ...weekly, period: "day" };
const monthly: DigestTiming = { ...weekly, period: "month", monthDay: 31 };
const weekend = (date: string) => [5, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
const amman = { timeZone: "Asia/Amman", isWorkingDay: (date: string) => !weekend(date) };
const feast = {
  ...amman,
  isWorkingDay: (date: string) => !weekend(date) && !(date >= "2026-11-22" && date <= "2026-11-24"),
};
const at = (text: string) => new Date(text);
const told = (due: ReturnType<typeof lastDue>) => due && [due.at.toISOString(), due.of.from, due.of.to];

describe("a weekly digest", () => {
  it.each([
    ["2026-11-22T05:00:00Z", "2026-11-22T05:00:00.000Z", "2026-11-15", "2026-11-22"],
    ["2026-11-22T04:59:59Z", "2026-11-15T05:00:00.000Z", "2026-11-08", "2026-11-15"],
    ["2026-11-28T20:00:00Z", "2026-11-22T05:00:00.000Z", "2026-11-15", "2026-11-22"],
  ])("at %s was last due at %s, for %s to %s", (now, ...due) => {
    expect(told(lastDue(weekly, at(now), amman))).toEqual(due);
  });

  it("on a day off comes on the next working day, of its own week still", () => {
    expect(told(lastDue(weekly, at("2026-11-24T22:00:00Z"), feast))).toEqual([
      "2026-11-15T05:00:00.000Z",
      "2026-11-08",
      "2026-11-15",
    ]);
    expect(told(nextDue(weekly, at("2026-11-22T06:00:00Z"), feast))).toEqual([
      "2026-11-25T05:00:00.000Z",
      "2026-11-15",
      "2026-11-22",
    ]);
  });

  it("keeps its day where the calendar knows no working day", () => {
    const none = { ...amman, isWorkingDay: () => false };
    expect(lastDue(weekly, at("2026-11-22T05:00:00Z"), none)?.at).toEqual(at("2026-11-22T05:00:00Z"));
  });
});

it("a daily digest rests on days off and has the key of its own day", () => {
  const due = lastDue(daily, at("2026-11-28T10:00:00Z"), amman);
  expect(told(due)).toEqual(["2026-11-26T05:00:00.000Z", "2026-11-25", "2026-11-26"]);
  expect(due && periodKey(daily, due)).toBe("2026-11-26");
});

it("a monthly digest of the 31st comes on the last day of a shorter month", () => {
  expect(told(nextDue(monthly, at("2026-11-02T00:00:00Z"), amman))).toEqual([
    "2026-11-30T05:00:00.000Z",
    "2026-10-01",
    "2026-11-01",
  ]);
});

it("keeps its hour on the wall when the clocks change", () => {
  const newYork = { timeZone: "America/New_York", isWorkingDay: () => true };
  expect(nextDue(weekly, at("2026-03-02T00:00:00Z"), newYork)?.at).toEqual(at("2026-03-08T12:00:00Z"));
  expect(nextDue(weekly, at("2026-10-26T00:00:00Z"), newYork)?.at).toEqual(at("2026-11-01T13:00:00Z"));
});

it("asks by the last working day before the next letter, and for what is critical by the second from now", () => {
  // A Sunday; the office works from Sunday to Thursday.
  const sunday = at("2026-11-15T06:00:00Z");
  expect(askedUntil(weekly, sunday, amman)).toEqual({ critical: "2026-11-17", other: "2026-11-19" });
  // On the Friday before the next letter no working day is left: then it is the letter's own.
  expect(askedUntil(weekly, at("2026-11-20T06:00:00Z"), amman)?.other).toBe("2026-11-22");
  // A letter of a month asks by the same day as one of a week: a month without an answer is none.
  expect(askedUntil(monthly, at("2026-11-01T06:00:00Z"), amman)?.other).toBe("2026-11-05");
});

it("what is next becomes what was last, and nothing lies between", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 365 * 24 * 4 }),
      fc.constantFrom(weekly, daily, monthly),
      fc.constantFrom(amman, feast),
      (quarter, timing, days) => {
        const now = new Date(Date.UTC(2026, 0, 1) + quarter * 900_000);
        const next = nextDue(timing, now, days);
        expect(next).not.toBeNull();
        if (next === null) return;
        expect(lastDue(timing, next.at, days)?.at).toEqual(next.at);
        const just = new Date(next.at.getTime() - 1);
        expect(lastDue(timing, just, days)?.at).toEqual(lastDue(timing, now, days)?.at);
      },
    ),
  );
});
