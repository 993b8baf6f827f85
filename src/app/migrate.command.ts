import type { AddCommand } from "../platform/cli/command.js";

export const addMigrate: AddCommand = (program, { io, migrate }) => {
  program
    .command("migrate")
    .description("Bring the database up to date. Uses DATABASE_OWNER_URL; safe while other instances start.")
    .action(async () => {
      const names = await migrate();
      for (const name of names) io.out(`migrated: ${name}`);
      if (names.length === 0) io.out("The database is up to date.");
    });
};
