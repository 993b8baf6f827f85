/** A calendar by the year in a real browser: drawn in both languages, walked by keyboard, a year prepared and a day confirmed. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import {
  type AdminBrowser,
  axe,
  looksRight,
  openAdminBrowser,
  overflow,
  picture,
  type Visit,
} from "../support/admin-browser.js";

jest.setTimeout(180_000);
let browser: AdminBrowser;
beforeAll(async () => {
  browser = await openAdminBrowser();
}, 180_000);
afterAll(() => browser?.close());

const address = "/admin/pages/policy?kind=calendar&name=jordan-government&part=year&year=2027";

async function sound({ page, errors, outside }: Visit): Promise<void> {
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(errors).toEqual([]);
  expect(outside).toEqual([]);
}

it.each(["ar", "en"] as const)("is drawn in %s, on a desk and on a phone, without a finding", (language) =>
  browser.withVisit({ role: "operation_room" }, { language }, async ({ page, open }) => {
    await open(address);
    await page.locator(".year-month").nth(11).waitFor();
    await looksRight(page, "calendar-year");
  }),
);

it("is walked by keyboard along the line of writing, and says of each day what it is", async () => {
  const visit = await browser.backAt({ role: "operation_room" }, { language: "ar" });
  const { page } = visit;
  await visit.open(address);
  await page.locator("[data-date='2027-01-01']").focus();
  await page.keyboard.press("ArrowLeft");
  const current = () => page.evaluate(() => document.activeElement?.getAttribute("data-date"));
  expect(await current()).toBe("2027-01-02");
  await page.keyboard.press("PageDown");
  expect(await current()).toBe("2027-02-02");
  expect(await page.locator(".year-day[tabindex='0']").count()).toBe(1);
  expect(await page.locator("[data-date='2027-03-09']").getAttribute("aria-label")).toMatch(
    /عيد الفطر.*عطلة رسمية.*متوقع/,
  );
});

it("prepares the next year and shows each day that was added as expected", async () => {
  const visit = await browser.backAt({ role: "operation_room" }, { language: "en" });
  const { page } = visit;
  await visit.open(address.replace("2027", "2028"));
  await page.locator(".year-day.uncovered").nth(200).waitFor();
  await page.getByRole("button", { name: "Prepare 2028" }).click();
  await page.locator("[data-date='2028-12-25'].named-off").waitFor();
  expect(await page.locator(".year-day.named-off.expected").count()).toBeGreaterThan(8);
  expect(await page.locator("[data-date='2028-05-01']").getAttribute("aria-label")).toMatch(/Labour Day.*Holiday$/);
  await picture(page, "calendar-prepared-en-1280");
  await sound(visit);
});

it("changes a day from where it is seen", async () => {
  const visit = await browser.backAt({ role: "operation_room" }, { language: "en" });
  const { page } = visit;
  await visit.open(address);
  await page.locator("[data-date='2027-03-09']").click();
  const form = page.locator("dialog");
  await form.getByLabel("Expected, not confirmed yet").uncheck();
  await form.getByRole("button", { name: "Set" }).click();
  await page.locator("[data-date='2027-03-09'].named-off:not(.expected)").waitFor();
  await sound(visit);
});

it("makes a day a holiday, which is off, and says what a day of usual hours changes", async () => {
  const visit = await browser.backAt({ role: "operation_room" }, { language: "ar" });
  const { page } = visit;
  await visit.open(address);
  const day = page.locator("[data-date='2027-01-13']");
  const form = page.locator("dialog");
  const set = async (kind: string) => {
    await form.locator(`input[value='${kind}']`).check();
    await form.getByRole("button", { name: "اعتماد" }).click();
  };
  await day.click();
  expect(await form.locator("input[value='off']").isChecked()).toBe(true);
  await sound(visit);
  await picture(page, "calendar-day-kind-ar-1280");
  await form.getByLabel("الاسم بالعربية").fill("عطلة");
  await form.getByLabel("الاسم بالإنجليزية").fill("Holiday");
  await set("off");
  await page.locator("[data-date='2027-01-13'].named-off").waitFor();
  await day.click();
  await form.locator("input[value='hours']").check();
  await form.getByRole("button", { name: "إضافة دوام" }).click();
  await set("hours");
  await page.locator("[data-date='2027-01-13']:not(.named-off)").waitFor();
  await day.click();
  await form.getByText("لا يغيّر شيئًا").waitFor();
  await set("usual");
  await form.waitFor({ state: "hidden" });
  await page.locator("[data-date='2027-01-13']:not([aria-label*='عطلة'])").waitFor();
});

it("takes times as they are typed, and names a wrong one where it stands before anything is set", async () => {
  const visit = await browser.backAt({ role: "operation_room" }, { language: "ar", width: 390 });
  const { page } = visit;
  await visit.open(address.replace("part=year&year=2027", "part=days"));
  const ramadan = page.locator("tr").filter({ hasText: "رمضان 2027" });
  // Each button says of which line it is.
  expect(await ramadan.getByRole("button", { name: "حذف: رمضان 2027" }).count()).toBe(1);
  await ramadan.getByRole("button", { name: "تعديل: رمضان 2027" }).click();
  const [opens, closes] = [page.getByLabel("كل أيام العمل: يبدأ"), page.getByLabel("كل أيام العمل: ينتهي")];
  await opens.fill("10h");
  await closes.fill("٩");
  await page.getByRole("button", { name: "اعتماد" }).click();
  await page.getByText("أدخل كل وقت بنظام 24 ساعة").waitFor();
  expect(await closes.inputValue()).toBe("09:00");
  expect(await opens.getAttribute("aria-invalid")).toBe("true");
  expect(await opens.evaluate((field) => field === document.activeElement)).toBe(true);
  await picture(page, "calendar-wrong-time-ar-390");
  await sound(visit);
  await opens.fill("1000");
  await closes.fill("14");
  await closes.press("Enter");
  await ramadan.getByText("10:00").waitFor();
  await ramadan.getByText("14:00").waitFor();
});

it("is only looked at by an auditor", async () => {
  const visit = await browser.backAt({ role: "auditor" }, { language: "ar" });
  await visit.open(address);
  await visit.page.locator(".year-month").nth(11).waitFor();
  expect(await visit.page.getByRole("button", { name: /تجهيز سنة/ }).count()).toBe(0);
  await visit.page.locator("[data-date='2027-03-09']").click();
  expect(await visit.page.locator("dialog[open]").count()).toBe(0);
});

it.each(["ar", "en"] as const)(
  "tints Ramadan as short, and sets its hours for all working days at once, in %s",
  async (language) => {
    const say = (en: string, ar: string) => (language === "en" ? en : ar);
    const visit = await browser.backAt({ role: "operation_room", nth: 1 }, { language });
    const { page } = visit;
    await visit.open(address);
    const ramadan = page.locator("[data-date='2027-02-22']");
    await ramadan.waitFor();
    expect(await ramadan.getAttribute("class")).toMatch(/\bshort\b/);
    // Expected or not, half of it is filled as in the legend.
    const tint = (look: string) =>
      page.evaluate((className) => {
        const day = document.createElement("span");
        day.className = `year-day ${className}`;
        document.body.append(day);
        const image = getComputedStyle(day).backgroundImage;
        day.remove();
        return image.match(/linear-gradient\(to top.*$/)?.[0];
      }, look);
    expect(await tint("short expected")).toBe(await tint("short"));
    await visit.open(address.replace("part=year", "part=days"));
    const weekly = page.locator("section", {
      has: page.getByRole("heading", { name: say("Weekly hours", "الدوام الأسبوعي") }),
    });
    await weekly.getByRole("button", { name: say("Add weekly hours", "إضافة دوام أسبوعي") }).click();
    const form = page.locator("dialog");
    const all = form.locator(".line-all-days");
    await all.getByRole("button").first().click();
    await all.locator("input").first().fill("09:00");
    await all.locator("input").last().fill("14:30");
    expect(
      await form
        .locator(".line-weekday input")
        .evaluateAll((inputs) => inputs.map((one) => (one as HTMLInputElement).value)),
    ).toEqual(Array.from({ length: 6 }, () => ["09:00", "14:30"]).flat());
    await sound(visit);
    await picture(page, `calendar-all-days-${language}-1280`);
    // One of them another way: that is said where they are set together.
    await form.locator(".line-weekday").nth(1).locator("input").last().fill("13:00");
    await all.getByText(say("They differ", "تختلف")).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await sound(visit);
    await picture(page, `calendar-all-days-${language}-390`);
    await visit.close();
  },
);
