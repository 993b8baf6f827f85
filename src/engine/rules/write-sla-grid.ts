/**
 * Changes of the grid, written back as rules. A cell that has a rule of its own gets that rule changed; any other gets a
 * new rule just above the one that decided it and below the overrides, so that no other case is decided differently.
 *
 * What other rules say stays as it is. Only two things about them may move: an example that the new rule now decides is
 * turned into one that its rule must not decide, and where two priorities leave no room between them, the rules above
 * are raised, in their order.
 */

import { wordsOf } from "../explain/words.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { type Bilingual, inLanguage, type Language, perLanguage } from "../text/text.js";
import { findWitness } from "./analyse-rules.js";
import { compileRuleSet } from "./compile-rule-set.js";
import { emptyFacts, type Facts, factCatalogue } from "./fact-catalogue.js";
import type { SlaOutcome } from "./outcomes.js";
import type { Condition, RuleDefinition, RuleExample, RuleSetDefinition } from "./rule-set.js";
import {
  allCells,
  type CellKey,
  type CompiledRule,
  cellsOfRule,
  cellWords,
  decideCell,
  every,
  factsOfCell,
  isOwnRule,
  rankedRules,
} from "./sla-grid.js";

export interface CellChange extends CellKey {
  /** Null takes the cell's own rule away: what stands beneath decides again. */
  readonly outcome: SlaOutcome | null;
}

export interface WrittenGrid {
  readonly definition: RuleSetDefinition;
  /** The rule that now decides each changed cell, in the order of the changes; null where it was taken away. */
  readonly ruleIds: readonly (string | null)[];
}

const highestPriority = 10_000;
const step = 5;

/** `sla-grid-complaint-water-critical`, with a number behind when that was ever used. */
function newId(key: CellKey, used: ReadonlySet<string>): string {
  const parts = [key.type, key.pillar ?? "none", key.importance ?? "none"].filter((part) => part !== every);
  const plain = parts.map((part) =>
    part
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, ""),
  );
  const id = ["sla-grid", ...plain.filter((part) => part !== "")].join("-").slice(0, 70).replace(/-+$/, "");
  for (let n = 2, candidate = id; ; n++) {
    if (!used.has(candidate)) return candidate;
    candidate = `${id}-${n}`;
  }
}

function titleOf(key: CellKey, { resolution }: SlaOutcome, setup: Setup): Bilingual {
  const where = cellWords(key, setup);
  const promise = (language: Language) => {
    const words = wordsOf(setup, language);
    return resolution === null ? words.say(msg("rules.writeSlaGrid.noAnswerIsDue")) : words.budget(resolution);
  };
  return perLanguage((language) => `${inLanguage(where, language)}: ${promise(language)}`);
}

function conditionsOf({ type, pillar, importance }: CellKey): Condition {
  const leaves = [
    ["type", type],
    ["pillar", pillar],
    ["importance", importance],
  ] as const;
  return {
    all: leaves
      .filter(([, value]) => value !== every)
      .map(([fact, value]) => ({ fact, operator: "equal", value }) as const),
  };
}

/** New priorities in the order of the old, with room above the rule at rank `below` (the number of rules: above none). */
function withRoom(ranked: readonly CompiledRule[], below: number): Map<string, number> {
  const priorities = new Map<string, number>();
  let last = 0;
  for (let rank = ranked.length - 1; rank >= 0; rank--) {
    const { rule } = ranked[rank] as CompiledRule;
    const beneath = ranked[rank + 1]?.rule;
    const same = beneath !== undefined && beneath.priority === rule.priority && rank + 1 !== below;
    if (!same) last += rank + 1 === below ? 2 : 1;
    priorities.set(rule.id, last);
  }
  return priorities;
}

interface Place {
  readonly priority: number;
  /** Priorities of other rules that have to move. */
  readonly moved: ReadonlyMap<string, number>;
}

/** A priority above the rule that decides the cell and below its overrides. */
function placeFor(ranked: readonly CompiledRule[], decider: number, overrides: readonly number[]): Place {
  const below = decider === -1 ? ranked.length : decider;
  const floor = ranked[below]?.rule.priority ?? 0;
  const priorityOf = (rank: number) => (ranked[rank] as CompiledRule).rule.priority;
  const ceiling = Math.min(highestPriority + 1, ...overrides.map(priorityOf));
  const room = ceiling - floor;
  if (room >= 2) return { priority: floor + Math.max(1, Math.min(step, Math.floor(room / 2))), moved: new Map() };
  const raise = 2 - room;
  const above = ranked.slice(0, below).map(({ rule }) => [rule.id, rule.priority + raise] as const);
  if (above.length > 0 && above.every(([, priority]) => priority <= highestPriority)) {
    return { priority: floor + 1, moved: new Map(above) };
  }
  const moved = withRoom(ranked, below);
  return { priority: (moved.get(ranked[below]?.rule.id ?? "") ?? 0) + 1, moved };
}

interface Applied {
  readonly rules: readonly RuleDefinition[];
  readonly ruleId: string | null;
}

