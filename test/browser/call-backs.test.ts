/** Call-backs in a browser: a whole call by keyboard, in both languages; the lead's figures; asking from the page of a case. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Page } from "playwright-core";
import { tryOutcomeNames } from "../../src/engine/contact-centre/call-backs.js";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture } from "../support/admin-browser.js";
import { sundayNine } from "../support/working-office.js";

let office: AdminBrowser;
const hours = (n: number): Date => new Date(sundayNine.getTime() + n * 3_600_000);
const languages = ["en", "ar"] as const;
let focal: ReturnType<AdminBrowser["app"]["office"]["official"]>;
let people = 0;

async function ask(note: string, at: Date): Promise<{ caseId: number; reference: string }> {
  const { office: work, services } = office.app;
  people += 1;
  const applicant = { category: "citizen", name: `نور الحداد ${people}`, phone: `+96279${2_000_000 + people}` };
  const sent = await work.receive({ language: "ar", applicant }, at);
  await work.act(sent.reference, focal, "answer", { answer: "فُتحت القاعة من جديد، ويمكنكم المراجعة." }, at);
  await services.contactCentre.callBacks.ask({ reference: sent.reference, note, actor: focal, now: at });
  return sent;
}

/** One that nobody answered, and one whose caller wishes for a day off. */
async function leaveForLater(): Promise<void> {
  const actor = office.app.office.official("contact_centre_agent", null, 3);
  const { callBacks } = office.app.services.contactCentre;
  const [first, second] = (await callBacks.list({ actor, now: hours(0), late: false })).rows
    .slice(-2)
    .map(({ id }) => id);
  for (const [id, outcome] of [
    [first, "noAnswer"],
    [second, "later"],
  ] as const) {
    const report = { number: 1, outcome, note: "", laterAt: "2026-11-27T08:00:00Z", rating: null, scales: null };
    await callBacks.claim({ id: Number(id), actor, now: hours(0) });
    await callBacks.report({ ...report, id: Number(id), actor, now: hours(0) });
  }
}

/** Of the page as it is, on a desk and on a telephone, where nothing lies beside it. */
async function pictures(page: Page, named: string): Promise<void> {
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    expect([named, width, await overflow(page)]).toEqual([named, width, 0]);
    await picture(page, `${named}-${width}`);
  }
}

beforeAll(async () => {
  office = await openAdminBrowser({ now: hours(0) });
  focal = office.app.office.official("focal_point", "CSPD");
  const old = hours(-24 * 4);
  await ask("يفضّل الاتصال صباحًا", old);
  for (let n = 0; n < 12; n += 1) await ask("", hours(-1));
  await leaveForLater();
  await office.app.office.asOwner(
    `update programmes set settings = settings || '{"surveyPercent":100,"surveyDays":0,"callBacks":"none"}' where code = 'jordan'`,
  );
  await office.app.services.jobs.run("make-call-backs", hours(0));
}, 180_000);
afterAll(() => office.close());

const callsOf = () => office.app.office.rows("select kind, outcome from calls order by id");

