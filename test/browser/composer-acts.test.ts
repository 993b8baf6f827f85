/** Acts by the composer of a case, in a real browser: nothing is sent twice, it helps with writing, and it works with keys alone. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, picture } from "../support/admin-browser.js";
import {
  type Composing,
  caseAt,
  looksRight,
  openComposing,
  composingSeat as seat,
  status,
  submit,
  text,
} from "../support/composing.js";
import { sundayNine, typesOf } from "../support/working-office.js";

jest.setTimeout(180_000);
let office: AdminBrowser;
let fresh: Composing["fresh"];
let noted: Composing["noted"];
let opened: Composing["opened"];
beforeAll(async () => {
  ({ office, fresh, noted, opened } = await openComposing());
});
afterAll(() => office?.close());

describe("an act", () => {
  it("sent without a connection goes by itself when it is back, once", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    const { page } = visit;
    await visit.context.setOffline(true);
    await text(page).fill("On the way");
    await submit(page).click();
    await page.locator(".notice", { hasText: "Not sent yet: the server does not answer" }).waitFor();
    await picture(page, "not-sent-en");
    expect(await noted(reference)).toEqual([]);
    await visit.context.setOffline(false);
    await page.locator(".toast").waitFor();
    expect(await noted(reference)).toEqual(["On the way"]);
    await visit.close();
  });

  it("stands in the timeline by its own answer, without the page or the drafts being asked again", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    const { page } = visit;
    await text(page).fill("Stands there at once.");
    await status(page, "Draft kept");
    const asked: string[] = [];
    // Whatever is asked from here on is never answered.
    await page.route(/\/records\/[^/]+\/(page|drafts)$/, (route) => void asked.push(route.request().url()));
    await submit(page).click();
    await page.locator(".timeline .entry-text", { hasText: "Stands there at once." }).waitFor();
    await page.locator("#composer").waitFor({ state: "detached" });
    expect(await page.locator(".case-buttons .draft-mark").count()).toBe(0);
    expect(asked.filter((url) => url.endsWith("/drafts"))).toEqual([]);
    await visit.close();
  });

  it("whose answer was lost is done once", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    const { page } = visit;
    let sent = 0;
    await page.route("**/records/*/perform", async (route) => {
      sent += 1;
      if (sent > 1) return route.continue();
      await route.fetch();
      await route.abort("connectionreset");
    });
    await text(page).fill("Once only");
    await submit(page).click();
    await page.locator(".toast").waitFor();
    expect(sent).toBeGreaterThan(1);
    expect(await noted(reference)).toEqual(["Once only"]);
    await visit.close();
  });

  it("by which the case left, and whose answer was lost, is known as done", async () => {
    const reference = await fresh();
    const visit = await office.signedIn(seat, { language: "en" });
    const { page } = visit;
    await visit.open(`${caseAt(reference)}?do=transfer&field.entity=PSD&field.reason=Theirs`);
    let sent = 0;
    await page.route("**/records/*/perform", async (route) => {
      sent += 1;
      if (sent > 1) return route.continue();
      await route.fetch();
      await route.abort("connectionreset");
    });
    await submit(page).click();
    await page.locator(".case-left").waitFor();
    const events = typesOf(await office.app.office.events(reference));
    expect(events.filter((type) => type === "case.transferred")).toHaveLength(1);
    await visit.close();
  });

  it("that was changed after its answer was lost is not taken for the first one", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    const { page } = visit;
    let lost = true;
    await page.route("**/records/*/perform", async (route) => {
      if (!lost) return route.continue();
      lost = false;
      await route.fetch();
      await visit.context.setOffline(true);
      await route.abort("connectionreset");
    });
    await text(page).fill("First");
    await submit(page).click();
    await page.locator(".notice", { hasText: "Not sent yet" }).waitFor();
    await text(page).fill("First, and second");
    await visit.context.setOffline(false);
    await status(page, "Draft kept");
    await submit(page).click();
    await page.locator(".notice", { hasText: "Your earlier message did arrive" }).waitFor();
    expect(await noted(reference)).toEqual(["First"]);
    expect(await text(page).inputValue()).toBe("First, and second");
    await visit.close();
  });

  it.each([
    ["ar", { take: "تولّي الطلب", answer: "الرد", written: "أُصدرت الهوية اليوم." }],
    ["en", { take: "Take the case", answer: "Answer", written: "It was issued today." }],
  ] as const)("is written and sent with keys alone, in %s", async (language, words) => {
    const { reference } = await office.app.office.receive({ subject: `By keys, in ${language}` }, sundayNine);
    const visit = await office.signedIn(seat, { language });
    const { page } = visit;
    await visit.open(caseAt(reference));
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    const tabTo = async (name: string) => {
      for (let i = 0; i < 60 && (await focused()) !== name; i += 1) await page.keyboard.press("Tab");
      expect(await focused()).toBe(name);
    };
    await tabTo(words.take);
    await page.keyboard.press("Enter");
    await page.locator(".case-buttons .button-primary", { hasText: words.answer }).waitFor();
    await page.locator(".case-buttons button", { hasText: words.answer }).first().focus();
    await page.keyboard.press("Enter");
    await text(page).waitFor();
    expect(await page.evaluate(() => document.activeElement?.closest("#composer") !== null)).toBe(true);
    await text(page).focus();
    await page.keyboard.type(words.written);
    await page.keyboard.press("Escape");
    await page.locator("#composer").waitFor({ state: "detached" });
    await page.locator(".case-buttons button", { hasText: words.answer }).first().focus();
    await page.keyboard.press("Enter");
    expect(await text(page).inputValue()).toBe(words.written);
    await text(page).focus();
    await page.keyboard.press("Control+Enter");
    await page.locator(".entry-answer .entry-text", { hasText: words.written }).waitFor();
    expect(visit.errors).toEqual([]);
    await visit.close();
  });
});

describe("help with writing", () => {
  it("a reply template comes in at the cursor, and undo takes it out again; the letter shows how it will look", async () => {
    const reference = await fresh("تأخر إصدار الهوية");
    const visit = await opened(reference, "answer");
    const { page } = visit;
    await text(page).fill("Before. After.");
    await text(page).evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(8, 8));
    const box = page.getByRole("combobox", { name: "Insert a reply template" });
    await box.focus();
    await page.keyboard.press("ArrowDown");
    await page.locator("[role=option]").first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForFunction(
      () => (document.querySelector<HTMLTextAreaElement>("#composer textarea")?.value.length ?? 0) > 30,
    );
    const filled = await text(page).inputValue();
    expect(filled).toMatch(/^Before\. [\s\S]*[؀-ۿ][\s\S]*After\.$/);
    await page.keyboard.press("Control+z");
    expect(await text(page).inputValue()).toBe("Before. After.");
    await page.keyboard.press("Control+Shift+z");
    expect(await text(page).inputValue()).toBe(filled);
    await page.getByRole("button", { name: "Preview the email" }).click();
    const letter = page.frameLocator("iframe.letter-frame");
    await letter.getByText("After.").waitFor();
    await looksRight(page);
    await picture(page, "letter-en");
    await page.keyboard.press("Escape");
    expect(await text(page).inputValue()).toBe(filled);
    expect(typesOf(await office.app.office.events(reference))).not.toContain("case.answered");
    await visit.close();
  });

  it("what a template left empty is named, and sent only by anybody who means it", async () => {
    const reference = await fresh("قاعة مغلقة");
    const visit = await opened(reference, "answer");
    const { page } = visit;
    await text(page).fill("تحية طيبة،\n\n• الإجراء المتخذ: فُتحت القاعة.\n• تاريخ تنفيذه: \n• \n\nمع التحية");
    await page.locator(".empty-places li").nth(1).waitFor();
    expect(await page.locator(".empty-places li").allInnerTexts()).toEqual(["تاريخ تنفيذه", "empty bullet, line 5"]);
    await looksRight(page);
    await submit(page).click();
    await page.locator("#composer").getByRole("alert").waitFor();
    expect(typesOf(await office.app.office.events(reference))).not.toContain("case.answered");
    await looksRight(page);
    await picture(page, "empty-places-en");
    // Another text is asked about anew.
    await text(page).fill("• تاريخ تنفيذه: ");
    await page.locator("#composer").getByRole("alert").waitFor({ state: "detached" });
    await submit(page).click();
    await page.locator("#composer").getByRole("alert").waitFor();
    await submit(page).click();
    await page.locator(".entry-answer").waitFor();
    await visit.close();
  });

  it("@ names a colleague who is then told", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    const { page } = visit;
    await text(page).focus();
    await page.keyboard.type("Please look, @");
    const list = page.getByRole("listbox", { name: "Colleagues" });
    await list.waitFor();
    const name = ((await list.getByRole("option").first().textContent()) ?? "").split(", ")[0] ?? "";
    await looksRight(page);
    await picture(page, "mention-en");
    await page.keyboard.press("Enter");
    expect(await text(page).inputValue()).toBe(`Please look, @${name} `);
    await page.locator("#composer .chip", { hasText: name }).waitFor();
    await page.keyboard.press("Control+Enter");
    await page.locator(".toast").waitFor();
    const noted_ = (await office.app.office.events(reference)).find(({ type }) => type === "case.noted");
    expect(noted_?.data.mentions).toHaveLength(1);
    await visit.close();
  });

  it("an action that is not possible now says why, wherever its address comes from", async () => {
    const reference = await fresh();
    const visit = await office.signedIn(seat, { language: "en" });
    await visit.open(`${caseAt(reference)}?do=take_appeal`);
    await visit.page.locator(".notice", { hasText: "is not possible now" }).waitFor();
    expect(await visit.page.locator("#composer").count()).toBe(0);
    await visit.close();
  });
});
