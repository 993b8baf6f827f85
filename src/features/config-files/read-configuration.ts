/** Reads `rules/`, `workflows/`, `messages/`, `digests/` and `seeds/` as they stand in a folder, and names file and place of every fault in them. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ConfigurationFault } from "../../engine/setup/configuration-fault.js";
import type { Setup } from "../../engine/setup/setup.js";
import { faultsOfText } from "../../engine/text/faults-of-text.js";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import { definitionFaults, faultAt, nameOfDefinition } from "../policy/definition-faults.js";
import { fromFile } from "../policy/letters/letter-files.js";
import { checkSetupFiles } from "../setup/tables/check-setup-files.js";
import type { ConfigurationKind } from "../setup/tables/create-models.js";
import {
  fileOfPart,
  optionalParts,
  pointerOf,
  reasonOfIssue,
  type SetupFiles,
  type SetupPart,
  setupFileSchemas,
  setupParts,
} from "../setup/tables/setup-files.js";
import { type NamedDefinition, setupOfFiles } from "../setup/tables/setup-of-files.js";
import { populationFaults } from "./population-file.js";

/** One file that is published: a rule set, a workflow, a calendar, a letter or a digest. */
export interface DefinitionFile extends NamedDefinition {
  readonly source: string;
}

export interface ProgrammeConfiguration {
  readonly code: string;
  readonly files: SetupFiles;
  readonly setup: Setup;
  readonly definitions: readonly DefinitionFile[];
}

export interface ReadConfiguration {
  /** Programmes whose set-up could be read; with errors in `faults` they must not be used. */
  readonly programmes: readonly ProgrammeConfiguration[];
  /** Everything that is wrong, warnings among them. */
  readonly faults: readonly ConfigurationFault[];
}

/** What the demo's people say and write. */
const populationFile = "population.json";
/** Files of `seeds/<programme>/` that others read: import mappings are checked against the file that they read. */
const otherSeedFiles = /^mapping(-[a-z0-9-]+)?\.json$/;
const calendarFile = /^calendar(-[a-z0-9-]+)?\.json$/;

async function listed(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder, { withFileTypes: true }))
      .filter((entry) => !entry.name.startsWith("."))
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

class Reading {
  readonly faults: ConfigurationFault[] = [];

  constructor(readonly root: string) {}

  add(source: string, path: string, reason: Bilingual): void {
    this.faults.push(faultAt(source, path, reason));
  }

  /** Whether it is JSON by its name. One that only looks like it is noted: it would be left out without a word. */
  isJson(source: string): boolean {
    const isJson = source.endsWith(".json");
    if (!isJson && source.toLowerCase().endsWith(".json"))
      this.add(source, "", msg("config-files.readConfiguration.nobodyReadsAFileOf"));
    return isJson;
  }

  /** What a JSON file says; undefined after a fault was noted. */
  async json(source: string): Promise<unknown> {
    // Some editors begin a file with a mark of its encoding, which is no part of what it says.
    const text = (await readFile(join(this.root, source), "utf8")).replace(/^\ufeff/, "");
    try {
      const value: unknown = JSON.parse(text);
      const { faults, sound } = faultsOfText(text, value);
      this.faults.push(...faults.map(({ field, reason }) => faultAt(source, field, reason)));
      return sound ? value : undefined;
    } catch (error) {
      const place = placeOfSyntaxError(text, (error as Error).message);
      this.add(
        source,
        "",
        msg("config-files.readConfiguration.thisIsNoJSON", { place, message: (error as Error).message }),
      );
      return undefined;
    }
  }
}

/** Line and column, which the parser tells only as a position. */
function placeOfSyntaxError(text: string, message: string): { en: string; ar: string } {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return { en: "", ar: "" };
  const lines = text.slice(0, Number(position)).split("\n");
  const column = (lines.at(-1)?.length ?? 0) + 1;
  return msg("config-files.readConfiguration.lineColumn", { linesCount: lines.length, column });
}

/** The parts of a set-up; null when one that is needed is missing or has the wrong shape. */
async function readSetup(reading: Reading, folder: string, names: readonly string[]): Promise<SetupFiles | null> {
  const parts: Partial<Record<SetupPart, unknown>> = {};
  let complete = true;
  for (const part of setupParts) {
    const source = `${folder}${fileOfPart(part)}`;
    if (!names.includes(fileOfPart(part))) {
      parts[part] = optionalParts[part];
      if (parts[part] !== undefined) continue;
      complete = false;
      reading.add(source, "", msg("config-files.readConfiguration.thisFileIsMissing"));
      continue;
    }
    const value = await reading.json(source);
    const checked = value === undefined ? undefined : setupFileSchemas[part].safeParse(value);
    if (checked?.success) {
      parts[part] = checked.data;
      continue;
    }
    complete = false;
    for (const issue of checked?.error.issues ?? []) {
      reading.faults.push(faultAt(source, pointerOf(issue.path), reasonOfIssue(issue)));
    }
  }
  return complete ? (parts as SetupFiles) : null;
}

