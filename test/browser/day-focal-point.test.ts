/** A focal point's whole day in Arabic, with the applicant at the portal on the other side, each in a browser of their own. */
import { afterAll, beforeAll, describe, expect, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import { picture, type Visit } from "../support/admin-browser.js";
import { type BothDoors, openBothDoors } from "../support/both-doors.js";
import { aPng } from "../support/files.js";
import { act, caseAt, choose, chooseByTyping, go, leads, submitComplaint, write } from "../support/hands.js";
import { type Mailbox, openMailbox } from "../support/mailbox.js";
import type { Applicant } from "../support/portal-browser.js";
import { story } from "../support/story.js";
import { sundayNine } from "../support/working-office.js";

jest.setTimeout(180_000);

const minute = 60_000;
const day = 24 * 60 * minute;
/** Two weeks later, at ten: what came on the first Sunday is late. */
const ten = new Date(sundayNine.getTime() + 14 * day + 60 * minute);
const ago = (ms: number): Date => new Date(ten.getTime() - ms);
const seat = { role: "focal_point", place: "CSPD" } as const;
const colleagueSeat = { ...seat, nth: 1 } as const;

const passport = "تأخر إصدار جواز السفر";
const stuck = "لا أستطيع حجز موعد لتجديد الهوية";

let doors: BothDoors;
let mailbox: Mailbox;
let focal: Visit;
let applicant: Applicant;
let reference: string;
let code: string;
const refused: string[] = [];
const given = new Map<string, string>();
const known = (name: string): string => given.get(name) ?? "";

beforeAll(async () => {
  mailbox = await openMailbox();
  doors = await openBothDoors({ now: ten, parts: { smtpUrl: mailbox.url } });
  const { office: work } = doors.app;
  const receive = async (name: string, subject: string, description: string, at: Date) =>
    given.set(name, (await work.receive({ language: "ar", subject, description }, at)).reference);
  await receive("late", "قاعة الانتظار مغلقة في فرع الزرقاء", "راجعت الفرع مرتين والقاعة مغلقة.", sundayNine);
  await receive("traffic", "مخالفة سير لم أرتكبها", "وصلتني مخالفة على مركبة بعتها.", ago(2 * day));
  await receive("first", "تأخر هويات المدارس", "لم تصدر هويات الطلبة في مدرسة الحي.", ago(3 * day));
  await receive("second", "هوية ابني في المدرسة لم تصدر", "لم تصدر هوية ابني حتى الآن.", ago(day));
  await receive("stuck", stuck, "صفحة الحجز لا تفتح.", ago(day));
  await work.services.handlers["enforce-deadlines"](ten);
  applicant = await doors.applicant({ width: 390, height: 844 });
  focal = await doors.signedIn(seat);
  focal.page.on("response", (answer) => answer.status() >= 400 && refused.push(answer.url()));
});
afterAll(async () => {
  await doors?.close();
  await mailbox?.close();
});

const step = story();
const row = (page: Page, of: string) => page.locator(`[data-row="${of}"]`);
const deskOf = async (visit: Visit) => {
  await visit.open("/admin");
  await visit.page.locator(".desk-row").first().waitFor();
};
/** So much of the day has gone by. */
const clock = (minutes: number) => doors.app.setNow(new Date(ten.getTime() + minutes * minute));
const lastTurn = (page: Page) => page.locator(".turn").last();
/** What the newest answer says, above all else. */
const answerTo = (page: Page) => page.locator("section[aria-labelledby=first] .turn");
const myApplication = () => applicant.page.goto(`/ar/follow/${reference}`);
const press = (name: string) => applicant.page.locator(".acts").getByRole("link", { name, exact: true }).click();
const standing = () => applicant.page.locator(".state").textContent();

describe("the morning", () => {
  step("begins at the desk: whose it is, how much there is, and first what is late", async () => {
    const { page } = focal;
    await deskOf(focal);
    expect(await page.locator("h1").textContent()).toBe("دائرة الأحوال المدنية والجوازات");
    expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
    const numbers = await page.locator(".figure-card, a.figure").allInnerTexts();
    expect(numbers.slice(0, 2).map((text) => text.replace(/\s+/g, " ").trim())).toEqual([
      expect.stringMatching(/مفتوحة.*5|5.*مفتوحة/),
      expect.stringMatching(/متأخرة.*1|1.*متأخرة/),
    ]);
    expect(await page.locator(".desk-groups h2").first().textContent()).toBe("متأخرة");
    expect(await row(page, known("late")).locator(".desk-time").textContent()).toMatch(/متأخر|تأخر/);
    await picture(page, "day-focal-desk");
  });

  step("brings an application that somebody submits at the portal at this moment, without a reload", async () => {
    const { page } = focal;
    clock(5);
    await page.evaluate(() => ((window as unknown as { stays: boolean }).stays = true));
    const sent = { entity: "CSPD", service: "CSPD-PASSPORT", subject: passport };
    ({ reference, code } = await submitComplaint(applicant.page, {
      ...sent,
      description: "تقدمت بطلب جواز سفر قبل شهر ولم يصدر حتى الآن.",
      file: { name: "إيصال الطلب.png", mimeType: "image/png", buffer: aPng() },
    }));
    await row(page, reference).waitFor({ timeout: 8000 });
    expect(await row(page, reference).textContent()).toContain(passport);
    expect(await page.evaluate(() => (window as unknown as { stays?: boolean }).stays)).toBe(true);
    await picture(page, "day-focal-arrived");
    await applicant.page.locator("form[action$='/follow'] button").click();
    expect(await applicant.page.locator("h1").textContent()).toBe(passport);
  });

  step("the case is taken by a key, from the row", async () => {
    const { page } = focal;
    clock(10);
    await row(page, reference).locator("a").focus();
    await page.keyboard.press("t");
    await row(page, reference).getByText("أتولاه").waitFor();
    await page.locator(".toast", { hasText: reference }).waitFor();
  });
});

describe("the conversation", () => {
  step("the applicant is asked from the composer, and reads the question at the portal and by e-mail", async () => {
    const { page } = focal;
    clock(20);
    await row(page, reference).locator("a").focus();
    await page.keyboard.press("Enter");
    await page.locator("h1", { hasText: passport }).waitFor();
    await page.locator(".entry-application").getByText("إيصال الطلب.png").waitFor();
    await act(page, "سؤال مقدم الطلب", write("ما رقم طلب الجواز، وفي أي مكتب قدّمته؟"));
    await page.locator(".entry-question .entry-text", { hasText: "ما رقم طلب الجواز" }).waitFor();
    await doors.app.services.handlers["deliver-messages"](new Date(ten.getTime() + 21 * minute));
    const letters = mailbox.letters.filter(({ to }) => JSON.stringify(to).includes("rana@example.com"));
    expect(letters.map(({ text }) => text).join("\n")).toContain("ما رقم طلب الجواز");
    await myApplication();
    expect(await standing()).toContain("نحتاج إلى رد منك");
    expect(await lastTurn(applicant.page).textContent()).toContain("ما رقم طلب الجواز");
  });

  step("the reply appears on the open case by itself, and the time runs on", async () => {
    const { page } = focal;
    clock(40);
    await press("الرد على السؤال");
    await applicant.page.fill("textarea[name=reply]", "رقم الطلب ١٢٣٤٥ في مكتب العبدلي.");
    await go(applicant.page);
    await page.locator(".entry-reply .entry-text", { hasText: "رقم الطلب ١٢٣٤٥" }).waitFor({ timeout: 8000 });
    await page.locator(".case-buttons .button-primary", { hasText: "الرد" }).first().waitFor();
    await leads(page, "قيد المعالجة");
  });

  step("is answered with a reply template and a file", async () => {
    const { page } = focal;
    clock(60);
    await choose(page, "الرد");
    const form = page.locator("#composer form");
    await chooseByTyping(form, "إدراج نموذج رد", "تمت", "تمت المعالجة");
    const area = form.locator("textarea").first();
    await page.waitForFunction(() =>
      document.querySelector<HTMLTextAreaElement>("#composer textarea")?.value.includes("الإجراء المتخذ"),
    );
    const filled = await area.inputValue();
    for (const part of [reference, passport, "إصدار جواز سفر أو تجديده", "دائرة الأحوال المدنية والجوازات"])
      expect(filled).toContain(part);
    expect(filled).not.toContain("{{");
    await area.fill(filled.replace("الإجراء المتخذ:", "الإجراء المتخذ: صدر الجواز ويمكنك استلامه."));
    const file = { name: "إشعار الاستلام.png", mimeType: "image/png", buffer: aPng(40, 40) };
    await form.locator("input[type=file]").setInputFiles(file);
    await form.locator(".file", { hasText: "إشعار الاستلام" }).getByText("مرفق").waitFor();
    await picture(page, "day-focal-answer");
    await area.focus();
    await page.keyboard.press("Control+Enter");
    // What the template left open is not sent unnoticed; the cursor stands where it is to be written.
    await form.getByRole("alert").getByRole("button", { name: "تاريخ تنفيذه" }).waitFor();
    await picture(page, "day-focal-empty-place");
    await page.keyboard.type(" اليوم.");
    expect(await area.inputValue()).toContain("• تاريخ تنفيذه: اليوم.\n");
    await page.keyboard.press("Control+Enter");
    const answer = page.locator(".entry-answer");
    await answer.getByText("صدر الجواز ويمكنك استلامه.").waitFor();
    await answer.getByText("إشعار الاستلام.png").first().waitFor();
    await leads(page, "تم الرد");
  });
});

describe("the rest of the desk", () => {
  step("a note that names a colleague reaches the colleague, and stays inside", async () => {
    const { page } = focal;
    clock(70);
    const colleague = doors.app.office.official("focal_point", "CSPD", 1);
    await focal.open(caseAt(known("stuck")));
    await act(page, "ملاحظة داخلية", async (form) => {
      await form.locator("textarea").first().focus();
      await page.keyboard.type(`هل تعطلت صفحة الحجز أمس؟ @${colleague.name.split(" ")[0]}`);
      await page.getByRole("listbox", { name: "الزملاء" }).getByRole("option", { name: colleague.name }).waitFor();
      await page.keyboard.press("Enter");
      await form.locator(".chip", { hasText: colleague.name }).waitFor();
    });
    await page.locator(".entry-note.entry-internal", { hasText: "هل تعطلت صفحة الحجز أمس؟" }).waitFor();
    await doors.app.services.handlers["deliver-messages"](new Date(ten.getTime() + 71 * minute));
    const letters = mailbox.letters.filter(({ text }) => text?.includes("هل تعطلت صفحة الحجز أمس؟"));
    expect(letters.map(({ to }) => (Array.isArray(to) ? to : [to]).map((one) => one?.text).join())).toEqual([
      expect.stringContaining("rami.bani-hassan@example.jo"),
    ]);
  });

  step("what is the police's is transferred: it leaves this desk and stands on theirs", async () => {
    const { page } = focal;
    clock(80);
    const police = await doors.signedIn({ role: "focal_point", place: "PSD" });
    await police.open("/admin");
    await deskOf(focal);
    await row(page, known("traffic")).locator("a").focus();
    await page.keyboard.press("x");
    const form = page.locator("#composer form");
    await chooseByTyping(form, "الجهة", "الامن العام", "مديرية الأمن العام");
    await write("المخالفات من اختصاص إدارة السير.")(form);
    await page.keyboard.press("Control+Enter");
    await page.locator(".case-left a").first().waitFor();
    await row(police.page, known("traffic")).waitFor({ timeout: 8000 });
    await police.close();
    await deskOf(focal);
    expect(await row(page, known("traffic")).count()).toBe(0);
  });

  step("is searched by another form of a word, and by a reference typed anywhere", async () => {
    const { page } = focal;
    await page.locator("h1").focus();
    await page.keyboard.press("/");
    await page.keyboard.type("المدرسة");
    await page.locator(".search-option mark").first().waitFor();
    expect((await page.locator(".search-case").allInnerTexts()).join("\n")).toMatch(/هويات المدارس/);
    expect(await page.locator(".search-case").count()).toBe(2);
    await page.keyboard.press("Escape");
    await page.locator("h1").focus();
    await page.keyboard.type(known("second").replaceAll("-", ""));
    await page.keyboard.press("Enter");
    await page.locator("h1", { hasText: "هوية ابني في المدرسة لم تصدر" }).waitFor();
  });

  step("a second application about the same is linked to the first", async () => {
    const { page } = focal;
    clock(90);
    await act(page, "ربط كطلب مكرر", async (form) => {
      const field = form.locator("input").first();
      await field.fill(known("first"));
      await field.focus();
    });
    await leads(page, "طلب مكرر، تم ضمه إلى طلب آخر");
    expect(await page.locator(".case-aside").textContent()).toContain(known("first"));
    await deskOf(focal);
    expect([await row(page, known("first")).count(), await row(page, known("second")).count()]).toEqual([1, 0]);
  });
});

describe("the appeal", () => {
  step("the applicant reads the answer at the portal, saves its file, and rates it poorly on all scales", async () => {
    const { page } = applicant;
    clock(120);
    // Hours later the page asks again who follows.
    await myApplication();
    await page.fill("input[name=code]", code);
    await go(page);
    expect(await standing()).toContain("صدر الرد");
    expect(await answerTo(page).textContent()).toContain("صدر الجواز ويمكنك استلامه.");
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      answerTo(page).getByRole("link", { name: "إشعار الاستلام.png" }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe("إشعار الاستلام.png");
    expect(await page.content()).not.toContain("هل تعطلت");
    await press("تقييم الرد");
    await picture(page, "day-focal-rate");
    // The mark alone is asked; the rest is behind one line.
    await page.locator("details > summary").click();
    for (const scale of ["rating", "time", "quality", "courtesy", "clarity"])
      await page.locator(`input[name=${scale}][value="1"]`).check();
    await page.fill("textarea[name=comment]", "لم يصدر الجواز، والرد غير صحيح.");
    await go(page);
    expect(await standing()).toContain("يُنظر في طلبك من جديد");
  });

  step("whoever answered does not handle it, and reads why", async () => {
    const { page } = focal;
    clock(125);
    await focal.open(caseAt(reference));
    expect(await page.getByText("لم يصدر الجواز، والرد غير صحيح.").count()).toBeGreaterThan(0);
    expect(
      await page.locator(".case-buttons").getByRole("button", { name: "تولّي الاعتراض", includeHidden: true }).count(),
    ).toBe(0);
    await page.locator("details.fold > summary", { hasText: "غير ممكن الآن" }).click();
    expect(await page.locator(".refused li", { hasText: "تولّي الاعتراض" }).first().textContent()).toContain(
      "الاعتراض على ردك أنت: يتولاه شخص آخر.",
    );
    await picture(page, "day-focal-own-appeal");
  });

  step(
    "another official takes it from the desk and answers anew, which is reviewed before the applicant reads it",
    async () => {
      clock(130);
      const colleague = await doors.signedIn(colleagueSeat);
      const { page } = colleague;
      await deskOf(colleague);
      await row(page, reference).locator("a").click();
      await page.locator("h1", { hasText: passport }).waitFor();
      await choose(page, "تولّي الاعتراض");
      await page.locator(".case-buttons .button-primary", { hasText: "الرد على الاعتراض" }).waitFor();
      await act(page, "الرد على الاعتراض", write("نعتذر: طُبع الجواز اليوم، وأُرسل إلى مكتب العبدلي."));
      await leads(page, "رد الاعتراض قيد مراجعة الجودة");
      await myApplication();
      expect(await applicant.page.content()).not.toContain("طُبع الجواز اليوم");

      clock(140);
      const room = await doors.signedIn({ role: "operation_room" });
      await room.open(caseAt(reference));
      await act(room.page, "إقرار الرد", async () => undefined);
      await leads(room.page, "تم الرد");
      await room.close();
      await colleague.close();
    },
  );

  step("the applicant reads the new answer, is content, and the case is closed", async () => {
    const { page } = applicant;
    clock(150);
    await myApplication();
    expect(await answerTo(page).textContent()).toContain("طُبع الجواز اليوم");
    await press("تقييم الرد");
    await page.locator('input[name=rating][value="5"]').check();
    await go(page);
    expect(await standing()).toContain("أُغلق الطلب");
    expect((await page.locator(".acts").textContent())?.includes("تقييم الرد")).toBe(false);
    await focal.open(caseAt(reference));
    await leads(focal.page, "تم الإغلاق");
  });

  step("nothing was loaded from outside all day, and no page broke", () => {
    expect([focal.outside, applicant.outside, applicant.errors]).toEqual([[], [], []]);
    // What has just left this desk is not there any more for a page that asks once again; the browser notes that.
    expect(refused.filter((url) => !url.includes(known("traffic")))).toEqual([]);
    expect(focal.errors.filter((error) => !error.includes("404"))).toEqual([]);
  });
});
