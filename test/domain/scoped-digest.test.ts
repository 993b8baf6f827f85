/** What a letter tells of some entities of a programme, to those who read none of their cases. */
import { expect, it } from "@jest/globals";
import type { KpiFigures } from "../../src/engine/measures/kpi.js";
import type { CountedDigest, CountingParts } from "../../src/features/reports/digests/count-digest.js";
import { type Digest, type ReaderScope, readerScope } from "../../src/features/reports/digests/digest-receivers.js";
import { forReader, scopedDigest } from "../../src/features/reports/digests/figures-digests.js";
import { sampleFigures } from "../support/sample-messages.js";
import { sampleSetup } from "../support/sample-setup.js";

const now = new Date("2026-11-22T05:00:00Z");
const none = { numerator: 0, denominator: 0, rate: null };
const bands = { "0": 0, "1-2": 0, "3-5": 0, "6-10": 0, "11+": 0 };
const figuresOf = (open: number, delayed: number) =>
  ({
    ...sampleFigures({ onTimeResolution: none, onTimeAmongResolved: none, delayed }),
    ...{ backlog: { open }, delayedByWorkingDays: { ...bands, "11+": delayed } },
    ...{ firstResponse: none, reopened: none, satisfactionByScale: {} },
  }) as unknown as KpiFigures;

/** Of the two entities of one sector one has few open cases; what another sector has is no part of their whole. */
const groups = new Map([
  ["MWI", figuresOf(100, 40)],
  ["NEW", figuresOf(5, 0)],
  ["MOH", figuresOf(50, 0)],
]);
const overdue = new Map([...groups].map(([code, { delayed }]) => [code, delayed]));
const period = { unit: "week", from: "2026-11-15", to: "2026-11-22" } as const;
const counted = {
  ...{
    setup: sampleSetup(),
    now,
    confidentialCases: null,
    criticalLevel: null,
    services: [],
    reviews: [],
    reviewsBefore: [],
  },
  steps: [{ period, whole: figuresOf(155, 40), groups, overdue }],
  overdue: [
    {
      code: "MWI",
      count: 40,
      oldestDue: new Date("2026-10-01T09:00:00Z"),
      oldest: "1",
      critical: 0,
      criticalDue: null,
      criticalOldest: null,
    },
  ],
} as unknown as CountedDigest;
const parts = { series: async () => [{}] } as unknown as CountingParts;
const digest = { period: "week", leastChange: 5, leastCases: 30 } as Digest;
const name = { ar: "المياه", en: "Water" };
const scope: ReaderScope = {
  entities: ["MWI", "NEW"],
  scope: { place: { code: "sector:water", name }, alone: false, figures: "sector:water", readsCases: false },
};

const nothingAsked = { orders: { lines: [], more: 0 }, acts: () => [] };

it("names to a reader of no cases who is latest, by how many, however few the others have", async () => {
  const { latest } = (await scopedDigest(parts, counted, { digest, scope })).digest.story ?? {};
  expect(latest).toMatchObject({ code: "MWI", count: 40, open: 100 });
});

it("leads to the cases that it counts: a branch by its top, a sector or several positions by their entities", () => {
  const setup = sampleSetup();
  const of = (...seats: Parameters<typeof readerScope>[0]) => readerScope(seats, { scope: "own" }, setup);
  const within = (told: ReaderScope | null) => told?.scope.within;
  expect(within(of({ role: "minister", entity: "MWI", sector: null }))).toEqual({ under: "MWI" });
  const at = of({ role: "focal_point", entity: "MWI", sector: null });
  expect(within(at)).toEqual({ entity: at?.entities?.join(",") });
  const both = of({ role: "minister", entity: "MWI", sector: null }, { role: "minister", entity: "MOH", sector: null });
  expect(within(both)).toEqual({ entity: both?.entities?.join(",") });
  expect(both?.entities).toEqual(expect.arrayContaining(["MWI", "MOH"]));
});

