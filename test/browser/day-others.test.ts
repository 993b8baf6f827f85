/** Shorter days in Arabic, each for what its role is there for: those who place, watch over, direct, look on, prove and take calls. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { parse } from "csv-parse/sync";
import type { Page } from "playwright-core";
import { picture, type Seat, type Visit } from "../support/admin-browser.js";
import { type BothDoors, openBothDoors } from "../support/both-doors.js";
import { act, caseAt, chooseByTyping, go, leads, write } from "../support/hands.js";
import { sundayNine } from "../support/working-office.js";

jest.setTimeout(180_000);

const hour = 3_600_000;
const day = 24 * hour;
const ten = new Date(sundayNine.getTime() + 14 * day + hour);
const ago = (ms: number): Date => new Date(ten.getTime() - ms);

let doors: BothDoors;
let folder: string;
const sent = new Map<string, { reference: string; code: string }>();
const known = (name: string): string => sent.get(name)?.reference ?? "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "diwan-day-"));
  doors = await openBothDoors({ now: ten, parts: { exportsFolder: folder } });
  const { office: work } = doors.app;
  const focal = work.official("focal_point", "CSPD");
  const receive = async (name: string, subject: string, at: Date, more = {}) =>
    sent.set(name, await work.receive({ language: "ar", subject, description: subject, ...more }, at));
  const unplaced = { entity: null, service: null };
  await receive("cards", "لا أعرف أي دائرة تصدر هويتي", ago(3 * hour), unplaced);
  await receive("traffic", "إشارة المرور معطلة أمام المدرسة", ago(2 * hour), unplaced);
  for (const name of ["good", "short"]) {
    await receive(name, `جواز سفر مستعجل للعلاج (${name})`, ago(5 * hour), { importance: "critical" });
    await work.act(known(name), focal, "take", {}, ago(4 * hour));
    await work.act(known(name), focal, "answer", { answer: "صدر الجواز." }, ago(3 * hour));
  }
  await receive("heavier", "ورد اسم ابني خطأ في شهادة الميلاد", ago(day), { importance: "low" });
  for (let i = 1; i <= 3; i++)
    await receive(`fine${i}`, `اعتراض على مخالفة سير رقم ${i}`, ago(2 * day), { entity: "PSD" });
  // One seat of the contact centre fell empty yesterday.
  const by = { kind: "system", job: "test" } as const;
  await work.services.people.leaveSeat({
    programme: "jordan",
    seat: "CONTACT-CENTRE-8",
    at: ago(day),
    by,
    now: ago(day),
  });
  await receive("late", "تأخر إصدار جواز السفر منذ ثلاثة أسابيع", sundayNine);
  await receive("give", "دور طويل في مكتب العبدلي", ago(2 * day));
  await receive("private", "خلاف مع مكتب خدمات خاص", ago(2 * day));
  await work.services.handlers["enforce-deadlines"](ten);
  await work.services.audit.seal({ now: ten });
});
afterAll(async () => {
  await doors?.close();
  rmSync(folder, { recursive: true, force: true });
});

const figure = (page: Page, label: string) => page.locator(".figure-card", { hasText: label });
const countOf = async (page: Page, label: string) =>
  Number(await figure(page, label).locator(".figure-value").first().textContent());

/** Somebody's day: signs in, begins at home, and at the end nothing was refused, nothing came from outside and no page broke. */
async function theDay(who: Seat, work: (visit: Visit, page: Page) => Promise<void>): Promise<void> {
  const visit = await doors.signedIn(who);
  const refused: string[] = [];
  visit.page.on("response", (answer) => answer.status() >= 400 && refused.push(`${answer.status()} ${answer.url()}`));
  await visit.open("/admin");
  await work(visit, visit.page);
  expect(refused).toEqual([]);
  expect([visit.outside, visit.errors]).toEqual([[], []]);
  await visit.close();
}

