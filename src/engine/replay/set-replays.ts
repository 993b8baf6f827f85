/** What the outcomes of each rule set mean for a case: which facts and details are asked for, and what they change. */

import type { Budget } from "../calendar/budget.js";
import type { Clock, TargetName } from "../calendar/clock.js";
import { momentAtPercent, resumeClock } from "../calendar/clocks.js";
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import { eventOf } from "../lifecycle/case-event.js";
import { momentAfter } from "../lifecycle/due-moments.js";
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
import { type CycleSpan, type IdleSpan, idleSpansOf } from "./idle-spans.js";
import { dueWithBudget, isSameBudget, promiseState } from "./promise-state.js";
import { type FacetChange, type ReplayedCase, type ReplayedPromise, replayTargets } from "./replay-tally.js";
import type { CaseDetails, ComparedDecision, DetailsNeeded, RecordedDecision, ReplayGround } from "./replayer.js";

// Which steps of a ladder would have fired in one cycle of a case: a pure question of the steps, the clocks as they were left,
// and how long the office was silent. The live sweep asks the same of a running case (`lifecycle/due-moments.ts`).

interface CycleLife {
  /** Of this cycle. */
  readonly clocks: readonly Clock[];
  readonly idleSpans: readonly IdleSpan[];
  readonly calendarOf: (versionId: number) => WorkingCalendar;
  readonly now: Date;
}

interface FiredEscalation {
  readonly at: Date;
  readonly tell: readonly string[];
}

const after = (at: Date, { when }: EscalationStep, calendar: WorkingCalendar | null): Date =>
  "idle" in when ? momentAfter(at, when.idle, calendar) : "after" in when ? momentAfter(at, when.after, calendar) : at;

function idleMoment(step: EscalationStep, { idleSpans, clocks, calendarOf, now }: CycleLife): Date | null {
  const [first] = clocks;
  const calendar = first === undefined ? null : calendarOf(first.calendarVersionId);
  for (const { from, to } of idleSpans) {
    const moment = after(from, step, calendar);
    if (moment <= (to ?? now)) return moment;
  }
  return null;
}

/** The clock as if it still ran, from the moment at which it stopped: what it consumed until then is known. */
function runningAgain(clock: Clock, calendar: WorkingCalendar): { clock: Clock; until: Date | null } {
  const until = clock.metAt ?? clock.cancelledAt ?? clock.pausedAt;
  if (until === null) return { clock, until };
  const resumed = clock.pausedAt === null ? clock : resumeClock(clock, calendar, until);
  return { clock: { ...resumed, metAt: null, cancelledAt: null, pausedAt: null, runningSince: until }, until };
}

function clockMoment(step: EscalationStep, life: CycleLife): Date | null {
  const { when } = step;
  if ("idle" in when) return null;
  const recorded = life.clocks.find(({ target }) => target === when.clock);
  if (recorded === undefined) return null;
  const calendar = life.calendarOf(recorded.calendarVersionId);
  const { clock, until } = runningAgain(recorded, calendar);
  if (clock.dueAt === null) return null;
  const moment =
    "percent" in when ? momentAtPercent(clock, calendar, when.percent) : after(clock.dueAt, step, calendar);
  return moment !== null && moment <= (until ?? life.now) ? moment : null;
}

/** By level, each with its first moment and whom it tells: a level fires once a cycle. */
export function firedEscalations(steps: readonly EscalationStep[], life: CycleLife): Map<number, FiredEscalation> {
  const fired = new Map<number, FiredEscalation>();
  for (const step of steps) {
    const at = "idle" in step.when ? idleMoment(step, life) : clockMoment(step, life);
    const before = fired.get(step.level);
    if (at !== null && (before === undefined || at < before.at)) fired.set(step.level, { at, tell: step.tell });
  }
  return fired;
}

/** What a decision of a rule set means for its case; left out: nothing. */
type Weighed = Pick<ReplayedCase, "changes"> & Partial<Pick<ReplayedCase, "promises" | "load" | "unmeasured">>;

/** What the outcomes of a rule set mean for a case. */
export interface SetReplay<Outcome> {
  /** Facts that it asks for beside those that the rules mention. */
  readonly facts: readonly string[];
  /** Targets whose clocks its weighing looks at. */
  readonly clocks: readonly TargetName[];
  /** Which of the decisions of one case count. */
  readonly counting: (decisions: readonly RecordedDecision[]) => readonly RecordedDecision[];
  /** What is compared of a decision; left out: its outcome. */
  readonly outcomeOf?: (decision: CompiledDecision, definition: RuleSetDefinition) => Outcome;
  readonly needs: (compared: ComparedDecision<Outcome>) => DetailsNeeded;
  readonly weigh: (
    compared: ComparedDecision<Outcome>,
    ground: ReplayGround,
    details: CaseDetails & { readonly workflowVersionId: number },
  ) => Weighed;
}

