/**
 * The sweep: what is due at `now` happens, exactly once, whoever runs it and however late.
 *
 * Cases carry their next moment in an index, so a sweep reads what is due and nothing else. Each batch is one
 * transaction over rows that no other sweep holds (SKIP LOCKED); the primary key of the enforcements refuses a second
 * time. A batch that dies is undone and found again by the next sweep. Before it acts it looks whether the operation room
 * has to be asked (`hold-sweeps.ts`).
 */
import type { Transaction } from "sequelize";
import { draftOf, emit } from "../../../engine/lifecycle/case-draft.js";
import type { DueThing } from "../../../engine/lifecycle/due-moments.js";
import { enforcer as actor } from "../../../engine/lifecycle/enforce-due.js";
import { finishOutcome } from "../../../engine/lifecycle/finish-outcome.js";
import { isUnavailable } from "../../../platform/db/connect.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { errorWords } from "../../../platform/error-summary.js";
import { computeOutcome } from "../act/compute-outcome.js";
import { faultsOf } from "../case-event-queries.js";
import type { CaseParts } from "../case-parts.js";
import { caseByReference, casesDue, type LoadedCase } from "../case-queries.js";
import { type ChangedCase, updateCases } from "../case-store.js";
import { computeDue } from "./compute-due.js";
import { endReleased, holdSweeps } from "./hold-sweeps.js";

/** Confidential cases are enforced as the others are, and are in none of these numbers: jobs show them. */
export interface SweepResult {
  readonly cases: number;
  readonly breaches: number;
  readonly warnings: number;
  readonly escalations: number;
  /** Applicants who were asked to rate their answer. */
  readonly invitations: number;
  readonly timers: number;
  /** Cases that could not be worked out; they are put off, recorded and raised to the operation room. */
  readonly faults: number;
  /** Programmes that were left alone until their operation room lets the sweep go on; left out: none. */
  readonly held?: readonly string[];
}

const batchSize = 200;
/** How long a case whose enforcement failed is left alone before it is tried again; twice as long each time, at most 16 hours. */
const putOffMinutes = 15;
const longestPutOff = 6;

/** What one batch did; `looked`: all cases that it took, confidential ones too. */
type Batch = Omit<SweepResult, "held"> & { readonly looked: number };

interface Swept {
  readonly changed: ChangedCase;
  readonly done: readonly DueThing[];
}

/** One transaction's means: what the cases in it are worked out with. */
interface Sweep {
  readonly parts: CaseParts;
  readonly transaction: Transaction;
  readonly now: Date;
}

async function sweepCase({ parts, transaction, now }: Sweep, loaded: LoadedCase): Promise<Swept> {
  const { theCase, nextDecision } = loaded;
  const policy = parts.policies.at(theCase.programme, loaded.revision);
  const pinned = parts.policies.pinned([theCase]);
  const worked = computeDue({ loaded, policy, pinned, now });
  if (worked.timer !== null) {
    const act = { action: worked.timer.timer.action, fields: {}, actor, now };
    return {
      changed: await computeOutcome(parts, { lock: transaction, loaded, act, policy, pinned }),
      done: [worked.timer],
    };
  }
  const { before, outcome } = worked;
  if (before.length === 0 && outcome.nextDueAt !== null && outcome.nextDueAt <= now) {
    throw new Error("the case is due, and nothing was found to do");
  }
  return { changed: { outcome, nextDecision }, done: before };
}

async function enforceAll(sweep: Sweep, cases: readonly LoadedCase[]): Promise<Batch> {
  const told = cases.filter(({ theCase }) => !theCase.confidential);
  const result = { ...nothing, looked: cases.length, cases: told.length };
  const changes: ChangedCase[] = [];
  // What any of them lacks is loaded in one go.
  sweep.parts.policies.pinned(cases.map(({ theCase }) => theCase));
  for (const one of cases) {
    const { changed, done } = await sweepCase(sweep, one);
    changes.push(changed);
    if (!one.theCase.confidential) for (const thing of done) count(result, thing);
  }
  await updateCases(sweep.parts.db, sweep.transaction, changes, sweep.parts.messages);
  return result;
}

/**
 * A case that cannot be worked out must not hold up the others: it is put off, longer each time, and the operation room
 * hears of it.
 */
