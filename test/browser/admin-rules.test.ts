/** Rules and calendars in a real browser: a gap filled in Arabic decides the next application; wrong JSON keeps its text. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import {
  type AdminBrowser,
  axe,
  openAdminBrowser,
  overflow,
  picture,
  settled,
  type Visit,
} from "../support/admin-browser.js";
import { programme, sundayNine } from "../support/working-office.js";

jest.setTimeout(180_000);
let browser: AdminBrowser;
beforeAll(async () => {
  browser = await openAdminBrowser();
  // What the operation room would have set up a minute ago: a level that no rule knows.
  await browser.app.office.asOwner(
    `insert into importance_levels (programme, code, name_ar, name_en, sort_order, rank)
     values ('jordan', 'urgent', 'عاجلة', 'Urgent', 9, 5)`,
  );
}, 180_000);
afterAll(() => browser?.close());

const grid = "/admin/pages/sla-grid?type=complaint";
const routing = "/admin/pages/policy?kind=rules&name=routing&part=text";

async function sound({ page, errors, outside }: Visit): Promise<void> {
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(errors).toEqual([]);
  expect(outside).toEqual([]);
}

describe("the grid", () => {
  it("is filled in Arabic by keyboard, and the next application over the API gets that target", async () => {
    const visit = await browser.signedIn({ role: "operation_room" }, { language: "ar" });
    const { page } = visit;
    await visit.open(grid);
    await page.waitForURL(/pages\/policy.*part=grid/);
    await page.locator("td.sla-gap").first().waitFor();
    expect(await page.locator("td.sla-gap").count()).toBe(6);
    await sound(visit);
    await picture(page, "grid-ar-1280");
    await page.locator("[data-cell='0-0']").focus();
    // Along the line, which runs to the left, to the new level.
    for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowLeft");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-cell"))).toBe("0-4");
    await page.keyboard.press("Enter");
    const editor = page.locator(".cell-editor");
    await picture(page, "grid-editor-ar-1280");
    await sound(visit);
    await editor.locator("input[type=number]").last().fill("2.5");
    await page.keyboard.press("Enter");
    await editor.getByText("أدخل أيام العمل أيامًا كاملة.").waitFor();
    await editor.locator("input[type=number]").last().fill("2");
    await page.keyboard.press("Enter");
    await editor.waitFor({ state: "detached" });
    await page
      .locator("td.sla-changed")
      .getByText(/يوما عمل/)
      .waitFor();
    expect(await page.locator("td.sla-gap").count()).toBe(5);
    await page.locator(".draft-save", { hasText: "حُفظت" }).waitFor();
    // What is not published yet survives a reload.
    await page.reload();
    await page
      .locator("td.sla-changed")
      .getByText(/يوما عمل/)
      .waitFor();
    await page.getByRole("button", { name: "نشر …" }).click();
    const dialog = page.locator("dialog");
    await dialog.getByText("«شكوى، جودة الخدمة، عاجلة: يوما عمل»").waitFor();
    await picture(page, "grid-publish-ar-1280");
    await dialog.getByRole("button", { name: "نشر", exact: true }).click();
    await dialog.getByText("أدخل السبب.").first().waitFor();
    // Five gaps are left, which the checks warn of.
    await dialog.locator("#field-warningsReason").fill("الباقي يتبع");
    await dialog.locator("#field-reason").fill("المستوى العاجل يحتاج إلى موعد");
    await dialog.getByRole("button", { name: "نشر", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await page.locator(".version-line").getByText("المستوى العاجل يحتاج إلى موعد").waitFor();
    await page.locator("td.sla-changed").waitFor({ state: "detached" });
    expect(visit.errors).toEqual([]);
    await visit.close();

    const { office } = browser.app;
    const input = {
      programme,
      type: "complaint",
      subject: "The hall was closed",
      description: "Nobody opened it.",
      entity: "CSPD",
      pillar: "QUALITY",
      importance: "urgent",
    };
    const other = office.instance();
    const sent = await other.intake.receive({ input, key: office.key, idempotencyKey: null, now: sundayNine });
    // Sunday 9:00 and two working days.
    expect(sent.dueAt).toEqual(new Date("2026-11-24T06:00:00Z"));
  });

  it("tells a type that asks for neither pillar nor importance apart, and names its exceptions below", async () => {
    const visit = await browser.signedIn({ role: "operation_room" }, { language: "en" });
    const { page } = visit;
    await visit.open(grid);
    await page.locator("[data-cell='0-0']").waitFor();
    expect(await page.locator("[data-cell] .unseen").allTextContents()).not.toContainEqual(
      expect.stringMatching(/[؀-ۿ]/),
    );
    await page.getByRole("heading", { name: "Exceptions" }).waitFor();
    await page.getByRole("tab", { name: "Inquiry" }).click();
    expect(await page.locator("td.sla-cell").count()).toBe(1);
    await page.getByRole("button", { name: "By pillar and importance" }).click();
    await page.locator("[data-cell='5-4']").waitFor();
    expect(visit.errors).toEqual([]);
    await visit.close();
  });

  it("shows an auditor everything and offers no change; fits a phone", async () => {
    const visit = await browser.signedIn({ role: "auditor" }, { language: "en", width: 390 });
    const { page } = visit;
    // What is stored comes with its findings: nothing is sent to be checked.
    const sent: string[] = [];
    // Drawing a year or a grid asks for it by a POST, and stores nothing.
    const drawn = /^\{"do":"(look|draft)"/;
    page.on("request", (request) => {
      const body = String(request.postData());
      if (request.method() === "POST" && !drawn.test(body)) sent.push(body);
    });
    await visit.open(grid);
    await page.locator("[data-cell='0-0']").focus();
    await page.keyboard.press("Enter");
    expect(await page.locator(".cell-editor").count()).toBe(0);
    await page.getByRole("heading", { name: "Exceptions" }).waitFor();
    await sound(visit);
    await picture(page, "grid-en-390");
    await visit.open(routing);
    expect(await page.getByRole("button", { name: /Publish|Submit|Discard|Go back/ }).count()).toBe(0);
    await sound(visit);
    await picture(page, "routing-en-390");
    await page.clock.install();
    await visit.open("/admin/pages/calendar");
    // Longer than any page waits before it keeps what was written.
    await page.clock.fastForward(10_000);
    await settled(page);
    expect(sent).toEqual([]);
    await visit.close();
  });
});

describe("a workflow under another code", () => {
  it("is copied, named, checked and published in Arabic; an application type then chooses it", async () => {
    const visit = await browser.signedIn({ role: "operation_room" }, { language: "ar" });
    const { page } = visit;
    await visit.open("/admin/pages/policy?kind=workflow&name=suggestion");
    await page.getByRole("button", { name: "نسخ برمز آخر …" }).click();
    const dialog = page.locator("dialog");
    await dialog.getByRole("button", { name: "فتح النسخة" }).click();
    await dialog.locator(".field-fault").waitFor();
    await dialog.locator("#field-code").fill("complaint");
    await page.keyboard.press("Enter");
    await dialog.locator(".field-fault", { hasText: "يوجد سير عمل بالرمز complaint" }).waitFor();
    await picture(page, "workflow-copy-ar-1280");
    expect(await axe(page)).toEqual([]);
    await dialog.locator("#field-code").fill("idea_box");
    await page.keyboard.press("Enter");
    // A draft from the first moment: what is written in it is saved.
    await page.getByText("لا شيء منها سارٍ بعد").waitFor();
    await page.getByRole("tab", { name: "النص" }).click();
    visit.errors.length = 0; // The refusals above, as the browser notes them.
    await sound(visit);
    const area = page.locator("textarea.code-text");
    const definition = JSON.parse(await area.inputValue()) as Record<string, unknown>;
    expect(definition.workflow).toBe("idea_box");
    const name = { ar: "صندوق الأفكار", en: "Box of ideas" };
    await area.fill(JSON.stringify({ ...definition, initial: "nowhere", name }, null, 2));
    await page.locator(".code-place").first().waitFor();
    await area.fill(JSON.stringify({ ...definition, name }, null, 2));
    await page.locator(".draft-save", { hasText: "حُفظت" }).waitFor();
    await page.reload();
    await page.locator("h1", { hasText: "صندوق الأفكار" }).waitFor();
    expect(await area.inputValue()).toContain("صندوق الأفكار");
    await page.setViewportSize({ width: 390, height: 844 });
    await sound(visit);
    await picture(page, "workflow-copied-ar-390");
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole("button", { name: "نشر …" }).click();
    await dialog.locator("#field-reason").fill("للأفكار طريق خاص بها");
    await dialog.locator("#field-warningsReason").fill("يختاره نوع الطلب بعد قليل");
    await picture(page, "workflow-copy-publish-ar-1280");
    await sound(visit);
    await dialog.getByRole("button", { name: "نشر", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await page.locator(".version-line").getByText("للأفكار طريق خاص بها").waitFor();

    const [type] = await browser.app.office.rows("select id from application_types where code = 'suggestion'");
    await visit.open(`/admin/resources/application-types/records/${type?.id}/edit`);
    const workflow = page.getByRole("combobox", { name: "سير العمل" });
    await workflow.fill("الافكار");
    await page.getByRole("option", { name: "صندوق الأفكار" }).click();
    await page.getByRole("button", { name: "حفظ", exact: true }).click();
    await page.waitForURL(/show$/);
    const { setup } = browser.app.services;
    expect((await setup.of(programme)).types.get("suggestion")?.workflow).toBe("idea_box");
    await sound(visit);
    await visit.close();
  });
});

describe("a rule set as text", () => {
  it("shows a fault at its place, keeps the text, and is published when it is mended", async () => {
    const visit = await browser.signedIn({ role: "operation_room" }, { language: "en" });
    const { page } = visit;
    await visit.open("/admin/pages/policy");
    await sound(visit);
    await picture(page, "policy-en-1280");
    await visit.open(routing);
    await sound(visit);
    await picture(page, "routing-en-1280");
    const area = page.locator("textarea.code-text");
    const text = await area.inputValue();
    const definition = JSON.parse(text) as { rules: { priority: unknown; title: { en: string } }[] };
    const [rule] = definition.rules;
    if (rule === undefined) throw new Error("no rule");
    await area.fill(text.slice(0, -3));
    await page.getByText(/This is not valid JSON/).waitFor();
    // What stands twice would be lost without a word: it is named with its place, and nothing is saved.
    await area.fill(text.replace('"mode"', '"mode": "first",\n  "mode"'));
    await page
      .locator(".code-faults li", { hasText: /\/mode.*"mode" is written twice, in line \d+ and in line \d+/ })
      .waitFor();
    await page.getByText("Not saved until the text is corrected").waitFor();
    expect(await page.getByRole("button", { name: "Tidy up" }).isDisabled()).toBe(true);
    await sound(visit);
    await picture(page, "routing-doubled-en-1280");
    await area.fill(
      JSON.stringify({ ...definition, rules: [{ ...rule, priority: "high" }, ...definition.rules.slice(1)] }, null, 2),
    );
    await page.locator(".code-place", { hasText: "/rules/0/priority" }).waitFor();
    await page.locator("#checks").getByText(rule.title.en).waitFor();
    await picture(page, "routing-fault-en-1280");
    expect(await area.inputValue()).toContain('"priority": "high"');
    const renamed = { ...rule, title: { ...rule.title, en: "Renamed by a test" } };
    await area.fill(JSON.stringify({ ...definition, rules: [renamed, ...definition.rules.slice(1)] }, null, 2));
    await page.getByRole("button", { name: /^Publish/ }).click();
    const dialog = page.locator("dialog");
    await dialog.getByText(`Name: was ${rule.title.en}, now Renamed by a test`).waitFor();
    await dialog.locator("textarea").fill("A better name");
    await dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await page.locator(".version-line").getByText("Version 2").waitFor();
    await page.getByRole("tab", { name: /Examples/ }).click();
    await page.getByText("Passed").first().waitFor();
    await sound(visit);
    await picture(page, "routing-examples-en-1280");
    await page.getByRole("tab", { name: /Versions/ }).click();
    await page.getByText("A better name").last().waitFor();
    // How much each decided: nothing yet by the newest.
    const decided = page.locator(".timeline-fact", { hasText: "Decisions by it" });
    await decided.nth(1).waitFor();
    expect(await decided.first().locator("dd").textContent()).toBe("0");
    expect(Number(await decided.last().locator("dd").textContent())).toBeGreaterThan(0);
    await picture(page, "routing-versions-en-1280");
    await sound(visit);
    await page
      .getByRole("button", { name: /Go back to it/ })
      .last()
      .click();
    await dialog.getByRole("button", { name: "Open the draft" }).click();
    await page
      .locator("#changes")
      .getByText(/was Renamed by a test, now /)
      .waitFor();
    await page.getByRole("button", { name: "Publish …" }).click();
    expect(await dialog.locator("textarea").inputValue()).toBe("Back to version 1");
    await dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await page.locator(".version-line").getByText("Version 3").waitFor();
    expect(
      (await browser.app.services.setup.of(programme)).ruleSets.get("routing")?.definition.rules[0]?.title,
    ).toEqual(rule.title);
    expect(visit.errors).toEqual([]);
    await visit.close();
  });
});

describe("the calendar", () => {
  it("confirms an expected day and adds one, names faults at their line, and publishes with a reason", async () => {
    const visit = await browser.signedIn({ role: "operation_room" }, { language: "ar" });
    const { page } = visit;
    await browser.app.office.receive();
    // The menu leads to the calendar; its days are a tab of it.
    await visit.open("/admin/pages/calendar?year=2027&part=days");
    await page.waitForURL(/pages\/policy.*kind=calendar/);
    await sound(visit);
    await picture(page, "calendar-ar-1280");
    const expected = page.locator("tr.row-provisional").first();
    const count = await page.locator("tr.row-provisional").count();
    expect(count).toBeGreaterThan(0);
    await expected.getByRole("button", { name: "تأكيد" }).click();
    expect(await page.locator("tr.row-provisional").count()).toBe(count - 1);
    await page.getByRole("button", { name: "إضافة يوم" }).click();
    const dialog = page.locator("dialog");
    await dialog.locator("input[type=date]").first().fill("2027-05-01");
    await dialog.locator("input[lang=ar]").fill("عاصفة");
    await dialog.locator("input[lang=en]").fill("Storm");
    await picture(page, "calendar-day-ar-1280");
    await dialog.getByRole("button", { name: "اعتماد" }).click();
    // Labour Day stands there already.
    const line = page.locator("tr", { has: page.getByText(/مذكور في/) });
    await line.first().waitFor();
    await picture(page, "calendar-fault-ar-1280");
    await line.getByRole("button", { name: "تعديل" }).click();
    await dialog.locator("input[type=date]").first().fill("2027-05-03");
    await dialog.getByRole("button", { name: "اعتماد" }).click();
    await line.first().waitFor({ state: "detached" });
    await page.locator(".draft-save", { hasText: "حُفظت" }).waitFor();
    await page.getByRole("button", { name: "نشر …" }).click();
    await dialog.getByText(/«عاصفة»/).waitFor();
    await dialog.locator("#field-reason").fill("تعميم رئاسة الوزراء");
    await dialog.getByRole("button", { name: "نشر", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    const published = (await browser.app.services.setup.of(programme)).calendar;
    expect(published.version).toBe(2);
    expect(published.definition.days.find((day) => day.date === "2027-05-03")).toEqual({
      date: "2027-05-03",
      name: { ar: "عاصفة", en: "Storm" },
      hours: [],
    });
    // Open deadlines stay where they are until somebody counts them anew.
    await page.getByRole("tab", { name: "السنة" }).click();
    await page.getByRole("button", { name: /إعادة احتسابها/ }).click();
    await dialog.getByText("لن يتغيّر أي موعد مما حُسب هنا.").waitFor();
    await dialog.locator("textarea").fill("تعميم");
    await dialog.getByRole("button", { name: "إعادة احتساب المواعيد" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: /إعادة احتسابها/ }).waitFor({ state: "detached" });
    await page.getByRole("tab", { name: "الأيام والدوام" }).click();
    await page.getByText("بنسخ سابقة").waitFor();
    expect(await page.getByRole("button", { name: /إعادة احتسابها/ }).count()).toBe(0);
    expect(visit.errors).toEqual([]);
    await visit.close();
  });

  it("fits a phone in both languages", async () => {
    for (const language of ["ar", "en"] as const) {
      const visit = await browser.signedIn({ role: "operation_room" }, { language, width: 390 });
      for (const [name, path] of [
        ["calendar", "/admin/pages/calendar"],
        ["policy", "/admin/pages/policy"],
        ["grid", grid],
      ] as const) {
        await visit.open(path);
        await sound(visit);
        await picture(visit.page, `${name}-${language}-390`);
      }
      await visit.close();
    }
  });
});
