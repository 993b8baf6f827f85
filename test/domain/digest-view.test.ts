import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { shiftDate } from "../../src/engine/calendar/civil-days.js";
import {
  type EntityFigures,
  entitiesInNeed,
  figuresDigest,
  weekBefore,
} from "../../src/engine/measures/digest-view.js";
import { type DigestCase, type FocalGroup, focalPointDigest } from "../../src/engine/measures/focal-digest.js";
import { sampleFigures } from "../support/sample-messages.js";

const at = new Date("2026-11-22T05:00:00Z");
const name = { ar: "برنامج", en: "Programme" };
const share = (numerator: number, denominator: number) => ({
  numerator,
  denominator,
  rate: denominator === 0 ? null : numerator / denominator,
});

function weeks(onTime: readonly number[], change: Partial<ReturnType<typeof sampleFigures>> = {}) {
  return onTime.map((numerator, i) => ({
    from: shiftDate("2026-08-23", 7 * i),
    to: shiftDate("2026-08-30", 7 * i),
    figures: sampleFigures({ onTimeResolution: share(numerator, 1000), ...change }),
    overdue: change.delayed ?? 137,
  }));
}

describe("the week of a digest", () => {
  it.each([
    ["2026-11-22", "2026-11-15", "2026-11-22"], // a Sunday: the week that has just ended
    ["2026-11-25", "2026-11-15", "2026-11-22"],
    ["2026-11-28", "2026-11-15", "2026-11-22"], // a Saturday: its own week is not over
    ["2027-01-03", "2026-12-27", "2027-01-03"],
  ])("on %s is %s to %s", (today, from, to) => {
    expect(weekBefore(today)).toEqual({ from, to });
  });

  it("is always Sunday to Saturday and ends within the last seven days", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (day) => {
        const today = new Date(day * 86_400_000).toISOString().slice(0, 10);
        const { from, to } = weekBefore(today);
        expect(new Date(`${from}T00:00:00Z`).getUTCDay()).toBe(0);
        expect(shiftDate(from, 7)).toBe(to);
        expect(to <= today && shiftDate(to, 7) > today).toBe(true);
      }),
    );
  });
});

describe("the committee's headline", () => {
  const digestOf = (values: readonly number[]) =>
    figuresDigest({ programme: name, at, steps: weeks(values), entities: [], confidentialCases: null });

  it("says nothing when a week merely differs from the one before", () => {
    const digest = digestOf([860, 872, 848, 866, 879, 858, 870, 851, 864, 875, 860, 868, 849]);
    expect(digest.headline).toEqual({ kind: "nothing", signals: [] });
  });

  it("names a week outside the usual range, with that range", () => {
    const digest = digestOf([860, 872, 848, 866, 879, 858, 870, 851, 864, 875, 860, 868, 600]);
    expect(digest.headline.kind).toBe("changed");
    expect(digest.headline.signals).toHaveLength(1);
    const [signal] = digest.headline.signals;
    expect(signal).toMatchObject({ figure: "onTime", direction: "down", value: 0.6 });
    expect(signal?.range?.lower).toBeGreaterThan(0.6);
    expect(digest.chart.points.at(-1)?.signal).toBe(true);
  });

  it("draws no limits and claims no change from a few weeks", () => {
    const digest = digestOf([860, 200, 860]);
    expect(digest.headline.kind).toBe("tooEarly");
    expect(digest.chart).toMatchObject({ mean: null, lower: null, upper: null });
    expect(digest.chart.points.some(({ signal }) => signal)).toBe(false);
  });

  it("shows the figures it was given, untouched, with the week before beside them", () => {
    const given = weeks([860, 700]);
    const digest = figuresDigest({ programme: name, at, steps: given, entities: [], confidentialCases: null });
    expect(digest.now).toBe(given[1]?.figures);
    expect(digest.before).toEqual(given[0]?.figures);
    expect([digest.from, digest.to, digest.at]).toEqual(["2026-08-30", "2026-09-06", at.toISOString()]);
  });
});

describe("entities that need a word", () => {
  const entity = (code: string, numerator: number, denominator: number): EntityFigures => ({
    code,
    name: { ar: code, en: code },
    onTimeResolution: share(numerator, denominator),
    delayed: 0,
  });

  it("are below all by more than chance, with 30 cases or more, the largest shortfall first", () => {
    // All: 1,037 of 1,229 = 84.4 %. B lacks 34 cases, A 16; C has 29 cases only, D is within chance (Wilson's upper end 88 %).
    const found = entitiesInNeed([
      entity("REST", 900, 1000),
      entity("A", 35, 60),
      entity("B", 67, 100),
      entity("C", 5, 29),
      entity("D", 30, 40),
    ]);
    expect(found.map(({ code }) => code)).toEqual(["B", "A"]);
  });

  it("are none where nothing fell due", () => {
    expect(entitiesInNeed([entity("A", 0, 0)])).toEqual([]);
  });
});

describe("the focal point's digest", () => {
  const theCase = (reference: string, secondsLeft: number | null): DigestCase => ({
    reference,
    subject: "s",
    importance: null,
    dueAt: null,
    secondsLeft,
    reopened: false,
  });
  const digestOf = (all: { group: FocalGroup; count: number; critical?: number; cases: DigestCase[] }[]) => {
    const groups = all.map((one) => ({ critical: 0, ...one }));
    return focalPointDigest({ programme: name, date: "2026-11-25", at, entities: [name], groups, level: name });
  };

  it("is not written when there is nothing to say", () => {
    expect(digestOf([])).toBeNull();
    expect(digestOf([{ group: "late", count: 0, cases: [] }])).toBeNull();
  });

  it("counts what is critical and late, of what is late alone", () => {
    const late = { group: "late", count: 3, critical: 2, cases: [theCase("A", -1)] } as const;
    const digest = digestOf([
      { ...late, cases: [...late.cases] },
      { ...late, critical: 1, cases: [...late.cases] },
      { group: "dueToday", count: 1, critical: 1, cases: [theCase("B", 1)] },
    ]);
    expect(digest?.critical).toEqual({ count: 3, level: name });
    expect(digestOf([{ group: "dueToday", count: 1, critical: 1, cases: [] }])?.critical).toBeUndefined();
  });

  it("adds up entities, lists the most pressing first and counts the rest", () => {
    const first = Array.from({ length: 8 }, (_, i) => theCase(`A${i}`, -100 + i));
    const second = [theCase("B0", -5000), theCase("B1", -1)];
    const digest = digestOf([
      { group: "late", count: 12, cases: first },
      { group: "late", count: 2, cases: second },
      { group: "reopened", count: 1, cases: [theCase("C", null)] },
    ]);
    expect(digest?.groups.map(({ name: group, count }) => [group, count])).toEqual([
      ["late", 14],
      ["replyLate", 0],
      ["dueToday", 0],
      ["reopened", 1],
    ]);
    const late = digest?.groups[0]?.cases.map(({ reference }) => reference);
    expect(late).toEqual(["B0", "A0", "A1", "A2", "A3", "A4", "A5", "A6"]);
  });
});
