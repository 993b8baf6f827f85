/**
 * Works off one queue: looks into it, runs what lies there, and looks again.
 *
 * pg-boss has workers of its own, but they do not wait for the note that a job is done or has failed; a database that
 * goes away just then rejects it with nobody listening, and takes the whole process along.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type PgBoss from "pg-boss";
import type { Logger } from "pino";
import type { JobName } from "../../engine/jobs/job-definitions.js";
import { isToldByWatch } from "../db/connect.js";
import { errorSummary, errorWords } from "../error-summary.js";

export interface QueueWork<Message> {
  readonly queue: PgBoss;
  readonly name: JobName;
  /** Seconds between two looks. */
  readonly poll: number;
  /** False while this instance must do nothing: what lies there is left to another one. */
  readonly may: () => boolean;
  /** What it throws fails the job: the queue tries it again, or not, by its own options. */
  readonly run: (message: Message) => Promise<void>;
  readonly log: Logger;
}

/** Takes one job out of the queue, if there is one, and runs it to its end. */
async function takeOne<Message>({ queue, name, may, run }: QueueWork<Message>): Promise<void> {
  if (!may()) return;
  const [job] = (await queue.fetch<Message>(name)) ?? [];
  if (job === undefined) return;
  try {
    await run(job.data);
  } catch (error) {
    await queue.fail(name, job.id, { message: errorWords(error) });
    return;
  }
  // When this cannot be written, the job expires and is run again if its queue says so; every job bears that.
  await queue.complete(name, job.id);
}

/** Starts looking; `stop` waits for what runs, at most `seconds`. */
export function processQueue<Message extends object>(
  work: QueueWork<Message>,
): { stop(seconds: number): Promise<void> } {
  const stopping = new AbortController();
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      await takeOne(work).catch((error: unknown) =>
        work.log[isToldByWatch(error) ? "debug" : "warn"]({ job: work.name, error: errorSummary(error) }, "queue"),
      );
      await sleep(work.poll * 1000, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    async stop(seconds) {
      stopping.abort();
      await Promise.race([loop, sleep(seconds * 1000, undefined, { ref: false })]);
    },
  };
}
