import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Budget } from "../../src/engine/calendar/budget.js";
import type { Clock } from "../../src/engine/calendar/clock.js";
import {
  breachClock,
  cancelClock,
  consumedSeconds,
  isRunning,
  meetClock,
  momentAtPercent,
  pauseClock,
  resumeClock,
  startClock,
  timeLeft,
} from "../../src/engine/calendar/clocks.js";
import { compileCalendar } from "../../src/engine/calendar/working-calendar.js";
import { anyCalendar, anyMoment, seededCalendar } from "../support/calendars.js";

const jordan = compileCalendar(seededCalendar("jordan"));
/** A moment of the last week of November 2026 in Amman: Wednesday the 25th to Thursday the 26th, Sunday the 29th. */
const at = (day: number, time: string): Date => new Date(`2026-11-${day}T${time}:00+03:00`);
const start = (budget: Budget, from: Date, calendar = jordan): Clock =>
  startClock({ target: "resolution", cycle: 1, budget, calendar, calendarVersionId: 7, at: from });
const hours = (amount: number): Budget => ({ amount, unit: "workingHours" });
const days = (amount: number): Budget => ({ amount, unit: "workingDays" });
const wall = (amount: number): Budget => ({ amount, unit: "calendarHours" });

describe("a clock of seven working hours from Wednesday 10:00", () => {
  const clock = start(hours(7), at(25, "10:00"));
  it("is due on Thursday at 10:00 and pins its calendar", () => {
    expect(clock).toMatchObject({ dueAt: at(26, "10:00"), calendarVersionId: 7, consumedSeconds: 0, pausedSeconds: 0 });
    expect(isRunning(clock)).toBe(true);
  });
  it("has consumed and left what the working day says", () => {
    expect(consumedSeconds(clock, jordan, at(25, "15:00"))).toBe(5 * 3600);
    expect(timeLeft(clock, jordan, at(25, "15:00"))).toBe(2 * 3600);
    expect(timeLeft(clock, jordan, at(25, "22:00"))).toBe(1.5 * 3600);
    expect(timeLeft(clock, jordan, at(26, "12:00"))).toBe(-2 * 3600);
  });
  it("knows its percents", () => {
    expect(momentAtPercent(clock, jordan, 50)).toEqual(at(25, "13:30"));
    expect(momentAtPercent(clock, jordan, 100)).toEqual(at(26, "10:00"));
    expect(momentAtPercent(clock, jordan, 200)).toEqual(at(29, "10:00"));
  });
  it("paused at 12:00, resumed on Sunday at 09:00, is due at 14:00", () => {
    const paused = pauseClock(clock, jordan, at(25, "12:00"));
    expect(paused).toMatchObject({ consumedSeconds: 7200, runningSince: null, pausedAt: at(25, "12:00"), dueAt: null });
    expect(isRunning(paused)).toBe(false);
    expect(timeLeft(paused, jordan, at(29, "09:00"))).toBe(5 * 3600);
    expect(consumedSeconds(paused, jordan, at(29, "09:00"))).toBe(7200);
    expect(momentAtPercent(paused, jordan, 50)).toBeNull();
    const resumed = resumeClock(paused, jordan, at(29, "09:00"));
    // Paused: Wednesday 12:00–15:30, Thursday 7 h, Sunday half an hour.
    expect(resumed).toMatchObject({
      dueAt: at(29, "14:00"),
      pausedAt: null,
      runningSince: at(29, "09:00"),
      pausedSeconds: 11 * 3600,
    });
    expect(momentAtPercent(resumed, jordan, 50)).toEqual(at(29, "10:30"));
  });
  it("is met once, and keeps when it was due", () => {
    const met = meetClock(clock, jordan, at(25, "14:00"));
    expect(met).toMatchObject({
      metAt: at(25, "14:00"),
      consumedSeconds: 4 * 3600,
      runningSince: null,
      dueAt: at(26, "10:00"),
    });
    expect(meetClock(met, jordan, at(25, "15:00"))).toBe(met);
    expect(cancelClock(met, jordan, at(25, "15:00"))).toBe(met);
    expect(pauseClock(met, jordan, at(25, "15:00"))).toBe(met);
    expect(resumeClock(met, jordan, at(25, "15:00"))).toBe(met);
    expect(timeLeft(met, jordan, at(29, "15:00"))).toBe(3 * 3600);
    expect(momentAtPercent(met, jordan, 100)).toBeNull();
  });
  it("met while paused is due when it would have been, had it run again then", () => {
    const met = meetClock(pauseClock(clock, jordan, at(25, "12:00")), jordan, at(25, "13:00"));
    expect(met).toMatchObject({
      metAt: at(25, "13:00"),
      consumedSeconds: 7200,
      pausedSeconds: 3600,
      dueAt: at(26, "11:00"),
      pausedAt: null,
    });
  });
  it("is found late once, runs on, and may be met afterwards", () => {
    const late = breachClock(clock, at(26, "10:01"));
    expect(isRunning(late)).toBe(true);
    expect(breachClock(late, at(26, "11:00"))).toBe(late);
    expect(meetClock(late, jordan, at(26, "11:30"))).toMatchObject({
      breachedAt: at(26, "10:01"),
      metAt: at(26, "11:30"),
      consumedSeconds: 8.5 * 3600,
    });
  });
  it("a late clock that pauses and runs on stays as late as it was", () => {
    const late = breachClock(clock, at(26, "10:01"));
    const resumed = resumeClock(pauseClock(late, jordan, at(26, "11:00")), jordan, at(26, "13:00"));
    expect(resumed.dueAt).toEqual(at(26, "12:00"));
    expect(timeLeft(resumed, jordan, at(26, "13:00"))).toBe(-3600);
  });
  it("cancelled it ends and is never late", () => {
    const cancelled = cancelClock(clock, jordan, at(25, "11:00"));
    expect(cancelled).toMatchObject({
      cancelledAt: at(25, "11:00"),
      metAt: null,
      runningSince: null,
      consumedSeconds: 3600,
    });
    expect(breachClock(cancelled, at(29, "10:00"))).toBe(cancelled);
    expect(isRunning(cancelled)).toBe(false);
  });
  it("changes no clock it was given", () => {
    const frozen = Object.freeze({ ...clock });
    pauseClock(frozen, jordan, at(25, "12:00"));
    meetClock(frozen, jordan, at(25, "12:00"));
    breachClock(frozen, at(25, "12:00"));
    expect(frozen).toEqual(clock);
  });
});

