/** Decisions by columns: nothing is lost on the way, and those are alike of which rules hear the same. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type AskedFact, alikeFacts } from "../../src/engine/replay/alike-facts.js";
import { columnsOf, type PastDecision, wordAt } from "../../src/engine/replay/decision-columns.js";
import { regionOf } from "../../src/engine/rules/number-regions.js";

const fact = (name: string, type: AskedFact["type"], cuts: readonly number[] | null = null): AskedFact => ({
  ...{ name, type, cuts, nullable: true },
  label: { en: name, ar: name },
});
const asked = [
  fact("entity", "string"),
  fact("length", "number", [3, 5]),
  fact("amount", "number"),
  fact("anonymous", "boolean"),
  fact("keywords", "strings"),
];

const text = fc.constantFrom("a", "b", "", "[]", '["a"]', "\u001d\u001e", "null");
const facts = fc.record(
  {
    entity: fc.option(text),
    length: fc.option(fc.integer({ min: 0, max: 9 })),
    amount: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
    anonymous: fc.boolean(),
    keywords: fc.array(text, { maxLength: 2 }),
    unasked: fc.nat(),
  },
  { requiredKeys: [] },
);
const decisions: fc.Arbitrary<PastDecision[]> = fc.array(
  fc.record({ caseId: fc.nat(50), cycle: fc.integer({ min: 1, max: 3 }), versionId: fc.nat(4), facts }),
  { maxLength: 60 },
);

describe("columns", () => {
  it("give back every decision as it is on record", () => {
    fc.assert(
      fc.property(decisions, (past) => {
        const { cases, cycles, versions, facts: columns } = columnsOf(past);
        const back = past.map((_, i) => ({
          caseId: cases[i],
          cycle: wordAt(cycles, i),
          versionId: wordAt(versions, i),
          facts: Object.fromEntries([...columns].map(([name, column]) => [name, wordAt(column, i)])),
        }));
        const names = [...columns.keys()];
        const whole = past.map((one) => ({
          ...one,
          facts: Object.fromEntries(names.map((name) => [name, (one.facts as Record<string, unknown>)[name] ?? null])),
        }));
        expect(back).toEqual(whole);
      }),
    );
  });

  it("say each word once, in as few bytes as its place needs", () => {
    const past = Array.from({ length: 70_000 }, (_, i) => ({
      ...{ caseId: i, cycle: 1, versionId: 1 },
      facts: { few: i % 256, many: i % 257, all: i },
    }));
    const { cycles, facts: columns } = columnsOf(past);
    expect(cycles).toEqual({ words: [1], places: null });
    const bytes = [...columns].map(([name, { words, places }]) => [name, words.length, places?.BYTES_PER_ELEMENT]);
    expect(bytes).toEqual([
      ["few", 256, 1],
      ["many", 257, 2],
      ["all", 70_000, 4],
    ]);
    expect(wordAt(columns.get("all") as never, 69_999)).toBe(69_999);
  });
});

describe("alike facts", () => {
  const heard = (given: Record<string, unknown>) => ({
    entity: given.entity ?? null,
    length: typeof given.length === "number" ? regionOf([3, 5], given.length) : null,
    amount: given.amount ?? null,
    anonymous: given.anonymous ?? null,
    keywords: given.keywords ?? [],
  });

  it("tell rules of each decision what was recorded, numbers by their region, what was not recorded as not known", () => {
    fc.assert(
      fc.property(decisions, (past) => {
        const { places, facts: told } = alikeFacts(asked)(columnsOf(past));
        past.forEach((one, i) => {
          expect(heard(told[places[i] as number] as Record<string, unknown>)).toEqual(heard(one.facts));
          expect(Object.keys(told[places[i] as number] as object)).toEqual(asked.map(({ name }) => name));
        });
      }),
    );
  });

  it("are one object where rules hear the same, and as many as rules can tell apart", () => {
    fc.assert(
      fc.property(decisions, (past) => {
        const { places, facts: told } = alikeFacts(asked)(columnsOf(past));
        const kinds = new Map<string, number>();
        past.forEach((one, i) => {
          const key = JSON.stringify(heard(one.facts), (_, value) => (Object.is(value, -0) ? 0 : value));
          expect(kinds.get(key) ?? places[i]).toBe(places[i]);
          kinds.set(key, places[i] as number);
        });
        expect(told.length).toBe(new Set(places).size);
      }),
      { examples: [[[{ keywords: [] }, {}].map((given) => ({ caseId: 1, cycle: 1, versionId: 1, facts: given }))]] },
    );
  });

  it("are the same object again on another page where rules hear the same there", () => {
    fc.assert(
      fc.property(decisions, decisions, (first, second) => {
        const alikeIn = alikeFacts(asked);
        const known = new Map<string, object>();
        for (const page of [first, second]) {
          const { places, facts: told } = alikeIn(columnsOf(page));
          page.forEach((one, i) => {
            const key = JSON.stringify(heard(one.facts), (_, value) => (Object.is(value, -0) ? 0 : value));
            const facts = told[places[i] as number] as Record<string, unknown>;
            expect(heard(facts)).toEqual(heard(one.facts));
            expect(known.get(key) ?? facts).toBe(facts);
            known.set(key, facts);
          });
        }
        expect(new Set(known.values()).size).toBe(known.size);
      }),
    );
  });

  it("are told rightly when so many were told that they are forgotten", () => {
    const alikeIn = alikeFacts(asked);
    for (let page = 0; page < 30; page++) {
      const past = Array.from({ length: 1000 }, (_, i) => ({
        ...{ caseId: i, cycle: 1, versionId: 1 },
        facts: { entity: `e${page}`, amount: page * 1000 + i, anonymous: i % 2 === 0 },
      }));
      const { places, facts: told } = alikeIn(columnsOf(past));
      past.forEach(({ facts }, i) => {
        const { entity, amount, anonymous } = told[places[i] as number] as Record<string, unknown>;
        expect({ entity, amount, anonymous }).toEqual(facts);
      });
    }
  });

  it("are told apart however many there are", () => {
    const past = Array.from({ length: 3000 }, (_, i) => ({
      ...{ caseId: i, cycle: 1, versionId: 1 },
      facts: { entity: `e${i}`, amount: i },
    }));
    const { places, facts: told } = alikeFacts(asked)(columnsOf(past));
    expect(told.length).toBe(3000);
    expect(told[places[2999] as number]?.amount).toBe(2999);
  });
});
