/** Words of faults that hold whatever is missing: no English word in an Arabic sentence, no wrong gender. */
import { expect, it } from "@jest/globals";
import { checkRuleSet } from "../../src/engine/rules/check-rule-set.js";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { notAllowed } from "../../src/engine/rules/schema-faults.js";
import { checkWorkflow } from "../../src/engine/workflow/check-workflow.js";
import { newNoSuch } from "../../src/engine/workflow/no-such.js";
import type { WorkflowDefinition } from "../../src/engine/workflow/workflow-definition.js";
import { copyPossible, possibleOnlyIn } from "../../src/features/policy/workflow/edit-workflow.js";
import { shippedJson, shippedSetup } from "../support/shipped-setup.js";

const setup = shippedSetup("jordan");

/** What is said of the shipped routing with another first rule. */
function ofRouting(change: object): { en: string; ar: string }[] {
  const routing = shippedJson<RuleSetDefinition>("rules", "jordan", "routing.json");
  const [first, ...rest] = routing.rules;
  return checkRuleSet({ ...routing, rules: [{ ...first, ...change }, ...rest] }, setup, "routing").map(
    ({ reason }) => reason,
  );
}
const when = (fact: string, operator: string, value: unknown) => ({ conditions: { all: [{ fact, operator, value }] } });

it("what a form leaves empty is called what it is, without quotation marks around nothing", () => {
  expect(ofRouting({ title: { ar: "", en: "X" } })).toEqual([
    { en: "The name in Arabic is empty.", ar: "الاسم بالعربية فارغ." },
  ]);
  expect(ofRouting(when("descriptionLength", "lessThan", ""))).toEqual([{ en: "Enter a number.", ar: "أدخل عددًا." }]);
  expect(ofRouting(when("importance", "equal", ""))[0]?.en).toBe("Select a value.");
});

it("a question that no type asks any more is called one, in conditions and in examples", () => {
  const gone = {
    en: "Question “plate” (no type asks it): select something else here, or remove it.",
    ar: "السؤال «plate» (لا يطرحه أي نوع): اختر غيره هنا أو أزله.",
  };
  expect(ofRouting(when("field.plate", "notEqual", null))).toEqual([gone]);
  const example = { name: { en: "A plate", ar: "لوحة" }, facts: { "field.plate": "1" }, decides: true };
  expect(ofRouting({ examples: [example] })).toEqual([gone]);
});

it("what may be chosen has its name, with the code for those who write the text", () => {
  const [importance] = ofRouting(when("importance", "in", ["hihg"]));
  expect(importance?.en).toMatch(
    /^"hihg" is not allowed here\. Allowed: “[^”]+” \(\w+\), .*Did you mean “High” \(high\)\?$/,
  );
  expect(importance?.ar).toMatch(/المسموح: «[^»]+» \(\w+\)، .*هل المقصود «[^»]+» \(high\)؟$/);
});

it("a state that was forgotten is listed with what is not possible in it, by the names of the actions", () => {
  const complaint = shippedJson<WorkflowDefinition>("workflows", "jordan", "complaint.json");
  const visit = { name: { en: "Site visit", ar: "زيارة الموقع" }, kind: "open" } as const;
  const act = (en: string, from: string, to: string) => ({
    ...{ name: { en, ar: "زيارة" }, from: [from], to, by: ["focal_point"] as const },
    ...{ fields: {}, effects: [], guards: [] },
  });
  const actions = {
    ...complaint.actions,
    visit: act("Visit", "in_progress", "visit"),
    visited: act("Visited", "visit", "in_progress"),
  };
  const definition = { ...complaint, states: { ...complaint.states, visit }, actions };
  const [fault, ...others] = checkWorkflow(definition, setup, "complaint");
  expect(others).toEqual([]);
  const named = ["note", "transfer", "reject", "withdraw"].map((effect) => {
    const found = Object.values(complaint.actions).find(({ effects }) =>
      (effects as readonly string[]).includes(effect),
    );
    return `“${found?.name.en}”`;
  });
  expect(fault).toMatchObject({
    severity: "warning",
    path: "/states/visit",
    reason: {
      en: `While a case is in “Site visit”, these are not possible: ${named.join(", ")}. Open the state to copy what is possible from another one.`,
      ar: expect.stringMatching(/^ما دام الطلب في «زيارة الموقع» لا يمكن القيام بما يلي: «/),
    },
  });
  // Copied from another state it has them, and nothing else is said of it.
  const copied = copyPossible(definition, "in_progress", "visit");
  expect(checkWorkflow(copied, setup, "complaint")).toEqual([]);
  expect(possibleOnlyIn(copied, "in_progress", "visit")).toEqual([]);
  // What was there stays as it was and where it was.
  expect(JSON.stringify(copied).replaceAll(',"visit"]', "]")).toBe(
    JSON.stringify(definition).replaceAll(',"visit"]', "]"),
  );
});

it("a value that is missing is told as missing", () => {
  expect(notAllowed(undefined, ["sla"])).toEqual({
    en: 'It is missing. Allowed: "sla".',
    ar: 'القيمة ناقصة. المسموح: "sla".',
  });
});

it("what there is not may be of either gender in Arabic", () => {
  const noSuch = newNoSuch();
  expect(noSuch({ en: "state", ar: "حالة باسم" }, "x", ["open"]).ar).toBe('لم يُعثر على حالة باسم "x". المتاح: open.');
  expect(noSuch({ en: "action", ar: "إجراء باسم" }, "x", ["take"]).ar).toBe(
    'لم يُعثر على إجراء باسم "x". المتاح: take.',
  );
});
