/** Application types: complaint, inquiry, suggestion …, each with its workflow and the extra questions that it asks. */

import { defineSetupTable } from "./define-setup-table.js";

export const applicationTypes = defineSetupTable({
  table: "application_types",
  part: "applicationTypes",
  setup: "types",
  many: { en: "Application types", ar: "أنواع الطلبات" },
  one: { en: "Application type", ar: "نوع طلب" },
  icon: "folder",
  order: 70,
  columns: {
    purpose: {
      kind: "bilingual",
      length: "line",
      nullable: true,
      label: { en: "What it is for", ar: "الغرض منه" },
      help: {
        en: "One sentence for an applicant who has to choose a type.",
        ar: "جملة واحدة تعين مقدم الطلب على اختيار النوع.",
      },
      inWords: { en: "purpose", ar: "الغرض" },
      decides: false,
    },
    workflow: {
      kind: "published",
      what: "workflow",
      label: { en: "Workflow", ar: "سير العمل" },
      help: {
        en: "The states and actions that its cases go through. Cases that are open keep the one they began with.",
        ar: "الحالات والإجراءات التي تمر بها معاملاته. تبقى المعاملات المفتوحة على ما بدأت به.",
      },
      decides: true,
      list: true,
      required: true,
    },
    fields: {
      kind: "fields",
      max: 60,
      label: { en: "Extra fields", ar: "حقول إضافية" },
      help: {
        en: "What every channel asks besides subject and description. Rules may ask for the answers: a field that a published rule names cannot be taken away.",
        ar: "ما تسأل عنه كل القنوات إضافة إلى الموضوع والوصف. ويجوز للقواعد أن تعتمد على الإجابات، فلا يُحذف حقل تذكره قاعدة منشورة.",
      },
      inWords: { en: "extra fields", ar: "الحقول الإضافية" },
      decides: true,
      list: true,
    },
    anonymousAllowed: {
      kind: "flag",
      label: { en: "May be sent anonymously", ar: "يجوز تقديمه دون ذكر الاسم" },
      help: {
        en: "Otherwise an application without a name or a way to write back is refused.",
        ar: "وإلا رُفض الطلب الذي لا اسم فيه ولا وسيلة للتواصل.",
      },
      inWords: { en: "without a name", ar: "دون ذكر الاسم" },
      decides: true,
      list: true,
      filter: true,
    },
    confidential: {
      kind: "flag",
      label: { en: "Confidential", ar: "سري" },
      help: {
        en: "Only the handlers of a case see it; not even those above them. Meant for reports of corruption.",
        ar: "لا يطّلع على المعاملة إلا معالجوها، ولا من يعلوهم. مخصص لبلاغات الفساد.",
      },
      inWords: { en: "confidential", ar: "سرّي" },
      decides: true,
      list: true,
      filter: true,
    },
  },
  formOrder: ["purpose", "workflow", "anonymousAllowed", "confidential", "fields"],
  heldBy: ["applications.type"],
  facts: ["type"],
});
