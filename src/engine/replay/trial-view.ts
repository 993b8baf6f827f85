/** What screens are told of a case that is tried. */
import type { Facts } from "../rules/fact-catalogue.js";
import type { Condition } from "../rules/rule-set.js";
import type { SettledClassification } from "../rules/settle-classification.js";
import type { Bilingual } from "../text/text.js";

/** A condition as the engine saw it; members of a group in their order. */
export interface TracedCondition {
  readonly kind: "all" | "any" | "not" | "fact";
  /** Null: it could not be told. */
  readonly holds: boolean | null;
  readonly fact?: string;
  readonly operator?: string;
  readonly value?: unknown;
  readonly members: readonly TracedCondition[];
}

export interface TracedRule {
  readonly id: string;
  readonly title: Bilingual;
  /** Null where a fault kept it from being asked. */
  readonly conditions: TracedCondition | null;
}

/** What becomes of the case by an outcome, where the engine makes more of it than it says. */
export type Becomes =
  | ({ readonly kind: "classification"; readonly stated: string | null } & SettledClassification)
  | {
      readonly kind: "routing";
      /** Null: a person places it, in the queue of the sector. */
      readonly entity: string | null;
      readonly sector: string | null;
      /** What the rules name, where the programme leaves it to a person. */
      readonly suggested: string | null;
    };

/** What one text decides for some facts, and why. */
export interface Tried {
  /** As the rule set's outcomes are: an object, of escalation a list of steps. */
  readonly outcome: unknown;
  /** Null: the outcome is all. */
  readonly becomes: Becomes | null;
  /** The rules that decided; none: the default. */
  readonly decided: readonly TracedRule[];
  /** Rules that came close: the one condition that kept each out, null where another rule came before it. */
  readonly near: readonly { readonly id: string; readonly title: Bilingual; readonly missed: Condition | null }[];
  readonly faults: readonly { readonly ruleId: string | null; readonly message: string }[];
}

export interface Trial {
  /** Of a case: what is asked about it. As typed otherwise, without what nobody knows. */
  readonly facts: Facts;
  /** What follows from them for a new application, without what nobody knows; by the set-up that the draft is asked by. */
  readonly follows: Facts;
  /** By the set-up as it would be with the change-set, where there is one. */
  readonly draft: Tried;
  /** Null: nothing is in force. */
  readonly inForce: Tried | null;
  readonly differs: boolean;
  /** With whose edits the set-up was asked; null: the set-up in force. */
  readonly changeSet: { readonly id: number; readonly title: string } | null;
}
