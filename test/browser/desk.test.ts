/** A focal point's day at the desk, by keyboard, with others at work at the same time. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import {
  type AdminBrowser,
  axe,
  looksRight,
  openAdminBrowser,
  overflow,
  picture,
  type Visit,
} from "../support/admin-browser.js";
import { eventually } from "../support/instances.js";
import { programme, sundayNine } from "../support/working-office.js";

jest.setTimeout(180_000);

const hour = 3_600_000;
const day = 24 * hour;
/** Two weeks later: what came on the first day is late. */
const later = new Date(sundayNine.getTime() + 14 * day + 3 * hour);
const before = (ms: number): Date => new Date(later.getTime() - ms);

let office: AdminBrowser;
let late: string;
let fresh: string;
let asked: string;
let english: string;
beforeAll(async () => {
  office = await openAdminBrowser({ now: later });
  const { office: work } = office.app;
  const focal = work.official("focal_point", "CSPD");
  const arabic = (subject: string, more = {}) => ({ language: "ar" as const, subject, description: subject, ...more });
  const receive = async (subject: string, at: Date, more = {}) =>
    (await work.receive(arabic(subject, more), at)).reference;
  late = await receive("تأخر إصدار جواز السفر منذ ثلاثة أسابيع", sundayNine, { importance: "high" });
  await receive("قاعة الانتظار مغلقة في فرع الزرقاء", sundayNine);
  const soon = await receive("معاملة الموظف غير لائقة", before(9 * day), { pillar: "BEHAVIOUR" });
  await work.act(soon, focal, "take", {}, before(8 * day));
  asked = await receive("لم أجد نموذج الطلب على الموقع", before(2 * day));
  await work.act(asked, focal, "ask", { question: "أي نموذج تقصد؟" }, before(day));
  const taken = await receive("خطأ في الاسم على شهادة الميلاد", before(day));
  await work.act(taken, focal, "take", {}, before(hour));
  fresh = await receive("المصعد معطل منذ أسبوع", before(3 * hour));
  for (let i = 1; i <= 18; i++) await receive(`الدور طويل في مكتب رقم ${i}`, before(2 * hour + i * 60_000));
  const lift = { subject: "The lift is out of order, and nobody tells when it is mended", importance: "critical" };
  english = (await work.receive(lift, before(2 * hour))).reference;
  await work.services.handlers["enforce-deadlines"](later);
});
afterAll(() => office?.close());

const seat = { role: "focal_point", place: "CSPD" } as const;
/** As the kit draws what is done. */
const tick = "M5 12.5l4.5 4.5L19 7.5";
const row = (page: Page, reference: string) => page.locator(`[data-row="${reference}"]`);
const titles = (page: Page) => page.locator(".desk-groups h2").allTextContents();
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset.row ?? null);
const focusedPlace = (page: Page) =>
  page.evaluate(() => {
    const rows = [...document.querySelectorAll("[data-row]")];
    return rows.indexOf(document.activeElement?.closest("[data-row]") as Element);
  });

