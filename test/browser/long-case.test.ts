/** A case with a long story, in a real browser: folded above what is written, found by addresses, whole on paper. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, picture } from "../support/admin-browser.js";
import {
  at,
  type Composing,
  caseAt,
  looksRight,
  openComposing,
  composingSeat as seat,
  text,
} from "../support/composing.js";
import type { Person } from "../support/working-office.js";

jest.setTimeout(180_000);
let office: AdminBrowser;
let person: Person;
let fresh: Composing["fresh"];
beforeAll(async () => {
  ({ office, person, fresh } = await openComposing());
});
afterAll(() => office?.close());

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
  ] as const)("stands folded above what is written, in %s at %i pixels", async (language, width) => {
    const visit = await office.signedIn(seat, { language, width });
    const { page } = visit;
    await visit.open(`${caseAt(long)}?do=answer`);
    await text(page).fill(language === "ar" ? "أُصدرت الهوية، ويمكنكم استلامها." : "The card was issued.");
    await page.locator(".draft-kept").waitFor();
    // The newest ten; what the system did at the beginning is one line of what is folded.
    expect(await page.locator(".timeline > .entry:visible").count()).toBe(10);
    await looksRight(page);
    await picture(page, `composer-${language}-${width}`);
    await page.locator(".entry-fold button").click();
    expect(await page.locator(".timeline > .entry:visible").count()).toBe(15);
    await looksRight(page);
    expect(visit.errors).toEqual([]);
    await visit.close();
  });

  it("each entry has an address that opens what is folded", async () => {
    const visit = await office.signedIn(seat, { language: "en" });
    const { page } = visit;
    await visit.open(caseAt(long));
    const hidden = page.locator(".entry-away.entry-note").first();
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
    expect(await page.locator(".timeline > .entry:visible").count()).toBe(15);
    await page.locator(".original-text:visible").waitFor();
    expect(await page.locator("button:visible").count()).toBe(0);
    const tops = await page
      .locator(".timeline > .entry-note:visible")
      .evaluateAll((entries) =>
        entries.map((entry) => ({ seq: Number(entry.id.slice(6)), top: entry.getBoundingClientRect().top })),
      );
    const read = tops.sort((a, b) => a.top - b.top).map(({ seq }) => seq);
    expect(read).toEqual([...read].sort((a, b) => a - b));
    await picture(page, "print-ar");
    await visit.close();
  });
});
