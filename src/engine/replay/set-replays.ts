/** What the outcomes of each rule set mean for a case: which facts and details are asked for, and what they change. */

import type { Clock, TargetName } from "../calendar/clock.js";
import { eventOf } from "../lifecycle/case-event.js";
import { entityOfRoute } from "../lifecycle/open-case.js";
import type { CompiledDecision } from "../rules/compile-rule-set.js";
import type {
  ClassificationOutcome,
  EscalationStep,
  QualityOutcome,
  RoutingOutcome,
  SlaOutcome,
} from "../rules/outcomes.js";
import type { RuleSetDefinition, RuleSetName } from "../rules/rule-set.js";
import {
  type DecidedClassification,
  decidedClassification,
  nothingDecided,
  settleClassification,
} from "../rules/settle-classification.js";
import type { Setup } from "../setup/setup.js";
import { type CycleLife, firedEscalations } from "./fired-escalations.js";
import { type CycleSpan, idleSpansOf } from "./idle-spans.js";
import { type FacetChange, type ReplayedCase, type ReplayTarget, replayTargets } from "./replay-tally.js";
import type { Again, CaseDetails, Judged, RecordedDecision, RecordedPromise, ReplayGround } from "./replayer.js";
import { dueUnder, type Kept, keptBy, sameBudget } from "./would-be-kept.js";

type Weighed = Partial<Pick<ReplayedCase, "changes" | "kept" | "load" | "unmeasured">>;

/** What the outcomes of a rule set mean for a case. */
export interface SetReplay<Outcome> {
  /** Facts that it asks for beside those that the rules mention. */
  readonly facts: readonly string[];
  readonly promises: boolean;
  /** Targets whose clocks its weighing looks at. */
  readonly clocks: readonly TargetName[];
  /** Which of the decisions of one case count. */
  readonly counting: (decisions: readonly RecordedDecision[]) => readonly RecordedDecision[];
  /** Whether its weighing, where it needs nothing, looks at the outcomes and the record alone, and not at facts. */
  readonly byOutcomes: boolean;
  /** What is compared of a decision; left out: its outcome. */
  readonly outcomeOf?: (decision: CompiledDecision, definition: RuleSetDefinition) => Outcome;
  readonly needs: (again: Again<Outcome>, ground: ReplayGround) => Judged["needs"];
  /** All that its weighing takes from details, in short: where it is the same, and the outcomes and the record, so is what is weighed. */
  readonly takes?: (again: Again<Outcome>, ground: ReplayGround, details: CaseDetails) => string;
  readonly weigh: (again: Again<Outcome>, ground: ReplayGround, details: CaseDetails) => Weighed;
}

const first = (decisions: readonly RecordedDecision[]) => (decisions.length < 2 ? decisions : decisions.slice(0, 1));
/** A correction decides a cycle anew: what it said last holds. */
const lastOfCycle = (decisions: readonly RecordedDecision[]) =>
  decisions.length < 2
    ? decisions
    : decisions.filter(
        ({ recorded }, i) => !decisions.slice(i + 1).some((later) => later.recorded.cycle === recorded.cycle),
      );
const all = (decisions: readonly RecordedDecision[]) => decisions;
const nothing = () => "nothing" as const;
const none: readonly TargetName[] = [];

const differing = (facet: string, from: unknown, to: unknown): FacetChange[] =>
  from === to ? [] : [{ facet, from, to }];

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

const classification: SetReplay<DecidedClassification> = {
  outcomeOf: ({ outcome, ruleIds }, definition) =>
    decidedClassification({ outcome: outcome as ClassificationOutcome, ruleIds }, definition),
  facts: ["pillar", "importance", "confidential"],
  promises: false,
  clocks: none,
  counting: first,
  byOutcomes: false,
  needs: nothing,
  weigh({ decision: { facts }, outcomes: { before, after } }, { setup, wouldBe }) {
    const stated = {
      pillar: text(facts.pillar),
      importance: text(facts.importance),
      confidential: facts.confidential === true,
    };
    const [from, to] = [
      settleClassification(stated, before ?? nothingDecided, setup),
      settleClassification(stated, after, wouldBe),
    ];
    return {
      changes: (["pillar", "importance", "confidential"] as const).flatMap((key) => differing(key, from[key], to[key])),
    };
  },
};

