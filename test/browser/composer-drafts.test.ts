/** What is typed into the composer of a case, in a real browser: none of it is lost or read by others, and there is help with writing. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, picture } from "../support/admin-browser.js";
import {
  type Composing,
  caseAt,
  looksRight,
  openComposing,
  composingSeat as seat,
  status,
  submit,
  text,
} from "../support/composing.js";
import { type Person, sundayNine, typesOf } from "../support/working-office.js";

jest.setTimeout(180_000);
let office: AdminBrowser;
let person: Person;
let fresh: Composing["fresh"];
let noted: Composing["noted"];
let opened: Composing["opened"];
beforeAll(async () => {
  ({ office, person, fresh, noted, opened } = await openComposing());
});
afterAll(() => office?.close());

describe("what is typed", () => {
  it("is there on another machine, and gone there once it was sent", async () => {
    const reference = await fresh();
    const one = await opened(reference, "answer");
    await text(one.page).fill("We are looking into it.");
    await status(one.page, "Draft saved");
    const other = await office.signedIn(seat, { language: "ar" });
    await other.open(caseAt(reference));
    await other.page.locator(".case-buttons .draft-mark").waitFor();
    await other.page.locator(".case-buttons button", { hasText: "الرد" }).first().click();
    await expect(text(other.page).inputValue()).resolves.toBe("We are looking into it.");
    await picture(other.page, "draft-there-ar");
    await text(other.page).fill("We looked into it.");
    await opened(reference, "ask", one);
    await text(one.page).fill("Which office was it?");
    await status(one.page, "Draft saved");
    await submit(other.page).click();
    await other.page.locator(".toast").waitFor();
    await opened(reference, "note", one);
    // What can no longer be sent is there to be read: the question, and not the answer that was sent.
    const kept = one.page.locator(".case-buttons button", { has: one.page.locator(".draft-mark") });
    await kept.waitFor();
    await kept.click();
    await expect(text(one.page).inputValue()).resolves.toBe("Which office was it?");
    expect(await submit(one.page).getAttribute("aria-disabled")).toBe("true");
    await one.close();
    await other.close();
  });

  it("outlives a lost connection, which is said, and is kept when the server answers again", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    const { page } = visit;
    await visit.context.setOffline(true);
    await text(page).fill("Written in the lift.");
    await status(page, "No connection: kept on this device, not sent");
    await picture(page, "offline-en");
    expect(await office.app.services.cases.drafts({ reference, actor: person })).toEqual([]);
    await visit.context.setOffline(false);
    await status(page, "Draft saved");
    const [draft] = await office.app.services.cases.drafts({ reference, actor: person });
    expect(draft?.fields).toEqual({ note: "Written in the lift." });
    await visit.close();
  });

  it("outlives the end of the session, and is there after signing in again", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    const { page } = visit;
    await text(page).fill("Half of it");
    await status(page, "Draft saved");
    await office.app.office.asOwner("delete from sessions");
    await text(page).fill("Half of it and the other half");
    const dialog = page.getByRole("dialog", { name: "Your session has ended" });
    await dialog.waitFor();
    await picture(page, "signed-out-en");
    await dialog.getByRole("button", { name: "I have signed in" }).click();
    expect(await text(page).inputValue()).toBe("Half of it and the other half");
    const again = await visit.context.newPage();
    const email = office.app.office.setup.seats
      .flatMap(({ holders }) => holders)
      .find(({ userId }) => userId === person.userId)?.email;
    await again.goto("/admin/login");
    await again.fill("input[name=email]", email ?? "");
    await again.fill("input[name=password]", "a password for tests");
    await again.click("form[action='/admin/login'] button");
    await again.waitForURL(/\/admin(\?|$)/);
    await again.close();
    await status(page, "Draft saved");
    await submit(page).click();
    await page.locator(".toast").waitFor();
    expect(await noted(reference)).toEqual(["Half of it and the other half"]);
    await visit.close();
  });

  it("in two windows: the newest is shown, and the other hears of it before anything is overwritten", async () => {
    const reference = await fresh();
    const one = await opened(reference, "note");
    await text(one.page).fill("From the first window");
    await status(one.page, "Draft saved");
    const second = await one.context.newPage();
    await second.goto(`${caseAt(reference)}?do=note`);
    await second.locator("#composer textarea").first().waitFor();
    await second.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>("#composer textarea")?.value === "From the first window",
    );
    // What it had already said that it is kept: the server has to have the new text.
    const kept = second.waitForResponse((answer) => answer.request().postData()?.includes("From the second") ?? false);
    await text(second).fill("From the second window");
    await kept;
    await status(second, "Draft saved");
    await text(one.page).fill("From the first window, typed on");
    const notice = one.page.locator(".notice", { hasText: "You are also writing this in another window" });
    await notice.waitFor();
    expect(await notice.textContent()).toContain("From the second window");
    expect(await text(one.page).inputValue()).toBe("From the first window, typed on");
    await looksRight(one.page);
    await picture(one.page, "two-windows-en");
    await notice.getByRole("button", { name: "Go on with that text" }).click();
    expect(await text(one.page).inputValue()).toBe("From the second window");
    await one.close();
  });

  it("is not shown to another person who signs in in the same tab", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    await text(visit.page).fill("Mine alone");
    await status(visit.page, "Draft saved");
    await office.app.office.asOwner("delete from sessions");
    const room = office.app.office.official("operation_room");
    const email = office.app.office.setup.seats
      .flatMap(({ holders }) => holders)
      .find(({ userId }) => userId === room.userId)?.email as string;
    await office.app.givePassword(email);
    await visit.page.goto("/admin/login");
    await visit.page.fill("input[name=email]", email);
    await visit.page.fill("input[name=password]", "a password for tests");
    await visit.page.click("form[action='/admin/login'] button");
    await visit.page.waitForURL(/\/admin(\?|$)/);
    await opened(reference, "note", visit);
    expect(await text(visit.page).inputValue()).toBe("");
    expect(await visit.page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain("Mine alone");
    await visit.close();
  });

  it("in a tab that was closed without a connection is there in the next one, and on this device no longer than needed", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    await visit.context.setOffline(true);
    await text(visit.page).fill("Written before the lid closed.");
    await status(visit.page, "No connection: kept on this device, not sent");
    await visit.page.close();
    await visit.context.setOffline(false);
    const page = await visit.context.newPage();
    await page.goto(caseAt(reference));
    await page.locator(".case-buttons .draft-mark").waitFor();
    await page.keyboard.press("n");
    await text(page).waitFor();
    expect(await text(page).inputValue()).toBe("Written before the lid closed.");
    await status(page, "Draft saved");
    const onDevice = () => page.evaluate(() => JSON.stringify({ ...localStorage }));
    await page.waitForFunction(() => !JSON.stringify({ ...localStorage }).includes("before the lid"));
    const [draft] = await office.app.services.cases.drafts({ reference, actor: person });
    expect(draft?.fields).toEqual({ note: "Written before the lid closed." });
    await visit.context.setOffline(true);
    await text(page).fill("And more.");
    await status(page, "No connection");
    expect(await onDevice()).toContain("And more.");
    await visit.context.setOffline(false);
    await page.goto("/admin");
    await page.evaluate(() => localStorage.setItem("diwan-draft:1:case/x/note", "{}"));
    await page.locator(".who-button").click();
    await page.locator(".who-menu button[type=submit]").click();
    await page.waitForURL(/login/);
    expect(await onDevice()).not.toContain("diwan-draft");
    await visit.close();
  });

  it("by another person, or longer ago than three days, is gone from the device as soon as the office opens", async () => {
    const visit = await office.signedIn(seat, { language: "en" });
    const { page } = visit;
    // A page of the same origin that runs nothing of the office.
    await page.goto("/healthz");
    const kept = JSON.stringify({ at: Date.now(), value: { typed: { note: "Kept" }, based: 0, sent: null } });
    const old = JSON.stringify({ ...JSON.parse(kept), at: Date.now() - 73 * 3_600_000 });
    await page.evaluate(
      ({ userId, kept, old }) => {
        localStorage.setItem(`diwan-draft:${userId}:case/1/note`, kept);
        localStorage.setItem(`diwan-draft:${userId}:case/2/note`, old);
        localStorage.setItem(`diwan-draft:${userId + 1}:case/1/note`, kept);
      },
      { userId: person.userId, kept, old },
    );
    await visit.open("/admin");
    const names = await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("diwan-draft")));
    expect(names).toEqual([`diwan-draft:${person.userId}:case/1/note`]);
    await visit.close();
  });

  it("of a confidential case never stays on the device", async () => {
    const { receive } = office.app.office;
    const { reference } = await receive({ type: "report", entity: "CSPD", language: "ar" }, sundayNine);
    const visit = await opened(reference, "note");
    await visit.context.setOffline(true);
    await text(visit.page).fill("Who told us");
    await status(visit.page, "No connection: kept in this window only, not sent");
    expect(await visit.page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain("Who told us");
    await visit.context.setOffline(false);
    await status(visit.page, "Draft saved");
    await visit.close();
  });

  it("is thrown away where its author says so, everywhere", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    await text(visit.page).fill("Never mind");
    await status(visit.page, "Draft saved");
    await visit.page.getByRole("button", { name: "Delete the draft" }).click();
    await visit.page.locator("#composer").waitFor({ state: "detached" });
    expect(await office.app.services.cases.drafts({ reference, actor: person })).toEqual([]);
    await opened(reference, "note", visit);
    expect(await text(visit.page).inputValue()).toBe("");
    await visit.close();
  });
});

describe("help with writing", () => {
  it("a reply template comes in at the cursor, and undo takes it out again; the letter shows how it will look", async () => {
    const reference = await fresh("تأخر إصدار الهوية");
    const visit = await opened(reference, "answer");
    const { page } = visit;
    await text(page).fill("Before. After.");
    await text(page).evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(8, 8));
    const box = page.getByRole("combobox", { name: "Insert a reply template" });
    await box.focus();
    await page.keyboard.press("ArrowDown");
    await page.locator("[role=option]").first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForFunction(
      () => (document.querySelector<HTMLTextAreaElement>("#composer textarea")?.value.length ?? 0) > 30,
    );
    const filled = await text(page).inputValue();
    expect(filled).toMatch(/^Before\. [\s\S]*[؀-ۿ][\s\S]*After\.$/);
    await page.keyboard.press("Control+z");
    expect(await text(page).inputValue()).toBe("Before. After.");
    await page.keyboard.press("Control+Shift+z");
    expect(await text(page).inputValue()).toBe(filled);
    await page.getByRole("button", { name: "Preview the email" }).click();
    const letter = page.frameLocator("iframe.letter-frame");
    await letter.getByText("After.").waitFor();
    await looksRight(page);
    await picture(page, "letter-en");
    await page.keyboard.press("Escape");
    expect(await text(page).inputValue()).toBe(filled);
    expect(typesOf(await office.app.office.events(reference))).not.toContain("case.answered");
    await visit.close();
  });

  it("what a template left empty is named, and sent only when that is meant", async () => {
    const reference = await fresh("قاعة مغلقة");
    const visit = await opened(reference, "answer");
    const { page } = visit;
    await text(page).fill("تحية طيبة،\n\n• الإجراء المتخذ: فُتحت القاعة.\n• تاريخ تنفيذه: \n• \n\nمع التحية");
    await page.locator(".empty-places li").nth(1).waitFor();
    expect(await page.locator(".empty-places li").allInnerTexts()).toEqual(["تاريخ تنفيذه", "empty bullet, line 5"]);
    await looksRight(page);
    await submit(page).click();
    await page.locator("#composer").getByRole("alert").waitFor();
    expect(typesOf(await office.app.office.events(reference))).not.toContain("case.answered");
    await looksRight(page);
    await picture(page, "empty-places-en");
    // Another text is asked about again.
    await text(page).fill("• تاريخ تنفيذه: ");
    await page.locator("#composer").getByRole("alert").waitFor({ state: "detached" });
    await submit(page).click();
    await page.locator("#composer").getByRole("alert").waitFor();
    await submit(page).click();
    await page.locator(".entry-answer").waitFor();
    await visit.close();
  });

  it("@ names a colleague, who then hears of it", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    const { page } = visit;
    await text(page).focus();
    await page.keyboard.type("Please look, @");
    const list = page.getByRole("listbox", { name: "Colleagues" });
    await list.waitFor();
    const name = ((await list.getByRole("option").first().textContent()) ?? "").split(", ")[0] ?? "";
    await looksRight(page);
    await picture(page, "mention-en");
    await page.keyboard.press("Enter");
    expect(await text(page).inputValue()).toBe(`Please look, @${name} `);
    await page.locator("#composer .chip", { hasText: name }).waitFor();
    await page.keyboard.press("Control+Enter");
    await page.locator(".toast").waitFor();
    const noted_ = (await office.app.office.events(reference)).find(({ type }) => type === "case.noted");
    expect(noted_?.data.mentions).toHaveLength(1);
    await visit.close();
  });

  it("an action that is not possible now says why, wherever its address comes from", async () => {
    const reference = await fresh();
    const visit = await office.signedIn(seat, { language: "en" });
    await visit.open(`${caseAt(reference)}?do=take_appeal`);
    await visit.page.locator(".notice", { hasText: "is not possible now" }).waitFor();
    expect(await visit.page.locator("#composer").count()).toBe(0);
    await visit.close();
  });
});