async function putOff({ parts, transaction, now }: Sweep, loaded: LoadedCase, error: unknown): Promise<void> {
  const message = errorWords(error);
  const { theCase, applicantWays, nextDecision } = loaded;
  const { setup } = parts.policies.at(theCase.programme, loaded.revision);
  const { calendarOf, workflowOf } = parts.policies.pinned([theCase]);
  const workflow = workflowOf(theCase.workflow.versionId);
  const draft = emit(draftOf(theCase, actor, now), "rule.faulted", { set: "escalation", ruleId: null, message });
  const minutes = putOffMinutes * 2 ** Math.min(longestPutOff, await faultsOf(parts.db, transaction, theCase.id));
  const nextDueAt = new Date(now.getTime() + minutes * 60_000);
  const outcome = finishOutcome({
    draft,
    before: theCase.clocks,
    workflow,
    setup,
    calendarOf,
    applicantWays,
    nextDueAt,
  });
  await updateCases(parts.db, transaction, [{ outcome, nextDecision }], parts.messages);
}

/** Each case of a failed batch in a transaction of its own; what fails again is put off. Throws when even that fails. */
async function sweepSingly(parts: CaseParts, now: Date, references: readonly string[]): Promise<Batch> {
  const total = { ...nothing };
  const alone = (reference: string, work: (sweep: Sweep, loaded: LoadedCase) => Promise<Batch>): Promise<Batch> =>
    parts.policies.loaded(() =>
      inTransaction(parts.db, async (transaction) => {
        const loaded = await caseByReference(parts.db, reference, transaction);
        return loaded === null ? nothing : work({ parts, transaction, now }, loaded);
      }),
    );
  const failures: unknown[] = [];
  for (const reference of references) {
    try {
      add(total, await alone(reference, (sweep, loaded) => enforceAll(sweep, [loaded])));
    } catch (error) {
      if (isUnavailable(error)) throw error;
      const putAside = alone(reference, async (sweep, loaded) => {
        await putOff(sweep, loaded, error);
        return loaded.theCase.confidential ? nothing : { ...nothing, cases: 1, faults: 1 };
      });
      const told = await putAside.catch((failure: unknown) => {
        failures.push(failure);
        return nothing;
      });
      add(total, { ...told, looked: 1 });
    }
  }
  if (failures.length > 0) throw failures[0];
  return total;
}

async function sweepBatch(
  parts: CaseParts,
  now: Date,
  { limit, except }: { limit: number; except: readonly string[] },
): Promise<Batch> {
  let taken: readonly string[] = [];
  try {
    return await parts.policies.loaded(() =>
      inTransaction(parts.db, async (transaction) => {
        const cases = await casesDue(parts.db, transaction, { now, limit, except });
        taken = cases.map(({ theCase }) => theCase.reference);
        return enforceAll({ parts, transaction, now }, cases);
      }),
    );
  } catch (error) {
    if (isUnavailable(error) || taken.length === 0) throw error;
    return sweepSingly(parts, now, taken);
  }
}

const nothing = { looked: 0, cases: 0, breaches: 0, warnings: 0, escalations: 0, invitations: 0, timers: 0, faults: 0 };

function add(total: typeof nothing, batch: Batch): void {
  for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += batch[key];
}

function count(result: typeof nothing, thing: DueThing): void {
  if (thing.kind === "breach") result.breaches += 1;
  else if (thing.kind === "timer") result.timers += 1;
  else if (thing.kind === "invitation") result.invitations += 1;
  else if (thing.step.kind === "warning") result.warnings += 1;
  else result.escalations += 1;
}

/**
 * Enforces everything due at `now`, batch by batch, until nothing is left (or `limit` cases were done), but for programmes
 * whose sweep holds.
 * Safe to run twice, late, and in several instances at once.
 */
export async function enforceDeadlines(
  parts: CaseParts,
  a: { now: Date; limit?: number | undefined },
): Promise<SweepResult> {
  const all = { ...nothing };
  const holding = await holdSweeps(parts, a.now);
  const except = holding.held;
  let left = a.limit ?? Number.POSITIVE_INFINITY;
  while (left > 0) {
    const batch = await sweepBatch(parts, a.now, { limit: Math.min(batchSize, left), except });
    add(all, batch);
    left -= batch.looked;
    if (batch.looked > 0) continue;
    await endReleased(parts, holding, a.now);
    break;
  }
  const { looked: _, ...total } = all;
  return except.length === 0 ? total : { ...total, held: except };
}