describe("working days and calendar hours", () => {
  it("three working days from Wednesday 12:00; a pause of two working hours moves them by as much", () => {
    const clock = start(days(3), at(25, "12:00"));
    expect(clock.dueAt).toEqual(at(30, "12:00"));
    const resumed = resumeClock(pauseClock(clock, jordan, at(26, "09:00")), jordan, at(26, "11:00"));
    expect(resumed).toMatchObject({ dueAt: at(30, "14:00"), pausedSeconds: 7200 });
    expect(timeLeft(resumed, jordan, at(30, "13:00"))).toBe(3600);
    const again = resumeClock(pauseClock(resumed, jordan, at(29, "09:00")), jordan, at(29, "10:00"));
    expect(again.dueAt).toEqual(at(30, "15:00"));
  });
  it("their percents are of the working time from start to due", () => {
    const clock = start(days(2), at(25, "10:00"));
    expect(momentAtPercent(clock, jordan, 50)).toEqual(at(26, "10:00"));
    const resumed = resumeClock(pauseClock(clock, jordan, at(25, "11:00")), jordan, at(25, "12:00"));
    expect(momentAtPercent(resumed, jordan, 50)).toEqual(at(26, "11:00"));
    expect(momentAtPercent(resumed, jordan, 100)).toEqual(resumed.dueAt);
  });
  it("paused working days show what they had left", () => {
    const paused = pauseClock(start(days(1), at(25, "10:00")), jordan, at(25, "14:30"));
    expect(timeLeft(paused, jordan, at(29, "10:00"))).toBe(2.5 * 3600);
  });
  it("48 calendar hours run at night and over the weekend; a pause counts on the wall, its working seconds are kept", () => {
    const clock = start(wall(48), at(26, "12:00"));
    expect(clock.dueAt).toEqual(at(28, "12:00"));
    expect(timeLeft(clock, jordan, at(27, "12:00"))).toBe(24 * 3600);
    expect(momentAtPercent(clock, jordan, 25)).toEqual(at(27, "00:00"));
    const paused = pauseClock(clock, jordan, at(26, "14:00"));
    expect(paused.consumedSeconds).toBe(7200);
    expect(resumeClock(paused, jordan, at(27, "14:00"))).toMatchObject({
      dueAt: at(29, "12:00"),
      pausedSeconds: 1.5 * 3600,
    });
  });
  it("a target of another system stays where it was set", () => {
    const imported: Clock = { ...start(hours(1), at(25, "10:00")), budget: null, dueAt: at(26, "10:00") };
    const paused = pauseClock(imported, jordan, at(25, "12:00"));
    expect(paused.dueAt).toEqual(at(26, "10:00"));
    expect(timeLeft(paused, jordan, at(25, "14:00"))).toBe(5 * 3600);
    expect(resumeClock(paused, jordan, at(25, "14:00")).dueAt).toEqual(at(26, "10:00"));
  });
  it("an acknowledgement of no time is met at once", () => {
    const clock = start(hours(0), at(25, "10:00"));
    expect(meetClock(clock, jordan, at(25, "10:00"))).toMatchObject({ dueAt: at(25, "10:00"), consumedSeconds: 0 });
  });
});

