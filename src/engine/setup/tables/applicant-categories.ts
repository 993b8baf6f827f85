/** Applicant categories: as whom somebody applies. */

import { defineSetupTable } from "./define-setup-table.js";

export const applicantCategories = defineSetupTable({
  table: "applicant_categories",
  part: "applicantCategories",
  setup: "categories",
  many: { en: "Applicant categories", ar: "فئات مقدمي الطلبات" },
  one: { en: "Applicant category", ar: "فئة مقدمي الطلبات" },
  icon: "people",
  order: 90,
  nameHelp: {
    en: "As whom somebody applies: citizen, student, investor, business owner. Rules may treat categories differently, and figures are grouped by them.",
    ar: "الصفة التي يتقدم بها: مواطن، طالب، مستثمر، صاحب عمل. يجوز للقواعد أن تميز بينها، وتُعرض الأرقام بحسبها.",
  },
  columns: {},
  heldBy: ["applications.category"],
  facts: ["category"],
});
