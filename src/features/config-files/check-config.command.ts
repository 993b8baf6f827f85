import { formatCount } from "../../engine/formatting/counted-nouns.js";
import { describeFault } from "../../engine/setup/configuration-fault.js";
import { msg } from "../../engine/text/msg.js";
import { type AddCommand, Refused, UsageError } from "../../platform/cli/command.js";
import { checkFiles } from "./check-config.js";

/** Files need no database; drafts do. */
export const addCheckConfig: AddCommand = (program, { io, say, language, withServices }) => {
  program
    .command("check-config")
    .description(say(msg("config-files.checkConfigCommand.description")))
    .argument("[folder]", say(msg("config-files.checkConfigCommand.folder")))
    .option("--drafts", say(msg("config-files.checkConfigCommand.drafts")))
    .action(async (folder: string | undefined, { drafts }: { drafts?: boolean }) => {
      if (drafts && folder !== undefined) throw new UsageError(msg("config-files.checkConfigCommand.draftsOrFolder"));
      const { checked, faults } = drafts
        ? await withServices(({ services }) => services.configuration.checkDrafts())
        : await checkFiles(folder);
      const errors = faults.filter((fault) => fault.severity === "error").length;
      for (const fault of faults) (fault.severity === "error" ? io.error : io.out)(describeFault(fault, language));
      io.out(
        say(
          msg("config-files.checkConfigCommand.checked", {
            what: formatCount(checked.length, drafts ? "draft" : "file"),
            errors: formatCount(errors, "error"),
            warnings: formatCount(faults.length - errors, "warning"),
          }),
        ),
      );
      if (errors > 0) throw new Refused();
    });
};
