/**
 * The sweep: what is due at `now` happens, exactly once, whoever runs it and however late.
 *
 * Cases carry their next moment in an index, so a sweep reads what is due and nothing else. Each batch is one
 * transaction over rows that no other sweep holds (SKIP LOCKED); the primary key of the enforcements refuses a second
 * time. A batch that dies is undone and found again by the next sweep.
 */
import type { Transaction } from "sequelize";
import { type CaseParts, workOut } from "../cases/perform-action.js";
import { casesDue, type LoadedCase } from "../db/case-queries.js";
import { type ChangedCase, updateCases } from "../db/case-store.js";
import { inTransaction } from "../db/transaction.js";
import type { Case } from "../domain/case.js";
import type { EnforcementRecord } from "../domain/case-outcome.js";
import { type DueThing, whatIsDue } from "../domain/deadlines/schedule.js";
import { type CaseDraft, change, draftOf, emit, withClock } from "../domain/movement/case-draft.js";
import { finishOutcome } from "../domain/movement/finish-outcome.js";
import type { Actor } from "../domain/permissions.js";
import type { PinnedVersions, Policy } from "../domain/policy.js";
import type { Setup } from "../domain/setup.js";
import { receiversOf } from "../domain/setup-references.js";
import { breachClock } from "../domain/sla/clocks.js";

export interface SweepResult {
  readonly cases: number;
  readonly breaches: number;
  readonly warnings: number;
  readonly escalations: number;
  readonly timers: number;
  /** Cases that could not be worked out; they are put off, recorded and raised to the operation room. */
  readonly faults: number;
}

const actor: Actor = { kind: "system", job: "enforce-deadlines" };
const batchSize = 200;
/** How long a case whose enforcement failed is left alone before it is tried again. */
const putOffMinutes = 15;

function enforced(draft: CaseDraft, record: Omit<EnforcementRecord, "cycle" | "at">): CaseDraft {
  const { theCase, now } = draft;
  const key = { cycle: theCase.cycle, ruleId: record.ruleId, level: record.level };
  const once = change(draft, { enforced: [...theCase.enforced, key] });
  return { ...once, enforcements: [...once.enforcements, { ...record, cycle: theCase.cycle, at: now }] };
}

function breach(draft: CaseDraft, due: Extract<DueThing, { kind: "breach" }>): CaseDraft {
  const clock = draft.theCase.clocks.find((c) => c.cycle === draft.theCase.cycle && c.target === due.target);
  if (clock === undefined) return draft;
  const breached = emit(withClock(draft, breachClock(clock, draft.now)), "clock.breached", {
    target: due.target,
    dueAt: due.dueAt.toISOString(),
  });
  return enforced(breached, { ruleId: `clock:${due.target}`, level: 0, kind: "breach", dueAt: due.dueAt });
}

/** Who is told of a step: every receiver once, and the chairs that nobody sits on. */
function toldOf(tell: readonly string[], theCase: Case, setup: Setup, now: Date) {
  const receivers = new Set<number>();
  const emptySeats: { level: number; seat: number | null }[] = [];
  for (const reference of tell) {
    const found = receiversOf(reference, theCase, setup, now);
    for (const holder of found.receivers) receivers.add(holder.userId);
    for (const { level, seat } of found.empty) emptySeats.push({ level, seat: seat?.id ?? null });
  }
  return { receivers: [...receivers].sort((a, b) => a - b), emptySeats };
}

function step(draft: CaseDraft, due: Extract<DueThing, { kind: "step" }>, setup: Setup): CaseDraft {
  const { ruleId, kind, level, tell } = due.step;
  const told = toldOf(tell, draft.theCase, setup, draft.now);
  const data = { ruleId, level, dueAt: due.dueAt.toISOString(), tell: [...tell], ...told };
  const next =
    kind === "warning"
      ? emit(draft, "deadline.warned", data)
      : emit(change(draft, { escalationLevel: Math.max(level, draft.theCase.escalationLevel) }), "case.escalated", data);
  return enforced(next, { ruleId, level, kind, dueAt: due.dueAt });
}

interface Swept {
  readonly changed: ChangedCase;
  readonly done: readonly DueThing[];
}

/** A timer moves the case by its workflow; what else was due counts in the state it moves to. */
async function timer(parts: CaseParts, transaction: Transaction, loaded: LoadedCase, action: string, now: Date, policy: Policy, pinned: PinnedVersions) {
  const act = { action, fields: {}, actor, now };
  return workOut(parts, { transaction, loaded, act, policy, pinned });
}

