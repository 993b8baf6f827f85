/** Reply templates in the set-up: how one reads, faults of its text at their place, both languages, desktop and phone. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture } from "../support/admin-browser.js";

jest.setTimeout(90_000);

let office: AdminBrowser;
beforeAll(async () => {
  office = await openAdminBrowser();
});
afterAll(() => office?.close());

it.each([
  ["ar", 1280],
  ["en", 390],
] as const)("shows how a template reads and where its text is at fault (%s, %i px)", async (language, width) => {
  const [row] = await office.app.office.rows("select id from reply_templates where code = 'ANSWER_DELAY'");
  const visit = await office.signedIn({ role: "operation_room" }, { language, width });
  const { page, open } = visit;
  await open(`/admin/resources/reply-templates/records/${row?.id}/show`);
  await page.locator(".letter-text").first().waitFor();
  const texts = page.locator(".letter-text p");
  expect(await texts.nth(0).getAttribute("lang")).toBe(language);
  expect(await texts.allInnerTexts()).toEqual(
    expect.arrayContaining([expect.stringContaining("482-739-1652"), expect.stringContaining("إصلاح خط مياه رئيسي")]),
  );
  // The preview stands on the page: no button asks for it.
  expect(await page.getByRole("button", { name: language === "ar" ? "كيف يظهر" : "How it reads" }).count()).toBe(0);
  await picture(page, `template-${language}-${width}`);
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);

  await open(`/admin/resources/reply-templates/records/${row?.id}/edit`);
  const body = page.locator("#field-bodyEn");
  await body.fill("About\n{{refrence}}");
  await page.locator("button[type=submit].button-primary").click();
  await page.getByRole("alert").waitFor();
  expect(await body.getAttribute("aria-invalid")).toBe("true");
  await picture(page, `template-fault-${language}-${width}`);
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);

  await open("/admin/resources/closing-reasons");
  await page.getByRole("link", { name: language === "ar" ? "عبارات مسيئة" : "Abusive language" }).waitFor();
  await picture(page, `reasons-${language}-${width}`);
  expect(await overflow(page)).toBe(0);
  await visit.close();
});
