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
