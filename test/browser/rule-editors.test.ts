/** The editors of rule sets in a real browser: order by keyboard, conditions and outcomes by choice, in both languages. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture, type Visit } from "../support/admin-browser.js";
import { programme } from "../support/working-office.js";

jest.setTimeout(180_000);
let browser: AdminBrowser;
beforeAll(async () => {
  browser = await openAdminBrowser();
}, 180_000);
afterAll(() => browser?.close());

const editorOf = (name: string, rest = "") => `/admin/pages/policy?kind=rules&name=${name}${rest}`;

async function sound({ page, errors, outside }: Visit): Promise<void> {
  // What is half below the header as the page was scrolled is no fault of the page.
  await page.evaluate(() => scrollTo(0, 0));
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(errors).toEqual([]);
  expect(outside).toEqual([]);
}

/** What stands in the draft, as the text tab shows it. */
async function written(page: Page, language: "en" | "ar"): Promise<RuleSetDefinition> {
  await page.getByRole("tab", { name: language === "en" ? /^Text/ : /^النص/ }).click();
  const text = await page.locator("textarea.code-text").inputValue();
  await page.getByRole("tab", { name: language === "en" ? /^Rules/ : /^القواعد/ }).click();
  return JSON.parse(text) as RuleSetDefinition;
}

/** Begins from what is in force, whatever was drafted before. */
async function discarded({ page }: Visit): Promise<void> {
  const discard = page.getByRole("button", { name: /^(Discard|إلغاء المسودة) …$/ });
  if ((await discard.count()) === 0) return;
  await discard.click();
  await page
    .locator("dialog")
    .getByRole("button", { name: /^(Discard the draft|إلغاء المسودة)$/ })
    .click();
  await discard.waitFor({ state: "detached" });
}

const ids = (page: Page) =>
  page.locator("[data-rule]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-rule")));

