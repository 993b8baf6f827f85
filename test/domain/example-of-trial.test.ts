/** A tried case as an example of the rule that decided it: what the rules ask about, and nothing that says who somebody is. */
import { expect, it } from "@jest/globals";
import { policyVocabulary } from "../../src/engine/explain/policy-vocabulary.js";
import { exampleFacts, hasExample, withExample } from "../../src/features/policy/replay/example-of-trial.js";
import { shippedSetup } from "../support/shipped-setup.js";

const shipped = policyVocabulary(shippedSetup("jordan"));
const label = { en: "Name of the employee", ar: "اسم الموظف" };
const vocabulary = {
  ...shipped,
  facts: [...shipped.facts, { name: "field.employee", label, type: "string" as const, nullable: true, values: null }],
};
const is = (fact: string, value: unknown) => ({ fact, operator: "equal", value });
const definition = {
  set: "sla",
  rules: [
    {
      id: "a",
      conditions: { all: [is("type", "complaint"), { any: [is("importance", "high"), { not: is("cycle", 2) }] }] },
    },
    { id: "b", conditions: { all: [is("field.employee", "Rana"), is("keywords", "x")] }, examples: [{ facts: {} }] },
    "something typed by hand",
  ],
};

it("takes what the rules mention and is known; free texts of forms stay out", () => {
  const facts = {
    type: "complaint",
    importance: null,
    cycle: 1,
    keywords: [],
    sector: "HEALTH",
    "field.employee": "Rana",
  };
  expect(exampleFacts(facts, definition, vocabulary)).toEqual({ type: "complaint", cycle: 1 });
  expect(exampleFacts(facts, "no definition", vocabulary)).toEqual({});
});

it("goes into its rule behind what is there, and leaves everything else as it was", () => {
  const example = { name: label, facts: { type: "complaint", cycle: 1 }, decides: true };
  const next = withExample(definition, "b", example) as typeof definition;
  expect(next.rules[1]).toEqual({ ...(definition.rules[1] as object), examples: [{ facts: {} }, example] });
  expect([next.rules[0], next.rules[2], next.set]).toEqual([definition.rules[0], definition.rules[2], "sla"]);
  expect(withExample(definition, "c", example)).toBeNull();
  expect(withExample(null, "a", example)).toBeNull();
  expect(hasExample(next, "b", { cycle: 1, type: "complaint" })).toBe(true);
  expect(hasExample(next, "b", { cycle: 2, type: "complaint" })).toBe(false);
  expect(hasExample(definition, "a", {})).toBe(false);
});
