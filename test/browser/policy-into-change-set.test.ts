/** From a policy's page into a change-set and on, in a real browser: a draft is open there at once, one that stood goes along, a case is led by the set. */
import { afterAll, afterEach, beforeAll, expect, it, jest } from "@jest/globals";
import { type AdminBrowser, looksRight, openAdminBrowser, type Visit } from "../support/admin-browser.js";
import { programme, sundayNine } from "../support/working-office.js";

jest.setTimeout(180_000);
let browser: AdminBrowser;
beforeAll(async () => {
  browser = await openAdminBrowser();
}, 180_000);
afterAll(() => browser?.close());

const now = sundayNine;
const actor = () => browser.app.office.official("operation_room", null, 2);
const sla = { programme, kind: "rules", name: "sla" } as const;
const draft = () => browser.app.services.policyDrafts.of({ actor: actor(), ...sla });
const sets = () => browser.app.services.changeSets.list({ actor: actor() });
afterEach(async () => {
  for (const { id, revision } of await sets())
    await browser.app.services.changeSets.discard({ actor: actor(), id, revision, now });
});

/** In the window that the page is in, or in these. */
async function sound({ page, outside }: Visit, name: string, widths?: readonly number[]): Promise<void> {
  await looksRight(page, name, widths ?? [page.viewportSize()?.width ?? 1280]);
  expect(outside).toEqual([]);
}

const nth = 2;
const firstRule = (ar: string) => ({
  rules: expect.arrayContaining([expect.objectContaining({ title: { ar, en: ar } })]),
});

it("from the grid one names a new set and goes on there, in its draft", async () => {
  const visit = await browser.backAt({ role: "operation_room", nth }, { language: "en" });
  const { page } = visit;
  await visit.open("/admin/pages/sla-grid");
  await page.getByRole("button", { name: "Change in a change-set …" }).click();
  const dialog = page.locator("dialog");
  await dialog.getByText("A draft of it opens in the change-set, and you continue here.").waitFor();
  await dialog.getByRole("button", { name: "Change it there" }).click();
  await dialog.getByText("Enter a title.").first().waitFor();
  expect(await sets()).toEqual([]);
  await dialog.getByLabel("Title").fill("Faster answers");
  await sound(visit, "policy-into-set");
  await dialog.getByRole("button", { name: "Change it there" }).click();
  await page.getByText("This draft belongs to the change-set “Faster answers”").waitFor();
  expect((await draft())?.changeSet?.title).toBe("Faster answers");
  expect(await page.getByRole("tab", { name: "Table" }).getAttribute("aria-selected")).toBe("true");
  expect(await page.getByRole("button", { name: /change-set …$/ }).count()).toBe(0);
  await page.getByRole("link", { name: "Open the change-set" }).waitFor();
  await sound(visit, "policy-in-set");
  await page.getByRole("link", { name: "Go to the change-set" }).click();
  await page
    .locator("#impact")
    .getByText(/is the same as version \d+, which is in force\. Change something in it, or remove it/)
    .waitFor();
  await sound(visit, "policy-in-set-unchanged");
  // Whoever takes it out is told what is lost.
  await page.getByRole("button", { name: /^Remove: / }).click();
  await dialog.getByText("The draft is discarded, with all that is written in it.").waitFor();
  await sound(visit, "change-set-take-out");
  expect(await draft()).not.toBeNull();
  await dialog.getByRole("button", { name: "Remove and discard" }).click();
  await page.getByText("Nothing yet.").waitFor();
  expect(await draft()).toBeNull();
});

