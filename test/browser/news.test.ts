/** News: the bell in the header, the list on the home and behind the bell, and a case that is opened. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture, settled } from "../support/admin-browser.js";
import { eventually } from "../support/instances.js";
import { sundayNine } from "../support/working-office.js";

jest.setTimeout(180_000);

const hour = 3_600_000;
const now = new Date(sundayNine.getTime() + 3 * hour);
const before = (hours: number) => new Date(now.getTime() - hours * hour);

let office: AdminBrowser;
beforeAll(async () => {
  office = await openAdminBrowser({ now });
});
afterAll(() => office?.close());

const seat = { role: "focal_point", place: "CSPD" } as const;
const subject = "قاعة الانتظار مغلقة في فرع الزرقاء";
const reply = "القاعة في فرع الزرقاء، الطابق الأول";

interface Sent {
  readonly reference: string;
  readonly code: string;
}
async function taken(): Promise<Sent> {
  const { office: work } = office.app;
  const sent = await work.receive({ language: "ar", subject, description: subject }, before(3));
  await work.act(sent.reference, work.official("focal_point", "CSPD"), "take", {}, before(2.9));
  return sent;
}
const adds = (sent: Sent, text: string, at = before(2)) =>
  office.app.office.applicantActs(sent, "add_information", { reply: text }, at);
async function replied(): Promise<Sent> {
  const sent = await taken();
  await adds(sent, reply);
  return sent;
}
const reminded = ({ reference }: Sent) => {
  const { office: work } = office.app;
  return work.act(reference, work.official("minister", "MOI"), "remind", { note: "أريد ردًا اليوم." }, before(2.5));
};
const contacted = ({ reference }: Sent) => {
  const { office: work } = office.app;
  return work.act(reference, work.official("focal_point", "CSPD"), "contact", { note: "اتصلنا." }, before(0.1));
};

/** Nothing for axe to find in the window as it is, and nothing pushed sideways at any width. */
async function fitsEach(page: Page): Promise<void> {
  expect(await axe(page)).toEqual([]);
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  for (const other of [1280, 320, width]) {
    await page.setViewportSize({ width: other, height });
    expect([other, await overflow(page)]).toEqual([other, 0]);
  }
}

const row = (page: Page, { reference }: Sent) => page.locator(`[data-row="news-${reference}"]`);
const bell = (page: Page) => page.locator("a.top-news");
/** As it is shown; 0: none is. */
const countOf = async (page: Page) => Number((await page.locator(".top-news-count").allTextContents())[0] ?? 0);