async function readDefinitions(
  reading: Reading,
  kind: ConfigurationKind,
  folder: string,
  names: readonly string[],
): Promise<DefinitionFile[]> {
  const found: DefinitionFile[] = [];
  for (const file of names) {
    const source = `${folder}${file}`;
    if (!reading.isJson(source)) continue;
    const definition = await reading.json(source);
    if (definition === undefined) continue;
    const name = nameOfDefinition(kind, definition);
    const twin = found.find((other) => other.name === name);
    if (twin !== undefined) {
      reading.add(
        source,
        "",
        msg("config-files.readConfiguration.hasTheSameName", { source: twin.source, name: String(name) }),
      );
    }
    // A file without a name is checked all the same: its own check says what is missing.
    found.push({ source, kind, name: name ?? "", definition: fromFile(kind, definition) as object });
  }
  return found;
}

async function readProgramme(reading: Reading, code: string): Promise<ProgrammeConfiguration | null> {
  const seeds = `seeds/${code}/`;
  const names = await listed(join(reading.root, seeds));
  const calendars = await readDefinitions(
    reading,
    "calendar",
    seeds,
    names.filter((name) => calendarFile.test(name)),
  );
  const rules = await readDefinitions(
    reading,
    "rules",
    `rules/${code}/`,
    await listed(join(reading.root, "rules", code)),
  );
  const workflows = await readDefinitions(
    reading,
    "workflow",
    `workflows/${code}/`,
    await listed(join(reading.root, "workflows", code)),
  );
  const own = async (kind: "message" | "digest", folder: string) =>
    readDefinitions(reading, kind, `${folder}/${code}/`, await listed(join(reading.root, folder, code)));
  const letters = [...(await own("message", "messages")), ...(await own("digest", "digests"))];
  const definitions = [...calendars, ...rules, ...workflows, ...letters];

  const knownFiles = new Set([...setupParts.map(fileOfPart), populationFile]);
  for (const name of names) {
    if (knownFiles.has(name) || calendarFile.test(name) || otherSeedFiles.test(name)) continue;
    if (!reading.isJson(`${seeds}${name}`)) continue;
    reading.add(`${seeds}${name}`, "", msg("config-files.readConfiguration.nobodyReadsAFileOf2"));
  }

  const files = await readSetup(reading, seeds, names);
  if (names.includes(populationFile)) {
    const source = `${seeds}${populationFile}`;
    const value = await reading.json(source);
    if (value !== undefined)
      reading.faults.push(...populationFaults(value, files).map(({ path, reason }) => faultAt(source, path, reason)));
  }
  if (files === null) {
    // Without a set-up nobody knows what rules may refer to; a calendar stands for itself.
    for (const file of calendars)
      reading.faults.push(...definitionFaults("calendar", file.definition, null, file.source));
    return null;
  }
  if (files.programme.code !== code) {
    reading.add(
      `${seeds}programme.json`,
      "/code",
      msg("config-files.readConfiguration.theFolderIsCalledThe", { code }),
    );
  }
  const namesOf = (list: readonly DefinitionFile[]) => new Set(list.map((file) => file.name));
  const known = { workflows: namesOf(workflows), calendars: namesOf(calendars) };
  for (const { part, path, reason } of checkSetupFiles(files, known)) {
    reading.faults.push(faultAt(`${seeds}${fileOfPart(part)}`, path, reason));
  }
  const setup = setupOfFiles(files, definitions);
  for (const { kind, definition, source } of definitions) {
    reading.faults.push(...definitionFaults(kind, definition, setup, source));
  }
  return { code, files, setup, definitions };
}

/**
 * Reads the configuration of every programme in `root` (or of those named) and checks all of it.
 * Never throws for what the files say; a folder that cannot be read is the file system's Error.
 */
export async function readConfiguration(root: string, only?: readonly string[]): Promise<ReadConfiguration> {
  const reading = new Reading(root);
  const all = new Set<string>();
  for (const top of ["seeds", "rules", "workflows", "messages", "digests"]) {
    for (const name of await listed(join(root, top))) if (name.endsWith("/")) all.add(name.slice(0, -1));
  }
  if (all.size === 0) {
    // As whoever gave it wrote it, so that a mistyped one is seen.
    const folder = root.endsWith("/") ? root : `${root}/`;
    reading.add(folder, "", msg("config-files.readConfiguration.noProgrammeIsHereA"));
    return { programmes: [], faults: reading.faults };
  }
  for (const code of only ?? []) {
    if (!all.has(code))
      reading.add(`seeds/${code}/`, "", msg("config-files.readConfiguration.thereIsNoProgramme", { code }));
  }
  const programmes: ProgrammeConfiguration[] = [];
  for (const code of [...all].sort().filter((code) => only?.includes(code) ?? true)) {
    const programme = await readProgramme(reading, code);
    if (programme !== null) programmes.push(programme);
  }
  return { programmes, faults: reading.faults };
}
