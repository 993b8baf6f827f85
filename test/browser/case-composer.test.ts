/** The composer of a case in a real browser: nothing typed is lost, nothing is sent twice, and it works with keys alone. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, picture, type Visit } from "../support/admin-browser.js";
import {
  at,
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

jest.setTimeout(120_000);
let office: AdminBrowser;
let person: Person;
let fresh: Composing["fresh"];
beforeAll(async () => {
  ({ office, person, fresh } = await openComposing());
});
afterAll(() => office?.close());

async function noted(reference: string): Promise<string[]> {
  const events = await office.app.office.events(reference);
  return events.filter(({ type }) => type === "case.noted").map(({ data }) => String(data.note));
}
async function opened(reference: string, action: string, visit?: Visit): Promise<Visit> {
  const seen = visit ?? (await office.signedIn(seat, { language: "en" }));
  await seen.open(`${caseAt(reference)}?do=${action}`);
  await text(seen.page).waitFor();
  return seen;
}

describe("what is typed", () => {
  it("is there on another machine, and gone there once it was sent", async () => {
    const reference = await fresh();
    const one = await opened(reference, "answer");
    await text(one.page).fill("We are looking into it.");
    await status(one.page, "Draft kept");
    const other = await office.signedIn(seat, { language: "ar" });
    await other.open(caseAt(reference));
    await other.page.locator(".case-buttons .draft-mark").waitFor();
    await other.page.locator(".case-buttons button", { hasText: "الرد" }).first().click();
    await expect(text(other.page).inputValue()).resolves.toBe("We are looking into it.");
    await picture(other.page, "draft-there-ar");
    await text(other.page).fill("We looked into it.");
    await submit(other.page).click();
    await other.page.locator(".toast").waitFor();
    await opened(reference, "note", one);
    expect(await one.page.locator(".case-buttons .draft-mark").count()).toBe(0);
    await one.close();
    await other.close();
  });

  it("outlives a lost connection, which is told, and is kept when somebody answers again", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    const { page } = visit;
    await visit.context.setOffline(true);
    await text(page).fill("Written in the lift.");
    await status(page, "No connection: kept on this device, not sent");
    await picture(page, "offline-en");
    expect(await office.app.services.cases.drafts({ reference, actor: person })).toEqual([]);
    await visit.context.setOffline(false);
    await status(page, "Draft kept");
    const [draft] = await office.app.services.cases.drafts({ reference, actor: person });
    expect(draft?.fields).toEqual({ note: "Written in the lift." });
    await visit.close();
  });

  it("outlives the end of the session, and is there after signing in again", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    const { page } = visit;
    await text(page).fill("Half of it");
    await status(page, "Draft kept");
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
    await status(page, "Draft kept");
    await submit(page).click();
    await page.locator(".toast").waitFor();
    expect(await noted(reference)).toEqual(["Half of it and the other half"]);
    await visit.close();
  });

  it("in two windows: the newest is shown, and the other is told before anything is overwritten", async () => {
    const reference = await fresh();
    const one = await opened(reference, "note");
    await text(one.page).fill("From the first window");
    await status(one.page, "Draft kept");
    const second = await one.context.newPage();
    await second.goto(`${caseAt(reference)}?do=note`);
    await second.locator("#composer textarea").first().waitFor();
    await second.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>("#composer textarea")?.value === "From the first window",
    );
    await text(second).fill("From the second window");
    await status(second, "Draft kept");
    await text(one.page).fill("From the first window, typed on");
    const notice = one.page.locator(".notice", { hasText: "You went on with this in another window" });
    await notice.waitFor();
    expect(await notice.textContent()).toContain("From the second window");
    expect(await text(one.page).inputValue()).toBe("From the first window, typed on");
    await looksRight(one.page);
    await picture(one.page, "two-windows-en");
    await notice.getByRole("button", { name: "Go on with that text" }).click();
    expect(await text(one.page).inputValue()).toBe("From the second window");
    await one.close();
  });

  it("is not shown to whoever signs in in the same tab afterwards", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    await text(visit.page).fill("Mine alone");
    await status(visit.page, "Draft kept");
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
    await status(page, "Draft kept");
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
    await status(visit.page, "Draft kept");
    await visit.close();
  });

  it("is thrown away where its author says so, everywhere", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    await text(visit.page).fill("Never mind");
    await status(visit.page, "Draft kept");
    await visit.page.getByRole("button", { name: "Throw the draft away" }).click();
    await visit.page.locator("#composer").waitFor({ state: "detached" });
    expect(await office.app.services.cases.drafts({ reference, actor: person })).toEqual([]);
    await opened(reference, "note", visit);
    expect(await text(visit.page).inputValue()).toBe("");
    await visit.close();
  });
});

describe("an act", () => {
  it("sent without a connection goes by itself when it is back, once", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    const { page } = visit;
    await visit.context.setOffline(true);
    await text(page).fill("On the way");
    await submit(page).click();
    await page.locator(".notice", { hasText: "Not sent yet: the server does not answer" }).waitFor();
    await picture(page, "not-sent-en");
    expect(await noted(reference)).toEqual([]);
    await visit.context.setOffline(false);
    await page.locator(".toast").waitFor();
    expect(await noted(reference)).toEqual(["On the way"]);
    await visit.close();
  });

  it("stands in the timeline by its own answer, without the page or the drafts being asked again", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    const { page } = visit;
    await text(page).fill("Stands there at once.");
    await status(page, "Draft kept");
    const asked: string[] = [];
    // Whatever is asked from here on is never answered.
    await page.route(/\/records\/[^/]+\/(page|drafts)$/, (route) => void asked.push(route.request().url()));
    await submit(page).click();
    await page.locator(".timeline .entry-text", { hasText: "Stands there at once." }).waitFor();
    await page.locator("#composer").waitFor({ state: "detached" });
    expect(await page.locator(".case-buttons .draft-mark").count()).toBe(0);
    expect(asked.filter((url) => url.endsWith("/drafts"))).toEqual([]);
    await visit.close();
  });

  it("whose answer was lost is done once", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    const { page } = visit;
    let sent = 0;
    await page.route("**/records/*/perform", async (route) => {
      sent += 1;
      if (sent > 1) return route.continue();
      await route.fetch();
      await route.abort("connectionreset");
    });
    await text(page).fill("Once only");
    await submit(page).click();
    await page.locator(".toast").waitFor();
    expect(sent).toBeGreaterThan(1);
    expect(await noted(reference)).toEqual(["Once only"]);
    await visit.close();
  });

  it("by which the case left, and whose answer was lost, is known as done", async () => {
    const reference = await fresh();
    const visit = await office.signedIn(seat, { language: "en" });
    const { page } = visit;
    await visit.open(`${caseAt(reference)}?do=transfer&field.entity=PSD&field.reason=Theirs`);
    let sent = 0;
    await page.route("**/records/*/perform", async (route) => {
      sent += 1;
      if (sent > 1) return route.continue();
      await route.fetch();
      await route.abort("connectionreset");
    });
    await submit(page).click();
    await page.locator(".case-left").waitFor();
    const events = typesOf(await office.app.office.events(reference));
    expect(events.filter((type) => type === "case.transferred")).toHaveLength(1);
    await visit.close();
  });

  it("that was changed after its answer was lost is not taken for the first one", async () => {
    const reference = await fresh();
    const visit = await opened(reference, "note");
    const { page } = visit;
    let lost = true;
    await page.route("**/records/*/perform", async (route) => {
      if (!lost) return route.continue();
      lost = false;
      await route.fetch();
      await visit.context.setOffline(true);
      await route.abort("connectionreset");
    });
    await text(page).fill("First");
    await submit(page).click();
    await page.locator(".notice", { hasText: "Not sent yet" }).waitFor();
    await text(page).fill("First, and second");
    await visit.context.setOffline(false);
    await status(page, "Draft kept");
    await submit(page).click();
    await page.locator(".notice", { hasText: "What you sent before had arrived" }).waitFor();
    expect(await noted(reference)).toEqual(["First"]);
    expect(await text(page).inputValue()).toBe("First, and second");
    await visit.close();
  });

  it.each([
    ["ar", { take: "تولّي المعاملة", answer: "الرد", written: "أُصدرت الهوية اليوم." }],
    ["en", { take: "Take the case", answer: "Answer", written: "It was issued today." }],
  ] as const)("is written and sent with keys alone, in %s", async (language, words) => {
    const { reference } = await office.app.office.receive({ subject: `By keys, in ${language}` }, sundayNine);
    const visit = await office.signedIn(seat, { language });
    const { page } = visit;
    await visit.open(caseAt(reference));
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    const tabTo = async (name: string) => {
      for (let i = 0; i < 60 && (await focused()) !== name; i += 1) await page.keyboard.press("Tab");
      expect(await focused()).toBe(name);
    };
    await tabTo(words.take);
    await page.keyboard.press("Enter");
    await page.locator(".case-buttons .button-primary", { hasText: words.answer }).waitFor();
    await page.locator(".case-buttons button", { hasText: words.answer }).first().focus();
    await page.keyboard.press("Enter");
    await text(page).waitFor();
    expect(await page.evaluate(() => document.activeElement?.closest("#composer") !== null)).toBe(true);
    await text(page).focus();
    await page.keyboard.type(words.written);
    await page.keyboard.press("Escape");
    await page.locator("#composer").waitFor({ state: "detached" });
    await page.locator(".case-buttons button", { hasText: words.answer }).first().focus();
    await page.keyboard.press("Enter");
    expect(await text(page).inputValue()).toBe(words.written);
    await text(page).focus();
    await page.keyboard.press("Control+Enter");
    await page.locator(".entry-answer .entry-text", { hasText: words.written }).waitFor();
    expect(visit.errors).toEqual([]);
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
    await page.getByRole("button", { name: "See the letter" }).click();
    const letter = page.frameLocator("iframe.letter-frame");
    await letter.getByText("After.").waitFor();
    await looksRight(page);
    await picture(page, "letter-en");
    await page.keyboard.press("Escape");
    expect(await text(page).inputValue()).toBe(filled);
    expect(typesOf(await office.app.office.events(reference))).not.toContain("case.answered");
    await visit.close();
  });

  it("what a template left empty is named, and sent only by whoever means it", async () => {
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
    // Another text is asked about anew.
    await text(page).fill("• تاريخ تنفيذه: ");
    await page.locator("#composer").getByRole("alert").waitFor({ state: "detached" });
    await submit(page).click();
    await page.locator("#composer").getByRole("alert").waitFor();
    await submit(page).click();
    await page.locator(".entry-answer").waitFor();
    await visit.close();
  });

  it("@ names a colleague who is then told", async () => {
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

describe("a long story", () => {
  let long: string;
  beforeAll(async () => {
    const { act } = office.app.office;
    long = await fresh("تأخر إصدار الهوية الشخصية");
    for (let i = 1; i <= 14; i += 1) {
      await act(
        long,
        person,
        "note",
        { note: i % 2 ? `ملاحظة رقم ${i}: راجعت مكتب الزرقاء.` : `Note ${i}` },
        at(2 + i),
      );
    }
  });
  // 640 pixels are a screen of 1280 at 200 %.
  it.each([
    ["ar", 1280],
    ["en", 1280],
    ["en", 640],
    ["ar", 390],
    ["en", 390],
  ] as const)("stands folded beside what is written, in %s at %i pixels", async (language, width) => {
    const visit = await office.signedIn(seat, { language, width });
    const { page } = visit;
    await visit.open(`${caseAt(long)}?do=answer`);
    await text(page).fill(language === "ar" ? "أُصدرت الهوية، ويمكنكم استلامها." : "The card was issued.");
    await page.locator(".draft-kept").waitFor();
    expect(await page.locator(".timeline > .entry:visible").count()).toBe(11);
    await looksRight(page);
    await picture(page, `composer-${language}-${width}`);
    await page.locator(".entry-fold button").click();
    expect(await page.locator(".timeline > .entry:visible").count()).toBe(16);
    await looksRight(page);
    expect(visit.errors).toEqual([]);
    await visit.close();
  });

  it("each entry has an address that opens what is folded", async () => {
    const visit = await office.signedIn(seat, { language: "en" });
    const { page } = visit;
    await visit.open(caseAt(long));
    const hidden = page.locator(".entry-away").first();
    const id = await hidden.getAttribute("id");
    await visit.open(`${caseAt(long)}?#${id}`);
    await page.locator(`#${id}`).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(id);
    await visit.close();
  });

  it("is whole on paper, from its beginning, without what can only be pressed", async () => {
    const visit = await office.signedIn(seat, { language: "ar" });
    const { page } = visit;
    await visit.open(caseAt(long));
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".timeline > .entry:visible").count()).toBe(16);
    expect(await page.locator("button:visible").count()).toBe(0);
    const tops = await page
      .locator(".timeline > .entry:visible")
      .evaluateAll((entries) =>
        entries.map((entry) => ({ seq: Number(entry.id.slice(6)), top: entry.getBoundingClientRect().top })),
      );
    const read = tops.sort((a, b) => a.top - b.top).map(({ seq }) => seq);
    expect(read).toEqual([...read].sort((a, b) => a - b));
    await picture(page, "print-ar");
    await visit.close();
  });
});
