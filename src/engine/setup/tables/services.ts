/** Services: what entities deliver; an application that names one goes to its entity. */

import { defineSetupTable } from "./define-setup-table.js";

export const services = defineSetupTable({
  table: "services",
  part: "services",
  setup: "services",
  many: { en: "Services", ar: "الخدمات" },
  one: { en: "Service", ar: "خدمة" },
  icon: "list",
  order: 40,
  columns: {
    entity: {
      kind: "reference",
      to: "entities",
      label: { en: "Entity", ar: "الجهة" },
      help: {
        en: "Who delivers it: an application that names the service is routed there.",
        ar: "الجهة التي تقدمها: يُوجَّه إليها كل طلب يذكر هذه الخدمة.",
      },
      decides: true,
      moves: true,
      list: true,
      filter: true,
      sort: true,
      required: true,
    },
  },
  heldBy: ["applications.service"],
  facts: ["service"],
  optionalFile: true,
});
