/** A live decision (candidates by index, a fresh engine, compared with the compiled form) against a stock engine with all rules. */
import { deepStrictEqual } from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { compileRuleSet } from "../../src/engine/rules/compile-rule-set.js";
import type { Facts } from "../../src/engine/rules/fact-catalogue.js";
import { factSets, hundredRules, stockDecider } from "../support/bench-rules.js";

export const name = "rules-live";

const cases = 3_000;
const blockSize = 100;

export async function run() {
  const definition = hundredRules();
  const { decide } = compileRuleSet(definition);
  const stock = stockDecider(definition);
  const facts = factSets(cases);

  const answers: { plain: unknown[]; live: unknown[] } = { plain: [], live: [] };
  const spent = { plain: 0, live: 0 };
  async function block(kind: "plain" | "live", from: number, answer: (one: Facts) => Promise<unknown>): Promise<void> {
    const began = performance.now();
    for (let i = from; i < from + blockSize; i++) answers[kind][i] = await answer(facts[i] ?? {});
    spent[kind] += performance.now() - began;
  }
  const decideLive = async (one: Facts) => {
    const decision = await decide(one);
    if (decision.disagreement) throw new Error("the engine and its compiled form disagree");
    return decision.outcome;
  };
  for (const one of facts.slice(0, 300)) {
    await stock(one);
    await decideLive(one);
  }
  // In turns, so that whatever else the machine does meets both alike.
  for (let from = 0; from < cases; from += blockSize) {
    await block("plain", from, stock);
    await block("live", from, decideLive);
  }

  deepStrictEqual(answers.live, answers.plain);
  return [
    {
      bench: name,
      ratio: Number((spent.plain / spent.live).toFixed(1)),
      baseline: `stock json-rules-engine, ${definition.rules.length} rules in one engine, same outcomes`,
      unit: "times faster a decision",
      microseconds: Math.round((spent.live / cases) * 1000),
    },
  ];
}
