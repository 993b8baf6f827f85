/** A change of policy as two people of the operation room make it: drafted, broken, mended, submitted, approved, and gone back on. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture, type Visit } from "../support/admin-browser.js";
import { programme, sundayNine } from "../support/working-office.js";

jest.setTimeout(180_000);
let browser: AdminBrowser;
beforeAll(async () => {
  browser = await openAdminBrowser();
  await browser.app.office.asOwner(`update programmes set settings = settings || '{"secondPerson": true}'`);
}, 180_000);
afterAll(() => browser?.close());

const address = "/admin/pages/policy?kind=rules&name=routing&part=text";
const routing = async () => {
  const set = (await browser.app.services.setup.of(programme)).ruleSets.get("routing");
  if (set === undefined) throw new Error("no rules");
  return set;
};

async function sound({ page, outside }: Visit): Promise<void> {
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(outside).toEqual([]);
}

const text = (page: Page) => page.locator("textarea.code-text");
interface Written {
  rules: { priority: unknown; title: { en: string; ar: string } }[];
}
/** The definition with its first rule changed. */
async function write(page: Page, change: object): Promise<void> {
  const { rules, ...set } = JSON.parse(await text(page).inputValue()) as Written;
  await text(page).fill(JSON.stringify({ ...set, rules: [{ ...rules[0], ...change }, ...rules.slice(1)] }, null, 2));
}
const renamed = (title: string) => ({ title: { en: title, ar: title } });

