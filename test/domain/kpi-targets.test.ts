/** Targets beside the figures of a terminal: of one audience how the figures lie to them, else for whom there are any. */
import { describe, expect, it } from "@jest/globals";
import { kpiFigures } from "../../src/engine/measures/kpi.js";
import { noCounts } from "../../src/engine/measures/kpi-counts.js";
import type { SetupRow } from "../../src/engine/setup/setup.js";
import { type Bilingual, inLanguage } from "../../src/engine/text/text.js";
import { kpiTargets } from "../../src/features/reports/kpi.command.js";
import { sampleSetup } from "../support/sample-setup.js";

const row = (code: string, more: Partial<SetupRow<"shown_kpis">>): SetupRow<"shown_kpis"> => ({
  ...{ code, name: { en: code, ar: code }, order: 1, retired: false, headline: true, threshold: null },
  ...{ kpi: "onTimeResolution", audiences: ["minister"], target: null },
  ...more,
});
const rows = [
  row("A", { audiences: ["minister", "prime_minister"], target: 90, threshold: 80 }),
  row("B", { audiences: ["operation_room"], target: 95 }),
  row("C", { audiences: ["minister"], kpi: "delayed", target: 10 }),
  row("D", { audiences: ["minister"], kpi: "medianResolutionWorkingSeconds", target: 5 }),
  row("E", { audiences: ["auditor"], kpi: "received" }),
  row("F", { audiences: ["auditor"], kpi: "backlog", target: 7, retired: true }),
];
const setup = { ...sampleSetup(), shownKpis: new Map(rows.map((one) => [one.code, one])) };
const spoken = (language: "en" | "ar") => ({
  ...{ setup, language, daySeconds: 7 * 3600 },
  say: (text: Bilingual) => inLanguage(text, language),
});
const figures = kpiFigures({
  ...noCounts,
  ...{ resolutionDue: 100, resolutionOnTime: 85, delayed: [12, 0, 0, 0, 0], firstResolved: 0 },
});
const told = (...asked: [Parameters<typeof kpiTargets>[1], ("en" | "ar")?]) =>
  Object.fromEntries(kpiTargets(figures, asked[0], spoken(asked[1] ?? "en")));

describe("targets of a report", () => {
  it("says of an audience how each figure lies to its target; of what has no data the target alone", () => {
    expect(told("minister")).toEqual({
      onTimeResolution: "90%: Target missed",
      delayed: "10: Off target",
      medianResolutionWorkingSeconds: "5 working days",
    });
    expect(told("operation_room")).toEqual({ onTimeResolution: "95%: Off target" });
    expect(told("auditor")).toEqual({});
  });

  it("says for which audiences a target is set where none is asked for", () => {
    expect(told(null)).toMatchObject({
      onTimeResolution: "95% (Operation room); 90% (Minister, Prime minister)",
      delayed: "10 (Minister)",
    });
    expect(told(null).backlog).toBeUndefined();
    expect(told(null, "ar").delayed).toMatch(/^10 \(.*\)$/);
  });
});
