/** Alerts about figures that the operation room sets up for an audience; each hears of its own place. */

import { roleNames } from "../../access/roles.js";
import { alertKinds, alertKpis, alertLimits, alertUnits, usualLeast } from "../../measures/alert-condition.js";
import { msg } from "../../text/msg.js";
import { defineSetupTable } from "./define-setup-table.js";

export const kpiAlerts = defineSetupTable({
  table: "kpi_alerts",
  part: "kpiAlerts",
  setup: "kpiAlerts",
  many: msg("setup.kpiAlerts.many"),
  one: msg("setup.kpiAlerts.one"),
  icon: "chart",
  order: 118,
  nameHelp: msg("setup.kpiAlerts.nameHelp"),
  columns: {
    audiences: {
      kind: "choices",
      choices: roleNames,
      min: 1,
      label: msg("setup.kpiAlerts.columnsAudiencesLabel"),
      help: msg("setup.kpiAlerts.columnsAudiencesHelp"),
      decides: false,
      list: true,
      required: true,
    },
    kpi: {
      kind: "choice",
      choices: alertKpis,
      label: msg("setup.kpiAlerts.columnsKpiLabel"),
      help: msg("setup.kpiAlerts.columnsKpiHelp"),
      decides: false,
      list: true,
      filter: true,
      required: true,
    },
    condition: {
      kind: "choice",
      choices: alertKinds,
      label: msg("setup.kpiAlerts.columnsConditionLabel"),
      decides: false,
      list: true,
      required: true,
    },
    value: {
      kind: "integer",
      ...alertLimits.value,
      nullable: true,
      label: msg("setup.kpiAlerts.columnsValueLabel"),
      help: msg("setup.kpiAlerts.columnsValueHelp"),
      decides: false,
      list: true,
    },
    unit: {
      kind: "choice",
      choices: alertUnits,
      label: msg("setup.kpiAlerts.columnsUnitLabel"),
      decides: false,
      list: true,
      required: true,
    },
    periods: {
      kind: "integer",
      ...alertLimits.periods,
      fallback: 1,
      label: msg("setup.kpiAlerts.columnsPeriodsLabel"),
      help: msg("setup.kpiAlerts.columnsPeriodsHelp"),
      decides: false,
      list: true,
    },
    least: {
      kind: "integer",
      ...alertLimits.least,
      fallback: usualLeast,
      label: msg("setup.kpiAlerts.columnsLeastLabel"),
      help: msg("setup.kpiAlerts.columnsLeastHelp"),
      decides: false,
    },
  },
  heldBy: [],
  facts: [],
  decides: false,
  optionalFile: true,
});
