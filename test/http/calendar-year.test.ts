/** A calendar by the year at the back office's door: drawn and prepared for who may read it, stored by neither. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { CalendarDefinition } from "../../src/engine/calendar/calendar-definition.js";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";

let app: AdminApp;
let operator: SignedIn;
let auditor: SignedIn;
let definition: CalendarDefinition;
const programme = "jordan";
beforeAll(async () => {
  app = await openAdminApp();
  operator = await app.signIn("operation_room");
  auditor = await app.signIn("auditor");
  definition = (await app.services.setup.of(programme)).calendar.definition;
});
afterAll(() => app.close());

it("draws a year for the operation room and the auditor, and is not there for others", async () => {
  for (const reader of [operator, auditor]) {
    const { status, body } = await reader.send("calendar", "look", { programme, definition, year: 2027 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ year: 2027, confirmedUntil: "2027-02-07" });
    expect(body.days).toHaveLength(365);
    expect(body.promised > body.today && body.noticed > body.promised).toBe(true);
  }
  const focalPoint = await app.signIn("focal_point", "CSPD");
  for (const act of ["look", "prepare"]) {
    expect((await focalPoint.send("calendar", act, { programme, definition, year: 2027 })).status).toBe(404);
    expect((await operator.send("calendar", act, { programme: "boston311", definition, year: 2027 })).status).toBe(404);
    expect((await app.visitor().send("calendar", act, { programme, definition, year: 2027 })).status).toBe(401);
  }
});

it("prepares a year without storing anything", async () => {
  const { status, body } = await operator.send("calendar", "prepare", { programme, definition, year: 2028 });
  expect(status).toBe(200);
  expect(body.definition.covers.to).toBe("2028-12-31");
  expect(body.days.map(({ name }: { name: { en: string } }) => name.en)).toContain("Eid al-Fitr");
  expect((await app.services.setup.of(programme)).calendar.definition).toEqual(definition);
});

it("names what is wrong with a calendar or a year instead of breaking", async () => {
  const broken = await operator.send("calendar", "look", {
    programme,
    definition: { ...definition, periods: [] },
    year: 2027,
  });
  expect(broken.status).toBe(422);
  expect(JSON.stringify(broken.body)).toContain("/periods");
  for (const year of [1899, 2174, "2027", null, 2027.5]) {
    const refused = await operator.send("calendar", "prepare", { programme, definition, year });
    expect([year, refused.status]).toEqual([year, 422]);
  }
  for (const nothing of [null, 7, "x", []])
    expect((await operator.send("calendar", "look", { programme, definition: nothing, year: 2027 })).status).toBe(422);
});
