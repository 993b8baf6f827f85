/** Digests in a browser: those who run the programme see all of them and try them, everybody else their own. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture, type Visit } from "../support/admin-browser.js";
import { manyOutcomes } from "../support/many-outcomes.js";
import { sundayNine } from "../support/working-office.js";

jest.setTimeout(240_000);

let office: AdminBrowser;
beforeAll(async () => {
  office = await openAdminBrowser({ now: sundayNine });
  await manyOutcomes(office.app.office, { entities: ["JFDA", "MOH", "MWI"], late: "MOH", now: sundayNine });
  await office.app.services.jobs.run("send-digests", sundayNine);
}, 180_000);
afterAll(() => office?.close());

async function sound({ page, errors, outside }: Visit, name: string): Promise<void> {
  for (const width of [1280, 390, 320]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflow(page)).toBe(0);
    await picture(page, `${name}-${width}`);
  }
  expect(await axe(page)).toEqual([]);
  expect([errors, outside]).toEqual([[], []]);
}

it("shows all digests to the operation room, and sends it a test", async () => {
  const visit = await office.signedIn({ role: "operation_room" }, { language: "ar" });
  const { page } = visit;
  await visit.open("/admin/pages/digest");
  await page.locator("iframe").waitFor();
  const names = [
    "موجز ضابط الارتباط اليومي",
    "موجز القيادات الأسبوعي",
    "موجز اللجنة الأسبوعي",
    "موجز مجلس الوزراء الشهري",
  ];
  for (const name of names) await page.locator("main").getByText(name).first().waitFor();
  await page
    .getByRole("button", { name: names[1] })
    .or(page.getByRole("link", { name: names[1] }))
    .first()
    .click();
  await page.getByLabel("الجهة", { exact: true }).selectOption("MOH");
  const letter = page.frameLocator("iframe").locator("body");
  await letter.waitFor();
  expect(await letter.textContent()).toContain("المطلوب");
  await sound(visit, "digests-ar");
  await page.getByRole("button", { name: "إرسال رسالة تجريبية إليّ" }).click();
  await page.locator(".toast").waitFor();
  const [test] = await office.app.office.rows(
    "select data->>'test' as test, template from messages order by id desc limit 1",
  );
  expect(test).toEqual({ test: "true", template: "digest-executive" });
  await visit.close();
});

it("shows a minister the own digests alone, on a phone", async () => {
  const visit = await office.signedIn({ role: "minister", place: "MOH" }, { language: "ar" });
  const { page } = visit;
  await visit.open("/admin/pages/digest");
  await page.getByRole("heading", { name: "موجزاتك" }).waitFor();
  expect(await page.locator("iframe").count()).toBe(0);
  await page
    .locator("tbody tr")
    .first()
    .getByRole("button")
    .or(page.locator("tbody tr").first().getByRole("link"))
    .first()
    .click();
  const letter = page.frameLocator("iframe").locator("body");
  await letter.waitFor();
  expect(await letter.textContent()).toContain("المطلوب");
  await sound(visit, "digests-minister-ar");
  await visit.close();
});

it("is set up by a form like other settings", async () => {
  const visit = await office.signedIn({ role: "operation_room" }, { language: "en" });
  const { page } = visit;
  await visit.open("/admin/resources/digests/actions/new");
  await page.getByLabel("Smallest change").first().waitFor();
  // A digest has a weekday, and a new one begins with the usual: neither empty nor optional.
  const weekday = page.getByLabel("Weekday");
  expect(await weekday.inputValue()).toBe("sun");
  expect(await page.locator("label", { hasText: "Weekday" }).textContent()).not.toContain("optional");
  await sound(visit, "digest-form");
  await visit.open("/admin/resources/digests");
  await page.getByText("Weekly digest of the committee").first().waitFor();
  await sound(visit, "digest-settings");
  await visit.close();
});
