/** Before a rule set is published, the engine and its compiled form are asked the same: they must not tell two stories. */
import type { ConfigurationFault } from "../configuration-fault.js";
import { compileRuleSet } from "./compile-rule-set.js";
import { emptyFacts, type FactDefinition } from "./fact-catalogue.js";
import type { RuleSetDefinition } from "./rule-set.js";

/**
 * Decides every example of every rule by both forms; a fault for each on which they differ or a rule fails. Expects a
 * definition in which `checkRuleSet` found no error.
 */
export async function checkAgreement(
  definition: RuleSetDefinition,
  catalogue: readonly FactDefinition[],
  source: string,
): Promise<ConfigurationFault[]> {
  const runner = compileRuleSet(structuredClone(definition));
  const nothing = emptyFacts(catalogue);
  const faults: ConfigurationFault[] = [];
  for (const [i, rule] of definition.rules.entries()) {
    for (const [j, example] of rule.examples.entries()) {
      const decision = await runner.decide({ ...nothing, ...example.facts });
      if (!decision.disagreement && decision.faults.length === 0) continue;
      const why = decision.faults.map((fault) => `${fault.ruleId ?? "engine"}: ${fault.message}`).join("; ");
      const reason = {
        en: `The engine and its compiled form do not decide the example "${example.name}" alike. ${why}`.trim(),
        ar: `المحرك وصيغته المترجمة لا يتفقان على المثال "${example.name}". ${why}`.trim(),
      };
      faults.push({ source, ruleId: rule.id, path: `/rules/${i}/examples/${j}`, reason, severity: "error" });
    }
  }
  return faults;
}
