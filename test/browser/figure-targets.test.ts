/** What figures are held against, and who is told: targets at their form, on the page and at home; "Tell me when …" and its form. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import type { Locator } from "playwright-core";
import { type AdminBrowser, axe, looksRight, openAdminBrowser, overflow, picture } from "../support/admin-browser.js";
import { manyOutcomes } from "../support/many-outcomes.js";
import { sundayNine } from "../support/working-office.js";

jest.setTimeout(240_000);

let office: AdminBrowser;
beforeAll(async () => {
  office = await openAdminBrowser({ now: sundayNine });
  const entities = ["JFDA", "MOH", "MWI"];
  await manyOutcomes(office.app.office, { entities, late: "MOH", badMonth: "2026-08", now: sundayNine });
}, 180_000);
afterAll(() => office?.close());

it("a target is set for the roles that are shown the KPI, and what is wrong with it is said at its field", async () => {
  const visit = await office.backAt({ role: "operation_room" }, { language: "ar", width: 320 });
  const { page, open } = visit;
  await open("/admin/resources/shown-kpis");
  await page.locator("table, .record-cards").first().waitFor();
  await looksRight(page, "shown-kpis", [320, 1280]);
  const [target, threshold] = [page.locator("#field-target"), page.locator("#field-threshold")];
  const save = page.locator("button[type=submit].button-primary");
  for (const { code, refused, wrong, kept } of [
    { code: "ON_TIME", refused: ["140", "80"], wrong: target, kept: ["90", "80"] },
    { code: "DELAYED", refused: ["5", "4"], wrong: threshold, kept: ["5", "20"] },
  ]) {
    const [row] = await office.app.office.rows(
      "select id from shown_kpis where programme = 'jordan' and code = $1",
      code,
    );
    await open(`/admin/resources/shown-kpis/records/${row?.id}/edit`);
    await target.fill(refused[0] ?? "");
    await threshold.fill(refused[1] ?? "");
    await save.click();
    await page.getByRole("alert").first().waitFor();
    expect(await wrong.getAttribute("aria-invalid")).toBe("true");
    await looksRight(page, `shown-kpis-fault-${code}`, [320]);
    await target.fill(kept[0] ?? "");
    await threshold.fill(kept[1] ?? "");
    await save.click();
    await page.waitForURL(/\/show$/);
    await page.locator("main .chip").first().waitFor();
  }
  await looksRight(page, "shown-kpis-saved", [320, 1280]);
  expect(visit.errors.filter((error) => !error.includes("422"))).toEqual([]);
});

it("which row shows the KPI to a chosen role is said before anything is sent", async () => {
  const { page, open } = await office.backAt({ role: "operation_room" }, { language: "en" });
  const said = /^Another row shows this KPI/;
  await open("/admin/resources/shown-kpis/actions/new");
  await page.locator("#field-kpi").selectOption("firstResponse");
  expect(await page.getByText(said).count()).toBe(0);
  await page.getByRole("checkbox", { name: "Operation room" }).check();
  const notice = page.locator(".notice", { hasText: said });
  await notice.waitFor();
  await looksRight(page, "shown-kpis-row-there");
  await notice.getByRole("link").first().click();
  await page.waitForURL(/shown-kpis\/records\/\d+\/edit$/);
});

it.each(["en", "ar"] as const)(
  "what is off target has a sign and a word, on the page and at home (%s)",
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

const said = {
  en: {
    tell: /^Tell me when …: Answered on time$/,
    does: "What the figure does",
    percent: "Percent",
    unit: "Counted by",
    periods: "How many in a row",
    least: "Cases needed in a period",
    act: "Try it on the past 12 months",
    come: "It would have come once:",
    save: "Save the alert",
    sentence: "Answered on time: below ",
    number: "Enter a whole number from 1 to 12.",
    mine: "My alerts",
  },
  ar: {
    tell: /^نبّهني إذا …: الرد ضمن الموعد$/,
    does: "ما يحدث للرقم",
    percent: "النسبة المئوية",
    unit: "يُحسب لكل",
    periods: "كم فترة متتالية",
    least: "عدد الطلبات اللازم في الفترة",
    act: "جرّبه على آخر 12 شهرًا",
    come: "كان سيصل مرة واحدة:",
    save: "احفظ التنبيه",
    sentence: "الرد ضمن الموعد: أقل من ",
    number: "اكتب عددًا صحيحًا من 1 إلى 12.",
    mine: "تنبيهاتي",
  },
} as const;

it.each(["en", "ar"] as const)("an alert is set up from a figure, tried, changed and removed, in %s", (language) =>
  office.withVisit({ role: "steering_committee" }, { language }, async (visit) => {
    const { page, open } = visit;
    const words = said[language];
    await open("/admin/pages/figures?period=2026-10");
    await page.getByRole("button", { name: words.tell }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(words.percent).fill("60");
    await dialog.getByLabel(words.periods).fill("0");
    await dialog.getByLabel(words.unit).selectOption("month");
    await dialog.getByLabel(words.least).fill("10");
    await dialog.getByRole("button", { name: words.act }).click();
    await dialog.getByText(words.number).first().waitFor();
    // What is wrong keeps what was typed.
    expect(await dialog.getByLabel(words.percent).inputValue()).toBe("60");
    await dialog.getByLabel(words.periods).fill("1");
    await dialog.getByRole("button", { name: words.act }).click();
    await dialog.getByRole("status").waitFor();
    expect(await dialog.getByRole("status").textContent()).toContain(words.come);
    await looksRight(page, "alert-dialog", [1280, 390, 320]);
    await dialog.getByRole("button", { name: words.save }).click();
    await dialog.waitFor({ state: "detached" });

    await page.getByRole("link", { name: words.mine }).click();
    await page.getByRole("heading", { name: words.sentence }).first().waitFor();
    await looksRight(page, "alerts", [1280, 390, 320]);
    // Changing and removing say nothing new in the other language; one that holds already says since when.
    if (language === "ar") {
      await page.locator(".alert-line button").first().click();
      await page.getByRole("dialog").getByLabel(words.percent).fill("95");
      await page.getByRole("dialog").getByRole("button", { name: words.save }).click();
      await page.locator(".alert-line .badge", { hasText: "متحقق منذ" }).first().waitFor();
      await looksRight(page, "alerts-hold", [1280, 320]);
      return;
    }
    await page.getByRole("button", { name: /^Change: / }).click();
    await page.getByRole("dialog").getByLabel(words.percent).fill("55");
    await page.getByRole("dialog").getByRole("button", { name: words.save }).click();
    await page.getByRole("heading", { name: /55/ }).waitFor();
    await page.getByRole("button", { name: /^Remove: / }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await page.getByText("You have no alerts").waitFor();
  }),
);

it("an alert for an audience is tried in its form before it is saved", async () => {
  const { page, open } = await office.backAt({ role: "operation_room" }, { language: "ar" });
  await open("/admin/resources/kpi-alerts/actions/new");
  const trial = page.getByRole("region", { name: "جرّبه على آخر 12 شهرًا" });
  expect(await trial.getByRole("button", { name: "جرّب" }).isDisabled()).toBe(true);
  await page.locator("#field-kpi").selectOption("onTimeResolution");
  await page.locator("#field-condition").selectOption("below");
  await page.locator("#field-unit").selectOption("month");
  await page.locator("#field-value").fill("60");
  await page.locator("#field-least").fill("10");
  await page.getByRole("checkbox", { name: "اللجنة التوجيهية" }).check();
  await trial.getByRole("button", { name: "جرّب" }).click();
  await trial.getByRole("status").waitFor();
  expect(await trial.getByRole("status").textContent()).toContain("كان سيصل مرة واحدة:");
  await looksRight(page, "alert-form", [1280, 390, 320]);
});
