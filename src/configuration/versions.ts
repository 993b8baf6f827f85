/**
 * Versions of rule sets, workflows and calendars for whoever looks at them and publishes: listed, read, compared, checked
 * without publishing, published. What an official may not see is not there.
 */
import type { ConfigurationKind } from "../db/models/define-configuration-version.js";
import { type OpenClocks, openClocks, versionHeads, versionOfId, versionsInForce } from "../db/version-queries.js";
import type { ConfigurationFault } from "../domain/configuration-fault.js";
import { definitionDifferences } from "../domain/differences/definition-differences.js";
import type { Difference } from "../domain/differences/difference.js";
import { type Actor, can } from "../domain/permissions.js";
import { type FieldFault, Problem } from "../domain/problems.js";
import { type ExampleResult, examineRuleSet } from "../domain/rules/check-rule-set.js";
import type { RuleSetName } from "../domain/rules/rule-set.js";
import type { Setup } from "../domain/setup.js";
import type { WorkflowDefinition } from "../domain/workflow/workflow-definition.js";
import { copiedWorkflow, demandNewCode } from "./copy-workflow.js";
import { checksumOf, definitionFaults } from "./definition-faults.js";
import { createGridDrafts, type GridDrafts } from "./grid-drafts.js";
import { createGridVersions, type GridVersions } from "./grid-versions.js";
import {
  demandPublisher,
  demandReader,
  inDefinition,
  type ListedVersion,
  listedVersion,
  type VersionParts,
} from "./listed-version.js";
import { ordered } from "./ordered.js";
import type { Publication, PublishedResult } from "./publish.js";

export type { ListedVersion } from "./listed-version.js";

export interface VersionInForce extends ListedVersion {
  /** Drafts that are newer than it: what an upgrade brought, or somebody wrote. */
  readonly drafts: number;
}

export interface ReadVersion extends ListedVersion {
  readonly definition: object;
  /** Null where it is itself in force, or nothing is. */
  readonly differsFromCurrent: readonly Difference[] | null;
}

export interface CheckedDefinition {
  /** `field` is a JSON pointer into the definition. */
  readonly faults: readonly (FieldFault & { readonly severity: "error" | "warning" })[];
  /** Of rule sets whose form is right; of very many those that fail first. */
  readonly examples: readonly ExampleResult[];
  /** How many more there are. */
  readonly moreExamples: { readonly passed: number; readonly failed: number };
  /** What would change; empty where the definition cannot be read. */
  readonly differences: readonly Difference[];
}

/** What is published is named like this. */
export interface Thing {
  readonly programme: string;
  readonly kind: ConfigurationKind;
  readonly name: string;
}

/** A workflow under a new code, as it will be edited; nothing is stored yet. */
export interface CopiedWorkflow {
  readonly code: string;
  readonly copied: ListedVersion;
  readonly definition: object;
}

export interface Versions extends GridVersions, GridDrafts {
  /** What decides now, in every programme that the actor may look at. */
  inForce(a: { actor: Actor }): Promise<readonly VersionInForce[]>;
  /** Newest first. Problem not-found. */
  list(a: { actor: Actor } & Thing): Promise<readonly ListedVersion[]>;
  /** Problem not-found. */
  read(a: { actor: Actor; id: number }): Promise<ReadVersion>;
  /** What a check says of a version that is stored, for whoever may read it. Problem not-found. */
  findings(a: { actor: Actor; id: number }): Promise<CheckedDefinition>;
  /** What publishing would say, without doing it, for whoever may publish. Problems: not-found, forbidden. */
  check(a: { actor: Actor; definition: unknown } & Thing): Promise<CheckedDefinition>;
  /** From one version to another of the same thing. Problems: not-found, invalid-input (of different things). */
  differences(a: { actor: Actor; from: number; to: number }): Promise<readonly Difference[]>;
  /** Problems: not-found, forbidden, invalid-input (at `/code`: of another form, or taken). */
  copy(a: { actor: Actor; id: number; code: string }): Promise<CopiedWorkflow>;
  /**
   * Faults name places in the definition. Problems: not-found, forbidden, invalid-configuration, conflict (another version
   * than `basedOn` is in force).
   */
  publish(a: Omit<Publication, "by"> & { actor: Actor }): Promise<PublishedResult>;
  /** Clocks of open cases by the published calendar, and by earlier versions of it. Problem not-found. */
  openClocks(a: { actor: Actor; programme: string }): Promise<OpenClocks>;
}

const noVersion = (): Problem =>
  new Problem("not-found", { en: "There is no such version here.", ar: "لا توجد هذه النسخة هنا." });

const programmesOf = (actor: Actor): string[] =>
  actor.kind === "user"
    ? [...new Set(actor.seats.map((seat) => seat.programme))].filter((programme) =>
        can(actor, "configuration.read", { programme }),
      )
    : [];

/** Nobody reads more of them at once. */
const mostExamples = 200;

/** In their order; where they are too many, those that fail before those that pass. */
function shownExamples(all: readonly ExampleResult[]): Pick<CheckedDefinition, "examples" | "moreExamples"> {
  const failing = all.filter(({ passed }) => !passed);
  const shown = new Set([...failing, ...all.filter(({ passed }) => passed)].slice(0, mostExamples));
  const failed = Math.max(0, failing.length - mostExamples);
  return {
    examples: all.filter((example) => shown.has(example)),
    moreExamples: { passed: all.length - shown.size - failed, failed },
  };
}

