/** An applicant's whole way in a real browser, without JavaScript: submit, be asked, reply, read the answer, rate, reopen. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Page } from "playwright-core";
import { anyImpact, axe, overflow, picture } from "../support/admin-browser.js";
import { openPortalBrowser, type PortalBrowser } from "../support/portal-browser.js";
import { complaint } from "../support/working-office.js";

let portal: PortalBrowser;
beforeAll(async () => {
  portal = await openPortalBrowser();
});
afterAll(() => portal.close());

const go = (page: Page) => page.locator("main form button[name=go][value=on]").click();
const choose = async (page: Page, name: string, value: string) => {
  await page.locator(`input[name="${name}"][value="${value}"]`).check();
  await go(page);
};

/** Labels of radio buttons that begin below their circle instead of beside it. */
const labelsBelow = (page: Page): Promise<string[]> =>
  page.locator(".govuk-radios__item").evaluateAll((items) =>
    items.flatMap((item) => {
      const [circle, label] = [item.querySelector("input"), item.querySelector("label")];
      if (!circle || !label) return [];
      const beside = label.getBoundingClientRect().top < circle.getBoundingClientRect().bottom - 1;
      return beside ? [] : [label.textContent?.trim() ?? ""];
    }),
  );

const story = "تقدمت بطلب تجديد جواز سفر قبل شهر ولم يصدر حتى الآن، وأرجو معرفة السبب.";

/** Fills the pages up to the last look, the long way; with pictures of each. */
async function fillIn(page: Page, look: (name: string) => Promise<void>) {
  await page.goto("/ar");
  await look("start");
  await page.locator("main form button").first().click();
  await page.fill("textarea[name=description]", story);
  await page.fill("input[name=subject]", "تأخر إصدار جواز السفر");
  await look("description");
  await go(page);
  await page.waitForURL(/\/match$/);
  await look("match");
  await choose(page, "match", "-");
  await look("type");
  await choose(page, "type", "complaint");
  await look("sector");
  await choose(page, "sector", "INTERIOR");
  await look("entity");
  await choose(page, "entity", "CSPD");
  await look("service");
  await choose(page, "service", "CSPD-PASSPORT");
  await page.selectOption("select[name=pillar]", "QUALITY");
  await look("details");
  await go(page);
  await look("identity");
  await choose(page, "identity", "named");
  await page.setInputFiles("#file", { name: "إيصال.txt", mimeType: "text/plain", buffer: Buffer.from("إيصال") });
  await page.locator("main form button[value=show]").click();
  expect(await page.locator(".file-list li").count()).toBe(1);
  await look("files");
  await go(page);
  await page.fill("input[name=name]", "رنا حداد");
  await page.fill("input[name=email]", "rana@example.com");
  await page.fill("input[name=phone]", "٠٧٩١٢٣٤٥٦٧");
  await page.selectOption("select[name=category]", "citizen");
  await look("contact");
  await go(page);
  await look("check");
  await go(page);
}

/** Cases of the past that make the story a likely complaint about passports. */
async function livedThrough(): Promise<void> {
  const { office, services, now } = portal.app;
  for (let n = 0; n < 24; n++) {
    const own = n % 2 === 0;
    const input = {
      ...complaint,
      language: "ar",
      type: "complaint",
      subject: own ? "تأخر جواز السفر" : "انقطاع المياه",
      description: own ? "تأخر إصدار جواز السفر شهرا" : "المياه مقطوعة عن الحي منذ أسبوع",
      entity: own ? "CSPD" : "MIYAHUNA",
      service: own ? "CSPD-PASSPORT" : null,
      fields: {},
    };
    const { caseId } = await services.intake.receive({ input, key: office.key, idempotencyKey: null, now: now() });
    await office.asOwner(`update cases set state_kind = 'final', resolved_at = now() where id = ${caseId}`);
  }
  await services.handlers["count-words"](now());
}

