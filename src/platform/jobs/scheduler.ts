/**
 * A bell every five seconds (`start-ticking.ts`), and PostgreSQL decides who runs. At each bell every instance asks
 * the jobs' table which moments of which cron expressions have passed unrung; the one that claims a moment puts it into
 * the queue in the same transaction, so that it is rung once, is not lost by a kill in between, and is caught up
 * after a time without any instance. An edited expression holds from the next bell on.
 */
import type PgBoss from "pg-boss";
import type { Logger } from "pino";
import { jobDefinitions, jobOf } from "../../engine/jobs/job-definitions.js";
import { type ClocksApart, maxApartMs } from "../clocks-apart.js";
import { isToldByWatch } from "../db/connect.js";
import type { Database } from "../db/query.js";
import { inTransaction } from "../db/transaction.js";
import { errorSummary } from "../error-summary.js";
import { slotBefore } from "./cron-slots.js";
import { claimSlot, type StoredJob, storedJobs } from "./job-store.js";
import { processQueue } from "./process-queue.js";
import { queueTransaction } from "./queue-transaction.js";
import { type JobHandlers, runJob } from "./run-job.js";
import { startTicking } from "./start-ticking.js";

export interface SchedulerParts {
  readonly db: Database;
  readonly queue: PgBoss;
  readonly handlers: JobHandlers;
  readonly now: () => Date;
  readonly log: Logger;
  /** The machine's clock against the database's: an instance whose clock is wrong rings nothing and takes no job. */
  readonly clock: { compare(): Promise<void>; apart(): ClocksApart | null };
}

export interface Scheduler {
  /** When the bell last rang to its end; null before the first time. */
  lastBell(): Date | null;
  /** Stops ringing and waits for what runs. */
  stop(): Promise<void>;
}

interface Ring {
  readonly slot: string;
}

/** How far the clocks of two instances may lie apart: each to its own side of the database's. */
const instancesApartMs = 2 * maxApartMs;

async function ring(parts: SchedulerParts, job: StoredJob, now: Date): Promise<void> {
  const slot = slotBefore(job.cron, job.timeZone, now);
  const latest = new Date(now.getTime() + instancesApartMs);
  // A clock was ahead, or somebody wrote it: the job would keep silent until that moment has come.
  const ahead = job.lastSlot !== null && job.lastSlot > latest;
  if (job.lastSlot !== null && job.lastSlot >= slot && !ahead) return;
  await inTransaction(parts.db, async (transaction) => {
    if (!(await claimSlot(parts.db, transaction, job.name, { slot, latest }))) return;
    if (ahead) {
      parts.log.error(
        { job: job.name, lastSlot: String(job.lastSlot), slot },
        "rung in the future by its note: set back",
      );
    }
    // A new office does not catch up what lies before it began.
    if (job.lastSlot === null && jobOf[job.name].asOf === "slot") return;
    await parts.queue.send(job.name, { slot: slot.toISOString() } satisfies Ring, {
      db: queueTransaction(transaction),
    });
  });
}

/**
 * One bell: compares the clocks, then rings every job whose moment has come. A job that cannot be rung does not keep the
 * others from it.
 */
export async function ringAll(parts: SchedulerParts, now: Date): Promise<void> {
  await parts.clock.compare();
  if (parts.clock.apart() !== null) return;
  for (const job of await storedJobs(parts.db)) {
    if (!job.enabled) continue;
    try {
      await ring(parts, job, now);
    } catch (error) {
      parts.log[isToldByWatch(error) ? "debug" : "error"](
        { job: job.name, error: errorSummary(error) },
        "job not rung",
      );
    }
  }
}

function workers(parts: SchedulerParts) {
  const { db, queue, handlers, log, clock } = parts;
  return jobDefinitions.map(({ name, asOf, poll }) =>
    processQueue<Ring>({
      queue,
      name,
      poll,
      log,
      may: () => clock.apart() === null,
      async run({ slot }) {
        try {
          const result = await runJob(db, handlers, name, parts.now(), asOf === "slot" ? new Date(slot) : undefined);
          log.debug({ job: name, result }, "job done");
        } catch (error) {
          log[isToldByWatch(error) ? "debug" : "error"]({ job: name, error: errorSummary(error) }, "job failed");
          throw error;
        }
      },
    }),
  );
}

/** Starts working off the queue and ringing; `queue` is started. */
export async function startScheduler(parts: SchedulerParts): Promise<Scheduler> {
  const working = workers(parts);
  let lastBell: Date | null = null;
  const ticking = startTicking({
    name: "start-due-jobs",
    log: parts.log,
    async run() {
      try {
        await ringAll(parts, parts.now());
        lastBell = parts.now();
      } catch (error) {
        parts.log[isToldByWatch(error) ? "debug" : "warn"]({ error: errorSummary(error) }, "bell");
      }
    },
  });
  return {
    lastBell: () => lastBell,
    async stop() {
      await ticking.stop();
      await Promise.all(working.map((worker) => worker.stop(8)));
      await parts.queue.stop({ graceful: false, wait: true });
    },
  };
}