async function sweepCase(
  parts: CaseParts,
  transaction: Transaction,
  loaded: LoadedCase,
  now: Date,
  policy: Policy,
  pinned: PinnedVersions,
): Promise<Swept> {
  const { theCase } = loaded;
  const workflow = pinned.workflowOf(theCase.workflow.versionId);
  const due = whatIsDue({ theCase, workflow, calendarOf: pinned.calendarOf, now });
  const firstTimer = due.findIndex((thing) => thing.kind === "timer");
  // A timer that comes first is performed alone; the next batch sees the case in its new state.
  if (firstTimer === 0 && due[0]?.kind === "timer") {
    return { changed: await timer(parts, transaction, loaded, due[0].timer.action, now, policy, pinned), done: [due[0]] };
  }
  const before = firstTimer === -1 ? due : due.slice(0, firstTimer);
  const draft = before.reduce<CaseDraft>((d, thing) => {
    if (thing.kind === "breach") return breach(d, thing);
    return thing.kind === "step" ? step(d, thing, policy.setup) : d;
  }, draftOf(theCase, actor, now));
  const { applicantReachable, nextDecision } = loaded;
  const { calendarOf } = pinned;
  const outcome = finishOutcome({ draft, before: theCase.clocks, workflow, setup: policy.setup, calendarOf, applicantReachable });
  return { changed: { outcome, nextDecision }, done: before };
}

/** A case that cannot be worked out must not hold up the others: it is put off, and the operation room hears of it. */
function putOff(loaded: LoadedCase, policy: Policy, pinned: PinnedVersions, now: Date, error: unknown): ChangedCase {
  const message = error instanceof Error ? error.message : String(error);
  const { theCase, applicantReachable, nextDecision } = loaded;
  const draft = emit(draftOf(theCase, actor, now), "rule.faulted", { set: "escalation", ruleId: null, message });
  const workflow = pinned.workflowOf(theCase.workflow.versionId);
  const { setup } = policy;
  const { calendarOf } = pinned;
  const outcome = finishOutcome({ draft, before: theCase.clocks, workflow, setup, calendarOf, applicantReachable });
  return { outcome: { ...outcome, nextDueAt: new Date(now.getTime() + putOffMinutes * 60_000) }, nextDecision };
}

async function sweepBatch(parts: CaseParts, now: Date, limit: number): Promise<SweepResult> {
  return parts.policies.loaded(() => inTransaction(parts.db, async (transaction) => {
    const loaded = await casesDue(parts.db, transaction, now, limit);
    const pinned = parts.policies.pinned(loaded.map(({ theCase }) => theCase));
    const result = { ...nothing, cases: loaded.length };
    const changes: ChangedCase[] = [];
    for (const one of loaded) {
      const policy = parts.policies.at(one.theCase.programme, one.revision);
      try {
        const { changed, done } = await sweepCase(parts, transaction, one, now, policy, pinned);
        changes.push(changed);
        for (const thing of done) count(result, thing);
      } catch (error) {
        changes.push(putOff(one, policy, pinned, now, error));
        result.faults += 1;
      }
    }
    await updateCases(parts.db, transaction, changes, parts.messages);
    return result;
  }));
}

const nothing = { cases: 0, breaches: 0, warnings: 0, escalations: 0, timers: 0, faults: 0 };

function count(result: typeof nothing, thing: DueThing): void {
  if (thing.kind === "breach") result.breaches += 1;
  else if (thing.kind === "timer") result.timers += 1;
  else if (thing.step.kind === "warning") result.warnings += 1;
  else result.escalations += 1;
}

/**
 * Enforces everything due at `now`, batch by batch, until nothing is left (or `limit` cases were done).
 * Safe to run twice, late, and in several instances at once.
 */
export async function enforceDeadlines(parts: CaseParts, a: { now: Date; limit?: number | undefined }): Promise<SweepResult> {
  const total = { ...nothing };
  let left = a.limit ?? Number.POSITIVE_INFINITY;
  while (left > 0) {
    const batch = await sweepBatch(parts, a.now, Math.min(batchSize, left));
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += batch[key];
    left -= batch.cases;
    if (batch.cases === 0) break;
  }
  return total;
}
