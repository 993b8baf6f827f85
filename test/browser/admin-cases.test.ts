/** Cases in a real browser, in both languages, at desk and phone width: found, read, answered, and never overwritten. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import type { Language } from "../../src/engine/text/text.js";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture } from "../support/admin-browser.js";
import { type Person, sundayNine } from "../support/working-office.js";

jest.setTimeout(180_000);
let office: AdminBrowser;
let person: Person;
let waiting: string;
const hours = (n: number): Date => new Date(sundayNine.getTime() + n * 3_600_000);
const now = hours(15 * 24 + 2);
const seat = { role: "focal_point", place: "CSPD" } as const;
const caseAt = (reference: string): string => `/admin/resources/cases/records/${reference}/show`;

const subjects = [
  [
    "تأخر إصدار الهوية الشخصية",
    "راجعت الدائرة ثلاث مرات منذ بداية الشهر، وفي كل مرة يُطلب مني العودة الأسبوع القادم دون سبب واضح.",
  ],
  ["سوء معاملة عند شباك الأحوال المدنية", "لم يرد الموظف على سؤالي وطلب مني الانصراف أمام المراجعين."],
  ["The hall was closed", "Nobody opened the hall of the department before ten."],
  ["طلب تصحيح اسم في دفتر العائلة", "ورد اسم ابني بخطأ إملائي وأرفقت شهادة الميلاد."],
  ["Queue tickets run out by nine", "People wait outside in the cold since six in the morning."],
] as const;

beforeAll(async () => {
  office = await openAdminBrowser({ now });
  const { app } = office;
  const { receive, act, official } = app.office;
  person = official("focal_point", "CSPD");
  for (const [i, [subject, description]] of subjects.entries()) {
    const importance = ["critical", "high", "normal", "low", "normal"][i] ?? "normal";
    await receive({ subject, description, importance, language: i % 2 === 0 ? "ar" : "en" }, hours(10 * 24 + i));
  }
  const asked = await receive(
    { subject: "استفسار عن موعد تجديد الهوية", description: "متى أراجع لاستلامها؟" },
    hours(13 * 24),
  );
  waiting = asked.reference;
  await act(waiting, person, "take", {}, hours(13 * 24 + 1));
  await act(waiting, person, "note", { note: "اتصلت بمكتب الزرقاء: الطلب لديهم." }, hours(13 * 24 + 1.2));
  await act(waiting, person, "ask", { question: "أي مكتب راجعت، وفي أي يوم؟" }, hours(13 * 24 + 1.5));
  await app.services.deadlines.enforce({ now });
});
afterAll(() => office?.close());

async function looksRight(page: Page): Promise<void> {
  // What lies under the edge of the header that stays is no smaller for that.
  await page.evaluate(() => window.scrollTo(0, 0));
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await page.locator("#app").textContent()).not.toMatch(/undefined|\[object|NaN/);
}

/** And nothing is pushed sideways on the other screen either: a desk's, or a telephone's. */
async function looksRightOnBoth(page: Page): Promise<void> {
  await looksRight(page);
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  for (const other of [width === 390 ? 1280 : 390, width]) {
    await page.setViewportSize({ width: other, height });
    expect([other, await overflow(page)]).toEqual([other, 0]);
  }
}

const looks = [
  ["ar", 1280],
  ["en", 390],
] as const;

describe.each(looks)("in %s at %i pixels", (language, width) => {
  it("the list and a case read well", async () => {
    const visit = await office.signedIn(seat, { language: language as Language, width });
    const { page } = visit;
    await visit.open("/admin/resources/cases");
    await page.getByText("Queue tickets run out by nine").waitFor();
    await looksRightOnBoth(page);
    await picture(page, `cases-${language}-${width}`);
    await visit.open(caseAt(waiting));
    await page.getByText("متى أراجع لاستلامها؟").waitFor();
    await looksRightOnBoth(page);
    await picture(page, `case-${language}-${width}`);
    await page.getByRole("button", { name: language === "ar" ? "لماذا هذا الموعد؟" : "Why this deadline?" }).click();
    await page.locator("dialog .why-lines li").first().waitFor();
    await looksRightOnBoth(page);
    await picture(page, `why-${language}-${width}`);
    expect(visit.errors).toEqual([]);
    expect(visit.outside).toEqual([]);
    await visit.close();
  });
});

