/** Screens in a language that is only files: what they show is in it or is data, and one may switch to it and back. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import { type AdminBrowser, openAdminBrowser, settled } from "../support/admin-browser.js";
import { escapedFrom, pseudo, speakPseudo } from "../support/pseudo-language.js";

jest.setTimeout(300_000);

let hush: () => void;
let office: AdminBrowser;
let reference: string;
beforeAll(async () => {
  hush = speakPseudo();
  office = await openAdminBrowser();
  ({ reference } = await office.app.office.receive());
});
afterAll(async () => {
  await office?.close();
  hush();
});

/** What is shown and read out, but for what is in a language of its own. */
const shown = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const texts: string[] = [document.title];
    const foreign = '[lang="ar"], [lang="en"], script, style, template, pre, code, kbd';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      if (element === null || element.closest(foreign) !== null) continue;
      if (!(node instanceof Element)) texts.push(node.textContent ?? "");
      else
        for (const name of ["aria-label", "title", "placeholder", "alt"]) {
          const said = node.getAttribute(name);
          if (said !== null) texts.push(said);
        }
    }
    return texts.filter((text) => text.trim() !== "");
  });

/** Names of browsers and systems, which no language changes. */
const products = ["Chrome", "Linux"];

describe("screens", () => {
  it("show nothing that escaped the catalogues", async () => {
    const visit = await office.signedIn({ role: "operation_room" }, { language: pseudo });
    const known = (await office.app.office.asOwner("select name, email from users")).flatMap(({ name, email }) => [
      String(name),
      String(email),
    ]);
    const { subject, description } = (
      await office.app.office.asOwner("select subject, description from applications")
    )[0] as {
      subject: string;
      description: string;
    };
    const found: [string, string[]][] = [];
    try {
      for (const path of [
        "/admin",
        "/admin/resources/cases",
        `/admin/resources/cases/records/${reference}/show`,
        "/admin/resources/pillars",
        "/admin/resources/pillars/actions/new",
        "/admin/resources/users",
        "/admin/pages/policy",
        "/admin/pages/policy?kind=rules&name=sla",
        "/admin/pages/policy?kind=workflow&name=complaint",
        "/admin/pages/account",
        "/admin/pages/health",
      ]) {
        await visit.open(path);
        expect([path, await visit.page.evaluate(() => document.documentElement.lang)]).toEqual([path, pseudo]);
        const escaped = escapedFrom(await shown(visit.page), [...known, ...products, subject, description]);
        if (escaped.length > 0) found.push([path, escaped]);
      }
      expect(visit.errors).toEqual([]);
    } finally {
      await visit.close();
    }
    expect(found).toEqual([]);
  });

  it("are switched to it and back in place", async () => {
    const visit = await office.signedIn({ role: "operation_room" }, { language: "en" });
    const { page, open } = visit;
    try {
      await open("/admin/resources/pillars");
      await page.locator(`.top-language[lang="${pseudo}"]`).click();
      await page.locator(`html[lang="${pseudo}"]`).waitFor();
      await settled(page);
      expect(await page.locator("h1").first().textContent()).toMatch(/^\[!! .* !!\]$/);
      await page.locator('.top-language[lang="ar"]').click();
      await page.locator('html[lang="ar"][dir="rtl"]').waitFor();
      expect(visit.errors).toEqual([]);
    } finally {
      await visit.close();
    }
  });
});
