/** Alerts about figures: what may be asked for, in which words, and when an event begins and ends. */
import { describe, expect, it } from "@jest/globals";
import {
  type AlertCondition,
  alertFaults,
  alertSentence,
  easierConditions,
} from "../../src/engine/measures/alert-condition.js";
import { type AlertPoint, alertEvents, leadOf } from "../../src/engine/measures/alert-events.js";
import { type FigurePeriod, periodAfter, periodWith } from "../../src/engine/measures/figure-period.js";

const onTime: AlertCondition = {
  ...{ kpi: "onTimeResolution", condition: "below", value: 80, unit: "week", periods: 2, least: 30 },
};
const received: AlertCondition = { ...onTime, kpi: "received", condition: "rises", value: 100, periods: 1 };
const unusual: AlertCondition = { ...onTime, condition: "unusual", value: null, periods: 1 };
const median: AlertCondition = {
  ...onTime,
  kpi: "medianResolutionWorkingSeconds",
  condition: "above",
  value: 3,
  periods: 1,
};

/** Weeks from 4 January 2026 on; a number is a value of 100 cases, or [value, cases]. */
function series(values: readonly (number | null | readonly [number, number])[]): AlertPoint[] {
  let period: FigurePeriod = periodWith("week", "2026-01-04");
  return values.map((given) => {
    const [value, cases] = Array.isArray(given) ? (given as [number, number]) : [given as number | null, 100];
    const point = { period, measured: { value, numerator: null, denominator: cases, n: cases }, cases };
    period = periodAfter(period);
    return point;
  });
}
/** Counts: as many cases as there are. */
const counts = (values: readonly number[]) => series(values.map((n) => [n, n] as const));
const weekOf = ({ from }: FigurePeriod): number => 1 + (Date.parse(from) - Date.parse("2026-01-04")) / (7 * 86_400_000);

/** Which weeks: first in the row, the one that was enough, the one that ended it (0: goes on). */
const course = (points: AlertPoint[], asked: AlertCondition, more: { first?: number; running?: boolean } = {}) =>
  alertEvents({ points, asked, daySeconds: 25_200, ...more }).events.map(({ since, began, ended }) => [
    weekOf(since),
    weekOf(began),
    ended === null ? 0 : weekOf(ended),
  ]);

describe("an alert that cannot come", () => {
  const judgeable = (points: AlertPoint[], asked: AlertCondition) =>
    alertEvents({ points, asked, daySeconds: 25_200 }).judgeable;
  it.each<[string, boolean, AlertPoint[], AlertCondition]>([
    [
      "of weeks of few cases",
      false,
      series([
        [0.1, 9],
        [0.1, 9],
        [0.1, 9],
      ]),
      onTime,
    ],
    ["of weeks of which never two in a row have enough", false, series([0.1, [0.1, 9], 0.1, [0.1, 9]]), onTime],
    ["of one week alone", false, series([0.1]), onTime],
    ["of two weeks in a row", true, series([[0.1, 9], 0.9, 0.9]), onTime],
    ["of a number of cases, however small", true, counts([1, 2]), { ...received, condition: "below", value: 5 }],
    ["of a rise from few to few", false, counts([1, 2, 3]), received],
    ["of too few weeks for what is usual", false, series([0.1, 0.2]), unusual],
  ])("%s: judged %s", (_, expected, points, asked) => expect(judgeable(points, asked)).toBe(expected));

  it("is asked for of fewer cases first, and then of months", () => {
    const months = { ...onTime, unit: "month", periods: 1 };
    expect(easierConditions(onTime)).toEqual([{ ...onTime, least: 10 }, months, { ...months, least: 10 }]);
    expect(easierConditions({ ...onTime, periods: 8, least: 10 })).toEqual([{ ...months, periods: 2, least: 10 }]);
    expect(easierConditions({ ...onTime, unit: "month", least: 10 })).toEqual([]);
  });
});

