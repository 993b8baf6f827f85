/** Acts on the page of a case in a real browser: their keys, none sent twice, linking to a similar case, and how a case ended. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, looksRight, picture } from "../support/admin-browser.js";
import {
  at,
  type Composing,
  caseAt,
  openComposing,
  composingSeat as seat,
  status,
  submit,
  text,
} from "../support/composing.js";
import { type Person, sundayNine, typesOf } from "../support/working-office.js";

jest.setTimeout(180_000);
let office: AdminBrowser;
let person: Person;
let fresh: Composing["fresh"];
let noted: Composing["noted"];
let opened: Composing["opened"];
beforeAll(async () => {
  ({ office, person, fresh, noted, opened } = await openComposing());
});
afterAll(() => office?.close());

describe("while one writes", () => {
  it.each([
    ["en", 1280, 800],
    ["ar", 390, 844],
  ] as const)("what the applicant wrote stays in view (%s, %i pixels)", async (language, width, height) => {
    const { reference } = await office.app.office.receive(
      { subject: "A long story", description: "Line by line I tell what happened.\n".repeat(60) },
      sundayNine,
    );
    const visit = await office.signedIn(seat, { language, width });
    const { page } = visit;
    await page.setViewportSize({ width, height });
    for (const action of ["answer", "ask", "transfer"]) {
      await visit.open(`${caseAt(reference)}?do=${action}`);
      await text(page).waitFor();
      const words = page.locator(".composer-words");
      // As it opens the chooser of templates and the first field are below what is pinned.
      for (const next of action === "answer" ? [page.locator(".composer-templates input"), text(page)] : []) {
        await next.waitFor();
        const [pinned, place] = [await words.boundingBox(), await next.boundingBox()];
        expect(place?.y).toBeGreaterThanOrEqual((pinned?.y ?? 0) + (pinned?.height ?? 0));
        expect((place?.y ?? 0) + 44).toBeLessThanOrEqual(height);
      }
      await text(page).click();
      const [box, typed] = [await words.boundingBox(), await text(page).boundingBox()];
      expect(box?.y).toBeGreaterThanOrEqual(0);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
      expect(box?.height).toBeLessThanOrEqual(height / 3);
      expect(typed?.y).toBeGreaterThanOrEqual((box?.y ?? 0) + (box?.height ?? 0));
      expect((typed?.y ?? 0) + Math.min(typed?.height ?? 0, 100)).toBeLessThanOrEqual(height);
      await picture(page, `words-${action}-${language}-${width}`);
    }
    // By keys: folded, and scrolled.
    const box = page.locator(".composer-words-text");
    await box.focus();
    await page.keyboard.press("PageDown");
    await page.waitForFunction(() => (document.querySelector(".composer-words-text")?.scrollTop ?? 0) > 0);
    await page.locator(".composer-words > summary").focus();
    await page.keyboard.press("Enter");
    await box.waitFor({ state: "hidden" });
    await page.keyboard.press("Enter");
    await looksRight(page, `words-${language}`);
    await visit.close();
  });
});

describe("a forward", () => {
  it("goes where the first name leads that fits what was typed, and is taken back from where one ends up", async () => {
    const reference = await fresh();
    const visit = await office.signedIn(seat, { language: "en" });
    const { page } = visit;
    await visit.open(`${caseAt(reference)}?do=transfer`);
    const entity = page.locator("#composer").getByRole("combobox");
    await entity.focus();
    await page.keyboard.insertText("PSD");
    await page.keyboard.press("Enter");
    expect(await entity.inputValue()).not.toBe("PSD");
    await text(page).fill("Theirs, I think");
    await submit(page).click();
    await page.locator(".case-left").waitFor();
    await picture(page, "forwarded-en-1280");
    await visit.open("/admin/pages/forwarded");
    await page.locator("tr", { hasText: reference }).first().waitFor();
    await looksRight(page, "forwarded-list-en");
    await page.locator("tr", { hasText: reference }).getByRole("button").click();
    await page.locator(".toast", { hasText: reference }).waitFor();
    await page.locator("tr", { hasText: reference }).locator("a").first().waitFor();
    expect(await office.app.office.caseRow(reference)).toMatchObject({ entity: "CSPD", transfer_count: 0 });
    await visit.close();
  });

  it("of a case that stays in reach is taken back on its page; classifying begins with what it is", async () => {
    const { reference } = await office.app.office.receive({ subject: "Stays in reach" }, sundayNine);
    const visit = await office.signedIn({ role: "operation_room" }, { language: "ar" });
    const { page } = visit;
    await visit.open(`${caseAt(reference)}?do=reclassify`);
    const importance = page.locator("#composer select").nth(1);
    expect(await importance.inputValue()).toBe("normal");
    await importance.selectOption("critical");
    await page.locator(".composer-deadlines time").first().waitFor();
    await looksRight(page, "reclassify-ar");
    await visit.open(`${caseAt(reference)}?do=transfer&field.entity=PSD&field.reason=Theirs`);
    await submit(page).click();
    const back = page.locator(".take-back button");
    await back.waitFor();
    await looksRight(page, "take-back-ar");
    await back.click();
    await back.waitFor({ state: "detached" });
    expect(await office.app.office.caseRow(reference)).toMatchObject({ entity: "CSPD", transfer_count: 0 });
    await visit.close();
  });
});

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
    await status(page, "Draft saved");
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

  it("is in the timeline by its own answer, without the page or the drafts being asked again", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    const { page } = visit;
    await text(page).fill("Stands there at once.");
    await status(page, "Draft saved");
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
    await status(page, "Draft saved");
    await submit(page).click();
    await page.locator(".notice", { hasText: "Your earlier message did arrive" }).waitFor();
    expect(await noted(reference)).toEqual(["First"]);
    expect(await text(page).inputValue()).toBe("First, and second");
    await visit.close();
  });

  it("is written and sent with keys alone", async () => {
    const words = { take: "تولّي الطلب", answer: "الرد", written: "أُصدرت الهوية اليوم." };
    const { reference } = await office.app.office.receive({ subject: "By keys" }, sundayNine);
    const visit = await office.signedIn(seat, { language: "ar" });
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

describe("how a case ended", () => {
  const manager = { role: "entity_manager", place: "CSPD" } as const;
  it("a rejection is looked at before, and said afterwards", async () => {
    const [language, width] = ["ar", 1280] as const;
    const reference = await fresh("تأخر إصدار الهوية");
    const reason = office.app.office.setup.closingReasons.get("INSUFFICIENT_INFORMATION");
    const visit = await office.signedIn(manager, { language, width });
    const { page } = visit;
    await visit.open(`${caseAt(reference)}?do=reject`);
    await page.locator("#composer select").selectOption("INSUFFICIENT_INFORMATION");
    await page.locator(".composer-told", { hasText: reason?.text[language] }).waitFor();
    await text(page).fill("أي قاعة كانت مغلقة؟");
    await looksRight(page, "reject");
    await page.locator("#composer button", { hasText: "معاينة الرسالة" }).click();
    const letter = page.frameLocator("iframe.letter-frame");
    await letter.getByText("أي قاعة كانت مغلقة؟").waitFor();
    expect(await letter.locator("body").textContent()).toContain(reason?.text.ar);
    await picture(page, `reject-letter-${language}-${width}`);
    await page.keyboard.press("Escape");
    await submit(page).click();
    const entry = page.locator(".timeline .entry", { hasText: "أي قاعة كانت مغلقة؟" });
    await entry.waitFor();
    expect(await entry.textContent()).toContain(reason?.name[language]);
    await page.locator(".case-aside", { hasText: "سبب الرفض" }).waitFor();
    await looksRight(page, "rejected");
    expect(visit.errors).toEqual([]);
    await visit.close();
  });

  it("a rating has each of its scales", async () => {
    const [language, width] = ["en", 390] as const;
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
    const scales = ["Time it took", "Clarity of the answer"];
    const facts = (await page.locator(".case-aside").textContent()) ?? "";
    for (const scale of scales) {
      expect(await entry.textContent()).toContain(scale);
      expect(facts).toContain(scale);
    }
    await looksRight(page, "rated");
    expect(visit.errors).toEqual([]);
    await visit.close();
  });
});
