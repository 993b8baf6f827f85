/** Governorates: where it happened. */

import { defineSetupTable } from "./define-setup-table.js";

export const governorates = defineSetupTable({
  table: "governorates",
  part: "governorates",
  setup: "governorates",
  many: { en: "Governorates", ar: "المحافظات" },
  one: { en: "Governorate", ar: "محافظة" },
  icon: "globe",
  order: 100,
  nameHelp: {
    en: "Where it happened. Routing rules may ask for it: water in Irbid goes to another company than water in Amman.",
    ar: "مكان الواقعة. قد تعتمد عليه قواعد التوجيه: فمياه إربد لشركة ومياه عمّان لأخرى.",
  },
  columns: {},
  heldBy: ["applications.governorate"],
  facts: ["governorate"],
});
