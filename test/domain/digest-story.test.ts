/** What a digest answers beside its numbers: what moved, since when, why, and what became of what was named. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { askedAgain, askedOf } from "../../src/engine/measures/digest-asked.js";
import { changesOf, type PlaceSeries } from "../../src/engine/measures/digest-changes.js";
import { carriedOn, followedOf, type NamedPlace } from "../../src/engine/measures/digest-followed.js";
import { type GroupCounts, latestOf, reasonsOf } from "../../src/engine/measures/digest-story.js";
import { figuresDigest } from "../../src/engine/measures/digest-view.js";
import { lastShift } from "../../src/engine/measures/rate-shift.js";
import { urgentOf } from "../../src/engine/measures/urgent-cases.js";
import { usualRanges, usualSignals } from "../../src/engine/measures/usual-signals.js";
import { sampleFigures } from "../support/sample-messages.js";

const of = (numerator: number, denominator: number) => ({ numerator, denominator });
const place = (code: string) => ({ code, name: { ar: code, en: code } });
const from = Array.from({ length: 13 }, (_, i) => `2026-W${String(i + 1).padStart(2, "0")}`);
const thresholds = { leastChange: 5, leastCases: 30 };
const steady = Array.from({ length: 13 }, (_, i) => of(34 + (i % 3), 40));

const series = (code: string | null, onTime: readonly ReturnType<typeof of>[], change: Partial<PlaceSeries> = {}) => ({
  place: code === null ? null : place(code),
  periods: onTime.map((rate) => ({ onTimeResolution: rate, satisfaction: of(0, 0) })),
  overdue: 0,
  overdueBefore: 0,
  open: 0,
  ...change,
});

describe("when a rate moved", () => {
  it("names the period of the move and both levels", () => {
    const shift = lastShift([...steady.slice(0, 10), of(20, 40), of(21, 40), of(19, 40)]);
    expect(shift).toMatchObject({ start: 10, after: of(60, 120) });
    expect(shift?.difference).toBeLessThan(-0.3);
  });

  it("of two moves tells the last one, from the level between", () => {
    const shift = lastShift([...steady.slice(0, 6), of(10, 40), of(11, 40), of(9, 40), ...steady.slice(0, 4)]);
    expect(shift?.start).toBe(9);
    expect(shift?.before).toEqual(of(30, 120));
    expect(shift?.difference).toBeGreaterThan(0);
  });

  it("sees no move in noise of one level but in about one series of a hundred", () => {
    let [seen, all] = [0, 0];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 13 * 40, maxLength: 13 * 40 }), (draws) => {
        const drawn = Array.from({ length: 13 }, (_, i) =>
          of(draws.slice(i * 40, i * 40 + 40).filter((n) => n < 850).length, 40),
        );
        all += 1;
        if (lastShift(drawn) !== null) seen += 1;
      }),
      { numRuns: 300, seed: 18 },
    );
    expect(seen / all).toBeLessThan(0.04);
  });

  it("has nothing to say of nothing", () => {
    expect(lastShift([])).toBeNull();
    expect(lastShift([of(0, 0), of(0, 0)])).toBeNull();
  });
});

describe("what got worse", () => {
  const ask = (all: readonly PlaceSeries[]) => changesOf({ series: all, from, unit: "week", thresholds });

  it("is the entity that moved, since when, not those that merely differ from the week before", () => {
    const fallen = [...steady.slice(0, 11), of(20, 40), of(18, 40)];
    const { worse, better } = ask([series(null, steady), series("A", steady), series("B", fallen)]);
    expect(worse.map(({ figure, place: one, since }) => [figure, one?.code, since])).toEqual([
      ["onTime", "B", "2026-W12"],
    ]);
    expect(better).toEqual([]);
  });

  it("is no move of a quarter ago, and none below what the settings name", () => {
    const old = [...steady.slice(0, 5), ...Array.from({ length: 8 }, () => of(20, 40))];
    expect(ask([series(null, steady), series("A", old)]).worse).toEqual([]);
    const few = [...Array.from({ length: 12 }, () => of(9, 10)), of(1, 10)];
    expect(ask([series(null, steady), series("A", few)]).worse).toEqual([]);
  });

  it("tells who recovered as better", () => {
    const back = [...Array.from({ length: 11 }, () => of(15, 40)), of(36, 40), of(37, 40)];
    expect(ask([series(null, steady), series("A", back)]).better.map(({ place: one }) => one?.code)).toEqual(["A"]);
  });

  it("counts overdue cases where they grew by more than chance", () => {
    const grown = series(null, steady, { overdue: 140, overdueBefore: 80 });
    expect(ask([grown]).worse).toMatchObject([{ figure: "overdue", now: 140, before: 80 }]);
    expect(ask([series(null, steady, { overdue: 90, overdueBefore: 80 })]).worse).toEqual([]);
    expect(ask([series(null, steady, { overdue: 140, overdueBefore: null })]).worse).toEqual([]);
  });
});

describe("the headline and what got worse", () => {
  const share = ({ numerator, denominator }: ReturnType<typeof of>) => ({
    ...{ numerator, denominator },
    rate: denominator === 0 ? null : numerator / denominator,
  });
  /** One letter of all: the weeks of a rate, and what was overdue when each letter was written. */
  const letterOf = (onTime: readonly ReturnType<typeof of>[], overdue: readonly (number | null)[]) => {
    const steps = onTime.map((rate, i) => ({
      from: from[i] ?? "",
      to: from[i + 1] ?? "",
      figures: sampleFigures({ onTimeResolution: share(rate) }),
      overdue: overdue[i] ?? null,
    }));
    const whole = series(null, onTime, { overdue: overdue.at(-1) ?? 0, overdueBefore: overdue.at(-2) ?? null });
    const changes = changesOf({ series: [whole], from, unit: "week", thresholds, verdicts: usualSignals(steps) });
    const story = { unit: "week", thresholds, changes, latest: null, whys: [], ageing, named: [] } as const;
    const a = { programme: { ar: "", en: "" }, at: new Date(0), entities: [], confidentialCases: null };
    const { headline } = figuresDigest({ ...a, steps, story });
    return { changes, headline };
  };
  const ageing = { "0": 0, "1-2": 0, "3-5": 0, "6-10": 0, "11+": 0 };
  const calm = [30, 33, 27, 31, 29, 26, 33, 30, 28, 32, 29, 34];

  it("both say that more is overdue than usual, though the letter before had nearly as many", () => {
    const { headline, changes } = letterOf(steady, [...calm.slice(0, 11), 50, 58]);
    expect(headline.signals).toMatchObject([{ figure: "delayed", direction: "up", value: 58 }]);
    expect(changes.worse).toMatchObject([{ figure: "overdue", now: 58, signal: headline.signals[0] }]);
  });

  it("both say nothing of what is more than the week before and not more than usual", () => {
    const often = steady.map((_, i) => of(i % 2 === 0 ? 780 : 900, 1000));
    const { headline, changes } = letterOf(often, [30, 60, 28, 62, 31, 59, 30, 61, 29, 60, 31, 30, 60]);
    expect(headline).toEqual({ kind: "nothing", signals: [] });
    expect(changes).toEqual({ worse: [], better: [] });
  });

  it("both say a fall that the settings would not name of an entity", () => {
    const fallen = steady.map((_, i) => of(i === 12 ? 870 : 900 + (i % 2), 1000));
    const { headline, changes } = letterOf(fallen, [...calm, 30]);
    expect(headline.signals).toMatchObject([{ figure: "onTime", direction: "down" }]);
    expect(changes.worse).toMatchObject([{ figure: "onTime", direction: "worse" }]);
  });

  it("both compare with what was before, where a figure is too young for a usual range", () => {
    const { headline, changes } = letterOf(steady, [...Array.from({ length: 11 }, () => null), 80, 140]);
    expect(headline.signals).toEqual([{ figure: "delayed", direction: "up", value: 140, range: null, before: 80 }]);
    expect(changes.worse).toMatchObject([{ figure: "overdue", now: 140, before: 80 }]);
  });

  it("agree in every letter: a figure of all is worse or better where the headline names it, and only there", () => {
    const rate = fc.integer({ min: 300, max: 400 }).map((n) => of(n, 400));
    const weeks = fc.array(rate, { minLength: 13, maxLength: 13 });
    const late = fc.array(fc.option(fc.integer({ min: 0, max: 200 })), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(weeks, late, fc.integer({ min: 0, max: 200 }), (onTime, before, now) => {
        const { headline, changes } = letterOf(onTime, [...before, now]);
        const named = [...changes.worse, ...changes.better].map(({ figure }) => figure.replace("overdue", "delayed"));
        expect(headline.signals.map(({ figure }) => figure).sort()).toEqual(named.sort());
      }),
    );
  });
});

