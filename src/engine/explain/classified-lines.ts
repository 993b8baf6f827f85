/** Who gave a new case its pillar and its importance: what came with it, the rules, the default; and which rule was overruled. */

import type { CaseEvent } from "../lifecycle/case-event.js";
import type { ClassificationOutcome } from "../rules/outcomes.js";
import { decidedClassification, type OverruledRule } from "../rules/settle-classification.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { type ExplainedDecision, explainDecision, ruleOf } from "./explain-decision.js";
import { overruledWords } from "./overruled-words.js";
import type { Words } from "./words.js";

type Overruled = Pick<OverruledRule, "key" | "ruleId" | "says"> & { readonly why: Bilingual };

/** Of a case that was classified before the event said so: what came with an application always held then. */
const heldThen: Bilingual = msg("explain.classifiedLines.heldThen");

function overruledThen(decision: ExplainedDecision, told: CaseEvent["data"]): Overruled[] {
  const { outcome, ruleIds, definition } = decision;
  const decided = decidedClassification({ outcome: outcome as ClassificationOutcome, ruleIds }, definition);
  return (["pillar", "importance"] as const).flatMap((key): Overruled[] => {
    const [says, ruleId] = [decided.outcome[key], decided[`${key}Rule`]];
    if (told[`${key}By`] !== "applicant" || ruleId === null || !says || says === told[key]) return [];
    return [{ key, ruleId, says, why: heldThen }];
  });
}

/** A line a rule. */
function overruledLines(decision: ExplainedDecision, told: CaseEvent["data"], words: Words): string[] {
  const recorded = Array.isArray(told.overruled) ? (told.overruled as readonly OverruledRule[]) : null;
  const found =
    recorded?.map((rule): Overruled => ({ ...rule, why: overruledWords[rule.because] })) ??
    overruledThen(decision, told);
  return found.map(({ key, ruleId, says, why }) => {
    const rule = words.rule(ruleOf(decision.definition, ruleId));
    const what = words.quote(`${words.fact(key)}: ${words.value(key, says)}`);
    return words.say(msg("explain.classifiedLines.ruleSaysAndWasOverruled", { rule, what, why }));
  });
}

/** What the rules said of what was theirs to say; what no rule named comes from the set's default. */
function decidedLines(
  decision: ExplainedDecision,
  asked: readonly ("pillar" | "importance")[],
  words: Words,
): string[] {
  const decided = decision.definition.rules.filter(({ id }) => decision.ruleIds.includes(id));
  const named = (key: string): boolean => decided.some(({ event }) => key in event.params);
  if (asked.length === 0 && !named("confidential") && decision.faults.length === 0) return [];
  const byDefault = asked.filter((key) => !named(key)).map((key) => words.quote(words.fact(key)));
  return [
    ...explainDecision(decision, words, [...asked, "confidential"]),
    ...byDefault.map((key) => words.say(msg("explain.classifiedLines.noRuleDecidedTheSafe", { key }))),
  ];
}

/**
 * @param told what the event of the classification says
 * @param decision of the classification rules; left out: there are none
 */
export function classifiedLines(
  told: CaseEvent["data"],
  decision: ExplainedDecision | undefined,
  words: Words,
): string[] {
  const { say } = words;
  const lines: string[] = [];
  if (told.pillarBy === "applicant") lines.push(say(msg("explain.classifiedLines.theApplicantNamedThePillar")));
  if (told.importanceBy === "applicant") lines.push(say(msg("explain.classifiedLines.theImportanceCameWithThe")));
  if (told.importanceBy === "raised") {
    const stated = words.quote(words.value("importance", told.stated));
    lines.push(say(msg("explain.classifiedLines.theApplicationCameWithThe", { stated })));
  }
  if (decision === undefined) return lines;
  const rulesSaid = (by: unknown): boolean => by === "rules" || by === "raised";
  const asked = (["pillar", "importance"] as const).filter((key) => rulesSaid(told[`${key}By`]));
  return [...lines, ...decidedLines(decision, asked, words), ...overruledLines(decision, told, words)];
}
