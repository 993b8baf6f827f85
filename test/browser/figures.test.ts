/** The figures page in a browser: every level its own, both languages, every number a way to its cases. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import {
  type AdminBrowser,
  axe,
  looksRight,
  openAdminBrowser,
  overflow,
  paper,
  picture,
  type Visit,
} from "../support/admin-browser.js";
import { manyOutcomes, spreadOver } from "../support/many-outcomes.js";
import { sundayNine } from "../support/working-office.js";

jest.setTimeout(240_000);

let office: AdminBrowser;
const entities = ["JFDA", "MOH", "MWI"];
beforeAll(async () => {
  office = await openAdminBrowser({ now: sundayNine });
  await manyOutcomes(office.app.office, { entities, late: "MOH", badMonth: "2026-08", now: sundayNine });
  await spreadOver(office.app.office);
}, 180_000);
afterAll(() => office?.close());

const address = "/admin/pages/figures?period=2026-10";
const drawn = (visit: Visit) => visit.page.locator(".chart-frame canvas").first().waitFor();
/** The operation room, in the page where it was before. */
const inEnglish = async (work: (visit: Visit) => Promise<void>): Promise<void> => {
  const visit = await office.backAt({ role: "operation_room" }, { language: "en" });
  await work(visit);
  expect([visit.errors, visit.outside]).toEqual([[], []]);
};
const total = async ({ page }: Visit): Promise<string> => {
  await page.locator("[aria-label='Figure']").first().waitFor();
  return ((await page.locator(".pager").textContent()) ?? "").replace(/\s+/g, " ");
};

it.each(["en", "ar"] as const)("shows a month to the operation room, in %s, on every screen and on paper", (language) =>
  office.withVisit({ role: "operation_room" }, { language }, async (visit) => {
    const { page, open } = visit;
    await open(address);
    await drawn(visit);
    await picture(page, `figures-1280-${language}`);
    expect(await axe(page)).toEqual([]);
    const pushed = await page
      .locator("#figures-entities .table-frame")
      .evaluate((frame) => frame.scrollWidth - frame.clientWidth);
    expect(pushed).toBe(0);
    // What is folded is a line; all of it is looked at too.
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(4200);
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll<HTMLElement>(".panel-fold h2 button[aria-expanded='false']"))
        fold.click();
    });
    expect(await axe(page)).toEqual([]);
    // From each heading to the next at most one level down.
    const levels = await page
      .locator("main :is(h1, h2, h3, h4)")
      .evaluateAll((all) => all.map(({ localName }) => Number(localName.slice(1))));
    expect([levels[0], levels.includes(3)]).toEqual([1, true]);
    expect(levels.filter((level, i) => level > (levels[i - 1] ?? level) + 1)).toEqual([]);
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await overflow(page)).toBe(0);
      await picture(page, `figures-${width}-${language}`);
    }
    expect(await axe(page)).toEqual([]);
    await page.setViewportSize({ width: 1000, height: 900 });
    await page.emulateMedia({ media: "print" });
    // Two frames later, when what watches sizes has had its turn.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    for (const chart of await page.locator(".chart-frame canvas").all())
      expect((await chart.boundingBox())?.height).toBeGreaterThan(100);
    await picture(page, `figures-print-${language}`);
    await paper(page, `figures-${language}`);
  }),
);

/** What the library of charts and the page with them may weigh, as it travels. */
const mostBytes = 215_000;

it("loads the library of charts on this page alone", () =>
  office.withVisit({ role: "operation_room" }, { language: "en", cold: true }, async (visit) => {
    const areaOf = (url: string) => /assets\/([a-z]+)\./.exec(url)?.[1];
    const charts = () => visit.travelled().filter(({ url }) => url.endsWith(".js") && areaOf(url) === "charts");
    await visit.open("/admin");
    await visit.open("/admin/resources/cases");
    expect(charts()).toEqual([]);
    await visit.open(address);
    await drawn(visit);
    const loaded = charts();
    expect(loaded).toHaveLength(1);
    expect(loaded[0]?.bytes).toBeLessThan(mostBytes);
  }));