describe("a change of policy", () => {
  it("is drafted, broken, mended and submitted by one, approved by another in Arabic, decides, and is gone back on", async () => {
    const before = await routing();
    const priority = before.definition.rules[0]?.priority;
    const author = await browser.signedIn({ role: "operation_room" }, { language: "en" });
    const { page } = author;
    await author.open(address);
    await write(page, { priority: "high" });
    await page.locator("#checks").getByText('"high" must be a whole number.').waitFor();
    await page.locator(".draft-save", { hasText: /^Saved$/ }).waitFor();
    await page.locator("#checks").getByRole("link", { name: "Go to it" }).click();
    expect(
      await text(page).evaluate((area) => {
        const { value, selectionStart, selectionEnd } = area as HTMLTextAreaElement;
        return value.slice(selectionStart, selectionEnd);
      }),
    ).toContain('"priority": "high"');
    await sound(author);
    await picture(page, "draft-broken-en-1280");
    await write(page, { priority, ...renamed("A clearer name") });
    await page
      .locator("#changes")
      .getByText(/now A clearer name/)
      .waitFor();
    await page.locator(".draft-save", { hasText: /^Saved$/ }).waitFor();
    expect(await page.getByRole("button", { name: "Publish …" }).count()).toBe(0);
    await page.getByRole("button", { name: "Submit …" }).click();
    const dialog = page.locator("dialog");
    await dialog.getByText(/now A clearer name/).waitFor();
    await dialog.locator("#field-reason").fill("Nobody understood the old one");
    await sound(author);
    await picture(page, "draft-submit-en-1280");
    await dialog.getByRole("button", { name: "Submit for approval" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("Waiting for approval", { exact: true }).waitFor();
    await page.getByText(/Another member of the operation room has to approve/).waitFor();
    expect(await text(page).getAttribute("readonly")).not.toBeNull();
    expect(await page.getByRole("button", { name: /Approve|Publish/ }).count()).toBe(0);
    await sound(author);
    await picture(page, "draft-waits-en-1280");

    const second = await browser.signedIn({ role: "operation_room", nth: 1 }, { language: "ar" });
    const there = second.page;
    await second.open("/admin");
    await sound(second);
    await picture(there, "draft-home-ar-1280");
    await there.getByText("بانتظار مراجعتك").waitFor();
    await there.getByRole("link", { name: "التوجيه", exact: true }).click();
    await there
      .locator("#changes")
      .getByText(/A clearer name/)
      .first()
      .waitFor();
    await sound(second);
    await picture(there, "draft-approve-ar-1280");
    await there.setViewportSize({ width: 390, height: 844 });
    await sound(second);
    await picture(there, "draft-approve-ar-390");
    await there.setViewportSize({ width: 1280, height: 900 });
    await there.getByRole("button", { name: "موافقة …" }).click();
    const asked = there.locator("dialog");
    await asked.getByText("Nobody understood the old one").waitFor();
    await asked.locator("#field-reason").fill("قرأتها مرتين");
    await sound(second);
    await picture(there, "draft-approving-ar-1280");
    // An empty box is told in the words of what it asks.
    const looked = await asked.locator("textarea").inputValue();
    await asked.locator("textarea").fill("");
    await asked.getByRole("button", { name: "موافقة ونشر" }).click();
    await asked.getByText("أدخل ما راجعته.", { exact: true }).waitFor();
    await picture(there, "draft-approve-empty-ar-1280");
    await asked.locator("textarea").fill(looked);
    await asked.getByRole("button", { name: "موافقة ونشر" }).click();
    await asked.waitFor({ state: "detached" });
    await there.getByRole("tab", { name: /النسخ/ }).click();
    await there.getByText("قرأتها مرتين").waitFor();
    await sound(second);
    await picture(there, "versions-ar-1280");
    await there.setViewportSize({ width: 390, height: 844 });
    await sound(second);
    await picture(there, "versions-ar-390");
    await there.setViewportSize({ width: 1280, height: 900 });

    const after = await routing();
    expect(after.definition.rules[0]?.title.en).toBe("A clearer name");
    const { office } = browser.app;
    const sent = await office.receive({ subject: "Decided by the new version" }, sundayNine);
    const rows = await office.rows(
      `select d.version_id from decisions d join cases c on c.id = d.case_id
       where c.reference = $1 and d.rule_set = 'routing'`,
      sent.reference,
    );
    expect(rows.map((row) => row.version_id)).toEqual([after.versionId]);

    // And back again, by the same way with the other as author.
    await there.getByRole("button", { name: "العودة إليها …" }).click();
    await asked.getByRole("button", { name: "فتح المسودة" }).click();
    await there.getByRole("button", { name: "تقديم …" }).click();
    expect(await asked.locator("#field-reason").inputValue()).toBe("العودة إلى النسخة 1");
    await asked.getByRole("button", { name: "تقديم للموافقة" }).click();
    await asked.waitFor({ state: "detached" });
    await author.open(address);
    await page.getByRole("button", { name: "Send back …" }).waitFor();
    await page.getByRole("button", { name: "Approve …" }).click();
    await dialog.locator("#field-reason").fill("It was better before");
    await dialog.getByRole("button", { name: "Approve and publish" }).click();
    await dialog.waitFor({ state: "detached" });
    expect((await routing()).definition.rules).toEqual(before.definition.rules);
    expect([...author.errors, ...second.errors]).toEqual([]);
    await second.close();
    await author.close();
  });

  it("of two who write the same nobody is asked to choose, as when one's own save comes after its page was left", async () => {
    const one = await browser.signedIn({ role: "operation_room" }, { language: "en" });
    const other = await one.context.newPage();
    await one.open(address);
    await other.goto(address);
    await text(other).waitFor();
    await write(one.page, renamed("The same"));
    await one.page.locator(".draft-save", { hasText: /^Saved$/ }).waitFor();
    await write(other, renamed("The same"));
    await other.locator(".draft-save", { hasText: /^Saved$/ }).waitFor();
    expect(await other.getByRole("button", { name: "Put mine on top" }).count()).toBe(0);
    await other.getByRole("button", { name: "Discard …" }).click();
    await other.locator("dialog").getByRole("button", { name: "Discard the draft" }).click();
    await other.locator(".draft-bar").waitFor({ state: "detached" });
    await one.close();
  });

  it("of two who write at once the second is told what changed, and nothing of either is lost; nor without a connection", async () => {
    const one = await browser.signedIn({ role: "operation_room" }, { language: "en" });
    const two = await browser.signedIn({ role: "operation_room", nth: 1 }, { language: "ar" });
    await one.open(address);
    await write(one.page, renamed("Mine"));
    await one.page.locator(".draft-save", { hasText: /^Saved$/ }).waitFor();
    await two.open(address);
    await write(two.page, renamed("Theirs"));
    await two.page.locator(".draft-save", { hasText: "حُفظت" }).waitFor();
    await write(one.page, renamed("Mine, and more"));
    await one.page.getByText("Name: was Mine, now Theirs").waitFor();
    await one.page.getByText("Name: was Theirs, now Mine, and more").waitFor();
    expect(await text(one.page).inputValue()).toContain("Mine, and more");
    await sound(one);
    await picture(one.page, "draft-conflict-en-1280");
    // What is not saved outlives the page.
    await one.page.reload();
    await one.page.getByText("Name: was Mine, now Theirs").waitFor();
    await one.page.getByRole("button", { name: "Put mine on top" }).click();
    await one.page.locator(".draft-save", { hasText: /^Saved$/ }).waitFor();
    const draft = async () =>
      (await browser.app.services.policyDrafts.of({
        actor: browser.app.office.official("operation_room"),
        programme,
        kind: "rules",
        name: "routing",
      })) as unknown as { definition: Written; authors: unknown[] };
    expect((await draft()).definition.rules[0]?.title.en).toBe("Mine, and more");
    expect((await draft()).authors).toHaveLength(2);

    await one.context.setOffline(true);
    await write(one.page, renamed("Without a connection"));
    await one.page.getByText(/No connection: kept on this device/).waitFor();
    await one.context.setOffline(false);
    await one.page.locator(".draft-save", { hasText: /^Saved$/ }).waitFor();
    expect((await draft()).definition.rules[0]?.title.en).toBe("Without a connection");
    await one.open("/admin/pages/policy");
    await one.page.getByRole("table", { name: "Drafts" }).waitFor();
    await sound(one);
    await picture(one.page, "policy-drafts-en-1280");
    await one.open(address);
    await one.page.getByRole("button", { name: "Discard …" }).click();
    await one.page.locator("dialog").getByRole("button", { name: "Discard the draft" }).click();
    await one.page.locator("dialog").waitFor({ state: "detached" });
    await one.page.locator(".draft-bar").waitFor({ state: "detached" });
    await two.close();
    await one.close();
  });
});
