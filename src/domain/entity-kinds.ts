/** What kind of institution an entity is: for people to read. It decides nothing. */
import type { Bilingual } from "./text.js";

export const entityKinds = {
  government: { en: "Head of government", ar: "رئاسة الحكومة" },
  ministry: { en: "Ministry", ar: "وزارة" },
  authority: { en: "Authority", ar: "سلطة" },
  commission: { en: "Commission", ar: "هيئة" },
  council: { en: "Council", ar: "مجلس" },
  department: { en: "Department", ar: "دائرة" },
  directorate: { en: "Directorate", ar: "مديرية أو إدارة" },
  corporation: { en: "Public corporation", ar: "مؤسسة عامة" },
  company: { en: "Company", ar: "شركة" },
  fund: { en: "Fund", ar: "صندوق" },
  centre: { en: "Centre", ar: "مركز" },
  governorate: { en: "Governorate", ar: "محافظة" },
  city: { en: "City", ar: "مدينة" },
  municipality: { en: "Municipality", ar: "بلدية" },
  university: { en: "University", ar: "جامعة" },
  hospital: { en: "Hospital", ar: "مستشفى" },
  other: { en: "Other", ar: "غير ذلك" },
} as const satisfies Readonly<Record<string, Bilingual>>;

export type EntityKind = keyof typeof entityKinds;
export const entityKindCodes = Object.keys(entityKinds) as [EntityKind, ...EntityKind[]];
