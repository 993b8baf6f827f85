import { Option } from "commander";
import { msg } from "../../../engine/text/msg.js";
import type { AddCommand } from "../../../platform/cli/command.js";

interface RetimeOptions {
  readonly programme: string;
  readonly by: "calendar" | "rules";
  readonly reason: string;
  readonly dryRun?: boolean;
  readonly as?: string;
}

/** What a publication never does by itself: moves deadlines of cases that are under way. */
export const addRetime: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("retime")
    .description(say(msg("cases-deadlines.retimeCommand.description")))
    .requiredOption("--programme <code>", say(msg("cli.options.programme")))
    .addOption(
      new Option("--by <what>", say(msg("cases-deadlines.retimeCommand.by")))
        .choices(["calendar", "rules"])
        .makeOptionMandatory(),
    )
    .requiredOption("--reason <text>", say(msg("cli.options.reasonOnCases")))
    .option("--dry-run", say(msg("cases-deadlines.retimeCommand.dryRun")))
    .option("--as <email>", say(msg("cli.options.as")))
    .action(async ({ programme, by, reason, dryRun = false, as }: RetimeOptions) => {
      await withServices(async ({ services }) => {
        const now = services.now();
        const actor = as
          ? await services.cases.actorOf({ email: as, now })
          : ({ kind: "system", job: "retime" } as const);
        if (!dryRun && actor.kind === "user") {
          const { settings } = (await services.setup.of(programme)).programme;
          const { recalculations } = services.cases;
          const asked = settings.secondPerson === true ? await recalculations.asked(programme) : null;
          const isTheirs = asked !== null && asked.by === by && asked.askedBy !== actor.userId;
          // A colleague's request is confirmed by it; else it is one, for a colleague to confirm.
          if (settings.secondPerson === true && !isTheirs) {
            await recalculations.ask({ programme, by, reason, actor, now });
            io.out(say(msg("cases-deadlines.retimeCommand.asked", { programme, by })));
            return;
          }
        }
        const counted = await services.cases.recalculateDueDates({
          programme,
          by,
          reason,
          actor,
          now,
          dryRun,
        });
        const { cases, moved, earlier, later } = counted;
        const counts = { cases, moved, earlier, later };
        io.out(
          say(
            dryRun
              ? msg("cases-deadlines.retimeCommand.wouldMove", counts)
              : msg("cases-deadlines.retimeCommand.moved", counts),
          ),
        );
        if (dryRun) io.out(say(msg("cases-deadlines.retimeCommand.letters", { n: counted.letters })));
        io.out(say(msg("cases-deadlines.retimeCommand.confidential")));
      });
    });
};
