/** The search in a real browser: by key, while typing, marked, in both languages and widths; and what is near a case. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture } from "../support/admin-browser.js";
import { sundayNine } from "../support/working-office.js";

jest.setTimeout(180_000);
let office: AdminBrowser;
const seat = { role: "focal_point", place: "CSPD" } as const;
const hours = (n: number): Date => new Date(sundayNine.getTime() + n * 3_600_000);
const references: string[] = [];
const subjects = [
  ["تأخر إصدار هويات المدارس", "راجعت مكتب الأحوال ثلاث مرات ولم تصدر هويات الطلبة في مدرسة الحي."],
  ["تأخر هوية مدرسة ابني", "هويات الطلبة في مدرسة الحي لم تصدر، وراجعت مكتب الأحوال مرات."],
  ["The hall was closed", "Nobody opened the hall of the department before ten."],
  ["Queue tickets <b>run out</b>", "People wait outside in the cold since six in the morning."],
] as const;

beforeAll(async () => {
  office = await openAdminBrowser({ now: hours(30) });
  for (const [i, [subject, description]] of subjects.entries())
    references.push(
      (await office.app.office.receive({ subject, description, language: i < 2 ? "ar" : "en" }, hours(i))).reference,
    );
});
afterAll(() => office?.close());

async function looksRight(page: Page): Promise<void> {
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await page.locator("#app").textContent()).not.toMatch(/undefined|\[object|NaN/);
}

const box = (page: Page) => page.locator(".finder input");
const caseAt = (reference: string): string => `/admin/resources/cases/records/${reference}/show`;

describe("the search", () => {
  it.each(["ar", "en"] as const)("works by keys alone, in %s", async (language) => {
    const visit = await office.signedIn(seat, { language, width: 1280 });
    const { page } = visit;
    await visit.open("/admin");
    await page.locator("h1").first().waitFor();
    await page.keyboard.press("/");
    await page.locator(".search-teach").waitFor();
    await picture(page, `search-empty-${language}`);
    await looksRight(page);
    await page.keyboard.type("المدرسة");
    await page.locator(".search-option mark").first().waitFor();
    expect(await page.locator(".search-case").count()).toBe(2);
    // Each says where: in the subject, and in the description with its passage.
    expect(await page.locator(".search-case .found-place").first().textContent()).toBe(
      language === "ar" ? "الوصف:" : "Description:",
    );
    expect((await page.locator(".search-subject mark").allTextContents()).sort()).toEqual(["المدارس", "مدرسة"].sort());
    await picture(page, `search-typed-${language}`);
    await looksRight(page);
    await page.keyboard.press("ArrowDown");
    expect(await page.locator('.search-option[aria-selected="true"]').count()).toBe(1);
    await page.keyboard.press("Enter");
    await page.waitForURL(/records\/\d{3}-\d{3}-\d{4}\/show/);
    // What was searched is kept here, and Enter without a choice leads to all of it.
    await page.keyboard.press("/");
    await page.locator(".search-option", { hasText: "المدرسة" }).waitFor();
    await page.keyboard.type("هوية");
    await page.keyboard.press("Enter");
    await page.waitForURL(/resources\/cases\?search=/);
    await page.locator(".cases mark").first().waitFor();
    await picture(page, `search-list-${language}`);
    await looksRight(page);
    expect([visit.errors, visit.outside]).toEqual([[], []]);
    await visit.close();
  });

  describe.each([390, 1280])("at %d px", (width) => {
    const inArabic = (digits: string): string =>
      digits.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
    const openDesk = async () => {
      const visit = await office.signedIn(seat, { language: "ar", width });
      await visit.open("/admin");
      await visit.page.locator("h1").first().waitFor();
      return visit;
    };

    it("opens a case by its reference typed anywhere", async () => {
      const visit = await openDesk();
      const { page } = visit;
      const digits = (references[0] ?? "").replaceAll("-", "");
      await page.keyboard.type(digits);
      expect(await box(page).last().inputValue()).toBe(digits);
      await page.locator(".search-case").waitFor();
      if (width < 1100) await looksRight(page);
      await page.keyboard.press("Enter");
      await page.waitForURL(`**${caseAt(references[0] ?? "")}`);
      expect(await page.locator("dialog").count()).toBe(0);
      expect([visit.errors, visit.outside]).toEqual([[], []]);
      await visit.close();
    });

    it("understands an Arabic keyboard's digits", async () => {
      const visit = await openDesk();
      const { page } = visit;
      const [first = "", ...rest] = inArabic((references[0] ?? "").replaceAll("-", ""));
      // Playwright has no such key: what a browser does with it is done here.
      const taken = await page.evaluate(
        (key) => !document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })),
        first,
      );
      await page.keyboard.insertText(`${taken ? "" : first}${rest.join("")}`);
      expect(await box(page).last().inputValue()).toBe(`${first}${rest.join("")}`);
      await page.keyboard.press("Enter");
      await page.waitForURL(`**${caseAt(references[0] ?? "")}`);
      await visit.close();
    });

    it("opens a case by its reference pasted anywhere", async () => {
      const visit = await openDesk();
      const { page } = visit;
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      const [first = "", second = ""] = references;
      const paste = async (text: string) => {
        await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
        await page.keyboard.press("Control+V");
      };
      await paste(`\u2067${inArabic(first)}\u2069\n`);
      await page.waitForURL(`**${caseAt(first)}`);
      await page.locator(".case-lead").waitFor();
      await paste("no reference at all");
      await paste(second);
      await page.waitForURL(`**${caseAt(second)}`);
      expect([visit.errors, visit.outside]).toEqual([[], []]);
      await visit.close();
    });

    it("leaves alone what is typed or pasted into a field", async () => {
      const visit = await openDesk();
      const { page } = visit;
      // Another act each time: what is typed is kept.
      const act = width === 390 ? "note" : "contact";
      await visit.open(`${caseAt(references[0] ?? "")}?do=${act}`);
      const field = page.locator(".composer textarea").first();
      await field.waitFor();
      await field.focus();
      await page.keyboard.type("4827391652");
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.evaluate((copied) => navigator.clipboard.writeText(copied), references[1] ?? "");
      await page.keyboard.press("Control+V");
      expect(await field.inputValue()).toBe(`4827391652${references[1]}`);
      expect(await box(page).last().inputValue()).toBe("");
      expect(await page.locator("dialog").count()).toBe(0);
      expect(page.url()).toContain(`do=${act}`);
      await visit.close();
    });
  });

  it("shows what somebody wrote as text, and says what to do where nothing is found", async () => {
    const visit = await office.signedIn(seat, { language: "en", width: 1280 });
    const { page } = visit;
    await visit.open("/admin/resources/cases");
    await page.locator(".cases").waitFor();
    await box(page).fill("tickets run");
    await page.locator(".search-option mark").first().waitFor();
    expect(await page.locator(".search-subject").first().textContent()).toBe("Queue tickets <b>run out</b>");
    expect(await page.locator(".search-subject b").count()).toBe(0);
    await box(page).fill("nothing of this kind");
    await page.locator(".search-say").waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".empty-title").waitFor();
    await looksRight(page);
    expect([visit.errors, visit.outside]).toEqual([[], []]);
    await visit.close();
  });

  it.each(["ar", "en"] as const)("opens over the whole width of a telephone, in %s", async (language) => {
    const visit = await office.signedIn(seat, { language, width: 390 });
    const { page } = visit;
    await visit.open("/admin");
    await page.locator(".top-search").click();
    await box(page).last().fill("مدرسه");
    await page.locator("dialog .search-option mark").first().waitFor();
    await picture(page, `search-phone-${language}`);
    await looksRight(page);
    await page.locator("dialog .search-case").first().click();
    await page.waitForURL(/records\/\d{3}-\d{3}-\d{4}\/show/);
    expect(await page.locator("dialog").count()).toBe(0);
    expect([visit.errors, visit.outside]).toEqual([[], []]);
    await visit.close();
  });
});

describe("an applicant", () => {
  it("is looked for from the search, in no address, and it is recorded", async () => {
    const visit = await office.signedIn(seat, { language: "ar", width: 1280 });
    const { page } = visit;
    await visit.open("/admin");
    await page.keyboard.press("/");
    await page.keyboard.type("0791234567");
    // What is typed runs left to right, and the button stays on the other side of it.
    const room = await page
      .locator(".top-reference input")
      .evaluate((input) => [getComputedStyle(input).direction, getComputedStyle(input).paddingLeft]);
    expect(room).toEqual(["rtl", "48px"]);
    await page.locator(".search-option", { hasText: "مقدمي الطلبات" }).waitFor();
    expect(await page.locator(".search-option", { hasText: "كل الطلبات" }).count()).toBe(0);
    // One key beside the digits: what was chosen is looked for at once.
    await page.keyboard.press("Enter");
    await page.locator("dialog .related-list li").first().waitFor();
    expect(await page.locator("dialog input").inputValue()).toBe("0791234567");
    expect(page.url()).not.toContain("079");
    expect(await page.locator("dialog .related-list li").count()).toBe(4);
    await picture(page, "search-applicant-ar");
    await looksRight(page);
    const [{ n } = { n: 0 }] = await office.app.office.rows(
      "select count(*)::integer as n from audit_events where type = 'applicant.sought'",
    );
    expect(n).toBe(1);
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain("079");
    // A second key opens the first of them.
    const first = page.locator("dialog .related-list a").first();
    await page.waitForFunction(() => document.activeElement?.closest(".related-list") !== null);
    const subject = (await first.textContent()) ?? "";
    await page.keyboard.press("Enter");
    await page.locator("h1", { hasText: subject }).waitFor();
    // The list's own box knows it as well.
    await visit.open("/admin/resources/cases");
    for (const slowly of ["0", "7", "9 12"]) {
      await page.locator(".search-box input").pressSequentially(slowly);
      await page.locator(".search-box-hint", { hasText: "Enter" }).waitFor();
      await page.waitForTimeout(400);
    }
    await page.locator(".search-box input").pressSequentially("3 4567");
    await page.locator(".search-box-hint", { hasText: "مقدمي الطلبات" }).waitFor();
    await page.keyboard.press("Enter");
    expect(await page.locator("dialog input").inputValue()).toBe("079 123 4567");
    expect(new URL(page.url()).search).toBe("");
    await looksRight(page);
    expect([visit.errors, visit.outside]).toEqual([[], []]);
    await visit.close();
  });
});

describe("near a case", () => {
  it.each([
    ["ar", 1280],
    ["en", 390],
  ] as const)("stand the applicant's others and similar ones, in %s at %d px", async (language, width) => {
    const visit = await office.signedIn(seat, { language, width });
    const { page } = visit;
    await visit.open(caseAt(references[0] ?? ""));
    const similar = page.locator(".related-list li", { has: page.locator("button") });
    await similar.first().waitFor();
    expect(await similar.count()).toBe(1);
    expect(await page.locator(".related-list").first().locator("li").count()).toBe(3);
    await picture(page, `search-related-${language}-${width}`);
    await looksRight(page);
    await similar.getByRole("button").click();
    await page.waitForURL(new RegExp(`do=link&field.duplicateOf=${references[1]}`));
    expect([visit.errors, visit.outside]).toEqual([[], []]);
    await visit.close();
  });
});

describe("a mistyped word", () => {
  it.each([
    ["ar", 1280],
    ["en", 390],
  ] as const)("finds cases with similar words, in %s at %d px", async (language, width) => {
    const visit = await office.signedIn(seat, { language, width });
    const { page } = visit;
    await visit.open("/admin");
    await page.locator("h1").first().waitFor();
    if (width < 1100) await page.locator(".top-search").click();
    await box(page).last().fill("المدزسة");
    await page.locator(".search-option mark").first().waitFor();
    expect(await page.locator(".search-case").count()).toBe(2);
    await page.locator(".search-say").waitFor();
    await picture(page, `search-near-${language}`);
    await looksRight(page);
    await page.keyboard.press("Enter");
    await page.waitForURL(/resources\/cases\?search=/);
    await page.locator(".empty-title").waitFor();
    await page.locator(".cases mark").first().waitFor();
    await picture(page, `search-near-list-${language}`);
    await looksRight(page);
    // Where there was no time to look it is said, not passed over.
    await page.route("**/actions/near?*", (route) => route.fulfill({ json: { view: { cases: [], gaveUp: true } } }));
    await page.reload();
    await page.locator("main p[role=status]:not(.search-box-hint)").waitFor();
    await picture(page, `search-near-gave-up-${language}`);
    await looksRight(page);
    expect([visit.errors, visit.outside]).toEqual([[], []]);
    await visit.close();
  });
});

