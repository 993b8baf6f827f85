/** Values of the set-up in words, before and after: whoever approves a change reads all that it changes, lists entry by entry. */

import { roleNames } from "../../../engine/access/roles.js";
import { dayNumberOf } from "../../../engine/calendar/civil-date.js";
import { dateWords } from "../../../engine/calendar/date-words.js";
import { isRecord } from "../../../engine/is-record.js";
import { columnName } from "../../../engine/setup/column-names.js";
import { fieldTypes } from "../../../engine/setup/set-up-choices.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { ownColumns, setupTableNames } from "../../../engine/setup/tables/setup-registry.js";
import { ownTable } from "../../../engine/text/inherited-names.js";
import { msg } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage, listed, perLanguage, quoted, semicolon } from "../../../engine/text/text.js";
import { isSame } from "../../setup/edited-rows.js";
import { type FileRow, type FlatRow, referred, rowsOf, type tableOf } from "../../setup/tables/setup-tables.js";

export function rowName(setup: Setup, table: string, code: string): Bilingual {
  const rows = rowsOf(setup, table as Parameters<typeof tableOf>[0]) as ReadonlyMap<string, FileRow>;
  const name = rows.get(code)?.name as Bilingual | undefined;
  return quoted(name ?? { en: code, ar: code });
}
export const entityName = (setup: Setup, code: unknown): Bilingual =>
  typeof code === "string" ? rowName(setup, "entities", code) : msg("policy-change-sets.valuesInWords.noEntity");

/** Columns whose codes are of a closed list; those of one name are told together. */
const chosen = new Map<string, Readonly<Record<string, Bilingual>>>([
  ["type", ownTable<Bilingual>(fieldTypes)],
  ["role", ownTable(roleNames)],
]);
for (const table of setupTableNames)
  for (const [name, column] of ownColumns(table))
    if ("choices" in column) chosen.set(name, ownTable<Bilingual>({ ...chosen.get(name), ...column.choices }));

/** A code by its name; one that has none as it is. */
function codeWords(setup: Setup, column: string, code: string): Bilingual {
  const table = referred[column];
  if (table !== undefined) return rowName(setup, table, code);
  const workflow = column === "workflow" ? setup.workflows.get(code)?.definition.name : undefined;
  return quoted(workflow ?? chosen.get(column)?.[code] ?? { en: code, ar: code });
}

const empty: Bilingual = msg("policy-change-sets.valuesInWords.empty");
const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

const commas: Bilingual = msg("policy-change-sets.valuesInWords.commas");
const inRow = (all: readonly Bilingual[]): Bilingual => listed(all, commas);

/** A value in a sentence. */
export function valueWords(setup: Setup, column: string, value: unknown): Bilingual {
  if (isBlank(value)) return empty;
  if (typeof value === "boolean")
    return value ? msg("policy-change-sets.valuesInWords.yes") : msg("policy-change-sets.valuesInWords.no");
  if (Array.isArray(value)) return inRow(value.map((entry) => entryWords(setup, column, entry)));
  if (dayNumberOf(value) !== null) return dateWords(String(value));
  if (!isRecord(value)) return codeWords(setup, column, String(value));
  if (typeof value.en === "string" && typeof value.ar === "string") return quoted({ en: value.en, ar: value.ar });
  return inRow(givenValues(setup, value));
}

/** What an entry of a list is called: `code` or `level` where it has parts. */
const keyOf = (entry: unknown): string => {
  if (!isRecord(entry)) return String(entry);
  return String(entry.code ?? entry.level ?? JSON.stringify(entry));
};
const nameOfEntry = (setup: Setup, column: string, entry: unknown): Bilingual =>
  isRecord(entry) ? quoted({ en: keyOf(entry), ar: keyOf(entry) }) : codeWords(setup, column, keyOf(entry));

function entryWords(setup: Setup, column: string, entry: unknown): Bilingual {
  const name = nameOfEntry(setup, column, entry);
  if (!isRecord(entry)) return name;
  const { code: _, ...parts } = entry;
  const given = inRow(givenValues(setup, parts));
  return given.en === ""
    ? name
    : perLanguage((language) => `${inLanguage(name, language)} (${inLanguage(given, language)})`);
}

const said = (verb: Bilingual, all: readonly Bilingual[]): Bilingual[] => {
  const list = inRow(all);
  return all.length === 0
    ? []
    : [perLanguage((language) => `${inLanguage(verb, language)} ${inLanguage(list, language)}`)];
};

/** Which entries of a list come, go and change. */
function listChange(setup: Setup, column: string, before: readonly unknown[], after: readonly unknown[]): Bilingual {
  const [was, is] = [before, after].map((all) => new Map(all.map((entry) => [keyOf(entry), entry])));
  const added = after.filter((entry) => !was?.has(keyOf(entry)));
  const gone = before.filter((entry) => !is?.has(keyOf(entry)));
  const changed = after.filter((entry) => was?.has(keyOf(entry)) && !isSame(was.get(keyOf(entry)), entry));
  const parts = [
    ...said(
      msg("policy-change-sets.valuesInWords.adds"),
      added.map((entry) => entryWords(setup, column, entry)),
    ),
    ...said(
      msg("policy-change-sets.valuesInWords.takesOut"),
      gone.map((entry) => nameOfEntry(setup, column, entry)),
    ),
    ...said(
      msg("policy-change-sets.valuesInWords.changes"),
      changed.map((entry) => entryChange(setup, column, was?.get(keyOf(entry)), entry)),
    ),
  ];
  if (parts.length === 0) return msg("policy-change-sets.valuesInWords.anotherOrder");
  return listed(parts, semicolon);
}

function entryChange(setup: Setup, column: string, was: unknown, entry: unknown): Bilingual {
  const name = nameOfEntry(setup, column, entry);
  if (!isRecord(entry) || !isRecord(was)) return name;
  const columns = Object.keys({ ...was, ...entry }).filter((column) => !isSame(was[column], entry[column]));
  const changes = inRow(columns.map((column) => columnChange(setup, column, was[column], entry[column])));
  return perLanguage((language) => `${inLanguage(name, language)} (${inLanguage(changes, language)})`);
}

/** “stands under: from “A” to “B””; a list by what comes and goes. */
export function columnChange(setup: Setup, column: string, from: unknown, to: unknown): Bilingual {
  const name = columnName(column);
  if (Array.isArray(to) && (Array.isArray(from) || isBlank(from))) {
    const change = listChange(setup, column, Array.isArray(from) ? from : [], to);
    return perLanguage((language) => `${inLanguage(name, language)}: ${inLanguage(change, language)}`);
  }
  const [was, is] = [valueWords(setup, column, from), valueWords(setup, column, to)];
  return msg("policy-change-sets.valuesInWords.fromTo", { name, was, is });
}

/** Told with the row itself, or of no weight. */
const toldElsewhere: ReadonlySet<string> = new Set(["code", "nameAr", "nameEn", "sortOrder"]);

/** All that a new row says, a line a column. */
export function givenValues(setup: Setup, values: FlatRow): Bilingual[] {
  return Object.entries(values)
    .filter(([column, value]) => !toldElsewhere.has(column) && !isBlank(value))
    .map(([column, value]) => {
      const [label, words] = [columnName(column), valueWords(setup, column, value)];
      return perLanguage((language) => `${inLanguage(label, language)}: ${inLanguage(words, language)}`);
    });
}
