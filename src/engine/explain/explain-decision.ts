/** What a rule set said and why: its version, the rules that decided, and the facts that met their conditions. */

import type { DecisionRecord } from "../lifecycle/case-outcome.js";
import { compileVerdict } from "../rules/compile-condition.js";
import type { Facts } from "../rules/fact-catalogue.js";
import type { Condition, RuleDefinition, RuleSetDefinition, RuleSetName } from "../rules/rule-set.js";
import { citedIn } from "../setup/instructions.js";
import { ownTable } from "../text/inherited-names.js";
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
  classification: { en: "Classification", ar: "التصنيف" },
  sla: { en: "Service levels", ar: "مستويات الخدمة" },
  routing: { en: "Routing", ar: "التوجيه" },
  escalation: { en: "Escalation", ar: "التصعيد" },
  quality: { en: "Quality", ar: "الجودة" },
};

type Leaf = Extract<Condition, { readonly fact: string }>;

/** What an operator asks of a fact, before the value that it asks for. */
const comparisons: Readonly<Record<string, Bilingual>> = ownTable({
  notEqual: { en: "not", ar: "ليس" },
  in: { en: "one of:", ar: "من:" },
  notIn: { en: "none of:", ar: "ليس من:" },
  contains: { en: "among them", ar: "ومنها" },
  doesNotContain: { en: "without", ar: "دون" },
  lessThan: { en: "less than", ar: "أقل من" },
  lessThanInclusive: { en: "at most", ar: "لا يزيد على" },
  greaterThan: { en: "more than", ar: "أكثر من" },
  greaterThanInclusive: { en: "at least", ar: "لا يقل عن" },
});

/** Of facts that are dates. */
const dateComparisons: Readonly<Record<string, Bilingual>> = ownTable({
  lessThan: { en: "before", ar: "قبل" },
  lessThanInclusive: { en: "not after", ar: "لا يتأخر عن" },
  greaterThan: { en: "after", ar: "بعد" },
  greaterThanInclusive: { en: "not before", ar: "لا يسبق" },
});
const comparisonOf = (fact: string, operator: string, words: Words): Bilingual | undefined =>
  (words.isDate(fact) ? dateComparisons[operator] : undefined) ?? comparisons[operator];

/** What a condition on one fact asks for. */
function leafAsked({ fact, operator, value }: Leaf, words: Words): string {
  if (operator === "notEqual" && value === null) return `${words.fact(fact)}: ${words.say("known", "معروف")}`;
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
    return [words.say(`it does not hold that: ${denied}`, `لا يتحقق أن: ${denied}`)];
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
  if ("not" in condition)
    return words.say(`not (${asked(condition.not, words)})`, `ليس (${asked(condition.not, words)})`);
  const [members, joint] =
    "all" in condition ? [condition.all, words.say(" and ", " و")] : [condition.any, words.say(" or ", " أو ")];
  // A group within another stands in brackets: “A and B or C” is read in two ways.
  const said = (member: Condition): string =>
    members.length > 1 && isJoined(member) ? `(${asked(member, words)})` : asked(member, words);
  return members.map(said).join(joint);
}

function ruleInWords(rule: RuleDefinition, facts: Facts, words: Words): string[] {
  const { say, pick, quote } = words;
  return [
    say(
      `Rule ${quote(pick(rule.title))} (${rule.id}), because:`,
      `القاعدة ${quote(pick(rule.title))} (${rule.id})، لأن:`,
    ),
    ...conditionsMet(rule.conditions, facts, words).map((line) => `  - ${line}`),
    ...citedIn(rule.basis).map((code) =>
      say(`  According to ${words.instruction(code)}`, `  بموجب ${words.instruction(code)}`),
    ),
    ...(rule.legalBasis
      ? [say(`  Legal basis: ${pick(rule.legalBasis)}`, `  السند القانوني: ${pick(rule.legalBasis)}`)]
      : []),
  ];
}

/** What the condition asks for, and what was found instead. */
function missedInWords(missed: Condition, facts: Facts, words: Words): string {
  const wanted = asked(missed, words);
  if (!("fact" in missed)) return wanted;
  const found = words.value(missed.fact, facts[missed.fact]);
  return words.say(`${wanted} (here: ${found})`, `${wanted} (هنا: ${found})`);
}

function nearMissInWords({ rule, missed }: NearMiss, facts: Facts, words: Words): string {
  const { say } = words;
  const name = `${words.quote(words.pick(rule.title))} (${rule.id})`;
  if (missed === null)
    return say(
      `Rule ${name} applied as well; another one came before it.`,
      `القاعدة ${name} انطبقت أيضًا، وسبقتها غيرها.`,
    );
  const what = missedInWords(missed, facts, words);
  return say(
    `Rule ${name} came close. One condition did not hold: ${what}`,
    `القاعدة ${name} كادت تنطبق. شرط واحد لم يتحقق: ${what}`,
  );
}

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
      `Decided by the rule set ${words.quote(set)}, version ${version}, on ${words.moment(decision.at)}.`,
      `القرار من مجموعة القواعد ${words.quote(set)}، النسخة ${version}، في ${words.moment(decision.at)}.`,
    ),
    ...rules.flatMap((rule) => ruleInWords(rule, facts, words)),
  ];
  if (decision.ruleIds.length === 0 && only === undefined)
    lines.push(
      say(
        "No rule applied: the safe default of the rule set holds.",
        "لم تنطبق أي قاعدة: يُعمل بالقيمة الافتراضية الآمنة للمجموعة.",
      ),
    );
  const near = nearMisses(definition, decision.ruleIds, facts, only);
  lines.push(...near.map((one) => nearMissInWords(one, facts, words)));
  for (const fault of decision.faults) {
    const which =
      fault.ruleId === null
        ? say("The rule engine", "محرك القواعد")
        : say(`Rule ${fault.ruleId}`, `القاعدة ${fault.ruleId}`);
    lines.push(
      say(
        `${which} was at fault and was passed over: ${fault.message}`,
        `${which}: وقع خلل فجرى تجاوزه: ${fault.message}`,
      ),
    );
  }
  return lines;
}
