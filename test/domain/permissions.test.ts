import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  type Actor,
  type CaseReach,
  type CaseSubject,
  can,
  caseReach,
  type HeldSeat,
  isWithin,
  permissionActions,
} from "../../src/engine/access/permissions.js";
import { roleCodes } from "../../src/engine/access/roles.js";
import { aCase, applicant, office, person, system } from "../support/office.js";

const { entities } = office();
const open = aCase();
const secret = aCase({ confidential: true });
const triage = aCase({ entity: null });
const secretTriage = aCase({ entity: null, confidential: true });
const secretNowhere = aCase({ entity: null, sector: null, confidential: true });
const reads = (actor: Actor, theCase: CaseSubject) => can(actor, "case.read", { case: theCase, entities });

function seated(role: HeldSeat["role"], place: Partial<HeldSeat> = {}): Actor {
  return {
    kind: "user",
    userId: 1,
    name: "Somebody",
    seats: [{ role, programme: "jordan", entity: null, sector: null, ...place }],
  };
}

describe("who reads a case", () => {
  it.each([
    ["its focal point", 11, true],
    ["its manager", 13, true],
    ["the secretary general above", 31, true],
    ["the minister above", 32, true],
    ["the prime minister", 41, true],
    ["the operation room", 51, true],
    ["the auditor", 71, true],
    ["another entity's focal point", 21, false],
    ["another entity's manager", 22, false],
    ["the main focal point once it is placed", 61, false],
    ["the steering committee", 81, false],
    ["the contact centre", 91, false],
    ["somebody without a seat", 99, false],
  ])("%s", (_who, userId, may) => {
    expect(reads(person(userId), open)).toBe(may);
  });

  it("in triage: the main focal point of that sector, no other", () => {
    expect(reads(person(61), triage)).toBe(true);
    expect(reads(seated("main_focal_point", { sector: "WATER" }), triage)).toBe(false);
    expect(reads(person(11), triage)).toBe(false);
  });

  it("a confidential one: its handlers alone, whoever stands above them", () => {
    expect([11, 12, 13].map((user) => reads(person(user), secret))).toEqual([true, true, true]);
    expect([21, 22, 31, 32, 41, 51, 61, 71, 81, 91].filter((user) => reads(person(user), secret))).toEqual([]);
  });

  it("a manager of the ministry reads below, but nothing confidential there", () => {
    const manager = seated("entity_manager", { entity: "MOH" });
    expect(reads(manager, open)).toBe(true);
    expect(can(manager, "case.act", { case: open, entities })).toBe(false);
    expect(reads(manager, secret)).toBe(false);
  });

  it("a confidential one without an entity: who has to place it", () => {
    expect([11, 51, 61, 71].map((user) => reads(person(user), secretTriage))).toEqual([false, false, true, false]);
    expect([11, 51, 61, 71].map((user) => reads(person(user), secretNowhere))).toEqual([false, true, false, false]);
  });

  it("nobody by a seat of another programme", () => {
    for (const role of roleCodes) {
      const stranger = seated(role, { programme: "boston311", entity: "JFDA", sector: "HEALTH" });
      expect([open, secret, triage, secretTriage, secretNowhere].filter((theCase) => reads(stranger, theCase))).toEqual(
        [],
      );
    }
  });

  it("without the tree an executive reaches the own entity only", () => {
    expect(can(person(32), "case.read", { case: open })).toBe(false);
    expect(can(person(32), "case.read", { case: aCase({ entity: "MOH" }) })).toBe(true);
  });
});

