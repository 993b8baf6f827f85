/** Importance levels: how urgent. The other side of the SLA grid. */

import { defineResource } from "../../../platform/admin/define-resource.js";
import { modelSource } from "./model-source.js";
import { setupActs, setupColumns, setupCommon } from "./setup-columns.js";

export const importanceLevels = defineResource({
  ...setupCommon,
  id: "importance-levels",
  label: { en: "Importance levels", ar: "مستويات الأهمية" },
  one: { en: "Importance level", ar: "مستوى أهمية" },
  icon: "ladder",
  order: 60,
  columns: setupColumns([
    {
      name: "rank",
      label: { en: "Rank", ar: "الرتبة" },
      type: "number",
      list: true,
      sort: true,
      edit: true,
      required: true,
      help: {
        en: "1 is the lowest. No two levels have the same. A new level is a new column of the SLA grid.",
        ar: "الرقم 1 هو الأدنى، ولا يتكرر. كل مستوى جديد عمود جديد في جدول المهل.",
      },
    },
  ]),
  source: modelSource("importance_levels"),
  ...setupActs("importance_levels"),
  defaultSort: { column: "rank", direction: "asc" },
});
