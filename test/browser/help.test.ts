/** Help in place and the list of keys, in a real Chromium: by the button, by `?`, and as a page of its own. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Locator } from "playwright-core";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture } from "../support/admin-browser.js";

jest.setTimeout(180_000);

const seat = { role: "focal_point" } as const;
const looks = [
  { language: "ar", width: 390 },
  { language: "en", width: 1280 },
] as const;

/** Headings that lie more than one level below the one before them. */
const skipped = (part: Locator) =>
  part.locator("h1, h2, h3, h4, h5, h6").evaluateAll((headings) =>
    headings.flatMap((heading, i) => {
      const before = headings[i - 1];
      const fits = before === undefined || Number(heading.tagName[1]) <= Number(before.tagName[1]) + 1;
      return fits ? [] : [`${before.textContent} > ${heading.textContent}`];
    }),
  );

let office: AdminBrowser;
beforeAll(async () => {
  office = await openAdminBrowser();
});
afterAll(() => office?.close());

describe.each(looks)("in $language at $width px", ({ language, width }) => {
  it("is opened by its button, fits the screen and satisfies axe", async () => {
    const visit = await office.signedIn(seat, { language, width });
    await visit.open("/admin/resources/cases");
    await visit.page.locator("button.top-help:not(.top-search)").click();
    const dialog = visit.page.getByRole("dialog");
    await dialog.locator(".help-points li").first().waitFor();
    await picture(visit.page, `help-${language}-${width}`);
    expect(await axe(visit.page)).toEqual([]);
    expect(await skipped(dialog)).toEqual([]);
    await dialog.locator("a[href='/admin/pages/help']").click();
    await visit.page.locator(".help-places").first().waitFor();
    expect(await visit.page.getByRole("dialog").count()).toBe(0);
    await picture(visit.page, `help-page-${language}-${width}`);
    expect({ overflow: await overflow(visit.page), findings: await axe(visit.page) }).toEqual({
      overflow: 0,
      findings: [],
    });
    expect(await skipped(visit.page.locator("main"))).toEqual([]);
    await visit.page.setViewportSize({ width: width === 390 ? 1280 : 390, height: 900 });
    expect(await overflow(visit.page)).toBe(0);
    expect(visit.errors).toEqual([]);
    await visit.close();
  });
});

it("tells a focal point of their own desk and of no set-up that they cannot open", async () => {
  const visit = await office.signedIn(seat, { language: "en" });
  await visit.open("/admin");
  await visit.page.keyboard.press("?");
  await visit.page.getByText("Not yours? Transfer it to the right entity").waitFor();
  await visit.page.keyboard.press("Escape");
  await visit.open("/admin/pages/help");
  expect(await visit.page.locator(".help-places dt").allInnerTexts()).not.toContain("Scheduled jobs");
  expect(await visit.page.locator(".help-places dt").allInnerTexts()).toContain("Cases");
  await visit.close();
});

it("opens by the Arabic question mark too, and not while somebody writes", async () => {
  const visit = await office.signedIn(seat);
  await visit.open("/admin/resources/cases");
  const pressArabic = () =>
    visit.page.evaluate(() =>
      (document.activeElement ?? document).dispatchEvent(new KeyboardEvent("keydown", { key: "؟", bubbles: true })),
    );
  const search = visit.page.locator("main input").first();
  await search.focus();
  await pressArabic();
  expect(await visit.page.getByRole("dialog").count()).toBe(0);
  await search.blur();
  await pressArabic();
  await visit.page.getByRole("dialog").waitFor();
  await visit.close();
});

it("lists the keys that work where one is, and says which are held together", async () => {
  const { app } = office;
  const { reference } = await app.office.receive();
  const keysAt = async (who: Parameters<typeof office.signedIn>[0], path: string) => {
    const visit = await office.signedIn(who, { language: "en" });
    await visit.open(path);
    await visit.page.keyboard.press("?");
    await visit.page.locator(".key-list h4").first().waitFor();
    const heads = await visit.page.locator(".key-list h4").allInnerTexts();
    const keys = await visit.page.locator(".key-list section:first-child dt").allTextContents();
    await visit.close();
    return { heads, keys };
  };
  const room = { role: "operation_room" } as const;
  const list = await keysAt(room, "/admin/resources/cases");
  expect(list.heads).toEqual(["In the list of cases", "Everywhere"]);
  expect(list.keys).toEqual(["J", "K", "X", "Enter"]);
  // Nothing on this page goes by rows or letters.
  expect((await keysAt(room, "/admin")).heads).toEqual(["Everywhere"]);
  const page = await keysAt(room, `/admin/resources/cases/records/${reference}/show`);
  expect(page.heads).toEqual(["In a case", "Everywhere"]);
  expect(page.keys).toContain("Ctrl + Enter");
  const desk = await keysAt(seat, "/admin");
  expect(desk.heads).toEqual(["On the home page", "Everywhere"]);
  expect(desk.keys).toEqual(expect.arrayContaining(["J", "K", "Enter"]));
  const visit = await office.signedIn(room, { language: "en" });
  await visit.open("/admin/pages/help");
  await visit.page.locator(".key-list h3").first().waitFor();
  expect(await visit.page.locator(".key-list h3").allInnerTexts()).toEqual([
    ...["Everywhere", "On the home page", "In the list of cases", "On the news page", "In a case"],
  ]);
  expect(await visit.page.locator(".key-list dt").filter({ hasText: "G" }).textContent()).toBe("G then D");
  await visit.close();
});

it("does what its keys say: / to the search, g d to the desk", async () => {
  const visit = await office.signedIn(seat);
  await visit.open("/admin/resources/cases");
  await visit.page.keyboard.press("/");
  expect(await visit.page.evaluate(() => document.activeElement?.closest("header") !== null)).toBe(true);
  await visit.page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await visit.page.keyboard.press("g");
  await visit.page.keyboard.press("d");
  await visit.page.waitForURL(/\/admin$/);
  await visit.close();
});
