/** Each role in both languages: it sees only what is its own; and in English it does the main thing it is there for (in Arabic: `day-*`). */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Page } from "playwright-core";
import {
  type AdminBrowser,
  axe,
  openAdminBrowser,
  overflow,
  picture,
  type Seat,
  type Visit,
} from "../support/admin-browser.js";
import { sundayNine } from "../support/working-office.js";

const languages = ["ar", "en"] as const;
const hour = 3_600_000;
const day = 24 * hour;
const at = (ms: number): Date => new Date(sundayNine.getTime() + ms);
const later = at(14 * day + 4 * hour);
const foreign = "Somebody else's business";

let office: AdminBrowser;
/** References by what the case is there for. */
const references = new Map<string, string>();

beforeAll(async () => {
  office = await openAdminBrowser({ now: later });
  const { office: work } = office.app;
  for (const [what, input, when] of [
    ["Late business", {}, at(0)],
    ["New business", {}, at(14 * day)],
    ["Unplaced business", { entity: null, service: null }, at(14 * day + 3 * hour)],
  ] as const)
    references.set(what, (await work.receive({ subject: what, ...input }, when)).reference);
  // Of another ministry's, and of another sector.
  await work.receive({ subject: foreign, entity: "MOH", service: null }, at(0));
  await work.services.handlers["enforce-deadlines"](later);
  await work.services.audit.seal({ now: at(14 * day) });
}, 180_000);
afterAll(() => office.close());

/** What stands in the navigation of each role, by its English name. */
const policy = ["Service levels", "Rules and workflows", "Change-sets", "Calendar", "Instructions"];
const setup = [
  ...[
    "Entity tree",
    "Entities",
    "Sectors",
    "Services",
    "Pillars",
    "Importance levels",
    "Application types",
    "Channels",
  ],
  ...["Applicant categories", "Channel keys", "Governorates", "Keyword lists"],
  ...["Closing reasons", "Reply templates", "Shown KPIs", "Digest settings", "Alerts about figures", "Programmes"],
];
const operation = [
  ...["Emails and text messages", "Jobs", "System health", "Record of changes", "Verify the record", "Digests"],
];
const everything = [
  "Home",
  "Figures",
  "Call-backs",
  "Contact centre figures",
  "Cases",
  "Forwarded by me",
  "Orders",
  "My exports and bulk actions",
  ...policy,
  ...setup,
  "People",
  "Positions",
  "Duty rota",
  ...operation,
];
const handlers = [
  "Home",
  "Figures",
  "Cases",
  "Forwarded by me",
  "Orders",
  "My exports and bulk actions",
  "Instructions",
];
const places: Readonly<Record<string, readonly string[]>> = {
  operation_room: everything,
  auditor: everything.filter(
    (place) =>
      !["Channel keys", "Emails and text messages", "Call-backs", "Contact centre figures", "Forwarded by me"].includes(
        place,
      ),
  ),
  steering_committee: ["Home", "Figures", "Orders", "Instructions", "Digests"],
  contact_centre_agent: ["Home", "Calls", "Call-backs", "Contact centre figures", "Orders", "Instructions"],
  focal_point: [...handlers, "Duty rota", "Digests"],
  entity_manager: [...handlers, "Duty rota", "Digests"],
};

/** The same places in Arabic. */
const inArabic: Readonly<Record<string, string>> = {
  Home: "الرئيسية",
  Figures: "الأرقام",
  Cases: "الطلبات",
  Calls: "المكالمات",
  "Call-backs": "معاودات الاتصال",
  "Contact centre figures": "مؤشرات مركز الاتصال",
  "Forwarded by me": "ما أحلته",
  "My exports and bulk actions": "ملفاتي وإجراءاتي الجماعية",
  "Service levels": "مستويات الخدمة",
  "Rules and workflows": "القواعد ومسارات العمل",
  "Change-sets": "مجموعات التغييرات",
  Instructions: "التعليمات",
  Calendar: "التقويم",
  "Entity tree": "شجرة الجهات",
  Entities: "الجهات",
  Sectors: "القطاعات",
  Services: "الخدمات",
  Pillars: "المحاور",
  "Importance levels": "مستويات الأهمية",
  "Application types": "أنواع الطلبات",
  Channels: "القنوات",
  "Applicant categories": "فئات مقدمي الطلبات",
  "Channel keys": "مفاتيح القنوات",
  Governorates: "المحافظات",
  "Keyword lists": "قوائم الكلمات",
  "Closing reasons": "أسباب الإغلاق",
  "Reply templates": "نماذج الردود",
  "Shown KPIs": "المؤشرات المعروضة",
  "Alerts about figures": "التنبيهات إلى الأرقام",
  Programmes: "البرامج",
  People: "الأشخاص",
  Positions: "المناصب",
  "Duty rota": "جدول المناوبة",
  "Emails and text messages": "الرسائل",
  Jobs: "المهام",
  "System health": "حالة النظام",
  "Record of changes": "سجل التغييرات",
  "Verify the record": "التحقق من السجل",
  Digests: "الموجزات",
  "Digest settings": "إعدادات الموجزات",
  Orders: "التوجيهات وطلبات الإيضاح",
};