describe("any clock, paused and resumed at will", () => {
  const anyBudget = fc.oneof(
    fc.integer({ min: 1, max: 400 }).map((quarters) => hours(quarters / 4)),
    fc.integer({ min: 1, max: 15 }).map(days),
    fc.integer({ min: 1, max: 400 }).map(wall),
  );
  const history = fc.array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 6 });

  /** Pauses and resumes in turn, each so many wall seconds after the one before; running at the end. */
  function live(calendar: typeof jordan, clock: Clock, gaps: readonly number[]): { clock: Clock; now: Date } {
    let now = clock.startedAt;
    for (const gap of gaps) {
      now = new Date(now.getTime() + gap * 1000);
      clock = clock.pausedAt === null ? pauseClock(clock, calendar, now) : resumeClock(clock, calendar, now);
    }
    return { clock: resumeClock(clock, calendar, now), now };
  }

  it("loses and invents no second: consumed and paused make up the time since the start", () => {
    fc.assert(
      fc.property(anyCalendar, anyMoment, anyBudget, history, (definition, from, budget, gaps) => {
        const calendar = compileCalendar(definition);
        const { clock, now } = live(calendar, start(budget, from, calendar), gaps);
        if (budget.unit === "calendarHours") return;
        expect(consumedSeconds(clock, calendar, now) + clock.pausedSeconds).toBe(calendar.between(from, now));
      }),
      { numRuns: 60 },
    );
  });

  it("is due when the rest of the budget is used up, in its own kind of time", () => {
    fc.assert(
      fc.property(anyCalendar, anyMoment, anyBudget, history, (definition, from, budget, gaps) => {
        const calendar = compileCalendar(definition);
        const first = start(budget, from, calendar);
        const { clock, now } = live(calendar, first, gaps);
        const due = clock.dueAt as Date;
        if (budget.unit === "calendarHours") {
          expect((+due - +now) / 1000).toBe(budget.amount * 3600 - clock.consumedSeconds);
        } else {
          // Moved by exactly the working time of the pauses.
          expect(calendar.between(first.dueAt as Date, due)).toBe(clock.pausedSeconds);
          if (due >= now)
            expect(consumedSeconds(clock, calendar, due)).toBe(calendar.between(from, first.dueAt as Date));
        }
        expect(timeLeft(clock, calendar, due)).toBe(0);
        expect(momentAtPercent(clock, calendar, 100)).toEqual(due);
      }),
      { numRuns: 60 },
    );
  });

  it("moments of percent are in order", () => {
    fc.assert(
      fc.property(anyCalendar, anyMoment, anyBudget, history, (definition, from, budget, gaps) => {
        const calendar = compileCalendar(definition);
        const { clock } = live(calendar, start(budget, from, calendar), gaps);
        const moments = [10, 50, 80, 99, 100, 101, 150, 300].map(
          (percent) => +(momentAtPercent(clock, calendar, percent) as Date),
        );
        expect(moments).toEqual([...moments].sort((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });
});
