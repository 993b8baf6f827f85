/** What the columns of the set-up are called in a sentence. */
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { inSentence, ownColumns, setupTableNames } from "./tables/setup-registry.js";

/** What all tables have, and the parts of extra fields and seats. */
const shared: Readonly<Record<string, Bilingual>> = {
  name: msg("setup.columnNames.sharedName"),
  type: msg("setup.columnNames.sharedType"),
  required: msg("setup.columnNames.sharedRequired"),
  choices: msg("setup.columnNames.sharedChoices"),
  maxLength: msg("setup.columnNames.sharedMaxLength"),
  min: msg("setup.columnNames.sharedMin"),
  max: msg("setup.columnNames.sharedMax"),
  role: msg("setup.columnNames.sharedRole"),
  code: msg("setup.columnNames.sharedCode"),
  sortOrder: msg("setup.columnNames.sharedSortOrder"),
  nameAr: msg("setup.columnNames.sharedNameAr"),
  nameEn: msg("setup.columnNames.sharedNameEn"),
};

/** Columns of one name are called the same in every table. */
const names = new Map<string, Bilingual>(Object.entries(shared));
for (const table of setupTableNames)
  for (const [name, { kind, label, inWords = inSentence(label) }] of ownColumns(table)) {
    if (kind !== "bilingual") names.set(name, inWords);
    else {
      names.set(`${name}Ar`, msg("setup.columnNames.inArabic", { inWords }));
      names.set(`${name}En`, msg("setup.columnNames.inEnglish", { inWords }));
    }
  }

export const columnName = (column: string): Bilingual => names.get(column) ?? { en: column, ar: column };
