import { msg } from "../../engine/text/msg.js";
import { actorAs } from "../../platform/cli/actor-as.js";
import type { AddCommand } from "../../platform/cli/command.js";

/** Why this importance, pillar, entity and deadline, in words. */
export const addExplain: AddCommand = (program, { io, say, language, withServices }) => {
  program
    .command("explain")
    .description(say(msg("reports.explainCommand.description")))
    .argument("<reference>", say(msg("cli.options.reference")))
    .option("--as <email>", say(msg("reports.explainCommand.as")))
    .action(async (typed: string, options: { as?: string }) => {
      await withServices(async ({ services }) => {
        const actor = await actorAs(services, options.as);
        const { theCase } = await services.cases.read({ reference: typed, actor });
        const lines = await services.reports.explain({ reference: theCase.reference, language, now: services.now() });
        for (const line of lines) io.out(line);
      });
    });
};
