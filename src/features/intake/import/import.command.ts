import { msg } from "../../../engine/text/msg.js";
import { type AddCommand, Refused } from "../../../platform/cli/command.js";

interface ImportOptions {
  readonly mapping: string;
  readonly compareTargets?: boolean;
  readonly report?: string;
  readonly encoding?: string;
}

/** History of another system. Killed and run again it goes on, and takes nothing twice. Exit code 1 when no row came in. */
export const addImport: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("import")
    .description(say(msg("intake.importCommand.description")))
    .argument("<file>", say(msg("intake.importCommand.file")))
    .requiredOption("--mapping <file>", say(msg("intake.importCommand.mapping")))
    .option("--compare-targets", say(msg("intake.importCommand.compareTargets")))
    .option("--encoding <name>", say(msg("intake.importCommand.encoding")))
    .option("--report <file>", say(msg("intake.importCommand.report")))
    .action(async (file: string, options: ImportOptions) => {
      await withServices(async ({ services }) => {
        const summary = await services.history.importFile({
          file,
          mapping: options.mapping,
          compareTargets: options.compareTargets ?? false,
          report: options.report ?? null,
          encoding: options.encoding ?? null,
          now: services.now(),
          progress: (words) => io.error(say(words)),
        });
        const { read, imported, already, refused, warnings, report, targets } = summary;
        io.out(say(msg("intake.importCommand.summary", { read, imported, already, refused, warnings })));
        if (report !== null) io.out(say(msg("intake.importCommand.reportIn", { report })));
        for (const { type, reproduced, total } of targets) {
          io.out(say(msg("intake.importCommand.targets", { type, reproduced, total })));
        }
        if (read > 0 && refused === read) {
          io.error(say(msg("intake.importCommand.none")));
          throw new Refused();
        }
      });
    });
};
