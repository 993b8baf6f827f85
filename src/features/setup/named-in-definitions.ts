/** Where rule sets and workflows name what is set up: in a condition, in what they decide, or in an example only. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { RuleDefinition, RuleSetDefinition } from "../../engine/rules/rule-set.js";
import { citedIn } from "../../engine/setup/instructions.js";
import { declarationOf, type RowTable } from "../../engine/setup/tables/setup-registry.js";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { WorkflowAction, WorkflowDefinition } from "../../engine/workflow/workflow-definition.js";
import { type Database, query } from "../../platform/db/query.js";
import type { ConfigurationKind } from "./tables/create-models.js";

export interface StoredDefinition {
  /** Id of the version, or of the change of an open draft. */
  readonly id: number;
  readonly kind: ConfigurationKind;
  readonly name: string;
  readonly version: number;
  /** `draft`: offered from files; `open`: somebody is writing it. */
  readonly status: "draft" | "published" | "open";
  readonly definition: unknown;
}

export interface Naming {
  readonly source: StoredDefinition;
  /** The rule or action; null: the default of the set. */
  readonly id: string | null;
  readonly title: Bilingual;
  /** `decides`: a case is given it or sent there; `asks`: a condition compares with it; `example`: nothing depends on it; `cites`: it is its legal basis. */
  readonly how: "decides" | "asks" | "example" | "cites";
}

interface Leaf {
  readonly fact: string;
  readonly value: unknown;
}

/** The code that an outcome names of the table: `entity:JFDA`, `pillar: "TIME"`. */
function codeInOutcome(table: RowTable, outcome: Readonly<Record<string, unknown>>): unknown {
  const named = declarationOf(table).outcome;
  if (named === undefined) return undefined;
  const { key, prefix = "" } = named;
  const value = outcome[key];
  return typeof value === "string" && value.startsWith(prefix) ? value.slice(prefix.length) : undefined;
}

/** All comparisons inside a condition, or inside anything that has conditions in it. */
function leavesIn(node: unknown): Leaf[] {
  if (Array.isArray(node)) return node.flatMap(leavesIn);
  if (typeof node !== "object" || node === null) return [];
  const { fact, value } = node as Partial<Leaf>;
  if (typeof fact === "string" && "operator" in node) return [{ fact, value }];
  return Object.values(node).flatMap(leavesIn);
}

/** The parts of a definition that can ask or decide something, each with a name. */
export function partsOf(source: Pick<StoredDefinition, "kind" | "definition">): {
  readonly id: string | null;
  readonly title: Bilingual;
  readonly leaves: readonly Leaf[];
  readonly outcomes: readonly Readonly<Record<string, unknown>>[];
  readonly examples: readonly Readonly<Record<string, unknown>>[];
  /** Codes of instructions. */
  readonly basis: readonly string[];
}[] {
  if (source.kind === "rules") {
    const { rules = [], default: otherwise } = (source.definition ?? {}) as Partial<RuleSetDefinition>;
    const byDefault = (Array.isArray(otherwise) ? otherwise : [otherwise ?? {}]) as Record<string, unknown>[];
    return [
      ...rules.map(({ id, title, conditions, event, examples, basis }: RuleDefinition) => ({
        id,
        title,
        leaves: leavesIn(conditions),
        outcomes: [event?.params ?? {}],
        examples: (examples ?? []).map((example) => example.facts ?? {}),
        basis: citedIn(basis),
      })),
      {
        id: null,
        title: msg("setup.namedInDefinitions.theDefault"),
        leaves: [],
        outcomes: byDefault,
        examples: [],
        basis: [],
      },
    ];
  }
  if (source.kind === "workflow") {
    const { actions = {} } = (source.definition ?? {}) as Partial<WorkflowDefinition>;
    return Object.entries<WorkflowAction>(actions).map(([id, action]) => ({
      id,
      title: action.name,
      leaves: leavesIn([action.to, action.guards]),
      outcomes: [],
      examples: [],
      basis: [],
    }));
  }
  return [];
}

const names = (value: unknown, code: string): boolean =>
  value === code || (Array.isArray(value) && value.includes(code));

/** Every place that names the row `code` of `table`. */
export function namingsOf(definitions: readonly StoredDefinition[], table: RowTable, code: string): Naming[] {
  const { facts } = declarationOf(table);
  return definitions.flatMap((source) =>
    partsOf(source).flatMap(({ id, title, leaves, outcomes, examples, basis }): Naming[] => {
      const at = { source, id, title };
      if (table === "instructions") return basis.includes(code) ? [{ ...at, how: "cites" }] : [];
      if (outcomes.some((outcome) => codeInOutcome(table, outcome) === code)) {
        return [{ ...at, how: "decides" }];
      }
      if (leaves.some(({ fact, value }) => facts.includes(fact) && names(value, code))) return [{ ...at, how: "asks" }];
      if (examples.some((example) => facts.some((fact) => names(example[fact], code)))) {
        return [{ ...at, how: "example" }];
      }
      return [];
    }),
  );
}

/** What is published, drafted or being written in a programme, the published first. */
export function definitionsInUse(
  db: Database,
  programme: string,
  transaction?: Transaction,
): Promise<StoredDefinition[]> {
  const statement = sql`select id, kind, name, version, status, definition from configuration_versions
    where programme = ${programme} and kind in ('rules', 'workflow') and status in ('published', 'draft')
    union all
    select c.id, c.kind, c.name, 0, 'open', c.definition from policy_changes c
    where c.programme = ${programme} and c.kind in ('rules', 'workflow') and c.open
    order by status desc, kind, name, version`;
  return query<StoredDefinition>(db, statement, transaction);
}
