/** Alerts for audiences: a condition that can come about, and roles that read figures. */

import { rolesGranted } from "../../../engine/access/permissions.js";
import { alertFaults } from "../../../engine/measures/alert-condition.js";
import { msg } from "../../../engine/text/msg.js";
import type { Report } from "../setup-fault.js";
import type { SetupFiles } from "./setup-files.js";

export function checkKpiAlerts({ kpiAlerts }: Pick<SetupFiles, "kpiAlerts">, report: Report): void {
  const readers: ReadonlySet<string> = rolesGranted("kpi.read");
  kpiAlerts.forEach((alert, i) => {
    const { audiences, kpi, condition, value = null, unit, periods = 1, least = 30 } = alert;
    for (const { field, reason } of alertFaults({ kpi, condition, value, unit, periods, least }))
      report("kpiAlerts", [i, field.slice(1)], reason);
    audiences.forEach((role, k) => {
      if (audiences.indexOf(role) < k) report("kpiAlerts", [i, "audiences", k], msg("setup.kpiAlerts.roleTwice"));
      else if (!readers.has(role)) report("kpiAlerts", [i, "audiences", k], msg("setup.kpiAlerts.roleReadsNone"));
    });
  });
}
