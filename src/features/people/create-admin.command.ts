import { readFile } from "node:fs/promises";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { chooseProgramme } from "../../platform/cli/arguments.js";
import type { AddCommand } from "../../platform/cli/command.js";

/** The password never stands among the arguments, where every process of the machine could read it. */
export const addCreateAdmin: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("create-admin")
    .description(say(msg("people.createAdminCommand.description")))
    .argument("<email>", say(msg("people.createAdminCommand.email")))
    .argument("<name>", say(msg("people.createAdminCommand.name")))
    .option("--programme <code>", say(msg("people.createAdminCommand.programme")))
    .option("--password-file <file>", say(msg("people.createAdminCommand.passwordFile")))
    .action(async (email: string, name: string, options: { programme?: string; passwordFile?: string }) => {
      const password = options.passwordFile
        ? await firstLineOf(options.passwordFile)
        : await io.readSecret(say(msg("people.createAdminCommand.password", { email })));
      await withServices(async ({ services }) => {
        const programme = chooseProgramme(options.programme, await services.setup.programmes());
        const by = { kind: "system", job: "create-admin" } as const;
        await services.people.createAdministrator({ email, name, password, programme, by, now: services.now() });
        io.out(say(msg("people.createAdminCommand.done", { email, programme })));
      });
    });
};

async function firstLineOf(file: string): Promise<string> {
  try {
    return (await readFile(file, "utf8")).split(/\r?\n/, 1)[0] ?? "";
  } catch {
    const reason = msg("people.createAdminCommand.theFileCannotBeRead", { file });
    throw new Problem("invalid-input", reason, [{ field: "--password-file", reason }]);
  }
}