describe.each(["ar", "en"] as const)("news in %s", (language) => {
  const say = (en: string, ar: string) => (language === "ar" ? ar : en);

  it.each(language === "ar" ? [1280] : [390])(
    "a reminder from above comes first until something is done, and the case says who was to hear, at %i px",
    async (width) => {
      const { office: work } = office.app;
      const [sent, newer] = [await taken(), await replied()];
      const minister = work.official("minister", "MOI");
      await reminded(sent);
      const visit = await office.signedIn(seat, { language, width });
      const { page } = visit;
      await visit.open("/admin");
      await row(page, newer).waitFor();
      const rows = page.locator(".news-rows").first().locator("li");
      expect(await rows.first().getAttribute("data-row")).toBe(`news-${sent.reference}`);
      expect(await rows.first().textContent()).toContain(minister.name);
      expect(await bell(page).getAttribute("aria-label")).toMatch(say("reminder from above", "تذكير واحد"));
      const desk = page.locator(`.desk-row[data-row="${sent.reference}"]`);
      expect(await desk.locator(".desk-reminder").textContent()).toContain(minister.name);
      expect(await page.locator(".desk-row").first().getAttribute("data-row")).toBe(sent.reference);
      await picture(page, `reminder-home-${language}-${width}`);
      await fitsEach(page);
      await desk.locator("a").first().click();
      await page.locator(".case-lead .badge", { hasText: say("Minister", "الوزير") }).waitFor();
      const letters = page.locator(".timeline .entry", { hasText: "أريد ردًا اليوم." }).locator(".entry-letters");
      await letters.locator("summary").click();
      await letters.locator("li", { hasText: work.official("focal_point", "CSPD").name }).waitFor();
      await settled(page);
      await picture(page, `reminder-case-${language}-${width}`);
      await fitsEach(page);
      // Seen is not done.
      await visit.open("/admin");
      expect(await rows.first().getAttribute("data-row")).toBe(`news-${sent.reference}`);
      await contacted(sent);
      await visit.open("/admin");
      await page.locator(`.desk-row[data-row="${sent.reference}"]`).waitFor();
      expect(await page.locator(".desk-reminder").count()).toBe(0);
      expect(await row(page, sent).count()).toBe(0);
      expect([visit.errors, visit.outside]).toEqual([[], []]);
      await visit.close();
    },
  );

  it.each(language === "ar" ? [390] : [1280])("stands on the home and behind the bell, at %i px", async (width) => {
    const sent = await replied();
    const visit = await office.signedIn(seat, { language, width });
    const { page } = visit;
    await visit.open("/admin");
    await row(page, sent).waitFor();
    const text = (await row(page, sent).textContent()) ?? "";
    expect(text).toContain(say("Applicant added something", "إضافة من مقدم الطلب"));
    expect(text).toContain(say("2 hours ago", "منذ ساعتين"));
    expect(text).toContain(reply);
    expect(text).toContain(subject);
    expect(
      await row(page, sent)
        .locator("a")
        .evaluate((link) => getComputedStyle(link).fontWeight),
    ).toBe("700");
    await picture(page, `news-home-${language}-${width}`);
    await fitsEach(page);
    // The number is in the name, not in a sign alone.
    expect(await eventually(async () => (await countOf(page)) > 0, 15)).toBe(true);
    const count = await countOf(page);
    expect(await bell(page).getAttribute("aria-label")).toMatch(new RegExp(`: ${count}$`));
    await bell(page).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/pages\/news/);
    await row(page, sent).waitFor();
    await settled(page);
    await picture(page, `news-page-${language}-${width}`);
    await fitsEach(page);
    expect([visit.errors, visit.outside]).toEqual([[], []]);
    await visit.close();
  });

  it("is opened by keyboard, marked in the case, and gone once it was seen", async () => {
    const sent = await replied();
    const visit = await office.signedIn(seat, { language });
    const { page } = visit;
    await visit.open("/admin/pages/news");
    await row(page, sent).waitFor();
    await settled(page);
    const count = await countOf(page);
    // The newest is first; J goes down the rows, K up.
    await page.keyboard.press("j");
    expect(await page.evaluate(() => document.activeElement?.className)).toContain("news-link");
    await row(page, sent).locator("a").focus();
    await page.keyboard.press("Enter");
    const marker = page.locator(".news-since");
    await marker.waitFor();
    expect(await marker.textContent()).toContain(say("New since you last opened the case", "جديد منذ آخر فتح للطلب"));
    expect(await eventually(async () => (await countOf(page)) === count - 1, 5)).toBe(true);
    await picture(page, `news-case-${language}`);
    expect(await axe(page)).toEqual([]);
    // It stays marked while one reads, and is kept as news for who asks for that.
    await marker.getByRole("button").click();
    expect(await eventually(async () => (await countOf(page)) === count, 5)).toBe(true);
    await visit.close();
  });
});

it("comes in while somebody reads, is said politely, and moves nothing under the eyes", async () => {
  for (let n = 0; n < 3; n += 1) await replied();
  const sent = await taken();
  const visit = await office.signedIn(seat, { language: "en" });
  const { page } = visit;
  await visit.openLive("/admin");
  await settled(page);
  const other = page.locator(".desk-row .row-link").first();
  await other.focus();
  const top = async () => (await other.boundingBox())?.y ?? 0;
  const [was, count] = [await top(), await countOf(page)];
  await adds(sent, reply, now);
  await row(page, sent).waitFor({ timeout: 8000 });
  expect(await eventually(async () => (await countOf(page)) === count + 1, 8)).toBe(true);
  expect(Math.abs((await top()) - was)).toBeLessThanOrEqual(2);
  expect(await page.evaluate(() => document.activeElement?.className)).toContain("row-link");
  const said = page.locator('header [role="status"]', { hasText: "News has come in: 1 case" });
  expect(await said.count()).toBe(1);
  await visit.close();
});

it("that comes in while somebody writes stays news until they are done", async () => {
  const sent = await taken();
  const visit = await office.signedIn(seat, { language: "en" });
  const { page } = visit;
  await visit.openLive(`/admin/resources/cases/records/${sent.reference}/show?do=answer`);
  const field = page.locator("#composer textarea").first();
  await field.fill("We have opened the hall");
  await adds(sent, reply, now);
  await page.getByText(reply).first().waitFor({ timeout: 8000 });
  const view = () =>
    office.app.services.news.read({ actor: office.app.office.official("focal_point", "CSPD"), now, page: 1, rows: 50 });
  expect((await view()).rows.map(({ reference }) => reference)).toContain(sent.reference);
  expect(await field.inputValue()).toBe("We have opened the hall");
  await page.keyboard.press("Escape");
  await visit.close();
});

