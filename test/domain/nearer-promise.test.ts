/** Which of two promises is the nearer, and when the next working day ends. */
import { describe, expect, it } from "@jest/globals";
import type { Clock, TargetName } from "../../src/engine/calendar/clock.js";
import { compileCalendar } from "../../src/engine/calendar/working-calendar.js";
import { deskTimeOf } from "../../src/engine/lifecycle/desk-groups.js";
import { byNearness, laterPromise, nearerPromise, shownPromises } from "../../src/engine/lifecycle/nearer-promise.js";
import { seededCalendar } from "../support/calendars.js";

const at = (time: string): Date => new Date(`2026-11-${time}:00+03:00`);

const clock = (target: TargetName, due: string | null, more: Partial<Clock> = {}): Clock => ({
  target,
  cycle: 1,
  calendarVersionId: 1,
  budget: { amount: 1, unit: "workingDays" },
  startedAt: at("01T09:00"),
  consumedSeconds: 0,
  runningSince: at("01T09:00"),
  pausedAt: null,
  dueAt: due === null ? null : at(due),
  pausedSeconds: 0,
  metAt: null,
  breachedAt: null,
  cancelledAt: null,
  heldBy: null,
  ...more,
});
const reply = (due: string | null, more?: Partial<Clock>) => clock("firstResponse", due, more);
const answer = (due: string | null, more?: Partial<Clock>) => clock("resolution", due, more);
const met = { metAt: at("02T10:00"), runningSince: null };
const cancelled = { cancelledAt: at("02T10:00"), runningSince: null };
const paused = { pausedAt: at("02T10:00"), runningSince: null, dueAt: null };

describe("the nearer promise", () => {
  it.each<[what: string, clocks: readonly Clock[], nearer: string | null, later: string | null]>([
    ["the first reply comes first", [answer("10T15:00"), reply("03T10:00")], "firstResponse 03", "resolution 10"],
    ["also where both are late", [answer("02T15:00"), reply("01T10:00")], "firstResponse 01", "resolution 02"],
    ["a final answer that is due before", [reply("05T10:00"), answer("04T10:00")], "resolution 04", "firstResponse 05"],
    [
      "at the same moment the first reply",
      [answer("04T10:00"), reply("04T10:00")],
      "firstResponse 04",
      "resolution 04",
    ],
    ["no first reply was promised", [answer("10T15:00")], "resolution 10", null],
    ["it was given", [reply("03T10:00", met), answer("10T15:00")], "resolution 10", null],
    ["it fell away", [reply("03T10:00", cancelled), answer("10T15:00")], "resolution 10", null],
    [
      "the final answer waits for the applicant",
      [answer(null, paused), reply("03T10:00")],
      "firstResponse 03",
      "resolution -",
    ],
    ["all that is left waits", [reply("03T10:00", met), answer(null, paused)], "resolution -", null],
    [
      "all was kept: the final answer as it ended",
      [reply("03T10:00", met), answer("10T15:00", met)],
      "resolution 10",
      null,
    ],
    [
      "an acknowledgement is no promise of the office",
      [clock("acknowledgement", "01T09:10"), answer("10T15:00")],
      "resolution 10",
      null,
    ],
    ["another round's", [reply("03T10:00", { cycle: 2 }), answer("10T15:00")], "resolution 10", null],
    ["nothing was promised", [], null, null],
  ])("%s", (_, clocks, nearer, later) => {
    const said = (one: Clock | null) =>
      one && `${one.target} ${one.dueAt === null ? "-" : one.dueAt.toISOString().slice(8, 10)}`;
    expect([said(nearerPromise(clocks, 1)), said(laterPromise(clocks, 1))]).toEqual([nearer, later]);
  });
});

describe("the end of the next working day", () => {
  const jordan = seededCalendar("jordan");
  const setup = {
    workflows: new Map(),
    programme: { timeZone: "Asia/Amman" },
    importanceLevels: new Map([
      ["normal", { code: "normal", rank: 2 }],
      ["critical", { code: "critical", rank: 4 }],
      ["low", { code: "low", rank: 1 }],
    ]),
  } as never;
  const name = { ar: "عطلة", en: "A day of its own" };
  const endsWith = (day: (typeof jordan.days)[number][]) => (now: Date) =>
    deskTimeOf({ setup, calendar: compileCalendar({ ...jordan, days: [...jordan.days, ...day] }) }, now);
  const usual = endsWith([]);

  it.each<[what: string, now: string, day: string, next: string]>([
    ["Sunday: Monday's", "15T09:00", "16T00:00", "17T00:00"],
    ["after the office closed too", "15T23:59", "16T00:00", "17T00:00"],
    ["Thursday: Sunday's", "19T09:00", "20T00:00", "23T00:00"],
    ["Friday: Sunday's", "20T12:00", "21T00:00", "23T00:00"],
    ["Saturday: Sunday's", "21T12:00", "22T00:00", "23T00:00"],
  ])("%s", (_, now, day, next) => {
    const { dayEnd, nextEnd } = usual(at(now));
    expect([dayEnd, nextEnd]).toEqual([at(day), at(next)]);
  });

  it("passes over a feast, and counts half a day", () => {
    const feast = endsWith([{ date: "2026-11-16", to: "2026-11-17", name, hours: [] }]);
    expect(feast(at("15T09:00")).nextEnd).toEqual(at("19T00:00"));
    const half = endsWith([{ date: "2026-11-21", name, hours: [["09:00", "11:00"]] }]);
    expect(half(at("19T09:00")).nextEnd).toEqual(at("22T00:00"));
  });

  it("puts levels in order, the highest first", () => {
    expect(usual(at("15T09:00")).byImportance).toEqual(["critical", "normal", "low"]);
  });
});

describe("what a case is shown by", () => {
  const shown = (...clocks: readonly Clock[]) =>
    shownPromises(clocks, 1, at("05T12:00")).map((clock) => clock?.target ?? null);
  it("is the nearer promise, but what is overdue by that", () => {
    expect(shown(reply("03T10:00"), answer("10T15:00"))).toEqual(["firstResponse", "resolution"]);
    expect(shown(reply("03T10:00"), answer("04T15:00"))).toEqual(["resolution", "firstResponse"]);
    expect(shown(reply("03T10:00", met), answer("04T15:00"))).toEqual(["resolution", null]);
    expect(shown(reply("06T10:00"), answer("07T15:00"))).toEqual(["firstResponse", "resolution"]);
    expect(shown(reply("03T10:00"), answer(null, paused))).toEqual(["firstResponse", "resolution"]);
  });
});

describe("promises in their order", () => {
  const order = (...clocks: readonly Clock[]) => byNearness(clocks).map(({ cycle, target }) => `${target} ${cycle}`);
  it("are the nearer first, what has ended behind, earlier rounds last", () => {
    expect(order(answer("10T15:00"), reply("03T10:00"))).toEqual(["firstResponse 1", "resolution 1"]);
    expect(order(reply("05T10:00"), answer("04T10:00"))).toEqual(["resolution 1", "firstResponse 1"]);
    expect(order(reply("03T10:00", met), answer("10T15:00"))).toEqual(["resolution 1", "firstResponse 1"]);
    expect(order(reply("03T10:00", met), answer("04T10:00", met))).toEqual(["resolution 1", "firstResponse 1"]);
    expect(order(reply("03T10:00"), answer(null, { ...paused, cycle: 2 }))).toEqual([
      "resolution 2",
      "firstResponse 1",
    ]);
  });
});
