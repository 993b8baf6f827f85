/** A calendar that runs out of confirmed days is said in time, once a month, to the operation room. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { confirmedUntil } from "../../src/engine/calendar/coverage.js";
import { openWorkingOffice, programme, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office.close());

const alerts = () =>
  office.rows("select key, data, receiver_user from messages where template = 'operation-room-alert' order by id");

it("warns sixty days ahead, each of the six, and once a month", async () => {
  const { calendar } = office.setup;
  const until = confirmedUntil(calendar.definition, "2026-11-25");
  expect(until).toBe("2027-02-07");

  await office.services.jobs.run("housekeeping", new Date("2026-11-25T06:00:00Z"));
  expect(await alerts()).toHaveLength(0);

  await office.services.jobs.run("housekeeping", new Date("2026-12-20T06:00:00Z"));
  const first = await alerts();
  expect(new Set(first.map((row) => row.receiver_user)).size).toBe(6);
  expect(first[0]?.data).toMatchObject({ kind: "calendar-ends", until });

  await office.services.jobs.run("housekeeping", new Date("2026-12-21T06:00:00Z"));
  expect(await alerts()).toHaveLength(6);
  await office.services.jobs.run("housekeeping", new Date("2027-01-03T06:00:00Z"));
  expect(await alerts()).toHaveLength(12);
});

it("is silent once the days are confirmed", async () => {
  const { calendar } = await office.services.setup.of(programme);
  const { definition } = calendar;
  const confirmed = {
    ...definition,
    periods: definition.periods.map(({ provisional: _, ...period }) => period),
    days: definition.days.map(({ provisional: _, ...day }) => day),
  };
  const now = new Date("2027-01-04T06:00:00Z");
  const by = office.official("operation_room");
  await office.services.configuration.publish({
    programme,
    kind: "calendar",
    name: definition.code,
    definition: confirmed,
    reason: "circular",
    by,
    now,
  });
  const before = (await alerts()).length;
  await office.services.jobs.run("housekeeping", new Date("2027-02-03T06:00:00Z"));
  expect(await alerts()).toHaveLength(before);
});

it("seals nothing with a key that nobody was given", async () => {
  const keyless = office.instance({ sealKey: null });
  await expect(keyless.audit.seal({ now: new Date("2027-02-04T06:00:00Z") })).rejects.toMatchObject({
    code: "unavailable",
  });
  expect(await office.rows("select 1 from seals")).toHaveLength(0);
});
