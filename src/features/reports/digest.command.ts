import { writeFile } from "node:fs/promises";
import type { Language } from "../../engine/text/text.js";
import {
  chooseProgramme,
  namedLanguages,
  readLanguage,
  readMoment,
  type WrittenMoment,
} from "../../platform/cli/arguments.js";
import type { AddCommand } from "../../platform/cli/command.js";
import { digestNames } from "./digests.js";

interface DigestOptions {
  readonly at?: WrittenMoment;
  readonly preview?: string;
  readonly lang?: Language;
  readonly programme?: string;
  readonly entity?: string;
}

/** A digest to look at; nothing is stored, nothing is sent. */
export const addDigest: AddCommand = (program, { io, withServices }) => {
  program
    .command("digest")
    .description(`Show a digest as it would be sent: ${digestNames.join(", ")}. Nothing is stored or sent.`)
    .argument("<name>", digestNames.join(" or "))
    .option("--at <time>", "as of this moment; without an offset in the programme's zone (default: now)", readMoment)
    .option("--preview <file>", "write the page to a file instead of printing its text")
    .option("--lang <language>", `${namedLanguages()} (default: the programme's)`, readLanguage)
    .option("--programme <code>", "of which programme (needed when there are several)")
    .option("--entity <code>", "the focal point's entity (default: the busiest)")
    .action(async (name: string, options: DigestOptions) => {
      await withServices(async ({ services }) => {
        const programme = chooseProgramme(options.programme, await services.setup.programmes());
        const { defaultLanguage, timeZone } = (await services.setup.of(programme)).programme;
        const digest = await services.digests.preview({
          name,
          programme,
          at: options.at?.in(timeZone) ?? services.now(),
          language: options.lang ?? defaultLanguage,
          entity: options.entity ?? null,
        });
        if (options.preview === undefined) {
          io.out(digest.subject);
          io.out("");
          return io.out(digest.text);
        }
        await writeFile(options.preview, digest.html);
        io.out(`written: ${options.preview}`);
      });
    });
};
