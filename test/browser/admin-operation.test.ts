/** Homes and the pages of operation in a real browser, in both languages, for those who see them. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Page } from "playwright-core";
import { type AdminBrowser, looksRight, openAdminBrowser, type Seat, type Visit } from "../support/admin-browser.js";
import { type Mailbox, openMailbox } from "../support/mailbox.js";
import { sundayNine } from "../support/working-office.js";

const hour = 3_600_000;
const day = 24 * hour;
const at = (ms: number): Date => new Date(sundayNine.getTime() + ms);
const later = at(14 * day + 4 * hour);

let office: AdminBrowser;
let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await openMailbox();
  mailbox.refuse = () => 550;
  office = await openAdminBrowser({ now: later, parts: { smtpUrl: mailbox.url } });
  const { office: work } = office.app;
  const focal = work.official("focal_point", "CSPD");
  const subjects = [
    "الصالة مغلقة منذ أسبوع",
    "The ticket machine is broken",
    "تأخر إصدار جواز السفر",
    "Rude answer at the counter",
  ];
  // Both that work at the entity have one in hand that became late.
  const takers = new Map([
    [1, focal],
    [2, work.official("entity_manager", "CSPD")],
  ]);
  for (const [i, subject] of subjects.entries()) {
    const { reference } = await work.receive(
      { subject, language: i % 2 === 0 ? "ar" : "en", importance: i === 3 ? "high" : "normal" },
      at(i * hour),
    );
    const taker = takers.get(i);
    if (taker) await work.act(reference, taker, "take", {}, at((i + 1) * hour));
  }
  const asked = await work.receive({ subject: "شهادة ميلاد ناقصة" }, at(13 * day + hour));
  await work.act(asked.reference, focal, "ask", { question: "أي مكتب؟" }, at(13 * day + 2 * hour));
  const answered = await work.receive({ subject: "Wrong fee" }, at(13 * day + hour));
  await work.act(answered.reference, focal, "take", {}, at(13 * day + 2 * hour));
  await work.act(answered.reference, focal, "answer", { answer: "The fee was paid back." }, at(14 * day + 2 * hour));
  // The reference says whether it is among those that are reviewed first.
  if ((await work.caseRow(answered.reference)).state === "in_review")
    await work.act(answered.reference, work.official("operation_room"), "approve", {}, at(14 * day + 3 * hour));
  await work.receive({ subject: "طلب جديد اليوم" }, at(14 * day + 2 * hour));
  const withdrawn = await work.receive({ subject: "Sent by mistake" }, at(14 * day + 2 * hour));
  await work.applicantActs(withdrawn, "withdraw", {}, at(14 * day + 3 * hour));
  // Falls due on the very day.
  const urgent = await work.receive({ subject: "No heating", importance: "critical" }, at(13 * day + 2 * hour));
  await work.act(urgent.reference, focal, "take", {}, at(13 * day + 3 * hour));
  const lost = { entity: null, service: null, sector: null };
  await work.receive({ subject: "Whose is the street light?", ...lost }, at(14 * day + 3 * hour));
  await work.receive({ subject: "إلى من أتوجه بهذا الطلب؟", entity: null, service: null }, at(14 * day + 3 * hour));
  await work.services.handlers["enforce-deadlines"](later);
  await work.services.handlers["deliver-messages"](later);
  await work.services.audit.seal({ now: at(14 * day) });
}, 180_000);
afterAll(async () => {
  await office.close();
  await mailbox.close();
});

const settled = async (visit: Visit) => {
  expect(visit.outside).toEqual([]);
  expect(visit.errors).toEqual([]);
};

/** Looks at pages in both languages and at two widths; `more` is seen of the last one in English. */
async function look(
  seat: Seat,
  pages: readonly (readonly [path: string, name: string])[],
  more?: (visit: Visit) => Promise<void>,
): Promise<void> {
  for (const language of ["ar", "en"] as const) {
    const visit = await office.backAt(seat, { language });
    for (const [path, name] of pages) {
      await visit.open(path);
      await looksRight(visit.page, name);
    }
    if (language === "en") await more?.(visit);
    await settled(visit);
  }
}

