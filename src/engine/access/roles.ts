/**
 * The roles of seats. A role is a row here and a line in each action of the permission matrix (`permissions.ts`); forms, file
 * checks, homes, help, the ladder and the words of workflows follow. Browsers run this too.
 */
import { codesOf, memberOf } from "../registry.js";
import type { Bilingual } from "../text/text.js";

/** Where the seats of a role belong. */
export type SeatPlace = "entity" | "sector" | "programme";

/** The homes that there are, by the key of their help (`home.executive`). */
export type HomeName =
  | "operation_room"
  | "main_focal_point"
  | "focal_point"
  | "executive"
  | "steering_committee"
  | "auditor"
  | "contact_centre_agent";

interface RoleRow {
  /** As a person is introduced. */
  readonly name: Bilingual;
  /** As a workflow's editor and its differences list it. */
  readonly title: Bilingual;
  /** In a sentence about who may act. */
  readonly inSentence: Bilingual;
  readonly place: SeatPlace;
  /** Codes of its seats begin so: `FOCAL-MOH-3`. */
  readonly seatCode: string;
  readonly home: HomeName;
  /** Cases can be escalated to it. */
  readonly onLadder: boolean;
  /** Which confidential cases it handles: those of its entity, those that wait in its sector, those that name neither. */
  readonly confidential: "ofEntity" | "ofSector" | "unplaced" | null;
  /** In which order colleagues and performers are offered: the smaller, the nearer to a case. */
  readonly nearness: number;
}

const roles = {
  operation_room: {
    name: { en: "Operation room", ar: "غرفة العمليات" },
    title: { en: "Operation room", ar: "غرفة العمليات" },
    inSentence: { en: "the operation room", ar: "غرفة العمليات" },
    place: "programme",
    seatCode: "OPERATION-ROOM",
    home: "operation_room",
    onLadder: false,
    confidential: "unplaced",
    nearness: 4,
  },
  main_focal_point: {
    name: { en: "Main focal point", ar: "ضابط ارتباط رئيسي" },
    title: { en: "Main focal point of the sector", ar: "ضابط الارتباط الرئيسي للقطاع" },
    inSentence: { en: "the main focal point of the sector", ar: "ضابط الارتباط الرئيسي للقطاع" },
    place: "sector",
    seatCode: "MAIN",
    home: "main_focal_point",
    onLadder: false,
    confidential: "ofSector",
    nearness: 3,
  },
  focal_point: {
    name: { en: "Focal point", ar: "ضابط ارتباط" },
    title: { en: "Focal point", ar: "ضابط الارتباط" },
    inSentence: { en: "a focal point of the entity", ar: "ضابط ارتباط الجهة" },
    place: "entity",
    seatCode: "FOCAL",
    home: "focal_point",
    onLadder: false,
    confidential: "ofEntity",
    nearness: 1,
  },
  entity_manager: {
    name: { en: "Entity manager", ar: "مدير الجهة" },
    title: { en: "Manager of the entity", ar: "مدير الجهة" },
    inSentence: { en: "the manager of the entity", ar: "مدير الجهة" },
    place: "entity",
    seatCode: "MANAGER",
    home: "focal_point",
    onLadder: true,
    confidential: "ofEntity",
    nearness: 2,
  },
  secretary_general: {
    name: { en: "Secretary general", ar: "أمين عام" },
    title: { en: "Secretary general", ar: "الأمين العام" },
    inSentence: { en: "the secretary general", ar: "الأمين العام" },
    place: "entity",
    seatCode: "SECRETARY",
    home: "executive",
    onLadder: true,
    confidential: null,
    nearness: 5,
  },
  minister: {
    name: { en: "Minister", ar: "وزير" },
    title: { en: "Minister", ar: "الوزير" },
    inSentence: { en: "the minister", ar: "الوزير" },
    place: "entity",
    seatCode: "MINISTER",
    home: "executive",
    onLadder: true,
    confidential: null,
    nearness: 6,
  },
  prime_minister: {
    name: { en: "Prime minister", ar: "رئيس الوزراء" },
    title: { en: "Prime Minister", ar: "رئيس الوزراء" },
    inSentence: { en: "the prime minister", ar: "رئيس الوزراء" },
    place: "entity",
    seatCode: "PRIME-MINISTER",
    home: "executive",
    onLadder: true,
    confidential: null,
    nearness: 7,
  },
  steering_committee: {
    name: { en: "Steering committee", ar: "اللجنة التوجيهية" },
    title: { en: "Steering committee", ar: "اللجنة التوجيهية" },
    inSentence: { en: "the steering committee", ar: "اللجنة التوجيهية" },
    place: "programme",
    seatCode: "STEERING",
    home: "steering_committee",
    onLadder: false,
    confidential: null,
    nearness: 10,
  },
  contact_centre_agent: {
    name: { en: "Contact centre agent", ar: "موظف مركز الاتصال" },
    title: { en: "Contact centre", ar: "مركز الاتصال" },
    inSentence: { en: "the contact centre", ar: "مركز الاتصال" },
    place: "programme",
    seatCode: "CONTACT-CENTRE",
    home: "contact_centre_agent",
    onLadder: false,
    confidential: null,
    nearness: 9,
  },
  auditor: {
    name: { en: "Auditor", ar: "مدقق" },
    title: { en: "Auditor", ar: "المدقق" },
    inSentence: { en: "the auditor", ar: "المدقق" },
    place: "programme",
    seatCode: "AUDITOR",
    home: "auditor",
    onLadder: false,
    confidential: null,
    nearness: 8,
  },
} as const satisfies Readonly<Record<string, RoleRow>>;

export type RoleCode = keyof typeof roles;
export const roleCodes = codesOf(roles);

/** What is known of a role. */
export const roleOf: Readonly<Record<RoleCode, RoleRow>> = roles;
/** As people are introduced. */
export const roleNames = memberOf(roleOf, "name");
/** Where seats belong, by role. */
export const placeOfRole = memberOf(roleOf, "place");
