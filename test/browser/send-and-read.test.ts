/**
 * What every page sends and reads: a form goes once and keeps what was typed; after an act the page is read again, and says so
 * where that fails; what a timer asks for says so, and keeps no session alive.
 */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Page, Route } from "playwright-core";
import { byItselfHeader } from "../../src/engine/access/by-itself.js";
import {
  type AdminBrowser,
  anyImpact,
  axe,
  looksRight,
  openAdminBrowser,
  overflow,
  picture,
  type Visit,
} from "../support/admin-browser.js";

jest.setTimeout(180_000);
let office: AdminBrowser;
let visit: Visit;
let page: Page;
beforeAll(async () => {
  office = await openAdminBrowser();
}, 180_000);
afterAll(() => office?.close());

/** One visit for all tests of a block: each begins by opening its page. */
function visiting(...signIn: Parameters<AdminBrowser["signedIn"]>): void {
  beforeAll(async () => {
    visit = await office.signedIn(...signIn);
    ({ page } = visit);
  });
  afterAll(async () => {
    expect(visit.outside).toEqual([]);
    await visit.close();
  });
}

const inputs = { current: "wrong", next: "a new pass phrase 1", repeat: "a new pass phrase 2" };
const idOf = (name: string) => `#field-password-${name}`;
const form = () => page.locator(`form:has(${idOf("current")})`);
const send = () => form().locator("button[type=submit]");
const typed = async () => ({
  current: await page.locator(idOf("current")).inputValue(),
  next: await page.locator(idOf("next")).inputValue(),
  repeat: await page.locator(idOf("repeat")).inputValue(),
});
const summaryHasFocus = async () => {
  const summary = form().getByRole("alert");
  await summary.waitFor();
  return summary.evaluate((box) => box === document.activeElement);
};

async function sendsWhatIsWrong(): Promise<void> {
  await visit.open("/admin/pages/account");
  for (const [name, value] of Object.entries(inputs)) await page.locator(idOf(name)).fill(value);
  await send().click();
  expect(await summaryHasFocus()).toBe(true);
  expect(await page.locator(idOf("repeat")).getAttribute("aria-invalid")).toBe("true");
  expect([await axe(page, anyImpact), await overflow(page)]).toEqual([[], 0]);
  await form().getByRole("alert").getByRole("link").click();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("field-password-repeat");
}

/** The answers of a place, changed; and of each of its requests whether it says that it came by itself. */
async function watched(place: RegExp, change: (body: string) => string): Promise<boolean[]> {
  const asked: boolean[] = [];
  await page.route(place, async (route) => {
    asked.push(route.request().headers()[byItselfHeader] !== undefined);
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: change(await answer.text()) });
  });
  return asked;
}
const until = async (asked: readonly boolean[], n: number): Promise<void> => {
  while (asked.length < n) await page.waitForTimeout(20);
};

describe("a focal point, in English", () => {
  visiting({ role: "focal_point", place: "CSPD" }, { language: "en" });

  it("keeps what was typed through faults, a server out of reach and a session that ended, and sends once", async () => {
    await sendsWhatIsWrong();

    // Out of reach.
    await page.locator(idOf("repeat")).fill(inputs.next);
    const api = "**/api/pages/account";
    await page.route(api, (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
    await send().click();
    expect(await summaryHasFocus()).toBe(true);
    expect(await typed()).toEqual({ ...inputs, repeat: inputs.next });
    await page.unroute(api);

    // Two presses are one.
    let sent = 0;
    await page.route(api, async (route) => {
      if (route.request().method() === "POST") sent += 1;
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    await send().evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
    });
    await page.locator("[aria-invalid=true]").waitFor();
    expect(sent).toBe(1);
    expect(await page.locator(idOf("current")).getAttribute("aria-invalid")).toBe("true");
    await page.unroute(api);

    // The session has ended: the shell asks to sign in, and nothing is lost behind it.
    await page.route(api, (route) =>
      route.request().method() === "POST"
        ? route.fulfill({ status: 401, contentType: "application/json", body: "{}" })
        : route.continue(),
    );
    await send().click();
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await typed()).toEqual({ ...inputs, repeat: inputs.next });
    await page.unroute(api);
  });

  it("says of what it asks for while a rate is counted that nobody pressed anything", async () => {
    const asked = await watched(/\/admin\/api\/pages\/home/, (body) =>
      body.replace(/"entityOnTime":(null|\{[^}]*\})/, '"entityOnTime":null'),
    );
    await visit.open("/admin");
    // When it is opened, when the stream says hello, and by the timer.
    await until(asked, 3);
    expect(asked).toEqual([false, true, true]);
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });
});

it("a form in Arabic on a telephone says what is wrong with it, and leads there", async () => {
  visit = await office.signedIn({ role: "focal_point", place: "CSPD" }, { language: "ar", width: 390 });
  ({ page } = visit);
  await sendsWhatIsWrong();
  await visit.close();
});

const address = "/admin/pages/policy?kind=rules&name=quality&part=text";
const views = /\/admin\/api\/pages\/policy\?/;
const text = () => page.locator("textarea.code-text");
const cut = (route: Route) => route.abort();

