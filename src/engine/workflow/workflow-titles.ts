/** What the parts of a workflow are called, on its screens and where it is compared and approved. Browsers run this too. */
import type { Bilingual } from "../text/text.js";
import type { EffectName, FieldType, StateKind } from "./workflow-definition.js";

export const stateKindTitles: Readonly<Record<StateKind, Bilingual>> = {
  open: { en: "Being worked on", ar: "قيد العمل" },
  waiting: { en: "Waiting", ar: "بانتظار" },
  resolved: { en: "Answered", ar: "تم الرد" },
  final: { en: "Ended", ar: "منتهية" },
};

export const effectTitles: Readonly<Record<EffectName, Bilingual>> = {
  assign: { en: "First entity: the field “entity” says which", ar: "تحديد أول جهة من حقل «الجهة»" },
  take: { en: "Whoever does it takes the case", ar: "يتولى المعاملة من يقوم به" },
  transfer: { en: "Another entity: the field “entity” says which", ar: "تحويل إلى جهة أخرى من حقل «الجهة»" },
  reclassify: {
    en: "Pillar or importance change, and the deadlines with them",
    ar: "تغيير المحور أو الأهمية ومعهما المواعيد",
  },
  respond: { en: "Counts as the first response", ar: "يُحتسب أول استجابة" },
  ask: { en: "The applicant gets a question", ar: "سؤال يصل إلى مقدم الطلب" },
  reply: { en: "The applicant replies", ar: "رد من مقدم الطلب" },
  answer: { en: "An answer, reviewed where the quality rules say so", ar: "رد يُراجع حيث تطلب قواعد الجودة" },
  return: { en: "A review sends the answer back", ar: "إعادة الرد بعد مراجعته" },
  rate: { en: "The applicant rates", ar: "تقييم من مقدم الطلب" },
  appeal: { en: "An appeal: another person, new deadlines", ar: "اعتراض: شخص آخر ومواعيد جديدة" },
  reopen: { en: "Opened again, with new deadlines", ar: "إعادة فتح بمواعيد جديدة" },
  withdraw: { en: "Withdrawn: left out of the figures", ar: "سحب: لا يدخل في المؤشرات" },
  reject: { en: "Rejected for a reason of the list", ar: "رفض لسبب من القائمة" },
  link: { en: "Ends as a duplicate of another case", ar: "تنتهي مكررة لمعاملة أخرى" },
  note: { en: "A note that only officials see", ar: "ملاحظة لا يراها إلا الموظفون" },
  mention: { en: "Colleagues named in the note are told", ar: "إبلاغ الزملاء المذكورين في الملاحظة" },
  give: { en: "A colleague gets the case", ar: "إسناد المعاملة إلى زميل" },
  split: { en: "A second matter becomes a case of its own", ar: "موضوع ثانٍ يصبح معاملة مستقلة" },
  merge: { en: "Other cases become duplicates of this one", ar: "ضم معاملات مكررة إلى هذه" },
  remind: { en: "The entity is reminded", ar: "تذكير الجهة" },
};

export const fieldTypeTitles: Readonly<Record<FieldType, Bilingual>> = {
  text: { en: "Text", ar: "نص" },
  choice: { en: "One of some choices", ar: "اختيار من قائمة" },
  entity: { en: "Entity", ar: "جهة" },
  pillar: { en: "Pillar", ar: "محور" },
  importance: { en: "Importance level", ar: "مستوى أهمية" },
  rating: { en: "Rating from 1 to 5", ar: "تقييم من 1 إلى 5" },
  closingReason: { en: "Closing reason", ar: "سبب إغلاق" },
  reference: { en: "Reference of a case", ar: "رقم معاملة" },
  references: { en: "References of several cases", ar: "أرقام عدة معاملات" },
  colleague: { en: "A colleague", ar: "زميل" },
  colleagues: { en: "Several colleagues", ar: "عدة زملاء" },
  applicantCode: { en: "Code of the application", ar: "رمز الطلب" },
};
