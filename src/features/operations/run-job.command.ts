import { readMoment, type WrittenMoment } from "../../platform/cli/arguments.js";
import { type AddCommand, UsageError } from "../../platform/cli/command.js";
import { tableOf } from "../../platform/cli/table.js";

/**
 * What a job does as of a moment that has not come (a breach, an escalation, a letter) stays in the record: only a
 * database for trying things out may have that. A seal of the future is of no use anywhere.
 */
function refuseFuture(name: string, at: Date, { now, embedded }: { now: Date; embedded: boolean }): void {
  if (at <= now) return;
  const late = `--at ${at.toISOString()} lies in the future (it is ${now.toISOString()})`;
  if (name === "seal-audit") throw new UsageError(`${late}: the record is sealed as of now or of an earlier moment.`);
  if (embedded) return;
  throw new UsageError(
    `${late}: on a database given with DATABASE_URL a job runs as of now or of an earlier moment, for what it does stays in the record.`,
  );
}

/** The same code that the scheduler rings; safe to run twice and late. */
export const addRunJob: AddCommand = (program, { io, withServices }) => {
  program
    .command("run-job")
    .description("Run a job once, now or as of another moment. “diwan jobs” names them.")
    .argument("<name>", "the job's name")
    .option(
      "--at <time>",
      "the moment that it takes for now, ISO; without an offset in UTC (default: now); the future only on the embedded database, and never for seal-audit",
      readMoment,
    )
    .action(async (name: string, options: { at?: WrittenMoment }) => {
      await withServices(async ({ services, embedded }) => {
        const now = services.now();
        const at = options.at?.in("UTC") ?? now;
        refuseFuture(name, at, { now, embedded });
        const result = await services.jobs.run(name, at);
        io.out(`${name}: ${JSON.stringify(result ?? "done")}`);
      });
    });
};

export const addJobs: AddCommand = (program, { io, withServices }) => {
  program
    .command("jobs")
    .description("List the jobs: schedule, last run and result.")
    .option("--json", "as JSON")
    .action(async (options: { json?: boolean }) => {
      await withServices(async ({ services }) => {
        const jobs = await services.jobs.list();
        if (options.json) return io.out(JSON.stringify(jobs, null, 2));
        const rows = jobs.map((job) => [
          job.name,
          job.cron,
          job.timeZone,
          job.enabled ? "on" : "off",
          job.lastFinishedAt?.toISOString() ?? null,
          job.lastError ?? "",
        ]);
        for (const line of tableOf(["name", "cron", "zone", "", "finished", "fault"], rows)) io.out(line);
      });
    });
};
