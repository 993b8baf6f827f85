/**
 * The card's own sentence, by hand in a browser and in one process: what the operation room sets up decides the next
 * application's deadline, its way and its escalation, with no file changed and nothing started anew.
 *
 * Worked out by hand for a complaint received on Sunday 22 November 2026, 9:00 in Amman, and promised two working days:
 * due on Tuesday 24 November, 9:00. The new entity has no manager of its own, so its delay is told at level 1 to the
 * manager of the ministry above it.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import { createApi } from "../../src/channels/api/create-api.js";
import { createHttp } from "../../src/http/create-http.js";
import { password } from "../support/admin-app.js";
import { type AdminBrowser, openAdminBrowser, picture, settled, type Visit } from "../support/admin-browser.js";
import { runCommand } from "../support/command-line.js";
import { programme, sundayNine } from "../support/working-office.js";

jest.setTimeout(180_000);
const publicUrl = "https://diwan.example.jo/";
/** The ministry above the new entity. */
const ministry = { code: "MOT", name: "وزارة النقل" };
const entity = { code: "RAILWAY", ar: "مؤسسة السكك الحديدية", en: "Railway Corporation" };
const pillar = { code: "ACCESS", ar: "سهولة الوصول", en: "Accessibility" };
const level = { code: "urgent", ar: "عاجلة", en: "Urgent" };
const focalPoint = { email: "sawsan@example.jo", name: "سوسن العمري" };

let browser: AdminBrowser;
let api: Server;
beforeAll(async () => {
  browser = await openAdminBrowser({ now: sundayNine });
  // The other door of the same process: the API, over the very services that the back office writes through.
  const { services } = browser.app;
  api = createServer(createHttp(services, { publicUrl, limits: false, doors: [createApi(services, { publicUrl })] }));
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
}, 120_000);
afterAll(async () => {
  await new Promise((resolve) => api?.close(resolve));
  await browser?.close();
});

const room = () => browser.signedIn({ role: "operation_room" }, { language: "ar" });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const inDialog = (page: Page, name: string) => page.getByRole("dialog").getByRole("button", { name, exact: true });

async function choose(page: Page, label: string, typed: string, wanted = typed): Promise<void> {
  await page.getByRole("combobox", { name: label }).last().fill(typed);
  await page.getByRole("option").filter({ hasText: wanted }).first().click();
}

/** A new record of the set-up, through its form; `more` fills what is not code and name. */
async function add(
  { page, open }: Visit,
  resource: string,
  words: { code: string; ar: string; en: string },
  more: () => Promise<void> = async () => undefined,
): Promise<void> {
  await open(`/admin/resources/${resource}/actions/new`);
  await page.locator("#field-nameAr").fill(words.ar);
  await page.locator("#field-nameEn").fill(words.en);
  await page.locator("#field-code").fill(words.code);
  await more();
  await picture(page, `sentence-${resource}`);
  await button(page, "حفظ").click();
  await page.getByRole("heading", { level: 1, name: words.ar }).waitFor();
}

/** By type of application, how many cells of the grid are not decided; types without any are left out. */
async function gaps({ page, open }: Visit): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const type of ["complaint", "inquiry", "compliment", "report", "suggestion"]) {
    await open(`/admin/pages/sla-grid?type=${type}`);
    await page.locator("td.sla-cell, td.sla-gap").first().waitFor();
    const cells = await page.locator("td.sla-gap").count();
    if (cells > 0) found[type] = cells;
  }
  return found;
}

/** The text of the letter that a receiver got, read on the screen of messages. */
async function letterTo({ page, open }: Visit, receiver: string, template: string): Promise<string> {
  await open(`/admin/resources/messages?filters.template=${template}&search=${encodeURIComponent(receiver)}`);
  await page.getByRole("row").nth(1).getByRole("link").first().click();
  await page.getByRole("tab", { name: "كنص فقط" }).click();
  const text = await page.locator(".letter-text").textContent();
  await page.getByRole("tab", { name: "كما تظهر" }).click();
  await page.frameLocator("iframe.letter-frame").locator("body").waitFor();
  await picture(page, `sentence-${template}`);
  return text ?? "";
}

const holderOf = async (seat: string) => {
  const [row] = await browser.app.office.rows(
    `select u.id, u.name from seats s join seat_holders h on h.seat_id = s.id join users u on u.id = h.user_id
     where s.code = $1 and s.programme = 'jordan' and h.held_to is null`,
    seat,
  );
  return row as { id: number; name: string };
};