it("leads from a figure to exactly its cases, and says what it means", () =>
  inEnglish(async (visit) => {
    const { page, open } = visit;
    await open(address);
    const card = page.locator(".figures-card", { has: page.getByRole("heading", { name: "Answered on time" }) });
    await card.getByRole("button", { name: "What does this number mean?" }).click();
    const dialog = page.getByRole("dialog");
    const of = await card.locator(".figures-of").first().textContent();
    const [kept = "", all = ""] = (of ?? "").split(" of ");
    expect(await dialog.textContent()).toContain(`${kept} ÷ ${all} = `);
    expect(await axe(page)).toEqual([]);
    await picture(page, "figures-meaning-en");
    await page.keyboard.press("Escape");
    const late = card.getByRole("link", { name: /^Not on time: / });
    expect(await late.textContent()).toBe(`Not on time: ${Number(all) - Number(kept)}`);
    await late.click();
    await page.getByRole("heading", { level: 1, name: "Cases" }).waitFor();
    expect(await total(visit)).toContain(String(Number(all) - Number(kept)));
    expect(await page.locator("[aria-label='Figure'] option:checked").textContent()).toBe(
      "Final answer not on time, 1 – 31 October 2026",
    );
    expect(await axe(page)).toEqual([]);
  }));

it("breaks down by service on demand, each line a way to exactly its cases", () =>
  inEnglish(async (visit) => {
    const { page, open } = visit;
    await open(address);
    const panel = page.locator(".panel", { has: page.getByRole("heading", { name: "By type, service or channel" }) });
    // It is folded, and stays open once it was opened.
    await panel.getByRole("button", { name: "By type, service or channel", expanded: false }).click();
    await panel.getByText("Complaint", { exact: true }).waitFor();
    await page.reload();
    await panel.getByText("Complaint", { exact: true }).waitFor();
    await panel.getByLabel("Break down by").selectOption({ label: "Service" });
    await page.waitForURL(/split=service/);
    await panel.getByText("No service named").waitFor();
    await panel.getByRole("button", { name: "Received", exact: true }).click();
    await page.waitForURL(/splitSort=volume/);
    await panel.scrollIntoViewIfNeeded();
    await picture(page, "figures-split-en");
    // Nothing lies below the bar of the page.
    await page.evaluate(() => window.scrollTo(0, 0));
    expect(await axe(page)).toEqual([]);
    const row = panel.locator("tbody tr", { hasNot: page.getByText("No service named") }).first();
    const name = await row.locator("td bdi, th bdi").first().textContent();
    const received = row.getByRole("link", { name: /^\d+$/ }).first();
    const n = await received.textContent();
    await received.click();
    await page.waitForURL(/filters\.service=/);
    expect(await total(visit)).toContain(String(n));
    expect(await page.locator("[aria-label='Service'] option:checked").textContent()).toBe(name);
    expect(await page.locator("[aria-label='Confidential'] option:checked").textContent()).toBe("Not confidential");
  }));

