/** What the applicant's page says of the time: by what the rule asked, and by nothing that it did not. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { openWorkingOffice, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office?.close());

async function promised(input: Record<string, unknown>) {
  const { reference, code } = await office.receive(input);
  const page = await office.services.cases.followPage({ reference, code, now: sundayNine });
  return { time: page.promised?.budget?.en, by: page.promised?.by.map(({ label, value }) => [label.en, value.en]) };
}

it("an inquiry has its time by its type alone", async () => {
  const { time, by } = await promised({ type: "inquiry" });
  expect([time, by?.length, by?.[0]?.[1]]).toEqual(["5 working days", 1, "Inquiry"]);
});

it("a complaint by its importance too, as it was decided", async () => {
  const { by } = await promised({ importance: "high" });
  expect(by?.map(([label]) => label)).toContain("Importance level");
});

it("says that the operation room was told of a delay only where someone there was written to", async () => {
  const leave = (roles: string) =>
    office.asOwner(
      `update seat_holders set held_to = held_from + interval '1 second'
       where held_to is null and seat_id in (select id from seats where role in (${roles}))`,
    );
  const raised = async () => {
    const { reference, code } = await office.receive();
    const now = new Date(sundayNine.getTime() + 3 * 86_400_000);
    await office.services.deadlines.enforce({ now });
    const escalated = (await office.events(reference)).filter(({ type }) => type === "case.escalated");
    expect(escalated.length).toBeGreaterThan(0);
    return (await office.services.cases.followPage({ reference, code, now })).promised?.raised?.to ?? null;
  };
  expect(await raised()).toBe("superior");
  await leave("'entity_manager', 'secretary_general', 'minister', 'prime_minister'");
  expect(await raised()).toBe("operationRoom");
  await leave("'operation_room'");
  expect(await raised()).toBeNull();
});
