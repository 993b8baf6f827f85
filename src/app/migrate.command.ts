import { msg } from "../engine/text/msg.js";
import type { AddCommand } from "../platform/cli/command.js";

export const addMigrate: AddCommand = (program, { io, say, migrate }) => {
  program
    .command("migrate")
    .description(say(msg("office.migrateCommand.description")))
    .action(async () => {
      const names = await migrate();
      for (const name of names) io.out(say(msg("cli.migrations.done", { name })));
      if (names.length === 0) io.out(say(msg("office.migrateCommand.upToDate")));
    });
};
