/** From a letter to a rating with a thumb: the link, the mark, one press. In Chromium, without JavaScript, in both languages. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { anyImpact, axe, overflow, picture } from "../support/admin-browser.js";
import { type Mailbox, openMailbox } from "../support/mailbox.js";
import { openPortalBrowser, type PortalBrowser } from "../support/portal-browser.js";
import { followed } from "../support/portal-ways.js";

let portal: PortalBrowser;
let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await openMailbox();
  portal = await openPortalBrowser({ parts: { smtpUrl: mailbox.url } });
});
afterAll(async () => {
  await portal.close();
  await mailbox.close();
});

const later = (minutes: number): Date => new Date(portal.app.now().getTime() + minutes * 60_000);

/** A letter to somebody, the path of its link, and the digits in it. */
async function letterTo(email: string, subject: RegExp): Promise<{ html: string; path: string; digits: string }> {
  await portal.app.services.handlers["enforce-deadlines"]?.(portal.app.now());
  await portal.app.services.handlers["deliver-messages"]?.(portal.app.now());
  const theirs = mailbox.letters.filter(({ to }) => JSON.stringify(to).includes(email));
  const letter = theirs.filter((one) => subject.test(String(one.subject))).at(-1);
  const html = String(letter?.html);
  const digits = /^\s*(\d{6})\s*$/m.exec(String(letter?.text))?.[1] ?? "none";
  return { html, path: /\/t\/[\w-]{22}/.exec(html)?.[0] ?? "no link", digits };
}

const sizes = [
  { language: "ar", width: 390 },
  { language: "en", width: 1280 },
] as const;

describe.each(sizes)("an applicant who reads $language at $width", ({ language, width }) => {
  const email = `rana-${language}@example.com`;
  const name = (page: string) => `links-${page}-${language}-${width}`;

  it("confirms the address by the receipt, and rates by the letter: tap, mark, send", async () => {
    const { app } = portal;
    const keys = await app.office.receive({ language, applicant: { name: "Rana", email } });
    const receipt = await letterTo(email, /received|استلمنا/);
    const pages = await portal.applicant({ language, width, script: true });
    const { page } = pages;
    const look = async (what: string) => {
      await picture(page, name(what));
      expect([what, await axe(page, anyImpact)]).toEqual([what, []]);
      expect([what, await overflow(page)]).toEqual([what, 0]);
    };
    const showLetter = async (html: string, what: string) => {
      const mail = await pages.context.newPage();
      await mail.setContent(html);
      await picture(mail, name(what));
      expect([what, await axe(mail)]).toEqual([what, []]);
      await mail.close();
    };
    await showLetter(receipt.html, "receipt");
    await page.goto(receipt.path);
    expect(new URL(page.url()).pathname).toBe(`/${language}/follow/${keys.reference}/confirm`);
    await look("confirm");
    await page.locator("main form button").click();
    await look("confirmed");

    // The invitation to rate leaves with the answer.
    await app.office.asOwner(`update programmes set settings = settings || '{"ratingInviteHours": 0}'`);
    const focal = app.office.official("focal_point", "CSPD");
    await app.office.act(keys.reference, focal, "answer", { answer: "أُصلح الباب. The door is repaired." }, later(5));
    app.setNow(later(5));
    await showLetter((await letterTo(email, /answer to your|الرد على طلبك/)).html, "answer");
    const letter = await letterTo(email, /How was|ما تقييمك/);
    await showLetter(letter.html, "letter");

    // The tap; the token is gone from the address, and from where the page was reached.
    await page.goto(letter.path);
    expect(new URL(page.url()).pathname).toBe(`/${language}/follow/${keys.reference}/do/rate`);
    expect(await page.evaluate(() => document.referrer)).not.toContain("/t/");
    await look("rate");
    await page.locator('input[name="rating"][value="5"]').check();
    await page.locator("main form button[name=go][value=on]").click();
    await page.waitForURL(/done=rate/);
    await look("rated");
    expect((await app.office.caseRow(keys.reference)).rating).toBe(5);

    // Letters about it stop by one press, and come again by another.
    const letters = page.locator('#ways ~ form button[name="go"]');
    for (const done of ["letters-stopped", "letters-resumed"]) {
      await letters.focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(new RegExp(`done=contact-${done}`));
      for (const wide of [390, 1280]) {
        await page.setViewportSize({ width: wide, height: 900 });
        await look(`${done}-${wide}`);
      }
      await page.setViewportSize({ width, height: 900 });
    }

    // More asks for the code, on the page itself.
    expect(await page.locator("main").textContent()).not.toContain("The hall was closed");
    await page.fill('input[name="code"]', keys.code);
    await page.locator("main form button[name=go][value=on]").click();
    await page.waitForURL((url) => url.pathname.endsWith(keys.reference));
    expect(await page.locator("main").textContent()).toContain("The hall was closed");
    await look("with-code");
    expect(pages.errors).toEqual([]);
    expect(pages.outside).toEqual([]);

    // Letters ended, and a number left for calls: none of the choices is theirs, and saving none says so there.
    const ended = "update applicants set email_stopped_at = now(), phone = $2 where email = $1";
    await app.office.asOwner(ended, email, "+96265001234");
    await page.reload();
    expect(await page.locator('input[name="choice"]:checked').count()).toBe(0);
    await look("ended-with-code");
    await page.locator("form:has(input[name=choice]) button[name=go]").click();
    await page.locator("#said").waitFor();
    await look("ended-nothing-chosen");
    await pages.close();
  });
});

it("six digits are asked for on the page, which says what is confirmed", async () => {
  const [language, width] = ["ar", 390] as const;
  const name = (page: string) => `links-${page}-${language}-${width}`;
  const { app } = portal;
  const mine = "huda@example.com";
  const keys = await app.office.receive({ language, applicant: { name: "Huda", email: mine } });
  const who = await followed(app, keys);
  expect((await who.get(`/${language}/follow/${keys.reference}`)).text).toContain("/confirm?way");
  const pages = await portal.applicant({ language, width, script: true });
  const { page } = pages;
  await page.goto(`/${language}/follow`);
  await page.fill('input[name="reference"]', keys.reference);
  await page.fill('input[name="code"]', keys.code);
  await page.locator("main form button[name=go][value=on]").click();
  await page.locator("#contacts").waitFor();
  await page.locator('a[href*="/confirm?way=email"]').click();
  await page.locator("button[name=send]").click();
  await page.waitForURL(/done=sent/);
  const letter = await letterTo(mine, /code to confirm|رمز تأكيد/);
  await picture(page, name("digits"));
  expect(await axe(page, anyImpact)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await page.fill('input[name="digits"]', "12");
  await page.locator("main form button[name=go][value=on]").click();
  await page.locator("[aria-invalid=true]").first().waitFor();
  await picture(page, name("digits-wrong"));
  expect(await axe(page, anyImpact)).toEqual([]);
  await page.fill('input[name="digits"]', letter.digits);
  await page.locator("main form button[name=go][value=on]").click();
  await page.waitForURL(/done=proven/);
  await picture(page, name("proven"));
  const mail = await pages.context.newPage();
  await mail.setContent(letter.html);
  await picture(mail, name("code-letter"));
  await pages.close();
});
