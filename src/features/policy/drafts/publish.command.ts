import { Option } from "commander";
import { describeFault } from "../../../engine/setup/configuration-fault.js";
import { readCount } from "../../../platform/cli/arguments.js";
import { type AddCommand, UsageError } from "../../../platform/cli/command.js";
import { readDefinition } from "../../../platform/cli/read-definition.js";
import type { ConfigurationKind } from "../../setup/tables/define-configuration-version.js";
import { nameOfDefinition } from "../definition-faults.js";

interface PublishOptions {
  readonly programme: string;
  readonly kind: ConfigurationKind;
  readonly reason: string;
  readonly as?: string;
  readonly name?: string;
  readonly revision?: number;
}

const kinds: readonly ConfigurationKind[] = ["rules", "workflow", "calendar", "message", "digest"];

/** A new version decides the next application in every running instance. */
export const addPublish: AddCommand = (program, { io, withServices }) => {
  program
    .command("publish")
    .description(
      "Check a rule set, workflow, calendar, email or digest and publish it: it decides the very next application.",
    )
    .argument("[file]", "the definition, JSON as in rules/, workflows/, seeds/, messages/ or digests/")
    .requiredOption("--programme <code>", "of which programme")
    .addOption(new Option("--kind <kind>", "what it is").choices(kinds).makeOptionMandatory())
    .requiredOption("--reason <text>", "reason, for people who read the versions later")
    .option("--name <name>", "with --revision: which rule set, workflow, calendar, email or digest")
    .option("--revision <n>", "instead of a file: a draft, or an earlier version, by its number", readCount(100_000))
    .option("--as <email>", "who publishes (default: the user of this machine)")
    .action(async (file: string | undefined, options: PublishOptions) => {
      const { programme, kind, reason } = options;
      const { name, ...what } = await readWhat(file, options);
      await withServices(async ({ services }) => {
        const now = services.now();
        const by = options.as
          ? await services.cases.actorOf({ email: options.as, now })
          : ({ kind: "system", job: "publish" } as const);
        const { version, warnings } = await services.configuration.publish({
          programme,
          kind,
          name,
          ...what,
          reason,
          by,
          now,
        });
        for (const warning of warnings) io.error(describeFault(warning));
        io.out(`${programme} ${kind} ${name}: version ${version} is published.`);
      });
    });
};

/** What to publish: a file, or a version that stands in the database already. */
async function readWhat(
  file: string | undefined,
  options: PublishOptions,
): Promise<{ name: string; definition?: unknown; version?: number }> {
  const { kind, name, revision } = options;
  if (file !== undefined && revision === undefined) {
    const definition = await readDefinition(file);
    return { name: nameOfDefinition(kind, definition) ?? "", definition };
  }
  if (file === undefined && revision !== undefined && name !== undefined) return { name, version: revision };
  throw new UsageError("give a file, or --name and --revision of a version that is there");
}
