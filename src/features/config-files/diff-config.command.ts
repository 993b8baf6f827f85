import { describeFault } from "../../engine/setup/configuration-fault.js";
import { msg } from "../../engine/text/msg.js";
import { type Bilingual, inLanguage, type Language } from "../../engine/text/text.js";
import { type AddCommand, Refused } from "../../platform/cli/command.js";
import type { SetupEdit } from "../setup/edited-rows.js";
import type { ProgrammeDifference } from "./diff-configuration.js";

/** What an edit does to a row, in words. */
export const actNames: Readonly<Record<SetupEdit["act"], Bilingual>> = {
  create: msg("config-files.diffConfigCommand.actsCreate"),
  update: msg("config-files.diffConfigCommand.actsUpdate"),
  retire: msg("config-files.diffConfigCommand.actsRetire"),
  restore: msg("config-files.diffConfigCommand.actsRestore"),
};
const shownValue = (value: unknown): string => JSON.stringify(value ?? null);

function editLines(edit: SetupEdit, lang: Language): string[] {
  const columns =
    edit.act !== "update"
      ? []
      : Object.entries(edit.values).map(
          ([name, value]) => `  ${name}: ${shownValue(edit.before[name])} → ${shownValue(value)}`,
        );
  return [`${edit.table}/${edit.code}: ${inLanguage(actNames[edit.act], lang)}`, ...columns];
}

/** What importing a folder would change, a line each; none where nothing differs. */
function differenceLines(a: ProgrammeDifference, lang: Language): string[] {
  const say = (words: Bilingual) => inLanguage(words, lang);
  if (a.isNew) return [`${a.programme}: ${say(msg("config-files.diffConfigCommand.aNewProgramme"))}`];
  const here = say(msg("config-files.diffConfigCommand.here"));
  const lines = [
    ...a.setup.edits.flatMap((edit) => editLines(edit, lang)),
    ...a.setup.onlyBefore.map(({ table, code }) => `${table}/${code}: ${here}`),
    ...a.definitions.flatMap(({ kind, name, basedOn, differences }) => [
      `${kind}/${name}: ${inLanguage(basedOn === null ? actNames.create : actNames.update, lang)}`,
      ...differences.flatMap(({ what, details }) => [
        `  ${inLanguage(what, lang)}`,
        ...details.map((detail) => `    ${inLanguage(detail, lang)}`),
      ]),
    ]),
    ...a.onlyPublished.map(({ kind, name }) => `${kind}/${name}: ${here}`),
  ];
  return lines.map((line) => `${a.programme} ${line}`);
}

/** Reads files and database and writes to neither. */
export const addDiffConfig: AddCommand = (program, { io, say, language, withServices }) => {
  program
    .command("diff-config")
    .description(say(msg("config-files.diffConfigCommand.description")))
    .argument("<folder>", say(msg("config-files.diffConfigCommand.folder")))
    .option("--programme <code>", say(msg("cli.options.onlyProgramme")))
    .option("--exit-code", say(msg("config-files.diffConfigCommand.exitCode")))
    .action(async (folder: string, { programme, exitCode = false }: { programme?: string; exitCode?: boolean }) => {
      const { programmes, faults } = await withServices(({ services }) =>
        services.configuration.diff(folder, programme === undefined ? undefined : [programme]),
      );
      const errors = faults.filter(({ severity }) => severity === "error");
      for (const fault of errors) io.error(describeFault(fault, language));
      if (errors.length > 0) throw new Refused();
      const lines = programmes.flatMap((one) => differenceLines(one, language));
      for (const line of lines) io.out(line);
      if (lines.length === 0) io.out(say(msg("config-files.diffConfigCommand.nothingDiffers")));
      if (exitCode && lines.length > 0) throw new Refused();
    });
};
