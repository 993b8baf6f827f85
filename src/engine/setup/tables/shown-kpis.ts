/** Shown KPIs: which figures a role is shown, in what order, how large, and what they are measured against. */

import { rolesGranted } from "../../access/permissions.js";
import { type RoleCode, roleCodes, roleNames } from "../../access/roles.js";
import { kpis } from "../../measures/kpi.js";
import { type PageFigureCode, pageFigureCodes } from "../../measures/page-figures.js";
import { msg } from "../../text/msg.js";
import type { Bilingual } from "../../text/text.js";
import { defineSetupTable } from "./define-setup-table.js";

/** Who reads figures at all. */
const readers = rolesGranted("kpi.read");
const audiences = Object.fromEntries(
  roleCodes.filter((role) => readers.has(role)).map((role) => [role, roleNames[role]]),
) as Readonly<Record<RoleCode, Bilingual>>;

/** What is one number. A figure by level or by scale has none to aim at. */
const figures = Object.fromEntries(pageFigureCodes.map((code) => [code, kpis[code].name])) as Readonly<
  Record<PageFigureCode, Bilingual>
>;

/** More than any unit takes; what fits a KPI is checked with the row. */
const most = 1_000_000;

export const shownKpis = defineSetupTable({
  table: "shown_kpis",
  part: "shownKpis",
  setup: "shownKpis",
  many: msg("setup.shownKpis.many"),
  one: msg("setup.shownKpis.one"),
  icon: "chart",
  order: 115,
  nameHelp: msg("setup.shownKpis.nameHelp"),
  orderHelp: msg("setup.shownKpis.orderHelp"),
  columns: {
    kpi: {
      kind: "choice",
      choices: figures,
      label: msg("setup.shownKpis.columnsKpiLabel"),
      help: msg("setup.shownKpis.columnsKpiHelp"),
      inWords: msg("setup.shownKpis.columnsKpiInWords"),
      decides: true,
      list: true,
      filter: true,
      required: true,
    },
    audiences: {
      kind: "choices",
      choices: audiences,
      min: 1,
      label: msg("setup.shownKpis.columnsAudiencesLabel"),
      help: msg("setup.shownKpis.columnsAudiencesHelp"),
      decides: true,
      list: true,
      required: true,
    },
    headline: {
      kind: "flag",
      fallback: false,
      label: msg("setup.shownKpis.columnsHeadlineLabel"),
      help: msg("setup.shownKpis.columnsHeadlineHelp"),
      decides: true,
      list: true,
    },
    /** As people write it: per cent, working days, cases. */
    target: {
      kind: "integer",
      min: 0,
      max: most,
      nullable: true,
      label: msg("setup.shownKpis.columnsTargetLabel"),
      help: msg("setup.shownKpis.columnsTargetHelp"),
      decides: true,
      list: true,
    },
    /** In the unit of the target. */
    threshold: {
      kind: "integer",
      min: 0,
      max: most,
      nullable: true,
      label: msg("setup.shownKpis.columnsThresholdLabel"),
      help: msg("setup.shownKpis.columnsThresholdHelp"),
      decides: true,
      list: true,
    },
  },
  heldBy: [],
  facts: [],
  optionalFile: true,
});
