import type { Language } from "../domain/text.js";
import { readLanguage } from "./arguments.js";
import type { CliServices } from "./cli-services.js";
import type { AddCommand } from "./command.js";
import { readableCase } from "./readable-case.js";

/** Why this importance, pillar, entity and deadline, in words. */
export const addExplain: AddCommand<CliServices> = (program, { io, withServices }) => {
  program
    .command("explain")
    .description("Say in words why a case got its importance, pillar, entity and deadline, and who was told of delays.")
    .argument("<reference>", "the case's reference number")
    .option("--lang <language>", "ar or en (default: the programme's)", readLanguage)
    .option("--as <email>", "as whom; a confidential case is explained to its handlers only")
    .action(async (typed: string, options: { lang?: Language; as?: string }) => {
      await withServices(async ({ services, db }) => {
        const { theCase, setup } = await readableCase({ services, db }, typed, options.as);
        const language = options.lang ?? setup.programme.defaultLanguage;
        const lines = await services.reports.explain({ reference: theCase.reference, language, now: services.now() });
        for (const line of lines) io.out(line);
      });
    });
};
