/** Pillars: what went wrong. One side of the SLA grid. */

import { defineSetupTable } from "./define-setup-table.js";

export const pillars = defineSetupTable({
  table: "pillars",
  part: "pillars",
  setup: "pillars",
  many: { en: "Pillars", ar: "المحاور" },
  one: { en: "Pillar", ar: "محور" },
  icon: "star",
  order: 50,
  nameHelp: {
    en: "What went wrong: quality, delivery time, behaviour. With the importance it decides how long an answer may take; a new pillar is a new row of the SLA grid.",
    ar: "موضع الخلل: جودة الخدمة، وقتها، سلوك الموظف. يحدد مع مستوى الأهمية مهلة الرد؛ وكل محور جديد صف جديد في جدول المهل.",
  },
  columns: {},
  heldBy: ["applications.pillar", "cases.pillar"],
  facts: ["pillar"],
  outcome: { key: "pillar" },
});
