/** Signing in and the own account in a real browser: both languages, desk and phone, by keyboard and without script. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright-core";
import type { Language } from "../../src/engine/text/text.js";
import { accountPage } from "../../src/features/people/accounts/account.page.js";
import { setupResource } from "../../src/features/setup/tables/setup-resources.js";
import { password } from "../support/admin-app.js";
import {
  type AdminBrowser,
  axe,
  openAdminBrowser,
  overflow,
  picture,
  settled,
  type Visit,
} from "../support/admin-browser.js";

import { programme, sundayNine } from "../support/working-office.js";

jest.setTimeout(180_000);
const by = { kind: "system", job: "test" } as const;
const shapes: readonly (readonly [Language, number])[] = [
  ["ar", 1280],
  ["en", 390],
];
let office: AdminBrowser;
let counter = 0;

beforeAll(async () => {
  office = await openAdminBrowser({ admin: { resources: [setupResource("sectors")], pages: [accountPage] } });
});
afterAll(() => office?.close());

const accounts = () => office.app.services.accounts;
async function invited(name = "رنا حدّاد"): Promise<{ userId: number; email: string; path: string }> {
  counter += 1;
  const email = `person-${counter}@example.jo`;
  const made = await accounts().invite({ email, name, language: "ar", programme, by, now: sundayNine });
  return { userId: made.userId, email, path: new URL(made.link ?? "").pathname };
}
/** What the app on a telephone shows, `steps` of half a minute from now. */
/** Of the step of now or of the next one: either is taken for half a minute at least, however slow the machine is. */
function codeOf(secret: string, step: "now" | "next"): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) });
  return totp.generate({ timestamp: Date.now() + (step === "now" ? 0 : 30_000) });
}
const demand = (roles: readonly string[]) =>
  office.app.office.rows(
    "update programmes set settings = settings || jsonb_build_object('secondFactor', $2::jsonb) where code = $1",
    programme,
    JSON.stringify(roles),
  );

/** Signs out by the menu of the shell. */
async function leave({ page }: Visit): Promise<void> {
  await settled(page);
  const out = page.locator("form[action='/admin/logout'] button");
  await page
    .locator("button", { has: page.locator("bdi") })
    .first()
    .click();
  await out.click();
  await page.waitForURL(/notice=out/);
}

/** A page as it must always be: nothing serious for axe, nothing pushed sideways, nothing from outside. */
async function sound({ page, outside }: Visit, name: string, [language, width]: readonly [Language, number]) {
  await page.locator("h1").waitFor();
  for (const wide of width === 390 ? [390, 1280] : [1280, 390]) {
    await page.setViewportSize({ width: wide, height: 900 });
    await picture(page, `${name}-${language}-${wide}`);
    expect([name, wide, await axe(page), await overflow(page), outside]).toEqual([name, wide, [], 0, []]);
    expect([name, wide, await small(page)]).toEqual([name, wide, []]);
  }
  await page.setViewportSize({ width, height: 900 });
}

/** What is too low for a finger. */
const small = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("a, button, input:not([type=hidden]):not([hidden])")]
      .filter((element) => element.getClientRects().length > 0)
      .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect().height] as const)
      .filter(([, height]) => height < 24),
  );
