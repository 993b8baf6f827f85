/** What moving the open cases of a workflow to the version in force would do: counted by state, and tried on some of them. */

import type { Actor } from "../../../engine/access/permissions.js";
import { type CaseDraft, draftOf } from "../../../engine/lifecycle/case-draft.js";
import { nextMoment } from "../../../engine/lifecycle/due-moments.js";
import { draftAfterDue } from "../../../engine/lifecycle/enforce-due.js";
import { migrateWorkflow } from "../../../engine/lifecycle/migrate-workflow.js";
import type { MigrationPreview } from "../../../engine/lifecycle/views/migration-views.js";
import type { PinnedVersions, Policy } from "../../../engine/setup/policy.js";
import { mapFaults, mappedState, proposedState, type StateMap } from "../../../engine/workflow/state-map.js";
import type { WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import type { CaseParts } from "../case-parts.js";
import { casesById, type LoadedCase } from "../case-queries.js";
import { casesByState, draftsOfOtherActions, numbersToMigrate } from "./migration-store.js";

export interface MigrationTarget {
  readonly versionId: number;
  readonly version: number;
  readonly definition: WorkflowDefinition;
}

/** How many are tried; all are counted. */
const maxTried = 1000;

/** One case as it would go on by another version; null: it has no place there. `after`: what fell due before is done first. */
export function migrated(
  a: {
    readonly theCase: LoadedCase["theCase"];
    readonly actor: Actor;
    readonly now: Date;
    readonly reason: string;
    readonly map: StateMap;
    readonly versionOf: ReadonlyMap<number, number>;
  },
  target: MigrationTarget,
  { policy, pinned, enforces }: { policy: Policy; pinned: PinnedVersions; enforces: boolean },
): CaseDraft | null {
  const { theCase, actor, now, reason, map } = a;
  const from = pinned.workflowOf(theCase.workflow.versionId);
  const kind = from.states[theCase.state]?.kind;
  const state = kind === undefined ? null : mappedState({ state: theCase.state, kind }, map, target.definition);
  if (state === null) return null;
  const { calendarOf } = pinned;
  const draft = enforces
    ? draftAfterDue({ theCase, actor, now, workflow: from, setup: policy.setup, calendarOf })
    : draftOf(theCase, actor, now);
  return migrateWorkflow(draft, {
    from,
    to: target.definition,
    toVersionId: target.versionId,
    versions: { from: a.versionOf.get(theCase.workflow.versionId) ?? 0, to: target.version },
    state,
    reason,
    setup: policy.setup,
    calendarOf,
    calendar: policy.calendar,
  });
}

const none = { looked: 0, pauses: 0, resumes: 0, sooner: 0, later: 0, never: 0, atOnce: 0, drafts: 0 };

async function tried(
  parts: CaseParts,
  a: { programme: string; name: string; actor: Actor; now: Date; map: StateMap },
  target: MigrationTarget,
): Promise<MigrationPreview["effects"]> {
  // Those that are shown: what becomes of a confidential case shows in no number.
  const ids = await numbersToMigrate(parts.db, {
    programme: a.programme,
    workflow: a.name,
    toVersionId: target.versionId,
    after: 0,
    limit: maxTried,
  });
  const cases = await casesById(parts.db, ids);
  const pinned = await parts.policies.pin(cases.map(({ theCase }) => theCase));
  const policy = await parts.policies.fresh(a.programme);
  const effects = { ...none, looked: cases.length };
  for (const { theCase } of cases) {
    const draft = migrated(
      { theCase, actor: a.actor, now: a.now, reason: "", map: a.map, versionOf: new Map() },
      target,
      { policy, pinned, enforces: false },
    );
    if (draft === null) continue;
    const { calendarOf } = pinned;
    const before = nextMoment({ theCase, workflow: pinned.workflowOf(theCase.workflow.versionId), calendarOf });
    const after = nextMoment({ theCase: draft.theCase, workflow: target.definition, calendarOf });
    const [was, is] = [before?.getTime() ?? Number.POSITIVE_INFINITY, after?.getTime() ?? Number.POSITIVE_INFINITY];
    effects.pauses += draft.events.some(({ type }) => type === "clock.paused") ? 1 : 0;
    effects.resumes += draft.events.some(({ type }) => type === "clock.resumed") ? 1 : 0;
    effects.sooner += is < was ? 1 : 0;
    effects.later += is > was && after !== null ? 1 : 0;
    effects.never += is > was && after === null ? 1 : 0;
    effects.atOnce += is < was && is <= a.now.getTime() ? 1 : 0;
  }
  const actions = Object.keys(target.definition.actions);
  return { ...effects, drafts: await draftsOfOtherActions(parts.db, { caseIds: ids, actions }) };
}

/** Changes nothing. */
export async function previewMigration(
  parts: CaseParts,
  a: { programme: string; name: string; actor: Actor; now: Date; map: StateMap },
  target: MigrationTarget,
): Promise<MigrationPreview> {
  const standing = (await casesByState(parts.db, a)).filter(({ versionId }) => versionId !== target.versionId);
  const pinned = await parts.policies.pin(standing.map(({ versionId }) => ({ workflow: { versionId }, clocks: [] })));
  const { definition } = target;
  const rows = standing.map((one) => ({
    ...one,
    name: pinned.workflowOf(one.versionId).states[one.state]?.name ?? { en: one.state, ar: one.state },
  }));
  return {
    target: {
      versionId: target.versionId,
      version: target.version,
      states: Object.entries(definition.states).map(([code, { name, kind }]) => ({ code, name, kind })),
    },
    rows: rows.map((one) => ({
      state: one.state,
      name: one.name,
      kind: one.kind,
      version: one.version,
      cases: one.cases,
      proposed: proposedState(one, definition),
      to: mappedState(one, a.map, definition),
    })),
    cases: standing.reduce((sum, { cases }) => sum + cases, 0),
    faults: mapFaults(rows, a.map, definition),
    effects: standing.length === 0 ? none : await tried(parts, a, target),
  };
}
