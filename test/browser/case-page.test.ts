/** The page of a case in a real browser: what was sent, what was said, the reply in reach, and on to the next case. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import { type AdminBrowser, overflow, picture } from "../support/admin-browser.js";
import {
  at,
  type Composing,
  caseAt,
  looksRight,
  openComposing,
  composingSeat as seat,
  status,
  submit,
  text,
} from "../support/composing.js";
import { type Person, sundayNine } from "../support/working-office.js";

jest.setTimeout(240_000);
let office: AdminBrowser;
let person: Person;
let fresh: Composing["fresh"];
/** A case about which much was said and done. */
let told: string;
/** The same without an address to write to. */
let silent: string;

const story = Array.from(
  { length: 12 },
  (_, n) => `الفقرة ${n + 1}: راجعت مكتب الزرقاء ثلاث مرات، وفي كل مرة طُلب مني العودة الأسبوع القادم دون سبب واضح.`,
).join("\n\n");

beforeAll(async () => {
  ({ office, person, fresh } = await openComposing());
  const { receive, act, applicantActs, official } = office.app.office;
  const sent = await receive({ subject: "تأخر إصدار الهوية الشخصية", description: story, language: "ar" }, sundayNine);
  told = sent.reference;
  await act(told, person, "take", {}, at(1));
  await act(told, person, "ask", { question: "أي مكتب راجعت؟" }, at(2));
  await applicantActs(sent, "reply", { reply: "مكتب الزرقاء." }, at(3));
  await act(told, official("operation_room"), "note", { note: "اتصلت بالمكتب: الطلب لديهم." }, at(4));
  await office.app.services.cases.readApplicant({ reference: told, actor: person, unmask: true, now: at(5) });
  const anonymous = await receive({ subject: "بلا عنوان", applicant: null, language: "ar" }, sundayNine);
  silent = anonymous.reference;
  await act(silent, person, "take", {}, at(1));
});
afterAll(() => office?.close());

const top = (page: Page, selector: string): Promise<number> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => element.getBoundingClientRect().top + window.scrollY);

/** In each width of it: a desk, a telephone, and the narrowest telephone. */
async function atEachWidth(page: Page, look: (width: number) => Promise<void>): Promise<void> {
  for (const width of [320, 390, 1280]) {
    await page.setViewportSize({ width, height: width > 700 ? 900 : 844 });
    await look(width);
    if (width === 320) expect(await overflow(page)).toBe(0);
    else await looksRight(page);
  }
}

it.each(["ar", "en"] as const)(
  "what was sent is under the title, then what was said, oldest first, and the reply below the last, in %s",
  async (language) => {
    const visit = await office.signedIn(seat, { language });
    const { page } = visit;
    await visit.open(caseAt(told));
    expect(await page.locator(".timeline .step-reading, .timeline .entry-reading").count()).toBe(0);
    // By its address it is on no list.
    expect(await page.locator(".case-trail, .case-next").count()).toBe(0);
    await page
      .locator(".entry-note")
      .getByText(language === "ar" ? "داخلية: لا يراها مقدم الطلب" : "Internal: the applicant does not see it")
      .waitFor();
    await atEachWidth(page, async (width) => {
      const places = [
        await top(page, "h1"),
        await top(page, ".original-text"),
        await top(page, ".entry-question"),
        await top(page, ".entry-reply"),
        await top(page, ".entry-note"),
      ];
      expect(places).toEqual([...places].sort((a, b) => a - b));
      // In reach without scrolling, at the end of the screen, also while one reads further down.
      const reply = page.locator(".case-reply button").first();
      const height = page.viewportSize()?.height ?? 0;
      for (const far of [0, 600, 5000]) {
        await page.evaluate((y) => window.scrollTo(0, y), far);
        const box = await reply.boundingBox();
        if (width <= 700) expect(box !== null && box.y >= 0 && box.y + box.height <= height).toBe(true);
      }
      await page.evaluate(() => window.scrollTo(0, 0));
      const box = await reply.boundingBox();
      expect(box !== null && box.y <= 2 * height).toBe(true);
      await picture(page, `case-page-${language}-${width}`);
    });

    // A long text is folded after some lines, what the system did is a line, and both open.
    const original = page.locator(".original-text");
    const folded = await original.evaluate((element) => element.clientHeight);
    await page.locator(".original-more button").click();
    expect(await original.evaluate((element) => element.clientHeight)).toBeGreaterThan(folded * 1.5);
    expect(await page.locator(".original-more button").getAttribute("aria-expanded")).toBe("true");
    const runs = page.locator(".timeline > .entry-run");
    const linesOf = () => runs.evaluateAll((all) => all.map((one) => one.clientHeight));
    for (const [width, most] of [
      [390, 110],
      [1280, 60],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      expect(Math.max(...(await linesOf()))).toBeLessThan(most);
    }
    await runs.first().locator("summary.entry-line").click();
    await runs.first().locator(".step").nth(1).waitFor();
    await atEachWidth(page, (width) => picture(page, `case-page-open-${language}-${width}`));

    // Who looked at personal data is in a tab of its own.
    await page.getByRole("tab", { name: language === "ar" ? "من اطلع" : "Who viewed" }).click();
    await page.locator(".readings .step-reading").waitFor();
    expect(await page.locator(".entry-note").count()).toBe(0);
    await atEachWidth(page, (width) => picture(page, `case-page-readings-${language}-${width}`));
    expect([visit.errors, visit.outside]).toEqual([[], []]);
    await visit.close();
  },
);

it("a long story is folded above what is written, and is whole on paper, from its beginning", async () => {
  const language = "ar";
  const long = await fresh("تأخر إصدار الهوية الشخصية");
  for (let n = 1; n <= 14; n += 1) {
    const note = n % 2 ? `ملاحظة رقم ${n}: راجعت مكتب الزرقاء.` : `Note ${n}`;
    await office.app.office.act(long, person, "note", { note }, at(2 + n));
  }
  const visit = await office.signedIn(seat, { language });
  const { page } = visit;
  await visit.open(`${caseAt(long)}?do=answer`);
  await text(page).fill("أُصدرت الهوية، ويمكنكم استلامها.");
  await page.locator(".draft-kept").waitFor();
  // The newest ten; what the system did at the beginning is one line of what is folded.
  expect(await page.locator(".timeline > .entry:visible").count()).toBe(10);
  await atEachWidth(page, (width) => picture(page, `composer-${language}-${width}`));
  await page.locator(".entry-fold button").click();
  expect(await page.locator(".timeline > .entry:visible").count()).toBe(15);
  await atEachWidth(page, (width) => picture(page, `composer-whole-${language}-${width}`));
  // On paper nothing is folded, opened before or not.
  await visit.open(caseAt(long));
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".timeline > .entry:visible").count()).toBe(15);
  await page.locator(".original-text:visible").waitFor();
  expect(await page.locator("button:visible").count()).toBe(0);
  const tops = await page
    .locator(".timeline > .entry-note:visible")
    .evaluateAll((entries) =>
      entries.map((entry) => ({ seq: Number(entry.id.slice(6)), top: entry.getBoundingClientRect().top })),
    );
  const read = tops.sort((a, b) => a.top - b.top).map(({ seq }) => seq);
  expect(read).toEqual([...read].sort((a, b) => a - b));
  await picture(page, `print-${language}`);
  expect(visit.errors).toEqual([]);
  await visit.close();
});

