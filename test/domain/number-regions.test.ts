/** Numbers that stand for their likes: no condition tells them apart. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { regionOf, samplesOf } from "../../src/engine/rules/candidate-index.js";
import { libraryOperator } from "../../src/engine/rules/operators.js";
import type { Condition } from "../../src/engine/rules/rule-set.js";

const number = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.integer(), fc.constantFrom(0.5, -0.25, 1e-9, 20_260_619));
const comparisons = [
  "equal",
  "notEqual",
  "lessThan",
  "lessThanInclusive",
  "greaterThan",
  "greaterThanInclusive",
] as const;
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ fact: fc.constant("n"), operator: fc.constantFrom(...comparisons), value: number }),
  fc.record({
    fact: fc.constant("n"),
    operator: fc.constantFrom("in", "notIn"),
    value: fc.array(number, { minLength: 1, maxLength: 3 }),
  }),
);
const conditions = fc.array(
  fc.oneof(
    leaf,
    leaf.map((not) => ({ not })),
    fc.array(leaf, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
  ),
  { minLength: 1, maxLength: 4 },
);

type Operator = Parameters<typeof libraryOperator>[0];
const answers = (all: readonly Condition[], value: number): boolean[] =>
  all.flatMap((condition): boolean[] => {
    if ("not" in condition) return answers([condition.not], value);
    if ("any" in condition) return answers(condition.any, value);
    if ("all" in condition) return answers(condition.all, value);
    return [libraryOperator(condition.operator as Operator).evaluate(value, condition.value)];
  });

/** What conditions hold the number against, ascending, each once. */
function cutsOf(all: readonly Condition[]): number[] {
  const valuesOf = (condition: Condition): unknown[] => {
    if ("not" in condition) return valuesOf(condition.not);
    if ("any" in condition) return condition.any.flatMap(valuesOf);
    return "all" in condition ? condition.all.flatMap(valuesOf) : [condition.value].flat();
  };
  return [...new Set(all.flatMap(valuesOf) as number[])].sort((a, b) => a - b);
}

describe("a number and the one that stands for it", () => {
  it("answer every condition alike, and lie in one region", () => {
    fc.assert(
      fc.property(conditions, number, (all, value) => {
        const cuts = cutsOf(all);
        const region = regionOf(cuts, value);
        const sample = samplesOf(cuts)[region] ?? Number.NaN;
        expect(answers(all, sample)).toEqual(answers(all, value));
        expect(regionOf(cuts, sample)).toBe(region);
      }),
    );
  });

  it("are told apart where a step of one is too small to be seen, and where they are next to each other", () => {
    const odd = [-Number.MAX_VALUE, -1e17, -0, 0, Number.MIN_VALUE, 2 ** 53, 2 ** 53 + 2, 1e17, 1e308, 1.5e308];
    const found = [...odd, 5, -5, 1e16, 1.2e308, Number.MAX_VALUE];
    for (const value of odd)
      for (const other of odd) {
        const all = comparisons.map((operator): Condition => ({ fact: "n", operator, value }));
        const cuts = cutsOf([...all, { fact: "n", operator: "in", value: [other] }]);
        const regions = found.map((one) => regionOf(cuts, one));
        const samples = regions.map((region) => samplesOf(cuts)[region] ?? Number.NaN);
        expect(samples.map((one) => answers(all, one))).toEqual(found.map((one) => answers(all, one)));
      }
  });
});
