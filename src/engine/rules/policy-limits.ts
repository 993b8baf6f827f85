/** How much a rule set and a keyword list may hold, as the programme sets it; never more than checks can look through at once. */

/** Deeper nesting than anybody writes: a guard against input made to exhaust the stack. */
export const maximumDepth = 12;

export interface PolicyLimits {
  /** Rules of one set. */
  readonly rulesMost: number;
  /** Comparisons of one rule. */
  readonly ruleConditionsMost: number;
  /** Levels of groups inside groups. */
  readonly nestingMost: number;
  /** Words of one keyword list. */
  readonly listWordsMost: number;
}

/** What holds where a programme says nothing, and the most that it may say. */
export const defaultPolicyLimits: PolicyLimits = {
  rulesMost: 1000,
  ruleConditionsMost: 5000,
  nestingMost: maximumDepth,
  listWordsMost: 3000,
};

export function policyLimits(
  settings: {
    readonly [Name in keyof PolicyLimits]?: number | undefined;
  },
): PolicyLimits {
  const usual = defaultPolicyLimits;
  return {
    rulesMost: settings.rulesMost ?? usual.rulesMost,
    ruleConditionsMost: settings.ruleConditionsMost ?? usual.ruleConditionsMost,
    nestingMost: settings.nestingMost ?? usual.nestingMost,
    listWordsMost: settings.listWordsMost ?? usual.listWordsMost,
  };
}
