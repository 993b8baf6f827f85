/** Reply templates: what officials begin an answer or a question with, filled in by the case. */

import { fillTemplate } from "../../../engine/letters/reply-template.js";
import { templateFields, templateNames } from "../../../engine/letters/template-names.js";
import { choicesOf } from "../../../engine/setup/set-up-choices.js";
import type { Bilingual, Language } from "../../../engine/text/text.js";
import { defineResource, type Row } from "../../../platform/admin/define-resource.js";
import { modelSource } from "./model-source.js";
import { setupActs, setupColumns, setupCommon } from "./setup-columns.js";

const places = (language: Language): string =>
  Object.entries(templateNames)
    .map(([name, { label }]) => `{{${name}}} ${label[language]}`)
    .join(language === "ar" ? "، " : ", ");
const sometimes = Object.entries(templateNames).flatMap(([name, one]) => (one.sometimes ? [`{{${name}}}`] : []));

/** How it reads, with values as a case has them; the name of who looks stands where that of the writing official would. */
function preview(row: Row, official: string): Bilingual {
  const body: Bilingual = { ar: String(row.bodyAr), en: String(row.bodyEn) };
  const filled = (language: Language): string => {
    const say = ({ en, ar }: Bilingual): string => (language === "ar" ? ar : en);
    return fillTemplate(body, language, {
      reference: "482-739-1652",
      subject: say({ en: "Water has been cut off for three days", ar: "انقطاع المياه منذ ثلاثة أيام" }),
      entity: say({ en: "Water Authority", ar: "سلطة المياه" }),
      service: say({ en: "Repair of a water main", ar: "إصلاح خط مياه رئيسي" }),
      dueDate: say({ en: "3 December 2026", ar: "3 كانون الأول 2026" }),
      official,
      programme: say({ en: "At your service", ar: "بخدمتكم" }),
      today: say({ en: "26 November 2026", ar: "26 تشرين الثاني 2026" }),
    });
  };
  return { ar: filled("ar"), en: filled("en") };
}

const { actions, ...changes } = setupActs("reply_templates");

export const replyTemplates = defineResource({
  ...setupCommon,
  id: "reply-templates",
  label: { en: "Reply templates", ar: "نماذج الردود" },
  one: { en: "Reply template", ar: "نموذج رد" },
  icon: "reply",
  order: 114,
  columns: setupColumns(
    [
      {
        name: "field",
        label: { en: "For", ar: "لكتابة" },
        type: "choice",
        list: true,
        filter: true,
        edit: true,
        required: true,
        choices: choicesOf(templateFields),
        help: {
          en: "Offered wherever an action has this field.",
          ar: "يُعرض في كل إجراء فيه هذا الحقل.",
        },
      },
      {
        name: "types",
        label: { en: "Application types", ar: "أنواع الطلبات" },
        type: "words",
        reference: "application-types",
        list: true,
        edit: true,
        help: {
          en: "With none chosen it is offered for all of them.",
          ar: "إن لم يُختر أي نوع عُرض لها جميعًا.",
        },
      },
      {
        name: "body",
        label: { en: "Text", ar: "النص" },
        type: "bilingual",
        long: true,
        search: true,
        edit: true,
        required: true,
        help: {
          en: `Filled in by the case: ${places("en")}. Not every case has ${sometimes.join(" and ")}: write {{#if service}} … {{/if}} around what stands only then. The applicant is not named: address them without a name.`,
          ar: `تُعبأ من المعاملة: ${places("ar")}. لا يتوفر ${sometimes.join(" و")} في كل معاملة: اكتب {{#if service}} … {{/if}} حول ما لا يظهر إلا عندها. لا يُذكر اسم مقدم الطلب: خاطبه دون اسم.`,
        },
      },
    ],
    {
      name: {
        en: "How officials find it while they write.",
        ar: "الاسم الذي يجده به الموظف أثناء الكتابة.",
      },
    },
  ),
  source: modelSource("reply_templates"),
  ...changes,
  actions: {
    ...actions,
    preview: {
      kind: "record",
      label: { en: "How it reads", ar: "كيف يظهر" },
      access: "configuration.read",
      read: async ({ record, official }) => preview(record as Row, official.name),
    },
  },
});