describe("what is set up in the back office feeds the rules", () => {
  let key = "";
  /** The one stays without an answer, the other gets one in time. */
  let reference = "";
  let answered = "";

  it("a pillar, an importance level and an entity under a ministry are added; the grid shows exactly the new gaps", async () => {
    const visit = await room();
    expect(await gaps(visit)).toEqual({});
    await add(visit, "pillars", pillar);
    // Whatever the importance: the rules for low, normal, high and critical ask for no pillar.
    expect(await gaps(visit)).toEqual({});
    await add(visit, "importance-levels", level, async () => {
      await visit.page.locator("#field-rank").fill("5");
    });
    // Six pillars and “no pillar” have no promise at the new level; inquiries, suggestions and thanks ask for no level.
    expect(await gaps(visit)).toEqual({ complaint: 7, report: 7 });
    await picture(visit.page, "sentence-gaps");
    await add(visit, "entities", entity, async () => {
      const { page } = visit;
      await choose(page, "القطاع", "النقل");
      await choose(page, "تتبع", ministry.name);
      await page.locator("#field-kind").selectOption("corporation");
      await page.locator("#field-joining").selectOption("live");
    });
    expect(await gaps(visit)).toEqual({ complaint: 7, report: 7 });
    expect(visit.errors).toEqual([]);
    await visit.close();
  });

  it("one gap is filled with a reason", async () => {
    const visit = await room();
    const { page } = visit;
    await visit.open("/admin/pages/sla-grid?type=complaint");
    const cell = page.locator("td.sla-gap").filter({ hasText: `${pillar.ar}، ${level.ar}` });
    await cell.getByRole("button").click();
    const editor = page.locator(".cell-editor");
    await editor.locator("input[type=number]").first().fill("1");
    await editor.locator("input[type=number]").last().fill("2");
    await page.keyboard.press("Enter");
    await page.locator(".draft-save", { hasText: "حُفظت" }).waitFor();
    await button(page, "نشر …").click();
    const dialog = page.getByRole("dialog");
    // The other gaps are left, which the checks warn of.
    await dialog.locator("#field-warningsReason").fill("الباقي يتبع");
    await dialog.locator("#field-reason").fill("المستوى العاجل في المحور الجديد يحتاج إلى مهلة");
    await dialog.getByRole("button", { name: "نشر", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await gaps(visit)).toEqual({ complaint: 6, report: 7 });
    await visit.close();
  });

  it("a seat of focal point is made for the entity, and somebody is invited, chooses a password and is seated", async () => {
    const visit = await room();
    const { page } = visit;
    await visit.open("/admin/resources/seats/actions/new");
    await page.locator("#field-role").selectOption("focal_point");
    await choose(page, "الجهة", "السكك", entity.ar);
    await button(page, "إضافة المقعد").click();
    await page.getByText("شاغر", { exact: true }).first().waitFor();
    const seat = page.url();

    await visit.open("/admin/resources/users");
    await button(page, "دعوة شخص").click();
    await page.getByRole("dialog").getByLabel("البريد الإلكتروني").fill(focalPoint.email);
    await page.getByRole("dialog").getByLabel("الاسم", { exact: true }).fill(focalPoint.name);
    await inDialog(page, "إرسال الدعوة").click();
    const link = new URL((await page.locator("output.secret").textContent()) ?? "");
    await inDialog(page, "حفظته").click();
    await page.getByText(focalPoint.email).waitFor();

    await visit.open(seat);
    await button(page, "تعيين شاغل").click();
    await choose(page, "الشخص", "سوسن");
    await inDialog(page, "تعيين").click();
    await page.getByText(focalPoint.email).waitFor();
    await picture(page, "sentence-seat");

    await visit.open("/admin/resources/channel-keys");
    await button(page, "إصدار مفتاح").click();
    await choose(page, "القناة", "الموقع");
    await page.getByRole("dialog").getByLabel("من سيحتفظ به").fill("بوابة السكك");
    await inDialog(page, "إصدار").click();
    key = (await page.locator("output.secret").textContent()) ?? "";
    expect(key).toMatch(/^dk_/);
    await visit.close();

    const guest = await browser.visit({ language: "ar" });
    await guest.open(link.pathname);
    const passwords = guest.page.locator("input[type=password]");
    for (let i = 0; i < (await passwords.count()); i += 1) await passwords.nth(i).fill(password);
    await guest.page.locator("button.enter-button").click();
    await settled(guest.page);
    await guest.close();
  });

  /** Over HTTP, with the key that the screen showed. */
  async function send(subject: string): Promise<{ status: number; body: Record<string, string> }> {
    const { port } = api.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/applications`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({
        programme,
        type: "complaint",
        subject,
        description: "لا تستطيع الكراسي المتحركة الوصول إلى الرصيف.",
        entity: entity.code,
        pillar: pillar.code,
        importance: level.code,
        applicant: { category: "citizen", name: "رنا", email: "rana@example.com" },
      }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  }
  const promised = {
    entity: entity.code,
    pillar: pillar.code,
    importance: level.code,
    state: "assigned",
    dueAt: "2026-11-24T06:00:00.000Z",
  };

  it("an application over the API gets exactly that promise and goes to that entity", async () => {
    const sent = await send("لا يوجد منحدر في المحطة");
    expect(sent).toEqual({ status: 201, body: expect.objectContaining(promised) });
    reference = sent.body.reference ?? "";
    const other = await send("المصعد معطل");
    expect(other).toEqual({ status: 201, body: expect.objectContaining(promised) });
    answered = other.body.reference ?? "";

    // The person who was just seated finds it on the own list.
    const focal = await browser.signedIn({ email: focalPoint.email }, { language: "ar" });
    await focal.open("/admin/resources/cases");
    await focal.page.getByText(reference).first().waitFor();
    await picture(focal.page, "sentence-desk");
    await focal.close();
    const monday = new Date("2026-11-23T07:00:00Z");
    const actor = await browser.app.services.cases.actorOf({ email: focalPoint.email, now: monday });
    const { state } = await browser.app.office.act(answered, actor, "answer", { answer: "أُصلح المصعد." }, monday);
    // One in ten answers is looked at first; which one is drawn by the reference.
    const reviewer = browser.app.office.official("operation_room");
    if (state === "in_review") await browser.app.office.act(answered, reviewer, "approve", {}, monday);
  });

  it("after its due time the job raises it to the manager of the ministry, who is told", async () => {
    const manager = await holderOf("MANAGER-MOT");
    const raised = async () =>
      (await browser.app.office.events(reference)).filter(({ type }) => type === "case.escalated");
    const run = async (at: string) => {
      browser.app.setNow(new Date(at));
      return runCommand(browser.app.services, ["run-job", "enforce-deadlines", "--at", at]);
    };
    expect((await run("2026-11-24T05:59:00Z")).status).toBe(0);
    expect(await raised()).toEqual([]);
    expect((await run("2026-11-24T06:01:00Z")).status).toBe(0);
    const [step, ...more] = await raised();
    expect(more).toEqual([]);
    expect(step?.data).toMatchObject({
      ruleId: "raise-due",
      level: 1,
      dueAt: "2026-11-24T06:00:00.000Z",
      emptySeats: [],
    });
    const focal = await browser.app.office.rows("select id from users where email = $1", focalPoint.email);
    expect(step?.data.receivers).toEqual([manager.id, focal[0]?.id].sort((a, b) => Number(a) - Number(b)));

    const visit = await room();
    const letter = await letterTo(visit, manager.name, "official-escalated");
    expect(letter).toContain(reference);
    expect(letter).toContain("لا يوجد منحدر في المحطة");
    await visit.open(`/admin/resources/cases/records/${reference}/show`);
    await visit.page.getByText(manager.name).first().waitFor();
    await picture(visit.page, "sentence-case");
    expect(visit.errors).toEqual([]);
    await visit.close();
  });

  it("the committee's digest of that week states the same figures as diwan kpi", async () => {
    const at = "2026-11-29T05:00:00Z";
    browser.app.setNow(new Date(at));
    const { services } = browser.app;
    expect((await runCommand(services, ["run-job", "digest-committee", "--at", at])).status).toBe(0);
    const printed = await runCommand(services, [
      ...["kpi", "--programme", programme, "--from", "2026-11-22", "--to", "2026-11-29", "--at", at, "--json"],
    ]);
    const kpi = JSON.parse(printed.out) as Record<string, unknown> & {
      delayed: number;
      received: number;
      resolved: number;
    };
    // By hand: two came and fell due in that week; one was answered in time, the other is late.
    expect(kpi).toMatchObject({
      received: 2,
      resolved: 1,
      delayed: 1,
      onTimeResolution: { numerator: 1, denominator: 2, rate: 0.5 },
    });
    const chair = await holderOf("STEERING-1");
    const [message] = await browser.app.office.rows(
      "select data from messages where template = 'digest-committee' and receiver_user = $1",
      chair.id,
    );
    const digest = message?.data as { from: string; to: string; now: Record<string, unknown> };
    expect([digest.from, digest.to]).toEqual(["2026-11-22", "2026-11-29"]);
    for (const [name, figure] of Object.entries(digest.now)) expect([name, figure]).toEqual([name, kpi[name]]);

    const visit = await room();
    const letter = await letterTo(visit, chair.name, "digest-committee");
    for (const line of [
      "22 – 28 تشرين الثاني 2026",
      `الطلبات المستلمة: ${kpi.received}`,
      `المعالَجة: ${kpi.resolved}`,
      `المتأخرة: ${kpi.delayed}`,
      "المعالجة في الموعد: 50.0%",
    ]) {
      expect(letter).toContain(line);
    }
    await visit.close();
  });
});
