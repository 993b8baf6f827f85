/** What a rule set said and why: its version, the rules that decided, and the facts that met their conditions. */
import type { DecisionRecord } from "../case-outcome.js";
import { compileVerdict } from "../rules/compile-condition.js";
import type { Facts } from "../rules/fact-catalogue.js";
import type { Condition, RuleDefinition, RuleSetDefinition, RuleSetName } from "../rules/rule-set.js";
import type { Bilingual } from "../text.js";
import type { Words } from "./words.js";

/** A decision with the version of the rule set that made it. */
export interface ExplainedDecision extends DecisionRecord {
  readonly version: number;
  readonly definition: RuleSetDefinition;
}

const setNames: Readonly<Record<RuleSetName, Bilingual>> = {
  classification: { en: "Classification", ar: "التصنيف" },
  sla: { en: "Service levels", ar: "مستويات الخدمة" },
  routing: { en: "Routing", ar: "التوجيه" },
  escalation: { en: "Escalation", ar: "التصعيد" },
  quality: { en: "Quality", ar: "الجودة" },
};

type Leaf = Extract<Condition, { readonly fact: string }>;

/** A condition on one fact, with what the fact was. */
function leafInWords({ fact, operator, value }: Leaf, facts: Facts, words: Words): string {
  const label = words.fact(fact);
  const found = words.value(fact, facts[fact]);
  const wanted = words.value(fact, value);
  const { say } = words;
  if (value === null) return operator === "notEqual" ? say(`${label}: ${found} (known)`, `${label}: ${found} (معروف)`) : say(`${label} is not known`, `${label}: غير معروف`);
  const texts: Readonly<Record<string, string>> = {
    equal: say(`${label}: ${found}`, `${label}: ${found}`),
    notEqual: say(`${label}: ${found}, and not ${wanted}`, `${label}: ${found}، وليس ${wanted}`),
    in: say(`${label}: ${found} (one of: ${wanted})`, `${label}: ${found} (من: ${wanted})`),
    notIn: say(`${label}: ${found} (none of: ${wanted})`, `${label}: ${found} (ليس من: ${wanted})`),
    contains: say(`${label}: ${found}, among them ${wanted}`, `${label}: ${found}، ومنها ${wanted}`),
    doesNotContain: say(`${label}: ${found}, without ${wanted}`, `${label}: ${found}، دون ${wanted}`),
    lessThan: say(`${label}: ${found}, less than ${wanted}`, `${label}: ${found}، أقل من ${wanted}`),
    lessThanInclusive: say(`${label}: ${found}, at most ${wanted}`, `${label}: ${found}، لا يزيد على ${wanted}`),
    greaterThan: say(`${label}: ${found}, more than ${wanted}`, `${label}: ${found}، أكثر من ${wanted}`),
    greaterThanInclusive: say(`${label}: ${found}, at least ${wanted}`, `${label}: ${found}، لا يقل عن ${wanted}`),
  };
  return texts[operator] ?? `${label} ${operator} ${wanted}`;
}

/** The leaves that made a condition hold; of alternatives only those that did. */
export function conditionsMet(condition: Condition, facts: Facts, words: Words): string[] {
  if ("all" in condition) return condition.all.flatMap((member) => conditionsMet(member, facts, words));
  if ("any" in condition) return condition.any.filter((member) => compileVerdict(member)(facts) === true).flatMap((member) => conditionsMet(member, facts, words));
  if ("not" in condition) {
    const inner = "fact" in condition.not ? leafInWords(condition.not, facts, words) : conditionsAsked(condition.not, facts, words);
    return [words.say(`it does not hold that: ${inner}`, `لا يتحقق أن: ${inner}`)];
  }
  return [leafInWords(condition, facts, words)];
}

function conditionsAsked(condition: Condition, facts: Facts, words: Words): string {
  if ("fact" in condition) return leafInWords(condition, facts, words);
  if ("not" in condition) return words.say(`not ${conditionsAsked(condition.not, facts, words)}`, `ليس ${conditionsAsked(condition.not, facts, words)}`);
  const members = "all" in condition ? condition.all : condition.any;
  return members.map((member) => conditionsAsked(member, facts, words)).join("all" in condition ? words.say(" and ", " و") : words.say(" or ", " أو "));
}

function ruleInWords(rule: RuleDefinition, facts: Facts, words: Words): string[] {
  const { say, pick, quote } = words;
  return [
    say(`Rule ${quote(pick(rule.title))} (${rule.id}), because:`, `القاعدة ${quote(pick(rule.title))} (${rule.id})، لأن:`),
    ...conditionsMet(rule.conditions, facts, words).map((line) => `  - ${line}`),
    ...(rule.legalBasis ? [say(`  Legal basis: ${pick(rule.legalBasis)}`, `  السند القانوني: ${pick(rule.legalBasis)}`)] : []),
  ];
}

/**
 * Lines on a decision: the version, then each deciding rule with the facts that met it, or the safe default; faults at the end.
 * @param only keep the rules whose outcome names one of these keys (a merged outcome has a rule for each)
 */
export function explainDecision(decision: ExplainedDecision, words: Words, only?: readonly string[]): string[] {
  const { say, pick } = words;
  const { definition, facts, version } = decision;
  const rules = definition.rules.filter(
    (rule) => decision.ruleIds.includes(rule.id) && (only === undefined || only.some((key) => key in rule.event.params)),
  );
  const set = pick(setNames[decision.ruleSet]);
  const lines = [
    say(`Decided by the rule set ${words.quote(set)}, version ${version}, on ${words.moment(decision.at)}.`, `القرار من مجموعة القواعد ${words.quote(set)}، الإصدار ${version}، في ${words.moment(decision.at)}.`),
    ...rules.flatMap((rule) => ruleInWords(rule, facts, words)),
  ];
  if (decision.ruleIds.length === 0 && only === undefined) lines.push(say("No rule applied: the safe default of the rule set holds.", "لم تنطبق أي قاعدة: يُعمل بالقيمة الافتراضية الآمنة للمجموعة."));
  for (const fault of decision.faults) {
    const which = fault.ruleId === null ? say("The rule engine", "محرك القواعد") : say(`Rule ${fault.ruleId}`, `القاعدة ${fault.ruleId}`);
    lines.push(say(`${which} was at fault and was passed over: ${fault.message}`, `${which}: وقع خلل فجرى تجاوزه: ${fault.message}`));
  }
  return lines;
}
