import { writeFile } from "node:fs/promises";
import { formatAlternatives } from "../../engine/formatting/lists.js";
import { digestLetterNames } from "../../engine/letters/message-kinds.js";
import { codesOf } from "../../engine/registry.js";
import { msg } from "../../engine/text/msg.js";
import { listed, perLanguage } from "../../engine/text/text.js";
import { chooseProgramme, readMoment, type WrittenMoment } from "../../platform/cli/arguments.js";
import type { AddCommand } from "../../platform/cli/command.js";

interface DigestOptions {
  readonly at?: WrittenMoment;
  readonly preview?: string;
  readonly programme?: string;
  readonly entity?: string;
}

/** The digests that ship; a programme may have others, and their names are said where one is not found. */
const digestNames = codesOf(digestLetterNames).map((name) => name.replace(/^digest-/, ""));

/** A digest to look at; nothing is stored, nothing is sent. */
export const addDigest: AddCommand = (program, { io, say, asked, withServices }) => {
  program
    .command("digest")
    .description(say(msg("reports.digestCommand.description", { names: listed(digestNames) })))
    .argument("<name>", say(perLanguage((language) => formatAlternatives(digestNames, language))))
    .option("--at <time>", say(msg("reports.digestCommand.at")), readMoment)
    .option("--preview <file>", say(msg("reports.digestCommand.preview")))
    .option("--programme <code>", say(msg("cli.options.programmeNeeded")))
    .option("--entity <code>", say(msg("reports.digestCommand.entity")))
    .action(async (name: string, options: DigestOptions) => {
      await withServices(async ({ services }) => {
        const programme = chooseProgramme(options.programme, await services.setup.programmes());
        const { defaultLanguage, timeZone } = (await services.setup.of(programme)).programme;
        const now = services.now();
        const digest = await services.digests.preview({
          name,
          programme,
          at: options.at?.in(timeZone) ?? now,
          now,
          // As its readers get it, if nobody asks for another.
          language: asked ?? defaultLanguage,
          entity: options.entity ?? null,
        });
        if (options.preview === undefined) {
          io.out(digest.subject);
          io.out("");
          return io.out(digest.text);
        }
        await writeFile(options.preview, digest.html);
        io.out(say(msg("cli.options.written", { file: options.preview })));
      });
    });
};
