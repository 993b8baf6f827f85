/** Screens that come when they are asked for: what a browser loads for each, and what happens where a file does not come. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, axe, openAdminBrowser, type Visit } from "../support/admin-browser.js";

jest.setTimeout(180_000);

let office: AdminBrowser;
beforeAll(async () => {
  office = await openAdminBrowser();
});
afterAll(() => office?.close());

const withVisit = (work: (visit: Visit) => Promise<void>) =>
  office.withVisit({ role: "operation_room" }, { language: "en", cold: true }, work);

const scripts = (visit: Visit): string[] =>
  visit
    .travelled()
    .filter(({ type, url }) => ["Script", "Fetch", "Other"].includes(type) && url.endsWith(".js"))
    .map(({ url }) => /assets\/([a-z]+)\./.exec(url)?.[1] ?? "");

it("loads an area's script with its first screen, once, and no other area's", async () => {
  await withVisit(async (visit) => {
    const { page, open } = visit;
    await open("/admin");
    const home = scripts(visit);
    // A case comes while nothing else happens: most go on to one.
    expect(home).toEqual(expect.arrayContaining(["office", "work"]));
    for (const area of ["studio", "setup", "figures", "operation"]) expect(home).not.toContain(area);
    const nav = page.getByRole("navigation", { name: "Main" });
    await nav.getByRole("link", { name: "Pillars" }).click();
    await page.getByRole("heading", { level: 1, name: "Pillars" }).waitFor();
    // As after any way through a link.
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    const list = scripts(visit);
    expect(list.filter((name) => name === "setup")).toHaveLength(1);
    expect(list).not.toContain("office");
    await nav.getByRole("link", { name: "Sectors" }).click();
    await page.getByRole("heading", { level: 1, name: "Sectors" }).waitFor();
    expect(scripts(visit)).toEqual([]);
    await open("/admin/pages/policy?kind=rules&name=sla");
    expect(scripts(visit).filter((name) => name === "studio")).toHaveLength(1);
    expect(visit.errors).toEqual([]);
  });
});

it("says that a screen could not be loaded, keeps what was typed, and tries again", async () => {
  await withVisit(async ({ page, open, errors }) => {
    await open("/admin");
    await page.route(/assets\/setup\./, (route) => route.abort());
    const search = page.locator(".top-reference input");
    await search.fill("water");
    await page.keyboard.press("Escape");
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Pillars" }).click();
    await page.getByRole("heading", { level: 1, name: "This page could not be loaded" }).waitFor();
    expect(await axe(page)).toEqual([]);
    const again = page.getByRole("button", { name: "Try again" });
    await again.click();
    await again.waitFor();
    await page.evaluate(() => Object.assign(window, { stillHere: true }));
    await page.unroute(/assets\/setup\./);
    await again.click();
    await page.getByRole("heading", { level: 1, name: "Pillars" }).waitFor();
    expect(await page.evaluate(() => "stillHere" in window)).toBe(true);
    expect(errors.filter((error) => !error.includes("ERR_FAILED"))).toEqual([]);
  });
});

it("asks to load the page again where Diwan was renewed meanwhile", async () => {
  await withVisit(async ({ page, open }) => {
    await open("/admin");
    await page.route(/assets\/setup\./, (route) => route.fulfill({ status: 404, body: "Not found" }));
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Pillars" }).click();
    await page.getByRole("heading", { level: 1, name: "This page could not be loaded" }).waitFor();
    await page.unroute(/assets\/setup\./);
    await page.getByRole("button", { name: "Load again" }).click();
    await page.getByRole("heading", { level: 1, name: "Pillars" }).waitFor();
  });
});

it("moves no file to a second visit of the desk and of a case", async () => {
  const { reference } = await office.app.office.receive({ subject: "The lift is out of order" });
  const visit = await office.signedIn({ role: "focal_point", place: "CSPD" });
  const files = () => visit.travelled().filter(({ url }) => url.includes("/admin/assets/"));
  const walk = async () => {
    await visit.open("/admin");
    await visit.page.locator(`[data-row="${reference}"]`).waitFor();
    await visit.open(`/admin/resources/cases/records/${reference}/show`);
    await visit.page.locator(".case-grid").waitFor();
  };
  await walk();
  expect(files().map(({ type }) => type)).toEqual(expect.arrayContaining(["Script", "Stylesheet", "Font"]));
  await walk();
  await visit.page.reload({ waitUntil: "networkidle" });
  expect(files()).toEqual([]);
  await visit.close();
});
