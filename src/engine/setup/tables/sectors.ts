/** Sectors: what an applicant picks when the entity is not known. */

import { defineSetupTable } from "./define-setup-table.js";

export const sectors = defineSetupTable({
  table: "sectors",
  part: "sectors",
  setup: "sectors",
  many: { en: "Sectors", ar: "القطاعات" },
  one: { en: "Sector", ar: "قطاع" },
  icon: "layers",
  order: 30,
  nameHelp: {
    en: "What an applicant picks: water, health, education. Each entity belongs to one, and each has its own triage queue.",
    ar: "ما يختاره مقدم الطلب: المياه، الصحة، التعليم. تتبع كل جهة قطاعًا واحدًا، ولكل قطاع قائمة فرز.",
  },
  columns: {},
  heldBy: ["seats.sector", "applications.sector", "cases.sector"],
  facts: ["sector"],
});
