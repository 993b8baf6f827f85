/** A programme's set-up straight from its files, so that rules and workflows can be checked without a database. */
import type { CalendarDefinition } from "../domain/calendar/calendar-definition.js";
import type { Setup } from "../domain/setup.js";
import type { SetupFiles } from "./setup-files.js";

type FileRow = { readonly code: string; readonly order?: number | undefined; readonly retired?: boolean | undefined };

/** Rows keep their place in the file unless they say another; nothing is retired unless it says so. */
export function labelled<Row extends FileRow>(row: Row, position: number): Row & { order: number; retired: boolean } {
  return { ...row, order: row.order ?? position + 1, retired: row.retired ?? false };
}

const byCode = <Row extends FileRow>(rows: readonly Row[]) =>
  new Map(rows.map((row, i) => [row.code, labelled(row, i)]));

export const entityDefaults = {
  validFrom: "2000-01-01",
  validTo: null,
  joining: "live",
  email: null,
  phone: null,
} as const;

type ExtraField =
  Setup["types"] extends ReadonlyMap<string, infer Type extends { fields: readonly unknown[] }>
    ? Type["fields"][number]
    : never;

/**
 * The set-up that a fresh database would have after seeding; ids of seats are their places in the file.
 * @param calendar the programme's own, or null when its file is missing (rules and workflows do not read it)
 */
export function setupOfFiles(files: SetupFiles, calendar: CalendarDefinition | null): Setup {
  const from = new Date(`${files.people.heldFrom}T00:00:00Z`);
  return {
    revision: 0,
    programme: labelled(files.programme, 0),
    sectors: byCode(files.sectors),
    entities: byCode(
      files.entities.map((row) => ({
        ...row,
        validFrom: row.validFrom ?? entityDefaults.validFrom,
        validTo: row.validTo ?? null,
        joining: row.joining ?? entityDefaults.joining,
        email: row.email ?? null,
        phone: row.phone ?? null,
      })),
    ),
    services: byCode(files.services),
    pillars: byCode(files.pillars),
    importanceLevels: byCode(files.importanceLevels),
    types: byCode(files.applicationTypes.map((row) => ({ ...row, fields: row.fields as readonly ExtraField[] }))),
    channels: byCode(files.channels),
    categories: byCode(files.applicantCategories),
    governorates: byCode(files.governorates),
    keywordLists: byCode(files.keywordLists),
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
    calendar: { versionId: 0, version: 0, definition: calendar as CalendarDefinition },
    ruleSets: new Map(),
    workflows: new Map(),
  };
}
