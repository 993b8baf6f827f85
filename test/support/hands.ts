/** What hands do in a browser: of officials on a case, of applicants at the portal. In Arabic, by the words that people read. */
import type { Locator, Page } from "playwright-core";

export const caseAt = (reference: string): string => `/admin/resources/cases/records/${reference}/show`;

/** Presses the button of an act on the page of a case, also where it stands behind “more”. */
export async function choose(page: Page, name: string): Promise<void> {
  const buttons = page.locator(".case-actions");
  const button = buttons.locator(".case-buttons").getByRole("button", { name, exact: true, includeHidden: true });
  await button.first().waitFor({ state: "attached" });
  if (!(await button.first().isVisible())) await buttons.locator(".case-more > summary").click();
  await button.first().click();
}

/** Does an act that asks for something: its form is filled and sent by the keys of whoever writes all day. */
export async function act(page: Page, name: string, fill: (form: Locator) => Promise<unknown>): Promise<void> {
  await choose(page, name);
  const form = page.locator("#composer form");
  await form.waitFor();
  await fill(form);
  await page.keyboard.press("Control+Enter");
  await page.locator(".toast", { hasText: `تم: ${name}` }).waitFor();
}

/** Waits until the page of a case says that it stands there. */
export const leads = (page: Page, state: string): Promise<void> =>
  page.locator(".case-lead").getByText(state, { exact: true }).waitFor();

/** Writes into the first text of a form. */
export const write = (text: string) => async (form: Locator) => {
  const area = form.locator("textarea").first();
  await area.fill(text);
  await area.focus();
};

/** Chooses something by typing the beginning of its name into a field. */
export async function chooseByTyping(form: Locator, field: string | null, typed: string, name: string): Promise<void> {
  const box = field === null ? form.getByRole("combobox").first() : form.getByRole("combobox", { name: field });
  await box.fill(typed);
  await form.page().getByRole("option", { name }).first().click();
}

/** What an applicant sends, by codes of the set-up. */
export interface Sent {
  readonly entity: string;
  readonly service: string;
  readonly subject: string;
  readonly description: string;
  readonly file?: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };
}

/** Sends the form of a page of the portal. */
export const go = (page: Page): Promise<void> => page.locator("main form button[name=go][value=on]").click();

/** Submits a complaint at the portal under a name, and gives back what the applicant is to keep. */
export async function submitComplaint(page: Page, sent: Sent): Promise<{ reference: string; code: string }> {
  const choice = async (name: string, value: string) => {
    await page.locator(`input[name="${name}"][value="${value}"]`).check();
    await go(page);
  };
  await page.goto("/ar");
  await page.locator("main form button").first().click();
  await page.fill("textarea[name=description]", sent.description);
  await page.fill("input[name=subject]", sent.subject);
  await go(page);
  await page.waitForURL(/\/(match|type)$/);
  if (page.url().endsWith("/match")) await choice("match", "-");
  await choice("type", "complaint");
  await choice("sector", "INTERIOR");
  await choice("entity", sent.entity);
  await choice("service", sent.service);
  await page.selectOption("select[name=pillar]", "QUALITY");
  await go(page);
  await choice("identity", "named");
  if (sent.file !== undefined) await page.setInputFiles("#file", sent.file);
  await go(page);
  await page.fill("input[name=name]", "رنا حداد");
  await page.fill("input[name=email]", "rana@example.com");
  await page.fill("input[name=phone]", "٠٧٩١٢٣٤٥٦٧");
  await page.selectOption("select[name=category]", "citizen");
  await go(page);
  // What was written is looked over and sent.
  await page.waitForURL(/\/check$/);
  await go(page);
  await page.waitForURL(/\/sent$/);
  const [reference = "", code = ""] = await page.locator(".sent-keys dd").allInnerTexts();
  return { reference, code };
}
