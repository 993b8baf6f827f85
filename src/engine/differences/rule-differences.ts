/** What changed between two versions of a rule set. */

import { asked } from "../explain/explain-decision.js";
import type { Words } from "../explain/words.js";
import type { RuleDefinition, RuleSetDefinition } from "../rules/rule-set.js";
import { citedIn } from "../setup/instructions.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { type Difference, differencesOf, fromTo, line, same, sayIn } from "./difference.js";
import { partName, partWords, targetKeys } from "./outcome-parts.js";

type Outcome = Readonly<Record<string, unknown>>;

/** Stored outcomes forget the order of their keys: targets come as they fall due. */
const keysOf = (...outcomes: readonly Outcome[]): string[] => [
  ...new Set([...targetKeys, ...outcomes.flatMap((outcome) => Object.keys(outcome))]),
];

/** What an outcome changed: a line for each part. */
function outcomeLines(before: Outcome, after: Outcome, setup: Setup): Bilingual[] {
  const said = (key: string, outcome: Outcome, words: Words) => partWords(key, outcome[key], words, setup);
  return keysOf(before, after).flatMap((key) =>
    line(before[key], after[key], () =>
      sayIn(setup)((words) => fromTo(words, partName(key, words), said(key, before, words), said(key, after, words))),
    ),
  );
}

/** All that a rule says: whoever approves one that is new, or goes, reads what it decides and not its name alone. */
function wholeRule({ conditions, event }: RuleDefinition, setup: Setup): Bilingual[] {
  const say = sayIn(setup);
  const outcome = event.params;
  return [
    say((words) => `${holdsWhen(words)}: ${asked(conditions, words)}`),
    ...keysOf(outcome)
      .filter((key) => key in outcome)
      .map((key) => say((words) => `${partName(key, words)}: ${partWords(key, outcome[key], words, setup)}`)),
  ];
}

const holdsWhen = (words: Words): string => words.say(msg("differences.ruleDifferences.holdsWhen"));

function ruleLines(before: RuleDefinition, after: RuleDefinition, setup: Setup): Bilingual[] {
  const say = sayIn(setup);
  return [
    ...line(before.title, after.title, () =>
      say((words) =>
        fromTo(
          words,
          words.say(msg("differences.ruleDifferences.name")),
          words.pick(before.title),
          words.pick(after.title),
        ),
      ),
    ),
    ...outcomeLines(before.event.params, after.event.params, setup),
    ...line(before.conditions, after.conditions, () =>
      say((words) => fromTo(words, holdsWhen(words), asked(before.conditions, words), asked(after.conditions, words))),
    ),
    ...line(before.priority, after.priority, () =>
      say((words) =>
        fromTo(
          words,
          words.say(msg("differences.ruleDifferences.priority")),
          `${before.priority}`,
          `${after.priority}`,
        ),
      ),
    ),
    ...line(before.legalBasis, after.legalBasis, () =>
      say((words) => {
        const basis = (rule: RuleDefinition) =>
          rule.legalBasis === undefined
            ? words.say(msg("differences.ruleDifferences.none"))
            : words.pick(rule.legalBasis);
        return fromTo(words, words.say(msg("differences.ruleDifferences.legalBasis")), basis(before), basis(after));
      }),
    ),
    ...line(before.basis, after.basis, () =>
      say((words) => {
        const basis = (rule: RuleDefinition) =>
          citedIn(rule.basis)
            .map(words.instruction)
            .join(words.say(msg("differences.ruleDifferences.text"))) ||
          words.say(msg("differences.ruleDifferences.none2"));
        return fromTo(words, words.say(msg("differences.ruleDifferences.accordingTo")), basis(before), basis(after));
      }),
    ),
    ...line(before.examples, after.examples, () =>
      say((words) => words.say(msg("differences.ruleDifferences.itsExamples"))),
    ),
  ];
}

function defaultDifference(before: RuleSetDefinition, after: RuleSetDefinition, setup: Setup): Difference[] {
  if (same(before.default, after.default)) return [];
  const plain = !Array.isArray(before.default) && !Array.isArray(after.default);
  return [
    {
      kind: "changed",
      what: sayIn(setup)((words) => words.say(msg("differences.ruleDifferences.whatHoldsWhenNoRule"))),
      details: plain ? outcomeLines(before.default as Outcome, after.default as Outcome, setup) : [],
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
          words.say(msg("differences.ruleDifferences.rule", { title: words.quote(words.pick(rule.title)) })),
        ),
      (old, now) => ruleLines(old, now, setup),
      (rule) => wholeRule(rule, setup),
    ),
    ...defaultDifference(before, after, setup),
  ];
}
