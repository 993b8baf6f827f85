/** Formulas and signals by hand-computed examples. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { kpiFigures, kpis } from "../../src/engine/measures/kpi.js";
import { noCounts, ratio } from "../../src/engine/measures/kpi-counts.js";
import { signals } from "../../src/engine/measures/process-behaviour.js";

describe("kpiFigures", () => {
  it("says no data for 0/0, never 0 or 100 %", () => {
    expect(ratio(0, 0)).toEqual({ numerator: 0, denominator: 0, rate: null });
    const figures = kpiFigures(noCounts);
    for (const share of [
      figures.onTimeResolution,
      figures.onTimeAmongResolved,
      figures.firstResponse,
      figures.reopened,
      figures.satisfaction,
      figures.satisfaction.responseRate,
      figures.clearance,
      figures.misrouted,
      figures.pauseShare,
    ]) {
      expect(share.rate).toBeNull();
    }
  });

  it("gives Boston's two rates from the same numerator", () => {
    const figures = kpiFigures({ ...noCounts, resolutionDue: 4723, resolutionDueMet: 4267, resolutionOnTime: 3982 });
    expect(figures.onTimeResolution).toMatchObject({ numerator: 3982, denominator: 4723 });
    expect(figures.onTimeResolution.rate).toBeCloseTo(0.843, 3);
    expect(figures.onTimeAmongResolved).toMatchObject({ numerator: 3982, denominator: 4267 });
  });

  it("adds the bands up to what is delayed and divides levels by the cases open", () => {
    const figures = kpiFigures({
      ...noCounts,
      delayed: [5, 4, 3, 2, 1],
      escalated: { "10": 1, "2": 3, "1": 6 },
      openInPeriod: 12,
      medianAge: 10.6,
    });
    expect(figures.delayed).toBe(15);
    expect(figures.delayedByWorkingDays).toEqual({ "0": 5, "1-2": 4, "3-5": 3, "6-10": 2, "11+": 1 });
    expect(Object.keys(figures.escalated)).toEqual(["1", "2", "10"]);
    expect(figures.escalated["1"]).toEqual({ numerator: 6, denominator: 12, rate: 0.5 });
    expect(figures.backlog.medianWorkingSeconds).toBe(11);
  });
});

describe("figures of answers", () => {
  it("divide by the cases answered for the first time, and by the people who answer", () => {
    const figures = kpiFigures({
      ...noCounts,
      ...{ received: 10, firstResolved: 8, appealed: 1, settledAtFirst: 6, p90Resolution: 7200.4 },
      ...{ receiptsReached: 7, answersReached: 2, open: 5, focalPoints: 2 },
    });
    expect(figures.appealed).toEqual({ numerator: 1, denominator: 8, rate: 0.125 });
    expect(figures.settledAtFirstAnswer).toMatchObject({ numerator: 6, denominator: 8 });
    expect(figures.p90ResolutionWorkingSeconds).toBe(7200);
    expect(figures.lettersReached).toEqual({ numerator: 9, denominator: 18, rate: 0.5 });
    expect(figures.casesPerFocalPoint).toEqual({ open: 5, focalPoints: 2, each: 2.5 });
    expect(kpiFigures({ ...noCounts, open: 5 }).casesPerFocalPoint.each).toBeNull();
  });
  it("say what they mean and how they are reckoned, each in both languages", () => {
    for (const { name, definition, formula } of Object.values(kpis))
      for (const words of [name, definition, formula]) {
        expect(words.ar).toMatch(/\p{Script=Arabic}/u);
        expect(words.en.length).toBeGreaterThan(3);
      }
  });
});

const rulesOf = (values: (number | null)[]) => signals(values).points.map(({ rule }) => rule);

describe("signals", () => {
  it("reckons average and natural limits by 2.66 moving ranges", () => {
    // Ranges 2, 2, 2; average 11; limits 11 ± 5.32.
    const chart = signals([10, 12, 10, 12]);
    expect(chart).toMatchObject({ mean: 11 });
    expect(chart.lower).toBeCloseTo(5.68, 10);
    expect(chart.upper).toBeCloseTo(16.32, 10);
    expect(chart.points.every(({ signal }) => !signal)).toBe(true);
  });

  it("finds the one value outside the limits", () => {
    // Average 160/11, average range 13.5: the upper limit is 50.5.
    expect(rulesOf([5, 15, 5, 15, 5, 15, 5, 15, 5, 15, 60])).toEqual([...Array(10).fill(null), "outside-limits"]);
  });

  it("finds eight in a row on one side, from the eighth on", () => {
    const values = [12, 8, 12, 8, 12, 8, 12, 12, ...Array(9).fill(9.5)];
    const found = rulesOf(values);
    expect(found.slice(0, 15).every((rule) => rule === null)).toBe(true);
    expect(found.slice(15)).toEqual(["run-of-eight", "run-of-eight"]);
  });

  it("finds three of four near the same limit", () => {
    // Average 136/13 = 10.46, limits ± 2.55: beyond 11.74 is nearer to the upper one.
    const values = [...Array(5).fill([10.5, 9.5]).flat(), 12, 12, 12];
    expect(rulesOf(values)).toEqual([...Array(12).fill(null), "near-limit"]);
  });

  it("passes over what is missing and says nothing of nothing", () => {
    expect(signals([])).toEqual({ mean: null, lower: null, upper: null, points: [] });
    expect(signals([null, 4, null])).toMatchObject({
      mean: 4,
      lower: 4,
      upper: 4,
      points: [{ signal: false }, { signal: false }, { signal: false }],
    });
    expect(rulesOf([5, null, 15, 5, null, 15, 5, 15, 5, 15, 5, 15, null, 60]).at(-1)).toBe("outside-limits");
  });

  it("finds nothing in a process that does not vary, and is blind to scale and shift", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 30 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: -50, max: 50 }),
        (values, scale, shift) => {
          expect(rulesOf(values.map(() => 7)).every((rule) => rule === null)).toBe(true);
          expect(rulesOf(values.map((v) => v * scale + shift))).toEqual(rulesOf(values));
        },
      ),
    );
  });
});
