import type { CliServices } from "./cli-services.js";
import type { AddCommand } from "./command.js";

interface ImportOptions {
  readonly mapping: string;
  readonly compareTargets?: boolean;
  readonly report?: string;
}

/** History of another system. Killed and run again it goes on, and takes nothing twice. */
export const addImport: AddCommand<CliServices> = (program, { io, withServices }) => {
  program
    .command("import")
    .description("Import another system's history from a CSV file. It sends nothing and escalates nothing.")
    .argument("<file>", "CSV with a header line, UTF-8")
    .requiredOption("--mapping <file>", "how its columns and values read, JSON as in seeds/boston311/mapping.json")
    .option(
      "--compare-targets",
      "derive each due time by our own calendar and rules and compare it with the imported one",
    )
    .option("--report <file>", "where bad rows go, with line and reason (default: FILE.report.csv in this folder)")
    .action(async (file: string, options: ImportOptions) => {
      await withServices(async ({ services }) => {
        const summary = await services.history.importFile({
          file,
          mapping: options.mapping,
          compareTargets: options.compareTargets ?? false,
          report: options.report ?? null,
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
      });
    });
};
