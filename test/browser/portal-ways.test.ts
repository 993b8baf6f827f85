/** Where applicants say how they hear: the contact page, the receipt, the page of the case, in both languages, wide and narrow. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { Page } from "playwright-core";
import { anyImpact, axe, overflow, picture } from "../support/admin-browser.js";
import { openPortalBrowser, type PortalBrowser } from "../support/portal-browser.js";
import { openSmsPeer, type SmsPeer } from "../support/sms-gateway.js";
import { sundayNine } from "../support/working-office.js";

let portal: PortalBrowser;
let peer: SmsPeer;
beforeAll(async () => {
  peer = await openSmsPeer();
  portal = await openPortalBrowser({ parts: { sms: peer.config } });
});
afterAll(async () => {
  await portal.close();
  await peer.close();
});

const cases = [
  ["ar", 1280],
  ["en", 390],
] as const;

/** What is wrong with a page for those who hear it, and for those whose screen is wide or narrow: its own width last. */
async function looked(page: Page, name: string): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  for (const wide of [width === 390 ? 1280 : 390, width]) {
    await page.setViewportSize({ width: wide, height });
    await picture(page, `${name}-${wide}`);
    expect([name, wide, await overflow(page)]).toEqual([name, wide, 0]);
  }
  expect([name, await axe(page, anyImpact)]).toEqual([name, []]);
}

it.each(cases)("they are asked, told, changed and stopped: %s at %p", async (language, width) => {
  const { page, close } = await portal.applicant({ language, width, script: true });
  const look = (name: string) => looked(page, `portal-ways-${language}-${name}`);
  const go = () => page.locator("main form button[name=go][value=on]").first().click();
  await page.goto(`/${language}`);
  await page.locator("main form button").first().click();
  await page.fill("textarea[name=description]", "The hall was closed and nobody said why.");
  for (let n = 0; n < 20 && !page.url().endsWith("/contact"); n++) {
    const choice = page.locator("main input[type=radio]");
    const wanted = ["complaint", "INTERIOR", "CSPD", "named", "-"];
    for (const value of wanted) {
      const one = page.locator(`main input[type=radio][value="${value}"]`);
      if ((await choice.count()) > 0 && (await one.count()) > 0) {
        await one.check();
        break;
      }
    }
    const before = page.url();
    await go();
    await page.waitForURL((url) => url.href !== before);
  }
  await page.fill("input[name=name]", "Rana Haddad");
  await page.fill("input[name=phone]", "065001234");
  // A telephone alone: nothing will come, which is said before it is sent, with the way back.
  await go();
  await page.waitForURL(/\/check/);
  await look("nothing-comes");
  await page.locator("main .silence ~ p a").click();
  await page.waitForURL(/\/contact/);
  await look("nothing-comes-contact");
  await page.fill("input[name=email]", "rana@example.com");
  await page.locator('input[name=contactBy][value="both"]').check();
  await look("contact");
  await go();
  // A landline gets no text messages: said at the telephone, nothing lost.
  if (!page.url().endsWith("/contact")) await go();
  await page.waitForLoadState();
  await look("landline");
  await page.goto(page.url().replace(/\/check$/, "/contact"));
  await page.fill("input[name=phone]", "0791234567");
  await go();
  await page.waitForURL(/\/check/);
  await look("check");
  await go();
  await page.waitForURL(/\/sent$/);
  await look("sent");
  await page.locator("#open button").click();
  await page.waitForURL(/\/follow\//);
  await page.locator('input[name=choice][value="sms"]').check();
  await look("case");
  await page.locator("section[aria-labelledby=ways] button[value=on]").click();
  await page.waitForURL(/done=contact-saved/);
  const said = page.locator("section[aria-labelledby=ways] #said");
  // Beside what was changed, in sight, and the next that is heard.
  const shown = async (what: string) => {
    expect([what, await said.evaluate((one) => one === document.activeElement)]).toEqual([what, true]);
    const { top, bottom } = await said.evaluate((one) => one.getBoundingClientRect().toJSON());
    expect([what, top >= 0, bottom <= 900]).toEqual([what, true, true]);
    await look(what);
  };
  await shown("changed");
  const stop = page.locator("section[aria-labelledby=ways] a[href$='/stop']");
  await stop.click();
  await look("stop-unproven");
  await page.goBack();
  await portal.app.office.asOwner("update applicants set phone_proven_at = now() where phone = '+962791234567'");
  await stop.click();
  await look("stop");
  await page.locator("main form button").click();
  await page.waitForURL(/done=contact-stopped/);
  expect(await stop.count()).toBe(0);
  await shown("stopped");
  await page.locator('input[name=choice][value="sms"]').check();
  await page.locator("section[aria-labelledby=ways] button[value=on]").click();
  await page.waitForURL(/done=contact-resumed/);
  await shown("resumed");
  await close();
});

it.each(cases)("they read until when they are called: %s at %p", async (language, width) => {
  const { office, services } = portal.app;
  const { reference, code } = await office.receive({ language });
  const actor = office.official("focal_point", "CSPD");
  await services.contactCentre.callBacks.ask({ reference, note: "", actor, now: sundayNine });
  const { page, close } = await portal.applicant({ language, width, script: true });
  await page.goto(`/${language}/follow`);
  await page.fill("input[name=reference]", reference);
  await page.fill("input[name=code]", code);
  await page.locator("main form button").first().click();
  await page.waitForURL(/\/follow\/\d/);
  const words = language === "ar" ? "سنتصل بك في موعد أقصاه" : "We will call you by Monday 23 November 2026, 09:00.";
  expect(await page.locator("#call").textContent()).toContain(words);
  await looked(page, `portal-call-${language}`);
  await close();
});
