/** A command line over services that are open, without a process. */
import { allCommands } from "../../src/app/all-commands.js";
import type { CliServices } from "../../src/app/cli-services.js";
import { runCli } from "../../src/app/run-cli.js";

/** Its exit code and what it wrote; `secret` is what it reads where it asks for one. */
export async function runCommand(services: CliServices, argv: readonly string[], secret = "") {
  const out: string[] = [];
  const errors: string[] = [];
  const status = await runCli<CliServices>({
    argv,
    context: {
      io: { out: (line) => out.push(line), error: (line) => errors.push(line), readSecret: async () => secret },
      migrate: async () => [],
      withServices: (work) => work({ services, embedded: true }),
    },
    commands: allCommands,
    debug: true,
  });
  return { status, out: out.join("\n"), errors: errors.join("\n") };
}
