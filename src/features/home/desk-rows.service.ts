/** Rows of a desk: whole cases, loaded together, with what this official can do with each now. */

import { type Actor, can } from "../../engine/access/permissions.js";
import { shownPromises } from "../../engine/lifecycle/nearer-promise.js";
import { promiseSummary } from "../../engine/lifecycle/promise-summary.js";
import { shownReminder } from "../../engine/lifecycle/reminders.js";
import { type DeskRow, deskAct } from "../../engine/measures/desk-row.js";
import { caseFacts } from "../../engine/rules/fact-catalogue.js";
import type { Named } from "../../engine/search/case-search.js";
import type { PinnedVersions, Policy } from "../../engine/setup/policy.js";
import type { Labelled } from "../../engine/setup/setup.js";
import type { Database } from "../../platform/db/query.js";
import { theirActions } from "../cases/act/offered-actions.js";
import { casesById, type LoadedCase } from "../cases/case-queries.js";
import type { Policies } from "../setup/policies.js";

export type ReadDeskRows = (a: {
  programme: string;
  ids: readonly number[];
  actor: Actor;
  now: Date;
  /** Whether rows show how the text begins. */
  withText?: boolean;
}) => Promise<ReadonlyMap<number, DeskRow>>;

const named = (records: ReadonlyMap<string, Labelled>, code: string): Named => ({
  code,
  name: records.get(code)?.name ?? { en: code, ar: code },
});
const maybe = (records: ReadonlyMap<string, Labelled>, code: string | null): Named | null =>
  code === null ? null : named(records, code);

interface Asked {
  readonly policy: Policy;
  readonly pinned: PinnedVersions;
  readonly actor: Actor;
  readonly now: Date;
  readonly withText: boolean;
}

/** Two lines of a row. */
const textBegins = 240;

function rowOf({ theCase, assigneeName }: LoadedCase, { policy, pinned, actor, now, withText }: Asked): DeskRow {
  const { setup, calendar } = policy;
  const { application, state, assignee, cycle } = theCase;
  const workflow = pinned.workflowOf(theCase.workflow.versionId);
  const facts = caseFacts(theCase, setup, calendar, now, actor);
  const { allowed, primary } = theirActions({ theCase, workflow, setup, facts, actor, now });
  const importance = maybe(setup.importanceLevels, theCase.importance);
  const [promise, other] = shownPromises(theCase.clocks, cycle, now);
  const me = actor.kind === "user" && actor.userId === assignee;
  const free = assignee === null || me;
  const acts = allowed.map(({ name, action }) => deskAct(name, action, free));
  return {
    reference: theCase.reference,
    subject: application.subject,
    type: named(setup.types, application.type),
    sector: maybe(setup.sectors, theCase.sector),
    entity: maybe(setup.entities, theCase.entity),
    pillar: maybe(setup.pillars, theCase.pillar),
    importance: importance && { ...importance, rank: setup.importanceLevels.get(importance.code)?.rank ?? 0 },
    state: { code: state, name: workflow.states[state]?.name ?? { en: state, ar: state } },
    confidential: theCase.confidential,
    escalationLevel: theCase.escalationLevel,
    reminder: shownReminder(theCase.reminders, actor, setup),
    assignee: assignee === null ? null : { name: assigneeName ?? `#${assignee}`, me },
    receivedAt: application.receivedAt,
    promise: promiseSummary(promise, pinned, now),
    laterPromise: promiseSummary(other, pinned, now),
    next: primary === undefined ? null : { ...deskAct(primary.name, primary.action, free), name: primary.action.name },
    // The first of its kind has the key.
    acts: acts.filter(({ deed }, i) => deed !== null && acts.findIndex((one) => one.deed === deed) === i),
    text: withText ? application.description.slice(0, textBegins) : null,
    seq: theCase.lastSeq,
  };
}

/** One statement for all of them; versions of workflows and calendars come from memory. What is not the actor's is left out. */
export function createDeskRows({ db, policies }: { db: Database; policies: Policies }): ReadDeskRows {
  return async ({ programme, ids, actor, now, withText = false }) => {
    const [policy, cases] = await Promise.all([policies.current(programme), casesById(db, ids)]);
    const theirs = cases.filter(({ theCase }) =>
      can(actor, "case.read", { case: theCase, entities: policy.setup.entities }),
    );
    const pinned = await policies.pin(theirs.map(({ theCase }) => theCase));
    return new Map(theirs.map((one) => [one.theCase.id, rowOf(one, { policy, pinned, actor, now, withText })]));
  };
}