/** Gives the first rule another name, and waits until that is saved. */
async function rename(name: string, saved = "Saved"): Promise<void> {
  const set = JSON.parse(await text().inputValue()) as { rules: object[] };
  const [first, ...rest] = set.rules;
  const rules = [{ ...first, title: { en: name, ar: name } }, ...rest];
  await text().fill(JSON.stringify({ ...set, rules }, null, 2));
  await page.locator(".draft-save", { hasText: saved }).waitFor();
}
async function discard(): Promise<void> {
  await page.getByRole("button", { name: "Discard …" }).click();
  await page.locator("dialog button[type=submit]").click();
}

describe("the operation room, in English", () => {
  visiting({ role: "operation_room" }, { language: "en" });

  it("the question stays open until the page behind it is the new one", async () => {
    await visit.open(address);
    await rename("A second name");
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
  });

  it("one line says that the server is out of reach, with a button that reads again", async () => {
    await visit.open(address);
    await rename("Before");
    // What is discarded is read again in vain.
    await page.route(views, cut);
    await discard();
    await page.locator("dialog").waitFor({ state: "detached" });
    const line = page.locator(".connection");
    await line.getByText(/cannot be reached/).waitFor();
    expect(await line.count()).toBe(1);
    const [sign, said] = await Promise.all(
      [".connection > svg", ".connection > span"].map((one) => page.locator(one).boundingBox()),
    );
    // The sign is on the line of its words, not above them.
    expect((sign?.y ?? 0) + (sign?.height ?? 0)).toBeGreaterThan(said?.y ?? 0);
    await looksRight(page, "out-of-reach");
    await page.unroute(views, cut);
    await line.getByRole("button").click();
    await line.waitFor({ state: "detached" });
    expect(await page.locator(".draft-bar").count()).toBe(0);
  });

  it("what is in sight and is no more is said to be gone, and no reading is offered that would find nothing", async () => {
    // The page is the one that the test before has left: it has no draft.
    await rename("A third name");
    const said = { en: "There is none here.", ar: "لا يوجد هنا." };
    const problem = { code: "not-found", status: 404, title: said, detail: said, faults: [] };
    await page.route(views, (route) => route.fulfill({ status: 404, json: { problem } }));
    await discard();
    await page.getByText("This page is no longer available, or you no longer have access to it.").waitFor();
    expect(await page.locator(".connection").getByRole("button").count()).toBe(0);
    await page.unroute(views);
  });

  it("the draft of a workflow that was nowhere else leads to the overview when it goes", async () => {
    await visit.open("/admin/pages/policy?kind=workflow&name=complaint");
    await page.getByRole("button", { name: "Copy under another code …" }).click();
    await page.locator("dialog").getByLabel("Code of the new workflow").fill("permits");
    await page.locator("dialog").getByRole("button", { name: "Open the copy" }).click();
    await page.getByText("nothing of it is in force yet").waitFor();
    await discard();
    await page.getByText("The draft was discarded.").waitFor();
    await page.getByRole("heading", { name: "Rules and workflows", level: 1 }).waitFor();
    expect(await page.locator(".connection").count()).toBe(0);
  });

  it("what it asks for while a replay runs says that nobody pressed anything", async () => {
    await office.app.office.receive({});
    const asked = await watched(/\/admin\/api\/pages\/policy$/, (body) =>
      body.replaceAll(/"state":"(done|cancelled|failed)"/g, '"state":"running"'),
    );
    await visit.open("/admin/pages/policy?kind=rules&name=sla&part=replay");
    await page.getByRole("button", { name: "Start the test", exact: true }).click();
    // The fifth is the first by the timer.
    await until(asked, 5);
    expect(asked.at(-1)).toBe(true);
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });
});

describe("the operation room, in Arabic", () => {
  visiting({ role: "operation_room" }, { language: "ar" });

  it("what was published and cannot be read is said to be old, what is typed stays, and it is read when asked for", async () => {
    await visit.open(address);
    await rename("أول اسم", "حُفظت");
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
    await looksRight(page, "old-view");
    // It is in sight for readers far below, too.
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await told.waitFor();
    expect(await told.evaluate((words) => words.getBoundingClientRect().top)).toBeGreaterThan(0);
    await text().fill((await text().inputValue()).replaceAll("أول اسم", "اسم كُتب قبل القراءة"));
    // It stays as long as nothing can be read.
    await page.getByRole("button", { name: "القراءة من جديد" }).click();
    await page.locator(".old-views .button:not([aria-busy=true])").waitFor();
    expect(await told.isVisible()).toBe(true);
    await page.unroute(views, refuse);
    await page.getByRole("button", { name: "القراءة من جديد" }).click();
    await told.waitFor({ state: "detached" });
    expect(await text().inputValue()).toContain("اسم كُتب قبل القراءة");
    await picture(page, "old-view-read-ar-1280");
    await page.getByRole("tab", { name: /النسخ/ }).click();
    await page.locator(".timeline").getByText("سبب النشر").waitFor();
  });

  it("a list that cannot be read in the other language says so in that one line, not in the page besides", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await visit.open("/admin/resources/sectors");
    await page.locator("main table tbody tr").first().waitFor();
    await page.locator(".top-language").click();
    await page.locator("html[lang=en] main table").waitFor();
    await page.route(/\/admin\/api\/resources\/sectors\//, cut);
    // The list is worded by the server, and is read again in the other language.
    await page.locator(".top-language").click();
    await page.locator(".connection").getByRole("button", { name: "القراءة من جديد" }).waitFor();
    expect(await page.locator("main .notice").count()).toBe(0);
    expect(await page.locator("main table").count()).toBe(1);
    await looksRight(page, "out-of-reach-list", [390]);
  });
});
