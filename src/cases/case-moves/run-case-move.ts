/**
 * Moves the open cases of an entity that a change-set retired, some a transaction. What was moved is not the entity's any
 * more, so that a kill, a second instance or a case that comes back changes nothing: each is moved once.
 */
import {
  caseMoveOfId,
  finishCaseMove,
  noteCasesMoved,
  openCasesOf,
  type StoredCaseMove,
} from "../../db/case-move-store.js";
import { type ChangedCase, updateCases } from "../../db/case-store.js";
import { isUnavailable } from "../../db/connect.js";
import { inTransaction } from "../../db/transaction.js";
import { actorNumbered } from "../../db/user-store.js";
import { keepClaim } from "../../db/work-claims.js";
import { draftAfterDue } from "../../domain/movement/enforce-due.js";
import { finishOutcome } from "../../domain/movement/finish-outcome.js";
import { relocate } from "../../domain/movement/relocate.js";
import type { Actor } from "../../domain/permissions.js";
import type { Bilingual } from "../../domain/text.js";
import { errorSummary } from "../../error-summary.js";
import type { CaseParts } from "../case-parts.js";
import { createLane, type Lane, type LaneParts, type Turn } from "../work-lane.js";

export type CaseMoveParts = CaseParts & LaneParts;

/** Cases a transaction: their rows are held meanwhile. */
const batchSize = 50;

/** The run is another instance's by now: what is in hand must not be stored. */
class Stopped extends Error {}

/** How many were moved; 0: none are left. */
function moveBatch(parts: CaseMoveParts, run: StoredCaseMove, turn: Turn, actor: Actor): Promise<number> {
  const { programme, entity, changeSet, title, reason } = run;
  const now = parts.now();
  return inTransaction(parts.db, async (tx) => {
    const loaded = await openCasesOf(parts.db, tx, { programme, entity, limit: batchSize });
    if (loaded.length === 0) return 0;
    const pinned = parts.policies.pinned(loaded.map(({ theCase }) => theCase));
    const { calendarOf } = pinned;
    const changes = loaded.map(({ theCase, revision, applicantReachable, nextDecision }): ChangedCase => {
      const { setup, calendar } = parts.policies.at(programme, revision);
      const workflow = pinned.workflowOf(theCase.workflow.versionId);
      const due = draftAfterDue({ theCase, actor, now, workflow, setup, calendarOf });
      const to = run.others[theCase.reference] ?? run.to;
      const draft = relocate(due, {
        to,
        reason,
        changeSet: { id: changeSet, title },
        workflow,
        setup,
        calendarOf,
        calendar,
      });
      const before = theCase.clocks;
      return {
        outcome: finishOutcome({ draft, before, workflow, setup, calendarOf, applicantReachable }),
        nextDecision,
      };
    });
    await updateCases(parts.db, tx, changes, parts.messages);
    if (!(await noteCasesMoved(parts.db, tx, { id: run.id, by: turn.by, moved: changes.length }))) throw new Stopped();
    return changes.length;
  });
}

async function moveAll(parts: CaseMoveParts, turn: Turn): Promise<void> {
  const run = await caseMoveOfId(parts.db, turn.id);
  if (run === null) return;
  for (;;) {
    if (turn.stopping()) return;
    if (!(await keepClaim(parts.db, "case_moves", run.id, { by: turn.by, until: turn.until() }))) return;
    // It was approved when it was published: what becomes of whoever published it changes nothing of that.
    const actor = (await actorNumbered(parts.db, { userId: run.userId, now: parts.now() })) ?? {
      kind: "system" as const,
      job: "change-set",
    };
    try {
      const moved = await parts.policies.loaded(() => moveBatch(parts, run, turn, actor));
      if (moved === 0)
        return await finishCaseMove(parts.db, { id: run.id, by: turn.by, now: parts.now(), failure: null });
    } catch (error) {
      if (error instanceof Stopped) return;
      throw error;
    }
  }
}

/** Ended by an error of ours: housekeeping takes it up again. */
const ours: Bilingual = {
  en: "Something went wrong here. What was moved stays moved; the rest is tried again.",
  ar: "حدث خطأ من جهتنا. ما نُقل يبقى منقولًا، وتُعاد محاولة الباقي.",
};

/** One piece of a lane. Errors: the database is away; it is taken up again then. */
async function runCaseMove(parts: CaseMoveParts, turn: Turn): Promise<void> {
  try {
    await moveAll(parts, turn);
  } catch (error) {
    if (isUnavailable(error)) throw error;
    parts.log.error({ caseMove: turn.id, error: errorSummary(error) }, "move of cases failed");
    await finishCaseMove(parts.db, { id: turn.id, by: turn.by, now: parts.now(), failure: ours });
  }
}

export const createCaseMoveLane = (parts: CaseMoveParts): Lane =>
  createLane(parts, "case_moves", (turn) => runCaseMove(parts, turn));
