/** Columns that each chooses, in the list of cases and on the desk: readable whatever is chosen; and lists that are empty. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture, settled } from "../support/admin-browser.js";
import { sundayNine } from "../support/working-office.js";

jest.setTimeout(180_000);

const now = new Date(sundayNine.getTime() + 3 * 3_600_000);

let office: AdminBrowser;
beforeAll(async () => {
  office = await openAdminBrowser({ now });
  const { office: work } = office.app;
  const subject = "قاعة الانتظار مغلقة في فرع الزرقاء منذ أسبوعين ولا أحد يجيب على الهاتف";
  for (let n = 0; n < 3; n += 1) {
    const { reference } = await work.receive({ language: "ar", subject, description: subject }, sundayNine);
    if (n > 0) await work.act(reference, work.official("focal_point", "CSPD"), "take", {}, now);
  }
});
afterAll(() => office?.close());

const room = { role: "operation_room" } as const;
const focal = { role: "focal_point", place: "CSPD" } as const;

async function choose(page: Page, comfortable: boolean): Promise<void> {
  await page.locator(".look > summary").click();
  const boxes = page.locator('.look-box input[type="checkbox"]');
  for (let n = 0; n < (await boxes.count()); n += 1) {
    if (n > 0 || comfortable) await boxes.nth(n).setChecked(true);
  }
  await page.keyboard.press("Escape");
  await settled(page);
}

/** Cells of a row that overlap their neighbours, or whose words stick out of them. */
const spilled = (page: Page, cells: string) =>
  page.locator(cells).evaluateAll((all) =>
    all.flatMap((cell) => {
      const box = cell.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(cell);
      const clips = [cell, ...cell.querySelectorAll("*")].some((one) => getComputedStyle(one).overflowX === "hidden");
      const text = range.getBoundingClientRect();
      const out = !clips && (text.left < box.left - 1 || text.right > box.right + 1);
      return out ? [cell.textContent ?? ""] : [];
    }),
  );
const narrowest = (page: Page, cells: string) =>
  page.locator(cells).evaluateAll((all) => Math.min(...all.map((cell) => cell.getBoundingClientRect().width)));

describe.each(["ar", "en"] as const)("all columns of the list in %s", (language) => {
  it.each([1280, 1920, 390, 320])("can be read at %i px", async (width) => {
    const visit = await office.signedIn(room, { language, width, height: 800 });
    const { page } = visit;
    await visit.open("/admin/resources/cases");
    await page.locator(".cases tbody tr").first().waitFor();
    await settled(page);
    await picture(page, `columns-usual-${language}-${width}`);
    for (const comfortable of [false, true]) {
      await choose(page, comfortable);
      await picture(page, `columns-${comfortable ? "high" : "compact"}-${language}-${width}`);
      expect(await spilled(page, ".cases tbody :is(td, th):not(.cell-box)")).toEqual([]);
      expect([await overflow(page), await axe(page)]).toEqual([0, []]);
    }
    if (width > 700) {
      expect(await narrowest(page, ".cases thead th:not(.cell-box)")).toBeGreaterThan(100);
      const frame = page.locator(".cases .table-frame");
      const { inside, around } = await frame.evaluate((box) => ({ inside: box.scrollWidth, around: box.clientWidth }));
      if (inside > around + 1) expect(await frame.getAttribute("tabindex")).toBe("0");
      // All the width there is.
      expect(around).toBeGreaterThan(width - 400);
    }
    expect([visit.errors, visit.outside]).toEqual([[], []]);
    await visit.close();
  });

  it.each([1280, 1920, 390])("and of the desk at %i px", async (width) => {
    const visit = await office.signedIn(focal, { language, width, height: 800 });
    const { page } = visit;
    await visit.open("/admin");
    await page.locator(".desk-row").first().waitFor();
    await settled(page);
    await picture(page, `desk-usual-${language}-${width}`);
    // Whatever an act is called, its button says so.
    const cut = await page
      .locator(".desk-act .button > span:first-child")
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent));
    expect(cut).toEqual([]);
    for (const comfortable of [false, true]) {
      await choose(page, comfortable);
      await picture(page, `desk-${comfortable ? "high" : "compact"}-${language}-${width}`);
      expect(await spilled(page, ".desk-row > :not(.desk-what)")).toEqual([]);
      expect([await overflow(page), await axe(page)]).toEqual([0, []]);
    }
    if (width > 1100) expect(await narrowest(page, ".desk-row > .desk-cell")).toBeGreaterThan(80);
    await visit.close();
  });
});

describe("an empty list", () => {
  it.each([
    ["search=482-739-1650", "No case with this reference number here"],
    ["filters.state=closed", "No case fits these filters"],
    ["search=xylophone", "Nothing matches"],
  ])("says why it is: %s", async (query, title) => {
    const visit = await office.signedIn(room, { language: "en" });
    const { page } = visit;
    await visit.open(`/admin/resources/cases?${query}`);
    const empty = page.locator(".empty", { hasText: title });
    await empty.waitFor();
    const text = (await empty.textContent()) ?? "";
    expect(text.includes("word")).toBe(query.includes("xylophone"));
    if (!query.includes("xylophone")) {
      await empty.getByRole("button").click();
      await page.locator(".cases tbody tr").first().waitFor();
    }
    await visit.close();
  });
});

it("on a phone the filters have one button", async () => {
  const visit = await office.signedIn(room, { language: "en", width: 390 });
  const { page } = visit;
  await visit.open("/admin/resources/cases");
  await page.locator(".cases tbody tr").first().waitFor();
  const seen = page.getByRole("button", { name: /filters/i }).filter({ visible: true });
  expect(await seen.allTextContents()).toEqual(["Filters"]);
  await seen.click();
  await page.getByRole("button", { name: "More filters" }).click();
  await page.getByLabel("Received: from").waitFor();
  expect(await overflow(page)).toBe(0);
  await visit.close();
});
