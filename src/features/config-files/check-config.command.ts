import { describeFault } from "../../engine/setup/configuration-fault.js";
import type { Language } from "../../engine/text/text.js";
import { namedLanguages, readLanguage } from "../../platform/cli/arguments.js";
import { type AddCommand, Refused, UsageError } from "../../platform/cli/command.js";
import { checkFiles } from "./check-config.js";

/** Files need no database; drafts do. */
export const addCheckConfig: AddCommand = (program, { io, withServices }) => {
  program
    .command("check-config")
    .description("Check rules, workflows, calendars and files of settings: every error with its file, rule and place.")
    .argument("[folder]", "holds rules/, workflows/ and seeds/ (default: this installation)")
    .option("--drafts", "check the drafts in the database instead of files")
    .option("--lang <language>", namedLanguages(), readLanguage, "en" as Language)
    .action(async (folder: string | undefined, { drafts, lang }: { drafts?: boolean; lang: Language }) => {
      if (drafts && folder !== undefined) throw new UsageError("--drafts reads the database: do not give a folder");
      const { checked, faults } = drafts
        ? await withServices(({ services }) => services.configuration.checkDrafts())
        : await checkFiles(folder);
      const errors = faults.filter((fault) => fault.severity === "error").length;
      for (const fault of faults) (fault.severity === "error" ? io.error : io.out)(describeFault(fault, lang));
      const count = (n: number, one: string) => `${n} ${n === 1 ? one : `${one}s`}`;
      io.out(
        `checked ${count(checked.length, drafts ? "draft" : "file")}: ${count(errors, "error")}, ${count(faults.length - errors, "warning")}`,
      );
      if (errors > 0) throw new Refused();
    });
};