describe.each(languages)("the agent's list (%s)", (language) => {
  it("is worked through by keyboard alone, from the overdue call to the next one, whatever comes of each", async () => {
    const visit = await office.signedIn(
      { role: "contact_centre_agent", nth: languages.indexOf(language) },
      { language },
    );
    const { page } = visit;
    await visit.open("/admin/pages/call-backs");
    await page.locator(".row-link").first().waitFor();
    await pictures(page, `call-backs-${language}`);
    expect(await axe(page)).toEqual([]);
    // What comes later says when and why, and not who it is; there is nothing to open.
    const later = page.locator("main table").nth(1);
    expect(await later.locator("tbody tr").count()).toBeGreaterThanOrEqual(2);
    const [noAnswer, wished] =
      language === "ar" ? ["لتعذّر الوصول", "خارج ساعات العمل"] : ["not reached yet", "outside working hours"];
    expect(await later.textContent()).toContain(noAnswer);
    expect(await later.textContent()).toContain(wished);
    expect(await later.locator(".row-link").count()).toBe(0);
    expect(await page.locator("main").textContent()).not.toMatch(/\+962|الحداد/);
    const before = (await callsOf()).length;

    await page.keyboard.press("j");
    const putOff = (to: Date | null) =>
      office.app.office.asOwner(
        "update call_backs set wished_at = $1 where state = 'open' and reason = 'callerAsked' and ready_at <= $2",
        to,
        hours(0),
      );
    const hints =
      language === "ar"
        ? ["لا مقدم الطلب", "هذا هو الموعد الذي اختاره"]
        : ["The office asked for this call, not the applicant", "this is the time they chose"];
    for (const outcome of ["reached", "noAnswer", "wrongNumber", "later"] as const) {
      await page.waitForFunction(() => document.activeElement?.classList.contains("row-link"));
      // Who put the call off before chose its time.
      if (outcome === "wrongNumber") await putOff(hours(-1));
      await page.keyboard.press("Enter");
      await page.locator(".call-number").waitFor();
      expect(await page.locator(".call-number").textContent()).toMatch(/\+96279/);
      if (outcome === "reached") await pictures(page, `call-in-hand-${language}`);
      const said = (await page.locator(".call-in-hand").textContent()) ?? "";
      const wished = outcome === "wrongNumber" || outcome === "later";
      expect([outcome, ...hints.map((hint) => said.includes(hint))]).toEqual([outcome, !wished, wished]);
      // The panel has the focus: the number, then what may be read out, then what came of it.
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.locator(".call-in-hand .call-written").waitFor();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Space");
      for (let n = tryOutcomeNames.indexOf(outcome); n > 0; n -= 1) await page.keyboard.press("ArrowDown");
      expect(await page.locator(`input[name=outcome][value=${outcome}]`).isChecked()).toBe(true);
      const say = (ar: string, en: string) => (language === "ar" ? ar : en);
      const follows = {
        reached: say("بهذا تنتهي المهمة", "This completes the task"),
        noAnswer: say("ابتداءً من", "is called again from"),
        wrongNumber: say("لن يُعاود الاتصال", "Nobody calls again"),
        later: say("ابتداءً من", "is called again from"),
      }[outcome];
      if (outcome !== "later") await page.locator(".call-in-hand form [role=status]").getByText(follows).waitFor();
      if (outcome === "later") {
        await page.locator("#field-laterAt").fill("2026-11-27T11:00");
        // Friday: said while the person is on the line, in their language.
        await page.locator(".call-in-hand form [role=status]").getByText("خارج ساعات عملنا").waitFor();
        expect(await page.evaluate(() => document.activeElement?.id)).toBe("field-laterAt");
      }
      if (outcome === "reached" || outcome === "later") {
        await pictures(page, `call-reported-${outcome}-${language}`);
        expect(await axe(page)).toEqual([]);
      }
      await page.locator(".call-in-hand button[type=submit]").focus();
      await page.keyboard.press("Enter");
      await page.locator(".call-number").waitFor({ state: "detached" });
      // The newest one tells it too, and is no success where nobody was reached.
      const news = page.locator(".toasts > *").last();
      await news.getByText(follows).waitFor();
      expect([outcome, await news.getAttribute("class")]).toEqual([
        outcome,
        `toast toast-${outcome === "reached" ? "success" : "info"}`,
      ]);
    }
    await putOff(null);
    // The next call is a key away, with the notice at the top in sight.
    await page.waitForFunction(() => document.activeElement?.classList.contains("row-link"));
    await page.waitForFunction(() => window.scrollY === 0);
    await pictures(page, `call-backs-after-${language}`);
    expect((await callsOf()).slice(before).map(({ outcome }) => outcome)).toEqual([
      ...["reached", "noAnswer", "wrongNumber", "later"],
    ]);
    expect(visit.errors).toEqual([]);
    expect(visit.outside).toEqual([]);
    await visit.close();
  });

  it("says what is missing, and asks the questions of a survey call", async () => {
    const visit = await office.signedIn(
      { role: "contact_centre_agent", nth: 2 + languages.indexOf(language) },
      { language },
    );
    const { page } = visit;
    await visit.open("/admin/pages/call-backs");
    const survey = page.locator(".row-link", { hasText: language === "ar" ? "استطلاع" : "Survey" });
    await survey.first().click();
    await page.locator(".call-number").waitFor();
    await page.locator(".call-in-hand button[type=submit]").click();
    await page.locator("[aria-invalid], .field-fault").first().waitFor();
    // What is wrong with a day is gone with its field.
    await page.locator("input[name=outcome][value=later]").check();
    await page.locator("#field-laterAt").fill("2020-11-27T11:00");
    await page.locator(".call-in-hand button[type=submit]").click();
    await page.locator("#field-laterAt[aria-invalid]").waitFor();
    await page.locator("input[name=outcome][value=reached]").check();
    await page.locator(".call-in-hand form > [role=alert]").waitFor({ state: "detached" });
    await page.locator("#field-rating").selectOption("4");
    // Whole sentences, in the language of the person, from the greeting to the end.
    const spoken = await page.locator(".call-in-hand .call-words[lang=ar]").allTextContents();
    expect([spoken[0]?.startsWith("نهاركم سعيد"), spoken.length, spoken.at(-1)?.endsWith("مع السلامة.")]).toEqual([
      ...[true, 8, true],
    ]);
    expect(spoken).toContain("من 1 إلى 5، ما مدى رضاكم عن سرعة الرد؟");
    await pictures(page, `survey-call-${language}`);
    expect(await axe(page)).toEqual([]);
    const answered = async () => (await office.app.office.rows("select 1 from survey_answers")).length;
    const before = await answered();
    await page.locator(".call-in-hand button[type=submit]").click();
    await page.locator(".call-number").waitFor({ state: "detached" });
    expect(await answered()).toBe(before + 1);
    await visit.close();
  });

  it("is read by the lead without a name or a number, beside the figures by shift and agent", async () => {
    const visit = await office.signedIn({ role: "contact_centre_lead" }, { language });
    const { page } = visit;
    await visit.open("/admin");
    await page.locator("main .figure-card").first().waitFor();
    await picture(page, `lead-home-${language}`);
    expect(await page.locator("main").textContent()).not.toMatch(/Not shown|غير معروض/);
    await page.setViewportSize({ width: 390, height: 900 });
    await picture(page, `lead-home-phone-${language}`);
    expect(await overflow(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });
    await visit.open("/admin/pages/call-backs");
    await page.locator("main table").nth(1).waitFor();
    expect(await page.locator(".row-link").count()).toBe(0);
    expect(await page.locator("main").textContent()).not.toMatch(/\+962|الحداد/);
    await visit.open("/admin/pages/contact-figures");
    await page.locator("main table").nth(2).waitFor();
    await picture(page, `contact-figures-${language}`);
    expect(await axe(page)).toEqual([]);
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect([width, await overflow(page)]).toEqual([width, 0]);
      if (width === 390) await picture(page, `contact-figures-phone-${language}`);
      // A usual day is read without scrolling for ever: three figures a line, the others on demand.
      if (width === 390) expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(2500);
    }
    const more = page.locator(".contact-more").first();
    expect(await more.locator("table").isVisible()).toBe(false);
    await more.locator("summary").click();
    await more.locator("table").waitFor();
    expect(await overflow(page)).toBe(0);
    await page.setViewportSize({ width: 390, height: 900 });
    await page.evaluate(() => window.scrollTo(0, 0));
    await picture(page, `contact-figures-more-${language}`);
    // All columns are in sight there too.
    await page.waitForFunction(() => document.querySelector(".moves-sideways") === null);
    expect(await axe(page)).toEqual([]);
    expect(await page.locator("main").textContent()).not.toMatch(/percentile|median|المئين|وسيط/i);
    await visit.close();
  });

  it("says what a caller's wish leads to before and after it is taken down, and takes down that no call is needed any more", async () => {
    const phone = `+96279${4_000_000 + languages.indexOf(language)}`;
    const applicant = { category: "citizen", name: "هدى", phone };
    const { reference, code } = await office.app.office.receive({ applicant }, hours(0));
    const visit = await office.signedIn(
      { role: "contact_centre_agent", nth: 2 + languages.indexOf(language) },
      { language },
    );
    const { page } = visit;
    await visit.open("/admin/pages/caller");
    // A call that is left open: its number reads from the left, its sign first.
    await page.locator("#field-phone").fill(phone);
    await page.keyboard.press("Alt+n");
    const open = page.locator(".call-drafts button").first();
    await open.waitFor();
    const [sign, last] = await open.evaluate((button) => {
      const text = document.createTreeWalker(button, NodeFilter.SHOW_TEXT).nextNode() as Text;
      const leftOf = (at: number): number => {
        const range = document.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect().left;
      };
      const plus = text.data.indexOf("+");
      return [leftOf(plus), leftOf(plus + 12)];
    });
    expect(Number(sign)).toBeLessThan(Number(last));

    await page.keyboard.press("Alt+e");
    await page.locator("#field-reference").fill(reference);
    await page.locator("#field-code").fill(code);
    await page.keyboard.press("Enter");
    const form = page.locator("form").filter({ has: page.locator("#field-at") });
    // What is there at first is read with the page; only what comes of a wish speaks up. Both are said as the caller speaks.
    await form.getByText("by Monday 23 November 2026, 09:00").waitFor();
    const said = form.getByRole("status");
    expect(await said.textContent()).toBe("");
    expect(await page.locator(".call-read-out p[lang=en][dir=ltr]").count()).toBeGreaterThan(0);
    await page.locator("#field-at").fill("2026-11-27T11:00");
    const outside = "outside our working hours";
    await said.getByText(outside).waitFor();
    await pictures(page, `caller-wish-${language}`);
    expect(await axe(page)).toEqual([]);
    await form.locator("button[type=submit]").focus();
    await page.keyboard.press("Enter");
    await form.waitFor({ state: "detached" });
    await page.getByText(outside).waitFor();
    // What is read out of the case says the same.
    const promised = async () => (await page.locator(".call-read-out").textContent()) ?? "";
    await page.locator(".call-read-out", { hasText: "from Sunday 29 November 2026" }).waitFor();
    await pictures(page, `caller-wished-${language}`);
    expect(await axe(page)).toEqual([]);

    // In the same call they think of another time, and of the first one after that.
    await page.getByRole("button", { name: language === "ar" ? "تغيير الموعد" : "Change the time" }).click();
    await page.waitForFunction(() => document.activeElement?.id === "field-at");
    expect(await page.locator("#field-at").inputValue()).toBe("2026-11-27T11:00");
    // The same person telephones again.
    await page.locator(".call-opened button").click();
    await page.locator("#field-reference").fill(reference);
    await page.locator("#field-code").fill(code);
    await page.keyboard.press("Enter");
    await form.waitFor();
    // Their wish is there: who only adds a note does not take it away.
    expect(await page.locator("#field-at").inputValue()).toBe("2026-11-27T11:00");
    await pictures(page, `caller-open-${language}`);
    // Another time takes the place of the first, wherever it is said.
    await page.locator("#field-at").fill("2026-11-24T11:00");
    await said.getByText("from Tuesday 24 November 2026").waitFor();
    await form.locator("button[type=submit]").click();
    await form.waitFor({ state: "detached" });
    await page.locator(".call-read-out", { hasText: "from Tuesday 24 November 2026" }).waitFor();
    expect(await promised()).not.toContain("29 November");
    await page.getByText(language === "ar" ? "غُيّر الموعد" : "Changed. Read this").waitFor();
    expect(await page.locator("main").textContent()).not.toContain("29 November");
    await pictures(page, `caller-moved-${language}`);
    await page.locator(".call-opened button").click();
    await page.locator("#field-reference").fill(reference);
    await page.locator("#field-code").fill(code);
    await page.keyboard.press("Enter");
    await form.waitFor();
    await form.getByRole("button", { name: language === "ar" ? "لم تعد" : "No call needed" }).click();
    await form.waitFor({ state: "detached" });
    const ended = await office.app.office.rows(
      "select b.outcome from call_backs b join applicants p on p.case_id = b.case_id where p.phone = $1",
      phone,
    );
    expect(ended).toEqual([{ outcome: "cancelled" }]);
    await visit.close();
  });
});

