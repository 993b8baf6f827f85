/** The grid says what the rules decide, and writing a cell changes that cell and nothing else. */
import { describe, expect, it } from "@jest/globals";
import { seededRandom } from "../../src/app/demo/seeded-random.js";
import { checkRuleSet } from "../../src/engine/rules/check-rule-set.js";
import { compileRuleSet } from "../../src/engine/rules/compile-rule-set.js";
import { emptyFacts, factCatalogue } from "../../src/engine/rules/fact-catalogue.js";
import type { SlaOutcome } from "../../src/engine/rules/outcomes.js";
import type { Condition, RuleDefinition, RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { every, type GridCell, gapsOfGrid, readGrid } from "../../src/engine/rules/sla-grid.js";
import { type CellChange, writeGrid } from "../../src/engine/rules/write-sla-grid.js";
import type { Pillar, Setup } from "../../src/engine/setup/setup.js";
import { shippedJson, shippedSetup } from "../support/shipped-setup.js";

const shipped = (programme: string) => shippedJson<RuleSetDefinition>("rules", programme, "sla.json");

function setupOf(programme: string): Setup {
  const setup = shippedSetup(programme);
  const classification = shippedJson<RuleSetDefinition>("rules", programme, "classification.json");
  return {
    ...setup,
    ruleSets: new Map([["classification", { versionId: 2, version: 1, definition: classification }]]),
  };
}

const jordan = setupOf("jordan");
const days = (amount: number): SlaOutcome => ({
  acknowledgement: { amount: 0, unit: "workingHours" },
  firstResponse: { amount: 1, unit: "workingHours" },
  resolution: { amount, unit: "workingDays" },
});

function cellOf(definition: RuleSetDefinition, type: string, pillar: string | null, importance: string | null) {
  const cell = readGrid(definition, jordan, new Set([type]))
    .flatMap((grid) => grid.cells)
    .find((one) => one.type === type && one.pillar === pillar && one.importance === importance);
  if (cell === undefined) throw new Error(`no cell ${type} ${pillar} ${importance}`);
  return cell;
}

const errorsOf = (definition: RuleSetDefinition, setup: Setup) =>
  checkRuleSet(definition, setup, "test").filter((fault) => fault.severity === "error");

/** Every combination of codes (and none) with a few further facts: the outcome as text. */
function decideAll(definition: RuleSetDefinition, setup: Setup, further: readonly object[]): Map<string, string> {
  const runner = compileRuleSet(structuredClone(definition));
  const nothing = emptyFacts(factCatalogue(setup));
  const decided = new Map<string, string>();
  for (const type of setup.types.keys())
    for (const pillar of [...setup.pillars.keys(), null])
      for (const importance of [...setup.importanceLevels.keys(), null])
        further.forEach((more, i) => {
          const { outcome } = runner.decideCompiled({ ...nothing, type, pillar, importance, ...more });
          decided.set(JSON.stringify([type, pillar, importance, i]), JSON.stringify(outcome));
        });
  return decided;
}

describe("reading", () => {
  const grids = readGrid(shipped("jordan"), jordan);
  const gridOf = (type: string) => grids.find((grid) => grid.type === type);

  it("shows what each cell promises and which rule says so", () => {
    const cell = gridOf("complaint")?.cells.find((one) => one.pillar === "TIME" && one.importance === "high");
    expect(cell).toMatchObject({
      outcome: { resolution: { amount: 1, unit: "workingDays" } },
      rule: { id: "sla-high-fast", own: false },
      overrides: [],
    });
  });

  it("has a row for a pillar that is not known, and none for an importance, which the classification always gives", () => {
    expect(gridOf("complaint")?.pillars.map((line) => line.code)).toEqual([
      "QUALITY",
      "TIME",
      "BEHAVIOUR",
      "PROCEDURE",
      "INFRA",
      null,
    ]);
    expect(gridOf("complaint")?.importance.map((line) => line.code)).toEqual(["low", "normal", "high", "critical"]);
  });

  it("shows one cell where neither pillar nor importance makes a difference, and all of them when asked to", () => {
    expect(gridOf("inquiry")?.cells).toEqual([
      expect.objectContaining({ type: "inquiry", pillar: every, importance: every }),
    ]);
    expect(gridOf("inquiry")?.cells[0]?.rule).toMatchObject({ id: "sla-inquiry", own: true });
    const split = readGrid(shipped("jordan"), jordan, new Set(["inquiry"])).find((grid) => grid.type === "inquiry");
    expect(split?.cells).toHaveLength(6 * 4);
    expect(split?.cells.every((cell) => cell.rule?.id === "sla-inquiry" && !cell.rule.own)).toBe(true);
  });

  it("names a rule with further conditions as an override of the cells where it can win, and decides nothing by it", () => {
    const set = shipped("jordan");
    const override: RuleDefinition = {
      id: "passports-at-once",
      title: { en: "Passports", ar: "الجوازات" },
      priority: 85,
      conditions: {
        all: [
          { fact: "type", operator: "equal", value: "complaint" },
          { fact: "channel", operator: "equal", value: "web" },
          { fact: "importance", operator: "in", value: ["critical", "high"] },
        ],
      },
      event: { type: "sla", params: { ...days(1) } },
      examples: [],
    };
    const definition = { ...set, rules: [...set.rules, override] };
    const overridesOf = (type: string, importance: string) =>
      cellOf(definition, type, "TIME", importance).overrides.map((rule) => rule.id);
    expect(overridesOf("complaint", "high")).toEqual(["passports-at-once"]);
    // sla-critical stands above it and always holds there.
    expect(overridesOf("complaint", "critical")).toEqual([]);
    expect(overridesOf("report", "high")).toEqual([]);
    expect(cellOf(definition, "complaint", "TIME", "high").rule?.id).toBe("sla-high-fast");
  });

  it("agrees with the decisions of the rule set in every cell", () => {
    for (const programme of ["jordan", "boston311"]) {
      const setup = setupOf(programme);
      const decided = decideAll(shipped(programme), setup, [{}]);
      const cells = readGrid(shipped(programme), setup, new Set(setup.types.keys())).flatMap((grid) => grid.cells);
      expect(cells.length).toBeGreaterThanOrEqual(setup.types.size);
      const differing = cells.filter(
        ({ type, pillar, importance, outcome }) =>
          decided.get(JSON.stringify([type, pillar, importance, 0])) !== JSON.stringify(outcome),
      );
      expect(differing).toEqual([]);
    }
  });
});

describe("gaps", () => {
  const withMore = (): Setup => ({
    ...jordan,
    pillars: new Map([
      ...jordan.pillars,
      ["WATER", { code: "WATER", name: { en: "Water", ar: "مياه" }, retired: false, order: 9 } as Pillar],
    ]),
    importanceLevels: new Map([
      ...jordan.importanceLevels,
      ["urgent", { code: "urgent", name: { en: "Urgent", ar: "عاجلة" }, retired: false, order: 9, rank: 5 }],
    ]),
  });

  it("has none as shipped", () => {
    expect(gapsOfGrid(shipped("jordan"), jordan)).toEqual([]);
  });

  it("are exactly the cells of a new importance level; a new pillar is answered by the rules for any pillar", () => {
    const gaps = gapsOfGrid(shipped("jordan"), withMore());
    expect(new Set(gaps.map((gap) => gap.importance))).toEqual(new Set(["urgent"]));
    expect(gaps.map((gap) => `${gap.type} ${gap.pillar}`).sort()).toEqual(
      ["complaint", "report"]
        .flatMap((type) => [...withMore().pillars.keys(), null].map((pillar) => `${type} ${pillar}`))
        .sort(),
    );
    expect(gaps.find((gap) => gap.pillar === "WATER" && gap.type === "complaint")?.where).toEqual({
      en: "Complaint, Water, Urgent",
      ar: "شكوى، مياه، عاجلة",
    });
  });

  it("are closed one by one as they are filled", () => {
    const change = { type: "complaint", pillar: "WATER", importance: "urgent", outcome: days(2) };
    const { definition } = writeGrid(shipped("jordan"), [change], withMore());
    const open = gapsOfGrid(definition, withMore());
    expect(open).toHaveLength(gapsOfGrid(shipped("jordan"), withMore()).length - 1);
    expect(open.some((gap) => gap.type === "complaint" && gap.pillar === "WATER")).toBe(false);
    expect(errorsOf(definition, withMore())).toEqual([]);
  });
});

describe("writing", () => {
  const quality: CellChange = { type: "complaint", pillar: "QUALITY", importance: "high", outcome: days(2) };

  it("adds one rule above the one that decided, with a name, an example and an id of its own; the others say the same", () => {
    const { definition, ruleIds } = writeGrid(shipped("jordan"), [quality], jordan);
    const rule = definition.rules.find((one) => one.id === ruleIds[0]);
    expect(rule).toMatchObject({
      id: "sla-grid-complaint-quality-high",
      title: {
        en: "Complaint, Quality of service, High: 2 working days",
        ar: "شكوى، جودة الخدمة، عالية: يوما عمل",
      },
      examples: [
        {
          decides: true,
          facts: { type: "complaint", pillar: "QUALITY", importance: "high" },
          name: { en: "Complaint, Quality of service, High", ar: "شكوى، جودة الخدمة، عالية" },
        },
      ],
    });
    const saying = ({ id, priority, conditions, event }: RuleDefinition) => ({ id, priority, conditions, event });
    expect(definition.rules.filter((one) => one.id !== rule?.id).map(saying)).toEqual(
      shipped("jordan").rules.map(saying),
    );
    // The example that the new rule decides now is told anew; all else is as it was, to the letter.
    const changed = definition.rules.filter(
      (one) => !shipped("jordan").rules.some((old) => JSON.stringify(old) === JSON.stringify(one)),
    );
    expect(changed.map((one) => one.id).sort()).toEqual(["sla-grid-complaint-quality-high", "sla-high"]);
    expect(definition.rules.find((one) => one.id === "sla-high")?.examples.map((one) => one.decides)).toEqual([
      false,
      true,
      false,
    ]);
    expect(errorsOf(definition, jordan)).toEqual([]);
  });

  it("leaves every rule as it is when nothing is changed", () => {
    expect(writeGrid(shipped("jordan"), [], jordan).definition).toEqual(shipped("jordan"));
    expect(writeGrid(shipped("boston311"), [], setupOf("boston311")).definition).toEqual(shipped("boston311"));
  });

  it("changes the rule of a cell that has one of its own, and takes it away again", () => {
    const once = writeGrid(shipped("jordan"), [quality], jordan).definition;
    const twice = writeGrid(once, [{ ...quality, outcome: days(4) }], jordan);
    expect(twice.definition.rules).toHaveLength(once.rules.length);
    expect(twice.ruleIds).toEqual(["sla-grid-complaint-quality-high"]);
    expect(cellOf(twice.definition, "complaint", "QUALITY", "high").outcome).toEqual(days(4));
    const without = writeGrid(twice.definition, [{ ...quality, outcome: null }], jordan);
    expect(without.definition).toEqual(shipped("jordan"));
  });

  it("never gives an id again that an earlier version used", () => {
    const used = new Set(["sla-grid-complaint-quality-high", "sla-grid-complaint-quality-high-2"]);
    expect(writeGrid(shipped("jordan"), [quality], jordan, used).ruleIds).toEqual([
      "sla-grid-complaint-quality-high-3",
    ]);
  });

  it("changes a whole type that one rule decides in that rule", () => {
    const change = { type: "inquiry", pillar: every, importance: every, outcome: days(7) };
    const { definition, ruleIds } = writeGrid(shipped("jordan"), [change], jordan);
    expect(ruleIds).toEqual(["sla-inquiry"]);
    expect(definition.rules).toHaveLength(shipped("jordan").rules.length);
    expect(definition.rules.find((rule) => rule.id === "sla-inquiry")?.title.en).toBe("Inquiry: 7 working days");
  });

  it("takes a rule away that its cells have all left", () => {
    const cells = readGrid(shipped("jordan"), jordan)
      .flatMap((grid) => grid.cells)
      .filter((cell) => cell.rule?.id === "sla-high-fast");
    expect(cells).toHaveLength(4);
    const { definition } = writeGrid(
      shipped("jordan"),
      cells.map((cell, i) => ({ ...cell, outcome: days(20 + i) })),
      jordan,
    );
    expect(definition.rules.some((rule) => rule.id === "sla-high-fast")).toBe(false);
    expect(errorsOf(definition, jordan)).toEqual([]);
  });

  it("makes room between priorities that leave none, and keeps their order", () => {
    const set = shipped("jordan");
    for (const [ceiling, floor] of [
      [41, 40],
      [10_000, 9_999],
    ] as const) {
      const override: RuleDefinition = {
        id: "by-telephone",
        title: { en: "By telephone", ar: "هاتفيًا" },
        priority: ceiling,
        conditions: {
          all: [
            { fact: "type", operator: "equal", value: "complaint" },
            { fact: "importance", operator: "equal", value: "high" },
            { fact: "channel", operator: "equal", value: "web" },
          ],
        },
        event: { type: "sla", params: { ...days(9) } },
        examples: [
          {
            name: { en: "x", ar: "س" },
            facts: { type: "complaint", importance: "high", channel: "web" },
            decides: true,
          },
        ],
      };
      const rules = set.rules.map((rule) => (rule.id === "sla-high" ? { ...rule, priority: floor } : rule));
      const definition = { ...set, rules: [...rules, override] };
      const further = [{ channel: "web" }, { channel: "mobile" }];
      const before = decideAll(definition, jordan, further);
      const after = decideAll(writeGrid(definition, [quality], jordan).definition, jordan, further);
      const changed = [...before.keys()].filter((key) => before.get(key) !== after.get(key));
      expect(changed).toEqual([JSON.stringify(["complaint", "QUALITY", "high", 1])]);
    }
  });
});

describe("whatever the rules are", () => {
  const smallSetup = (): Setup => {
    const few = <Value>(records: ReadonlyMap<string, Value>, n: number) => new Map([...records].slice(0, n));
    return {
      ...jordan,
      types: few(jordan.types, 3),
      pillars: few(jordan.pillars, 3),
      importanceLevels: few(jordan.importanceLevels, 3),
    };
  };

  function randomSet(random: () => number, setup: Setup): RuleSetDefinition {
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
    const some = <Item>(items: readonly Item[]) => items.filter(() => random() < 0.5);
    const leaf = (fact: string, codes: readonly string[]): Condition[] => {
      const choice = random();
      if (choice < 0.35) return [];
      if (choice < 0.6) return [{ fact, operator: "equal", value: pick([...codes, null]) }];
      if (choice < 0.7) return [{ not: { fact, operator: "equal", value: pick(codes) } }];
      const list = some(codes);
      return list.length === 0 ? [] : [{ fact, operator: random() < 0.8 ? "in" : "notIn", value: list }];
    };
    const channels = [...setup.channels.keys()].slice(0, 2);
    const close = random() < 0.5;
    const rules = Array.from({ length: 1 + Math.floor(random() * 9) }, (_, i): RuleDefinition => {
      const further: Condition[] =
        random() < 0.35
          ? [{ fact: "channel", operator: random() < 0.7 ? "equal" : "notEqual", value: pick(channels) }]
          : [];
      const all = [
        { fact: "type", operator: "in", value: [pick([...setup.types.keys()]), pick([...setup.types.keys()])] },
        ...leaf("pillar", [...setup.pillars.keys()]),
        ...leaf("importance", [...setup.importanceLevels.keys()]),
        ...further,
      ];
      return {
        id: `rule-${i}`,
        title: { en: `Rule ${i}`, ar: `القاعدة ${i}` },
        priority: close ? 1 + i : 10_000 - i * 3,
        conditions: { all },
        event: { type: "sla", params: { ...days(100 + i) } },
        examples: [],
      };
    }).sort(() => random() - 0.5);
    const set: RuleSetDefinition = { set: "sla", programme: "jordan", mode: "first", default: { ...days(999) }, rules };
    // Examples as an author would have them: what decides now.
    const runner = compileRuleSet(structuredClone(set));
    const nothing = emptyFacts(factCatalogue(setup));
    const examplesOf = (rule: RuleDefinition) =>
      Array.from({ length: 12 }, (_, n) => {
        const facts = {
          type: pick([...setup.types.keys()]),
          pillar: pick([...setup.pillars.keys(), null]),
          importance: pick([...setup.importanceLevels.keys()]),
          channel: pick(channels),
        };
        const decides = runner.decideCompiled({ ...nothing, ...facts }).ruleIds.includes(rule.id);
        return { name: `example ${n}`, facts, decides };
      });
    return { ...set, rules: rules.map((rule) => ({ ...rule, examples: examplesOf(rule) })) };
  }

  it("the grid read back says what was written, and no other case is decided differently", () => {
    const setup = smallSetup();
    const further = [...setup.channels.keys()].slice(0, 2).map((channel) => ({ channel }));
    let overridden = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const random = seededRandom(seed).next;
      const definition = randomSet(random, setup);
      const split = new Set(random() < 0.5 ? setup.types.keys() : []);
      const cells = readGrid(definition, setup, split).flatMap((grid) => grid.cells);
      const changes = cells.filter(() => random() < 0.2).map((cell, i) => ({ ...cell, outcome: days(500 + i) }));
      const written = writeGrid(definition, changes, setup);
      const wrote = (type: string, pillar: string | null, importance: string | null): GridCell | undefined =>
        changes.find(
          (cell) =>
            cell.type === type &&
            (cell.pillar === every || cell.pillar === pillar) &&
            (cell.importance === every || cell.importance === importance),
        ) as GridCell | undefined;
      // What was written can be read at its place.
      const fine = readGrid(written.definition, setup, new Set(setup.types.keys())).flatMap((grid) => grid.cells);
      for (const cell of fine) {
        const change = wrote(cell.type, cell.pillar, cell.importance);
        if (change !== undefined) expect(cell.outcome).toEqual(change.outcome);
      }
      // Decisions: in a changed cell the new outcome or an override's as before; elsewhere as before.
      const before = decideAll(definition, setup, further);
      const after = decideAll(written.definition, setup, further);
      const overrideOutcomes = new Set(
        definition.rules
          .filter((rule) => JSON.stringify(rule.conditions).includes("channel"))
          .map((rule) => JSON.stringify(rule.event.params)),
      );
      for (const [key, outcome] of before) {
        const [type, pillar, importance] = JSON.parse(key) as [string, string | null, string | null];
        const change = wrote(type, pillar, importance);
        const now = after.get(key);
        if (change === undefined) {
          if (now !== outcome) throw new Error(`seed ${seed}: ${key} was ${outcome} and is ${now}`);
        } else if (now !== JSON.stringify(change.outcome)) {
          if (now !== outcome || !overrideOutcomes.has(outcome)) throw new Error(`seed ${seed}: ${key} is ${now}`);
          overridden++;
        }
      }
      // And every example still holds, or was told anew.
      const failing = errorsOf(written.definition, setup).filter((fault) => /\/examples\/\d/.test(fault.path));
      expect(failing).toEqual([]);
    }
    expect(overridden).toBeGreaterThan(20);
  });
});
