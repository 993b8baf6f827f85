/** The policy that decides now and the versions that decided before, compiled once and shared by everyone who asks. */

import type { CalendarDefinition } from "../../engine/calendar/calendar-definition.js";
import type { Clock } from "../../engine/calendar/clock.js";
import { compileCalendar, type WorkingCalendar } from "../../engine/calendar/working-calendar.js";
import type { Case } from "../../engine/lifecycle/case.js";
import { compileRuleSet, type RuleSetRunner } from "../../engine/rules/compile-rule-set.js";
import type { RuleSetName } from "../../engine/rules/rule-set.js";
import type { PinnedVersions, Policy } from "../../engine/setup/policy.js";
import type { Setup } from "../../engine/setup/setup.js";
import type { WorkflowDefinition } from "../../engine/workflow/workflow-definition.js";
import type { ActiveSetup } from "./active-setup.js";

/**
 * Thrown inside a transaction for what is not in memory: loading it there would take a second connection while holding
 * the first, and enough of those at once would wait for each other for ever.
 */
class NeedsLoading extends Error {
  constructor(readonly load: () => Promise<unknown>) {
    super("a policy has to be loaded before the transaction");
  }
}

/** What of a case says which versions decided it. */
export interface DecidedCase {
  readonly workflow: Pick<Case["workflow"], "versionId">;
  readonly clocks: readonly Pick<Clock, "calendarVersionId">[];
}

export interface Policies {
  /** As cached: whoever writes by it checks the revision in the same statement. */
  current(programme: string): Promise<Policy>;
  /** As of now: asks the database for the revision first. */
  fresh(programme: string): Promise<Policy>;
  /** As `fresh`, all that `which` names of the programmes in use, in their order and in one question. */
  freshOf(which: (inUse: readonly string[]) => readonly string[]): Promise<readonly Policy[]>;
  /** In a transaction that read `revision`: the policy of just that revision, from memory; throws NeedsLoading. */
  at(programme: string, revision: number): Policy;
  /** As `pin`, from memory; throws NeedsLoading. */
  pinned(cases: readonly DecidedCase[]): PinnedVersions;
  /** Runs `work` (a transaction), loads what it lacked, and runs it again. */
  loaded<T>(work: () => Promise<T>): Promise<T>;
  /** Forgets what is cached; the next question loads anew. */
  reload(): void;
  /** A version of a calendar, compiled once. */
  calendar(versionId: number): Promise<WorkingCalendar>;
  /** The workflow and calendar versions that these cases were decided with. */
  pin(cases: readonly DecidedCase[]): Promise<PinnedVersions>;
}

/** One round for the programme, one for its versions, and some for publications that keep coming. */
const maxRounds = 8;

function compilePolicy(setup: Setup, calendarOf: (setup: Setup) => WorkingCalendar): Policy {
  const runners = new Map<RuleSetName, RuleSetRunner>();
  return {
    setup,
    calendar: calendarOf(setup),
    runner(set) {
      const published = setup.ruleSets.get(set);
      if (published === undefined) return null;
      const compiled = runners.get(set) ?? compileRuleSet(published.definition);
      runners.set(set, compiled);
      return compiled;
    },
  };
}

export function createPolicies(active: ActiveSetup): Policies {
  const calendars = new Map<number, WorkingCalendar>();
  const workflows = new Map<number, WorkflowDefinition>();
  const policies = new WeakMap<Setup, Policy>();
  const latest = new Map<string, Policy>();

  const compiledOnce = (versionId: number, definition: CalendarDefinition): WorkingCalendar => {
    const compiled = calendars.get(versionId) ?? compileCalendar(definition);
    calendars.set(versionId, compiled);
    return compiled;
  };
  const publishedCalendar = ({ calendar }: Setup) => compiledOnce(calendar.versionId, calendar.definition);
  const calendar = async (versionId: number): Promise<WorkingCalendar> =>
    calendars.get(versionId) ?? compiledOnce(versionId, await active.calendarDefinition(versionId));
  const policyOf = (setup: Setup): Policy => {
    const policy = policies.get(setup) ?? compilePolicy(setup, publishedCalendar);
    policies.set(setup, policy);
    latest.set(setup.programme.code, policy);
    for (const workflow of setup.workflows.values()) workflows.set(workflow.versionId, workflow.definition);
    return policy;
  };
  const need =
    <Version>(versions: Map<number, Version>, kind: string) =>
    (id: number): Version => {
      const found = versions.get(id);
      if (found === undefined) throw new Error(`${kind} version ${id} was not loaded`);
      return found;
    };

  const missing = (cases: readonly DecidedCase[]) => {
    const calendarIds = new Set(cases.flatMap((c) => c.clocks.map((clock) => clock.calendarVersionId)));
    const workflowIds = new Set(cases.map((c) => c.workflow.versionId));
    return {
      calendarIds: [...calendarIds].filter((id) => !calendars.has(id)),
      workflowIds: [...workflowIds].filter((id) => !workflows.has(id)),
    };
  };
  const versions: PinnedVersions = { calendarOf: need(calendars, "calendar"), workflowOf: need(workflows, "workflow") };
  const pin = async (cases: readonly DecidedCase[]): Promise<PinnedVersions> => {
    const { calendarIds, workflowIds } = missing(cases);
    for (const id of calendarIds) await calendar(id);
    for (const id of workflowIds) workflows.set(id, await active.workflowDefinition(id));
    return versions;
  };
  const fresh = async (programme: string): Promise<Policy> => policyOf(await active.fresh(programme));

  return {
    current: async (programme) => policyOf(await active.of(programme)),
    fresh,
    freshOf: async (which) => (await active.freshOf(which)).map(policyOf),
    at(programme, revision) {
      const policy = latest.get(programme);
      if (policy === undefined || policy.setup.revision < revision) throw new NeedsLoading(() => fresh(programme));
      return policy;
    },
    pinned(cases) {
      const { calendarIds, workflowIds } = missing(cases);
      if (calendarIds.length + workflowIds.length > 0) throw new NeedsLoading(() => pin(cases));
      return versions;
    },
    async loaded(work) {
      for (let round = 1; ; round++) {
        try {
          return await work();
        } catch (error) {
          if (!(error instanceof NeedsLoading) || round === maxRounds) throw error;
          await error.load();
        }
      }
    },
    reload: () => active.reload(),
    calendar,
    pin,
  };
}
