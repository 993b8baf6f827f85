/** A programme's set-up straight from its files, so that rules and workflows can be checked without a database. */

import type { CalendarDefinition } from "../../../engine/calendar/calendar-definition.js";
import type { RuleSetDefinition, RuleSetName } from "../../../engine/rules/rule-set.js";
import type { Published, Setup } from "../../../engine/setup/setup.js";
import type { ConfigurationKind } from "./define-configuration-version.js";
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

export const instructionDefaults = { replaces: null, issuedAt: null, file: null } as const;

type ExtraField =
  Setup["types"] extends ReadonlyMap<string, infer Type extends { fields: readonly unknown[] }>
    ? Type["fields"][number]
    : never;

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
    closingReasons: byCode(files.closingReasons),
    replyTemplates: byCode(files.replyTemplates),
    instructions: byCode(files.instructions.map((row) => ({ ...instructionDefaults, ...row }))),
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
