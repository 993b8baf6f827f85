/** Runs a job by name, whoever asks: the queue, an administrator, the command line. */

import { isJobName, type JobName, jobNames } from "../../engine/jobs/job-definitions.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Database } from "../db/query.js";
import { errorWords } from "../error-summary.js";
import { markJobFinished, markJobStarted } from "./job-store.js";

export type JobHandlers = Readonly<Record<JobName, (now: Date) => Promise<unknown>>>;

function checkedName(name: string): JobName {
  if (isJobName(name)) return name;
  const names = jobNames.join(", ");
  throw new Problem("not-found", msg("jobs.runJob.thereIsNoJobThere", { name, names }));
}

/**
 * Runs it and records how it went; what it throws is recorded and thrown on.
 * @param asOf the moment that it runs for, where that is another one than `now`
 */
export async function runJob(
  db: Database,
  handlers: JobHandlers,
  name: string,
  now: Date,
  asOf: Date = now,
): Promise<unknown> {
  const job = checkedName(name);
  await markJobStarted(db, job, now);
  const begun = performance.now();
  const finished = (outcome: { error: string | null; result: unknown }) =>
    markJobFinished(db, job, now, { ...outcome, durationMs: performance.now() - begun });
  try {
    const result = await handlers[job](asOf);
    await finished({ error: null, result });
    return result;
  } catch (error) {
    await finished({ error: errorWords(error), result: null }).catch(() => undefined);
    throw error;
  }
}
