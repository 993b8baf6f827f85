/** What changed between two versions of a rule set. */
import { asked } from "../explain/explain-decision.js";
import type { Words } from "../explain/words.js";
import { citedIn } from "../instructions.js";
import type { RuleDefinition, RuleSetDefinition } from "../rules/rule-set.js";
import type { Setup } from "../setup.js";
import type { Budget } from "../sla/budget.js";
import type { TargetName } from "../sla/clock.js";
import type { Bilingual } from "../text.js";
import { type Difference, differencesOf, fromTo, line, type Say, same, sayIn } from "./difference.js";

type Outcome = Readonly<Record<string, unknown>>;

const outcomeKeys: Readonly<Record<string, Bilingual>> = {
  confidential: { en: "Confidential", ar: "سرّي" },
  to: { en: "Goes to", ar: "يُحال إلى" },
  kind: { en: "Kind", ar: "النوع" },
  level: { en: "Level", ar: "المستوى" },
  when: { en: "When", ar: "متى" },
  tell: { en: "Who is told", ar: "من يُبلَّغ" },
  raiseImportance: { en: "Raises the importance", ar: "ترفع مستوى الأهمية" },
  template: { en: "By which letter", ar: "بأي رسالة" },
  review: { en: "Quality review", ar: "مراجعة الجودة" },
  reason: { en: "Reason", ar: "السبب" },
};
const targets: ReadonlySet<string> = new Set(["acknowledgement", "firstResponse", "resolution"]);

function isBudget(value: unknown): value is Budget {
  return typeof value === "object" && value !== null && "amount" in value && "unit" in value;
}

function keyWords(key: string, words: Words): string {
  if (targets.has(key)) return words.target(key as TargetName);
  const named = outcomeKeys[key];
  return named === undefined ? words.fact(key) : words.pick(named);
}

/** A part of an outcome: budgets and codes by their names, anything else as it is written. */
function partWords(key: string, value: unknown, words: Words): string {
  if (value === undefined || (value === null && targets.has(key))) return words.say("none", "لا يوجد");
  if (isBudget(value)) return words.budget(value);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return JSON.stringify(value);
  return words.value(key, value);
}

/** What an outcome changed: a line for each part. */
function outcomeLines(before: Outcome, after: Outcome, say: Say): Bilingual[] {
  // Stored outcomes forget the order of their keys: targets come as they fall due.
  const keys = [...new Set([...targets, ...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) =>
    line(before[key], after[key], () =>
      say((words) =>
        fromTo(words, keyWords(key, words), partWords(key, before[key], words), partWords(key, after[key], words)),
      ),
    ),
  );
}

function ruleLines(before: RuleDefinition, after: RuleDefinition, say: Say): Bilingual[] {
  return [
    ...line(before.title, after.title, () =>
      say((words) => fromTo(words, words.say("Name", "الاسم"), words.pick(before.title), words.pick(after.title))),
    ),
    ...outcomeLines(before.event.params, after.event.params, say),
    ...line(before.conditions, after.conditions, () =>
      say((words) =>
        fromTo(
          words,
          words.say("Holds when", "تنطبق عندما"),
          asked(before.conditions, words),
          asked(after.conditions, words),
        ),
      ),
    ),
    ...line(before.priority, after.priority, () =>
      say((words) => fromTo(words, words.say("Priority", "الأولوية"), `${before.priority}`, `${after.priority}`)),
    ),
    ...line(before.legalBasis, after.legalBasis, () =>
      say((words) => {
        const basis = (rule: RuleDefinition) =>
          rule.legalBasis === undefined ? words.say("none", "لا يوجد") : words.pick(rule.legalBasis);
        return fromTo(words, words.say("Legal basis", "السند القانوني"), basis(before), basis(after));
      }),
    ),
    ...line(before.basis, after.basis, () =>
      say((words) => {
        const basis = (rule: RuleDefinition) =>
          citedIn(rule.basis).map(words.instruction).join(words.say(", ", "، ")) || words.say("none", "لا شيء");
        return fromTo(words, words.say("According to", "بموجب"), basis(before), basis(after));
      }),
    ),
    ...line(before.examples, after.examples, () => say((words) => words.say("Its examples", "أمثلتها"))),
  ];
}

function defaultDifference(before: RuleSetDefinition, after: RuleSetDefinition, say: Say): Difference[] {
  if (same(before.default, after.default)) return [];
  const plain = !Array.isArray(before.default) && !Array.isArray(after.default);
  return [
    {
      kind: "changed",
      what: say((words) => words.say("What holds when no rule applies", "ما يُعمل به حين لا تنطبق أي قاعدة")),
      details: plain ? outcomeLines(before.default as Outcome, after.default as Outcome, say) : [],
    },
  ];
}

/** Rules that came, went or changed, by their names, and the default. */
export function ruleDifferences(before: RuleSetDefinition, after: RuleSetDefinition, setup: Setup): Difference[] {
  const say = sayIn(setup);
  return [
    ...differencesOf(
      before.rules,
      after.rules,
      (rule) => rule.id,
      (rule) =>
        say((words) =>
          words.say(`Rule ${words.quote(words.pick(rule.title))}`, `القاعدة ${words.quote(words.pick(rule.title))}`),
        ),
      (old, now) => ruleLines(old, now, say),
    ),
    ...defaultDifference(before, after, say),
  ];
}
