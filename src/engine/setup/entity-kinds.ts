/** What kind of institution an entity is: for people to read. It decides nothing. */
import type { Bilingual } from "../text/text.js";

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
  unit: { en: "Unit of an entity", ar: "وحدة ضمن جهة" },
  other: { en: "Other", ar: "غير ذلك" },
} as const satisfies Readonly<Record<string, Bilingual>>;

export type EntityKind = keyof typeof entityKinds;
export const entityKindCodes = Object.keys(entityKinds) as [EntityKind, ...EntityKind[]];

/** The institution that a unit belongs to, through units of units; anything else belongs to itself. */
export function bodyOf(
  entity: string,
  entities: ReadonlyMap<string, { readonly kind: string; readonly parent: string | null }>,
): string {
  const seen = new Set<string>();
  let code = entity;
  for (;;) {
    const found = entities.get(code);
    if (found?.kind !== "unit" || found.parent === null || seen.has(code)) return code;
    seen.add(code);
    code = found.parent;
  }
}
