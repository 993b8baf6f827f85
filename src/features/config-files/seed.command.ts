import { msg } from "../../engine/text/msg.js";
import type { AddCommand } from "../../platform/cli/command.js";

export const addSeed: AddCommand = (program, { io, say, migrate, withServices }) => {
  program
    .command("seed")
    .description(say(msg("config-files.seedCommand.description")))
    .option("--programme <code...>", say(msg("config-files.seedCommand.programme")))
    .action(async (options: { programme?: string[] }) => {
      for (const name of await migrate()) io.out(say(msg("cli.migrations.done", { name })));
      await withServices(async ({ services }) => {
        const { programme: programmes } = options;
        const done = await services.configuration.seed({ now: services.now(), ...(programmes && { programmes }) });
        for (const { programme, inserted, people, published, drafted } of done) {
          const rows = Object.values(inserted).reduce((sum, n) => sum + n, 0);
          const counts = { rows, users: people.users, positions: people.seats, published: published.length };
          io.out(say(msg("config-files.seedCommand.added", { programme, ...counts })));
          for (const name of drafted) io.out(say(msg("config-files.seedCommand.drafted", { programme, name })));
        }
      });
    });
};
