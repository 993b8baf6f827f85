/** A letter as two people of the operation room change it: fields by keyboard, a finding at its place, a real case, a test, approval. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import {
  type AdminBrowser,
  axe,
  looksRight,
  openAdminBrowser,
  overflow,
  picture,
  type Visit,
} from "../support/admin-browser.js";
import { programme } from "../support/working-office.js";

jest.setTimeout(240_000);
let browser: AdminBrowser;
beforeAll(async () => {
  browser = await openAdminBrowser();
  await browser.app.office.asOwner(`update programmes set settings = settings || '{"secondPerson": true}'`);
}, 180_000);
afterAll(() => browser?.close());

const address = "/admin/pages/policy?kind=message&name=applicant-received";

async function sound({ page, outside }: Visit): Promise<void> {
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(outside).toEqual([]);
}
const saved = (page: Page) => page.locator(".draft-save", { hasText: /^(Saved|حُفظت)/ }).waitFor();
const receiptOf = async (reference: string) =>
  (
    await browser.app.office.rows(
      "select m.id, m.wording_id from messages m join cases c on c.id = m.receiver_case where c.reference = $1 and m.template = 'applicant-received'",
      reference,
    )
  )[0];

describe("the letter of acknowledgement", () => {
  it("is written in both languages, broken and mended, tried, submitted and approved, is what the next applicant reads, and is gone back on", async () => {
    const { office } = browser.app;
    const { reference } = await office.receive();
    const author = await browser.signedIn({ role: "operation_room" }, { language: "en" });
    const { page } = author;
    await author.open("/admin/pages/policy");
    await page.getByLabel("Find by name").fill("receipt");
    await sound(author);
    await page.getByRole("link", { name: "Receipt to the applicant" }).click();
    await page.getByText("This is the default text.").waitFor();

    // English: a field by keyboard, at the cursor.
    await page.getByRole("tab", { name: "English" }).click();
    const body = page.locator("#field--body-en");
    await body.fill("# Welcome\n\nYour number is .\n\n{{details}}\n\n{{button}}\n\n{{note}}");
    await body.evaluate((area) => {
      const at = (area as HTMLTextAreaElement).value.indexOf("is .") + 3;
      (area as HTMLTextAreaElement).focus();
      (area as HTMLTextAreaElement).setSelectionRange(at, at);
    });
    const chip = page.getByRole("button", { name: "reference number", exact: true });
    await chip.focus();
    await page.keyboard.press("Enter");
    expect(await body.inputValue()).toContain("Your number is {{reference}}.");
    expect(await body.evaluate((area) => document.activeElement === area)).toBe(true);
    await page.locator("#field--subject-en").fill("Welcome, {{reference}}");

    // Broken: the finding stands at the text, and leads to its place.
    await body.fill((await body.inputValue()).replace("{{reference}}", "{{referense}}"));
    const finding = page.getByRole("button", { name: /Line 3, character 16: .*Did you mean \{\{reference\}\}/ });
    await finding.waitFor();
    await sound(author);
    await picture(page, "letter-broken-en-1280");
    await finding.click();
    expect(await body.evaluate((area) => (area as HTMLTextAreaElement).selectionStart)).toBe(
      (await body.inputValue()).indexOf("{{referense}}"),
    );
    await body.fill((await body.inputValue()).replace("{{referense}}", "{{reference}}"));

    // Arabic.
    await page.getByRole("tab", { name: "Arabic" }).click();
    const arabic = page.locator("#field--body-ar");
    expect(await arabic.getAttribute("dir")).toBe("rtl");
    await arabic.fill("# أهلًا بك\n\nرقم طلبك {{reference}}.\n\n{{details}}\n\n{{button}}\n\n{{note}}");

    // A real case, in both languages beside each other.
    const look = page.locator("#letter-look");
    await look.getByLabel("Reference number of the case").fill(reference);
    await look.getByRole("button", { name: "Show" }).click();
    await look.getByText(`Welcome, ${reference}`).waitFor();
    await look.getByText(/^Case /).waitFor();
    const frames = look.locator("iframe");
    expect(await frames.count()).toBe(2);
    for (const frame of await frames.all()) expect(await frame.getAttribute("sandbox")).toBe("");
    await look.frameLocator("iframe").first().getByText("أهلًا بك").waitFor();
    await saved(page);
    await sound(author);
    await picture(page, "letter-en-1280");
    await look.getByLabel("Reference number of the case").fill("999-999-9999");
    await look.getByRole("button", { name: "Show" }).click();
    await look.getByText("The case was not found here.").first().waitFor();
    await look.getByLabel("Reference number of the case").fill("");
    await look.getByRole("button", { name: "Show" }).click();
    await look.getByText("Example case").waitFor();

    await look.getByRole("button", { name: "Send me a test email: In English" }).click();
    await page.getByText(/The test email is listed among the emails|being sent to your own address/).waitFor();
    const [tested] = await office.rows("select template, data->>'test' as test from messages order by id desc limit 1");
    expect(tested).toEqual({ template: "applicant-received", test: "true" });

    await page.getByRole("button", { name: "Submit …" }).click();
    const dialog = page.locator("dialog");
    await dialog.getByText(/Body, English, line 1: was/).waitFor();
    await dialog.locator("#field-reason").fill("Warmer words");
    await dialog.getByRole("button", { name: "Submit for approval" }).click();
    await dialog.waitFor({ state: "detached" });

    const second = await browser.signedIn({ role: "operation_room", nth: 1 }, { language: "ar" });
    const there = second.page;
    await second.open(address);
    await there.locator("#letter-look").frameLocator("iframe").first().getByText("أهلًا بك").waitFor();
    await sound(second);
    await picture(there, "letter-ar-1280");
    await there.getByRole("button", { name: "موافقة …" }).click();
    const approval = there.locator("dialog");
    await approval.locator("#field-reason").fill("موافق");
    await approval.getByRole("button", { name: "موافقة ونشر" }).click();
    await approval.waitFor({ state: "detached" });

    const next = await office.receive();
    const receipt = await receiptOf(next.reference);
    expect(receipt?.wording_id).not.toBeNull();
    await author.open(`/admin/resources/messages/records/${receipt?.id}/show`);
    await page.getByRole("heading", { name: `Welcome, ${next.reference}` }).waitFor();
    await page.getByRole("link", { name: "The programme's own, version 1" }).waitFor();
    await page.frameLocator("iframe").getByText(`Your number is ${next.reference}.`).waitFor();
    await sound(author);
    await picture(page, "letter-message-en-1280");

    // Another version, then back to the first.
    const setup = await browser.app.services.setup.of(programme);
    const first = setup.messages.get("applicant-received");
    if (first === undefined) throw new Error("not published");
    const by = { kind: "system", job: "publish" } as const;
    await browser.app.services.configuration.publish({
      programme,
      kind: "message",
      name: "applicant-received",
      definition: { ...first.definition, subject: { ar: "x {{reference}}", en: "x {{reference}}" } },
      reason: "r",
      by,
      now: new Date(),
    });
    await author.open(`${address}&part=versions`);
    await page.getByText("Version 2").first().waitFor();
    await page.getByRole("button", { name: "Go back to it …" }).last().click();
    await dialog.getByRole("button", { name: "Open the draft" }).click();
    await page.getByRole("button", { name: "Submit …" }).click();
    await dialog.getByRole("button", { name: "Submit for approval" }).click();
    await dialog.waitFor({ state: "detached" });
    await second.open(address);
    await there.getByRole("button", { name: "موافقة …" }).click();
    await approval.locator("#field-reason").fill("كانت أفضل");
    await approval.getByRole("button", { name: "موافقة ونشر" }).click();
    await approval.waitFor({ state: "detached" });
    const back = await office.receive();
    const [letter] = await browser.app.services.mail.page({
      actor: office.official("operation_room"),
      filter: { reference: back.reference, templates: ["applicant-received"] },
      offset: 0,
      limit: 1,
    });
    expect(letter).toMatchObject({ subject: `Welcome, ${back.reference}`, wordingVersion: 3 });
    // The case that there is not was asked for.
    const errors = [...author.errors, ...second.errors].filter((error) => !error.includes("404"));
    expect(errors).toEqual([]);
    await author.close();
    await second.close();
  });

  it("fits a telephone in Arabic, and an auditor reads it without a way to write", async () => {
    const visit = await browser.backAt({ role: "operation_room" }, { language: "ar", width: 390 });
    await visit.open("/admin/pages/policy?kind=message&name=applicant-answered");
    await visit.page.locator("#letter-look iframe").first().waitFor();
    await sound(visit);
    await picture(visit.page, "letter-ar-390");
    const auditor = await browser.signedIn({ role: "auditor" }, { language: "en" });
    await auditor.open("/admin/pages/policy?kind=message&name=applicant-answered");
    await auditor.page.locator("#field--body-ar").waitFor();
    expect(await auditor.page.locator("#field--body-ar").getAttribute("readonly")).not.toBeNull();
    expect(await auditor.page.locator("#letter-look, .field-chip").count()).toBe(0);
    await sound(auditor);
  });
});

describe("the committee's digest", () => {
  it("loses a section, gets another order by keyboard, and reads so at once", async () => {
    const visit = await browser.backAt({ role: "operation_room" }, { language: "en" });
    const { page } = visit;
    await visit.open("/admin/pages/policy?kind=digest&name=digest-committee");
    const look = page.locator("#letter-look");
    await look.locator("iframe").first().waitFor();
    await page.getByRole("tab", { name: "English" }).click();
    await page.getByLabel("On time, period by period", { exact: true }).uncheck();
    await page.getByRole("button", { name: "Move “Entities to follow up” up" }).focus();
    await page.keyboard.press("Enter");
    await page.locator("#field--title-en").fill("Report of {{period}}");
    await look
      .frameLocator("iframe")
      .last()
      .getByText(/^Report of/)
      .waitFor();
    await page
      .locator("#changes")
      .getByText(/Order of the sections/)
      .waitFor();
    await page
      .locator("#changes")
      .getByText(/On time, period by period/)
      .waitFor();
    await saved(page);
    await looksRight(page, "digest");
  });
});

describe("a letter of a step's own", () => {
  it("is begun from the list, with a name in both languages", async () => {
    const visit = await browser.backAt({ role: "operation_room" }, { language: "en" });
    const { page } = visit;
    await visit.open("/admin/pages/policy");
    await page.getByRole("button", { name: "Email for a step …" }).click();
    const dialog = page.locator("dialog");
    await dialog.getByLabel("Code of the email").fill("Health");
    await dialog.getByRole("button", { name: "Write the email" }).click();
    await dialog.getByText(/Enter a code that begins with step-/).waitFor();
    await sound(visit);
    await dialog.getByLabel("Code of the email").fill("step-health");
    await dialog.getByRole("button", { name: "Write the email" }).click();
    await page.locator("#field--name-ar").fill("تصعيد الصحة");
    await saved(page);
    await sound(visit);
    await picture(page, "letter-step-en-1280");

    // Once it is in force, a step of the ladder chooses it.
    const { services } = browser.app;
    const escalated = services.versions.asShipped({
      actor: browser.app.office.official("operation_room"),
      programme,
      kind: "message",
      name: "step-health",
    });
    await services.configuration.publish({
      programme,
      kind: "message",
      name: "step-health",
      definition: { ...escalated, name: { ar: "تصعيد الصحة", en: "Health escalation" } },
      reason: "r",
      by: { kind: "system", job: "publish" },
      now: new Date(),
    });
    await visit.open("/admin/pages/policy?kind=rules&name=escalation&part=ladder");
    await page.locator(".step-card").first().click();
    await page.getByLabel("By which email").selectOption({ label: "Health escalation" });
    await page
      .locator("#changes")
      .getByText(/By which email: was .*, now “Health escalation”/)
      .first()
      .waitFor();
    await saved(page);
    await sound(visit);
  });

  it("that no rule in force names is retired with a reason", async () => {
    const visit = await browser.backAt({ role: "operation_room" }, { language: "ar" });
    const { page } = visit;
    const { services, office } = browser.app;
    const name = "step-once";
    const actor = office.official("operation_room");
    const definition = services.versions.asShipped({ actor, programme, kind: "message", name });
    const by = { kind: "system", job: "publish" } as const;
    const now = new Date();
    const named = { ...definition, name: { ar: "رسالة لمرة", en: "A letter for once" } };
    await services.configuration.publish({ programme, kind: "message", name, definition: named, reason: "r", by, now });
    await visit.open(`/admin/pages/policy?kind=message&name=${name}`);
    await page.getByRole("button", { name: "إيقاف الاستخدام …" }).click();
    const dialog = page.locator("dialog");
    await dialog.getByRole("button", { name: "إيقاف الاستخدام", exact: true }).click();
    await dialog.locator(".field-fault").waitFor();
    await looksRight(page, "letter-retire");
    await dialog.locator("textarea").fill("x");
    await dialog.getByRole("button", { name: "إيقاف الاستخدام", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "إيقاف الاستخدام …" }).waitFor({ state: "detached" });
    await looksRight(page, "letter-retired", [390]);
    expect((await services.setup.of(programme)).messages.has(name)).toBe(false);
  });
});

/** Without a second person, as it ships: a row of the set-up is saved straight away. */
it("a reply template shows how it reads and where its text is at fault", async () => {
  const { office } = browser.app;
  await office.asOwner(`update programmes set settings = settings || '{"secondPerson": false}'`);
  const [row] = await office.rows("select id from reply_templates where code = 'ANSWER_DELAY'");
  const { page, open } = await browser.backAt({ role: "operation_room" }, { language: "ar" });
  await open(`/admin/resources/reply-templates/records/${row?.id}/show`);
  await page.locator(".letter-text").first().waitFor();
  const texts = page.locator(".letter-text p");
  expect(await texts.nth(0).getAttribute("lang")).toBe("ar");
  expect(await texts.allInnerTexts()).toEqual(
    expect.arrayContaining([expect.stringContaining("482-739-1652"), expect.stringContaining("إصلاح خط مياه رئيسي")]),
  );
  // The preview is on the page: no button asks for it.
  expect(await page.getByRole("button", { name: "معاينة" }).count()).toBe(0);
  await looksRight(page, "template");

  await open(`/admin/resources/reply-templates/records/${row?.id}/edit`);
  // Types are chosen by their names, not by codes.
  const types = page.getByRole("group", { name: "أنواع الطلبات" });
  const [complaint, inquiry] = ["complaint", "inquiry"].map((code) => office.setup.types.get(code)?.name.ar ?? "");
  expect(await types.getByLabel(complaint as string, { exact: true }).isChecked()).toBe(true);
  await types.getByLabel(inquiry as string, { exact: true }).check();
  const body = page.locator("#field-bodyEn");
  const written = await body.inputValue();
  await body.fill("About\n{{refrence}}");
  await page.locator("button[type=submit].button-primary").click();
  await page.getByRole("alert").waitFor();
  expect(await body.getAttribute("aria-invalid")).toBe("true");
  await looksRight(page, "template-fault");
  await body.fill(written);
  await page.locator("button[type=submit].button-primary").click();
  await page.waitForURL(/\/show$/);
  await page.locator(".chip", { hasText: new RegExp(`^${inquiry}$`) }).waitFor();
  expect((await office.rows("select types from reply_templates where id = $1", row?.id))[0]?.types).toEqual(
    expect.arrayContaining(["complaint", "inquiry"]),
  );
  await open("/admin/resources/closing-reasons");
  await page.getByRole("link", { name: "عبارات مسيئة" }).waitFor();
  await looksRight(page, "reasons");
});
