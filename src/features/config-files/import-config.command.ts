import { describeFault } from "../../engine/setup/configuration-fault.js";
import { msg } from "../../engine/text/msg.js";
import { type AddCommand, Refused, UsageError } from "../../platform/cli/command.js";
import { actNames } from "./diff-config.command.js";

interface ImportConfigOptions {
  readonly programme?: string;
  readonly publish?: boolean;
  readonly reason?: string;
  readonly retireMissing?: boolean;
  readonly as?: string;
}

/** The way of policy from files (a repository, a test system) into a database. */
export const addImportConfig: AddCommand = (program, { io, say, language, withServices }) => {
  program
    .command("import-config")
    .description(say(msg("config-files.importConfigCommand.description")))
    .argument("<folder>", say(msg("config-files.importConfigCommand.folder")))
    .option("--programme <code>", say(msg("cli.options.onlyProgramme")))
    .option("--publish", say(msg("config-files.importConfigCommand.publish")))
    .option("--reason <text>", say(msg("config-files.importConfigCommand.reason")))
    .option("--retire-missing", say(msg("config-files.importConfigCommand.retireMissing")))
    .option("--as <email>", say(msg("config-files.importConfigCommand.as")))
    .action(async (folder: string, options: ImportConfigOptions): Promise<void> => {
      const { publish = false, reason = "", retireMissing = false, as } = options;
      const programmes = options.programme === undefined ? undefined : [options.programme];
      if (publish && as !== undefined) throw new UsageError(msg("config-files.importConfigCommand.asOrPublish"));
      if (publish && reason.trim() === "")
        throw new UsageError(msg("config-files.importConfigCommand.publishNeedsReason"));
      if (!publish && as === undefined) throw new UsageError(msg("config-files.importConfigCommand.sayAs"));
      await withServices(async ({ services }) => {
        const now = services.now();
        if (as !== undefined) {
          const actor = await services.cases.actorOf({ email: as, now });
          const drafted = await services.configuration.draftFrom({ folder, programmes, actor, now });
          for (const { programme, drafted: names, changeSet, left } of drafted) {
            const where = say(
              changeSet === null
                ? msg("config-files.importConfigCommand.aDraftIsOpen")
                : msg("config-files.importConfigCommand.inTheChangeSet", { title: changeSet }),
            );
            for (const name of names) io.out(`${programme} ${name}: ${where}`);
            for (const { what, why } of left) io.error(`${programme} ${what}: ${say(why)}`);
          }
          // A script has to know that not all of it is there.
          if (drafted.some(({ left }) => left.length > 0)) throw new Refused();
          return;
        }
        const by = { kind: "system", job: "import-config" } as const;
        const request = { folder, programmes, reason, retireMissing, by, now };
        for (const { programme, isNew, edits, published, warnings } of await services.configuration.importFrom(
          request,
        )) {
          if (isNew) io.out(`${programme}: ${say(msg("config-files.diffConfigCommand.aNewProgramme"))}`);
          for (const { act, table, code } of edits) io.out(`${programme} ${table}/${code}: ${say(actNames[act])}`);
          for (const { kind, name, version } of published) {
            const said = say(msg("config-files.importConfigCommand.versionIsPublished", { version }));
            io.out(`${programme} ${kind}/${name}: ${said}`);
          }
          for (const warning of warnings) io.error(describeFault(warning, language));
          if (edits.length + published.length === 0)
            io.out(`${programme}: ${say(msg("config-files.importConfigCommand.nothingDiffers"))}`);
        }
      });
    });
};
