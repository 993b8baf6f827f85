/** Whether the shown KPIs fit: each once an audience, targets that the KPI can have, thresholds on their worse side. */

import { kpis } from "../../../engine/measures/kpi.js";
import { isProportion, pageFigureCodes } from "../../../engine/measures/page-figures.js";
import { targetUnit } from "../../../engine/measures/shown-kpis.js";
import { msg } from "../../../engine/text/msg.js";
import type { Report } from "../setup-fault.js";
import type { SetupFiles } from "./setup-files.js";

type Row = SetupFiles["shownKpis"][number];

/** What no target of a unit is beyond: a per cent of what is no part of a whole can be more than a hundred. */
const most = { percent: 1000, workingDays: 1000, cases: 1_000_000 } as const;

function checkTarget({ kpi, target = null, threshold = null }: Row, i: number, report: Report): void {
  // A form's row is checked in its other columns too where its KPI is none.
  if (!pageFigureCodes.includes(kpi)) return;
  const { name, better } = kpis[kpi];
  if (target === null) {
    if (threshold !== null) report("shownKpis", [i, "threshold"], msg("setup.checkShownKpis.thresholdNeedsATarget"));
    return;
  }
  if (better === null) {
    report("shownKpis", [i, "target"], msg("setup.checkShownKpis.neitherDirectionIsBetter", { kpi: name }));
    return;
  }
  const written = targetUnit(kpi);
  const bound = isProportion(kpi) ? 100 : most[written];
  const unit = written === "cases" ? "other" : written;
  for (const [column, value] of [
    ["target", target],
    ["threshold", threshold],
  ] as const)
    if (value !== null && value > bound)
      report("shownKpis", [i, column], msg("setup.checkShownKpis.moreThanItCanBe", { kpi: name, bound, unit }));
  if (threshold === null || target > bound || threshold > bound) return;
  const isHigher = better === "higher";
  if (isHigher ? threshold > target : threshold < target)
    report(
      "shownKpis",
      [i, "threshold"],
      msg("setup.checkShownKpis.onTheWrongSide", { kpi: name, better: isHigher ? "higher" : "other", target }),
    );
}

/** It looks better than it is: a role that is shown it is shown what it belongs beside. */
function checkShownTogether(row: Row, i: number, rows: readonly Row[], report: Report): void {
  if (row.kpi !== "onTimeAmongResolved" || row.retired) return;
  const beside = rows.filter(({ kpi, retired }) => kpi === "onTimeResolution" && !retired);
  row.audiences.forEach((role, k) => {
    if (beside.some(({ audiences }) => audiences.includes(role))) return;
    const [kpi, other] = [kpis.onTimeAmongResolved.name, kpis.onTimeResolution.name];
    report("shownKpis", [i, "audiences", k], msg("setup.checkShownKpis.neverAlone", { kpi, other }));
  });
}

/** A role is shown a KPI by one row. @param before the rows that stand before it */
function checkAudiences(row: Row, i: number, before: readonly Row[], report: Report): void {
  const alike = before.filter(({ kpi, retired }) => kpi === row.kpi && !retired);
  row.audiences.forEach((role, k) => {
    const at = [i, "audiences", k];
    if (row.audiences.indexOf(role) < k) report("shownKpis", at, msg("setup.checkShownKpis.roleTwice"));
    const other = row.retired ? undefined : alike.find(({ audiences }) => audiences.includes(role));
    if (other === undefined) return;
    const { name, code } = other;
    report("shownKpis", at, msg("setup.checkShownKpis.shownAlready", { name, code }));
  });
}

export function checkShownKpis({ shownKpis }: SetupFiles, report: Report): void {
  shownKpis.forEach((row, i) => {
    checkTarget(row, i, report);
    checkAudiences(row, i, shownKpis.slice(0, i), report);
    checkShownTogether(row, i, shownKpis, report);
  });
}
