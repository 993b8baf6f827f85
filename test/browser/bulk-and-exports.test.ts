/** Many cases at once, in a real browser: chosen by keyboard, looked at before, left alone, exported and read back. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { parse } from "csv-parse/sync";
import ExcelJS from "exceljs";
import type { Locator, Page } from "playwright-core";
import type { Language } from "../../src/engine/text/text.js";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture } from "../support/admin-browser.js";
import { type Person, sundayNine } from "../support/working-office.js";

jest.setTimeout(150_000);
let office: AdminBrowser;
let folder: string;
let person: Person;
const now = new Date(sundayNine.getTime() + 2 * 3_600_000);
const seat = { role: "focal_point", place: "CSPD" } as const;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "diwan-exports-browser-"));
  office = await openAdminBrowser({ now, parts: { exportsFolder: folder } });
  const { receive, act, official } = office.app.office;
  person = official("focal_point", "CSPD");
  for (let i = 0; i < 32; i++) await receive({ subject: `تأخر إصدار الهوية الشخصية رقم ${i}`, language: "ar" });
  const taken = await receive({ subject: "=1+1 معاملة مستلمة", language: "ar", importance: "critical" });
  await act(taken.reference, person, "take", {}, now);
});
afterAll(async () => {
  await office?.close();
  rmSync(folder, { recursive: true, force: true });
});

const words = {
  ar: {
    take: /^تولّي الطلب/,
    carryOut: /^تنفيذ على/,
    all: /^تحديد كل النتائج/,
    export: "تصدير",
    write: "إنشاء الملف",
    download: "تنزيل",
    note: /^إضافة ملاحظة|^ملاحظة/,
    look: "معاينة",
    clear: "مسحه",
    reason: /ما الغرض منها/,
    phone: "الهاتف",
  },
  en: {
    take: /^Take/,
    carryOut: /^Carry out on/,
    all: /^Select all/,
    export: "Export",
    write: "Create the file",
    download: "Download",
    note: /note/i,
    look: "Preview",
    clear: "Clear it",
    reason: /What are they needed for/,
    phone: "Phone",
  },
} as const;

async function looksRight(page: Page): Promise<void> {
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
  const say = words[language];

  it("cases are chosen, what they allow is offered, and a look before says what would be refused", async () => {
    const visit = await office.signedIn(seat, { language: language as Language, width });
    const { page } = visit;
    await visit.open("/admin/resources/cases");
    await page.locator("tbody tr").first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("Shift+X");
    expect(await page.locator('tbody tr[aria-selected="true"]').count()).toBe(3);
    const bar = page.locator(".bulk");
    await bar.getByRole("button", { name: say.take }).waitFor();
    await looksRightOnBoth(page);
    await picture(page, `bulk-bar-${language}-${width}`);
    await bar.getByRole("button", { name: say.note }).first().click();
    const dialog = page.locator("dialog[open]");
    await dialog.getByRole("button", { name: say.look }).click();
    await dialog.locator(".field-fault").first().waitFor();
    await looksRightOnBoth(page);
    await picture(page, `bulk-fields-${language}-${width}`);
    await dialog.locator("textarea").fill("راجع المكتب");
    await dialog.getByRole("button", { name: say.look }).click();
    await dialog.getByRole("button", { name: say.carryOut }).waitFor();
    await looksRightOnBoth(page);
    await page.keyboard.press("Escape");
    // What was typed is kept for whoever closed by mistake, and cleared by whoever wants it gone.
    const note = bar.getByRole("button", { name: say.note }).first();
    await note.click();
    expect(await dialog.locator("textarea").inputValue()).toBe("راجع المكتب");
    await looksRightOnBoth(page);
    await picture(page, `bulk-restored-${language}-${width}`);
    await dialog.getByRole("button", { name: say.clear }).click();
    expect(await dialog.locator("textarea").inputValue()).toBe("");
    await page.keyboard.press("Escape");
    await note.click();
    expect(await dialog.locator("textarea").inputValue()).toBe("");
    await page.keyboard.press("Escape");
    // The critical case stands first and is taken already: all but it allow the act.
    await bar.getByRole("button", { name: say.all }).click();
    await bar.getByRole("button", { name: say.take }).click();
    await dialog.locator(".refusals").waitFor();
    await looksRightOnBoth(page);
    await picture(page, `bulk-preview-${language}-${width}`);
    await page.keyboard.press("Escape");
    await visit.open("/admin/pages/my-work");
    await page.locator("h1").waitFor();
    await looksRightOnBoth(page);
    await picture(page, `my-work-empty-${language}-${width}`);
    expect(visit.errors.filter((error) => !/422/.test(error))).toEqual([]);
    await visit.close();
  });

  it("the columns of a file are chosen, personal ones with a reason", async () => {
    const visit = await office.signedIn(seat, { language: language as Language, width });
    const { page } = visit;
    await visit.open("/admin/resources/cases");
    await page.getByRole("button", { name: say.export, exact: true }).click();
    const dialog = page.locator("dialog[open]");
    await dialog.getByLabel(say.phone, { exact: true }).check();
    await dialog.getByRole("button", { name: say.write }).click();
    await dialog.locator(".field-fault").first().waitFor();
    await looksRightOnBoth(page);
    await picture(page, `export-dialog-${language}-${width}`);
    expect(visit.errors.filter((error) => !/422/.test(error))).toEqual([]);
    await visit.close();
  });
});

it("all that the filters find is taken in one run, which goes on when one leaves and says what it refused", async () => {
  const visit = await office.signedIn(seat, { language: "ar" });
  const { page } = visit;
  // As browsers have it in a closed network without HTTPS.
  await page.addInitScript(() => Object.defineProperty(crypto, "randomUUID", { value: undefined }));
  // Without a choice the list has what is open alone; here what was answered and ended is to be refused.
  await visit.open(`/admin/resources/cases?filters.kind=${encodeURIComponent("open,waiting,resolved,final")}`);
  await page.locator("thead input").check();
  await page.locator(".bulk").getByRole("button", { name: words.ar.all }).click();
  await page.locator(".bulk").getByRole("button", { name: words.ar.take }).click();
  await page.locator("dialog[open]").getByRole("button", { name: words.ar.carryOut }).click();
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  // Gone somewhere else meanwhile.
  await visit.open("/admin");
  await office.app.services.work.bulk.lane.settled();
  await visit.open("/admin/pages/my-work");
  await page.getByText("اكتمل").first().waitFor();
  await looksRight(page);
  await picture(page, "my-work-run-ar-1280");
  await page.getByRole("link", { name: "أسباب الرفض" }).click();
  await page.locator(".refusals a").first().waitFor();
  await looksRight(page);
  await picture(page, "my-work-refused-ar-1280");
  const [taken] = await office.app.office.rows("select count(*)::int n from cases where assignee = $1", person.userId);
  expect(taken?.n).toBe(33);
  await visit.close();
});

it.each([
  ["ar", "xlsx"],
  ["en", "csv"],
] as const)("a file in %s is written, fetched and read back (%s)", async (language, format) => {
  // The newest stands first: each has a minute of its own.
  office.app.setNow(new Date(now.getTime() + (language === "ar" ? 1 : 2) * 60_000));
  const visit = await office.signedIn(seat, { language });
  const { page } = visit;
  const say = words[language];
  await visit.open("/admin/resources/cases");
  await page.getByRole("button", { name: say.export, exact: true }).click();
  const dialog = page.locator("dialog[open]");
  await dialog.locator("select").first().selectOption(format);
  await dialog.getByRole("button", { name: say.write }).click();
  await dialog.waitFor({ state: "detached" });
  // Told wherever one is.
  await page.locator(".toast-success").waitFor();
  await visit.open("/admin/pages/my-work");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: say.download }).first().click(),
  ]);
  expect(download.suggestedFilename()).toBe(`${language === "ar" ? "طلبات" : "cases"}-2026-11-22.${format}`);
  const path = await download.path();
  if (format === "csv") {
    const rows = parse(readFileSync(path), { columns: true, bom: true }) as Record<string, string>[];
    expect(rows).toHaveLength(33);
    expect(rows.map(({ Subject }) => Subject)).toContain("'=1+1 معاملة مستلمة");
  } else {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(path);
    const [sheet] = book.worksheets;
    expect(sheet?.rowCount).toBe(34);
    expect(sheet?.views[0]).toMatchObject({ rightToLeft: true });
  }
  await looksRight(page);
  await picture(page, `my-work-exports-${language}-1280`);
  expect(visit.errors).toEqual([]);
  expect(visit.outside).toEqual([]);
  await visit.close();
});

it("at 390 pixels one's work is cards that fit", async () => {
  for (const language of ["ar", "en"] as const) {
    const visit = await office.signedIn(seat, { language, width: 390 });
    await visit.open("/admin/pages/my-work");
    await visit.page.locator("tbody tr").first().waitFor();
    await looksRight(visit.page);
    await picture(visit.page, `my-work-${language}-390`);
    await visit.close();
  }
});

/** Chooses these in what the list finds, and opens the act on them. */
async function chosen(page: Page, references: readonly string[], act: RegExp): Promise<Locator> {
  for (const reference of references) await page.locator("tbody tr", { hasText: reference }).locator("input").check();
  await page.locator(".bulk").getByRole("button", { name: act }).click();
  return page.locator("dialog[open]");
}
async function carriedOut(dialog: Locator): Promise<void> {
  await dialog.getByRole("button", { name: words.ar.look }).click();
  await dialog.getByRole("button", { name: words.ar.carryOut }).click();
  await dialog.waitFor({ state: "detached" });
  await office.app.services.work.bulk.lane.settled();
}

