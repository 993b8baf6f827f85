/**
 * Moves deadlines that were decided before. A new calendar or rule changes nothing by itself; when the operation room
 * wants it to (a feast was announced late, a budget was wrong), this is the act: every unfinished case of the programme is
 * counted anew, and each deadline that moves is an event on its case, with who did it and why.
 */

import type { Actor } from "../../../engine/access/permissions.js";
import { isSameDue } from "../../../engine/calendar/same-due.js";
import { type CaseDraft, draftOf } from "../../../engine/lifecycle/case-draft.js";
import { finishOutcome } from "../../../engine/lifecycle/finish-outcome.js";
import { recalculateTargets } from "../../../engine/lifecycle/recalculate-targets.js";
import { recalendar } from "../../../engine/lifecycle/recalendar.js";
import type { RecalculateBy, RecalculatedDueDates } from "../../../engine/lifecycle/views/migration-views.js";
import { caseFacts } from "../../../engine/rules/fact-catalogue.js";
import type { PinnedVersions, Policy } from "../../../engine/setup/policy.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import type { CaseParts } from "../case-parts.js";
import { type LoadedCase, unfinishedCases } from "../case-queries.js";
import { type ChangedCase, updateCases } from "../case-store.js";
import { computeDue } from "./compute-due.js";
import {
  type AskedRecalculation,
  endRecalculation,
  requireAsked,
  requireReason,
  requireRecalculator,
} from "./recalculation-asks.js";

export interface RecalculateDueDates {
  readonly programme: string;
  readonly by: RecalculateBy;
  readonly reason: string;
  readonly actor: Actor;
  readonly now: Date;
  /** Counts and changes nothing. */
  readonly dryRun: boolean;
}

/** With who asked for it, where another person does it. */
type Recalculation = RecalculateDueDates & { readonly asked?: Pick<AskedRecalculation, "askedBy" | "name"> };

const batchSize = 100;

async function recalculateCase(
  a: Recalculation,
  loaded: LoadedCase,
  policy: Policy,
  pinned: PinnedVersions,
): Promise<CaseDraft> {
  const { theCase } = loaded;
  const draft = draftOf(theCase, a.actor, a.now);
  const recalculated =
    a.by === "calendar"
      ? recalendar(draft, policy.calendar, policy.setup.calendar.versionId)
      : await recalculateTargets(
          draft,
          policy,
          pinned.calendarOf,
          caseFacts(theCase, policy.setup, policy.calendar, a.now),
        );
  const asked = a.asked && { askedBy: { userId: a.asked.askedBy, name: a.asked.name } };
  const events = recalculated.events.map((event) =>
    event.type === "case.retimed" ? { ...event, data: { ...event.data, reason: a.reason, ...asked } } : event,
  );
  return { ...recalculated, events };
}

function directionsOf(draft: CaseDraft): { earlier: boolean; later: boolean } {
  const moves = draft.events.flatMap(({ type, data }) => {
    const { from, to } = data as { from?: { dueAt: string | null }; to?: { dueAt: string | null } };
    if (type !== "case.retimed" || !from?.dueAt || !to?.dueAt) return [];
    const [was, is] = [new Date(from.dueAt), new Date(to.dueAt)];
    return isSameDue(was, is) ? [] : [is < was ? "earlier" : "later"];
  });
  return { earlier: moves.includes("earlier"), later: moves.includes("later") };
}

/**
 * Retimes every unfinished case of a programme, a hundred a transaction; run again it finds nothing left to move.
 * Where a second person publishes, a person does it alone for a colleague who asked (`recalculation-asks.ts`).
 * Problems: `forbidden` (whoever may not publish may not do this), `invalid-input` (no reason), `not-found` (programme).
 */
export async function recalculateDueDates(parts: CaseParts, a: RecalculateDueDates): Promise<RecalculatedDueDates> {
  requireRecalculator(a.actor, a.programme);
  if (!a.dryRun) {
    const { settings } = (await parts.policies.fresh(a.programme)).setup.programme;
    if (a.actor.kind === "user" && settings.secondPerson === true) {
      const asked = await requireAsked(parts.db, { programme: a.programme, by: a.by, userId: a.actor.userId });
      // On each case it is written who asked for it, and why.
      const done = await recalculateAll(parts, { ...a, reason: asked.reason, asked });
      await endRecalculation(parts.db, a.programme, asked);
      return done;
    }
    requireReason(a.reason);
  }
  return recalculateAll(parts, a);
}

async function recalculateAll(parts: CaseParts, a: Recalculation): Promise<RecalculatedDueDates> {
  await parts.policies.fresh(a.programme);
  const total = { cases: 0, moved: 0, earlier: 0, later: 0, letters: 0 };
  for (let after = 0; ; ) {
    const batch = await parts.policies.loaded(() => recalculateBatch(parts, a, after));
    total.cases += batch.cases;
    total.moved += batch.moved;
    total.earlier += batch.earlier;
    total.later += batch.later;
    total.letters += batch.letters;
    if (batch.last === null) return total;
    after = batch.last;
  }
}

/** Letters that the next sweep sends for this case, beyond those that it would send anyway. */
function lettersBy(parts: CaseParts, a: { loaded: LoadedCase; draft: CaseDraft; policy: Policy; now: Date }): number {
  const { loaded, draft, policy, now } = a;
  const letters = (one: LoadedCase): number => {
    const due = computeDue({ loaded: one, policy, pinned: parts.policies.pinned([one.theCase]), now });
    return due.timer === null ? due.outcome.intents.length : 0;
  };
  return Math.max(0, letters({ ...loaded, theCase: draft.theCase }) - letters(loaded));
}

function recalculateBatch(
  parts: CaseParts,
  a: Recalculation,
  after: number,
): Promise<RecalculatedDueDates & { last: number | null }> {
  return inTransaction(parts.db, async (transaction) => {
    const loaded = await unfinishedCases(parts.db, transaction, { programme: a.programme, after, limit: batchSize });
    const pinned = parts.policies.pinned(loaded.map(({ theCase }) => theCase));
    const changes: ChangedCase[] = [];
    const result = { cases: 0, moved: 0, earlier: 0, later: 0, letters: 0 };
    for (const one of loaded) {
      const policy = parts.policies.at(a.programme, one.revision);
      const draft = await recalculateCase(a, one, policy, pinned);
      const { earlier, later } = directionsOf(draft);
      if (!one.theCase.confidential) {
        result.cases += 1;
        result.moved += draft.events.some(({ type }) => type !== "rule.faulted") ? 1 : 0;
        result.earlier += earlier ? 1 : 0;
        result.later += later ? 1 : 0;
        if (a.dryRun && earlier) result.letters += lettersBy(parts, { loaded: one, draft, policy, now: a.now });
      }
      const changed = draft.theCase !== one.theCase;
      if (a.dryRun || !changed) continue;
      const { calendarOf } = parts.policies.pinned([draft.theCase]);
      const { applicantWays, nextDecision, theCase } = one;
      const workflow = pinned.workflowOf(theCase.workflow.versionId);
      const outcome = finishOutcome({
        draft,
        before: theCase.clocks,
        workflow,
        setup: policy.setup,
        calendarOf,
        applicantWays,
      });
      changes.push({ outcome, nextDecision });
    }
    await updateCases(parts.db, transaction, changes, parts.messages);
    return { ...result, last: loaded.at(-1)?.theCase.id ?? null };
  });
}
