/** Which key figures a role is shown, and how a figure lies to its target. */
import { describe, expect, it } from "@jest/globals";
import { rolesGranted } from "../../src/engine/access/permissions.js";
import type { FiguresView } from "../../src/engine/measures/figures-view.js";
import { homeFigures } from "../../src/engine/measures/home-figures.js";
import { kpiFigures } from "../../src/engine/measures/kpi.js";
import { noCounts } from "../../src/engine/measures/kpi-counts.js";
import { pageFigure, pageFigureCodes } from "../../src/engine/measures/page-figures.js";
import { entityTarget, trendTarget } from "../../src/engine/measures/part-target.js";
import { againstTarget, type ShownKpi, shownKpis, targetOf } from "../../src/engine/measures/shown-kpis.js";
import type { SetupRow } from "../../src/engine/setup/setup.js";
import { sampleSetup } from "../support/sample-setup.js";
import { shippedSetup } from "../support/shipped-setup.js";

const executives: ReadonlySet<string> = new Set(["secretary_general", "minister", "prime_minister"]);
const daySeconds = 7.5 * 3600;

const row = (more: Partial<SetupRow<"shown_kpis">>): SetupRow<"shown_kpis"> => ({
  ...{ code: "A", name: { en: "A", ar: "أ" }, order: 1, retired: false },
  ...{ kpi: "onTimeResolution", audiences: ["minister"], headline: true, target: null, threshold: null },
  ...more,
});
const setupOf = (...rows: SetupRow<"shown_kpis">[]) => ({
  ...sampleSetup(),
  shownKpis: new Map(rows.map((one) => [one.code, one])),
});

describe("which KPIs a role is shown", () => {
  it("is what its rows say, in their order, without those out of use", () => {
    const setup = setupOf(
      row({ code: "A", order: 3, target: 90, threshold: 80 }),
      row({ code: "B", order: 1, kpi: "delayed", headline: false }),
      row({ code: "C", order: 2, kpi: "received", retired: true }),
      row({ code: "D", order: 0, kpi: "backlog", audiences: ["auditor"] }),
    );
    expect(shownKpis(setup, "minister")).toEqual([
      { code: "delayed", headline: false, target: null, threshold: null },
      { code: "onTimeResolution", headline: true, target: 90, threshold: 80 },
    ]);
    expect(targetOf(setup, "minister", "onTimeResolution")).toMatchObject({ target: 90, threshold: 80 });
    expect(targetOf(setup, "minister", "delayed")).toBeNull();
    expect(targetOf(setup, "auditor", "onTimeResolution")).toBeNull();
  });

  it("is the whole catalogue in its own order where no row names the role", () => {
    for (const setup of [setupOf(), setupOf(row({})), setupOf(row({ retired: true }))])
      expect(shownKpis(setup, "auditor").map(({ code }) => code)).toEqual(pageFigureCodes);
  });

  it.each(["jordan", "boston311"])("is shipped for each role that reads figures (%s)", (programme) => {
    const setup = shippedSetup(programme);
    const own = new Set([...setup.shownKpis.values()].flatMap(({ audiences }) => audiences));
    const roles = [...rolesGranted("kpi.read")].filter(
      (role) => programme === "jordan" || !["minister", "prime_minister"].includes(role),
    );
    expect([...own].sort()).toEqual(roles.sort());
    for (const role of roles) {
      const shown = shownKpis(setup, role);
      expect(new Set(shown.map(({ code }) => code)).size).toBe(shown.length);
      const large = shown.filter(({ headline }) => headline).map(({ code }) => code);
      // Executives are shown at one look what they ask first; the others are on their page of figures.
      if (executives.has(role)) {
        expect(new Set(large)).toEqual(new Set(["received", "onTimeResolution", "delayed", "satisfaction"]));
        expect(shown.length).toBeGreaterThan(8);
      } else expect(large.length).toBeGreaterThan(4);
    }
  });

  it.each(["jordan", "boston311"])(
    "has satisfaction by phone right beside that by web, and text messages (%s)",
    (programme) => {
      const setup = shippedSetup(programme);
      for (const role of ["operation_room", "auditor"] as const) {
        const codes = shownKpis(setup, role).map(({ code }) => code);
        expect(codes[codes.indexOf("satisfaction") + 1]).toBe("satisfactionByTelephone");
        expect(codes).toEqual(expect.arrayContaining(["smsSent", "smsDelivered", "smsFailed", "smsSegments"]));
      }
    },
  );

  it("is all of the catalogue at home too before anything is set, the large ones as the catalogue has them", () => {
    const figures = kpiFigures(noCounts);
    const home = homeFigures(setupOf(), ["minister"], { figures, steps: [] });
    const large = pageFigureCodes.filter((code) => pageFigure(code).headline);
    expect(home.filter(({ headline }) => headline).map(({ code }) => code)).toEqual(large);
    expect(home.map(({ code }) => code)).toEqual(pageFigureCodes);
    expect(home.every(({ target }) => target === null)).toBe(true);
  });
});