const homes = [
  ["operation_room", null],
  ["focal_point", "CSPD"],
  ["entity_manager", "CSPD"],
  ["main_focal_point", "INTERIOR"],
  ["minister", "MOI"],
  ["steering_committee", null],
  ["auditor", null],
  ["contact_centre_agent", null],
] as const;

describe("homes", () => {
  /** Every number of a home that stands in a link, with the address; and the labels of those that stand in none. */
  const numbersOf = (page: Page) =>
    page.evaluate(() => {
      const number = (text: string | null | undefined) => Number(/\d[\d,]*/.exec(text ?? "")?.[0].replaceAll(",", ""));
      const all = <Found>(selector: string, of: (element: Element) => Found) =>
        [...document.querySelectorAll(selector)].map(of);
      const label = (card: Element) => card.querySelector(".figure-label")?.textContent ?? "";
      // A rate leads to the cases that it is a share of: those it names, or none where there is no data yet.
      const counted = (card: Element): number => {
        const value = card.querySelector(".figure-value")?.textContent ?? "";
        const shareOf = / of (\d+)/.exec(card.querySelector(".figure-beside")?.textContent ?? "")?.[1];
        return value.startsWith("No data") ? 0 : number(value.includes("%") ? shareOf : value);
      };
      const href = (element: Element | null | undefined) => element?.getAttribute("href") ?? "";
      return {
        linked: [
          ...all("a.figure-card", (card) => ({
            what: label(card),
            href: href(card),
            n: counted(card),
          })),
          ...all("a.all-link", (link) => ({ what: "all", href: href(link), n: number(link.textContent) })),
          ...all("a.desk-count", (link) => ({ what: "group", href: href(link), n: number(link.textContent) })),
          ...all(".home-pair .case-line:has(.badge)", (line) => ({
            what: "late here",
            href: href(line.querySelector("a")),
            n: number(line.querySelector(".badge")?.textContent),
          })),
          ...all("p.small a", (link) => ({ what: "escalated", href: href(link), n: number(link.textContent) })),
          ...all("main tbody tr", (row) => ({
            what: row.querySelector("a")?.textContent ?? "",
            href: href(row.querySelector("a")),
            n: number(row.querySelectorAll("td, th")[1]?.textContent),
          })),
        ].filter((one) => /resources\/(cases|messages)\?/.test(one.href)),
        bare: all("div.figure-card", label),
      };
    });
  /** The committee and the contact centre meet no case. */
  const withoutList: Readonly<Record<string, readonly string[]>> = {
    operation_room: [],
    focal_point: [],
    entity_manager: [],
    main_focal_point: [],
    minister: [],
  };

  /** What has to count something here, so that nothing is shown by two zeros. */
  const notEmpty: Readonly<Record<string, readonly string[]>> = {
    operation_room: [
      ...["Received today", "Answered today", "Became overdue today", "Overdue now"],
      ...["Waiting for an entity", "Escalated in the last day", "No sector given"],
    ],
    focal_point: ["Open", "Overdue", "Answered this week", "My on-time rate", "group"],
    entity_manager: ["Open", "Overdue", "Answered this week", "My on-time rate", "group"],
    main_focal_point: ["Waiting for an entity"],
    minister: ["Overdue now", "Answered on time", "late here", "escalated"],
  };

  async function leadsToWhatItCounts(role: string, { page }: Visit): Promise<void> {
    const { linked, bare } = await numbersOf(page);
    expect(bare).toEqual(withoutList[role] ?? withoutList.minister);
    const counted = linked.filter(({ n }) => n > 0).map(({ what }) => what);
    expect(counted).toEqual(expect.arrayContaining([...(notEmpty[role] ?? [])]));
    for (const { what, href, n } of linked) {
      const { pathname, search } = new URL(href, page.url());
      const list = pathname.replace("/admin/", "/admin/api/");
      const answer = await page.request.get(`${list}/actions/list${search}`);
      expect([what, answer.status(), (await answer.json()).meta.total]).toEqual([what, 200, n]);
    }
  }

  it.each(homes)("of %s %s reads well, and each number leads to the list that it counts", (role, place) =>
    look({ role, place }, [["/admin", `home-${role}`]], async (visit) => {
      if (role in withoutList) await leadsToWhatItCounts(role, visit);
    }),
  );

  it.each([
    ["secretary_general", "MOI"],
    ["prime_minister", "PM"],
  ] as const)("each number of %s leads to the list that it counts", async (role, place) => {
    const visit = await office.signedIn({ role, place }, { language: "en" });
    await visit.open("/admin");
    await leadsToWhatItCounts(role, visit);
    await visit.close();
  });

  it("a list of overdue final answers is headed by them, and each other list by the nearer promise", async () => {
    const visit = await office.backAt({ role: "operation_room" }, { language: "ar" });
    const { page } = visit;
    for (const [filter, heading] of [
      ["filters.late=late", "الرد النهائي"],
      ["filters.counted=late.0", "الرد النهائي"],
      ["filters.kind=open", "الموعد الأقرب"],
    ]) {
      await visit.open(`/admin/resources/cases?${filter}`);
      await page.locator("main thead th").nth(2).waitFor();
      expect([filter, await page.locator("main thead th").allTextContents()]).toEqual([
        filter,
        expect.arrayContaining([expect.stringContaining(heading ?? "")]),
      ]);
    }
  });

  it("what a number led to is named among the filters, in the language of the page, and taken out there", async () => {
    const visit = await office.backAt({ role: "focal_point", place: "CSPD" }, { language: "ar" });
    const { page } = visit;
    await visit.open("/admin");
    const answered = "رُدّ عليها هذا الأسبوع";
    const card = page.locator(".figure-card", { hasText: answered });
    const n = Number(await card.locator(".figure-value").textContent());
    expect(n).toBeGreaterThan(0);
    await card.click();
    await page.waitForURL(/resources\/cases\?.*happened=answeredThisWeek/);
    await page.locator("tbody tr").first().waitFor();
    expect(await page.locator("tbody tr").count()).toBe(n);
    expect(await page.getByLabel("ما حدث").locator("option:checked").textContent()).toBe(answered);
    await looksRight(page, "list-of-a-number");
    await page.getByRole("button", { name: "إزالة التصفية" }).click();
    await page.locator("tbody tr").nth(n).waitFor();
    expect(page.url()).not.toContain("happened");
    await settled(visit);
  });
});

