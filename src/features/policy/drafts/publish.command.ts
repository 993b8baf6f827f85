import { Option } from "commander";
import { describeFault } from "../../../engine/setup/configuration-fault.js";
import { msg } from "../../../engine/text/msg.js";
import { readCount } from "../../../platform/cli/arguments.js";
import { type AddCommand, UsageError } from "../../../platform/cli/command.js";
import { readDefinition } from "../../../platform/cli/read-definition.js";
import type { ConfigurationKind } from "../../setup/tables/create-models.js";
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
export const addPublish: AddCommand = (program, { io, say, language, withServices }) => {
  program
    .command("publish")
    .description(say(msg("policy-drafts.publishCommand.description")))
    .argument("[file]", say(msg("policy-drafts.publishCommand.file")))
    .requiredOption("--programme <code>", say(msg("cli.options.programme")))
    .addOption(new Option("--kind <kind>", say(msg("cli.options.what"))).choices(kinds).makeOptionMandatory())
    .requiredOption("--reason <text>", say(msg("policy-drafts.publishCommand.reason")))
    .option("--name <name>", say(msg("policy-drafts.publishCommand.name")))
    .option("--revision <n>", say(msg("policy-drafts.publishCommand.revision")), readCount(100_000))
    .option("--as <email>", say(msg("cli.options.as")))
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
        for (const warning of warnings) io.error(describeFault(warning, language));
        io.out(say(msg("policy-drafts.publishCommand.published", { what: `${programme} ${kind} ${name}`, version })));
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
  throw new UsageError(msg("policy-drafts.publishCommand.fileOrRevision"));
}
