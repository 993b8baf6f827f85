/** Application types: complaint, inquiry, suggestion …, each with its workflow and the extra questions that it asks. */

import { defineResource } from "../../../platform/admin/define-resource.js";
import { modelSource } from "./model-source.js";
import { setupActs, setupColumns, setupCommon } from "./setup-columns.js";

export const applicationTypes = defineResource({
  ...setupCommon,
  id: "application-types",
  label: { en: "Application types", ar: "أنواع الطلبات" },
  one: { en: "Application type", ar: "نوع طلب" },
  icon: "folder",
  order: 70,
  columns: setupColumns([
    {
      name: "purpose",
      label: { en: "What it is for", ar: "الغرض منه" },
      type: "bilingual",
      edit: true,
      help: {
        en: "One sentence for an applicant who has to choose a type.",
        ar: "جملة واحدة تعين مقدم الطلب على اختيار النوع.",
      },
    },
    {
      name: "workflow",
      label: { en: "Workflow", ar: "سير العمل" },
      type: "reference",
      reference: "published-workflows",
      list: true,
      edit: true,
      required: true,
      help: {
        en: "The states and actions that its cases go through. Cases that are open keep the one they began with.",
        ar: "الحالات والإجراءات التي تمر بها معاملاته. تبقى المعاملات المفتوحة على ما بدأت به.",
      },
    },
    {
      name: "anonymousAllowed",
      label: { en: "May be sent anonymously", ar: "يجوز تقديمه دون ذكر الاسم" },
      type: "boolean",
      list: true,
      filter: true,
      edit: true,
      help: {
        en: "Otherwise an application without a name or a way to write back is refused.",
        ar: "وإلا رُفض الطلب الذي لا اسم فيه ولا وسيلة للتواصل.",
      },
    },
    {
      name: "confidential",
      label: { en: "Confidential", ar: "سري" },
      type: "boolean",
      list: true,
      filter: true,
      edit: true,
      help: {
        en: "Only the handlers of a case see it; not even those above them. Meant for reports of corruption.",
        ar: "لا يطّلع على المعاملة إلا معالجوها، ولا من يعلوهم. مخصص لبلاغات الفساد.",
      },
    },
    {
      name: "fields",
      label: { en: "Extra fields", ar: "حقول إضافية" },
      type: "fields",
      list: true,
      edit: true,
      help: {
        en: "What every channel asks besides subject and description. Rules may ask for the answers: a field that a published rule names cannot be taken away.",
        ar: "ما تسأل عنه كل القنوات إضافة إلى الموضوع والوصف. ويجوز للقواعد أن تعتمد على الإجابات، فلا يُحذف حقل تذكره قاعدة منشورة.",
      },
    },
  ]),
  source: modelSource("application_types"),
  ...setupActs("application_types"),
});