const routing: SetReplay<RoutingOutcome> = {
  facts: ["entity", "service"],
  promises: false,
  clocks: none,
  counting: first,
  byOutcomes: false,
  needs: nothing,
  weigh({ decision: { facts }, outcomes: { before, after } }, { setup, wouldBe, now }) {
    const asked = { entity: text(facts.entity), service: text(facts.service) };
    const placed = (outcome: RoutingOutcome | null, by: Setup) =>
      outcome === null ? null : entityOfRoute(outcome.to, asked, by, now);
    const load = { before: placed(before, setup), after: placed(after, wouldBe) };
    return { load: [load], changes: differing("entity", load.before, load.after) };
  },
};

const quality: SetReplay<QualityOutcome> = {
  facts: [],
  promises: false,
  clocks: none,
  counting: all,
  byOutcomes: true,
  needs: nothing,
  weigh: ({ outcomes: { before, after } }) => ({ changes: differing("review", before?.review ?? true, after.review) }),
};

const budgetOf = (outcome: SlaOutcome | null, target: "acknowledgement" | "firstResponse" | "resolution") =>
  outcome?.[target] ?? null;

function slaKept(
  clock: Clock | undefined,
  outcome: SlaOutcome | null,
  a: { decision: RecordedDecision; target: ReplayTarget; ground: ReplayGround },
): Kept {
  const recorded = a.decision.recorded.promised[a.target];
  const budget = budgetOf(outcome, a.target);
  if (recorded === null || budget === null) return "none";
  if (sameBudget(budget, recorded.budget)) return recorded.kept;
  if (clock === undefined) return "none";
  const { calendarOf, now } = a.ground;
  return keptBy(clock, dueUnder(clock, budget, calendarOf(clock.calendarVersionId), now), now);
}

/** How a target was kept, and would be. */
function keptBoth(
  { decision, outcomes: { before, after } }: Again<SlaOutcome>,
  target: ReplayTarget,
  a: { ground: ReplayGround; details: CaseDetails },
): { was: Kept; would: Kept } {
  const { cycle } = decision.recorded;
  const clock = a.details.clocks.find((one) => one.target === target && one.cycle === cycle);
  const asked = { decision, target, ground: a.ground };
  const was = slaKept(clock, before, asked);
  const same = sameBudget(budgetOf(before, target), budgetOf(after, target));
  return { was, would: same ? was : slaKept(clock, after, asked) };
}

/** How a promise was kept says nothing of another one. */
function isAsTold(outcome: SlaOutcome | null, target: ReplayTarget, told: RecordedPromise): boolean {
  const budget = budgetOf(outcome, target);
  return budget === null || sameBudget(budget, told.budget);
}

