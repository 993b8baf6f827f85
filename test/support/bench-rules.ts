/** About a hundred rules over the shipped set-up of Jordan, and as many fact sets as a benchmark wants: the same every time. */
import { Engine, type RuleProperties } from "json-rules-engine";
import type { Facts } from "../../src/engine/rules/fact-catalogue.js";
import type { Condition, RuleDefinition, RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { shippedSetup } from "./shipped-setup.js";

const setup = shippedSetup("jordan");
const codes = (records: ReadonlyMap<string, unknown>) => [...records.keys()];
const pillars = codes(setup.pillars);
const levels = codes(setup.importanceLevels);
const sectors = codes(setup.sectors);
const governorates = codes(setup.governorates);
const types = codes(setup.types);
const lists = codes(setup.keywordLists);
const channels = codes(setup.channels);

const is = (fact: string, operator: string, value: unknown): Condition => ({ fact, operator, value });

/** A grid of type, pillar and importance; above it what sectors, places, words and bad luck change. */
export function hundredRules(): RuleSetDefinition {
  const grid = ["complaint", "report"].flatMap((type) =>
    pillars.flatMap((pillar) =>
      levels.map(
        (level): Condition => ({
          all: [is("type", "equal", type), is("pillar", "equal", pillar), is("importance", "equal", level)],
        }),
      ),
    ),
  );
  const ofSectors = sectors.map(
    (sector): Condition => ({
      all: [
        is("sector", "equal", sector),
        is("importance", "in", ["high", "critical"]),
        { any: [is("reopenCount", "greaterThan", 0), is("transferCount", "greaterThanInclusive", 2)] },
      ],
    }),
  );
  const ofPlaces = governorates.map(
    (place): Condition => ({
      all: [
        is("governorate", "equal", place),
        is("type", "in", ["complaint", "inquiry"]),
        is("receivedInWorkingTime", "equal", false),
        { not: is("channel", "in", channels.slice(0, 3)) },
      ],
    }),
  );
  const ofWords = lists.map(
    (list): Condition => ({
      all: [
        is("type", "notEqual", "compliment"),
        is("keywords", "contains", list),
        is("descriptionLength", "greaterThan", 400),
      ],
    }),
  );
  const ofTypes = types.flatMap((type): Condition[] => [
    { all: [is("type", "equal", type), is("escalationLevel", "greaterThan", 2)] },
    { all: [is("type", "equal", type)] },
  ]);
  const conditions = [
    ...ofTypes.filter((_, i) => i % 2 === 0),
    ...ofWords,
    ...ofPlaces,
    ...ofSectors,
    ...grid,
    ...ofTypes.filter((_, i) => i % 2 === 1),
  ];
  const rules = conditions.map(
    (condition, i): RuleDefinition => ({
      id: `bench-${i}`,
      title: { en: `Rule ${i}`, ar: `قاعدة ${i}` },
      priority: conditions.length - i,
      conditions: condition,
      event: { type: "sla", params: { resolution: { amount: 1 + (i % 15), unit: "workingDays" } } },
      examples: [],
    }),
  );
  return { set: "sla", programme: "jordan", mode: "first", default: { resolution: null }, rules };
}

/** Fact sets as cases have them, from a small repeatable generator (mulberry32). */
export function factSets(count: number): Facts[] {
  let state = 20261125;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * limit);
  };
  const one = <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value;
  const words = [[], [], [], ...lists.map((list) => [list]), [lists[0], lists[1]]];
  return Array.from({ length: count }, () => ({
    type: one(["complaint", "complaint", "complaint", ...types]),
    channel: one(channels),
    sector: one(sectors),
    governorate: one(governorates),
    pillar: one([...pillars, null]),
    importance: one(levels),
    keywords: one(words),
    descriptionLength: below(800),
    receivedInWorkingTime: below(3) > 0,
    reopenCount: below(10) === 0 ? 1 : 0,
    transferCount: below(4),
    escalationLevel: below(5),
  }));
}

/** The library as its manual says: all rules in one engine, a run a case, the event of the highest priority. */
export function stockDecider(definition: RuleSetDefinition): (facts: Facts) => Promise<unknown> {
  const engine = new Engine(
    definition.rules.map(
      ({ id, priority, conditions, event }) => ({ name: id, priority, conditions, event }) as unknown as RuleProperties,
    ),
  );
  return async (facts) => {
    const { results } = await engine.run(facts);
    let best = results[0];
    for (const result of results) if ((result.priority ?? 0) > (best?.priority ?? 0)) best = result;
    return best?.event?.params ?? definition.default;
  };
}
