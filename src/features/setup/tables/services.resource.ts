/** Services: what entities deliver; an application that names one goes to its entity. */

import { defineResource } from "../../../platform/admin/define-resource.js";
import { modelSource } from "./model-source.js";
import { setupActs, setupColumns, setupCommon } from "./setup-columns.js";

export const services = defineResource({
  ...setupCommon,
  id: "services",
  label: { en: "Services", ar: "الخدمات" },
  one: { en: "Service", ar: "خدمة" },
  icon: "list",
  order: 40,
  columns: setupColumns([
    {
      name: "entity",
      label: { en: "Entity", ar: "الجهة" },
      type: "reference",
      reference: "entities",
      list: true,
      filter: true,
      sort: true,
      edit: true,
      required: true,
      help: {
        en: "Who delivers it: an application that names the service is routed there.",
        ar: "الجهة التي تقدمها: يُوجَّه إليها كل طلب يذكر هذه الخدمة.",
      },
    },
  ]),
  source: modelSource("services"),
  ...setupActs("services"),
});
