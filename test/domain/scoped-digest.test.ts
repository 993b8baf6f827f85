/** What a letter tells of some entities of a programme, to those who read none of their cases. */
import { expect, it } from "@jest/globals";
import type { KpiFigures } from "../../src/engine/measures/kpi.js";
import type { CountedDigest, CountingParts } from "../../src/features/reports/digests/count-digest.js";
import type { Digest, ReaderScope } from "../../src/features/reports/digests/digest-receivers.js";
import { scopedDigest } from "../../src/features/reports/digests/figures-digests.js";
import { sampleFigures } from "../support/sample-messages.js";
import { sampleSetup } from "../support/sample-setup.js";

const now = new Date("2026-11-22T05:00:00Z");
const none = { numerator: 0, denominator: 0, rate: null };
const bands = { "0": 0, "1-2": 0, "3-5": 0, "6-10": 0, "11+": 0 };
const figuresOf = (open: number, delayed: number) =>
  ({
    ...sampleFigures({ onTimeResolution: none, onTimeAmongResolved: none, delayed }),
    ...{ backlog: { open }, delayedByWorkingDays: { ...bands, "11+": delayed } },
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
  ...{ setup: sampleSetup(), now, confidentialCases: null },
  steps: [{ period, whole: figuresOf(155, 40), groups, overdue }],
  overdue: [{ code: "MWI", count: 40, oldestDue: new Date("2026-10-01T09:00:00Z"), oldest: "1" }],
} as unknown as CountedDigest;
const parts = { series: async () => [{}] } as unknown as CountingParts;
const digest = { period: "week", leastChange: 5, leastCases: 30 } as Digest;
const name = { ar: "المياه", en: "Water" };
const scope: ReaderScope = {
  entities: ["MWI", "NEW"],
  scope: { place: { code: "sector:water", name }, alone: false, figures: "sector:water", readsCases: false },
};

it("hides how many are open where the few of another entity of the sector could be reckoned from it", async () => {
  const { latest } = (await scopedDigest(parts, counted, { digest, scope })).digest.story ?? {};
  expect(latest).toMatchObject({ code: "MWI", count: 40, open: "kept" });
});