it("explains what left its usual range by all before it, not by the last period that was as low", async () => {
  const asked: { periods: readonly { from: string; to: string }[] }[] = [];
  const series = async (request: (typeof asked)[number]) => {
    asked.push(request);
    return [{}, {}];
  };
  const onTime = (numerator: number) => ({ numerator, denominator: 100, rate: numerator / 100 });
  // It fell longer ago than is news, so that no day is named on which it fell.
  const weeks = [91, 90, 92, 90, 91, 90, 91, 74, 75, 74, 75, 74, 60];
  const day = (week: number) => new Date(Date.UTC(2026, 7, 23 + 7 * week)).toISOString().slice(0, 10);
  const steps = weeks.map((numerator, i) => ({
    period: { unit: "week", from: day(i), to: day(i + 1) },
    whole: { ...figuresOf(0, 0), onTimeResolution: onTime(numerator) },
    groups: new Map(),
    overdue: new Map(),
  }));
  const all: ReaderScope = { entities: null, scope: { place: null, alone: false, figures: "all", readsCases: true } };
  const told = await scopedDigest(
    { series } as unknown as CountingParts,
    { ...counted, steps, overdue: [] } as unknown as CountedDigest,
    { digest, scope: all },
  );
  expect(told.digest.story?.whys).toMatchObject([{ figure: "onTime", place: null, since: null, usual: true }]);
  expect(asked[0]?.periods).toEqual([
    { from: "2026-11-15", to: "2026-11-22" },
    { from: "2026-08-23", to: "2026-11-15" },
  ]);
});

it("names the one entity that has all cases of a scope, so that its fall is asked about and followed up", async () => {
  const steps = [90, 91, 90, 92, 90, 91, 90, 91, 40, 41].map((happy, i) => {
    const day = (week: number) => new Date(Date.UTC(2026, 8, 13 + 7 * week)).toISOString().slice(0, 10);
    const rated = { numerator: happy, denominator: 100, rate: happy / 100 };
    const figures = { ...figuresOf(100, 0), satisfaction: { ...rated, responseRate: rated } };
    return {
      period: { unit: "week", from: day(i), to: day(i + 1) },
      whole: figures,
      groups: new Map([["MWI", figures]]),
      overdue: new Map(),
    };
  });
  const minister: ReaderScope = {
    entities: ["MWI", "NEW"],
    scope: { place: { code: "MWI", name }, alone: false, figures: "MWI", readsCases: true },
  };
  const all = { ...counted, steps, overdue: [] } as unknown as CountedDigest;
  const told = await scopedDigest(parts, all, { digest, scope: minister });
  expect(told.digest.story?.named).toMatchObject([{ code: "MWI", concerns: ["satisfaction"] }]);
  const reader = forReader(told, {
    scope: minister,
    roles: ["minister"],
    escalated: [],
    last: null,
    alerts: [],
    until: null,
    ...nothingAsked,
  });
  expect(reader.asked).toEqual([{ kind: "plan", figure: "satisfaction", place: null }]);
});

it("says how often the same was asked before, and what became of the oldest case", async () => {
  const seen: ReaderScope = { ...scope, scope: { ...scope.scope, readsCases: true } };
  const told = await scopedDigest(parts, counted, { digest, scope: seen });
  const letter = (last: Readonly<Record<string, unknown>> | null) =>
    forReader(told, {
      scope: seen,
      roles: ["minister"],
      escalated: [],
      last,
      alerts: [],
      until: null,
      ...nothingAsked,
    });
  const first = letter(null);
  expect(first.asked).toMatchObject([{ kind: "date", place: { code: "MWI" } }]);
  expect([first.asked[0]?.before, first.oldestThen]).toEqual([undefined, undefined]);
  const { story } = told.digest;
  const second = letter({ story, reader: first });
  expect(second.oldestThen).toEqual({ reference: "1", isOverdue: true });
  const third = letter({
    story: { ...story, latest: { ...story?.latest, oldest: "0", oldestDue: "2026-09-01" } },
    reader: second,
  });
  expect([second.asked[0]?.before, third.asked[0]?.before]).toEqual([1, 2]);
  expect(third.oldestThen).toEqual({ reference: "0", isOverdue: false });
  // Of another entity nobody looked whether its oldest case is still overdue.
  const other = letter({ story: { ...story, latest: { ...story?.latest, code: "NEW" } }, reader: first });
  expect(other.oldestThen).toBeUndefined();
});
