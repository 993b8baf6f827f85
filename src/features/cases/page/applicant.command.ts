import { msg } from "../../../engine/text/msg.js";
import type { AddCommand } from "../../../platform/cli/command.js";
import { tableOf } from "../../../platform/cli/table.js";

/** Who sent it: masked, or whole and on record. */
export const addApplicant: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("applicant")
    .description(say(msg("cases-page.applicantCommand.description")))
    .argument("<reference>", say(msg("cli.options.reference")))
    .requiredOption("--as <email>", say(msg("cli.options.asWhom")))
    .option("--unmask", say(msg("cases-page.applicantCommand.unmask")), false)
    .action(async (reference: string, { as, unmask }: { as: string; unmask: boolean }) => {
      await withServices(async ({ services }) => {
        const now = services.now();
        const actor = await services.cases.actorOf({ email: as, now });
        const { applicant, masked } = await services.cases.readApplicant({ reference, actor, unmask, now });
        if (applicant === null) return io.out(say(msg("cases-page.applicantCommand.anonymous")));
        for (const line of tableOf(
          ["", say(masked ? msg("cases-page.applicantCommand.masked") : msg("cases-page.applicantCommand.whole"))],
          Object.entries(applicant),
        ))
          io.out(line);
      });
    });
};
