/** A directive in Arabic, from the link in a digest letter to the next digest: given, late, explained, sent back, done, accepted. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import { msg } from "../../src/engine/text/msg.js";
import { password } from "../support/admin-app.js";
import { type AdminBrowser, looksRight, openAdminBrowser, settled, type Visit } from "../support/admin-browser.js";
import { submit } from "../support/composing.js";
import { act, caseAt, choose, leads, write } from "../support/hands.js";
import { story } from "../support/story.js";
import { programme, sundayNine } from "../support/working-office.js";

jest.setTimeout(180_000);

type Named = Readonly<Record<string, { readonly name: { readonly ar: string } }>>;
const workflow = JSON.parse(readFileSync("workflows/jordan/order.json", "utf8")) as { states: Named; actions: Named };
const nameOf = (kind: "states" | "actions", code: string): string => workflow[kind][code]?.name.ar ?? code;

const days = (n: number): Date => new Date(sundayNine.getTime() + n * 24 * 3_600_000);
/** The Sunday of the first letter, six weeks after the applications came. */
const letterDay = 42;
const committeeSeat = { role: "steering_committee" } as const;
const focalSeat = { role: "focal_point", place: "CSPD" } as const;
const strangerSeat = { role: "focal_point", place: "JFDA" } as const;

const said = {
  subject: "معالجة المتأخر في الأحوال المدنية",
  text: "أعيدوا موظفين اثنين إلى قسم الهويات وأفيدوا بما أُنجز.",
  explained: "غاب موظفان في القسم، ونعمل على الحل.",
  reasons: "لم يذكر الرد عدد الطلبات ولا موعد إنجازها.",
  done: "أُنجزت الطلبات الخمسة المتأخرة وعاد الموظفان إلى القسم.",
};

let office: AdminBrowser;
let committee: Visit;
let focal: Visit;
/** The path that the letter leads to. */
let link = "";
let reference = "";

beforeAll(async () => {
  office = await openAdminBrowser({ now: sundayNine });
  for (let i = 0; i < 5; i += 1)
    await office.app.office.receive({ entity: "CSPD", language: "ar", subject: `طلب متأخر ${i}` }, sundayNine);
}, 180_000);
afterAll(() => office?.close());

const step = story();

/** Time goes on: who was signed in before signs in again. */
const isNow = (day: number) => office.app.setNow(days(day));
const letterOf = async (day: number): Promise<string> => {
  const { text } = await office.app.services.digests.preview({
    ...{ programme, name: "committee", role: "steering_committee" },
    ...{ at: days(day), language: "ar" },
  });
  return text;
};
const orderCount = async () =>
  Number((await office.app.office.rows("select count(*) as n from cases where requested_by is not null"))[0]?.n);
const field = (page: Page, name: string) => page.locator(`main form #field-${name}`);
const submitOf = (page: Page) => page.locator("main form button[type=submit]");
const lineOf = (page: Page) => page.locator(".case-line", { has: page.locator(`a[href="${caseAt(reference)}"]`) });
const newsRow = (page: Page) => page.locator(`[data-row="news-${reference}"]`);
const timeline = (page: Page, text: string) => page.locator(".timeline .entry-text", { hasText: text });
const heardOf = async (page: Page, kind: string): Promise<unknown> => {
  const answer = await page.request.get("/admin/api/pages/news?rows=20");
  const { rows } = (await answer.json()) as { rows: { reference: string; kinds: string[] }[] };
  return rows.some((one) => one.reference === reference && one.kinds.includes(kind));
};
/** Nothing was asked for that is refused. */
const clean = ({ errors, outside }: Visit) => expect([errors, outside]).toEqual([[], []]);
/** What a stranger asks for is refused, and no more went wrong. */
const refused = ({ errors, outside }: Visit) => {
  expect(errors.length).toBeGreaterThan(0);
  expect([errors.filter((error) => !/status of 404/.test(error)), outside]).toEqual([[], []]);
};
/** The page of an order speaks of no applicant, to whom nothing is sent. */
const looksLikeAnOrder = async (page: Page, name: string) => {
  const shown = await page.locator("main").textContent();
  for (const words of [msg("cases-page.originalText.title"), msg("cases-page.relatedPanels.similar")])
    expect(shown).not.toContain(words.ar);
  expect(await page.getByRole("alert").count()).toBe(0);
  await looksRight(page, name);
};

