/** The days that a case is late, as the screens write them: see `test/http/days-left.test.ts` for what they are told. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, openAdminBrowser } from "../support/admin-browser.js";
import { daysLate, receiveOtherDays, thursdayTen } from "../support/other-days.js";

jest.setTimeout(180_000);
let office: AdminBrowser;
beforeAll(async () => {
  office = await openAdminBrowser();
  await receiveOtherDays(office.app.office, office.app.services);
  office.app.setNow(thursdayTen);
});
afterAll(() => office?.close());

it("are the same, and said to be working days or not, on the home, in the list and on the case's page", async () => {
  const visit = await office.signedIn({ role: "focal_point", place: "CSPD" }, { language: "en" });
  const { page } = visit;
  for (const [subject, days] of Object.entries(daysLate)) {
    const kind = subject === "By the wall" ? "days" : "working days";
    const said = new RegExp(`(?<!\\d)${days} ${kind}.* overdue`);
    await visit.open("/admin");
    await page.locator(".desk-row", { hasText: subject }).getByTitle(said).waitFor();
    await visit.open("/admin/resources/cases");
    await page.locator("tbody tr", { hasText: subject }).getByTitle(said).waitFor();
    await page.getByRole("link", { name: subject }).click();
    await page.locator("h1", { hasText: subject }).waitFor();
    await page.locator("main").getByText(said).filter({ visible: true }).first().waitFor();
  }
  expect(visit.errors).toEqual([]);
});