describe("the main focal point", () => {
  it("places what waits, the oldest first, until the queue is empty; it stands on the desks of those it went to", async () => {
    const police = await doors.signedIn({ role: "focal_point", place: "PSD" });
    await police.open("/admin");
    await theDay({ role: "main_focal_point", place: "INTERIOR" }, async (visit, page) => {
      expect(await countOf(page, "بانتظار التوجيه")).toBe(2);
      const places = [
        ["cards", "الاحوال المدنيه", "دائرة الأحوال المدنية والجوازات"],
        ["traffic", "الامن العام", "مديرية الأمن العام"],
      ] as const;
      for (const [name, typed, entity] of places) {
        await visit.open("/admin");
        const first = page.locator(".desk-row a").first();
        expect(await first.getAttribute("href")).toContain(known(name));
        await first.click();
        await page.locator(".case-lead").waitFor();
        await act(page, "إحالة إلى جهة", async (form) => {
          await chooseByTyping(form, "الجهة", typed, entity);
          await write("من اختصاصها.")(form);
        });
        await page.locator(".case-left a").first().waitFor();
      }
      await visit.open("/admin");
      await page.getByText("لا شيء بانتظار التوجيه").first().waitFor();
      expect(await countOf(page, "بانتظار التوجيه")).toBe(0);
    });
    await police.page.locator(`[data-row="${known("traffic")}"]`).waitFor({ timeout: 8000 });
    await police.close();
  });
});

