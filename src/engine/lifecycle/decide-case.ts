/** Asks the rule sets about a case. Whatever a rule does wrong, an application is never lost: the set's safe default stands in. */

import type { Facts } from "../rules/fact-catalogue.js";
import type {
  ClassificationOutcome,
  EscalationStep,
  QualityOutcome,
  RoutingOutcome,
  SlaOutcome,
} from "../rules/outcomes.js";
import type { RuleSetName } from "../rules/rule-set.js";
import type { Policy } from "../setup/policy.js";
import { type CaseDraft, emit } from "./case-draft.js";
import type { DecisionRecord } from "./case-outcome.js";

interface Outcomes {
  classification: ClassificationOutcome;
  sla: SlaOutcome;
  routing: RoutingOutcome;
  escalation: readonly EscalationStep[];
  quality: QualityOutcome;
}

/** What holds where a programme has no such rule set: nothing is promised, a person decides, an answer is reviewed. */
const withoutRuleSet: Outcomes = {
  classification: {},
  sla: { acknowledgement: null, firstResponse: null, resolution: null },
  routing: { to: "sector.mainFocalPoint" },
  escalation: [],
  quality: { review: true, reason: "no quality rules" },
};

/** What a rule set said, and which rules made it: none where the default did. */
interface Decided<Name extends RuleSetName> {
  readonly draft: CaseDraft;
  readonly outcome: Outcomes[Name];
  readonly ruleIds: readonly string[];
}

/**
 * Runs one rule set on `facts` and records what it said on the draft: the decision, and a `rule.faulted` event for each
 * fault (or where the engine and its compiled form disagreed), which the operation room is told of.
 */
export async function decideCase<Name extends RuleSetName>(
  draft: CaseDraft,
  policy: Policy,
  set: Name,
  facts: Facts,
): Promise<Decided<Name>> {
  const version = policy.setup.ruleSets.get(set);
  const undecided = { draft, outcome: withoutRuleSet[set], ruleIds: [] };
  if (version === undefined) return undecided;

  const record = { cycle: draft.theCase.cycle, ruleSet: set, versionId: version.versionId, at: draft.now, facts };
  try {
    const decision = await policy.runner(set)?.decide(facts);
    if (decision === undefined) return undecided;
    const faults: DecisionRecord["faults"] = [
      ...decision.faults.map((fault) => ({ ruleId: fault.ruleId, message: fault.message })),
      ...(decision.disagreement ? [{ ruleId: null, message: "the engine and its compiled form disagree" }] : []),
    ];
    const decided = { ...record, ruleIds: decision.ruleIds, outcome: decision.outcome, faults };
    const { ruleIds } = decision;
    return {
      draft: withDecision(draft, decided, version.version),
      outcome: decision.outcome as Outcomes[Name],
      ruleIds,
    };
  } catch (error) {
    // Not even its default may be there: a set that cannot be compiled is treated like one that does not exist.
    const message = error instanceof Error ? error.message : String(error);
    const outcome = version.definition?.default ?? withoutRuleSet[set];
    const decided = { ...record, ruleIds: [], outcome, faults: [{ ruleId: null, message }] };
    return { draft: withDecision(draft, decided, version.version), outcome: outcome as Outcomes[Name], ruleIds: [] };
  }
}

function withDecision(draft: CaseDraft, decision: DecisionRecord, version: number): CaseDraft {
  const decided = { ...draft, decisions: [...draft.decisions, decision] };
  return decision.faults.reduce<CaseDraft>(
    (d, fault) =>
      emit(d, "rule.faulted", { set: decision.ruleSet, version, ruleId: fault.ruleId, message: fault.message }),
    decided,
  );
}