/** Each in one language: the same panels are looked at in both above. */
describe.each(languages.slice(1))("a call (%s)", (language) => {
  it("says who has the call that a colleague took at the same moment; the list is new, and the focus where it was", async () => {
    const visit = await office.signedIn(
      { role: "contact_centre_agent", nth: languages.indexOf(language) },
      { language },
    );
    const { page } = visit;
    await visit.open("/admin/pages/call-backs");
    const row = page.locator(".row-link").first();
    await row.focus();
    const colleague = office.app.office.official("contact_centre_agent", null, 3);
    const { callBacks } = office.app.services.contactCentre;
    const [due] = (await callBacks.list({ actor: colleague, now: hours(0), late: false })).rows;
    await callBacks.claim({ id: Number(due?.id), actor: colleague, now: hours(0) });
    await page.keyboard.press("Enter");
    const problem = page.locator(".problem, .notice, [role=alert]", { hasText: colleague.name }).first();
    await problem.waitFor();
    await page.locator("main table").first().locator("tr", { hasText: colleague.name }).waitFor();
    await pictures(page, `call-taken-${language}`);
    expect(await axe(page)).toEqual([]);
    expect(await row.evaluate((link) => link === document.activeElement)).toBe(true);
    await callBacks.release({ id: Number(due?.id), actor: colleague, now: hours(0) });
    await visit.close();
  });

  it("gets a call that who handles the case asks for on its page", async () => {
    const applicant = { category: "citizen", name: "سلمى", phone: `+96279${3_000_000 + languages.indexOf(language)}` };
    const { reference } = await office.app.office.receive({ applicant }, hours(0));
    const visit = await office.signedIn({ role: "focal_point", place: "CSPD" }, { language });
    const { page } = visit;
    // The address of a news item opens the dialog; where the reader may not ask, nothing of it is left.
    const reader = await office.signedIn({ role: "auditor" }, { language });
    await reader.open(`/admin/resources/cases/records/${reference}/show?callBack=ask`);
    await reader.page.locator("main h1").first().waitFor();
    await reader.page.waitForFunction(() => !location.search.includes("callBack"));
    expect(await reader.page.locator("dialog[open]").count()).toBe(0);
    await reader.close();
    await visit.open(`/admin/resources/cases/records/${reference}/show`);
    const name = language === "ar" ? "طلب معاودة الاتصال" : "Ask for a call-back";
    await page.getByRole("button", { name }).click();
    await page.locator("dialog textarea").fill("ذُكر أن الخط يعمل مساءً.");
    await picture(page, `ask-call-back-${language}`);
    expect(await axe(page)).toEqual([]);
    await page.locator("dialog button[type=submit]").click();
    await page.locator("dialog").waitFor({ state: "detached" });
    await page
      .getByText(language === "ar" ? "موعد المكالمة" : "call by")
      .first()
      .waitFor();
    await picture(page, `asked-call-back-${language}`);
    await visit.close();
  });
});

