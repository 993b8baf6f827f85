/** Which release of Diwan this is. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { installationFolder } from "./root.js";

const file = join(installationFolder, "package.json");
export const diwanVersion = (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