interface Doing {
  readonly visit: Visit;
  readonly page: Page;
}

const caseAt = (reference = ""): string => `/admin/resources/cases/records/${reference}/show`;
const referenceOf = (what: string): string => references.get(what) ?? "";

/** Opens a case from home, as its line there says. */
async function fromHome({ visit, page }: Doing, what: string): Promise<void> {
  await visit.open("/admin");
  await page.getByRole("link", { name: what }).first().click();
  await page.locator("h1", { hasText: what }).waitFor();
}

async function act({ page }: Doing, button: string, fill: (form: ReturnType<Page["locator"]>) => Promise<unknown>) {
  await page.locator(".case-buttons").getByRole("button", { name: button, exact: true }).click();
  const form = page.locator("form.form");
  await fill(form);
  await form.locator("button[type=submit]").click();
}

/** The number of what is late leads to its list, the list to the case. */
async function openLate({ visit, page }: Doing): Promise<void> {
  await visit.open("/admin");
  await page.locator("a.figure-late").first().click();
  await page.waitForURL(/resources\/cases\?/);
  await page.getByRole("link", { name: "Late business" }).click();
  await page.locator("h1", { hasText: "Late business" }).waitFor();
}

/** Executives look on: their lists, their cases, and nothing to press but a reminder to the entity. */
async function looksOn(doing: Doing): Promise<void> {
  const { page } = doing;
  await openLate(doing);
  await page.locator(".case-aside .clock-bar").first().waitFor();
  expect(await page.locator(".case-buttons button").allInnerTexts()).toEqual(["Remind the entity"]);
  expect(await page.content()).not.toContain("Rana Haddad");
}

async function noCases({ page }: Doing): Promise<void> {
  // A list that what they ask for themselves would be in, and nothing else.
  const answer = await page.request.get("/admin/api/resources/cases/actions/list");
  expect((await answer.json()).records).toEqual([]);
}