describe("the letter", () => {
  step("leads who is signed out to sign in, and from there to the form with what was chosen", async () => {
    isNow(letterDay);
    const letter = await letterOf(letterDay);
    link = /\/admin\/pages\/orders\?new=1\S*type=directive&entity=CSPD\S*/.exec(letter)?.[0] ?? "";
    expect(new URLSearchParams(link.split("?")[1]).get("figure")).toBe("delayed");
    const { person, email } = await office.app.signIn(committeeSeat.role);
    expect(person.seats[0]?.role).toBe(committeeSeat.role);
    committee = await office.visit({ language: "ar" });
    const { page } = committee;
    await page.goto(link);
    await page.waitForURL(/\/admin\/login\?next=/);
    await page.fill("#email", email);
    await page.fill("#password", password);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname + url.search === link);
    await field(page, "subject").waitFor();
    await settled(page);
    expect(await field(page, "type").inputValue()).toBe("directive");
    const entity = office.app.office.setup.entities.get("CSPD");
    expect(await page.locator("main form .chips li").allInnerTexts()).toEqual([entity?.name.ar]);
    // It begins with a subject and a text, which are changed as any other.
    expect(await field(page, "subject").inputValue()).not.toBe("");
    expect(await field(page, "text").inputValue()).not.toBe("");
    // The name of the figure says already that it is of now.
    expect(await page.locator("main form p.muted").first().textContent()).toContain(
      `${msg("measures.kpi.kpisDelayedName").ar}: 5`,
    );
    await looksRight(page, "orders-form");
  });

  step("sends nothing, however often its link is opened, and shows a stranger nothing", async () => {
    const { page, open } = committee;
    for (let i = 0; i < 3; i += 1) await open(link);
    expect(await orderCount()).toBe(0);
    const stranger = await office.signedIn(strangerSeat, { language: "ar" });
    await stranger.open(link);
    expect(await stranger.page.locator("main form").count()).toBe(0);
    expect(await stranger.page.getByRole("alert").count()).toBe(1);
    refused(stranger);
    await stranger.close();
    expect(await orderCount()).toBe(0);
    await field(page, "subject").waitFor();
  });

  step("becomes a directive when its form is sent, once", async () => {
    const { page } = committee;
    await field(page, "subject").fill(said.subject);
    await field(page, "text").fill(said.text);
    await field(page, "until").fill("2027-01-04");
    await submitOf(page).dblclick();
    await page.waitForURL(/\/records\/[^/]+\/show/);
    reference = /records\/([^/]+)\/show/.exec(page.url())?.[1] ?? "";
    await page.locator("h1", { hasText: said.subject }).waitFor();
    await leads(page, nameOf("states", "issued"));
    expect(await orderCount()).toBe(1);
    const row = await office.app.office.caseRow(reference);
    expect(row).toMatchObject({ entity: "CSPD", type: "directive" });
    await settled(page);
    await looksLikeAnOrder(page, "orders-case-committee");
    clean(committee);
    await committee.close();
  });
});

