/** What screens tell around change-sets: cases that a move left behind, the offer of the programme's form, by which set-up a draft is tried. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, looksRight, openAdminBrowser, type Visit } from "../support/admin-browser.js";
import { type Person, programme, sundayNine } from "../support/working-office.js";

jest.setTimeout(240_000);
let browser: AdminBrowser;
let author: Person;
beforeAll(async () => {
  browser = await openAdminBrowser();
  author = browser.app.office.official("operation_room");
}, 180_000);
afterAll(() => browser?.close());

const address = (id: number) => `/admin/pages/change-set?programme=${programme}&id=${id}`;

async function sound({ page, outside }: Visit, name: string): Promise<void> {
  await looksRight(page, name);
  expect(outside).toEqual([]);
}

async function begun(title: string, edits: readonly object[]): Promise<number> {
  const { changeSets } = browser.app.services;
  const { id } = await changeSets.begin({ actor: author, programme, title, now: sundayNine });
  for (const edit of edits) await changeSets.put({ actor: author, id, edit, now: sundayNine });
  return id;
}

describe("cases that a published change-set left behind", () => {
  it("are named with the reason on its page, and go when they are tried again", async () => {
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
    const auditor = await browser.signedIn({ role: "auditor" }, { language: "ar", width: 390 });
    await auditor.open(address(id));
    await auditor.page.getByRole("link", { name: wrong }).waitFor();
    // An auditor reads it, and tries nothing.
    expect(await auditor.page.getByRole("button", { name: "إعادة المحاولة" }).count()).toBe(0);
    await sound(auditor, "moves-left");
    await auditor.close();
    const room = await browser.backAt({ role: "operation_room" }, { language: "en" });
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
    await sound(room, "moves-done");
  });
});

describe("the form of a programme that wants a second person", () => {
  it("lists countries in the order of each language", async () => {
    for (const language of ["ar", "en"] as const) {
      const { page, open } = await browser.backAt({ role: "operation_room" }, { language });
      await open(`/admin/resources/programmes/records/${programme}/edit`);
      const countries = await page.locator("#field-country option").allTextContents();
      expect(countries).toEqual([...countries].sort(new Intl.Collator(language).compare));
    }
  });

  it("offers a change-set where saving alone would be refused", async () => {
    const { office, services } = browser.app;
    await office.asOwner(`update programmes set settings = settings || '{"secondPerson": true}'`);
    try {
      const visit = await browser.backAt({ role: "operation_room" }, { language: "ar", width: 390 });
      const { page } = visit;
      await visit.open(`/admin/resources/programmes/records/${programme}/edit`);
      const save = page.getByRole("button", { name: "حفظ", exact: true });
      // Nothing that decides is typed yet.
      await save.waitFor();
      await page.locator("#field-reopenWindowDays").fill("41");
      await page.getByText(/ضعه في مجموعة تغييرات/).waitFor();
      expect(await save.count()).toBe(0);
      await sound(visit, "programme-offer");
      await page.getByRole("button", { name: "إلى مجموعة تغييرات …" }).click();
      await page.locator("dialog #field-title").fill("مهلة إعادة الفتح");
      await page.getByRole("button", { name: "إضافة إليها" }).click();
      await page.getByText("من «14» إلى «41»").first().waitFor();
      await sound(visit, "programme-in-set");
      const [set] = await services.changeSets.list({ actor: author });
      const open = await services.changeSets.read({ actor: author, id: set?.id ?? 0, now: sundayNine });
      expect(open.listed.map(({ edit }) => edit)).toEqual([
        expect.objectContaining({ act: "update", table: "programmes", values: { reopenWindowDays: 41 } }),
      ]);
      await services.changeSets.discard({ actor: author, id: open.id, revision: open.revision, now: sundayNine });
    } finally {
      await office.asOwner(`update programmes set settings = settings || '{"secondPerson": false}'`);
    }
  });
});

describe("a draft in a change-set", () => {
  it("of a workflow shows no counts of past cases, and how many open ones stay as they began", async () => {
    const { office, services } = browser.app;
    await office.receive({ type: "inquiry", subject: "When is it open?" });
    const id = await begun("Inquiries", []);
    const { versionId, definition } = office.setup.workflows.get("inquiry") ?? {};
    await services.policyDrafts.begin({
      ...{ actor: author, programme, kind: "workflow", name: "inquiry", changeSet: id, now: sundayNine },
      ...{ basedOn: versionId ?? null, definition: { ...definition, name: { ar: "استفسار عام", en: "Question" } } },
    });
    const visit = await browser.backAt({ role: "operation_room" }, { language: "ar", width: 390 });
    const { page } = visit;
    await visit.open(`/admin/pages/change-set?programme=${programme}&id=${id}`);
    const impact = page.locator("#impact");
    await impact.getByText(/للطلبات الجديدة: طلب مفتوح واحد يبقى/).waitFor();
    expect(await page.locator("#set-replay").count()).toBe(0);
    expect(await impact.locator("a[href*='part=walk']").count()).toBe(1);
    await sound(visit, "workflow-in-set");
    await impact.locator("a[href*='part=cases']").click();
    await page.getByText("على نسخة أقدم: 0 من 1.").waitFor();
    // Whoever publishes reads it before and after.
    await visit.open(`/admin/pages/change-set?programme=${programme}&id=${id}`);
    await page.getByRole("button", { name: "نشر" }).click();
    const dialog = page.locator("dialog");
    await dialog.getByText(/تبقى الطلبات المفتوحة على النسخة/).waitFor();
    for (const area of await dialog.locator("textarea").all()) await area.fill("قرار اللجنة");
    await dialog.getByRole("button", { name: "نشر" }).click();
    await page.getByText(/مسارات العمل فيها للطلبات الجديدة، وتبقى/).waitFor();
    await page.getByText(/طلب مفتوح واحد يبقى على نسخة سابقة/).waitFor();
  });

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
    const visit = await browser.backAt({ role: "operation_room" }, { language: "ar", width: 390 });
    const { page } = visit;
    await visit.open("/admin/pages/policy?kind=rules&name=routing&part=try");
    await page
      .getByText(/كما ستكون بعد مجموعة التغييرات «Digital health»/)
      .first()
      .waitFor();
    await page.getByText("هذا النص مع «Digital health»").first().waitFor();
    await sound(visit, "try-in-set");
    await visit.open("/admin/pages/policy?kind=rules&name=routing&part=replay");
    await page
      .getByText(/كما ستكون بعد مجموعة التغييرات التي تتبعها/)
      .first()
      .waitFor();
    // The tab that is open is in sight, also on a telephone.
    const box = await page.getByRole("tab", { selected: true }).boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    await sound(visit, "replay-in-set");
  });
});