const mainThing: Readonly<Record<string, (doing: Doing) => Promise<void>>> = {
  /** From the number of what is late to the case, and a word to whoever handles it. */
  async operation_room(doing) {
    const { page } = doing;
    await openLate(doing);
    const text = "Called them.";
    await act(doing, "Internal note", (form) => form.locator("textarea").fill(text));
    await page.locator(".entry-note", { hasText: text }).waitFor();
  },
  async main_focal_point(doing) {
    const { page } = doing;
    await fromHome(doing, "Unplaced business");
    await act(doing, "Forward to an entity", async (form) => {
      await form.getByRole("combobox").fill("civil status");
      await page.getByRole("option", { name: "Civil Status" }).first().click();
      for (const area of await form.locator("textarea").all()) await area.fill("Identity cards are theirs.");
    });
    // It is no longer theirs, and they are led back to the desk.
    await page.locator(".case-left a").first().waitFor();
    const acts = await office.app.office.events(referenceOf("Unplaced business"));
    expect(acts.at(-1)?.data).toMatchObject({ entity: "CSPD" });
  },
  async focal_point(doing) {
    await fromHome(doing, "New business");
    // Nothing is asked for: it acts at once.
    await doing.page.locator(".case-buttons").getByRole("button", { name: "Take the case", exact: true }).click();
    await doing.page.locator(".case-buttons .button-primary", { hasText: "Answer" }).first().waitFor();
  },
  async entity_manager(doing) {
    await fromHome(doing, "Late business");
    await act(doing, "Internal note", (form) => form.locator("textarea").fill("Answer it today, please."));
    await doing.page.locator(".entry-note", { hasText: "Answer it today, please." }).first().waitFor();
  },
  secretary_general: looksOn,
  minister: looksOn,
  prime_minister: looksOn,
  /** Reads the letter of the week, and meets no case. */
  async steering_committee(doing) {
    const { visit, page } = doing;
    await visit.open("/admin");
    await page.locator("main").getByRole("link", { name: "digest" }).first().click();
    await page.locator("iframe").waitFor();
    await noCases(doing);
  },
  /** Sees what came in today and withdraws for a caller; cases are not theirs. */
  async contact_centre_agent(doing) {
    const { visit, page } = doing;
    const { reference } = await office.app.office.receive({}, later);
    await visit.open("/admin");
    expect(await page.locator(".figure-value").first().textContent()).toBe("Fewer than 10");
    await picture(page, "agent-home-en");
    const main = page.locator("main");
    await main.getByRole("link", { name: "New call", exact: true }).click();
    await page.locator("#field-sought").waitFor();
    await visit.open("/admin");
    await main.getByRole("link", { name: "earlier application" }).click();
    await page.locator("#field-reference").fill(reference);
    await page.locator("#field-said").fill("0790000000");
    await page.keyboard.press("Enter");
    await page.locator("main").getByText("details do not match").waitFor();
    await page.locator("#field-said").fill("٠٧٩١٢٣٤٥٦٧");
    await page.keyboard.press("Enter");
    const name = "Withdraw for the applicant";
    const panel = page.locator(".panel", { has: page.getByRole("heading", { name }) });
    await page.getByRole("button", { name }).click();
    await panel.waitFor();
    await picture(page, "caller-en");
    expect(await axe(page)).toEqual([]);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      if (width === 390) await picture(page, "caller-phone-en");
    }
    await panel.locator("select").selectOption("details");
    await panel.getByRole("button", { name }).click();
    await panel.locator("[aria-invalid]").first().waitFor();
    await panel.locator("textarea, input[type=text]").last().fill("حلّها مع الجهة.");
    await panel.getByRole("button", { name }).click();
    await page.getByText(`Done: ${name}. State now`).waitFor();
    await picture(page, "caller-done-en");
    expect((await office.app.office.caseRow(reference)).state).toBe("withdrawn_on_request");
    await noCases(doing);
  },
  async auditor(doing) {
    const { visit, page } = doing;
    // Of a minute of its own: the result of whoever verified before is not taken for it.
    const minute = new Date(later.getTime() + 60_000);
    office.app.setNow(minute);
    await visit.open("/admin/pages/audit-verify");
    const own = page.locator(".panel", { has: page.locator(`time[datetime="${minute.toISOString()}"]`) });
    expect(await own.count()).toBe(0);
    await page.getByRole("button", { name: "Start verifying" }).click();
    await own.getByText("No alterations were found").waitFor();
    await visit.open(caseAt(referenceOf("Late business")));
    expect(await page.locator(".case-buttons button").count()).toBe(0);
    expect(await page.content()).not.toContain("Rana Haddad");
  },
};

const seats: readonly Seat[] = [
  { role: "operation_room" },
  { role: "main_focal_point", place: "INTERIOR" },
  { role: "focal_point", place: "CSPD" },
  { role: "entity_manager", place: "CSPD" },
  { role: "secretary_general", place: "MOI" },
  { role: "minister", place: "MOI" },
  { role: "prime_minister", place: "PM" },
  { role: "steering_committee" },
  { role: "contact_centre_agent" },
  { role: "auditor" },
];
/** Their reach takes in the other ministry as well. */
const seesAll = new Set(["operation_room", "prime_minister", "auditor"]);

describe.each(seats.map((seat) => [seat.role, seat] as const))("%s", (role, seat) => {
  it.each(languages)(
    "in %s",
    async (language) => {
      const visit = await office.signedIn(seat, { language });
      const { page } = visit;
      await visit.open("/admin");
      const links = page.locator("#navigation a.nav-link");
      const hrefs = await links.evaluateAll((all) => all.map((one) => one.getAttribute("href")));
      const expected = places[role] ?? [...handlers, "Digests"];
      expect(hrefs).toHaveLength(expected.length);
      const words = await links.allTextContents();
      expect(words).toEqual(expected.map((place) => (language === "en" ? place : inArabic[place])));
      expect(await page.locator("html").getAttribute("dir")).toBe(language === "ar" ? "rtl" : "ltr");
      if (expected.includes("Cases")) {
        await visit.open("/admin/resources/cases");
        const rows = await page.locator("tbody tr").allTextContents();
        expect(rows.length).toBeGreaterThan(0);
        expect(rows.some((row) => row.includes(foreign))).toBe(seesAll.has(role));
      }
      const refused = visit.errors.length;
      if (language === "en") await mainThing[role]?.({ visit, page });
      expect(visit.outside).toEqual([]);
      // Asking for what is not theirs is answered with 404, which the browser notes.
      expect(visit.errors.slice(refused).filter((error) => !error.includes("404"))).toEqual([]);
      await visit.close();
    },
    180_000,
  );
});
