import { msg } from "../../engine/text/msg.js";
import { readMoment, type WrittenMoment } from "../../platform/cli/arguments.js";
import { type AddCommand, UsageError } from "../../platform/cli/command.js";
import { tableOf } from "../../platform/cli/table.js";

/**
 * What a job does as of a moment that has not come (a breach, an escalation, a letter) stays in the record: only a
 * database for trying things out may have that. A seal of the future is of no use anywhere.
 */
function refuseFuture(name: string, at: Date, { now, embedded }: { now: Date; embedded: boolean }): void {
  if (at <= now) return;
  const moments = { at: at.toISOString(), now: now.toISOString() };
  if (name === "seal-audit") throw new UsageError(msg("operations.runJobCommand.sealOfFuture", moments));
  if (!embedded) throw new UsageError(msg("operations.runJobCommand.jobOfFuture", moments));
}

/** The same code that the scheduler rings; safe to run twice and late. */
export const addRunJob: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("run-job")
    .description(say(msg("operations.runJobCommand.description")))
    .argument("<name>", say(msg("operations.runJobCommand.name")))
    .option("--at <time>", say(msg("operations.runJobCommand.at")), readMoment)
    .action(async (name: string, options: { at?: WrittenMoment }) => {
      await withServices(async ({ services, embedded }) => {
        const now = services.now();
        const at = options.at?.in("UTC") ?? now;
        refuseFuture(name, at, { now, embedded });
        const result = await services.jobs.run(name, at);
        io.out(
          `${name}: ${result === undefined || result === null ? say(msg("operations.runJobCommand.done")) : JSON.stringify(result)}`,
        );
      });
    });
};

export const addJobs: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("jobs")
    .description(say(msg("operations.runJobCommand.jobs")))
    .option("--json", say(msg("cli.options.json")))
    .action(async (options: { json?: boolean }) => {
      await withServices(async ({ services }) => {
        const jobs = await services.jobs.list();
        if (options.json) return io.out(JSON.stringify(jobs, null, 2));
        const columns = [
          msg("operations.runJobCommand.nameColumn"),
          msg("operations.runJobCommand.cron"),
          msg("operations.runJobCommand.zone"),
          msg("operations.runJobCommand.finished"),
          msg("operations.runJobCommand.error"),
        ].map(say);
        const rows = jobs.map((job) => [
          job.name,
          job.cron,
          job.timeZone,
          say(job.enabled ? msg("operations.runJobCommand.on") : msg("operations.runJobCommand.off")),
          job.lastFinishedAt?.toISOString() ?? null,
          job.lastError ?? "",
        ]);
        for (const line of tableOf([...columns.slice(0, 3), "", ...columns.slice(3)], rows)) io.out(line);
      });
    });
};
