/** What a rule set said and why: its version, the rules that decided, and the facts that met their conditions. */

import type { DecisionRecord } from "../lifecycle/case-outcome.js";
import { compileVerdict } from "../rules/compile-condition.js";
import type { Facts } from "../rules/fact-catalogue.js";
import type { Condition, RuleDefinition, RuleSetDefinition, RuleSetName } from "../rules/rule-set.js";
import { citedIn } from "../setup/instructions.js";
import { ownTable } from "../text/inherited-names.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { type NearMiss, nearMisses } from "./near-misses.js";
import type { Words } from "./words.js";

/** A decision with the version of the rule set that made it. */
export interface ExplainedDecision extends DecisionRecord {
  readonly version: number;
  readonly definition: RuleSetDefinition;
}

/** What each rule set is called. */
export const setNames: Readonly<Record<RuleSetName, Bilingual>> = {
  classification: msg("explain.explainDecision.setNamesClassification"),
  sla: msg("explain.explainDecision.setNamesSla"),
  routing: msg("explain.explainDecision.setNamesRouting"),
  escalation: msg("explain.explainDecision.setNamesEscalation"),
  quality: msg("explain.explainDecision.setNamesQuality"),
};

type Leaf = Extract<Condition, { readonly fact: string }>;

/** What an operator asks of a fact, before the value that it asks for. */
const comparisons: Readonly<Record<string, Bilingual>> = ownTable({
  notEqual: msg("explain.explainDecision.notEqual"),
  in: msg("explain.explainDecision.in"),
  notIn: msg("explain.explainDecision.notIn"),
  contains: msg("explain.explainDecision.contains"),
  doesNotContain: msg("explain.explainDecision.doesNotContain"),
  lessThan: msg("explain.explainDecision.lessThan"),
  lessThanInclusive: msg("explain.explainDecision.lessThanInclusive"),
  greaterThan: msg("explain.explainDecision.greaterThan"),
  greaterThanInclusive: msg("explain.explainDecision.greaterThanInclusive"),
});

/** Of facts that are dates. */
const dateComparisons: Readonly<Record<string, Bilingual>> = ownTable({
  lessThan: msg("explain.explainDecision.lessThan2"),
  lessThanInclusive: msg("explain.explainDecision.lessThanInclusive2"),
  greaterThan: msg("explain.explainDecision.greaterThan2"),
  greaterThanInclusive: msg("explain.explainDecision.greaterThanInclusive2"),
});
const comparisonOf = (fact: string, operator: string, words: Words): Bilingual | undefined =>
  (words.isDate(fact) ? dateComparisons[operator] : undefined) ?? comparisons[operator];

/** What a condition on one fact asks for. */
function leafAsked({ fact, operator, value }: Leaf, words: Words): string {
  if (operator === "notEqual" && value === null)
    return `${words.fact(fact)}: ${words.say(msg("explain.explainDecision.known"))}`;
  const comparison = comparisonOf(fact, operator, words);
  return `${words.fact(fact)}: ${comparison === undefined ? "" : `${words.pick(comparison)} `}${words.value(fact, value)}`;
}

/** A condition on one fact that held: what the fact was, and what was asked for where that is not the same. */
function leafMet({ fact, operator, value }: Leaf, facts: Facts, words: Words): string {
  const comparison = comparisonOf(fact, operator, words);
  const found = `${words.fact(fact)}: ${words.value(fact, facts[fact])}`;
  return comparison === undefined || value === null
    ? found
    : `${found} (${words.pick(comparison)} ${words.value(fact, value)})`;
}

/** The leaves that made a condition hold; of alternatives only those that did. */
export function conditionsMet(condition: Condition, facts: Facts, words: Words): string[] {
  if ("all" in condition) return condition.all.flatMap((member) => conditionsMet(member, facts, words));
  if ("any" in condition)
    return condition.any
      .filter((member) => compileVerdict(member)(facts) === true)
      .flatMap((member) => conditionsMet(member, facts, words));
  if ("not" in condition) {
    const denied = asked(condition.not, words);
    return [words.say(msg("explain.explainDecision.itDoesNotHoldThat", { denied }))];
  }
  return [leafMet(condition, facts, words)];
}

/** Facts by which a condition held, in the order in which they stand; of alternatives only those that did, of denials none. */
export function factsMet(condition: Condition, facts: Facts): string[] {
  if ("not" in condition) return [];
  if ("all" in condition) return [...new Set(condition.all.flatMap((member) => factsMet(member, facts)))];
  if ("any" in condition) {
    const held = condition.any.filter((member) => compileVerdict(member)(facts) === true);
    return [...new Set(held.flatMap((member) => factsMet(member, facts)))];
  }
  return [condition.fact];
}

