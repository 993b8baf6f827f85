/** A rule is changed as text; a case is tried, becomes an example, and the draft is replayed over what was received. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture, type Visit } from "../support/admin-browser.js";

jest.setTimeout(180_000);
let browser: AdminBrowser;
let reference: string;
let secret: string;
beforeAll(async () => {
  browser = await openAdminBrowser();
  const { office } = browser.app;
  reference = (await office.receive({ importance: "high" })).reference;
  await office.receive({ importance: "critical", sector: "HEALTH", entity: "JFDA" });
  await office.receive({});
  secret = (await office.receive({ type: "report", subject: "A secret report", pillar: null })).reference;
}, 180_000);
afterAll(() => browser?.close());

const policy = (part: string) => `/admin/pages/policy?kind=rules&name=sla&part=${part}`;

async function sound({ page, errors, outside }: Visit): Promise<void> {
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(errors).toEqual([]);
  expect(outside).toEqual([]);
}

it("tries a case as it is typed, and makes an example of it, in English", async () => {
  const visit = await browser.signedIn({ role: "operation_room" }, { language: "en" });
  const { page } = visit;
  await visit.open(policy("try"));
  const cards = page.locator(".tried-card");
  await cards.nth(1).waitFor();
  await page.getByText("The decisions are the same.").waitFor();
  await page.getByLabel("Application type", { exact: true }).first().selectOption("complaint");
  await page.getByLabel("Importance level", { exact: true }).first().selectOption("high");
  await cards.first().getByText("By the rule “High: three working days”").waitFor();
  await sound(visit);
  await picture(page, "try-en-1280");

  // What is there and what is not are refused alike; a confidential case is not there.
  await page.getByLabel("Or use the details of a case").fill(secret);
  await page.getByRole("button", { name: "Use its details" }).click();
  await page.getByText("No case with this reference number was found among those that can be tried").waitFor();
  await page.getByLabel("Or use the details of a case").fill(reference);
  await page.getByRole("button", { name: "Use its details" }).click();
  await page
    .getByText("No case with this reference number was found among those that can be tried")
    .waitFor({ state: "detached" });

  // Shipped rules have an example with just these facts; another pillar is new to them.
  await page.getByText("has this example already").waitFor();
  await page.getByLabel("Pillar", { exact: true }).first().selectOption({ label: "Service procedures" });
  await page.getByRole("button", { name: "Save as an example" }).click();
  await page.getByText("has this example already").waitFor();
  await page.locator(".draft-save", { hasText: /^Saved$/ }).waitFor();
  await visit.open(policy("text"));
  const text = await page.locator("textarea").first().inputValue();
  const { rules } = JSON.parse(text) as RuleSetDefinition;
  const example = rules.find(({ id }) => id === "sla-high")?.examples.at(-1);
  expect(example).toMatchObject({
    decides: true,
    facts: { type: "complaint", importance: "high", pillar: expect.anything() },
  });
  expect(JSON.stringify(example)).not.toContain("Rana");
  // The browser itself notes that a case was not there.
  expect(visit.errors.filter((error) => !error.includes("404"))).toEqual([]);
  await visit.close();
});

it("tries a pasted text by the keyword lists, says which rule is overruled and why, and tries a list where it is written", async () => {
  for (const [language, width] of [
    ["en", 1280],
    ["ar", 390],
  ] as const) {
    const ar = language === "ar";
    const visit = await browser.signedIn({ role: "operation_room" }, { language, width });
    const { page } = visit;
    await visit.open("/admin/pages/policy?kind=rules&name=classification&part=try");
    await page.locator(".tried-card").nth(1).waitFor();
    await page
      .getByLabel(ar ? "نوع الطلب" : "Application type", { exact: true })
      .first()
      .selectOption("complaint");
    await page
      .getByLabel(ar ? "أو ألصق نص طلب" : "Or paste the text of an application")
      .fill("أسلاكٌ مكشوفةٌ قرب المدرسة. Exposed WIRES near the school!");
    await page.locator(".keyword-text mark").nth(1).waitFor();
    expect(await page.locator(".keyword-text mark").allTextContents()).toEqual(["أسلاكٌ مكشوفةٌ", "Exposed WIRES"]);
    const card = page.locator(".tried-card").first();
    await card
      .getByText(ar ? "مستوى الأهمية: حرجة" : "Importance level: Critical")
      .first()
      .waitFor();
    // What came with it is raised by a rule that says more.
    const stated = page.getByLabel(ar ? "مستوى الأهمية" : "Importance level", { exact: true }).first();
    await stated.selectOption("low");
    await card
      .getByText(ar ? /ورد مع الطلب «منخفضة»، وترفعه القاعدة/ : /“Low” came with the application; the rule/)
      .waitFor();
    await sound(visit);
    await picture(page, `try-raised-${language}-${width}`);
    // And holds against one that says less.
    await page
      .getByLabel(ar ? "أو ألصق نص طلب" : "Or paste the text of an application")
      .fill("لا شيء. There is no water.");
    await stated.selectOption("critical");
    await card.getByText(ar ? /القواعد لا تخفّضه أبدًا/ : /rules never lower it/).waitFor();
    await card
      .getByText(ar ? "مستوى الأهمية: حرجة" : "Importance level: Critical")
      .first()
      .waitFor();
    await sound(visit);
    await picture(page, `try-overruled-${language}-${width}`);

    await visit.open("/admin/resources/keyword-lists");
    await page.locator("tbody tr a").first().click();
    await page.getByRole("heading", { name: ar ? "تجربة القائمة" : "Try the list" }).waitFor();
    await page.getByLabel(ar ? "الصق نصًا" : "Paste some text").fill("x");
    await page
      .getByText(ar ? "لا توجد في هذا النص أي كلمة من هذه القائمة." : "This text has no word of this list.")
      .waitFor();
    await sound(visit);
    await visit.close();
  }
});

it("replays a draft, leads to the cases behind a number, and says when the text was changed, in Arabic", async () => {
  const visit = await browser.signedIn({ role: "operation_room" }, { language: "ar" });
  const { page } = visit;
  await visit.open(policy("text"));
  const editor = page.locator("textarea").first();
  const definition = JSON.parse(await editor.inputValue()) as RuleSetDefinition;
  const changed = (amount: number) => ({
    ...definition,
    rules: definition.rules.map((rule) =>
      rule.id === "sla-high"
        ? {
            ...rule,
            event: { ...rule.event, params: { ...rule.event.params, resolution: { amount, unit: "workingHours" } } },
          }
        : rule,
    ),
  });
  await editor.fill(JSON.stringify(changed(8), null, 2));
  await page.getByRole("tab", { name: "محاكاة على طلبات سابقة" }).click();
  await page.getByText("لم تُجرَ أي محاكاة بعد").waitFor();
  // A time that ends before it begins is told in the page's own words, and nothing is started.
  const [since, until] = [page.getByLabel("وردت من"), page.getByLabel("حتى نهاية")];
  const today = await until.inputValue();
  const begun = await since.inputValue();
  await until.fill("2020-01-01");
  await page.getByRole("button", { name: "بدء المحاكاة" }).click();
  await page.getByText("أدخل تاريخ نهاية لا يسبق تاريخ البداية").first().waitFor();
  expect(await until.getAttribute("aria-invalid")).toBe("true");
  expect(await since.inputValue()).toBe(begun);
  await picture(page, "replay-wrong-time-ar-1280");
  // The browser notes the refusal that was asked for, and nothing else.
  expect(visit.errors.splice(0)).toEqual([expect.stringContaining("422")]);
  await until.fill(today);
  await page.getByRole("button", { name: "بدء المحاكاة" }).click();
  await page.getByText("الطلبات التي كانت ستتغيّر: 1 من 3.").waitFor();
  await page.getByText("8 ساعات من وقت الدوام", { exact: true }).waitFor();
  await sound(visit);
  await picture(page, "replay-ar-1280");
  await page.locator(".replay-result").getByRole("link", { name: "عرض هذه الطلبات أو تصديرها" }).click();
  await page.getByRole("link", { name: reference }).waitFor();
  expect(await page.locator("table tbody tr").count()).toBe(1);
  await sound(visit);
  await picture(page, "replay-list-ar-1280");

  await visit.open("/admin/pages/my-work");
  await page.getByRole("link", { name: "عرض", exact: true }).waitFor();
  await sound(visit);
  await picture(page, "replay-my-work-ar-1280");

  await visit.open(policy("text"));
  await page
    .locator("textarea")
    .first()
    .fill(JSON.stringify(changed(9), null, 2));
  await page.getByRole("tab", { name: "محاكاة على طلبات سابقة" }).click();
  await page.getByText("نص أقدم").waitFor();
  await page.getByRole("button", { name: "عرض النتيجة" }).click();
  await page.getByText("تغيّر النص بعد هذه المحاكاة").waitFor();
  expect(visit.errors).toEqual([]);
  await visit.close();
});

it("says of a replay that was cancelled how few cases it saw, and of one that runs that more is to come", async () => {
  const visit = await browser.signedIn({ role: "operation_room" }, { language: "ar" });
  const { page } = visit;
  const [run] = await browser.app.office.rows(
    "select id, state, expected from replay_runs order by created_at limit 1",
  );
  const as = (state: unknown, expected: unknown) =>
    browser.app.office.asOwner(
      "update replay_runs set state = $1, expected = $2 where id = $3",
      state,
      expected,
      run?.id,
    );
  const shown = `${policy("replay")}&run=${run?.id}`;
  await as("cancelled", 9);
  await visit.open(shown);
  await page.getByText("الطلبات المفحوصة: 3 من 9.").waitFor();
  await sound(visit);
  await picture(page, "replay-cancelled-ar-1280");
  await as("waiting", 9);
  await visit.open(shown);
  await page.getByText("ما زالت المحاكاة جارية، وهذه نتيجتها حتى الآن.").waitFor();
  await as(run?.state, run?.expected);
  await visit.open(shown);
  await page.getByText("الطلبات التي كانت ستتغيّر: 1 من 3.").waitFor();
  expect(await page.getByText(/توقفت المحاكاة قبل اكتمالها|ما زالت المحاكاة جارية/).count()).toBe(0);
  await visit.close();
});

it("is read on a telephone, and by the auditor, who changes nothing", async () => {
  const phone = await browser.signedIn({ role: "auditor" }, { language: "ar", width: 390 });
  const { page } = phone;
  await phone.open(policy("replay"));
  await page.getByRole("button", { name: "عرض النتيجة" }).click();
  await page.getByText("الطلبات التي كانت ستتغيّر: 1 من 3.").waitFor();
  await sound(phone);
  await picture(page, "replay-ar-390");
  await phone.open(policy("try"));
  await page.locator(".tried-card").nth(1).waitFor();
  expect(await page.getByRole("button", { name: "حفظ كمثال" }).count()).toBe(0);
  await sound(phone);
  await picture(page, "try-ar-390");
  await phone.close();
});
