/** Text messages as the office sees them: written in the studio with their segments counted, on the case, and among the messages. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture, type Visit } from "../support/admin-browser.js";
import { caseAt } from "../support/hands.js";

jest.setTimeout(240_000);
let browser: AdminBrowser;
let reference: string;
beforeAll(async () => {
  browser = await openAdminBrowser();
  const applicant = { category: "citizen", name: "Rana Haddad", phone: "+962791234567", sms: true };
  ({ reference } = await browser.app.office.receive({ applicant, language: "ar" }));
}, 180_000);
afterAll(() => browser?.close());

async function sound({ page, outside }: Visit, name: string): Promise<void> {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect([name, width, await overflow(page)]).toEqual([name, width, 0]);
    await picture(page, `${name}-${width}`);
  }
  expect(await axe(page)).toEqual([]);
  expect(outside).toEqual([]);
}

it.each(["en", "ar"] as const)(
  "a text message is its words, with segments counted; the case says what was sent and by which way (%s)",
  async (language) => {
    const visit = await browser.signedIn({ role: "operation_room" }, { language });
    const { page } = visit;
    await visit.open("/admin/pages/policy?kind=message&name=sms-answered");
    const look = page.locator("#letter-look .sms-text");
    await look.first().waitFor();
    expect(await look.count()).toBe(2);
    expect(await page.locator("[id^=field--subject]").count()).toBe(0);
    expect(await page.locator("#letter-look").textContent()).toMatch(language === "en" ? /1 segment/ : /جزء واحد/);
    const body = page.locator("#field--body-ar");
    await body.fill(`${"كلمة ".repeat(20)}{{reference}}`);
    await page.locator("#letter-look", { hasText: language === "en" ? "2 segments" : "جزءان" }).waitFor();
    await sound(visit, `sms-studio-${language}`);

    await visit.open(caseAt(reference));
    const panel = page.locator("section, .panel").filter({
      has: page.getByRole("heading", { name: language === "en" ? "Sent to the applicant" : "ما أُرسل إلى مقدم الطلب" }),
    });
    await panel.last().waitFor();
    expect(await panel.last().textContent()).toContain(
      language === "en" ? "Text message: receipt" : "رسالة نصية: إشعار استلام",
    );
    expect(await panel.last().textContent()).toContain(
      language === "en" ? "There is no gateway for text messages" : "لا توجد بوابة للرسائل النصية",
    );
    await panel.last().scrollIntoViewIfNeeded();
    await sound(visit, `sms-case-${language}`);
    const [row] = await browser.app.office.rows("select id::integer as id from messages where way = 'sms'");
    await visit.open(`/admin/resources/messages/records/${row?.id}/show`);
    await page.locator(".sms-text").waitFor();
    expect(await page.locator("iframe").count()).toBe(0);
    await page.getByRole("heading", { name: language === "en" ? "The text message" : "الرسالة النصية" }).waitFor();
    // Also with dots before it an address reads from left to right.
    expect(await page.locator(".sms-text bdi[dir=ltr]").count()).toBe(1);
    await sound(visit, `sms-message-${language}`);
    await visit.open("/admin/resources/messages?filters.way=sms&filters.state=lapsed");
    await page
      .getByLabel(language === "en" ? "When it was dropped: from" : "وقت الإسقاط: من")
      .waitFor({ state: "attached" });
    await visit.open("/admin/resources/messages?filters.way=sms");
    await page.locator(".message-subject bdi[dir=ltr]").first().waitFor();
    // When it was dropped is asked of what was dropped alone.
    expect(await page.locator(".filter-days").count()).toBe(1);
    await sound(visit, `sms-list-${language}`);
    await visit.close();
  },
);
