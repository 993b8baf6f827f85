/**
 * Checks the catalogues, and that the types of their arguments are as the catalogues say; `--write` writes these types anew.
 * A step of `npm run check`, and what `npm run messages` runs after an edit of a catalogue.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installationFolder } from "../root.js";
import { argumentTypes } from "./argument-types.js";
import { fullLanguages, messageFaults } from "./message-faults.js";
import { languageFolders, readCatalogues } from "./read-catalogues.js";

const file = join(installationFolder, "src", "engine", "text", "message-arguments.ts");
const catalogues = readCatalogues(...languageFolders());
const faults = messageFaults(catalogues);
if (faults.length === 0) {
  const types = argumentTypes(fullLanguages.map((language) => catalogues.get(language) ?? {}));
  if (process.argv.includes("--write")) writeFileSync(file, types);
  else if (readFileSync(file, "utf8") !== types)
    faults.push("src/engine/text/message-arguments.ts is older than the catalogues: run `npm run messages`");
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length > 0) process.exit(1);
