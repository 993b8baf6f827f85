/** Before a rule set is published, the engine and its compiled form are asked the same: they must not tell two stories. */

import type { ConfigurationFault } from "../setup/configuration-fault.js";
import { msg } from "../text/msg.js";
import { compileRuleSet } from "./compile-rule-set.js";
import { emptyFacts, type FactDefinition } from "./fact-catalogue.js";
import { nameOfExample, type RuleSetDefinition } from "./rule-set.js";

/** Lets others go on between examples: an engine takes its time, and its promises alone would let nobody in. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

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
      await breathe();
      const decision = await runner.decide({ ...nothing, ...example.facts });
      if (!decision.disagreement && decision.faults.length === 0) continue;
      const why = decision.faults.map((fault) => `${fault.ruleId ?? "engine"}: ${fault.message}`).join("; ");
      const name = nameOfExample(example);
      const reason =
        why === ""
          ? msg("rules.checkAgreement.unlike", { name })
          : msg("rules.checkAgreement.unlikeWhy", { name, why });
      faults.push({ source, ruleId: rule.id, path: `/rules/${i}/examples/${j}`, reason, severity: "error" });
    }
  }
  return faults;
}
