import { resolve } from "node:path";
import { formatCount } from "../../engine/formatting/counted-nouns.js";
import { msg } from "../../engine/text/msg.js";
import type { AddCommand } from "../../platform/cli/command.js";

export const addExportConfig: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("export-config")
    .description(say(msg("config-files.exportConfigCommand.description")))
    .argument("<folder>", say(msg("config-files.exportConfigCommand.folder")))
    .action(async (folder: string) => {
      await withServices(async ({ services }) => {
        const files = await services.configuration.exportTo(resolve(folder));
        for (const file of files) io.out(file);
        io.out(say(formatCount(files.length, "file")));
      });
    });
};
