/** The SLA grid of a definition that nobody has published: read as cells, and written with cells changed. It stores nothing. */

import type { Actor } from "../../../engine/access/permissions.js";
import { asked } from "../../../engine/explain/explain-decision.js";
import { wordsIn } from "../../../engine/explain/words.js";
import { examineRuleSet } from "../../../engine/rules/check-rule-set.js";
import { factsOf } from "../../../engine/rules/compile-condition.js";
import type { SlaOutcome } from "../../../engine/rules/outcomes.js";
import type { RuleDefinition, RuleSetDefinition } from "../../../engine/rules/rule-set.js";
import { readGrid, type TypeGrid } from "../../../engine/rules/sla-grid.js";
import { writeGrid } from "../../../engine/rules/write-sla-grid.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { type Bilingual, perLanguage } from "../../../engine/text/text.js";
import { askedSetup } from "../change-sets/setup-with-change-set.js";
import { requirePublisher, requireReader, type VersionParts } from "../versions/listed-version.js";
import { readChanges, usedIds } from "./grid-versions.js";

/** A rule that asks for more than type, pillar and importance. */
export interface OverrideRule {
  readonly id: string;
  readonly title: Bilingual;
  readonly priority: number;
  readonly when: Bilingual;
  readonly outcome: SlaOutcome;
}

/** Codes of what a change-set adds to the lines and tabs of the grid. */
export interface AddedLines {
  readonly types: readonly string[];
  readonly pillars: readonly string[];
  readonly importance: readonly string[];
}

export interface DraftedGrid {
  readonly types: readonly TypeGrid[];
  /** Empty where it is read by the set-up in force. */
  readonly added: AddedLines;
  /** What no cell says, highest priority first. */
  readonly overrides: readonly OverrideRule[];
  /** What a gap gets. */
  readonly default: SlaOutcome;
  /** With the changes; as it was sent where there are none. */
  readonly definition: object;
}

export interface GridDrafts {
  /**
   * @param changes cells as they shall be, in the form of `CellChange`; checked here
   * @param split types to be shown cell by cell although nothing makes a difference
   * @param changeSet by whose set-up the grid is read and written; null, or closed by now: the set-up in force
   * Problems: not-found (also of the change-set), forbidden (changes of who may not publish), invalid-input (no rule set, or cells that cannot be read)
   */
  draftGrid(a: {
    actor: Actor;
    programme: string;
    definition: unknown;
    changes: readonly unknown[];
    split?: readonly string[];
    changeSet?: number | null;
  }): Promise<DraftedGrid>;
}

/** Meaning may be wrong, form may not: cells are read by asking the rules. */
function requireForm(definition: unknown, setup: Setup): RuleSetDefinition {
  const { faults, examples } = examineRuleSet(definition, setup, "sla");
  if (examples !== null && (definition as RuleSetDefinition).set === "sla") return definition as RuleSetDefinition;
  throw new Problem(
    "invalid-input",
    msg("policy-sla-grid.gridDrafts.theRulesCannotBeRead"),
    faults.map(({ path, reason }) => ({ field: path, reason })),
  );
}

function overridesOf(definition: RuleSetDefinition, setup: Setup): OverrideRule[] {
  const wordsFor = wordsIn(setup);
  const grid: ReadonlySet<string> = new Set(["programme", "type", "pillar", "importance"]);
  return definition.rules
    .filter((rule) => [...factsOf(rule.conditions)].some((fact) => !grid.has(fact)))
    .sort((a, b) => b.priority - a.priority)
    .map(({ id, title, priority, conditions, event }: RuleDefinition) => ({
      id,
      title,
      priority,
      when: perLanguage((language) => asked(conditions, wordsFor(language))),
      outcome: event.params as unknown as SlaOutcome,
    }));
}

function addedTo(inForce: Setup, setup: Setup): AddedLines {
  const added = (table: "types" | "pillars" | "importanceLevels"): string[] =>
    [...setup[table].keys()].filter((code) => !inForce[table].has(code));
  return { types: added("types"), pillars: added("pillars"), importance: added("importanceLevels") };
}

export function createGridDrafts({ db, setupOf }: VersionParts): GridDrafts {
  return {
    async draftGrid({ actor, programme, definition, changes, split = [], changeSet = null }) {
      requireReader(actor, programme);
      const inForce = await setupOf(programme);
      const { setup } = await askedSetup(db, inForce, changeSet);
      let rules = requireForm(definition, setup);
      if (changes.length > 0) {
        requirePublisher(actor, programme);
        const ids = await usedIds(db, programme, "sla");
        rules = writeGrid(rules, readChanges(changes, setup), setup, ids).definition;
      }
      return {
        types: readGrid(rules, setup, new Set(split)),
        added: addedTo(inForce, setup),
        overrides: overridesOf(rules, setup),
        default: rules.default as unknown as SlaOutcome,
        definition: rules,
      };
    },
  };
}