describe.each([
  ["ar", 1280],
  ["en", 390],
] as const)("the operation room in %s at %i pixels", (language, width) => {
  it("filters the cases of all entities", async () => {
    const visit = await office.signedIn({ role: "operation_room" }, { language, width });
    const { page } = visit;
    await visit.open("/admin/resources/cases?filters.late=late&filters.escalated=true");
    await page.locator("tbody tr").nth(1).waitFor();
    expect(await page.locator("tbody tr").count()).toBe(2);
    await looksRight(page);
    await picture(page, `room-${language}-${width}`);
    await visit.open("/admin/resources/cases?search=nothing-is-called-so");
    await page.locator(".empty").waitFor();
    await looksRight(page);
    await visit.open(`${caseAt(waiting)}?do=note`);
    await page.locator(".case-folds summary").first().click();
    const others = page.locator(".case-folds details", {
      hasText: language === "ar" ? "إجراءات لغيرك" : "Actions for other people",
    });
    await others.locator("summary").click();
    await others
      .getByText(language === "ar" ? "مقدم الطلب" : "the applicant")
      .first()
      .waitFor();
    await page.locator("form.form textarea").fill("x");
    await looksRight(page);
    await picture(page, `room-case-${language}-${width}`);
    expect(visit.errors).toEqual([]);
    await visit.close();
  });
});

