/** Reply templates: what officials begin an answer or a question with, filled in by the case. */

import { templateFields, templateNames } from "../../letters/template-names.js";
import type { Language } from "../../text/text.js";
import { defineSetupTable } from "./define-setup-table.js";

const places = (language: Language): string =>
  Object.entries(templateNames)
    .map(([name, { label }]) => `{{${name}}} ${label[language]}`)
    .join(language === "ar" ? "، " : ", ");
const sometimes = Object.entries(templateNames).flatMap(([name, one]) => (one.sometimes ? [`{{${name}}}`] : []));

export const replyTemplates = defineSetupTable({
  table: "reply_templates",
  part: "replyTemplates",
  setup: "replyTemplates",
  many: { en: "Reply templates", ar: "نماذج الردود" },
  one: { en: "Reply template", ar: "نموذج رد" },
  icon: "reply",
  order: 114,
  nameHelp: { en: "How officials find it while they write.", ar: "الاسم الذي يجده به الموظف أثناء الكتابة." },
  columns: {
    types: {
      kind: "references",
      to: "application_types",
      max: 100,
      label: { en: "Application types", ar: "أنواع الطلبات" },
      help: { en: "With none chosen it is offered for all of them.", ar: "إن لم يُختر أي نوع عُرض لها جميعًا." },
      decides: false,
      list: true,
    },
    field: {
      kind: "choice",
      choices: templateFields,
      label: { en: "For", ar: "لكتابة" },
      help: { en: "Offered wherever an action has this field.", ar: "يُعرض في كل إجراء فيه هذا الحقل." },
      inWords: { en: "used for", ar: "يُستخدم في" },
      decides: false,
      list: true,
      filter: true,
      required: true,
    },
    body: {
      kind: "bilingual",
      length: "template",
      label: { en: "Text", ar: "النص" },
      help: {
        en: `Filled in by the case: ${places("en")}. Not every case has ${sometimes.join(" and ")}: write {{#if service}} … {{/if}} around what stands only then. The applicant is not named: address them without a name.`,
        ar: `تُعبأ من المعاملة: ${places("ar")}. لا يتوفر ${sometimes.join(" و")} في كل معاملة: اكتب {{#if service}} … {{/if}} حول ما لا يظهر إلا عندها. لا يُذكر اسم مقدم الطلب: خاطبه دون اسم.`,
      },
      decides: false,
      search: true,
      required: true,
    },
  },
  formOrder: ["field", "types", "body"],
  heldBy: [],
  facts: [],
  decides: false,
  optionalFile: true,
});