describe("the shortest complaint", () => {
  it("takes ten pages, and is sent without script at 320 px in Arabic", async () => {
    await livedThrough();
    const { page, errors, outside, close } = await portal.applicant({ width: 320, height: 640 });
    const count = { pages: 0, clicks: 0, typed: 0 };
    page.on("framenavigated", () => {
      count.pages++;
    });
    const wide: string[] = [];
    const click = async (button: string, to: RegExp) => {
      count.clicks++;
      await page.locator(button).first().click();
      await page.waitForURL(to);
      const name = new URL(page.url()).pathname.split("/").at(-1) ?? "";
      if ((await overflow(page)) > 0) wide.push(name);
      await picture(page, `portal-ar-320-${name}`);
    };
    const on = (to: RegExp) => click("main form button[name=go][value=on]", to);
    const type = async (input: string, text: string) => {
      count.typed += [...text].length;
      await page.fill(input, text);
    };
    const pick = async (name: string, value: string, to: RegExp) => {
      count.clicks++;
      await page.locator(`input[name="${name}"][value="${value}"]`).check();
      await on(to);
    };
    await page.goto("/ar");
    await click("main form button", /description$/);
    await type("textarea[name=description]", story);
    await on(/match$/);
    await pick("match", "CSPD/CSPD-PASSPORT", /type$/);
    await pick("type", "complaint", /details$/);
    await on(/identity$/);
    await pick("identity", "named", /files$/);
    await on(/contact$/);
    await type("input[name=email]", "rana@example.com");
    await on(/check$/);
    await on(/sent$/);
    // As test/bench/README.md has them; before there were 16 pages and 130 keys.
    expect({ ...count, keys: count.clicks + count.typed }).toEqual({ pages: 10, clicks: 12, typed: 87, keys: 99 });
    expect([wide, errors, outside]).toEqual([[], [], []]);
    await close();
  }, 120_000);
});

describe("an applicant without JavaScript", () => {
  for (const width of [1280, 390]) {
    it(`goes the whole way in Arabic at ${width} px`, async () => {
      const { app } = portal;
      const who = await portal.applicant({ width, height: width === 390 ? 844 : 900 });
      const { page } = who;
      const look = async (name: string) => picture(page, `portal-ar-${width}-${name}`);
      await fillIn(page, look);
      await page.waitForURL(/\/sent$/);
      await look("sent");
      const [reference = "", code = ""] = await page.locator(".sent-keys dd").allInnerTexts();
      expect(reference).toMatch(/^\d{3}-\d{3}-\d{4}$/);
      await page.locator("form[action$='/follow'] button").click();
      await page.waitForURL(/\/follow\/\d/);
      await look("case-open");

      const official = app.office.official("focal_point", "CSPD");
      const { office } = app;
      await office.act(reference, official, "ask", { question: "ما رقم طلب الجواز؟" }, app.now());
      await page.reload();
      await look("case-asked");
      await page.locator(".acts a").first().click();
      await look("reply");
      await page.fill("textarea[name=reply]", "رقم الطلب 12345");
      await go(page);
      await look("case-replied");
      const official2 = app.office.official("focal_point", "CSPD");
      await office.act(reference, official2, "answer", { answer: "صدر الجواز ويمكنك استلامه." }, app.now());
      const state = (await office.caseRow(reference)).state;
      if (state === "in_review") {
        await office.act(reference, office.official("operation_room"), "approve", {}, app.now());
      }
      await page.reload();
      await look("case-answered");
      // The answer is read before anything is done about it.
      const answerAt = await page.locator("#first").evaluate((node) => node.getBoundingClientRect().top);
      const actsAt = await page.locator(".acts").evaluate((node) => node.getBoundingClientRect().top);
      expect(answerAt).toBeLessThan(actsAt);
      await page.locator(".acts a").first().click();
      await look("rate");
      expect(await page.locator(".turn-answer").textContent()).toContain("صدر الجواز");
      const hint = (await page.locator("#rating-hint").textContent()) ?? "";
      expect(hint.replace(/[\u2068\u2069]/g, "")).toContain("إذا اخترت 1 أو 2 فسينظر موظف آخر");
      expect(await page.locator("main form input[type=radio]:visible").count()).toBe(5);
      await page.locator("summary").click();
      await look("rate-more");
      await go(page);
      await look("rate-fault");
      expect(await page.locator(".govuk-error-summary").count()).toBe(1);
      await page.locator("input[name=rating][value='4']").check();
      await go(page);
      await look("case-rated");
      await page.locator("a[href$='/do/reopen']").click();
      await page.fill("textarea[name=reason]", "لم أستلم الجواز بعد.");
      await look("reopen");
      await go(page);
      expect((await office.caseRow(reference)).state).toBe("assigned");
      await look("case-reopened");

      // Later, elsewhere: by reference and code, as people type them.
      const later = await portal.applicant({ width });
      await later.page.goto(`/ar/follow/${reference}`);
      await picture(later.page, `portal-ar-${width}-follow`);
      await later.page.fill("input[name=code]", code.toLowerCase().replaceAll("-", " "));
      await go(later.page);
      expect(await later.page.locator("h1").textContent()).toBe("تأخر إصدار جواز السفر");
      expect([...who.outside, ...later.outside]).toEqual([]);
      expect([...who.errors, ...later.errors]).toEqual([]);
      await who.close();
      await later.close();
    }, 120_000);
  }
});

