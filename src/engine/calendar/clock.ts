/** One running SLA target of one case. */
import type { Budget } from "./budget.js";

export type TargetName = "acknowledgement" | "firstResponse" | "resolution";

export interface Clock {
  readonly target: TargetName;
  readonly cycle: number;
  /** The calendar version it was started with: later calendars change nothing that was decided. */
  readonly calendarVersionId: number;
  /** Null for a target that another system set (an import). */
  readonly budget: Budget | null;
  readonly startedAt: Date;
  /** Seconds consumed before `runningSince`, in the budget's kind of time (working or wall seconds). */
  readonly consumedSeconds: number;
  /** Null while paused or ended. */
  readonly runningSince: Date | null;
  readonly pausedAt: Date | null;
  /** Null while paused: nobody knows yet. */
  readonly dueAt: Date | null;
  /** Working seconds spent paused so far. */
  readonly pausedSeconds: number;
  readonly metAt: Date | null;
  /** When it was found late; stays when it is met afterwards. */
  readonly breachedAt: Date | null;
  /** Ended without being met: withdrawn, duplicate, transferred to a cycle of its own. */
  readonly cancelledAt: Date | null;
  /** Who had taken the case when it was met in time, or found late; null: no one had, or neither has happened. */
  readonly heldBy: number | null;
}