describe("why", () => {
  const group = (code: string, before: [number, number], after: [number, number], dimension = "service" as const) =>
    ({
      dimension,
      code,
      name: { ar: code, en: code },
      before: { wrong: before[0], all: before[1] },
      after: { wrong: after[0], all: after[1] },
    }) satisfies GroupCounts;

  it("names the group that carries more of the change than of the cases", () => {
    const found = reasonsOf([
      group("licences", [6, 40], [32, 40]),
      group("permits", [6, 60], [7, 60]),
      group("visas", [5, 60], [6, 60]),
    ]);
    expect(found.map(({ name }) => name.en)).toEqual(["licences"]);
    expect(found[0]?.share).toBeGreaterThan(0.85);
    expect(found[0]?.ofCases).toBe(0.25);
  });

  it("names none where it is spread, where all cases are one group, and of fewer than ten cases", () => {
    expect(reasonsOf([group("a", [5, 50], [15, 50]), group("b", [5, 50], [15, 50])])).toEqual([]);
    expect(reasonsOf([group("a", [10, 190], [60, 190])])).toEqual([]);
    expect(reasonsOf([group("a", [0, 9], [9, 9]), group("b", [5, 90], [5, 90])])).toEqual([]);
    expect(reasonsOf([group("a", [20, 50], [5, 50])])).toEqual([]);
  });
});

