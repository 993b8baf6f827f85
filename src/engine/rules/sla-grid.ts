/**
 * The SLA set as a grid: for each application type, what is promised for each pillar and importance level, and by which rule.
 *
 * A cell knows the type, the pillar and the importance of a case and nothing else. So a rule surely holds there, surely
 * does not, or may hold (it asks for more): the first that surely holds decides the cell, those above it that may hold
 * are its overrides. Where no rule surely holds only the default answers: a gap.
 */

import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { listed } from "../text/text.js";
import { ConditionFault, compileVerdict, factsOf, type Predicate } from "./compile-condition.js";
import type { Facts } from "./fact-catalogue.js";
import type { SlaOutcome } from "./outcomes.js";
import type { RuleDefinition, RuleSetDefinition } from "./rule-set.js";

/** In place of a code: the cell holds for all of them, also for those that are set up later. */
export const every = "*";

/** A cell by the codes of its type, pillar and importance; null: the case has none, `*`: whichever it has. */
export interface CellKey {
  readonly type: string;
  readonly pillar: string | null;
  readonly importance: string | null;
}

export interface GridCell extends CellKey {
  /** What a case of this cell is promised (where no override wins). */
  readonly outcome: SlaOutcome;
  /** The rule that decides; null in a gap, where only the default answers. */
  readonly rule: GridRule | null;
  /** Rules that stand above it and ask for more than the grid knows: they win where that holds. */
  readonly overrides: readonly GridRule[];
}

export interface GridRule {
  readonly id: string;
  readonly title: Bilingual;
  /** True when it asks for this very cell alone. */
  readonly own: boolean;
}

/** A row or a column; `code` as in `CellKey`. */
export interface GridLine {
  readonly code: string | null;
  readonly name: Bilingual;
}

export interface TypeGrid {
  readonly type: string;
  readonly name: Bilingual;
  /** Rows. One row `*` where the pillar makes no difference to this type. */
  readonly pillars: readonly GridLine[];
  /** Columns, from the lowest. One column `*` where the importance makes no difference. */
  readonly importance: readonly GridLine[];
  /** Row by row. */
  readonly cells: readonly GridCell[];
}

/** A cell that no rule decides, with its name in words. */
export interface GridGap extends CellKey {
  readonly where: Bilingual;
}

export type GridSetup = Pick<Setup, "programme" | "types" | "pillars" | "importanceLevels" | "ruleSets">;

const gridFacts: ReadonlySet<string> = new Set(["programme", "type", "pillar", "importance"]);
/** A code that nobody has set up yet. */
const future = "\u0000";

export interface CompiledRule {
  readonly rule: RuleDefinition;
  readonly verdict: Predicate;
  /** Asks for nothing that the grid does not know. */
  readonly onGrid: boolean;
}

/** The rules as they are asked: highest priority first, equals as they are written. */
export function rankedRules(rules: readonly RuleDefinition[]): CompiledRule[] {
  return rules
    .map((rule, order) => ({ rule, order }))
    .sort((a, b) => b.rule.priority - a.rule.priority || a.order - b.order)
    .map(({ rule }) => ({
      rule,
      verdict: compileVerdict(rule.conditions),
      onGrid: [...factsOf(rule.conditions)].every((fact) => gridFacts.has(fact)),
    }));
}

/** What is known of a case in this cell; what `*` leaves open is not given. */
export function factsOfCell({ type, pillar, importance }: CellKey, setup: GridSetup): Facts {
  return {
    programme: setup.programme.code,
    type,
    ...(pillar === every ? {} : { pillar }),
    ...(importance === every ? {} : { importance }),
  };
}

/** Rank of the rule that decides a case of which this much is known, and ranks above it that may win; -1: only the default. */
export function decideCell(ranked: readonly CompiledRule[], facts: Facts): { decider: number; overrides: number[] } {
  const overrides: number[] = [];
  for (const [rank, { verdict }] of ranked.entries()) {
    const found = verdict(facts);
    if (found === true) return { decider: rank, overrides };
    if (found instanceof ConditionFault) overrides.push(rank);
  }
  return { decider: -1, overrides };
}

/** Every cell there can be, with codes out of use, none, and one that is still to come. */
export function allCells(setup: GridSetup): CellKey[] {
  const codes = (records: ReadonlyMap<string, unknown>) => [...records.keys(), future];
  return codes(setup.types).flatMap((type) =>
    [...codes(setup.pillars), null].flatMap((pillar) =>
      [...codes(setup.importanceLevels), null].map((importance) => ({ type, pillar, importance })),
    ),
  );
}

/** Whether the cell lies in the block that `key` names. */
function isInBlock(cell: CellKey, key: CellKey): boolean {
  const within = (of: string | null, code: string | null) => code === every || code === of;
  return cell.type === key.type && within(cell.pillar, key.pillar) && within(cell.importance, key.importance);
}

/** The cells in which a rule of the grid holds; none of a rule that asks for more. */
export function cellsOfRule({ onGrid, verdict }: CompiledRule, setup: GridSetup): CellKey[] {
  return onGrid ? allCells(setup).filter((cell) => verdict(factsOfCell(cell, setup)) === true) : [];
}

