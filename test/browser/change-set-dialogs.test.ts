/** The dialogs of a change-set in a real browser: an edit of each kind is opened again, changed, put back and read. */
import { afterAll, afterEach, beforeAll, expect, it, jest } from "@jest/globals";
import type { Page } from "playwright-core";
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
}, 180_000);
afterAll(() => browser?.close());
// A row is in one open set at a time.
afterEach(async () => {
  for (const { id, revision } of await sets().list({ actor: actor() }))
    await sets().discard({ actor: actor(), id, revision, now });
});

const now = sundayNine;
const actor = () => browser.app.office.official("operation_room", null, 2);
const sets = () => browser.app.services.changeSets;
const put = (id: number, edit: object) => sets().put({ actor: actor(), id, edit, now });
const held = async (id: number) =>
  (await sets().read({ actor: actor(), id, now })).listed.map(({ edit }) => edit as unknown as Record<string, unknown>);

async function opened(title: string, edits: readonly object[], look: { language?: "en" | "ar"; width?: number } = {}) {
  const { id } = await sets().begin({ actor: actor(), programme, title, now });
  for (const edit of edits) await put(id, edit);
  const visit = await browser.signedIn({ role: "operation_room", nth: 2 }, { language: "en", ...look });
  await visit.open(`/admin/pages/change-set?programme=${programme}&id=${id}`);
  return { id, visit, page: visit.page, dialog: visit.page.locator("dialog") };
}

async function sound({ page, outside }: Visit): Promise<void> {
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(outside).toEqual([]);
}

/** Chooses a record by typing its code. */
async function choose(page: Page, label: RegExp, code: string): Promise<void> {
  const dialog = page.locator("dialog");
  await dialog.getByRole("combobox", { name: label }).fill(code);
  await dialog
    .getByRole("option", { name: new RegExp(code) })
    .first()
    .click();
}
async function putThere(page: Page): Promise<void> {
  const dialog = page.locator("dialog");
  await dialog.getByRole("button", { name: /Put it there|إضافة إليها/ }).click();
  await dialog.waitFor({ state: "detached" });
}
const again = (page: Page) => page.getByRole("button", { name: /^(Open again|فتح من جديد)/ }).click();

it("a merger goes into another entity, and its seats end", async () => {
  const cases = { to: "PSD", except: {} };
  const merge = { act: "merge", table: "entities", code: "DVLD", into: "PSD", cases, seats: "move" };
  const { id, visit, page, dialog } = await opened("Merger", [merge]);
  await again(page);
  await choose(page, /Entity that it is merged into/, "MOI");
  await dialog.getByLabel("Its positions").selectOption("end");
  await sound(visit);
  await picture(page, "change-set-merge-again-en-1280");
  await putThere(page);
  await page.getByText("Positions that end").waitFor();
  expect(await held(id)).toEqual([{ ...merge, into: "MOI", cases: { to: "MOI", except: {} }, seats: "end" }]);
});

it("an entity that is retired sends its cases elsewhere", async () => {
  const retire = { act: "retire", table: "entities", code: "DVLD", cases: { to: "PSD", except: {} } };
  const { id, visit, page } = await opened("Retiring", [retire], { language: "ar", width: 390 });
  await again(page);
  await choose(page, /طلباتها المفتوحة تنتقل إلى/, "MOI");
  await sound(visit);
  await picture(page, "change-set-retire-again-ar-390");
  await putThere(page);
  expect(await held(id)).toEqual([{ ...retire, cases: { to: "MOI", except: {} } }]);
});

it("a seat that moves goes elsewhere; where a colleague put it there first, theirs is shown and mine goes on top", async () => {
  const seat = { act: "update", table: "seats", code: "FOCAL-MOI-1", before: {} };
  const { id, visit, page, dialog } = await opened("Positions", [{ ...seat, values: { entity: "MOF" } }]);
  await again(page);
  await choose(page, /^Entity/, "PSD");
  await putThere(page);
  expect(await held(id)).toMatchObject([{ values: { entity: "PSD" } }]);
  await sets().takeOut({ actor: actor(), id, table: "seats", code: "FOCAL-MOI-1", now });
  await page.reload();

  await page.getByRole("button", { name: "Change a position …" }).click();
  await choose(page, /^Position/, "FOCAL-MOI-1");
  await dialog.getByLabel("What happens to it").selectOption("holder");
  await put(id, { ...seat, values: { entity: "MOF" } });
  await dialog.getByRole("button", { name: "Put it there" }).click();
  await dialog.getByText(/Someone has added this to the change-set: The position/).waitFor();
  await sound(visit);
  await picture(page, "change-set-seat-conflict-en-1280");
  expect(await held(id)).toMatchObject([{ values: { entity: "MOF" } }]);
  await settled(page);
  await putThere(page);
  expect(await held(id)).toMatchObject([{ values: { entity: "MOF", holder: null } }]);
});

