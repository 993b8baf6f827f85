/**
 * The card's own sentence, by hand in a browser and in one process: what the operation room sets up decides the next
 * application's deadline, its way and its escalation, with no file changed, no JSON seen and nothing started anew. The programme
 * wants a second person, as it ships: from the form of a sixth pillar into a change-set, on to its row of the grid, and
 * a colleague looks at all of it and approves it.
 *
 * Worked out by hand for a complaint received on Sunday 22 November 2026, 9:00 in Amman, and promised two working days:
 * due on Tuesday 24 November, 9:00. The new entity has no manager of its own, so its delay is told at level 1 to the
 * manager of the ministry above it.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import { createApi } from "../../src/features/intake/create-api.js";
import { createHttp } from "../../src/platform/http/create-http.js";
import { password } from "../support/admin-app.js";
import { type AdminBrowser, axe, openAdminBrowser, picture, settled, type Visit } from "../support/admin-browser.js";
import { runCommand } from "../support/command-line.js";
import { story } from "../support/story.js";
import { programme, sundayNine } from "../support/working-office.js";

jest.setTimeout(180_000);
const publicUrl = "https://diwan.example.jo/";
/** The ministry above the new entity. */
const ministry = { code: "MOT", name: "وزارة النقل" };
const entity = { code: "RAILWAY", ar: "مؤسسة السكك الحديدية", en: "Railway Corporation" };
const pillar = { code: "ACCESS", ar: "سهولة الوصول", en: "Accessibility" };
const level = { code: "urgent", ar: "عاجلة", en: "Urgent" };
const set = "المحور السادس";
const focalPoint = { email: "sawsan@example.jo", name: "سوسن العمري" };

let browser: AdminBrowser;
let api: Server;
beforeAll(async () => {
  browser = await openAdminBrowser({ now: sundayNine });
  await browser.app.office.asOwner(
    `update programmes set settings = settings || '{"secondPerson": true}' where code = 'jordan'`,
  );
  // The other door of the same process: the API, over the very services that the back office writes through.
  const { services } = browser.app;
  api = createServer(createHttp(services, { publicUrl, limits: false, doors: [createApi(services, { publicUrl })] }));
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
}, 180_000);
afterAll(async () => {
  await new Promise((resolve) => api?.close(resolve));
  await browser?.close();
});

const room = (nth = 0) => browser.signedIn({ role: "operation_room", nth }, { language: "ar" });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const inDialog = (page: Page, name: string) => page.getByRole("dialog").getByRole("button", { name, exact: true });

async function choose(page: Page, label: string, typed: string, wanted = typed): Promise<void> {
  await page.getByRole("combobox", { name: label }).last().fill(typed);
  await page.getByRole("option").filter({ hasText: wanted }).first().click();
}

/**
 * A new record of the set-up, typed into its form and put into the change-set, which is the only way that the form offers; the
 * dialog stays open for the last word. `more` fills what is not code and name.
 */
