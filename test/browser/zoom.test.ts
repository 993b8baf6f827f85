/** At 200 and 400 % zoom, in both languages: nothing serious for axe, and no page is wider than its window. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture } from "../support/admin-browser.js";
import { caseAt } from "../support/hands.js";
import { sundayNine } from "../support/working-office.js";

jest.setTimeout(180_000);

const hour = 3_600_000;
let office: AdminBrowser;
let reference: string;
beforeAll(async () => {
  office = await openAdminBrowser({ now: new Date(sundayNine.getTime() + 26 * hour) });
  const { receive, act, official } = office.app.office;
  ({ reference } = await receive({ subject: "تأخر إصدار جواز السفر", language: "ar" }));
  await act(reference, official("focal_point", "CSPD"), "take", {}, new Date(sundayNine.getTime() + hour));
  for (const n of [1, 2, 3])
    await receive({ subject: `The hall was closed, again and again, on day ${n} of the week` });
});
afterAll(() => office?.close());

it.each(["ar", "en"] as const)("desk, case, search, bulk, exports and help in %s", async (language) => {
  // A window of 1280 by 900, zoomed: half as many pixels of the style.
  const size = { width: 640, height: 450 };
  // One of 1280 by 1024 at 400 %: what WCAG 2.2 asks of reflow (1.4.10).
  const reflow = { width: 320, height: 256 };
  const visit = await office.signedIn({ role: "focal_point", place: "CSPD" }, { language, ...size });
  const { page } = visit;
  const say = (en: string, ar: string) => (language === "en" ? en : ar);
  const findings: unknown[] = [];
  const look = async (name: string) => {
    await picture(page, `zoom-${name}-${language}`);
    // What has scrolled behind the head of the page is not in anybody's way.
    await page.evaluate(() => window.scrollTo(0, 0));
    const found = await axe(page);
    const push = await overflow(page);
    await page.setViewportSize(reflow);
    const pushAt400 = await overflow(page);
    await picture(page, `reflow-${name}-${language}`);
    await page.setViewportSize(size);
    if (found.length > 0 || push > 0 || pushAt400 > 0) findings.push({ name, found, push, pushAt400 });
  };
  await visit.open("/admin");
  await page.locator(".desk-row").first().waitFor();
  await look("desk");
  await visit.open(caseAt(reference));
  await page.locator(".case-folds summary").last().click();
  await look("case");
  await visit.open(`${caseAt(reference)}?do=answer`);
  await page.locator("#composer textarea").first().fill("• ");
  await page.locator("#composer button[type=submit]").click();
  await page.locator("#composer").getByRole("alert").waitFor();
  await look("composer");
  await visit.open("/admin/resources/cases");
  await page.locator("tbody tr").nth(1).locator("input").check();
  await page
    .locator(".bulk")
    .getByRole("button", { name: say("Internal note", "ملاحظة داخلية") })
    .waitFor();
  await look("bulk");
  await page
    .locator(".bulk")
    .getByRole("button", { name: say("Internal note", "ملاحظة داخلية") })
    .click();
  await page.locator("dialog[open] textarea").fill("x");
  await look("bulk-dialog");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: say("Export", "تصدير"), exact: true }).click();
  await page.locator("dialog[open]").waitFor();
  await look("export");
  await page.keyboard.press("Escape");
  await visit.open("/admin/resources/cases?search=closed");
  await page.locator("mark").first().waitFor();
  await look("search");
  for (const path of ["my-work", "views", "help", "news"]) {
    await visit.open(`/admin/pages/${path}`);
    await look(path);
  }
  expect(findings).toEqual([]);
  await visit.close();
});
