import { resolve } from "node:path";
import type { AddCommand } from "../../platform/cli/command.js";

export const addExportConfig: AddCommand = (program, { io, withServices }) => {
  program
    .command("export-config")
    .description(
      "Write the settings and the published rule sets, workflows, calendars, emails and digests of all programmes as files, in the layout they are read from.",
    )
    .argument("<folder>", "where to; files of the same names are overwritten")
    .action(async (folder: string) => {
      await withServices(async ({ services }) => {
        const files = await services.configuration.exportTo(resolve(folder));
        for (const file of files) io.out(file);
        io.out(`${files.length} files`);
      });
    });
};