const first = (decisions: readonly RecordedDecision[]) => decisions.slice(0, 1);
/** A correction decides a cycle anew: what it said last holds. */
const lastOfCycle = (decisions: readonly RecordedDecision[]) =>
  decisions.filter(({ cycle }, i) => !decisions.slice(i + 1).some((later) => later.cycle === cycle));
const all = (decisions: readonly RecordedDecision[]) => decisions;
const nothing = () => "nothing" as const;

const differing = (facet: string, from: unknown, to: unknown): FacetChange[] =>
  from === to ? [] : [{ facet, from, to }];

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

const classification: SetReplay<DecidedClassification> = {
  outcomeOf: ({ outcome, ruleIds }, definition) =>
    decidedClassification({ outcome: outcome as ClassificationOutcome, ruleIds }, definition),
  facts: ["pillar", "importance", "confidential"],
  clocks: [],
  counting: first,
  needs: nothing,
  weigh({ decision: { facts }, before, after }, { setup, wouldBe }) {
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
  clocks: [],
  counting: first,
  needs: nothing,
  weigh({ decision: { facts }, before, after }, { setup, wouldBe, now }) {
    const asked = { entity: text(facts.entity), service: text(facts.service) };
    const placed = (outcome: RoutingOutcome | null, by: Setup) =>
      outcome === null ? null : entityOfRoute(outcome.to, asked, by, now);
    const load = { before: placed(before, setup), after: placed(after, wouldBe) };
    return { load: [load], changes: differing("entity", load.before, load.after) };
  },
};

const quality: SetReplay<QualityOutcome> = {
  facts: [],
  clocks: [],
  counting: all,
  needs: nothing,
  weigh: ({ before, after }) => ({ changes: differing("review", before?.review ?? true, after.review) }),
};

const budgetOf = (outcome: SlaOutcome | null, target: TargetName) => outcome?.[target] ?? null;

const sla: SetReplay<SlaOutcome> = {
  facts: [],
  clocks: replayTargets,
  counting: lastOfCycle,
  // How promises were kept is counted of every case.
  needs: () => "clocks",
  weigh({ decision: { cycle }, before, after }, { calendarOf, now }, { clocks }) {
    const changes: FacetChange[] = [];
    const promises: ReplayedPromise[] = [];
    let unmeasured = 0;
    for (const target of ["acknowledgement", ...replayTargets] as const) {
      const [from, to] = [budgetOf(before, target), budgetOf(after, target)];
      const isSame = isSameBudget(from, to);
      if (!isSame) changes.push({ facet: target, from, to });
      if (target === "acknowledgement") continue;
      const clock = clocks.find((one) => one.target === target && one.cycle === cycle);
      const stateWith = (budget: Budget | null) => {
        if (clock === undefined || budget === null) return "none";
        return promiseState(clock, dueWithBudget(clock, budget, calendarOf(clock.calendarVersionId), now), now);
      };
      if (!isSame && clock === undefined && to !== null) unmeasured += 1;
      const was = stateWith(from);
      const would = isSame ? was : stateWith(to);
      promises.push({ target, before: was, after: would });
      if (was !== would) changes.push({ facet: `kept.${target}`, from: was, to: would });
    }
    return { changes, promises, unmeasured };
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

const escalation: SetReplay<readonly EscalationStep[]> = {
  facts: [],
  clocks: ["acknowledgement", "firstResponse", "resolution"],
  counting: lastOfCycle,
  needs({ before, after }) {
    if (ladderText(before) === ladderText(after)) return "nothing";
    return [...(before ?? []), ...after].some(isIdle) ? "events" : "clocks";
  },
  weigh({ decision: { cycle }, before, after }, { calendarOf, quietIn, now }, details) {
    if (ladderText(before) === ladderText(after)) return { changes: [] };
    const span = cycleSpan(details, cycle);
    const life: CycleLife = {
      clocks: details.clocks.filter((clock) => clock.cycle === cycle),
      idleSpans: span === null ? [] : idleSpansOf(details.events, span, quietIn(details.workflowVersionId)),
      calendarOf,
      now,
    };
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
