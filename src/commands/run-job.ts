import { readMoment, type WrittenMoment } from "./arguments.js";
import type { CliServices } from "./cli-services.js";
import type { AddCommand } from "./command.js";
import { tableOf } from "./table.js";

/** The same code that the scheduler rings; safe to run twice and late. */
export const addRunJob: AddCommand<CliServices> = (program, { io, withServices }) => {
  program
    .command("run-job")
    .description("Run a job once, now or as of another moment. “diwan jobs” names them.")
    .argument("<name>", "the job's name")
    .option("--at <time>", "the moment that it takes for now, ISO; without an offset in UTC (default: now)", readMoment)
    .action(async (name: string, options: { at?: WrittenMoment }) => {
      await withServices(async ({ services }) => {
        const result = await services.jobs.run(name, options.at?.in("UTC") ?? services.now());
        io.out(`${name}: ${JSON.stringify(result ?? "done")}`);
      });
    });
};

export const addJobs: AddCommand<CliServices> = (program, { io, withServices }) => {
  program
    .command("jobs")
    .description("List the jobs: when each is rung, when it ran last, and how that ended.")
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
