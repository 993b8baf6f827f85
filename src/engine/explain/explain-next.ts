/** What happens next to a case if nobody does anything, in words. */

import { type DueThing, whatIsDue } from "../lifecycle/due-moments.js";
import type { EscalationStep } from "../rules/outcomes.js";
import type { ExplainedDecision } from "./explain-decision.js";
import type { ExplainedSection, ExplainInput } from "./explained-section.js";
import type { Words } from "./words.js";

/** Later than anything that can be due. */
const everything = new Date("2099-12-31T00:00:00Z");
const mostUpcoming = 6;

/** Of a rule of the ladder that the case was given; its code where that cannot be told. */
export function ruleTitle(decisions: readonly ExplainedDecision[], ruleId: unknown, words: Words): string {
  const rules = decisions
    .filter(({ ruleSet }) => ruleSet === "escalation")
    .flatMap(({ definition }) => definition.rules);
  const rule = rules.find(({ id }) => id === ruleId);
  return rule === undefined ? String(ruleId) : words.quote(words.pick(rule.title));
}

function stepInWords(step: EscalationStep, input: ExplainInput, words: Words): string {
  const told = step.tell.map((reference) => words.receiver(reference, input.theCase)).join(words.say(", ", "، "));
  const rule = ruleTitle(input.decisions, step.ruleId, words);
  const what =
    step.kind === "warning"
      ? words.say("a warning", "إشعار")
      : words.say(`raised to level ${step.level}`, `تُرفع إلى المستوى ${step.level}`);
  const raised = step.raiseImportance ? words.say("; the importance goes up", "، ويرتفع مستوى الأهمية") : "";
  return words.say(`${what}${raised}; told: ${told} (${rule})`, `${what}${raised}؛ يُبلَّغ: ${told} (${rule})`);
}

function dueInWords(due: DueThing, input: ExplainInput, words: Words): string {
  if (due.kind === "breach")
    return words.say(
      `the target ${words.quote(words.target(due.target))} is late`,
      `يفوت موعد ${words.quote(words.target(due.target))}`,
    );
  if (due.kind === "step") return stepInWords(due.step, input, words);
  const action = input.workflow.actions[due.timer.action];
  const name = words.quote(action === undefined ? due.timer.action : words.pick(action.name));
  return words.say(`by itself: ${name}`, `تلقائيًا: ${name}`);
}

export function nextSection(input: ExplainInput, words: Words): ExplainedSection {
  const { theCase, workflow, calendarOf } = input;
  const things = whatIsDue({ theCase, workflow, calendarOf, now: everything });
  const lines = things
    .slice(0, mostUpcoming)
    .map((due) => `${words.moment(due.dueAt)}: ${dueInWords(due, input, words)}`);
  const none = words.say("Nothing, until somebody acts.", "لا شيء ما لم يقع إجراء.");
  return {
    title: words.say("If nothing happens, next", "ما يلي إن لم يحدث شيء"),
    lines: lines.length === 0 ? [none] : lines,
  };
}
