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

/** All columns, in low rows or high ones. */
async function choose(page: Page, high: boolean): Promise<void> {
  await page.locator(".look > summary").click();
  const boxes = page.locator('.look-box input[type="checkbox"]');
  for (let n = 0; n < (await boxes.count()); n += 1) await boxes.nth(n).setChecked(n > 0 || high);
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
  it("can be read at each width", async () => {
    const visit = await office.signedIn(room, { language, width: 1920, height: 800 });
    const { page } = visit;
    await visit.open("/admin/resources/cases");
    await page.locator(".cases tbody tr").first().waitFor();
    // The subject is what people read: no column has as much, and it is not cut off to a few words.
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await picture(page, `usual-${language}-${width}`);
      const wide = await page
        .locator(".cases tbody .clip")
        .first()
        .evaluate((one) => one.clientWidth);
      expect([width, wide]).toEqual([width, expect.any(Number)]);
      expect(wide).toBeGreaterThan(width === 1280 ? 280 : width * 0.55);
    }
    await page.setViewportSize({ width: 1920, height: 800 });
    for (const high of [false, true]) {
      await choose(page, high);
      for (const width of [1920, 1280, 390, 320]) {
        const at = [high ? "high" : "low", width];
        await page.setViewportSize({ width, height: 800 });
        expect([at, await overflow(page)]).toEqual([at, 0]);
        await picture(page, `columns-${at[0]}-${language}-${width}`);
        expect([at, await spilled(page, ".cases tbody :is(td, th):not(.cell-box)")]).toEqual([at, []]);
        if (width < 700) continue;
        expect(await narrowest(page, ".cases thead th:not(.cell-box)")).toBeGreaterThan(100);
        const frame = page.locator(".cases .table-frame");
        const { inside, around } = await frame.evaluate((box) => ({
          inside: box.scrollWidth,
          around: box.clientWidth,
        }));
        if (inside > around + 1) expect(await frame.getAttribute("tabindex")).toBe("0");
        // All the width there is.
        expect(around).toBeGreaterThan(width - 400);
      }
      expect(await axe(page)).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 800 });
      expect(await axe(page)).toEqual([]);
    }
    // Where no row has anything in a chosen column it is not there, and the box of columns says so.
    const heads = () => page.locator(".cases thead th").count();
    const before = await heads();
    await visit.open("/admin/resources/cases?filters.state=assigned");
    await page.locator(".cases tbody tr").first().waitFor();
    expect(await heads()).toBe(before - 1);
    await page.locator(".look > summary").click();
    const taken = language === "ar" ? "من يتولاه" : "Taken by";
    expect(await page.locator(".look-box p", { hasText: taken }).count()).toBe(1);
    expect(await axe(page)).toEqual([]);
    expect([visit.errors, visit.outside]).toEqual([[], []]);
    await visit.close();
  });

  it("and of the desk", async () => {
    const visit = await office.signedIn(focal, { language, width: 1920, height: 800 });
    const { page } = visit;
    await visit.open("/admin");
    await page.locator(".desk-row").first().waitFor();
    const widths = [1920, 1280, 390];
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      await settled(page);
      await picture(page, `desk-usual-${language}-${width}`);
      // Whatever an act is called, its button says so.
      const cut = await page
        .locator(".desk-act .button > span:first-child")
        .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent));
      expect([width, cut]).toEqual([width, []]);
    }
    for (const high of [false, true]) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await choose(page, high);
      for (const width of widths) {
        const at = [high ? "high" : "low", width];
        await page.setViewportSize({ width, height: 800 });
        expect([at, await overflow(page)]).toEqual([at, 0]);
        await picture(page, `desk-${at[0]}-${language}-${width}`);
        expect([at, await spilled(page, ".desk-row > :not(.desk-what)")]).toEqual([at, []]);
        if (width > 1100) expect(await narrowest(page, ".desk-row > .desk-cell")).toBeGreaterThan(80);
      }
      expect(await axe(page)).toEqual([]);
    }
    await visit.close();
  });
});

describe("an empty list", () => {
  it("says why it is, and leads to what there is; on a phone the filters have one button", async () => {
    const visit = await office.signedIn(room, { language: "en" });
    const { page } = visit;
    for (const [query, title] of [
      ["search=xylophone", "Nothing matches"],
      ["search=482-739-1650", "No case with this reference number here"],
      ["filters.state=closed", "No case fits these filters"],
    ] as const) {
      await visit.open(`/admin/resources/cases?${query}`);
      const empty = page.locator(".empty", { hasText: title });
      await empty.waitFor();
      const text = (await empty.textContent()) ?? "";
      expect(text.includes("word")).toBe(query.includes("xylophone"));
      if (query.includes("xylophone")) continue;
      await empty.getByRole("button").click();
      await page.locator(".cases tbody tr").first().waitFor();
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const seen = page.getByRole("button", { name: /filters/i }).filter({ visible: true });
    await seen.first().waitFor();
    expect(await seen.allTextContents()).toEqual(["Filters"]);
    await seen.click();
    await page.getByRole("button", { name: "More filters" }).click();
    await page.getByLabel("Received: from").waitFor();
    // Both ends are named to the eye as well, and a start after the end is said.
    const days = page.locator(".filter-days").filter({ hasText: "Received" });
    expect(await days.locator("label").allTextContents()).toEqual(["from", "to"]);
    await days.getByLabel("Received: to").fill("2026-11-01");
    expect(await days.getByRole("status").textContent()).toBe("");
    await days.getByLabel("Received: from").fill("2026-11-02");
    await days.getByRole("status").filter({ hasText: "after" }).waitFor();
    expect(await days.getByLabel("Received: from").getAttribute("aria-invalid")).toBe("true");
    expect(await overflow(page)).toBe(0);
    await visit.close();
  });
});
