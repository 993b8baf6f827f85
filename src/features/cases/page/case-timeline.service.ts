/** Earlier parts of the story of a case, asked for when somebody wants to read them. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import { describeEvents, type TimelineEntry } from "../../../engine/explain/describe-event.js";
import { casesNamedIn } from "../../../engine/explain/named-cases.js";
import { earlierAtOnce, type TimelinePart, windowOf } from "../../../engine/explain/timeline-window.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import { reachedReferences } from "../act/reached-references.js";
import { eventsOfCase } from "../case-event-queries.js";
import { type CaseParts, caseNotShown } from "../case-parts.js";
import { caseByReference } from "../case-queries.js";
import { lettersOfEvents } from "./letter-queries.js";

export interface TimelineAsked {
  readonly reference: string;
  readonly part: TimelinePart;
  /** The number of an entry: only what happened earlier. */
  readonly before: number;
  readonly actor: Actor;
}

export interface EarlierEntries {
  /** First to last. */
  readonly entries: readonly TimelineEntry[];
  /** How many of the part lie before them, without what was sent. */
  readonly earlier: number;
}

/** What happened before an entry, at most `earlierAtOnce` of it. Problem not-found, also for a case that is not the actor's. */
export async function earlierEntries(
  { db, policies }: Pick<CaseParts, "db" | "policies">,
  a: TimelineAsked,
): Promise<EarlierEntries> {
  const reference = parseReference(a.reference);
  const loaded = reference === null ? null : await caseByReference(db, reference);
  if (loaded === null) throw caseNotShown();
  const { theCase } = loaded;
  const { setup } = await policies.fresh(theCase.programme);
  if (!can(a.actor, "case.read", { case: theCase, entities: setup.entities })) throw caseNotShown();
  const [pinned, [, ...events]] = await Promise.all([policies.pin([theCase]), eventsOfCase(db, theCase.id)]);
  const found = windowOf(events, { part: a.part, before: a.before, most: earlierAtOnce });
  const [reached, letters] = await Promise.all([
    reachedReferences(db, { references: casesNamedIn(found.events), actor: a.actor }),
    lettersOfEvents(db, { caseId: theCase.id, events: found.events, setup }),
  ]);
  const workflow = pinned.workflowOf(theCase.workflow.versionId);
  return {
    entries: describeEvents(found.events, { setup, workflow, reached, reader: a.actor, letters }),
    earlier: found.before,
  };
}
