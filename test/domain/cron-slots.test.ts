import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { jobDefinitions } from "../../src/engine/jobs/job-definitions.js";
import { slotBefore } from "../../src/platform/jobs/cron-slots.js";

const slot = (cron: string, zone: string, at: string): string => slotBefore(cron, zone, new Date(at)).toISOString();

describe("the last moment of a cron expression", () => {
  it.each([
    // Amman is three hours ahead all year since 2022: Sunday 08:00 there is 05:00Z.
    ["0 8 * * 0", "Asia/Amman", "2026-11-25T10:00:00Z", "2026-11-22T05:00:00.000Z"],
    ["0 8 * * 0", "Asia/Amman", "2026-11-22T05:00:00.000Z", "2026-11-22T05:00:00.000Z"],
    ["0 8 * * 0", "Asia/Amman", "2026-11-22T04:59:59.999Z", "2026-11-15T05:00:00.000Z"],
    ["*/15 * * * * *", "UTC", "2026-11-25T10:00:44.999Z", "2026-11-25T10:00:30.000Z"],
    ["* * * * *", "UTC", "2026-11-25T10:00:00.001Z", "2026-11-25T10:00:00.000Z"],
    // Eight o'clock in Boston stays eight o'clock when summer time begins on 8 March 2026.
    ["0 8 * * *", "America/New_York", "2026-03-07T23:00:00Z", "2026-03-07T13:00:00.000Z"],
    ["0 8 * * *", "America/New_York", "2026-03-08T23:00:00Z", "2026-03-08T12:00:00.000Z"],
    ["0 8 * * *", "America/New_York", "2026-11-01T23:00:00Z", "2026-11-01T13:00:00.000Z"],
  ])("of %s in %s at %s", (cron, zone, at, expected) => {
    expect(slot(cron, zone, at)).toBe(expected);
  });

  it("is never later than now, and is its own last moment", () => {
    const from = Date.UTC(2024, 0, 1);
    const crons = jobDefinitions.map(({ defaultCron }) => defaultCron);
    fc.assert(
      fc.property(
        fc.constantFrom(...crons),
        fc.constantFrom("Asia/Amman", "America/New_York", "UTC"),
        fc.integer({ min: from, max: Date.UTC(2028, 0, 1) }),
        (cron, zone, ms) => {
          const found = slotBefore(cron, zone, new Date(ms));
          expect(found.getTime()).toBeLessThanOrEqual(ms);
          expect(slotBefore(cron, zone, found)).toEqual(found);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each(["every day", "61 * * * *", "* * * * * * *"])("refuses %j", (cron) => {
    expect(() => slotBefore(cron, "UTC", new Date(0))).toThrow();
  });
});
