/**
 * What the classification rules come to, beside what the application states: the engine, Try a case, replays and the comparison of
 * imported targets all ask here, so that none of them says what another would not do.
 */
import type { Setup } from "../setup/setup.js";
import type { ClassificationOutcome } from "./outcomes.js";
import type { RuleSetDefinition } from "./rule-set.js";

/** What is known before the rules are asked. Confidential: by its type, or because the case it was split off is. */
export interface StatedClassification {
  readonly pillar: string | null;
  readonly importance: string | null;
  readonly confidential: boolean;
}

/** The rules' outcome, and which of them named its keys; null: the default did, or nobody. */
export interface DecidedClassification {
  readonly outcome: ClassificationOutcome;
  readonly pillarRule: string | null;
  readonly importanceRule: string | null;
}

/**
 * Why a rule was overruled. `stated`: what the applicant states of the pillar holds. `notRaised`: the programme's rules do not raise
 * a stated importance. `notLowered`: it says less than is stated, and rules never lower that. `unranked`: what is stated, or what
 * the rule says, is no importance level of the programme, so that neither is higher.
 */
export type OverruledBecause = "stated" | "notRaised" | "notLowered" | "unranked";

/** A rule that decided and does not hold. */
export interface OverruledRule {
  readonly key: "pillar" | "importance";
  readonly ruleId: string;
  /** Code that it names. */
  readonly says: string;
  readonly because: OverruledBecause;
}

export interface SettledClassification extends StatedClassification {
  readonly pillarBy: "rules" | "applicant";
  /** `raised`: by the rule `raisedBy`, from what was stated. */
  readonly importanceBy: "rules" | "applicant" | "raised";
  readonly raisedBy: string | null;
  readonly overruled: readonly OverruledRule[];
}

/** The first of the deciding rules that names the key: it is the one whose word became part of the outcome. */
function ruleNaming(
  key: keyof ClassificationOutcome,
  ruleIds: readonly string[],
  { rules }: Pick<RuleSetDefinition, "rules">,
): string | null {
  return ruleIds.find((id) => rules.some((rule) => rule.id === id && key in rule.event.params)) ?? null;
}

/** A decision of the set by its rules. @param ruleIds those that decided, the highest priority first */
export function decidedClassification(
  { outcome, ruleIds }: { readonly outcome: ClassificationOutcome; readonly ruleIds: readonly string[] },
  definition: Pick<RuleSetDefinition, "rules">,
): DecidedClassification {
  return {
    outcome,
    pillarRule: ruleNaming("pillar", ruleIds, definition),
    importanceRule: ruleNaming("importance", ruleIds, definition),
  };
}

/** Nothing was decided: the programme has no rule set of classification. */
export const nothingDecided: DecidedClassification = { outcome: {}, pillarRule: null, importanceRule: null };

// A rule may still name what has been removed from the set-up since: then nothing is said, and nothing lost.
const known = (records: ReadonlyMap<string, unknown>, code: string | null | undefined): string | null =>
  code !== null && code !== undefined && records.has(code) ? code : null;

/**
 * What a case gets. Stated of the pillar holds; a stated importance is raised by a rule where the programme says so, never by the
 * set's default and never lowered.
 */
export function settleClassification(
  stated: StatedClassification,
  { outcome, pillarRule, importanceRule }: DecidedClassification,
  { pillars, importanceLevels, programme }: Pick<Setup, "pillars" | "importanceLevels" | "programme">,
): SettledClassification {
  const overruled: OverruledRule[] = [];
  const pillar = known(pillars, outcome.pillar);
  if (stated.pillar !== null && pillarRule !== null && pillar !== null && pillar !== stated.pillar)
    overruled.push({ key: "pillar", ruleId: pillarRule, says: pillar, because: "stated" });

  const importance = known(importanceLevels, outcome.importance);
  const settled = {
    pillar: stated.pillar ?? pillar,
    confidential: stated.confidential || outcome.confidential === true,
    pillarBy: stated.pillar === null ? ("rules" as const) : ("applicant" as const),
    overruled,
  };
  if (stated.importance === null) return { ...settled, importance, importanceBy: "rules", raisedBy: null };
  const holds = { ...settled, importance: stated.importance, importanceBy: "applicant" as const, raisedBy: null };
  if (importanceRule === null || importance === null || importance === stated.importance) return holds;

  const [from, to] = [importanceLevels.get(stated.importance)?.rank, importanceLevels.get(importance)?.rank];
  const because: OverruledBecause | null =
    from === undefined || to === undefined || from === to
      ? "unranked"
      : to < from
        ? "notLowered"
        : programme.settings.raiseStatedImportance === true
          ? null
          : "notRaised";
  if (because === null) return { ...settled, importance, importanceBy: "raised", raisedBy: importanceRule };
  overruled.push({ key: "importance", ruleId: importanceRule, says: importance, because });
  return holds;
}
