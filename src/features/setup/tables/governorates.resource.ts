/** Governorates: where it happened. */

import { defineResource } from "../../../platform/admin/define-resource.js";
import { modelSource } from "./model-source.js";
import { setupActs, setupColumns, setupCommon } from "./setup-columns.js";

export const governorates = defineResource({
  ...setupCommon,
  id: "governorates",
  label: { en: "Governorates", ar: "المحافظات" },
  one: { en: "Governorate", ar: "محافظة" },
  icon: "globe",
  order: 100,
  columns: setupColumns([], {
    name: {
      en: "Where it happened. Routing rules may ask for it: water in Irbid goes to another company than water in Amman.",
      ar: "مكان الواقعة. قد تعتمد عليه قواعد التوجيه: فمياه إربد لشركة ومياه عمّان لأخرى.",
    },
  }),
  source: modelSource("governorates"),
  ...setupActs("governorates"),
});