function applyChange(
  rules: readonly RuleDefinition[],
  change: CellChange,
  setup: Setup,
  used: ReadonlySet<string>,
): Applied {
  const { outcome } = change;
  const ranked = rankedRules(rules);
  const { decider, overrides } = decideCell(ranked, factsOfCell(change, setup));
  const deciding = ranked[decider];
  const own = deciding !== undefined && isOwnRule(cellsOfRule(deciding, setup), change) ? deciding.rule : null;
  if (outcome === null) return { rules: rules.filter((rule) => rule !== own), ruleId: null };
  const params = outcome as unknown as Readonly<Record<string, unknown>>;
  if (own !== null) {
    const edited = { ...own, title: titleOf(change, outcome, setup), event: { ...own.event, params } };
    return { rules: rules.map((rule) => (rule === own ? edited : rule)), ruleId: own.id };
  }
  const { priority, moved } = placeFor(ranked, decider, overrides);
  const rule: RuleDefinition = {
    id: newId(change, used),
    title: titleOf(change, outcome, setup),
    priority,
    conditions: conditionsOf(change),
    event: { type: "sla", params },
    examples: [],
  };
  const placed = rules.map((other) => {
    const priorityNow = moved.get(other.id) ?? other.priority;
    return priorityNow === other.priority ? other : { ...other, priority: priorityNow };
  });
  const at = deciding === undefined ? placed.length : rules.indexOf(deciding.rule);
  return { rules: [...placed.slice(0, at), rule, ...placed.slice(at)], ruleId: rule.id };
}

/** Cells of codes that are set up: what an example may name. */
function knownCells(setup: Setup): CellKey[] {
  const known = (records: ReadonlyMap<string, unknown>, code: string | null) => code === null || records.has(code);
  return allCells(setup).filter(
    ({ type, pillar, importance }) =>
      setup.types.has(type) && known(setup.pillars, pillar) && known(setup.importanceLevels, importance),
  );
}

/** Stands in a witness for a text that no rule names. */
const readable = (value: unknown) => (value === "\u0000" ? "other" : value);

/** Facts under which this rule decides: those of a cell if they do, else any that can be found. */
function factsFor(rule: RuleDefinition, rules: readonly RuleDefinition[], setup: Setup, decides: Decides) {
  const [compiled] = rankedRules([rule]);
  const cells = knownCells(setup)
    .filter((cell) => compiled?.verdict(factsOfCell(cell, setup)) === true)
    .map((cell): Facts => ({ ...cell }));
  const found = cells.find((facts) => decides(facts).includes(rule.id));
  if (found !== undefined) return found;
  const above = rules.filter((other) => other.priority >= rule.priority && other !== rule);
  const witness = findWitness(rule, above, new Map(factCatalogue(setup).map((fact) => [fact.name, fact])));
  if (witness === null) return null;
  const facts = Object.fromEntries(Object.entries(witness).map(([fact, value]) => [fact, readable(value)]));
  return decides(facts).includes(rule.id) ? facts : null;
}

/** A rule of the grid that is the first to hold in no cell can decide nothing. */
function isIdle(rule: RuleDefinition, rules: readonly RuleDefinition[], setup: Setup): boolean {
  const ranked = rankedRules(rules);
  if (!ranked.some((compiled) => compiled.rule === rule && compiled.onGrid)) return false;
  return knownCells(setup).every((cell) => ranked[decideCell(ranked, factsOfCell(cell, setup)).decider]?.rule !== rule);
}

type Decides = (facts: Facts) => readonly string[];

function decidesOf(definition: RuleSetDefinition, setup: Setup): Decides {
  const runner = compileRuleSet(structuredClone(definition));
  const nothing = emptyFacts(factCatalogue(setup));
  return (facts) => runner.decideCompiled({ ...nothing, ...facts }).ruleIds;
}

/** Examples told anew where another rule decides them now; a rule of the grid that decides nothing any more goes. */
function mendExamples(
  before: RuleSetDefinition,
  rules: readonly RuleDefinition[],
  setup: Setup,
  written: ReadonlySet<string>,
): RuleDefinition[] {
  const decidedBefore = decidesOf(before, setup);
  const decided = decidesOf({ ...before, rules }, setup);
  const names = (facts: Facts): Bilingual =>
    cellWords(
      {
        type: String(facts.type),
        pillar: (facts.pillar ?? null) as string | null,
        importance: (facts.importance ?? null) as string | null,
      },
      setup,
    );
  return rules.flatMap((rule) => {
    const examples = rule.examples.map((example): RuleExample => {
      const holds = decided(example.facts).includes(rule.id) === example.decides;
      const held = decidedBefore(example.facts).includes(rule.id) === example.decides;
      return held && !holds ? { ...example, decides: !example.decides } : example;
    });
    const turned = examples.some((example, i) => example !== rule.examples[i]);
    if (examples.some((example) => example.decides)) return [turned ? { ...rule, examples } : rule];
    const isWritten = written.has(rule.id);
    if (!turned && !isWritten) return [rule];
    const facts = factsFor(rule, rules, setup, decided);
    if (facts !== null) return [{ ...rule, examples: [{ name: names(facts), facts, decides: true }, ...examples] }];
    return !isWritten && isIdle(rule, rules, setup) ? [] : [{ ...rule, examples }];
  });
}

/**
 * The definition in which each changed cell decides as it was changed, and everything else as before.
 * @param usedIds ids of rules of every version so far: a new rule gets one that is not among them
 */
export function writeGrid(
  definition: RuleSetDefinition,
  changes: readonly CellChange[],
  setup: Setup,
  usedIds: ReadonlySet<string> = new Set(),
): WrittenGrid {
  const used = new Set([...usedIds, ...definition.rules.map((rule) => rule.id)]);
  let rules = definition.rules;
  const ruleIds: (string | null)[] = [];
  for (const change of changes) {
    const applied = applyChange(rules, change, setup, used);
    rules = applied.rules;
    ruleIds.push(applied.ruleId);
    if (applied.ruleId !== null) used.add(applied.ruleId);
  }
  if (rules === definition.rules) return { definition, ruleIds };
  const written = new Set(ruleIds.filter((id) => id !== null));
  return { definition: { ...definition, rules: mendExamples(definition, rules, setup, written) }, ruleIds };
}
