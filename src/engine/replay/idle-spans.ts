/** When the office was silent, by the events of a case: the same signs of life that end the silence of a running one. */
import { type CaseEventType, eventOf } from "../lifecycle/case-event.js";
import { effectOf } from "../workflow/effects.js";
import { isForApplicant } from "../workflow/for-applicant.js";
import type { WorkflowDefinition } from "../workflow/workflow-definition.js";

/** A time without any sign of life of the office while the case waited for it. `to` null: it still lasts. */
export interface IdleSpan {
  readonly from: Date;
  readonly to: Date | null;
}

export interface BriefEvent {
  readonly type: CaseEventType;
  readonly at: Date;
  /** By an official. */
  readonly official: boolean;
  /** Of the workflow; null where it was none of its actions. */
  readonly action: string | null;
  readonly seq?: number;
  /** Of a forward: the numbers of the first and the last event of its act; left out where it is none that can be taken back. */
  readonly from?: number | null;
  readonly upTo?: number | null;
  /** Of one that takes a forward back: the number of that. */
  readonly of?: number | null;
}

/** The events without acts that were taken back: the office was as silent as if they had not been. */
function withoutTakenBack(events: readonly BriefEvent[]): readonly BriefEvent[] {
  const takenBack = new Set(events.flatMap(({ of }) => of ?? []));
  if (takenBack.size === 0) return events;
  const acts = events.filter(({ seq }) => seq !== undefined && takenBack.has(seq));
  const isOf = (seq: number, { from, upTo, seq: own = 0 }: BriefEvent) => seq >= (from ?? own) && seq <= (upTo ?? own);
  return events.filter(({ seq }) => seq === undefined || !acts.some((act) => isOf(seq, act)));
}

/** Actions of a workflow that are no sign of life of the office. */
export function quietActions({ actions }: Pick<WorkflowDefinition, "actions">): ReadonlySet<string> {
  return new Set(
    Object.entries(actions).flatMap(([name, action]) => {
      const { signOfLife, effects = [] } = action;
      const bySomebodyElse = effects.length > 0 && effects.every((effect) => effectOf[effect].bySomebodyElse);
      return signOfLife === false || bySomebodyElse || isForApplicant(action) ? [name] : [];
    }),
  );
}

/** One cycle of a case. */
export interface CycleSpan {
  readonly from: Date;
  /** When the next one began; null: it is the last. */
  readonly until: Date | null;
}

export function idleSpansOf(
  events: readonly BriefEvent[],
  { from, until }: CycleSpan,
  quiet: ReadonlySet<string>,
): IdleSpan[] {
  const idleSpans: IdleSpan[] = [];
  let since: Date | null = from;
  for (const { type, at, official, action } of withoutTakenBack(events)) {
    if (at < from || (until !== null && at >= until)) continue;
    const { silence } = eventOf(type);
    const acts = official && action !== null && !quiet.has(action) && silence !== "none";
    const ends = silence === "end";
    if (!ends && !acts && silence !== "turn") continue;
    if (since !== null && at > since) idleSpans.push({ from: since, to: at });
    // The applicant is waited for, until they reply.
    since = ends || silence === "ask" ? null : at;
  }
  if (since !== null) idleSpans.push({ from: since, to: until });
  return idleSpans;
}
