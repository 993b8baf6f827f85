/** A million loaded fact sets decided by the compiled rules, against a stock run of json-rules-engine a case. */
import { deepStrictEqual } from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { compileRuleSet } from "../../src/engine/rules/compile-rule-set.js";
import { factSets, hundredRules, stockDecider } from "../support/bench-rules.js";

export const name = "rules-replay";

const cases = 1_000_000;
const stockCases = 3_000;

export async function run() {
  const definition = hundredRules();
  const { decideCompiled } = compileRuleSet(definition);
  const stock = stockDecider(definition);
  const facts = factSets(cases);

  const expected: unknown[] = [];
  for (const one of facts.slice(0, 300)) await stock(one);
  const stockBegan = performance.now();
  for (let i = 0; i < stockCases; i++) expected.push(await stock(facts[i] ?? {}));
  const stockEach = (performance.now() - stockBegan) / stockCases;

  const outcomes = new Array<unknown>(cases);
  for (let i = 0; i < 50_000; i++) decideCompiled(facts[i] ?? {});
  const began = performance.now();
  for (let i = 0; i < cases; i++) outcomes[i] = decideCompiled(facts[i] ?? {}).outcome;
  const each = (performance.now() - began) / cases;

  deepStrictEqual(outcomes.slice(0, stockCases), expected);
  return [
    {
      bench: name,
      ratio: Math.round(stockEach / each),
      baseline: `stock json-rules-engine, ${definition.rules.length} rules in one engine, ${stockCases} cases, same outcomes`,
      unit: "times faster a case",
      rules: definition.rules.length,
      cases,
      seconds: Number(((each * cases) / 1000).toFixed(2)),
    },
  ];
}