it("a row that the set adds gets another code; what refers to it is named at the field, and nothing typed is lost", async () => {
  const values = { code: "PLATES", nameAr: "لوحات", nameEn: "Plates", sector: "HEALTH", parent: "MOH" };
  const entity = { ...values, kind: "authority", joining: "live", validFrom: "2026-01-01" };
  const { id, visit, page } = await opened("Codes", [
    { act: "create", table: "entities", code: "PLATES", values: entity },
    { act: "retire", table: "entities", code: "DVLD", cases: { to: "PLATES", except: {} } },
  ]);
  await page.getByRole("link", { name: /^Open again: New entity/ }).click();
  await page.locator("#field-code").fill("NUMBERS");
  await page.locator("#field-nameEn").fill("Numbers");
  await page.getByRole("button", { name: "Put it there" }).click();
  await page
    .getByText(/The code stays PLATES while something else in this change-set refers to it/)
    .first()
    .waitFor();
  expect(await page.locator("#field-code").inputValue()).toBe("NUMBERS");
  expect(await page.locator("#field-nameEn").inputValue()).toBe("Numbers");
  await sound(visit);
  await picture(page, "change-set-code-en-1280");
  await sets().takeOut({ actor: actor(), id, table: "entities", code: "DVLD", now });
  await page.getByRole("button", { name: "Put it there" }).click();
  await page.getByText("New entity “Numbers” (NUMBERS)").waitFor();
  expect(await held(id)).toMatchObject([{ act: "create", code: "NUMBERS", values: { code: "NUMBERS" } }]);
});

it.each([
  ["en", 1280],
  ["ar", 390],
] as const)(
  "a form whose row a colleague recodes meanwhile stays what it is, and its code is explained (%s, %d)",
  async (language, width) => {
    const ar = language === "ar";
    const values = {
      nameAr: "لوحات",
      nameEn: "Plates",
      sector: "HEALTH",
      parent: "MOH",
      kind: "authority",
      joining: "live",
    };
    const add = (code: string) => ({ act: "create", table: "entities", code, values: { ...values, code } });
    const { id, visit, page } = await opened("Codes", [add("PLATES")], { language, width });
    await page.getByRole("link", { name: /^(Open again: New entity|فتح من جديد: إضافة جهة)/ }).click();
    await page
      .getByText(ar ? /لا يمكن تغييره أبدًا بعد سريانه/ : /Once it is in force it can never be changed/)
      .first()
      .waitFor();
    await page.locator("#field-nameEn").fill("Number plates");
    await sets().put({ actor: actor(), id, edit: add("NUMBERS"), seen: (await held(id))[0], now });
    await page.reload();
    // What was typed is here, and nobody took the row out.
    await page.getByText(ar ? "استُعيد ما كنت قد كتبته." : "What you typed before is here again.").waitFor();
    expect(await page.locator("#field-nameEn").inputValue()).toBe("Number plates");
    expect(await page.getByText(/someone removed it|أزاله شخص آخر/).count()).toBe(0);
    const put_ = page.getByRole("button", { name: ar ? "إضافة إليها" : "Put it there" });
    await put_.click();
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>("#field-code")?.value === "NUMBERS");
    expect(await page.locator("#field-nameEn").inputValue()).toBe("Number plates");
    await sound(visit);
    await picture(page, `change-set-recoded-${language}-${width}`);
    await put_.click();
    await page.locator("#impact").waitFor();
    expect(await held(id)).toMatchObject([{ code: "NUMBERS", values: { code: "NUMBERS", nameEn: "Number plates" } }]);
  },
);

it.each(["en", "ar"] as const)(
  "what is missing at an entity that the set adds leads to its edit in the set, where the entity is (%s)",
  async (language) => {
    const ar = language === "ar";
    const values = { code: "PLATES", nameAr: "لوحات", nameEn: "Plates", sector: "HEALTH", parent: "MOH" };
    const entity = { ...values, kind: "authority", joining: "live", validFrom: "2026-01-01" };
    const add = { act: "create", table: "entities", code: "PLATES", values: entity };
    const { page, visit } = await opened("Missing", [add], { language });
    const words = ar
      ? /^عرض: جهات تستقبل طلبات وليس لها ضابط ارتباط/
      : /^View: Entities that receive cases but have no focal point/;
    await sound(visit);
    await page.locator("#impact").getByRole("link", { name: words }).click();
    await page.getByRole("heading", { level: 1, name: ar ? "تعديل: لوحات" : "Edit: Plates" }).waitFor();
    expect(await page.locator("#field-code").inputValue()).toBe("PLATES");
  },
);

it("whoever may not write in the set is led nowhere from there: the edit stands above", async () => {
  const values = { code: "PLATES", nameAr: "لوحات", nameEn: "Plates", sector: "HEALTH", parent: "MOH" };
  const entity = { ...values, kind: "authority", joining: "live", validFrom: "2026-01-01" };
  const { id } = await opened("Missing", [{ act: "create", table: "entities", code: "PLATES", values: entity }]);
  const { page, open } = await browser.signedIn({ role: "auditor" }, { language: "en" });
  await open(`/admin/pages/change-set?programme=${programme}&id=${id}`);
  await page
    .locator("#impact")
    .getByText(/have no focal point/)
    .waitFor();
  expect(
    await page
      .locator("#impact")
      .getByRole("link", { name: /have no focal point/ })
      .count(),
  ).toBe(0);
});