describe("the operation room", () => {
  const seat = { role: "operation_room" } as const;

  it("sees what is missing in the set-up, and where to mend it", async () => {
    await theDay(seat, async (_visit, page) => {
      await page.locator(".warning-line", { hasText: "منصب شاغر واحد" }).click();
      await page.waitForURL(/resources\/seats\?/);
      await page.locator("tbody tr").first().waitFor();
      expect(await page.locator("tbody tr").allInnerTexts()).toEqual([expect.stringContaining("موظف مركز الاتصال 8")]);
    });
  });

  it("reviews answers: lets one go to the applicant, and sends the other back with what it lacks", async () => {
    await theDay(seat, async (visit, page) => {
      expect(await countOf(page, "مراجعة الجودة")).toBe(2);
      await figure(page, "مراجعة الجودة").click();
      await page.getByRole("link", { name: "جواز سفر مستعجل للعلاج (good)" }).click();
      await page.locator(".entry-answer", { hasText: "صدر الجواز." }).waitFor();
      await act(page, "إقرار الرد", async () => undefined);
      await leads(page, "تم الرد");
      await visit.open(caseAt(known("short")));
      await act(page, "إعادة الرد لاستكماله", write("أين يستلمه ومتى؟"));
      await leads(page, "قيد المعالجة");
      await visit.open("/admin");
      expect(await countOf(page, "مراجعة الجودة")).toBe(0);
    });
    const applicant = await doors.applicant();
    const follow = async (name: string) => {
      await applicant.page.goto(`/ar/follow/${known(name)}`);
      await applicant.page.fill("input[name=code]", sent.get(name)?.code ?? "");
      await go(applicant.page);
      return applicant.page.locator("main").textContent();
    };
    expect(await follow("good")).toContain("صدر الجواز.");
    const short = await follow("short");
    expect(short).not.toContain("صدر الجواز.");
    expect(short).not.toContain("أين يستلمه");
    await applicant.close();
    // Whoever answered finds it among the work again, with what it lacks.
    await theDay({ role: "focal_point", place: "CSPD" }, async (_visit, page) => {
      await page.locator(`[data-row="${known("short")}"] a`).click();
      await page.locator(".timeline", { hasText: "أين يستلمه ومتى؟" }).waitFor();
    });
  });

  it("makes a case more important: its deadline comes nearer, and the page says why", async () => {
    await theDay(seat, async (visit, page) => {
      await visit.open(caseAt(known("heavier")));
      const allowed = () => page.locator(".case-clock", { hasText: "الرد النهائي" }).first().textContent();
      const before = await allowed();
      await act(page, "تغيير التصنيف", async (form) => {
        await form.getByLabel("مستوى الأهمية").selectOption({ label: "عالية" });
        await write("قبول ابنه في المدرسة متوقف عليها.")(form);
      });
      await page.locator(".timeline", { hasText: "قبول ابنه في المدرسة متوقف عليها." }).waitFor();
      await page.waitForFunction(
        (was) => document.querySelector<HTMLElement>(".case-clock")?.textContent !== was,
        before,
      );
      expect(await allowed()).toContain("3 أيام عمل");
      await page.getByRole("button", { name: "لماذا هذا الموعد؟" }).click();
      expect(await page.locator("dialog .why-lines").first().textContent()).toMatch(/عالية/);
      await picture(page, "day-room-why");
    });
  });

  it("reminds an entity of all its cases in one act, each told on its own page", async () => {
    await theDay(seat, async (visit, page) => {
      await visit.open("/admin/resources/cases?filters.entity=PSD&search=اعتراض");
      await page.locator("tbody tr").nth(2).waitFor();
      await page.locator("thead input").check();
      await page
        .locator(".bulk")
        .getByRole("button", { name: /^تذكير الجهة/ })
        .click();
      const dialog = page.locator("dialog[open]");
      await dialog.locator("textarea").fill("ينتظر أصحابها ردًا منذ يومين.");
      await dialog.getByRole("button", { name: "معاينة" }).click();
      await dialog.getByText("يمكن تنفيذه على 3").waitFor();
      await dialog.getByRole("button", { name: /^تنفيذ على/ }).click();
      await page.locator(".toast", { hasText: "نُفّذ 3، رُفض 0" }).waitFor();
      await visit.open(caseAt(known("fine1")));
      await page.locator(".timeline", { hasText: "ينتظر أصحابها ردًا منذ يومين." }).waitFor();
    });
  });

  it("exports what a filter finds, and the file says what the list said", async () => {
    await theDay(seat, async (visit, page) => {
      await visit.open("/admin/resources/cases?filters.entity=PSD");
      await page.locator("tbody tr").nth(3).waitFor();
      const lines = await page.locator("tbody .row-link .clip").allInnerTexts();
      const listed = lines.map((line) => line.trim()).sort();
      await page.getByRole("button", { name: "تصدير", exact: true }).click();
      const dialog = page.locator("dialog[open]");
      await dialog.locator("select").first().selectOption("csv");
      await dialog.getByRole("button", { name: "إنشاء الملف" }).click();
      await page.locator(".toast", { hasText: `ملفك جاهز، وعدد الطلبات ${listed.length}.` }).waitFor();
      await visit.open("/admin/pages/my-work");
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "تنزيل" }).first().click(),
      ]);
      expect(download.suggestedFilename()).toBe("طلبات-2026-12-06.csv");
      const rows = parse(readFileSync(await download.path()), { columns: true, bom: true }) as Record<string, string>[];
      expect(rows.map(({ الموضوع: subject }) => subject).sort()).toEqual(listed);
      expect(listed).toHaveLength(4);
      expect(Object.values(rows[0] ?? {}).join()).not.toContain("rana@example.com");
    });
  });
});

