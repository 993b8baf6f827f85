/** Imported first by each program: from here on there are words. */
import { join } from "node:path";
import { addMessages } from "../../engine/text/msg.js";
import { installationFolder } from "../root.js";
import { readCatalogues } from "./read-catalogues.js";

for (const [language, catalogue] of readCatalogues(join(installationFolder, "views", "messages"))) {
  addMessages(language, catalogue);
}