it("leads to what is new: unfolded, in sight, with the focus, under what says so", async () => {
  const sent = await taken();
  // Enough for the earlier part to be folded away, and for the page to be long.
  for (let n = 0; n < 16; n += 1) await adds(sent, `${reply} ${n}. ${"نص طويل ".repeat(40)}`, before(2.5 - n / 100));
  const visit = await office.signedIn(seat, { language: "ar" });
  const { page } = visit;
  await visit.open("/admin/pages/news");
  await row(page, sent).locator("a").click();
  await page.waitForURL(/#entry-\d+$/);
  await page.locator(".news-since").waitFor();
  await settled(page);
  const seq = Number(/\d+$/.exec(page.url())?.[0]);
  const focused = () => page.evaluate(() => document.activeElement?.id ?? "");
  expect(await eventually(async () => (await focused()) === `entry-${seq}`, 5)).toBe(true);
  const marker = await page.locator(".news-since").boundingBox();
  const entry = await page.locator(`#entry-${seq}`).boundingBox();
  const height = page.viewportSize()?.height ?? 0;
  expect(marker?.y).toBeGreaterThanOrEqual(0);
  expect(marker?.y).toBeLessThan(entry?.y ?? 0);
  expect(entry?.y).toBeLessThan(height);
  expect(await page.locator(`#entry-${seq} .entry-text`).textContent()).toContain(`${reply} 0.`);
  expect(await axe(page)).toEqual([]);
  await visit.close();
});

it("that comes in while the case lies open is seen once somebody does something there with it in sight", async () => {
  const sent = await taken();
  const visit = await office.signedIn(seat, { language: "en", height: 1600 });
  const { page } = visit;
  await visit.openLive(`/admin/resources/cases/records/${sent.reference}/show`);
  await settled(page);
  const count = await countOf(page);
  await adds(sent, reply, now);
  await page.getByText(reply).first().waitFor({ timeout: 8000 });
  expect(await eventually(async () => (await countOf(page)) === count + 1, 8)).toBe(true);
  await page.locator(".news-since").waitFor();
  // A sign of life by itself tells nobody that it was read.
  await page.waitForTimeout(11_000);
  expect(await countOf(page)).toBe(count + 1);
  await page.getByText(reply).first().scrollIntoViewIfNeeded();
  await page.keyboard.press("Shift");
  expect(await eventually(async () => (await countOf(page)) === count, 8)).toBe(true);
  await page.locator(".news-since").waitFor();
  await visit.close();
});

it("is walked through by J and K, from the home and from case to case", async () => {
  for (let n = 0; n < 2; n += 1) await replied();
  const visit = await office.signedIn(seat, { language: "en" });
  const { page } = visit;
  await visit.open("/admin");
  await page.locator(".news-row").first().waitFor();
  await settled(page);
  const links = await page.locator(".news-link").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("href"));
  await page.keyboard.press("j");
  expect(await focused()).toBe(links[0]);
  await page.keyboard.press("j");
  expect(await focused()).toBe(links[1]);
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname + url.hash === links[0]);
  await page.locator(".case-trail").waitFor();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press("j");
  await page.waitForURL((url) => url.pathname + url.hash === links[1]);
  await visit.close();
});

it.each(["ar", "en"] as const)("can be marked as seen together and taken back, in %s", async (language) => {
  for (let n = 0; n < 2; n += 1) await replied();
  const visit = await office.signedIn(seat, { language, width: 390 });
  const { page } = visit;
  const words =
    language === "ar"
      ? { mark: /^تعليم/, undo: "تراجع", none: "لا جديد" }
      : { mark: /^Mark/, undo: "Undo", none: "Nothing new" };
  await visit.open("/admin/pages/news");
  await page.locator(".news-row").first().waitFor();
  const unread = page.locator(".news-row:not(.news-read)");
  const [shown, rows] = [await unread.count(), await page.locator(".news-row").count()];
  const count = await countOf(page);
  await picture(page, `news-mark-${language}`);
  expect(await overflow(page)).toBe(0);
  await page.getByRole("button", { name: words.mark }).click();
  const undo = page.locator(".toast button", { hasText: words.undo });
  await undo.waitFor();
  expect(await eventually(async () => (await countOf(page)) === count - shown, 8)).toBe(true);
  // They stay on the page as what was read, and are gone from what is unread.
  expect(await eventually(async () => (await unread.count()) === 0, 8)).toBe(true);
  expect(await page.locator(".news-row").count()).toBe(rows);
  await page.locator(".presets button").nth(1).click();
  if (count === shown) await page.getByText(words.none).waitFor();
  await page.locator(".presets button").first().click();
  await page.locator(".news-row").first().waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, `news-marked-${language}`);
  await undo.click();
  expect(await eventually(async () => (await countOf(page)) === count, 8)).toBe(true);
  expect([visit.errors, visit.outside]).toEqual([[], []]);
  await visit.close();
});

it("who reads no cases has a bell without a number: an answer to their own request would be there", async () => {
  const visit = await office.signedIn({ role: "contact_centre_agent" }, { language: "en" });
  await visit.open("/admin");
  await bell(visit.page).waitFor();
  expect(await countOf(visit.page)).toBe(0);
  expect(visit.errors).toEqual([]);
  await visit.close();
});
