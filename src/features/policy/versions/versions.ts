/**
 * Versions of rule sets, workflows, calendars, letters and digests for whoever looks at them: listed, read, compared, checked. What an official may not see is not there.
 */

import { type Actor, can } from "../../../engine/access/permissions.js";
import type { Difference } from "../../../engine/differences/difference.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import {
  type OpenClocks,
  openClocks,
  type VersionUse,
  versionHeads,
  versionOfId,
  versionsInForce,
  versionUses,
} from "../../setup/version-queries.js";
import { askedSetup, withOtherDrafts } from "../change-sets/setup-with-change-set.js";
import {
  type CheckedDefinition,
  checkDefinition,
  currentOf,
  describedDifferences,
  relatedDefinitions,
  type Thing,
} from "../check-definition.js";
import { checksumOf } from "../definition-faults.js";
import { draftOfThing } from "../drafts/policy-draft-store.js";
import { type RetireLetter, retireLetter } from "../letters/retire-letter.js";
import { ordered } from "../ordered.js";
import { createGridDrafts, type GridDrafts } from "../sla-grid/grid-drafts.js";
import { createGridVersions, type GridVersions } from "../sla-grid/grid-versions.js";
import {
  type ListedVersion,
  listedVersion,
  programmesOf,
  requirePublisher,
  requireReader,
  type VersionParts,
} from "./listed-version.js";
import { beginningOf, shippedNames } from "./shipped-definitions.js";

export type { CheckedDefinition } from "../check-definition.js";
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

export interface Versions extends GridVersions, GridDrafts {
  /** What decides now, in every programme that the actor may look at. */
  inForce(a: { actor: Actor }): Promise<readonly VersionInForce[]>;
  /** What ships, by name: whatever of it has no version in force reads so. */
  readonly shipped: typeof shippedNames;
  /** What something that has no version says: as it ships, or as it begins; else null. Problem not-found. */
  asShipped(a: { actor: Actor } & Thing): object | null;
  /** Newest first; none of what only ships. Problem not-found. */
  list(a: { actor: Actor } & Thing): Promise<readonly ListedVersion[]>;
  /** How much was decided by each version and is pinned to it, up to a bound; none of what is not pinned. Problem not-found. */
  uses(a: { actor: Actor } & Thing): Promise<readonly VersionUse[]>;
  /** Problem not-found. */
  read(a: { actor: Actor; id: number }): Promise<ReadVersion>;
  /**
   * What a check says of a version that is stored, for those who may read it; by the set-up as it would be with `changeSet`, null: as
   * it is. Problem not-found.
   */
  findings(a: { actor: Actor; id: number; changeSet?: number | null }): Promise<CheckedDefinition>;
  /**
   * What publishing would say, without doing it, for whoever may publish; beside the change-set that the open draft is in, or
   * else the one that is named. Problems: not-found, forbidden.
   */
  check(
    a: { actor: Actor; definition: unknown; changeSet?: number | null | undefined } & Thing,
  ): Promise<CheckedDefinition>;
  /** From one version to another of the same thing. Problems: not-found, invalid-input (of different things). */
  differences(a: { actor: Actor; from: number; to: number }): Promise<readonly Difference[]>;
  /** A letter that was made for a step, out of force. Problems: of `retireLetter`. */
  retireLetter(a: RetireLetter): Promise<void>;
  /** Clocks of open cases by the published calendar, and by earlier versions of it. Problem not-found. */
  openClocks(a: { actor: Actor; programme: string }): Promise<OpenClocks>;
}

const noVersion = (): Problem => new Problem("not-found", msg("policy-versions.versions.versionNotFound"));

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

  const foundIn = onceEach((row, definition, setup) => checkDefinition(row, definition, setup));
  const differingFrom = onceEach((row, definition, setup) => {
    const published = currentOf(setup, row);
    return published === null ? [] : (describedDifferences(row.kind, published.definition, definition, setup) ?? []);
  });

  return {
    ...createGridVersions(parts),
    ...createGridDrafts(parts),
    async inForce({ actor }) {
      const rows = await versionsInForce(db, programmesOf(actor));
      return rows.map((row) => ({ ...listedVersion(row), drafts: row.drafts }));
    },
    shipped: shippedNames,
    asShipped({ actor, programme, kind, name }) {
      requireReader(actor, programme);
      return beginningOf(kind, name);
    },
    async list({ actor, ...thing }) {
      requireReader(actor, thing.programme);
      const rows = await versionHeads(db, thing);
      if (rows.length === 0 && beginningOf(thing.kind, thing.name) === null) throw noVersion();
      return rows.map(listedVersion);
    },
    async uses({ actor, ...thing }) {
      requireReader(actor, thing.programme);
      return versionUses(db, thing);
    },
    async read({ actor, id }) {
      const row = await readable(actor, id);
      const setup = await setupOf(row.programme);
      const published = currentOf(setup, row);
      const isCurrent = published === null || published.versionId === row.id;
      return {
        ...listedVersion(row),
        definition: ordered(row.definition) as object,
        differsFromCurrent: isCurrent ? null : differingFrom(row, setup),
      };
    },
    retireLetter: (a) => retireLetter(db, a),
    async findings({ actor, id, changeSet = null }) {
      const row = await readable(actor, id);
      const inForce = await setupOf(row.programme);
      const { setup } = await askedSetup(db, inForce, changeSet);
      // A set that adds nothing is asked by the very set-up in force, of which it is known.
      return setup === inForce ? foundIn(row, setup) : checkDefinition(row, row.definition, setup);
    },
    async check({ actor, definition, changeSet = null, ...thing }) {
      requirePublisher(actor, thing.programme);
      const draft = await draftOfThing(db, thing);
      const askedSet = draft === null ? changeSet : (draft.changeSet?.id ?? null);
      const asked = await askedSetup(db, await setupOf(thing.programme), askedSet);
      const setup = await withOtherDrafts(db, asked.setup, asked.changeSet?.id ?? null, thing);
      return checkDefinition(thing, definition, setup, await relatedDefinitions(db, asked.setup, thing));
    },
    async differences({ actor, from, to }) {
      const [before, after] = [await readable(actor, from), await readable(actor, to)];
      const thing = ({ programme, kind, name }: Thing) => `${programme}/${kind}/${name}`;
      if (thing(before) !== thing(after)) {
        throw new Problem("invalid-input", msg("policy-versions.versions.chooseTwoVersionsOfThe"));
      }
      if (checksumOf(before.definition) === checksumOf(after.definition)) return [];
      const setup = await setupOf(before.programme);
      return describedDifferences(before.kind, before.definition, after.definition, setup) ?? [];
    },
    async openClocks({ actor, programme }) {
      requireReader(actor, programme);
      const { calendar } = await setupOf(programme);
      return openClocks(db, programme, calendar.versionId);
    },
  };
}