describe("the desk", () => {
  it.each(["ar", "en"] as const)("shows all that is open in order of need, in %s", async (language) => {
    const visit = await office.backAt(seat, { language });
    const { page } = visit;
    await visit.open("/admin");
    const expected = {
      ar: [
        "متأخرة",
        "يحل موعدها اليوم",
        "يحل موعدها حتى نهاية يوم العمل التالي",
        "يحل موعدها لاحقًا",
        "بانتظار مقدم الطلب",
      ],
      en: ["Overdue", "Due today", "Due by the end of the next working day", "Due later", "Waiting for the applicant"],
    };
    const shown = await titles(page);
    expect(shown).toEqual(expected[language].filter((title) => shown.includes(title)));
    expect(shown).toEqual(expect.arrayContaining([0, 4].map((i) => expected[language][i])));
    expect(shown.length).toBeGreaterThan(2);
    await page.locator(".desk-row").first().waitFor();
    const heights = await page.locator(".desk-row").evaluateAll((rows) => rows.map((one) => one.clientHeight));
    expect([Math.min(...heights) >= 39, Math.max(...heights) <= 41]).toEqual([true, true]);
    // The subject runs in its own direction, whatever the page's.
    expect(await row(page, english).locator(".desk-subject bdi").getAttribute("dir")).toBe("auto");
    // What nobody has taken must not look done: no green edge, and a tick nowhere.
    expect(await page.locator(".desk-groups .panel-done, .desk-groups .badge-done").count()).toBe(0);
    expect(await page.locator(`.desk-groups path[d="${tick}"]`).count()).toBe(0);
    // Red is for what is overdue alone, and each promise says which it is.
    const red = page.locator(".desk-row .badge-late");
    const says = { ar: /^(الرد الأول|الرد النهائي) · مدة التأخر: /, en: /^(First reply|Final answer) · .* overdue$/ };
    for (const text of await red.allTextContents()) expect(text).toMatch(says[language]);
    expect(await red.count()).toBe(await page.locator(".desk-groups section").first().locator(".desk-row").count());
    await looksRight(page, "desk");
    expect([visit.errors, visit.outside]).toEqual([[], []]);
  });

  it("has at least twelve rows in sight at 1280 × 800, also after the side bar is folded, which is kept", async () => {
    const visit = await office.signedIn(seat, { language: "ar", width: 1280, height: 800 });
    const { page } = visit;
    await visit.open("/admin");
    await page.locator(".desk-row").first().waitFor();
    const inSight = () =>
      page
        .locator(".desk-row")
        .evaluateAll((rows) => rows.filter((one) => one.getBoundingClientRect().bottom <= 800).length);
    await page.evaluate(() => window.scrollTo(0, 0));
    await picture(page, "desk-rows-ar");
    expect(await inSight()).toBeGreaterThanOrEqual(12);
    await visit.open("/admin/resources/cases");
    await page.locator("tbody tr").first().waitFor();
    await page.evaluate(() => window.scrollTo(0, 0));
    await picture(page, "list-rows-ar");
    const listed = await page
      .locator("tbody tr")
      .evaluateAll((rows) => rows.filter((one) => one.getBoundingClientRect().bottom <= 800).length);
    expect(listed).toBeGreaterThanOrEqual(12);
    await visit.open("/admin");
    await page.locator(".desk-row").first().waitFor();
    await page.getByRole("button", { name: "طي القائمة" }).click();
    const folded = () =>
      page.waitForFunction(() => (document.getElementById("navigation")?.clientWidth ?? Number.POSITIVE_INFINITY) < 80);
    await folded();
    await page.reload();
    await page.locator(".desk-row").first().waitFor();
    await folded();
    expect(await inSight()).toBeGreaterThanOrEqual(12);
    await looksRight(page, "desk-folded", [1280]);
    await visit.close();
  });

  it("shows the columns that one chose, higher rows too, and keeps them", async () => {
    const visit = await office.signedIn(seat, { language: "en", width: 1280, height: 800 });
    const { page } = visit;
    await visit.open("/admin");
    await page.locator(".desk-row").first().waitFor();
    const words = { open: "Rows and columns", column: "Pillar", higher: "Higher rows" };
    const pillar = office.app.office.setup.pillars.get("BEHAVIOUR")?.name.en ?? "";
    expect(await page.locator(".desk-cell", { hasText: pillar }).count()).toBe(0);
    await page.locator("summary", { hasText: words.open }).click();
    await page.locator(".look-box").getByLabel(words.column).check();
    await page.locator(".desk-cell", { hasText: pillar }).first().waitFor();
    await picture(page, `desk-columns-en`);
    expect([await axe(page), await overflow(page)]).toEqual([[], 0]);
    await page.locator(".desk-heads", { hasText: words.column }).first().waitFor();
    // All of them, on a wide screen and on a telephone, where each value says what it is.
    for (const box of await page.locator(".look-box fieldset").first().getByRole("checkbox").all()) await box.check();
    await page.setViewportSize({ width: 1920, height: 900 });
    await picture(page, `desk-all-columns-en-1920`);
    await page.waitForFunction(() => document.querySelector(".moves-sideways") === null);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.locator(".desk-label", { hasText: words.column }).first().isVisible()).toBe(true);
    await picture(page, `desk-all-columns-en-390`);
    expect([await axe(page), await overflow(page)]).toEqual([[], 0]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await picture(page, `desk-all-columns-en-1280`);
    await page.locator(".look-box").getByLabel(words.higher).check();
    await page.keyboard.press("Escape");
    await page.reload();
    await page.locator(".desk-cell", { hasText: pillar }).first().waitFor();
    const heights = await page.locator(".desk-row").evaluateAll((rows) => rows.map((one) => one.clientHeight));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(55);
    await picture(page, `desk-comfortable-en`);
    expect([await axe(page), await overflow(page)]).toEqual([[], 0]);
    await visit.close();
  });
});

