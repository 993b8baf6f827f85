/** What the parts of a workflow are called, on its screens and where it is compared and approved. Browsers run this too. */
import type { Bilingual } from "../text/text.js";
import type { FieldType, StateKind } from "./workflow-definition.js";

export const stateKindTitles: Readonly<Record<StateKind, Bilingual>> = {
  open: { en: "Being worked on", ar: "قيد العمل" },
  waiting: { en: "Waiting", ar: "بانتظار" },
  resolved: { en: "Answered", ar: "تم الرد" },
  final: { en: "Ended", ar: "منتهية" },
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
