/** A draft of a rule set over recorded decisions, by what each set's outcomes mean for a case. */
import { factsOf } from "../rules/compile-condition.js";
import { compileRuleSet, type RuleSetRunner } from "../rules/compile-rule-set.js";
import type { Facts } from "../rules/fact-catalogue.js";
import { cutsOf } from "../rules/number-regions.js";
import type { RuleSetDefinition } from "../rules/rule-set.js";
import { remembered, rememberedPair, weightOfFacts } from "./remembered.js";
import type { ReplayedCase } from "./replay-tally.js";
import {
  type Again,
  type CaseDetails,
  type CaseLabels,
  type Judged,
  noDetails,
  type Outcomes,
  type Recorded,
  type RecordedDecision,
  type Replayer,
  type ReplayGround,
  untouched,
} from "./replayer.js";
import { setReplays } from "./set-replays.js";

/** So many weighed results are remembered. */
const mostWeighed = 50_000;
/** Sets of facts whose decisions are remembered. */
const mostDecided = 10_000;

/** A judgement that needs nothing more keeps what it weighs: it stands for all cases that are like it. */
interface JudgedAlone extends Judged {
  weighed?: ReplayedCase;
}

/** @param inForce null where nothing is */
export function replayRules(
  ground: ReplayGround,
  a: { draft: RuleSetDefinition; inForce: RuleSetDefinition | null },
): Replayer {
  const set = setReplays[a.draft.set];
  const draft: RuleSetRunner = compileRuleSet(a.draft);
  const inForce = a.inForce === null ? null : compileRuleSet(a.inForce);
  // Outcomes are shared by all that a rule decides, and so are pairs of them.
  const nothingInForce = {};
  const pairOf = rememberedPair(
    (before: object, after: object): Outcomes => ({ before: before === nothingInForce ? null : before, after }),
    mostWeighed,
  );
  // The same facts decide the same, and equal facts of cases are one object.
  const made = new WeakMap<RuleSetRunner, Map<string, object>>();
  const decidedBy = (runner: RuleSetRunner, facts: Facts): object => {
    const decision = runner.decideCompiled(facts);
    if (set.outcomeOf === undefined) return decision.outcome as object;
    const ofRunner = made.get(runner) ?? new Map<string, object>();
    made.set(runner, ofRunner);
    // An outcome is made of what the deciding rules say, so the rules name it.
    const key = decision.ruleIds.join("\n");
    const known = ofRunner.get(key) ?? (set.outcomeOf(decision, runner.definition) as object);
    if (ofRunner.size < mostDecided) ofRunner.set(key, known);
    return known;
  };
  const outcomesOf = remembered(
    (facts: Facts): Outcomes =>
      pairOf(inForce === null ? nothingInForce : decidedBy(inForce, facts), decidedBy(draft, facts)),
    mostDecided,
    { weightOf: weightOfFacts },
  );

  function weighOne(labels: CaseLabels, again: Again, details: CaseDetails): ReplayedCase {
    const { changes = [], kept = [], load = [], unmeasured = 0 } = set.weigh(again, ground, details);
    const { type, entity, pillar, importance } = labels;
    return {
      ...{ type, entity, pillar, importance, unmeasured, changes, kept, load },
      decisions: 1,
      changedDecisions: changes.length > 0 ? 1 : 0,
      otherVersions: again.decision.recorded.versionId === ground.inForceId ? 0 : 1,
    };
  }
  const byTaken = rememberedPair((_: Recorded, __: Outcomes) => new Map<string, ReplayedCase>(), mostWeighed);
  /** One decision of which more has to be known: what is taken from that comes again and again as well. */
  function weighDetails(labels: CaseLabels, again: Again, details: CaseDetails): ReplayedCase {
    const taken = set.takes?.(again, ground, details);
    if (taken === undefined) return weighOne(labels, again, details);
    const known = byTaken(again.decision.recorded, again.outcomes);
    const before = known.get(taken);
    if (before !== undefined) return before;
    const weighed = weighOne(labels, again, details);
    known.set(taken, weighed);
    return weighed;
  }

  function weighAll(labels: CaseLabels, agains: readonly Again[], details: CaseDetails): ReplayedCase {
    const weighed = agains.map((again) => weighOne(labels, again, details));
    const sum = (of: (one: ReplayedCase) => number): number => weighed.reduce((total, one) => total + of(one), 0);
    return {
      ...untouched(labels),
      decisions: sum(({ decisions }) => decisions),
      changedDecisions: sum(({ changedDecisions }) => changedDecisions),
      otherVersions: sum(({ otherVersions }) => otherVersions),
      unmeasured: sum(({ unmeasured }) => unmeasured),
      changes: weighed.flatMap(({ changes }) => changes),
      kept: weighed.flatMap(({ kept }) => kept),
      load: weighed.flatMap(({ load }) => load),
    };
  }

  function mostNeeded(agains: readonly Again[]): Judged["needs"] {
    let needs: Judged["needs"] = "nothing";
    for (const again of agains) {
      const asked = set.needs(again, ground);
      if (asked === "events" || needs === "nothing") needs = asked;
    }
    return needs;
  }

  function judge(decisions: readonly RecordedDecision[]): Judged {
    const agains = set.counting(decisions).map((decision) => ({ decision, outcomes: outcomesOf(decision.facts) }));
    return { agains, needs: mostNeeded(agains) };
  }
  /** As most cases are: one decision, of which nothing else has to be known. Whoever reads cases hands out equal ones as one. */
  const judgedOf = remembered(judge, mostWeighed, {
    weightOf: ([only]) => weightOfFacts((only as RecordedDecision).facts),
  });
  const weighPair = rememberedPair(
    (recorded: Recorded, outcomes: Outcomes) =>
      weighOne(recorded, { decision: { recorded, facts: {} }, outcomes }, noDetails),
    mostWeighed,
  );
  function weighAlone({ agains }: Judged): ReplayedCase {
    const only = agains[0] as Again;
    if (set.byOutcomes) return weighPair(only.decision.recorded, only.outcomes);
    return weighOne(only.decision.recorded, only, noDetails);
  }

  const conditions = [...a.draft.rules, ...(a.inForce?.rules ?? [])].map((rule) => rule.conditions);
  const facts = [...new Set([...set.facts, ...conditions.flatMap((condition) => [...factsOf(condition)])])];
  return {
    facts,
    cuts: new Map(
      facts.flatMap((fact) => {
        const cuts = set.facts.includes(fact) ? null : cutsOf(conditions, fact);
        return cuts === null ? [] : [[fact, cuts] as const];
      }),
    ),
    decisions: true,
    promises: set.promises,
    clocks: set.clocks,
    judge: ({ decisions }) => (decisions.length === 1 ? judgedOf(decisions) : judge(decisions)),
    weigh({ labels }, judged, details) {
      const { agains, needs } = judged;
      const [only] = agains;
      if (only === undefined || agains.length > 1) return weighAll(labels, agains, details);
      if (needs !== "nothing") return weighDetails(labels, only, details);
      const known = judged as JudgedAlone;
      known.weighed ??= weighAlone(judged);
      return known.weighed;
    },
  };
}