describe("a figure against its target", () => {
  const shown = (code: ShownKpi["code"], target: number | null, threshold: number | null = null): ShownKpi => ({
    ...{ code, headline: true, target, threshold },
  });
  it.each<[string, ShownKpi, number | null, object | null]>([
    ["none is set", shown("onTimeResolution", null), 0.5, null],
    ["no data", shown("onTimeResolution", 90), null, null],
    ["neither direction is better", shown("received", 90), 50, null],
    ["a share that keeps it", shown("onTimeResolution", 90), 0.942, { side: "above", standing: "met" }],
    ["a share at it", shown("onTimeResolution", 90), 0.9, { side: "at", distance: 0, standing: "met" }],
    ["a share that is written as the target", shown("onTimeResolution", 90), 0.8996, { side: "at", standing: "met" }],
    ["a share below, without threshold", shown("onTimeResolution", 90), 0.858, { side: "below", standing: "off" }],
    ["a share below, above its threshold", shown("onTimeResolution", 90, 80), 0.858, { standing: "missed" }],
    ["a share at its threshold", shown("onTimeResolution", 90, 80), 0.8, { standing: "missed" }],
    ["a share below its threshold", shown("onTimeResolution", 90, 80), 0.799, { standing: "off" }],
    ["what is better low, and is lower", shown("delayed", 10, 20), 4, { side: "below", distance: 6, standing: "met" }],
    ["what is better low, and is higher", shown("delayed", 10, 20), 15, { side: "above", standing: "missed" }],
    ["what is better low, beyond its threshold", shown("delayed", 10, 20), 21, { distance: 11, standing: "off" }],
    ["a target of nothing", shown("delayed", 0), 1, { side: "above", standing: "off" }],
    [
      "working days",
      shown("medianResolutionWorkingSeconds", 5, 7),
      6 * daySeconds,
      { target: 5 * daySeconds, distance: daySeconds, side: "above", standing: "missed" },
    ],
    ["cases each", shown("casesPerFocalPoint", 10), 10.25, { distance: 0.25, standing: "off" }],
  ])("%s", (_, kpi, value, expected) => {
    const found = againstTarget(kpi, value, daySeconds);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  });

  it("says the distance as it is written", () => {
    expect(againstTarget(shown("onTimeResolution", 90), 0.858, daySeconds)?.distance).toBeCloseTo(0.042, 9);
  });
});

describe("what an entity or a month is measured against", () => {
  const viewOf = (code: ShownKpi["code"], target: number | null, more: object = {}) =>
    ({
      ...{ figure: code, figures: [{ code, headline: true, target, threshold: null }] },
      ...{ period: { unit: "month" }, trend: { unit: "month" }, day: { daySeconds, wall: false } },
      ...more,
    }) as unknown as FiguresView;

  it("is the target of a share or of a length of time", () => {
    expect(entityTarget(viewOf("onTimeResolution", 90))?.target).toBe(90);
    expect(trendTarget(viewOf("onTimeResolution", 90))).toBe(0.9);
    expect(trendTarget(viewOf("medianResolutionWorkingSeconds", 2))).toBe(2 * daySeconds);
    expect([entityTarget(viewOf("onTimeResolution", null)), trendTarget(viewOf("onTimeResolution", null))]).toEqual([
      null,
      null,
    ]);
  });

  it("is no number of cases that is of the whole, or of another time", () => {
    const closed = viewOf("closed", 100);
    expect(entityTarget(closed)).toBeNull();
    expect(trendTarget(closed)).toBe(100);
    expect(trendTarget(viewOf("closed", 100, { trend: { unit: "week" } }))).toBeNull();
  });
});
