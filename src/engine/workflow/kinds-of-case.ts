/** Which kinds of cases can come to follow a workflow: of which type, how important, and confidential by their type or by a rule. */

import { isRecord } from "../is-record.js";
import { structuralFault } from "../rules/compile-condition.js";
import { type FactDefinition, factCatalogue } from "../rules/fact-catalogue.js";
import { findFacts, makeReady, newWork, type Ready, type Work } from "../rules/find-facts.js";
import type { Condition, RuleDefinition } from "../rules/rule-set.js";
import type { ApplicationType, Setup } from "../setup/setup.js";

/** Why a case is confidential: its type is, a rule of the classification says so, or what that set says where no rule decides. */
export type Secrecy =
  | { readonly by: "type" }
  | { readonly by: "rule"; readonly rule: Pick<RuleDefinition, "id" | "title"> }
  | { readonly by: "default" };

export interface KindOfCase {
  /** Null: no type follows the workflow yet. */
  readonly type: string | null;
  /** Null: the case is not confidential. */
  readonly secrecy: Secrecy | null;
}

export type Catalogue = ReadonlyMap<string, FactDefinition>;

const catalogues = new WeakMap<Setup, Catalogue>();

/** Found once a set-up. */
export function catalogueOf(setup: Setup): Catalogue {
  const found = catalogues.get(setup) ?? new Map(factCatalogue(setup).map((fact) => [fact.name, fact]));
  catalogues.set(setup, found);
  return found;
}

/** What is known of a case, as a condition that holds of it alone. */
export const knownAs = (facts: Readonly<Record<string, unknown>>): Condition => ({
  all: Object.entries(facts).map(([fact, value]) => ({ fact, operator: "equal", value })),
});

/** Answers to questions that other types ask and this one does not: no case of it has any. */
function unasked(type: ApplicationType, conditions: readonly Ready[]): Record<string, null> {
  const own = new Set(type.fields.map(({ code }) => `field.${code}`));
  const named = conditions.flatMap(({ leaves }) => leaves.map(({ fact }) => fact));
  return Object.fromEntries(named.filter((fact) => fact.startsWith("field.") && !own.has(fact)).map((f) => [f, null]));
}

/** A draft beside what is checked may have any form: what cannot be read makes nothing confidential, and is told where it is written. */
const isReadable = (rule: unknown): rule is RuleDefinition =>
  isRecord(rule) && isRecord(rule.event) && isRecord(rule.event.params) && structuralFault(rule.conditions) === null;

const saysSecret = ({ event: { params } }: RuleDefinition): boolean => params.confidential === true;

/**
 * The rules that can make a case of the type confidential, the one of the highest priority first. One that another of a higher
 * priority always overrules makes none. What could not be found out within the budget may.
 */
function secretRules(type: ApplicationType, setup: Setup, work: Work): RuleDefinition[] {
  const rules: unknown = setup.ruleSets.get("classification")?.definition.rules;
  const readable = Array.isArray(rules) ? rules.filter(isReadable) : [];
  const naming = readable.filter(({ event: { params } }) => "confidential" in params);
  return naming
    .filter(saysSecret)
    .filter((rule) => {
      const stronger = naming.filter((other) => !saysSecret(other) && other.priority > rule.priority);
      const ready = makeReady(rule.conditions);
      const over = stronger.map(({ conditions }) => makeReady(conditions));
      const known = knownAs({
        programme: setup.programme.code,
        type: type.code,
        confidential: false,
        ...unasked(type, [ready, ...over]),
      });
      return findFacts([ready, makeReady(known)], over, catalogueOf(setup), work) !== "none";
    })
    .sort((a, b) => b.priority - a.priority);
}

/** How cases of a type can be confidential; null is how they are where nothing makes them so. */
function secrecyOf(type: ApplicationType, setup: Setup, work: Work = newWork()): readonly (Secrecy | null)[] {
  if (type.internal) return [null];
  if (type.confidential) return [{ by: "type" }];
  const found = setup.ruleSets.get("classification")?.definition.default as { confidential?: unknown } | undefined;
  const byDefault: Secrecy[] = found?.confidential === true ? [{ by: "default" }] : [];
  const [rule] = secretRules(type, setup, work);
  return [null, ...(rule === undefined ? byDefault : [{ by: "rule" as const, rule }])];
}

/** The kinds of cases that can follow a workflow; where no type names it, one of which nothing is known. */
export function kindsOfCase(workflow: string, setup: Setup): readonly KindOfCase[] {
  const work = newWork();
  const types = [...setup.types.values()].filter((type) => type.workflow === workflow && !type.retired);
  if (types.length === 0) return [{ type: null, secrecy: null }];
  return types.flatMap((type) => secrecyOf(type, setup, work).map((secrecy) => ({ type: type.code, secrecy })));
}