const asFault = ({ path, reason, severity }: ConfigurationFault) => ({ field: path, reason, severity });

type StoredVersion = { readonly id: number; readonly definition: unknown } & Thing;

/** A version never changes, nor does a loaded set-up: each is looked at once, however often it is read. */
function onceEach<Found>(look: (thing: Thing, definition: unknown, setup: Setup) => Found) {
  const known = new WeakMap<Setup, Map<number, Found>>();
  return (row: StoredVersion, setup: Setup): Found => {
    const ofSetup = known.get(setup) ?? new Map<number, Found>();
    known.set(setup, ofSetup);
    const found = ofSetup.get(row.id) ?? look(row, row.definition, setup);
    ofSetup.set(row.id, found);
    return found;
  };
}

export function createVersions(parts: VersionParts): Versions {
  const { db, setupOf } = parts;

  async function readable(actor: Actor, id: number) {
    const row = Number.isSafeInteger(id) && id > 0 && id < 2 ** 31 ? await versionOfId(db, id) : null;
    if (row === null || !can(actor, "configuration.read", { programme: row.programme })) throw noVersion();
    return row;
  }

  function current(setup: Setup, kind: ConfigurationKind, name: string) {
    if (kind === "rules") return setup.ruleSets.get(name as RuleSetName) ?? null;
    if (kind === "workflow") return setup.workflows.get(name) ?? null;
    return setup.calendar.definition.code === name ? setup.calendar : null;
  }

  /** Nothing where the definition is too wrong to be told: the faults say enough. */
  function changes(kind: ConfigurationKind, before: object, after: unknown, setup: Setup): readonly Difference[] {
    try {
      return definitionDifferences(kind, before, after as object, setup);
    } catch {
      return [];
    }
  }

  function checked({ kind, name }: Thing, definition: unknown, setup: Setup): CheckedDefinition {
    const published = current(setup, kind, name);
    const { faults, examples } =
      kind === "rules"
        ? examineRuleSet(definition, setup, name)
        : { faults: definitionFaults(kind, definition, setup, name), examples: null };
    const wrong = faults.some((fault) => fault.severity === "error");
    return {
      faults: faults.map(asFault),
      ...shownExamples(examples ?? []),
      differences:
        published === null || (wrong && examples === null)
          ? []
          : changes(kind, published.definition, definition, setup),
    };
  }

  const foundIn = onceEach(checked);
  const differingFrom = onceEach((row, definition, setup) => {
    const published = current(setup, row.kind, row.name);
    return published === null ? [] : changes(row.kind, published.definition, definition, setup);
  });

  return {
    ...createGridVersions(parts),
    ...createGridDrafts(parts),
    async inForce({ actor }) {
      const rows = await versionsInForce(db, programmesOf(actor));
      return rows.map((row) => ({ ...listedVersion(row), drafts: row.drafts }));
    },
    async list({ actor, ...thing }) {
      demandReader(actor, thing.programme);
      const rows = await versionHeads(db, thing);
      if (rows.length === 0) throw noVersion();
      return rows.map(listedVersion);
    },
    async read({ actor, id }) {
      const row = await readable(actor, id);
      const setup = await setupOf(row.programme);
      const published = current(setup, row.kind, row.name);
      const isCurrent = published === null || published.versionId === row.id;
      return {
        ...listedVersion(row),
        definition: ordered(row.definition) as object,
        differsFromCurrent: isCurrent ? null : differingFrom(row, setup),
      };
    },
    async findings({ actor, id }) {
      const row = await readable(actor, id);
      return foundIn(row, await setupOf(row.programme));
    },
    async check({ actor, definition, ...thing }) {
      demandPublisher(actor, thing.programme);
      return checked(thing, definition, await setupOf(thing.programme));
    },
    async differences({ actor, from, to }) {
      const [before, after] = [await readable(actor, from), await readable(actor, to)];
      const thing = ({ programme, kind, name }: Thing) => `${programme}/${kind}/${name}`;
      if (thing(before) !== thing(after)) {
        throw new Problem("invalid-input", {
          en: "Choose two versions of the same thing.",
          ar: "اختر نسختين من الشيء نفسه.",
        });
      }
      if (checksumOf(before.definition) === checksumOf(after.definition)) return [];
      return changes(before.kind, before.definition, after.definition, await setupOf(before.programme));
    },
    async copy({ actor, id, code }) {
      const row = await readable(actor, id);
      const { programme, kind } = row;
      demandPublisher(actor, programme);
      // Its form first: what has another is not looked up.
      demandNewCode(kind, code, false);
      demandNewCode(kind, code, (await versionHeads(db, { programme, kind, name: code })).length > 0);
      const definition = copiedWorkflow(row.definition as WorkflowDefinition, code);
      return { code, copied: listedVersion(row), definition: ordered(definition) as object };
    },
    async publish({ actor, ...publication }) {
      demandReader(actor, publication.programme);
      try {
        return await parts.publish({ ...publication, by: actor });
      } catch (error) {
        throw inDefinition(error);
      }
    },
    async openClocks({ actor, programme }) {
      demandReader(actor, programme);
      const { calendar } = await setupOf(programme);
      return openClocks(db, programme, calendar.versionId);
    },
  };
}
