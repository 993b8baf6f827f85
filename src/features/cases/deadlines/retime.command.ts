import { Option } from "commander";
import type { AddCommand } from "../../../platform/cli/command.js";

interface RetimeOptions {
  readonly programme: string;
  readonly by: "calendar" | "rules";
  readonly reason: string;
  readonly dryRun?: boolean;
  readonly as?: string;
}

/** What a publication never does by itself: moves deadlines of cases that are under way. */
export const addRetime: AddCommand = (program, { io, withServices }) => {
  program
    .command("retime")
    .description("Move the deadlines of unfinished cases to the published calendar or rules; an event on each case.")
    .requiredOption("--programme <code>", "of which programme")
    .addOption(
      new Option("--by <what>", "what they are counted by").choices(["calendar", "rules"]).makeOptionMandatory(),
    )
    .requiredOption("--reason <text>", "reason, recorded on each case")
    .option("--dry-run", "say how many would move, and move none")
    .option("--as <email>", "who does it (default: the user of this machine)")
    .action(async ({ programme, by, reason, dryRun = false, as }: RetimeOptions) => {
      await withServices(async ({ services }) => {
        const now = services.now();
        const actor = as
          ? await services.cases.actorOf({ email: as, now })
          : ({ kind: "system", job: "retime" } as const);
        const { cases, moved, earlier, later } = await services.cases.recalculateDueDates({
          programme,
          by,
          reason,
          actor,
          now,
          dryRun,
        });
        const would = dryRun ? "would move" : "moved";
        io.out(`${cases} unfinished cases: ${moved} ${would} (${earlier} earlier, ${later} later).`);
        io.out("Confidential cases are not counted; their deadlines move too.");
      });
    });
};