/** Whether a rule that holds in these cells asks for this cell (or block) alone. */
export function isOwnRule(holdsIn: readonly CellKey[], key: CellKey): boolean {
  return holdsIn.length > 0 && holdsIn.every((cell) => isInBlock(cell, key));
}

const words = {
  noPillar: msg("rules.slaGrid.noPillar"),
  noImportance: msg("rules.slaGrid.noImportance"),
};

/** Whether a case may come without it: unless the classification's default names one, it may. */
function mayLack(key: "pillar" | "importance", setup: GridSetup): boolean {
  const byDefault = setup.ruleSets.get("classification")?.definition.default;
  return (byDefault as Readonly<Record<string, unknown>> | undefined)?.[key] == null;
}

/** Which of the two make a difference to this type: those that a rule asks for before one surely holds. */
function asked(ranked: readonly CompiledRule[], type: string, setup: GridSetup): ReadonlySet<string> {
  const { decider, overrides } = decideCell(ranked, factsOfCell({ type, pillar: every, importance: every }, setup));
  const ranks = decider === -1 ? overrides : [...overrides, decider];
  return new Set(ranks.flatMap((rank) => [...factsOf((ranked[rank] as CompiledRule).rule.conditions)]));
}

function linesOf(setup: GridSetup): { pillars: GridLine[]; importance: GridLine[] } {
  const inUse = <Record extends { code: string; name: Bilingual; retired: boolean }>(
    records: ReadonlyMap<string, Record>,
    order: (record: Record) => number,
  ): GridLine[] =>
    [...records.values()]
      .filter((record) => !record.retired)
      .sort((a, b) => order(a) - order(b))
      .map(({ code, name }) => ({ code, name }));
  const pillars = inUse(setup.pillars, (pillar) => pillar.order);
  const importance = inUse(setup.importanceLevels, (level) => level.rank);
  return {
    pillars: mayLack("pillar", setup) ? [...pillars, { code: null, name: words.noPillar }] : pillars,
    importance: mayLack("importance", setup) ? [...importance, { code: null, name: words.noImportance }] : importance,
  };
}

const inUseTypes = (setup: GridSetup) =>
  [...setup.types.values()].filter((type) => !type.retired).sort((a, b) => a.order - b.order);

/**
 * The grid of each application type in use.
 * @param split types whose grid is wanted pillar by pillar and level by level although nothing makes a difference yet
 */
export function readGrid(
  definition: RuleSetDefinition,
  setup: GridSetup,
  split: ReadonlySet<string> = new Set(),
): TypeGrid[] {
  const ranked = rankedRules(definition.rules);
  const lines = linesOf(setup);
  const holdsIn = new Map<number, CellKey[]>();
  const described = (rank: number, key: CellKey): GridRule => {
    const compiled = ranked[rank] as CompiledRule;
    const cells = holdsIn.get(rank) ?? cellsOfRule(compiled, setup);
    holdsIn.set(rank, cells);
    return { id: compiled.rule.id, title: compiled.rule.title, own: isOwnRule(cells, key) };
  };
  return inUseTypes(setup).map(({ code: type, name }) => {
    const facts = asked(ranked, type, setup);
    const by = (fact: string, of: readonly GridLine[], whole: Bilingual) =>
      facts.has(fact) || split.has(type) ? of : [{ code: every, name: whole }];
    const pillars = by("pillar", lines.pillars, msg("rules.slaGrid.pillar"));
    const importance = by("importance", lines.importance, msg("rules.slaGrid.importance"));
    const cells = pillars.flatMap((row) =>
      importance.map((column): GridCell => {
        const key = { type, pillar: row.code, importance: column.code };
        const { decider, overrides } = decideCell(ranked, factsOfCell(key, setup));
        return {
          ...key,
          outcome: (ranked[decider]?.rule.event.params ?? definition.default) as SlaOutcome,
          rule: decider === -1 ? null : described(decider, key),
          overrides: overrides.map((rank) => described(rank, key)),
        };
      }),
    );
    return { type, name, pillars, importance, cells };
  });
}

/** A cell in words: `Complaint, Service delivery time, High`; what `*` leaves open is left out. */
export function cellWords(key: CellKey, setup: GridSetup): Bilingual {
  const parts: (Bilingual | null)[] = [
    setup.types.get(key.type)?.name ?? { en: key.type, ar: key.type },
    key.pillar === every ? null : key.pillar === null ? words.noPillar : nameIn(setup.pillars, key.pillar),
    key.importance === every
      ? null
      : key.importance === null
        ? words.noImportance
        : nameIn(setup.importanceLevels, key.importance),
  ];
  return listed(parts.filter((part) => part !== null));
}

function nameIn(records: ReadonlyMap<string, { readonly name: Bilingual }>, code: string): Bilingual {
  return records.get(code)?.name ?? { en: code, ar: code };
}

/** The cells that no rule decides: only the default promises something there. */
export function gapsOfGrid(definition: RuleSetDefinition, setup: GridSetup): GridGap[] {
  return readGrid(definition, setup).flatMap(({ cells }) =>
    cells
      .filter((cell) => cell.rule === null)
      .map(({ type, pillar, importance }) => {
        const key = { type, pillar, importance };
        return { ...key, where: cellWords(key, setup) };
      }),
  );
}