describe.each(languages.slice(0, 1))("a call (%s)", (language) => {
  it("keeps a report that is half written, says which call stands in the way, and nothing that is settled", async () => {
    const { office: work } = office.app;
    const phone = `+96279${5_000_000 + languages.indexOf(language)}`;
    const applicant = { category: "citizen", name: "رنا", phone };
    const sent = await work.receive({ language: "ar", applicant }, hours(-30));
    await work.act(sent.reference, focal, "answer", { answer: "أُصلح العطل." }, hours(-30));
    // The first of the list, and an answer that reached nobody.
    await work.asOwner(
      `insert into call_backs (key, programme, case_id, reason, language, created_at, ready_at, due_at, promised_at)
       values ($1, 'jordan', $2, 'answerNotDelivered', 'ar', $3, $3, $3, $3)`,
      ...[`answer/${sent.caseId}/1`, sent.caseId, new Date("2020-01-01T00:00:00Z")],
    );
    const seat = { role: "contact_centre_agent", nth: languages.indexOf(language) } as const;
    const visit = await office.signedIn(seat, { language });
    const { page } = visit;
    const say = (ar: string, en: string) => (language === "ar" ? ar : en);
    await visit.open("/admin/pages/call-backs");
    await page.locator(".row-link").first().click();
    await page.locator(".call-number", { hasText: phone }).waitFor();
    await page.locator("input[name=outcome][value=reached]").check();
    await page.locator("#field-note").fill("يشكر المكتب");
    await page.locator(".call-in-hand button[type=submit]").click();
    const fault = page.getByText(say("افتح أولًا ما يُقرأ", "Open what is read out first")).first();
    await fault.waitFor();
    await page.getByRole("button", { name: say("عرض ما يُقرأ", "show what to read out") }).click();
    await page.locator(".call-written").waitFor();
    await fault.waitFor({ state: "detached" });
    expect(await page.locator(".call-in-hand").textContent()).toContain("إعادة فتح الطلب حتى");
    await pictures(page, `call-opened-${language}`);

    await visit.open("/admin");
    await page.goBack();
    const show = page.getByRole("button", { name: say("عرض المكالمة", "Show the call") });
    await show.waitFor();
    // Another call of the list is refused for what it is.
    await page.locator(".row-link").nth(1).click();
    await page.getByText(say("بين يديك مكالمة أخرى", "You have another call in hand")).waitFor();
    expect(await page.locator("main").textContent()).not.toContain(say("تغيّر هذا", "This changed"));
    await pictures(page, `call-another-${language}`);
    expect(await axe(page)).toEqual([]);
    await show.click();
    await page.locator(".call-number", { hasText: phone }).waitFor();
    expect(await page.locator("input[name=outcome][value=reached]").isChecked()).toBe(true);
    expect(await page.locator("#field-note").inputValue()).toBe("يشكر المكتب");
    // Given back, nothing of it is left.
    await page
      .locator(".call-in-hand")
      .getByRole("button", { name: say("إعادتها", "Give it back") })
      .click();
    await page.locator(".call-number").waitFor({ state: "detached" });
    await page.locator(".row-link").first().click();
    await page.locator(".call-number", { hasText: phone }).waitFor();
    expect(await page.locator("input[name=outcome]:checked").count()).toBe(0);
    expect(await page.locator("#field-note").inputValue()).toBe("");
    await page.locator("input[name=outcome][value=wrongNumber]").check();
    await page.locator(".call-in-hand button[type=submit]").click();
    await page.locator(".call-number").waitFor({ state: "detached" });
    await visit.close();

    // Neither its official nor an agent is offered that number again.
    const owner = await office.signedIn({ role: "focal_point", place: "CSPD" }, { language });
    await owner.open(`/admin/resources/cases/records/${sent.reference}/show`);
    const why = say("اطلب منه رقمه الصحيح", "Ask the applicant for the right number");
    await owner.page.getByText(why).waitFor();
    expect(
      await owner.page.getByRole("button", { name: say("طلب معاودة الاتصال", "Ask for a call-back") }).count(),
    ).toBe(0);
    await owner.page.getByText(why).scrollIntoViewIfNeeded();
    await picture(owner.page, `wrong-number-case-${language}`);
    expect(await axe(owner.page)).toEqual([]);
    await owner.close();
    const agent = await office.signedIn(seat, { language });
    await agent.open("/admin/pages/caller");
    await agent.page.keyboard.press("Alt+e");
    await agent.page.locator("#field-reference").fill(sent.reference);
    await agent.page.locator("#field-code").fill(sent.code);
    await agent.page.keyboard.press("Enter");
    await agent.page.getByText(say("لا يمكن طلب معاودة الاتصال", "No call-back can be asked for")).waitFor();
    expect(await agent.page.locator("#field-at").count()).toBe(0);
    await pictures(agent.page, `wrong-number-caller-${language}`);
    expect(await axe(agent.page)).toEqual([]);
    await agent.close();
  });
});