describe("an official with several entities", () => {
  let email: string;
  beforeAll(async () => {
    const work = office.app.office;
    const { userId } = work.official("entity_manager", "CSPD");
    const [person] = await work.rows("select email from users where id = $1", userId);
    email = String(person?.email);
    await work.rows(
      `insert into seats (programme, code, role, entity, title_ar, title_en)
        values ($1, 'SECOND-MOF', 'entity_manager', 'MOF', 'مدير ثان', 'Second manager')`,
      programme,
    );
    const by = { kind: "system", job: "test" } as const;
    const term = { from: sundayNine, to: null, by, now: later };
    await office.app.services.people.takeSeat({ programme, seat: "SECOND-MOF", email, ...term });
    await office.app.givePassword(email);
    await work.receive({ subject: "فاتورة مكررة", entity: "MOF", sector: "FINANCE", service: null }, before(hour));
  });

  it("sees of each row which entity and which sector it is", async () => {
    const visit = await office.signedIn({ email }, { language: "ar" });
    const { page } = visit;
    const { entities, sectors } = office.app.office.setup;
    const entity = entities.get("CSPD")?.name.ar ?? "";
    const sector = sectors.get("INTERIOR")?.name.ar ?? "";
    for (const [path, name] of [
      ["/admin", "desk"],
      ["/admin/resources/cases", "list"],
    ] as const) {
      await visit.open(path);
      const mine = name === "desk" ? row(page, late) : page.locator("tbody tr", { hasText: late });
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await mine.getByText(entity).waitFor();
        if (name === "desk") await mine.getByText(sector, { exact: true }).waitFor();
        // The list has the sector under the pointer, and in words where there is none.
        else if (width > 700) expect(await mine.getByTitle(sector).count()).toBe(1);
        else await mine.getByText(sector).waitFor();
        await looksRight(page, `${name}-several`, [width]);
      }
    }
    await visit.close();
  });
});