describe("routing", () => {
  it("is put in another order and given a new rule by keyboard alone, in Arabic", async () => {
    const visit = await browser.signedIn({ role: "operation_room" }, { language: "ar" });
    const { page } = visit;
    await visit.open(editorOf("routing"));
    await sound(visit);
    await picture(page, "editor-routing-ar-1280");
    const before = await ids(page);
    await page.locator("[data-rule='route-education'] .rule-handle").focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    // The focus goes along with the rule.
    expect(await page.evaluate(() => document.activeElement?.closest("[data-rule]")?.getAttribute("data-rule"))).toBe(
      "route-education",
    );
    await page.getByRole("status").getByText("رقم 8 من 10").waitFor({ state: "attached" });
    expect(await ids(page)).toEqual([...before.slice(0, 7), "route-education", ...before.slice(7, 9)]);
    const moved = await written(page, "ar");
    // Nothing else is written anew, although it went past two that left no room between them.
    const education = moved.rules.findIndex(({ id }) => id === "route-education");
    const shipped = browser.app.services.setup.of(programme);
    const old = (await shipped).ruleSets.get("routing")?.definition.rules ?? [];
    expect(moved.rules).toEqual(old.map((rule, i) => (i === education ? { ...rule, priority: 63 } : rule)));

    await page.getByRole("button", { name: "إضافة قاعدة" }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.locator("dialog");
    await dialog.waitFor();
    await dialog.locator("input[lang=ar]").focus();
    await page.keyboard.press("Enter");
    await dialog.locator(".field-fault").first().waitFor();
    await page.keyboard.type("الصحة في العاصمة");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Health in the capital");
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    const rule = page.locator("[data-rule='health-in-the-capital']");
    await rule.locator(".rule-editor").waitFor();
    // One goes on with its name, and in Arabic that is the Arabic one.
    await page.waitForFunction(() => document.activeElement?.closest(".rule-editor"));
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe("الصحة في العاصمة");
    expect(
      await rule.locator(".rule-editor input[lang]").evaluateAll((all) => all.map((one) => one.getAttribute("lang"))),
    ).toEqual(["ar", "en", "ar", "en"]);
    await rule.locator(".cond-fact").first().selectOption("sector");
    await rule.getByLabel("المقارنة").first().selectOption("equal");
    await picture(page, "editor-routing-new-ar-1280");
    await sound(visit);
    await rule.getByRole("combobox", { name: "قيمة «القطاع»" }).fill("الصحة");
    await page.getByRole("option", { name: "الصحة" }).first().waitFor();
    await page.keyboard.press("Enter");
    await rule.getByLabel("الوجهة", { exact: true }).selectOption("entity:");
    const entity = rule.locator(".outcome-line").getByRole("combobox", { name: "الجهة" });
    await entity.fill("وزارة الصحة");
    await page.getByRole("option", { name: "وزارة الصحة" }).first().waitFor();
    await page.keyboard.press("Enter");
    await rule.getByText("إلى وزارة الصحة").waitFor();
    await picture(page, "editor-routing-done-ar-1280");
    await sound(visit);
    const added = (await written(page, "ar")).rules.find(({ id }) => id === "health-in-the-capital");
    expect(added).toMatchObject({
      conditions: { all: [{ fact: "sector", operator: "equal", value: "HEALTH" }] },
      event: { type: "routing", params: { to: "entity:MOH" } },
      examples: [{ facts: { sector: "HEALTH" }, decides: true }],
    });
    await page.setViewportSize({ width: 390, height: 844 });
    await picture(page, "editor-routing-ar-390");
    await sound(visit);
    await visit.close();
  });
});

describe("classification and quality", () => {
  it("are edited by choice in English: groups, keywords, what is decided, and an example of one's own", async () => {
    const visit = await browser.signedIn({ role: "operation_room" }, { language: "en" });
    const { page } = visit;
    await visit.open(editorOf("classification", "&rule=critical-contamination"));
    const rule = page.locator("[data-rule='critical-contamination']");
    await rule.locator(".rule-editor").waitFor();
    await sound(visit);
    await picture(page, "editor-classification-en-1280");
    // A group of its own: either the keyword, or an hour of the night.
    await rule.getByRole("button", { name: "Add a group" }).click();
    const group = rule.locator(".cond-group .cond-group");
    await group.getByLabel("How to combine them").selectOption("any");
    await group.locator(".cond-fact").selectOption("receivedHour");
    await group.getByLabel("Comparison").selectOption("lessThan");
    await group.getByRole("spinbutton").fill("6");
    await group.getByRole("button", { name: "Add a condition" }).click();
    await group.locator(".cond-fact").nth(1).selectOption("channel");
    await group.getByLabel("Comparison").nth(1).selectOption("in");
    await group.getByRole("combobox", { name: /Add a value/ }).fill("port");
    await page.locator(".combobox-option:visible").first().waitFor();
    await page.keyboard.press("Enter");
    await group.getByLabel("The opposite").check();
    await rule.getByLabel("Confidential").last().selectOption("true");
    await sound(visit);
    await picture(page, "editor-classification-group-en-1280");
    const found = (await written(page, "en")).rules.find(({ id }) => id === "critical-contamination");
    expect(found?.conditions).toMatchObject({
      all: [
        {},
        {},
        {
          not: {
            any: [
              { fact: "receivedHour", operator: "lessThan", value: 6 },
              { fact: "channel", operator: "in" },
            ],
          },
        },
      ],
    });
    expect(found?.event.params).toEqual({ importance: "critical", confidential: true });
    await rule.getByRole("button", { name: "Add an example" }).click();
    await rule.getByLabel("Name in English", { exact: true }).last().fill("clean water");
    await rule.getByLabel("Add a detail of this case …").selectOption("keywords");
    await rule.getByLabel("Add a detail of this case …").selectOption("importance");
    await sound(visit);
    await picture(page, "editor-example-en-1280");
    const last = (await written(page, "en")).rules.find(({ id }) => id === "critical-contamination")?.examples.at(-1);
    expect(last).toEqual({
      name: { en: "clean water", ar: "" },
      facts: { keywords: [], importance: null },
      decides: false,
    });
    await visit.open(editorOf("quality", "&rule=review-critical"));
    await page.locator(".rule-editor").waitFor();
    await sound(visit);
    await picture(page, "editor-quality-en-1280");
    await visit.close();
  });

  it("keep what they cannot show as it is written, and show faults at the rule and field they are about", async () => {
    const visit = await browser.signedIn({ role: "operation_room" }, { language: "en" });
    const { page } = visit;
    await visit.open(editorOf("quality", "&part=text"));
    const area = page.locator("textarea.code-text");
    const definition = JSON.parse(await area.inputValue()) as RuleSetDefinition;
    const odd = { all: [{ fact: "type", operator: "equal", value: "complaint", path: "$.x" }] };
    const [first, second] = definition.rules as [RuleSetDefinition["rules"][0], RuleSetDefinition["rules"][0]];
    const nameless = { ...second, title: { ...second.title, en: "" } };
    await area.fill(
      JSON.stringify({
        ...definition,
        rules: [{ ...first, conditions: odd }, nameless, { id: 7 }, ...definition.rules.slice(2)],
      }),
    );
    await page.locator(".code-place").first().waitFor();
    await page.getByRole("tab", { name: /^Rules/ }).click();
    await page.getByText("Rules of another form, edited as text: 1").waitFor();
    await page.locator(`[data-rule='${second.id}'] .rule-name`).click();
    await page.locator(`[data-rule='${second.id}'] .field-fault`).first().waitFor();
    await picture(page, "editor-faults-en-1280");
    await sound(visit);
    await page.locator(`[data-rule='${first.id}'] .rule-name`).click();
    await page.locator(`[data-rule='${first.id}'] .raw-json`).first().waitFor();
    await page
      .getByRole("button", { name: /Move .* down/ })
      .first()
      .click();
    const kept = await written(page, "en");
    expect(kept.rules[0]?.conditions).toEqual(odd);
    expect(kept.rules[2]).toEqual({ id: 7 });
    await visit.close();
  });
});

describe("a date", () => {
  it("is chosen as one in conditions and examples, and written as the number that rules compare", async () => {
    for (const language of ["en", "ar"] as const) {
      const say = (en: string, ar: string) => (language === "en" ? en : ar);
      const visit = await browser.signedIn({ role: "operation_room", nth: 1 }, { language });
      const { page } = visit;
      await visit.open(editorOf("classification", "&rule=critical-contamination"));
      await discarded(visit);
      const rule = page.locator("[data-rule='critical-contamination']");
      await rule.locator(".rule-editor").waitFor();
      await rule.getByRole("button", { name: say("Add a condition", "إضافة شرط") }).click();
      await rule.locator(".cond-fact").last().selectOption("field.visitDate");
      await rule.getByLabel(say("Comparison", "المقارنة")).last().selectOption("lessThan");
      expect(await rule.getByLabel(say("Comparison", "المقارنة")).last().locator("option:checked").textContent()).toBe(
        say("is before", "قبل"),
      );
      await rule.locator(".cond input[type=date]").fill("2026-12-09");
      await page.getByText(say("is before 9 December 2026", "قبل 9 كانون الأول 2026")).first().waitFor();
      await sound(visit);
      await picture(page, `editor-date-${language}-1280`);
      await page.setViewportSize({ width: 390, height: 844 });
      await sound(visit);
      await picture(page, `editor-date-${language}-390`);
      const found = (await written(page, language)).rules.find(({ id }) => id === "critical-contamination");
      expect(found?.conditions).toMatchObject({
        all: [{}, {}, { fact: "field.visitDate", operator: "lessThan", value: 20261209 }],
      });
      await visit.close();
    }
  });
});

describe("a finding", () => {
  it("leads to the row of the editor in use", async () => {
    const visit = await browser.signedIn({ role: "operation_room", nth: 1 }, { language: "en" });
    const { page } = visit;
    await visit.open(editorOf("routing"));
    await discarded(visit);
    const rule = page.locator("[data-rule='route-education']");
    await rule.locator(".rule-name").click();
    await rule.getByLabel("Name in English").fill("");
    const finding = page.locator("#checks .check", { hasText: "Rule" }).first();
    await finding.waitFor();
    await rule.locator(".rule-name").click();
    await rule.locator(".rule-editor").waitFor({ state: "detached" });
    await finding.getByRole("link", { name: "Go to it" }).click();
    await rule.locator(".rule-editor").waitFor();
    expect(await page.evaluate(() => document.activeElement?.closest("[data-rule]")?.getAttribute("data-rule"))).toBe(
      "route-education",
    );
    await sound(visit);
    await visit.close();
  });
});

describe("by pointer, and for who may only look", () => {
  it("a rule is dragged to another place", async () => {
    const visit = await browser.signedIn({ role: "operation_room" }, { language: "en" });
    const { page } = visit;
    await visit.open(editorOf("routing"));
    const before = await ids(page);
    const handle = page.locator(".rule-handle").nth(1);
    const target = page.locator("[data-rule]").nth(3);
    await handle.hover();
    await page.mouse.down();
    const box = await target.boundingBox();
    if (box === null) throw new Error("no row");
    await page.mouse.move(box.x + 40, box.y + box.height - 4, { steps: 8 });
    await page.locator(".rule-before").waitFor();
    await picture(page, "editor-drag-en-1280");
    await page.mouse.up();
    const [first, second, third, fourth, ...rest] = before;
    expect(await ids(page)).toEqual([first, third, fourth, second, ...rest]);
    expect(visit.errors).toEqual([]);
    await visit.close();
  });

  it("an auditor reads rules in words and changes nothing", async () => {
    const visit = await browser.signedIn({ role: "auditor" }, { language: "en", width: 390 });
    const { page } = visit;
    await visit.open(editorOf("routing", "&rule=route-corruption"));
    await page
      .locator(".rule-editor")
      .getByText(/Application type is Report/)
      .waitFor();
    expect(await page.locator(".rule-handle, .rule-editor input, .rule-editor select").count()).toBe(0);
    expect(await page.getByRole("button", { name: /Add|Remove|Copy|Move/ }).count()).toBe(0);
    await sound(visit);
    await picture(page, "editor-auditor-en-390");
    await visit.close();
  });
});

describe("escalation", () => {
  /** On a telephone, where nothing of it scrolls sideways. */
  async function standsUpright(visit: Visit, name: string): Promise<void> {
    const { page } = visit;
    await page.setViewportSize({ width: 390, height: 844 });
    await sound(visit);
    await picture(page, name);
    const wide = await page
      .locator(".ladder, .ladder *")
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0).length);
    expect(wide).toBe(0);
    const tops = await page
      .locator(".ladder-moment")
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    expect(tops.length).toBeGreaterThan(3);
    expect([...new Set(tops)].sort((a, b) => a - b)).toEqual(tops);
  }

  it("a step closes, and is left by the menu, where scrollIntoView answers with a Promise", async () => {
    const visit = await browser.signedIn({ role: "operation_room" }, { language: "en" });
    const { page } = visit;
    // As browsers do since 2025; the packed one is older.
    await page.addInitScript(() => {
      const { scrollIntoView } = Element.prototype;
      Element.prototype.scrollIntoView = function (this: Element, options) {
        scrollIntoView.call(this, options);
        return Promise.resolve() as unknown as undefined;
      };
    });
    await visit.open(editorOf("escalation", "&rule=raise-critical-2"));
    await page.locator(".ladder-opened").getByRole("button", { name: "Close", exact: true }).click();
    await page.locator(".ladder-opened").waitFor({ state: "detached" });
    expect(await page.locator(".step-card").count()).toBe(23);
    await page.locator("[data-rule='raise-critical-2']").click();
    await page.locator(".ladder-opened").waitFor();
    await page.locator("#navigation").getByRole("link", { name: "Home" }).click();
    await page.waitForURL(/\/admin\/?$/);
    await page.locator("main .panel").first().waitFor();
    expect(visit.errors).toEqual([]);
    await visit.close();
  });

  it("is a ladder along time in both languages; a step is moved, tells others and raises the importance", async () => {
    const visit = await browser.signedIn({ role: "operation_room" }, { language: "ar" });
    const { page } = visit;
    await visit.open(editorOf("escalation"));
    await sound(visit);
    await picture(page, "editor-ladder-ar-1280");
    await standsUpright(visit, "editor-ladder-ar-390");
    await page.setViewportSize({ width: 1280, height: 900 });
    const all = await page.locator(".step-card").count();
    expect(all).toBe(23);
    await page.getByLabel("مستوى الأهمية", { exact: true }).first().selectOption("critical");
    await page.getByLabel("نوع الطلب", { exact: true }).first().selectOption("complaint");
    // Of a critical complaint: triage, first response, 75 %, idle, due, and three levels beyond.
    expect(await page.locator(".step-card").count()).toBe(8);
    await page.locator("[data-rule='raise-critical-2']").click();
    const editor = page.locator(".rule-editor");
    await editor.getByLabel("اللحظة").selectOption("percent");
    await editor.getByRole("spinbutton").first().fill("50");
    await editor.getByLabel("غرفة العمليات").check();
    await editor.getByLabel("يرتفع مستوى الأهمية مستوى واحدًا").check();
    await page.locator(".ladder-before", { hasText: "50%" }).locator("[data-rule='raise-critical-2']").waitFor();
    await sound(visit);
    await picture(page, "editor-ladder-step-ar-1280");
    await page.getByRole("tab", { name: /^النص/ }).click();
    const text = await page.locator("textarea.code-text").inputValue();
    const found = (JSON.parse(text) as RuleSetDefinition).rules.find(({ id }) => id === "raise-critical-2");
    expect(found?.event.params).toMatchObject({
      kind: "escalation",
      level: 2,
      when: { clock: "resolution", percent: 50 },
      tell: expect.arrayContaining(["operationRoom"]),
      raiseImportance: true,
    });
    await visit.close();

    const english = await browser.signedIn({ role: "operation_room" }, { language: "en" });
    await english.open(editorOf("escalation", "&of-importance=critical&of-type=complaint"));
    await picture(english.page, "editor-ladder-en-1280");
    await sound(english);
    await standsUpright(english, "editor-ladder-en-390");
    await english.close();
  });
});

