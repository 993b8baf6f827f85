/** Acts on the page of a case in a real browser: their keys, linking to a similar one, and how a case ended. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, picture } from "../support/admin-browser.js";
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

jest.setTimeout(180_000);
let office: AdminBrowser;
let person: Person;
let fresh: Composing["fresh"];
beforeAll(async () => {
  ({ office, person, fresh } = await openComposing());
});
afterAll(() => office?.close());

describe("a letter on the page of a case", () => {
  it("starts the act that it starts on a row of the desk, and goes to its form where it is open", async () => {
    const { reference } = await office.app.office.receive({ subject: "By letters" }, sundayNine);
    const visit = await office.signedIn(seat, { language: "en" });
    const { page } = visit;
    await visit.open(caseAt(reference));
    await page.locator(".case-buttons button").first().waitFor();
    await page.keyboard.press("t");
    await page.locator(".toast", { hasText: "Done: Take the case" }).waitFor();
    await page.keyboard.press("a");
    await page.waitForURL(/do=answer/);
    await text(page).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");
    // Letters that are typed are text.
    await page.keyboard.type("qnx");
    expect(await text(page).inputValue()).toBe("qnx");
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press("a");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");
    await page.keyboard.press("Escape");
    await page.locator("#composer").waitFor({ state: "detached" });
    for (const [key, action] of [
      ["q", "ask"],
      ["n", "note"],
      ["x", "transfer"],
    ] as const) {
      await page.evaluate(() => (document.activeElement as HTMLElement).blur());
      await page.keyboard.press(key);
      await page.waitForURL(new RegExp(`do=${action}$`));
    }
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    // A button of the form is a stop on the way to its text: letters typed there start nothing.
    await page.locator("#composer form button").first().focus();
    await page.keyboard.press("n");
    expect(page.url()).toMatch(/do=transfer$/);
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    // Assigning is the operation room's.
    await page.keyboard.press("f");
    expect(page.url()).toMatch(/do=transfer$/);
    await page.keyboard.press("?");
    const here = page.locator("dialog .key-list section", { has: page.getByRole("heading", { name: "In a case" }) });
    await here.waitFor();
    // Only what they can do here.
    const keys = await here.locator("kbd").allTextContents();
    expect(keys).toEqual(expect.arrayContaining([..."AQNX"]));
    expect(keys).not.toContain("F");
    expect(visit.errors).toEqual([]);
    await visit.close();
  });

  it("a similar case is put in place of the one that was to be linked, typed or not", async () => {
    const one = await fresh("سقط عمود الإنارة أمام المدرسة");
    const { reference: other } = await office.app.office.receive(
      { subject: "سقط عمود الإنارة أمام المدرسة", language: "ar" },
      at(2),
    );
    const visit = await office.signedIn(seat, { language: "en" });
    const { page } = visit;
    await visit.open(`${caseAt(one)}?do=link&field.duplicateOf=482-739-1652`);
    const field = page.locator("#composer input#field-duplicateOf");
    await field.waitFor();
    expect(await field.inputValue()).toBe("482-739-1652");
    const link = page.locator(".related-list button", { hasText: other });
    await link.click();
    await page.waitForFunction((meant) => (document.activeElement as HTMLInputElement).value === meant, other);
    await field.fill("111-111-1111");
    await status(page, "Draft kept");
    await page.reload();
    await field.waitFor();
    expect(await field.inputValue()).toBe("111-111-1111");
    await link.click();
    await page.waitForFunction((meant) => (document.activeElement as HTMLInputElement).value === meant, other);
    await page.keyboard.press("Escape");
    await page.locator("#composer").waitFor({ state: "detached" });
    await link.click();
    await field.waitFor();
    expect(await field.inputValue()).toBe(other);
    await visit.close();
  });
});

describe("how a case ended", () => {
  const manager = { role: "entity_manager", place: "CSPD" } as const;
  it.each([
    ["ar", 1280],
    ["en", 390],
  ] as const)("a rejection is looked at before, and told afterwards, in %s at %i pixels", async (language, width) => {
    const reference = await fresh("تأخر إصدار الهوية");
    const reason = office.app.office.setup.closingReasons.get("INSUFFICIENT_INFORMATION");
    const visit = await office.signedIn(manager, { language, width });
    const { page } = visit;
    await visit.open(`${caseAt(reference)}?do=reject`);
    await page.locator("#composer select").selectOption("INSUFFICIENT_INFORMATION");
    await page.locator(".composer-told", { hasText: reason?.text[language] }).waitFor();
    await text(page).fill("أي قاعة كانت مغلقة؟");
    await looksRight(page);
    await picture(page, `reject-${language}-${width}`);
    await page
      .locator("#composer button", { hasText: language === "ar" ? "معاينة الرسالة" : "Preview the email" })
      .click();
    const letter = page.frameLocator("iframe.letter-frame");
    await letter.getByText("أي قاعة كانت مغلقة؟").waitFor();
    expect(await letter.locator("body").textContent()).toContain(reason?.text.ar);
    await picture(page, `reject-letter-${language}-${width}`);
    await page.keyboard.press("Escape");
    await submit(page).click();
    const entry = page.locator(".timeline .entry", { hasText: "أي قاعة كانت مغلقة؟" });
    await entry.waitFor();
    expect(await entry.textContent()).toContain(reason?.name[language]);
    await page.locator(".case-aside", { hasText: language === "ar" ? "سبب الرفض" : "Why it was rejected" }).waitFor();
    await looksRight(page);
    await picture(page, `rejected-${language}-${width}`);
    expect(visit.errors).toEqual([]);
    await visit.close();
  });

  it.each([
    ["ar", 1280],
    ["en", 390],
  ] as const)("a rating stands with each of its scales, in %s at %i pixels", async (language, width) => {
    const { receive, act, applicantActs, caseRow } = office.app.office;
    const sent = await receive(
      { type: "inquiry", pillar: null, entity: "CSPD", subject: "ما رسوم الهوية؟", language: "ar" },
      sundayNine,
    );
    await act(sent.reference, person, "answer", { answer: "ديناران." }, at(2));
    expect((await caseRow(sent.reference)).state).toBe("resolved");
    await applicantActs(sent, "rate", { rating: 4, time: 5, clarity: "٢", comment: "شكرًا لكم." }, at(3));
    const visit = await office.signedIn(seat, { language, width });
    const { page } = visit;
    await visit.open(caseAt(sent.reference));
    const entry = page.locator(".timeline .entry", { hasText: "شكرًا لكم." });
    await entry.waitFor();
    const scales = language === "ar" ? ["سرعة الرد", "وضوح الرد"] : ["Time it took", "Clarity of the answer"];
    const facts = (await page.locator(".case-aside").textContent()) ?? "";
    for (const scale of scales) {
      expect(await entry.textContent()).toContain(scale);
      expect(facts).toContain(scale);
    }
    await looksRight(page);
    await picture(page, `rated-${language}-${width}`);
    expect(visit.errors).toEqual([]);
    await visit.close();
  });
});
