/** Closing reasons: why an application is closed without the answer that was asked for, and what the applicant is told. */

import { defineResource } from "../../../platform/admin/define-resource.js";
import { modelSource } from "./model-source.js";
import { setupActs, setupColumns, setupCommon } from "./setup-columns.js";

export const closingReasons = defineResource({
  ...setupCommon,
  id: "closing-reasons",
  label: { en: "Closing reasons", ar: "أسباب الإغلاق" },
  one: { en: "Closing reason", ar: "سبب إغلاق" },
  icon: "archive",
  order: 112,
  columns: setupColumns(
    [
      {
        name: "text",
        label: { en: "What the applicant reads", ar: "ما يقرؤه مقدم الطلب" },
        type: "bilingual",
        long: true,
        list: true,
        search: true,
        edit: true,
        required: true,
        help: {
          en: "Stands in the letter and where the application is followed: why it goes no further, and where to turn.",
          ar: "يظهر في الرسالة وفي صفحة متابعة الطلب: لماذا لا يستمر النظر فيه، وإلى أين يمكن التوجه.",
        },
      },
    ],
    {
      name: {
        en: "Chosen by whoever rejects an application. “Not ours” is no reason: what is another entity's is transferred.",
        ar: "يختاره من يرفض الطلب. «ليس من اختصاصنا» ليس سببًا: ما يخص جهة أخرى يُحوَّل إليها.",
      },
    },
  ),
  source: modelSource("closing_reasons"),
  ...setupActs("closing_reasons"),
});
