/** Imported first by each program: from here on there are languages and words. */
import { addLanguage } from "../../engine/text/languages.js";
import { addMessages } from "../../engine/text/msg.js";
import { languageFolders, readCatalogues, readDescriptions } from "./read-catalogues.js";

for (const [language, description] of readDescriptions(...languageFolders())) addLanguage(language, description);
for (const [language, catalogue] of readCatalogues(...languageFolders())) addMessages(language, catalogue);