it("who is latest has most overdue cases; of equals the one that has waited longest", () => {
  const overdue = [
    { ...place("A"), count: 9, oldestDue: "2026-10-01", oldest: "1" },
    { ...place("B"), count: 12, oldestDue: "2026-10-05", oldest: "2" },
    { ...place("C"), count: 12, oldestDue: "2026-09-05", oldest: "3" },
  ];
  expect(latestOf({ overdue, series: [series("C", steady, { open: 30 })], from })).toMatchObject({
    ...{ code: "C", count: 12, open: 30, oldestDue: "2026-09-05", since: null },
  });
  expect(latestOf({ overdue: [], series: [], from })).toBeNull();
});

describe("what is asked", () => {
  const latest = {
    ...place("L"),
    count: 14,
    open: 20,
    oldestDue: "2026-10-01",
    oldest: "1",
    since: null,
    onTime: null,
  };
  const change = { figure: "onTime", place: place("B"), direction: "worse", since: null, cases: 9 } as const;
  const worse = [{ ...change, now: of(1, 2), before: of(2, 2) }];
  const nothing: Parameters<typeof askedOf>[0] = {
    ...{ escalated: [], worse: [], latest: null, critical: [], behind: [], waves: [], ahead: [] },
    ...{ quality: null, off: [], alone: false, own: null, until: null, whom: () => null, acts: () => [] },
  };
  const ask = (a: Partial<typeof nothing>) => askedOf({ ...nothing, ...a });
  const critical = (code: string, count: number) => ({ ...place(code), count, oldestDue: "2026-09-01" });
  const behind = (code: string) =>
    ({
      ...place(code),
      figure: "onTime",
      rate: of(40, 80),
      others: of(900, 1000),
      from: "2026-11-01",
      since: null,
    }) as const;

  it("is a decision, a plan of who got worse, a date of who is latest", () => {
    const asked = ask({ escalated: [{ count: 4, level: 3, under: "L" }], worse, latest });
    expect(asked.map(({ kind }) => kind)).toEqual(["decide", "plan", "date"]);
    expect(ask({})).toEqual([]);
    expect(ask({ worse, latest, alone: true })[0]).toMatchObject({ kind: "plan", place: null });
    // The letter asks nobody to ask the own entity.
    expect(ask({ worse, latest, own: "B" })[0]).toMatchObject({ kind: "plan", place: null });
    const whom = (code: string, own: boolean) => ({ title: { ar: code, en: code }, holder: own ? "below" : "any" });
    expect(ask({ latest: { ...latest, count: 12 }, own: "L", whom })).toMatchObject([
      { kind: "date", own: true, whom: { title: { en: "L" }, holder: "below" } },
    ]);
  });

  it("begins with what is critical and late, at few places, by an earlier day, and says who answers for it", () => {
    const asked = ask({
      ...{ worse, latest, critical: ["A", "L", "C"].map((code) => critical(code, 3)), behind: [behind("Z")] },
      ahead: [behind("G"), behind("H")],
      until: { critical: "2026-11-10", other: "2026-11-15" },
      whom: (code) => ({ title: { ar: code, en: code }, holder: "Rana" }),
    });
    expect(asked.map(({ kind, until }) => [kind, until])).toEqual([
      ["critical", "2026-11-10"],
      ["critical", "2026-11-10"],
      ["critical", "2026-11-10"],
      ["plan", "2026-11-15"],
      ["behind", "2026-11-15"],
      ["date", "2026-11-15"],
      ["copy", "2026-11-15"],
    ]);
    expect(asked.every((one) => "place" in one && one.whom?.title.en === one.place?.code)).toBe(true);
    expect(asked[0]).toMatchObject({ place: { code: "A" }, whom: { holder: "Rana" } });
  });

  it("asks one place once: who fell is not asked again as who is behind, nor for a date", () => {
    const asked = ask({ worse, behind: [behind("B"), behind("L")], latest });
    expect(asked.map((one) => [one.kind, "place" in one && one.place?.code])).toEqual([
      ["plan", "B"],
      ["behind", "L"],
    ]);
  });

  it("asks an entity's own people to reach a target that is missed", () => {
    const off = [{ figure: "onTime", rate: 0.6, target: 0.9 }] as const;
    expect(ask({ off, alone: true })).toMatchObject([{ kind: "target", own: true }]);
    expect(ask({ off })).toEqual([]);
  });

  it("is the same plan, whether its entity fell or was always behind", () => {
    const then = ask({ worse });
    const again = askedAgain(ask({ behind: [behind("B")] }), then);
    expect(again[0]?.before).toBe(1);
    expect(askedAgain(ask({ critical: [critical("B", 2)] }), then)[0]?.before).toBeUndefined();
  });

  it("counts as asked before the critical cases that were named and still are overdue, and not those that were answered", () => {
    const named = (...cases: string[]) => ask({ critical: [{ ...critical("B", cases.length), cases }] });
    const asked = (now: ReturnType<typeof ask>) => askedAgain(now, named("1", "2", "3"))[0];
    expect(asked(named("2", "3", "4"))).toMatchObject({ count: 3, still: 2 });
    expect(asked(named("4", "5", "6"))).toEqual(named("4", "5", "6")[0]);
  });
});