describe("an event", () => {
  it.each<[string, AlertPoint[], AlertCondition, number[][]]>([
    ["begins with the second week in a row", series([0.9, 0.7, 0.9, 0.7, 0.7, 0.7]), onTime, [[4, 5, 0]]],
    ["is one, however long it holds", series([0.7, 0.7, 0.7, 0.7, 0.7, 0.9]), onTime, [[1, 2, 6]]],
    [
      "comes again only after it ended",
      series([0.7, 0.7, 0.9, 0.7, 0.7]),
      onTime,
      [
        [1, 2, 3],
        [4, 5, 0],
      ],
    ],
    ["is none at the value itself", series([0.8, 0.8, 24 / 30]), onTime, []],
    ["is not begun by a week of few cases", series([0.7, [0.1, 29], 0.7]), onTime, []],
    ["is not ended by a week of few cases", series([0.7, 0.7, [1, 5], 0.7, 0.9]), onTime, [[1, 2, 5]]],
    ["is not begun by a week without cases", series([0.7, null, 0.7]), onTime, []],
    ["is a doubling", counts([40, 50, 100, 210]), received, [[3, 3, 0]]],
    [
      "ends when it doubles no more",
      counts([40, 80, 90, 185]),
      received,
      [
        [2, 2, 3],
        [4, 4, 0],
      ],
    ],
    ["is no doubling of few", counts([4, 9, 29]), received, []],
    ["is a doubling from few to many", counts([10, 45]), received, [[2, 2, 0]]],
    ["is a rise from none", counts([0, 45]), received, [[2, 2, 0]]],
    ["is a fall to few", counts([90, 20]), { ...received, condition: "falls", value: 50 }, [[2, 2, 0]]],
    [
      "of a share is in points",
      series([0.9, 0.84]),
      { ...onTime, condition: "falls", value: 6, periods: 1 },
      [[2, 2, 0]],
    ],
    ["of a share is not in percent", series([0.5, 0.46]), { ...onTime, condition: "falls", value: 6, periods: 1 }, []],
    [
      "of a number of cases asks for no number of cases",
      counts([40, 8]),
      { ...received, condition: "below", value: 10 },
      [[2, 2, 0]],
    ],
    ["of a length of time is in working days", series([70_000, 80_000]), median, [[2, 2, 0]]],
    ["is a value far from the others", series([0.9, 0.91, 0.9, 0.89, 0.9, 0.91, 0.9, 0.3]), unusual, [[8, 8, 0]]],
    ["is none among too few weeks", series([0.9, 0.91, 0.9, 0.3]), unusual, []],
  ])("%s", (_, points, asked, weeks) => {
    expect(course(points, asked)).toEqual(weeks);
  });

  it("goes on from where it was judged before", () => {
    const points = series([0.7, 0.7, 0.7, 0.9, 0.7, 0.7]);
    expect(course(points, onTime, { first: 2, running: true })).toEqual([[5, 6, 0]]);
    const { endedFormer, running } = alertEvents({ points, asked: onTime, daySeconds: 1, first: 2, running: true });
    expect([endedFormer && weekOf(endedFormer), running]).toEqual([4, true]);
  });

  it("is the same judged at once or a week at a time", () => {
    const values = Array.from({ length: 60 }, (_, i) => (i % 20 === 19 ? 0.3 : 0.7 + ((i * 7919) % 13) / 60));
    const points = series(values);
    for (const asked of [onTime, unusual, { ...onTime, condition: "falls", value: 10, periods: 1 } as AlertCondition]) {
      const lead = leadOf(asked);
      const whole = course(points, asked, { first: lead }).map(([since, began]) => [since, began]);
      const single: (number | undefined)[][] = [];
      let running = false;
      for (let i = lead; i < points.length; i++) {
        const part = points.slice(i - lead, i + 1);
        const found = alertEvents({ points: part, asked, daySeconds: 1, first: lead, running });
        running = found.running;
        single.push(...found.events.map(({ since, began }) => [weekOf(since), weekOf(began)]));
      }
      expect(single).toEqual(whole);
      expect(whole.length).toBeGreaterThan(1);
    }
  });
});

describe("a condition", () => {
  it.each<[Record<string, unknown>, string[]]>([
    [{}, []],
    [{ value: 101 }, ["/value"]],
    [{ value: 0 }, ["/value"]],
    [{ value: 79.5 }, ["/value"]],
    [{ value: "80" }, ["/value"]],
    [{ value: null }, ["/value"]],
    [{ periods: 0 }, ["/periods"]],
    [{ periods: 13 }, ["/periods"]],
    [{ least: 9 }, ["/least"]],
    [{ kpi: "casesPerFocalPoint" }, ["/kpi"]],
    [{ kpi: "constructor" }, ["/kpi"]],
    [{ kpi: "received", condition: "falls", value: 101 }, ["/value"]],
    [{ kpi: "received", condition: "rises", value: 1000 }, []],
    [{ kpi: "clearance", condition: "above", value: 120 }, []],
    [{ condition: "unusual" }, ["/value"]],
    [{ condition: "unusual", value: null }, []],
    [{ condition: "worse" }, ["/condition"]],
    [{ unit: "day" }, ["/unit"]],
  ])("with %j has faults at %j", (change, where) => {
    expect(alertFaults({ ...onTime, ...change }).map(({ field }) => field)).toEqual(where);
  });

  it("of a figure without a period is refused by its name", () => {
    const [fault] = alertFaults({ ...onTime, kpi: "casesPerFocalPoint" });
    expect(fault?.reason.en).toContain("Open cases per focal point");
  });

  it("reads as people say it", () => {
    const said = (asked: AlertCondition) => {
      const { en, ar } = alertSentence(asked);
      return [en, ar].map((text) => text.replace(/[\u2066-\u2069]/g, ""));
    };
    expect([onTime, received, { ...median, periods: 3, unit: "month" as const }, unusual].map(said)).toEqual([
      ["Answered on time: below 80%, for 2 weeks in a row", "الرد ضمن الموعد: أقل من 80%، لأسبوعين متتاليين"],
      ["Received: up by 100% or more from the week before", "الواردة: ارتفاع عن الأسبوع السابق لا يقل عن 100%"],
      [
        "Median time to the answer: above 3 working days, for 3 months in a row",
        "وسيط زمن الرد: أكثر من 3 أيام عمل، لـ3 أشهر متتالية",
      ],
      ["Answered on time: outside its usual range, in a week", "الرد ضمن الموعد: خارج النطاق المعتاد، في أسبوع"],
    ]);
  });
});
