/** Cases to look at, within the reach of the actor: one with its timeline, or a list. */

import sql from "sql-template-tag";
import { type Actor, can, caseReach } from "../../engine/access/permissions.js";
import { describeEvents, type TimelineEntry } from "../../engine/explain/describe-event.js";
import type { EntryLetter } from "../../engine/explain/describe-letters.js";
import { casesNamedIn } from "../../engine/explain/named-cases.js";
import type { Case } from "../../engine/lifecycle/case.js";
import type { CaseEvent } from "../../engine/lifecycle/case-event.js";
import { parseReference } from "../../engine/lifecycle/case-reference.js";
import type { ListedCase } from "../../engine/lifecycle/listed-case.js";
import type { Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { WorkflowDefinition } from "../../engine/workflow/workflow-definition.js";
import { type Database, query } from "../../platform/db/query.js";
import { applicantCases, casesWithin } from "../people/case-scope.js";
import type { ActiveSetup } from "../setup/active-setup.js";
import { reachedReferences } from "./act/reached-references.js";
import { eventsOfCase } from "./case-event-queries.js";
import type { CaseParts } from "./case-parts.js";
import { caseByReference, placeOfCase } from "./case-queries.js";
import { isOverdue, isReplyLate, isReviewLate } from "./list/desk-conditions.js";
import { lettersOfEvents } from "./page/letter-queries.js";

/** The number and the programme of a case that the actor may see; null where there is none, and where it is not theirs. */
export async function caseInReach(
  { db, policies }: Pick<CaseParts, "db" | "policies">,
  a: { reference: string; actor: Actor },
): Promise<{ readonly caseId: number; readonly programme: string } | null> {
  const reference = parseReference(a.reference);
  const place = reference === null ? null : await placeOfCase(db, reference);
  if (place === null) return null;
  const { id: caseId, programme, revision } = place;
  const { entities } = await policies.loaded(async () => policies.at(programme, revision).setup);
  return can(a.actor, "case.read", { case: place, entities }) ? { caseId, programme } : null;
}

/** A case with its timeline, first event to last, and the set-up and the workflow that name what is in it. */
export interface ReadCase {
  readonly theCase: Case;
  readonly setup: Setup;
  readonly workflow: WorkflowDefinition;
  readonly events: readonly CaseEvent[];
  /** The events in words. */
  readonly timeline: readonly TimelineEntry[];
  /** What became of the letters to officials, by number of the event that they are of. */
  readonly letters: ReadonlyMap<number, readonly EntryLetter[]>;
}

export interface ReadParts {
  readonly db: Database;
  readonly active: Pick<ActiveSetup, "fresh" | "workflowDefinition">;
}

/**
 * The case behind a reference as it was typed. The system, which is a person at the machine itself, reads every case
 * but confidential ones: those are shown to their handlers alone, by name.
 *
 * Problem `not-found`, in the same words for what does not exist and what is not theirs to see.
 */
export async function readCase(parts: ReadParts, a: { reference: string; actor: Actor }): Promise<ReadCase> {
  const { actor } = a;
  const reference = parseReference(a.reference);
  const loaded = reference === null ? null : await caseByReference(parts.db, reference);
  if (loaded === null) throw notShown();
  const { theCase } = loaded;
  const setup = await parts.active.fresh(theCase.programme);
  const theirs = can(actor, "case.read", { case: theCase, entities: setup.entities });
  if (!theirs || (theCase.confidential && actor.kind !== "user")) throw notShown();
  const [workflow, events] = await Promise.all([
    parts.active.workflowDefinition(theCase.workflow.versionId),
    eventsOfCase(parts.db, theCase.id),
  ]);
  const [reached, letters] = await Promise.all([
    reachedReferences(parts.db, { references: casesNamedIn(events), actor }),
    lettersOfEvents(parts.db, { caseId: theCase.id, events, setup }),
  ]);
  return { theCase, setup, workflow, events, letters, timeline: describeEvents(events, { setup, workflow, reached }) };
}

/** Cases that the actor may see and that wait for the office or the applicant, the most urgent first: what is overdue, then first replies that are late; of these and of others the more important. */
export async function listCases(
  { db }: Pick<ReadParts, "db">,
  a: { actor: Actor; limit: number; now: Date },
): Promise<ListedCase[]> {
  const now = sql`${a.now}::timestamptz`;
  const statement = sql`select c.id, c.reference, c.programme, c.type, c.state, c.state_kind as "stateKind", c.importance, c.pillar,
      c.entity, c.sector, a.subject, c.received_at as "receivedAt", k.due_at as "dueAt", c.escalation_level as "escalationLevel", l.late
    from cases c join applications a on a.id = c.id
      left join importance_levels i on i.programme = c.programme and i.code = c.importance
      cross join lateral (select case when ${isOverdue(now)} then 'overdue' when ${isReplyLate(now)} then 'replyLate'
        when ${isReviewLate(now)} then 'reviewLate' end as late) l
      left join clocks k on k.case_id = c.id and k.cycle = c.cycle and k.target = 'resolution'
    where c.state_kind in ('open', 'waiting') and ${applicantCases} and ${casesWithin(caseReach(a.actor))}
    order by array_position(array['overdue', 'replyLate'], l.late) nulls last, i.rank desc nulls last, k.due_at nulls last, c.received_at, c.id limit ${a.limit}`;
  return query<ListedCase>(db, statement);
}

function notShown(): Problem {
  return new Problem("not-found", msg("cases.readCase.caseNotFound"));
}