describe("the manager of an entity", () => {
  it("gives a case to a focal point, on whose desk it stands, and rejects another for a reason that the applicant reads", async () => {
    const holder = doors.app.office.official("focal_point", "CSPD", 2);
    await theDay({ role: "entity_manager", place: "CSPD" }, async (visit, page) => {
      await visit.open(caseAt(known("give")));
      await act(page, "إسناد إلى زميل", async (form) => {
        await chooseByTyping(form, "الزميل", holder.name, holder.name);
        await write("أنت أعرف بالمكتب.")(form);
      });
      await page.locator(".case-aside", { hasText: holder.name }).waitFor();
      await visit.open(caseAt(known("private")));
      await act(page, "رفض مع بيان السبب", async (form) => {
        await form.locator("select").first().selectOption({ label: "لا يتعلق بخدمة حكومية" });
        await write("المكتب المذكور شركة خاصة.")(form);
      });
      await leads(page, "تم الرفض");
    });
    await theDay({ role: "focal_point", place: "CSPD", nth: 2 }, async (_visit, page) => {
      await page.locator(`[data-row="${known("give")}"]`, { hasText: "أتولاه" }).waitFor();
    });
    const { page, close } = await doors.applicant({ width: 390 });
    await page.goto(`/ar/follow/${known("private")}`);
    await page.fill("input[name=code]", sent.get("private")?.code ?? "");
    await go(page);
    const read = await page.locator("main").textContent();
    expect(read).toContain("بإمكانكم اللجوء إلى الجهة المتعاقَد معها أو إلى القضاء المختص.");
    expect(read).toContain("المكتب المذكور شركة خاصة.");
    await close();
  });
});

