/**
 * What is due on a case happens: targets found late, warnings, escalations. The sweep does it for every case whose moment
 * has come, and whoever acts on a case does it first: an act must not make forgotten what fell due before it.
 */

import type { Actor } from "../access/permissions.js";
import { breachClock } from "../calendar/clocks.js";
import { hoursAfter, ratingInvitation } from "../letters/rating-invitation.js";
import type { EscalationStep } from "../rules/outcomes.js";
import type { Setup } from "../setup/setup.js";
import { receiversOf } from "../setup/setup-references.js";
import type { WorkflowDefinition } from "../workflow/workflow-definition.js";
import type { Case } from "./case.js";
import { type CaseDraft, change, draftOf, emit, withClock } from "./case-draft.js";
import type { EnforcementRecord } from "./case-outcome.js";
import { breachRuleId, type DueThing, whatIsDue } from "./due-moments.js";
import type { CalendarOf } from "./sync-clocks.js";

/** Deadlines are nobody's act. */
export const enforcer: Actor = { kind: "system", job: "enforce-deadlines" };

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
  return enforced(breached, { ruleId: breachRuleId(due.target), level: 0, kind: "breach", dueAt: due.dueAt });
}

/** Who is told of a step: every receiver once, and the seats that nobody sits on. */
export function notificationRecipients(tell: readonly string[], theCase: Case, setup: Setup, now: Date) {
  const receivers = new Set<number>();
  const emptySeats: { level: number; seat: number | null }[] = [];
  for (const reference of tell) {
    const found = receiversOf(reference, theCase, setup, now);
    for (const holder of found.receivers) receivers.add(holder.userId);
    for (const { level, seat } of found.empty) emptySeats.push({ level, seat: seat?.id ?? null });
  }
  return { receivers: [...receivers].sort((a, b) => a - b), emptySeats };
}

/** The level in use above that of the case; null at the top, and where the case has none. */
function nextImportance(theCase: Case, setup: Setup): string | null {
  const rank = setup.importanceLevels.get(theCase.importance ?? "")?.rank;
  if (rank === undefined) return null;
  const above = [...setup.importanceLevels.values()].filter((level) => !level.retired && level.rank > rank);
  return above.sort((a, b) => a.rank - b.rank)[0]?.code ?? null;
}

/** What was promised stays promised: whoever wants other targets for it corrects the importance by hand. */
function raiseImportance(draft: CaseDraft, ruleId: string, setup: Setup): CaseDraft {
  const { pillar, importance: before } = draft.theCase;
  const importance = nextImportance(draft.theCase, setup);
  if (importance === null) return draft;
  const was = { pillar, importance: before };
  return emit(change(draft, { importance }), "case.classified", { pillar, importance, was, by: "escalation", ruleId });
}

/**
 * To whom a step escalates: the holder of the seat of its level. All others it names get a copy; where it names no seat of its
 * own level, or nobody holds that one and none above it, it escalates to all of them.
 */
function escalatedTo({ level, tell }: EscalationStep, theCase: Case, setup: Setup, now: Date): readonly number[] {
  const own = tell.filter((reference) => reference === `entity.superior(${level})`);
  const { receivers } = notificationRecipients(own, theCase, setup, now);
  return receivers.length === 0 ? notificationRecipients(tell, theCase, setup, now).receivers : receivers;
}

function step(draft: CaseDraft, due: Extract<DueThing, { kind: "step" }>, setup: Setup): CaseDraft {
  const { ruleId, kind, level, tell } = due.step;
  const told = notificationRecipients(tell, draft.theCase, setup, draft.now);
  const data = { ruleId, level, dueAt: due.dueAt.toISOString(), tell: [...tell], ...told };
  const next =
    kind === "warning"
      ? emit(draft, "deadline.warned", data)
      : emit(change(draft, { escalationLevel: Math.max(level, draft.theCase.escalationLevel) }), "case.escalated", {
          ...data,
          escalatedTo: escalatedTo(due.step, draft.theCase, setup, draft.now),
        });
  const raised = due.step.raiseImportance === true ? raiseImportance(next, ruleId, setup) : next;
  return enforced(raised, { ruleId, level, kind, dueAt: due.dueAt });
}

/** The next one is reckoned from this one: who was invited late is reminded as much later. */
function invite(draft: CaseDraft, { reminder }: Extract<DueThing, { kind: "invitation" }>, setup: Setup): CaseDraft {
  const { reminderHours } = ratingInvitation(setup.programme.settings);
  const remindToRateAt = reminder || reminderHours === 0 ? null : hoursAfter(draft.now, reminderHours);
  return emit(change(draft, { inviteToRateAt: null, remindToRateAt }), "applicant.invited", { reminder });
}

/** Enforces these, in their order; timers among them are not enforcements and are passed over. */
export function enforceDue(draft: CaseDraft, due: readonly DueThing[], setup: Setup): CaseDraft {
  return due.reduce<CaseDraft>((d, thing) => {
    if (thing.kind === "breach") return breach(d, thing);
    if (thing.kind === "invitation") return invite(d, thing, setup);
    return thing.kind === "step" ? step(d, thing, setup) : d;
  }, draft);
}

/**
 * A draft for an act of `actor` on a case: what fell due before it is enforced first, up to a timer of the workflow, which
 * the act overtakes. An invitation to rate waits for the sweep: the act may be the rating itself.
 */
export function draftAfterDue(a: {
  theCase: Case;
  actor: Actor;
  now: Date;
  workflow: WorkflowDefinition;
  setup: Setup;
  calendarOf: CalendarOf;
}): CaseDraft {
  const { theCase, actor, now, workflow, setup, calendarOf } = a;
  if (theCase.application.imported) return draftOf(theCase, actor, now);
  const due = whatIsDue({ theCase, workflow, calendarOf, now });
  const firstTimer = due.findIndex((thing) => thing.kind === "timer");
  const before = (firstTimer === -1 ? due : due.slice(0, firstTimer)).filter(({ kind }) => kind !== "invitation");
  return { ...enforceDue(draftOf(theCase, enforcer, now), before, setup), actor };
}
