/** After an act the page is read again: what cannot be read is told to be old, and nothing moves under the hand of whoever acted. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import type { Page, Route } from "playwright-core";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture } from "../support/admin-browser.js";

jest.setTimeout(180_000);
let browser: AdminBrowser;
beforeAll(async () => {
  browser = await openAdminBrowser();
}, 180_000);
afterAll(() => browser?.close());

const address = "/admin/pages/policy?kind=rules&name=quality&part=text";
const views = /\/admin\/api\/pages\/policy\?/;
const text = (page: Page) => page.locator("textarea.code-text");

/** Gives the first rule another name, and waits until that is saved. */
async function rename(page: Page, name: string, saved: string): Promise<void> {
  const set = JSON.parse(await text(page).inputValue()) as { rules: object[] };
  const [first, ...rest] = set.rules;
  const rules = [{ ...first, title: { en: name, ar: name } }, ...rest];
  await text(page).fill(JSON.stringify({ ...set, rules }, null, 2));
  await page.locator(".draft-save", { hasText: saved }).waitFor();
}

it("says so when what was published cannot be read, keeps what is typed, and reads it when asked to", async () => {
  const visit = await browser.signedIn({ role: "operation_room" }, { language: "ar" });
  const { page } = visit;
  await visit.open(address);
  await rename(page, "أول اسم", "حُفظت");
  await page.getByRole("button", { name: "نشر …" }).click();
  const dialog = page.locator("dialog");
  await dialog.locator("#field-reason").fill("سبب النشر");
  const refuse = (route: Route) => route.fulfill({ status: 503, contentType: "application/json", body: "{}" });
  await page.route(views, refuse);
  await dialog.getByRole("button", { name: "نشر", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("نُشرت، وهي سارية من الآن.").waitFor();
  const told = page.getByText(/قد يكون ما تراه قديمًا/);
  await told.waitFor();
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    expect(await axe(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await picture(page, `old-view-ar-${width}`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  // Whoever reads far below is told too.
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await told.waitFor();
  expect(await told.evaluate((words) => words.getBoundingClientRect().top)).toBeGreaterThan(0);
  await text(page).fill((await text(page).inputValue()).replaceAll("أول اسم", "اسم كُتب قبل القراءة"));
  // It stays as long as nothing can be read.
  await page.getByRole("button", { name: "القراءة من جديد" }).click();
  await page.locator(".old-views .button:not([aria-busy=true])").waitFor();
  expect(await told.isVisible()).toBe(true);
  await page.unroute(views, refuse);
  await page.getByRole("button", { name: "القراءة من جديد" }).click();
  await told.waitFor({ state: "detached" });
  expect(await text(page).inputValue()).toContain("اسم كُتب قبل القراءة");
  await picture(page, "old-view-read-ar-1280");
  await page.getByRole("tab", { name: /النسخ/ }).click();
  await page.locator(".timeline").getByText("سبب النشر").waitFor();
  await visit.close();
});

it("keeps the question open until the page behind it is the new one", async () => {
  const visit = await browser.signedIn({ role: "operation_room" }, { language: "en" });
  const { page } = visit;
  await visit.open(address);
  await rename(page, "A second name", "Saved");
  await page.getByRole("button", { name: "Publish …" }).click();
  const dialog = page.locator("dialog");
  await dialog.locator("#field-reason").fill("Why it is published");
  const asked: Route[] = [];
  await page.route(views, (route) => void asked.push(route));
  await dialog.getByRole("button", { name: "Publish", exact: true }).click();
  while (asked.length === 0) await page.waitForTimeout(20);
  expect(await dialog.isVisible()).toBe(true);
  await Promise.all(asked.map((route) => route.continue()));
  await page.unroute(views);
  await dialog.waitFor({ state: "detached" });
  expect(await page.locator(".draft-bar").count()).toBe(0);
  await page.getByRole("tab", { name: /Versions/ }).click();
  await page.locator(".timeline").getByText("Why it is published").waitFor();
  await visit.close();
});

it.each([
  ["en", 1280],
  ["ar", 390],
] as const)(
  "says once that the server is out of reach, and beside it how to read again (%s, %d)",
  async (language, width) => {
    const visit = await browser.signedIn({ role: "operation_room" }, { language, width });
    const { page } = visit;
    await visit.open(address);
    await rename(page, `Before ${width}`, language === "ar" ? "حُفظت" : "Saved");
    const cut = (route: Route) => route.abort();
    // What is discarded is read again in vain.
    await page.getByRole("button", { name: language === "ar" ? "إلغاء المسودة …" : "Discard …" }).click();
    await page.route(views, cut);
    await page.locator("dialog button[type=submit]").click();
    await page.locator("dialog").waitFor({ state: "detached" });
    const line = page.locator(".connection");
    await line.getByText(language === "ar" ? /تعذّر الوصول إلى الخادم/ : /cannot be reached/).waitFor();
    expect(await line.count()).toBe(1);
    const [sign, said] = await Promise.all(
      [".connection > svg", ".connection > span"].map((one) => page.locator(one).boundingBox()),
    );
    // The sign stands beside its words, not above them.
    expect((sign?.y ?? 0) + (sign?.height ?? 0)).toBeGreaterThan(said?.y ?? 0);
    expect(await axe(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await picture(page, `out-of-reach-${language}-${width}`);
    await page.unroute(views, cut);
    await line.getByRole("button").click();
    await line.waitFor({ state: "detached" });
    expect(await page.locator(".draft-bar").count()).toBe(0);
    await visit.close();
  },
);

it("says that what is in sight is no more, and offers no reading that would find nothing", async () => {
  const visit = await browser.signedIn({ role: "operation_room" }, { language: "en" });
  const { page } = visit;
  await visit.open(address);
  await rename(page, "A third name", "Saved");
  const said = { en: "There is none here.", ar: "لا يوجد هنا." };
  const problem = { code: "not-found", status: 404, title: said, detail: said, faults: [] };
  await page.route(views, (route) => route.fulfill({ status: 404, json: { problem } }));
  await page.getByRole("button", { name: "Discard …" }).click();
  await page.locator("dialog button[type=submit]").click();
  await page.getByText("What you see is no longer here, or you can no longer see it.").waitFor();
  expect(await page.locator(".connection").getByRole("button").count()).toBe(0);
  await visit.close();
});

it("leads to the overview when the draft of a workflow goes that was nowhere else", async () => {
  const visit = await browser.signedIn({ role: "operation_room" }, { language: "en" });
  const { page } = visit;
  await visit.open("/admin/pages/policy?kind=workflow&name=complaint");
  await page.getByRole("button", { name: "Copy under another code …" }).click();
  await page.locator("dialog").getByLabel("Code of the new workflow").fill("permits");
  await page.locator("dialog").getByRole("button", { name: "Open the copy" }).click();
  await page.getByText("nothing of it is in force yet").waitFor();
  await page.getByRole("button", { name: "Discard …" }).click();
  await page.locator("dialog").getByRole("button", { name: "Discard the draft" }).click();
  await page.getByText("The draft was discarded.").waitFor();
  await page.getByRole("heading", { name: "Rules and workflows", level: 1 }).waitFor();
  expect(await page.locator(".connection").count()).toBe(0);
  await visit.close();
});

it("says it in that one line, not in the page besides", async () => {
  const visit = await browser.signedIn({ role: "operation_room" }, { language: "en", width: 390 });
  const { page } = visit;
  await visit.open("/admin/resources/sectors");
  await page.locator("main table tbody tr").first().waitFor();
  await page.route(/\/admin\/api\/resources\/sectors\//, (route) => route.abort());
  // The list is worded by the server, and is read again in the other language.
  await page.locator(".top-language").click();
  await page.locator(".connection").getByRole("button", { name: "القراءة من جديد" }).waitFor();
  expect(await page.locator("main .notice").count()).toBe(0);
  expect(await page.locator("main table").count()).toBe(1);
  await picture(page, "out-of-reach-list-ar-390");
  await visit.close();
});
