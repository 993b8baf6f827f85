/** What the data folder is, and what an operator says of one that was moved, copied, or lost its keys. */
import { Option } from "commander";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { AddCommand } from "../../platform/cli/command.js";
import type { Standing } from "../../platform/db/folder-place.js";

interface Options {
  readonly real?: boolean;
  readonly copy?: boolean;
  readonly newKeys?: boolean;
  readonly json?: boolean;
}

const standings: Readonly<Record<Standing, Bilingual>> = {
  real: msg("operations.dataFolderCommand.real"),
  copy: msg("operations.dataFolderCommand.copy"),
  unsure: msg("operations.dataFolderCommand.unsure"),
};

export const addDataFolder: AddCommand = (program, { io, say, dataFolder = null }) => {
  const flag = (name: string, words: Bilingual, others: string[]) =>
    new Option(`--${name}`, say(words)).conflicts(others);
  program
    .command("data-folder")
    .description(say(msg("operations.dataFolderCommand.description")))
    .addOption(flag("real", msg("operations.dataFolderCommand.sayReal"), ["copy", "newKeys"]))
    .addOption(flag("copy", msg("operations.dataFolderCommand.sayCopy"), ["real", "newKeys"]))
    .addOption(flag("new-keys", msg("operations.dataFolderCommand.newKeys"), ["real", "copy"]))
    .option("--json", say(msg("cli.options.json")))
    .action(async ({ real, copy, newKeys, json }: Options) => {
      if (dataFolder === null) throw new Problem("not-now", msg("operations.dataFolderCommand.notHere"));
      if (newKeys) {
        io.out(say(msg("operations.dataFolderCommand.keysMade", { file: dataFolder.makeKeys() })));
        return;
      }
      if (real || copy) await dataFolder.confirm(real ? "real" : "copy");
      const { path, noted, standing, database } = dataFolder.look();
      if (json) return io.out(JSON.stringify({ path, noted, standing, database }, null, 2));
      io.out(say(msg("operations.dataFolderCommand.where", { path, database })));
      if (noted !== path) io.out(say(msg("operations.dataFolderCommand.noted", { noted })));
      io.out(say(standings[standing]));
    });
};