describe("what is being written about a case", () => {
  it("stays, whichever way the page is left", async () => {
    const { app } = portal;
    const { reference, code } = await app.office.receive();
    const { page, errors, close } = await portal.applicant({ width: 390, height: 844 });
    await page.goto(`/ar/follow/${reference}`);
    await page.fill("input[name=code]", code);
    await go(page);
    await page.locator("a[href$='/do/add_information']").click();
    const text = page.locator("textarea[name=reply]");
    const leave: readonly (readonly [string, RegExp])[] = [
      [".site-back", /\/follow\/[\d-]+$/],
      [".leave-act button[value=back]", /\/follow\/[\d-]+$/],
      [".site-brand", /\/(ar|en)$/],
      [".site-foot button", /\/follow$/],
      [".site-language", /\/do\/add_information$/],
    ];
    for (const [n, [button, to]] of leave.entries()) {
      await text.fill(`سطر ${n}`);
      await page.locator(button).click();
      await page.waitForURL(to);
      if (n === 0) {
        expect(await page.locator(".begun").count()).toBe(1);
        await picture(page, "portal-ar-390-case-begun");
      }
      await page.goto(`/${button === ".site-language" ? "en" : "ar"}/follow/${reference}/do/add_information`);
      expect(await text.inputValue()).toBe(`سطر ${n}`);
    }
    await picture(page, "portal-en-390-act-kept");
    await page.locator(".leave-act button[value=forget]").click();
    await page.waitForURL(/\/follow\/[\d-]+$/);
    expect(await page.locator(".begun").count()).toBe(0);
    expect(errors).toEqual([]);
    await close();
  }, 180_000);
});

describe("by keyboard alone", () => {
  it("an application is begun, filled in, sent and followed", async () => {
    const { page, errors, close } = await portal.applicant({ language: "en" });
    /** Tab until the focus stands there; nobody wants to press it a hundred times. */
    const tabTo = async (selector: string) => {
      for (let n = 0; n < 60; n++) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`${selector} cannot be reached at ${page.url()}`);
    };
    const press = async (selector: string, key: "Enter" | "Space", to: RegExp) => {
      await tabTo(selector);
      await page.keyboard.press(key);
      await page.waitForURL(to);
    };
    const onward = "main form button[value=on]";
    /** The first radio button takes the space bar, arrows move on. */
    const pick = async (moves: number, to: RegExp) => {
      await tabTo("main input[type=radio]");
      await page.keyboard.press("Space");
      for (let n = 0; n < moves; n++) await page.keyboard.press("ArrowDown");
      await press(onward, "Enter", to);
    };
    await page.goto("/en");
    await press(".govuk-button--start", "Enter", /\/description$/);
    // The first thing that Tab reaches leads past the head.
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.className)).toContain("govuk-skip-link");
    await page.keyboard.press("Enter");
    await tabTo("textarea");
    await page.keyboard.type("When does the hall open?");
    await tabTo("main input[name=subject]");
    await page.keyboard.type("Opening hours");
    // Enter in a field goes on, and never back or to the other language.
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/type$/);
    await pick(1, /\/sector$/);
    await tabTo("#search");
    await page.keyboard.type("passports");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/entity\?q=passports$/);
    await pick(0, /\/service$/);
    await pick(0, /\/details$/);
    await press(onward, "Enter", /\/identity$/);
    await pick(0, /\/files$/);
    await press(onward, "Enter", /\/contact$/);
    await tabTo("main input[name=name]");
    await page.keyboard.type("Rana Haddad");
    await press(onward, "Enter", /\/check$/);
    // A look back at one answer, and on again.
    await press("main a[href$='/description?change=1']", "Enter", /\/description\?change=1$/);
    await press(onward, "Space", /\/check$/);
    await press(onward, "Enter", /\/sent$/);
    await press("form[action$='/follow'] button", "Enter", /\/follow\/[\d-]+$/);
    expect(await page.locator("h1").textContent()).toBe("Opening hours");
    expect(errors).toEqual([]);
    await close();
  }, 180_000);
});