it("duplicates are closed in one run, each with a link to the original; an original of another entity is refused", async () => {
  const { receive, caseRow } = office.app.office;
  const received = async (subject: string, more = {}) =>
    (await receive({ subject, language: "ar", ...more })).reference;
  const original = await received("انقطاع التيار في مبنى الدائرة");
  const same = [await received("انقطاع التيار مرة أخرى"), await received("انقطاع التيار في المبنى نفسه")];
  const foreign = await received("انقطاع التيار في المستشفى", { sector: "HEALTH", entity: "JFDA" });
  const visit = await office.signedIn(seat);
  const { page } = visit;
  await visit.open(`/admin/resources/cases?search=${encodeURIComponent("انقطاع التيار")}`);
  await page.locator("tbody tr", { hasText: original }).waitFor();
  const dialog = await chosen(page, same, /^ربط كطلب مكرر/);
  await dialog.locator("#field-duplicateOf").fill(foreign);
  await dialog.getByRole("button", { name: words.ar.look }).click();
  await dialog.locator(".field-fault").first().waitFor();
  await dialog.locator("#field-duplicateOf").fill(original);
  await carriedOut(dialog);
  for (const reference of same) expect((await caseRow(reference)).state).toBe("duplicate");
  expect((await caseRow(foreign)).state).toBe("assigned");
  await visit.open(`/admin/resources/cases/records/${same[0]}/show`);
  await page.locator(".linked", { hasText: original }).waitFor();
  await looksRight(page);
  await picture(page, "bulk-duplicate-ar-1280");
  await visit.close();
});

