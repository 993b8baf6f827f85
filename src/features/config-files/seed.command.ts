import type { AddCommand } from "../../platform/cli/command.js";

export const addSeed: AddCommand = (program, { io, migrate, withServices }) => {
  program
    .command("seed")
    .description("Migrate, then add missing default settings. Does not create demo people or overwrite edits.")
    .option("--programme <code...>", "only these programmes")
    .action(async (options: { programme?: string[] }) => {
      for (const name of await migrate()) io.out(`migrated: ${name}`);
      await withServices(async ({ services }) => {
        const { programme: programmes } = options;
        const done = await services.configuration.seed({ now: services.now(), ...(programmes && { programmes }) });
        for (const { programme, inserted, people, published, drafted } of done) {
          const rows = Object.values(inserted).reduce((sum, n) => sum + n, 0);
          io.out(
            `${programme}: ${rows} rows, ${people.users} users, ${people.seats} positions, ${published.length} published`,
          );
          for (const name of drafted)
            io.out(`${programme}: ${name} differs from what is published; there is a draft beside it`);
        }
      });
    });
};
