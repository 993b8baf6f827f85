/** "Tell me when …" in a browser: on the figures page, in the list of one's own alerts, in the form for audiences. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture } from "../support/admin-browser.js";
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
    changeOf: /^Change: /,
    removeOf: /^Remove: /,
    remove: "Remove",
    none: "You have no alerts",
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
    changeOf: /^عدّل: /,
    removeOf: /^أزل: /,
    remove: "أزل",
    none: "ليست لديك تنبيهات",
    number: "اكتب عددًا صحيحًا من 1 إلى 12.",
    mine: "تنبيهاتي",
  },
} as const;

it.each(["en", "ar"] as const)("is set up from a figure, tried, changed and removed, in %s", (language) =>
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
    expect(await axe(page)).toEqual([]);
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await overflow(page)).toBe(0);
      await picture(page, `alert-dialog-${width}-${language}`);
    }
    await dialog.getByRole("button", { name: words.save }).click();
    await dialog.waitFor({ state: "detached" });

    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole("link", { name: words.mine }).click();
    await page.getByRole("heading", { name: words.sentence }).first().waitFor();
    expect(await axe(page)).toEqual([]);
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await overflow(page)).toBe(0);
      await picture(page, `alerts-${width}-${language}`);
    }
    await page.getByRole("button", { name: words.changeOf }).click();
    await page.getByRole("dialog").getByLabel(words.percent).fill("55");
    await page.getByRole("dialog").getByRole("button", { name: words.save }).click();
    await page.getByRole("heading", { name: /55/ }).waitFor();
    await page.getByRole("button", { name: words.removeOf }).click();
    await page.getByRole("dialog").getByRole("button", { name: words.remove, exact: true }).click();
    await page.getByText(words.none).waitFor();
  }),
);

it.each([
  ["en", "Try it on the past 12 months", "Try it", "It would have come once:"],
  ["ar", "جرّبه على آخر 12 شهرًا", "جرّب", "كان سيصل مرة واحدة:"],
] as const)("for an audience is tried in its form before it is saved, in %s", (language, title, act, come) =>
  office.withVisit({ role: "operation_room" }, { language }, async (visit) => {
    const { page, open } = visit;
    await open("/admin/resources/kpi-alerts/actions/new");
    const trial = page.getByRole("region", { name: title });
    expect(await trial.getByRole("button", { name: act }).isDisabled()).toBe(true);
    await page.locator("#field-kpi").selectOption("onTimeResolution");
    await page.locator("#field-condition").selectOption("below");
    await page.locator("#field-unit").selectOption("month");
    await page.locator("#field-value").fill("60");
    await page.locator("#field-least").fill("10");
    await page.getByRole("checkbox", { name: language === "en" ? "Steering committee" : "اللجنة التوجيهية" }).check();
    await trial.getByRole("button", { name: act }).click();
    await trial.getByRole("status").waitFor();
    expect(await trial.getByRole("status").textContent()).toContain(come);
    expect(await axe(page)).toEqual([]);
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await overflow(page)).toBe(0);
      await picture(page, `alert-form-${width}-${language}`);
    }
  }),
);