describe.each(shapes)("in %s at %d px", (language, width) => {
  const shape = [language, width] as const;

  it("an invitation becomes a password, the password a session, and signing out ends it", async () => {
    const made = await invited();
    const { email, path } = made;
    const visit = await office.visit({ language, width });
    const { page } = visit;
    await visit.open(path);
    await sound(visit, "invitation", shape);
    await page.fill("#password", "short");
    await page.fill("#repeat", "other");
    await page.keyboard.press("Enter");
    await page.locator("#repeat-fault").waitFor();
    await sound(visit, "invitation-fault", shape);
    await page.fill("#password", password);
    await page.fill("#repeat", password);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/admin\/login/);
    await sound(visit, "login-set", shape);
    await page.fill("#email", email);
    await page.fill("#password", "not the password");
    await page.keyboard.press("Enter");
    await page.locator(".enter-fault").waitFor();
    expect(await page.inputValue("#email")).toBe(email);
    await sound(visit, "login-wrong", shape);
    await page.fill("#password", password);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/admin$/);
    const sessions = () => accounts().sessions.list({ userId: made.userId, current: "", now: sundayNine });
    expect(await sessions()).toHaveLength(1);
    await leave(visit);
    await sound(visit, "login-out", shape);
    expect(await sessions()).toEqual([]);
    await visit.open(path);
    await sound(visit, "link-dead", shape);
    await visit.open("/admin/forgot");
    await sound(visit, "forgot", shape);
    await page.fill("#email", email);
    await page.keyboard.press("Enter");
    await page.locator("main p").first().waitFor();
    await sound(visit, "forgot-sent", shape);
    await visit.close();
  });

  it("while strangers guess, a new device is shown the way in, and a link opens it", async () => {
    const { email } = await invited();
    await office.app.givePassword(email);
    const guess = async () => {
      for (let n = 0; n < 11; n++) {
        const tried = { email, password: "a guess", address: `stranger ${n} ${email}`, device: null };
        await accounts()
          .signIn({ ...tried, now: sundayNine })
          .catch(() => undefined);
      }
    };
    await guess();
    const visit = await office.visit({ language, width });
    const { page } = visit;
    const enter = async () => {
      await page.fill("#email", email);
      await page.fill("#password", password);
      await page.keyboard.press("Enter");
    };
    await visit.open("/admin/login");
    await enter();
    const way = page.locator(".enter-notice a");
    await way.waitFor();
    await sound(visit, "login-stopped", shape);
    await way.click();
    await page.waitForURL(/\/admin\/forgot$/);
    const { link } = await accounts().resetFor({ email, by, now: sundayNine });
    await visit.open(new URL(link ?? "").pathname);
    await page.fill("#password", password);
    await page.fill("#repeat", password);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/admin\/login/);
    await guess();
    await enter();
    await page.waitForURL(/\/admin$/);
    await visit.close();
  });

  it("the second step is set up at the first sign-in where it is demanded, and asked for at the next", async () => {
    const { email } = await invited("Omar Khalil");
    await office.app.givePassword(email);
    const seat = `OR-${counter}`;
    await office.app.office.rows(
      "insert into seats (programme, code, role, title_ar, title_en) values ($1, $2, 'operation_room', 'غرفة', 'Room')",
      programme,
      seat,
    );
    await office.app.services.people.takeSeat({
      programme,
      seat,
      email,
      from: sundayNine,
      to: null,
      by,
      now: sundayNine,
    });
    await demand(["operation_room"]);
    const visit = await office.visit({ language, width });
    const { page } = visit;
    const enter = async () => {
      await visit.open("/admin/login");
      await page.fill("#email", email);
      await page.fill("#password", password);
      await page.keyboard.press("Enter");
    };
    await enter();
    await page.waitForURL(/enrol-second-factor/);
    await sound(visit, "enrol", shape);
    const secret = (await page.textContent(".enter-key")) ?? "";
    await page.fill("#code", codeOf(secret, "now"));
    await page.keyboard.press("Enter");
    await page.locator(".enter-codes").waitFor();
    await sound(visit, "recovery-codes", shape);
    await page.click(".enter-button");
    await page.waitForURL(/\/admin$/);
    await leave(visit);
    await enter();
    await page.waitForURL(/\/second-factor/);
    await page.fill("#code", "000000");
    await page.keyboard.press("Enter");
    await page.locator("#code-fault").waitFor();
    await sound(visit, "second-factor", shape);
    await page.fill("#code", codeOf(secret, "next"));
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/admin$/);
    await demand([]);
    await visit.close();
  });

  it("the own account: another session is ended, the password changed, a second step set up and taken away", async () => {
    const { email } = await invited();
    await office.app.givePassword(email);
    const other = await office.signedIn({ email }, { language, width });
    const visit = await office.signedIn({ email }, { language, width });
    const { page } = visit;
    await visit.open("/admin/pages/account");
    await sound(visit, "account", shape);
    const rows = page.locator(".account-page tbody tr");
    expect(await rows.count()).toBe(2);
    await rows.nth(1).getByRole("button").click();
    await page.waitForFunction(() => document.querySelectorAll(".account-page tbody tr").length === 1);
    await other.page.goto("/admin/pages/account");
    expect(other.page.url()).toContain("/admin/login?next=%2Fadmin%2Fpages%2Faccount");

    const panel = page.locator(".panel").nth(2);
    await panel.getByRole("button").first().click();
    await panel.locator("input").fill("not mine");
    await page.keyboard.press("Enter");
    await panel.locator(".field-fault").waitFor();
    await sound(visit, "account-second-factor-password", shape);
    await panel.locator("input").fill(password);
    await page.keyboard.press("Enter");
    const secret = (await panel.locator("code").textContent()) ?? "";
    await panel.locator("input").fill("000000");
    await page.keyboard.press("Enter");
    await panel.locator(".field-fault").waitFor();
    await sound(visit, "account-second-factor", shape);
    await panel.locator("input").fill(codeOf(secret, "now"));
    await page.keyboard.press("Enter");
    await page.locator("dialog .account-codes li").first().waitFor();
    await sound(visit, "account-recovery-codes", shape);
    await page.keyboard.press("Escape");
    await panel.locator(".button-danger").click();
    await panel.locator("input").fill(codeOf(secret, "next"));
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelectorAll(".panel")[2]?.querySelector(".button-danger") === null);

    const passwords = page.locator("input[type=password]");
    for (const [n, typed] of ["not mine", "the next password", "the next password"].entries()) {
      await passwords.nth(n).fill(typed);
    }
    await page.keyboard.press("Enter");
    await page.locator(".panel .field-fault").waitFor();
    await passwords.nth(0).fill(password);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => (document.querySelector("input[type=password]") as HTMLInputElement).value === "");
    await expect(
      accounts().signIn({ email, password: "the next password", address: "test", device: null, now: sundayNine }),
    ).resolves.toMatchObject({ next: "done" });
    await other.close();
    await visit.close();
  });
});

it("the language is switched without losing the place", async () => {
  const visit = await office.visit({ language: "ar", width: 390 });
  await visit.open("/admin/login?next=%2Fadmin%2Fpages%2Faccount");
  await visit.page.click(".enter-language");
  await visit.page.waitForFunction(() => document.documentElement.lang === "en");
  expect(visit.page.url()).toContain("/admin/login?next=%2Fadmin%2Fpages%2Faccount");
  expect(await visit.page.evaluate(() => document.documentElement.dir)).toBe("ltr");
  await visit.close();
});
