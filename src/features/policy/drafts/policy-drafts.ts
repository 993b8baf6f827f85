/**
 * Drafts of policy: opened, saved, handed in, looked at by a second person, published. A draft decides nothing; what
 * publishes it is `publish`, in one transaction with the draft's end.
 */

import type { Transaction } from "sequelize";
import { type Actor, can } from "../../../engine/access/permissions.js";
import type { Difference } from "../../../engine/differences/difference.js";
import type { WaitingDraft } from "../../../engine/measures/home-view.js";
import { withAuthor } from "../../../engine/setup/policy-draft.js";
import type { ChosenSet } from "../../../engine/setup/sets-of-forms.js";
import type { ProgrammeSettings, Setup } from "../../../engine/setup/setup.js";
import { requireStorable } from "../../../engine/text/storable-value.js";
import type { WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { lockVersions, versionHeads, versionOfId } from "../../setup/version-queries.js";
import { lockChangeSet } from "../change-sets/change-set-store.js";
import { enterSet, touchSet } from "../change-sets/enter-set.js";
import { setupWithChangeSet, withOtherDrafts } from "../change-sets/setup-with-change-set.js";
import {
  type CheckedDefinition,
  checkDefinition,
  describedDifferences,
  relatedDefinitions,
  type Thing,
} from "../check-definition.js";
import { ordered } from "../ordered.js";
import type { PublishedVersion } from "../publication/apply-changes.js";
import { requireStep, writerOf } from "../publication/authorise.js";
import {
  createLifeCycle,
  type LifeCycle,
  type Reasons,
  type SavedDraft,
  type Step,
} from "../publication/life-cycle.js";
import { type PublishedResult, publish, submit, withoutMoves } from "../publication/publish.js";
import { isId } from "../publication/read-set.js";
import { recordStep } from "../publication/record-step.js";
import { inDefinition, programmesOf, requireReader, type VersionParts } from "../versions/listed-version.js";
import { beginningOf } from "../versions/shipped-definitions.js";
import { versionsOf } from "../versions/version-store.js";
import { copiedWorkflow, requireNewCode } from "../workflow/copy-workflow.js";
import {
  draftProblems,
  factsOf,
  type ListedDraft,
  listedDraft,
  type OpenDraft,
  openDraft,
  waitingDraft,
} from "./draft-views.js";
import {
  draftOfId,
  draftOfThing,
  lockDraft,
  type NewDraft,
  openDrafts,
  type StoredPolicyDraft,
  storeDefinition,
  storeIntoSet,
  storeNewDraft,
} from "./policy-draft-store.js";

export type { ListedDraft, OpenDraft } from "./draft-views.js";

/** One that has just been begun, or put there: also which change-set it is in. */
interface DraftInSet extends SavedDraft {
  /** Null: it stands by itself. */
  readonly changeSet: number | null;
}

export interface PolicyDrafts extends LifeCycle {
  /** What is being written or waits, in every programme that the actor may look at. */
  list(a: { actor: Actor }): Promise<readonly ListedDraft[]>;
  /** Drafts of one programme that wait for a second person, as its operation room's home shows them. */
  waiting(a: { actor: Actor; programme: string }): Promise<readonly WaitingDraft[]>;
  /** The open draft of one thing; null where there is none. Problem not-found. */
  of(a: { actor: Actor } & Thing): Promise<OpenDraft | null>;
  /**
   * Begins a draft with what was written over a version (`basedOn`, null where none is in force). Problems: not-found,
   * forbidden, invalid-input, conflict (somebody has one open). `changeSet`: the one that it begins in, or that begins with it
   * (then also invalid-input at `/title`): neither is there without the other.
   */
  begin(
    a: { actor: Actor; definition: unknown; basedOn: number | null; changeSet?: ChosenSet | null; now: Date } & Thing,
  ): Promise<DraftInSet>;
  /**
   * Puts a draft that stands by itself into a change-set, with all that is written in it; it is submitted and published with
   * that from then on. Problems: as `save`, as `begin` of the set; conflict (it is in a change-set, which is named).
   */
  intoSet(a: Step & { changeSet: ChosenSet }): Promise<DraftInSet>;
  /** Begins a draft with what a version says: to go back to it, or to take what an upgrade offers. Problems: as `begin`. */
  reopen(a: {
    actor: Actor;
    version: number;
    reason: string | null;
    changeSet?: ChosenSet | null;
    now: Date;
  }): Promise<DraftInSet>;
  /** Begins a workflow under a code of its own, as a copy of a version. Problems: as `begin`; invalid-input at `/code`. */
  copy(a: { actor: Actor; version: number; code: string; now: Date }): Promise<SavedDraft & { readonly code: string }>;
  /**
   * Problems: not-found, forbidden, invalid-input, not-now (it waits for a second person), conflict (somebody else saved
   * it, or it is closed). `basedOn`: the version in force that it now stands on, where that is another.
   */
  save(a: Step & { definition: unknown; basedOn?: number | null }): Promise<SavedDraft>;
  /** What became of the draft since somebody read `before`, and what putting `after` on top of it would change. */
  compare(a: { actor: Actor; id: number; before: unknown; after: unknown }): Promise<{
    readonly draft: ListedDraft;
    readonly definition: object;
    /** Null: it cannot be told. */
    readonly theirs: readonly Difference[] | null;
    readonly mine: readonly Difference[] | null;
  }>;
  /** Locks it until a second person has looked. Problems: of publishing it. */
  submit(a: Step & Reasons): Promise<void>;
  /** By its author where no second person is needed, else by one who wrote nothing of it. Problems: as `publish` of a publication. */
  publish(a: Step & Reasons): Promise<PublishedResult>;
}

function requireObject(definition: unknown): asserts definition is object {
  if (typeof definition !== "object" || definition === null || Array.isArray(definition))
    throw draftProblems.noDefinition();
  requireStorable(definition, "/definition");
}

/** Faults by their places in the definition alone. */
const atPlaces = (error: unknown): never => {
  throw inDefinition(error);
};
/** Saving asks no settings: a second person is asked when it is published. */
const noSettings = {} as ProgrammeSettings;
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export function createPolicyDrafts({ db, setupOf }: VersionParts): PolicyDrafts {
  const publishing = { db, setupOf, ...withoutMoves };
  const definitionOf = async (version: number | null): Promise<object | null> =>
    version === null ? null : ((await versionOfId(db, version))?.definition ?? null);

  /** Checks cost as much as the rules are many: each revision is looked at once. */
  const known = new WeakMap<Setup, Map<number, { revision: number; checked: CheckedDefinition }>>();
  async function checkedOf(row: StoredPolicyDraft, setup: Setup): Promise<CheckedDefinition> {
    const ofSetup = known.get(setup) ?? new Map<number, { revision: number; checked: CheckedDefinition }>();
    known.set(setup, ofSetup);
    const found = ofSetup.get(row.id);
    if (found?.revision === row.revision) return found.checked;
    const checked = checkDefinition(row, row.definition, setup, await relatedDefinitions(db, setup, row));
    ofSetup.set(row.id, { revision: row.revision, checked });
    return checked;
  }

  async function readable(actor: Actor, id: number): Promise<StoredPolicyDraft> {
    const row = isId(id) ? await draftOfId(db, id) : null;
    if (row === null || !can(actor, "configuration.read", { programme: row.programme })) throw draftProblems.none();
    return row;
  }

  /** The draft as it was seen, locked, where it may be written. */
  async function lockToSave(a: Step, transaction: Transaction): Promise<StoredPolicyDraft> {
    // The change-set first, as a publication does.
    const set = (await draftOfId(db, a.id, transaction))?.changeSet ?? null;
    if (set !== null) await lockChangeSet(db, set.id, transaction);
    const row = await lockDraft(db, a.id, transaction);
    if (row === null) throw draftProblems.none();
    requireStep({ kind: "draft", head: row }, "save", a, noSettings);
    return row;
  }

  /** A version that a draft may begin as, for those who may write one. */
  async function sourceOf(actor: Actor, version: number) {
    const row = isId(version) ? await versionOfId(db, version) : null;
    if (row === null || !can(actor, "configuration.read", { programme: row.programme })) throw draftProblems.none();
    writerOf(actor, row.programme);
    return row;
  }

  /** Runs `work` while nobody else publishes or begins a draft in the programme. */
  function holding<T>(programme: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return inTransaction(db, async (transaction) => {
      if ((await lockVersions(db, programme, transaction)) === null) throw draftProblems.none();
      return work(transaction);
    });
  }

  /** Where the programme's versions are held. Problem conflict: there is one. */
  async function add(
    actor: Actor,
    { changeSet: chosen = null, ...draft }: Omit<NewDraft, "by" | "changeSet"> & { changeSet?: ChosenSet | null },
    transaction: Transaction,
  ): Promise<DraftInSet> {
    const { programme, kind, name, basedOn, copiedFrom, now } = draft;
    const by = writerOf(actor, programme);
    const open = await draftOfThing(db, draft, transaction);
    if (open !== null) throw draftProblems.taken(open);
    const changeSet = chosen === null ? null : await enterSet(db, chosen, { programme, actor, by, now }, transaction);
    const id = await storeNewDraft(db, { ...draft, changeSet, by }, transaction);
    const head = { id, programme, kind, name };
    const opened = { by: actor, now, more: { basedOn, copiedFrom } };
    await recordStep(db, { kind: "draft", head }, "opened", opened, transaction);
    return { id, revision: 1, changeSet };
  }

  return {
    async list({ actor }) {
      return (await openDrafts(db, programmesOf(actor))).map((head) => listedDraft(head, actor));
    },
    async waiting({ actor, programme }) {
      if (!can(actor, "configuration.read", { programme })) return [];
      const submitted = (await openDrafts(db, [programme])).filter(
        // What belongs to a change-set is looked at there.
        ({ state, changeSet }) => state === "submitted" && changeSet === null,
      );
      return submitted.map((head) => waitingDraft(head, actor));
    },
    async of({ actor, ...thing }) {
      requireReader(actor, thing.programme);
      const row = await draftOfThing(db, thing);
      if (row === null) return null;
      const setup = await setupWithChangeSet(db, await setupOf(row.programme), row.changeSet?.id ?? null);
      return openDraft(row, {
        actor,
        setup,
        checked: await checkedOf(row, await withOtherDrafts(db, setup, row.changeSet?.id ?? null, row)),
        base: row.basedOn === null ? beginningOf(row.kind, row.name) : await definitionOf(row.basedOn),
      });
    },
    async begin({ actor, definition, basedOn, changeSet = null, now, ...thing }) {
      writerOf(actor, thing.programme);
      requireObject(definition);
      return holding(thing.programme, async (transaction) => {
        const versions = await versionsOf(db, thing, transaction);
        if (versions.length === 0 && beginningOf(thing.kind, thing.name) === null) throw draftProblems.notHere(thing);
        if (basedOn !== null && !versions.some((row) => row.id === basedOn)) throw draftProblems.noBase();
        return add(
          actor,
          { ...thing, definition, basedOn, copiedFrom: null, reason: null, changeSet, now },
          transaction,
        );
      });
    },
    async intoSet({ changeSet: chosen, ...a }) {
      const { programme } = await readable(a.actor, a.id);
      const by = writerOf(a.actor, programme);
      return holding(programme, async (transaction) => {
        // The set first, as whoever publishes it does.
        const changeSet = await enterSet(db, chosen, { ...a, programme, by }, transaction);
        const row = await lockToSave(a, transaction);
        if (row.changeSet !== null) throw draftProblems.taken(row);
        const authors = withAuthor(factsOf(row).authors, by);
        const revision = await storeIntoSet(db, { id: row.id, changeSet, authors, by, now: a.now }, transaction);
        const entered = { by: a.actor, now: a.now, more: { changeSet } };
        await recordStep(db, { kind: "draft", head: row }, "into-set", entered, transaction);
        return { id: row.id, revision, changeSet };
      });
    },
    async reopen({ actor, version, reason, changeSet = null, now }) {
      const { programme, kind, name, definition } = await sourceOf(actor, version);
      return holding(programme, async (transaction) => {
        const versions = await versionsOf(db, { programme, kind, name }, transaction);
        const basedOn = versions.find((row) => row.status === "published")?.id ?? null;
        const copy = ordered(definition) as object;
        const from = { basedOn, copiedFrom: version, reason, changeSet };
        const draft = { programme, kind, name, definition: copy, ...from, now };
        return add(actor, draft, transaction);
      });
    },
    async copy({ actor, version, code, now }) {
      const { programme, kind, definition } = await sourceOf(actor, version);
      // Its form first: what has another is not looked up.
      requireNewCode(kind, code, false);
      return holding(programme, async (transaction) => {
        const thing = { programme, kind, name: code };
        const taken =
          (await versionHeads(db, thing)).length > 0 || (await draftOfThing(db, thing, transaction)) !== null;
        requireNewCode(kind, code, taken);
        const copied = ordered(copiedWorkflow(definition as WorkflowDefinition, code)) as object;
        const draft = { ...thing, definition: copied, basedOn: null, copiedFrom: version, reason: null, now };
        return { ...(await add(actor, draft, transaction)), code };
      });
    },
    async save({ definition, basedOn: moved, ...a }) {
      const { programme } = await readable(a.actor, a.id);
      const by = writerOf(a.actor, programme);
      requireObject(definition);
      return inTransaction(db, async (transaction) => {
        // Nobody's publication waits for what is only being written.
        const row = await lockToSave(a, transaction);
        const basedOn = moved === undefined ? row.basedOn : moved;
        if (basedOn !== row.basedOn) {
          const versions = await versionsOf(db, row, transaction);
          if (!versions.some(({ id, publishedAt }) => id === basedOn && publishedAt !== null))
            throw draftProblems.noBase();
        }
        if (basedOn === row.basedOn && same(definition, row.definition)) return { id: row.id, revision: row.revision };
        const authors = withAuthor(factsOf(row).authors, by);
        await touchSet(db, row.changeSet, { by, now: a.now }, transaction);
        const stored = { id: row.id, definition, basedOn, authors, by, now: a.now };
        return { id: row.id, revision: await storeDefinition(db, stored, transaction) };
      });
    },
    async compare({ actor, id, before, after }) {
      const row = await readable(actor, id);
      writerOf(actor, row.programme);
      const setup = await setupWithChangeSet(db, await setupOf(row.programme), row.changeSet?.id ?? null);
      const { kind, definition } = row;
      return {
        draft: listedDraft(row, actor),
        definition,
        theirs: describedDifferences(kind, before, definition, setup),
        mine: describedDifferences(kind, definition, after, setup),
      };
    },
    ...createLifeCycle(db, "draft"),
    submit: (a) => submit(publishing, { draft: a.id }, a).catch(atPlaces),
    async publish(a) {
      const [published] = await publish(publishing, { draft: a.id }, a).catch(atPlaces);
      const { kind: _kind, name: _name, ...result } = published as PublishedVersion;
      return result;
    },
  };
}
