/** Reply templates in the set-up: how one reads, faults of its text at their place, both languages, desktop and phone. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture } from "../support/admin-browser.js";

jest.setTimeout(180_000);

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
  expect(await page.getByRole("button", { name: language === "ar" ? "معاينة" : "Preview" }).count()).toBe(0);
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

  // Types are chosen by their names; nobody types a code.
  const types = page.getByRole("group", { name: language === "ar" ? "أنواع الطلبات" : "Application types" });
  const [complaint, inquiry] = (["complaint", "inquiry"] as const).map(
    (code) => office.app.office.setup.types.get(code)?.name[language] ?? "",
  );
  await open(`/admin/resources/reply-templates/records/${row?.id}/edit`);
  const afresh = page.getByRole("button", {
    name: language === "ar" ? "تجاهل ذلك والبدء من جديد" : "Discard and start again",
  });
  if ((await afresh.count()) > 0) await afresh.first().click();
  expect(await types.getByLabel(complaint as string, { exact: true }).isChecked()).toBe(true);
  await types.getByLabel(inquiry as string, { exact: true }).check();
  await picture(page, `template-types-${language}-${width}`);
  expect(await axe(page)).toEqual([]);
  await page.locator("button[type=submit].button-primary").click();
  await page.waitForURL(/\/show$/);
  await page.locator(".chip", { hasText: new RegExp(`^${inquiry}$`) }).waitFor();
  expect((await office.app.office.rows("select types from reply_templates where id = $1", row?.id))[0]?.types).toEqual(
    expect.arrayContaining(["complaint", "inquiry"]),
  );
  await open("/admin/resources/closing-reasons");
  await page.getByRole("link", { name: language === "ar" ? "عبارات مسيئة" : "Abusive language" }).waitFor();
  await picture(page, `reasons-${language}-${width}`);
  expect(await overflow(page)).toBe(0);
  await visit.close();
});
