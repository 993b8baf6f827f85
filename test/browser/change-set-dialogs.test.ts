/** The dialogs of a change-set in a real browser: an edit of each kind is opened again, changed, put back and read. */
import { afterAll, afterEach, beforeAll, expect, it, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import { type AdminBrowser, looksRight, openAdminBrowser, settled, type Visit } from "../support/admin-browser.js";
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
const address = (id: number) => `/admin/pages/change-set?programme=${programme}&id=${id}`;
const put = (id: number, edit: object) => sets().put({ actor: actor(), id, edit, now });
const held = async (id: number) =>
  (await sets().read({ actor: actor(), id, now })).listed.map(({ edit }) => edit as unknown as Record<string, unknown>);

async function opened(title: string, edits: readonly object[], look: { language?: "en" | "ar"; width?: number } = {}) {
  const { id } = await sets().begin({ actor: actor(), programme, title, now });
  for (const edit of edits) await put(id, edit);
  const visit = await browser.backAt({ role: "operation_room", nth: 2 }, { language: "en", ...look });
  await visit.open(address(id));
  return { id, visit, page: visit.page, dialog: visit.page.locator("dialog") };
}

/** In the window that the page is in, or in these. */
async function sound({ page, outside }: Visit, name: string, widths?: readonly number[]): Promise<void> {
  await looksRight(page, `change-set-${name}`, widths ?? [page.viewportSize()?.width ?? 1280]);
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

const plates = { code: "PLATES", nameAr: "لوحات", nameEn: "Plates", sector: "HEALTH", parent: "MOH" };
const entity = { ...plates, kind: "authority", joining: "live", validFrom: "2026-01-01" };

it("a merger goes into another entity, and its seats end", async () => {
  const cases = { to: "PSD", except: {} };
  const merge = { act: "merge", table: "entities", code: "DVLD", into: "PSD", cases, seats: "move" };
  const { id, visit, page, dialog } = await opened("Merger", [merge]);
  await again(page);
  await choose(page, /Entity that it is merged into/, "MOI");
  await dialog.getByLabel("Its positions").selectOption("end");
  await sound(visit, "merge-again");
  await putThere(page);
  await page.getByText("Positions that end").waitFor();
  expect(await held(id)).toEqual([{ ...merge, into: "MOI", cases: { to: "MOI", except: {} }, seats: "end" }]);
});

it("an entity that is retired sends its cases elsewhere", async () => {
  const retire = { act: "retire", table: "entities", code: "DVLD", cases: { to: "PSD", except: {} } };
  const { id, visit, page } = await opened("Retiring", [retire], { language: "ar", width: 390 });
  await again(page);
  await choose(page, /طلباتها المفتوحة تنتقل إلى/, "MOI");
  await sound(visit, "retire-again");
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
  await sound(visit, "seat-conflict");
  expect(await held(id)).toMatchObject([{ values: { entity: "MOF" } }]);
  await settled(page);
  await putThere(page);
  expect(await held(id)).toMatchObject([{ values: { entity: "MOF", holder: null } }]);
});

it("a row that the set adds gets another code; what refers to it is named at the field, and nothing typed is lost", async () => {
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
  await sound(visit, "code");
  await sets().takeOut({ actor: actor(), id, table: "entities", code: "DVLD", now });
  await page.getByRole("button", { name: "Put it there" }).click();
  await page.getByText("New entity “Numbers” (NUMBERS)").waitFor();
  expect(await held(id)).toMatchObject([{ act: "create", code: "NUMBERS", values: { code: "NUMBERS" } }]);
});

it("a form whose row a colleague recodes meanwhile stays what it is, and its code is explained, in Arabic", async () => {
  const add = (code: string) => ({ act: "create", table: "entities", code, values: { ...entity, code } });
  const { id, visit, page } = await opened("Codes", [add("PLATES")], { language: "ar", width: 390 });
  await page.getByRole("link", { name: /^فتح من جديد: إضافة جهة/ }).click();
  await page
    .getByText(/لا يمكن تغييره أبدًا بعد سريانه/)
    .first()
    .waitFor();
  await page.locator("#field-nameEn").fill("Number plates");
  await sets().put({ actor: actor(), id, edit: add("NUMBERS"), seen: (await held(id))[0], now });
  await page.reload();
  // What was typed is here, and the row is still in the set.
  await page.getByText("استُعيد ما كنت قد كتبته.").waitFor();
  expect(await page.locator("#field-nameEn").inputValue()).toBe("Number plates");
  expect(await page.getByText(/أزاله شخص آخر/).count()).toBe(0);
  const put_ = page.getByRole("button", { name: "إضافة إليها" });
  await put_.click();
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>("#field-code")?.value === "NUMBERS");
  expect(await page.locator("#field-nameEn").inputValue()).toBe("Number plates");
  await sound(visit, "recoded", [390, 1280]);
  await put_.click();
  await page.locator("#impact").waitFor();
  expect(await held(id)).toMatchObject([{ code: "NUMBERS", values: { code: "NUMBERS", nameEn: "Number plates" } }]);
});

it("what is missing at an entity that the set adds leads to its edit in the set, for those who may write there", async () => {
  const add = { act: "create", table: "entities", code: "PLATES", values: entity };
  const { id, page, visit } = await opened("Missing", [add]);
  await sound(visit, "missing", [1280, 390]);
  await page
    .locator("#impact")
    .getByRole("link", { name: /^View: Entities that receive cases but have no focal point/ })
    .click();
  await page.getByRole("heading", { level: 1, name: "Edit: Plates" }).waitFor();
  expect(await page.locator("#field-code").inputValue()).toBe("PLATES");
  // An auditor is led nowhere from there: the edit is above it on the page.
  const auditor = await browser.signedIn({ role: "auditor" }, { language: "ar" });
  await auditor.open(address(id));
  const impact = auditor.page.locator("#impact");
  const missing = "جهات تستقبل طلبات وليس لها ضابط ارتباط";
  await impact.getByText(missing).waitFor();
  expect(await impact.getByRole("link", { name: missing }).count()).toBe(0);
  await sound(auditor, "missing");
  await auditor.close();
});
