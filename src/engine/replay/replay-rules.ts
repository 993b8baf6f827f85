/** A draft of a rule set over recorded decisions, by what each set's outcomes mean for a case. */
import { factsOf } from "../rules/compile-condition.js";
import { compileRuleSet } from "../rules/compile-rule-set.js";
import { type FactDefinition, type Facts, factCatalogue } from "../rules/fact-catalogue.js";
import type { RuleSetDefinition } from "../rules/rule-set.js";
import type { FacetChange, ReplayedLoad, ReplayedPromise } from "./replay-tally.js";
import {
  type ComparedDecision,
  detailsNeeded,
  type Judged,
  type RecordedCase,
  type RecordedDecision,
  type Replayer,
  type ReplayGround,
} from "./replayer.js";
import { type SetReplay, setReplays } from "./set-replays.js";

/** Of either set-up: what one of them asks for may be new, or gone. */
function factsOfBoth({ setup, wouldBe }: ReplayGround): FactDefinition[] {
  const there = factCatalogue(wouldBe);
  const named = new Set(there.map(({ name }) => name));
  return [...there, ...(wouldBe === setup ? [] : factCatalogue(setup).filter(({ name }) => !named.has(name)))];
}

const none: readonly string[] = Object.freeze([]);

/** What rules are asked with; what was not recorded is not known. */
function factsFor(asked: readonly FactDefinition[], recorded: Facts): Facts {
  const facts: Facts = {};
  for (const { name, type } of asked) facts[name] = recorded[name] ?? (type === "strings" ? none : null);
  return facts;
}

/** What a text decides, as `set` compares it. */
function deciderOf(definition: RuleSetDefinition, { outcomeOf }: SetReplay<unknown>): (facts: Facts) => unknown {
  const { decideCompiled } = compileRuleSet(definition);
  if (outcomeOf === undefined) return (facts) => decideCompiled(facts).outcome;
  return (facts) => outcomeOf(decideCompiled(facts), definition);
}

/** What a draft is asked with, where what was recorded would have been otherwise itself. */
export type Assumed = (recorded: Facts) => Facts;

interface RuleReplayer extends Replayer {
  judge(theCase: RecordedCase, assumed?: Assumed): Judged;
}

/** @param inForce null where nothing is */
export function replayRules(
  ground: ReplayGround,
  { draft, inForce }: { draft: RuleSetDefinition; inForce: RuleSetDefinition | null },
): RuleReplayer {
  const set = setReplays[draft.set];
  const decideAfter = deciderOf(draft, set);
  const decideBefore = inForce === null ? () => null : deciderOf(inForce, set);
  const conditions = [...draft.rules, ...(inForce?.rules ?? [])].map((rule) => rule.conditions);
  const facts = new Set([...set.facts, ...conditions.flatMap((condition) => [...factsOf(condition)])]);
  const asked = factsOfBoth(ground).filter(({ name }) => facts.has(name));

  function compare(recorded: RecordedDecision, assumed: Assumed): ComparedDecision {
    const decision = { ...recorded, facts: factsFor(asked, recorded.facts) };
    return { decision, before: decideBefore(decision.facts), after: decideAfter(assumed(decision.facts)) };
  }

  return {
    reads: [{ ruleSet: draft.set, facts: [...facts] }],
    everyCase: false,
    clocks: set.clocks,
    judge({ decisions }, assumed = (recorded) => recorded) {
      const ours = decisions.filter(({ ruleSet }) => ruleSet === draft.set);
      const compared = set.counting(ours).map((one) => compare(one, assumed));
      const needs = compared.map((one) => set.needs(one));
      return { compared, needs: detailsNeeded.filter((one) => needs.includes(one)).at(-1) ?? "nothing" };
    },
    weigh({ type, entity, pillar, importance, workflowVersionId }, { compared }, { clocks, events }) {
      const changes: FacetChange[] = [];
      const promises: ReplayedPromise[] = [];
      const load: ReplayedLoad[] = [];
      let [changedDecisions, otherVersions, unmeasured] = [0, 0, 0];
      for (const one of compared) {
        const weighed = set.weigh(one, ground, { clocks, events, workflowVersionId });
        if (one.decision.versionId !== ground.inForceId) otherVersions += 1;
        if (weighed.changes.length > 0) changedDecisions += 1;
        changes.push(...weighed.changes);
        promises.push(...(weighed.promises ?? []));
        load.push(...(weighed.load ?? []));
        unmeasured += weighed.unmeasured ?? 0;
      }
      const decisions = compared.length;
      return {
        type,
        entity,
        pillar,
        importance,
        decisions,
        changedDecisions,
        otherVersions,
        unmeasured,
        changes,
        promises,
        load,
      };
    },
  };
}