it("what became of who was named: better, the same, worse", () => {
  const named = (code: string) => ({ ...place(code), onTime: of(20, 40), overdue: 30 });
  const now = new Map([
    ["A", { onTime: of(38, 40), overdue: 8 }],
    ["B", { onTime: of(21, 40), overdue: 29 }],
    ["C", { onTime: of(8, 40), overdue: 70 }],
  ]);
  const followed = followedOf([named("A"), named("B"), named("C"), named("GONE")], now);
  expect(followed.map(({ code, outcome }) => [code, outcome])).toEqual([
    ["A", "better"],
    ["B", "same"],
    ["C", "worse"],
  ]);
  expect(followed[0]?.was).toEqual({ onTime: of(20, 40), overdue: 30 });
});

it("says of the critical cases that were named how many still are overdue", () => {
  const at = (...cases: string[]) => ({ onTime: of(0, 0), overdue: 9, critical: cases.length, criticalCases: cases });
  const then = { ...place("A"), ...at("1", "2", "3"), concerns: ["critical"] as const };
  const [followed] = followedOf([then], new Map([["A", at("3", "4")]]));
  expect(followed).toMatchObject({ was: { critical: 3 }, critical: 2, still: 1 });
  // None was: there is none that could still be.
  const none = followedOf([{ ...then, ...at() }], new Map([["A", at("3", "4")]]));
  expect(none[0]).toMatchObject({ was: { critical: 0 }, critical: 2 });
  expect(none[0]).not.toHaveProperty("still");
});

it("of what was critical and late one more is worse, none left is better, one fewer goes on", () => {
  const outcome = (was: number, is: number) => {
    const then = { ...place("A"), onTime: of(0, 0), overdue: 9, critical: was, concerns: ["critical"] as const };
    return followedOf([then], new Map([["A", { onTime: of(0, 0), overdue: 9, critical: is }]]))[0]?.outcome;
  };
  expect([outcome(3, 0), outcome(3, 2), outcome(3, 4), outcome(0, 0)]).toEqual(["better", "same", "worse", "same"]);
});

describe("what is told one by one", () => {
  const late = (rank: number, day: number) => ({ rank, dueAt: new Date(Date.UTC(2026, 8, day)) });

  it("is five of the overdue cases, by importance, then by age; the oldest among them", () => {
    const old = late(1, 1);
    const cases = [late(2, 9), late(4, 8), late(4, 5), late(2, 3), late(3, 4), late(1, 2), old];
    expect(urgentOf(cases).map(({ rank, dueAt }) => [rank, dueAt.getUTCDate()])).toEqual([
      ...[
        [4, 5],
        [4, 8],
        [3, 4],
        [2, 3],
      ],
      [1, 1],
    ]);
    expect(urgentOf([old])).toEqual([old]);
    expect(urgentOf([])).toEqual([]);
  });
});

