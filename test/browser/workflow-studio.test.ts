/** The workflow studio in a real browser: diagram and table in step, edited by keyboard, in both languages and on a phone. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import {
  type AdminBrowser,
  axe,
  looksRight,
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
  const { office } = browser.app;
  await office.receive();
  await office.receive({ entity: null, sector: "INTERIOR" });
}, 180_000);
afterAll(() => browser?.close());

const complaint = "/admin/pages/policy?kind=workflow&name=complaint";

async function sound({ page, errors, outside }: Visit): Promise<void> {
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(errors).toEqual([]);
  expect(outside).toEqual([]);
}

describe("the diagram and the tables", () => {
  it.each(["ar", "en"] as const)("are whole in %s, on a desk and on a phone", (language) =>
    browser.withVisit({ role: "operation_room" }, { language }, async ({ page, open }) => {
      await open(complaint);
      await page.locator(".flow-state").first().waitFor();
      await looksRight(page, "workflow");
    }),
  );
});

describe("editing", () => {
  it("adds a state and an action in Arabic by keyboard alone; diagram, tables, text and findings follow", async () => {
    const visit = await browser.signedIn({ role: "operation_room" }, { language: "ar" });
    const { page } = visit;
    await visit.open(complaint);
    const press = async (name: string | RegExp) => {
      await page.getByRole("button", { name }).first().focus();
      await page.keyboard.press("Enter");
    };
    await press("إضافة حالة");
    const dialog = page.locator("dialog");
    await page.keyboard.press("Tab");
    await dialog.getByLabel("الاسم بالعربية").focus();
    await page.keyboard.type("بانتظار رأي المحكمة");
    await page.keyboard.press("Enter");
    // Half a name is told at its place, and what was typed stays.
    await dialog.locator(".field-fault").first().waitFor();
    await page.keyboard.press("Tab");
    // What is possible in another state is possible here, too: a new state would have no note and no withdrawal.
    const inForce = browser.app.office.setup.workflows.get("complaint")?.definition;
    const label = inForce?.states.in_progress?.name.ar ?? "";
    await dialog.getByLabel("نسخ ما يمكن القيام به من حالة أخرى").selectOption({ label });
    await dialog.getByText(/^يصبح ممكنًا هنا أيضًا: /).waitFor();
    await dialog.getByLabel("الاسم بالإنجليزية").focus();
    await page.keyboard.type("Waiting for the court");
    await picture(page, "workflow-state-ar-1280");
    await sound(visit);
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await page.locator(".flow-state", { hasText: "بانتظار رأي المحكمة" }).waitFor();
    await page.locator(".flow-card").getByText("waiting_for_the_court").waitFor();

    await press("إضافة إجراء");
    await dialog.getByLabel("الاسم بالعربية").first().focus();
    await page.keyboard.type("طلب رأي المحكمة");
    await dialog.getByLabel("الاسم بالإنجليزية").first().focus();
    await page.keyboard.type("Ask the court");
    const box = async (name: string) => {
      await dialog.getByRole("checkbox", { name, exact: true }).focus();
      await page.keyboard.press("Space");
    };
    await box("قيد المعالجة");
    await dialog.getByLabel("يؤدي إلى").selectOption({ label: "بانتظار رأي المحكمة" });
    await box("ضابط الارتباط");
    // What the effect has to be told comes along as a field.
    await box("ملاحظة لا يراها إلا الموظفون");
    expect(await dialog.locator(".flow-field").count()).toBe(1);
    await dialog.getByRole("button", { name: "إضافة حقل" }).focus();
    await page.keyboard.press("Enter");
    const added = dialog.locator(".flow-field").last();
    await added.getByLabel("التسمية بالعربية").fill("المحكمة");
    await added.getByLabel("التسمية بالإنجليزية").fill("Court");
    await dialog.getByRole("button", { name: "نقل «المحكمة» إلى أعلى" }).focus();
    await page.keyboard.press("Enter");
    await dialog.getByText("أصبح «المحكمة» في الموضع 1 من 2.").waitFor({ state: "attached" });
    await picture(page, "workflow-action-ar-1280");
    await sound(visit);
    await dialog.getByRole("button", { name: "اعتماد" }).focus();
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await page.locator(".flow-label", { hasText: "طلب رأي المحكمة" }).waitFor();
    await page.getByRole("tab", { name: "النص" }).click();
    const text = JSON.parse(await page.locator("textarea").first().inputValue());
    expect(text.states.waiting_for_the_court).toEqual({
      name: { ar: "بانتظار رأي المحكمة", en: "Waiting for the court" },
      kind: "open",
    });
    expect(text.actions.ask_the_court).toMatchObject({
      from: ["in_progress"],
      to: "waiting_for_the_court",
      by: ["focal_point"],
      effects: ["note"],
    });
    expect(Object.keys(text.actions.ask_the_court.fields)).toEqual(["field", "note"]);
    for (const action of ["note", "transfer", "reject", "withdraw"])
      expect(text.actions[action].from.at(-1)).toBe("waiting_for_the_court");
    await visit.close();
  });

  it("edits the condition of an action by choice, and says it in words to whoever only looks", async () => {
    const visit = await browser.signedIn({ role: "operation_room" }, { language: "en", height: 1200 });
    const { page } = visit;
    await visit.open(complaint);
    await page.getByRole("button", { name: "Change: Rate the answer" }).click();
    const dialog = page.locator("dialog");
    const branch = dialog.locator(".flow-branch").first();
    await branch.getByRole("textbox").or(branch.locator("input[type=number]")).first().fill("1");
    const also = branch.locator("summary", { hasText: "There it also: " });
    await also.focus();
    await page.keyboard.press("Enter");
    await branch.getByRole("checkbox", { name: "A note that only officials see" }).check();
    // One more is asked before the first: the first that fits is taken.
    await dialog.getByRole("button", { name: "Add a branch" }).click();
    await dialog.locator(".flow-branch").nth(1).locator("select").last().selectOption("in_progress");
    await dialog.getByRole("button", { name: "Move the branch up" }).click();
    await branch.scrollIntoViewIfNeeded();
    await picture(page, "workflow-branch-en-1280");
    await sound(visit);
    await dialog.getByRole("button", { name: "Set" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("tab", { name: "Text" }).click();
    const { actions } = JSON.parse(await page.locator("textarea").first().inputValue());
    const [first, second, otherwise] = actions.rate.to;
    expect(first).toEqual({ when: { fact: "importance", operator: "equal", value: null }, to: "in_progress" });
    expect(second.when.all[0]).toEqual({ fact: "rating", operator: "lessThanInclusive", value: 1 });
    expect(second.effects).toEqual(["appeal", "note"]);
    expect(otherwise).toEqual({ to: "closed" });
    // What the effect needs to know came along, behind what was asked before.
    expect(Object.keys(actions.rate.fields).at(-1)).toBe("note");
    await visit.close();
  });

  it("asks before a state goes, and names what refers to it", async () => {
    const visit = await browser.signedIn({ role: "operation_room" }, { language: "en" });
    const { page } = visit;
    await visit.open("/admin/pages/policy?kind=workflow&name=inquiry");
    await page.locator("table").first().getByRole("button", { name: "Waiting for the applicant", exact: true }).click();
    await page.locator(".flow-card").getByRole("button", { name: "Remove …" }).click();
    const dialog = page.locator("dialog");
    await dialog.getByText(/timers are removed with it/).waitFor();
    await picture(page, "workflow-remove-en-1280");
    await sound(visit);
    await dialog.getByRole("button", { name: "Remove", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await page.locator(".flow-state", { hasText: "Waiting for the applicant" }).waitFor({ state: "detached" });
    await visit.close();
  });

  it("shows an auditor all of it and offers no change", async () => {
    const visit = await browser.signedIn({ role: "auditor" }, { language: "en" });
    const { page } = visit;
    await visit.open(complaint);
    // By keyboard: where the box is meanwhile, on a machine that draws slowly, is nothing to this test.
    await page.locator(".flow-name", { hasText: "Waiting for an entity" }).press("Enter");
    await page.locator(".flow-card").waitFor();
    expect(await page.getByRole("button", { name: /^(Add an? |Remove …|Change(:| …))/ }).count()).toBe(0);
    await page.locator(".flow-card").getByRole("button", { name: "Open …" }).click();
    await page.locator("dialog").waitFor();
    expect(await page.locator("dialog").getByRole("button", { name: "Set" }).count()).toBe(0);
    await sound(visit);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Show all of it" }).click();
    await settled(page);
    await picture(page, "workflow-whole-en-1280");
    await visit.close();
  });
});

describe("a case on trial", () => {
  it("is walked by whoever has to approve a draft that is locked; an auditor reads whose it is", async () => {
    const { office, services } = browser.app;
    const author = office.official("operation_room");
    const published = (await services.setup.of(programme)).workflows.get("suggestion");
    const definition = { ...published?.definition, name: { ar: "مقترح", en: "Idea" } };
    const secondPerson = (on: boolean) =>
      office.asOwner(`update programmes set settings = settings || '{"secondPerson": ${on}}' where code = 'jordan'`);
    const address = "/admin/pages/policy?kind=workflow&name=suggestion&part=walk";
    await secondPerson(true);
    try {
      const by = { actor: author, now: sundayNine };
      const thing = { programme, kind: "workflow", name: "suggestion" } as const;
      const begun = await services.policyDrafts.begin({
        ...{ ...by, ...thing, definition },
        basedOn: published?.versionId ?? null,
      });
      await services.policyDrafts.submit({ ...by, ...begun, reason: "Another name", warningsReason: "None" });
      const approver = await browser.signedIn({ role: "operation_room", nth: 1 }, { language: "en" });
      await approver.open(address);
      await approver.page.locator(".flow-walk").waitFor();
      await sound(approver);
      await approver.close();
    } finally {
      await secondPerson(false);
    }
    const auditor = await browser.signedIn({ role: "auditor" }, { language: "ar" });
    await auditor.open(address);
    await auditor.page.getByText("تجربة مسارات العمل من صلاحية غرفة العمليات.").waitFor();
    await sound(auditor);
    await auditor.close();
  });

  it("is given the answers that a condition asks for, and begins again where they refuse a step that was taken", async () => {
    const { office, services } = browser.app;
    const author = office.official("operation_room", null, 2);
    const published = (await services.setup.of(programme)).workflows.get("report");
    const actions = published?.definition.actions ?? {};
    const take = actions.take as NonNullable<(typeof actions)[string]>;
    const when = {
      all: [
        { fact: "field.amount", operator: "greaterThan", value: 1000 },
        { fact: "field.incidentDate", operator: "greaterThan", value: 20260101 },
      ],
    };
    const otherwise = { ar: "المبلغ صغير.", en: "The amount is small." };
    const guarded = { ...take, guards: [...take.guards, { when, otherwise }] };
    const definition = { ...published?.definition, actions: { ...actions, take: guarded } };
    await services.policyDrafts.begin({
      ...{ actor: author, now: sundayNine, programme, kind: "workflow", name: "report", definition },
      basedOn: published?.versionId ?? null,
    });
    for (const [language, width] of [
      ["ar", 390],
      ["en", 1280],
    ] as const) {
      const visit = await browser.signedIn({ role: "operation_room", nth: 2 }, { language, width });
      const { page } = visit;
      const ar = language === "ar";
      await visit.open("/admin/pages/policy?kind=workflow&name=report&part=walk");
      await page.locator("fieldset.flow-answers").waitFor();
      const takes = page
        .locator(".flow-walk .row-acts button")
        .getByText(ar ? take.name.ar : take.name.en, { exact: true });
      const answers = page.locator("fieldset.flow-answers");
      await page
        .locator(".flow-walk")
        .getByText(ar ? otherwise.ar : otherwise.en)
        .waitFor({ state: "attached" });
      expect(await takes.count()).toBe(0);
      await answers.getByLabel(ar ? "المبلغ" : "Amount").fill("5000");
      await answers.getByLabel(ar ? "تاريخ" : "date").fill("2026-03-01");
      await takes.waitFor();
      await picture(page, `walk-answers-${language}-${width}`);
      await takes.click();
      await page
        .locator(".flow-walk")
        .getByText(ar ? "قيد المعالجة" : "Being worked on", { exact: true })
        .first()
        .waitFor();
      await answers.getByLabel(ar ? "المبلغ" : "Amount").fill("5");
      await page.getByText(ar ? /فيبدأ الطلب من جديد/ : /the case starts again/).waitFor();
      await page.locator("details.flow-answers summary").click();
      await picture(page, `walk-restarted-${language}-${width}`);
      await page.evaluate(() => window.scrollTo(0, 0));
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await visit.close();
    }
  });

  it("is walked through in both languages; a refused step keeps what was typed", async () => {
    for (const [language, width] of [
      ["ar", 1280],
      ["en", 390],
    ] as const) {
      const visit = await browser.signedIn({ role: "operation_room" }, { language, width });
      const { page } = visit;
      const ar = language === "ar";
      await visit.open(`${complaint}&part=walk`);
      const text = ar ? "خطر على الحياة في دائرة الجوازات" : "A danger to life where passports are issued";
      await page.getByLabel(ar ? "الوصف" : "Description").fill(text);
      await page
        .locator(".flow-walk")
        .getByText(ar ? "خطر على الحياة" : "Danger to life")
        .first()
        .waitFor();
      await picture(page, `walk-words-${language}-${width}`);
      await page
        .getByRole("button", { name: ar ? "تولّي الطلب" : "Take the case", exact: true })
        .first()
        .click();
      await page
        .locator(".flow-walk")
        .getByText(ar ? "قيد المعالجة" : "Being worked on", { exact: true })
        .first()
        .waitFor();
      await page
        .locator(".flow-walk")
        .getByRole("button", { name: ar ? "تحويل إلى جهة أخرى" : "Transfer to another entity", exact: true })
        .click();
      const form = page.locator("form.flow-preview");
      await form.locator("textarea").fill("Wrong office");
      await form.locator("button[type=submit]").click();
      await form.locator(".field-fault").first().waitFor();
      expect(await form.locator("textarea").inputValue()).toBe("Wrong office");
      await picture(page, `walk-form-${language}-${width}`);
      await form.locator("select").selectOption({ index: 2 });
      await form.locator("button[type=submit]").click();
      await form.waitFor({ state: "detached" });
      await picture(page, `walk-${language}-${width}`);
      // What stands behind the bar on top is obscured, and can be scrolled out of it.
      await page.evaluate(() => window.scrollTo(0, 0));
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      expect(visit.outside).toEqual([]);
      // The browser notes the refusal that was wanted, and nothing else.
      expect(visit.errors).toEqual([expect.stringContaining("422")]);
      await visit.close();
    }
  });
});

describe("open cases", () => {
  it("are moved to a new version by a map that says where each state goes, in Arabic and by keyboard", async () => {
    const { office, services } = browser.app;
    const room = office.official("operation_room");
    const name = "inquiry";
    const sent = await office.receive({ type: "inquiry", subject: "When is it open?" });
    const published = office.setup.workflows.get(name);
    const text = JSON.stringify(published?.definition).replaceAll('"assigned"', '"received"');
    await services.configuration.publish({
      by: room,
      programme,
      kind: "workflow",
      name,
      definition: JSON.parse(text),
      basedOn: published?.versionId ?? null,
      reason: "Another word",
      now: sundayNine,
    });
    const visit = await browser.signedIn({ role: "operation_room" }, { language: "ar" });
    const { page } = visit;
    await visit.open(`/admin/pages/policy?kind=workflow&name=${name}&part=cases`);
    await page.getByText("على نسخة أقدم: 1 من 1.").waitFor();
    await page.getByRole("button", { name: "النقل إلى النسخة 2 …" }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.locator("dialog");
    await dialog.locator(".field-fault").waitFor();
    await dialog.locator("textarea").fill("كلمة أوضح");
    expect(await dialog.getByRole("button", { name: "نقل طلب واحد" }).isDisabled()).toBe(true);
    await dialog.locator("select").selectOption("received");
    await dialog.locator(".field-fault").waitFor({ state: "detached" });
    await picture(page, "workflow-move-ar-1280");
    await sound(visit);
    await dialog.locator("textarea").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await page.getByText("نُقل 1 من 1").waitFor();
    await page.getByText("على نسخة أقدم: 0 من 1.").waitFor();
    await picture(page, "workflow-moved-ar-1280");
    await sound(visit);
    // What happened stands on the case, with the reason.
    await visit.open(`/admin/resources/cases/records/${sent.reference}/show`);
    await page.getByText(/يُتابع وفق النسخة 2 من سير العمل بدلًا من النسخة 1/).waitFor();
    await page.getByText("كلمة أوضح").waitFor();
    await visit.close();
    const narrow = await browser.signedIn({ role: "auditor" }, { language: "en", width: 390 });
    await narrow.open(`/admin/pages/policy?kind=workflow&name=${name}&part=cases`);
    expect(await narrow.page.getByRole("button", { name: /Move to version|Cancel/ }).count()).toBe(0);
    await picture(narrow.page, "workflow-moved-en-390");
    await sound(narrow);
    await narrow.close();
  });
});