it("a main focal point places what waits in the queue, in one run, and it is gone from the queue", async () => {
  const { receive, caseRow } = office.app.office;
  const queue: string[] = [];
  for (const n of [1, 2])
    queue.push(
      (await receive({ subject: `لمن هذا الطلب؟ ${n}`, language: "ar", entity: null, service: null })).reference,
    );
  const visit = await office.signedIn({ role: "main_focal_point", place: "INTERIOR" });
  const { page } = visit;
  await visit.open("/admin/resources/cases");
  const dialog = await chosen(page, queue, /^إحالة إلى جهة/);
  await dialog.getByRole("combobox").fill("الاحوال المدنيه");
  await page.getByRole("option", { name: "الأحوال المدنية" }).first().click();
  await dialog.locator("textarea").first().fill("بطاقات الهوية من اختصاصها.");
  await looksRight(page);
  await picture(page, "bulk-assign-ar-1280");
  // By keys alone: a look at it, then the run.
  await page.keyboard.press("Control+Enter");
  await dialog.getByRole("button", { name: words.ar.carryOut }).waitFor();
  await page.keyboard.press("Control+Enter");
  await dialog.waitFor({ state: "detached" });
  await office.app.services.work.bulk.lane.settled();
  for (const reference of queue) expect(await caseRow(reference)).toMatchObject({ entity: "CSPD", state: "assigned" });
  // What was just placed is chosen again by one press, for what comes next.
  await page.locator(".bulk-again").getByRole("button").click();
  await page
    .locator(".bulk-count", { hasText: "2" })
    .or(page.locator(".bulk-count", { hasText: "طلبان" }))
    .first()
    .waitFor();
  await visit.open("/admin");
  await page.getByText("لا شيء بانتظار التوجيه").first().waitFor();
  await visit.close();
});