describe("a day by keyboard", () => {
  let visit: Visit;
  beforeAll(async () => {
    visit = await office.backAt(seat);
    await visit.open("/admin");
    await visit.page.locator(".desk-row").first().waitFor();
  });

  it("j and k move over the rows of all groups", async () => {
    const { page } = visit;
    await page.keyboard.press("j");
    expect(await focused(page)).toBe(late);
    await page.keyboard.press("j");
    expect(await focusedPlace(page)).toBe(1);
    await page.keyboard.press("k");
    expect(await focused(page)).toBe(late);
  });

  it("t takes the case at once, says so with a link, and the focus stays where the work is", async () => {
    const { page } = visit;
    expect(await row(page, late).getByRole("button").getAttribute("title")).toMatch(/\(المفتاح T\)/);
    await page.keyboard.press("t");
    const toast = page.locator(".toast", { hasText: late });
    await toast.waitFor();
    expect(await toast.getByRole("link").getAttribute("href")).toContain(`${late}/show`);
    expect((await office.app.office.caseRow(late)).assignee).toBe(
      office.app.office.official("focal_point", "CSPD").userId,
    );
    await row(page, late).getByText("أتولاه").waitFor();
    expect(await focused(page)).toBe(late);
  });

  it("a opens the case with the answer being written, Enter opens it, g d leads back", async () => {
    const { page } = visit;
    await page.keyboard.press("a");
    await page.waitForURL(/do=answer/);
    await page.locator("textarea").first().waitFor();
    // Letters that are typed start nothing.
    await page.locator("textarea").first().focus();
    await page.keyboard.type("gd");
    expect(page.url()).toMatch(/do=answer/);
    await page.locator("h1").focus();
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await page.locator(".desk-row").first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`${late}/show`));
    await page.goBack();
    await page.locator(".desk-row").first().waitFor();
  });

  it("/ goes to where one searches", async () => {
    const { page } = visit;
    await page.locator("h1").focus();
    await page.keyboard.press("/");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
    await page.keyboard.press("Escape");
    await page.locator("h1").focus();
  });

  it("a long group shows more in place, and the focus goes on with the first of them", async () => {
    const { page } = visit;
    const group = page.locator(".panel", { has: page.getByRole("button", { name: /عرض .* أخرى/ }) }).first();
    const heading = (await group.locator("h2").textContent()) ?? "";
    const rows = page.locator(".panel", { has: page.getByRole("heading", { name: heading }) }).locator(".desk-row");
    expect(await rows.count()).toBe(15);
    await group.getByRole("button", { name: /عرض .* أخرى/ }).focus();
    await page.keyboard.press("Enter");
    await rows.nth(15).waitFor();
    const next = await rows.nth(15).getAttribute("data-row");
    expect(await eventually(async () => (await focused(page)) === next, 5)).toBe(true);
  });
});

describe("the desk is live", () => {
  it("a new case appears without reload, is read out, and moves nothing under the focus", async () => {
    const visit = await office.signedIn(seat);
    const { page } = visit;
    await visit.openLive("/admin");
    await row(page, asked).waitFor();
    await row(page, asked).locator("a").focus();
    const top = async () => (await row(page, asked).boundingBox())?.y ?? 0;
    const was = await top();
    await page.evaluate(() => ((window as unknown as { stays: boolean }).stays = true));
    const { reference } = await office.app.office.receive(
      { subject: "شباك التذاكر مغلق", importance: "critical" },
      before(8 * day),
    );
    await row(page, reference).waitFor({ timeout: 4000 });
    expect(await page.locator("[role=status]", { hasText: "طلبات جديدة" }).count()).toBeGreaterThan(0);
    expect(await row(page, reference).getAttribute("class")).toContain("row-fresh");
    await picture(page, "desk-live-ar");
    expect(await focused(page)).toBe(asked);
    expect(Math.abs((await top()) - was)).toBeLessThan(3);
    expect(await page.evaluate(() => (window as unknown as { stays?: boolean }).stays)).toBe(true);
    await visit.close();
  });

  it("what another instance takes away is gone, and the focus goes to what took its place", async () => {
    const visit = await office.signedIn(seat);
    const { page } = visit;
    await visit.openLive("/admin");
    await row(page, fresh).waitFor();
    await row(page, fresh).locator("a").focus();
    const actor = office.app.office.official("focal_point", "CSPD");
    const other = office.app.office.instance();
    const fields = { entity: "MOF", reason: "Theirs" };
    await other.cases.perform({ reference: fresh, action: "transfer", fields, actor, now: later });
    await row(page, fresh).waitFor({ state: "detached", timeout: 4000 });
    expect(await eventually(async () => (await focusedPlace(page)) >= 0, 5)).toBe(true);
    await visit.close();
  });
});

