/** Who sees which case: the condition in every query and the table of permissions say the same, case by case. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type Actor, type CaseSubject, can, type HeldSeat } from "../../src/engine/access/permissions.js";
import { roleCodes } from "../../src/engine/access/roles.js";
import { listCases } from "../../src/features/cases/read-case.js";
import {
  openWorkingOffice,
  problemOf,
  sundayNine,
  unknownReference,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
/** One open case for each place and each secrecy. */
let cases: (CaseSubject & { id: number; reference: string })[] = [];
const entities = [null, "PM", "MOI", "CSPD", "PSD", "DVLD", "MOH"];
const sectors = [null, "INTERIOR", "HEALTH"];

beforeAll(async () => {
  office = await openWorkingOffice();
  const places = entities.flatMap((entity) =>
    sectors.flatMap((sector) => [true, false].map((confidential) => ({ entity, sector, confidential }))),
  );
  cases = [];
  for (const place of places) {
    const { caseId, reference } = await office.receive();
    await office.asOwner(
      "update cases set entity = $2, sector = $3, confidential = $4 where id = $1",
      caseId,
      place.entity,
      place.sector,
      place.confidential,
    );
    cases.push({ ...place, programme: "jordan", id: caseId, reference });
  }
}, 60_000);
afterAll(() => office.close());

const visible = async (actor: Actor): Promise<number[]> => {
  const listed = await listCases(office, { actor, limit: 1000, now: office.services.now() });
  return listed.map(({ id }) => id).sort((a, b) => a - b);
};
const permitted = (actor: Actor): number[] =>
  cases.filter((one) => can(actor, "case.read", { case: one, entities: office.setup.entities })).map(({ id }) => id);

const seat = fc.record<HeldSeat>({
  role: fc.constantFrom(...roleCodes),
  programme: fc.constantFrom("jordan", "jordan", "jordan", "boston311"),
  entity: fc.constantFrom(...entities, "NOWHERE"),
  sector: fc.constantFrom(...sectors),
});

describe("the scope of an actor", () => {
  it("is the same in a query as in the table of permissions", async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(seat, { maxLength: 3 }), async (seats) => {
        const actor: Actor = { kind: "user", userId: 1, name: "x", seats };
        const ids = await visible(actor);
        seen += ids.length;
        expect(ids).toEqual(permitted(actor));
      }),
      { numRuns: 300, seed: 12 },
    );
    // The agreement is not that of two empty lists.
    expect(seen).toBeGreaterThan(1000);
  });

  it("is everything for the system and nothing for whoever holds no seat", async () => {
    expect(await visible({ kind: "system", job: "test" })).toHaveLength(cases.length);
    for (const actor of [{ kind: "applicant" }, { kind: "channel", channel: "web" }] as const)
      expect(await visible(actor)).toEqual([]);
    expect(await visible({ kind: "user", userId: 1, name: "x", seats: [] })).toEqual([]);
  });
});

describe("a confidential report", () => {
  it("does not exist for the operation room, the auditor, the superiors or a stranger", async () => {
    const report = await office.receive({
      type: "report",
      description: "An official asked for a bribe.",
      entity: null,
      applicant: null,
    });
    const handler = office.official("focal_point", "JIACC");
    const others = [
      office.official("operation_room"),
      office.official("auditor"),
      office.official("prime_minister", "PM"),
      office.official("main_focal_point", "INTERIOR"),
      office.official("focal_point", "CSPD"),
    ];
    const unknown = await problemOf(office.act(unknownReference, handler, "take", {}, sundayNine));
    for (const other of others) {
      expect(await visible(other)).not.toContain(report.caseId);
      for (const action of ["take", "note", "fly"]) {
        const refused = await problemOf(office.act(report.reference, other, action, { note: "x" }, sundayNine));
        expect([refused.code, refused.detail]).toEqual(["not-found", unknown.detail]);
      }
    }
    expect(await visible(handler)).toContain(report.caseId);
    expect((await office.act(report.reference, handler, "take", {}, sundayNine)).state).toBe("in_progress");
  });

  it("is told of to superiors and to the operation room by its reference only", async () => {
    const words = "An official in the hall asked for a bribe.";
    const report = await office.receive({
      type: "report",
      subject: "A bribe in the hall",
      description: words,
      entity: null,
      applicant: null,
    });
    await office.services.deadlines.enforce({ now: new Date("2027-01-20T06:00:00Z") });
    const messages = await office.rows(
      `select m.data::text as data from messages m where case_id = $1 and receiver_user not in
        (select h.user_id from seat_holders h join seats s on s.id = h.seat_id where s.entity = 'JIACC' and s.role in ('focal_point', 'entity_manager'))`,
      report.caseId,
    );
    expect(messages.length).toBeGreaterThan(0);
    for (const { data } of messages) {
      expect(data).toContain(report.reference);
      expect(data).not.toMatch(/bribe|hall/i);
    }
  });
});