describe("the rest of the table", () => {
  const here = { programme: "jordan" };
  it("lets the auditor read and verify, and change nothing", () => {
    const auditor = person(71);
    const may = permissionActions.filter((action) => can(auditor, action, { ...here, case: open }));
    expect(may.sort()).toEqual([
      "audit.read",
      "audit.verify",
      "case.read",
      "configuration.read",
      "digest.read",
      "figures.export",
      "health.read",
      "job.read",
      "kpi.read",
      "order.ask",
      "rota.read",
      "setup.read",
      "sweep.read",
      "users.read",
    ]);
  });

  it("keeps publishing and setting up with the operation room of that programme", () => {
    for (const action of ["setup.edit", "users.edit", "configuration.publish", "mail.read"] as const) {
      expect([11, 13, 31, 41, 61, 71, 81, 91].filter((user) => can(person(user), action, here))).toEqual([]);
      expect(can(person(51), action, here)).toBe(true);
      expect(can(person(51), action, { programme: "boston311" })).toBe(false);
      expect(can(person(51), action)).toBe(false);
    }
  });

  it("shows who the applicant is to handlers and the operation room, of a confidential case to handlers alone", () => {
    const may = (theCase: CaseSubject) =>
      [11, 13, 21, 31, 41, 51, 61, 71, 81].filter((user) =>
        can(person(user), "personal.read", { case: theCase, entities }),
      );
    expect(may(open)).toEqual([11, 13, 51]);
    expect(may(secret)).toEqual([11, 13]);
    expect(may(secretTriage)).toEqual([]);
  });

  it("gives channels intake and nothing about cases; the applicant only cases; the system publishes and sets up too", () => {
    const allowed = (actor: Actor) => permissionActions.filter((action) => can(actor, action, { ...here, case: open }));
    expect(allowed({ kind: "channel", channel: "web" }).sort()).toEqual(["application.receive", "setup.read"]);
    expect(allowed(applicant).sort()).toEqual(["case.act", "case.read"]);
    expect(allowed(system).sort()).toEqual([
      "case.act",
      "case.read",
      "configuration.publish",
      "setup.edit",
      "users.edit",
      "users.read",
    ]);
  });

  it("gives figures of the own entity to its focal point", () => {
    expect(can(person(11), "kpi.read", { ...here, entity: "JFDA" })).toBe(true);
    expect(can(person(11), "kpi.read", { ...here, entity: "MWI" })).toBe(false);
    expect(can(person(11), "kpi.read", here)).toBe(false);
    expect(can(person(81), "kpi.read", here)).toBe(true);
  });
});

/** What the SQL fragment does with a reach, in words of TypeScript. */
function inReach(reach: CaseReach, theCase: CaseSubject): boolean {
  const { programme, entity, sector, confidential } = theCase;
  const has = (list: readonly { programme: string; code: string }[], code: string | null) =>
    list.some((one) => one.programme === programme && one.code === code);
  if (reach.everything) return true;
  if (confidential) {
    if (entity !== null) return has(reach.confidentialEntities, entity);
    return sector === null ? reach.confidentialUnplaced.includes(programme) : has(reach.confidentialTriage, sector);
  }
  if (reach.all.includes(programme)) return true;
  if (entity === null) return sector !== null && has(reach.sectorsTriage, sector);
  return (
    has(reach.entities, entity) ||
    reach.subtreeOf.some((top) => top.programme === programme && isWithin(entity, top.code, entities))
  );
}

describe("the reach of queries", () => {
  const place = fc.constantFrom("PM", "MOH", "JFDA", "HIA", "MWI", "WAJ");
  const sector = fc.constantFrom("HEALTH", "WATER");
  const programme = fc.constantFrom("jordan", "boston311");
  const anySeat = fc.record({
    role: fc.constantFrom(...roleCodes),
    programme,
    entity: fc.option(place),
    sector: fc.option(sector),
  });
  const anyCase = fc.record({
    programme,
    entity: fc.option(place),
    sector: fc.option(sector),
    confidential: fc.boolean(),
  });

  it("is exactly what can() allows, for any seats and any case", () => {
    let seen = 0;
    fc.assert(
      fc.property(fc.array(anySeat, { maxLength: 3 }), anyCase, (held, theCase) => {
        const actor: Actor = { kind: "user", userId: 1, name: "Any", seats: held };
        const may = reads(actor, theCase);
        if (may) seen += 1;
        expect(inReach(caseReach(actor), theCase)).toBe(may);
      }),
      { numRuns: 3000 },
    );
    expect(seen).toBeGreaterThan(100);
  });

  it("is nothing for applicants and channels, everything for the system", () => {
    expect(caseReach(system).everything).toBe(true);
    for (const actor of [applicant, { kind: "channel", channel: "web" } as const]) {
      expect(Object.values(caseReach(actor)).flat()).toEqual([false]);
    }
  });

  it("ends in a broken tree", () => {
    const circle = new Map([
      ["A", { parent: "B" }],
      ["B", { parent: "A" }],
    ]);
    expect(isWithin("A", "Z", circle)).toBe(false);
  });
});