describe("somebody's number", () => {
  const asked: string[] = [];
  const watched = async (language: "ar" | "en") => {
    const visit = await office.signedIn(seat, { language, width: 1280 });
    visit.page.on("request", (request) => asked.push(request.url()));
    return visit;
  };

  it("is looked for among applicants when it is pasted anywhere or stands in an old link", async () => {
    const visit = await watched("ar");
    const { page } = visit;
    await visit.open("/admin");
    await page.locator("h1").first().waitFor();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.evaluate(() => navigator.clipboard.writeText("\u2067٠٧٩ ١٢٣ ٤٥٦٧\u2069\n"));
    await page.keyboard.press("Control+V");
    await page.locator("dialog .related-list li").first().waitFor();
    expect(new URL(page.url()).search).toBe("");
    expect(asked.filter((url) => /079|%D9%A0/.test(url))).toEqual([]);
    await visit.open("/admin/resources/cases?search=0791234567&filters.kind=open");
    await page.locator("dialog .related-list li").first().waitFor();
    expect(new URL(page.url()).search).toBe("?filters.kind=open");
    expect([visit.errors, visit.outside]).toEqual([[], []]);
    await visit.close();
  });

  it.each(["ar", "en"] as const)(
    "stands perhaps in a text: where no applicant has it, that is offered, in %s",
    async (language) => {
      const bill = "0787654321";
      const { reference } = await office.app.office.receive(
        { subject: "A bill", description: `The bill ${bill} was paid twice.`, language: "en" },
        hours(5),
      );
      asked.length = 0;
      const visit = await watched(language);
      const { page } = visit;
      await visit.open("/admin");
      await page.locator("h1").first().waitFor();
      await page.keyboard.type(bill, { delay: 180 });
      await page.locator(".search-option").first().waitFor();
      await page.keyboard.press("Enter");
      const other = page.locator("dialog .form-actions button").last();
      await page.locator("dialog .form-actions").nth(1).waitFor();
      await looksRight(page);
      await other.click();
      await page.locator("dialog .related-list li", { hasText: reference }).first().waitFor();
      await picture(page, `search-texts-${language}`);
      await looksRight(page);
      // Not even a part of it stood in an address while it was typed.
      expect(asked.filter((url) => /0787|search=078/.test(url))).toEqual([]);
      expect([visit.errors, visit.outside]).toEqual([[], []]);
      await visit.close();
    },
  );
});
