/** What differs between the files of a folder and what a database has: what importing them would change. */

import { definitionDifferences } from "../../engine/differences/definition-differences.js";
import type { Difference } from "../../engine/differences/difference.js";
import type { ConfigurationFault } from "../../engine/setup/configuration-fault.js";
import type { Database } from "../../platform/db/query.js";
import { checksumOf } from "../policy/definition-faults.js";
import { publishedVersions, type VersionRow } from "../policy/versions/version-store.js";
import { loadSetup } from "../setup/active-setup.js";
import { type SetupChanges, setupChanges } from "../setup/setup-changes.js";
import type { ConfigurationKind } from "../setup/tables/create-models.js";
import { programmeCodes } from "../setup/tables/setup-queries.js";
import { type ProgrammeConfiguration, readConfiguration } from "./read-configuration.js";

/** A rule set, workflow or calendar of the files that says something else than the version in force. */
export interface ChangedDefinition {
  readonly kind: ConfigurationKind;
  readonly name: string;
  /** The file's name, as faults name it. */
  readonly source: string;
  readonly definition: object;
  /** Id of the version in force; null where none is. */
  readonly basedOn: number | null;
  /** None for a new one. */
  readonly differences: readonly Difference[];
}

export interface ProgrammeDifference {
  readonly programme: string;
  /** The database has no such programme: all of it is new. */
  readonly isNew: boolean;
  readonly setup: SetupChanges;
  readonly definitions: readonly ChangedDefinition[];
  /** In force, and not in the files: nothing is done about them. */
  readonly onlyPublished: readonly { readonly kind: ConfigurationKind; readonly name: string }[];
}

export interface ConfigurationDifference {
  readonly programmes: readonly ProgrammeDifference[];
  /** What the checks find in the files; with errors among them nothing was compared. */
  readonly faults: readonly ConfigurationFault[];
}

function changedDefinitions(
  { definitions, setup }: ProgrammeConfiguration,
  published: ReadonlyMap<string, VersionRow>,
): ChangedDefinition[] {
  return definitions.flatMap(({ kind, name, source, definition }): ChangedDefinition[] => {
    const current = published.get(`${kind}/${name}`);
    if (current?.checksum === checksumOf(definition)) return [];
    const differences = current === undefined ? [] : definitionDifferences(kind, current.definition, definition, setup);
    return [{ kind, name, source, definition, basedOn: current?.id ?? null, differences }];
  });
}

async function differenceOf(
  db: Database,
  configuration: ProgrammeConfiguration,
  known: ReadonlySet<string>,
): Promise<ProgrammeDifference> {
  const { code: programme } = configuration;
  if (!known.has(programme)) {
    const definitions = configuration.definitions.map((file) => ({ ...file, basedOn: null, differences: [] }));
    return { programme, isNew: true, setup: { edits: [], onlyBefore: [] }, definitions, onlyPublished: [] };
  }
  const versions = await publishedVersions(db, programme);
  const published = new Map(versions.map((row) => [`${row.kind}/${row.name}`, row]));
  const written = new Set(configuration.definitions.map(({ kind, name }) => `${kind}/${name}`));
  return {
    programme,
    isNew: false,
    setup: setupChanges(await loadSetup(db, programme), configuration.setup),
    definitions: changedDefinitions(configuration, published),
    onlyPublished: [...published]
      .filter(([thing]) => !written.has(thing))
      .map(([, { kind, name }]) => ({ kind, name })),
  };
}

/** Compares every programme of the folder (or those named) with the database as it is. */
export async function diffConfiguration(
  db: Database,
  root: string,
  only?: readonly string[],
): Promise<ConfigurationDifference> {
  const { programmes, faults } = await readConfiguration(root, only);
  if (faults.some(({ severity }) => severity === "error")) return { programmes: [], faults };
  const known = new Set(await programmeCodes(db));
  const compared: ProgrammeDifference[] = [];
  for (const programme of programmes) compared.push(await differenceOf(db, programme, known));
  return { programmes: compared, faults };
}
