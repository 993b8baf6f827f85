/** A rule set as the operation room writes it: json-rules-engine's own JSON, with a title and examples beside it. */
import type { Bilingual } from "../text/text.js";

export const ruleSetNames = ["classification", "sla", "routing", "escalation", "quality"] as const;
export type RuleSetName = (typeof ruleSetNames)[number];

/** json-rules-engine conditions, restricted by the schema: no path, no named conditions, non-empty groups. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly fact: string; readonly operator: string; readonly value: unknown };

export interface RuleDefinition {
  /** Never changes once published, and is never used again. */
  readonly id: string;
  readonly title: Bilingual;
  /** Higher first. 1 and up. */
  readonly priority: number;
  readonly conditions: Condition;
  readonly event: { readonly type: RuleSetName; readonly params: Readonly<Record<string, unknown>> };
  /** Law, instruction or circular that it carries out. */
  readonly legalBasis?: Bilingual;
  /** The instructions of the register that it carries out: a code, or several. */
  readonly basis?: string | readonly string[];
  /** Facts (the rest null) and whether this rule should be among those that decide. Run before every publish. */
  readonly examples: readonly RuleExample[];
}
export interface RuleExample {
  /** In one string: as rule sets that were published before this stood in both languages still have it. */
  readonly name: Bilingual | string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly decides: boolean;
}

export const nameOfExample = ({ name }: Pick<RuleExample, "name">): Bilingual =>
  typeof name === "string" ? { en: name, ar: name } : name;

/**
 * How several matching rules become one outcome.
 * `first`: the highest priority decides (SLA, routing, quality). `merge`: each key of the outcome from the highest
 * priority that names it (classification). `collect`: all of them (escalation).
 */
export type ConflictMode = "first" | "merge" | "collect";

export interface RuleSetDefinition {
  readonly set: RuleSetName;
  readonly programme: string;
  readonly mode: ConflictMode;
  /** The safe outcome when no rule matches or a rule is at fault. For `collect` a list. */
  readonly default: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[];
  readonly rules: readonly RuleDefinition[];
}