async function fill(
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
  await page.getByText(/يلزم أن يوافق عليه شخص ثانٍ/).waitFor();
  expect(await button(page, "حفظ").count()).toBe(0);
  expect(await axe(page)).toEqual([]);
  await picture(page, `sentence-${resource}`);
  await button(page, "إلى مجموعة تغييرات …").click();
  await inDialog(page, "إضافة إليها").waitFor();
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
  const step = story();
  let key = "";
  /** The one stays without an answer, the other gets one in time. */
  let reference = "";
  let answered = "";
  const row = (page: Page) => page.locator("tbody tr").filter({ has: page.locator("th", { hasText: pillar.ar }) });
  const cell = (page: Page) => page.locator("td").filter({ hasText: `${pillar.ar}، ${level.ar}` });

  step("the form of a sixth pillar leads into a change-set and on to its row of the grid", async () => {
    const visit = await room();
    const { page } = visit;
    expect(await gaps(visit)).toEqual({});
    await fill(visit, "pillars", pillar);
    const onward = page.getByRole("dialog").getByLabel("ثم الانتقال إلى مستويات الخدمة الخاصة به");
    expect(await onward.isChecked()).toBe(true);
    await page.locator("dialog #field-title").fill(set);
    expect(await axe(page)).toEqual([]);
    await picture(page, "sentence-into-set");
    await inDialog(page, "إضافة إليها").click();
    // The row is there, marked as new; the rules for any pillar answer it, so that nothing is left open.
    await row(page).locator("th.sla-sought").getByText("جديد", { exact: true }).waitFor();
    await page.getByText(`جديد مع مجموعة التغييرات: ${pillar.ar}`).waitFor();
    await page.getByText(`ما تعدّله هنا يُضاف إلى مجموعة التغييرات «${set}»`).waitFor();
    expect(await page.locator("td.sla-gap").count()).toBe(0);
    expect(await axe(page)).toEqual([]);
    await picture(page, "sentence-row");
    // Outside of the set nothing has changed.
    await visit.open("/admin/pages/sla-grid?type=complaint");
    await page.locator("td.sla-cell").first().waitFor();
    expect(await row(page).count()).toBe(0);
    expect(visit.errors).toEqual([]);
    await visit.close();
  });

  step(
    "an importance level and an entity under a ministry join it; the set leads to the grid with exactly the new gaps",
    async () => {
      const visit = await room();
      const { page } = visit;
      await fill(visit, "importance-levels", level, () => page.locator("#field-rank").fill("5"));
      await page.getByRole("dialog").getByLabel("ثم الانتقال إلى مستويات الخدمة الخاصة به").uncheck();
      await inDialog(page, "إضافة إليها").click();
      await page.getByRole("heading", { level: 1, name: set }).waitFor();
      await fill(visit, "entities", entity, async () => {
        await choose(page, "القطاع", "النقل");
        await choose(page, "الجهة الأعلى", ministry.name);
        await page.locator("#field-kind").selectOption("corporation");
        await page.locator("#field-joining").selectOption("live");
      });
      await inDialog(page, "إضافة إليها").click();
      await page.getByRole("heading", { level: 1, name: set }).waitFor();
      await page.getByText(new RegExp(entity.ar)).first().waitFor();
      await page.getByRole("link", { name: new RegExp(`^مستويات الخدمة: .*${pillar.ar}`) }).click();
      await page.locator("td.sla-gap").first().waitFor();
      // Six pillars and “no pillar” have no promise at the new level.
      expect(await page.locator("td.sla-gap").count()).toBe(7);
      await picture(page, "sentence-gaps");
      expect(visit.errors).toEqual([]);

      const tried = cell(page);
      await tried.getByRole("button").click();
      const editor = page.locator(".cell-editor");
      await editor.locator("input[type=number]").first().fill("1");
      await editor.locator("input[type=number]").last().fill("2");
      await page.keyboard.press("Enter");
      await page.getByText(`تتبع هذه المسودة مجموعة التغييرات «${set}» وتُقدَّم وتُنشر معها`).waitFor();
      await page.locator("td.sla-changed").waitFor();
      expect(await page.locator("td.sla-gap").count()).toBe(6);
      expect(await page.getByText(/غير مسموح|لا توجد هذه الخانة/).count()).toBe(0);
      // It goes with its set: nothing here would be refused.
      expect(await page.getByRole("button", { name: /^(نشر|تقديم|موافقة)/ }).count()).toBe(0);
      expect(await axe(page)).toEqual([]);
      await picture(page, "sentence-cell");
      await page.getByRole("link", { name: "الانتقال إلى مجموعة التغييرات" }).click();
      await button(page, "تقديم …").click();
      const dialog = page.getByRole("dialog");
      await dialog.locator("#field-reason").fill("المستوى العاجل في المحور الجديد يحتاج إلى مهلة");
      // The other gaps are left, which the checks warn of.
      await dialog.locator("#field-warningsReason").fill("الباقي يتبع");
      await inDialog(page, "تقديم للموافقة").click();
      await dialog.waitFor({ state: "detached" });
      expect(await page.getByRole("button", { name: /^(نشر|موافقة)/ }).count()).toBe(0);
      expect(visit.errors).toEqual([]);
      await visit.close();
    },
  );

  step("a second person finds it, looks at the grid as it would be, and approves it", async () => {
    const visit = await room(1);
    const { page } = visit;
    await visit.open("/admin");
    await page.getByRole("link", { name: set }).click();
    await page.getByRole("heading", { level: 1, name: set }).waitFor();
    await page.getByRole("link", { name: "عرض", exact: true }).click();
    await row(page).locator("th").getByText("جديد", { exact: true }).waitFor();
    await cell(page)
      .getByText(/يوما عمل/)
      .waitFor();
    expect(await page.locator("td.sla-changed").count()).toBe(1);
    expect(await page.locator(".notice-danger").count()).toBe(0);
    expect(await axe(page)).toEqual([]);
    await picture(page, "sentence-look");
    await page.getByRole("link", { name: "الانتقال إلى مجموعة التغييرات" }).click();
    await button(page, "موافقة …").click();
    await page.locator("dialog #field-reason").fill("راجعت الصف الجديد ومهلته");
    await inDialog(page, "موافقة ونشر").click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByText("منشورة", { exact: true }).waitFor();
    // Inquiries, suggestions and thanks ask for no level.
    expect(await gaps(visit)).toEqual({ complaint: 6, report: 7 });
    expect(visit.errors).toEqual([]);
    await visit.close();
  });

  step(
    "a seat of focal point is made for the entity, and somebody is invited, chooses a password and is seated",
    async () => {
      const visit = await room();
      const { page } = visit;
      await visit.open("/admin/resources/seats/actions/new");
      await page.locator("#field-role").selectOption("focal_point");
      await choose(page, "الجهة", "السكك", entity.ar);
      await button(page, "إضافة المنصب").click();
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
      await page.getByRole("dialog").getByLabel("الحائز").fill("بوابة السكك");
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
    },
  );

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

  step("an application over the API gets exactly that promise and goes to that entity", async () => {
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

  step("after its due time the job raises it to the manager of the ministry, who gets a letter", async () => {
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
    // What the system did is folded to a line, and opens.
    const runs = visit.page.locator("#conversation details > summary");
    await runs.first().waitFor();
    for (const run of await runs.all()) await run.click();
    await visit.page.locator("#conversation").getByText(manager.name).first().waitFor();
    await picture(visit.page, "sentence-case");
    expect(visit.errors).toEqual([]);
    await visit.close();
  });

  step("the committee's digest of that week states the same figures as diwan kpi", async () => {
    const at = "2026-11-29T05:00:00Z";
    browser.app.setNow(new Date(at));
    const { services } = browser.app;
    expect((await runCommand(services, ["run-job", "send-digests", "--at", at])).status).toBe(0);
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
    for (const [name, figure] of Object.entries(digest.now))
      expect({ [name]: kpi[name] }).toMatchObject({ [name]: figure });

    const visit = await room();
    const letter = await letterTo(visit, chair.name, "digest-committee");
    for (const line of [
      "22 – 28 تشرين الثاني 2026",
      `الواردة: ${kpi.received}`,
      `التي رُدّ عليها: ${kpi.resolved}`,
      `متأخرة الآن: ${kpi.delayed}`,
      "الرد ضمن الموعد: 50%",
    ]) {
      expect(letter).toContain(line);
    }
    await visit.close();
  });
});