describe("those who look on", () => {
  it("the secretary general sees the case that was raised to that level, from the number to the reason", async () => {
    await theDay({ role: "secretary_general", place: "MOI" }, async (_visit, page) => {
      // It climbed, and not yet to them.
      await page.getByText("لم يُصعّد إليك أي طلب مفتوح.").waitFor();
      await page.getByRole("link", { name: /مصعّدة? إلى أي مستوى/ }).click();
      await page.getByRole("link", { name: "تأخر إصدار جواز السفر منذ ثلاثة أسابيع" }).click();
      await page.locator(".entry-escalation, .timeline", { hasText: "صُعّد" }).first().waitFor();
      await picture(page, "day-secretary");
      expect(await page.content()).not.toContain("Rana Haddad");
    });
  });

  it("a minister goes from what is late below to the entity and the case, and reminds it; whoever handles it reads that", async () => {
    const text = "أريد ردًا على صاحبها اليوم.";
    await theDay({ role: "minister", place: "MOI" }, async (_visit, page) => {
      expect(await countOf(page, "متأخرة الآن")).toBe(1);
      // Where most is late leads to the late cases.
      const worst = page.locator(".panel", { has: page.getByRole("heading", { name: "أين المشكلات ومنذ متى" }) });
      await worst.locator(".case-line", { hasText: "دائرة الأحوال المدنية والجوازات" }).locator("a").first().click();
      await page.waitForURL(/filters\.entity=CSPD/);
      // As they are counted: none is confidential.
      expect(new URL(page.url()).searchParams.get("filters.confidential")).toBe("false");
      await page.getByRole("link", { name: "تأخر إصدار جواز السفر منذ ثلاثة أسابيع" }).click();
      await page.locator(".case-lead").waitFor();
      // Nothing but a word to the entity is a minister's; who may do the rest is said.
      expect(await page.locator(".case-buttons button").allInnerTexts()).toEqual(["تذكير الجهة"]);
      await page.locator(".case-folds summary", { hasText: "إجراءات لغيرك" }).click();
      await page.locator(".refused li", { hasText: "تولّي الطلب" }).getByText("ضابط ارتباط الجهة").waitFor();
      await act(page, "تذكير الجهة", write(text));
      await page.locator(".timeline", { hasText: text }).waitFor();
      await picture(page, "day-minister");
      expect(await page.content()).not.toContain("Rana Haddad");
    });
    await theDay({ role: "focal_point", place: "CSPD" }, async (_visit, page) => {
      await page.locator(`[data-row="${known("late")}"] a`).click();
      await page.locator(".timeline", { hasText: text }).waitFor();
    });
  });

  it("the Prime Minister looks over all ministries, and finds a case by what the citizen wrote", async () => {
    await theDay({ role: "prime_minister", place: "PM" }, async (visit, page) => {
      expect(await countOf(page, "متأخرة الآن")).toBe(1);
      await figure(page, "متأخرة الآن").first().click();
      await page.waitForURL(/resources\/cases\?/);
      await page.locator("tbody tr").first().waitFor();
      expect(await page.locator("tbody tr").count()).toBe(1);
      await visit.open("/admin");
      // Of another entity of another branch than the late one.
      await page.keyboard.press("/");
      await page.keyboard.type("مخالفه سير رقم 2");
      await page.getByRole("option", { name: "اعتراض على مخالفة سير رقم 2" }).first().click();
      await page.locator("h1", { hasText: "اعتراض على مخالفة سير رقم 2" }).waitFor();
      await page.locator(".case-aside", { hasText: "مديرية الأمن العام" }).waitFor();
      await picture(page, "day-prime-minister");
      expect(await page.content()).not.toContain("rana@example.com");
    });
  });

  it("the auditor reads a case and verifies the record, and can change nothing, not even by a forged request", async () => {
    await theDay({ role: "auditor" }, async (visit, page) => {
      await visit.open(caseAt(known("late")));
      await page.locator(".entry-application").waitFor();
      expect(await page.locator(".case-buttons button, #composer").count()).toBe(0);
      const events = await doors.app.office.events(known("late"));
      const forged = await page.request.post(`/admin/api/resources/cases/records/${known("late")}/perform`, {
        headers: { "sec-fetch-site": "same-origin" },
        data: { action: "note", fields: { note: "كنت هنا" }, expectedSeq: events.at(-1)?.seq, key: "0".repeat(32) },
      });
      expect(forged.status()).toBeGreaterThanOrEqual(400);
      expect(await doors.app.office.events(known("late"))).toEqual(events);
      await visit.open("/admin/pages/audit-verify");
      await page.getByRole("button", { name: "بدء التحقق" }).click();
      await page.getByText("لم يُعثر على أي تعديل").first().waitFor();
      await picture(page, "day-auditor");
    });
  });

  it("an agent of the contact centre sees how much came in today, and no case", async () => {
    await theDay({ role: "contact_centre_agent" }, async (_visit, page) => {
      // Four, and so few that those who read no cases do not see how many.
      expect(await figure(page, "الطلبات الواردة اليوم").locator(".figure-value").first().textContent()).toBe(
        "أقل من 10",
      );
      expect(await page.locator("main").textContent()).toContain("لا تُعرض الأرقام التي تقل عن 10");
      // A line that nobody here may see is left out.
      expect(await page.locator("main").textContent()).not.toMatch(/غير معروض|بحسب القناة/);
      expect(await page.locator(".home-acts a").allTextContents()).toEqual([
        "مكالمة جديدة",
        "مكالمة عن طلب سابق",
        "لا معاودات اتصال مطلوبة الآن",
      ]);
      expect(await page.locator("main").textContent()).not.toContain("جواز");
      expect(await page.locator("#navigation").getByRole("link", { name: "الطلبات" }).count()).toBe(0);
      const list = await page.request.get("/admin/api/resources/cases/actions/list");
      expect(((await list.json()) as { meta: { total: number } }).meta.total).toBe(0);
      expect((await page.request.get(`/admin/api/resources/cases/records/${known("late")}/page`)).status()).toBe(404);
    });
  });

  it("a member of the steering committee reads the digest of the week, on a phone", async () => {
    const visit = await doors.signedIn({ role: "steering_committee" }, { width: 390, height: 844 });
    const { page } = visit;
    await visit.open("/admin");
    await page.getByRole("link", { name: "قراءة الموجز" }).click();
    const letter = page.frameLocator("iframe").locator("body");
    await letter.waitFor();
    expect(await letter.textContent()).toMatch(/موجز الأسبوع[\s\S]*متأخرة الآن[\s\S]*1/);
    await picture(page, "day-committee");
    expect([visit.outside, visit.errors]).toEqual([[], []]);
    await visit.close();
  });
});
