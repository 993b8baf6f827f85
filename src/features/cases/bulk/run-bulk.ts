/**
 * Works off one act on many cases: each by itself, by all its rules and by the rights of that moment. What was done is
 * noted in the transaction that did it, so nothing is done twice, whatever is killed or cancelled in between.
 */

import type { Logger } from "pino";
import type { Transaction } from "sequelize";
import type { Actor } from "../../../engine/access/permissions.js";
import { saidTogether } from "../../../engine/letters/letters-of-event.js";
import { gatheredLetters, holdBack } from "../../../engine/lifecycle/gather-messages.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { isUnavailable } from "../../../platform/db/connect.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { keepClaim } from "../../../platform/db/work-claims.js";
import { errorSummary } from "../../../platform/error-summary.js";
import type { Turn } from "../../../platform/jobs/work-lane.js";
import { insertMessages } from "../../../platform/mail/message-store.js";
import { actorNumbered } from "../../people/user-store.js";
import { type Beside, performAction } from "../act/perform-action.js";
import { takeBack } from "../act/take-back.js";
import type { CaseParts } from "../case-parts.js";
import {
  bulkRun,
  finishBulkRun,
  heldLetters,
  markDone,
  markRefused,
  type StoredBulkRun,
  waitingItems,
} from "./bulk-store.js";

export interface BulkParts extends CaseParts {
  readonly log: Logger;
  readonly now: () => Date;
}

/** Cases between two looks whether the run is still ours; that nothing is stored when it is not, each act sees to. */
const stretch = 20;

/** The run is over or somebody else's: the act in hand must not be stored. */
class Stopped extends Error {}

interface Act {
  readonly run: StoredBulkRun;
  readonly turn: Turn;
  readonly reference: string;
}

/** The run takes back what another one forwarded; no workflow has an action of this name. Its fields are the numbers of the events by case. */
export const takeBackAction = "/take-back";

async function perform(parts: BulkParts, { run, turn, reference }: Act, actor: Actor): Promise<void> {
  const now = parts.now();
  const { action, fields } = run;
  const beside: Beside = async ({ transaction, outcome }) => {
    const letters = holdBack(outcome.intents, { programme: outcome.after.programme, runId: run.id });
    const item = { runId: run.id, reference, by: turn.by, now, held: letters.held };
    if (!(await markDone(parts.db, transaction, item))) throw new Stopped();
    return { ...saidTogether(outcome, letters.instead), intents: letters.now };
  };
  if (action !== takeBackAction) {
    await performAction(parts, { reference, action, fields, actor, now, beside });
    return;
  }
  const back = { reference, seq: Number(fields[reference]), actor, now, askedAt: run.createdAt, beside };
  await takeBack(parts, back).catch((error: unknown) => {
    // It was forwarded by this person: where it is not any more, another one forwarded it since.
    const since = error instanceof Problem && error.code === "not-found";
    throw since ? new Problem("action-refused", msg("lifecycle.takeBack.acted")) : error;
  });
}

function reasonOf(error: unknown): Bilingual {
  if (!(error instanceof Problem) || error.code === "internal") return msg("cases-bulk.runBulk.reasonsOurs");
  // What is wrong with the fields says more than that something is.
  const [first] = error.faults;
  return error.code === "invalid-input" && first !== undefined ? first.reason : error.detail;
}

/** One case. False: the run is no longer to be worked on here. Errors: the database is away. */
async function settle(parts: BulkParts, act: Act, actor: Actor | null): Promise<boolean> {
  const { run, turn, reference } = act;
  const refuse = (reason: Bilingual) =>
    markRefused(parts.db, { runId: run.id, reference, by: turn.by, now: parts.now(), reason });
  if (actor === null) {
    await refuse(msg("cases-bulk.runBulk.reasonsGone"));
    return true;
  }
  try {
    await perform(parts, act, actor);
    return true;
  } catch (error) {
    if (error instanceof Stopped) return false;
    if (isUnavailable(error) || (error instanceof Problem && error.code === "unavailable")) throw error;
    if (!(error instanceof Problem)) {
      parts.log.error({ bulk: run.id, reference, error: errorSummary(error) }, "act of a bulk run failed");
    }
    await refuse(reasonOf(error));
    return true;
  }
}

/** Everybody hears once of all that was done; then the run is over. */
async function finish(parts: BulkParts, run: StoredBulkRun, turn: Turn, by: string): Promise<void> {
  const now = parts.now();
  const tell = async (transaction: Transaction): Promise<void> => {
    if (!(await finishBulkRun(parts.db, transaction, { id: run.id, by: turn.by, now }))) return;
    const items = await heldLetters(parts.db, transaction, run.id);
    for (const [programme, intents] of gatheredLetters({ runId: run.id, action: run.actionName, by, items })) {
      await insertMessages(parts.db, { programme, intents, now, state: parts.messages }, transaction);
    }
  };
  await inTransaction(parts.db, tell);
}

/** One piece of a lane. Errors: the database is away; it is taken up again then. */
export async function runBulk(parts: BulkParts, turn: Turn): Promise<void> {
  const run = await bulkRun(parts.db, turn.id);
  if (run === null) return;
  let name = `#${run.userId}`;
  for (;;) {
    const mine = await keepClaim(parts.db, "bulk_runs", run.id, { by: turn.by, until: turn.until() });
    const references = mine ? await waitingItems(parts.db, run.id, stretch) : [];
    if (references.length === 0) break;
    for (const reference of references) {
      if (turn.stopping()) return;
      // A person who left the seat in the middle does nothing more.
      const actor = await actorNumbered(parts.db, { userId: run.userId, now: parts.now() });
      name = actor?.name ?? name;
      if (!(await settle(parts, { run, turn, reference }, actor))) break;
    }
  }
  await finish(parts, run, turn, name);
}
