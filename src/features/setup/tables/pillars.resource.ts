/** Pillars: what went wrong. One side of the SLA grid. */

import { defineResource } from "../../../platform/admin/define-resource.js";
import { modelSource } from "./model-source.js";
import { setupActs, setupColumns, setupCommon } from "./setup-columns.js";

export const pillars = defineResource({
  ...setupCommon,
  id: "pillars",
  label: { en: "Pillars", ar: "المحاور" },
  one: { en: "Pillar", ar: "محور" },
  icon: "star",
  order: 50,
  columns: setupColumns([], {
    name: {
      en: "What went wrong: quality, delivery time, behaviour. With the importance it decides how long an answer may take; a new pillar is a new row of the SLA grid.",
      ar: "موضع الخلل: جودة الخدمة، وقتها، سلوك الموظف. يحدد مع مستوى الأهمية مهلة الرد؛ وكل محور جديد صف جديد في جدول المهل.",
    },
  }),
  source: modelSource("pillars"),
  ...setupActs("pillars"),
});
