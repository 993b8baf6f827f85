import type { Language } from "../../engine/text/text.js";
import { actorAs } from "../../platform/cli/actor-as.js";
import { namedLanguages, readLanguage } from "../../platform/cli/arguments.js";
import type { AddCommand } from "../../platform/cli/command.js";

/** Why this importance, pillar, entity and deadline, in words. */
export const addExplain: AddCommand = (program, { io, withServices }) => {
  program
    .command("explain")
    .description("Explain why a case got its importance, pillar, entity and deadline, and who was told about delays.")
    .argument("<reference>", "the case's reference number")
    .option("--lang <language>", `${namedLanguages()} (default: the programme's)`, readLanguage)
    .option("--as <email>", "as whom; a confidential case is explained to its handlers only")
    .action(async (typed: string, options: { lang?: Language; as?: string }) => {
      await withServices(async ({ services }) => {
        const actor = await actorAs(services, options.as);
        const { theCase, setup } = await services.cases.read({ reference: typed, actor });
        const language = options.lang ?? setup.programme.defaultLanguage;
        const lines = await services.reports.explain({ reference: theCase.reference, language, now: services.now() });
        for (const line of lines) io.out(line);
      });
    });
};
