/** What roles are called, and where a seat of each belongs. */

import type { Bilingual } from "../text/text.js";
import type { RoleCode } from "./permissions.js";

/** As a person is introduced. */
export const roleNames: Readonly<Record<RoleCode, Bilingual>> = {
  operation_room: { en: "Operation room", ar: "غرفة العمليات" },
  main_focal_point: { en: "Main focal point", ar: "ضابط ارتباط رئيسي" },
  focal_point: { en: "Focal point", ar: "ضابط ارتباط" },
  entity_manager: { en: "Entity manager", ar: "مدير الجهة" },
  secretary_general: { en: "Secretary general", ar: "أمين عام" },
  minister: { en: "Minister", ar: "وزير" },
  prime_minister: { en: "Prime minister", ar: "رئيس الوزراء" },
  steering_committee: { en: "Steering committee", ar: "اللجنة التوجيهية" },
  contact_centre_agent: { en: "Contact centre agent", ar: "موظف مركز الاتصال" },
  auditor: { en: "Auditor", ar: "مدقق" },
};

/** Where the seats of a role belong: to an entity, to a sector, or to the whole programme. */
export const placeOfRole: Readonly<Record<RoleCode, "entity" | "sector" | "programme">> = {
  operation_room: "programme",
  main_focal_point: "sector",
  focal_point: "entity",
  entity_manager: "entity",
  secretary_general: "entity",
  minister: "entity",
  prime_minister: "entity",
  steering_committee: "programme",
  contact_centre_agent: "programme",
  auditor: "programme",
};
