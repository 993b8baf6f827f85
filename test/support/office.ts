/** An office without a database: the shipped programme with people on its seats, and cases to try things on. */

import type { Actor, HeldSeat } from "../../src/engine/access/permissions.js";
import type { RoleCode } from "../../src/engine/access/roles.js";
import type { CalendarDefinition } from "../../src/engine/calendar/calendar-definition.js";
import { compileCalendar } from "../../src/engine/calendar/working-calendar.js";
import type { Application, Case } from "../../src/engine/lifecycle/case.js";
import { caseFacts, type Facts } from "../../src/engine/rules/fact-catalogue.js";
import type { Seat, SeatHolder, Setup } from "../../src/engine/setup/setup.js";
import type { WorkflowDefinition } from "../../src/engine/workflow/workflow-definition.js";
import { shippedJson, shippedSetup } from "./shipped-setup.js";

/** Sunday, in the middle of a working day in Amman (13:00 there). */
export const sunday = new Date("2026-11-22T10:00:00Z");
export const hoursAfter = (at: Date, hours: number): Date => new Date(at.getTime() + hours * 3_600_000);

export function holder(userId: number, change: Partial<SeatHolder> = {}): SeatHolder {
  const from = new Date("2025-01-01T00:00:00Z");
  return {
    userId,
    name: `Person ${userId}`,
    email: `p${userId}@example.jo`,
    language: "ar",
    from,
    to: null,
    disabled: false,
    ...change,
  };
}

export function seat(
  id: number,
  role: RoleCode,
  place: { entity?: string; sector?: string },
  ...holders: SeatHolder[]
): Seat {
  return {
    id,
    role,
    title: { ar: `مقعد ${id}`, en: `Seat ${id}` },
    entity: place.entity ?? null,
    sector: place.sector ?? null,
    holders,
  };
}

/** JFDA stands below the Ministry of Health, which stands below the Prime Ministry. */
export const seats: readonly Seat[] = [
  seat(1, "focal_point", { entity: "JFDA" }, holder(11)),
  seat(2, "focal_point", { entity: "JFDA" }, holder(12, { language: "en" })),
  seat(3, "entity_manager", { entity: "JFDA" }, holder(13)),
  seat(4, "focal_point", { entity: "MWI" }, holder(21)),
  seat(5, "entity_manager", { entity: "MWI" }, holder(22)),
  seat(6, "secretary_general", { entity: "MOH" }, holder(31)),
  seat(7, "minister", { entity: "MOH" }, holder(32)),
  seat(8, "prime_minister", { entity: "PM" }, holder(41)),
  seat(9, "operation_room", {}, holder(51), holder(52, { language: "en" })),
  seat(10, "main_focal_point", { sector: "HEALTH" }, holder(61)),
  seat(11, "auditor", {}, holder(71)),
  seat(12, "steering_committee", {}, holder(81)),
  seat(13, "contact_centre_agent", {}, holder(91)),
];

export function office(change: Partial<Setup> = {}): Setup {
  return { ...shippedSetup("jordan"), seats, ...change };
}

export const calendar = compileCalendar(shippedJson<CalendarDefinition>("seeds", "jordan", "calendar.json"));
export const calendarOf = () => calendar;

export function shippedWorkflow(name: string, programme = "jordan"): WorkflowDefinition {
  return shippedJson("workflows", programme, `${name}.json`);
}

export function aCase(change: Partial<Case> = {}, application: Partial<Application> = {}): Case {
  return {
    id: 7,
    programme: "jordan",
    reference: "123-456-7897",
    application: {
      programme: "jordan",
      type: "complaint",
      channel: "web",
      language: "ar",
      subject: "لا ماء منذ أسبوع",
      description: "لا ماء في الحي منذ أسبوع",
      sector: "HEALTH",
      entity: "JFDA",
      service: null,
      governorate: null,
      pillar: null,
      importance: null,
      category: "citizen",
      anonymous: false,
      fields: {},
      receivedAt: sunday,
      imported: false,
      ...application,
    },
    workflow: { name: "complaint", versionId: 3 },
    state: "in_progress",
    stateSince: sunday,
    turnSince: sunday,
    pillar: "QUALITY",
    importance: "normal",
    sector: "HEALTH",
    entity: "JFDA",
    assignee: null,
    confidential: false,
    cycle: 1,
    lastSeq: 4,
    lastHash: "00",
    clocks: [],
    escalationSteps: [],
    enforced: [],
    escalationLevel: 0,
    lastOfficialActionAt: null,
    remindedAt: null,
    reminders: [],
    assignedAt: sunday,
    firstResponseAt: null,
    firstResolvedAt: null,
    resolvedAt: null,
    resolutionWorkingSeconds: null,
    closedAt: null,
    withdrawnAt: null,
    withdrawnBy: null,
    closingReason: null,
    rejectedAt: null,
    duplicateOf: null,
    splitFrom: null,
    requestedBy: null,
    transferCount: 0,
    reopenCount: 0,
    firstReopenedAt: null,
    rating: null,
    ratingScales: null,
    ratedAt: null,
    ratedBy: null,
    ratingInvitedAt: null,
    inviteToRateAt: null,
    remindToRateAt: null,
    answeredBy: null,
    answerWrittenAt: null,
    ...change,
  };
}

export const applicant: Actor = { kind: "applicant" };
export const system: Actor = { kind: "system", job: "enforce-deadlines" };

/** A person as who they are by the seats above. */
export function person(userId: number, all: readonly Seat[] = seats): Actor {
  const own = all.filter((one) => one.holders.some((who) => who.userId === userId));
  const held: HeldSeat[] = own.map(({ role, entity, sector }) => ({ role, programme: "jordan", entity, sector }));
  return { kind: "user", userId, name: `Person ${userId}`, seats: held };
}

export function factsOf(theCase: Case, setup: Setup, now: Date, more: Facts = {}): Facts {
  return { ...caseFacts(theCase, setup, calendar, now), ...more };
}
