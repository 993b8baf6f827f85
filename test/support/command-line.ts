/** A command line over services that are open, without a process. */

import { allCommands } from "../../src/app/all-commands.js";
import { runCli } from "../../src/app/run-cli.js";
import type { Services } from "../../src/platform/services.js";

/** Its exit code and what it wrote; `secret` is what it reads where it asks for one. */
export async function runCommand(services: Services, argv: readonly string[], secret = "") {
  const out: string[] = [];
  const errors: string[] = [];
  const status = await runCli({
    argv,
    host: {
      io: { out: (line) => out.push(line), error: (line) => errors.push(line), readSecret: async () => secret },
      migrate: async () => [],
      withServices: (work) => work({ services, embedded: true }),
    },
    environment: {},
    commands: allCommands,
    debug: true,
  });
  return { status, out: out.join("\n"), errors: errors.join("\n") };
}
