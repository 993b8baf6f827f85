/** Which release of Diwan this is. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL("../package.json", import.meta.url));
export const diwanVersion = (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