it("a draft that is written goes into an open set with its last key, in Arabic on a telephone", async () => {
  await browser.app.services.changeSets.begin({ actor: actor(), programme, title: "إجابات أسرع", now });
  const visit = await browser.backAt({ role: "operation_room", nth }, { language: "ar", width: 390 });
  const { page } = visit;
  await visit.open("/admin/pages/policy?kind=rules&name=sla&part=text");
  const text = page.locator("textarea.code-text");
  const { rules, ...set } = JSON.parse(await text.inputValue()) as { rules: { title: object }[] };
  const written = (title: string) => {
    const first = { ...rules[0], title: { ar: title, en: title } };
    return JSON.stringify({ ...set, rules: [first, ...rules.slice(1)] }, null, 2);
  };
  await text.fill(written("أولًا"));
  const into = page.getByRole("button", { name: "إلى مجموعة تغييرات …" });
  await into.waitFor();
  // Not saved yet when the button is pressed: it goes along all the same.
  await text.fill(written("أخيرًا"));
  await into.click();
  const dialog = page.locator("dialog");
  await dialog.getByText(/تنتقل هذه المسودة إليها بكل ما كُتب فيها/).waitFor();
  await sound(visit, "policy-draft-into-set");
  await dialog.getByRole("button", { name: "وضعها فيها" }).click();
  await page.getByText(/تتبع هذه المسودة مجموعة التغييرات «إجابات أسرع»/).waitFor();
  const stored = await draft();
  expect(stored?.changeSet?.title).toBe("إجابات أسرع");
  expect(stored?.definition).toMatchObject(firstRule("أخيرًا"));
  expect(await text.inputValue()).toContain("أخيرًا");
  await sound(visit, "policy-draft-in-set");
  // What is typed next is saved in the set.
  await text.fill(written("بعدها"));
  await page.locator(".draft-save", { hasText: /^حُفظت$/ }).waitFor();
  expect((await draft())?.definition).toMatchObject(firstRule("بعدها"));
});

it("who begins a set among the policies chooses there what is changed in it", async () => {
  const visit = await browser.backAt({ role: "operation_room", nth }, { language: "en" });
  const { page } = visit;
  await visit.open("/admin/pages/policy");
  await page.getByRole("button", { name: "New change-set …" }).click();
  await page.locator("dialog").getByLabel("Title").fill("Routing by region");
  await page.locator("dialog").getByRole("button", { name: "Start" }).click();
  await page.getByText("Select what to change in the change-set").waitFor();
  await sound(visit, "policies-into-set");
  await page.getByRole("link", { name: "Routing", exact: true }).click();
  await page.getByText("What you change here goes into the change-set “Routing by region”").waitFor();
});

it("a made-up case is led by what the set adds, and the page says so, in Arabic", async () => {
  const { services } = browser.app;
  const { id } = await services.changeSets.begin({ actor: actor(), programme, title: "Meters", now });
  const fields = [{ code: "meter", name: { ar: "رقم العداد", en: "Meter number" }, type: "number", required: false }];
  const values = { nameAr: "شكوى عداد", nameEn: "Meter complaint", workflow: "complaint", fields };
  const edit = { act: "create", table: "application_types", code: "METERS", values };
  await services.changeSets.put({ actor: actor(), id, edit, now });
  const visit = await browser.backAt({ role: "operation_room", nth }, { language: "ar", width: 390 });
  const { page } = visit;
  await visit.open(`/admin/pages/policy?kind=workflow&name=complaint&changeSet=${id}&part=walk`);
  await page.getByText(/كما ستكون مع مجموعة التغييرات «Meters»/).waitFor();
  await page.getByLabel("نوع الطلب").selectOption("METERS");
  await page.getByLabel("رقم العداد").waitFor({ state: "attached" });
  const walk = page.locator(".flow-walk");
  await walk.getByRole("button", { name: "تولّي الطلب", exact: true }).click();
  await walk.getByText("قيد المعالجة", { exact: true }).first().waitFor();
  await sound(visit, "walk-in-set", [390, 1280]);
});

it("the grid has the row that its set adds, and says why where the open draft is elsewhere", async () => {
  const { services } = browser.app;
  const { id } = await services.changeSets.begin({ actor: actor(), programme, title: "Digital", now });
  const values = { nameAr: "الخدمات الرقمية", nameEn: "Digital services" };
  const edit = { act: "create", table: "pillars", code: "DIGITAL", values };
  await services.changeSets.put({ actor: actor(), id, edit, now });
  const visit = await browser.backAt({ role: "operation_room", nth }, { language: "en" });
  const { page } = visit;
  await visit.open(`/admin/pages/change-set?programme=${programme}&id=${id}`);
  await sound(visit, "set-with-row", [1280, 390]);
  await page.getByRole("link", { name: /^Service levels of: / }).click();
  const added = page.locator("th.sla-sought", { hasText: values.nameEn });
  await added.getByText("New", { exact: true }).waitFor();
  await page.getByText(/^New with the change-set/).waitFor();
  await sound(visit, "grid-in-set", [1280, 390]);
  const grid = page.url();

  // A draft of these rules is by itself: the page says so, and the way into this set is the first that is offered.
  await services.changeSets.begin({ actor: actor(), programme, title: "Another", now });
  const inForce = (await services.setup.of(programme)).ruleSets.get("sla");
  const alone = { actor: actor(), ...sla, definition: inForce?.definition, basedOn: inForce?.versionId ?? null, now };
  await services.policyDrafts.begin(alone);
  await visit.open(grid);
  await page.getByText(/is not in the change-set “Digital”/).waitFor();
  expect(await added.count()).toBe(0);
  await sound(visit, "grid-draft-elsewhere", [1280, 390]);
  await page.getByRole("button", { name: "Into a change-set …" }).click();
  const dialog = page.locator("dialog");
  await dialog.locator("#field-changeSet").waitFor();
  expect(await dialog.locator("#field-changeSet option:checked").textContent()).toBe("Digital");
  await dialog.getByRole("button", { name: "Put it there" }).click();
  await added.waitFor();
});