describe("service levels", () => {
  it("are a grid of the draft: a row is filled, a block is pasted, what is no time is told at its cell", async () => {
    for (const language of ["ar", "en"] as const) {
      const visit = await browser.signedIn({ role: "operation_room" }, { language });
      const { page } = visit;
      await visit.open(editorOf("sla", "&type=complaint"));
      await page.locator("[data-cell='0-0']").waitFor();
      await sound(visit);
      await picture(page, `editor-grid-${language}-1280`);
      if (language === "en") {
        // A double click opens a cell, wherever it is made, and presses nothing in it; nor does one on “Set” open another.
        const promised = page.locator(".cell-editor").getByRole("checkbox");
        const cell = page.locator("[data-cell='2-1']");
        for (let y = 6; y < 70; y += 8) {
          await cell.dblclick({ position: { x: 24, y } });
          expect([y, await promised.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).checked))]).toEqual(
            [y, [true, true, true]],
          );
          await page.keyboard.press("Escape");
          await cell.waitFor();
        }
        await cell.dblclick({ position: { x: 24, y: 30 } });
        // What is pressed after that is meant.
        await promised.first().click();
        expect(await promised.first().isChecked()).toBe(false);
        await promised.first().click();
        await page.locator(".cell-editor").getByRole("button", { name: "Set", exact: true }).dblclick();
        await cell.waitFor();
        expect(await page.locator(".cell-editor").count()).toBe(0);
        await page.getByLabel("A change applies to").selectOption("row");
        await page.locator("[data-cell='0-0']").focus();
        await page.keyboard.press("Enter");
        await page.locator(".cell-editor input[type=number]").last().fill("7");
        await page.keyboard.press("Enter");
        await page.locator("tbody tr").first().getByText("7 working days").nth(3).waitFor();
        await page.locator("[data-cell='1-0']").focus();
        await page.evaluate(() => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", "9 days\t1 day / 4 days\n6 days\tsoon");
          document.activeElement?.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
          );
        });
        await page.locator("td.sla-faulty", { hasText: "“soon” is not a time" }).waitFor();
        await page.locator("[data-cell='1-1']", { hasText: "4 working days" }).waitFor();
        await page.locator("[data-cell='2-0']", { hasText: "6 working days" }).waitFor();
        // Four of the row, three of the block; each says what it was.
        await page.locator("td.sla-changed").nth(6).waitFor();
        expect(await page.locator("td.sla-changed").count()).toBe(7);
        await page.locator("[data-cell='1-0']", { hasText: "was: 10 working days" }).waitFor();
        await sound(visit);
        // More working hours than a day has are told as what they come to, in the form and in the cell.
        await page.locator("[data-cell='4-0']").click();
        await page.getByLabel("Unit of Final answer").selectOption("workingHours");
        await page.locator(".cell-editor input[type=number]").last().fill("8");
        const more = "More than a working day of 7 hours: 1 working day and 1 hour";
        await page.locator(".cell-editor .long-day", { hasText: more }).waitFor();
        await page.keyboard.press("Escape");
        await page.locator("[data-cell='4-0']").focus();
        await page.evaluate(() => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", "8 hours");
          document.activeElement?.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
          );
        });
        await page.getByLabel("A change applies to").selectOption("cell");
        await page.locator("[data-cell='4-0']", { hasText: more }).waitFor();
        await sound(visit);
        await picture(page, "editor-grid-pasted-en-1280");
        const rules = (await written(page, "en")).rules.filter(({ id }) => id.startsWith("sla-grid-complaint"));
        expect(rules.length).toBeGreaterThanOrEqual(7);
        await page.locator("[data-rule='sla-critical'] .rule-name").click();
        await page.locator(".rule-editor .cell-target").nth(2).waitFor();
        await picture(page, "editor-sla-rules-en-1280");
        await sound(visit);
      }
      await visit.close();
    }
  });

  it("a row is copied onto others, and a table onto another type, by keyboard", async () => {
    for (const language of ["ar", "en"] as const) {
      const say = (en: string, ar: string) => (language === "en" ? en : ar);
      const visit = await browser.signedIn({ role: "operation_room", nth: 1 }, { language });
      const { page } = visit;
      await visit.open(editorOf("sla", "&type=complaint"));
      await discarded(visit);
      await page.locator("[data-cell='1-0']").focus();
      await page.keyboard.press("c");
      const dialog = page.locator("dialog");
      await dialog.getByText(say("Select what to copy to.", "اختر ما يُنسخ إليه.")).waitFor();
      // It begins with the row in which the cursor was.
      expect(await dialog.locator("select").inputValue()).toBe("1");
      const onto = dialog.getByRole("group", { name: say("Onto these rows", "إلى هذه الصفوف") });
      await onto.getByRole("checkbox").first().focus();
      await page.keyboard.press("Space");
      await dialog.getByText(say("Cells that change: 3", "خانات تتغير: 3")).waitFor();
      await sound(visit);
      await picture(page, `editor-grid-copy-${language}-1280`);
      await page.setViewportSize({ width: 390, height: 844 });
      await sound(visit);
      await picture(page, `editor-grid-copy-${language}-390`);
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.keyboard.press("Enter");
      await dialog.waitFor({ state: "detached" });
      await page.locator("tr:first-child td.sla-changed").nth(2).waitFor();
      // The focus is where it was.
      expect(await page.evaluate(() => document.activeElement?.getAttribute("data-cell"))).toBe("1-0");
      const rowText = (row: number) =>
        page.locator(`[data-cell^='${row}-'] .cell-time`).evaluateAll((cells) => cells.map((one) => one.textContent));
      expect(await rowText(0)).toEqual(await rowText(1));
      const table = [await rowText(0), await rowText(1), await rowText(2)];
      await page.getByRole("button", { name: say("Copy a row …", "نسخ صف …") }).click();
      await dialog.locator("select").selectOption("all");
      await dialog.getByRole("checkbox", { name: say("Inquiry", "استفسار") }).check();
      await page.keyboard.press("Enter");
      await dialog.waitFor({ state: "detached" });
      await page.getByRole("tab", { name: say("Inquiry", "استفسار") }).click();
      await page.locator("[data-cell='2-0']").waitFor();
      expect([await rowText(0), await rowText(1), await rowText(2)]).toEqual(table);
      await sound(visit);
      await picture(page, `editor-grid-copied-${language}-1280`);
      await visit.close();
    }
  });
});