it("fits a telephone in Arabic with a breakdown, and its file is of what is chosen", () =>
  office.withVisit({ role: "operation_room" }, { language: "ar", width: 320, height: 844 }, async (visit) => {
    const { page, open } = visit;
    await open(`${address}&split=channel`);
    const panel = page.locator(".panel", { has: page.getByRole("heading", { name: "حسب النوع أو الخدمة أو القناة" }) });
    await panel.locator("h2 button").click();
    await panel.locator("table, .table-cards").first().waitFor();
    await panel.scrollIntoViewIfNeeded();
    expect(await overflow(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
    await picture(page, "figures-split-320-ar");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      panel.getByRole("button", { name: "حفظ بصيغة CSV" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe("figures-split-2026-10.csv");
  }));

it("names the entities of a list that one took over from others", () =>
  inEnglish(async ({ page, open }) => {
    await open("/admin/resources/cases?filters.entity=MOH,JFDA");
    const chosen = page.locator("[aria-label='Entity'] option:checked");
    await chosen.filter({ hasText: "Ministry of Health" }).waitFor({ state: "attached" });
    expect(await chosen.textContent()).toMatch(/^Ministry of Health, Jordan Food and Drug Administration$/);
  }));

it("shows a month as it was known at its end: a case that was withdrawn since is in it", () =>
  inEnglish(async ({ page, open }) => {
    await office.app.office.asOwner(
      `update cases set withdrawn_at = $1::timestamptz - interval '2 days'
        where id = (select min(id) from cases where id > 1000000 and received_at >= '2026-09-06' and received_at < '2026-09-20')`,
      sundayNine,
    );
    const card = page.locator(".figures-card", { has: page.getByRole("heading", { name: "Received", exact: true }) });
    const received = async () => {
      await page.locator(".figures-page:not([aria-busy])").waitFor();
      return Number(await card.locator(".figures-value").first().textContent());
    };
    // Of a month that nobody has asked for yet: figures are kept for a minute, and here no time goes by.
    await open("/admin/pages/figures?period=2026-09");
    const now = await received();
    await page.getByLabel("As known", { exact: true }).selectOption("2026-09-30");
    await page.waitForURL(/known=2026-09-30/);
    await page.getByText("As known on 30 September 2026, as of").waitFor();
    expect(await received()).toBe(now + 1);
    expect(await axe(page)).toEqual([]);
    await page.getByLabel("As known", { exact: true }).selectOption("");
    await page.waitForURL((url) => !url.searchParams.has("known"));
    expect(await received()).toBe(now);
  }));

it("is walked through by keys, and a point of a chart leads to its cases", () =>
  office.withVisit({ role: "operation_room" }, { language: "ar" }, async (visit) => {
    const { page, open } = visit;
    await open(address);
    await drawn(visit);
    const chart = page.locator(".chart-keys").first();
    await chart.focus();
    await page.keyboard.press("ArrowLeft");
    const last = await page.locator(".chart-point").first().textContent();
    expect(last).toContain("تشرين الأول 2026");
    // Time runs from right to left: what was before is on the right.
    await page.keyboard.press("ArrowRight");
    expect(await page.locator(".chart-point").first().textContent()).toContain("أيلول 2026");
    await page.keyboard.press("Enter");
    await page.waitForURL(/filters\.counted=fellDue\.2026-09-01\.2026-10-01/);
  }));

it("keeps what it is set to in the address, and as a view", () =>
  inEnglish(async (visit) => {
    const { page, open } = visit;
    await open(address);
    await page.getByLabel("Charts and tables show").selectOption({ label: "First reply on time" });
    await page.waitForURL(/figure=firstResponse/);
    await page.getByRole("button", { name: "Previous period" }).click();
    await page.waitForURL(/period=2026-09/);
    await page.getByLabel("Period", { exact: true }).selectOption({ label: "Quarter" });
    await page.waitForURL(/period=2026-Q3/);
    await page.getByRole("button", { name: "Received", exact: true }).first().click();
    await page.waitForURL(/sort=/);
    await page.getByRole("button", { name: "Save this view" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Third quarter");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Third quarter" }).waitFor();
    // A file is of what is in sight.
    await page.locator(".figures-page:not([aria-busy])").waitFor();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save as workbook" }).first().click(),
    ]);
    expect(file.suggestedFilename()).toBe("figures-figures-2026-Q3.xlsx");
    const [png] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save as picture" }).first().click(),
    ]);
    expect(png.suggestedFilename()).toBe("figures-trend-2026-Q3.png");
  }));

it("says what is wrong with a period, and shows the last whole month on demand", async () => {
  // The browser reports the refusal.
  const { page, open } = await office.backAt({ role: "operation_room" }, { language: "en" });
  await open("/admin/pages/figures?period=2026-11-20..2026-11-10");
  await page.getByText("The period ends before it begins").waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole("button", { name: "Show the last whole month" }).click();
  await page.getByText("October 2026").first().waitFor();
  // What goes on is a choice, and says how far it has come.
  await page.getByRole("button", { name: "This month so far: 22 days" }).click();
  await page.waitForURL(/period=2026-11/);
  await page.getByText("So far 22 days, today included.").waitFor();
  await page.getByRole("button", { name: "Last whole month" }).waitFor();
});

