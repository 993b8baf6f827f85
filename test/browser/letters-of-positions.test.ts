/** The choice of letters on the own account, and the rota, in a browser: both languages, a narrow telephone, without findings. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import {
  type AdminBrowser,
  anyImpact,
  axe,
  openAdminBrowser,
  overflow,
  picture,
  settled,
} from "../support/admin-browser.js";

let office: AdminBrowser;
beforeAll(async () => {
  office = await openAdminBrowser();
  // As it ships: the rota decides who hears first.
  await office.app.office.rows(
    "update programmes set settings = settings || '{\"nextFocalPointHours\": 7}' where code = 'jordan'",
  );
}, 180_000);
afterAll(() => office?.close());

it("the holder chooses how the letters of the position come", async () => {
  const visit = await office.signedIn({ role: "focal_point", place: "CSPD", nth: 1 }, { language: "ar", width: 320 });
  const { page } = visit;
  await visit.open("/admin/pages/account#letters");
  await page.getByRole("heading", { name: "رسائل مناصبك" }).waitFor();
  const panel = page.locator("#letters");
  await panel.locator("select").selectOption({ label: "مرة واحدة صباح كل يوم" });
  await panel.getByRole("button").click();
  await panel.getByText("الاختيار بواسطة").waitFor();
  await settled(page);
  expect(await panel.locator("select").inputValue()).toBe("daily");
  expect([await axe(page, anyImpact), await overflow(page), visit.errors, visit.outside]).toEqual([[], 0, [], []]);
  await picture(page, "letters-of-positions-ar");
  await visit.close();
});

it("the manager of the entity writes the rota", async () => {
  const visit = await office.signedIn({ role: "entity_manager", place: "CSPD" }, { language: "en" });
  const { page } = visit;
  await visit.open("/admin/pages/duty-rota");
  await page.getByText("No days on duty are planned").waitFor();
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("Enter a date.").first().waitFor();
  expect(await axe(page, anyImpact)).toEqual([]);
  await page.getByLabel("Position", { exact: true }).selectOption({ index: 1 });
  await page.getByLabel("First day").fill("2026-11-22");
  await page.getByLabel("Last day").fill("2026-11-26");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: /^Remove/ }).waitFor();
  await settled(page);
  // What was refused at first is no error of the page.
  const errors = visit.errors.filter((error) => !/422/.test(error));
  expect([await axe(page, anyImpact), await overflow(page), errors, visit.outside]).toEqual([[], 0, [], []]);
  await picture(page, "duty-rota-en");
  // Days that are taken: said above with a way to the field, where focus is, and at the field; what was typed stays.
  await page.getByLabel("Position", { exact: true }).selectOption({ index: 2 });
  await page.getByLabel("First day").fill("2026-11-25");
  await page.getByLabel("Last day").fill("2026-11-28");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.locator(".field-fault").waitFor();
  const summary = page.locator("form [role=alert]");
  expect(await summary.evaluate((box) => box === document.activeElement)).toBe(true);
  expect(await page.getByLabel("Last day").inputValue()).toBe("2026-11-28");
  // What went well before says nothing of this; and the bullet is at the first line of a long fault.
  expect(await page.locator(".toast").count()).toBe(0);
  expect(await summary.getByRole("link").evaluate((link) => getComputedStyle(link).display)).toBe("block");
  expect([await axe(page, anyImpact), await overflow(page)]).toEqual([[], 0]);
  await picture(page, "duty-rota-taken-en");
  await page.setViewportSize({ width: 320, height: 844 });
  expect(await overflow(page)).toBe(0);
  await picture(page, "duty-rota-taken-en-320");
  await summary.getByRole("link").click();
  expect(await page.getByLabel("First day").evaluate((input) => input === document.activeElement)).toBe(true);
  // Removing asks first; focus stays at the list.
  const remove = page.getByRole("button", { name: /^Remove/ });
  await remove.click();
  const dialog = page.getByRole("dialog");
  expect(await axe(page, anyImpact)).toEqual([]);
  await picture(page, "duty-rota-remove-en");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await remove.evaluate((button) => button === document.activeElement)).toBe(true);
  await remove.click();
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByText("No days on duty are planned").waitFor();
  await page.getByText("This week").waitFor();
  expect(await page.evaluate(() => document.activeElement?.querySelector(".empty") !== null)).toBe(true);
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
  await picture(page, "duty-rota-empty-en");
  await visit.close();
});
