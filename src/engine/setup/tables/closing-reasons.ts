/**
 * Closing reasons: why a case may be closed without the answer that was asked for, and what the applicant reads. What is
 * another entity's is transferred.
 */

import { defineSetupTable } from "./define-setup-table.js";

export const closingReasons = defineSetupTable({
  table: "closing_reasons",
  part: "closingReasons",
  setup: "closingReasons",
  many: { en: "Closing reasons", ar: "أسباب الإغلاق" },
  one: { en: "Closing reason", ar: "سبب إغلاق" },
  icon: "archive",
  order: 112,
  nameHelp: {
    en: "The official who rejects an application chooses one. “Not ours” is no reason: what is another entity's is transferred.",
    ar: "يختاره من يرفض الطلب. «ليس من اختصاصنا» ليس سببًا: ما يخص جهة أخرى يُحوَّل إليها.",
  },
  columns: {
    text: {
      kind: "bilingual",
      length: "paragraphs",
      label: { en: "What the applicant reads", ar: "ما يقرؤه مقدم الطلب" },
      help: {
        en: "Stands in the letter and where the application is followed: why it goes no further, and where to turn.",
        ar: "يظهر في الرسالة وفي صفحة متابعة الطلب: لماذا لا يستمر النظر فيه، وإلى أين يمكن التوجه.",
      },
      inWords: { en: "text", ar: "النص" },
      decides: false,
      list: true,
      search: true,
      required: true,
    },
  },
  heldBy: ["cases.closing_reason"],
  facts: [],
  decides: false,
  optionalFile: true,
});
