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
  const said = Object.entries(daysLate).map(([subject, days]) => {
    const kind = subject === "By the wall" ? "days" : "working days";
    return [subject, new RegExp(`(?<!\\d)${days} ${kind}.* overdue`)] as const;
  });
  await visit.open("/admin");
  for (const [subject, words] of said)
    await page.locator(".desk-row", { hasText: subject }).getByTitle(words).waitFor();
  await visit.open("/admin/resources/cases");
  for (const [subject, words] of said) await page.locator("tbody tr", { hasText: subject }).getByTitle(words).waitFor();
  // From one kind of day to the other.
  for (const [subject, words] of said.slice(1)) {
    await page.getByRole("link", { name: subject }).click();
    await page.locator("h1", { hasText: subject }).waitFor();
    await page.locator("main").getByText(words).filter({ visible: true }).first().waitFor();
    await page.goBack();
  }
  expect(visit.errors).toEqual([]);
});
