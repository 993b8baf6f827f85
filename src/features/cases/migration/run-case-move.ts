/**
 * Moves the open cases of an entity that a change-set retired, some a transaction. What was moved is not the entity's any
 * more, so that a kill, a second instance or a case that comes back changes nothing: each is moved once. A case that cannot be
 * moved is named with the reason and keeps none of the others waiting.
 */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { Actor } from "../../../engine/access/permissions.js";
import { civilDate } from "../../../engine/calendar/civil-days.js";
import { draftAfterDue } from "../../../engine/lifecycle/enforce-due.js";
import { finishOutcome } from "../../../engine/lifecycle/finish-outcome.js";
import { relocate } from "../../../engine/lifecycle/relocate.js";
import { type Successor, successor } from "../../../engine/lifecycle/successor.js";
import { isLive } from "../../../engine/rules/fact-catalogue.js";
import type { PinnedVersions, Policy } from "../../../engine/setup/policy.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { isUnavailable } from "../../../platform/db/connect.js";
import { placedTooLate } from "../../../platform/db/errors.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { keepClaim } from "../../../platform/db/work-claims.js";
import { errorSummary } from "../../../platform/error-summary.js";
import { createLane, type Lane, type LaneParts, type Turn } from "../../../platform/jobs/work-lane.js";
import { actorNumbered } from "../../people/user-store.js";
import {
  caseMoveOfId,
  casesLeftBy,
  finishCaseMove,
  noteCasesLeft,
  noteCasesMoved,
  type StoredCaseMove,
  successorsIn,
} from "../../policy/change-sets/case-move-store.js";
import { lockToPlace } from "../../setup/entity-locks.js";
import type { CaseParts } from "../case-parts.js";
import { type LoadedCase, lockAndLoad } from "../case-queries.js";
import { type ChangedCase, updateCases } from "../case-store.js";
import { programmesHeld } from "../deadlines/held-sweep-store.js";

type CaseMoveParts = CaseParts & LaneParts;

/** The run is another instance's by now: what is in hand must not be stored. */
class Stopped extends Error {}

/** What stays where it is, and why. */
interface LeftCase {
  readonly caseId: number;
  readonly reason: Bilingual;
}

const reasonOf = (error: unknown): Bilingual =>
  error instanceof Problem ? error.detail : msg("cases-migration.moveCases.ours");

function movedCase(
  { theCase, applicantWays, nextDecision }: LoadedCase,
  a: {
    readonly run: StoredCaseMove;
    readonly to: Successor;
    readonly actor: Actor;
    readonly now: Date;
    readonly policy: Policy;
    readonly pinned: PinnedVersions;
  },
): ChangedCase {
  const { run, to, actor, now, pinned } = a;
  const { setup, calendar } = a.policy;
  const { calendarOf } = pinned;
  const workflow = pinned.workflowOf(theCase.workflow.versionId);
  const due = draftAfterDue({ theCase, actor, now, workflow, setup, calendarOf });
  const changeSet = run.changeSet === null ? null : { id: run.changeSet, title: run.title ?? "" };
  const draft = relocate(due, { to, reason: run.reason, changeSet, workflow, setup, calendarOf, calendar });
  const before = theCase.clocks;
  return { outcome: finishOutcome({ draft, before, workflow, setup, calendarOf, applicantWays }), nextDecision };
}

/** How many were looked at; 0: none are left. */
function moveCases(
  parts: CaseMoveParts,
  { run, turn, actor, limit }: { run: StoredCaseMove; turn: Turn; actor: Actor; limit: number },
): Promise<number> {
  const { programme, entity } = run;
  const now = parts.now();
  return inTransaction(parts.db, async (tx) => {
    const loaded = await openCasesOf(parts.db, tx, { programme, entity, run: run.id, limit });
    const [first] = loaded;
    if (first === undefined) return 0;
    const pinned = parts.policies.pinned(loaded.map(({ theCase }) => theCase));
    const policy = parts.policies.at(programme, first.revision);
    const { entities, programme: own } = policy.setup;
    const today = civilDate(now, own.timeZone);
    const there = { isLive: (code: string) => isLive(entities.get(code), today) };
    const successors = await successorsIn(parts.db, programme, now, tx);
    const [changes, left]: [ChangedCase[], LeftCase[]] = [[], []];
    for (const one of loaded) {
      const { id, reference } = one.theCase;
      try {
        const to = successor(run.others[reference] ?? run.to, { ...there, successors });
        changes.push(movedCase(one, { run, to, actor, now, policy, pinned }));
      } catch (error) {
        parts.log.error({ caseMove: run.id, case: id, error: errorSummary(error) }, "a case could not be moved");
        left.push({ caseId: id, reason: reasonOf(error) });
      }
    }
    const codes = changes.flatMap(({ outcome }) => outcome.after.entity ?? []);
    await lockToPlace(parts.db, { programme, codes }, tx);
    try {
      await updateCases(parts.db, tx, changes, parts.messages);
    } catch (error) {
      // Which of many it was is found one by one.
      throw loaded.length > 1 || isUnavailable(error) ? error : new NotStored(first.theCase.id, error);
    }
    if (left.length > 0) await noteCasesLeft(parts.db, { run: run.id, left, now }, tx);
    const moved = changes.filter(({ outcome }) => !outcome.after.confidential).length;
    if (!(await noteCasesMoved(parts.db, tx, { id: run.id, by: turn.by, moved }))) throw new Stopped();
    return loaded.length;
  });
}