/** Whether it is told with “and” or “or”. */
function isJoined(condition: Condition): boolean {
  const members = "all" in condition ? condition.all : "any" in condition ? condition.any : [];
  return members.length > 1 || members.some(isJoined);
}

/** What a condition asks for, whether it held or not. */
export function asked(condition: Condition, words: Words): string {
  if ("fact" in condition) return leafAsked(condition, words);
  if ("not" in condition) return words.say(msg("explain.explainDecision.not", { not: asked(condition.not, words) }));
  const [members, joint] =
    "all" in condition
      ? [condition.all, words.say(msg("explain.explainDecision.and"))]
      : [condition.any, words.say(msg("explain.explainDecision.or"))];
  // A group within another stands in brackets: “A and B or C” is read in two ways.
  const said = (member: Condition): string =>
    members.length > 1 && isJoined(member) ? `(${asked(member, words)})` : asked(member, words);
  return members.map(said).join(joint);
}

function ruleInWords(rule: RuleDefinition, facts: Facts, words: Words): string[] {
  const { say, pick } = words;
  return [
    say(msg("explain.explainDecision.ruleBecause", { rule: words.rule(rule) })),
    ...conditionsMet(rule.conditions, facts, words).map((line) => `  - ${line}`),
    ...citedIn(rule.basis).map((code) =>
      say(msg("explain.explainDecision.accordingTo", { code: words.instruction(code) })),
    ),
    ...(rule.legalBasis ? [say(msg("explain.explainDecision.legalBasis", { legalBasis: pick(rule.legalBasis) }))] : []),
  ];
}

/** What the condition asks for, and what was found instead. */
function missedInWords(missed: Condition, facts: Facts, words: Words): string {
  const wanted = asked(missed, words);
  if (!("fact" in missed)) return wanted;
  const found = words.value(missed.fact, facts[missed.fact]);
  return words.say(msg("explain.explainDecision.here", { wanted, found }));
}

function nearMissInWords({ rule, missed }: NearMiss, facts: Facts, words: Words): string {
  const { say } = words;
  const name = words.rule(rule);
  if (missed === null) return say(msg("explain.explainDecision.ruleAppliedAsWellAnother", { name }));
  const what = missedInWords(missed, facts, words);
  return say(msg("explain.explainDecision.ruleCameCloseOneCondition", { name, what }));
}

/** A rule of the version by its identifier; a title it has only where it is there. */
export const ruleOf = ({ rules }: Pick<RuleSetDefinition, "rules">, id: string): { id: string; title?: Bilingual } =>
  rules.find((rule) => rule.id === id) ?? { id };

/**
 * Lines on a decision: the version, then each deciding rule with the facts that met it, or the safe default; then rules
 * that came close; faults at the end.
 * @param only keep the rules whose outcome names one of these keys (a merged outcome has a rule for each)
 */
export function explainDecision(decision: ExplainedDecision, words: Words, only?: readonly string[]): string[] {
  const { say, pick } = words;
  const { definition, facts, version } = decision;
  const rules = definition.rules.filter(
    (rule) =>
      decision.ruleIds.includes(rule.id) && (only === undefined || only.some((key) => key in rule.event.params)),
  );
  const set = pick(setNames[decision.ruleSet]);
  const lines = [
    say(
      msg("explain.explainDecision.decidedByTheRuleSet", {
        set: words.quote(set),
        version,
        at: words.moment(decision.at),
      }),
    ),
    ...rules.flatMap((rule) => ruleInWords(rule, facts, words)),
  ];
  if (decision.ruleIds.length === 0 && only === undefined)
    lines.push(say(msg("explain.explainDecision.noRuleAppliedTheSafe")));
  const near = nearMisses(definition, decision.ruleIds, facts, only);
  lines.push(...near.map((one) => nearMissInWords(one, facts, words)));
  for (const fault of decision.faults) {
    const { ruleId } = fault;
    const which =
      ruleId === null
        ? say(msg("explain.explainDecision.which"))
        : say(msg("explain.explainDecision.which2", { rule: words.rule(ruleOf(definition, ruleId)) }));
    lines.push(say(msg("explain.explainDecision.wasAtFaultAndWas", { which, message: fault.message })));
  }
  return lines;
}