describe("a focal point", () => {
  const fresh = async (subject: string) => {
    const { reference } = await office.app.office.receive({ subject, importance: "normal" }, hours(14 * 24));
    return reference;
  };

  it.each(["ar", "en"] as const)("answers a case end to end in %s", async (language) => {
    const words = {
      ar: {
        take: "تولّي الطلب",
        answer: "الرد",
        needed: "حقل «الرد» مطلوب.",
        done: "تم: الرد",
        text: "أُصدرت الهوية اليوم.",
      },
      en: {
        take: "Take the case",
        answer: "Answer",
        needed: "Answer is needed.",
        done: "Done: Answer",
        text: "It opens at eight now.",
      },
    }[language];
    const subject = `To be answered in ${language}`;
    const reference = await fresh(subject);
    const visit = await office.signedIn(seat, { language });
    const { page } = visit;
    await visit.open("/admin/resources/cases");
    await page.locator("input[type=search]").fill(subject);
    await page.getByRole("link", { name: subject }).click();
    await page.locator("h1", { hasText: subject }).waitFor();
    // It asks for nothing, so its button does it.
    await page.getByRole("button", { name: words.take, exact: true }).click();
    const answer = page.locator(".case-buttons").getByRole("button", { name: words.answer, exact: true });
    await page.locator(".case-buttons .button-primary", { hasText: words.answer }).waitFor();
    await answer.click();
    await page.locator("form.form button[type=submit]").click();
    await page.getByText(words.needed).waitFor();
    await page.locator("form.form textarea").fill(words.text);
    await picture(page, `act-${language}-1280`);
    await looksRight(page);
    await page.locator("form.form button[type=submit]").click();
    await page.locator(".toast", { hasText: words.done }).waitFor();
    await page.locator(".entry-answer .entry-text", { hasText: words.text }).waitFor();
    expect((await office.app.office.events(reference)).find(({ type }) => type === "case.answered")?.data.answer).toBe(
      words.text,
    );
    expect(visit.errors).toEqual([]);
    await visit.close();
  });

  it("sees the applicant only when asked for, on record", async () => {
    const reference = await fresh("Whose is it?");
    const visit = await office.signedIn(seat, { language: "en" });
    await visit.open(caseAt(reference));
    expect(await visit.page.content()).not.toContain("Rana Haddad");
    await visit.page.getByRole("button", { name: "Show (it is recorded)" }).click();
    await visit.page.getByText("Rana Haddad").waitFor();
    await visit.page.getByRole("tab", { name: "Who viewed personal data" }).click();
    await visit.page.locator(".readings .step-reading").waitFor();
    await visit.close();
  });

  it("transfers a case, is told that it went, and is led back to a desk from which it is gone", async () => {
    const subject = "It belongs to the police";
    const reference = await fresh(subject);
    const visit = await office.signedIn(seat, { language: "en" });
    const { page } = visit;
    await visit.open(`${caseAt(reference)}?do=transfer`);
    const entity = page.getByRole("combobox", { name: /^Entity/ });
    await entity.fill("civil status");
    await page.getByRole("option", { name: "Nothing found" }).waitFor();
    await entity.fill("public security");
    await page.getByRole("option", { name: "Public Security Directorate" }).first().click();
    await page.locator("form.form textarea").fill("Traffic is theirs.");
    await page.locator("form.form button[type=submit]").click();
    await page.locator(".case-left", { hasText: "The case went to another entity" }).waitFor();
    expect(await page.getByText(subject).count()).toBe(0);
    await looksRight(page);
    await picture(page, "case-left-en");
    // News of the transfer arrives meanwhile, and nothing of the case is asked for any more.
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.keyboard.press("Enter");
    await page.waitForURL(/admin$/);
    await page.locator("h1").first().waitFor();
    expect(asked.filter((url) => url.includes(reference))).toEqual([]);
    expect(visit.errors).toEqual([]);
    expect(await page.getByText(subject).count()).toBe(0);
    await visit.open(caseAt(reference));
    await page.getByText("No case with this reference number").first().waitFor();
    await visit.close();
  });

  it("shows the rest of the page where one part of it breaks, and that part again once it is well", async () => {
    const reference = await fresh("The part that broke");
    const visit = await office.signedIn(seat, { language: "en" });
    const { page } = visit;
    let broken = true;
    // What no server sends, so that the part throws where it is drawn.
    await page.route(/\/records\/[^/]+\/page$/, async (route) => {
      const answer = await route.fetch();
      const text = await answer.text();
      await route.fulfill({
        response: answer,
        body: broken ? text.replace('"clocks":[', '"clocks":null,"was":[') : text,
      });
    });
    await visit.open(caseAt(reference));
    await page.locator(".case-aside").getByText("This part could not be shown").waitFor();
    await page.locator(".case-aside").getByRole("heading", { name: "Applicant", exact: true }).waitFor();
    expect(await page.locator(".case-buttons button").count()).toBeGreaterThan(0);
    broken = false;
    await page.locator("#navigation").getByRole("link", { name: "Cases" }).click();
    await page.waitForURL(/resources\/cases$/);
    await page.goBack();
    await page.locator(".case-aside .clock-bar").first().waitFor();
    await visit.close();
  });

  it("gives no sign of life to a case that an act, whose answer is still on its way, took out of reach", async () => {
    const reference = await fresh("It belongs to the police too");
    const visit = await office.signedIn(seat, { language: "en" });
    const { page } = visit;
    await page.clock.install();
    await visit.open(`${caseAt(reference)}?do=transfer`);
    await page.getByRole("combobox", { name: /^Entity/ }).fill("public security");
    await page.getByRole("option", { name: "Public Security Directorate" }).first().click();
    await page.locator("form.form textarea").fill("Traffic is theirs.");
    const signs: string[] = [];
    let done = false;
    await page.route(/\/perform$/, async (route) => {
      const answer = await route.fetch();
      page.on("request", (request) => request.url().includes(reference) && signs.push(request.url()));
      // Longer than it takes from one sign of life to the next.
      await page.clock.fastForward(11_000);
      // Whatever the page asked for because of that has been heard of.
      await page.evaluate(() => undefined);
      done = true;
      await route.fulfill({ response: answer });
    });
    await page.locator("form.form button[type=submit]").click();
    await page.locator(".case-left", { hasText: "The case went to another entity" }).waitFor();
    expect([done, signs, visit.errors]).toEqual([true, [], []]);
    await visit.close();
  });

  it("is told when somebody else transfers the case meanwhile, and asks for it no more than that once", async () => {
    const reference = await fresh("Whose turn is it?");
    const visit = await office.signedIn(seat, { language: "en" });
    const { page } = visit;
    await visit.open(`${caseAt(reference)}?do=note`);
    await page.locator("form.form textarea").fill("Not sent yet");
    const fields = { entity: "PSD", reason: "Theirs" };
    await office.app.office.act(
      reference,
      office.app.office.official("focal_point", "CSPD", 1),
      "transfer",
      fields,
      now,
    );
    await page.locator(".case-left", { hasText: "You can no longer see this case" }).waitFor();
    await page.getByText("What you were writing here was not sent.").waitFor();
    expect(await page.locator(".case-left textarea").inputValue()).toBe("Not sent yet");
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.keyboard.press("Enter");
    await page.waitForURL(/admin$/);
    await page.locator("h1").first().waitFor();
    expect(asked.filter((url) => url.includes(reference))).toEqual([]);
    await visit.close();
  });

  it.each([
    ["ar", 1280],
    ["ar", 390],
    ["en", 390],
  ] as const)(
    "looks for the entity to transfer to by typing, with keys alone, in %s at %i pixels",
    async (language, width) => {
      const reference = await fresh(`Whose is it, in ${language} at ${width}?`);
      const visit = await office.signedIn(seat, { language, width });
      const { page } = visit;
      await visit.open(`${caseAt(reference)}?do=transfer`);
      const entity = page.locator("form.form input[role=combobox]");
      await entity.waitFor();
      expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("combobox");
      await page.keyboard.press("ArrowDown");
      await page.getByRole("option").nth(11).waitFor();
      for (let i = 0; i < 11; i += 1) await page.keyboard.press("ArrowDown");
      // The twelfth lies below the edge of the list: it has come into sight.
      const edges = await page.evaluate(() =>
        ["[role=listbox]", "[role=option][aria-selected=true]"].map(
          (one) => document.querySelector(one)?.getBoundingClientRect().bottom ?? 0,
        ),
      );
      expect(edges[1]).toBeLessThanOrEqual(edges[0] ?? 0);
      await looksRight(page);
      await picture(page, `transfer-${language}-${width}`);
      await page.keyboard.press("Escape");
      // As somebody in a hurry types it: no hamza, ه for ة, in either language of the page.
      await page.keyboard.type("مديريه الامن العام");
      await page.locator("[role=option]").first().waitFor();
      await page.keyboard.press("Enter");
      const name = language === "ar" ? "مديرية الأمن العام" : "Public Security Directorate";
      expect(await entity.inputValue()).toBe(name);
      await looksRight(page);
      // What was chosen outlives a reload, as what was typed does.
      await page.reload();
      await entity.waitFor();
      expect(await entity.inputValue()).toBe(name);
      await page.locator("form.form textarea").fill("Traffic is theirs.");
      await page.locator("form.form button[type=submit]").click();
      await page.locator(".case-left").waitFor();
      await looksRight(page);
      await picture(page, `case-left-${language}-${width}`);
      expect((await office.app.office.caseRow(reference)).entity).toBe("PSD");
      expect(visit.errors).toEqual([]);
      await visit.close();
    },
  );

  it("opens a case by its reference, typed in Arabic digits, from anywhere", async () => {
    const reference = await fresh("Read out on the telephone");
    const visit = await office.signedIn(seat, { language: "ar" });
    const { page } = visit;
    await visit.open("/admin/resources/cases?filters.kind=final");
    const typed = reference.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))).replaceAll("-", " ");
    await page.locator(".finder input:visible").first().fill(typed);
    await page.keyboard.press("Enter");
    await page.locator("h1", { hasText: "Read out on the telephone" }).waitFor();
    await visit.close();
  });

  it("moves through the list by keys and sends a view as an address", async () => {
    const visit = await office.signedIn(seat, { language: "en" });
    const { page } = visit;
    await visit.open("/admin/resources/cases?filters.kind=waiting");
    expect(await page.locator("tbody tr").count()).toBe(1);
    await page.getByRole("button", { name: "All", exact: true }).click();
    await page.locator("tbody tr").nth(3).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    const second = await page.locator(".row-link").nth(1).textContent();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(second);
    await page.keyboard.press("k");
    await page.keyboard.press("Enter");
    await page.waitForURL(/records\/\d{3}-\d{3}-\d{4}\/show/);
    await visit.close();
  });

  it("is refused when another was faster, hears what changed, and keeps the text over a reload", async () => {
    const reference = await fresh("Two at once");
    const mine = "It took me ten minutes to write this.";
    const [one, other] = [
      await office.signedIn(seat, { language: "en" }),
      await office.signedIn({ role: "operation_room" }, { language: "en" }),
    ];
    await one.open(caseAt(reference));
    await other.open(caseAt(reference));
    await one.page.locator(".case-buttons").getByRole("button", { name: "Internal note" }).click();
    await one.page.locator("form.form textarea").fill(mine);
    await other.page.locator(".case-buttons").getByRole("button", { name: "Internal note" }).click();
    await other.page.locator("form.form textarea").fill("The ministry called about it.");
    await other.page.locator("form.form button[type=submit]").click();
    await other.page.locator(".toast").waitFor();

    await one.page.locator("form.form button[type=submit]").click();
    const refusal = one.page.locator(".notice", { hasText: "The case changed while you were writing" });
    await refusal.waitFor();
    expect(await refusal.textContent()).toContain("Internal note.");
    expect(await refusal.textContent()).toContain("The ministry called about it.");
    expect(await one.page.locator("form.form textarea").inputValue()).toBe(mine);
    await looksRight(one.page);
    await picture(one.page, "conflict-en-1280");

    // A key sends nothing over what its writer cannot see: it brings that into sight.
    await one.page.setViewportSize({ width: 1280, height: 500 });
    const inSight = async () => {
      const { y, height } = (await refusal.boundingBox()) ?? { y: -1, height: 0 };
      return y >= 0 && y + height <= 500;
    };
    await one.page.locator("form.form textarea").focus();
    await one.page.evaluate(() => window.scrollTo(0, 0));
    expect(await inSight()).toBe(false);
    await one.page.keyboard.press("Control+Enter");
    await one.page.waitForFunction(() => {
      const box = document.querySelector(".composer-first .notice")?.getBoundingClientRect();
      return box !== undefined && box.top >= 0 && box.bottom <= window.innerHeight;
    });
    expect(await inSight()).toBe(true);
    expect(await one.page.locator(".entry-note", { hasText: mine }).count()).toBe(0);
    await one.page.setViewportSize({ width: 1280, height: 900 });

    await one.page.reload();
    await one.page.locator("form.form textarea").waitFor();
    expect(await one.page.locator("form.form textarea").inputValue()).toBe(mine);
    await one.page.locator("form.form button[type=submit]").click();
    await one.page.locator(".entry-note", { hasText: mine }).waitFor();
    await one.close();
    await other.close();
  });
});