it("news of a message that reached nobody offers to have the applicant called, to who may ask for it", async () => {
  const visit = await office.backAt({ role: "focal_point", place: "CSPD" }, { language: "en" });
  const { page } = visit;
  await visit.open("/admin/pages/news");
  const offers = page.locator(".news-act a");
  await offers.first().waitFor();
  await looksRight(page, "news-ask-call");
  const offering = page.locator(".news-row", { has: page.locator(".news-act") });
  const row = (await offering.first().getAttribute("data-row")) ?? "";
  await offers.first().click();
  await page.locator("dialog textarea").waitFor();
  await page.locator("dialog button[type=submit]").click();
  await page.locator("dialog").waitFor({ state: "detached" });
  await visit.open("/admin/pages/news");
  // A call waits: no second one is offered.
  expect(await page.locator(`[data-row="${row}"] .news-act`).count()).toBe(0);
  await settled(visit);
});

describe("operation", () => {
  it("reads well in both languages, on a desk and on a phone", () =>
    look({ role: "operation_room" }, [
      ["/admin/resources/messages", "messages"],
      ["/admin/resources/jobs", "jobs"],
      ["/admin/resources/jobs/records/housekeeping/show", "job"],
      ["/admin/resources/audit-events", "audit"],
      ["/admin/resources/audit-events/records/configuration-1/show", "audit-event"],
      ["/admin/pages/health", "health"],
    ]));

  it("a letter looks as it is sent, in a frame that can do nothing, and a failed one is sent again once", async () => {
    const [failed] = await office.app.office.rows(
      "select id from messages where state = 'failed' and template = 'official-assigned' order by id limit 1",
    );
    const path = `/admin/resources/messages/records/${failed?.id}/show`;
    const visit = await office.backAt({ role: "operation_room" }, { language: "en" });
    await visit.open(path);
    await looksRight(visit.page, "message");
    const frame = visit.page.frameLocator("iframe.letter-frame");
    await frame.locator("body").waitFor();
    expect(await visit.page.locator("iframe.letter-frame").getAttribute("sandbox")).toBe("");
    await visit.page.getByRole("button", { name: "Send again" }).click();
    await visit.page.getByRole("dialog").getByRole("button", { name: "Send again" }).click();
    await visit.page.locator(".badge", { hasText: "Being sent" }).waitFor();
    const [row] = await office.app.office.rows("select state, attempts from messages where id = $1", failed?.id);
    expect(row).toEqual({ state: "pending", attempts: 0 });
    await visit.page.getByText("Next attempt").waitFor();
    // Nothing will be attempted with what is only kept.
    await office.app.office.rows("update messages set state = 'kept' where id = $1 returning id", failed?.id);
    await visit.open(path);
    await visit.page.locator(".badge", { hasText: "Kept, not sent" }).waitFor();
    expect(await visit.page.getByText("Next attempt").count()).toBe(0);
    await settled(visit);
  });

  it("a job's schedule is refused at its field, means what it says, and is kept", async () => {
    const visit = await office.backAt({ role: "operation_room" }, { language: "ar" });
    const { page } = visit;
    await visit.open("/admin/resources/jobs/records/count-words/edit");
    await page.fill("#field-cron", "0 25 * * 0");
    await page.locator(".field-fault", { hasText: "خانة الساعة" }).waitFor();
    await looksRight(page, "job-form");
    await page.fill("#field-cron", "30 7 * * 0");
    await page.getByText("كل يوم أحد الساعة 07:30").waitFor();
    await page.getByRole("button", { name: "حفظ", exact: true }).click();
    await page.waitForURL(/count-words\/show$/);
    await page.getByText("كل يوم أحد الساعة 07:30").waitFor();
    await settled(visit);
    await visit.open("/admin/resources/audit-events");
    await page.locator("tbody tr").first().getByText("عُدّل جدول المهمة").waitFor();
    await visit.open("/admin/resources/audit-events?filters.type=job.edited");
    await page.getByText("تعديل جدول مهمة").first().waitFor({ state: "attached" });
    await page.locator("tbody tr").first().getByText("عُدّل جدول المهمة").waitFor();
  });

  it("the auditor verifies the record and sees that it holds", async () => {
    const visit = await office.signedIn({ role: "auditor" }, { language: "en" });
    const { page } = visit;
    await visit.open("/admin/pages/audit-verify");
    await page.fill("#field-seals", "not a seal");
    await page.getByRole("button", { name: "Start verifying" }).click();
    await page.locator(".field-fault", { hasText: "Line 1" }).waitFor();
    await looksRight(page, "audit-verify");
    const [seal] = await office.app.office.rows("select number, mac from seals order by number desc limit 1");
    await page.fill("#field-seals", `${seal?.number} ${seal?.mac}`);
    await page.getByRole("button", { name: "Start verifying" }).click();
    await page.locator(".badge", { hasText: "No alterations were found" }).waitFor();
    await looksRight(page, "audit-verified");
    await visit.close();
  });
});
