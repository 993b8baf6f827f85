/** People, seats and keys in a browser, in both languages: a seat is made, somebody invited and seated, and handed over. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Page } from "playwright-core";
import { type AdminBrowser, looksRight, openAdminBrowser, settled, type Visit } from "../support/admin-browser.js";
import { eventually } from "../support/instances.js";

let admin: AdminBrowser;
beforeAll(async () => {
  admin = await openAdminBrowser();
}, 180_000);
afterAll(() => admin?.close());

const words = {
  ar: {
    addSeat: "إضافة منصب",
    makeSeat: "إضافة المنصب",
    role: "الدور",
    entity: "الجهة",
    invite: "دعوة شخص",
    sendInvite: "إرسال الدعوة",
    email: "البريد الإلكتروني",
    name: "الاسم",
    stored: "حفظته",
    seat: "تعيين شاغل",
    seatAct: "تعيين",
    person: "الشخص",
    handOver: "تسليم المنصب",
    handOverAct: "إنهاء المدة والتسليم",
    reason: "السبب",
    needed: "هذا الحقل مطلوب.",
    handed: "تم التسليم. عدد الطلبات المسلَّمة: 1.",
    empty: "شاغر",
    disable: "تعطيل الحساب",
    enable: "تفعيل الحساب",
    issue: "إصدار مفتاح",
    issueAct: "إصدار",
    channel: "القناة",
    holds: "الحائز",
    key: "المفتاح",
    revoke: "إبطال",
  },
  en: {
    addSeat: "Add a position",
    makeSeat: "Add the position",
    role: "Role",
    entity: "Entity",
    invite: "Invite someone",
    sendInvite: "Invite",
    email: "Email",
    name: "Name",
    stored: "I have saved it",
    seat: "Appoint someone",
    seatAct: "Appoint",
    person: "Person",
    handOver: "Hand over",
    handOverAct: "End the term and hand over",
    reason: "Reason",
    needed: "Enter a value.",
    handed: "The position was handed over, with 1 case.",
    empty: "Vacant",
    disable: "Disable",
    enable: "Enable",
    issue: "Issue a key",
    issueAct: "Issue",
    channel: "Channel",
    holds: "Holder",
    key: "Key",
    revoke: "Revoke",
  },
} as const;
type Language = keyof typeof words;

/** Chooses by typing in a combobox. */
async function choose(page: Page, label: string, typed: string): Promise<void> {
  // The list behind a dialog has filters of the same name.
  const box = page.getByRole("combobox", { name: label }).last();
  await box.fill(typed);
  await page.getByRole("option").filter({ hasText: typed }).first().click();
}
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const inDialog = (page: Page, name: string) => page.getByRole("dialog").getByRole("button", { name, exact: true });

async function proven({ page }: Visit, name: string): Promise<void> {
  await settled(page);
  await looksRight(page, name);
}

const seatIdOf = async (code: string) =>
  (await admin.app.office.rows("select id from seats where code = $1 and programme = 'jordan'", code))[0]?.id as number;

