import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { checkCalendar, compileCalendar } from "../../src/engine/calendar/working-calendar.js";
import { anyCalendar, anyMoment } from "../support/calendars.js";
import { daySteppingCalendar } from "../support/day-stepping.js";

const runs = { numRuns: 60 };
const anySeconds = fc.integer({ min: 0, max: 400_000 });

describe("any calendar agrees with stepping over its days", () => {
  it("add of working time, and between", () => {
    fc.assert(
      fc.property(
        anyCalendar,
        fc.array(fc.tuple(anyMoment, anySeconds), { minLength: 1, maxLength: 6 }),
        (definition, asked) => {
          expect(checkCalendar(definition)).toEqual([]);
          const calendar = compileCalendar(definition);
          const steps = daySteppingCalendar(definition);
          for (const [start, seconds] of asked) {
            const due = calendar.addSeconds(start, seconds);
            expect(due).toEqual(steps.addSeconds(start, seconds));
            expect(calendar.between(start, due)).toBe(steps.between(start, due));
            const later = new Date(start.getTime() + seconds * 5000);
            expect(calendar.between(start, later)).toBe(steps.between(start, later));
          }
        },
      ),
      runs,
    );
  });
  it("add of working days", () => {
    fc.assert(
      fc.property(
        anyCalendar,
        fc.array(fc.tuple(anyMoment, fc.integer({ min: 0, max: 20 })), { minLength: 1, maxLength: 6 }),
        (definition, asked) => {
          const calendar = compileCalendar(definition);
          const steps = daySteppingCalendar(definition);
          for (const [start, amount] of asked) {
            expect(calendar.add(start, { amount, unit: "workingDays" }).due).toEqual(steps.addDays(start, amount));
          }
        },
      ),
      runs,
    );
  });
});

describe("laws of working time", () => {
  const law = (
    check: (calendar: ReturnType<typeof compileCalendar>, moments: [Date, Date, Date], seconds: number) => void,
  ): void =>
    fc.assert(
      fc.property(
        anyCalendar,
        anyMoment,
        anyMoment,
        anyMoment,
        anySeconds,
        fc.integer({ min: 0, max: 999 }),
        (definition, a, b, c, seconds, ms) => {
          const [x, y, z] = [a, b, c].map((m) => new Date(m.getTime() + ms)).sort((p, q) => +p - +q) as [
            Date,
            Date,
            Date,
          ];
          check(compileCalendar(definition), [x, y, z], seconds);
        },
      ),
      runs,
    );

  it("between undoes addSeconds, forwards and back, milliseconds or not", () =>
    law((calendar, [x], seconds) => {
      const due = calendar.addSeconds(x, seconds);
      expect(calendar.between(x, due)).toBe(seconds);
      expect(calendar.between(calendar.addSeconds(x, -seconds), x)).toBe(seconds);
    }));
  it("between is additive", () =>
    law((calendar, [x, y, z]) => expect(calendar.between(x, y) + calendar.between(y, z)).toBe(calendar.between(x, z))));
  it("a later start or a larger budget is never due earlier", () =>
    law((calendar, [x, y], seconds) => {
      for (const unit of ["workingHours", "workingDays", "calendarHours"] as const) {
        const amount = unit === "workingDays" ? Math.floor(seconds / 30_000) : seconds / 3600;
        expect(+calendar.add(y, { amount, unit }).due).toBeGreaterThanOrEqual(+calendar.add(x, { amount, unit }).due);
        expect(+calendar.add(x, { amount: amount + 1, unit }).due).toBeGreaterThan(
          +calendar.add(x, { amount, unit }).due,
        );
      }
    }));
  it("the next opening is working time with nothing worked before it", () =>
    law((calendar, [x]) => {
      const opening = calendar.nextOpening(x);
      expect(calendar.isWorkingTime(opening)).toBe(true);
      expect(calendar.between(x, opening)).toBe(0);
      expect(opening >= x).toBe(true);
      expect(calendar.isWorkingTime(x)).toBe(+opening === +x);
    }));
  it("the stretches of a walk add up to between, in order and without overlap", () =>
    law((calendar, [x], seconds) => {
      const y = new Date(+x + seconds * 5000);
      const worked = calendar.walk(x, y).flatMap((s) => (s.kind === "worked" ? [s] : []));
      expect(worked.reduce((sum, s) => sum + s.seconds, 0)).toBe(calendar.between(x, y));
      for (const [i, s] of worked.entries()) expect(+s.from).toBeGreaterThanOrEqual(+(worked[i - 1]?.to ?? x));
    }));
});
