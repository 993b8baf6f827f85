/** The folder of this installation and its release: `rules`, `workflows`, `seeds` and `views` lie next to the code, built or not. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const installationFolder = fileURLToPath(new URL("../../", import.meta.url));

const file = join(installationFolder, "package.json");

/** Which release of Diwan this is. */
export const diwanVersion = (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
