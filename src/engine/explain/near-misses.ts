/** Rules that nearly decided: they applied and another came before them, or a single condition kept them from applying. */
import { compileVerdict } from "../rules/compile-condition.js";
import type { Facts } from "../rules/fact-catalogue.js";
import type { Condition, RuleDefinition, RuleSetDefinition } from "../rules/rule-set.js";

export interface NearMiss {
  readonly rule: RuleDefinition;
  /** The only condition that did not hold; null where the rule applied and another decided. */
  readonly missed: Condition | null;
}

/** Nobody reads more of them. */
const maxShown = 3;

const holds = (condition: Condition, facts: Facts): boolean => compileVerdict(condition)(facts) === true;

/** What has to hold together; a condition of another form stands for itself. */
function joined(condition: Condition): readonly Condition[] {
  return "all" in condition ? condition.all.flatMap(joined) : [condition];
}

interface Candidate extends NearMiss {
  /** How much of it held: what asks for more and got it is closer. */
  readonly met: number;
}

function closeness(rule: RuleDefinition, facts: Facts): Candidate | null {
  const members = joined(rule.conditions);
  const failing = members.filter((member) => !holds(member, facts));
  const met = members.length - failing.length;
  if (failing.length === 0) return { rule, missed: null, met };
  const [missed] = failing;
  return failing.length === 1 && missed !== undefined && met > 0 ? { rule, missed, met } : null;
}

/**
 * The nearest first: what applied, then what met most conditions, then by priority.
 * @param decided ids of the rules that decided
 * @param only keep rules whose outcome names one of these keys
 */
export function nearMisses(
  { rules }: Pick<RuleSetDefinition, "rules">,
  decided: readonly string[],
  facts: Facts,
  only?: readonly string[],
): readonly NearMiss[] {
  return rules
    .filter(({ id, event }) => !decided.includes(id) && (only === undefined || only.some((key) => key in event.params)))
    .flatMap((rule) => closeness(rule, facts) ?? [])
    .sort(
      (a, b) =>
        Number(b.missed === null) - Number(a.missed === null) ||
        b.met - a.met ||
        b.rule.priority - a.rule.priority ||
        (a.rule.id < b.rule.id ? -1 : 1),
    )
    .slice(0, maxShown)
    .map(({ rule, missed }) => ({ rule, missed }));
}