describe.each(["ar", "en"] as const)("in %s", (language: Language) => {
  const w = words[language];
  it("the operation room makes a seat, invites somebody, seats them, and hands the seat over", async () => {
    const visit = await admin.signedIn({ role: "operation_room" }, { language });
    const { page } = visit;
    await visit.open("/admin/resources/seats?filters.role=minister");
    await proven(visit, "seats");
    await page.getByRole("link", { name: w.addSeat }).click();
    await page.getByLabel(w.role).selectOption("focal_point");
    await choose(page, w.entity, language === "ar" ? "وزارة النقل" : "Ministry of Transport");
    await proven(visit, "seat-new");
    await button(page, w.makeSeat).click();
    await page.getByText(w.empty, { exact: true }).first().waitFor();
    const seatAddress = page.url();

    await visit.open("/admin/resources/users?filters.roles=minister");
    await proven(visit, "users");
    await button(page, w.invite).click();
    await inDialog(page, w.sendInvite).click();
    await page.getByText(w.needed).first().waitFor();
    const email = `fresh.${language}@example.jo`;
    await page.getByRole("dialog").getByLabel(w.email, { exact: true }).fill(email);
    await page
      .getByRole("dialog")
      .getByLabel(w.name, { exact: true })
      .fill(language === "ar" ? "ليلى الحسن" : "Layla Hasan");
    await proven(visit, "invite");
    await inDialog(page, w.sendInvite).click();
    const link = await page.locator("output.secret").textContent();
    expect(link).toMatch(/^https:\/\/diwan\.example\.jo\/admin\//);
    await proven(visit, "invited");
    await inDialog(page, w.stored).click();
    await page.getByText(email).waitFor();
    await proven(visit, "user-new");

    await visit.open(seatAddress);
    await button(page, w.seat).click();
    await choose(page, w.person, language === "ar" ? "ليلى" : "Layla");
    await proven(visit, "take");
    await inDialog(page, w.seatAct).click();
    await page.getByText(email).waitFor();

    // A seat whose holder has a case in hand.
    const entity = language === "ar" ? "MOTA" : "MOA";
    const leaver = admin.app.office.official("focal_point", entity);
    const { reference } = await admin.app.office.receive({ entity, sector: null });
    await admin.app.office.act(reference, leaver, "take", {}, admin.app.services.now());
    await visit.open(`/admin/resources/seats/records/${await seatIdOf(`FOCAL-${entity}-1`)}/show`);
    await button(page, w.handOver).click();
    await page.getByRole("dialog").locator(".notice").getByText("1", { exact: false }).waitFor();
    await inDialog(page, w.handOverAct).click();
    await page.getByText(w.needed).first().waitFor();
    await page
      .getByRole("dialog")
      .getByLabel(w.reason)
      .fill(language === "ar" ? "نُقل إلى وزارة أخرى" : "Moved");
    await choose(page, language === "ar" ? "الخلف" : "Successor", language === "ar" ? "ليلى" : "Layla");
    await proven(visit, "hand-over");
    await inDialog(page, w.handOverAct).click();
    await page.getByText(w.handed).waitFor();
    await proven(visit, "seat");
    const [row] = await admin.app.office.rows(
      "select u.email from cases c join users u on u.id = c.assignee where c.reference = $1",
      reference,
    );
    expect(row?.email).toBe(email);

    const [user] = await admin.app.office.rows("select id from users where email = $1", email);
    await visit.open(`/admin/resources/users/records/${user?.id}/show`);
    await proven(visit, "user");
    await button(page, w.disable).click();
    await proven(visit, "disable");
    await inDialog(page, w.disable).click();
    await button(page, w.enable).waitFor();
    expect((await admin.app.office.caseRow(reference)).assignee).toBeNull();
    // The browser notes what was refused above; nothing else went wrong.
    expect(visit.errors.filter((error) => !error.includes("422"))).toEqual([]);
    expect(visit.outside).toEqual([]);
    await visit.close();
  }, 180_000);

  it("a key is shown once and revoked", async () => {
    const visit = await admin.signedIn({ role: "operation_room" }, { language });
    const { page } = visit;
    await visit.open("/admin/resources/channel-keys");
    await button(page, w.issue).click();
    await choose(page, w.channel, language === "ar" ? "الموقع" : "Web");
    await page.getByRole("dialog").getByLabel(w.holds).fill(`Portal ${language}`);
    await inDialog(page, w.issueAct).click();
    const key = await page.locator("output.secret").textContent();
    expect(await admin.app.services.intake.channelOfKey(String(key))).not.toBeNull();
    await proven(visit, "key-once");
    await inDialog(page, w.stored).click();
    await page.getByText(`Portal ${language}`).waitFor();
    expect(await page.content()).not.toContain(String(key));
    await proven(visit, "keys");
    const row = page.getByRole("row").filter({ hasText: `Portal ${language}` });
    await row.getByRole("button", { name: w.revoke }).click();
    await inDialog(page, w.revoke).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await row.getByRole("button", { name: w.revoke }).waitFor({ state: "detached" });
    // Who asks whose key it is may be answered from memory for a moment; nothing is stored with it any more.
    const isRevoked = async () => (await admin.app.services.intake.channelOfKey(String(key))) === null;
    expect(await eventually(isRevoked, 10)).toBe(true);
    expect(visit.errors).toEqual([]);
    await visit.close();
  }, 180_000);

  it("an auditor reads and finds nothing to press", async () => {
    const visit = await admin.signedIn({ role: "auditor" }, { language });
    const { page } = visit;
    await visit.open(`/admin/resources/seats/records/${await seatIdOf("FOCAL-MOH-1")}/show`);
    for (const name of [w.handOver, w.seat]) expect(await button(page, name).count()).toBe(0);
    await visit.open("/admin/resources/users");
    expect(await button(page, w.invite).count()).toBe(0);
    expect(await page.getByRole("row").count()).toBeGreaterThan(10);

    // Keys are the operation room's: that a channel has some is told, and leads nowhere.
    const { services, office } = admin.app;
    const [by, now] = [office.official("operation_room"), services.now()];
    await services.keys.issue({ programme: "jordan", channel: "web", label: `read in ${language}`, by, now });
    const [channel] = await office.rows("select id from channels where programme = 'jordan' and code = 'web'");
    const path = `/admin/resources/channels/records/${channel?.id}/show`;
    await visit.open(path);
    await page.locator(".lines .line").first().waitFor();
    expect(await page.locator("main a[href*=channel-keys]").count()).toBe(0);
    const room = await admin.signedIn({ role: "operation_room" }, { language });
    await room.open(path);
    await room.page.locator("main a[href*=channel-keys]").waitFor();
    await room.close();
    await visit.close();
  }, 180_000);
});
