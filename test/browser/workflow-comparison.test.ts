/** What whoever approves a workflow reads of it, in a real browser: a new action with all it says, no code among its words. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import type { WorkflowDefinition } from "../../src/engine/workflow/workflow-definition.js";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture } from "../support/admin-browser.js";
import { programme, sundayNine } from "../support/working-office.js";

jest.setTimeout(180_000);
let browser: AdminBrowser;
beforeAll(async () => {
  browser = await openAdminBrowser();
  const { office, services } = browser.app;
  await office.asOwner(`update programmes set settings = settings || '{"secondPerson": true}' where code = 'jordan'`);
  const published = (await services.setup.of(programme)).workflows.get("inquiry");
  if (published === undefined) throw new Error("the shipped office has a workflow of inquiries");
  const was: WorkflowDefinition = published.definition;
  const [timer, ...timers] = was.timers;
  const { ask } = was.actions;
  if (timer === undefined || ask === undefined) throw new Error("its applicants are asked, and a timer watches");
  const definition = {
    ...was,
    actions: {
      ...was.actions,
      ask: { ...ask, effects: ["ask"] },
      remember: {
        name: { en: "Remember", ar: "تدوين للعلم" },
        from: ["in_progress"],
        to: null,
        by: ["focal_point", "operation_room"],
        fields: { note: { name: { en: "Note", ar: "الملاحظة" }, type: "text", required: true, maxLength: 400 } },
        effects: ["note"],
        guards: [],
      },
    },
    timers: [{ ...timer, after: { amount: 5, unit: "workingDays" } }, ...timers],
  };
  const by = { actor: office.official("operation_room"), now: sundayNine };
  const begun = await services.policyDrafts.begin({
    ...{ ...by, programme, kind: "workflow", name: "inquiry", definition },
    basedOn: published.versionId,
  });
  await services.policyDrafts.submit({ ...by, ...begun, reason: "To remember", warningsReason: "None" });
}, 180_000);
afterAll(() => browser?.close());

const said = {
  en: [
    "Action “Remember”",
    "From: Being worked on",
    "Leads to: stays where it is",
    "Who may: Focal point, Operation room",
    "What it does: “A note that only officials see”",
    "Asked for: “Note” (Text, required, at most 400 characters)",
    "What it does: was “The applicant gets a question”, “The person who does it takes the case”, now “The applicant gets a question”",
    /^Timer in the state “Waiting for the applicant”: “/,
    "After: was 10 days, nights and days off included, now 5 working days",
  ],
  ar: [
    "الإجراء «تدوين للعلم»",
    "يؤدي إلى: يبقى مكانه",
    "من يقوم به: ضابط الارتباط، غرفة العمليات",
    "أثره: «ملاحظة لا يراها إلا الموظفون»",
    "ما يُطلب: «الملاحظة» (نص، مطلوب، 400 حرف على الأكثر)",
    /^المؤقت في الحالة «/,
  ],
} as const;

it.each(["en", "ar"] as const)("the approver reads it in %s", async (language) => {
  const visit = await browser.signedIn({ role: "operation_room", nth: 1 }, { language });
  const { page } = visit;
  await visit.open("/admin/pages/policy?kind=workflow&name=inquiry&part=text");
  const list = page.locator(".differences").first();
  await list.waitFor();
  await list.scrollIntoViewIfNeeded();
  const missing: (string | RegExp)[] = [];
  for (const line of said[language])
    if ((await list.getByText(line, { exact: true }).count()) !== 1) missing.push(line);
  expect([missing, missing.length > 0 && (await list.textContent())]).toEqual([[], false]);
  expect(await list.textContent()).not.toMatch(/[a-z]_[a-z]|[{}[\]]/);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await list.scrollIntoViewIfNeeded();
    await picture(page, `workflow-approved-${language}-${width}`);
    expect([width, await axe(page), await overflow(page)]).toEqual([width, [], 0]);
  }
  expect(visit.errors).toEqual([]);
  await visit.close();
});
