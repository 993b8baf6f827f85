/** What the figures page says in words in a browser: real changes, of what a share is, what is left out, wrong days, on paper. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, axe, looksRight, openAdminBrowser, paper, picture } from "../support/admin-browser.js";
import { manyOutcomes } from "../support/many-outcomes.js";
import { sundayNine } from "../support/working-office.js";

jest.setTimeout(240_000);

/** More than a screen shows at first. */
const most = 18;
let office: AdminBrowser;
beforeAll(async () => {
  office = await openAdminBrowser({ now: sundayNine });
  const entities = [...office.app.office.setup.entities.keys()].slice(0, most);
  const late = entities[0] ?? "";
  await manyOutcomes(office.app.office, { entities, late, badMonth: "2026-08", now: sundayNine });
}, 180_000);
afterAll(() => office?.close());

const said = {
  en: {
    better: "A real change: better",
    reply: "First reply on time",
    entities: "Entities",
    escalated: /^What does this number mean\? What was escalated/,
    share: "Share of all cases open at any time in the period",
  },
  ar: {
    better: "تغيّر حقيقي: تحسّن",
    reply: "الرد الأول ضمن الموعد",
    entities: "الجهات",
    escalated: /^ماذا يعني هذا الرقم؟ ما صُعّد/,
    share: "من كل ما كان مفتوحًا في أي وقت من الفترة",
  },
} as const;

it.each(["en", "ar"] as const)(
  "a real change is said, and of what escalated cases are a share, in %s",
  async (language) => {
    const { page, open } = await office.backAt({ role: "operation_room" }, { language });
    const words = said[language];
    await open("/admin/pages/figures?period=2026-09");
    const card = page.locator(".figures-card", { has: page.getByRole("heading", { name: words.reply, exact: true }) });
    await card.getByText(words.better).waitFor();
    await page.getByRole("columnheader", { name: words.share }).waitFor();
    await page.getByRole("button", { name: words.escalated }).click();
    expect(await page.getByRole("dialog").textContent()).toMatch(/0 ÷ \d+ = /);
    expect(await axe(page)).toEqual([]);
    await picture(page, `figures-escalated-${language}`);
    await page.keyboard.press("Escape");
    await looksRight(page, "figures-said", [1280, 390, 320]);
  },
);

it("one sentence says all that is not shown, with the way to more", () =>
  office.withVisit({ role: "steering_committee" }, { language: "ar" }, async ({ page, open }) => {
    await open("/admin/pages/figures?period=2026-09");
    const heat = page.locator("#figures-heat");
    await heat.locator("h2 button").click();
    expect(await heat.textContent()).toContain(`${most}`);
    expect(await heat.textContent()).toContain(" غير مدرجة");
    expect(await heat.locator("tbody tr").count()).toBe(0);
    // Enter opens nothing for people who read no cases.
    expect(await page.locator(".chart-keys").first().getAttribute("aria-label")).not.toContain("Enter");
    await looksRight(page, "figures-folded");
    await heat.getByRole("button", { name: /^يمكن عرض المزيد عن فترة أطول/ }).click();
    await page.waitForURL(/period=2026-Q3/);
  }));

it("days that cannot be shown are kept, to be corrected", async () => {
  const { page, open } = await office.backAt({ role: "operation_room" }, { language: "en" });
  await open("/admin/pages/figures?period=2026-10-20..2026-10-10");
  expect(await page.getByLabel("First day").inputValue()).toBe("2026-10-20");
  expect(await page.getByLabel("Last day").inputValue()).toBe("2026-10-10");
  await looksRight(page, "figures-wrong-days");
  await page.getByLabel("Last day").fill("2026-10-25");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.waitForURL(/period=2026-10-20\.\.2026-10-25/);
  await page.locator(".figures-card").first().waitFor();
});

/** Of A4 between its margins, in pixels of a screen. */
const paperWidth = 718;

// Last: a page that was on paper stays so.
it.each(["en", "ar"] as const)("all entities and all columns are on paper, and nothing to press, in %s", (language) =>
  office.withVisit({ role: "operation_room" }, { language }, async ({ page, open }) => {
    await open("/admin/pages/figures?period=2026-Q3");
    const rows = page.getByRole("table", { name: said[language].entities, exact: true }).locator("tbody tr");
    await rows.first().waitFor();
    expect(await rows.count()).toBe(8);
    await page.setViewportSize({ width: paperWidth, height: 1000 });
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    expect(await rows.count()).toBeGreaterThanOrEqual(most);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>(".figures-page .table-frame")]
        .filter((frame) => frame.scrollWidth > frame.clientWidth + 1)
        .map((frame) => frame.getAttribute("aria-label") ?? frame.textContent?.slice(0, 40)),
    );
    expect(cut).toEqual([]);
    const pressed = page.locator(".figures-page .button:visible");
    expect(await pressed.allTextContents()).toEqual([]);
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    await paper(page, `figures-paper-${language}`);
    if (language === "ar") return;
    // They are there too where the page's own button prints, which waits for no screen to be drawn.
    await page.emulateMedia({ media: "screen" });
    // As a browser prints: the event, the picture of the page, the event, and all of it within the call.
    await page.evaluate((name) => {
      window.print = () => {
        window.dispatchEvent(new Event("beforeprint"));
        const table = [...document.querySelectorAll("table")].find((one) => one.caption?.textContent === name);
        document.documentElement.dataset.printed = String((table ?? document).querySelectorAll("tbody tr").length);
        window.dispatchEvent(new Event("afterprint"));
      };
    }, said.en.entities);
    await page.getByRole("button", { name: "Print", exact: true }).click();
    expect(Number(await page.locator("html").getAttribute("data-printed"))).toBeGreaterThanOrEqual(most);
    expect(await rows.count()).toBe(8);
  }),
);
