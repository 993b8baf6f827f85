/** How several matching rules become one outcome, and what holds where a fault leaves it open. */
import type { ConflictMode, RuleSetDefinition } from "./rule-set.js";

export interface RankedRule {
  readonly id: string;
  readonly outcome: Readonly<Record<string, unknown>>;
}

export interface Resolution {
  readonly ruleIds: readonly string[];
  readonly outcome: unknown;
}

interface Conflict {
  readonly mode: ConflictMode;
  /** Highest priority first; `matched` and `uncertain` are positions in it, ascending. */
  readonly rules: readonly RankedRule[];
  readonly safeDefault: RuleSetDefinition["default"];
  readonly matched: readonly number[];
  /** Rules at fault: nobody knows whether they match. */
  readonly uncertain: readonly number[];
}

/** The highest priority decides, unless a rule at fault stands above it: then the safe default. */
function resolveFirst({ rules, safeDefault, matched, uncertain }: Conflict): Resolution {
  const winner = matched[0];
  if (winner === undefined || (uncertain[0] ?? Number.POSITIVE_INFINITY) < winner)
    return { ruleIds: [], outcome: safeDefault };
  const rule = rules[winner] as RankedRule;
  return { ruleIds: [rule.id], outcome: rule.outcome };
}

/** Each key from the highest priority that names it; from the default where a rule at fault might have named it first, or nobody did. */
function resolveMerge({ rules, safeDefault, matched, uncertain }: Conflict): Resolution {
  const outcome: Record<string, unknown> = {};
  const open = new Set<string>();
  const ruleIds: string[] = [];
  const order = uncertain.length === 0 ? matched : [...matched, ...uncertain].sort((a, b) => a - b);
  for (const rank of order) {
    const rule = rules[rank] as RankedRule;
    const isOpen = uncertain.includes(rank);
    const named = Object.keys(rule.outcome).filter((key) => !(key in outcome) && !open.has(key));
    for (const key of named) {
      if (isOpen) open.add(key);
      else outcome[key] = rule.outcome[key];
    }
    if (!isOpen && named.length > 0) ruleIds.push(rule.id);
  }
  for (const [key, value] of Object.entries(safeDefault)) if (!(key in outcome)) outcome[key] = value;
  return { ruleIds, outcome };
}

/** All of them, each with the rule that gave it. With a fault, or when none matches, the default's steps are added: better told twice than not. */
function resolveCollect({ rules, safeDefault, matched, uncertain }: Conflict): Resolution {
  const given = matched.map((rank) => {
    const rule = rules[rank] as RankedRule;
    return { ruleId: rule.id, ...rule.outcome };
  });
  const defaults = Array.isArray(safeDefault) ? (safeDefault as readonly Record<string, unknown>[]) : [];
  const added =
    matched.length === 0 || uncertain.length > 0
      ? defaults.map((step, i) => ({ ruleId: `default-${i + 1}`, ...step }))
      : [];
  return { ruleIds: matched.map((rank) => (rules[rank] as RankedRule).id), outcome: [...given, ...added] };
}

const resolvers: Readonly<Record<ConflictMode, (conflict: Conflict) => Resolution>> = {
  first: resolveFirst,
  merge: resolveMerge,
  collect: resolveCollect,
};

export function resolveConflict(conflict: Conflict): Resolution {
  return resolvers[conflict.mode](conflict);
}
