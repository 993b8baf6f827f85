/** The choice of letters on the own account, and the rota, in a browser: both languages, a narrow telephone, without findings. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
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

const words = {
  ar: {
    panel: "رسائل مناصبك",
    daily: "مرة واحدة صباح كل يوم",
    hourly: "مجمّعة كل ساعة",
    save: "حفظ",
    chosen: "الاختيار بواسطة",
    rota: "جدول المناوبة",
    none: "لا أيام مناوبة مدرجة",
    position: "المنصب",
    from: "اليوم الأول",
    to: "اليوم الأخير",
    add: "إضافة",
    needed: "أدخل تاريخًا.",
    remove: "إزالة",
    turn: "من هذا الأسبوع",
  },
  en: {
    panel: "Emails of your positions",
    daily: "Once a day, in the morning",
    hourly: "Gathered, once an hour",
    save: "Save",
    chosen: "Chosen by",
    rota: "Duty rota",
    none: "No days on duty are planned",
    position: "Position",
    from: "First day",
    to: "Last day",
    add: "Add",
    needed: "Enter a date.",
    remove: "Remove",
    turn: "This week",
  },
} as const;

const shapes: readonly (readonly [keyof typeof words, number, number])[] = [
  ["ar", 320, 0],
  ["en", 1280, 1],
];

describe.each(shapes)("%s at %d", (language, width, nth) => {
  const t = words[language];
  it("the holder chooses how the letters of the position come", async () => {
    const visit = await office.signedIn({ role: "focal_point", place: "CSPD", nth }, { language, width });
    const { page } = visit;
    await visit.open("/admin/pages/account#letters");
    await page.getByRole("heading", { name: t.panel }).waitFor();
    const panel = page.locator("#letters");
    await panel.locator("select").selectOption({ label: t.daily });
    await panel.getByRole("button").click();
    await panel.getByText(t.chosen).waitFor();
    await settled(page);
    expect(await panel.locator("select").inputValue()).toBe("daily");
    expect([await axe(page, anyImpact), await overflow(page), visit.errors, visit.outside]).toEqual([[], 0, [], []]);
    await picture(page, `letters-of-positions-${language}`);
    await visit.close();
  });

  it("the manager of the entity writes the rota", async () => {
    const visit = await office.signedIn({ role: "entity_manager", place: "CSPD" }, { language, width });
    const { page } = visit;
    await visit.open("/admin/pages/duty-rota");
    await page.getByText(t.none).waitFor();
    await page.getByRole("button", { name: t.add, exact: true }).click();
    await page.getByText(t.needed).first().waitFor();
    expect(await axe(page, anyImpact)).toEqual([]);
    await page.getByLabel(t.position, { exact: true }).selectOption({ index: 1 });
    await page.getByLabel(t.from).fill("2026-11-22");
    await page.getByLabel(t.to).fill("2026-11-26");
    await page.getByRole("button", { name: t.add, exact: true }).click();
    await page.getByRole("button", { name: new RegExp(`^${t.remove}`) }).waitFor();
    await settled(page);
    // What was refused at first is no error of the page.
    const errors = visit.errors.filter((error) => !/422/.test(error));
    expect([await axe(page, anyImpact), await overflow(page), errors, visit.outside]).toEqual([[], 0, [], []]);
    await picture(page, `duty-rota-${language}`);
    // Days that are taken: said above with a way to the field, where focus is, and at the field; what was typed stays.
    await page.getByLabel(t.position, { exact: true }).selectOption({ index: 2 });
    await page.getByLabel(t.from).fill("2026-11-25");
    await page.getByLabel(t.to).fill("2026-11-28");
    await page.getByRole("button", { name: t.add, exact: true }).click();
    await page.locator(".field-fault").waitFor();
    const summary = page.locator("form [role=alert]");
    expect(await summary.evaluate((box) => box === document.activeElement)).toBe(true);
    expect(await page.getByLabel(t.to).inputValue()).toBe("2026-11-28");
    // What went well before says nothing of this; and the bullet is at the first line of a long fault.
    expect(await page.locator(".toast").count()).toBe(0);
    expect(await summary.getByRole("link").evaluate((link) => getComputedStyle(link).display)).toBe("block");
    expect([await axe(page, anyImpact), await overflow(page)]).toEqual([[], 0]);
    await picture(page, `duty-rota-taken-${language}`);
    await summary.getByRole("link").click();
    expect(await page.getByLabel(t.from).evaluate((input) => input === document.activeElement)).toBe(true);
    // Removing asks first; focus stays at the list.
    const remove = page.getByRole("button", { name: new RegExp(`^${t.remove}`) });
    await remove.click();
    const dialog = page.getByRole("dialog");
    expect(await axe(page, anyImpact)).toEqual([]);
    await picture(page, `duty-rota-remove-${language}`);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await remove.evaluate((button) => button === document.activeElement)).toBe(true);
    await remove.click();
    await dialog.getByRole("button", { name: t.remove, exact: true }).click();
    await page.getByText(t.none).waitFor();
    await page.getByText(t.turn).waitFor();
    expect(await page.evaluate(() => document.activeElement?.querySelector(".empty") !== null)).toBe(true);
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
    await picture(page, `duty-rota-empty-${language}`);
    await visit.close();
  });
});