it("who was later finds the reason, and the draft of the faster one on the page behind the question", async () => {
  const visit = await browser.backAt({ role: "operation_room", nth }, { language: "en" });
  const { page } = visit;
  await visit.open("/admin/pages/sla-grid");
  await page.getByRole("button", { name: "Change in a change-set …" }).click();
  const dialog = page.locator("dialog");
  await dialog.getByLabel("Title").fill("Second");
  const inForce = (await browser.app.services.setup.of(programme)).ruleSets.get("sla");
  const definition = inForce?.definition;
  const basedOn = inForce?.versionId ?? null;
  const colleague = browser.app.office.official("operation_room", null, 1);
  const changeSet = { title: "First" };
  await browser.app.services.policyDrafts.begin({ actor: colleague, ...sla, definition, basedOn, changeSet, now });
  await dialog.getByRole("button", { name: "Change it there" }).click();
  await dialog.getByText(/The change-set “First” already changes this/).waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("This draft belongs to the change-set “First”").waitFor();
  expect((await sets()).map(({ title }) => title)).toEqual(["First"]);
  await sound(visit, "policy-in-set-of-another");
});

it("who writes while a colleague only puts the draft into a set goes on there and has nothing to decide", async () => {
  const inForce = (await browser.app.services.setup.of(programme)).ruleSets.get("sla");
  if (inForce === undefined) throw new Error("no rules");
  const renamed = (title: string) => {
    const [first, ...rest] = inForce.definition.rules;
    return { ...inForce.definition, rules: [{ ...first, title: { ar: title, en: title } }, ...rest] };
  };
  const colleague = browser.app.office.official("operation_room", null, 1);
  const { policyDrafts } = browser.app.services;
  const { id, revision } = await policyDrafts.begin({
    ...{ actor: colleague, ...sla, definition: renamed("قبلها"), basedOn: inForce.versionId, now },
  });
  const visit = await browser.backAt({ role: "operation_room", nth }, { language: "ar", width: 390 });
  const { page } = visit;
  await visit.open("/admin/pages/policy?kind=rules&name=sla&part=text");
  const text = page.locator("textarea.code-text");
  await text.waitFor();
  await policyDrafts.intoSet({ actor: colleague, id, revision, changeSet: { title: "Together" }, now });
  await text.fill(JSON.stringify(renamed("بعدها"), null, 2));
  await page.getByText(/تتبع هذه المسودة مجموعة التغييرات «Together»/).waitFor();
  await page.locator(".draft-save", { hasText: /^حُفظت$/ }).waitFor();
  expect(await page.getByText(/هذه المسودة في هذه الأثناء/).count()).toBe(0);
  expect(await draft()).toMatchObject({ changeSet: { title: "Together" }, definition: firstRule("بعدها") });
  // What a colleague wrote is decided by people, as ever.
  const stands = await draft();
  const theirs = { actor: colleague, id, revision: stands?.revision ?? 0, definition: renamed("سواها"), now };
  await policyDrafts.save(theirs);
  await text.fill(JSON.stringify(renamed("أخيرًا"), null, 2));
  await page.getByText(/تغيّرت هذه المسودة في هذه الأثناء \(آخر تعديل: /).waitFor();
  expect((await draft())?.definition).toMatchObject(firstRule("سواها"));
});
