import { describeFault } from "../../engine/setup/configuration-fault.js";
import { msg } from "../../engine/text/msg.js";
import { type Bilingual, inLanguage, type Language } from "../../engine/text/text.js";
import { namedLanguages, readLanguage } from "../../platform/cli/arguments.js";
import { type AddCommand, Refused, UsageError } from "../../platform/cli/command.js";
import { actNames } from "./diff-config.command.js";

interface ImportConfigOptions {
  readonly programme?: string;
  readonly publish?: boolean;
  readonly reason?: string;
  readonly retireMissing?: boolean;
  readonly as?: string;
  readonly lang: Language;
}

/** The way of policy from files (a repository, a test system) into a database. */
export const addImportConfig: AddCommand = (program, { io, withServices }) => {
  program
    .command("import-config")
    .description(
      "Compare files with what is published and open drafts of the differences (in one change-set if the settings differ). With --publish, publish everything.",
    )
    .argument("<folder>", "holds rules/, workflows/ and seeds/, as export-config writes them")
    .option("--programme <code>", "only this one")
    .option("--publish", "check and publish everything, the settings too, each programme at one moment")
    .option("--reason <text>", "with --publish: reason, for people who read the versions later")
    .option("--retire-missing", "with --publish: retire rows of the settings that the files no longer have")
    .option("--as <email>", "without --publish: whose drafts they are")
    .option("--lang <language>", namedLanguages(), readLanguage, "en" as Language)
    .action(async (folder: string, options: ImportConfigOptions): Promise<void> => {
      const { publish = false, reason = "", retireMissing = false, as, lang } = options;
      const programmes = options.programme === undefined ? undefined : [options.programme];
      const say = (words: Bilingual) => inLanguage(words, lang);
      if (publish && as !== undefined) throw new UsageError("--as is for drafts; --publish is done by this machine");
      if (publish && reason.trim() === "") throw new UsageError("--publish needs --reason");
      if (!publish && as === undefined) throw new UsageError("say --as whom the drafts belong to, or --publish");
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
          // Whoever asks by a script has to know that not all of it is there.
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
          for (const warning of warnings) io.error(describeFault(warning, lang));
          if (edits.length + published.length === 0)
            io.out(`${programme}: ${say(msg("config-files.importConfigCommand.nothingDiffers"))}`);
        }
      });
    });
};
