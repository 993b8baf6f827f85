/** What a check says of a definition: faults at their places, examples one by one, what would change. */

import { definitionDifferences } from "../../engine/differences/definition-differences.js";
import type { Difference } from "../../engine/differences/difference.js";
import { type ExampleResult, examineRuleSet } from "../../engine/rules/check-rule-set.js";
import type { RuleSetName } from "../../engine/rules/rule-set.js";
import type { ConfigurationFault } from "../../engine/setup/configuration-fault.js";
import type { Setup } from "../../engine/setup/setup.js";
import type { FieldFault } from "../../engine/text/problems.js";
import type { Database } from "../../platform/db/query.js";
import type { ConfigurationKind } from "../setup/tables/create-models.js";
import { versionOfId } from "../setup/version-queries.js";
import { definitionFaults } from "./definition-faults.js";
import { type DraftHead, draftOfThing } from "./drafts/policy-draft-store.js";
import { beginningOf } from "./versions/shipped-definitions.js";

/** What is published is named like this. */
export interface Thing {
  readonly programme: string;
  readonly kind: ConfigurationKind;
  readonly name: string;
}

export interface CheckedDefinition {
  /** `field` is a JSON pointer into the definition. */
  readonly faults: readonly (FieldFault & {
    readonly severity: "error" | "warning";
    /** A rule that would correct it. */
    readonly proposed?: object;
    /** Where in the text at that place, from 1. */
    readonly at?: { readonly line: number; readonly column: number };
  })[];
  /** Results for rule sets whose form is right; those that fail come first where there are very many. */
  readonly examples: readonly ExampleResult[];
  /** How many more there are. */
  readonly moreExamples: { readonly passed: number; readonly failed: number };
  /** What would change; empty where the definition cannot be read. */
  readonly differences: readonly Difference[];
}

/** Nobody reads more of them at once. */
const maxExamples = 200;

/** In their order; where they are too many, those that fail before those that pass. */
function shownExamples(all: readonly ExampleResult[]): Pick<CheckedDefinition, "examples" | "moreExamples"> {
  const failing = all.filter(({ passed }) => !passed);
  const shown = new Set([...failing, ...all.filter(({ passed }) => passed)].slice(0, maxExamples));
  const failed = Math.max(0, failing.length - maxExamples);
  return {
    examples: all.filter((example) => shown.has(example)),
    moreExamples: { passed: all.length - shown.size - failed, failed },
  };
}

const asFault = ({ path, reason, severity, proposed, at }: ConfigurationFault) => ({
  field: path,
  reason,
  severity,
  ...(at && { at }),
  ...(proposed && { proposed }),
});

/** The version in force. */
export function currentOf(setup: Setup, { kind, name }: Pick<Thing, "kind" | "name">) {
  if (kind === "rules") return setup.ruleSets.get(name as RuleSetName) ?? null;
  if (kind === "workflow") return setup.workflows.get(name) ?? null;
  if (kind === "message") return setup.messages.get(name) ?? null;
  if (kind === "digest") return setup.digests.get(name) ?? null;
  return setup.calendar.definition.code === name ? setup.calendar : null;
}

/** What decides now: the version in force, else what ships. */
function inForce(setup: Setup, thing: Pick<Thing, "kind" | "name">): object | null {
  return currentOf(setup, thing)?.definition ?? beginningOf(thing.kind, thing.name);
}

/** What something is told beside: what decides now, else the version that a draft of something new began as. */
export async function relatedDefinitions(
  db: Database,
  setup: Setup,
  thing: Thing & { readonly copiedFrom?: number | null },
): Promise<object | null> {
  const current = inForce(setup, thing);
  if (current !== null) return current;
  const { copiedFrom = (await draftOfThing(db, thing))?.copiedFrom ?? null } = thing;
  return copiedFrom === null ? null : ((await versionOfId(db, copiedFrom))?.definition ?? null);
}

/** What was in force when a draft was made, to tell what it changed once it is closed; null where there was nothing. */
export async function definitionBefore(
  db: Database,
  { basedOn, copiedFrom }: Pick<DraftHead, "basedOn" | "copiedFrom">,
): Promise<object | null> {
  const version = basedOn ?? copiedFrom;
  return version === null ? null : ((await versionOfId(db, version))?.definition ?? null);
}

/** Null where one of them is too wrong to be told: the faults say enough. */
export function describedDifferences(
  kind: ConfigurationKind,
  before: unknown,
  after: unknown,
  setup: Setup,
): readonly Difference[] | null {
  try {
    return definitionDifferences(kind, before as object, after as object, setup);
  } catch {
    return null;
  }
}

/** @param beside what its differences are told against; left out: what decides now */
export function checkDefinition(
  thing: Pick<Thing, "kind" | "name">,
  definition: unknown,
  setup: Setup,
  beside: object | null = inForce(setup, thing),
): CheckedDefinition {
  const { kind, name } = thing;
  const { faults, examples } =
    kind === "rules"
      ? examineRuleSet(definition, setup, name)
      : { faults: definitionFaults(kind, definition, setup, name), examples: null };
  const wrong = faults.some((fault) => fault.severity === "error");
  const readable = beside !== null && (!wrong || examples !== null);
  return {
    faults: faults.map(asFault),
    ...shownExamples(examples ?? []),
    differences: (readable && describedDifferences(kind, beside, definition, setup)) || [],
  };
}
