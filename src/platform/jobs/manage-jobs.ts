/** The operation room's side of the jobs: when each runs and ran, another schedule, and running one now. */

import type PgBoss from "pg-boss";
import { type Actor, can } from "../../engine/access/permissions.js";
import { cronWords } from "../../engine/jobs/cron-words.js";
import { isJobName, jobOf } from "../../engine/jobs/job-definitions.js";
import type { JobSchedule, JobView, SchedulePreview } from "../../engine/jobs/job-view.js";
import { msg } from "../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { appendAudit } from "../audit/audit-store.js";
import type { Database } from "../db/query.js";
import { inTransaction } from "../db/transaction.js";
import { scheduleFaults } from "./check-schedule.js";
import { slotBefore, slotsAfter } from "./cron-slots.js";
import { changeSchedule, isJobWaiting, lockJob, type StoredJob, storedJobs } from "./job-store.js";
import { queueTransaction } from "./queue-transaction.js";

/** The operation room's side of the jobs. */
export interface JobDesk {
  /** All jobs, or the one of that name. Problem forbidden. */
  list(a: { actor: Actor; now: Date }): Promise<readonly JobView[]>;
  /** What a schedule would mean; faults at `/cron`, `/timeZone`. */
  preview(a: { cron: string; timeZone: string; now: Date }): SchedulePreview;
  /**
   * From the next bell on, in every instance. Moments before the edit are not caught up: the next run is the one shown.
   * `before`: what the form was filled with. Problems: forbidden, not-found, invalid-input, conflict.
   */
  edit(a: {
    name: string;
    actor: Actor;
    values: Partial<JobSchedule>;
    before: Partial<JobSchedule>;
    now: Date;
  }): Promise<JobView>;
  /**
   * Puts it into the queue; whichever instance takes it runs it once. `queued` is false when it waits there or runs
   * already. Problems: forbidden, not-found, not-now (this instance works off no queue).
   */
  runNow(a: { name: string; actor: Actor; now: Date }): Promise<{ readonly queued: boolean }>;
}

function nextRunOf({ cron, timeZone, enabled, lastSlot }: StoredJob, now: Date): Date | null {
  if (!enabled) return null;
  try {
    const passed = slotBefore(cron, timeZone, now);
    if (lastSlot !== null && lastSlot < passed) return passed;
    return slotsAfter(cron, timeZone, now, 1)[0] ?? null;
  } catch {
    // Written past the form, straight into the table: it does not ring, and the list says so.
    return null;
  }
}

/** The queue gives up on a run after a quarter of an hour; one that has not ended by then was killed. */
const longestRunMs = 20 * 60_000;

function stateOf({ lastStartedAt, lastFinishedAt, lastError }: StoredJob, now: Date): JobView["state"] {
  if (lastStartedAt === null) return "never";
  if (lastFinishedAt === null || lastFinishedAt < lastStartedAt)
    return now.getTime() - lastStartedAt.getTime() > longestRunMs ? "lost" : "running";
  return lastError === null ? "done" : "failed";
}

function viewOf(job: StoredJob, now: Date): JobView {
  const { name, cron, timeZone, enabled, lastStartedAt, lastDurationMs, lastResult, lastError } = job;
  return {
    name,
    title: jobOf[name].title,
    cron,
    timeZone,
    enabled,
    words: cronWords(cron),
    nextRun: nextRunOf(job, now),
    lastRun: lastStartedAt,
    state: stateOf(job, now),
    durationMs: lastDurationMs,
    result: lastResult,
    error: lastError,
  };
}

const noJob = (name: string) => new Problem("not-found", msg("jobs.manageJobs.thereIsNoJob", { name }));

function need(actor: Actor, action: "job.read" | "job.edit" | "job.run"): void {
  if (can(actor, action)) return;
  throw new Problem("forbidden", msg("jobs.manageJobs.jobsAreTheOperationRooms"));
}

const fields = ["cron", "timeZone", "enabled"] as const;
const labels: Readonly<Record<(typeof fields)[number], Bilingual>> = {
  cron: msg("jobs.manageJobs.cron"),
  timeZone: msg("jobs.manageJobs.timeZone"),
  enabled: msg("jobs.manageJobs.enabled"),
};

