/** Sectors: what an applicant picks when the entity is not known. */

import { defineResource } from "../../../platform/admin/define-resource.js";
import { modelSource } from "./model-source.js";
import { setupActs, setupColumns, setupCommon } from "./setup-columns.js";

export const sectors = defineResource({
  ...setupCommon,
  id: "sectors",
  label: { en: "Sectors", ar: "القطاعات" },
  one: { en: "Sector", ar: "قطاع" },
  icon: "layers",
  order: 30,
  columns: setupColumns([], {
    name: {
      en: "What an applicant picks: water, health, education. Each entity belongs to one, and each has its own triage queue.",
      ar: "ما يختاره مقدم الطلب: المياه، الصحة، التعليم. تتبع كل جهة قطاعًا واحدًا، ولكل قطاع قائمة فرز.",
    },
  }),
  source: modelSource("sectors"),
  ...setupActs("sectors"),
});
