import { type AddCommand, Refused } from "../../../platform/cli/command.js";

interface ImportOptions {
  readonly mapping: string;
  readonly compareTargets?: boolean;
  readonly report?: string;
  readonly encoding?: string;
}

/** History of another system. Killed and run again it goes on, and takes nothing twice. Exit code 1 when no row came in. */
export const addImport: AddCommand = (program, { io, withServices }) => {
  program
    .command("import")
    .description("Import another system's history from a CSV file. It sends nothing and escalates nothing.")
    .argument("<file>", "CSV with a header line, in UTF-8 if --encoding names no other")
    .requiredOption("--mapping <file>", "how its columns and values read, JSON as in seeds/boston311/mapping.json")
    .option(
      "--compare-targets",
      "derive each due time by our own calendar and rules and compare it with the imported one",
    )
    .option("--encoding <name>", "how the file's text is stored, as windows-1256 or utf-16 (default: utf-8)")
    .option("--report <file>", "where bad rows go, with line and reason (default: FILE.report.csv in this folder)")
    .action(async (file: string, options: ImportOptions) => {
      await withServices(async ({ services }) => {
        const summary = await services.history.importFile({
          file,
          mapping: options.mapping,
          compareTargets: options.compareTargets ?? false,
          report: options.report ?? null,
          encoding: options.encoding ?? null,
          now: services.now(),
          progress: io.error,
        });
        const { read, imported, already, refused, warnings, report, targets } = summary;
        io.out(
          `read ${read}, imported ${imported}, already there ${already}, refused ${refused}, warnings ${warnings}`,
        );
        if (report !== null) io.out(`report: ${report}`);
        for (const { type, reproduced, total } of targets) {
          io.out(`targets reproduced: ${type} ${reproduced} of ${total}`);
        }
        if (read > 0 && refused === read) {
          io.error("None of the rows came in: the report says why.");
          throw new Refused();
        }
      });
    });
};
