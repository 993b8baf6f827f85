/** The set-up that decides now, one immutable snapshot a programme, kept until the configuration's revision moves. */

import type { Transaction } from "sequelize";
import type { CalendarDefinition } from "../../engine/calendar/calendar-definition.js";
import { type RuleSetDefinition, type RuleSetName, ruleSetNames } from "../../engine/rules/rule-set.js";
import type { Published, Setup } from "../../engine/setup/setup.js";
import { setupMaps } from "../../engine/setup/tables/setup-maps.js";
import { setupRegistry } from "../../engine/setup/tables/setup-registry.js";
import { msg } from "../../engine/text/msg.js";
import { Problem, problemOfConfiguration } from "../../engine/text/problems.js";
import type { WorkflowDefinition } from "../../engine/workflow/workflow-definition.js";
import type { Database } from "../../platform/db/query.js";
import {
  configurationInUse,
  configurationRevision,
  type PublishedVersion,
  programmeCodes,
  type SetupRows,
  setupRows,
  versionDefinitions,
} from "./tables/setup-queries.js";

export interface ActiveSetup {
  /** As cached; loads what is not. Problems: not-found (no such programme), invalid-configuration (no published calendar). */
  of(programme: string): Promise<Setup>;
  /** As of now: asks for the revision first and loads again when it has moved. */
  fresh(programme: string): Promise<Setup>;
  /** As `fresh`, all that `which` names of the programmes in use, in their order and in one question. */
  freshOf(which: (inUse: readonly string[]) => readonly string[]): Promise<readonly Setup[]>;
  /** Forgets what is cached (never what is immutable); the next question loads anew. */
  reload(): void;
  /** Codes of the programmes in use. */
  programmes(): Promise<readonly string[]>;
  /** Any version, published or not, by its id: what a case was decided with. Unknown id: Error. */
  calendarDefinition(versionId: number): Promise<CalendarDefinition>;
  workflowDefinition(versionId: number): Promise<WorkflowDefinition>;
  ruleSetDefinition(versionId: number): Promise<RuleSetDefinition>;
  /** Of a letter or a digest. */
  wordingDefinition(versionId: number): Promise<object>;
}

function unknownProgramme(code: string): Problem {
  return new Problem("not-found", msg("setup.activeSetup.thereIsNoProgramme", { code }));
}

function assemble(rows: SetupRows, definitions: ReadonlyMap<number, unknown>): Setup {
  const published = <Definition>(row: PublishedVersion): Published<Definition> => ({
    versionId: row.id,
    version: row.version,
    definition: definitions.get(row.id) as Definition,
  });
  const ofKind = <Definition>(kind: PublishedVersion["kind"]): ReadonlyMap<string, Published<Definition>> =>
    new Map(rows.versions.filter((row) => row.kind === kind).map((row) => [row.name, published<Definition>(row)]));
  const calendar = rows.versions.find((row) => row.kind === "calendar" && row.name === rows.calendar);
  if (calendar === undefined) {
    throw problemOfConfiguration(
      msg("setup.activeSetup.theProgrammeHasNoPublished", { code: rows.programme.code, calendar: rows.calendar }),
    );
  }
  const names: ReadonlySet<string> = new Set(ruleSetNames);
  return {
    revision: rows.revision,
    programme: rows.programme,
    ...setupMaps((table) => rows[setupRegistry[table].setup]),
    seats: rows.seats,
    successors: new Map(Object.entries(rows.successors)),
    calendar: published(calendar),
    ruleSets: new Map(
      rows.versions
        .filter((row) => row.kind === "rules" && names.has(row.name))
        .map((row) => [row.name as RuleSetName, published(row)]),
    ),
    workflows: ofKind("workflow"),
    messages: ofKind("message"),
    digests: ofKind("digest"),
  };
}

/** Definitions by version id. They never change, so each is read once. */
function createDefinitions(db: Database) {
  const known = new Map<number, unknown>();
  const load = async (ids: readonly number[], transaction?: Transaction): Promise<ReadonlyMap<number, unknown>> => {
    const missing = ids.filter((id) => !known.has(id));
    if (missing.length > 0) {
      for (const { id, definition } of await versionDefinitions(db, missing, transaction)) known.set(id, definition);
    }
    return known;
  };
  const one = async <Definition>(id: number): Promise<Definition> => {
    const definition = (await load([id])).get(id);
    if (definition === undefined) throw new Error(`There is no configuration version ${id}`);
    return definition as Definition;
  };
  return { load, one };
}

async function load(
  db: Database,
  programme: string,
  definitions: ReturnType<typeof createDefinitions>,
  transaction?: Transaction,
): Promise<Setup> {
  // PostgreSQL takes no NUL in a text; a code with one names nothing.
  const rows = programme.includes("\0") ? null : await setupRows(db, programme, transaction);
  if (rows === null) throw unknownProgramme(programme);
  const ids = rows.versions.map((row) => row.id);
  return assemble(rows, await definitions.load(ids, transaction));
}

/** The set-up of a programme as it is at this moment (to `transaction`), past any cache. Problems as `ActiveSetup.of`. */
export async function loadSetup(db: Database, programme: string, transaction?: Transaction): Promise<Setup> {
  return load(db, programme, createDefinitions(db), transaction);
}

/** A cache of set-ups over `db`. Concurrent questions share one load. */
export function createActiveSetup(db: Database): ActiveSetup {
  const definitions = createDefinitions(db);
  const cached = new Map<string, Promise<Setup>>();

  const of = (programme: string): Promise<Setup> => {
    const known = cached.get(programme);
    if (known !== undefined) return known;
    const loading: Promise<Setup> = load(db, programme, definitions).catch((error: unknown) => {
      // A failure is nobody's set-up: the next question tries again. Another load may have taken the place meanwhile.
      if (cached.get(programme) === loading) cached.delete(programme);
      throw error;
    });
    cached.set(programme, loading);
    return loading;
  };

  const asOf = async (programme: string, revision: number): Promise<Setup> => {
    const known = cached.get(programme);
    // A load that began before the revision was asked for may be older than it; one that is newer is good.
    if (known !== undefined && (await known).revision >= revision) return known;
    if (cached.get(programme) === known) cached.delete(programme);
    return of(programme);
  };

  return {
    of,
    fresh: async (programme) => asOf(programme, await configurationRevision(db)),
    async freshOf(which) {
      const { revision, programmes } = await configurationInUse(db);
      return Promise.all(which(programmes).map((programme) => asOf(programme, revision)));
    },
    reload: () => cached.clear(),
    programmes: () => programmeCodes(db),
    calendarDefinition: (versionId) => definitions.one(versionId),
    workflowDefinition: (versionId) => definitions.one(versionId),
    ruleSetDefinition: (versionId) => definitions.one(versionId),
    wordingDefinition: (versionId) => definitions.one(versionId),
  };
}