describe("every page", () => {
  for (const language of ["ar", "en"] as const) {
    it(`has nothing at all for axe, and fits 320 px and 200 % zoom, in ${language}`, async () => {
      const who = await portal.applicant({ language, script: true });
      const { page } = who;
      const found: unknown[] = [];
      const wide: string[] = [];
      const fallen: string[] = [];
      const check = async (name: string) => {
        found.push(...(await axe(page, anyImpact)).map((finding) => ({ name, ...finding })));
        // 640 px is 1280 at 200 %.
        for (const width of [320, 390, 640]) {
          await page.setViewportSize({ width, height: 844 });
          if ((await overflow(page)) > 0) wide.push(`${name} at ${width}`);
          fallen.push(...(await labelsBelow(page)).map((label) => `${label}: ${name} at ${width}`));
        }
        await page.setViewportSize({ width: 1280, height: 900 });
        await picture(page, `portal-${language}-${name}`);
        if (/^(start|follow|lost|not)/.test(name)) {
          await page.setViewportSize({ width: 390, height: 844 });
          await picture(page, `portal-${language}-390-${name}`);
          await page.setViewportSize({ width: 1280, height: 900 });
        }
      };
      await page.goto(`/${language}`);
      await check("start");
      await page.locator("main form button").first().click();
      await go(page);
      await check("description-fault");
      const told =
        language === "ar" ? "طلب الموظف رشوة لإصدار جواز السفر" : "A bribe was asked for at the passport counter";
      await page.fill("textarea[name=description]", told);
      await go(page);
      await page.waitForURL(/match$/);
      await go(page);
      await check("match-fault");
      await choose(page, "match", "-");
      await go(page);
      await check("type-fault");
      await choose(page, "type", "report");
      await check("sector");
      await page.fill("#search", language === "ar" ? "مياه" : "water");
      await page.locator(".search button").click();
      await check("search");
      await page.locator("input[name=entity]").first().check();
      await go(page);
      for (let i = 0; i < 6 && !page.url().endsWith("/details"); i++) {
        await page.setViewportSize({ width: 390, height: 844 });
        fallen.push(...(await labelsBelow(page)));
        await page.locator("main input[type=radio]").last().check();
        await go(page);
      }
      await page.setViewportSize({ width: 1280, height: 900 });
      await check("details");
      await page.fill("input[name='field.incidentDate.day']", "31");
      await page.fill("input[name='field.incidentDate.month']", "2");
      await go(page);
      await check("date-fault");
      for (const part of ["day", "month"]) await page.fill(`input[name='field.incidentDate.${part}']`, "");
      await go(page);
      await check("identity");
      await choose(page, "identity", "anonymous");
      const bad = { name: "page.html", mimeType: "text/html", buffer: Buffer.from("<html><script></script></html>") };
      await page.setInputFiles("#file", bad);
      await go(page);
      await check("files-fault");
      await go(page);
      await check("check");
      await go(page);
      await check("sent");
      const [reference = ""] = await page.locator(".sent-keys dd").allInnerTexts();
      await page.locator("form[action$='/follow'] button").click();
      await check("case");
      await page.locator("a[href$='/do/withdraw']").click();
      await check("withdraw");
      await page.goto(`/${language}/follow/${reference}/do/add_information`);
      await check("add-information");
      await page.goto(`/${language}/follow`);
      await go(page);
      await check("follow-fault");
      // Who lost the code: by keyboard from there, filled in wrongly, and asked for.
      await page.locator("main a[href*='/lost-code']").focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/lost-code/);
      await check("lost-code");
      await go(page);
      await check("lost-code-fault");
      await page.fill("input[name=reference]", reference);
      await page.fill("input[name=contact]", "rana@example.com");
      await page.keyboard.press("Enter");
      await page.waitForURL(/done=asked/);
      await check("lost-code-asked");
      await page.goto(`/${language}/nowhere`);
      await check("not-found");
      // What may be called is on each page, errors too, and reads from left to right.
      const calls = page.locator(".site-foot a[href^='tel:+']");
      expect(await calls.count()).toBe(1);
      expect(await calls.locator("bdi[dir=ltr]").count()).toBe(1);
      expect(found).toEqual([]);
      expect([...wide, ...fallen]).toEqual([]);
      expect(who.errors).toEqual([]);
      expect(who.outside).toEqual([]);
      await who.close();
    }, 120_000);
  }
});