describe("the cause of what is wrong", () => {
  const none = { wrong: 0, all: 0 };
  const group = (dimension: GroupCounts["dimension"], code: string, wrong: number, all: number, before = none) =>
    ({ dimension, code, name: { ar: code, en: code }, before, after: { wrong, all } }) as const;

  it("is the service that carries nearly all of a fall, alone", () => {
    const was = { wrong: 2, all: 40 };
    const groups = [
      ...[group("service", "REFUND", 30, 40, was), group("service", "CARD", 2, 40, was)],
      ...[group("pillar", "TIME", 31, 50, was), group("pillar", "COST", 1, 30, was)],
    ];
    expect(reasonsOf(groups)).toMatchObject([{ dimension: "service", code: "REFUND" }]);
    // Also where most of the cases are of it anyhow.
    const most = [
      group("service", "REFUND", 36, 75, { wrong: 8, all: 75 }),
      group("service", "CARD", 2, 25, { wrong: 2, all: 25 }),
    ];
    expect(reasonsOf(most)).toMatchObject([{ code: "REFUND", ofCases: 0.75 }]);
  });

  it("is where most of the overdue are, also where that is no more than its share, but not to those who may not see it", () => {
    const groups = [group("service", "PIPES", 9, 13), group("service", "BILLS", 2, 3)];
    expect(reasonsOf(groups)).toMatchObject([{ code: "PIPES", share: 9 / 11, most: true }]);
    expect(reasonsOf(groups, () => true)).toEqual([]);
    expect(reasonsOf([group("service", "A", 2, 3), group("service", "B", 2, 3)])).toEqual([]);
    // Nor is a fall spread over all where one service has most of it, as it has most of the cases.
    const fall = [
      group("service", "REFUND", 20, 48, { wrong: 4, all: 48 }),
      group("service", "CARD", 1, 2, { wrong: 0, all: 2 }),
    ];
    expect(reasonsOf(fall)).toMatchObject([{ code: "REFUND", share: 20 / 21, ofCases: 0.96, most: true }]);
  });
});

describe("a place that was named", () => {
  const now = (numerator: number, denominator: number, overdue: number) => ({
    onTime: of(numerator, denominator),
    overdue,
  });
  const day = (n: number) => `2026-11-0${n}`;

  it("is compared with when it was first named, until it is well", () => {
    const bad: NamedPlace = { ...place("D"), concerns: ["deadlines"], ...now(8, 20, 9) };
    const first = carriedOn({ named: [bad], followed: [], last: null, now: new Map(), day: day(1) });
    expect(first).toMatchObject([{ code: "D", first: { day: day(1), overdue: 9 } }]);
    // It is not named again, and neither better than chance explains nor well.
    const second = new Map([["D", now(5, 10, 8)]]);
    const followed = followedOf(first, second);
    expect(followed).toMatchObject([{ outcome: "same", since: day(1), was: { onTime: of(8, 20) } }]);
    const carried = carriedOn({ named: [], followed, last: { named: first, day: day(1) }, now: second, day: day(2) });
    expect(carried).toMatchObject([{ onTime: of(5, 10), first: { day: day(1), onTime: of(8, 20) } }]);
    const third = new Map([["D", now(14, 14, 0)]]);
    const last = followedOf(carried, third);
    expect(last).toMatchObject([{ outcome: "better", was: { onTime: of(8, 20), overdue: 9 }, onTime: of(14, 14) }]);
    expect(
      carriedOn({ named: [], followed: last, last: { named: carried, day: day(2) }, now: third, day: day(3) }),
    ).toEqual([]);
  });

  it("of a letter of before was first named by that one", () => {
    const named: NamedPlace = { ...place("D"), ...now(8, 20, 9) };
    const today = new Map([["D", now(5, 10, 8)]]);
    const carried = carriedOn({
      ...{ named: [{ ...named, ...now(5, 10, 8) }], followed: followedOf([named], today) },
      ...{ last: { named: [named], day: day(1) }, now: today, day: day(2) },
    });
    expect(carried).toMatchObject([{ overdue: 8, first: { day: day(1), overdue: 9 } }]);
  });
});

it("a number at the end of its range is a run within it, of so many periods", () => {
  const overdue = [9, 8, 10, 9, 8, 12, 13, 12, 13, 12, 13, 12, 13];
  const steps = overdue.map((n) => ({ figures: sampleFigures(), overdue: n }));
  const { delayed } = usualSignals(steps);
  expect(delayed).toMatchObject({ signal: { range: null, run: { periods: 8 } } });
  const { delayed: usual } = usualRanges(steps);
  expect(usual?.is).toBe("run");
  expect(usual?.upper).toBeGreaterThan(13);
});
