/** Writes the published configuration and the set-up back as files, in the layout that seeding reads. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Setup } from "../../engine/setup/setup.js";
import { rowTables, setupRegistry } from "../../engine/setup/tables/setup-registry.js";
import type { Database } from "../../platform/db/query.js";
import { inFile } from "../policy/letters/letter-files.js";
import { ordered } from "../policy/ordered.js";
import { publishedVersions } from "../policy/versions/version-store.js";
import { loadSetup } from "../setup/active-setup.js";
import type { ConfigurationKind } from "../setup/tables/create-models.js";
import { fileOfPart, type SetupPart } from "../setup/tables/setup-files.js";
import { programmeCodes } from "../setup/tables/setup-queries.js";
import { rowsOf } from "../setup/tables/setup-tables.js";

/** People are not exported: names and addresses of officials do not belong into files that travel. */
function setupParts(setup: Setup): [part: SetupPart, value: unknown][] {
  const { retired, ...programme } = setup.programme;
  return [
    ["programme", { ...programme, calendar: setup.calendar.definition.code, ...(retired ? { retired } : {}) }],
    ...rowTables.map((table): [SetupPart, unknown] => {
      const rows = [...rowsOf(setup, table).values()];
      return [setupRegistry[table].part, rows.map(({ retired, ...row }) => (retired ? { ...row, retired } : row))];
    }),
  ];
}

const fileName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9-]/g, "-");

const folderOf: Readonly<Record<ConfigurationKind, string>> = {
  rules: "rules",
  workflow: "workflows",
  calendar: "seeds",
  message: "messages",
  digest: "digests",
};

/**
 * Writes `rules/`, `workflows/`, `messages/`, `digests/` and `seeds/` of every programme in use (or of those named) into `folder`, made if need be;
 * files of the same name are written over. Gives the paths written, relative to `folder`. Problem `not-found` for an
 * unknown programme.
 */
export async function exportConfiguration(
  db: Database,
  folder: string,
  programmes?: readonly string[],
): Promise<string[]> {
  const written: string[] = [];
  const write = async (path: string, value: unknown): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), `${JSON.stringify(ordered(value), null, 2)}\n`);
    written.push(path);
  };
  for (const code of programmes ?? (await programmeCodes(db))) {
    const setup = await loadSetup(db, code);
    for (const [part, value] of setupParts(setup)) {
      await write(`seeds/${code}/${fileOfPart(part)}`, value);
    }
    for (const { kind, name, definition } of await publishedVersions(db, code)) {
      const own = kind === "calendar" && name === setup.calendar.definition.code;
      const file = kind !== "calendar" ? name : own ? "calendar" : `calendar-${fileName(name)}`;
      await write(`${folderOf[kind]}/${code}/${file}.json`, inFile(kind, definition));
    }
  }
  return written;
}
