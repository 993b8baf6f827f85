/** A gap of the grid comes with the rule that fills it. */
import { expect, it } from "@jest/globals";
import { checkRuleSet } from "../../src/engine/rules/check-rule-set.js";
import type { RuleDefinition, RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import type { Setup } from "../../src/engine/setup/setup.js";
import { shippedJson, shippedSetup } from "../support/shipped-setup.js";

it("is proposed for each gap, and leaves neither that gap nor any fault when it is added", () => {
  const shipped = shippedSetup("jordan");
  const level = { ...shipped.importanceLevels.get("low"), code: "urgent", rank: 5 } as never;
  const setup: Setup = { ...shipped, importanceLevels: new Map([...shipped.importanceLevels, ["urgent", level]]) };
  let definition = shippedJson<RuleSetDefinition>("rules", "jordan", "sla.json");
  const gaps = checkRuleSet(definition, setup, "sla");
  expect(gaps.length).toBeGreaterThan(0);
  for (let left = gaps.length; left > 0; left--) {
    const [fault] = checkRuleSet(definition, setup, "sla");
    expect(fault).toMatchObject({ severity: "warning", proposed: { event: { params: definition.default } } });
    definition = { ...definition, rules: [...definition.rules, fault?.proposed as RuleDefinition] };
    expect(checkRuleSet(definition, setup, "sla")).toHaveLength(left - 1);
  }
  expect(new Set(definition.rules.map(({ id }) => id)).size).toBe(definition.rules.length);
});