/** The only case in hand is one that the database does not take. */
class NotStored extends Error {
  constructor(
    readonly caseId: number,
    override readonly cause: unknown,
  ) {
    super("a case could not be stored where it goes");
  }
}

/** The next open cases of the entity by number, locked. What was moved, or cannot be by this run, is not among them any more. */
function openCasesOf(
  db: Database,
  tx: Transaction,
  a: { programme: string; entity: string; run: string; limit: number },
): Promise<LoadedCase[]> {
  const lock = sql`select id from cases
    where programme = ${a.programme} and entity = ${a.entity} and state_kind in ('open', 'waiting')
      and not exists (select 1 from case_move_failures f where f.run_id = ${a.run} and f.case_id = cases.id)
    order by id limit ${a.limit} for update`;
  return lockAndLoad(db, tx, lock);
}

/** Cases a transaction: their rows are held meanwhile. */
const batchSize = 50;
const housekeeping: Actor = { kind: "system", job: "change-set" };

/** It was approved when it was published: what becomes of whoever published it changes nothing of that. */
const actorOf = async (parts: CaseMoveParts, { userId }: StoredCaseMove): Promise<Actor> =>
  (userId === null ? null : await actorNumbered(parts.db, { userId, now: parts.now() })) ?? housekeeping;

const someLeft = (n: number): Bilingual => msg("cases-migration.runCaseMove.casesThatCouldNotBe", { n });

async function moveAll(parts: CaseMoveParts, turn: Turn): Promise<void> {
  const run = await caseMoveOfId(parts.db, turn.id);
  if (run === null) return;
  /** Cases that are still taken one by one, to find the one that is at fault. */
  let oneByOne = 0;
  for (;;) {
    if (turn.stopping()) return;
    // A move enforces what fell due before it: while the sweep holds it waits, and is taken up again.
    if ((await programmesHeld(parts.db)).includes(run.programme)) return;
    if (!(await keepClaim(parts.db, "case_moves", run.id, { by: turn.by, until: turn.until() }))) return;
    const actor = await actorOf(parts, run);
    const limit = oneByOne > 0 ? 1 : batchSize;
    try {
      const looked = await parts.policies.loaded(() => moveCases(parts, { run, turn, actor, limit }));
      oneByOne = Math.max(0, oneByOne - 1);
      if (looked > 0) continue;
      const { left, any } = await casesLeftBy(parts.db, run.id);
      const failure = any ? someLeft(left) : null;
      return await finishCaseMove(parts.db, { id: run.id, by: turn.by, now: parts.now(), failure });
    } catch (error) {
      if (error instanceof Stopped) return;
      if (isUnavailable(error)) throw error;
      if (error instanceof NotStored) {
        oneByOne -= 1;
        // The entity was retired just now: where the case goes is looked up anew.
        if (placedTooLate(error.cause)) continue;
        parts.log.error({ caseMove: run.id, case: error.caseId, error: errorSummary(error.cause) }, "a case stays");
        const left = [{ caseId: error.caseId, reason: reasonOf(error.cause) }];
        await noteCasesLeft(parts.db, { run: run.id, left, now: parts.now() });
      } else if (oneByOne === 0) oneByOne = batchSize;
      else throw error;
    }
  }
}

/** Ended by an error of ours: housekeeping takes it up again. */
const ours: Bilingual = msg("cases-migration.runCaseMove.ours");

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
