import type { AddCommand } from "../../platform/cli/command.js";

export const addSeed: AddCommand = (program, { io, migrate, withServices }) => {
  program
    .command("seed")
    .description("Migrate, then put in what is missing of the shipped set-up: no population, and nothing over edits.")
    .option("--programme <code...>", "only these programmes")
    .action(async (options: { programme?: string[] }) => {
      for (const name of await migrate()) io.out(`migrated: ${name}`);
      await withServices(async ({ services }) => {
        const { programme: programmes } = options;
        const done = await services.configuration.seed({ now: services.now(), ...(programmes && { programmes }) });
        for (const { programme, inserted, people, published, drafted } of done) {
          const rows = Object.values(inserted).reduce((sum, n) => sum + n, 0);
          io.out(
            `${programme}: ${rows} rows, ${people.users} users, ${people.seats} seats, ${published.length} published`,
          );
          for (const name of drafted)
            io.out(`${programme}: ${name} differs from what is published; a draft stands beside it`);
        }
      });
    });
};
