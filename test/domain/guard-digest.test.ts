/** A digest for those who read none of its cases: numbers of few cases, and what they could be reckoned from, are not in it. */
import { describe, expect, it } from "@jest/globals";
import { changesOf, type FigureChange, type PlaceSeries } from "../../src/engine/measures/digest-changes.js";
import { guardedStep } from "../../src/engine/measures/digest-figures.js";
import { followedOf } from "../../src/engine/measures/digest-followed.js";
import { type GroupCounts, reasonsOf } from "../../src/engine/measures/digest-story.js";
import { digestGuard, guardedAgeing, hidesGroup, shownServices } from "../../src/engine/measures/guard-digest.js";
import { hiddenFromInsiders, hiddenParts } from "../../src/engine/measures/small-cells.js";
import { usualSignals } from "../../src/engine/measures/usual-signals.js";
import { sampleFigures } from "../support/sample-messages.js";

const of = (numerator: number, denominator: number) => ({ numerator, denominator });
const place = (code: string) => ({ code, name: { ar: code, en: code } });
const from = ["2026-11-01", "2026-11-08"];
const series = (code: string | null, onTime: readonly ReturnType<typeof of>[], overdue: number): PlaceSeries => ({
  place: code === null ? null : place(code),
  periods: onTime.map((rate) => ({ onTimeResolution: rate, satisfaction: of(0, 0) })),
  ...{ overdue, overdueBefore: overdue, open: overdue },
});
const each = [
  series("FEW", [of(1, 3), of(0, 3)], 4),
  series("SMALL", [of(10, 12), of(11, 12)], 15),
  series("LARGE", [of(60, 80), of(50, 80)], 40),
  series("NEXT", [of(60, 90), of(50, 90)], 50),
];
const whole = series(null, [of(131, 185), of(111, 185)], 109);
const guard = digestGuard({ whole, each, from, single: false });

describe("what a letter says of an entity", () => {
  it("is neither a number of few cases nor the one that it could be reckoned from", () => {
    expect(["FEW", "SMALL", "LARGE", "NEXT"].map(guard.onTime)).toEqual(["kept", "kept", null, null]);
    expect(guard.onTime(null)).toBeNull();
  });

  it("is no change of what is hidden", () => {
    const change: FigureChange = {
      ...{ figure: "onTime", place: place("SMALL"), direction: "worse", since: null, cases: 3 },
      ...{ now: of(1, 12), before: of(11, 12) },
    };
    expect(guard.shows(change)).toBe(false);
    expect(guard.shows({ ...change, place: place("LARGE"), now: of(50, 80), before: of(60, 80) })).toBe(true);
    const fallen = series("FEW", [of(3, 3), of(0, 3)], 0);
    const asked = { from, unit: "week", thresholds: { leastChange: 0, leastCases: 1 } } as const;
    const { worse } = changesOf({ series: [whole, fallen], ...asked, shows: guard.shows });
    expect(worse.filter((one) => one.place !== null)).toEqual([]);
  });

  it("is how many are overdue, however few: the committee can name who is behind", () => {
    const more = { ...series("FEW", [of(0, 0), of(0, 0)], 9), overdueBefore: 0 };
    const asked = { from, unit: "week", thresholds: { leastChange: 0, leastCases: 1 } } as const;
    const { worse } = changesOf({ series: [whole, more], ...asked, shows: guard.shows });
    expect(worse.slice(1)).toMatchObject([{ figure: "overdue", place: { code: "FEW" }, now: 9, before: 0 }]);
  });

  it("of one entity alone is guarded as a line is", () => {
    const alone = digestGuard({ whole: each[0] as PlaceSeries, each: [], from, single: true });
    expect([alone.onTime(null), alone.satisfaction(null)]).toEqual(["few", null]);
  });

  it("is kept from who knows the only other entity's numbers and takes them off the whole", () => {
    const two = [series("OWN", [of(30, 40), of(30, 40)], 20), series("OTHER", [of(3, 4), of(1, 4)], 12)];
    const both = series(null, [of(33, 44), of(31, 44)], 32);
    const asked = { whole: both, each: two, from, single: false };
    const shared = digestGuard({ ...asked, insiders: true });
    expect([shared.onTime("OWN"), shared.onTime("OTHER"), shared.silent]).toEqual(["kept", "kept", true]);
    expect(digestGuard(asked).silent).toBe(false);
    expect(Object.values(guardedAgeing({ "0": 12, "1-2": 20, "3-5": 0, "6-10": 0, "11+": 0 }, shared.silent))).toEqual(
      Object.values({ a: "kept", b: "kept", c: "kept", d: "kept", e: "kept" }),
    );
    // Of three the two small ones hide each other; who has one of them would know the other.
    const parts = [8, 7, 60, 70];
    expect(hiddenParts(parts)).toEqual(["few", "few", null, null]);
    expect(hiddenFromInsiders(parts)).toEqual(["kept", "kept", "kept", null]);
    // Without a small number nothing is hidden from them either.
    expect(hiddenFromInsiders([12, 40, 60])).toEqual([null, null, null]);
  });

  it("after a letter is compared by what is shown then and now alone", () => {
    const now = new Map([
      ["A", { onTime: "kept" as const, overdue: 40 }],
      ["B", { onTime: "few" as const, overdue: "few" as const }],
    ]);
    const then = ["A", "B"].map((code) => ({ ...place(code), onTime: of(1, 3), overdue: 41 }));
    expect(followedOf(then, now).map(({ outcome }) => outcome)).toEqual(["same", "hidden"]);
  });
});

