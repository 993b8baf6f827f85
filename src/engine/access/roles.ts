/**
 * The roles of seats. A role is a row here and a line in each action of the permission matrix (`permissions.ts`); forms, file
 * checks, homes, help, the ladder and the words of workflows follow. Browsers run this too.
 */

import { codesOf, memberOf } from "../registry.js";
import { msg } from "../text/msg.js";
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
  /**
   * Which confidential cases it handles: those of its entity, those that wait in its sector, those that name neither. Of any case there
   * that nobody has taken its holders share the news.
   */
  readonly confidential: "ofEntity" | "ofSector" | "unplaced" | null;
  /** In which order colleagues and performers are offered: the smaller, the nearer to a case. */
  readonly nearness: number;
}

const roles = {
  operation_room: {
    name: msg("access.roles.operationRoomName"),
    title: msg("access.roles.operationRoomTitle"),
    inSentence: msg("access.roles.operationRoomInSentence"),
    place: "programme",
    seatCode: "OPERATION-ROOM",
    home: "operation_room",
    confidential: "unplaced",
    nearness: 4,
  },
  main_focal_point: {
    name: msg("access.roles.mainFocalPointName"),
    title: msg("access.roles.mainFocalPointTitle"),
    inSentence: msg("access.roles.mainFocalPointInSentence"),
    place: "sector",
    seatCode: "MAIN",
    home: "main_focal_point",
    confidential: "ofSector",
    nearness: 3,
  },
  focal_point: {
    name: msg("access.roles.focalPointName"),
    title: msg("access.roles.focalPointTitle"),
    inSentence: msg("access.roles.focalPointInSentence"),
    place: "entity",
    seatCode: "FOCAL",
    home: "focal_point",
    confidential: "ofEntity",
    nearness: 1,
  },
  entity_manager: {
    name: msg("access.roles.entityManagerName"),
    title: msg("access.roles.entityManagerTitle"),
    inSentence: msg("access.roles.entityManagerInSentence"),
    place: "entity",
    seatCode: "MANAGER",
    home: "focal_point",
    confidential: "ofEntity",
    nearness: 2,
  },
  secretary_general: {
    name: msg("access.roles.secretaryGeneralName"),
    title: msg("access.roles.secretaryGeneralTitle"),
    inSentence: msg("access.roles.secretaryGeneralInSentence"),
    place: "entity",
    seatCode: "SECRETARY",
    home: "executive",
    confidential: null,
    nearness: 5,
  },
  minister: {
    name: msg("access.roles.ministerName"),
    title: msg("access.roles.ministerTitle"),
    inSentence: msg("access.roles.ministerInSentence"),
    place: "entity",
    seatCode: "MINISTER",
    home: "executive",
    confidential: null,
    nearness: 6,
  },
  prime_minister: {
    name: msg("access.roles.primeMinisterName"),
    title: msg("access.roles.primeMinisterTitle"),
    inSentence: msg("access.roles.primeMinisterInSentence"),
    place: "entity",
    seatCode: "PRIME-MINISTER",
    home: "executive",
    confidential: null,
    nearness: 7,
  },
  steering_committee: {
    name: msg("access.roles.steeringCommitteeName"),
    title: msg("access.roles.steeringCommitteeTitle"),
    inSentence: msg("access.roles.steeringCommitteeInSentence"),
    place: "programme",
    seatCode: "STEERING",
    home: "steering_committee",
    confidential: null,
    nearness: 10,
  },
  contact_centre_agent: {
    name: msg("access.roles.contactCentreAgentName"),
    title: msg("access.roles.contactCentreAgentTitle"),
    inSentence: msg("access.roles.contactCentreAgentInSentence"),
    place: "programme",
    seatCode: "CONTACT-CENTRE",
    home: "contact_centre_agent",
    confidential: null,
    nearness: 9,
  },
  /** Leads the agents: sees what they did and what waits for them, and speaks to nobody. */
  contact_centre_lead: {
    name: msg("access.roles.contactCentreLeadName"),
    title: msg("access.roles.contactCentreLeadTitle"),
    inSentence: msg("access.roles.contactCentreLeadInSentence"),
    place: "programme",
    seatCode: "CONTACT-CENTRE-LEAD",
    home: "contact_centre_agent",
    confidential: null,
    nearness: 11,
  },
  auditor: {
    name: msg("access.roles.auditorName"),
    title: msg("access.roles.auditorTitle"),
    inSentence: msg("access.roles.auditorInSentence"),
    place: "programme",
    seatCode: "AUDITOR",
    home: "auditor",
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
/** Cases can be escalated to it: to the nearest position of it from the entity upwards. Each is on the ladder once. */
export const onLadder = (role: RoleCode): boolean => placeOfRole[role] === "entity";