function refuseIfChanged(stored: JobSchedule, before: Partial<JobSchedule>): void {
  const changed = fields.filter((field) => before[field] !== stored[field]);
  if (changed.length === 0) return;
  throw new Problem(
    "conflict",
    msg("jobs.manageJobs.somebodyChangedThisJobSince"),
    changed.map((field) => ({
      field: `/${field}`,
      reason: msg("jobs.manageJobs.theIsNow", { labels: labels[field], stored: String(stored[field]) }),
    })),
  );
}

/**
 * What nobody may be without for a day: a job that rings on the 29th of February is as good as switched off, and no home
 * would tell. Days, months and weekdays stay open then; when on a day, the operation room says.
 */
function dailyFaults(name: string, { cron, enabled }: JobSchedule): FieldFault[] {
  const daily = isJobName(name) ? jobOf[name].daily : undefined;
  if (daily === "always" && !enabled) {
    // What is altered before its seal leaves no trace.
    const reason = msg("jobs.manageJobs.theSealOfTheRecord");
    return [{ field: "/enabled", reason }];
  }
  const everyDay = cron
    .split(/\s+/)
    .slice(-3)
    .every((days) => days === "*");
  if (daily === undefined || everyDay) return [];
  return [
    {
      field: "/cron",
      reason: msg("jobs.manageJobs.thisJobRunsAtLeast"),
    },
  ];
}

function checked(name: string, values: JobSchedule, now: Date): JobSchedule {
  let found = scheduleFaults(values, now);
  if (found.length === 0) found = dailyFaults(name, values);
  if (found.length === 0) return values;
  throw new Problem("invalid-input", msg("jobs.manageJobs.thisScheduleCannotBeLived"), found);
}

/** What puts a job into the queue. */
export interface JobSender {
  send(name: string, data: object, options: PgBoss.SendOptions): Promise<string | null>;
}

/** @param d.queue null where nothing is worked off: the command line runs jobs itself */
export function createJobDesk(d: { db: Database; queue: JobSender | null }): JobDesk {
  return {
    async list({ actor, now }) {
      need(actor, "job.read");
      const jobs = await storedJobs(d.db);
      return jobs.map((job) => viewOf(job, now));
    },
    preview({ cron, timeZone, now }) {
      const faults = scheduleFaults({ cron, timeZone }, now);
      if (faults.length > 0) return { words: null, next: [], faults };
      return { words: cronWords(cron), next: slotsAfter(cron, timeZone, now, 5), faults };
    },
    async edit({ name, actor, values, before, now }) {
      need(actor, "job.edit");
      return inTransaction(d.db, async (tx) => {
        const stored = isJobName(name) ? await lockJob(d.db, tx, name) : null;
        if (stored === null) throw noJob(name);
        refuseIfChanged(stored, before);
        const wanted = checked(
          name,
          {
            cron: (values.cron ?? stored.cron).trim(),
            timeZone: (values.timeZone ?? stored.timeZone).trim(),
            enabled: values.enabled ?? stored.enabled,
          },
          now,
        );
        const changed = fields.filter((field) => wanted[field] !== stored[field]);
        if (changed.length === 0) return viewOf(stored, now);
        const passed = slotBefore(wanted.cron, wanted.timeZone, now);
        const edited = await changeSchedule(d.db, tx, { name, ...wanted, passed });
        const pick = (from: JobSchedule) => Object.fromEntries(changed.map((field) => [field, from[field]]));
        const data = { job: name, from: pick(stored), to: pick(wanted) };
        await appendAudit(tx, d.db, { stream: "operation", type: "job.edited", actor, data, at: now });
        return viewOf(edited, now);
      });
    },
    async runNow({ name, actor, now }) {
      need(actor, "job.run");
      const { queue } = d;
      if (queue === null) {
        throw new Problem("not-now", msg("jobs.manageJobs.nothingIsWorkedOffHere"));
      }
      return inTransaction(d.db, async (tx) => {
        // The lock makes two who press at once ask one after the other.
        if (!isJobName(name) || (await lockJob(d.db, tx, name)) === null) throw noJob(name);
        if (await isJobWaiting(d.db, tx, name)) return { queued: false };
        await queue.send(name, { slot: now.toISOString() }, { db: queueTransaction(tx) });
        await appendAudit(tx, d.db, { stream: "operation", type: "job.asked", actor, data: { job: name }, at: now });
        return { queued: true };
      });
    },
  };
}
