/** The next cases of a move, in one transaction: each worked out by itself, so that one that cannot be is named and the others go. */

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
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { errorSummary } from "../../../platform/error-summary.js";
import type { LaneParts, Turn } from "../../../platform/jobs/work-lane.js";
import {
  noteCasesLeft,
  noteCasesMoved,
  type StoredCaseMove,
  successorsIn,
} from "../../policy/change-sets/case-move-store.js";
import { lockToPlace } from "../../setup/entity-locks.js";
import type { CaseParts } from "../case-parts.js";
import { type LoadedCase, lockAndLoad } from "../case-queries.js";
import { type ChangedCase, updateCases } from "../case-store.js";

export type CaseMoveParts = CaseParts & LaneParts;

/** The run is another instance's by now: what is in hand must not be stored. */
export class Stopped extends Error {}

/** What stays where it is, and why. */
interface LeftCase {
  readonly caseId: number;
  readonly reason: Bilingual;
}

const ours: Bilingual = msg("cases-migration.moveCases.ours");
export const reasonOf = (error: unknown): Bilingual => (error instanceof Problem ? error.detail : ours);

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
export function moveCases(
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
export class NotStored extends Error {
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
