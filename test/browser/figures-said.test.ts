/** What the figures page says in words in a browser: real changes, of what a share is, what is left out, wrong days, on paper. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, axe, openAdminBrowser, overflow, paper, picture } from "../support/admin-browser.js";
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
    folded: " entities are not listed",
    longer: /^Over a longer period more can be shown: Quarter 3/,
    first: "First day",
    last: "Last day",
    show: "Show",
  },
  ar: {
    better: "تغيّر حقيقي: تحسّن",
    reply: "الرد الأول ضمن الموعد",
    entities: "الجهات",
    escalated: /^ماذا يعني هذا الرقم؟ ما صُعّد/,
    share: "من كل ما كان مفتوحًا في أي وقت من الفترة",
    folded: " غير مدرجة",
    longer: /^يمكن عرض المزيد عن فترة أطول/,
    first: "اليوم الأول",
    last: "اليوم الأخير",
    show: "عرض",
  },
} as const;

it.each(["en", "ar"] as const)("says a real change, and of what escalated cases are a share, in %s", (language) =>
  office.withVisit({ role: "operation_room" }, { language }, async ({ page, open }) => {
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
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await overflow(page)).toBe(0);
    }
    await picture(page, `figures-said-${language}`);
  }),
);

it.each(["en", "ar"] as const)("has one sentence for all that is not shown, and the way to more, in %s", (language) =>
  office.withVisit({ role: "steering_committee" }, { language }, async ({ page, open }) => {
    const words = said[language];
    await open("/admin/pages/figures?period=2026-09");
    const heat = page.locator("#figures-heat");
    expect(await heat.textContent()).toContain(`${most}`);
    expect(await heat.textContent()).toContain(words.folded);
    expect(await heat.locator("tbody tr").count()).toBe(0);
    // Enter opens nothing for somebody who reads no cases.
    expect(await page.locator(".chart-keys").first().getAttribute("aria-label")).not.toContain("Enter");
    expect(await axe(page)).toEqual([]);
    await picture(page, `figures-folded-${language}`);
    await heat.getByRole("button", { name: words.longer }).click();
    await page.waitForURL(/period=2026-Q3/);
  }),
);

it.each(["en", "ar"] as const)("keeps days that cannot be shown, to be corrected, in %s", (language) =>
  office.withVisit({ role: "operation_room" }, { language }, async ({ page, open }) => {
    const words = said[language];
    await open("/admin/pages/figures?period=2026-10-20..2026-10-10");
    expect(await page.getByLabel(words.first).inputValue()).toBe("2026-10-20");
    expect(await page.getByLabel(words.last).inputValue()).toBe("2026-10-10");
    expect(await axe(page)).toEqual([]);
    await picture(page, `figures-wrong-days-${language}`);
    await page.getByLabel(words.last).fill("2026-10-25");
    await page.getByRole("button", { name: words.show, exact: true }).click();
    await page.waitForURL(/period=2026-10-20\.\.2026-10-25/);
    await page.locator(".figures-card").first().waitFor();
  }),
);

/** Of A4 between its margins, in pixels of a screen. */
const paperWidth = 718;

it.each(["en", "ar"] as const)("has all entities and all columns on paper, and nothing to press, in %s", (language) =>
  office.withVisit({ role: "operation_room" }, { language }, async ({ page, open }) => {
    await open("/admin/pages/figures?period=2026-Q3");
    const rows = page.getByRole("table", { name: said[language].entities, exact: true }).locator("tbody tr");
    await rows.first().waitFor();
    expect(await rows.count()).toBe(15);
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
    expect(await rows.count()).toBe(15);
  }),
);
