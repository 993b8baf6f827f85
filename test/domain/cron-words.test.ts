import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createTask } from "node-cron";
import { cronWords } from "../../src/engine/jobs/cron-words.js";
import { jobDefinitions } from "../../src/engine/jobs/job-definitions.js";
import { scheduleFaults } from "../../src/platform/jobs/check-schedule.js";
import { slotsAfter } from "../../src/platform/jobs/cron-slots.js";

const now = new Date("2026-11-25T10:00:00Z");

describe("a cron expression in words", () => {
  it.each([
    ["* * * * *", "every minute", "كل دقيقة"],
    ["*/15 * * * * *", "every 15 seconds", "كل 15 ثانية"],
    ["*/5 * * * *", "every 5 minutes", "كل 5 دقائق"],
    ["0 8 * * *", "every day at 08:00", "كل يوم الساعة 08:00"],
    ["0 8 * * 0", "every Sunday at 08:00", "كل يوم أحد الساعة 08:00"],
    ["30 6 * * sun-thu", "from Sunday to Thursday at 06:30", "من الأحد إلى الخميس الساعة 06:30"],
    ["0 8,13 * * 7,3", "every Sunday and Wednesday at 08:00 and 13:00", "أيام الأحد والأربعاء الساعة 08:00 و13:00"],
    ["0 0 1 * *", "on day 1 of each month at 00:00", "في اليوم 1 من كل شهر الساعة 00:00"],
    ["10 */2 * * *", "every 2 hours at minute 10", "كل ساعتين عند الدقيقة 10"],
    ["*/10 * * * 0-4", "every 10 minutes, from Sunday to Thursday", "كل 10 دقائق، من الأحد إلى الخميس"],
  ])("%s", (cron, en, ar) => {
    expect(cronWords(cron)).toEqual({ en, ar });
  });

  it.each(["0 8 1 * 0", "0 8-12 * * *", "0 8 * 1 *", "* *", "0 8 * * *  * *"])("has none for %s", (cron) => {
    expect(cronWords(cron)).toBeNull();
  });

  it("has words for every job as it comes", () => {
    for (const { defaultCron } of jobDefinitions) expect(cronWords(defaultCron)).not.toBeNull();
  });
});

describe("what is wrong with a schedule", () => {
  const fault = (cron: string, timeZone = "Asia/Amman") => scheduleFaults({ cron, timeZone }, now);

  it("nothing, with one that comes", () => {
    for (const { defaultCron } of jobDefinitions) expect(fault(defaultCron)).toEqual([]);
    for (const cron of ["0 8 * * mon-fri", "0 8 1 JAN,jul *", "*/5 8-15 * * 0-4", "0 0 29 2 *"])
      expect(fault(cron)).toEqual([]);
  });

  it.each([
    ["61 * * * *", "minute"],
    ["0 24 * * *", "hour"],
    ["0 8 0 * *", "day of month"],
    ["0 8 * 13 *", "month"],
    ["0 8 * * 8", "day of week"],
    ["0 8 * * L", "day of week"],
    ["0 8 ? * *", "day of month"],
    ["0 0 L * *", "day of month"],
    ["0 0 l * *", "day of month"],
    ["0 0 LW * *", "day of month"],
    ["0 0 15W * *", "day of month"],
    ["0 0 1,L * *", "day of month"],
    ["0 8 * * 5L", "day of week"],
    ["0 8 * * 1#2", "day of week"],
    ["0 8 * * ?", "day of week"],
    ["H * * * *", "minute"],
    ["0 8 * abc *", "month"],
    ["*/0 * * * *", "minute"],
    ["*/90 * * * *", "minute"],
    ["1,,2 * * * *", "minute"],
    ["x * * * *", "minute"],
    ["5/10 * * * *", "minute"],
    ["0 8 * * 6-7/2", "day of week"],
    ["0 8 * * 0,6-7,0-3", "day of week"],
  ])("%s: the %s", (cron, name) => {
    const [found, ...more] = fault(cron);
    expect([found?.field, more]).toEqual(["/cron", []]);
    expect(found?.reason.en).toContain(`is not a valid ${name}.`);
    expect(found?.reason.ar).toMatch(/[\u0600-\u06ff]/);
  });

  it("too few and too many fields, and a day that never comes", () => {
    for (const cron of ["", "* * * *", "* * * * * * *", "@daily"])
      expect(fault(cron)[0]?.reason.en).toContain("five fields");
    expect(fault("0 8 30 2 *")[0]?.reason.en).toContain("never run");
  });

  it.each(["0 8 1 * 0", "0 8 1-7 * mon", "0 8 */2 * 1-5", "0 0 8 1,15 * 0-6"])(
    "%s: days of the month and of the week together",
    (cron) => {
      const [found, ...more] = fault(cron);
      expect([found?.field, found?.reason.en, more]).toEqual(["/cron", expect.stringContaining("in two ways"), []]);
    },
  );

  it("nothing means that node-cron, which the card names, comes to the same moments", () => {
    const from = Date.parse("2026-01-01T00:00:00Z");
    const days: readonly [number, number][] = [
      [1, 31],
      [1, 12],
      [0, 7],
    ];
    const fieldOf = ([min, max]: readonly [number, number]) => {
      const value = fc.integer({ min, max }).map(String);
      const range = fc.tuple(fc.integer({ min, max }), fc.integer({ min, max })).map((pair) => {
        return `${Math.min(...pair)}-${Math.max(...pair)}`;
      });
      const step = fc
        .tuple(fc.oneof(fc.constant("*"), range, value), fc.integer({ min: 1, max }))
        .map((a) => a.join("/"));
      const one = fc.oneof(value, range, step);
      return fc.oneof(
        fc.constant("*"),
        one,
        fc.array(one, { minLength: 2, maxLength: 3 }).map((list) => list.join()),
      );
    };
    fc.assert(
      fc.property(fc.tuple(...days.map(fieldOf)), fc.integer({ min: 0, max: 1500 }), (fields, day) => {
        const cron = `0 8 ${fields.join(" ")}`;
        const at = new Date(from + day * 86_400_000);
        fc.pre(scheduleFaults({ cron, timeZone: "UTC" }, at).length === 0);
        const task = createTask(cron, () => undefined, { timezone: "UTC" });
        const slots = slotsAfter(cron, "UTC", at, 3);
        for (const slot of slots) expect([cron, slot, task.match(slot)]).toEqual([cron, slot, true]);
        task.destroy();
      }),
      { numRuns: 40 },
    );
  });

  it.each(["Mars/Olympus", "", "+03:00", "Asia/Amman; drop"])("a zone that is none: %s", (zone) => {
    expect(fault("0 8 * * *", zone).map(({ field }) => field)).toEqual(["/timeZone"]);
  });
});