describe("when its day is over", () => {
  step("it climbs, and who gave it sees so", async () => {
    isNow(letterDay + 3);
    await office.app.services.handlers["enforce-deadlines"](days(letterDay + 3));
    expect(await office.app.office.caseRow(reference)).toMatchObject({ escalation_level: 1 });
    committee = await office.signedIn(committeeSeat, { language: "ar" });
    const { page, open } = committee;
    await open("/admin/pages/orders");
    await lineOf(page).locator(".badge-late").waitFor();
    await looksRight(page, "orders-list");
  });

  step("the focal point finds it on the home and in the news", async () => {
    focal = await office.signedIn(focalSeat, { language: "ar" });
    const { page, open } = focal;
    await open("/admin");
    await lineOf(page).locator(".badge-late").waitFor();
    expect(await lineOf(page).textContent()).toContain(said.subject);
    expect(Number(await page.locator(".top-news-count").textContent())).toBeGreaterThan(0);
    await page.locator("a.top-news").click();
    await page.waitForURL(/\/pages\/news/);
    await newsRow(page).waitFor();
    expect(await heardOf(page, "ordered")).toBe(true);
  });

  step("a stranger finds nothing of it at its address", async () => {
    const stranger = await office.signedIn(strangerSeat, { language: "ar" });
    const { page, open } = stranger;
    for (const address of [caseAt(reference), `${caseAt(reference)}?do=explain`, "/admin/pages/orders", "/admin"]) {
      await open(address);
      const shown = await page.locator("body").textContent();
      for (const words of [said.subject, said.text]) expect(shown).not.toContain(words);
      expect([address, await page.locator("#composer, .case-buttons").count()]).toEqual([address, 0]);
    }
    refused(stranger);
    await stranger.close();
  });
});

describe("the answer", () => {
  step("is an explanation, from the page of the case", async () => {
    const { page, open } = focal;
    await open("/admin");
    await lineOf(page).getByRole("link").click();
    await page.locator("h1", { hasText: said.subject }).waitFor();
    await page.getByText(said.text).first().waitFor();
    await settled(page);
    await looksLikeAnOrder(page, "orders-case-focal");
    await act(page, nameOf("actions", "explain"), write(said.explained));
    await timeline(page, said.explained).waitFor();
    await leads(page, nameOf("states", "explained"));
  });

  step("is sent back with reasons by who gave the directive", async () => {
    const { page, open } = committee;
    await open("/admin/pages/orders");
    await lineOf(page).getByRole("link").click();
    await timeline(page, said.explained).waitFor();
    await settled(page);
    await looksLikeAnOrder(page, "orders-case-explained");
    await act(page, nameOf("actions", "send_back"), write(said.reasons));
    await leads(page, nameOf("states", "issued"));
    await focal.open("/admin/pages/news");
    await newsRow(focal.page).waitFor();
    expect(await heardOf(focal.page, "reopened")).toBe(true);
  });

  step("is then that it is done, with what was done", async () => {
    const { page, open } = focal;
    await open(caseAt(reference));
    await timeline(page, said.reasons).waitFor();
    await act(page, nameOf("actions", "report_done"), write(said.done));
    await timeline(page, said.done).waitFor();
    await leads(page, nameOf("states", "done"));
    clean(focal);
    await focal.close();
  });

  step("is accepted, and nothing is left to do", async () => {
    const { page, open } = committee;
    await open(caseAt(reference));
    await timeline(page, said.done).waitFor();
    await choose(page, nameOf("actions", "accept"));
    // What follows from it is said before it is sent.
    await submit(page).click();
    await leads(page, nameOf("states", "accepted"));
    expect(await office.app.office.caseRow(reference)).toMatchObject({ state: "accepted" });
    await open("/admin/pages/orders");
    await lineOf(page).waitFor();
    expect(await lineOf(page).locator(".badge").count()).toBe(0);
    clean(committee);
    await committee.close();
  });

  step("is in the next letter in the words given", async () => {
    isNow(letterDay + 7);
    const letter = await letterOf(letterDay + 7);
    expect(letter).toContain(said.subject);
    expect(letter).toContain(said.done);
    expect(letter).toContain(nameOf("states", "accepted"));
    expect(letter).not.toContain(said.explained);
  });
});
