/** How every form is sent: once a press, with what is wrong said above it and at its field, and what was typed kept whatever happens. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Page } from "playwright-core";
import { type AdminBrowser, anyImpact, axe, openAdminBrowser, overflow, picture } from "../support/admin-browser.js";

let office: AdminBrowser;
beforeAll(async () => {
  office = await openAdminBrowser();
}, 180_000);
afterAll(() => office?.close());

const inputs = { current: "wrong", next: "a new pass phrase 1", repeat: "a new pass phrase 2" };
const idOf = (name: string) => `#field-password-${name}`;
const form = (page: Page) => page.locator(`form:has(${idOf("current")})`);
const typed = async (page: Page) => ({
  current: await page.locator(idOf("current")).inputValue(),
  next: await page.locator(idOf("next")).inputValue(),
  repeat: await page.locator(idOf("repeat")).inputValue(),
});
const summaryHasFocus = async (page: Page) => {
  const summary = form(page).getByRole("alert");
  await summary.waitFor();
  return summary.evaluate((box) => box === document.activeElement);
};

describe.each([
  ["ar", 390],
  ["en", 1280],
] as const)("a form in %s at %d", (language, width) => {
  it("keeps what was typed through faults, a server out of reach and a session that ended, and sends once", async () => {
    const visit = await office.signedIn({ role: "focal_point", place: "CSPD" }, { language, width });
    const { page } = visit;
    await visit.open("/admin/pages/account");
    const send = form(page).locator("button[type=submit]");
    for (const [name, value] of Object.entries(inputs)) await page.locator(idOf(name)).fill(value);

    // What is wrong with it.
    await send.click();
    expect(await summaryHasFocus(page)).toBe(true);
    expect(await page.locator(idOf("repeat")).getAttribute("aria-invalid")).toBe("true");
    expect([await axe(page, anyImpact), await overflow(page)]).toEqual([[], 0]);
    await picture(page, `send-form-fault-${language}`);
    await form(page).getByRole("alert").getByRole("link").click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("field-password-repeat");

    // Out of reach.
    await page.locator(idOf("repeat")).fill(inputs.next);
    const api = "**/api/pages/account";
    await page.route(api, (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
    await send.click();
    expect(await summaryHasFocus(page)).toBe(true);
    expect(await typed(page)).toEqual({ ...inputs, repeat: inputs.next });
    await page.unroute(api);

    // Two presses are one.
    let sent = 0;
    await page.route(api, async (route) => {
      if (route.request().method() === "POST") sent += 1;
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    await send.evaluate((button: HTMLButtonElement) => {
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
    await send.click();
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await typed(page)).toEqual({ ...inputs, repeat: inputs.next });
    expect(visit.outside).toEqual([]);
    await visit.close();
  });
});
