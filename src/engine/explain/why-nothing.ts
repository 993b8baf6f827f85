/** Why a part of an explanation has nothing to tell: no such part is empty without a reason. */
import type { Case } from "../lifecycle/case.js";
import type { RuleSetName } from "../rules/rule-set.js";
import { msg } from "../text/msg.js";
import { type ExplainedDecision, setNames } from "./explain-decision.js";
import type { ExplainInput } from "./explained-section.js";
import type { Words } from "./words.js";

type Known = Pick<ExplainInput, "theCase" | "decisions" | "workflow">;

const kindOf = ({ theCase, workflow }: Known): string => workflow.states[theCase.state]?.kind ?? "open";
const decisionOn = ({ theCase, decisions }: Known, set: RuleSetName): ExplainedDecision | undefined =>
  decisions.filter(({ ruleSet, cycle }) => ruleSet === set && cycle === theCase.cycle).at(-1);

/** Says why a rule set decided nothing about the case. */
export function whyUndecided(
  { theCase }: Pick<Known, "theCase">,
  set: RuleSetName,
  { say, pick, quote }: Words,
): string {
  return theCase.application.imported
    ? say(msg("explain.whyNothing.importedUndecided"))
    : say(msg("explain.whyNothing.noRules", { set: quote(pick(setNames[set])) }));
}

/** Says why nothing was promised for a case. */
export function whyNoDeadline(known: Known, words: Words): string {
  if (known.theCase.application.imported) return words.say(msg("explain.whyNothing.importedNoDeadline"));
  return decisionOn(known, "sla") === undefined
    ? whyUndecided(known, "sla", words)
    : words.say(msg("explain.whyNothing.rulesPromiseNone"));
}

/** Says why no step of the ladder comes next for an open case, by its ladder alone. */
function whyNoStep(known: Known, words: Words): string {
  if (decisionOn(known, "escalation") === undefined) return whyUndecided(known, "escalation", words);
  return known.theCase.escalationSteps.length === 0
    ? words.say(msg("explain.whyNothing.noSteps"))
    : words.say(msg("explain.whyNothing.allSteps"));
}

/** Says why no step of the ladder was taken so far. */
export function whyNotEscalated(known: Known, words: Words): string {
  const { theCase } = known;
  if (theCase.application.imported) return words.say(msg("explain.whyNothing.importedNotEnforced"));
  if (theCase.escalationSteps.length === 0) return whyNoStep(known, words);
  const kind = kindOf(known);
  if (kind === "waiting") return words.say(msg("explain.whyNothing.waitsForApplicant"));
  return kind === "open"
    ? words.say(msg("explain.whyNothing.noStepYet"))
    : words.say(msg("explain.whyNothing.endedBefore"));
}

const hasClock = ({ clocks, cycle }: Case): boolean =>
  clocks.some((clock) => clock.cycle === cycle && clock.target !== "acknowledgement");

/** Says why nothing falls due for a case any more: by its clocks, its ladder and its workflow. */
export function whyNothingNext(known: Known, words: Words): string[] {
  const { theCase } = known;
  if (theCase.application.imported) return [words.say(msg("explain.whyNothing.importedNotEnforced"))];
  const kind = kindOf(known);
  if (kind === "final") return [words.say(msg("explain.whyNothing.ended"))];
  const noTimer = words.say(msg("explain.whyNothing.noTimer"));
  if (kind === "resolved") return [words.say(msg("explain.whyNothing.answered")), noTimer];
  if (kind === "waiting") return [words.say(msg("explain.whyNothing.waitsForApplicant")), noTimer];
  const clocks = hasClock(theCase) ? words.say(msg("explain.whyNothing.allDeadlines")) : whyNoDeadline(known, words);
  return [clocks, whyNoStep(known, words), noTimer];
}
