/** Targets of KPIs in a browser: the form and its faults, figures against them on the page and at home, both languages, desktop and phone. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import type { Locator } from "playwright-core";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture } from "../support/admin-browser.js";
import { manyOutcomes } from "../support/many-outcomes.js";
import { sundayNine } from "../support/working-office.js";

jest.setTimeout(240_000);

let office: AdminBrowser;
beforeAll(async () => {
  office = await openAdminBrowser({ now: sundayNine });
  await manyOutcomes(office.app.office, {
    ...{ entities: ["JFDA", "MOH", "MWI"], late: "MOH", badMonth: "2026-08", now: sundayNine },
  });
}, 180_000);
afterAll(() => office?.close());

it.each([
  ["en", 1280],
  ["ar", 320],
] as const)("sets a target for the roles that are shown the KPI (%s, %i px)", async (language, width) => {
  const code = language === "en" ? "ON_TIME" : "DELAYED";
  const [row] = await office.app.office.rows(
    "select id from shown_kpis where programme = 'jordan' and code = $1",
    code,
  );
  const visit = await office.signedIn({ role: "operation_room" }, { language, width });
  const { page, open } = visit;
  await open("/admin/resources/shown-kpis");
  await page.locator("table, .record-cards").first().waitFor();
  await picture(page, `shown-kpis-${language}-${width}`);
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);

  await open(`/admin/resources/shown-kpis/records/${row?.id}/edit`);
  const [target, threshold] = [page.locator("#field-target"), page.locator("#field-threshold")];
  await target.fill(language === "en" ? "140" : "5");
  await threshold.fill(language === "en" ? "80" : "4");
  const save = page.locator("button[type=submit].button-primary");
  await save.click();
  await page.getByRole("alert").first().waitFor();
  const wrong = language === "en" ? target : threshold;
  expect(await wrong.getAttribute("aria-invalid")).toBe("true");
  await picture(page, `shown-kpis-fault-${language}-${width}`);
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await target.fill(language === "en" ? "90" : "5");
  await threshold.fill(language === "en" ? "80" : "20");
  await save.click();
  await page.waitForURL(/\/show$/);
  await page.locator("main .chip").first().waitFor();
  await picture(page, `shown-kpis-saved-${language}-${width}`);
  expect(await axe(page)).toEqual([]);
  expect(visit.errors.filter((error) => !error.includes("422"))).toEqual([]);
  await visit.close();
});

it.each([
  ["en", "Operation room", /^Another row shows this KPI/],
  ["ar", "غرفة العمليات", /^صف آخر يعرض هذا المؤشر/],
] as const)(
  "says which row shows the KPI to a chosen role, before anything is sent (%s)",
  async (language, role, said) => {
    const visit = await office.signedIn({ role: "operation_room" }, { language });
    const { page, open } = visit;
    await open("/admin/resources/shown-kpis/actions/new");
    await page.locator("#field-kpi").selectOption("firstResponse");
    expect(await page.getByText(said).count()).toBe(0);
    await page.getByRole("checkbox", { name: role }).check();
    const notice = page.locator(".notice", { hasText: said });
    await notice.waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, `shown-kpis-beside-${language}`);
    await notice.getByRole("link").first().click();
    await page.waitForURL(/shown-kpis\/records\/\d+\/edit$/);
    await visit.close();
  },
);

it.each(["en", "ar"] as const)(
  "marks what is off target by a sign and a word, on the page and at home (%s)",
  async (language) => {
    const { app } = office;
    await app.office.asOwner(
      "update shown_kpis set target = 99, threshold = 95 where code = 'ON_TIME' and programme = 'jordan'",
    );
    await app.office.asOwner(
      "update shown_kpis set target = 1, threshold = null where code = 'MEDIAN_TIME' and programme = 'jordan'",
    );
    await app.office.asOwner(
      "update shown_kpis set target = 1000, threshold = null where code = 'DELAYED' and programme = 'jordan'",
    );
    const visit = await office.signedIn({ role: "minister", place: "MOH" }, { language });
    const { page, open } = visit;
    await open("/admin/pages/figures?period=2026-10");
    const off = page.locator(".figures-card", { has: page.locator(".figure-target .badge-late") });
    await off.first().waitFor();
    const said =
      language === "en" ? /^Target 99%: [\d.]+ points below Off target$/ : /^المستهدف .*99%.* نق.*خارج المستهدف$/;
    const wordsOf = async (card: Locator) =>
      (await card.first().locator(".figure-target").allInnerTexts())
        .join("")
        .replace(/[\u2066-\u2069]/g, "")
        .replace(/\s+/g, " ");
    expect(await wordsOf(off)).toMatch(said);
    // In the trend it is a line with a name, and of each entity a word and a sign say whether it keeps it.
    const name = language === "en" ? "Target 99%" : "المستهدف 99%";
    const plain = (text: string | null) => (text ?? "").replace(/[\u2066-\u2069]/g, "");
    expect(plain(await page.locator(".legend-target").first().textContent())).toBe(name);
    const entities = page.getByRole("table", { name: language === "en" ? "Entities" : "الجهات" });
    expect((await entities.locator("thead th").allTextContents()).map(plain)).toContain(name);
    const said99 = await entities.locator("tbody .badge-late").allTextContents();
    expect(said99).toContain(language === "en" ? "Off target" : "خارج المستهدف");
    const met = page.locator(".figures-card", { has: page.locator(".figure-target .badge-done") });
    expect(await wordsOf(met)).toContain(language === "en" ? "cases below Target met" : "تحقق المستهدف");
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 900 });
      await picture(page, `targets-figures-${language}-${width}`);
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    }
    await off.first().getByRole("button").first().click();
    await page.getByRole("dialog").locator(".figure-target").waitFor();
    await picture(page, `targets-meaning-${language}`);
    await page.keyboard.press("Escape");
    await open("/admin");
    await page.locator(".figure-card .figure-target").first().waitFor();
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 900 });
      await picture(page, `targets-minister-${language}-${width}`);
      expect(await overflow(page)).toBe(0);
    }
    expect(await axe(page)).toEqual([]);
    expect(visit.errors).toEqual([]);
    await visit.close();
    if (language === "en") return;
    for (const role of ["steering_committee", "operation_room"] as const) {
      const other = await office.signedIn({ role }, { language });
      await other.open("/admin");
      await other.page.locator(".figure-card").first().waitFor();
      await picture(other.page, `targets-${role}-${language}`);
      expect(await axe(other.page)).toEqual([]);
      await other.close();
    }
  },
);