it("the operation room finds both on the figures page", async () => {
  const visit = await office.signedIn({ role: "operation_room" }, { language: "ar" });
  const { page } = visit;
  await visit.open("/admin/pages/figures");
  const link = page.locator("main a[href*='contact-figures']");
  await link.waitFor({ timeout: 60_000 });
  await link.scrollIntoViewIfNeeded();
  await picture(page, "figures-by-way-ar");
  await link.click();
  await page.waitForURL(/contact-figures/);
  await visit.close();
});

it.each(languages.slice(1))("at night no one is called, and the list says from when (%s)", async (language) => {
  office.app.setNow(hours(12));
  const visit = await office.signedIn({ role: "contact_centre_agent", nth: 3 }, { language });
  const { page } = visit;
  await visit.open("/admin/pages/call-backs");
  await page.getByText(language === "ar" ? "يمكن إجراء المكالمة التالية" : "The next call may be made").waitFor();
  expect(await page.locator(".row-link").count()).toBe(0);
  await pictures(page, `call-backs-night-${language}`);
  expect(await axe(page)).toEqual([]);
  await visit.close();
  // A call that is late is so at night too, and the nought of those to make now says it in words.
  await office.app.office.asOwner(
    "update call_backs set due_at = $1 where id = (select min(id) from call_backs where state = 'open')",
    hours(-1),
  );
  const lead = await office.signedIn({ role: "contact_centre_lead" }, { language });
  const say = (ar: string, en: string) => (language === "ar" ? ar : en);
  await lead.open("/admin/pages/contact-figures");
  const late = language === "ar" ? /متأخر/ : /\d+ (is|are) overdue/;
  await lead.page.locator("main .figure-card", { hasText: late }).first().waitFor();
  await picture(lead.page, `late-at-night-contact-figures-${language}`);
  // The number of the home leads to those calls, and to no other.
  await lead.open("/admin");
  const card = lead.page.locator("main a.figure-card", { hasText: say("مكالمات متأخرة", "Overdue calls") });
  await card.waitFor();
  await picture(lead.page, `late-at-night-admin-${language}`);
  const n = Number(await card.locator(".figure-value").textContent());
  expect(n).toBeGreaterThan(0);
  await card.click();
  await lead.page.waitForURL(/call-backs\?late=1/);
  const line = lead.page.locator("main tbody tr");
  await line.first().waitFor();
  expect(await line.count()).toBe(n);
  const first = String(await line.first().textContent());
  for (const words of [
    say("متأخرة", "overdue"),
    say("لا أحد", "Nobody"),
    say("يمكن الاتصال ابتداءً من", "May be called from"),
  ])
    expect(first).toContain(words);
  expect(await lead.page.locator("main").textContent()).not.toMatch(/\+962|الحداد/);
  await pictures(lead.page, `late-calls-${language}`);
  expect(await axe(lead.page)).toEqual([]);
  await lead.page.getByRole("link", { name: say("كل المكالمات", "All calls") }).click();
  await lead.page.getByRole("heading", { name: say("مكالمات لاحقة", "Calls for later") }).waitFor();
  await lead.close();
  office.app.setNow(hours(0));
});