it("a service that came in more often is told where no other of its entity is of few cases", () => {
  const received = (code: string, counts: readonly number[], entity = code) => ({
    ...{ dimension: entity === code ? ("entity" as const) : ("service" as const) },
    ...{ ...place(code), place: place(entity), received: counts },
  });
  const entities = [received("A", [60, 60, 32]), received("B", [40, 40, 40])];
  const services = [
    received("A1", [30, 30, 30], "A"),
    received("A2", [30, 30, 2], "A"),
    received("B1", [20, 20, 28], "B"),
    received("B2", [20, 20, 12], "B"),
  ];
  expect(shownServices(services, entities).map(({ code }) => code)).toEqual(["B1", "B2"]);
  // Where few of the entity's were of no service, another is hidden for their sake; and nothing where few came before.
  const codes = shownServices(services.slice(2), [received("B", [40, 40, 44])]).map(({ code }) => code);
  expect(codes).toEqual(["B1"]);
  expect(shownServices([received("C1", [1, 2, 30], "C")], [received("C", [50, 50, 50])])).toEqual([]);
});

it("a share of places is told as parts of the whole, of how many cases each is", () => {
  expect(guard.parts([3, 40, 50])).toEqual(["kept", "kept", null, null]);
  expect(guard.parts([30, 40], 75)).toEqual(["kept", null, "kept"]);
});

it("a group of few cases, or one that tells of them, explains nothing to them", () => {
  const group = (code: string, before: [number, number], after: [number, number]): GroupCounts => ({
    ...{ dimension: "service", code, name: { ar: code, en: code } },
    ...{ before: { wrong: before[0], all: before[1] }, after: { wrong: after[0], all: after[1] } },
  });
  const groups = [group("rest", [0, 3], [0, 3]), group("fallen", [0, 12], [11, 12]), group("calm", [1, 60], [1, 60])];
  expect(reasonsOf(groups).map(({ name }) => name.en)).toEqual(["fallen"]);
  expect(reasonsOf(groups, hidesGroup("onTime"))).toEqual([]);
  // Of an entity it is shown how many are overdue, and so of how many.
  const [few, other] = groups.map((one) => ({ ...one, dimension: "entity" as const }));
  expect(
    [hidesGroup("overdue"), hidesGroup("onTime")].map((hides) => few && other && hides(few, [few, other])),
  ).toEqual([false, true]);
});

it("how long cases have waited is shown as parts of a whole that is known", () => {
  expect(guardedAgeing({ "0": 3, "1-2": 20, "3-5": 40, "6-10": 0, "11+": 60 })).toEqual({
    ...{ "0": "kept", "1-2": "kept", "3-5": 40, "6-10": 0, "11+": 60 },
  });
});

it("a period of one entity has no share of few cases, and no signal of one", () => {
  const few = { numerator: 1, denominator: 3, rate: 1 / 3 };
  const step = guardedStep({ figures: sampleFigures({ received: 4, onTimeResolution: few }), overdue: 7 });
  expect(step.withheld).toEqual({ onTimeResolution: "few" });
  expect([step.figures.received, step.figures.onTimeResolution.rate, step.overdue]).toEqual([4, null, 7]);
  expect(usualSignals(Array.from({ length: 13 }, () => step))).toMatchObject({
    ...{ received: "usual", onTime: "tooEarly", delayed: "usual" },
  });
});