describe("views that are kept", () => {
  it("are chips over the desk, are opened, renamed and removed; a link shows the colleague's own cases", async () => {
    const visit = await office.signedIn(seat);
    const { page } = visit;
    await visit.open("/admin");
    await page.getByRole("button", { name: "أتولاها" }).click();
    await page.waitForURL(/assignee=me/);
    await page.getByRole("button", { name: "حفظ هذه القائمة" }).click();
    await page.locator("dialog input").fill("معاملاتي");
    await page.locator("dialog button[type=submit]").click();
    await page.locator(".chip", { hasText: "معاملاتي" }).waitFor();
    await page.getByRole("button", { name: "كل طلبات الجهة" }).click();
    await page.locator(".chip", { hasText: "معاملاتي" }).click();
    await page.waitForURL(/assignee=me/);
    await page.locator(".chip[aria-current=page]").waitFor();
    await picture(page, "desk-views-ar");
    const link = page.url();
    await visit.open("/admin/pages/views");
    expect(await axe(page)).toEqual([]);
    await picture(page, "saved-views-ar");
    await page.getByRole("button", { name: "إعادة تسمية" }).click();
    await page.locator("dialog input").fill("ما تولّيته");
    await page.locator("dialog button[type=submit]").click();
    await page.getByRole("link", { name: "ما تولّيته" }).waitFor();
    await page.getByRole("button", { name: "حذف" }).click();
    await page.locator("dialog button[type=submit]").click();
    await page.getByText("لا قوائم محفوظة بعد").waitFor();
    await visit.close();

    const colleague = await office.signedIn({ role: "focal_point", place: "MOF" });
    await colleague.open(link);
    expect(await row(colleague.page, late).count()).toBe(0);
    await colleague.close();
  });
});

describe("two people in one case", () => {
  it("see each other, and that one writes; leaving takes one out", async () => {
    const one = await office.signedIn(seat);
    const two = await office.signedIn({ role: "entity_manager", place: "CSPD" });
    const reader = await office.signedIn({ role: "entity_manager", place: "CSPD" }, { language: "en" });
    const address = `/admin/resources/cases/records/${late}/show`;
    const names = {
      one: office.app.office.official("focal_point", "CSPD").name,
      two: office.app.office.official("entity_manager", "CSPD").name,
    };
    await one.open(address);
    await two.open(address);
    await one.page.locator(".present", { hasText: names.two }).waitFor({ timeout: 6000 });
    await two.page.locator(".present", { hasText: names.one }).waitFor({ timeout: 6000 });
    await one.page.locator(".case-buttons button").first().click();
    await two.page.locator(".present-writing", { hasText: names.one }).waitFor({ timeout: 6000 });
    await picture(two.page, "case-presence-ar");
    expect(await axe(two.page)).toEqual([]);
    // An Arabic name stands at the beginning of an English sentence, and does not turn it round.
    await reader.open(address);
    const said = reader.page.locator(".present", { hasText: names.one });
    await said.waitFor({ timeout: 6000 });
    await picture(reader.page, "case-presence-en");
    const places = await said.evaluate((element, name) => {
      const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode() as Text;
      const edge = (words: string) => {
        const range = document.createRange();
        const at = text.data.indexOf(words);
        range.setStart(text, at);
        range.setEnd(text, at + words.length);
        return range.getBoundingClientRect().left;
      };
      return { name: edge(name), rest: edge("is writing") };
    }, names.one);
    expect(names.one).toMatch(/\p{Script=Arabic}/u);
    expect(places.name).toBeLessThan(places.rest);
    await reader.close();
    await one.page.goto("/admin");
    await two.page.locator(".present").waitFor({ state: "detached", timeout: 30_000 });
    await one.close();
    await two.close();
  });

  it("what one does the other sees without a reload", async () => {
    const { office: work } = office.app;
    const { reference } = await work.receive({ subject: "سؤال عن موعد" }, before(hour));
    const one = await office.signedIn(seat);
    await one.openLive(`/admin/resources/cases/records/${reference}/show`);
    const actor = work.official("entity_manager", "CSPD");
    await work.act(reference, actor, "take", {}, later);
    await one.page.locator(".case-aside", { hasText: actor.name }).waitFor({ timeout: 5000 });
    await one.close();
  });
});