const sla: SetReplay<SlaOutcome> = {
  facts: [],
  promises: true,
  clocks: replayTargets,
  counting: lastOfCycle,
  byOutcomes: true,
  needs({ decision: { recorded }, outcomes: { before, after } }) {
    for (const target of replayTargets) {
      const told = recorded.promised[target];
      if (told !== null && !(isAsTold(before, target, told) && isAsTold(after, target, told))) return "clocks";
    }
    return "nothing";
  },
  takes(again, ground, details) {
    let taken = "";
    for (const target of replayTargets) {
      const { was, would } = keptBoth(again, target, { ground, details });
      taken += `${was} ${would} `;
    }
    return taken;
  },
  weigh(again, ground, details) {
    const {
      decision: {
        recorded: { promised },
      },
      outcomes: { before, after },
    } = again;
    const changes: FacetChange[] = [];
    const kept: ReplayedCase["kept"][number][] = [];
    let unmeasured = 0;
    const [acknowledged, acknowledges] = [budgetOf(before, "acknowledgement"), budgetOf(after, "acknowledgement")];
    if (!sameBudget(acknowledged, acknowledges))
      changes.push({ facet: "acknowledgement", from: acknowledged, to: acknowledges });
    for (const target of replayTargets) {
      const [from, to] = [budgetOf(before, target), budgetOf(after, target)];
      const same = sameBudget(from, to);
      if (!same) changes.push({ facet: target, from, to });
      if (!same && promised[target] === null && to !== null) unmeasured += 1;
      const { was, would } = keptBoth(again, target, { ground, details });
      kept.push({ target, before: was, after: would });
      if (was !== would) changes.push({ facet: `kept.${target}`, from: was, to: would });
    }
    return { changes, kept, unmeasured };
  },
};

const ladderText = (steps: readonly EscalationStep[] | null): string =>
  JSON.stringify((steps ?? []).map(({ level, when, tell }) => [level, when, tell]));
const isIdle = ({ when }: EscalationStep): boolean => "idle" in when;

/** Cycles begin with the receipt, and with each reopening or appeal. */
function cycleSpan({ events, clocks }: CaseDetails, cycle: number): CycleSpan | null {
  const begun = events.filter(({ type }) => eventOf(type).beginsCycle).map(({ at }) => at);
  const from = begun[cycle - 1] ?? clocks.find((clock) => clock.cycle === cycle)?.startedAt;
  return from === undefined ? null : { from, until: begun[cycle] ?? null };
}

function lifeOf(decision: RecordedDecision, ground: ReplayGround, details: CaseDetails): CycleLife {
  const { cycle: lived } = decision.recorded;
  const span = cycleSpan(details, lived);
  return {
    clocks: details.clocks.filter(({ cycle }) => cycle === lived),
    idleSpans: span === null ? [] : idleSpansOf(details.events, span, ground.quietIn(details.workflowVersionId)),
    calendarOf: ground.calendarOf,
    now: ground.now,
  };
}

const escalation: SetReplay<readonly EscalationStep[]> = {
  facts: [],
  promises: false,
  clocks: ["acknowledgement", "firstResponse", "resolution"],
  counting: lastOfCycle,
  byOutcomes: true,
  needs({ outcomes: { before, after } }) {
    if (ladderText(before) === ladderText(after)) return "nothing";
    return [...(before ?? []), ...after].some(isIdle) ? "events" : "clocks";
  },
  weigh({ decision, outcomes: { before, after } }, ground, details) {
    if (ladderText(before) === ladderText(after)) return {};
    const life = lifeOf(decision, ground, details);
    const [was, would] = [firedEscalations(before ?? [], life), firedEscalations(after, life)];
    const levels = [...new Set([...was.keys(), ...would.keys()])].sort((a, b) => a - b);
    const changes = levels.flatMap((level): FacetChange[] => {
      const [from, to] = [was.get(level), would.get(level)];
      const facet = `level.${level}`;
      if (from === undefined || to === undefined)
        return [{ facet, from: from === undefined ? "silent" : "told", to: to === undefined ? "silent" : "told" }];
      const moved =
        from.at.getTime() === to.at.getTime()
          ? []
          : [{ facet, from: "told", to: to.at < from.at ? "earlier" : "later" }];
      const others = JSON.stringify(from.tell) !== JSON.stringify(to.tell);
      return [...moved, ...(others ? [{ facet: `told.${level}`, from: from.tell, to: to.tell }] : [])];
    });
    return { changes };
  },
};

/** A row a rule set. */
export const setReplays = { classification, routing, quality, sla, escalation } as unknown as Readonly<
  Record<RuleSetName, SetReplay<unknown>>
>;