it.each(["en", "ar"] as const)(
  "is one screen at home for a minister, in %s: figures with their lines, what climbed, what is bad",
  async (language) => {
    const { asOwner } = office.app.office;
    await asOwner(
      `insert into enforcements (case_id, cycle, rule_id, level, kind, due_at, at)
      select id, 1, 'raise-normal-3', 3, 'escalation', $1, $1 from cases
      where entity = 'MOH' and state_kind = 'open' and due_at < $1 and id % 3 <> 0 on conflict do nothing`,
      sundayNine,
    );
    await asOwner(
      "update cases set escalation_level = 3 where id in (select case_id from enforcements where rule_id = 'raise-normal-3')",
    );
    // Of both directions, and too long for their lines.
    await asOwner(
      `update applications set subject = case when id % 2 = 0 then repeat('The hall was closed ', 9) else repeat('كانت القاعة مغلقة ', 9) end
      where id in (select case_id from enforcements where rule_id = 'raise-normal-3')`,
    );
    await office.withVisit(
      { role: "minister", place: "MOH" },
      { language, width: 1280, height: 800 },
      async ({ page, open }) => {
        await open("/admin");
        const cards = page.locator(".figures-row > *");
        await cards.first().waitFor();
        const tops = await Promise.all((await cards.all()).map(async (card) => (await card.boundingBox())?.y));
        expect(new Set(tops).size).toBe(1);
        expect(await page.locator(".figures-row .spark-line").count()).toBe(await cards.count());
        expect(await page.locator(".case-line-why").count()).toBeGreaterThan(0);
        await picture(page, `executive-home-1280-${language}`);
        // Each is cut off at its own end: what cuts it runs as it does.
        const cuts = await page.locator(".case-line-subject").evaluateAll((all) =>
          all.map((line) => {
            const cutting = [...line.querySelectorAll("*")].find(
              (one) => one.scrollWidth > one.clientWidth && one.clientWidth > 0,
            );
            return [
              /\p{Script=Arabic}/u.test(line.textContent ?? "") ? "rtl" : "ltr",
              cutting && getComputedStyle(cutting).direction,
            ];
          }),
        );
        const ofCases = cuts.slice(0, await page.locator(".case-line-why").count());
        expect(ofCases).toEqual(ofCases.map(([own]) => [own, own]));
        expect(new Set(ofCases.map(([own]) => own)).size).toBe(2);
        expect(await axe(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(800);
        for (const width of [390, 320]) {
          await page.setViewportSize({ width, height: 844 });
          expect(await overflow(page)).toBe(0);
          await picture(page, `executive-home-${width}-${language}`);
        }
        await page.setViewportSize({ width: 1000, height: 900 });
        await page.emulateMedia({ media: "print" });
        await picture(page, `executive-home-print-${language}`);
      },
    );
  },
);

it.each(["en", "ar"] as const)(
  "is one screen at home for the committee, in %s: five figures with their lines, where most is overdue, no way to a case",
  (language) =>
    office.withVisit({ role: "steering_committee" }, { language, width: 1280, height: 800 }, async ({ page, open }) => {
      await open("/admin");
      const cards = page.locator(".figures-row > *");
      await cards.first().waitFor();
      const tops = await Promise.all((await cards.all()).map(async (card) => (await card.boundingBox())?.y));
      expect([tops.length, new Set(tops).size]).toEqual([5, 1]);
      expect(await page.locator(".figures-row .spark-line").count()).toBeGreaterThan(3);
      expect(await page.locator(".home-worst li").first().textContent()).toContain(
        language === "en" ? "Ministry of Health" : "وزارة الصحة",
      );
      expect(await page.locator("main a[href*='resources/cases']").count()).toBe(0);
      await picture(page, `committee-home-1280-${language}`);
      expect(await overflow(page)).toBe(0);
      expect(await axe(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(800);
      await page.locator("#home-figures h2 button").click();
      expect(await page.locator("#home-figures .figure-card").count()).toBeGreaterThan(2);
      expect(await axe(page)).toEqual([]);
      for (const width of [390, 320]) {
        await page.setViewportSize({ width, height: 844 });
        expect(await overflow(page)).toBe(0);
        await picture(page, `committee-home-${width}-${language}`);
      }
    }),
);

it("answers a minister's five questions on a telephone, in Arabic, in six clicks from home", () =>
  office.withVisit({ role: "minister", place: "MOH" }, { language: "ar", width: 390, height: 844 }, async (visit) => {
    const { page, open } = visit;
    let clicks = 0;
    const click = async (locator: ReturnType<typeof page.locator>): Promise<void> => {
      clicks += 1;
      await locator.click();
    };
    await open("/admin");
    await click(page.locator(".page-actions").getByRole("link", { name: "الأرقام" }));
    await page.waitForURL(/pages\/figures\?.*scope=MOH/);
    await drawn(visit);
    // What is worst: the share of answers in time is beside its usual range, and below it.
    const card = page.locator(".figures-card", { has: page.getByRole("heading", { name: "الرد ضمن الموعد" }) });
    expect(await card.textContent()).toMatch(/\d/);
    // Since when: the trend says in which months it was out of its usual range.
    expect(await page.locator(".legend-signal").first().textContent()).toBe("غير معتاد: آب 2026");
    // Who: the entities, beside each other.
    const rows = page.getByRole("table", { name: "الجهات" }).locator("tbody tr");
    const shares = await rows.locator(".share-cell > span:first-child").allTextContents();
    const rates = shares.map((share) => Number(/(\d+(?:\.\d+)?)/.exec(share)?.[1]));
    const worst = rows.nth(rates.indexOf(Math.min(...rates)));
    await picture(page, "figures-minister-page");
    await click(worst.getByRole("link").first());
    await page.waitForURL(/entity=MOH/);
    await page.getByText("وزارة الصحة فقط.").waitFor();
    await drawn(visit);
    // Why: under which pillars. Which cases: those of the worst.
    await click(page.locator("#figures-heat h2 button"));
    const cells = page.locator("a.heat");
    const values = (await cells.locator("strong").allTextContents()).map((text) => Number(/(\d+)/.exec(text)?.[1]));
    await picture(page, "figures-minister-entity");
    await click(cells.nth(values.indexOf(Math.min(...values))));
    await page.waitForURL(/filters\.entity=MOH.*filters\.pillar=|filters\.pillar=.*filters\.entity=MOH/);
    await page.locator("tbody tr").first().waitFor();
    await picture(page, "figures-minister-list");
    expect(clicks).toBeLessThanOrEqual(6);
  }));

it("shows a manager the team, and a focal point the own cases", () =>
  office.withVisit({ role: "entity_manager", place: "JFDA" }, { language: "ar" }, async (visit) => {
    const { page, open } = visit;
    await open(address);
    await drawn(visit);
    const team = page.locator("#figures-team");
    expect(await team.locator("tbody tr").count()).toBeGreaterThan(1);
    await picture(page, "figures-team-ar");
    await page.getByLabel("أرقام", { exact: true }).selectOption("own");
    await page.waitForURL(/scope=own/);
    await team.waitFor({ state: "detached" });
    await looksRight(page, "figures-own", [1280, 320]);
  }));

it("opens a view that was set as the home, and leads back to the usual one", () =>
  office.withVisit({ role: "steering_committee" }, { language: "en" }, async (visit) => {
    const { page, open } = visit;
    await open(`${address}&figure=satisfaction`);
    await page.getByRole("button", { name: "Save this view" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Satisfaction");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Satisfaction" }).waitFor();
    await open("/admin/pages/views");
    await page.getByRole("button", { name: "Open as my home page" }).click();
    await page.getByText("Your home page", { exact: true }).waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, "views-home-en");
    await page.locator(".nav").getByRole("link", { name: "Home" }).click();
    await page.waitForURL(/pages\/figures\?.*figure=satisfaction/);
    await open("/admin");
    await page.waitForURL(/pages\/figures\?.*figure=satisfaction/);
    await page.getByRole("link", { name: "Usual home page" }).click();
    await page.locator(".desk").first().waitFor();
    // From there to the period that the desk shows.
    await page.getByLabel("Period").selectOption({ label: "Week" });
    await page.getByText("15 – 21 November 2026").first().waitFor();
    await page.locator(".page-actions").getByRole("link", { name: "Figures" }).click();
    await page.waitForURL(/period=2026-11-15\.\.2026-11-21/);
    await page.getByText("15 – 21 November 2026").first().waitFor();
  }));

it("shows the committee counts and no other small figures, which it says, and no way to cases", () =>
  office.withVisit({ role: "steering_committee" }, { language: "ar", width: 390, height: 844 }, async (visit) => {
    const { page, open } = visit;
    await open(address);
    await page.getByText("ولا يُعرض أي رقم آخر لجهة أو محافظة أو جزء آخر إذا كان لأقل من 10 طلبات").waitFor();
    await page.getByText("أما الطلبات نفسها فلمن يعالجونها").waitFor();
    expect(await page.locator(".figures-page a[href*='resources/cases']").count()).toBe(0);
    await page.locator("#figures-heat h2 button").click();
    expect(await page.locator("#figures-heat").textContent()).toMatch(/أقل من 10|غير معروض|لا رقم يمكن عرضه/);
    expect(await axe(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await picture(page, "figures-hidden-390-ar");
  }));

it("tells a reader whose position ended that the figures are not theirs any more, and leads home", async () => {
  const visit = await office.signedIn({ role: "main_focal_point", place: "INTERIOR" }, { language: "en" });
  try {
    const { page, open } = visit;
    await open(address);
    await drawn(visit);
    const { userId } = office.app.office.official("main_focal_point", "INTERIOR");
    await office.app.office.asOwner("update seat_holders set held_to = $1 where user_id = $2", sundayNine, userId);
    await page.getByRole("button", { name: "Previous period" }).click();
    await page.getByText("a position may have ended").waitFor();
    expect(await page.locator(".figures-page").count()).toBe(0);
    expect(await axe(page)).toEqual([]);
    await page.getByRole("link", { name: "Usual home page" }).click();
    await page.waitForURL(/\/admin(\?|$)/);
  } finally {
    await visit.close();
  }
});