it.each(languages.slice(0, 1))(
  "an owner lists the answers that reached nobody by a filter of the list (%s)",
  async (language) => {
    const way = (callBacks: string) =>
      office.app.office.asOwner(
        "update programmes set settings = settings || $1::jsonb where code = 'jordan'",
        JSON.stringify({ callBacks }),
      );
    await way("unreached");
    await office.app.services.jobs.run("make-call-backs", hours(0));
    await way("none");
    const say = (ar: string, en: string) => (language === "ar" ? ar : en);
    const visit = await office.signedIn({ role: "focal_point", place: "CSPD" }, { language });
    const { page } = visit;
    await visit.open("/admin/resources/cases");
    await page.getByRole("button", { name: say("عوامل تصفية أخرى", "More filters") }).click();
    const chosen = say("تعذر إيصال الرد", "Answer could not be delivered");
    const happened = page.getByLabel(say("ما حدث", "What happened"));
    await happened.selectOption({ label: String(await happened.locator("option", { hasText: chosen }).textContent()) });
    await page.waitForURL(/happened=answerUndelivered/);
    const { total } = await office.app.services.cases.search({
      ...{ actor: focal, now: hours(0), filters: { happened: "answerUndelivered" } },
      ...{ offset: 0, limit: 25 },
    });
    expect(total).toBeGreaterThan(0);
    await page.waitForFunction((n) => document.querySelectorAll("tbody tr").length === n, total);
    await pictures(page, `undelivered-answers-${language}`);
    expect(await axe(page)).toEqual([]);
    await visit.close();
  },
);
