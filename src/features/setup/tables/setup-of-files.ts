/** A programme's set-up straight from its files, so that rules and workflows can be checked without a database. */

import type { CalendarDefinition } from "../../../engine/calendar/calendar-definition.js";
import { startOfDay } from "../../../engine/calendar/civil-days.js";
import { isTimeZone } from "../../../engine/calendar/time-zone.js";
import type { RuleSetDefinition, RuleSetName } from "../../../engine/rules/rule-set.js";
import type { Published, Setup } from "../../../engine/setup/setup.js";
import { setupMaps } from "../../../engine/setup/tables/setup-maps.js";
import {
  ownColumns,
  type RowTable,
  setupRegistry,
  valueWhenAbsent,
} from "../../../engine/setup/tables/setup-registry.js";
import type { ConfigurationKind } from "./create-models.js";
import type { SetupFiles } from "./setup-files.js";
import type { FileRow } from "./setup-tables.js";

type Ordered = { readonly code: string; readonly order?: number | undefined; readonly retired?: boolean | undefined };

/** Rows keep their place in the file unless they say another; nothing is retired unless it says so. */
export function labelled<Row extends Ordered>(row: Row, position: number): Row & { order: number; retired: boolean } {
  return { ...row, order: row.order ?? position + 1, retired: row.retired ?? false };
}

/** The rows of a table as the files have them, with what holds where they say nothing. */
export function completeRows(files: SetupFiles, table: RowTable): (FileRow & { readonly retired: boolean })[] {
  const rows: readonly Ordered[] = files[setupRegistry[table].part];
  const absent = ownColumns(table).flatMap(([name, column]) => {
    const value = valueWhenAbsent(column);
    return value === undefined || column.kind === "bilingual" ? [] : [[name, value] as const];
  });
  return rows.map((row, i) => {
    const said = Object.entries(row).filter(([, value]) => value !== undefined);
    return { ...labelled(row, i), ...Object.fromEntries([...absent, ...said]) };
  });
}

/** What lies in the files beside the set-up and would be published; it may not have been checked yet. */
export interface NamedDefinition {
  readonly kind: ConfigurationKind;
  readonly name: string;
  readonly definition: object;
}

/** The set-up that a fresh database would have after seeding; ids are places in the files. */
export function setupOfFiles(files: SetupFiles, definitions: readonly NamedDefinition[]): Setup {
  const published = <Definition>(kind: ConfigurationKind): Map<string, Published<Definition>> =>
    new Map(
      definitions.flatMap((file, i) =>
        file.kind === kind
          ? [[file.name, { versionId: i + 1, version: 1, definition: file.definition as Definition }]]
          : [],
      ),
    );
  const { timeZone } = files.programme;
  // The checks of these files name an unknown zone.
  const from = startOfDay(files.people.heldFrom, isTimeZone(timeZone) ? timeZone : "UTC");
  return {
    revision: 0,
    programme: labelled(files.programme, 0),
    ...setupMaps((table) => completeRows(files, table)),
    seats: files.people.seats.map(({ role, title, entity, sector, holder }, i) => ({
      id: i + 1,
      role,
      title,
      entity,
      sector,
      holders:
        holder === null
          ? []
          : [{ ...holder, language: holder.language ?? "ar", userId: i + 1, from, to: null, disabled: false }],
    })),
    // Without its file there is none: whoever reads the files reports that, and nothing that is checked asks for it.
    calendar: published<CalendarDefinition>("calendar").get(files.programme.calendar) as Published<CalendarDefinition>,
    ruleSets: published<RuleSetDefinition>("rules") as Map<RuleSetName, Published<RuleSetDefinition>>,
    workflows: published("workflow"),
    messages: published("message"),
    digests: published("digest"),
  };
}
