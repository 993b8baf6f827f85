/** What the fields of a recorded change are called: as the forms call them that write it. */

import { columnName } from "../setup/column-names.js";
import { declarationOf, type SetupTableName, setupRegistry } from "../setup/tables/setup-registry.js";
import { ownTable } from "../text/inherited-names.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

type Labels = Readonly<Record<string, Bilingual>>;

/** By what the type of an event begins with. */
const labelsByPart: Readonly<Record<string, Labels>> = ownTable<Labels>({
  user: {
    name: msg("people.usersResource.name"),
    email: msg("people.usersResource.eMail"),
    language: msg("people.usersResource.language"),
  },
  seat: {
    ar: msg("people.seatForm.titleAr"),
    en: msg("people.seatForm.titleEn"),
    entity: msg("people.seatForm.entity"),
    sector: msg("people.seatForm.sector"),
    letters: msg("people.seatsResource.letters"),
  },
  job: {
    cron: msg("operations.jobsResource.cronExpression"),
    timeZone: msg("operations.jobsResource.timeZone"),
    enabled: msg("operations.jobsResource.switchedOn"),
  },
});

const isTable = (table: unknown): table is SetupTableName =>
  typeof table === "string" && Object.hasOwn(setupRegistry, table);

function columnLabel(table: SetupTableName, field: string): Bilingual | null {
  const column = Object.entries(declarationOf(table).columns).find(([name]) => name === field)?.[1];
  if (column !== undefined) return column.label;
  const name = columnName(field);
  // What has no name is shown as it is recorded.
  return name.ar === field ? null : { en: name.en.charAt(0).toUpperCase() + name.en.slice(1), ar: name.ar };
}

/** Null: nothing names it, and it is shown as it is recorded. */
export function changedField(type: string, table: unknown, field: string): Bilingual | null {
  const [part = ""] = type.split(".");
  if (part === "setup" && isTable(table)) return columnLabel(table, field);
  const labels = labelsByPart[part];
  return labels !== undefined && Object.hasOwn(labels, field) ? (labels[field] ?? null) : null;
}
