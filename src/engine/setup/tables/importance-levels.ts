/** Importance levels: how urgent. The other side of the SLA grid. */

import { defineSetupTable } from "./define-setup-table.js";

export const importanceLevels = defineSetupTable({
  table: "importance_levels",
  part: "importanceLevels",
  setup: "importanceLevels",
  many: { en: "Importance levels", ar: "مستويات الأهمية" },
  one: { en: "Importance level", ar: "مستوى أهمية" },
  icon: "ladder",
  order: 60,
  columns: {
    rank: {
      kind: "integer",
      min: 1,
      max: 1000,
      label: { en: "Rank", ar: "الرتبة" },
      help: {
        en: "1 is the lowest. No two levels have the same. A new level is a new column of the SLA grid.",
        ar: "الرقم 1 هو الأدنى، ولا يتكرر. كل مستوى جديد عمود جديد في جدول المهل.",
      },
      decides: true,
      list: true,
      sort: true,
      required: true,
    },
  },
  sortedBy: "rank",
  heldBy: ["applications.importance", "cases.importance"],
  facts: ["importance"],
  outcome: { key: "importance" },
});
