/** Two entities become one: gathered with a rule by an administrator, approved by a second person in Arabic, and the next application goes there. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import {
  type AdminBrowser,
  axe,
  looksRight,
  openAdminBrowser,
  overflow,
  picture,
  type Visit,
} from "../support/admin-browser.js";
import { programme, sundayNine } from "../support/working-office.js";

jest.setTimeout(240_000);
let browser: AdminBrowser;
beforeAll(async () => {
  browser = await openAdminBrowser();
  await browser.app.office.asOwner(`update programmes set settings = settings || '{"secondPerson": true}'`);
}, 180_000);
afterAll(() => browser?.close());

async function sound({ page, outside }: Visit): Promise<void> {
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(outside).toEqual([]);
}

/** Chooses a record by typing its code. */
async function choose(page: Page, label: string | RegExp, code: string): Promise<void> {
  const box = page.locator("dialog").getByRole("combobox", { name: label });
  await box.fill(code);
  await page
    .locator("dialog")
    .getByRole("option", { name: new RegExp(code) })
    .first()
    .click();
}

describe("a merger", () => {
  it("is gathered, looked at, approved by a second person, and decides the next application", async () => {
    const { office, services } = browser.app;
    const open = await office.receive({ entity: "DVLD" });
    const author = await browser.signedIn({ role: "operation_room" }, { language: "en" });
    const { page } = author;
    await author.open("/admin/pages/change-set");
    await sound(author);
    // By keyboard alone: a dialog opens in its first field.
    await page.getByRole("button", { name: "New change-set …" }).focus();
    await page.keyboard.press("Enter");
    await page.locator("dialog").waitFor();
    await page.keyboard.type("Licensing joins the police");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Licensing joins the police" }).waitFor();

    // First it is only retired: the page says what stands in the way.
    await page.getByRole("button", { name: "Retire an entity …" }).click();
    await choose(page, /Entity that ends/, "DVLD");
    await page.getByRole("button", { name: "Put it there" }).click();
    await page
      .locator("#impact")
      .getByText(/has open cases: 1, confidential ones not counted\. Select where each goes/)
      .waitFor();
    expect(await page.getByRole("button", { name: "Submit …" }).isDisabled()).toBe(true);
    await looksRight(page, "change-set-errors");

    await page.getByRole("button", { name: "Merge entities …" }).click();
    await choose(page, /Entity that ends/, "DVLD");
    await choose(page, /Entity that it is merged into/, "PSD");
    await sound(author);
    await picture(page, "change-set-merge-en-1280");
    await page.getByRole("button", { name: "Put it there" }).click();
    await page
      .getByText(/is merged into/)
      .first()
      .waitFor();
    await page
      .locator("#impact")
      .getByText(/Open cases of/)
      .waitFor();

    // A rule of routing changes in the same set, in the frame in which rules are always edited.
    await page.getByRole("link", { name: "Add a policy" }).click();
    await page.getByRole("link", { name: "Routing", exact: true }).click();
    await page.getByText("What you change here goes into the change-set “Licensing joins the police”").waitFor();
    await page.getByRole("tab", { name: /Text/ }).click();
    const text = page.locator("textarea.code-text");
    const { rules, ...set } = JSON.parse(await text.inputValue()) as { rules: { title: object }[] };
    const first = { ...rules[0], title: { ar: "الفساد إلى الهيئة", en: "Corruption goes to the commission" } };
    await text.fill(JSON.stringify({ ...set, rules: [first, ...rules.slice(1)] }, null, 2));
    await page.getByText(/This draft belongs to the change-set/).waitFor();
    await sound(author);
    await picture(page, "change-set-policy-en-1280");
    await page.getByRole("link", { name: "Go to the change-set" }).click();
    await page.getByText("Draft: Routing").waitFor();
    await sound(author);
    await picture(page, "change-set-ready-en-1280");
    await page.getByRole("button", { name: "Submit …" }).click();
    const dialog = page.locator("dialog");
    await dialog.locator("#field-reason").fill("The cabinet decided it");
    const why = dialog.locator("#field-warningsReason");
    if ((await why.count()) > 0) await why.fill("It is known");
    await sound(author);
    await dialog.getByRole("button", { name: "Submit for approval" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await page.getByRole("button", { name: /Approve|Publish/ }).count()).toBe(0);

    const second = await browser.signedIn({ role: "operation_room", nth: 1 }, { language: "ar" });
    const there = second.page;
    await second.open("/admin");
    await there.getByRole("link", { name: "Licensing joins the police" }).click();
    await there.getByText(/^دمج/).first().waitFor();
    await looksRight(there, "change-set-approve");
    await there.getByRole("button", { name: "موافقة …" }).click();
    const asked = there.locator("dialog");
    await asked.locator("#field-reason").fill("راجعت القرار والجهتين");
    await sound(second);
    await picture(there, "change-set-approving-ar-1280");
    await asked.getByRole("button", { name: "موافقة ونشر" }).click();
    await asked.waitFor({ state: "detached" });
    await there.getByText("منشورة", { exact: true }).waitFor();
    await services.work.caseMoves.settled();
    expect((await office.caseRow(open.reference)).entity).toBe("PSD");
    await second.open(`/admin/pages/change-set?programme=${programme}`);
    await there.getByText("Licensing joins the police").waitFor();
    await sound(second);
    await picture(there, "change-sets-ar-1280");

    const next = await office.receive({ service: "DVLD-LICENCE", entity: null, sector: null }, sundayNine);
    expect((await office.caseRow(next.reference)).entity).toBe("PSD");

    // The history of what it changed tells of it.
    const [{ id } = { id: 0 }] = await office.rows("select id from services where code = 'DVLD-LICENCE'");
    await second.open(`/admin/resources/services/records/${String(id)}/show`);
    await there.getByText("ضمن مجموعة التغييرات").first().waitFor();
    await sound(second);
  });

  it("is begun from a form, which offers nothing else once what is typed changes a decision", async () => {
    const author = await browser.backAt({ role: "operation_room", nth: 2 }, { language: "en" });
    const { page } = author;
    const [{ id } = { id: 0 }] = await browser.app.office.rows(
      "select id from importance_levels where code = 'critical'",
    );
    await author.open(`/admin/resources/importance-levels/records/${String(id)}/edit`);
    const save = page.getByRole("button", { name: "Save", exact: true });
    // A name is a name: one person saves it. A rank decides.
    await page.locator("#field-nameEn").fill("Most critical");
    await save.waitFor();
    await page.locator("#field-rank").fill("9");
    await page.getByText(/a second person has to approve it. Put it into a change-set/).waitFor();
    expect(await save.count()).toBe(0);
    await page.locator("#field-rank").fill("4");
    await save.waitFor();
    await page.locator("#field-rank").fill("9");
    await save.waitFor({ state: "detached" });
    await sound(author);
    await picture(page, "change-set-offer-en-1280");
    await page.getByRole("button", { name: "Into a change-set …" }).click();
    await page.locator("dialog #field-title").fill("Weights");
    await sound(author);
    await picture(page, "change-set-into-en-1280");
    await page.getByRole("button", { name: "Put it there" }).click();
    await page.getByRole("heading", { name: "Weights" }).waitFor();
    await page.getByText(/rank: from “4” to “9”/).waitFor();
    await sound(author);
  });

  it("takes what is retired, moved or removed straight away: no button is there that would be refused", async () => {
    const { office } = browser.app;
    const author = await browser.backAt({ role: "operation_room", nth: 2 }, { language: "en" });
    const { page } = author;
    const dialog = page.locator("dialog");
    const [{ id } = { id: 0 }] = await office.rows("select id from pillars where code = 'BEHAVIOUR'");
    await author.open(`/admin/resources/pillars/records/${String(id)}/show`);
    await page.getByRole("button", { name: "Retire", exact: true }).click();
    await dialog.getByText("It can no longer be chosen after that.").waitFor();
    await dialog.getByRole("button", { name: "Put it there" }).waitFor();
    expect(await dialog.getByRole("button", { name: "Retire", exact: true }).count()).toBe(0);
    await sound(author);
    await picture(page, "change-set-retire-en-1280");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    // Its row of the grid, as it is in force.
    await page.getByRole("link", { name: "Its service levels" }).click();
    await page.locator("th.sla-sought", { hasText: "Behaviour" }).waitFor();

    await author.open(`/admin/pages/entity-tree?programme=${programme}&find=CSPD`);
    await page
      .getByRole("button", { name: /^Move Civil Status/ })
      .first()
      .click();
    await dialog.getByRole("button", { name: "Into a change-set …" }).waitFor();
    expect(await dialog.getByRole("button", { name: "Move", exact: true }).count()).toBe(0);
    await sound(author);

    // Nothing ever used it, and still nobody deletes it alone.
    await office.asOwner(
      `insert into pillars (programme, code, name_ar, name_en, sort_order)
       values ('jordan', 'UNUSED', 'غير مستخدم', 'Unused', 90)`,
    );
    const [unused] = await office.rows("select id from pillars where code = 'UNUSED'");
    await author.open(`/admin/resources/pillars/records/${String(unused?.id)}/show`);
    await page.getByText("In this programme one person alone cannot remove it. Retire it in a change-set.").waitFor();
    expect(await page.getByRole("button", { name: "Delete" }).count()).toBe(0);
    await sound(author);
    await office.asOwner("delete from pillars where code = 'UNUSED'");
  });

  it("adds an entity that takes over a service in the same set: the form of the service offers it", async () => {
    const author = await browser.backAt({ role: "operation_room", nth: 2 }, { language: "en" });
    const { page } = author;
    const box = (label: RegExp) => page.locator("main").getByRole("combobox", { name: label });
    const option = (name: RegExp) => page.getByRole("option", { name }).first();
    await author.open("/admin/resources/entities/actions/new?kind=authority&joining=live&sector=HEALTH&parent=MOH");
    await page.locator("#field-nameAr").fill("هيئة الصحة الرقمية");
    await page.locator("#field-code").fill("D H A");
    await page.getByRole("button", { name: "Into a change-set …" }).click();
    await page.locator("dialog #field-changeSet").selectOption({ label: "A new change-set" });
    await page.locator("dialog #field-title").fill("Digital health");
    await page.getByRole("button", { name: "Put it there" }).click();
    // What is missing and what is malformed stand at their fields in the form. No empty set is begun, and its title is kept.
    await page.getByText("2 fields need correcting").waitFor();
    expect(await page.locator("[aria-invalid=true]").evaluateAll((all) => all.map(({ id }) => id).sort())).toEqual([
      "field-code",
      "field-nameEn",
    ]);
    const begun = () => browser.app.office.rows("select id from policy_drafts where title = 'Digital health'");
    expect(await begun()).toEqual([]);
    await sound(author);
    await picture(page, "change-set-form-faults-en-1280");
    await page.locator("#field-nameEn").fill("Digital Health Authority");
    await page.locator("#field-code").fill("DHA");
    await page.getByRole("button", { name: "Into a change-set …" }).click();
    expect(await page.locator("dialog #field-changeSet option:checked").textContent()).toBe("A new change-set");
    expect(await page.locator("dialog #field-title").inputValue()).toBe("Digital health");
    await picture(page, "change-set-title-kept-en-1280");
    await page.getByRole("button", { name: "Put it there" }).click();
    await page.getByText(/New entity “Digital Health Authority”/).waitFor();
    expect(await begun()).toHaveLength(1);

    const [{ id } = { id: 0 }] = await browser.app.office.rows("select id from services where code = 'MOH-LICENCE'");
    await author.open(`/admin/resources/services/records/${String(id)}/edit`);
    await box(/^Entity/).fill("digital health");
    await option(/DHA, in the change-set “Digital health”/).waitFor();
    await sound(author);
    await option(/DHA, in the change-set/).click();
    await page.getByRole("button", { name: "Into a change-set …" }).click();
    // The set that adds it is the one that is meant.
    await page
      .locator("dialog")
      .getByRole("combobox", { name: /^Change-set/ })
      .waitFor();
    expect(await page.locator("dialog #field-changeSet option:checked").textContent()).toBe("Digital health");
    await page.getByRole("button", { name: "Put it there" }).click();
    await page.getByText(/moves from “Ministry of Health” to “Digital Health Authority”/).waitFor();
    await sound(author);
  });

  it("opens an edit again in the form of its row: what is set back is set back, and what a colleague changed is shown", async () => {
    const { services, office } = browser.app;
    const [author, colleague] = [2, 1].map((nth) => office.official("operation_room", null, nth));
    if (author === undefined || colleague === undefined) throw new Error("Nobody is there");
    const { id } = await services.changeSets.begin({ actor: author, programme, title: "Again", now: sundayNine });
    const row = { act: "update", table: "pillars", code: "QUALITY" };
    const { name } = (await services.setup.of(programme)).pillars.get("QUALITY") ?? {};
    const before = { nameEn: name?.en, nameAr: name?.ar };
    const change = { ...row, values: { nameEn: "Standards", nameAr: "المعايير" }, before };
    const put = (edit: object) => services.changeSets.put({ actor: colleague, id, edit, now: sundayNine });
    await put(change);
    const visit = await browser.backAt({ role: "operation_room", nth: 2 }, { language: "en" });
    const { page } = visit;
    await visit.open(`/admin/pages/change-set?programme=${programme}&id=${id}`);
    await page.getByRole("link", { name: /^Open again/ }).click();
    await page.getByText("What you change here goes into the change-set “Again”").waitFor();
    expect(await page.locator("#field-nameEn").inputValue()).toBe("Standards");
    await sound(visit);
    await picture(page, "change-set-row-en-1280");
    await page.locator("#field-nameEn").fill("Quality of answers");
    await put({ ...row, values: { nameEn: "Good service" }, before });
    await page.getByRole("button", { name: "Put it there" }).click();
    await page.getByText("Someone changed this while you were editing").waitFor();
    await page.getByText("Good service").first().waitFor();
    expect(await page.locator("#field-nameEn").inputValue()).toBe("Quality of answers");
    await sound(visit);
    await picture(page, "change-set-row-conflict-en-1280");
    await page.locator("#field-nameAr").fill(name?.ar ?? "");
    await page.getByRole("button", { name: "Put it there" }).click();
    await page.getByRole("heading", { name: "Again", exact: true }).waitFor();
    const { listed } = await services.changeSets.read({ actor: author, id, now: sundayNine });
    expect(listed.map(({ edit }) => "values" in edit && edit.values)).toEqual([{ nameEn: "Quality of answers" }]);

    const arabic = await browser.backAt({ role: "operation_room", nth: 2 }, { language: "ar", width: 390 });
    await arabic.open(`/admin/pages/change-set?programme=${programme}&id=${id}`);
    await arabic.page.getByRole("link", { name: /^فتح من جديد/ }).click();
    await arabic.page.getByText(/ما تعدّله هنا يدخل في مجموعة التغييرات/).waitFor();
    await sound(arabic);
    await picture(arabic.page, "change-set-row-ar-390");
  });

  it("adds a seat with somebody on it; whoever would sit on it themselves is told while they write", async () => {
    const { services, office } = browser.app;
    const actor = office.official("operation_room", null, 2);
    const { id } = await services.changeSets.begin({ actor, programme, title: "Positions", now: sundayNine });
    const holders = (await services.setup.of(programme)).seats.flatMap((seat) => seat.holders);
    const own = holders.find(({ userId }) => userId === actor.userId)?.email ?? "";
    const other = holders.find(({ userId }) => userId === office.official("focal_point", "MOF").userId)?.email ?? "";
    const visit = await browser.backAt({ role: "operation_room", nth: 2 }, { language: "en" });
    const { page } = visit;
    await visit.open(`/admin/pages/change-set?programme=${programme}&id=${id}`);
    await page.getByRole("button", { name: "New position …" }).click();
    const dialog = page.locator("dialog");
    await dialog.locator("#field-role").selectOption("focal_point");
    await choose(page, /^Entity/, "MOF");
    await dialog.locator("#field-titleAr").fill("ضابط ارتباط المالية (9)");
    await dialog.locator("#field-titleEn").fill("Focal point of finance (9)");
    await dialog.locator("#field-holder").fill(own);
    await dialog.getByRole("button", { name: "Put it there" }).click();
    await dialog
      .locator("#field-holder-fault", { hasText: "You cannot appoint yourself to a position. Ask another" })
      .waitFor();
    await sound(visit);
    await picture(page, "change-set-new-seat-en-1280");
    await dialog.locator("#field-holder").fill(other);
    await dialog.getByRole("button", { name: "Put it there" }).click();
    await page.getByText(/New position “Focal point of finance \(9\)”/).waitFor();
    await page.getByRole("button", { name: /^Open again/ }).click();
    expect(await dialog.locator("#field-holder").inputValue()).toBe(other);
    await dialog.locator("#field-holder").fill("");
    await dialog.getByRole("button", { name: "Put it there" }).click();
    await dialog.waitFor({ state: "detached" });
    const { listed } = await services.changeSets.read({ actor, id, now: sundayNine });
    expect(listed.map(({ edit }) => "values" in edit && edit.values)).toEqual([
      expect.objectContaining({ role: "focal_point", entity: "MOF", holder: null }),
    ]);

    const arabic = await browser.backAt({ role: "operation_room", nth: 2 }, { language: "ar", width: 390 });
    await arabic.open(`/admin/pages/change-set?programme=${programme}&id=${id}`);
    await arabic.page.getByRole("button", { name: /^فتح من جديد/ }).click();
    await arabic.page.locator("dialog #field-titleAr").waitFor();
    await sound(arabic);
    await picture(arabic.page, "change-set-new-seat-ar-390");
  });
});
