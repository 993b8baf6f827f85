/** The entity tree as people use it: by mouse, by keyboard, at phone width; an entity is added below, and receives at once. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Page } from "playwright-core";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture, type Visit } from "../support/admin-browser.js";
import { programme } from "../support/working-office.js";

let admin: AdminBrowser;
beforeAll(async () => {
  admin = await openAdminBrowser();
});
afterAll(() => admin.close());

const room = { role: "operation_room" } as const;
const tree = "/admin/pages/entity-tree";
const row = (page: Page, code: string) => page.locator(".tree-row", { has: page.locator(`code:text-is("${code}")`) });
const choose = async (page: Page, label: string, typed: string, option: string) => {
  const box = page.getByRole("combobox", { name: label });
  await box.fill(typed);
  await page.getByRole("option", { name: option }).first().click();
};
async function clean(visit: Visit): Promise<void> {
  // What lies half under the head of the page is no finding.
  await visit.page.evaluate(() => window.scrollTo(0, 0));
  expect(await axe(visit.page)).toEqual([]);
  expect(await overflow(visit.page)).toBe(0);
  // The browser logs each refusal; those are asked for here.
  expect(visit.errors.filter((text) => !/status of (409|422)/.test(text))).toEqual([]);
  expect(visit.outside).toEqual([]);
}

describe("the entity tree in Arabic", () => {
  let visit: Visit;
  let page: Page;
  beforeAll(async () => {
    visit = await admin.signedIn(room, { language: "ar" });
    page = visit.page;
    await visit.open(tree);
  });
  afterAll(() => visit.close());

  it("opens and closes branches by mouse and by the keys of a right-to-left tree", async () => {
    expect(await page.getAttribute("html", "dir")).toBe("rtl");
    await expect(row(page, "MOH").isVisible()).resolves.toBe(true);
    await expect(row(page, "JFDA").count()).resolves.toBe(0);
    const toggle = row(page, "MOH").locator(".tree-toggle");
    await toggle.click();
    await expect(row(page, "JFDA").isVisible()).resolves.toBe(true);
    await page.keyboard.press("ArrowRight");
    await expect(row(page, "JFDA").count()).resolves.toBe(0);
    await page.keyboard.press("ArrowLeft");
    await expect(row(page, "JFDA").isVisible()).resolves.toBe(true);
    expect(await toggle.getAttribute("aria-expanded")).toBe("true");
    await page.keyboard.press("ArrowUp");
    expect(
      await page.evaluate(() => document.activeElement?.closest(".tree-row")?.querySelector("code")?.textContent),
    ).toBe("HCD");
    await picture(page, "entity-tree-ar");
    await clean(visit);
  });

  it("finds as one types, whatever the form of the letters, and keeps the question in the address", async () => {
    await page.getByLabel("ابحث عن جهة").fill("الغذاء والدواء");
    await expect(row(page, "JFDA").isVisible()).resolves.toBe(true);
    await expect(row(page, "MOE").count()).resolves.toBe(0);
    expect(decodeURIComponent(page.url().replaceAll("+", " "))).toContain("find=الغذاء والدواء");
    await page.getByLabel("ابحث عن جهة").fill("لا شيء كهذا");
    await expect(page.getByText("لا توجد جهة مطابقة").isVisible()).resolves.toBe(true);
    await page.getByLabel("ابحث عن جهة").fill("");
  });

  it("adds an entity below another one; the next application goes there", async () => {
    await row(page, "MOH").getByRole("link", { name: "إضافة جهة تتبع وزارة الصحة" }).click();
    await page.getByLabel("الاسم بالعربية").waitFor();
    // Codes that the link brought along are shown by their names.
    await page.waitForFunction(
      (name) =>
        [...document.querySelectorAll<HTMLInputElement>("input[role=combobox]")].some((one) => one.value === name),
      "وزارة الصحة",
    );
    await page.getByRole("button", { name: "حفظ" }).click();
    // Nothing is typed yet: each empty field says so, and what the link brought along stays.
    await page.locator(".field-faulty").first().waitFor();
    expect(await page.locator(".field-faulty").count()).toBeGreaterThanOrEqual(4);
    await page.getByLabel("الاسم بالعربية").fill("المركز الوطني لمكافحة الأوبئة");
    await page.getByLabel("الاسم بالإنجليزية").fill("National Centre for Disease Control");
    await page.getByLabel("الرمز", { exact: true }).fill("NCDC");
    await page.getByLabel("النوع").selectOption({ label: "مركز" });
    await page.getByLabel("حالة الانضمام").selectOption("live");
    await picture(page, "entity-new-ar");
    await page.getByRole("button", { name: "حفظ" }).click();
    await page.getByRole("heading", { name: "المركز الوطني لمكافحة الأوبئة" }).waitFor();
    await page.locator("dd").getByText("مركز", { exact: true }).waitFor();
    const sent = await admin.app.office.receive({ sector: "HEALTH", entity: "NCDC" });
    expect(sent.entity).toBe("NCDC");
    await visit.open(`${tree}?show=withoutFocalPoint`);
    await expect(row(page, "NCDC").getByText("بلا ضابط ارتباط").isVisible()).resolves.toBe(true);
    await expect(row(page, "NCDC").getByText("الطلبات المفتوحة: 1").isVisible()).resolves.toBe(true);
    await picture(page, "entity-tree-without-focal-point-ar");
    await clean(visit);
  });

  it("lets somebody type who was there before the name of what is chosen", async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/resources\/entities\/actions\/list\?.*search=MOH/, async (route) => {
      await held;
      await route.continue();
    });
    await row(page, "NCDC").getByRole("button", { name: /^نقل / }).click();
    const box = page.getByRole("combobox", { name: "الجهة الأعلى" });
    await box.evaluate((element) => {
      (element as HTMLInputElement).focus();
      (element as HTMLInputElement).select();
    });
    release();
    await page.waitForFunction(() => (document.activeElement as HTMLInputElement | null)?.value === "وزارة الصحة");
    await page.keyboard.insertText("رئاسة");
    expect(await box.inputValue()).toBe("رئاسة");
    await page.getByRole("option", { name: "رئاسة الوزراء" }).first().waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.unrouteAll();
    await page.locator("dialog").waitFor({ state: "detached" });
  });

  it("is cleared by keys alone: Tab passes its button, an empty box is nothing chosen", async () => {
    await row(page, "NCDC").getByRole("button", { name: /^نقل / }).click();
    const box = page.getByRole("combobox", { name: "الجهة الأعلى" });
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLInputElement>("dialog input[role=combobox]")].some(
        ({ value }) => value === "وزارة الصحة",
      ),
    );
    await box.focus();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.className)).not.toContain("combobox-clear");
    await box.selectText();
    await page.keyboard.press("Delete");
    await page.keyboard.press("Escape");
    expect(await box.inputValue()).toBe("");
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
  });

  it("moves it under another entity, and tells when somebody else was faster", async () => {
    await row(page, "NCDC").getByRole("button", { name: /^نقل / }).click();
    await choose(page, "الجهة الأعلى", "رئاسة الوزراء", "رئاسة الوزراء");
    await picture(page, "entity-move-ar");
    await page.getByRole("button", { name: "نقل", exact: true }).click();
    await page.locator("dialog").waitFor({ state: "detached" });
    expect((await admin.app.services.setup.of(programme)).entities.get("NCDC")).toMatchObject({
      parent: "PM",
      level: 1,
    });

    await row(page, "NCDC").getByRole("button", { name: /^نقل / }).click();
    await choose(page, "الجهة الأعلى", "الداخلية", "وزارة الداخلية");
    await admin.app.services.setupEditor.update({
      programme,
      table: "entities",
      code: "NCDC",
      values: { parent: "MOJ" },
      before: { parent: "PM" },
      by: { ...admin.app.office.official("operation_room", null, 1), name: "هدى" },
      now: new Date(),
    });
    await page.getByRole("button", { name: "نقل", exact: true }).click();
    await page.getByText(/أصبحت .?«?وزارة العدل.*هدى/).waitFor();
    await clean(visit);
  });
});

describe("the entity tree elsewhere", () => {
  it("fits a phone, in English", async () => {
    const visit = await admin.signedIn(room, { language: "en", width: 390 });
    await visit.open(tree);
    await row(visit.page, "MOI")
      .getByRole("button", { name: /below Ministry of Interior/ })
      .click();
    await expect(row(visit.page, "CSPD").isVisible()).resolves.toBe(true);
    await picture(visit.page, "entity-tree-en-phone");
    await clean(visit);
    await visit.close();
  });

  it("is only looked at by an auditor", async () => {
    const visit = await admin.signedIn({ role: "auditor" }, { language: "en" });
    await visit.open(tree);
    await expect(row(visit.page, "MOH").isVisible()).resolves.toBe(true);
    await expect(visit.page.locator(".tree-acts").count()).resolves.toBe(0);
    await expect(visit.page.getByRole("link", { name: "Add entity" }).count()).resolves.toBe(0);
    await visit.close();
  });
});
