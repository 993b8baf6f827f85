/** All tables of the set-up, by their names in the database; a table comes after those that its rows refer to. */

import type { Bilingual } from "../../text/text.js";
import { applicantCategories } from "./applicant-categories.js";
import { applicationTypes } from "./application-types.js";
import { channels } from "./channels.js";
import { closingReasons } from "./closing-reasons.js";
import type { SetupColumn, SetupTable } from "./define-setup-table.js";
import { digests } from "./digests.js";
import { entities } from "./entities.js";
import { governorates } from "./governorates.js";
import { importanceLevels } from "./importance-levels.js";
import { instructions } from "./instructions.js";
import { keywordLists } from "./keyword-lists.js";
import { kpiAlerts } from "./kpi-alerts.js";
import { pillars } from "./pillars.js";
import { programmes } from "./programmes.js";
import { replyTemplates } from "./reply-templates.js";
import { sectors } from "./sectors.js";
import { services } from "./services.js";
import { shownKpis } from "./shown-kpis.js";

export const setupRegistry = {
  programmes,
  sectors,
  entities,
  services,
  pillars,
  importance_levels: importanceLevels,
  application_types: applicationTypes,
  channels,
  applicant_categories: applicantCategories,
  governorates,
  keyword_lists: keywordLists,
  closing_reasons: closingReasons,
  reply_templates: replyTemplates,
  instructions,
  shown_kpis: shownKpis,
  kpi_alerts: kpiAlerts,
  digests,
} as const;

export type SetupRegistry = typeof setupRegistry;
export type SetupTableName = keyof SetupRegistry;
/** The tables whose rows belong to a programme. */
export type RowTable = Exclude<SetupTableName, "programmes">;

export const setupTableNames = Object.keys(setupRegistry) as readonly SetupTableName[];
export const rowTables = setupTableNames.filter((table): table is RowTable => table !== "programmes");

/** What is declared of a table, without the types of its rows. */
export const declarationOf = (table: SetupTableName): SetupTable => setupRegistry[table];

/** Its own columns, in the order of files. */
export const ownColumns = (table: SetupTableName): readonly (readonly [name: string, column: SetupColumn])[] =>
  Object.entries(declarationOf(table).columns);

/** Its own columns, in the order of lists and forms. */
export function formColumns(table: SetupTableName): readonly (readonly [name: string, column: SetupColumn])[] {
  const { columns, formGroups = [], formOrder = formGroups.flatMap((group) => group.columns) } = declarationOf(table);
  const shown = ownColumns(table).filter(([, { hidden }]) => !hidden);
  const first = formOrder.flatMap((name) => {
    const column = columns[name];
    return column === undefined ? [] : [[name, column] as const];
  });
  return [...first, ...shown.filter(([name]) => !formOrder.includes(name))];
}

/** A column by its names in the database: one of two languages is two there. */
export const storedNames = (name: string, { kind }: SetupColumn): readonly string[] =>
  kind === "bilingual" ? [`${name}Ar`, `${name}En`] : [name];

/** What the database, files and forms take where a new row does not say it; undefined: it has to be said. */
export function valueWhenAbsent(column: SetupColumn): unknown {
  if ("fallback" in column && column.fallback !== undefined) return column.fallback;
  if ("nullable" in column && column.nullable) return null;
  if (column.kind === "flag") return false;
  return ["choices", "references", "words", "fields"].includes(column.kind) ? [] : undefined;
}

/** Id of its list in the back office. */
export const listOf = (table: SetupTableName): string =>
  declarationOf(table).list ?? declarationOf(table).table.replaceAll("_", "-");

/** `text` with a small first letter, as inside a sentence. */
export const inSentence = ({ en, ar }: Bilingual): Bilingual => ({ en: en.charAt(0).toLowerCase() + en.slice(1), ar });

/** `validFrom` as the database writes it: `valid_from`. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
