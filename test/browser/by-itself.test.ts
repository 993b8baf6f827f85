/** What a screen asks for by a timer says so: a window that nobody is at keeps no session alive. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import { byItselfHeader } from "../../src/engine/access/by-itself.js";
import { type AdminBrowser, openAdminBrowser } from "../support/admin-browser.js";

jest.setTimeout(180_000);
let browser: AdminBrowser;
beforeAll(async () => {
  browser = await openAdminBrowser();
}, 180_000);
afterAll(() => browser?.close());

/** The answers of a place, changed; and of each of its requests whether it says that nobody need be there. */
async function watched(page: Page, place: RegExp, change: (body: string) => string): Promise<boolean[]> {
  const asked: boolean[] = [];
  await page.route(place, async (route) => {
    asked.push(route.request().headers()[byItselfHeader] !== undefined);
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: change(await answer.text()) });
  });
  return asked;
}
const until = async (page: Page, asked: readonly boolean[], n: number): Promise<void> => {
  while (asked.length < n) await page.waitForTimeout(50);
};

it("while a rate of the desk is still being counted", async () => {
  const visit = await browser.signedIn({ role: "focal_point", place: "CSPD" }, { language: "en" });
  const { page } = visit;
  const asked = await watched(page, /\/admin\/api\/pages\/home/, (body) =>
    body.replace(/"entityOnTime":(null|\{[^}]*\})/, '"entityOnTime":null'),
  );
  await visit.open("/admin");
  await until(page, asked, 4);
  expect(asked.slice(-2)).toEqual([true, true]);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await visit.close();
});

it("while a replay runs", async () => {
  await browser.app.office.receive({});
  const visit = await browser.signedIn({ role: "operation_room" }, { language: "en" });
  const { page } = visit;
  const asked = await watched(page, /\/admin\/api\/pages\/policy$/, (body) =>
    body.replaceAll(/"state":"(done|cancelled|failed)"/g, '"state":"running"'),
  );
  await visit.open("/admin/pages/policy?kind=rules&name=sla&part=replay");
  await page.getByRole("button", { name: "Start the test", exact: true }).click();
  await until(page, asked, 6);
  expect(asked.slice(-2)).toEqual([true, true]);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await visit.close();
});
