/** Applicant categories: as whom somebody applies. */

import { defineResource } from "../../../platform/admin/define-resource.js";
import { modelSource } from "./model-source.js";
import { setupActs, setupColumns, setupCommon } from "./setup-columns.js";

export const applicantCategories = defineResource({
  ...setupCommon,
  id: "applicant-categories",
  label: { en: "Applicant categories", ar: "فئات مقدمي الطلبات" },
  one: { en: "Applicant category", ar: "فئة مقدمي الطلبات" },
  icon: "people",
  order: 90,
  columns: setupColumns([], {
    name: {
      en: "As whom somebody applies: citizen, student, investor, business owner. Rules may treat categories differently, and figures are told by them.",
      ar: "الصفة التي يتقدم بها: مواطن، طالب، مستثمر، صاحب عمل. يجوز للقواعد أن تميز بينها، وتُعرض الأرقام بحسبها.",
    },
  }),
  source: modelSource("applicant_categories"),
  ...setupActs("applicant_categories"),
});