describe("the way through a list", () => {
  it("J and K go along the desk, and Enter on to the next after an act", async () => {
    for (const name of ["One", "Two", "Three"]) await fresh(`${name} of a row`);
    const visit = await office.signedIn(seat, { language: "ar" });
    const { page } = visit;
    await visit.open("/admin");
    const subjects = await page.locator(".desk-groups .row-link").allInnerTexts();
    const heading = (n: number) => page.locator("h1", { hasText: subjects[n] as string }).waitFor();
    await page.locator(".desk-groups .row-link").first().click();
    await heading(0);
    await page.locator(".case-trail").waitFor();
    await page.keyboard.press("j");
    await heading(1);
    await page.keyboard.press("j");
    await heading(2);
    await page.keyboard.press("k");
    await heading(1);
    // Letters that are typed are text.
    await page.keyboard.press("n");
    await text(page).waitFor();
    await page.keyboard.type("jk");
    expect(await text(page).inputValue()).toBe("jk");
    await page.keyboard.press("Control+Enter");
    const next = page.locator(".case-next a").first();
    await next.waitFor();
    expect(await next.textContent()).toContain(subjects[2]);
    expect(await page.evaluate(() => document.activeElement?.closest(".case-next") !== null)).toBe(true);
    await looksRight(page);
    await picture(page, "case-page-next");
    await page.keyboard.press("Enter");
    await heading(2);
    // "Back" leads to where one came from, not through the cases.
    await page.goBack();
    await page.locator(".desk-groups").waitFor();
    expect(visit.errors).toEqual([]);
    await visit.close();
  });

  it("leads on by Enter after a forward too, by which the case left, past what a colleague has taken", async () => {
    for (const name of ["first", "second", "third"]) await fresh(`Elsewhere ${name}`);
    const visit = await office.signedIn(seat, { language: "en" });
    const { page } = visit;
    await visit.open("/admin/resources/cases?search=Elsewhere");
    const subjects = await page.locator("tbody .row-link .clip").allInnerTexts();
    const second = await page.locator("tbody .row-link").nth(1).getAttribute("href");
    await page.locator("tbody .row-link").first().click();
    await page.locator("h1", { hasText: subjects[0] as string }).waitFor();
    const { act, official } = office.app.office;
    await act(
      /\d{3}-\d{3}-\d{4}/.exec(second ?? "")?.[0] ?? "",
      official("focal_point", "CSPD", 1),
      "take",
      {},
      at(25),
    );
    // Then the window knows the numbers of the list alone.
    await page.reload();
    await page.locator(".case-trail").waitFor();
    await page.keyboard.press("x");
    await text(page).waitFor();
    await page.locator("#composer").getByRole("combobox").focus();
    await page.keyboard.insertText("PSD");
    await page.keyboard.press("Enter");
    await text(page).fill("Theirs, I think");
    await text(page).press("Control+Enter");
    await page.locator(".case-left .case-next-name", { hasText: subjects[2] as string }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator("h1", { hasText: subjects[2] as string }).waitFor();
    await visit.close();
  });

  it("leads along a list as it was narrowed down, also after the page is loaded anew, and back to it", async () => {
    for (const name of ["first", "second"]) await fresh(`Narrowed ${name}`);
    const visit = await office.signedIn(seat, { language: "en" });
    const { page } = visit;
    await visit.open("/admin/resources/cases?search=Narrowed");
    const subjects = await page.locator("tbody .row-link .clip").allInnerTexts();
    expect(subjects.length).toBe(2);
    await page.locator("tbody .row-link").first().click();
    await page.locator("h1", { hasText: subjects[0] as string }).waitFor();
    await page.reload();
    await page.locator(".case-trail", { hasText: "1 of 2" }).waitFor();
    await page.getByRole("link", { name: "Next case" }).click();
    await page.locator("h1", { hasText: subjects[1] as string }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("n");
    await text(page).fill("The last of them.");
    await text(page).press("Control+Enter");
    await page.locator(".case-next a", { hasText: "Back to the list" }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/search=Narrowed/);
    await visit.close();
  });
});

describe("while an official writes", () => {
  it("a reply of the applicant appears above it, and nothing that is typed moves or is lost", async () => {
    const { receive, act, applicantActs } = office.app.office;
    const sent = await receive({ subject: "Written while the reply comes", language: "en" }, sundayNine);
    await act(sent.reference, person, "take", {}, at(1));
    await act(sent.reference, person, "ask", { question: "Which office was it?" }, at(2));
    for (let n = 0; n < 6; n += 1) await act(sent.reference, person, "note", { note: `Note ${n}` }, at(3 + n));
    const visit = await office.signedIn(seat, { language: "en", height: 700 });
    const { page } = visit;
    await visit.openLive(`${caseAt(sent.reference)}?do=note`);
    await text(page).fill("They have just called");
    await status(page, "Draft saved");
    const before = await text(page).boundingBox();
    await applicantActs(sent, "reply", { reply: "The office in Zarqa." }, at(25));
    await page.locator(".entry-reply", { hasText: "The office in Zarqa." }).waitFor({ timeout: 10_000 });
    await page.locator(".composer-came", { hasText: "1 new entry came" }).waitFor();
    const after = await text(page).boundingBox();
    expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThanOrEqual(2);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");
    await page.keyboard.type(".");
    expect(await text(page).inputValue()).toBe("They have just called.");
    await looksRight(page);
    await picture(page, "case-page-came");
    expect(visit.errors).toEqual([]);
    await visit.close();
  });
});

it("before it is sent the composer says what will happen", async () => {
  const visit = await office.signedIn(seat, { language: "ar" });
  const { page } = visit;
  await visit.open(`${caseAt(silent)}?do=ask`);
  const follows = page.locator(".composer-then");
  const address = "لم يترك مقدم الطلب بريدًا إلكترونيًا";
  await follows.getByText(address).waitFor();
  await follows.getByText("إن لم يصل رد حتى").waitFor();
  await atEachWidth(page, (width) => picture(page, `case-page-then-${width}`));
  await visit.open(`${caseAt(told)}?do=answer`);
  await follows.getByText("لا مراجعة قبله: يُرسل الرد فورًا").waitFor();
  expect(await follows.textContent()).not.toContain(address);
  await visit.close();
});

describe("a story of hundreds of entries", () => {
  it("comes in parts: the newest at once, what was before when it is asked for or pointed at", async () => {
    const long = await fresh("A long one");
    const { act } = office.app.office;
    for (let n = 1; n <= 90; n += 1) await act(long, person, "note", { note: `Note number ${n}.` }, at(2 + n / 20));
    const visit = await office.signedIn(seat, { language: "en" });
    const { page } = visit;
    await visit.open(caseAt(long));
    expect(await page.locator(".timeline > .entry").count()).toBe(60);
    expect(await page.locator(".timeline > .entry:visible").count()).toBe(10);
    await page.locator(".entry-fold button").click();
    await page.locator(".entry-note", { hasText: "Note number 1." }).first().waitFor();
    expect(await page.locator(".timeline > .entry-note").count()).toBe(90);
    expect(await page.locator(".entry-fold").count()).toBe(0);
    const early = await page.locator(".entry-note", { hasText: "Note number 3." }).first().getAttribute("id");
    await visit.open(`${caseAt(long)}?#${early}`);
    await page.locator(`#${early}`).waitFor();
    await page.waitForFunction((id) => document.activeElement?.id === id, early);
    await page.keyboard.press("Escape");
    await visit.open(`${caseAt(long)}?do=note`);
    await text(page).fill("And one more.");
    await submit(page).click();
    await page.locator(".entry-note", { hasText: "And one more." }).waitFor();
    expect(visit.errors).toEqual([]);
    await visit.close();
  });
});
