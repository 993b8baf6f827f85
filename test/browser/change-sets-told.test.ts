/** What screens tell around change-sets: cases that a move left behind, the offer of the programme's form, by which set-up a draft is tried. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture, type Visit } from "../support/admin-browser.js";
import { type Person, programme, sundayNine } from "../support/working-office.js";

jest.setTimeout(240_000);
let browser: AdminBrowser;
let author: Person;
beforeAll(async () => {
  browser = await openAdminBrowser();
  author = browser.app.office.official("operation_room");
}, 180_000);
afterAll(() => browser?.close());

const both = [
  ["ar", 390],
  ["en", 1280],
] as const;
const address = (id: number) => `/admin/pages/change-set?programme=${programme}&id=${id}`;

async function sound({ page, outside }: Visit): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, 0));
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(outside).toEqual([]);
}

async function begun(title: string, edits: readonly object[]): Promise<number> {
  const { changeSets } = browser.app.services;
  const { id } = await changeSets.begin({ actor: author, programme, title, now: sundayNine });
  for (const edit of edits) await changeSets.put({ actor: author, id, edit, now: sundayNine });
  return id;
}

describe("cases that a published change-set left behind", () => {
  it("are named with the reason on its page, and go when somebody tries again", async () => {
    const { office, services } = browser.app;
    const sent: string[] = [];
    for (let i = 0; i < 3; i++) sent.push((await office.receive({ entity: "GPD" })).reference);
    const wrong = sent[1] as string;
    const steps = (text: string) =>
      office.asOwner(`update cases set escalation_steps = '${text}' where reference = '${wrong}'`);
    await steps("{}");
    const setup = await services.setup.of(programme);
    const id = await begun("The press goes to finance", [
      { act: "retire", table: "entities", code: "GPD", cases: { to: "MOF", except: {} } },
      ...setup.seats
        .filter(({ entity }) => entity === "GPD")
        .map(({ code }) => ({ act: "retire", table: "seats", code })),
      ...[...setup.services.values()]
        .filter(({ entity, retired }) => entity === "GPD" && !retired)
        .map(({ code }) => ({ act: "retire", table: "services", code })),
    ]);
    const { revision } = await services.changeSets.read({ actor: author, id, now: sundayNine });
    const said = { reason: "The cabinet decided it", warningsReason: "It is known" };
    await services.changeSets.publish({ actor: author, id, revision, ...said, now: sundayNine });
    await services.work.caseMoves.settled();
    for (const [language, width] of both) {
      const visit = await browser.signedIn({ role: "auditor" }, { language, width });
      await visit.open(address(id));
      await visit.page.getByRole("link", { name: wrong }).waitFor();
      // An auditor reads it, and tries nothing.
      expect(await visit.page.getByRole("button", { name: /Try again|إعادة المحاولة/ }).count()).toBe(0);
      await sound(visit);
      await picture(visit.page, `moves-left-${language}-${width}`);
      await visit.close();
    }
    const room = await browser.signedIn({ role: "operation_room" }, { language: "en" });
    const { page } = room;
    await room.open(address(id));
    await page.getByText(/Moved: 2 of 3 · some not moved/).waitFor();
    await steps("[]");
    const tried = page.waitForResponse((answer) => answer.request().postData()?.includes("moveAgain") ?? false);
    await page.getByRole("button", { name: "Try again" }).click();
    await tried;
    await services.work.caseMoves.settled();
    await page.reload();
    await page.getByText(/Moved: 3 of 3 · done/).waitFor();
    expect((await office.caseRow(wrong)).entity).toBe("MOF");
    await sound(room);
    await picture(page, "moves-done-en-1280");
    await room.close();
  });
});

describe("the form of a programme that wants a second person", () => {
  it.each(both)("offers a change-set where saving alone would be refused, in %s at %d", async (language, width) => {
    const { office, services } = browser.app;
    const ar = language === "ar";
    await office.asOwner(`update programmes set settings = settings || '{"secondPerson": true}'`);
    try {
      const visit = await browser.signedIn({ role: "operation_room", nth: 1 }, { language, width });
      const { page } = visit;
      const days = ar ? "41" : "42";
      await visit.open(`/admin/resources/programmes/records/${programme}/edit`);
      const save = page.getByRole("button", { name: ar ? "حفظ" : "Save", exact: true });
      // Nothing that decides is typed yet.
      await save.waitFor();
      const countries = await page.locator("#field-country option").allTextContents();
      expect(countries).toEqual([...countries].sort(new Intl.Collator(language).compare));
      await page.locator("#field-reopenWindowDays").fill(days);
      await page.getByText(ar ? /ضعه في مجموعة تغييرات/ : /Put it into a change-set/).waitFor();
      expect(await save.count()).toBe(0);
      await sound(visit);
      await picture(page, `programme-offer-${language}-${width}`);
      await page.getByRole("button", { name: ar ? "إلى مجموعة تغييرات …" : "Into a change-set …" }).click();
      await page.locator("dialog #field-title").waitFor();
      await page.locator("dialog #field-title").fill(ar ? "مهلة إعادة الفتح" : "Days to reopen");
      await page.getByRole("button", { name: ar ? "إضافة إليها" : "Put it there" }).click();
      await page
        .getByText(ar ? `من «14» إلى «${days}»` : `from “14” to “${days}”`)
        .first()
        .waitFor();
      await sound(visit);
      await picture(page, `programme-in-set-${language}-${width}`);
      const [set] = await services.changeSets.list({ actor: author });
      const open = await services.changeSets.read({ actor: author, id: set?.id ?? 0, now: sundayNine });
      expect(open.listed.map(({ edit }) => edit)).toEqual([
        expect.objectContaining({ act: "update", table: "programmes", values: { reopenWindowDays: Number(days) } }),
      ]);
      await services.changeSets.discard({ actor: author, id: open.id, revision: open.revision, now: sundayNine });
      await visit.close();
    } finally {
      await office.asOwner(`update programmes set settings = settings || '{"secondPerson": false}'`);
    }
  });
});

describe("a draft in a change-set", () => {
  it("says on Try and on Replay by which set-up it is asked", async () => {
    const { office, services } = browser.app;
    await office.receive();
    const id = await begun("Digital health", [
      {
        ...{ act: "create", table: "entities", code: "DHA" },
        values: {
          nameAr: "هيئة الصحة الرقمية",
          nameEn: "Digital Health Authority",
          kind: "authority",
          sector: "HEALTH",
          parent: "MOH",
        },
      },
    ]);
    const published = (await services.setup.of(programme)).ruleSets.get("routing");
    await services.policyDrafts.begin({
      ...{ actor: author, programme, kind: "rules", name: "routing", definition: published?.definition },
      ...{ basedOn: published?.versionId ?? null, changeSet: id, now: sundayNine },
    });
    for (const [language, width] of both) {
      const ar = language === "ar";
      const visit = await browser.signedIn({ role: "operation_room" }, { language, width });
      const { page } = visit;
      await visit.open("/admin/pages/policy?kind=rules&name=routing&part=try");
      await page
        .getByText(
          ar
            ? /كما ستكون بعد مجموعة التغييرات «Digital health»/
            : /as they would be after the change-set “Digital health”/,
        )
        .first()
        .waitFor();
      await page
        .getByText(ar ? "هذا النص مع «Digital health»" : "This text, with “Digital health”")
        .first()
        .waitFor();
      await sound(visit);
      await picture(page, `try-in-set-${language}-${width}`);
      await visit.open("/admin/pages/policy?kind=rules&name=routing&part=replay");
      await page
        .getByText(ar ? /كما ستكون بعد مجموعة التغييرات التي تتبعها/ : /as they would be after its change-set/)
        .first()
        .waitFor();
      await sound(visit);
      // The tab that is open is in sight, also on a telephone.
      const box = await page.getByRole("tab", { selected: true }).boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
      await picture(page, `replay-in-set-${language}-${width}`);
      await visit.close();
    }
  });
});
